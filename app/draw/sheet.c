/* A complete picture for paper, slides and files: title, map, legend, scale, north, sources, and
 * the marks nobody may miss. Laid out for 1366 × 768 and scaled to what is asked for; the legend
 * stands beside the map or, on upright paper, below it. */

#include "base/format.h"
#include "domain/catalogue.h"
#include "draw/private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MARGIN_PX 18.0
#define BORDER_PX 7.0
#define BAND_PX 20.0

typedef struct {
  cairo_t *cr;
  const QonysContent *content;
  const QonysStyle *style;
  const QonysPalette *palette;
  PangoContext *text;
  double width, height; /* in sheet units */
} Sheet;

/* Writes a paragraph; returns its height. With is_painting FALSE only measures. */
static double
put_text (const Sheet *sheet, const char *text, QonysTextFace face, double size, QonysColor ink,
          double x, double y, double width, gboolean is_painting)
{
  g_autoptr (PangoLayout) layout = qonys_text_layout (sheet->text, text, face, size, width);
  double height;

  qonys_text_size (layout, NULL, &height);
  if (is_painting)
    qonys_text_draw (sheet->cr, layout, x, y, ink, sheet->palette->halo, 0);
  return height;
}

static double
paint_title (const Sheet *sheet, const char *title, double x, double y, double width)
{
  const QonysContent *content = sheet->content;
  const char *audience = qonys_audience_get_tag (content->audience);
  double size = 21, start = y;

  if (!title)
    title = qonys_text3_get (&qonys_catalogue_get ()->document_title);
  if (audience) {
    g_autoptr (PangoLayout) layout =
        qonys_text_layout (sheet->text, audience, QONYS_TEXT_BOLD, 13, 0);
    QonysColor color = qonys_audience_get_color (content->audience);
    double tag_width, tag_height;

    qonys_text_size (layout, &tag_width, &tag_height);
    cairo_rectangle (sheet->cr, x + width - tag_width - 20, y + 1, tag_width + 20, tag_height + 8);
    qonys_set_color (sheet->cr, color, 1);
    cairo_fill (sheet->cr);
    qonys_text_draw (sheet->cr, layout, x + width - tag_width - 10, y + 5,
                     qonys_color_ink_on (color), sheet->palette->halo, 0);
    width -= tag_width + 36;
  }
  /* Two lines if that can be had with letters of a decent size; never cut. */
  while (size > 15 && put_text (sheet, title, QONYS_TEXT_BOLD, size, sheet->palette->ink, x, y,
                                width, FALSE) > 2.9 * size)
    size -= 1;
  y += put_text (sheet, title, QONYS_TEXT_BOLD, size, sheet->palette->ink, x, y, width, TRUE);
  return y - start;
}

/* The band that says the data are synthetic. */
static void
paint_band (const Sheet *sheet, const char *mark, double x, double y, double width)
{
  cairo_t *cr = sheet->cr;
  static const QonysColor ground = {0xFB, 0xDD, 0x84, 255}, ink = {0x2A, 0x22, 0x08, 255};
  g_autoptr (PangoLayout) layout = qonys_text_layout (sheet->text, mark, QONYS_TEXT_BOLD, 12.5, 0);
  double text_width, text_height;

  cairo_rectangle (cr, x, y, width, BAND_PX);
  qonys_set_color (cr, ground, 1);
  cairo_fill (cr);
  qonys_text_size (layout, &text_width, &text_height);
  qonys_text_draw (cr, layout, x + (width - text_width) / 2, y + (BAND_PX - text_height) / 2, ink,
                   ground, 0);
}

