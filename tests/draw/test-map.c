/* Pictures by their properties: what must differ differs, what must repeat repeats. */

#include "draw-support.h"

#include <math.h>
#include <string.h>

#define WIDTH 600
#define HEIGHT 600

static void
set_state (QonysContent *content, guint i, QonysValueState state, double value)
{
  QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);

  mark->state = state;
  mark->value = value;
}

/* The picture of one district (the south-west one) with all else away. */
static cairo_surface_t *
paint_state (QonysValueState state, double value, gboolean is_dark)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);

  style.is_dark = is_dark;
  set_state (content, 0, state, value);
  return paint_map (content, &style, &camera);
}

/* A square of 60 px in the south-west district where no name stands. */
#define PATCH 40, 480, 60, 60

static void
test_states_differ (void)
{
  for (gboolean is_dark = FALSE; is_dark <= TRUE; is_dark++) {
    cairo_surface_t *images[4] = {
        paint_state (QONYS_VALUE_SHOWN, 0, is_dark),
        paint_state (QONYS_VALUE_SHOWN, 30, is_dark),
        paint_state (QONYS_VALUE_MISSING, NAN, is_dark),
        paint_state (QONYS_VALUE_SUPPRESSED, NAN, is_dark),
    };

    for (guint i = 0; i < 4; i++)
      for (guint j = i + 1; j < 4; j++)
        g_assert_cmpuint (count_differences (images[i], images[j], PATCH), >, 300);
    /* Unknown and zero differ in the ground too, not in the strokes alone. */
    g_assert_cmpuint (count_differences (images[0], images[2], PATCH), >, 3000);
    g_assert_cmpuint (count_differences (images[0], images[3], PATCH), >, 3000);
    /* One colour for a value, strokes on a ground for what is not known. */
    for (guint i = 0; i < 4; i++) {
      guint32 ground = get_pixel (images[i], 41, 481);
      guint n_other = 0;

      for (int y = 480; y < 540; y++)
        for (int x = 40; x < 100; x++)
          n_other += get_pixel (images[i], x, y) != ground;
      if (i < 2)
        g_assert_cmpuint (n_other, ==, 0);
      else
        g_assert_cmpuint (n_other, >, 100);
    }
    for (guint i = 0; i < 4; i++)
      cairo_surface_destroy (images[i]);
  }
}

static void
test_no_value_anywhere (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  g_autoptr (QonysContent) outlines = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  const QonysPalette *palette = qonys_palette_get (FALSE);
  cairo_surface_t *image;

  for (guint i = 0; i < 4; i++)
    set_state (content, i, QONYS_VALUE_MISSING, NAN);
  content->n_classes = 0;
  image = paint_map (content, &style, &camera);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (count_color (image, qonys_districts_get_class_color (palette, i, 4)), ==, 0);
  cairo_surface_destroy (image);
  outlines->statistic = NULL;
  image = paint_map (outlines, &style, &camera);
  g_assert_cmpuint (count_color (image, palette->land), >, WIDTH * HEIGHT / 2);
  cairo_surface_destroy (image);
}

static void
test_repeats (void)
{
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  cairo_surface_t *first, *second;

  style.layers[QONYS_LAYER_FICTITIOUS].mode = QONYS_MODE_HEAT;
  style.layers[QONYS_LAYER_OVERCROWDED].opacity = 0.6;
  first = paint_map (content, &style, &camera);
  second = paint_map (content, &style, &camera);
  g_assert_cmpuint (count_all_differences (first, second), ==, 0);
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
}

typedef struct {
  const QonysContent *content;
  QonysStyle style;
} Shared;

static gpointer
paint_in_thread (gpointer data)
{
  const Shared *shared = data;
  QonysCamera camera = make_camera (WIDTH, HEIGHT);

  return paint_map (shared->content, &shared->style, &camera);
}

