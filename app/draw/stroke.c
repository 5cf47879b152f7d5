/* What a presenter draws upon the wall's map: a dozen strokes, some hundred points each, painted a
 * frame while they are drawn. */

#include "draw/stroke.h"

#include "geo/mercator.h"
#include "geo/wkt.h"

#include <math.h>

#define PEN_PX 5.0 /* on a wall of 768 lines, as all below */
#define RING_PX 26.0
#define CIRCLE_VERTICES 48

QonysStroke *
qonys_stroke_new (QonysTool tool)
{
  QonysStroke *stroke = g_new0 (QonysStroke, 1);

  stroke->tool = tool;
  stroke->points = g_array_new (FALSE, FALSE, sizeof (double));
  return stroke;
}

void
qonys_stroke_free (QonysStroke *stroke)
{
  g_array_unref (stroke->points);
  g_free (stroke);
}

void
qonys_stroke_add (QonysStroke *stroke, double x, double y)
{
  if (stroke->tool != QONYS_TOOL_PEN && stroke->points->len > 2)
    g_array_set_size (stroke->points, 2);
  g_array_append_val (stroke->points, x);
  g_array_append_val (stroke->points, y);
}

char *
qonys_stroke_to_wkt (const QonysStroke *stroke)
{
  const double *at = (const double *)stroke->points->data;
  guint n = stroke->points->len / 2;
  QonysPathKind kind = stroke->tool == QONYS_TOOL_CIRCLE ? QONYS_PATH_POLYGON : QONYS_PATH_LINE;
  g_autoptr (QonysPath) path = qonys_path_new (kind);

  if (n < 2)
    return NULL;
  if (stroke->tool == QONYS_TOOL_CIRCLE) {
    double radius = hypot (at[2] - at[0], at[3] - at[1]);

    for (guint i = 0; i <= CIRCLE_VERTICES; i++) {
      double angle = 2 * G_PI * (i % CIRCLE_VERTICES) / CIRCLE_VERTICES;

      qonys_path_add (path, qonys_mercator_lon_deg (at[0] + radius * cos (angle)),
                      qonys_mercator_lat_deg (at[1] + radius * sin (angle)));
    }
  } else {
    for (guint i = 0; i < n; i++)
      qonys_path_add (path, qonys_mercator_lon_deg (at[2 * i]),
                      qonys_mercator_lat_deg (at[2 * i + 1]));
  }
  return qonys_path_to_wkt (path);
}

/* ---- painting ---- */

static void
add_path (cairo_t *cr, const QonysStroke *stroke, const QonysCamera *camera, double scale)
{
  const double *at = (const double *)stroke->points->data;
  guint n = stroke->points->len / 2;
  double x0, y0, x, y;

  qonys_camera_to_px (camera, at[0], at[1], &x0, &y0);
  qonys_camera_to_px (camera, at[2 * n - 2], at[2 * n - 1], &x, &y);
  cairo_new_path (cr);
  if (stroke->tool == QONYS_TOOL_CIRCLE) {
    cairo_arc (cr, x0, y0, hypot (x - x0, y - y0), 0, 2 * G_PI);
  } else {
    for (guint i = 0; i < n; i++) {
      qonys_camera_to_px (camera, at[2 * i], at[2 * i + 1], &x, &y);
      cairo_line_to (cr, x, y);
    }
    if (stroke->tool == QONYS_TOOL_ARROW && n > 1) {
      double angle = atan2 (y - y0, x - x0), head = 22 * scale;

      cairo_move_to (cr, x - head * cos (angle - 0.5), y - head * sin (angle - 0.5));
      cairo_line_to (cr, x, y);
      cairo_line_to (cr, x - head * cos (angle + 0.5), y - head * sin (angle + 0.5));
    }
  }
}

static void
stroke_with_edge (cairo_t *cr, double width_px)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.9);
  cairo_set_line_width (cr, 1.8 * width_px);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 0.75, 0.08, 0.08);
  cairo_set_line_width (cr, width_px);
  cairo_stroke (cr);
}

void
qonys_paint_stroke (cairo_t *cr, const QonysStroke *stroke, const QonysCamera *camera, double scale)
{
  add_path (cr, stroke, camera, scale);
  stroke_with_edge (cr, PEN_PX * scale);
}

void
qonys_paint_asked_place (cairo_t *cr, double x, double y, const QonysCamera *camera, double scale)
{
  double px, py;

  qonys_camera_to_px (camera, x, y, &px, &py);
  cairo_new_path (cr);
  cairo_arc (cr, px, py, RING_PX * scale, 0, 2 * G_PI);
  stroke_with_edge (cr, PEN_PX * scale);
}
