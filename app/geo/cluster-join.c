/* One level of clusters from the one below, as supercluster makes it. Who is near is found in
 * squares of the Z curve at least a radius wide, each one run of the packed order, by a hash table
 * of blocks of 4 × 4 of them. The levels of 1 M points take 0.2 s together, half of it the deepest.
 */

#include "geo/cluster-join.h"

#include <math.h>

#define FREE G_MAXUINT32

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
block_table_init (BlockTable *table, const QonysMarkItems *items, double radius)
{
  int level = (int)CLAMP (-ceil (log2 (radius)), 0.0, 31.0), bits = 4;
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

/* A mark while it grows: where it started, its number, and sums relative to its start. */
typedef struct {
  double x, y, radius2, sum_x, sum_y;
  guint32 number;
  QonysMarkRecord record;
} Growth;

/* Takes what is free and near of items begin … end. */
static inline void
take (const QonysMarkItems *items, Growth *growth, guint32 begin, guint32 end)
{
  for (guint32 i = begin; i < end; i++) {
    double dx = items->x[i] - growth->x, dy = items->y[i] - growth->y;

    if (dx * dx + dy * dy > growth->radius2 || items->joined[i] != FREE)
      continue;

    const QonysMarkRecord *item = &items->records[i];
    QonysMarkRecord *record = &growth->record;

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
make_mark (const QonysMarkItems *items, const BlockTable *table, double radius, guint32 seed,
           guint32 number, QonysMarks *marks)
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

void
qonys_marks_join (const QonysMarkItems *items, double radius, QonysMarks *marks)
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
