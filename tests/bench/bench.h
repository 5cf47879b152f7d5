#pragma once

#include "geo/cluster.h"
#include "geo/hotspot.h"
#include "geo/polygon.h"

G_BEGIN_DECLS

/* The city all rows are measured on. What a row needs from others is made before it is measured,
 * and only that, so that the memory printed is the row's own. */
typedef struct {
  gsize n;
  double *lon_deg, *lat_deg, *x, *y, *east_m, *north_m;
  double *areas, *values;  /* few distinct values; all distinct */
  QonysPoints *points;     /* */
  QonysClusters *clusters; /* 40 px */
  GPtrArray *shapes;       /* element-type QonysShape: six districts, degrees */
  GPtrArray *shape_names;  /* element-type char* */
  double *counts;          /* of points in the cells of the grid */
  QonysNeighbours *neighbours;
} City;

void city_clear (City *city);
/** The first n addresses of the kit's set in $BENCH_DATA, or a made-up city where there is none. */
void city_need_places (City *city);
void city_need_mercator (City *city);
void city_need_metres (City *city);
void city_need_points (City *city);
void city_need_clusters (City *city);
void city_need_values (City *city);
void city_need_shapes (City *city);
void city_need_counts (City *city);
void city_need_neighbours (City *city);

/** The city in cells of 150 m: 300 × 240. */
extern const QonysGrid city_grid;
#define CITY_N_CELLS 72000

/** $BENCH_DATA or qonys-bench in the temporary folder; with the name of a file, a set's tag
 * ("1m", "100k") in the place of its %s. Returns: (transfer full) */
char *bench_dup_path (const char *format, gsize n);

/** Twenty-one windows of 1280 × 800 pixels, panned by one hundredth of their width around the
 * city (zoom 11) or its centre: @k 0 … 20. */
#define N_WINDOWS 21
void bench_get_window (guint k, int zoom, QonysBox *box);

typedef struct {
  const char *name;
  void (*need) (City *city); /* (nullable): not measured */
  void (*run) (City *city);
  guint n_runs;   /* the median of so many */
  guint n_inside; /* what is measured is done so many times in a run */
} Row;

/* Lists end with a row without a name. */
extern const Row rows_geo[], rows_picture[], rows_notes[], rows_plan[], rows_project[];

/** Compares answers with those of other programs. Returns: whether all agree */
gboolean check_answers (const char *results);

G_END_DECLS
