/* Districts: fills by class, borders, names with values. Six of them with up to 2000 vertices
 * each; vertices nearer than half a pixel are left out while drawing. Missing is hatched, hidden
 * is dotted, and neither has a class's colour. */

#include "base/format.h"
#include "draw/private.h"
#include "geo/classes.h"
#include <math.h>
#include <string.h>

#define VERTEX_STEP_PX 0.6
#define LARGE_SCALE 1.6

QonysColor
qonys_districts_get_class_color (const QonysPalette *palette, guint i, guint n)
{
  return qonys_color_class (palette->ramp_low, palette->ramp_high, i, n);
}

static gboolean
is_in_view (const QonysPaint *paint, const QonysShape *shape)
{
  QonysBox view = qonys_camera_get_box (paint->camera);

  return shape && qonys_box_intersects (&shape->box, &view);
}

static gboolean
is_selected (const QonysPaint *paint, const QonysDistrictMark *mark)
{
  return *paint->style->selected_kato &&
         strcmp (paint->style->selected_kato, mark->district->kato) == 0;
}

void
qonys_paint_district_fills (const QonysPaint *paint)
{
  const QonysContent *content = paint->content;
  const QonysLayerStyle *style = &paint->style->layers[QONYS_LAYER_DISTRICTS];
  const QonysPalette *palette = paint->palette;
  gboolean is_colored = style->is_visible && content->statistic;
  cairo_t *cr = paint->cr;

  cairo_save (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);
    const QonysShape *shape = mark->district->shape;
    int class;

    if (!is_in_view (paint, shape))
      continue;
    if (paint->style->has_schematic_base) {
      qonys_paint_add_shape (paint, shape, VERTEX_STEP_PX, TRUE, FALSE);
      qonys_set_color (cr, palette->land, 1);
      cairo_fill (cr);
    }
    if (!is_colored)
      continue;
    class = mark->state == QONYS_VALUE_SHOWN
                ? qonys_classes_find (content->class_limits, content->n_classes, mark->value)
                : -1;
    qonys_paint_add_shape (paint, shape, VERTEX_STEP_PX, TRUE, FALSE);
    qonys_set_color (cr,
                     class >= 0 && content->n_classes > 0
                         ? qonys_districts_get_class_color (palette, class, content->n_classes)
                         : palette->unknown,
                     style->opacity);
    cairo_fill_preserve (cr);
    if (mark->state == QONYS_VALUE_MISSING)
      qonys_fill_pattern (cr, QONYS_PATTERN_HATCH, -paint->left, -paint->top, 8, palette->pattern);
    else if (mark->state == QONYS_VALUE_SUPPRESSED)
      qonys_fill_pattern (cr, QONYS_PATTERN_DOTS, -paint->left, -paint->top, 9, palette->pattern);
    cairo_new_path (cr);
  }
  cairo_restore (cr);
}

void
qonys_paint_district_borders (const QonysPaint *paint)
{
  const GArray *districts = paint->content->districts;
  cairo_t *cr = paint->cr;
  double scale = CLAMP ((paint->zoom - 8) / 3, 0.6, 1.2) * paint->scale;

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* A soft band inside the line, then the line: borders read without shouting. */
  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < districts->len; i++) {
      const QonysDistrict *district = g_array_index (districts, QonysDistrictMark, i).district;

      if (is_in_view (paint, district->shape))
        qonys_paint_add_shape (paint, district->shape, 1, TRUE, FALSE);
    }
    qonys_set_color (cr, paint->palette->border, pass == 0 ? 0.16 : 0.9);
    cairo_set_line_width (cr, (pass == 0 ? 5 : 1.1) * scale);
    cairo_stroke (cr);
  }
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (districts, QonysDistrictMark, i);

    if (!is_selected (paint, mark) || !is_in_view (paint, mark->district->shape))
      continue;
    qonys_paint_add_shape (paint, mark->district->shape, 1, TRUE, FALSE);
    qonys_set_color (cr, paint->palette->halo, 1);
    cairo_set_line_width (cr, 6 * paint->scale);
    cairo_stroke_preserve (cr);
    qonys_set_color (cr, paint->palette->accent, 1);
    cairo_set_line_width (cr, 3 * paint->scale);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

/* Are the middle and both ends of a label inside a district? */
static gboolean
holds_label (const QonysPaint *paint, const QonysDistrict *district, double cx, double cy,
             double width)
{
  for (int end = -1; end <= 1; end++) {
    double x, y;

    qonys_camera_from_px (paint->camera, cx + end * width / 2, cy, &x, &y);
    if (!qonys_shape_contains (district->shape, x, y))
      return FALSE;
  }
  return TRUE;
}

/* Looks over the part of the district in view on a grid: the free place nearest to the district's
 * own point, or, if that is out of view, to the middle of what is in view. */
