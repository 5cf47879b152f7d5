/* Radix sort of keys with an index: once a point set (Morton order), a clustering (visits) or a
 * classification (values). Eight bits at a time from the highest bit in which the keys of a range
 * differ, so common prefixes and single outliers cost one pass and not more; ranges small enough
 * stay in the cache of one core and end with insertion. */

#include "geo/sort.h"

#include "base/job.h"

#include <string.h>

#define N_BUCKETS 256
#define SMALL 24
#define PARALLEL_MIN 65536
#define N_CHUNKS 16

static int
get_shift (guint64 diff)
{
  return MAX (0, 56 - __builtin_clzll (diff));
}

static guint
get_bucket (guint64 key, int shift)
{
  return (key >> shift) & (N_BUCKETS - 1);
}

/* Sorts @a with @b as scratch; the result is left in @b if @into_b. */
static void
sort_range (QonysSortItem *a, QonysSortItem *b, gsize n, gboolean into_b)
{
  guint64 diff = 0;
  guint32 ends[N_BUCKETS] = {0};

  if (n <= SMALL) {
    for (gsize i = 1; i < n; i++) {
      QonysSortItem item = a[i];
      gsize k = i;

      for (; k > 0 && a[k - 1].key > item.key; k--)
        a[k] = a[k - 1];
      a[k] = item;
    }
  } else {
    for (gsize i = 1; i < n; i++)
      diff |= a[i].key ^ a[0].key;
  }
  if (diff == 0) {
    if (into_b)
      memcpy (b, a, n * sizeof *a);
    return;
  }

  int shift = get_shift (diff);
  guint32 sum = 0;

  for (gsize i = 0; i < n; i++)
    ends[get_bucket (a[i].key, shift)]++;
  for (guint k = 0; k < N_BUCKETS; k++) {
    guint32 count = ends[k];

    ends[k] = sum;
    sum += count;
  }
  for (gsize i = 0; i < n; i++)
    b[ends[get_bucket (a[i].key, shift)]++] = a[i];
  for (guint k = 0; k < N_BUCKETS; k++) {
    gsize begin = k == 0 ? 0 : ends[k - 1];

    if (ends[k] > begin)
      sort_range (b + begin, a + begin, ends[k] - begin, !into_b);
  }
}

typedef struct {
  QonysSortItem *a, *b;
  gsize n;
  gboolean into_b;
} Range;

/* One range split by all threads together: fixed chunks, so that offsets are theirs. */
typedef struct {
  QonysSortItem *a, *b;
  gsize n;
  int shift;
  guint64 diff[N_CHUNKS];
  guint32 offsets[N_CHUNKS][N_BUCKETS];
} Split;

static void
find_difference (gsize begin, gsize end, guint part, gpointer data)
{
  Split *split = data;

  for (gsize c = begin; c < end; c++) {
    guint64 diff = 0;

    for (gsize i = split->n * c / N_CHUNKS; i < split->n * (c + 1) / N_CHUNKS; i++)
      diff |= split->a[i].key ^ split->a[0].key;
    split->diff[c] = diff;
  }
}

static void
count_buckets (gsize begin, gsize end, guint part, gpointer data)
{
  Split *split = data;

  for (gsize c = begin; c < end; c++) {
    memset (split->offsets[c], 0, sizeof split->offsets[c]);
    for (gsize i = split->n * c / N_CHUNKS; i < split->n * (c + 1) / N_CHUNKS; i++)
      split->offsets[c][get_bucket (split->a[i].key, split->shift)]++;
  }
}

static void
scatter (gsize begin, gsize end, guint part, gpointer data)
{
  Split *split = data;

  for (gsize c = begin; c < end; c++) {
    guint32 *offsets = split->offsets[c];

    for (gsize i = split->n * c / N_CHUNKS; i < split->n * (c + 1) / N_CHUNKS; i++)
      split->b[offsets[get_bucket (split->a[i].key, split->shift)]++] = split->a[i];
  }
}

/* Splits @range until its pieces are fit for one thread, and adds them to @ranges. */
static void
split_range (Range range, GArray *ranges)
{
  if (range.n < PARALLEL_MIN) {
    g_array_append_val (ranges, range);
    return;
  }

  g_autofree Split *split = g_new (Split, 1);
  guint64 diff = 0;
  guint32 sum = 0;

  *split = (Split){.a = range.a, .b = range.b, .n = range.n};
  qonys_parallel_for (N_CHUNKS, 1, find_difference, split);
  for (guint c = 0; c < N_CHUNKS; c++)
    diff |= split->diff[c];
  if (diff == 0) {
    if (range.into_b)
      memcpy (range.b, range.a, range.n * sizeof *range.a);
    return;
  }
  split->shift = get_shift (diff);
  qonys_parallel_for (N_CHUNKS, 1, count_buckets, split);
  for (guint k = 0; k < N_BUCKETS; k++) {
    for (guint c = 0; c < N_CHUNKS; c++) {
      guint32 count = split->offsets[c][k];

      split->offsets[c][k] = sum;
      sum += count;
    }
  }
  qonys_parallel_for (N_CHUNKS, 1, scatter, split);
  for (guint k = 0; k < N_BUCKETS; k++) {
    /* After scattering, the last chunk's offset is where the bucket ends. */
    gsize begin = k == 0 ? 0 : split->offsets[N_CHUNKS - 1][k - 1];
    gsize end = split->offsets[N_CHUNKS - 1][k];

    if (end > begin)
      split_range ((Range){range.b + begin, range.a + begin, end - begin, !range.into_b}, ranges);
  }
}

typedef struct {
  const Range *ranges;
  gint n_ranges, next;
} Queue;

static void
sort_ranges (gsize begin, gsize end, guint part, gpointer data)
{
  Queue *queue = data;

  /* Ranges differ in size: each thread takes the next one, whatever its share was. */
  for (gint i; (i = g_atomic_int_add (&queue->next, 1)) < queue->n_ranges;) {
    const Range *range = &queue->ranges[i];

    sort_range (range->a, range->b, range->n, range->into_b);
  }
}

static gboolean
is_sorted (const QonysSortItem *items, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (items[i - 1].key > items[i].key)
      return FALSE;
  return TRUE;
}

void
qonys_sort_items (QonysSortItem *items, gsize n)
{
  if (is_sorted (items, n))
    return;

  g_autofree QonysSortItem *scratch = g_new (QonysSortItem, n);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));

  split_range ((Range){items, scratch, n, FALSE}, ranges);

  Queue queue = {(const Range *)(gpointer)ranges->data, (gint)ranges->len, 0};

  qonys_parallel_for (ranges->len, 1, sort_ranges, &queue);
}
