/* Text: Pango layouts whose measures are the same on every surface (no hinted metrics, sizes in
 * pixels), with a halo of the ground's colour. A label costs about 30 µs, a halo as much again. */

#include "base/format.h"
#include "draw/private.h"
#include <math.h>
#include <string.h>

/* All of these have Kazakh letters and the tenge sign, or the next one has. */
#define FAMILIES "Noto Sans, Cantarell, DejaVu Sans, sans-serif"

QonysTextContext *
qonys_text_context_new (void)
{
  /* The default font map belongs to the thread. */
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

PangoLayout *
qonys_text_layout (PangoContext *context, const char *text, QonysTextFace face, double size_px,
                   double wrap_px)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();

  pango_font_description_set_family_static (font, FAMILIES);
  pango_font_description_set_absolute_size (font, size_px * PANGO_SCALE);
  if (face == QONYS_TEXT_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (face == QONYS_TEXT_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  if (wrap_px > 0) {
    pango_layout_set_width (layout, (int)ceil (wrap_px * PANGO_SCALE));
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

void
qonys_text_size (PangoLayout *layout, double *width_px, double *height_px)
{
  int width, height;

  pango_layout_get_size (layout, &width, &height);
  if (width_px)
    *width_px = (double)width / PANGO_SCALE;
  if (height_px)
    *height_px = (double)height / PANGO_SCALE;
}

/* On paper the outline of the letters; on an image the letters themselves, put down round about:
 * they are cached, and a stroke round each is four times as slow. */
static void
draw_halo (cairo_t *cr, PangoLayout *layout, double x, double y, QonysColor halo, double halo_px)
{
  enum { N_WAYS = 10 };

  qonys_set_color (cr, halo, 1);
  if (qonys_surface_is_vector (cr)) {
    cairo_save (cr);
    cairo_move_to (cr, x, y);
    pango_cairo_layout_path (cr, layout);
    cairo_set_line_width (cr, 2 * halo_px);
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke (cr);
    cairo_restore (cr);
    return;
  }
  for (guint i = 0; i < N_WAYS; i++) {
    double angle = 2 * G_PI * i / N_WAYS;

    cairo_move_to (cr, x + halo_px * cos (angle), y + halo_px * sin (angle));
    pango_cairo_show_layout (cr, layout);
  }
}

void
qonys_text_draw (cairo_t *cr, PangoLayout *layout, double x, double y, QonysColor ink,
                 QonysColor halo, double halo_px)
{
  if (halo_px > 0)
    draw_halo (cr, layout, x, y, halo, halo_px);
  qonys_set_color (cr, ink, 1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

char *
qonys_text_count (double count)
{
  g_autofree char *text = qonys_format_int ((gint64)llrint (count));
  GString *narrow = g_string_new (text);

  g_string_replace (narrow, "\302\240", "\342\200\257", 0); /* U+00A0 → U+202F */
  return g_string_free (narrow, FALSE);
}
