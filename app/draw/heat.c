/* Heat: the density of a layer within 1 km on the ground, as one raster of the whole city, made by
 * the first painter that needs it and kept with the content (up to 1 M pixels of 4 bytes). The same
 * place has the same colour at every zoom and in every part of the city, and painting is one
 * scaled blit. Making it for a million addresses takes some 50 ms. */

#include "draw/private.h"
#include "geo/density.h"
#include "geo/mercator.h"
#include <math.h>

#define PIXEL_M 100.0
#define MAX_SIDE 1200.0
/* Points farther than this from the city are not looked at: they would stretch the raster. */
#define BEYOND_CITY_M 5000.0

struct _QonysHeat {
  QonysBox box; /* mercator unit square; empty: nothing to show */
  guint width, height;
  float *density; /* Σ w (1 − d²/r²)² */
  double max;
};

void
qonys_heat_free (QonysHeat *heat)
{
  g_free (heat->density);
  g_free (heat);
}

/* By packed position; NULL for 1 each. */
static double *
pack_weights (const QonysMarkLayer *layer)
{
  gsize n = qonys_points_get_n (layer->points);
  const guint32 *rows = qonys_points_get_rows (layer->points);
  double *weights;

  if (!layer->weights)
    return NULL;
  weights = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    weights[i] = layer->weights[rows[i]];
  return weights;
}

static QonysHeat *
make_heat (const QonysContent *content, QonysLayer number)
{
  const QonysMarkLayer *layer = &content->layers[number];
  QonysHeat *heat = g_new0 (QonysHeat, 1);
  g_autofree double *weights = NULL;
  QonysBox city = qonys_box_empty ();
  double m_per_unit, pixel, radius;

  heat->box = qonys_box_empty ();
  if (!layer->points || qonys_points_get_n (layer->points) == 0)
    return heat;
  heat->box = *qonys_points_get_box (layer->points);
  m_per_unit =
      qonys_mercator_m_per_unit (qonys_mercator_lat_deg ((heat->box.min_y + heat->box.max_y) / 2));
  radius = QONYS_HEAT_RADIUS_M / m_per_unit;
  qonys_box_grow (&heat->box, radius);
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysShape *shape =
        g_array_index (content->districts, QonysDistrictMark, i).district->shape;
    if (shape)
      qonys_box_join (&city, &shape->box);
  }
  if (!qonys_box_is_empty (&city)) {
    qonys_box_grow (&city, BEYOND_CITY_M / m_per_unit);
    heat->box.min_x = MAX (heat->box.min_x, city.min_x);
    heat->box.min_y = MAX (heat->box.min_y, city.min_y);
    heat->box.max_x = MIN (heat->box.max_x, city.max_x);
    heat->box.max_y = MIN (heat->box.max_y, city.max_y);
    if (qonys_box_is_empty (&heat->box))
      return heat;
  }
  pixel =
      MAX (PIXEL_M / m_per_unit,
           MAX (heat->box.max_x - heat->box.min_x, heat->box.max_y - heat->box.min_y) / MAX_SIDE);
  heat->width = (guint)ceil ((heat->box.max_x - heat->box.min_x) / pixel);
  heat->height = (guint)ceil ((heat->box.max_y - heat->box.min_y) / pixel);
  heat->box.max_x = heat->box.min_x + heat->width * pixel;
  heat->box.max_y = heat->box.min_y + heat->height * pixel;
  heat->density = g_new0 (float, (gsize)heat->width * heat->height);
  weights = pack_weights (layer);
  qonys_density_compute (qonys_points_get_x (layer->points), qonys_points_get_y (layer->points),
                         weights, qonys_points_get_n (layer->points), &heat->box, pixel, radius,
                         heat->width, heat->height, FALSE, heat->density);
  for (gsize i = 0; i < (gsize)heat->width * heat->height; i++)
    heat->max = MAX (heat->max, heat->density[i]);
  return heat;
}

static const QonysHeat *
get_heat (const QonysContent *content, QonysLayer layer)
{
  QonysContentFull *full = (QonysContentFull *)content;

  g_mutex_lock (&full->mutex);
  if (!full->heats[layer])
    full->heats[layer] = make_heat (content, layer);
  g_mutex_unlock (&full->mutex);
  return full->heats[layer];
}

double
qonys_heat_get_max_per_km2 (const QonysContent *content, QonysLayer layer)
{
  double radius_km = QONYS_HEAT_RADIUS_M / 1000;

  /* The kernel's volume is π r² / 3. */
  return get_heat (content, layer)->max / (G_PI * radius_km * radius_km / 3);
}

QonysColor
qonys_heat_get_color (const QonysPalette *palette, QonysLayer layer, double t)
{
  double fade;
  /* From clear to the layer's colour to its dark (on a dark map: light) edge. */
  QonysColor color =
      t < 0.6 ? qonys_color_mix (palette->cell_high[layer], palette->mark[layer], t / 0.6)
              : qonys_color_mix (palette->mark[layer], palette->mark_edge[layer],
                                 (t - 0.6) / 0.4 * 0.8);

  /* Fades in softly: a faint trace has no edge. */
  fade = CLAMP (t / 0.55, 0, 1);
  color.alpha = (guint8)lrint (228 * fade * fade * (3 - 2 * fade));
  return color;
}

void
qonys_paint_heat (const QonysPaint *paint, QonysLayer layer)
{
  const QonysHeat *heat = get_heat (paint->content, layer);
  guint32 ramp[256];
  cairo_surface_t *image;
  guchar *pixels;
  int stride;
  cairo_t *cr = paint->cr;
  double left, top, right, bottom;

  if (!(heat->max > 0))
    return;
  for (guint i = 0; i < 256; i++) {
    /* A square root: the sparse outskirts are seen too. */
    QonysColor color = qonys_heat_get_color (paint->palette, layer, sqrt (i / 255.0));
    guint alpha = color.alpha;

    ramp[i] = alpha << 24 | color.red * alpha / 255 << 16 | color.green * alpha / 255 << 8 |
              color.blue * alpha / 255;
  }
  ramp[0] = 0;
  image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)heat->width, (int)heat->height);
  pixels = cairo_image_surface_get_data (image);
  stride = cairo_image_surface_get_stride (image);
  cairo_surface_flush (image);
  for (guint row = 0; row < heat->height; row++) {
    guint32 *line = (guint32 *)(pixels + (gsize)row * stride);
    const float *density = heat->density + (gsize)row * heat->width;

    for (guint column = 0; column < heat->width; column++)
      line[column] = ramp[(guint)(density[column] / heat->max * 255)];
  }
  cairo_surface_mark_dirty (image);
  left = qonys_paint_px (paint, heat->box.min_x);
  top = qonys_paint_py (paint, heat->box.min_y);
  right = qonys_paint_px (paint, heat->box.max_x);
  bottom = qonys_paint_py (paint, heat->box.max_y);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, paint->camera->width_px, paint->camera->height_px);
  cairo_clip (cr);
  cairo_translate (cr, left, top);
  cairo_scale (cr, (right - left) / heat->width, (bottom - top) / heat->height);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint_with_alpha (cr, paint->style->layers[layer].opacity);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}