static gboolean
search_view (const QonysPaint *paint, const QonysDistrict *district, double width, double height,
             double *x, double *y)
{
  enum { N_COLUMNS = 15, N_ROWS = 12 };
  double places[N_COLUMNS * N_ROWS][2], mid_x = 0, mid_y = 0, nearest = G_MAXDOUBLE;
  double view_width = paint->camera->width_px, view_height = paint->camera->height_px;
  double px = qonys_paint_px (paint, district->label_x);
  double py = qonys_paint_py (paint, district->label_y);
  guint n = 0;

  for (guint i = 0; i < N_COLUMNS * N_ROWS; i++) {
    double cx = view_width * (i % N_COLUMNS + 0.5) / N_COLUMNS;
    double cy = view_height * (i / N_COLUMNS + 0.5) / N_ROWS;

    if (!holds_label (paint, district, cx, cy, width))
      continue;
    places[n][0] = cx;
    places[n++][1] = cy;
    mid_x += cx;
    mid_y += cy;
  }
  if (px < 0 || py < 0 || px > view_width || py > view_height) {
    px = mid_x / n;
    py = mid_y / n;
  }
  for (guint i = 0; i < n; i++) {
    double distance = hypot (places[i][0] - px, places[i][1] - py);
    double left = places[i][0] - width / 2, top = places[i][1] - height / 2;

    if (distance >= nearest || !qonys_labels_is_free (paint->labels, left, top, width, height))
      continue;
    nearest = distance;
    *x = left;
    *y = top;
  }
  return nearest < G_MAXDOUBLE;
}

/* Finds a place for a label: round the district's own point, else anywhere in what is in view,
 * else the least covered place round its own point. */
static gboolean
find_place (const QonysPaint *paint, const QonysDistrict *district, double width, double height,
            double *x, double *y)
{
  static const double tries[][2] = {{0, 0},   {0, -0.8}, {0, 0.8}, {-0.4, 0},  {0.4, 0}, {0, -1.6},
                                    {0, 1.6}, {-0.4, 1}, {0.4, 1}, {-0.4, -1}, {0.4, -1}};
  double px = qonys_paint_px (paint, district->label_x);
  double py = qonys_paint_py (paint, district->label_y);
  double least = G_MAXDOUBLE, least_x = 0, least_y = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++) {
    double left = px + (tries[i][0] - 0.5) * width, top = py + (tries[i][1] - 0.5) * height;
    double overlap;

    if (left < 2 || top < 2 || left + width > paint->camera->width_px - 2 ||
        top + height > paint->camera->height_px - 2)
      continue;
    overlap = qonys_labels_get_overlap (paint->labels, left, top, width, height);
    if (overlap < least) {
      least = overlap;
      least_x = left;
      least_y = top;
    }
    if (overlap == 0)
      break;
  }
  if (least > 0 && search_view (paint, district, width, height, x, y))
    return TRUE;
  *x = least_x;
  *y = least_y;
  return least < G_MAXDOUBLE;
}

/* Large letters leave no room for the unit, which the legend says. */
static char *
format_value (const QonysPaint *paint, const QonysDistrictMark *mark)
{
  const QonysStatistic *statistic = paint->content->statistic;
  double value = mark->state == QONYS_VALUE_SHOWN ? mark->value : NAN;

  if (mark->state == QONYS_VALUE_SUPPRESSED)
    return g_strdup ("…");
  if (paint->scale < LARGE_SCALE || g_str_equal (statistic->unit, "%"))
    return qonys_statistic_format (statistic, value);
  return qonys_format_decimal (value, statistic->decimals);
}

void
qonys_paint_district_labels (const QonysPaint *paint)
{
  const QonysContent *content = paint->content;
  const QonysPalette *palette = paint->palette;
  gboolean has_values = content->statistic && content->n_classes > 0 &&
                        paint->style->layers[QONYS_LAYER_DISTRICTS].is_visible;
  double size = (paint->zoom < 10.6 ? 12.5 : 14) * paint->scale;

  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);
    g_autoptr (PangoLayout) name = NULL, value = NULL;
    double width, height, value_width = 0, value_height = 0, x = 0, y = 0;

    if (!is_in_view (paint, mark->district->shape))
      continue;
    name = qonys_text_layout (paint->text, qonys_text3_get (&mark->district->name), QONYS_TEXT_BOLD,
                              size, 0);
    qonys_text_size (name, &width, &height);
    if (has_values) {
      g_autofree char *text = format_value (paint, mark);
      value = qonys_text_layout (paint->text, text, QONYS_TEXT_PLAIN, size, 0);
      qonys_text_size (value, &value_width, &value_height);
      value_height -= 3 * paint->scale; /* the lines belong together */
    }
    if (!find_place (paint, mark->district, MAX (width, value_width), height + value_height, &x,
                     &y))
      continue;
    qonys_labels_block (paint->labels, x, y, MAX (width, value_width), height + value_height);
    qonys_text_draw (paint->cr, name, x + MAX (value_width - width, 0) / 2, y, palette->ink,
                     palette->halo, 2 * paint->scale);
    if (value)
      qonys_text_draw (paint->cr, value, x + MAX (width - value_width, 0) / 2,
                       y + height - 3 * paint->scale, palette->ink, palette->halo,
                       2 * paint->scale);
  }
}