static void
paint_map_frame (const Sheet *sheet, const QonysBox *box, double x, double y, double width,
                 double height)
{
  cairo_t *cr = sheet->cr;
  const QonysStyle *style = sheet->style;
  QonysCamera camera = qonys_camera_fit (box, width, height, 10);
  double bar_width, bar_height;

  if (sheet->content->audience == QONYS_AUDIENCE_PUBLIC)
    camera.zoom = MIN (camera.zoom, QONYS_PUBLIC_MAX_ZOOM);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  qonys_paint_map (cr, sheet->content, style, &camera, NULL);
  qonys_paint_scale_bar (NULL, &camera, style, MIN (220 * style->text_scale, width / 2), &bar_width,
                         &bar_height);
  cairo_translate (cr, 10, height - bar_height - 10);
  qonys_paint_scale_bar (cr, &camera, style, MIN (220 * style->text_scale, width / 2), NULL, NULL);
  cairo_restore (cr);
  cairo_rectangle (cr, x, y, width, height);
  qonys_set_color (cr, sheet->palette->panel_edge, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* The largest size, 1 … 0.7, and the fewest columns at which the legend fits. */
static void
fit_legend (const Sheet *sheet, double width, double height, guint first_columns, guint *n_columns,
            double *size)
{
  for (*n_columns = first_columns; *n_columns <= first_columns + 1; (*n_columns)++)
    for (*size = 1; *size > 0.69; *size -= 0.06) {
      double needed_width, needed;

      qonys_paint_legend_columns (NULL, sheet->content, sheet->style, *n_columns, width / *size,
                                  &needed_width, &needed);
      if (needed * *size <= height && needed_width * *size <= width + 1)
        return;
    }
  *n_columns = first_columns;
  *size = 0.7;
}

static void
paint_legend (const Sheet *sheet, double x, double y, double width, double height,
              guint first_columns)
{
  cairo_t *cr = sheet->cr;
  double heading, size;
  guint n_columns;

  heading =
      put_text (sheet, _ ("Legend"), QONYS_TEXT_BOLD, 15, sheet->palette->ink, x, y, width, TRUE) +
      8;
  fit_legend (sheet, width, height - heading, first_columns, &n_columns, &size);
  cairo_save (cr);
  cairo_rectangle (cr, x - 2, y, width + 4, height);
  cairo_clip (cr);
  cairo_translate (cr, x, y + heading);
  cairo_scale (cr, size, size);
  qonys_paint_legend_columns (cr, sheet->content, sheet->style, n_columns, width / size, NULL,
                              NULL);
  cairo_restore (cr);
}

static void
paint_border (const Sheet *sheet)
{
  QonysColor color = qonys_audience_get_color (sheet->content->audience);

  if (color.alpha == 0)
    return;
  cairo_rectangle (sheet->cr, BORDER_PX / 2, BORDER_PX / 2, sheet->width - BORDER_PX,
                   sheet->height - BORDER_PX);
  qonys_set_color (sheet->cr, color, 1);
  cairo_set_line_width (sheet->cr, BORDER_PX);
  cairo_stroke (sheet->cr);
}

/* A file has no tiles below it. */
static QonysStyle
get_paper_style (const QonysStyle *style)
{
  QonysStyle paper = *style;

  paper.has_schematic_base = TRUE;
  if (!(paper.text_scale > 0))
    paper.text_scale = 1;
  return paper;
}

void
qonys_paint_sheet (cairo_t *cr, const QonysContent *content, const QonysStyle *screen_style,
                   double width, double height, const QonysBox *box, const char *title)
{
  const QonysStyle paper_style = get_paper_style (screen_style), *style = &paper_style;
  g_autoptr (QonysTextContext) text = qonys_text_context_new ();
  double size = sqrt (width * height / (1366.0 * 768.0));
  /* A larger sheet is larger throughout; on a smaller one letters shrink less than the map. */
  double unit = CLAMP (size < 1 ? pow (size, 0.7) : size, 0.4, 8);
  Sheet sheet = {cr,   content,      style,        qonys_palette_get (style->is_dark),
                 text, width / unit, height / unit};
  const char *mark = qonys_content_get_synthetic_mark (content);
  g_autofree char *attribution = qonys_content_get_attribution (content, style);
  double left = MARGIN_PX, top = MARGIN_PX, right = sheet.width - MARGIN_PX;
  double bottom = sheet.height - MARGIN_PX, scale = style->text_scale, foot, legend;
  gboolean is_upright = sheet.width < 0.95 * sheet.height;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_scale (cr, unit, unit);
  qonys_set_color (cr, style->is_dark ? sheet.palette->land : (QonysColor){255, 255, 255, 255}, 1);
  cairo_paint (cr);
  top += paint_title (&sheet, title, left, top, right - left) + 10;
  foot = put_text (&sheet, attribution, QONYS_TEXT_PLAIN, 10.5, sheet.palette->muted, left, 0,
                   right - left, FALSE);
  put_text (&sheet, attribution, QONYS_TEXT_PLAIN, 10.5, sheet.palette->muted, left, bottom - foot,
            right - left, TRUE);
  bottom -= foot + (foot > 0 ? 8 : 0);
  if (mark) {
    paint_band (&sheet, mark, left, top, right - left);
    top += BAND_PX;
  }
  if (is_upright) {
    legend = 0.34 * (bottom - top);
    paint_map_frame (&sheet, box, left, top, right - left, bottom - top - legend - 16);
    paint_legend (&sheet, left, bottom - legend, right - left, legend, 2);
  } else {
    legend = MIN (CLAMP (0.21 * sheet.width, 225, 280) * scale, 0.42 * sheet.width);
    paint_map_frame (&sheet, box, left, top, right - left - legend - 18, bottom - top);
    paint_legend (&sheet, right - legend, top + (mark ? 8 : 0), legend,
                  bottom - top - (mark ? 8 : 0), 1);
  }
  paint_border (&sheet);
  cairo_restore (cr);
}
