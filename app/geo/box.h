#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** An axis-parallel box; units are the caller's. Empty when min > max. */
typedef struct {
  double min_x, min_y, max_x, max_y;
} QonysBox;

QonysBox qonys_box_empty (void);
gboolean qonys_box_is_empty (const QonysBox *box);
void qonys_box_add (QonysBox *box, double x, double y); /* NaN is not added */
void qonys_box_join (QonysBox *box, const QonysBox *other);
gboolean qonys_box_contains (const QonysBox *box, double x, double y);
gboolean qonys_box_intersects (const QonysBox *a, const QonysBox *b);
void qonys_box_grow (QonysBox *box, double by);

G_END_DECLS
