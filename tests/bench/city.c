/* The city that is measured: a million addresses in a few flat arrays, read from the kit's files in
 * 10 ms (areas, which are in its CSV: 0.3 s) or made up. */

#include "bench.h"

#include "geo/mercator.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WEST_DEG 71.2
#define SOUTH_DEG 50.98
#define EAST_DEG 71.78
#define NORTH_DEG 51.28

const QonysGrid city_grid = {652500.0, 5649000.0, 150.0, 300, 240};

char *
bench_dup_path (const char *format, gsize n)
{
  const char *data = g_getenv ("BENCH_DATA");
  g_autofree char *folder =
      data != NULL ? g_strdup (data) : g_build_filename (g_get_tmp_dir (), "qonys-bench", NULL);
  g_autofree char *tag = n % 1000000 == 0 ? g_strdup_printf ("%" G_GSIZE_FORMAT "m", n / 1000000)
                         : n % 1000 == 0  ? g_strdup_printf ("%" G_GSIZE_FORMAT "k", n / 1000)
                                          : g_strdup_printf ("%" G_GSIZE_FORMAT, n);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *name = g_strjoinv (tag, parts);

  return g_build_filename (folder, name, NULL);
}

/* ---- places ---- */

static double
normal (GRand *rand)
{
  return sqrt (-2.0 * log (1.0 - g_rand_double (rand))) * cos (2.0 * G_PI * g_rand_double (rand));
}

/* Neighbourhoods, houses along streets, tower blocks with many flats at one place. */
static void
make_places (City *city)
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

/* Pairs of doubles lon, lat; smaller sets are the first of the largest. */
static gboolean
read_places (City *city)
{
  g_autofree char *path = bench_dup_path ("addresses_%s.bin", 1000000), *bytes = NULL;
  gsize length;

  if (city->n > 1000000 || !g_file_get_contents (path, &bytes, &length, NULL) ||
      length != 1000000 * 2 * sizeof (double))
    return FALSE;

  const double *pairs = (const double *)(gpointer)bytes;

  for (gsize i = 0; i < city->n; i++) {
    city->lon_deg[i] = pairs[2 * i];
    city->lat_deg[i] = pairs[2 * i + 1];
  }
  return TRUE;
}

void
city_need_places (City *city)
{
  if (city->lon_deg != NULL)
    return;
  city->lon_deg = g_new (double, city->n);
  city->lat_deg = g_new (double, city->n);
  if (!read_places (city)) {
    g_printerr ("no addresses of the kit in BENCH_DATA: on a made-up city\n");
    make_places (city);
  }
}

void
city_clear (City *city)
{
  double *columns[] = {city->lon_deg, city->lat_deg, city->x,      city->y,     city->east_m,
                       city->north_m, city->areas,   city->values, city->counts};

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_free (columns[i]);
  g_clear_pointer (&city->neighbours, qonys_neighbours_free);
  g_clear_pointer (&city->clusters, qonys_clusters_free);
  g_clear_pointer (&city->points, qonys_points_free);
  g_clear_pointer (&city->shapes, g_ptr_array_unref);
  g_clear_pointer (&city->shape_names, g_ptr_array_unref);
}

/* ---- what is made of them ---- */

void
city_need_mercator (City *city)
{
  if (city->x != NULL)
    return;
  city_need_places (city);
  city->x = g_new (double, city->n);
  city->y = g_new (double, city->n);
  qonys_mercator_project (city->lon_deg, city->lat_deg, city->n, city->x, city->y);
}

void
city_need_metres (City *city)
{
  if (city->east_m != NULL)
    return;
  city_need_places (city);
  city->east_m = g_new (double, city->n);
  city->north_m = g_new (double, city->n);
  qonys_utm42_project (city->lon_deg, city->lat_deg, city->n, city->east_m, city->north_m);
}

void
city_need_points (City *city)
{
  city_need_mercator (city);
  if (city->points == NULL)
    city->points = qonys_points_new (city->x, city->y, NULL, city->n);
}

void
city_need_clusters (City *city)
{
  city_need_points (city);
  if (city->clusters == NULL)
    city->clusters = qonys_clusters_new (city->points, NULL, 40.0);
}

