/* Marks: groups, stacked addresses, single addresses. What is painted are the groups in view, a
 * few hundred of a million; each is a sprite put down with its count, 10–15 µs. Marks of several
 * layers at one spot make room for each other, a few pixels at most. */

#include "draw/private.h"
#include <math.h>

/* ---- shapes ---- */

/* A regular polygon whose corners, rounded, lie @outer from the middle. */
static void
rounded_polygon (cairo_t *cr, guint n, double first_angle, double outer, double rounding)
{
  double half = G_PI / n, inset = rounding / cos (half);

  for (guint i = 0; i < n; i++) {
    double angle = first_angle + 2 * half * i, distance = outer - inset;

    cairo_arc (cr, distance * cos (angle), distance * sin (angle), rounding, angle - half,
               angle + half);
  }
  cairo_close_path (cr);
}

void
qonys_mark_path (cairo_t *cr, QonysLayer layer, double radius_px)
{
  cairo_new_sub_path (cr);
  switch (layer) {
  case QONYS_LAYER_FICTITIOUS: /* a soft triangle */
    rounded_polygon (cr, 3, -G_PI / 2, 1.56 * radius_px, 0.4 * radius_px);
    break;
  case QONYS_LAYER_OVERCROWDED: /* a soft square */
    rounded_polygon (cr, 4, -G_PI / 4, 1.2 * radius_px, 0.3 * radius_px);
    break;
  case QONYS_LAYER_RAIDS: /* a soft diamond */
    rounded_polygon (cr, 4, 0, 1.3 * radius_px, 0.25 * radius_px);
    break;
  case QONYS_LAYER_DISTRICTS:
  case QONYS_N_LAYERS:
  default:
    cairo_arc (cr, 0, 0, radius_px, 0, 2 * G_PI);
    cairo_close_path (cr);
  }
}

/* Near there only: a broken ring; a hollow one's opposite keeps its middle. */
static void
draw_approximate (cairo_t *cr, const QonysPalette *palette, QonysLayer layer, gboolean is_hollow,
                  double radius_px, double line)
{
  qonys_mark_path (cr, layer, radius_px);
  qonys_set_color (cr, palette->land, 1);
  cairo_fill_preserve (cr);
  cairo_set_dash (cr, (double[]){3 * line, 2 * line}, 2, 0);
  qonys_set_color (cr, palette->mark_edge[layer], 1);
  cairo_set_line_width (cr, 2 * line);
  cairo_stroke (cr);
  if (layer == QONYS_LAYER_FICTITIOUS && !is_hollow) {
    qonys_mark_path (cr, layer, radius_px * 0.45);
    qonys_set_color (cr, palette->mark[layer], 1);
    cairo_fill (cr);
  }
}

