/* The way between two views: from one to the other, evenly, and never out of the world. */

#include "draw-support.h"

#include "draw/flight.h"

#include <math.h>

static QonysCamera
make_random_camera (GRand *rand)
{
  return (QonysCamera){g_rand_double_range (rand, 0.69, 0.71),
                       g_rand_double_range (rand, 0.33, 0.34), g_rand_double_range (rand, 9, 16),
                       1024, 768};
}

/* How far a step looks: the way of the centre in pictures, and of the zoom. */
static double
get_step (const QonysCamera *a, const QonysCamera *b)
{
  double width = a->width_px / (256 * exp2 ((a->zoom + b->zoom) / 2));
  double pan = hypot (b->center_x - a->center_x, b->center_y - a->center_y) / width;

  return hypot (1.42 * pan, (b->zoom - a->zoom) * M_LN2 / 1.42);
}

static void
test_ends (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 500; i++) {
    QonysCamera from = make_random_camera (rand), to = make_random_camera (rand), camera;
    QonysFlight flight;

    if (i % 5 == 0) { /* zooming only */
      to.center_x = from.center_x;
      to.center_y = from.center_y;
    }
    flight = qonys_flight_make (&from, &to);
    camera = qonys_flight_get (&flight, 0);
    g_assert_cmpmem (&camera, sizeof camera, &from, sizeof from);
    camera = qonys_flight_get (&flight, 1);
    g_assert_cmpmem (&camera, sizeof camera, &to, sizeof to);
    /* No leap at either end. */
    camera = qonys_flight_get (&flight, 1e-9);
    g_assert_cmpfloat_with_epsilon (camera.zoom, from.zoom, 1e-5);
    camera = qonys_flight_get (&flight, 1 - 1e-9);
    g_assert_cmpfloat_with_epsilon (camera.zoom, to.zoom, 1e-5);
    g_assert_cmpfloat_with_epsilon (camera.center_x, to.center_x, 1e-8);
    g_assert_cmpfloat_with_epsilon (camera.center_y, to.center_y, 1e-8);
    g_assert_cmpfloat (qonys_flight_get_duration_s (&flight), <=, 1.6);
  }
}

/* Every hundredth of the way looks as long as any other. */
static void
test_even (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 200; i++) {
    QonysCamera from = make_random_camera (rand), to = make_random_camera (rand);
    QonysFlight flight = qonys_flight_make (&from, &to);
    double least = INFINITY, most = 0;

    for (guint step = 0; step < 100; step++) {
      QonysCamera a = qonys_flight_get (&flight, step / 100.0);
      QonysCamera b = qonys_flight_get (&flight, (step + 1) / 100.0);

      least = MIN (least, get_step (&a, &b));
      most = MAX (most, get_step (&a, &b));
    }
    g_assert_cmpfloat (most, <, 1.05 * least + 1e-9);
  }
}

static void
test_there_already (void)
{
  QonysCamera camera = {0.7, 0.33, 12, 1024, 768}, middle;
  QonysFlight flight = qonys_flight_make (&camera, &camera);

  g_assert_cmpfloat (qonys_flight_get_duration_s (&flight), ==, 0);
  middle = qonys_flight_get (&flight, 0.5);
  g_assert_cmpmem (&middle, sizeof middle, &camera, sizeof camera);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flight/ends", test_ends);
  g_test_add_func ("/flight/even", test_even);
  g_test_add_func ("/flight/there-already", test_there_already);
  return g_test_run ();
}
