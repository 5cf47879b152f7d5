#pragma once

#include "domain/summary.h"

G_BEGIN_DECLS

/** A number a district can be coloured by. Rates come before counts. */
typedef struct {
  const char *id;           /* "overcrowded_share"; word of --indicator */
  const char *indicator_id; /* catalogue: I03; NULL none */
  const char *title;        /* English msgid */
  const char *unit;         /* English msgid: "%", "per 1 000 dwellings" */
  gboolean is_rate;
  int decimals;
  QonysRecordType source;
} QonysStatistic;

/** All of them by number from 0 on, rates first; NULL behind the last. */
const QonysStatistic *qonys_statistics_get (guint i);
const QonysStatistic *qonys_statistic_find (const char *id); /* NULL if none */

/** A statistic of one place, with the counts it rests on, which the gate looks at. */
typedef struct {
  double value;     /* NaN: unknown */
  gint64 numerator; /* QONYS_BIG_MISSING where the statistic has none */
  gint64 denominator;
} QonysStatisticValue;

/**
 * qonys_statistic_compute:
 * @kato: the place: a district or %QONYS_CITY_KATO
 * @summary: its sums
 *
 * From rows in the project; where a loaded indicator record (same indicator, same place) says the
 * value, that is taken. The city's flow figures are never split into districts.
 */
QonysStatisticValue qonys_statistic_compute (const QonysStatistic *statistic,
                                             const QonysProject *project, const char *kato,
                                             const QonysSummary *summary);

/** The day whose districts a statistic is drawn on: the last of its data; missing if there are
 * none. */
QonysDay qonys_statistic_get_day (const QonysStatistic *statistic, const QonysProject *project);

/** "3,4 %": the value with its unit in the language now set; "–" if unknown. */
char *qonys_statistic_format (const QonysStatistic *statistic, double value);

G_END_DECLS
