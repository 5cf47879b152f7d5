/* The schematic base: water, railway, avenues, places and their names. About a hundred features
 * with a few thousand vertices; what is smaller than a pixel is left out while drawing, what is of
 * minor rank waits for a nearer view. 2–4 ms a picture, most of it text. */

#include "draw/private.h"
#include <math.h>

#define RIVER_WIDTH_M 150.0
#define CREEK_WIDTH_M 25.0
#define NAME_WIDTH_PX 118.0 /* places' names are broken into lines of this */

static const QonysBaseFeature *
get_feature (const QonysPaint *paint, guint i)
{
  const GPtrArray *base = qonys_project_get_base (paint->content->project);

  return base && i < base->len ? g_ptr_array_index (base, i) : NULL;
}

static gboolean
is_in_view (const QonysPaint *paint, const QonysBaseFeature *feature)
{
  QonysBox view = qonys_camera_get_box (paint->camera);

  if (feature->shape)
    return qonys_box_intersects (&feature->shape->box, &view);
  return qonys_box_contains (&view, feature->x, feature->y);
}

void
qonys_paint_ground (const QonysPaint *paint)
{
  qonys_set_color (paint->cr, paint->palette->outside, 1);
  cairo_rectangle (paint->cr, 0, 0, paint->camera->width_px, paint->camera->height_px);
  cairo_fill (paint->cr);
}

/* ---- water ---- */

typedef struct {
  double x, y;
} Vertex;

/* A curve through the vertices (Catmull–Rom). */
static void
add_curve (cairo_t *cr, const Vertex *v, guint n)
{
  for (guint i = 0; i + 1 < n; i++) {
    const Vertex *before = &v[i > 0 ? i - 1 : 0], *after = &v[i + 2 < n ? i + 2 : n - 1];

    cairo_curve_to (cr, v[i].x + (v[i + 1].x - before->x) / 6,
                    v[i].y + (v[i + 1].y - before->y) / 6, v[i + 1].x - (after->x - v[i].x) / 6,
                    v[i + 1].y - (after->y - v[i].y) / 6, v[i + 1].x, v[i + 1].y);
  }
}

/* One part of a line in pixels, without vertices nearer than @step_px. */
static GArray *
get_part (const QonysPaint *paint, const QonysShape *shape, guint part, double step_px)
{
  GArray *vertices = g_array_new (FALSE, FALSE, sizeof (Vertex));
  guint end = shape->ring_starts[part + 1];

  for (guint i = shape->ring_starts[part]; i < end; i++) {
    Vertex v = {qonys_paint_px (paint, shape->x[i]), qonys_paint_py (paint, shape->y[i])};

    if (vertices->len > 0) {
      const Vertex *last = &g_array_index (vertices, Vertex, vertices->len - 1);
      if (hypot (v.x - last->x, v.y - last->y) < step_px) {
        if (i + 1 < end || vertices->len < 2)
          continue;
        g_array_set_size (vertices, vertices->len - 1); /* the end stays where it is */
      }
    }
    g_array_append_val (vertices, v);
  }
  return vertices;
}

void
qonys_paint_add_shape (const QonysPaint *paint, const QonysShape *shape, double step_px,
                       gboolean is_closed, gboolean is_smooth)
{
  for (guint part = 0; part < shape->n_rings; part++) {
    g_autoptr (GArray) vertices = get_part (paint, shape, part, step_px);
    const Vertex *v = (const Vertex *)vertices->data;

    if (vertices->len < (is_closed ? 3 : 2))
      continue;
    cairo_move_to (paint->cr, v[0].x, v[0].y);
    if (is_smooth)
      add_curve (paint->cr, v, vertices->len);
    else
      for (guint i = 1; i < vertices->len; i++)
        cairo_line_to (paint->cr, v[i].x, v[i].y);
    if (is_closed)
      cairo_close_path (paint->cr);
  }
}

