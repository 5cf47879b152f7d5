/* The map view on a display: camera and viewport agree, the layer paints, the newest state wins. */

#include "base/language.h"
#include "domain/demo.h"
#include "geo/mercator.h"
#include "map/data-layer.h"
#include "map/map-view.h"
#include "release/release.h"
#include "store/store.h"
#include <math.h>
#include <shumate/shumate.h>

#define WAIT_S 60

static GtkWidget *window;
static QonysMapView *view;
static QonysRelease *release;
static QonysContent *content;
static int n_painted;

typedef gboolean (*Condition) (void);

static void
wait_for (Condition condition)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;

  while (!condition ()) {
    if (g_get_monotonic_time () > end_us)
      g_error ("waited %d s in vain", WAIT_S);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

static gboolean
is_settled (void)
{
  return qonys_map_view_is_settled (view);
}

static void
count_painted (void)
{
  n_painted++;
}

static ShumateMap *
get_shumate (void)
{
  return SHUMATE_MAP (gtk_widget_get_first_child (GTK_WIDGET (view)));
}

static QonysDataLayer *
get_layer (void)
{
  return QONYS_DATA_LAYER (gtk_widget_get_last_child (GTK_WIDGET (get_shumate ())));
}

/* What is on screen, as pixels. */
static cairo_surface_t *
grab (void)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (GTK_WIDGET (view));
  int height = gtk_widget_get_height (GTK_WIDGET (view));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  GTK_WIDGET_GET_CLASS (get_layer ())->snapshot (GTK_WIDGET (get_layer ()), snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint
count_different (cairo_surface_t *a, cairo_surface_t *b)
{
  const guchar *data_a = cairo_image_surface_get_data (a);
  const guchar *data_b = cairo_image_surface_get_data (b);
  int stride = cairo_image_surface_get_stride (a);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < cairo_image_surface_get_width (a); x++) {
      const guchar *p = data_a + y * stride + 4 * x, *q = data_b + y * stride + 4 * x;

      n += abs (p[0] - q[0]) > 24 || abs (p[1] - q[1]) > 24 || abs (p[2] - q[2]) > 24;
    }
  return n;
}

/* What the painter paints for the view's own camera. */
static cairo_surface_t *
paint_directly (void)
{
  QonysCamera camera = qonys_map_view_get_camera (view);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)camera.width_px, (int)camera.height_px);
  cairo_t *cr = cairo_create (surface);

  g_assert_true (qonys_paint_map (cr, content, qonys_map_view_get_style (view), &camera, NULL));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (&error);
  g_autoptr (GPtrArray) base = qonys_store_load_bundled_base (&error);
  g_autoptr (QonysProject) project = NULL;

  g_assert_no_error (error);
  project = qonys_demo_make (districts, base, 2000, 1, NULL, &error);
  g_assert_no_error (error);
  release = qonys_release_new (project, QONYS_AUDIENCE_PUBLIC, NULL, 5, qonys_statistics_get (0),
                               NULL, &error);
  g_assert_no_error (error);
  content = qonys_release_get_content (release);

  window = gtk_window_new ();
  view = QONYS_MAP_VIEW (qonys_map_view_new ());
  g_signal_connect (view, "painted", G_CALLBACK (count_painted), NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
}

static void
test_nothing (void)
{
  g_assert_false (qonys_map_view_is_settled (view));
  g_assert_cmpint (n_painted, ==, 0);
}

/* A box asked for before the window has a size is shown when it has one. */
static void
test_paints (void)
{
  QonysBox city = qonys_districts_get_box (qonys_project_get_districts (content->project));
  QonysCamera camera;
  QonysBox seen;

  qonys_map_view_show_box (view, &city, FALSE);
  qonys_map_view_set_content (view, content);
  wait_for (is_settled);
  g_assert_cmpint (n_painted, >, 0);
  camera = qonys_map_view_get_camera (view);
  seen = qonys_camera_get_box (&camera);
  g_assert_true (seen.min_x <= city.min_x && seen.max_x >= city.max_x);
  g_assert_true (seen.min_y <= city.min_y && seen.max_y >= city.max_y);
}

