/* Clusters: one pyramid a shown layer and filter, built once and read every frame. A level's marks
 * are a point set of their own (so a viewport is a few runs), with a record each; their members
 * are one range of a single list of rows, arranged so that every mark of every level is a range.
 * 1 M points make about 0.4 M marks over all levels: 45 bytes each, and 4 bytes a point (12 with
 * weights).
 *
 * How a level is made of the one below is in cluster-join.c. */

#include "geo/cluster.h"

#include "geo/cluster-join.h"
#include "geo/mercator.h"
#include "geo/sort.h"

#include <math.h>
#include <string.h>

#define N_LEVELS (QONYS_CLUSTER_MAX_ZOOM + 1)

typedef struct {
  QonysPoints *centres;
  QonysMarkRecord *records; /* in packed order */
} Level;

struct _QonysClusters {
  const QonysPoints *points;
  double *weights; /* in packed order, or NULL */
  Level levels[N_LEVELS];
  guint32 *members; /* row numbers */
};

/* Puts marks into packed order and makes them the items of the next level. */
static void
pack_marks (const QonysMarks *marks, Level *level, QonysMarkItems *below, QonysMarkItems *items)
{
  const guint32 *numbers;

  level->centres = qonys_points_new (marks->x, marks->y, NULL, marks->n);
  level->records = g_new (QonysMarkRecord, marks->n);
  numbers = qonys_points_get_rows (level->centres);
  *items = (QonysMarkItems){.n = marks->n,
                            .x = qonys_points_get_x (level->centres),
                            .y = qonys_points_get_y (level->centres),
                            .records = level->records,
                            .order = g_new (guint32, marks->n),
                            .joined = g_new (guint32, marks->n)};
  for (gsize i = 0; i < marks->n; i++) {
    level->records[i] = marks->records[numbers[i]];
    items->order[numbers[i]] = (guint32)i;
  }
  for (gsize i = 0; i < below->n; i++)
    below->joined[i] = items->order[below->joined[i]];
}

static gsize
find_place_end (const QonysPoints *points, gsize begin)
{
  const double *x = qonys_points_get_x (points), *y = qonys_points_get_y (points);
  gsize end = begin + 1, n = qonys_points_get_n (points);

  while (end < n && x[end] == x[begin] && y[end] == y[begin])
    end++;
  return end;
}

static QonysMarkRecord
get_place (const QonysClusters *clusters, gsize begin, gsize end)
{
  QonysMarkRecord place = {.weight = (double)(end - begin),
                           .n_points = (guint32)(end - begin),
                           .first_row = qonys_points_get_rows (clusters->points)[begin],
                           .begin = (guint32)begin,
                           .is_one_place = TRUE};

  if (clusters->weights != NULL) {
    place.weight = 0.0;
    for (gsize i = begin; i < end; i++)
      place.weight += clusters->weights[i];
  }
  return place;
}

/* Places: runs of the packed order with the same coordinates. */
static void
make_places (const QonysClusters *clusters, QonysMarks *places, QonysMarkItems *items)
{
  const double *x = qonys_points_get_x (clusters->points);
  const double *y = qonys_points_get_y (clusters->points);
  gsize n = qonys_points_get_n (clusters->points), k = 0;

  for (gsize begin = 0, end; begin < n; begin = end, k++) {
    end = find_place_end (clusters->points, begin);
    places->records[k] = get_place (clusters, begin, end);
    places->x[k] = x[begin];
    places->y[k] = y[begin];
  }

  g_autofree QonysSortItem *visits = g_new (QonysSortItem, k);

  *items = (QonysMarkItems){
      k, places->x, places->y, places->records, g_new (guint32, k), g_new (guint32, k)};
  for (gsize i = 0; i < k; i++)
    visits[i] = (QonysSortItem){places->records[i].first_row, (guint32)i};
  qonys_sort_items (visits, k);
  for (gsize i = 0; i < k; i++)
    items->order[i] = visits[i].index;
}

/* From the top down, each mark takes its range of the members from its parent's. */
static void
place_members (QonysClusters *clusters, const QonysMarkItems items[N_LEVELS + 1])
{
  const guint32 *rows = qonys_points_get_rows (clusters->points);
  guint32 sum = 0;

  for (gsize i = 0; i < items[0].n; i++) {
    clusters->levels[0].records[i].begin = sum;
    sum += items[0].records[i].n_points;
  }
  for (guint z = 0; z < N_LEVELS; z++) {
    const QonysMarkItems *children = &items[z + 1];
    g_autofree guint32 *next = g_new (guint32, items[z].n);

    for (gsize i = 0; i < items[z].n; i++)
      next[i] = items[z].records[i].begin;
    for (gsize i = 0; i < children->n; i++) {
      const QonysMarkRecord *child = &children->records[i];
      guint32 begin = next[children->joined[i]];

      if (z + 1 < N_LEVELS)
        clusters->levels[z + 1].records[i].begin = begin;
      else
        memcpy (clusters->members + begin, rows + child->begin, child->n_points * sizeof *rows);
      next[children->joined[i]] += child->n_points;
    }
  }
}

