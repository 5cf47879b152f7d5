/* Which rows of a table meet a stretch of time: sorted once a table (a hundred thousand rows 10
 * ms), then a binary search a question. */

#include "domain/row-days-private.h"

#include "domain/table-private.h"

#include <string.h>

/* Fields of the first and last day by type; −1 none. */
static const struct {
  int first, last;
} FIELDS[QONYS_N_RECORD_TYPES] = {
    [QONYS_RECORD_DWELLING] = {-1, -1},
    [QONYS_RECORD_REGISTRATION_COUNT] = {QONYS_REGISTRATION_AS_OF, QONYS_REGISTRATION_AS_OF},
    [QONYS_RECORD_SUSPICION] = {QONYS_SUSPICION_STATUS_DATE, QONYS_SUSPICION_STATUS_DATE},
    [QONYS_RECORD_OPERATION] = {QONYS_OPERATION_DATE_START, QONYS_OPERATION_DATE_END},
    [QONYS_RECORD_FLOW] = {QONYS_FLOW_MONTH, QONYS_FLOW_MONTH},
    [QONYS_RECORD_INDICATOR] = {QONYS_INDICATOR_PERIOD_START, QONYS_INDICATOR_PERIOD_END},
};

gboolean
_qonys_record_type_is_dated (QonysRecordType type)
{
  return FIELDS[type].last >= 0;
}

gboolean
_qonys_row_get_days (const QonysTable *table, gsize row, QonysDay *first, QonysDay *last)
{
  QonysRecordType type = qonys_table_get_schema (table)->type;

  *first = *last = QONYS_DAY_MISSING;
  if (!_qonys_record_type_is_dated (type))
    return FALSE;
  *first = qonys_table_get_int (table, row, FIELDS[type].first);
  *last = qonys_table_get_int (table, row, FIELDS[type].last);
  if (*last == QONYS_DAY_MISSING || *first > *last)
    *last = *first;
  if (*first == QONYS_DAY_MISSING)
    *first = *last;
  if (type == QONYS_RECORD_FLOW && *first != QONYS_DAY_MISSING) {
    *first = qonys_step_get_start (QONYS_STEP_MONTH, *first);
    *last = qonys_step_add (QONYS_STEP_MONTH, *first, 1) - 1;
  }
  return TRUE;
}

static int
compare_days (gconstpointer a, gconstpointer b, gpointer data)
{
  const gint32 *firsts = data;
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;

  return firsts[x] != firsts[y] ? (firsts[x] > firsts[y]) - (firsts[x] < firsts[y])
                                : (x > y) - (x < y);
}

QonysRowDays *
_qonys_row_days_new (const QonysTable *table)
{
  gsize n_rows = qonys_table_get_n_rows (table);
  QonysRowDays *days = g_new0 (QonysRowDays, 1);
  g_autofree gint32 *firsts = g_new (gint32, MAX (n_rows, 1));

  days->rows = g_new (guint32, MAX (n_rows, 1));
  days->firsts = g_new (gint32, MAX (n_rows, 1));
  days->lasts = g_new (gint32, MAX (n_rows, 1));
  for (gsize row = 0; row < n_rows; row++) {
    QonysDay last;

    _qonys_row_get_days (table, row, &firsts[row], &last);
    if (firsts[row] != QONYS_DAY_MISSING)
      days->rows[days->n++] = row;
    else
      days->n_undated++;
  }
  g_qsort_with_data (days->rows, (gint)days->n, sizeof *days->rows, compare_days, firsts);
  for (gsize i = 0; i < days->n; i++) {
    _qonys_row_get_days (table, days->rows[i], &days->firsts[i], &days->lasts[i]);
    days->longest = MAX (days->longest, days->lasts[i] - days->firsts[i]);
  }
  return days;
}

void
_qonys_row_days_free (QonysRowDays *days)
{
  g_free (days->rows);
  g_free (days->firsts);
  g_free (days->lasts);
  g_free (days);
}

const QonysRowDays *
_qonys_table_get_row_days (QonysTable *table)
{
  const QonysRowDays *days;

  g_mutex_lock (&table->lock);
  if (table->row_days == NULL)
    table->row_days = _qonys_row_days_new (table);
  days = table->row_days;
  g_mutex_unlock (&table->lock);
  return days;
}

/* The first of the sorted rows that does not begin before @day. */
static gsize
find_first (const QonysRowDays *days, gint64 day)
{
  gsize low = 0, high = days->n;

  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (days->firsts[middle] < day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

GArray *
_qonys_row_days_find (const QonysRowDays *days, gsize n_rows, const QonysPeriod *period)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n_words = n_rows / 64 + 1;
  g_autofree guint64 *is_in = g_new0 (guint64, n_words);
  gsize begin = period->from == QONYS_DAY_MISSING
                    ? 0
                    : find_first (days, (gint64)period->from - days->longest);
  gsize end = period->to == QONYS_DAY_MISSING ? days->n : find_first (days, period->to);

  for (gsize i = begin; i < end; i++)
    if (period->from == QONYS_DAY_MISSING || days->lasts[i] >= period->from)
      is_in[days->rows[i] / 64] |= G_GUINT64_CONSTANT (1) << days->rows[i] % 64;
  for (gsize word = 0; word < n_words; word++)
    for (guint64 bits = is_in[word]; bits != 0; bits &= bits - 1) {
      guint32 row = word * 64 + __builtin_ctzll (bits);

      g_array_append_val (found, row);
    }
  return found;
}

/* ---- some rows of a table ---- */

static gsize
get_width (QonysFieldType type)
{
  return type == QONYS_FIELD_BIG || type == QONYS_FIELD_DECIMAL ? 8
         : type == QONYS_FIELD_ENUM || type == QONYS_FIELD_BOOL ? 1
                                                                : 4;
}

static gpointer
take (gconstpointer values, gsize width, const guint32 *rows, gsize n)
{
  char *taken;

  if (values == NULL)
    return NULL;
  taken = g_malloc (MAX (n, 1) * width);
  switch (width) {
  case 8:
    for (gsize i = 0; i < n; i++)
      ((guint64 *)taken)[i] = ((const guint64 *)values)[rows[i]];
    break;
  case 4:
    for (gsize i = 0; i < n; i++)
      ((guint32 *)taken)[i] = ((const guint32 *)values)[rows[i]];
    break;
  default:
    for (gsize i = 0; i < n; i++)
      taken[i] = ((const char *)values)[rows[i]];
  }
  return taken;
}

QonysTable *
_qonys_table_take (QonysTable *table, const guint32 *rows, gsize n)
{
  const QonysSchema *schema = table->schema;
  QonysTable *taken = g_new0 (QonysTable, 1);

  g_atomic_ref_count_init (&taken->ref_count);
  g_mutex_init (&taken->lock);
  taken->schema = schema;
  taken->n_rows = n;
  taken->texts_owner = qonys_table_ref (table->texts_owner != NULL ? table->texts_owner : table);
  taken->columns = g_new0 (QonysColumn, schema->n_fields);
  for (guint i = 0; i < schema->n_fields; i++) {
    taken->columns[i] = table->columns[i];
    taken->columns[i].data =
        take (table->columns[i].data, get_width (schema->fields[i].type), rows, n);
  }
  taken->lon_deg = take (table->lon_deg, sizeof (double), rows, n);
  taken->lat_deg = take (table->lat_deg, sizeof (double), rows, n);
  taken->dataset_ids = take (table->dataset_ids, sizeof (gint32), rows, n);
  return taken;
}