static void
test_camera (void)
{
  ShumateViewport *viewport = shumate_map_get_viewport (get_shumate ());
  QonysCamera camera;

  for (double zoom = 9; zoom < 13.9; zoom += 0.45) {
    qonys_map_view_go_to (view, 0.69852, 0.33395, zoom, FALSE);
    camera = qonys_map_view_get_camera (view);
    g_assert_cmpfloat_with_epsilon (camera.zoom, zoom, 1e-9);
    g_assert_cmpfloat_with_epsilon (camera.center_x, 0.69852, 1e-9);
    g_assert_cmpfloat_with_epsilon (camera.center_y, 0.33395, 1e-9);
    /* Shumate and the painter put the same places on the same pixels. */
    for (int i = 0; i < 20; i++) {
      double lon_deg = g_test_rand_double_range (71.2, 71.7);
      double lat_deg = g_test_rand_double_range (51.0, 51.3);
      double shumate_x, shumate_y, x, y;

      shumate_viewport_location_to_widget_coords (viewport, GTK_WIDGET (get_shumate ()), lat_deg,
                                                  lon_deg, &shumate_x, &shumate_y);
      qonys_camera_to_px (&camera, qonys_mercator_x (lon_deg), qonys_mercator_y (lat_deg), &x, &y);
      g_assert_cmpfloat_with_epsilon (shumate_x, x, 0.01);
      g_assert_cmpfloat_with_epsilon (shumate_y, y, 0.01);
    }
  }
  wait_for (is_settled);
}

/* The texture, cut out of its margin, is what the painter paints for the view alone. */
static void
test_picture (void)
{
  cairo_surface_t *shown, *direct;
  guint n_pixels;

  qonys_map_view_go_to (view, 0.69852, 0.33395, 11, FALSE);
  wait_for (is_settled);
  shown = grab ();
  direct = paint_directly ();
  n_pixels =
      (guint)cairo_image_surface_get_width (shown) * (guint)cairo_image_surface_get_height (shown);
  g_assert_cmpuint (count_different (shown, direct), <, n_pixels / 5); /* labels may move */
  cairo_surface_destroy (shown);
  cairo_surface_destroy (direct);
}

/* A step inside the margin asks nothing of the painter, and the map follows at once. */
static void
test_pan_in_margin (void)
{
  QonysCamera camera;
  int before;
  double x, y;

  qonys_map_view_go_to (view, 0.69852, 0.33395, 11, FALSE);
  wait_for (is_settled);
  before = n_painted;
  camera = qonys_map_view_get_camera (view);
  qonys_camera_from_px (&camera, camera.width_px / 2 + 30, camera.height_px / 2 + 20, &x, &y);
  qonys_map_view_go_to (view, x, y, 11, FALSE);
  g_assert_true (qonys_map_view_is_settled (view));
  qonys_camera_from_px (&camera, camera.width_px, camera.height_px, &x, &y);
  qonys_map_view_go_to (view, x, y, 11, FALSE);
  g_assert_false (qonys_map_view_is_settled (view));
  wait_for (is_settled);
  g_assert_cmpint (n_painted, >, before);
}

/* Fifty states in a row: the last one is shown, far fewer than fifty are painted. */
static void
test_newest_wins (void)
{
  QonysStyle style = qonys_style_get_default ();
  cairo_surface_t *shown, *direct;
  int before;

  qonys_map_view_go_to (view, 0.69852, 0.33395, 11, FALSE);
  wait_for (is_settled);
  before = n_painted;
  for (int i = 0; i < 50; i++) {
    style.is_dark = i % 2 == 0; /* the last is light */
    qonys_map_view_set_style (view, &style);
    g_main_context_iteration (NULL, FALSE);
  }
  g_assert_false (qonys_map_view_is_settled (view));
  wait_for (is_settled);
  g_assert_cmpint (n_painted - before, <, 50);
  shown = grab ();
  direct = paint_directly ();
  g_assert_cmpuint (count_different (shown, direct), <,
                    (guint)cairo_image_surface_get_width (shown) *
                        (guint)cairo_image_surface_get_height (shown) / 5);
  cairo_surface_destroy (shown);
  cairo_surface_destroy (direct);
}

static gboolean was_picked_district;

static void
picked_cb (QonysMapView *map_view, const QonysPick *pick)
{
  was_picked_district = pick->kind == QONYS_PICK_DISTRICT;
}

static void
test_pick (void)
{
  QonysStyle style = qonys_style_get_default ();
  QonysBox city = qonys_districts_get_box (qonys_project_get_districts (content->project));
  const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, 1);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  QonysCamera camera;
  double x, y;

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_DISTRICTS;
  qonys_map_view_set_style (view, &style);
  qonys_map_view_show_box (view, &city, FALSE);
  wait_for (is_settled);
  g_signal_connect (view, "picked", G_CALLBACK (picked_cb), NULL);
  camera = qonys_map_view_get_camera (view);
  qonys_camera_to_px (&camera, mark->district->label_x, mark->district->label_y, &x, &y);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (!GTK_IS_GESTURE_CLICK (controller))
      continue;
    g_signal_emit_by_name (controller, "pressed", 1, x, y);
    g_signal_emit_by_name (controller, "released", 1, x, y);
  }
  g_assert_true (was_picked_district);
}