void
qonys_mark_draw (cairo_t *cr, const QonysPalette *palette, QonysLayer layer, QonysMarkKind kind,
                 gboolean is_hollow, gboolean is_approximate, double radius_px)
{
  double line = CLAMP (radius_px * 0.11, 1, 2);

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (kind == QONYS_MARK_STACK) { /* a second outline: several records at one address */
    qonys_mark_path (cr, layer, radius_px);
    qonys_set_color (cr, palette->halo, 1);
    cairo_set_line_width (cr, 2 * line + 2);
    cairo_stroke_preserve (cr);
    qonys_set_color (cr, palette->mark_edge[layer], 1);
    cairo_set_line_width (cr, line);
    cairo_stroke (cr);
    radius_px -= line + 2;
  } else {
    qonys_mark_path (cr, layer, radius_px);
    qonys_set_color (cr, palette->halo, 1);
    cairo_set_line_width (cr, 2 * line + 1.6);
    cairo_stroke (cr);
  }
  if (is_approximate) {
    draw_approximate (cr, palette, layer, is_hollow, radius_px, line);
    cairo_restore (cr);
    return;
  }
  qonys_mark_path (cr, layer, radius_px);
  if (is_hollow || kind == QONYS_MARK_HIDDEN)
    qonys_set_color (cr, palette->land, 1);
  else
    qonys_set_color (cr, palette->mark[layer], 1);
  cairo_fill_preserve (cr);
  if (is_hollow) { /* the layer's colour as a ring within the outline */
    qonys_set_color (cr, palette->mark[layer], 1);
    cairo_set_line_width (cr, 3 * line);
    cairo_stroke_preserve (cr);
  }
  if (kind == QONYS_MARK_HIDDEN)
    cairo_set_dash (cr, (double[]){2.5, 2}, 2, 0);
  qonys_set_color (cr, palette->mark_edge[layer], 1);
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
qonys_paint_symbol (cairo_t *cr, QonysLayer layer, double size_px, gboolean is_dark)
{
  cairo_save (cr);
  cairo_translate (cr, size_px / 2,
                   size_px / 2 + (layer == QONYS_LAYER_FICTITIOUS ? size_px * 0.08 : 0));
  qonys_mark_draw (cr, qonys_palette_get (is_dark), layer, QONYS_MARK_GROUP, FALSE, FALSE,
                   size_px * 0.36);
  cairo_restore (cr);
}

double
qonys_mark_get_amount_radius (double amount)
{
  return 5 + 3.2 * log10 (1 + MAX (amount, 0));
}

/* ---- who stands where ---- */

static double
get_group_radius (double weight)
{
  return 9 + 2.9 * log10 (MAX (weight, 1));
}

static void
place_layer (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
             QonysLayer number, GArray *placed)
{
  const QonysMarkLayer *layer = &content->layers[number];
  g_autoptr (GArray) clusters = g_array_new (FALSE, FALSE, sizeof (QonysCluster));
  double scale = style->text_scale > 0 ? style->text_scale : 1;
  int zoom = (int)floor (camera->zoom - log2 (scale));
  QonysBox box = qonys_camera_get_box (camera);

  /* A margin, so that marks half in view are drawn and make room. */
  qonys_box_grow (&box, 48 * scale * (box.max_x - box.min_x) / MAX (camera->width_px, 1));
  zoom = CLAMP (zoom, 0, QONYS_CLUSTER_MAX_ZOOM + 1);
  qonys_clusters_query (layer->clusters, zoom, &box, clusters);
  for (guint i = 0; i < clusters->len; i++) {
    const QonysCluster *cluster = &g_array_index (clusters, QonysCluster, i);
    QonysPlacedMark mark = {.layer = number, .cluster = *cluster, .cluster_zoom = zoom};
    gboolean is_single = layer->is_addresses && cluster->n_points == 1;

    if (!layer->is_addresses)
      mark.kind = cluster->weight > 0 ? QONYS_MARK_GROUP : QONYS_MARK_HIDDEN;
    else if (is_single)
      mark.kind = QONYS_MARK_SINGLE;
    else
      mark.kind = cluster->is_one_place ? QONYS_MARK_STACK : QONYS_MARK_GROUP;
    mark.is_hollow = is_single && layer->categories && layer->categories[cluster->first_row] == 0;
    mark.is_approximate = is_single && layer->approximate && layer->approximate[cluster->first_row];
    if (!is_single)
      mark.radius_px = get_group_radius (cluster->weight) + (mark.kind == QONYS_MARK_STACK ? 3 : 0);
    else if (layer->amounts && layer->amounts[cluster->first_row] != QONYS_INT_MISSING)
      mark.radius_px = qonys_mark_get_amount_radius (layer->amounts[cluster->first_row]);
    else
      mark.radius_px = 6.5;
    mark.radius_px *= scale;
    qonys_camera_to_px (camera, cluster->x, cluster->y, &mark.px, &mark.py);
    g_array_append_val (placed, mark);
  }
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const QonysPlacedMark *m = a, *n = b;

  /* Large ones first, below; then a fixed order, so that a picture repeats itself. */
  if (m->radius_px != n->radius_px)
    return m->radius_px < n->radius_px ? 1 : -1;
  if (m->layer != n->layer)
    return m->layer < n->layer ? -1 : 1;
  return m->cluster.first_row < n->cluster.first_row ? -1
                                                     : m->cluster.first_row > n->cluster.first_row;
}

/* Pushes marks apart (within a layer only groups: an address of its own stays where it is), no
 * farther than @reach from where they belong. A grid of bins keeps it at a few comparisons a mark.
 */
static void
make_room (GArray *placed, const QonysCamera *camera, double scale)
{
  enum { ROUNDS = 6 };
  double bin = 64 * scale, reach = 20 * scale;
  int n_columns = (int)ceil (camera->width_px / bin) + 4;
  int n_rows = (int)ceil (camera->height_px / bin) + 4;
  g_autofree int *heads = g_new (int, (gsize)n_columns *n_rows);
  g_autofree int *next = g_new (int, MAX (placed->len, 1));
  g_autofree double *home = g_new (double, 2 * (gsize)MAX (placed->len, 1));
  QonysPlacedMark *marks = (QonysPlacedMark *)placed->data;

  for (guint i = 0; i < placed->len; i++) {
    home[2 * i] = marks[i].px;
    home[2 * i + 1] = marks[i].py;
  }
  for (guint round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < n_columns * n_rows; i++)
      heads[i] = -1;
    for (guint i = 0; i < placed->len; i++) {
      int column = CLAMP ((int)(marks[i].px / bin) + 2, 0, n_columns - 1);
      int row = CLAMP ((int)(marks[i].py / bin) + 2, 0, n_rows - 1);

      next[i] = heads[row * n_columns + column];
      heads[row * n_columns + column] = (int)i;
    }
    for (guint i = 0; i < placed->len; i++) {
      QonysPlacedMark *a = &marks[i];
      int column = CLAMP ((int)(a->px / bin) + 2, 0, n_columns - 1);
      int row = CLAMP ((int)(a->py / bin) + 2, 0, n_rows - 1);

      for (int r = MAX (row - 1, 0); r <= MIN (row + 1, n_rows - 1); r++)
        for (int c = MAX (column - 1, 0); c <= MIN (column + 1, n_columns - 1); c++)
          for (int j = heads[r * n_columns + c]; j >= 0; j = next[j]) {
            QonysPlacedMark *b = &marks[j];
            double dx = b->px - a->px, dy = b->py - a->py, distance = hypot (dx, dy);
            double wanted = a->radius_px + b->radius_px + scale, push;

            if ((guint)j <= i || distance >= wanted ||
                (a->layer == b->layer &&
                 (a->kind != QONYS_MARK_GROUP || b->kind != QONYS_MARK_GROUP)))
              continue;
            if (distance < 1e-6) { /* at one spot: each layer has its own way out */
              double angle = -G_PI / 2 + 2 * G_PI / 3 * b->layer;
              dx = cos (angle);
              dy = sin (angle);
              distance = 1;
            }
            push = (wanted - distance) / 2 / distance;
            a->px -= dx * push;
            a->py -= dy * push;
            b->px += dx * push;
            b->py += dy * push;
          }
    }
    for (guint i = 0; i < placed->len; i++) {
      double dx = marks[i].px - home[2 * i], dy = marks[i].py - home[2 * i + 1];
      double distance = hypot (dx, dy);

      if (distance > reach) {
        marks[i].px = home[2 * i] + dx / distance * reach;
        marks[i].py = home[2 * i + 1] + dy / distance * reach;
      }
    }
  }
}