/* The area is the fifth column. */
static gboolean
read_areas (City *city)
{
  g_autofree char *path = bench_dup_path ("addresses_%s.csv", 1000000), *text = NULL;

  if (city->n > 1000000 || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  const char *line = text;

  for (gsize i = 0; i < city->n; i++) {
    line = strchr (line, '\n') + 1;
    for (guint comma = 0; comma < 4; comma++)
      line = strchr (line, ',') + 1;
    city->areas[i] = g_ascii_strtod (line, NULL);
  }
  return TRUE;
}

void
city_need_values (City *city)
{
  if (city->areas != NULL)
    return;
  city_need_places (city);
  city->areas = g_new (double, city->n);
  city->values = g_new (double, city->n);
  if (!read_areas (city))
    for (gsize i = 0; i < city->n; i++)
      city->areas[i] = 12.0 + fmod (city->lat_deg[i] * 1e5, 90.0);
  for (gsize i = 0; i < city->n; i++)
    city->values[i] = fmod (city->lon_deg[i] * 1e3, 7.0) * city->areas[i];
}

/* Six districts around a meeting point, their borders waves of 500 vertices. */
static void
make_shapes (City *city)
{
  enum { N_SHAPES = 6, N_EDGE = 165 };

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
    g_ptr_array_add (city->shapes, qonys_shape_new (1, starts, x, y));
    g_ptr_array_add (city->shape_names, g_strdup_printf ("%u", s));
  }
}

/* Features of one outer ring each. */
static gboolean
read_shapes (City *city)
{
  g_autofree char *path = bench_dup_path ("districts.geojson", 0);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!json_parser_load_from_file (parser, path, NULL))
    return FALSE;

  JsonArray *features = json_object_get_array_member (
      json_node_get_object (json_parser_get_root (parser)), "features");

  for (guint f = 0; f < json_array_get_length (features); f++) {
    JsonObject *feature = json_array_get_object_element (features, f);
    JsonObject *geometry = json_object_get_object_member (feature, "geometry");
    JsonArray *ring =
        json_array_get_array_element (json_object_get_array_member (geometry, "coordinates"), 0);
    guint starts[2] = {0, json_array_get_length (ring)};
    g_autofree double *x = g_new (double, starts[1]), *y = g_new (double, starts[1]);

    for (guint i = 0; i < starts[1]; i++) {
      x[i] = json_array_get_double_element (json_array_get_array_element (ring, i), 0);
      y[i] = json_array_get_double_element (json_array_get_array_element (ring, i), 1);
    }
    g_ptr_array_add (city->shapes, qonys_shape_new (1, starts, x, y));
    g_ptr_array_add (city->shape_names,
                     g_strdup (json_object_get_string_member (
                         json_object_get_object_member (feature, "properties"), "name")));
  }
  return TRUE;
}

void
city_need_shapes (City *city)
{
  if (city->shapes != NULL)
    return;
  city_need_places (city);
  city->shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_shape_free);
  city->shape_names = g_ptr_array_new_with_free_func (g_free);
  if (!read_shapes (city))
    make_shapes (city);
}

void
city_need_counts (City *city)
{
  g_autofree gint32 *cells = NULL;

  if (city->counts != NULL)
    return;
  city_need_metres (city);
  cells = g_new (gint32, city->n);
  city->counts = g_new0 (double, CITY_N_CELLS);
  qonys_grid_assign (&city_grid, city->east_m, city->north_m, city->n, cells);
  for (gsize i = 0; i < city->n; i++)
    if (cells[i] >= 0)
      city->counts[cells[i]]++;
}

void
city_need_neighbours (City *city)
{
  g_autofree gint32 *cells = g_new (gint32, CITY_N_CELLS);

  city_need_counts (city);
  if (city->neighbours != NULL)
    return;
  for (gint32 i = 0; i < CITY_N_CELLS; i++)
    cells[i] = i;
  city->neighbours = qonys_neighbours_new_grid (&city_grid, cells, CITY_N_CELLS, TRUE);
}

void
bench_get_window (guint k, int zoom, QonysBox *box)
{
  double unit = QONYS_TILE_SIZE_PX * (1 << zoom);
  double x = qonys_mercator_x (zoom < 13 ? 71.49 : 71.4384) + ((double)k - 10.0) * 12.8 / unit;
  double y = qonys_mercator_y (zoom < 13 ? 51.13 : 51.1335);

  *box = (QonysBox){x - 640.0 / unit, y - 400.0 / unit, x + 640.0 / unit, y + 400.0 / unit};
}
