#pragma once

#include "draw/painter.h"

G_BEGIN_DECLS

typedef enum { QONYS_TOOL_NONE, QONYS_TOOL_PEN, QONYS_TOOL_ARROW, QONYS_TOOL_CIRCLE } QonysTool;

/** A line drawn on the wall, in map coordinates: it stays where it was drawn while the map moves.
 */
typedef struct {
  QonysTool tool;
  GArray *points; /* element-type double: x, y in turn, mercator unit square */
} QonysStroke;

QonysStroke *qonys_stroke_new (QonysTool tool);
void qonys_stroke_free (QonysStroke *stroke);

/** Adds a point; an arrow and a circle keep the first and the last. */
void qonys_stroke_add (QonysStroke *stroke, double x, double y);

/** A stroke as an annotation's shape: WKT. Returns: (transfer full) (nullable): too short */
char *qonys_stroke_to_wkt (const QonysStroke *stroke);

/** Paints with a light edge; @scale: 1 on a wall of 768 lines. @cr: origin at the map's top left.
 */
void qonys_paint_stroke (cairo_t *cr, const QonysStroke *stroke, const QonysCamera *camera,
                         double scale);
/** A ring around a place that was asked for. */
void qonys_paint_asked_place (cairo_t *cr, double x, double y, const QonysCamera *camera,
                              double scale);

G_END_DECLS
