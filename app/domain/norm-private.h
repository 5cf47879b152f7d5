#pragma once

#include "domain/norm.h"

/* The columns a norm looks at, fetched once; each may be NULL. */
typedef struct {
  const double *area, *area_total;
  const gint32 *permanent, *temporary, *relatives, *after, *after_nonrelative;
} QonysNormColumns;

/* One dwelling as a norm sees it, but for its square metres. */
typedef struct {
  double area_m2;  /* NaN unknown */
  gint32 counted;  /* registrants that count; QONYS_INT_MISSING unknown */
  gint32 existing; /* earlier ones, who use up the limit */
  gboolean is_upper_bound, is_approximate;
} QonysNormRow;

QonysNormColumns _qonys_norm_get_columns (const QonysNorm *norm, const QonysTable *dwellings);
QonysNormRow _qonys_norm_read_row (const QonysNorm *norm, const QonysNormColumns *columns,
                                   gsize row);

/* Is anything known of such a dwelling under any number of square metres? */
static inline gboolean
_qonys_norm_row_is_known (const QonysNormRow *row)
{
  return row->area_m2 >= 0.0 && row->counted != QONYS_INT_MISSING;
}

/* floor (area / norm) of an area that is known, that is ≥ 0. */
static inline gint32
_qonys_norm_divide (double area_m2, double norm_m2)
{
  /* 34.8 / 11.6 is 2.9999999999999996 in binary: a thousandth of a millionth is no person. */
  double limit = area_m2 / norm_m2 + 1e-9;

  return (gint32)(limit < 1e9 ? limit : 1e9);
}

/* max (0, counted − max (0, limit − existing)): earlier registrants may fill the limit, but never
 * make newcomers of themselves. @upto: counted + existing */
static inline gint32
_qonys_norm_get_excess (gint32 upto, gint32 counted, gint32 limit)
{
  gint32 excess = upto - limit;

  excess = MIN (excess, counted);
  return MAX (excess, 0);
}

static inline gint32
_qonys_norm_get_upto (const QonysNormRow *row)
{
  return (gint32)MIN ((gint64)row->counted + row->existing, G_MAXINT32);
}
