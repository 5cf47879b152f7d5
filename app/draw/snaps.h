#pragma once

#include "draw/painter.h"

G_BEGIN_DECLS

/* What the hand that draws is drawn to: vertices and edges of what is on the map, and the corners
 * and centres of the 500 m cells. */

#define QONYS_SNAP_RADIUS_PX 10.0
/** Cells smaller than this on screen lie so close that every place would be one of theirs. */
#define QONYS_SNAP_MIN_CELL_PX 48.0

typedef struct _QonysSnaps QonysSnaps;

QonysSnaps *qonys_snaps_new (void);
void qonys_snaps_free (QonysSnaps *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSnaps, qonys_snaps_free)

/** A point (@n 1) or a line; rings bring their first vertex again. @x, @y: (array length=n): unit
 * square, copied */
void qonys_snaps_add (QonysSnaps *self, const double *x, const double *y, guint n);
/** The outlines of districts that are drawn. */
void qonys_snaps_add_districts (QonysSnaps *self, const QonysContent *content);
/** A shape people drew; a text that is none is passed over. */
void qonys_snaps_add_wkt (QonysSnaps *self, const char *wkt);

/**
 * qonys_snaps_find:
 * @x, @y: (inout): unit square
 *
 * Puts a place on the nearest vertex, cell corner or cell centre within %QONYS_SNAP_RADIUS_PX; if
 * there is none, on the nearest place of an edge within it. 20,000 vertices take 40 µs.
 *
 * Returns: FALSE, with the place untouched, if nothing is near
 */
gboolean qonys_snaps_find (const QonysSnaps *self, const QonysCamera *camera, double *x, double *y);

G_END_DECLS