GArray *
qonys_marks_place (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (QonysPlacedMark));
  guint n_layers = 0;

  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++) {
    guint before = placed->len;

    if (!qonys_layer_is_drawn (content, style, i) || style->layers[i].mode == QONYS_MODE_HEAT ||
        qonys_dots_are_shown (content, style, i) || !content->layers[i].clusters ||
        qonys_cells_are_shown (content, style, camera, i))
      continue;
    place_layer (content, style, camera, i, placed);
    n_layers += placed->len > before;
  }
  g_array_sort (placed, compare_marks);
  if (n_layers > 1)
    make_room (placed, camera, style->text_scale > 0 ? style->text_scale : 1);
  return placed;
}

/* ---- painting ---- */

static void
free_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

/* The picture of a mark without its number, drawn once a painting. */
static cairo_surface_t *
get_sprite (const QonysPaint *paint, GHashTable *sprites, const QonysPlacedMark *mark,
            double device_scale, double *half_px)
{
  guint size = (guint)lrint (mark->radius_px * 2);
  guint key = size << 8 | (guint)mark->is_approximate << 7 | (guint)mark->kind << 4 |
              (guint)mark->is_hollow << 2 | mark->layer;
  cairo_surface_t *sprite = g_hash_table_lookup (sprites, GUINT_TO_POINTER (key));

  *half_px = ceil (mark->radius_px * 1.5 + 4);
  if (!sprite) {
    int side = (int)ceil (2 * *half_px * device_scale);
    cairo_t *cr;

    sprite = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
    cairo_surface_set_device_scale (sprite, device_scale, device_scale);
    cr = cairo_create (sprite);
    cairo_translate (cr, *half_px, *half_px);
    qonys_mark_draw (cr, paint->palette, mark->layer, mark->kind, mark->is_hollow,
                     mark->is_approximate, size / 2.0);
    cairo_destroy (cr);
    g_hash_table_insert (sprites, GUINT_TO_POINTER (key), sprite);
  }
  return sprite;
}

