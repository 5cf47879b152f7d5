/* The registration norm: one pass over three or four columns, again and again while somebody
 * moves a slider; a few nanoseconds a dwelling, on threads. */

#include "domain/norm.h"

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
  if (isnan (area_m2))
    return -1;
  /* 34.8 / 11.6 is 2.9999999999999996 in binary: a thousandth of a millionth is no person. */
  return (gint32)floor (area_m2 / norm->norm_m2 + 1e-9);
}

/* The columns a norm looks at, fetched once; each may be NULL. */
typedef struct {
  const QonysNorm *norm;
  const double *area, *area_total;
  const gint32 *permanent, *temporary, *relatives, *after, *after_nonrelative;
  gint32 *excess;
  gint has_upper_bound;
} NormColumns;

static NormColumns
get_columns (const QonysNorm *norm, const QonysTable *dwellings)
{
  static const guint AREA_FIELD[] = {QONYS_DWELLING_AREA_USEFUL_M2, QONYS_DWELLING_AREA_LIVING_M2,
                                     QONYS_DWELLING_AREA_TOTAL_M2};

  return (NormColumns){
      .norm = norm,
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

static void
check_row (const NormColumns *columns, gsize row, QonysNormResult *result)
{
  const QonysNorm *norm = columns->norm;
  gint32 permanent = get (columns->permanent, row), temporary = get (columns->temporary, row);
  gint32 relatives = get (columns->relatives, row);
  gint32 total, existing = 0;
  double area_m2 = columns->area == NULL ? NAN : columns->area[row];

  *result = (QonysNormResult){QONYS_INT_MISSING, -1, QONYS_INT_MISSING, FALSE, FALSE};
  if (isnan (area_m2) && columns->area_total != NULL) {
    area_m2 = columns->area_total[row];
    result->is_approximate = !isnan (area_m2);
  }
  result->limit = qonys_norm_get_limit (norm, area_m2);

  if (permanent == QONYS_INT_MISSING && temporary == QONYS_INT_MISSING)
    return;
  total = MAX (permanent, 0) + MAX (temporary, 0);
  result->counted = total;

  if (norm->future_only) {
    gint32 after = get (columns->after, row);
    gint32 counted = norm->exempt_relatives ? get (columns->after_nonrelative, row) : after;

    if (counted == QONYS_INT_MISSING) {
      counted = after;
      result->is_upper_bound = TRUE;
    }
    if (counted == QONYS_INT_MISSING)
      counted = total;
    else if (norm->count_existing && after != QONYS_INT_MISSING)
      existing = MAX (total - after, 0);
    result->counted = counted;
  } else if (norm->exempt_relatives) {
    result->is_upper_bound = relatives == QONYS_INT_MISSING && total > 0;
    result->counted = total - MIN (MAX (relatives, 0), total);
  }

  if (result->limit >= 0)
    /* Earlier registrants may fill the limit, but never make newcomers of themselves. */
    result->excess = MAX (0, result->counted - MAX (0, result->limit - existing));
}

void
qonys_norm_check (const QonysNorm *norm, const QonysTable *dwellings, gsize row,
                  QonysNormResult *result)
{
  NormColumns columns = get_columns (norm, dwellings);

  check_row (&columns, row, result);
}

static void
check_range (gsize begin, gsize end, guint part, gpointer data)
{
  NormColumns *columns = data;
  gboolean has_upper_bound = FALSE;

  for (gsize row = begin; row < end; row++) {
    QonysNormResult result;

    check_row (columns, row, &result);
    columns->excess[row] = result.excess;
    has_upper_bound |= result.is_upper_bound;
  }
  if (has_upper_bound)
    g_atomic_int_set (&columns->has_upper_bound, 1);
}

gboolean
qonys_norm_check_all (const QonysNorm *norm, const QonysTable *dwellings, gint32 *excess)
{
  NormColumns columns = get_columns (norm, dwellings);

  columns.excess = excess;
  qonys_parallel_for (qonys_table_get_n_rows (dwellings), 16384, check_range, &columns);
  return columns.has_upper_bound;
}