static void
test_threads (void)
{
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  Shared shared = {content, qonys_style_get_default ()};
  GThread *threads[4];
  cairo_surface_t *images[4];

  shared.style.layers[QONYS_LAYER_FICTITIOUS].mode = QONYS_MODE_HEAT;
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("paint", paint_in_thread, &shared);
  for (guint i = 0; i < 4; i++)
    images[i] = g_thread_join (threads[i]);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpuint (count_all_differences (images[0], images[i]), ==, 0);
  for (guint i = 0; i < 4; i++)
    cairo_surface_destroy (images[i]);
}

static void
test_cancel (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);

  g_cancellable_cancel (cancellable);
  g_assert_false (qonys_paint_map (cr, content, &style, &camera, cancellable));
  cairo_surface_flush (image);
  for (int i = 0; i < WIDTH; i += 7)
    g_assert_cmpuint (get_pixel (image, i, i), ==, 0);
  g_cancellable_reset (cancellable);
  g_assert_true (qonys_paint_map (cr, content, &style, &camera, cancellable));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* Each layer shows when it is on and does not when it is off or clear; heat is not marks. */
static void
test_layers (void)
{
  g_autoptr (QonysContent) addresses =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  g_autoptr (QonysContent) cells = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  QonysCamera camera = make_camera (WIDTH, HEIGHT);

  for (guint layer = 0; layer < QONYS_N_LAYERS; layer++)
    for (guint is_cells = 0; is_cells < 2; is_cells++) {
      const QonysContent *content = is_cells ? cells : addresses;
      QonysStyle style = qonys_style_get_default ();
      cairo_surface_t *on, *off, *clear, *heat;

      if (is_cells && layer == QONYS_LAYER_RAIDS)
        continue;
      for (guint other = 0; other < QONYS_N_LAYERS; other++)
        style.layers[other].is_visible = other == layer;
      on = paint_map (content, &style, &camera);
      style.layers[layer].mode = QONYS_MODE_HEAT;
      heat = paint_map (content, &style, &camera);
      style.layers[layer].mode = QONYS_MODE_MARKS;
      style.layers[layer].opacity = 0;
      clear = paint_map (content, &style, &camera);
      style.layers[layer].is_visible = FALSE;
      off = paint_map (content, &style, &camera);
      g_assert_cmpuint (count_all_differences (on, off), >, 100);
      if (layer != QONYS_LAYER_DISTRICTS) {
        g_assert_cmpuint (count_all_differences (clear, off), ==, 0);
        g_assert_cmpuint (count_all_differences (heat, off), >, 100);
        g_assert_cmpuint (count_all_differences (heat, on), >, 100);
      }
      cairo_surface_destroy (on);
      cairo_surface_destroy (off);
      cairo_surface_destroy (clear);
      cairo_surface_destroy (heat);
    }
}

