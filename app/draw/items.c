/* Problem items: a plate with the problem's number whose tip stands at the place, in a shape of its
 * own beside the layers' marks; a plate in two sheets with a count where several would overlap.
 * Groups are those of geo/cluster, made once a content (3 ms for 10,000 items); what is painted are
 * the plates in view, each a sprite put down, a few hundred at most. */

#include "draw/private.h"
#include <math.h>

#define GROUP_RADIUS_PX 40.0
#define PLATE_WIDTH_PX 34.0
#define PLATE_HEIGHT_PX 19.0
#define TIP_PX 7.0
#define TEXT_PX 11.0
#define MIN_EXTENT_PX 52.0 /* squares of 500 m are drawn from this size on */

typedef struct {
  const char *label;
  double width_px, height_px, scale;
  gboolean is_group, is_hollow, is_approximate, is_selected;
} Plate;

/* ---- the symbol ---- */

/* A rounded box that ends below in a tip at the origin. */
static void
plate_path (cairo_t *cr, double width, double height, double tip)
{
  double left = -width / 2, right = width / 2, bottom = -tip, top = bottom - height;
  double radius = 0.28 * height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI / 2);
  cairo_line_to (cr, 0.7 * tip, bottom);
  cairo_line_to (cr, 0, 0);
  cairo_line_to (cr, -0.7 * tip, bottom);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* With its tip at the origin. */
static void
draw_plate (cairo_t *cr, const QonysPalette *palette, PangoContext *text, const Plate *plate)
{
  double scale = plate->scale, tip = TIP_PX * scale, line = 1.4 * scale, width, height;
  QonysColor ink = plate->is_hollow ? palette->item : qonys_color_ink_on (palette->item);
  g_autoptr (PangoLayout) layout =
      qonys_text_layout (text, plate->label, QONYS_TEXT_BOLD, TEXT_PX * scale, 0);

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (plate->is_group) { /* the sheet behind */
    cairo_save (cr);
    cairo_translate (cr, 3.5 * scale, -3.5 * scale);
    plate_path (cr, plate->width_px, plate->height_px, tip);
    qonys_set_color (cr, palette->halo, 1);
    cairo_set_line_width (cr, 2 * line + 1.6);
    cairo_stroke_preserve (cr);
    qonys_set_color (cr, palette->land, 1);
    cairo_fill_preserve (cr);
    qonys_set_color (cr, palette->item, 1);
    cairo_set_line_width (cr, line);
    cairo_stroke (cr);
    cairo_restore (cr);
  }
  plate_path (cr, plate->width_px, plate->height_px, tip);
  qonys_set_color (cr, plate->is_selected ? palette->accent : palette->halo, 1);
  cairo_set_line_width (cr, plate->is_selected ? 2 * line + 4 * scale : 2 * line + 1.6);
  cairo_stroke_preserve (cr);
  qonys_set_color (cr, plate->is_hollow ? palette->land : palette->item, 1);
  cairo_fill_preserve (cr);
  if (plate->is_approximate)
    cairo_set_dash (cr, (double[]){3 * scale, 2 * scale}, 2, 0);
  qonys_set_color (cr, plate->is_approximate && !plate->is_hollow ? ink : palette->item, 1);
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
  qonys_text_size (layout, &width, &height);
  qonys_text_draw (cr, layout, -width / 2, -tip - (plate->height_px + height) / 2, ink,
                   palette->halo, 0);
  cairo_restore (cr);
}

void
qonys_item_draw (cairo_t *cr, const QonysPalette *palette, PangoContext *text, const char *label,
                 gboolean is_group, gboolean is_hollow, gboolean is_approximate, double scale)
{
  Plate plate = {label,
                 PLATE_WIDTH_PX * scale,
                 PLATE_HEIGHT_PX * scale,
                 scale,
                 is_group,
                 is_hollow,
                 is_approximate,
                 FALSE};

  draw_plate (cr, palette, text, &plate);
}

