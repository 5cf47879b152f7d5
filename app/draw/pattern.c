/* Fills that are not a colour: hatching for "no data", dots for "hidden value", crosses for
 * areas people drew, the diagonal watermark. Paths in print, so that they stay sharp, tiles on
 * images; anchored to the world, so that they do not swim while the map is dragged. */

#include "draw/private.h"
#include <math.h>

/* The first multiple of @step past @from, counted from @offset. */
static double
align (double from, double offset, double step)
{
  return offset + floor ((from - offset) / step) * step;
}

static void
stroke_hatch (cairo_t *cr, const QonysBox *box, double offset, double step_px)
{
  double height = box->max_y - box->min_y;

  /* Lines x + y = constant. */
  for (double sum = align (box->min_x + box->min_y, offset, step_px);
       sum < box->max_x + box->max_y + step_px; sum += step_px) {
    cairo_move_to (cr, sum - box->min_y, box->min_y);
    cairo_line_to (cr, sum - box->min_y - height, box->max_y);
  }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
stroke_dots (cairo_t *cr, const QonysBox *box, double offset_x, double offset_y, double step_px,
             double dot_px)
{
  double dash[2] = {0, step_px};

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dash, 2, 0);
  for (double y = align (box->min_y, offset_y, step_px / 2); y < box->max_y + step_px / 2;
       y += step_px / 2) {
    gboolean is_odd = llrint ((y - offset_y) / (step_px / 2)) & 1;

    cairo_move_to (cr, align (box->min_x, offset_x + (is_odd ? step_px / 2 : 0), step_px), y);
    cairo_line_to (cr, box->max_x + step_px, y);
  }
  cairo_set_line_width (cr, dot_px);
  cairo_stroke (cr);
}

/* Small upright crosses, one a step. */
static void
stroke_crosses (cairo_t *cr, const QonysBox *box, double offset_x, double offset_y, double step_px)
{
  const double arm = 2;

  for (double y = align (box->min_y, offset_y, step_px); y < box->max_y + step_px; y += step_px)
    for (double x = align (box->min_x, offset_x, step_px); x < box->max_x + step_px; x += step_px) {
      cairo_move_to (cr, x - arm, y);
      cairo_line_to (cr, x + arm, y);
      cairo_move_to (cr, x, y - arm);
      cairo_line_to (cr, x, y + arm);
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
stroke_pattern (cairo_t *cr, QonysPattern pattern, const QonysBox *box, double offset_x,
                double offset_y, double step_px)
{
  if (pattern == QONYS_PATTERN_HATCH)
    stroke_hatch (cr, box, offset_x + offset_y, step_px);
  else if (pattern == QONYS_PATTERN_CROSSES)
    stroke_crosses (cr, box, offset_x, offset_y, step_px);
  else
    stroke_dots (cr, box, offset_x, offset_y, step_px,
                 pattern == QONYS_PATTERN_FINE_DOTS ? 1.5 : 2);
}

/* One step of the pattern as a tile of whole device pixels, repeated: a thousand times faster than
 * strokes on an image. */
static void
fill_with_tile (cairo_t *cr, QonysPattern pattern, double offset_x, double offset_y, double step_px,
                QonysColor color)
{
  double device_x = 1, device_y = 0, surface_scale = 1, unused, scale;
  cairo_surface_t *tile;
  cairo_pattern_t *source;
  cairo_matrix_t matrix;
  cairo_t *tile_cr;
  int side;

  cairo_user_to_device_distance (cr, &device_x, &device_y);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_scale, &unused);
  scale = hypot (device_x, device_y) * surface_scale;
  side = MAX ((int)lrint (step_px * scale), 2);
  tile = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  tile_cr = cairo_create (tile);
  cairo_scale (tile_cr, scale, scale);
  qonys_set_color (tile_cr, color, 1);
  /* From one step outside on, so that what crosses the tile's edge is there on both sides. */
  stroke_pattern (tile_cr, pattern,
                  &(QonysBox){-side / scale, -side / scale, 2 * side / scale, 2 * side / scale}, 0,
                  0, side / scale);
  cairo_destroy (tile_cr);
  cairo_user_to_device (cr, &offset_x, &offset_y);
  offset_x = round (offset_x * surface_scale) / surface_scale;
  offset_y = round (offset_y * surface_scale) / surface_scale;
  cairo_device_to_user (cr, &offset_x, &offset_y);
  source = cairo_pattern_create_for_surface (tile);
  cairo_pattern_set_extend (source, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (source, CAIRO_FILTER_NEAREST);
  cairo_matrix_init_scale (&matrix, scale, scale);
  cairo_matrix_translate (&matrix, -offset_x, -offset_y);
  cairo_pattern_set_matrix (source, &matrix);
  cairo_set_source (cr, source);
  cairo_fill (cr);
  cairo_pattern_destroy (source);
  cairo_surface_destroy (tile);
}

void
qonys_fill_pattern (cairo_t *cr, QonysPattern pattern, double offset_x, double offset_y,
                    double step_px, QonysColor color)
{
  QonysBox box;

  if (!qonys_surface_is_vector (cr)) {
    fill_with_tile (cr, pattern, fmod (offset_x, step_px), fmod (offset_y, step_px), step_px,
                    color);
    return;
  }
  cairo_save (cr);
  cairo_clip (cr);
  cairo_clip_extents (cr, &box.min_x, &box.min_y, &box.max_x, &box.max_y);
  qonys_set_color (cr, color, 1);
  stroke_pattern (cr, pattern, &box, offset_x, offset_y, step_px);
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
  /* What restricts is plainer than what only explains: the sheet says "training" in its band. */
  qonys_set_color (cr, paint->palette->ink, watermark ? 0.085 : 0.05);
  for (double y = align (across - reach, 0, step_y); y < across + reach; y += step_y) {
    gboolean is_odd = llrint (y / step_y) & 1;

    for (double x = align (along - reach, is_odd ? step_x / 2 : 0, step_x); x < along + reach;
         x += step_x) {
      cairo_move_to (cr, x - along, y - across);
      /* Not as text on paper: who copies the sheet's words does not want these among them. */
      if (paint->is_vector)
        pango_cairo_layout_path (cr, layout);
      else
        pango_cairo_show_layout (cr, layout);
    }
  }
  if (paint->is_vector)
    cairo_fill (cr);
  cairo_restore (cr);
  cairo_new_path (cr);
}
