/* Content made by hand: no files, no release gate. */

#include "draw-support.h"

#include "geo/mercator.h"

#include <math.h>
#include <string.h>

/* Fontconfig keeps its tables until the process ends. */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

#define LON_DEG 71.43
#define LAT_DEG 51.14

static double
get_side (void)
{
  return 10000 / qonys_mercator_m_per_unit (LAT_DEG);
}

static QonysShape *
make_square (double west, double north, double side)
{
  const guint starts[] = {0, 5};
  const double x[] = {west, west + side, west + side, west, west};
  const double y[] = {north, north, north + side, north + side, north};

  return qonys_shape_new (1, starts, x, y);
}

static void
set_name (QonysText3 *name, const char *kk, const char *ru, const char *en)
{
  name->text[QONYS_KK] = g_strdup (kk);
  name->text[QONYS_RU] = g_strdup (ru);
  name->text[QONYS_EN] = g_strdup (en);
}

static QonysDistricts *
make_districts (void)
{
  static const char *const names[] = {"Есіл ауданы", "Сарайшық ауданы", "Сарыарқа ауданы",
                                      "Байқоңыр ауданы"};
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  double x = qonys_mercator_x (LON_DEG), y = qonys_mercator_y (LAT_DEG), side = get_side ();

  for (guint i = 0; i < 4; i++) {
    QonysDistrict *district = qonys_district_new ();
    double west = x - (i % 2 ? 0 : side), north = y - (i < 2 ? 0 : side);

    g_snprintf (district->kato, sizeof district->kato, "71%u110000", i + 1);
    set_name (&district->name, names[i], names[i], names[i]);
    district->valid_from = district->valid_to = QONYS_DAY_MISSING;
    district->is_schematic = TRUE;
    district->shape = make_square (west, north, side);
    district->label_x = west + side / 2;
    district->label_y = north + side / 2;
    g_ptr_array_add (list, district);
  }
  return qonys_districts_new (list);
}

static void
add_line (GPtrArray *base, QonysBaseKind kind, const char *name, double dx0, double dy0, double dx1,
          double dy1)
{
  QonysBaseFeature *feature = qonys_base_feature_new ();
  double x = qonys_mercator_x (LON_DEG), y = qonys_mercator_y (LAT_DEG), side = get_side ();
  const guint starts[] = {0, 3};
  const double xs[] = {x + dx0 * side, x + (dx0 + dx1) / 2 * side, x + dx1 * side};
  const double ys[] = {y + dy0 * side, y + (dy0 + dy1) / 2 * side, y + dy1 * side};

  feature->kind = kind;
  feature->rank = 1;
  set_name (&feature->name, name, name, name);
  feature->shape = qonys_shape_new (1, starts, xs, ys);
  g_ptr_array_add (base, feature);
}

static GPtrArray *
make_base (void)
{
  GPtrArray *base = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_base_feature_free);
  QonysBaseFeature *place = qonys_base_feature_new ();

  add_line (base, QONYS_BASE_RIVER, "Есіл өзені", -1, 0.05, 1, 0.02);
  add_line (base, QONYS_BASE_AVENUE, "Мәңгілік Ел даңғылы", -0.05, -1, 0.03, 1);
  add_line (base, QONYS_BASE_RAILWAY, "", -1, -0.6, 1, -0.5);
  place->kind = QONYS_BASE_LANDMARK;
  place->rank = 1;
  place->landmark_kind = g_strdup ("monument");
  set_name (&place->name, "Бәйтерек", "Байтерек", "Baiterek");
  place->x = qonys_mercator_x (LON_DEG) - 0.8 * get_side ();
  place->y = qonys_mercator_y (LAT_DEG) + 0.25 * get_side ();
  g_ptr_array_add (base, place);
  return base;
}

static QonysProject *
make_project (void)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {0};
  QonysNorm norm = qonys_norm_get_default ();

  return qonys_project_new (NULL, tables, g_ptr_array_new (), make_districts (), make_base (),
                            &norm);
}

/* Cells of 500 m in the south-west district: 4 × 4 with counts 5, 12, …; every fourth hidden. */
static void
add_cells (QonysMarkLayer *layer)
{
  double step = get_side () / 20;
  double x0 = qonys_mercator_x (LON_DEG) - get_side () * 0.7;
  double y0 = qonys_mercator_y (LAT_DEG) + get_side () * 0.3;
  double x[16], y[16];
  guint32 rows[16];
  gsize n = 0;

  layer->cells = g_array_new (FALSE, FALSE, sizeof (QonysCellMark));
  layer->weights = g_new0 (double, 16);
  layer->n_rows = 16;
  for (guint i = 0; i < 16; i++) {
    double west = x0 + i % 4 * step, north = y0 + i / 4 * step;
    QonysCellMark cell = {
        .corner_x = {west, west + step, west + step, west},
        .corner_y = {north + step, north + step, north, north},
        .center_x = west + step / 2,
        .center_y = north + step / 2,
        .state = i % 4 == 3 ? QONYS_VALUE_SUPPRESSED : QONYS_VALUE_SHOWN,
        .count = i % 4 == 3 ? 0 : 5 + 7 * i,
    };

    g_array_append_val (layer->cells, cell);
    if (cell.state == QONYS_VALUE_SUPPRESSED)
      continue;
    x[n] = cell.center_x;
    y[n] = cell.center_y;
    rows[n++] = i;
    layer->weights[i] = cell.count;
  }
  layer->points = qonys_points_new (x, y, rows, n);
  layer->clusters = qonys_clusters_new (layer->points, layer->weights, 40);
}

