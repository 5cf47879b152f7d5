/* How long the geo room takes: `bench-geo NAME N [FILE]` prints "name seconds rss_kb" lines, the
 * median of five runs each; NAME "all" is everything. Points are a made-up city (neighbourhoods,
 * houses along streets, tower blocks with many flats at one place), or the first N of FILE, pairs
 * of doubles lon, lat. */

#include "geo/classes.h"
#include "geo/cluster.h"
#include "geo/dbscan.h"
#include "geo/density.h"
#include "geo/hotspot.h"
#include "geo/mercator.h"
#include "geo/points.h"
#include "geo/polygon.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define N_RUNS 5
#define WEST_DEG 71.2
#define SOUTH_DEG 50.98
#define EAST_DEG 71.78
#define NORTH_DEG 51.28

typedef struct {
  gsize n;
  double *lon_deg, *lat_deg, *x, *y, *east_m, *north_m, *values;
  QonysPoints *points;
  QonysClusters *clusters;
  double *cells;
  QonysNeighbours *neighbours;
} City;

static double
normal (GRand *rand)
{
  return sqrt (-2.0 * log (1.0 - g_rand_double (rand))) * cos (2.0 * G_PI * g_rand_double (rand));
}

static void
make_points (City *city)
{
  enum { N_HOODS = 300 };
  double lon[N_HOODS], lat[N_HOODS], size_deg[N_HOODS], share[N_HOODS], sum = 0.0;
  GRand *rand = g_rand_new_with_seed (20240601);

  for (guint h = 0; h < N_HOODS; h++) {
    lon[h] = 71.445 + 0.095 * normal (rand);
    lat[h] = 51.135 + 0.052 * normal (rand);
    size_deg[h] = 0.0045 * exp (0.45 * normal (rand));
    share[h] = sum += exp (0.9 * normal (rand));
  }
  for (gsize i = 0; i < city->n; i++) {
    double kind = g_rand_double (rand), u = g_rand_double (rand) * sum;
    guint h = 0;

    while (h + 1 < N_HOODS && share[h] < u)
      h++;
    if (kind < 0.05) {
      city->lon_deg[i] = g_rand_double_range (rand, WEST_DEG, EAST_DEG);
      city->lat_deg[i] = g_rand_double_range (rand, SOUTH_DEG, NORTH_DEG);
    } else {
      double dx = normal (rand) * size_deg[h], dy = normal (rand) * size_deg[h] * 0.63;

      if (kind < 0.38) /* a house each 0.0003°, on streets as far apart as ten */
        dx = round (dx / 0.0003) * 0.0003, dy = round (dy / 0.003) * 0.003 + 1e-5 * normal (rand);
      else if (kind < 0.5)
        dx = round (dx / 0.002) * 0.002, dy = round (dy / 0.0015) * 0.0015;
      city->lon_deg[i] = lon[h] + dx;
      city->lat_deg[i] = lat[h] + dy;
    }
  }
  g_rand_free (rand);
}

static void
read_points (City *city, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  city->n = MIN (city->n, length / (2 * sizeof (double)));

  const double *pairs = (const double *)(gpointer)bytes;

  for (gsize i = 0; i < city->n; i++) {
    city->lon_deg[i] = pairs[2 * i];
    city->lat_deg[i] = pairs[2 * i + 1];
  }
}

static void
run_project (City *city)
{
  qonys_mercator_project (city->lon_deg, city->lat_deg, city->n, city->x, city->y);
}

static void
run_utm (City *city)
{
  qonys_utm42_project (city->lon_deg, city->lat_deg, city->n, city->east_m, city->north_m);
}

static void
run_points (City *city)
{
  qonys_points_free (city->points);
  city->points = qonys_points_new (city->x, city->y, NULL, city->n);
}

/* Twenty-one windows of 1280 × 800 pixels around the centre. */
static void
get_window (guint k, int zoom, QonysBox *box)
{
  double unit = QONYS_TILE_SIZE_PX * (1 << zoom);
  double x = qonys_mercator_x (71.4384) + ((double)k - 10.0) * 12.8 / unit;
  double y = qonys_mercator_y (51.1335);

  *box = (QonysBox){x - 640.0 / unit, y - 400.0 / unit, x + 640.0 / unit, y + 400.0 / unit};
}