/* A river as a band, a third narrower at its ends. */
static void
add_river (const QonysPaint *paint, const QonysShape *shape, double width)
{
  for (guint part = 0; part < shape->n_rings; part++) {
    g_autoptr (GArray) vertices = get_part (paint, shape, part, MAX (1.5, width / 3));
    const Vertex *v = (const Vertex *)vertices->data;
    guint n = vertices->len;
    g_autofree Vertex *left = NULL, *right = NULL;

    if (n < 2)
      continue;
    left = g_new (Vertex, n);
    right = g_new (Vertex, n);
    for (guint i = 0; i < n; i++) {
      const Vertex *a = &v[i > 0 ? i - 1 : 0], *b = &v[i + 1 < n ? i + 1 : n - 1];
      double dx = b->x - a->x, dy = b->y - a->y, length = MAX (hypot (dx, dy), 1e-9);
      double half = width / 2 * (0.67 + 0.33 * sin (G_PI * i / (n - 1)));

      left[i] = (Vertex){v[i].x - dy / length * half, v[i].y + dx / length * half};
      right[n - 1 - i] = (Vertex){v[i].x + dy / length * half, v[i].y - dx / length * half};
    }
    cairo_move_to (paint->cr, left[0].x, left[0].y);
    add_curve (paint->cr, left, n);
    cairo_line_to (paint->cr, right[0].x, right[0].y);
    add_curve (paint->cr, right, n);
    cairo_close_path (paint->cr);
  }
}

void
qonys_paint_water (const QonysPaint *paint)
{
  const QonysPalette *palette = paint->palette;
  const QonysBaseFeature *feature;
  cairo_t *cr = paint->cr;

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; (feature = get_feature (paint, i)); i++) {
    if (!feature->shape || !is_in_view (paint, feature))
      continue;
    if (feature->kind == QONYS_BASE_CREEK && paint->zoom >= 9.5) {
      qonys_paint_add_shape (paint, feature->shape, 1, FALSE, TRUE);
      qonys_set_color (cr, palette->water_edge, 1);
      cairo_set_line_width (cr, MAX (CREEK_WIDTH_M / paint->m_per_px, 1.3 * paint->scale));
      cairo_stroke (cr);
    } else if (feature->kind == QONYS_BASE_LAKE) {
      qonys_paint_add_shape (paint, feature->shape, 0.6, TRUE, FALSE);
      qonys_set_color (cr, palette->water, 1);
      cairo_fill_preserve (cr);
      qonys_set_color (cr, palette->water_edge, 1);
      cairo_set_line_width (cr, 1 * paint->scale);
      cairo_stroke (cr);
    }
  }
  for (guint i = 0; (feature = get_feature (paint, i)); i++)
    if (feature->kind == QONYS_BASE_RIVER && feature->shape && is_in_view (paint, feature))
      add_river (paint, feature->shape, MAX (RIVER_WIDTH_M / paint->m_per_px, 3.6 * paint->scale));
  qonys_set_color (cr, palette->water_edge, 1);
  cairo_set_line_width (cr, 1.6 * paint->scale);
  cairo_stroke_preserve (cr);
  qonys_set_color (cr, palette->water, 1);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* ---- lines ---- */

/* The width of an avenue; 0 if it is not drawn at this zoom. */
static double
get_road_width (const QonysPaint *paint, int rank)
{
  static const double from_zoom[] = {0, 10.7, 11.7}, share[] = {1, 0.75, 0.55};
  guint i = (guint)CLAMP (rank, 1, 3) - 1;

  if (paint->zoom < from_zoom[i])
    return 0;
  return CLAMP (1.7 * exp2 ((paint->zoom - 10) * 0.7), 1.3, 15) * share[i] * paint->scale;
}