static gboolean
shows_picture (void)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  gboolean is_something;

  GTK_WIDGET_GET_CLASS (get_layer ())->snapshot (GTK_WIDGET (get_layer ()), snapshot);
  node = gtk_snapshot_to_node (snapshot);
  is_something = node != NULL;
  g_clear_pointer (&node, gsk_render_node_unref);
  return is_something;
}

/* An official picture is gone with the official view, also one that is finished too late. */
static void
test_narrower (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysRelease) official =
      qonys_release_new (content->project, QONYS_AUDIENCE_OFFICIAL, "a test of the view", 5,
                         qonys_statistics_get (0), NULL, &error);

  g_assert_no_error (error);
  qonys_map_view_set_content (view, qonys_release_get_content (official));
  g_assert_true (shows_picture ()); /* the public one, until the wider one is there */
  wait_for (is_settled);
  qonys_map_view_set_content (view, content);
  g_assert_false (shows_picture ());
  wait_for (is_settled);
  g_assert_true (shows_picture ());

  for (int i = 0; i < 20; i++) {
    qonys_map_view_set_content (view, qonys_release_get_content (official));
    for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
      g_main_context_iteration (NULL, FALSE);
    g_usleep ((gulong)g_test_rand_int_range (0, 20000));
    qonys_map_view_set_content (view, content);
    while (!is_settled ()) {
      g_assert_false (shows_picture ());
      g_main_context_iteration (NULL, FALSE);
    }
  }
}

static void
test_max_zoom (void)
{
  qonys_map_view_go_to (view, 0.69852, 0.33395, 19, FALSE);
  g_assert_cmpfloat (qonys_map_view_get_camera (view).zoom, ==, QONYS_PUBLIC_MAX_ZOOM);
  qonys_map_view_set_max_zoom (view, 17);
  qonys_map_view_go_to (view, 0.69852, 0.33395, 19, FALSE);
  g_assert_cmpfloat (qonys_map_view_get_camera (view).zoom, ==, 17);
  qonys_map_view_set_max_zoom (view, QONYS_PUBLIC_MAX_ZOOM);
  g_assert_cmpfloat (qonys_map_view_get_camera (view).zoom, ==, QONYS_PUBLIC_MAX_ZOOM);
  wait_for (is_settled);
}

/* Tiles come and go below the data without a reload of the same ones. */
static void
test_tiles (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysTileClient) client =
      qonys_tile_client_new ("http://127.0.0.1:9/{z}/{x}/{y}.png", "nobody", &error);
  GtkWidget *below;

  g_assert_no_error (error);
  qonys_map_view_set_tiles (view, client);
  below = gtk_widget_get_first_child (GTK_WIDGET (get_shumate ()));
  g_assert_true (SHUMATE_IS_MAP_LAYER (below));
  qonys_map_view_set_tiles (view, client);
  g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (get_shumate ())) == below);
  qonys_map_view_set_tiles (view, NULL);
  g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (get_shumate ())) ==
                 GTK_WIDGET (get_layer ()));
  wait_for (is_settled);
}

/* Going away while a picture is being painted. */
static void
test_destroy (void)
{
  qonys_map_view_go_to (view, 0.69852, 0.33395, 12.3, FALSE);
  for (int i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
  for (int i = 0; i < 200; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display: install xvfb\n");
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  qonys_language_init ("en");
  set_up ();
  g_test_add_func ("/map/nothing", test_nothing);
  g_test_add_func ("/map/paints", test_paints);
  g_test_add_func ("/map/camera", test_camera);
  g_test_add_func ("/map/picture", test_picture);
  g_test_add_func ("/map/pan-in-margin", test_pan_in_margin);
  g_test_add_func ("/map/newest-wins", test_newest_wins);
  g_test_add_func ("/map/pick", test_pick);
  g_test_add_func ("/map/narrower", test_narrower);
  g_test_add_func ("/map/max-zoom", test_max_zoom);
  g_test_add_func ("/map/tiles", test_tiles);
  g_test_add_func ("/map/destroy", test_destroy);
  status = g_test_run ();
  qonys_release_unref (release);
  return status;
}
