/* Clusters: one pyramid a shown layer and filter, built once and read every frame. A level's marks
 * are a point set of their own (so a viewport is a few runs), with a record each; their members
 * are one range of a single list of rows, arranged so that every mark of every level is a range.
 * 1 M points make about 0.4 M marks over all levels: 45 bytes each, and 4 bytes a point (12 with
 * weights).
 *
 * A level joins the marks of the level below as supercluster does: in the order of their first
 * rows, each that is still free takes all free ones within the radius and moves to their mean. The
 * free ones are found in squares of the Z curve at least a radius wide, each one run of the packed
 * order, by a hash table of blocks of 4 × 4 of them. */

#include "geo/cluster.h"

#include "geo/mercator.h"
#include "geo/sort.h"

#include <math.h>
#include <string.h>

#define N_LEVELS (QONYS_CLUSTER_MAX_ZOOM + 1)
#define FREE G_MAXUINT32

/* What is known of a mark besides its place. */
typedef struct {
  double weight;
  guint32 n_points, first_row;
  guint32 begin; /* in members */
  gboolean is_one_place;
} Record;

typedef struct {
  QonysPoints *centres;
  Record *records; /* in packed order */
} Level;

struct _QonysClusters {
  const QonysPoints *points;
  double *weights; /* in packed order, or NULL */
  Level levels[N_LEVELS];
  guint32 *members; /* row numbers */
};

/* What a level is made of: places, or the marks of the level below; in packed order. */
typedef struct {
  gsize n;
  const double *x, *y;
  const Record *records;
  guint32 *order;  /* positions by first row */
  guint32 *joined; /* the mark each became part of */
} Items;

/* Blocks of 4 × 4 squares; those that hold something are in the table. Square z of a block, in the
 * order of the curve, holds items starts[z] … starts[z + 1]; starts[16] is 0 in a free slot. */
typedef struct {
  guint32 x, y;
  guint32 starts[17];
} Block;

typedef struct {
  double scale; /* squares across the world, a power of two */
  guint mask;
  int shift;
  Block *blocks;
} BlockTable;

static guint32
get_square (const BlockTable *table, double v)
{
  double square = v * table->scale;

  return square >= table->scale ? (guint32)(table->scale - 1.0) : (guint32)MAX (square, 0.0);
}

/* The place of a square in its block, along the curve. */
static guint
get_z (guint32 x, guint32 y)
{
  return (x & 1) | (y & 1) << 1 | (x & 2) << 1 | (y & 2) << 2;
}

static Block *
find_block (const BlockTable *table, guint32 x, guint32 y)
{
  guint64 key = (guint64)x << 32 | y;
  guint slot = (guint)(key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> table->shift);

  for (;; slot++) {
    Block *block = &table->blocks[slot & table->mask];

    if (block->starts[16] == 0 || (block->x == x && block->y == y))
      return block;
  }
}

static void
block_table_init (BlockTable *table, const Items *items, double radius)
{
  int level = CLAMP (-(int)ceil (log2 (radius)), 0, 31), bits = 4;
  gsize n_blocks = 0;
  guint32 x = 0, y = 0;

  table->scale = ldexp (1.0, level);
  for (gsize i = 0; i < items->n; i++) {
    guint32 bx = get_square (table, items->x[i]) >> 2, by = get_square (table, items->y[i]) >> 2;

    n_blocks += i == 0 || bx != x || by != y;
    x = bx, y = by;
  }
  while ((1u << bits) < 2 * n_blocks)
    bits++;
  table->shift = 64 - bits;
  table->mask = (1u << bits) - 1;
  table->blocks = g_new0 (Block, (gsize)1 << bits);
  for (gsize i = 0; i < items->n;) {
    guint32 sx = get_square (table, items->x[i]), sy = get_square (table, items->y[i]);
    Block *block = find_block (table, sx >> 2, sy >> 2);
    guint z = 0;

    block->x = sx >> 2;
    block->y = sy >> 2;
    for (; i < items->n; i++) {
      sx = get_square (table, items->x[i]);
      sy = get_square (table, items->y[i]);
      if (sx >> 2 != block->x || sy >> 2 != block->y)
        break;
      while (z <= get_z (sx, sy))
        block->starts[z++] = (guint32)i;
    }
    while (z <= 16)
      block->starts[z++] = (guint32)i;
  }
}

/* The marks of a new level, in the order they are made: that of their first rows. */
typedef struct {
  gsize n;
  double *x, *y;
  Record *records;
} Marks;

/* A mark while it grows: where it started, its number, and sums relative to its start. */
typedef struct {
  double x, y, radius2, sum_x, sum_y;
  guint32 number;
  Record record;
} Growth;

