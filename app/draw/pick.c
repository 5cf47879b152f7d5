/* What lies under the pointer. Asks the same placing that painted, so that what is seen is what is
 * found; about 0.3 ms. */

#include "draw/private.h"
#include <math.h>

#define MAX_WALKED_POINTS 300 /* nobody walks through more of a layer by keyboard */

static QonysPick
pick_of_mark (const QonysPlacedMark *mark)
{
  return (QonysPick){.kind = QONYS_PICK_MARK,
                     .layer = mark->layer,
                     .mark = mark->cluster,
                     .cluster_zoom = mark->cluster_zoom,
                     .x = mark->cluster.x,
                     .y = mark->cluster.y};
}

static QonysPick
pick_of_cell (const QonysContent *content, QonysLayer layer, guint index)
{
  const QonysCellMark *cell = &g_array_index (content->layers[layer].cells, QonysCellMark, index);

  return (QonysPick){.kind = QONYS_PICK_CELL,
                     .layer = layer,
                     .index = index,
                     .x = cell->center_x,
                     .y = cell->center_y};
}

static QonysPick
pick_of_district (const QonysContent *content, guint index)
{
  const QonysDistrict *district =
      g_array_index (content->districts, QonysDistrictMark, index).district;

  return (QonysPick){.kind = QONYS_PICK_DISTRICT,
                     .layer = QONYS_LAYER_DISTRICTS,
                     .index = index,
                     .x = district->label_x,
                     .y = district->label_y};
}

QonysPick
qonys_pick_note (const QonysContent *content, guint index)
{
  const QonysNoteMark *note = content->notes->pdata[index];
  gboolean is_item = note->kind == QONYS_NOTE_ITEM;

  return (QonysPick){.kind = is_item ? QONYS_PICK_ITEM : QONYS_PICK_ANNOTATION,
                     .index = index,
                     .mark = {note->x, note->y, 1, 1, index, TRUE},
                     .x = note->x,
                     .y = note->y};
}

/* Is a point in a convex quadrilateral? */
static gboolean
is_inside (const double x[4], const double y[4], double px, double py)
{
  guint n_left = 0;

  for (guint i = 0; i < 4; i++) {
    guint j = (i + 1) % 4;
    n_left += (x[j] - x[i]) * (py - y[i]) - (y[j] - y[i]) * (px - x[i]) >= 0;
  }
  return n_left == 0 || n_left == 4;
}

static QonysPick
pick_of_item (const QonysContent *content, const QonysPlacedItem *item)
{
  QonysPick pick = qonys_pick_note (content, item->note);

  pick.mark = item->cluster;
  pick.cluster_zoom = item->cluster_zoom;
  pick.x = item->cluster.x;
  pick.y = item->cluster.y;
  return pick;
}

/* Annotations lie above items, items above marks: what is hit, else the nearest. */
static gboolean
pick_written (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
              const GArray *items, const GArray *notes, double px, double py, double radius_px,
              QonysPick *pick)
{
  double scale = style->text_scale > 0 ? style->text_scale : 1, least = G_MAXDOUBLE;

  for (guint i = notes->len; i-- > 0;) {
    const QonysPlacedNote *note = &g_array_index (notes, QonysPlacedNote, i);
    double distance = qonys_annotation_get_distance (content, camera, note, px, py, scale);

    if (distance < least && distance <= radius_px) {
      least = distance;
      *pick = qonys_pick_note (content, note->note);
    }
    if (distance == 0)
      return TRUE;
  }
  for (guint i = items->len; i-- > 0;) {
    const QonysPlacedItem *item = &g_array_index (items, QonysPlacedItem, i);
    double dx = MAX (fabs (px - item->px) - item->width_px / 2, 0);
    double dy = MAX (MAX (item->top_px - py, py - item->py), 0), distance = hypot (dx, dy);

    if (distance < least && distance <= radius_px / 2) {
      least = distance;
      *pick = pick_of_item (content, item);
    }
    if (distance == 0)
      return TRUE;
  }
  return least < G_MAXDOUBLE;
}

/* Areas people drew: below the marks, above cells and districts. Squares are not: they would cover
 * the cells. */
static gboolean
pick_inside (const QonysContent *content, const GArray *items, const GArray *notes, double x,
             double y, QonysPick *pick)
{
  for (guint i = items->len; i-- > 0;) {
    const QonysPlacedItem *item = &g_array_index (items, QonysPlacedItem, i);
    const QonysNoteMark *note = content->notes->pdata[item->note];

    if (item->cluster.n_points == 1 && note->is_ring && !note->is_generalised &&
        qonys_shape_contains (note->shape, x, y)) {
      *pick = pick_of_item (content, item);
      return TRUE;
    }
  }
  for (guint i = notes->len; i-- > 0;) {
    guint index = g_array_index (notes, QonysPlacedNote, i).note;
    const QonysNoteMark *note = content->notes->pdata[index];

    if (note->is_ring && qonys_shape_contains (note->shape, x, y)) {
      *pick = qonys_pick_note (content, index);
      return TRUE;
    }
  }
  return FALSE;
}