/* Heat lies where the points are: the cells are in the south-west. */
static void
test_heat_place (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  cairo_surface_t *with, *without;
  double x, y;

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_FICTITIOUS;
  style.layers[QONYS_LAYER_FICTITIOUS].mode = QONYS_MODE_HEAT;
  with = paint_map (content, &style, &camera);
  style.layers[QONYS_LAYER_FICTITIOUS].is_visible = FALSE;
  without = paint_map (content, &style, &camera);
  g_assert_cmpuint (count_differences (with, without, 0, HEIGHT / 2, WIDTH / 2, HEIGHT / 2), >,
                    1000);
  g_assert_cmpuint (count_differences (with, without, 0, 0, WIDTH, HEIGHT / 2 - 30), ==, 0);
  /* Row 3 has the highest counts and is the southernmost. */
  qonys_camera_to_px (
      &camera,
      g_array_index (content->layers[QONYS_LAYER_FICTITIOUS].cells, QonysCellMark, 13).center_x,
      g_array_index (content->layers[QONYS_LAYER_FICTITIOUS].cells, QonysCellMark, 13).center_y, &x,
      &y);
  g_assert_cmpuint (get_pixel (with, (int)x, (int)y), !=, get_pixel (with, (int)x, (int)y - 45));
  g_assert_cmpuint (get_pixel (with, (int)x, (int)y) & 255, <,
                    get_pixel (with, (int)x, (int)y - 45) & 255);
  g_assert_cmpfloat (qonys_heat_get_max_per_km2 (content, QONYS_LAYER_FICTITIOUS), >, 50);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

/* Nearer than about 40 m a pixel squares are drawn; a hidden one is not a low one. */
static void
test_cells (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  const QonysCellMark *shown, *hidden;
  cairo_surface_t *image;
  guint n_same = 0;
  double x, y;

  style.layers[QONYS_LAYER_OVERCROWDED].is_visible = FALSE;
  camera.zoom -= 0.5;
  g_assert_false (qonys_cells_are_shown (content, &style, &camera, QONYS_LAYER_FICTITIOUS));
  shown = &g_array_index (content->layers[QONYS_LAYER_FICTITIOUS].cells, QonysCellMark, 0);
  hidden = &g_array_index (content->layers[QONYS_LAYER_FICTITIOUS].cells, QonysCellMark, 3);
  camera.center_x = shown->center_x;
  camera.center_y = shown->center_y;
  camera.zoom = 13.4;
  g_assert_true (qonys_cells_are_shown (content, &style, &camera, QONYS_LAYER_FICTITIOUS));
  image = paint_map (content, &style, &camera);
  qonys_camera_to_px (&camera, hidden->center_x, hidden->center_y, &x, &y);
  for (int dy = -12; dy <= 12; dy++)
    for (int dx = -12; dx <= 12; dx++)
      n_same += get_pixel (image, (int)x + dx, (int)y + dy) ==
                get_pixel (image, WIDTH / 2 + dx, HEIGHT / 2 + dy);
  g_assert_cmpuint (n_same, <, 20);
  cairo_surface_destroy (image);
}

static void
test_cell_limits (void)
{
  static const struct {
    guint32 low, high;
    guint n;
    double limits[5];
  } cases[] = {
      {5, 5, 1, {5}},           {5, 41, 4, {5, 10, 20, 50}},
      {6, 41, 3, {10, 20, 50}}, {5, 900, 5, {50, 100, 200, 500, 1000}},
      {1, 1, 1, {1}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) cells = g_array_new (FALSE, TRUE, sizeof (QonysCellMark));
    QonysCellMark cell = {.state = QONYS_VALUE_SHOWN};
    const QonysMarkLayer layer = {.cells = cells};
    double limits[5];

    cell.count = cases[i].high;
    g_array_append_val (cells, cell);
    cell.count = cases[i].low;
    g_array_append_val (cells, cell);
    cell.state = QONYS_VALUE_SUPPRESSED;
    cell.count = 0;
    g_array_append_val (cells, cell);
    g_assert_cmpuint (qonys_cells_get_limits (&layer, limits), ==, cases[i].n);
    for (guint j = 0; j < cases[i].n; j++)
      g_assert_cmpfloat (limits[j], ==, cases[i].limits[j]);
  }
}

/* With tiles below nothing is painted outside the city. */
static void
test_clear_ground (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  cairo_surface_t *image;

  style.has_schematic_base = FALSE;
  style.layers[QONYS_LAYER_DISTRICTS].opacity = 0.5;
  image = paint_map (content, &style, &camera);
  g_assert_cmpuint (get_pixel (image, 2, 2), ==, 0);
  g_assert_cmpuint (get_pixel (image, 60, 520) >> 24, >, 100);
  g_assert_cmpuint (get_pixel (image, 60, 520) >> 24, <, 160);
  cairo_surface_destroy (image);
}

/* The purpose and the synthetic mark are in every part of every picture. */
static void
test_watermark (void)
{
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  cairo_surface_t *plain = paint_map (content, &style, &camera), *marked;

  for (guint pass = 0; pass < 2; pass++) {
    content->is_synthetic = pass == 1;
    content->watermark = pass == 0 ? g_strdup ("Қызмет бабында · 25.01.2024") : NULL;
    marked = paint_map (content, &style, &camera);
    for (int quarter = 0; quarter < 4; quarter++)
      g_assert_cmpuint (count_differences (plain, marked, quarter % 2 * WIDTH / 2,
                                           quarter / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2),
                        >, 300);
    cairo_surface_destroy (marked);
    g_clear_pointer (&content->watermark, g_free);
  }
  cairo_surface_destroy (plain);
}

static void
test_selection (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  QonysColor accent = qonys_palette_get (FALSE)->accent;
  cairo_surface_t *image = paint_map (content, &style, &camera);

  g_assert_cmpuint (count_color (image, accent), ==, 0);
  cairo_surface_destroy (image);
  g_strlcpy (style.selected_kato, "712110000", sizeof style.selected_kato);
  image = paint_map (content, &style, &camera);
  g_assert_cmpuint (count_color (image, accent), >, 1000);
  cairo_surface_destroy (image);
  *style.selected_kato = 0;
  get_district_center (content, 2, &style.selected_x, &style.selected_y);
  image = paint_map (content, &style, &camera);
  g_assert_cmpuint (count_color (image, accent), >, 50);
  cairo_surface_destroy (image);
}

/* Labels do not stand on each other. */
static void
test_labels (void)
{
  g_autoptr (QonysLabels) labels = qonys_labels_new (200, 100);

  g_assert_true (qonys_labels_take (labels, "A", 10, 10, 50, 20));
  g_assert_false (qonys_labels_take (labels, "A", 55, 25, 50, 20));
  g_assert_true (qonys_labels_take (labels, "A", 70, 10, 50, 20));
  g_assert_false (qonys_labels_take (labels, "A", 160, 10, 50, 20)); /* sticks out */
  qonys_labels_block (labels, 100, 60, 500, 500);
  g_assert_false (qonys_labels_is_free (labels, 120, 75, 10, 10));
  g_assert_true (qonys_labels_is_free (labels, 20, 60, 50, 20));
  g_assert_cmpfloat (qonys_labels_get_overlap (labels, 0, 0, 20, 20), ==, 100);
}

/* Near the house only: another symbol of one address, and a line of the legend. */
static void
test_approximate (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES);
  QonysMarkLayer *layer = &content->layers[QONYS_LAYER_OVERCROWDED];
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  double height_px[2];
  cairo_surface_t *images[2];

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_OVERCROWDED;
  style.layers[QONYS_LAYER_OVERCROWDED].mode = QONYS_MODE_MARKS;
  camera.center_x = qonys_points_get_x (layer->points)[0];
  camera.center_y = qonys_points_get_y (layer->points)[0];
  camera.zoom = 18;
  for (guint i = 0; i < 2; i++) {
    images[i] = paint_map (content, &style, &camera);
    qonys_paint_legend (NULL, content, &style, 400, NULL, &height_px[i]);
    if (i == 0) {
      layer->approximate = g_new (guint8, layer->n_rows);
      memset (layer->approximate, 1, layer->n_rows);
    }
  }
  g_assert_cmpuint (count_all_differences (images[0], images[1]), >, 20);
  g_assert_cmpfloat (height_px[1], >, height_px[0] + 10);
  for (guint i = 0; i < 2; i++)
    cairo_surface_destroy (images[i]);
}

static void
test_count_text (void)
{
  g_autofree char *text = qonys_text_count (12345);

  g_assert_cmpstr (text, ==, "12\342\200\257345");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/states-differ", test_states_differ);
  g_test_add_func ("/map/no-value-anywhere", test_no_value_anywhere);
  g_test_add_func ("/map/repeats", test_repeats);
  g_test_add_func ("/map/threads", test_threads);
  g_test_add_func ("/map/cancel", test_cancel);
  g_test_add_func ("/map/layers", test_layers);
  g_test_add_func ("/map/heat-place", test_heat_place);
  g_test_add_func ("/map/cells", test_cells);
  g_test_add_func ("/map/cell-limits", test_cell_limits);
  g_test_add_func ("/map/clear-ground", test_clear_ground);
  g_test_add_func ("/map/watermark", test_watermark);
  g_test_add_func ("/map/selection", test_selection);
  g_test_add_func ("/map/labels", test_labels);
  g_test_add_func ("/map/approximate", test_approximate);
  g_test_add_func ("/map/count-text", test_count_text);
  return g_test_run ();
}
