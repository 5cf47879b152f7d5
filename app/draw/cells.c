/* Public problem layers as 500 m cells: a class of the count as colour, the count as a number
 * where there is room; a hidden count is dotted. Up to a few thousand cells, 1–3 ms. Where several
 * layers have cells, each takes a horizontal band of the square. */

#include "draw/private.h"
#include "geo/mercator.h"
#include <math.h>
#include <string.h>

#define CELL_M 500.0
#define SHOWN_FROM_PX 13.0
#define NUMBER_FROM_PX 28.0

static void
find_range (const GArray *cells, guint32 *min, guint32 *max)
{
  for (guint i = 0; cells && i < cells->len; i++) {
    const QonysCellMark *cell = &g_array_index (cells, QonysCellMark, i);
    if (cell->state != QONYS_VALUE_SHOWN)
      continue;
    *min = MIN (*min, cell->count);
    *max = MAX (*max, cell->count);
  }
}

guint
qonys_cells_get_limits (const QonysMarkLayer *layer, double limits[5])
{
  guint32 min = G_MAXUINT32, max = 0;
  guint n = 0, step = 0;
  double limit = 1;

  find_range (layer->cells, &min, &max);
  find_range (layer->compared_cells, &min, &max);
  if (max == 0)
    return 0;
  /* 1, 2, 5, 10 …: from the lowest count, the last five that are needed. */
  for (;; limit *= step++ % 3 == 1 ? 2.5 : 2) {
    if (limit < min)
      continue;
    if (n == 5) {
      memmove (limits, limits + 1, 4 * sizeof (double));
      n = 4;
    }
    limits[n++] = limit;
    if (limit >= max)
      return n;
  }
}

static double
get_side_px (const QonysCamera *camera)
{
  double m_per_px =
      qonys_mercator_m_per_px (camera->zoom, qonys_mercator_lat_deg (camera->center_y));

  return CELL_M / m_per_px;
}

gboolean
qonys_cells_are_shown (const QonysContent *content, const QonysStyle *style,
                       const QonysCamera *camera, QonysLayer layer)
{
  const GArray *cells = content->layers[layer].cells;

  return cells && cells->len > 0 && qonys_layer_is_drawn (content, style, layer) &&
         style->layers[layer].mode != QONYS_MODE_HEAT &&
         get_side_px (camera) >= SHOWN_FROM_PX * style->text_scale;
}

/* The band of the square that is the layer's: [from, to] of its height. */
static void
get_band (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
          QonysLayer layer, guint *band, guint *n_bands)
{
  *n_bands = 0;
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    if (!qonys_cells_are_shown (content, style, camera, i))
      continue;
    if (i == (guint)layer)
      *band = *n_bands;
    (*n_bands)++;
  }
}

static gboolean
get_part (const QonysCamera *camera, const QonysCellMark *cell, guint band, guint n_bands,
          double x[4], double y[4])
{
  double cx[4], cy[4], from = (double)band / n_bands, to = (double)(band + 1) / n_bands;
  double min_x = G_MAXDOUBLE, max_x = -G_MAXDOUBLE, min_y = G_MAXDOUBLE, max_y = -G_MAXDOUBLE;

  /* Corners: south-west, south-east, north-east, north-west; bands from the north. */
  for (guint i = 0; i < 4; i++) {
    qonys_camera_to_px (camera, cell->corner_x[i], cell->corner_y[i], &cx[i], &cy[i]);
    min_x = MIN (min_x, cx[i]);
    max_x = MAX (max_x, cx[i]);
    min_y = MIN (min_y, cy[i]);
    max_y = MAX (max_y, cy[i]);
  }
  if (max_x < 0 || max_y < 0 || min_x > camera->width_px || min_y > camera->height_px)
    return FALSE;
  x[0] = cx[3] + (cx[0] - cx[3]) * to, y[0] = cy[3] + (cy[0] - cy[3]) * to;
  x[1] = cx[2] + (cx[1] - cx[2]) * to, y[1] = cy[2] + (cy[1] - cy[2]) * to;
  x[2] = cx[2] + (cx[1] - cx[2]) * from, y[2] = cy[2] + (cy[1] - cy[2]) * from;
  x[3] = cx[3] + (cx[0] - cx[3]) * from, y[3] = cy[3] + (cy[0] - cy[3]) * from;
  return TRUE;
}

gboolean
qonys_cells_get_part (const QonysContent *content, const QonysStyle *style,
                      const QonysCamera *camera, QonysLayer layer, const QonysCellMark *cell,
                      double x[4], double y[4])
{
  guint band = 0, n_bands = 1;

  get_band (content, style, camera, layer, &band, &n_bands);
  return n_bands > 0 && get_part (camera, cell, band, n_bands, x, y);
}

static void
add_part (cairo_t *cr, const double x[4], const double y[4])
{
  cairo_move_to (cr, x[0], y[0]);
  for (guint i = 1; i < 4; i++)
    cairo_line_to (cr, x[i], y[i]);
  cairo_close_path (cr);
}

