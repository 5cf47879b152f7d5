/* The sentences a picture must bear: whose number, of when, by which norm, what is hidden. A
 * dozen strings a release, in the language now set. */

#include "release/release-private.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
add_part (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, "; ");
  g_string_append (text, part);
}

static void add_format (GString *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_format (GString *text, const char *format, ...)
{
  g_autofree char *part = NULL;
  va_list arguments;

  va_start (arguments, format);
  part = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_part (text, part);
}

static void
add_hidden (GString *text, guint n, gint64 threshold)
{
  if (n > 0)
    add_format (text,
                g_dngettext (GETTEXT_PACKAGE,
                             "hidden in %u district: fewer than %d, or told by the total",
                             "hidden in %u districts: fewer than %d, or told by the total", n),
                n, (int)threshold);
}

/* ---- the statistic ---- */

/* The resolution's own figure for a statistic of the whole city. */
static const QonysFigure *
find_figure (const QonysStatistic *statistic)
{
  static const struct {
    const char *statistic_id, *figure_id;
  } figures[] = {
      {"arrivals", "F17"},   {"departures", "F18"},      {"balance", "F19"},
      {"operations", "F05"}, {"fines_collected", "F09"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if (g_str_equal (figures[i].statistic_id, statistic->id))
      return qonys_catalogue_find_figure (figures[i].figure_id);
  return NULL;
}

/* ---- time ---- */

char *
_qonys_release_describe_period (const QonysRelease *release)
{
  g_autofree char *period = NULL;

  if (qonys_period_is_open (&release->safe->period))
    return NULL;
  period = qonys_period_format (&release->safe->period);
  return g_strdup_printf (_qonys_release_is_official (release) ? _ ("Period: %s")
                                                               : _ ("Period: %s (whole quarters)"),
                          period);
}

/* Of what time a number is, or that it is of none. */
static void
add_period (GString *text, const QonysRelease *release, gboolean is_of_period)
{
  g_autofree char *period = NULL;

  if (qonys_period_is_open (&release->safe->period))
    return;
  period = qonys_period_format (&release->safe->period);
  add_part (text, is_of_period ? period : _ ("not divided by time"));
}

static void
add_undated (GString *text, const QonysRelease *release, QonysRecordType type)
{
  gsize n = qonys_timeline_count_undated (release->project, type);
  g_autofree char *number = NULL;

  if (n == 0 || qonys_period_is_open (&release->safe->period))
    return;
  number = qonys_format_int ((gint64)n);
  add_format (text, _ ("records without a date, left out: %s"), number);
}

static void
add_city_value (GString *text, const QonysSafeStatistic *safe)
{
  /* A figure of the resolution is of its own period. */
  const QonysFigure *figure = safe->is_of_period ? NULL : find_figure (safe->statistic);
  QonysSafeValue city = _qonys_safe_get_city_value (safe);
  g_autofree char *value = NULL;

  if (figure != NULL && (city.state == QONYS_VALUE_MISSING || city.value == figure->value)) {
    add_part (text, qonys_text3_get (&figure->period));
    value = qonys_figure_format (figure);
  } else if (safe->day != QONYS_DAY_MISSING && !safe->is_of_period) {
    g_autofree char *day = qonys_format_day (safe->day);

    add_format (text, _ ("as of %s"), day);
  }
  if (value == NULL && city.state == QONYS_VALUE_SHOWN)
    value = qonys_statistic_format (safe->statistic, city.value);
  if (value == NULL)
    return;
  if (safe->statistic->is_rate)
    add_format (text, _ ("the city as a whole: %s"), value);
  else
    add_format (text, _ ("city total %s"), value);
}

static char *
describe_statistic (const QonysContent *content, const QonysRelease *release)
{
  const QonysSafeStatistic *safe = _qonys_safe_find_statistic (release->safe, content->statistic);
  GString *text = g_string_new (NULL);
  guint n_hidden = 0, n_known = 0;

  add_period (text, release, safe->is_of_period);
  add_city_value (text, safe);
  for (guint i = 0; i < safe->units->districts->len; i++) {
    n_hidden += safe->values[i].state == QONYS_VALUE_SUPPRESSED;
    n_known += safe->values[i].state != QONYS_VALUE_MISSING;
  }
  if (n_known == 0)
    add_part (text, safe->is_of_period ? _ ("district data: none in this period")
                                       : _ ("district data: none loaded"));
  add_hidden (text, n_hidden, release->threshold);
  return g_string_free (text, FALSE);
}

/* ---- the layers ---- */

char *
_qonys_norm_describe (const QonysNorm *norm)
{
  GString *text = g_string_new (NULL);
  g_autofree char *size = qonys_format_decimal (norm->norm_m2, 1);
  g_autofree char *day = qonys_format_day (norm->valid_from);

  switch (norm->area_kind) {
  case QONYS_AREA_LIVING:
    add_format (text, _ ("Norm: %s m² of living area a person"), size);
    break;
  case QONYS_AREA_TOTAL:
    add_format (text, _ ("Norm: %s m² of total area a person"), size);
    break;
  default:
    add_format (text, _ ("Norm: %s m² of useful area a person"), size);
  }
  add_part (text, norm->exempt_relatives ? _ ("relatives not counted") : _ ("relatives counted"));
  if (norm->future_only)
    add_format (text, _ ("registrations since %s only"), day);
  return g_string_free (text, FALSE);
}

gint64
_qonys_release_get_n_norm_unknown (const QonysRelease *release)
{
  gsize n =
      qonys_table_get_n_rows (qonys_project_get_table (release->project, QONYS_RECORD_DWELLING));
  gint64 n_unknown = 0;

  for (gsize row = 0; row < n; row++)
    n_unknown += release->safe->excess[row] == QONYS_INT_MISSING;
  return n_unknown;
}

static char *
describe_overcrowded (const QonysRelease *release)
{
  g_autofree char *norm = _qonys_norm_describe (qonys_project_get_norm (release->project));
  GString *text = g_string_new (norm);
  gint64 n_unknown = _qonys_release_get_n_norm_unknown (release);

  if (release->safe->is_upper_bound)
    add_part (text, _ ("upper bound: where it is not known who is a relative all are counted"));
  if (n_unknown >= release->threshold) {
    g_autofree char *number = qonys_format_int (n_unknown);

    add_format (text, _ ("dwellings whose area or registrants are unknown, left out: %s"), number);
  }
  add_period (text, release, FALSE);
  return g_string_free (text, FALSE);
}

static char *
describe_fictitious (const QonysRelease *release)
{
  gboolean is_official = _qonys_release_is_official (release);
  GString *text =
      g_string_new (_ ("Suspected or confirmed; a suspicion is no proof, a person decides"));

  add_period (text, release, is_official);
  if (is_official)
    add_undated (text, release, QONYS_RECORD_SUSPICION);
  return g_string_free (text, FALSE);
}

/* The rows of a period, each by itself. */
static char *
describe_official_raids (const QonysRelease *release)
{
  GString *text = g_string_new (NULL);

  if (qonys_period_is_open (&release->safe->period)) {
    g_string_free (text, TRUE);
    return NULL;
  }
  add_period (text, release, TRUE);
  add_undated (text, release, QONYS_RECORD_OPERATION);
  return g_string_free (text, FALSE);
}

/* Of whole quarters. */
static void
add_raids_of_period (GString *text, const QonysRelease *release)
{
  QonysSafeValue city = _qonys_safe_get_city_value (
      _qonys_safe_find_statistic (release->safe, qonys_statistic_find ("operations")));
  g_autofree char *period = qonys_period_format (&release->safe->period);

  add_format (text,
              _qonys_safe_has_violations (release->safe) ? _ ("Violations found, by district, %s")
                                                         : _ ("Operations by district, %s"),
              period);
  if (city.state == QONYS_VALUE_SHOWN) {
    g_autofree char *number = qonys_format_int (llround (city.value));

    add_format (text, _ ("operations in the city: %s"), number);
  } else if (city.state == QONYS_VALUE_MISSING) {
    add_part (text, _ ("no data of this period"));
  }
}

static void
add_raids_of_year (GString *text, const QonysRelease *release)
{
  const QonysSafeOperations *operations = release->safe->operations;
  int year = operations->first_year + (int)operations->n_years - 1;
  gssize city = _qonys_operations_find (operations, QONYS_CITY_KATO, year, QONYS_YEAR_TOTAL);

  if (_qonys_safe_has_violations (release->safe))
    add_format (text, _ ("Violations found, by district, year %d"), year);
  else
    add_format (text, _ ("Operations by district, year %d"), year);
  if (!operations->is_hidden[city]) {
    g_autofree char *number = qonys_format_int (operations->counts[city]);

    add_format (text, _ ("operations in the city: %s"), number);
  }
}

static char *
describe_raids (const QonysRelease *release)
{
  GString *text = g_string_new (NULL);
  guint n_hidden = 0;

  if (qonys_period_is_open (&release->safe->period))
    add_raids_of_year (text, release);
  else
    add_raids_of_period (text, release);
  for (guint i = 0; i < release->safe->raid_districts->len; i++)
    n_hidden +=
        _qonys_safe_get_raids (release->safe, g_ptr_array_index (release->safe->raid_districts, i))
            .state == QONYS_VALUE_SUPPRESSED;
  add_hidden (text, n_hidden, release->threshold);
  return g_string_free (text, FALSE);
}

static char *
compose_watermark (const QonysContent *content, const QonysRelease *release)
{
  g_autofree char *today = qonys_format_day (qonys_day_today ());

  /* The mark itself is the same in every language: it is an office's stamp. */
  return g_strdup_printf ("%s · %s · %s · %s",
                          content->is_synthetic
                              ? "ОҚУ ДЕРЕКТЕРІ / УЧЕБНЫЕ ДАННЫЕ"
                              : "Қызмет бабында пайдалану үшін / Для служебного пользования",
                          release->purpose, g_get_user_name (), today);
}

void
_qonys_content_add_notes (QonysContent *content, const QonysRelease *release)
{
  if (content->statistic != NULL)
    content->statistic_note = describe_statistic (content, release);
  if (release->safe->has_suspicions)
    content->layer_notes[QONYS_LAYER_FICTITIOUS] = describe_fictitious (release);
  if (release->safe->has_dwellings)
    content->layer_notes[QONYS_LAYER_OVERCROWDED] = describe_overcrowded (release);
  if (release->safe->operations->n_years > 0)
    content->layer_notes[QONYS_LAYER_RAIDS] = _qonys_release_is_official (release)
                                                  ? describe_official_raids (release)
                                                  : describe_raids (release);
  content->period_note = _qonys_release_describe_period (release);
  if (release->audience != QONYS_AUDIENCE_PUBLIC)
    content->watermark = compose_watermark (content, release);
}
