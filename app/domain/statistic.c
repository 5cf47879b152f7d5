/* The numbers districts are coloured by: a dozen, each a ratio or a sum of a summary. Rates stand
 * before counts, and none of them is a score that accuses anybody. */

#include "domain/statistic.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How a value comes from the summary: value = scale × numerator / denominator, or the numerator
 * alone. */
typedef struct {
  QonysStatistic public;
  double scale;
  gsize numerator, denominator; /* OF (field of QonysSummary); 0 none */
  const char *record_id;        /* the catalogue's indicator that means just this, if any */
} Statistic;

#define OF(field) (G_STRUCT_OFFSET (QonysSummary, field) + 1)

static const Statistic STATISTICS[] = {
    {{"overcrowded_share", "I03", N_ ("Overcrowded addresses, share"), N_ ("%"), TRUE, 1,
      QONYS_RECORD_DWELLING},
     100,
     OF (n_overcrowded),
     OF (n_norm_known)},
    {{"above_norm_per_1000", "I03", N_ ("Registrants above the norm, rate"),
      N_ ("per 1 000 registered"), TRUE, 1, QONYS_RECORD_DWELLING},
     1000,
     OF (n_above_norm),
     OF (n_registered)},
    {{"area_per_person", "I02", N_ ("Useful floor area per registered person"), N_ ("m² a person"),
      TRUE, 1, QONYS_RECORD_DWELLING},
     1,
     OF (area_useful_m2),
     OF (n_registered_area),
     "I02"},
    {{"turnover", "I05", N_ ("Registration turnover"), N_ ("per registered and year"), TRUE, 2,
      QONYS_RECORD_DWELLING},
     1,
     OF (turnover),
     OF (n_registered_turnover),
     "I05"},
    {{"suspected_per_1000", NULL, N_ ("Suspected fictitious registrations, rate"),
      N_ ("per 1 000 dwellings"), TRUE, 1, QONYS_RECORD_SUSPICION},
     1000,
     OF (n_suspected),
     OF (n_dwellings)},
    {{"let_unregistered_share", "I07", N_ ("Let dwellings with no tenant registered, share"),
      N_ ("%"), TRUE, 1, QONYS_RECORD_DWELLING},
     100,
     OF (n_let_unregistered),
     OF (n_let),
     "I07"},
    {{"violations_per_100_checked", "I10", N_ ("Violations found per check"),
      N_ ("per 100 persons checked"), TRUE, 1, QONYS_RECORD_OPERATION},
     100,
     OF (n_violations),
     OF (n_persons_checked)},
    {{"registered", "I01", N_ ("Persons registered"), N_ ("persons"), FALSE, 0,
      QONYS_RECORD_DWELLING},
     1,
     OF (n_registered),
     0,
     "I01"},
    {{"above_norm", "I03", N_ ("Registrants above the norm"), N_ ("persons"), FALSE, 0,
      QONYS_RECORD_DWELLING},
     1,
     OF (n_above_norm),
     0,
     "I03"},
    {{"suspected", NULL, N_ ("Suspected fictitious registrations"), N_ ("dwellings"), FALSE, 0,
      QONYS_RECORD_SUSPICION},
     1,
     OF (n_suspected),
     0},
    {{"operations", "I09", N_ ("Raid operations"), N_ ("operations"), FALSE, 0,
      QONYS_RECORD_OPERATION},
     1,
     OF (n_operations),
     0,
     "I09"},
    {{"violations", "I10", N_ ("Violations found"), N_ ("cases"), FALSE, 0, QONYS_RECORD_OPERATION},
     1,
     OF (n_violations),
     0,
     "I10"},
    {{"fines_collected", "I11", N_ ("Fines collected"), N_ ("₸"), FALSE, 0, QONYS_RECORD_OPERATION},
     1,
     OF (fines_collected_kzt),
     0,
     "I11"},
    {{"arrivals", "I13", N_ ("Arrivals"), N_ ("persons"), FALSE, 0, QONYS_RECORD_FLOW},
     1,
     OF (n_arrivals),
     0},
    {{"departures", "I13", N_ ("Departures"), N_ ("persons"), FALSE, 0, QONYS_RECORD_FLOW},
     1,
     OF (n_departures),
     0},
    {{"balance", "I13", N_ ("Migration balance (saldo)"), N_ ("persons"), FALSE, 0,
      QONYS_RECORD_FLOW},
     1,
     0,
     0,
     "I13"},
};

