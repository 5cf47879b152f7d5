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
#define LARGE_PX 10.0 /* of names there */

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

/* ---- names on a wall ---- */

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

/* «Есіл» of «Есіл ауданы», “Yesil district” or «район «Есиль»». */
static char *
make_short_name (const char *name)
{
  static const char *const words[] = {" ауданы", "район ", " район", " district"};
  g_autoptr (GString) text = g_string_new (name);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (text, words[i], "", 1);
  g_string_replace (text, "«", "", 0);
  g_string_replace (text, "»", "", 0);
  return g_strdup (text->len > 0 ? text->str : name);
}

typedef struct {
  const QonysDistrictMark *mark;
  char *text;
  PangoLayout *name, *value; /* value: nullable */
  double name_width, name_height, value_width;
  double x, y, width, height;
  gboolean is_placed;
} Name;

static void
name_clear (gpointer data)
{
  Name *name = data;

  g_clear_pointer (&name->text, g_free);
  g_clear_object (&name->name);
  g_clear_object (&name->value);
}

static void
name_set (const QonysPaint *paint, Name *name, double size, gboolean is_short, gboolean has_value)
{
  const char *full = qonys_text3_get (&name->mark->district->name);
  double value_height = 0;

  name_clear (name);
  name->value_width = 0;
  name->text = is_short ? make_short_name (full) : g_strdup (full);
  name->name = qonys_text_layout (paint->text, name->text, QONYS_TEXT_BOLD, size, 0);
  qonys_text_size (name->name, &name->name_width, &name->name_height);
  if (has_value) {
    g_autofree char *text = format_value (paint, name->mark);

    name->value = qonys_text_layout (paint->text, text, QONYS_TEXT_PLAIN, size, 0);
    qonys_text_size (name->value, &name->value_width, &value_height);
    value_height -= 3 * paint->scale; /* the lines belong together */
  }
  /* Whatever the value, so that the same name stands at one place before and after. */
  name->width = MAX (MAX (name->name_width, name->value_width),
                     has_value && paint->scale >= LARGE_SCALE ? 3 * size : 0);
  name->height = name->name_height + value_height;
}

static void
name_draw (const QonysPaint *paint, const Name *name)
{
  const QonysPalette *palette = paint->palette;

  qonys_text_draw (paint->cr, name->name, name->x + (name->width - name->name_width) / 2, name->y,
                   palette->ink, palette->halo, 2 * paint->scale);
  if (name->value)
    qonys_text_draw (paint->cr, name->value, name->x + (name->width - name->value_width) / 2,
                     name->y + name->name_height - 3 * paint->scale, palette->ink, palette->halo,
                     2 * paint->scale);
}

static gboolean
is_apart (const GArray *names, const Name *name, double x, double y)
{
  double gap = 4;

  for (guint i = 0; i < names->len; i++) {
    const Name *other = &g_array_index (names, Name, i);

    if (other != name && other->is_placed && x < other->x + other->width + gap &&
        other->x < x + name->width + gap && y < other->y + other->height &&
        other->y < y + name->height)
      return FALSE;
  }
  return TRUE;
}

/* The best place in the part of a district in view, never on another name: near its own point, off
 * what is taken, wholly inside. Returns: is it free? */
