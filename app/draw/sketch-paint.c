/* The shape in the making, over the map: a frame at a time, some dozen strokes. White below blue,
 * so that it is seen on every ground. */

#include "draw/sketch.h"

#define HANDLE_PX 4.5
#define CROSS_PX 13.0
#define GAP_PX 4.0

static void
set_ink (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.10, 0.37, 0.71);
}

/* The path now set, on a white bed. */
static void
stroke (cairo_t *cr, double width_px)
{
  cairo_set_source_rgba (cr, 1, 1, 1, 0.9);
  cairo_set_line_width (cr, width_px + 2.5);
  cairo_stroke_preserve (cr);
  set_ink (cr);
  cairo_set_line_width (cr, width_px);
  cairo_stroke (cr);
}

static void
add_path (cairo_t *cr, const QonysSketch *self, const QonysCamera *camera)
{
  guint n;
  const QonysVertex *vertices = qonys_sketch_get_vertices (self, &n);
  double x, y;

  cairo_new_path (cr);
  for (guint i = 0; i < n; i++) {
    qonys_camera_to_px (camera, vertices[i].x, vertices[i].y, &x, &y);
    cairo_line_to (cr, x, y);
  }
  if (!qonys_sketch_is_editing (self) && n > 0 &&
      qonys_sketch_get_mode (self) != QONYS_SKETCH_POINT) {
    QonysVertex cursor = qonys_sketch_get_cursor (self);

    qonys_camera_to_px (camera, cursor.x, cursor.y, &x, &y);
    cairo_line_to (cr, x, y);
  }
  if (qonys_sketch_get_mode (self) == QONYS_SKETCH_POLYGON && n > 1)
    cairo_close_path (cr);
}

static void
paint_handles (cairo_t *cr, const QonysSketch *self, const QonysCamera *camera)
{
  guint n;
  const QonysVertex *vertices = qonys_sketch_get_vertices (self, &n);

  for (guint i = 0; i < n; i++) {
    gboolean is_active = (int)i == qonys_sketch_get_active (self);
    double size = is_active ? HANDLE_PX + 2 : HANDLE_PX, x, y;

    qonys_camera_to_px (camera, vertices[i].x, vertices[i].y, &x, &y);
    cairo_rectangle (cr, x - size, y - size, 2 * size, 2 * size);
    if (is_active)
      set_ink (cr);
    else
      cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_fill_preserve (cr);
    stroke (cr, 1.5);
  }
}

static void
paint_cross (cairo_t *cr, const QonysSketch *self, const QonysCamera *camera)
{
  QonysVertex cursor = qonys_sketch_get_cursor (self);
  double x, y;

  qonys_camera_to_px (camera, cursor.x, cursor.y, &x, &y);
  for (int i = -1; i <= 1; i += 2) {
    cairo_move_to (cr, x + i * GAP_PX, y);
    cairo_line_to (cr, x + i * CROSS_PX, y);
    cairo_move_to (cr, x, y + i * GAP_PX);
    cairo_line_to (cr, x, y + i * CROSS_PX);
  }
  stroke (cr, 2);
  if (qonys_sketch_is_snapped (self)) {
    cairo_arc (cr, x, y, QONYS_SNAP_RADIUS_PX, 0, 2 * G_PI);
    stroke (cr, 1.5);
  }
}

void
qonys_paint_sketch (cairo_t *cr, const QonysSketch *self, const QonysCamera *camera)
{
  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  add_path (cr, self, camera);
  if (qonys_sketch_get_mode (self) == QONYS_SKETCH_POLYGON) {
    cairo_set_source_rgba (cr, 0.10, 0.37, 0.71, 0.18);
    cairo_fill_preserve (cr);
  }
  stroke (cr, 2);
  if (qonys_sketch_get_mode (self) != QONYS_SKETCH_FREEHAND || qonys_sketch_is_editing (self))
    paint_handles (cr, self, camera);
  if (!qonys_sketch_is_editing (self) || qonys_sketch_get_active (self) < 0)
    paint_cross (cr, self, camera);
  cairo_restore (cr);
}