/* 400 addresses in the middle of the city, the first five at one place. */
static void
add_addresses (QonysMarkLayer *layer, guint32 seed)
{
  enum { N = 400 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  double x[N], y[N];

  layer->is_addresses = TRUE;
  layer->n_rows = N;
  if (layer->layer == QONYS_LAYER_FICTITIOUS)
    layer->categories = g_new0 (guint8, N);
  if (layer->layer == QONYS_LAYER_OVERCROWDED)
    layer->amounts = g_new0 (gint32, N);
  for (guint i = 0; i < N; i++) {
    guint at = i < 5 ? 0 : i;
    x[i] = qonys_mercator_x (LON_DEG) + g_rand_double_range (rand, -0.8, 0.8) * get_side ();
    y[i] = qonys_mercator_y (LAT_DEG) + g_rand_double_range (rand, -0.8, 0.8) * get_side ();
    x[i] = x[at];
    y[i] = y[at];
    if (layer->categories)
      layer->categories[i] = i % 2;
    if (layer->amounts)
      layer->amounts[i] = 1 + i * 2;
  }
  layer->points = qonys_points_new (x, y, NULL, N);
  layer->clusters = qonys_clusters_new (layer->points, NULL, 40);
}

static void
add_raids (QonysMarkLayer *layer, const QonysContent *content)
{
  double x[4], y[4];

  layer->weights = g_new0 (double, 4);
  layer->n_rows = 4;
  for (guint i = 0; i < 4; i++) {
    get_district_center (content, i, &x[i], &y[i]);
    layer->weights[i] = i == 3 ? 0 : 6 + i; /* the last one is hidden */
  }
  layer->points = qonys_points_new (x, y, NULL, 4);
  layer->clusters = qonys_clusters_new (layer->points, layer->weights, 40);
}

QonysContent *
make_content (QonysAudience audience, WithMarks with)
{
  g_autoptr (QonysProject) project = make_project ();
  QonysContent *content = qonys_content_new (project, audience);
  QonysDistricts *districts = qonys_project_get_districts (project);

  content->threshold = 5;
  content->is_schematic = TRUE;
  content->statistic = qonys_statistics_get (0);
  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    QonysDistrictMark mark = {qonys_districts_get (districts, i), i * 10.0, QONYS_VALUE_SHOWN};
    g_array_append_val (content->districts, mark);
  }
  content->n_classes = 4;
  for (guint i = 0; i < 4; i++)
    content->class_limits[i] = i * 10.0;
  content->districts_day = qonys_day_from_ymd (2024, 1, 25);
  content->data_days[QONYS_LAYER_FICTITIOUS] = qonys_day_from_ymd (2024, 1, 25);
  content->data_days[QONYS_LAYER_OVERCROWDED] = qonys_day_from_ymd (2024, 1, 1);
  content->layer_notes[QONYS_LAYER_OVERCROWDED] =
      g_strdup ("Бір адамға 15 м² пайдалы алаң; туыстарының саны белгісіз, сондықтан жоғарғы шек");
  if (with & WITH_CELLS) {
    add_cells (&content->layers[QONYS_LAYER_FICTITIOUS]);
    add_cells (&content->layers[QONYS_LAYER_OVERCROWDED]);
  }
  if (with & WITH_ADDRESSES) {
    add_addresses (&content->layers[QONYS_LAYER_FICTITIOUS], 7);
    add_addresses (&content->layers[QONYS_LAYER_OVERCROWDED], 11);
  }
  if (with & WITH_RAIDS)
    add_raids (&content->layers[QONYS_LAYER_RAIDS], content);
  return content;
}

void
get_district_center (const QonysContent *content, guint i, double *x, double *y)
{
  const QonysDistrict *district = g_array_index (content->districts, QonysDistrictMark, i).district;

  *x = district->label_x;
  *y = district->label_y;
}

QonysCamera
make_camera (double width_px, double height_px)
{
  double x = qonys_mercator_x (LON_DEG), y = qonys_mercator_y (LAT_DEG), side = get_side ();
  QonysBox box = {x - side, y - side, x + side, y + side};

  return qonys_camera_fit (&box, width_px, height_px, 10);
}

cairo_surface_t *
paint_map (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)camera->width_px,
                                                       (int)camera->height_px);
  cairo_t *cr = cairo_create (image);

  g_assert_true (qonys_paint_map (cr, content, style, camera, NULL));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

cairo_surface_t *
paint_sheet (const QonysContent *content, const QonysStyle *style, int width, int height,
             const char *title)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (image);
  QonysCamera camera = make_camera (100, 100);
  QonysBox box = qonys_camera_get_box (&camera);

  qonys_paint_sheet (cr, content, style, width, height, &box, title);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

guint32
get_pixel (cairo_surface_t *image, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (image);
  guint32 pixel;

  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x, <, cairo_image_surface_get_width (image));
  g_assert_cmpint (y, <, cairo_image_surface_get_height (image));
  memcpy (&pixel, data + (gsize)y * cairo_image_surface_get_stride (image) + 4 * (gsize)x, 4);
  return pixel;
}

guint
count_differences (cairo_surface_t *a, cairo_surface_t *b, int x, int y, int width, int height)
{
  guint n = 0;

  for (int row = y; row < y + height; row++)
    for (int column = x; column < x + width; column++)
      n += get_pixel (a, column, row) != get_pixel (b, column, row);
  return n;
}

guint
count_all_differences (cairo_surface_t *a, cairo_surface_t *b)
{
  return count_differences (a, b, 0, 0, cairo_image_surface_get_width (a),
                            cairo_image_surface_get_height (a));
}

guint
count_color (cairo_surface_t *image, QonysColor color)
{
  guint32 wanted = 0xFF000000u | color.red << 16 | color.green << 8 | color.blue;
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      n += get_pixel (image, x, y) == wanted;
  return n;
}