static gboolean
name_place (const QonysPaint *paint, const GArray *names, Name *name)
{
  enum { N_COLUMNS = 24, N_ROWS = 20 };
  const QonysDistrict *district = name->mark->district;
  const QonysBox *box = &district->shape->box;
  double left = MAX (qonys_paint_px (paint, box->min_x), 0);
  double right = MIN (qonys_paint_px (paint, box->max_x), paint->camera->width_px);
  double top = MAX (qonys_paint_py (paint, box->min_y), 0);
  double bottom = MIN (qonys_paint_py (paint, box->max_y), paint->camera->height_px);
  double px = CLAMP (qonys_paint_px (paint, district->label_x), left, MAX (left, right));
  double py = CLAMP (qonys_paint_py (paint, district->label_y), top, MAX (top, bottom));
  double least = G_MAXDOUBLE, least_overlap = G_MAXDOUBLE;

  name->is_placed = FALSE;
  for (guint i = 0; i <= N_COLUMNS * N_ROWS; i++) {
    gboolean is_own = i == N_COLUMNS * N_ROWS; /* its own point as well */
    double cx = is_own ? px : left + (right - left) * (i % N_COLUMNS + 0.5) / N_COLUMNS;
    double cy = is_own ? py : top + (bottom - top) * (i / N_COLUMNS + 0.5) / N_ROWS;
    double x = cx - name->width / 2, y = cy - name->height / 2, cost = hypot (cx - px, cy - py);
    double overlap;

    if (x < 2 || y < 2 || x + name->width > paint->camera->width_px - 2 ||
        y + name->height > paint->camera->height_px - 2 || cost >= least ||
        qonys_labels_is_hidden (paint->labels, x, y, name->width, name->height))
      continue;
    overlap = qonys_labels_get_overlap (paint->labels, x, y, name->width, name->height);
    cost += overlap * 8 / name->height;
    if (cost >= least || !is_apart (names, name, x, y))
      continue;
    if (!holds_label (paint, district, cx, cy, 0))
      cost += 8 * name->height; /* it would seem to be another's */
    else if (!holds_label (paint, district, cx, cy, 0.9 * name->width))
      cost += name->height;
    if (cost >= least)
      continue;
    least = cost;
    least_overlap = overlap;
    name->x = x;
    name->y = y;
    name->is_placed = TRUE;
  }
  return least_overlap == 0;
}

/* The narrowest districts have the least choice. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const QonysBox *x = &((const Name *)a)->mark->district->shape->box;
  const QonysBox *y = &((const Name *)b)->mark->district->shape->box;
  double difference = (x->max_x - x->min_x) - (y->max_x - y->min_x);

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/* A district at the edge of what is seen, its own point out of sight, has a name only where there
 * is room inside it. */
static void
settle_aside (const QonysPaint *paint, Name *name, gboolean is_free)
{
  const QonysDistrict *district = name->mark->district;
  double px = qonys_paint_px (paint, district->label_x);
  double py = qonys_paint_py (paint, district->label_y);

  if (px >= 0 && py >= 0 && px <= paint->camera->width_px && py <= paint->camera->height_px &&
      !qonys_labels_is_hidden (paint->labels, px, py, 0, 0))
    return;
  name->is_placed = is_free && holds_label (paint, district, name->x + name->width / 2,
                                            name->y + name->height / 2, 0.9 * name->width);
}

/* By their short names; without its value before one stands on anything. */
static void
place_apart (const QonysPaint *paint, GArray *names, double size, gboolean has_values)
{
  g_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    Name *name = &g_array_index (names, Name, i);
    gboolean is_free;

    name_set (paint, name, size, TRUE, has_values);
    is_free = name_place (paint, names, name);
    if (!is_free && has_values) {
      name_set (paint, name, size, TRUE, FALSE);
      is_free = name_place (paint, names, name);
    }
    settle_aside (paint, name, is_free);
  }
}

GArray *
qonys_districts_place_names (const QonysPaint *paint)
{
  const QonysContent *content = paint->content;
  gboolean has_values = content->statistic && content->n_classes > 0 &&
                        paint->style->layers[QONYS_LAYER_DISTRICTS].is_visible;
  gboolean is_large = paint->scale >= LARGE_SCALE;
  double size = (is_large ? LARGE_PX : paint->zoom < 10.6 ? 12.5 : 14) * paint->scale;
  GArray *names = g_array_new (FALSE, TRUE, sizeof (Name));

  g_array_set_clear_func (names, name_clear);
  for (guint i = 0; i < content->districts->len; i++) {
    Name name = {.mark = &g_array_index (content->districts, QonysDistrictMark, i)};

    if (is_in_view (paint, name.mark->district->shape))
      g_array_append_val (names, name);
  }
  if (is_large)
    place_apart (paint, names, size, has_values);
  for (guint i = 0; i < names->len; i++) {
    Name *name = &g_array_index (names, Name, i);

    if (!is_large) {
      name_set (paint, name, size, FALSE, has_values);
      name->is_placed =
          find_place (paint, name->mark->district, name->width, name->height, &name->x, &name->y);
    }
    if (name->is_placed)
      qonys_labels_write (paint->labels, name->text, name->x, name->y, name->width, name->height);
  }
  return names;
}

void
qonys_paint_district_names (const QonysPaint *paint, const GArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (g_array_index (names, Name, i).is_placed)
      name_draw (paint, &g_array_index (names, Name, i));
}