const QonysStatistic *
qonys_statistics_get (guint i)
{
  return i < G_N_ELEMENTS (STATISTICS) ? &STATISTICS[i].public : NULL;
}

const QonysStatistic *
qonys_statistic_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATISTICS); i++)
    if (g_str_equal (STATISTICS[i].public.id, id))
      return &STATISTICS[i].public;
  return NULL;
}

/* One number of a summary as a double; NaN if missing. */
static double
get (const QonysSummary *summary, gsize offset, gint64 *count)
{
  *count = QONYS_BIG_MISSING;
  if (offset == OF (area_useful_m2))
    return summary->area_useful_m2;
  *count = G_STRUCT_MEMBER (gint64, summary, offset - 1);
  return *count == QONYS_BIG_MISSING ? NAN : (double)*count;
}

/* A value somebody loaded for just this place: the latest. */
static double
find_loaded (const Statistic *self, const QonysProject *project, const char *kato)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_INDICATOR);
  double value = NAN;
  QonysDay latest = QONYS_DAY_MISSING;

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    const char *id = qonys_table_get_text (table, row, QONYS_INDICATOR_ID);
    const char *place = qonys_table_get_text (table, row, QONYS_INDICATOR_PLACE_REF);
    QonysDay day = qonys_table_get_int (table, row, QONYS_INDICATOR_PERIOD_END);

    if ((g_strcmp0 (id, self->public.id) == 0 || g_strcmp0 (id, self->record_id) == 0) &&
        g_strcmp0 (place, kato) == 0 && day >= latest) {
      value = qonys_table_get_decimal (table, row, QONYS_INDICATOR_VALUE);
      latest = day;
    }
  }
  return value;
}

QonysStatisticValue
qonys_statistic_compute (const QonysStatistic *statistic, const QonysProject *project,
                         const char *kato, const QonysSummary *summary)
{
  const Statistic *self = (const Statistic *)statistic;
  QonysStatisticValue result = {find_loaded (self, project, kato), QONYS_BIG_MISSING,
                                QONYS_BIG_MISSING};
  double numerator, denominator;

  G_STATIC_ASSERT (G_STRUCT_OFFSET (Statistic, public) == 0);
  if (!isnan (result.value))
    return result;

  if (self->numerator == 0) { /* the balance */
    if (summary->n_arrivals != QONYS_BIG_MISSING && summary->n_departures != QONYS_BIG_MISSING)
      result.value = summary->n_arrivals - summary->n_departures;
    return result;
  }

  numerator = get (summary, self->numerator, &result.numerator);
  if (self->denominator == 0) {
    result.value = numerator;
    return result;
  }
  denominator = get (summary, self->denominator, &result.denominator);
  if (denominator > 0)
    result.value = self->scale * numerator / denominator;
  return result;
}

QonysDay
qonys_statistic_get_day (const QonysStatistic *statistic, const QonysProject *project)
{
  QonysDay day = qonys_project_get_data_day (project, statistic->source);

  if (day == QONYS_DAY_MISSING)
    day = qonys_project_get_data_day (project, QONYS_RECORD_INDICATOR);
  return day;
}

char *
qonys_statistic_format (const QonysStatistic *statistic, double value)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return g_strdup ("–");
  if (statistic->decimals > 0) {
    number = qonys_format_decimal (value, statistic->decimals);
  } else {
    gulong n = (gulong)llround (fabs (value));

    number = qonys_format_int (llround (value));
    if (g_str_equal (statistic->unit, "persons"))
      return g_strdup_printf (ngettext ("%s person", "%s persons", n), number);
    if (g_str_equal (statistic->unit, "dwellings"))
      return g_strdup_printf (ngettext ("%s dwelling", "%s dwellings", n), number);
    if (g_str_equal (statistic->unit, "operations"))
      return g_strdup_printf (ngettext ("%s operation", "%s operations", n), number);
    if (g_str_equal (statistic->unit, "cases"))
      return g_strdup_printf (ngettext ("%s case", "%s cases", n), number);
  }
  /* One line holds both, and two numbers are not read as one: Kazakh says «1 000 тіркелгенге». */
  return g_strdup_printf (g_ascii_isdigit (*_ (statistic->unit)) ? "%s\u00a0(%s)" : "%s\u00a0%s",
                          number, _ (statistic->unit));
}