static void
paint_railway (const QonysPaint *paint)
{
  const QonysBaseFeature *feature;
  double dash[2] = {1.2 * paint->scale, 8 * paint->scale};
  cairo_t *cr = paint->cr;

  for (guint i = 0; (feature = get_feature (paint, i)); i++)
    if (feature->kind == QONYS_BASE_RAILWAY && feature->shape && is_in_view (paint, feature))
      qonys_paint_add_shape (paint, feature->shape, 1, FALSE, TRUE);
  qonys_set_color (cr, paint->palette->rail, 1);
  cairo_set_line_width (cr, 1.2 * paint->scale);
  cairo_stroke_preserve (cr);
  cairo_set_dash (cr, dash, 2, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 5 * paint->scale);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
qonys_paint_roads (const QonysPaint *paint)
{
  const QonysPalette *palette = paint->palette;
  cairo_t *cr = paint->cr;

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  paint_railway (paint);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  /* All casings, then all fills, minor roads first: crossings join. */
  for (guint pass = 0; pass < 2; pass++)
    for (int rank = 3; rank >= 1; rank--) {
      double width = get_road_width (paint, rank);
      const QonysBaseFeature *feature;

      if (width == 0)
        continue;
      for (guint i = 0; (feature = get_feature (paint, i)); i++)
        if (feature->kind == QONYS_BASE_AVENUE && CLAMP (feature->rank, 1, 3) == rank &&
            feature->shape && is_in_view (paint, feature))
          qonys_paint_add_shape (paint, feature->shape, 1, FALSE, FALSE);
      if (pass == 0)
        qonys_set_color (cr, rank == 1 ? palette->main_road_edge : palette->road_edge, 1);
      else
        qonys_set_color (cr, rank == 1 ? palette->main_road : palette->road, 1);
      cairo_set_line_width (cr, width + (pass == 0 ? 1.4 * paint->scale : 0));
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* ---- names ---- */

/* The point @at px along a line. */
static Vertex
walk (const Vertex *v, const double *lengths, guint n, double at)
{
  guint low = 0, high = n - 1;
  double share;

  while (low + 1 < high) {
    guint middle = (low + high) / 2;
    if (lengths[middle] <= at)
      low = middle;
    else
      high = middle;
  }
  share = (at - lengths[low]) / MAX (lengths[high] - lengths[low], 1e-9);
  return (Vertex){v[low].x + (v[high].x - v[low].x) * share,
                  v[low].y + (v[high].y - v[low].y) * share};
}

/* Squares along a turned label, asked for or taken. */
static gboolean
visit_squares (QonysLabels *labels, Vertex a, Vertex b, double height, gboolean is_taking)
{
  double length = hypot (b.x - a.x, b.y - a.y);
  guint n = (guint)ceil (length / (height * 0.8)) + 1;

  for (guint i = 0; i < n; i++) {
    double share = n > 1 ? (double)i / (n - 1) : 0.5;
    double x = a.x + (b.x - a.x) * share - height / 2, y = a.y + (b.y - a.y) * share - height / 2;

    if (is_taking)
      qonys_labels_block (labels, x, y, height, height);
    else if (!qonys_labels_is_free (labels, x, y, height, height))
      return FALSE;
  }
  return TRUE;
}

/* Writes a name along the straightest free stretch of a line. */
static void
paint_line_name (const QonysPaint *paint, const QonysBaseFeature *feature, QonysTextFace face,
                 double size, QonysColor ink)
{
  const char *name = qonys_text3_get (&feature->name);
  g_autoptr (PangoLayout) layout = NULL;
  double width, height, best = 0;
  Vertex best_a = {0, 0}, best_b = {0, 0};
  double center_x = paint->camera->width_px / 2, center_y = paint->camera->height_px / 2;

  if (!*name)
    return;
  layout = qonys_text_layout (paint->text, name, face, size, 0);
  qonys_text_size (layout, &width, &height);
  for (guint part = 0; part < feature->shape->n_rings; part++) {
    g_autoptr (GArray) vertices = get_part (paint, feature->shape, part, 2);
    const Vertex *v = (const Vertex *)vertices->data;
    g_autofree double *lengths = g_new0 (double, MAX (vertices->len, 1));
    double window = width + 8 * paint->scale, step;

    if (vertices->len < 2)
      continue;
    for (guint i = 1; i < vertices->len; i++)
      lengths[i] = lengths[i - 1] + hypot (v[i].x - v[i - 1].x, v[i].y - v[i - 1].y);
    step = MAX (14, lengths[vertices->len - 1] / 400);
    for (double at = 0; at + window <= lengths[vertices->len - 1]; at += step) {
      Vertex a = walk (v, lengths, vertices->len, at);
      Vertex b = walk (v, lengths, vertices->len, at + window);
      Vertex m = walk (v, lengths, vertices->len, at + window / 2);
      double chord = hypot (b.x - a.x, b.y - a.y);
      double bend = fabs ((b.x - a.x) * (a.y - m.y) - (a.x - m.x) * (b.y - a.y)) / MAX (chord, 1);
      double score = chord / window - bend / height * 0.1 -
                     hypot (m.x - center_x, m.y - center_y) / (center_x + center_y) * 0.05;

      if (chord < 0.93 * window || bend > 0.6 * height || score <= best ||
          !visit_squares (paint->labels, a, b, height, FALSE))
        continue;
      best = score;
      best_a = a;
      best_b = b;
    }
  }
  if (best == 0)
    return;
  visit_squares (paint->labels, best_a, best_b, height, TRUE);
  if (best_b.x < best_a.x) {
    Vertex swap = best_a;
    best_a = best_b;
    best_b = swap;
  }
  cairo_save (paint->cr);
  cairo_translate (paint->cr, (best_a.x + best_b.x) / 2, (best_a.y + best_b.y) / 2);
  cairo_rotate (paint->cr, atan2 (best_b.y - best_a.y, best_b.x - best_a.x));
  qonys_text_draw (paint->cr, layout, -width / 2, -height / 2, ink, paint->palette->halo,
                   1.8 * paint->scale);
  cairo_restore (paint->cr);
}

static gboolean
is_area_name (const QonysBaseFeature *feature)
{
  return g_strcmp0 (feature->landmark_kind, "massif") == 0;
}

static void
paint_place (const QonysPaint *paint, const QonysBaseFeature *feature)
{
  const QonysPalette *palette = paint->palette;
  const char *name = qonys_text3_get (&feature->name);
  gboolean is_area = is_area_name (feature);
  double size = (is_area ? 12 : 11) * paint->scale, symbol = is_area ? 0 : 13 * paint->scale;
  double x = qonys_paint_px (paint, feature->x), y = qonys_paint_py (paint, feature->y);
  g_autoptr (PangoLayout) layout = NULL;
  double width, height, gap = symbol / 2 + 3 * paint->scale;

  layout = qonys_text_layout (paint->text, name, is_area ? QONYS_TEXT_ITALIC : QONYS_TEXT_PLAIN,
                              size, NAME_WIDTH_PX * paint->scale);
  if (is_area)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  qonys_text_size (layout, &width, &height);
  /* As narrow as the words, so that centred ones are centred in what is measured. */
  pango_layout_set_width (layout, (int)ceil (width * PANGO_SCALE));
  if (is_area) {
    if (qonys_labels_take (paint->labels, name, x - width / 2, y - height / 2, width, height))
      qonys_text_draw (paint->cr, layout, x - width / 2, y - height / 2, palette->muted,
                       palette->halo, 1.8 * paint->scale);
    return;
  }
  if (!qonys_labels_is_free (paint->labels, x - symbol / 2, y - symbol / 2, symbol, symbol))
    return;
  {
    const double places[][2] = {{x + gap, y - height / 2},
                                {x - gap - width, y - height / 2},
                                {x - width / 2, y + gap - 2},
                                {x - width / 2, y - gap - height + 2}};

    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      if (qonys_labels_take (paint->labels, name, places[i][0], places[i][1], width, height)) {
        qonys_labels_block (paint->labels, x - symbol / 2, y - symbol / 2, symbol, symbol);
        cairo_save (paint->cr);
        cairo_translate (paint->cr, x, y);
        qonys_paint_landmark (paint->cr, palette, feature->landmark_kind, symbol);
        cairo_restore (paint->cr);
        qonys_text_draw (paint->cr, layout, places[i][0], places[i][1], palette->ink, palette->halo,
                         1.8 * paint->scale);
        return;
      }
  }
}

void
qonys_paint_base_labels (const QonysPaint *paint)
{
  static const double place_zoom[] = {10.3, 11.9, 12.9}, road_zoom[] = {11.3, 12, 12.6};
  const QonysBaseFeature *feature;

  for (guint i = 0; (feature = get_feature (paint, i)); i++)
    if (feature->kind == QONYS_BASE_RIVER && feature->shape && is_in_view (paint, feature))
      paint_line_name (paint, feature, QONYS_TEXT_ITALIC, 12 * paint->scale,
                       paint->palette->water_ink);
  for (int rank = 1; rank <= 3; rank++) {
    for (guint i = 0; (feature = get_feature (paint, i)); i++)
      if (feature->kind == QONYS_BASE_LANDMARK && CLAMP (feature->rank, 1, 3) == rank &&
          paint->zoom >= place_zoom[rank - 1] && is_in_view (paint, feature))
        paint_place (paint, feature);
    for (guint i = 0; (feature = get_feature (paint, i)); i++)
      if (feature->kind == QONYS_BASE_AVENUE && CLAMP (feature->rank, 1, 3) == rank &&
          paint->zoom >= road_zoom[rank - 1] && feature->shape && is_in_view (paint, feature))
        paint_line_name (paint, feature, QONYS_TEXT_PLAIN, 10.5 * paint->scale,
                         paint->palette->muted);
  }
  for (guint i = 0; (feature = get_feature (paint, i)); i++)
    if ((feature->kind == QONYS_BASE_CREEK || feature->kind == QONYS_BASE_LAKE) &&
        paint->zoom >= 11.5 && feature->shape && is_in_view (paint, feature))
      paint_line_name (paint, feature, QONYS_TEXT_ITALIC, 11 * paint->scale,
                       paint->palette->water_ink);
}