void
qonys_paint_note_symbol (cairo_t *cr, QonysNoteKind kind, double size_px, gboolean is_dark)
{
  const QonysPalette *palette = qonys_palette_get (is_dark);
  const QonysBox box = {0, 0, size_px, size_px};

  if (kind == QONYS_NOTE_ITEM) {
    g_autoptr (QonysTextContext) text = qonys_text_context_new ();

    cairo_save (cr);
    cairo_translate (cr, size_px / 2, size_px);
    qonys_item_draw (cr, palette, text, "P", FALSE, FALSE, FALSE, size_px / (PLATE_WIDTH_PX + 3));
    cairo_restore (cr);
  } else {
    qonys_annotation_draw_swatch (cr, palette, kind, &box, size_px / 22);
  }
}

/* ---- who stands where ---- */

/* Made by whichever painter comes first. */
static const QonysClusters *
get_clusters (const QonysContent *content)
{
  QonysContentFull *full = (QonysContentFull *)content;

  g_mutex_lock (&full->mutex);
  if (full->item_clusters == NULL && content->n_items > 0) {
    g_autofree double *x = g_new (double, content->n_items), *y = g_new (double, content->n_items);

    for (guint i = 0; i < content->n_items; i++) {
      const QonysNoteMark *note = content->notes->pdata[i];

      x[i] = note->x;
      y[i] = note->y;
    }
    full->item_points = qonys_points_new (x, y, NULL, content->n_items);
    full->item_clusters = qonys_clusters_new (full->item_points, NULL, GROUP_RADIUS_PX);
  }
  g_mutex_unlock (&full->mutex);
  return full->item_clusters;
}

void
qonys_content_get_items (const QonysContent *content, const QonysPick *pick, GArray *notes)
{
  if (pick->mark.n_points == 1)
    g_array_append_val (notes, pick->index);
  else
    qonys_clusters_get_rows (get_clusters (content), pick->cluster_zoom, &pick->mark, notes);
}

QonysPick
qonys_pick_group (const QonysContent *content, guint index, int cluster_zoom)
{
  const QonysClusters *clusters = get_clusters (content);
  const QonysBox all = {0, 0, 1, 1};
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (QonysCluster));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  qonys_clusters_query (clusters, cluster_zoom, &all, groups);
  for (guint i = 0; i < groups->len; i++) {
    const QonysCluster *group = &g_array_index (groups, QonysCluster, i);

    if (group->n_points == 1)
      continue;
    g_array_set_size (rows, 0);
    qonys_clusters_get_rows (clusters, cluster_zoom, group, rows);
    for (guint row = 0; row < rows->len; row++)
      if (g_array_index (rows, guint32, row) == index)
        return (QonysPick){.kind = QONYS_PICK_ITEM,
                           .index = group->first_row,
                           .mark = *group,
                           .cluster_zoom = cluster_zoom,
                           .x = group->x,
                           .y = group->y};
  }
  return qonys_pick_note (content, index);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const QonysPlacedItem *m = a, *n = b;

  if (m->is_selected != n->is_selected)
    return m->is_selected ? 1 : -1;
  if (m->py != n->py)
    return m->py < n->py ? -1 : 1;
  return m->note < n->note ? -1 : m->note > n->note;
}

static void
place (const QonysCamera *camera, double scale, QonysPlacedItem *item)
{
  guint n_digits = 1;

  for (guint n = item->cluster.n_points; n >= 10; n /= 10)
    n_digits++;
  qonys_camera_to_px (camera, item->cluster.x, item->cluster.y, &item->px, &item->py);
  item->width_px = MAX (PLATE_WIDTH_PX, 16 + 8.0 * n_digits) * scale;
  item->height_px = PLATE_HEIGHT_PX * scale;
  item->top_px = item->py - TIP_PX * scale - item->height_px;
}

/* Which of the items are selected. Returns: (transfer full) (nullable) (array
 * length=content->n_items): NULL if none is */
static gboolean *
find_selected (const QonysContent *content, const QonysStyle *style)
{
  g_autoptr (GHashTable) ids = qonys_style_get_selected_set (style);
  gboolean *is_selected = ids == NULL ? NULL : g_new (gboolean, content->n_items);

  for (guint i = 0; ids != NULL && i < content->n_items; i++) {
    const QonysNoteMark *note = content->notes->pdata[i];

    is_selected[i] = g_hash_table_contains (ids, qonys_entry_get_id (note->entry));
  }
  return is_selected;
}