static void
run_count (City *city)
{
  for (guint k = 0; k < 21; k++) {
    QonysBox box;

    get_window (k, 14, &box);
    qonys_points_count (city->points, &box);
  }
}

static void
run_nearest (City *city)
{
  for (guint k = 0; k < 1000; k++) {
    gsize i = k * (city->n / 1000);

    qonys_points_find_nearest (city->points, city->x[i] + 1e-8, city->y[i], 1e-6);
  }
}

/* Six districts around a meeting point, their borders waves of 500 vertices. */
static void
run_assign (City *city)
{
  enum { N_SHAPES = 6, N_EDGE = 165 };
  QonysShape *shapes[N_SHAPES];
  g_autofree guint8 *owner = g_new (guint8, city->n);

  for (guint s = 0; s < N_SHAPES; s++) {
    double x[3 * N_EDGE + 1], y[3 * N_EDGE + 1];
    guint starts[2] = {0, 3 * N_EDGE + 1};

    for (guint i = 0; i < 3 * N_EDGE; i++) {
      guint leg = i / N_EDGE;
      double t = (double)(i % N_EDGE) / N_EDGE, a = s * G_PI / 3.0, b = (s + 1) * G_PI / 3.0;
      double radius = leg == 0 ? t : leg == 1 ? 1.0 : 1.0 - t;
      double angle = leg == 0 ? a : leg == 1 ? a + t * (b - a) : b;

      angle += 0.1 * sin (20.0 * radius);
      x[i] = 71.45 + 0.3 * radius * cos (angle);
      y[i] = 51.13 + 0.15 * radius * sin (angle);
    }
    x[3 * N_EDGE] = x[0];
    y[3 * N_EDGE] = y[0];
    shapes[s] = qonys_shape_new (1, starts, x, y);
  }
  qonys_shapes_assign ((const QonysShape *const *)shapes, N_SHAPES, city->lon_deg, city->lat_deg,
                       city->n, owner);
  for (guint s = 0; s < N_SHAPES; s++)
    qonys_shape_free (shapes[s]);
}

static void
run_clusters (City *city)
{
  qonys_clusters_free (city->clusters);
  city->clusters = qonys_clusters_new (city->points, NULL, 40.0);
}

static void
run_viewports (City *city)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (QonysCluster));

  for (guint k = 0; k < 21; k++) {
    QonysBox box;

    get_window (k, 13, &box);
    g_array_set_size (marks, 0);
    qonys_clusters_query (city->clusters, 13, &box, marks);
  }
}

static void
run_natural (City *city)
{
  double upper[7];

  qonys_classes_compute (city->values, city->n, QONYS_CLASSES_NATURAL, 7, upper);
}

static void
run_density (City *city)
{
  QonysBox box = qonys_box_empty ();

  for (gsize i = 0; i < city->n; i++)
    qonys_box_add (&box, city->east_m[i], city->north_m[i]);
  qonys_box_grow (&box, 500.0);

  guint width = (guint)ceil ((box.max_x - box.min_x) / 50.0);
  guint height = (guint)ceil ((box.max_y - box.min_y) / 50.0);
  g_autofree float *density = g_new (float, (gsize)width *height);

  qonys_density_compute (city->east_m, city->north_m, NULL, city->n, &box, 50.0, 500.0, width,
                         height, TRUE, density);
}

/* As the heat layer does: a screen at city zoom, radius 20 px. */
static void
run_heat (City *city)
{
  QonysBox box;
  g_autofree float *density = g_new (float, 1280 * 800);
  double pixel = 1.0 / (QONYS_TILE_SIZE_PX * (1 << 11));

  get_window (10, 11, &box);
  qonys_density_compute (city->x, city->y, NULL, city->n, &box, pixel, 20.0 * pixel, 1280, 800,
                         FALSE, density);
}

/* The whole city in cells of 150 m. */
enum { N_CELLS = 72000 };
static const QonysGrid city_grid = {652500.0, 5649000.0, 150.0, 300, 240};