static void
paint_number (const QonysPaint *paint, const QonysPlacedMark *mark)
{
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  gboolean is_hidden = mark->kind == QONYS_MARK_HIDDEN;
  double width, height, size = is_hidden || mark->cluster.weight < 100 ? 10.5 : 10;

  text = is_hidden ? g_strdup_printf ("<%" G_GINT64_FORMAT, paint->content->threshold)
                   : qonys_text_count (mark->cluster.weight);
  layout = qonys_text_layout (paint->text, text, QONYS_TEXT_BOLD, size * paint->scale, 0);
  qonys_text_size (layout, &width, &height);
  qonys_text_draw (
      paint->cr, layout, mark->px - width / 2,
      mark->py - height / 2 + (mark->layer == QONYS_LAYER_FICTITIOUS ? 0.13 * mark->radius_px : 0),
      is_hidden ? paint->palette->ink : qonys_color_ink_on (paint->palette->mark[mark->layer]),
      paint->palette->halo, 0);
}

gboolean
qonys_paint_marks (const QonysPaint *paint, GArray *marks)
{
  g_autoptr (GHashTable) sprites = g_hash_table_new_full (NULL, NULL, NULL, free_surface);
  double device_x = 1, device_y = 0, surface_x = 1, surface_y = 1, device_scale;
  cairo_t *cr = paint->cr;

  cairo_user_to_device_distance (cr, &device_x, &device_y);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_x, &surface_y);
  device_scale = hypot (device_x, device_y) * surface_x;
  for (guint i = 0; i < marks->len; i++) {
    const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);
    double opacity = paint->style->layers[mark->layer].opacity;

    if (i % 64 == 0 && qonys_paint_is_cancelled (paint))
      return FALSE;
    if (paint->is_vector) {
      if (opacity < 1)
        cairo_push_group (cr);
      cairo_save (cr);
      cairo_translate (cr, mark->px, mark->py);
      qonys_mark_draw (cr, paint->palette, mark->layer, mark->kind, mark->is_hollow,
                       mark->is_approximate, mark->radius_px);
      cairo_restore (cr);
      if (opacity < 1) {
        cairo_pop_group_to_source (cr);
        cairo_paint_with_alpha (cr, opacity);
      }
    } else {
      double half;
      cairo_surface_t *sprite = get_sprite (paint, sprites, mark, device_scale, &half);
      double x = mark->px - half, y = mark->py - half;

      /* On whole device pixels a sprite stays sharp. */
      cairo_user_to_device (cr, &x, &y);
      x = round (x * surface_x) / surface_x;
      y = round (y * surface_y) / surface_y;
      cairo_device_to_user (cr, &x, &y);
      cairo_set_source_surface (cr, sprite, x, y);
      cairo_paint_with_alpha (cr, opacity);
    }
    if (mark->kind != QONYS_MARK_SINGLE)
      paint_number (paint, mark);
    qonys_labels_block (paint->labels, mark->px - mark->radius_px, mark->py - mark->radius_px,
                        2 * mark->radius_px, 2 * mark->radius_px);
  }
  return TRUE;
}
