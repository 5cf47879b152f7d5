/* The view's arithmetic and the scale bar drawn from it. */

#include "draw-support.h"

#include "geo/mercator.h"

#include <math.h>

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 1000; i++) {
    QonysCamera camera = {g_rand_double (rand), g_rand_double (rand),
                          g_rand_double_range (rand, 0, 18), g_rand_double_range (rand, 1, 4000),
                          g_rand_double_range (rand, 1, 4000)};
    double px = g_rand_double_range (rand, -500, 4500), py = g_rand_double_range (rand, -500, 4500);
    double x, y, back_x, back_y;

    qonys_camera_from_px (&camera, px, py, &x, &y);
    qonys_camera_to_px (&camera, x, y, &back_x, &back_y);
    g_assert_cmpfloat_with_epsilon (back_x, px, 1e-6);
    g_assert_cmpfloat_with_epsilon (back_y, py, 1e-6);
  }
}

static void
test_box (void)
{
  QonysCamera camera = {0.7, 0.33, 11.5, 800, 600};
  QonysBox box = qonys_camera_get_box (&camera);
  double px, py;

  qonys_camera_to_px (&camera, box.min_x, box.min_y, &px, &py);
  g_assert_cmpfloat_with_epsilon (px, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (py, 0, 1e-6);
  qonys_camera_to_px (&camera, box.max_x, box.max_y, &px, &py);
  g_assert_cmpfloat_with_epsilon (px, 800, 1e-6);
  g_assert_cmpfloat_with_epsilon (py, 600, 1e-6);
}

static void
test_fit (void)
{
  const QonysBox boxes[] = {{0.69, 0.33, 0.71, 0.331}, {0.69, 0.33, 0.6901, 0.36}};
  QonysBox nothing = qonys_box_empty (), point = {0.7, 0.33, 0.7, 0.33};
  QonysCamera camera;

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    double x0, y0, x1, y1;

    camera = qonys_camera_fit (&boxes[i], 1000, 700, 20);
    qonys_camera_to_px (&camera, boxes[i].min_x, boxes[i].min_y, &x0, &y0);
    qonys_camera_to_px (&camera, boxes[i].max_x, boxes[i].max_y, &x1, &y1);
    /* Wholly inside the margin, and touching it in one direction. */
    g_assert_cmpfloat (x0, >=, 20 - 1e-6);
    g_assert_cmpfloat (y0, >=, 20 - 1e-6);
    g_assert_cmpfloat (x1, <=, 980 + 1e-6);
    g_assert_cmpfloat (y1, <=, 680 + 1e-6);
    g_assert_true (fabs (x0 - 20) < 1e-6 || fabs (y0 - 20) < 1e-6);
  }
  /* Nothing to show: the middle of Astana; a point: near, not infinitely. */
  camera = qonys_camera_fit (&nothing, 1000, 700, 20);
  g_assert_cmpfloat_with_epsilon (qonys_mercator_lon_deg (camera.center_x), 71.435, 0.01);
  camera = qonys_camera_fit (&point, 1000, 700, 20);
  g_assert_cmpfloat (camera.zoom, >, 14);
  g_assert_cmpfloat (camera.zoom, <=, 18);
}

/* The longest run of one dark row is the bar: in metres it must be 1, 2 or 5 times a power of ten,
 * and no longer than asked. */
static void
test_scale_bar (void)
{
  QonysStyle style = qonys_style_get_default ();

  for (double zoom = 8.1; zoom < 18; zoom += 0.7) {
    QonysCamera camera = {qonys_mercator_x (71.43), qonys_mercator_y (51.14), zoom, 1000, 700};
    cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 80);
    cairo_t *cr = cairo_create (image);
    double width, height, length_m, power, error = G_MAXDOUBLE;
    double m_per_px = qonys_mercator_m_per_px (zoom, 51.14);
    int longest = 0;

    qonys_paint_scale_bar (NULL, &camera, &style, 220, &width, &height);
    g_assert_cmpfloat (width, <=, 220);
    g_assert_cmpfloat (height, <=, 80);
    qonys_paint_scale_bar (cr, &camera, &style, 220, &width, &height);
    cairo_destroy (cr);
    cairo_surface_flush (image);
    for (int y = 0; y < 80; y++) {
      int run = 0;
      for (int x = 0; x < 400; x++) {
        guint32 pixel = get_pixel (image, x, y);
        run = pixel >> 24 > 100 && (pixel & 255) < 170 ? run + 1 : 0;
        longest = MAX (longest, run);
      }
    }
    g_assert_cmpint (longest, >, 30);
    length_m = longest * m_per_px;
    power = pow (10, floor (log10 (length_m)));
    for (guint i = 0; i < 4; i++)
      error = MIN (error, fabs (length_m - (double[]){1, 2, 5, 10}[i] * power));
    g_assert_cmpfloat (error, <=, 2.1 * m_per_px);
    cairo_surface_destroy (image);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/round-trip", test_round_trip);
  g_test_add_func ("/camera/box", test_box);
  g_test_add_func ("/camera/fit", test_fit);
  g_test_add_func ("/camera/scale-bar", test_scale_bar);
  return g_test_run ();
}
