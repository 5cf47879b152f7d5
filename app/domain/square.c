/* Squares as shapes: some hundreds a project at most, a microsecond each. */
#include "domain/square.h"

#include "domain/summary.h"
#include "geo/grid.h"
#include "geo/mercator.h"

#include <math.h>
#include <stdio.h>

#define TOLERANCE_DEG 1e-6

QonysPath *
qonys_square_make_outline (double east_m, double north_m)
{
  const QonysBox box = {east_m, north_m, east_m, north_m};
  QonysGrid grid = qonys_grid_cover (&box, QONYS_CELL_SIZE_M);
  QonysPath *path = qonys_path_new (QONYS_PATH_POLYGON);
  double easts[4], norths[4], lons_deg[4], lats_deg[4];

  qonys_grid_get_corners (&grid, 0, easts, norths);
  qonys_utm42_unproject (easts, norths, 4, lons_deg, lats_deg);
  for (guint i = 0; i <= 4; i++)
    qonys_path_add (path, lons_deg[i % 4], lats_deg[i % 4]);
  return path;
}

QonysPath *
qonys_square_parse (const char *number)
{
  int east, north;
  char rest;

  if (number == NULL || sscanf (number, "E%6dN%6d%c", &east, &north, &rest) != 2)
    return NULL;
  return qonys_square_make_outline ((east + 0.5) * QONYS_CELL_SIZE_M,
                                    (north + 0.5) * QONYS_CELL_SIZE_M);
}

/* Is each vertex of one beside one of the other? Other programs begin where they like, and turn
 * the other way. */
static gboolean
has_vertices (const QonysPath *path, const QonysPath *wanted)
{
  for (guint i = 0; i < 4; i++) {
    gboolean is_there = FALSE;

    for (guint j = 0; j < 4 && !is_there; j++)
      is_there = fabs (g_array_index (path->lon_deg, double, j) -
                       g_array_index (wanted->lon_deg, double, i)) < TOLERANCE_DEG &&
                 fabs (g_array_index (path->lat_deg, double, j) -
                       g_array_index (wanted->lat_deg, double, i)) < TOLERANCE_DEG;
    if (!is_there)
      return FALSE;
  }
  return TRUE;
}

gboolean
qonys_square_is_outline (const QonysPath *path)
{
  double lon_deg = 0, lat_deg = 0, east_m, north_m;
  g_autoptr (QonysPath) cell = NULL;

  if (path->kind != QONYS_PATH_POLYGON || path->lon_deg->len != 5)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    lon_deg += g_array_index (path->lon_deg, double, i) / 4;
    lat_deg += g_array_index (path->lat_deg, double, i) / 4;
  }
  qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
  cell = qonys_square_make_outline (east_m, north_m);
  return has_vertices (path, cell);
}
