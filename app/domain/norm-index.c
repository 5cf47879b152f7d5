/* The norm by place: one index a project's data and set of the norm's switches, counted again each
 * time somebody moves the square metres. Twelve bytes for each dwelling somebody counts in, place
 * by place, so that a count is one pass from front to back with its sums in registers. Making it
 * is a counting sort: two passes, some 10 ns a dwelling and thread. */

#include "domain/norm-index-private.h"

#include "base/job.h"
#include "domain/norm-private.h"

#define MIN_CHUNK 16384

struct _QonysNormIndex {
  QonysNorm norm;
  guint n_places;
  guint32 *starts; /* place p has rows starts[p] … starts[p + 1] */
  guint32 *n_known;
  double *area_m2;
  gint32 *counted; /* always > 0: where nobody counts nobody is above the norm */
  gint32 *upto;    /* counted and those before them; the same array where there are none */
};

typedef struct {
  QonysNormIndex *index;
  QonysNormColumns columns;
  const guint32 *places;
  gsize n_rows;
  guint n_chunks;
  guint32 *next;    /* [chunk][place]: first rows, then where the next goes */
  guint32 *n_known; /* [chunk][place] */
} Sort;

static QonysNormRow
read_row (const Sort *sort, gsize row)
{
  return _qonys_norm_read_row (&sort->index->norm, &sort->columns, row);
}

static void
get_rows (const Sort *sort, gsize chunk, gsize *begin, gsize *end)
{
  *begin = sort->n_rows * chunk / sort->n_chunks;
  *end = sort->n_rows * (chunk + 1) / sort->n_chunks;
}

static void
count_chunks (gsize begin, gsize end, guint part, gpointer data)
{
  const Sort *sort = data;

  for (gsize chunk = begin; chunk < end; chunk++) {
    guint32 *next = sort->next + chunk * sort->index->n_places;
    guint32 *n_known = sort->n_known + chunk * sort->index->n_places;
    gsize first, last;

    get_rows (sort, chunk, &first, &last);
    for (gsize i = first; i < last; i++) {
      QonysNormRow row = read_row (sort, i);
      gboolean is_known = _qonys_norm_row_is_known (&row);

      n_known[sort->places[i]] += is_known;
      next[sort->places[i]] += is_known && row.counted > 0;
    }
  }
}

static void
fill_chunks (gsize begin, gsize end, guint part, gpointer data)
{
  const Sort *sort = data;
  QonysNormIndex *index = sort->index;

  for (gsize chunk = begin; chunk < end; chunk++) {
    guint32 *next = sort->next + chunk * index->n_places;
    gsize first, last;

    get_rows (sort, chunk, &first, &last);
    for (gsize i = first; i < last; i++) {
      QonysNormRow row = read_row (sort, i);
      guint32 to;

      if (!_qonys_norm_row_is_known (&row) || row.counted <= 0)
        continue;
      to = next[sort->places[i]]++;
      index->area_m2[to] = row.area_m2;
      index->counted[to] = row.counted;
      if (index->upto != index->counted)
        index->upto[to] = _qonys_norm_get_upto (&row);
    }
  }
}

QonysNormIndex *
_qonys_norm_index_new (const QonysNorm *norm, const QonysTable *dwellings, const guint32 *places,
                       guint n_places)
{
  QonysNormIndex *index = g_new0 (QonysNormIndex, 1);
  gsize n_rows = qonys_table_get_n_rows (dwellings);
  guint n_chunks = CLAMP (n_rows / MIN_CHUNK, 1, qonys_parallel_get_max_parts ());
  g_autofree guint32 *next = g_new0 (guint32, (gsize)n_chunks * n_places);
  g_autofree guint32 *n_known = g_new0 (guint32, (gsize)n_chunks * n_places);
  Sort sort = {index,  _qonys_norm_get_columns (norm, dwellings), places, n_rows, n_chunks, next,
               n_known};
  guint32 sum = 0;

  index->norm = *norm;
  index->n_places = n_places;
  index->starts = g_new (guint32, n_places + 1);
  index->n_known = g_new0 (guint32, n_places);
  qonys_parallel_for (n_chunks, 1, count_chunks, &sort);
  for (guint place = 0; place < n_places; place++) {
    index->starts[place] = sum;
    for (guint chunk = 0; chunk < n_chunks; chunk++) {
      guint32 n = next[(gsize)chunk * n_places + place];

      next[(gsize)chunk * n_places + place] = sum;
      sum += n;
      index->n_known[place] += n_known[(gsize)chunk * n_places + place];
    }
  }
  index->starts[n_places] = sum;
  index->area_m2 = g_new (double, sum);
  index->counted = g_new (gint32, sum);
  index->upto = norm->future_only && norm->count_existing ? g_new (gint32, sum) : index->counted;
  qonys_parallel_for (n_chunks, 1, fill_chunks, &sort);
  return index;
}

void
_qonys_norm_index_free (QonysNormIndex *index)
{
  if (index->upto != index->counted)
    g_free (index->upto);
  g_free (index->counted);
  g_free (index->area_m2);
  g_free (index->n_known);
  g_free (index->starts);
  g_free (index);
}

gboolean
_qonys_norm_index_serves (const QonysNormIndex *index, const QonysNorm *norm)
{
  return index->norm.area_kind == norm->area_kind &&
         index->norm.exempt_relatives == norm->exempt_relatives &&
         index->norm.future_only == norm->future_only &&
         index->norm.count_existing == norm->count_existing;
}

typedef struct {
  const QonysNormIndex *index;
  double norm_m2;
  QonysNormCounts *counts;
} Count;

/* The first place that starts at or behind a row. */
static guint
find_place (const QonysNormIndex *index, gsize row)
{
  guint low = 0, high = index->n_places;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (index->starts[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Counts the places that start in a range of rows: a place has one thread. */
static void
count_places (gsize begin, gsize end, guint part, gpointer data)
{
  const Count *count = data;
  const QonysNormIndex *index = count->index;
  const double *area_m2 = index->area_m2;
  const gint32 *counted = index->counted, *upto = index->upto;
  double norm_m2 = count->norm_m2;

  for (guint place = find_place (index, begin);
       place < index->n_places && index->starts[place] < end; place++) {
    gint32 n_overcrowded = 0;
    gint64 n_above = 0;

    for (guint32 i = index->starts[place]; i < index->starts[place + 1]; i++) {
      gint32 excess =
          _qonys_norm_get_excess (upto[i], counted[i], _qonys_norm_divide (area_m2[i], norm_m2));

      n_overcrowded += excess > 0;
      n_above += excess;
    }
    count->counts[place].n_overcrowded = n_overcrowded;
    count->counts[place].n_above = n_above;
  }
}

void
_qonys_norm_index_count (const QonysNormIndex *index, double norm_m2, QonysNormCounts *counts)
{
  Count count = {index, norm_m2, counts};

  for (guint place = 0; place < index->n_places; place++)
    counts[place] = (QonysNormCounts){index->n_known[place], 0, 0};
  qonys_parallel_for (index->starts[index->n_places], MIN_CHUNK, count_places, &count);
}
