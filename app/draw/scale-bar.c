/* The scale bar in whole 1–2–5 metres, true at the picture's middle latitude, and the north arrow
 * beside it (the map is never turned). */

#include "base/format.h"
#include "draw/private.h"
#include "geo/mercator.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define ARROW_WIDTH_PX 22.0
#define PAD_PX 6.0

/* The largest 1, 2 or 5 times a power of ten that is no more than @most. */
static double
get_round_length (double most)
{
  double power = pow (10, floor (log10 (most)));

  return most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
}

static void
paint_arrow (cairo_t *cr, const QonysPalette *palette, PangoContext *context, double x, double y,
             double scale)
{
  /* Translators: the letter for north on a map. */
  g_autoptr (PangoLayout) letter =
      qonys_text_layout (context, C_ ("north arrow", "N"), QONYS_TEXT_BOLD, 10.5 * scale, 0);
  double width, height, top = y + 11.5 * scale;

  qonys_text_size (letter, &width, &height);
  qonys_text_draw (cr, letter, x - width / 2, y - 3 * scale, palette->ink, palette->halo, 0);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + 5.5 * scale, top + 17 * scale);
  cairo_line_to (cr, x, top + 13 * scale);
  cairo_close_path (cr);
  qonys_set_color (cr, palette->ink, 1);
  cairo_fill (cr);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x - 5.5 * scale, top + 17 * scale);
  cairo_line_to (cr, x, top + 13 * scale);
  cairo_close_path (cr);
  cairo_set_line_width (cr, 1 * scale);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

void
qonys_paint_scale_bar (cairo_t *cr, const QonysCamera *camera, const QonysStyle *style,
                       double max_width_px, double *width_px, double *height_px)
{
  const QonysPalette *palette = qonys_palette_get (style->is_dark);
  g_autoptr (QonysTextContext) context = qonys_text_context_new ();
  double scale = style->text_scale > 0 ? style->text_scale : 1, pad = PAD_PX * scale;
  double m_per_px =
      qonys_mercator_m_per_px (camera->zoom, qonys_mercator_lat_deg (camera->center_y));
  double room = max_width_px - 2 * pad - ARROW_WIDTH_PX * scale - 30 * scale;
  double length_m = get_round_length (MAX (room, 10) * m_per_px), length = length_m / m_per_px;
  g_autofree char *text = qonys_format_distance_m (length_m);
  g_autoptr (PangoLayout) zero =
      qonys_text_layout (context, "0", QONYS_TEXT_PLAIN, 10.5 * scale, 0);
  g_autoptr (PangoLayout) end =
      qonys_text_layout (context, text, QONYS_TEXT_PLAIN, 10.5 * scale, 0);
  double zero_width, end_width, text_height, width, height, left = pad + 4 * scale, top;

  qonys_text_size (zero, &zero_width, NULL);
  qonys_text_size (end, &end_width, &text_height);
  width = left + length + MAX (end_width / 2, 4 * scale) + ARROW_WIDTH_PX * scale + pad;
  height = 2 * pad + 28 * scale;
  if (width_px)
    *width_px = width;
  if (height_px)
    *height_px = height;
  if (!cr)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  qonys_set_color (cr, palette->panel, 1);
  cairo_fill (cr);
  top = height - pad - 6 * scale;
  /* Quarters in turn dark and light, each half of the bar's height. */
  cairo_rectangle (cr, left, top, length, 5 * scale);
  qonys_set_color (cr, palette->halo, 1);
  cairo_fill (cr);
  for (guint i = 0; i < 4; i += 2)
    cairo_rectangle (cr, left + length * i / 4, top, length / 4, 5 * scale);
  qonys_set_color (cr, palette->ink, 1);
  cairo_fill (cr);
  cairo_rectangle (cr, left, top, length, 5 * scale);
  cairo_set_line_width (cr, 1 * scale);
  cairo_stroke (cr);
  qonys_text_draw (cr, zero, left - zero_width / 2, top - text_height - 1 * scale, palette->ink,
                   palette->halo, 0);
  qonys_text_draw (cr, end, left + length - end_width / 2, top - text_height - 1 * scale,
                   palette->ink, palette->halo, 0);
  paint_arrow (cr, palette, context, width - pad - 8 * scale, pad, scale);
  cairo_restore (cr);
}
