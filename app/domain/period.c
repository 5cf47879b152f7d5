/* Stretches of time: two days each, made by the dozen a second while a time bar is dragged. Dates
 * only, in Astana's own calendar: there is no clock in what is known of a day. */

#include "domain/period.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
qonys_period_is_open (const QonysPeriod *period)
{
  return period == NULL || (period->from == QONYS_DAY_MISSING && period->to == QONYS_DAY_MISSING);
}

gboolean
qonys_period_equal (const QonysPeriod *a, const QonysPeriod *b)
{
  return a->from == b->from && a->to == b->to;
}

gboolean
qonys_period_meets (const QonysPeriod *period, QonysDay first, QonysDay last)
{
  return (period->from == QONYS_DAY_MISSING || last >= period->from) &&
         (period->to == QONYS_DAY_MISSING || first < period->to);
}

/* ---- steps ---- */

static const char *const STEP_IDS[QONYS_N_STEPS] = {"month", "quarter", "week"};

const char *
qonys_step_get_id (QonysStep step)
{
  return STEP_IDS[step];
}

gboolean
qonys_step_parse (const char *id, QonysStep *step)
{
  for (guint i = 0; i < QONYS_N_STEPS; i++)
    if (g_str_equal (STEP_IDS[i], id)) {
      *step = i;
      return TRUE;
    }
  return FALSE;
}

/* Months since the year 0. */
static QonysDay
from_months (int months)
{
  return qonys_day_from_ymd (months / 12, months % 12 + 1, 1);
}

static int
to_months (QonysDay day)
{
  int year, month;

  qonys_day_get_ymd (day, &year, &month, NULL);
  return year * 12 + month - 1;
}

QonysDay
qonys_step_get_start (QonysStep step, QonysDay day)
{
  int months;

  if (step == QONYS_STEP_WEEK) {
    int weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */

    return day - (weekday < 0 ? weekday + 7 : weekday);
  }
  months = to_months (day);
  return from_months (step == QONYS_STEP_QUARTER ? months - months % 3 : months);
}

QonysDay
qonys_step_add (QonysStep step, QonysDay start, int n)
{
  if (step == QONYS_STEP_WEEK)
    return start + 7 * n;
  return from_months (to_months (start) + n * (step == QONYS_STEP_QUARTER ? 3 : 1));
}

QonysPeriod
qonys_period_widen (const QonysPeriod *period, QonysStep step)
{
  QonysPeriod wide = *period;

  if (wide.from != QONYS_DAY_MISSING)
    wide.from = qonys_step_get_start (step, wide.from);
  if (wide.to != QONYS_DAY_MISSING && qonys_step_get_start (step, wide.to) != wide.to)
    wide.to = qonys_step_add (step, qonys_step_get_start (step, wide.to), 1);
  return wide;
}

/* ---- in words ---- */

static char *
format_month (int months)
{
  static const char *const NAMES[12] = {
      N_ ("January"),   N_ ("February"), N_ ("March"),    N_ ("April"),
      N_ ("May"),       N_ ("June"),     N_ ("July"),     N_ ("August"),
      N_ ("September"), N_ ("October"),  N_ ("November"), N_ ("December"),
  };

  /* Translators: a month of a year: “March 2024” */
  return g_strdup_printf (C_ ("month", "%1$s %2$d"), _ (NAMES[months % 12]), months / 12);
}

static char *
format_quarter (int months)
{
  static const char *const ROMAN[4] = {"I", "II", "III", "IV"};

  /* Translators: a quarter of a year: “quarter I of 2023” */
  return g_strdup_printf (_ ("quarter %1$s of %2$d"), ROMAN[months % 12 / 3], months / 12);
}

/* The first and last of whole years, quarters or months; NULL if it is none of them. */
static char *
format_whole (QonysDay from, QonysDay to)
{
  int first = to_months (from), last = to_months (to) - 1;
  g_autofree char *begin = NULL, *end = NULL;

  if (from_months (first) != from || from_months (last + 1) != to || last < first)
    return NULL;
  if (first % 12 == 0 && last % 12 == 11)
    return first / 12 == last / 12 ? g_strdup_printf ("%d", first / 12)
                                   : g_strdup_printf ("%d–%d", first / 12, last / 12);
  if (first % 3 == 0 && last % 3 == 2) {
    begin = format_quarter (first);
    end = format_quarter (last);
  } else {
    begin = format_month (first);
    end = format_month (last);
  }
  return g_str_equal (begin, end) ? g_steal_pointer (&begin)
                                  : g_strdup_printf ("%s – %s", begin, end);
}

char *
qonys_period_format (const QonysPeriod *period)
{
  g_autofree char *begin = NULL, *end = NULL;
  char *whole;

  if (qonys_period_is_open (period))
    return g_strdup (_ ("all dates"));
  begin = qonys_format_day (period->from);
  end = qonys_format_day (period->to == QONYS_DAY_MISSING ? period->to : period->to - 1);
  if (period->from == QONYS_DAY_MISSING)
    return g_strdup_printf (_ ("until %s"), end);
  if (period->to == QONYS_DAY_MISSING)
    return g_strdup_printf (_ ("since %s"), begin);
  whole = format_whole (period->from, period->to);
  return whole != NULL ? whole : g_strdup_printf ("%s – %s", begin, end);
}