GArray *
qonys_items_place (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (QonysPlacedItem));
  const QonysClusters *clusters = style->has_items ? get_clusters (content) : NULL;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (QonysCluster));
  double scale = style->text_scale > 0 ? style->text_scale : 1;
  QonysBox box = qonys_camera_get_box (camera);
  int zoom = CLAMP ((int)floor (camera->zoom - log2 (scale)), 0, QONYS_CLUSTER_MAX_ZOOM + 1);
  g_autofree gboolean *is_selected = NULL;

  if (clusters == NULL)
    return placed;
  qonys_box_grow (&box, 48 * scale * (box.max_x - box.min_x) / MAX (camera->width_px, 1));
  qonys_clusters_query (clusters, zoom, &box, groups);
  is_selected = find_selected (content, style);
  for (guint i = 0; i < groups->len; i++) {
    const QonysCluster *group = &g_array_index (groups, QonysCluster, i);
    QonysPlacedItem item = {.note = group->first_row, .cluster = *group, .cluster_zoom = zoom};

    if (is_selected != NULL && group->n_points == 1) {
      item.is_selected = is_selected[group->first_row];
      is_selected[group->first_row] = FALSE;
    }
    place (camera, scale, &item);
    g_array_append_val (placed, item);
  }
  /* What is selected stands before the group it is in. */
  for (guint note = 0; is_selected != NULL && note < content->n_items; note++) {
    QonysPick pick;

    if (!is_selected[note])
      continue;
    pick = qonys_pick_note (content, note);
    if (qonys_box_contains (&box, pick.x, pick.y)) {
      QonysPlacedItem item = {note, pick.mark, zoom, TRUE};

      place (camera, scale, &item);
      g_array_append_val (placed, item);
    }
  }
  g_array_sort (placed, compare_items);
  return placed;
}

/* ---- painting ---- */

static const QonysNoteMark *
get_note (const QonysPaint *paint, guint index)
{
  return paint->content->notes->pdata[index];
}

/* The square, the area or the district of an item that is no point; NULL if there is none or it is
 * too small to be seen. */
static const QonysShape *
get_extent (const QonysPaint *paint, const QonysNoteMark *note, gboolean is_selected)
{
  const QonysShape *shape = note->shape;

  if (note->district != NULL && is_selected)
    shape = note->district->shape;
  if (shape == NULL || (shape->box.max_x - shape->box.min_x) * paint->px_per_unit < MIN_EXTENT_PX)
    return NULL;
  return shape;
}

typedef enum { EXTENTS_EXACT, EXTENTS_APPROXIMATE, EXTENTS_SELECTED, N_EXTENTS } Extents;