QonysClusters *
qonys_clusters_new (const QonysPoints *points, const double *weights, double radius_px)
{
  QonysClusters *clusters = g_new0 (QonysClusters, 1);
  gsize n = qonys_points_get_n (points);
  QonysMarks places = {n, g_new (double, n), g_new (double, n), g_new (QonysMarkRecord, n)};
  QonysMarks marks = {n, g_new (double, n), g_new (double, n), g_new (QonysMarkRecord, n)};
  QonysMarkItems items[N_LEVELS + 1]; /* items[z] are the marks of zoom z, the last the places */

  clusters->points = points;
  clusters->members = g_new (guint32, n);
  if (weights != NULL) {
    const guint32 *rows = qonys_points_get_rows (points);

    clusters->weights = g_new (double, n);
    for (gsize i = 0; i < n; i++)
      clusters->weights[i] = isnan (weights[rows[i]]) ? 0.0 : weights[rows[i]];
  }
  make_places (clusters, &places, &items[N_LEVELS]);
  for (int z = N_LEVELS - 1; z >= 0; z--) {
    qonys_marks_join (&items[z + 1], radius_px / (QONYS_TILE_SIZE_PX * (1 << z)), &marks);
    pack_marks (&marks, &clusters->levels[z], &items[z + 1], &items[z]);
  }
  place_members (clusters, items);
  for (guint z = 0; z <= N_LEVELS; z++) {
    g_free (items[z].order);
    g_free (items[z].joined);
  }
  g_free (places.x), g_free (places.y), g_free (places.records);
  g_free (marks.x), g_free (marks.y), g_free (marks.records);
  return clusters;
}

void
qonys_clusters_free (QonysClusters *clusters)
{
  if (clusters == NULL)
    return;
  for (guint z = 0; z < N_LEVELS; z++) {
    qonys_points_free (clusters->levels[z].centres);
    g_free (clusters->levels[z].records);
  }
  g_free (clusters->weights);
  g_free (clusters->members);
  g_free (clusters);
}

typedef struct {
  const QonysClusters *clusters;
  const Level *level; /* NULL: places */
  GArray *marks;
} Query;

static void
append_mark (GArray *marks, double x, double y, const QonysMarkRecord *record)
{
  QonysCluster mark = {
      x, y, record->n_points, record->weight, record->first_row, record->is_one_place};

  g_array_append_val (marks, mark);
}

static void
append_places (gsize begin, gsize end, gpointer data)
{
  const Query *query = data;
  const QonysPoints *points = query->clusters->points;

  for (gsize next; begin < end; begin = next) {
    next = find_place_end (points, begin);

    QonysMarkRecord place = get_place (query->clusters, begin, next);

    append_mark (query->marks, qonys_points_get_x (points)[begin],
                 qonys_points_get_y (points)[begin], &place);
  }
}

static void
append_marks (gsize begin, gsize end, gpointer data)
{
  const Query *query = data;
  const double *x = qonys_points_get_x (query->level->centres);
  const double *y = qonys_points_get_y (query->level->centres);

  for (gsize i = begin; i < end; i++)
    append_mark (query->marks, x[i], y[i], &query->level->records[i]);
}

void
qonys_clusters_query (const QonysClusters *clusters, int zoom, const QonysBox *box, GArray *marks)
{
  Query query = {clusters, NULL, marks};

  if (zoom > QONYS_CLUSTER_MAX_ZOOM) {
    qonys_points_query_runs (clusters->points, box, append_places, &query);
  } else {
    query.level = &clusters->levels[MAX (zoom, 0)];
    qonys_points_query_runs (query.level->centres, box, append_marks, &query);
  }
}

typedef struct {
  const QonysClusters *clusters;
  const Level *level;
  const QonysCluster *mark;
  GArray *rows;
} RowsQuery;

static void
append_rows (gsize begin, gsize end, gpointer data)
{
  const RowsQuery *query = data;

  if (query->level == NULL) {
    g_array_append_vals (query->rows, qonys_points_get_rows (query->clusters->points) + begin,
                         (guint)(end - begin));
    return;
  }
  for (gsize i = begin; i < end; i++) {
    const QonysMarkRecord *record = &query->level->records[i];

    if (record->first_row == query->mark->first_row)
      g_array_append_vals (query->rows, query->clusters->members + record->begin, record->n_points);
  }
}

void
qonys_clusters_get_rows (const QonysClusters *clusters, int zoom, const QonysCluster *mark,
                         GArray *rows)
{
  QonysBox box = {mark->x, mark->y, mark->x, mark->y};
  RowsQuery query = {clusters, NULL, mark, rows};
  guint first = rows->len;

  if (zoom > QONYS_CLUSTER_MAX_ZOOM) {
    qonys_points_query_runs (clusters->points, &box, append_rows, &query);
    return;
  }
  query.level = &clusters->levels[MAX (zoom, 0)];
  qonys_points_query_runs (query.level->centres, &box, append_rows, &query);

  gsize n = rows->len - first;
  g_autofree QonysSortItem *items = g_new (QonysSortItem, n);
  guint32 *appended = (guint32 *)(gpointer)rows->data + first;

  for (gsize i = 0; i < n; i++)
    items[i] = (QonysSortItem){appended[i], 0};
  qonys_sort_items (items, n);
  for (gsize i = 0; i < n; i++)
    appended[i] = (guint32)items[i].key;
}