/* Takes what is free and near of items begin … end. */
static inline void
take (const Items *items, Growth *growth, guint32 begin, guint32 end)
{
  for (guint32 i = begin; i < end; i++) {
    double dx = items->x[i] - growth->x, dy = items->y[i] - growth->y;

    if (dx * dx + dy * dy > growth->radius2 || items->joined[i] != FREE)
      continue;

    const Record *item = &items->records[i];
    Record *record = &growth->record;

    items->joined[i] = growth->number;
    record->is_one_place = item->is_one_place && record->n_points == 0;
    record->n_points += item->n_points;
    record->weight += item->weight;
    growth->sum_x += dx * item->n_points;
    growth->sum_y += dy * item->n_points;
  }
}

/* Joins what is free within the radius of @seed into mark @number. */
static void
make_mark (const Items *items, const BlockTable *table, double radius, guint32 seed, guint32 number,
           Marks *marks)
{
  double x = items->x[seed], y = items->y[seed];
  guint32 left = get_square (table, x - radius), right = get_square (table, x + radius);
  guint32 top = get_square (table, y - radius), bottom = get_square (table, y + radius);
  Growth growth = {.x = x, .y = y, .radius2 = radius * radius, .number = number};

  growth.record.first_row = items->records[seed].first_row;
  for (guint32 by = top >> 2; by <= bottom >> 2; by++) {
    for (guint32 bx = left >> 2; bx <= right >> 2; bx++) {
      const Block *block = find_block (table, bx, by);

      if (block->starts[16] == 0)
        continue;
      for (guint32 sy = MAX (top, by << 2); sy <= MIN (bottom, by << 2 | 3); sy++) {
        for (guint32 sx = MAX (left, bx << 2); sx <= MIN (right, bx << 2 | 3); sx++) {
          guint z = get_z (sx, sy);

          take (items, &growth, block->starts[z], block->starts[z + 1]);
        }
      }
    }
  }
  marks->x[number] = x + growth.sum_x / growth.record.n_points;
  marks->y[number] = y + growth.sum_y / growth.record.n_points;
  marks->records[number] = growth.record;
}

static void
make_marks (const Items *items, double radius, Marks *marks)
{
  BlockTable table;

  block_table_init (&table, items, radius);
  for (gsize i = 0; i < items->n; i++)
    items->joined[i] = FREE;
  marks->n = 0;
  for (gsize k = 0; k < items->n; k++)
    if (items->joined[items->order[k]] == FREE)
      make_mark (items, &table, radius, items->order[k], (guint32)marks->n++, marks);
  g_free (table.blocks);
}

/* Puts marks into packed order and makes them the items of the next level. */
static void
pack_marks (const Marks *marks, Level *level, Items *below, Items *items)
{
  const guint32 *numbers;

  level->centres = qonys_points_new (marks->x, marks->y, NULL, marks->n);
  level->records = g_new (Record, marks->n);
  numbers = qonys_points_get_rows (level->centres);
  *items = (Items){.n = marks->n,
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

static Record
get_place (const QonysClusters *clusters, gsize begin, gsize end)
{
  Record place = {.weight = (double)(end - begin),
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
make_places (const QonysClusters *clusters, Marks *places, Items *items)
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

  *items =
      (Items){k, places->x, places->y, places->records, g_new (guint32, k), g_new (guint32, k)};
  for (gsize i = 0; i < k; i++)
    visits[i] = (QonysSortItem){places->records[i].first_row, (guint32)i};
  qonys_sort_items (visits, k);
  for (gsize i = 0; i < k; i++)
    items->order[i] = visits[i].index;
}

/* From the top down, each mark takes its range of the members from its parent's. */
static void
place_members (QonysClusters *clusters, const Items items[N_LEVELS + 1])
{
  const guint32 *rows = qonys_points_get_rows (clusters->points);
  guint32 sum = 0;

  for (gsize i = 0; i < items[0].n; i++) {
    clusters->levels[0].records[i].begin = sum;
    sum += items[0].records[i].n_points;
  }
  for (guint z = 0; z < N_LEVELS; z++) {
    const Items *children = &items[z + 1];
    g_autofree guint32 *next = g_new (guint32, items[z].n);

    for (gsize i = 0; i < items[z].n; i++)
      next[i] = items[z].records[i].begin;
    for (gsize i = 0; i < children->n; i++) {
      const Record *child = &children->records[i];
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
  Marks places = {n, g_new (double, n), g_new (double, n), g_new (Record, n)};
  Marks marks = {n, g_new (double, n), g_new (double, n), g_new (Record, n)};
  Items items[N_LEVELS + 1]; /* items[z] are the marks of zoom z, the last the places */

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
    make_marks (&items[z + 1], radius_px / (QONYS_TILE_SIZE_PX * (1 << z)), &marks);
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
append_mark (GArray *marks, double x, double y, const Record *record)
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

    Record place = get_place (query->clusters, begin, next);

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
    const Record *record = &query->level->records[i];

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