static void
count_cells (City *city)
{
  g_autofree gint32 *cells = g_new (gint32, city->n);

  city->cells = g_new0 (double, N_CELLS);
  qonys_grid_assign (&city_grid, city->east_m, city->north_m, city->n, cells);
  for (gsize i = 0; i < city->n; i++)
    if (cells[i] >= 0)
      city->cells[cells[i]]++;
}

static void
run_neighbours (City *city)
{
  g_autofree gint32 *cells = g_new (gint32, N_CELLS);

  for (gint32 i = 0; i < N_CELLS; i++)
    cells[i] = i;
  qonys_neighbours_free (city->neighbours);
  city->neighbours = qonys_neighbours_new_grid (&city_grid, cells, N_CELLS, TRUE);
}

static void
run_gi_star (City *city)
{
  g_autofree double *z = g_new (double, N_CELLS);

  qonys_gi_star_compute (city->neighbours, city->cells, z);
}

static void
run_moran (City *city)
{
  g_autofree QonysMoran *results = g_new (QonysMoran, N_CELLS);

  qonys_moran_compute (city->neighbours, city->cells, results);
}

static void
run_permute (City *city)
{
  g_autofree double *p = g_new (double, N_CELLS);

  qonys_moran_permute (city->neighbours, city->cells, 999, 1, p);
}

static void
run_dbscan (City *city)
{
  g_autofree guint32 *clusters = g_new (guint32, city->n);

  qonys_dbscan_compute (city->east_m, city->north_m, city->n, 100.0, 10, clusters, NULL);
}

static const struct {
  const char *name;
  void (*run) (City *city);
  guint n_inside; /* what is measured is done so many times in a run */
} kernels[] = {
    {"project", run_project, 1},    {"utm", run_utm, 1},
    {"points", run_points, 1},      {"count", run_count, 21},
    {"nearest", run_nearest, 1000}, {"assign", run_assign, 1},
    {"clusters", run_clusters, 1},  {"viewport", run_viewports, 21},
    {"natural", run_natural, 1},    {"density", run_density, 1},
    {"heat", run_heat, 1},          {"neighbours", run_neighbours, 1},
    {"gi-star", run_gi_star, 1},    {"moran", run_moran, 1},
    {"permute", run_permute, 1},    {"dbscan", run_dbscan, 1},
};

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

int
main (int argc, char **argv)
{
  if (argc < 3) {
    g_printerr ("usage: bench-geo NAME N [FILE]\n");
    return 2;
  }

  City city = {.n = g_ascii_strtoull (argv[2], NULL, 10)};
  double **columns[] = {&city.lon_deg, &city.lat_deg, &city.x,     &city.y,
                        &city.east_m,  &city.north_m, &city.values};

  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    *columns[c] = g_new0 (double, city.n);
  if (argc > 3)
    read_points (&city, argv[3]);
  else
    make_points (&city);
  /* What a kernel needs from others is made before it is measured. */
  run_project (&city);
  run_utm (&city);
  run_points (&city);
  run_clusters (&city);
  count_cells (&city);
  run_neighbours (&city);
  for (gsize i = 0; i < city.n; i++)
    city.values[i] =
        fmod (city.lon_deg[i] * 1e3, 7.0) * (12.0 + fmod (city.lat_deg[i] * 1e5, 90.0));

  for (guint k = 0; k < G_N_ELEMENTS (kernels); k++) {
    double seconds[N_RUNS];
    struct rusage usage;

    if (!g_str_equal (argv[1], "all") && !g_str_equal (argv[1], kernels[k].name))
      continue;
    for (guint r = 0; r < N_RUNS; r++) {
      gint64 start = g_get_monotonic_time ();

      kernels[k].run (&city);
      seconds[r] = (double)(g_get_monotonic_time () - start) / 1e6 / kernels[k].n_inside;
    }
    qsort (seconds, N_RUNS, sizeof *seconds, compare_doubles);
    getrusage (RUSAGE_SELF, &usage);
    g_print ("%s %.6f %ld\n", kernels[k].name, seconds[N_RUNS / 2], usage.ru_maxrss);
  }
  qonys_neighbours_free (city.neighbours);
  g_free (city.cells);
  qonys_clusters_free (city.clusters);
  qonys_points_free (city.points);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    g_free (*columns[c]);
  return 0;
}
