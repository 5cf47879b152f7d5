/* The registration norm: one pass over three or four columns, again and again while somebody
 * moves a slider; a few nanoseconds a dwelling, on threads. */

#include "domain/norm-private.h"

#include "base/job.h"

#include <math.h>

QonysNorm
qonys_norm_get_default (void)
{
  return (QonysNorm){
      .norm_m2 = 15.0, /* decision of the maslikhat of 26.12.2025 */
      .area_kind = QONYS_AREA_USEFUL,
      .exempt_relatives = TRUE,
      .future_only = FALSE,
      .count_existing = TRUE,
      .valid_from = qonys_day_from_ymd (2025, 12, 26),
  };
}

gint32
qonys_norm_get_limit (const QonysNorm *norm, double area_m2)
{
  return area_m2 >= 0.0 ? _qonys_norm_divide (area_m2, norm->norm_m2) : -1;
}

QonysNormColumns
_qonys_norm_get_columns (const QonysNorm *norm, const QonysTable *dwellings)
{
  static const guint AREA_FIELD[] = {QONYS_DWELLING_AREA_USEFUL_M2, QONYS_DWELLING_AREA_LIVING_M2,
                                     QONYS_DWELLING_AREA_TOTAL_M2};

  return (QonysNormColumns){
      .area = qonys_table_get_decimals (dwellings, AREA_FIELD[norm->area_kind]),
      .area_total = qonys_table_get_decimals (dwellings, QONYS_DWELLING_AREA_TOTAL_M2),
      .permanent = qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_PERMANENT),
      .temporary = qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_TEMPORARY),
      .relatives = qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_RELATIVES),
      .after = qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_AFTER_NORM),
      .after_nonrelative =
          qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE),
  };
}

static inline gint32
get (const gint32 *column, gsize row)
{
  return column == NULL ? QONYS_INT_MISSING : column[row];
}

static inline QonysNormRow
read_row (const QonysNorm *norm, const QonysNormColumns *columns, gsize row)
{
  gint32 permanent = get (columns->permanent, row), temporary = get (columns->temporary, row);
  QonysNormRow result = {NAN, QONYS_INT_MISSING, 0, FALSE, FALSE};
  gint32 total;

  if (columns->area != NULL)
    result.area_m2 = columns->area[row];
  if (isnan (result.area_m2) && columns->area_total != NULL) {
    result.area_m2 = columns->area_total[row];
    result.is_approximate = !isnan (result.area_m2);
  }

  if (permanent == QONYS_INT_MISSING && temporary == QONYS_INT_MISSING)
    return result;
  total = MAX (permanent, 0) + MAX (temporary, 0);
  result.counted = total;

  if (norm->future_only) {
    gint32 after = get (columns->after, row);
    gint32 counted = norm->exempt_relatives ? get (columns->after_nonrelative, row) : after;

    if (counted == QONYS_INT_MISSING) {
      counted = after;
      result.is_upper_bound = TRUE;
    }
    if (counted == QONYS_INT_MISSING)
      counted = total;
    else if (norm->count_existing && after != QONYS_INT_MISSING)
      result.existing = MAX (total - after, 0);
    result.counted = counted;
  } else if (norm->exempt_relatives) {
    gint32 relatives = get (columns->relatives, row);

    result.is_upper_bound = relatives == QONYS_INT_MISSING && total > 0;
    result.counted = total - MIN (MAX (relatives, 0), total);
  }
  return result;
}

static inline gint32
get_excess (const QonysNorm *norm, const QonysNormRow *row)
{
  if (!_qonys_norm_row_is_known (row))
    return QONYS_INT_MISSING;
  return _qonys_norm_get_excess (_qonys_norm_get_upto (row), row->counted,
                                 _qonys_norm_divide (row->area_m2, norm->norm_m2));
}

QonysNormRow
_qonys_norm_read_row (const QonysNorm *norm, const QonysNormColumns *columns, gsize row)
{
  return read_row (norm, columns, row);
}

void
qonys_norm_check (const QonysNorm *norm, const QonysTable *dwellings, gsize row,
                  QonysNormResult *result)
{
  QonysNormColumns columns = _qonys_norm_get_columns (norm, dwellings);
  QonysNormRow read = read_row (norm, &columns, row);

  *result = (QonysNormResult){read.counted, qonys_norm_get_limit (norm, read.area_m2),
                              get_excess (norm, &read), read.is_upper_bound, read.is_approximate};
}

typedef struct {
  const QonysNorm *norm;
  QonysNormColumns columns;
  gint32 *excess;
  gint has_upper_bound;
} Check;

static void
check_range (gsize begin, gsize end, guint part, gpointer data)
{
  Check *check = data;
  gint32 *excess = check->excess;
  QonysNormColumns columns = check->columns;
  QonysNorm norm = *check->norm;
  gboolean has_upper_bound = FALSE;

  for (gsize row = begin; row < end; row++) {
    QonysNormRow read = read_row (&norm, &columns, row);

    excess[row] = get_excess (&norm, &read);
    has_upper_bound |= read.is_upper_bound;
  }
  if (has_upper_bound)
    g_atomic_int_set (&check->has_upper_bound, 1);
}

gboolean
qonys_norm_check_all (const QonysNorm *norm, const QonysTable *dwellings, gint32 *excess)
{
  Check check = {norm, _qonys_norm_get_columns (norm, dwellings), excess, FALSE};

  qonys_parallel_for (qonys_table_get_n_rows (dwellings), 16384, check_range, &check);
  return check.has_upper_bound;
}
