/* Five kernels of geo on 100,000 points of a fixed seed, for counting instructions: `kernels NAME`
 * runs one of them once. Built like a release whatever the rest of the build is. */

#include "geo/cluster.h"
#include "geo/dbscan.h"
#include "geo/density.h"
#include "geo/polygon.h"

#include <math.h>

#define N 100000

/* Named by instructions.sh: counting begins and ends with it. */
void measured (void (*kernel) (void));

/* In GLib's place: one thread, so that the work is split the same way on every machine and what
 * counting sees does not depend on who is woken when. */
guint
g_get_num_processors (void)
{
  return 1;
}

static double x[N], y[N], east_m[N], north_m[N];
static QonysPoints *points;
static QonysShape *shapes[6];

/* A half of the points in 200 heaps, some at one place; no libm, which differs by processor. */
static void
make_points (void)
{
  GRand *rand = g_rand_new_with_seed (20240125);

  for (guint i = 0; i < N; i++) {
    double u = g_rand_double (rand), v = g_rand_double (rand);

    if (i % 2) {
      guint heap = (guint)(g_rand_int (rand) % 200);

      u = (heap * 37 % 200) / 200.0 + 0.01 * (u - 0.5) * (v - 0.5);
      v = (heap * 91 % 200) / 200.0 + 0.01 * (v - 0.5);
      if (i % 8 == 1)
        v = (gint)(v * 2000.0) / 2000.0, u = (gint)(u * 2000.0) / 2000.0;
    }
    east_m[i] = 652500.0 + 45000.0 * u;
    north_m[i] = 5649000.0 + 36000.0 * v;
    x[i] = 0.6978 + 0.0016 * u;
    y[i] = 0.3327 + 0.0013 * v;
  }
  g_rand_free (rand);
}

/* Six strips with saw-toothed borders. */
static void
make_shapes (void)
{
  enum { N_TEETH = 250 };
  const guint starts[2] = {0, 2 * N_TEETH + 3};

  for (guint s = 0; s < 6; s++) {
    double sx[2 * N_TEETH + 3], sy[2 * N_TEETH + 3];

    for (guint i = 0; i <= N_TEETH; i++) {
      double tooth = i % 2 ? 0.00002 : 0.0;

      sx[i] = 0.6978 + 0.0016 * s / 6.0 + tooth;
      sx[2 * N_TEETH + 1 - i] = 0.6978 + 0.0016 * (s + 1) / 6.0 + tooth;
      sy[i] = sy[2 * N_TEETH + 1 - i] = 0.3327 + 0.0013 * i / N_TEETH;
    }
    sx[2 * N_TEETH + 2] = sx[0];
    sy[2 * N_TEETH + 2] = sy[0];
    shapes[s] = qonys_shape_new (1, starts, sx, sy);
  }
}

static void
run_points (void)
{
  qonys_points_free (qonys_points_new (x, y, NULL, N));
}

static void
run_clusters (void)
{
  qonys_clusters_free (qonys_clusters_new (points, NULL, 40.0));
}

static void
run_districts (void)
{
  static guint8 owners[N];

  qonys_shapes_assign ((const QonysShape *const *)shapes, 6, x, y, N, owners);
}

static void
run_density (void)
{
  static float density[900 * 720];
  const QonysBox box = {652500.0, 5649000.0, 697500.0, 5685000.0};

  qonys_density_compute (east_m, north_m, NULL, N, &box, 50.0, 500.0, 900, 720, TRUE, density);
}

static void
run_dbscan (void)
{
  static guint32 clusters[N];

  qonys_dbscan_compute (east_m, north_m, N, 100.0, 10, clusters, NULL);
}

__attribute__ ((noinline, noclone)) void
measured (void (*kernel) (void))
{
  kernel ();
}

int
main (int argc, char **argv)
{
  const struct {
    const char *name;
    void (*run) (void);
  } kernels[] = {{"points", run_points},
                 {"clusters", run_clusters},
                 {"districts", run_districts},
                 {"density", run_density},
                 {"dbscan", run_dbscan}};

  make_points ();
  make_shapes ();
  points = qonys_points_new (x, y, NULL, N);
  for (guint i = 0; i < G_N_ELEMENTS (kernels); i++)
    if (argc > 1 && g_str_equal (argv[1], kernels[i].name))
      measured (kernels[i].run);
  qonys_points_free (points);
  for (guint s = 0; s < 6; s++)
    qonys_shape_free (shapes[s]);
  return 0;
}
