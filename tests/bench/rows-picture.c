/* Redrawing a map of 1280 × 800 pixels whose every address is a mark: base, districts, marks,
 * heat or points. The content is made by hand, past the gate: the rows are about the painter. */

#include "bench.h"

#include "draw/painter.h"
#include "geo/mercator.h"
#include "store/store.h"

#include <math.h>

static QonysContent *
make_content (City *city)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);

  if (project == NULL)
    g_error ("%s", error->message);

  QonysContent *content = qonys_content_new (project, QONYS_AUDIENCE_OFFICIAL);
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);
  QonysMarkLayer *layer = &content->layers[QONYS_LAYER_OVERCROWDED];

  content->threshold = 5;
  for (guint i = 0; i < districts->len; i++) {
    QonysDistrictMark mark = {districts->pdata[i], NAN, QONYS_VALUE_MISSING};

    g_array_append_val (content->districts, mark);
  }
  layer->layer = QONYS_LAYER_OVERCROWDED;
  layer->is_addresses = TRUE;
  layer->points = g_steal_pointer (&city->points);
  layer->clusters = g_steal_pointer (&city->clusters);
  layer->n_rows = city->n;
  /* Five categories of points, much alike in number. */
  layer->amounts = g_new (gint32, city->n);
  for (gsize i = 0; i < city->n; i++) {
    static const gint32 amounts[] = {0, QONYS_INT_MISSING, 1, 4, 10};

    layer->amounts[i] = amounts[((guint32)i * 2654435761u >> 16) % G_N_ELEMENTS (amounts)];
  }
  return content;
}

static QonysContent *content;

static void
paint (int zoom, QonysLayerMode mode, double point_size_px)
{
  QonysStyle style = qonys_style_get_default ();

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_OVERCROWDED || i == QONYS_LAYER_DISTRICTS;
  style.layers[QONYS_LAYER_OVERCROWDED].mode = mode;
  style.layers[QONYS_LAYER_OVERCROWDED].point_size_px = point_size_px;
  style.has_schematic_base = TRUE;
  for (guint k = 0; k < N_WINDOWS; k++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1280, 800);
    cairo_t *cr = cairo_create (surface);
    QonysBox box;

    bench_get_window (k, zoom, &box);

    QonysCamera camera = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2, zoom, 1280.0,
                          800.0};

    qonys_paint_map (cr, content, &style, &camera, NULL);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

static void
run_pan_z11 (City *city)
{
  paint (11, QONYS_MODE_MARKS, 0);
}

static void
run_pan_z15 (City *city)
{
  paint (15, QONYS_MODE_MARKS, 0);
}

static void
run_heat_z11 (City *city)
{
  paint (11, QONYS_MODE_HEAT, 0);
}

static void
run_heat_z15 (City *city)
{
  paint (15, QONYS_MODE_HEAT, 0);
}

static void
run_dots_z11 (City *city)
{
  paint (11, QONYS_MODE_POINTS, 2);
}

static void
run_dots_z15 (City *city)
{
  paint (15, QONYS_MODE_POINTS, 2);
}

static void
run_discs_z11 (City *city)
{
  paint (11, QONYS_MODE_POINTS, 7);
}

/* Fonts are looked up, and the raster of the heat is made, by the first painting. */
static void
need_content (City *city)
{
  if (content != NULL)
    return;
  city_need_clusters (city);
  content = make_content (city);
  run_pan_z11 (city);
  run_heat_z11 (city);
}

/* Points are packed by the first painting. */
static void
need_points (City *city)
{
  need_content (city);
  run_dots_z11 (city);
}

const Row rows_picture[] = {
    {"pan-z11", need_content, run_pan_z11, 5, N_WINDOWS},
    {"pan-z15", need_content, run_pan_z15, 5, N_WINDOWS},
    {"heat-z11", need_content, run_heat_z11, 5, N_WINDOWS},
    {"heat-z15", need_content, run_heat_z15, 5, N_WINDOWS},
    {"dots-z11", need_points, run_dots_z11, 5, N_WINDOWS},
    {"dots-z15", need_points, run_dots_z15, 5, N_WINDOWS},
    {"discs-z11", need_points, run_discs_z11, 5, N_WINDOWS},
    {0},
};