/* All of a look at once: hundreds of squares in one path. */
static void
paint_extents (const QonysPaint *paint, const GArray *items, Extents look)
{
  cairo_t *cr = paint->cr;
  QonysColor color = look == EXTENTS_SELECTED ? paint->palette->accent : paint->palette->item;
  guint n = 0;

  cairo_new_path (cr);
  for (guint i = 0; i < items->len; i++) {
    const QonysPlacedItem *item = &g_array_index (items, QonysPlacedItem, i);
    const QonysNoteMark *note = get_note (paint, item->note);
    const QonysShape *shape = get_extent (paint, note, item->is_selected);
    Extents is = item->is_selected      ? EXTENTS_SELECTED
                 : note->is_generalised ? EXTENTS_APPROXIMATE
                                        : EXTENTS_EXACT;

    /* Several in one square have the same. */
    if (shape == NULL || is != look || !(item->cluster.is_one_place || item->cluster.n_points == 1))
      continue;
    qonys_paint_add_shape (paint, shape, 0.6, note->is_ring || note->district != NULL, FALSE);
    n++;
  }
  if (n == 0)
    return;
  cairo_save (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  qonys_set_color (cr, color, 0.1);
  cairo_fill_preserve (cr);
  qonys_set_color (cr, paint->palette->halo, 1);
  cairo_set_line_width (cr, 4.4 * paint->scale);
  cairo_stroke_preserve (cr);
  if (look == EXTENTS_APPROXIMATE)
    cairo_set_dash (cr, (double[]){8 * paint->scale, 4 * paint->scale}, 2, 0);
  qonys_set_color (cr, color, 1);
  cairo_set_line_width (cr, (look == EXTENTS_SELECTED ? 2.6 : 1.6) * paint->scale);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
qonys_paint_item_areas (const QonysPaint *paint, const GArray *items)
{
  for (Extents look = 0; look < N_EXTENTS; look++)
    paint_extents (paint, items, look);
}

static void
free_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

static double
get_half_px (const Plate *plate)
{
  return ceil (MAX (plate->width_px / 2, plate->height_px + TIP_PX * plate->scale) +
               10 * plate->scale);
}

/* The picture of a plate with its words, drawn once a painting. */
static cairo_surface_t *
get_sprite (const QonysPaint *paint, GHashTable *sprites, const Plate *plate, double device_scale)
{
  char key[40];
  double half = get_half_px (plate);
  int side = (int)ceil (2 * half * device_scale);
  cairo_surface_t *sprite;
  cairo_t *cr;

  g_snprintf (key, sizeof key, "%d%d%d%d%s", plate->is_group, plate->is_hollow,
              plate->is_approximate, plate->is_selected, plate->label);
  sprite = g_hash_table_lookup (sprites, key);
  if (sprite != NULL)
    return sprite;
  sprite = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  cairo_surface_set_device_scale (sprite, device_scale, device_scale);
  cr = cairo_create (sprite);
  cairo_translate (cr, half, half);
  draw_plate (cr, paint->palette, paint->text, plate);
  cairo_destroy (cr);
  g_hash_table_insert (sprites, g_strdup (key), sprite);
  return sprite;
}

gboolean
qonys_paint_items (const QonysPaint *paint, const GArray *items)
{
  g_autoptr (GHashTable) sprites =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_surface);
  double device_scale, device_x = 1, device_y = 0, surface_x = 1, surface_y = 1;
  cairo_t *cr = paint->cr;

  cairo_user_to_device_distance (cr, &device_x, &device_y);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_x, &surface_y);
  device_scale = hypot (device_x, device_y) * surface_x;
  for (guint i = 0; i < items->len; i++) {
    const QonysPlacedItem *item = &g_array_index (items, QonysPlacedItem, i);
    const QonysNoteMark *note = get_note (paint, item->note);
    gboolean is_group = item->cluster.n_points > 1;
    const char *problem = qonys_entry_get (note->entry, QONYS_ITEM_PROBLEM);
    g_autofree char *count = is_group ? qonys_text_count (item->cluster.n_points) : NULL;
    Plate plate = {is_group ? count : problem,
                   item->width_px,
                   item->height_px,
                   paint->scale,
                   is_group,
                   !is_group && note->is_solved,
                   !is_group && note->is_generalised,
                   item->is_selected};

    if (plate.label == NULL)
      plate.label = "";
    if (i % 64 == 0 && qonys_paint_is_cancelled (paint))
      return FALSE;
    if (paint->is_vector) {
      cairo_save (cr);
      cairo_translate (cr, item->px, item->py);
      draw_plate (cr, paint->palette, paint->text, &plate);
      cairo_restore (cr);
    } else {
      cairo_surface_t *sprite = get_sprite (paint, sprites, &plate, device_scale);
      double half = get_half_px (&plate), x = item->px - half, y = item->py - half;

      cairo_user_to_device (cr, &x, &y); /* on whole device pixels a sprite stays sharp */
      x = round (x * surface_x) / surface_x;
      y = round (y * surface_y) / surface_y;
      cairo_device_to_user (cr, &x, &y);
      cairo_set_source_surface (cr, sprite, x, y);
      cairo_paint (cr);
    }
    qonys_labels_block (paint->labels, item->px - item->width_px / 2, item->top_px, item->width_px,
                        item->py - item->top_px);
  }
  return TRUE;
}
