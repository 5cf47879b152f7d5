/* Fills that are not a colour: hatching for "no data", dots for "hidden value", the diagonal
 * watermark. Paths, so that they stay sharp in print; anchored to the world, so that they do not
 * swim while the map is dragged. The caller clips. */

#include "draw/private.h"
#include <math.h>

/* The first multiple of @step past @from, counted from @offset. */
static double
align (double from, double offset, double step)
{
  return offset + floor ((from - offset) / step) * step;
}

void
qonys_paint_hatch (cairo_t *cr, const QonysBox *box, double offset_x, double offset_y,
                   double step_px, QonysColor color)
{
  double height = box->max_y - box->min_y;

  if (qonys_box_is_empty (box))
    return;
  /* Lines x + y = constant. */
  for (double sum = align (box->min_x + box->min_y, offset_x + offset_y, step_px);
       sum < box->max_x + box->max_y; sum += step_px) {
    cairo_move_to (cr, sum - box->min_y, box->min_y);
    cairo_line_to (cr, sum - box->min_y - height, box->max_y);
  }
  qonys_set_color (cr, color, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
qonys_paint_dots (cairo_t *cr, const QonysBox *box, double offset_x, double offset_y,
                  double step_px, QonysColor color)
{
  double dash[2] = {0, step_px};

  if (qonys_box_is_empty (box))
    return;
  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dash, 2, 0);
  for (double y = align (box->min_y, offset_y, step_px / 2); y < box->max_y + step_px / 2;
       y += step_px / 2) {
    gboolean is_odd = llrint ((y - offset_y) / (step_px / 2)) & 1;
    double start = align (box->min_x, offset_x + (is_odd ? step_px / 2 : 0), step_px);

    cairo_move_to (cr, start, y);
    cairo_line_to (cr, box->max_x + step_px, y);
  }
  qonys_set_color (cr, color, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

#define WATERMARK_SIZE_PX 22.0
#define WATERMARK_ANGLE (-G_PI / 7)

void
qonys_paint_watermark (const QonysPaint *paint)
{
  const char *mark = qonys_content_get_synthetic_mark (paint->content);
  const char *watermark = paint->content->watermark;
  g_autofree char *text = watermark && mark ? g_strdup_printf ("%s · %s", watermark, mark)
                                            : g_strdup (watermark ? watermark : mark);
  g_autoptr (PangoLayout) layout = NULL;
  double width, height, step_x, step_y;
  double half_width = paint->camera->width_px / 2, half_height = paint->camera->height_px / 2;
  double reach = hypot (half_width, half_height);
  double cos_angle = cos (WATERMARK_ANGLE), sin_angle = sin (WATERMARK_ANGLE);
  double along, across;
  cairo_t *cr = paint->cr;

  if (!text)
    return;
  layout =
      qonys_text_layout (paint->text, text, QONYS_TEXT_BOLD, WATERMARK_SIZE_PX * paint->scale, 0);
  qonys_text_size (layout, &width, &height);
  step_x = width + 120 * paint->scale;
  step_y = 150 * paint->scale;
  /* The picture's centre in the turned plane of the world. */
  along = (paint->left + half_width) * cos_angle + (paint->top + half_height) * sin_angle;
  across = -(paint->left + half_width) * sin_angle + (paint->top + half_height) * cos_angle;
  cairo_save (cr);
  cairo_translate (cr, half_width, half_height);
  cairo_rotate (cr, WATERMARK_ANGLE);
  qonys_set_color (cr, paint->palette->ink, 0.1);
  for (double y = align (across - reach, 0, step_y); y < across + reach; y += step_y) {
    gboolean is_odd = llrint (y / step_y) & 1;

    for (double x = align (along - reach, is_odd ? step_x / 2 : 0, step_x); x < along + reach;
         x += step_x) {
      cairo_move_to (cr, x - along, y - across);
      pango_cairo_show_layout (cr, layout);
    }
  }
  cairo_restore (cr);
  cairo_new_path (cr);
}