QonysPick
qonys_pick (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
            double px, double py, double radius_px)
{
  g_autoptr (GArray) marks = qonys_marks_place (content, style, camera);
  g_autoptr (GArray) items = qonys_items_place (content, style, camera);
  g_autoptr (QonysTextContext) text = qonys_text_context_new ();
  g_autoptr (QonysSprites) sprites = qonys_sprites_take ();
  g_autoptr (GArray) notes =
      qonys_annotations_place (content, style, camera, text, sprites, marks, items, NULL);
  const QonysPlacedMark *nearest = NULL;
  double x, y, least = G_MAXDOUBLE;
  QonysPick written;

  if (pick_written (content, style, camera, items, notes, px, py, 0, &written))
    return written;

  /* The topmost that is hit; else the nearest the finger may have meant. */
  for (guint i = marks->len; i-- > 0;) {
    const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);
    double distance = hypot (mark->px - px, mark->py - py);

    if (distance <= mark->radius_px)
      return pick_of_mark (mark);
    if (distance <= radius_px && distance < least) {
      least = distance;
      nearest = mark;
    }
  }
  if (pick_written (content, style, camera, items, notes, px, py, radius_px, &written))
    return written;
  if (nearest)
    return pick_of_mark (nearest);
  /* What is hit in any layer goes before what is near in another. */
  for (guint i = 2 * QONYS_N_DOT_LAYERS; i-- > 0;) {
    QonysLayer layer = qonys_dot_layers[i % QONYS_N_DOT_LAYERS];
    QonysPick pick;

    if (qonys_dots_are_shown (content, style, layer) &&
        qonys_layer_is_drawn (content, style, layer) &&
        qonys_dots_pick (content, style, camera, layer, px, py,
                         i >= QONYS_N_DOT_LAYERS ? 0 : radius_px, &pick))
      return pick;
  }
  qonys_camera_from_px (camera, px, py, &x, &y);
  if (pick_inside (content, items, notes, x, y, &written))
    return written;
  for (guint layer = QONYS_N_LAYERS; layer-- > QONYS_LAYER_FICTITIOUS;) {
    const GArray *cells = content->layers[layer].cells;

    if (!qonys_cells_are_shown (content, style, camera, layer))
      continue;
    for (guint i = 0; i < cells->len; i++) {
      double cx[4], cy[4];
      if (qonys_cells_get_part (content, style, camera, layer,
                                &g_array_index (cells, QonysCellMark, i), cx, cy) &&
          is_inside (cx, cy, px, py))
        return pick_of_cell (content, layer, i);
    }
  }
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysShape *shape =
        g_array_index (content->districts, QonysDistrictMark, i).district->shape;
    if (shape && qonys_shape_contains (shape, x, y))
      return pick_of_district (content, i);
  }
  return (QonysPick){.kind = QONYS_PICK_NONE, .x = x, .y = y};
}

static int
compare_reading (gconstpointer a, gconstpointer b, gpointer camera)
{
  const QonysPick *m = a, *n = b;
  double mx, my, nx, ny;
  int line_m, line_n;

  qonys_camera_to_px (camera, m->x, m->y, &mx, &my);
  qonys_camera_to_px (camera, n->x, n->y, &nx, &ny);
  line_m = (int)floor (my / 48);
  line_n = (int)floor (ny / 48);
  if (line_m != line_n)
    return line_m < line_n ? -1 : 1;
  return mx < nx ? -1 : mx > nx;
}

GArray *
qonys_pick_all (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera)
{
  GArray *picks = g_array_new (FALSE, FALSE, sizeof (QonysPick));
  g_autoptr (GArray) marks = qonys_marks_place (content, style, camera);
  g_autoptr (GArray) items = qonys_items_place (content, style, camera);
  QonysBox view = qonys_camera_get_box (camera);

  for (guint i = 0; i < content->districts->len; i++) {
    QonysPick pick = pick_of_district (content, i);
    if (qonys_box_contains (&view, pick.x, pick.y))
      g_array_append_val (picks, pick);
  }
  for (guint layer = QONYS_LAYER_FICTITIOUS; layer < QONYS_N_LAYERS; layer++) {
    const GArray *cells = content->layers[layer].cells;

    if (!qonys_cells_are_shown (content, style, camera, layer))
      continue;
    for (guint i = 0; i < cells->len; i++) {
      QonysPick pick = pick_of_cell (content, layer, i);
      if (qonys_box_contains (&view, pick.x, pick.y))
        g_array_append_val (picks, pick);
    }
  }
  for (guint layer = QONYS_LAYER_FICTITIOUS; layer < QONYS_N_LAYERS; layer++)
    if (qonys_dots_are_shown (content, style, layer) &&
        qonys_layer_is_drawn (content, style, layer))
      qonys_dots_pick_all (content, &view, layer, MAX_WALKED_POINTS, picks);
  for (guint i = 0; i < marks->len; i++) {
    QonysPick pick = pick_of_mark (&g_array_index (marks, QonysPlacedMark, i));
    if (qonys_box_contains (&view, pick.x, pick.y))
      g_array_append_val (picks, pick);
  }
  for (guint i = 0; i < items->len; i++) {
    QonysPick pick = pick_of_item (content, &g_array_index (items, QonysPlacedItem, i));

    if (qonys_box_contains (&view, pick.x, pick.y))
      g_array_append_val (picks, pick);
  }
  for (guint i = content->n_items; style->has_annotations && i < content->notes->len; i++) {
    QonysPick pick = qonys_pick_note (content, i);

    if (qonys_box_contains (&view, pick.x, pick.y))
      g_array_append_val (picks, pick);
  }
  g_array_sort_with_data (picks, compare_reading, (gpointer)camera);
  return picks;
}
