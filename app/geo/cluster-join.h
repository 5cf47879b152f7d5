#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What is known of a mark besides its place. */
typedef struct {
  double weight;
  guint32 n_points, first_row;
  guint32 begin; /* in the list of members */
  gboolean is_one_place;
} QonysMarkRecord;

/** What a level is made of: places, or the marks of the level below; in packed order. */
typedef struct {
  gsize n;
  const double *x, *y;
  const QonysMarkRecord *records;
  guint32 *order;  /* positions by first row */
  guint32 *joined; /* the mark each became part of */
} QonysMarkItems;

/** The marks of a new level, in the order they are made: that of their first rows. */
typedef struct {
  gsize n;
  double *x, *y; /* room for as many as there are items */
  QonysMarkRecord *records;
} QonysMarks;

/** Joins items within @radius into marks: in the order of their first rows each that is still free
 * takes all free ones near it and moves to their mean. Sets items->joined. Cost: about 100 ns an
 * item, 0.5 µs a mark. */
void qonys_marks_join (const QonysMarkItems *items, double radius, QonysMarks *marks);

G_END_DECLS
