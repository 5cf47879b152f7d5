/* The one painter: what a picture is made of, in which order. Nothing here is slower than the
 * marks in view; a million rows cost no more than a thousand, unless each is painted (dots.c). Safe
 * on any thread: the content is shared and not changed, everything else is one painter's at a
 * time. */

#include "draw/private.h"
#include "geo/mercator.h"
#include <math.h>

gboolean
qonys_paint_is_cancelled (const QonysPaint *paint)
{
  return paint->cancellable && g_cancellable_is_cancelled (paint->cancellable);
}

gboolean
qonys_surface_is_vector (cairo_t *cr)
{
  switch (cairo_surface_get_type (cairo_get_group_target (cr))) {
  case CAIRO_SURFACE_TYPE_PDF:
  case CAIRO_SURFACE_TYPE_PS:
  case CAIRO_SURFACE_TYPE_SVG:
  case CAIRO_SURFACE_TYPE_RECORDING:
    return TRUE;
  default:
    return FALSE;
  }
}

static double
get_device_scale (cairo_t *cr)
{
  double x = 1, y = 0, surface_x = 1, surface_y = 1;

  cairo_user_to_device_distance (cr, &x, &y);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_x, &surface_y);
  return hypot (x, y) * surface_x;
}

void
qonys_paint_selected_place (const QonysPaint *paint)
{
  cairo_t *cr = paint->cr;
  double x = qonys_paint_px (paint, paint->style->selected_x);
  double y = qonys_paint_py (paint, paint->style->selected_y), r = 17 * paint->scale;

  if (isnan (x) || isnan (y))
    return;
  cairo_save (cr);
  for (guint pass = 0; pass < 2; pass++) {
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
    for (guint i = 0; i < 4; i++) {
      double dx = cos (i * G_PI / 2), dy = sin (i * G_PI / 2);
      cairo_move_to (cr, x + r * dx, y + r * dy);
      cairo_line_to (cr, x + 1.45 * r * dx, y + 1.45 * r * dy);
    }
    qonys_set_color (cr, pass == 0 ? paint->palette->halo : paint->palette->accent, 1);
    cairo_set_line_width (cr, (pass == 0 ? 6 : 3) * paint->scale);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

gboolean
qonys_paint_map (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                 const QonysCamera *camera, GCancellable *cancellable)
{
  g_autoptr (QonysLabels) labels = qonys_labels_new (camera->width_px, camera->height_px);

  return qonys_paint_map_among (cr, content, style, camera, labels, FALSE, cancellable);
}

gboolean
qonys_paint_map_among (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                       const QonysCamera *camera, QonysLabels *labels, gboolean has_names_first,
                       GCancellable *cancellable)
{
  g_autoptr (QonysTextContext) text = qonys_text_context_new ();
  g_autoptr (QonysSprites) sprites = qonys_sprites_take ();
  g_autoptr (GArray) marks = NULL, items = NULL, notes = NULL, names = NULL;
  double scale = style->text_scale > 0 ? style->text_scale : 1;
  double px_per_unit = QONYS_TILE_SIZE_PX * exp2 (camera->zoom);
  QonysPaint paint = {
      .cr = cr,
      .content = content,
      .style = style,
      .camera = camera,
      .palette = qonys_palette_get (style->is_dark),
      .cancellable = cancellable,
      .text = text,
      .labels = labels,
      .sprites = sprites,
      .device_scale = get_device_scale (cr),
      .scale = scale,
      .zoom = camera->zoom - log2 (scale),
      .px_per_unit = px_per_unit,
      .left = camera->center_x * px_per_unit - camera->width_px / 2,
      .top = camera->center_y * px_per_unit - camera->height_px / 2,
      .m_per_px = qonys_mercator_m_per_px (camera->zoom, qonys_mercator_lat_deg (camera->center_y)),
      .is_vector = qonys_surface_is_vector (cr),
  };
  gboolean is_done = FALSE;

  cairo_save (cr);
  if (!paint.is_vector) /* twice as fast, and no eye sees it */
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_rectangle (cr, 0, 0, camera->width_px, camera->height_px);
  cairo_clip (cr);
  if (qonys_paint_is_cancelled (&paint))
    goto out;
  if (style->has_schematic_base)
    qonys_paint_ground (&paint);
  qonys_paint_district_fills (&paint);
  /* Cells are ground too: water, roads and names stay readable above them. */
  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++)
    if (qonys_cells_are_shown (content, style, camera, i))
      qonys_paint_cells (&paint, i);
  if (qonys_paint_is_cancelled (&paint))
    goto out;
  if (style->has_schematic_base) {
    qonys_paint_water (&paint);
    qonys_paint_roads (&paint);
  }
  qonys_paint_district_borders (&paint);
  qonys_paint_watermark (&paint);
  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++) {
    if (qonys_paint_is_cancelled (&paint))
      goto out;
    if (style->layers[i].mode == QONYS_MODE_HEAT && qonys_layer_is_drawn (content, style, i))
      qonys_paint_heat (&paint, i);
  }
  for (guint i = 0; i < QONYS_N_DOT_LAYERS; i++)
    if (qonys_dots_are_shown (content, style, qonys_dot_layers[i]) &&
        qonys_layer_is_drawn (content, style, qonys_dot_layers[i]) &&
        !qonys_paint_dots (&paint, qonys_dot_layers[i]))
      goto out;
  /* Before anything is written: as picking does, which knows of no names. */
  marks = qonys_marks_place (content, style, camera);
  items = qonys_items_place (content, style, camera);
  notes = qonys_annotations_place (content, style, camera, text, sprites, marks, items, labels);
  if (has_names_first)
    names = qonys_districts_place_names (&paint);
  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++)
    if (qonys_cells_are_shown (content, style, camera, i))
      qonys_paint_cell_numbers (&paint, i);
  qonys_paint_annotation_areas (&paint, notes);
  qonys_paint_item_areas (&paint, items);
  if (!qonys_paint_marks (&paint, marks) || !qonys_paint_items (&paint, items))
    goto out;
  qonys_paint_annotations (&paint, notes);
  qonys_paint_selected_place (&paint);
  if (!has_names_first)
    names = qonys_districts_place_names (&paint);
  qonys_paint_district_names (&paint, names);
  if (qonys_paint_is_cancelled (&paint))
    goto out;
  if (style->has_schematic_base)
    qonys_paint_base_labels (&paint);
  is_done = !qonys_paint_is_cancelled (&paint);
out:
  cairo_restore (cr);
  return is_done;
}