/* The class of a count. */
static guint
get_class (const double *limits, guint n, guint32 count)
{
  guint class = 0;

  while (class + 1 < n && count > limits[class])
    class ++;
  return class;
}

static QonysColor
get_color (const QonysPaint *paint, QonysLayer layer, guint class, guint n)
{
  return qonys_color_class (paint->palette->cell_low[layer], paint->palette->cell_high[layer],
                            class, n);
}

/* Fills and outlines the path; each class is one path, so that neighbours leave no seams. */
static void
finish_class (const QonysPaint *paint, QonysLayer layer, QonysColor color, double opacity)
{
  qonys_set_color (paint->cr, color, opacity);
  cairo_fill_preserve (paint->cr);
  qonys_set_color (paint->cr, paint->palette->mark_edge[layer], 0.3 * opacity);
  cairo_set_line_width (paint->cr, 0.7);
  cairo_stroke (paint->cr);
}

static void
paint_hidden (const QonysPaint *paint, QonysLayer layer, guint band, guint n_bands)
{
  const GArray *cells = paint->content->layers[layer].cells;
  double opacity = paint->style->layers[layer].opacity, x[4], y[4];
  QonysColor dots =
      qonys_color_mix (paint->palette->unknown, paint->palette->mark_edge[layer], 0.6);

  for (guint i = 0; i < cells->len; i++) {
    const QonysCellMark *cell = &g_array_index (cells, QonysCellMark, i);

    if (cell->state == QONYS_VALUE_SUPPRESSED &&
        get_part (paint->camera, cell, band, n_bands, x, y))
      add_part (paint->cr, x, y);
  }
  qonys_set_color (paint->cr, paint->palette->unknown, 0.6 * opacity);
  cairo_fill_preserve (paint->cr);
  dots.alpha = (guint8)(255 * opacity);
  qonys_fill_pattern (paint->cr, QONYS_PATTERN_FINE_DOTS, -paint->left, -paint->top, 9, dots);
}

void
qonys_paint_cells (const QonysPaint *paint, QonysLayer layer)
{
  const GArray *cells = paint->content->layers[layer].cells;
  double opacity = paint->style->layers[layer].opacity * 0.94, limits[5], x[4], y[4];
  guint n_classes = qonys_cells_get_limits (&paint->content->layers[layer], limits), band = 0,
        n_bands = 1;

  get_band (paint->content, paint->style, paint->camera, layer, &band, &n_bands);
  cairo_save (paint->cr);
  cairo_new_path (paint->cr);
  for (guint class = 0; class < n_classes; class ++) {
    for (guint i = 0; i < cells->len; i++) {
      const QonysCellMark *cell = &g_array_index (cells, QonysCellMark, i);

      if (cell->state == QONYS_VALUE_SHOWN && get_class (limits, n_classes, cell->count) == class &&
          get_part (paint->camera, cell, band, n_bands, x, y))
        add_part (paint->cr, x, y);
    }
    finish_class (paint, layer, get_color (paint, layer, class, n_classes), opacity);
  }
  paint_hidden (paint, layer, band, n_bands);
  cairo_restore (paint->cr);
}

void
qonys_paint_cell_numbers (const QonysPaint *paint, QonysLayer layer)
{
  const GArray *cells = paint->content->layers[layer].cells;
  double side = get_side_px (paint->camera), limits[5], x[4], y[4];
  guint n_classes = qonys_cells_get_limits (&paint->content->layers[layer], limits), band = 0,
        n_bands = 1;

  get_band (paint->content, paint->style, paint->camera, layer, &band, &n_bands);
  if (side < NUMBER_FROM_PX * paint->scale || side / n_bands < 14 * paint->scale)
    return;
  for (guint i = 0; i < cells->len; i++) {
    const QonysCellMark *cell = &g_array_index (cells, QonysCellMark, i);
    g_autofree char *text = NULL;
    g_autoptr (PangoLayout) layout = NULL;
    double width, height, left, top;
    QonysColor ground;

    if (cell->state != QONYS_VALUE_SHOWN || !get_part (paint->camera, cell, band, n_bands, x, y))
      continue;
    text = qonys_text_count (cell->count);
    layout = qonys_text_layout (paint->text, text, QONYS_TEXT_PLAIN, 11 * paint->scale, 0);
    qonys_text_size (layout, &width, &height);
    if (width > side - 2)
      continue;
    left = (x[0] + x[1] + x[2] + x[3]) / 4 - width / 2;
    top = (y[0] + y[1] + y[2] + y[3]) / 4 - height / 2;
    if (qonys_labels_get_overlap (paint->labels, left, top + 2, width, height - 4) > 0)
      continue; /* a name or a panel stands here */
    ground = get_color (paint, layer, get_class (limits, n_classes, cell->count), n_classes);
    qonys_text_draw (paint->cr, layout, left, top, qonys_color_ink_on (ground), ground,
                     1.5 * paint->scale);
    qonys_labels_block (paint->labels, left, top + 2, width, height - 4);
  }
}
