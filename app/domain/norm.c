/* The registration norm: one pass over three or four columns, again and again while somebody
 * moves a slider; a few nanoseconds a dwelling, on threads. */

#include "domain/norm-private.h"

#include "base/job.h"

#include <math.h>
#include <string.h>

static const char *const AREA_KINDS[] = {"useful", "living", "total"};

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

gboolean
qonys_norm_equal (const QonysNorm *a, const QonysNorm *b)
{
  return a->norm_m2 == b->norm_m2 && a->area_kind == b->area_kind &&
         a->exempt_relatives == b->exempt_relatives && a->future_only == b->future_only &&
         a->count_existing == b->count_existing && a->valid_from == b->valid_from;
}

char *
qonys_norm_to_text (const QonysNorm *norm)
{
  char m2[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *day = qonys_day_to_iso (norm->valid_from);

  return g_strdup_printf (
      "m2=%s;area=%s;exempt_relatives=%d;future_only=%d;count_existing=%d;valid_from=%s",
      g_ascii_formatd (m2, sizeof m2, "%.15g", norm->norm_m2), AREA_KINDS[norm->area_kind],
      norm->exempt_relatives, norm->future_only, norm->count_existing, day);
}

static gboolean
read_part (const char *name, const char *value, QonysNorm *norm)
{
  gboolean is_on = g_str_equal (value, "1");
  char *end;

  if (g_str_equal (name, "m2")) {
    norm->norm_m2 = g_ascii_strtod (value, &end);
    return *end == '\0' && norm->norm_m2 >= 1 && norm->norm_m2 <= 50;
  }
  if (g_str_equal (name, "area")) {
    for (guint i = 0; i < G_N_ELEMENTS (AREA_KINDS); i++)
      if (g_str_equal (value, AREA_KINDS[i])) {
        norm->area_kind = i;
        return TRUE;
      }
    return FALSE;
  }
  if (g_str_equal (name, "exempt_relatives"))
    norm->exempt_relatives = is_on;
  else if (g_str_equal (name, "future_only"))
    norm->future_only = is_on;
  else if (g_str_equal (name, "count_existing"))
    norm->count_existing = is_on;
  else if (g_str_equal (name, "valid_from") && !qonys_day_parse (value, &norm->valid_from))
    norm->valid_from = QONYS_DAY_MISSING;
  return TRUE;
}

gboolean
qonys_norm_parse (const char *text, QonysNorm *norm)
{
  QonysNorm read = qonys_norm_get_default ();
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    char *value = strchr (parts[i], '=');

    if (value == NULL)
      return FALSE;
    *value++ = '\0';
    if (!read_part (parts[i], value, &read))
      return FALSE;
  }
  *norm = read;
  return TRUE;
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
