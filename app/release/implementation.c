/* The information on implementation that item 5 of the resolution asks for: every measure with what
 * is known of it, and the districts as a map and a table. Made some times a year; about 50 ms a
 * language. */

#include "release/pages-private.h"

#include "base/error.h"
#include "base/fold.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "domain/words.h"
#include "domain/workflow.h"
#include "privacy/identifier.h"
#include "release/release-private.h"

#include <glib/gi18n-lib.h>

#define REPORT_ITEM "5"
#define MAP_WIDTH_PT 760.0
#define MAP_HEIGHT_PT 250.0

/* ---- when it is due ---- */

static const char *
get_day_off (QonysDay day)
{
  return ((day + 3) % 7 + 7) % 7 == 5 ? _ ("Saturday") : _ ("Sunday");
}

/* What the resolution says and what is our reckoning are kept apart. */
static void
add_deadline (const QonysPlan *plan, QonysDocument *document)
{
  const QonysMeasure *original = qonys_catalogue_find_measure (REPORT_ITEM);
  const QonysEntry *measure = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, REPORT_ITEM);
  QonysDay base, due, end;
  g_autofree char *base_text = NULL, *due_text = NULL, *end_text = NULL, *line = NULL;
  g_autofree char *rule = NULL;
  const char *reason;

  if (measure == NULL)
    return;
  base = qonys_entry_get_day (measure, QONYS_MEASURE_BASE_DAY);
  due = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);
  reason = qonys_entry_get (measure, QONYS_MEASURE_BASE_REASON);
  rule = g_strdup_printf ("%s: %s", _ ("Deadline"), qonys_text3_get (&original->deadline_text));
  qonys_document_add_text (document, rule, FALSE);
  if (base == QONYS_DAY_MISSING || due == QONYS_DAY_MISSING)
    return;
  end = qonys_deadline_get_end (base, qonys_entry_get (measure, QONYS_MEASURE_DEADLINE_RULE));
  base_text = qonys_format_day (base);
  due_text = qonys_format_day (due);
  end_text = qonys_format_day (end);
  if (end != QONYS_DAY_MISSING && end != due)
    /* Translators: days, and the weekday of the second */
    line = g_strdup_printf (
        _ ("The time runs from %s and ends on %s (%s); the next working day is %s."), base_text,
        end_text, get_day_off (end), due_text);
  else
    line = g_strdup_printf (_ ("The time runs from %s and ends on %s."), base_text, due_text);
  qonys_document_add_text (document, line, FALSE);
  if (qonys_entry_get_bool (measure, QONYS_MEASURE_IS_BASE_ASSUMED))
    qonys_document_add_text (
        document,
        _ ("Assumed: the resolution does not say from which day the month runs; the days are our "
           "reckoning, not its words."),
        FALSE);
  if (reason != NULL) {
    g_autofree char *why = g_strdup_printf (_ ("Why from this day: %s"), reason);

    qonys_document_add_text (document, why, FALSE);
  }
}

/* ---- the measures ---- */

/* The city's value of an indicator, as the audience may see it; NULL if none is known. */
static char *
describe_now (const QonysRelease *release, const char *indicator)
{
  for (guint i = 0; indicator != NULL && qonys_statistics_get (i) != NULL; i++) {
    const QonysStatistic *statistic = qonys_statistics_get (i);
    const QonysSafeStatistic *safe;
    QonysSafeValue value;
    g_autofree char *words = NULL, *day = NULL;

    if (g_strcmp0 (statistic->indicator_id, indicator) != 0)
      continue;
    safe = _qonys_safe_find_statistic (release->safe, statistic);
    value = _qonys_safe_get_city_value (safe);
    if (value.state != QONYS_VALUE_SHOWN)
      continue;
    words = qonys_statistic_format (statistic, value.value);
    day = qonys_format_day (safe->day);
    /* Translators: what is counted, its value in the city and the day of the data */
    return g_strdup_printf (_ ("%s now: %s (data as of %s)"), _ (statistic->title), words, day);
  }
  return NULL;
}

static char *
dup_effect (const QonysRelease *release, const QonysEntry *measure)
{
  g_autofree char *expected = _qonys_measure_describe_effect (measure);
  g_autofree char *now =
      describe_now (release, qonys_entry_get (measure, QONYS_MEASURE_EFFECT_INDICATOR));

  return now == NULL ? g_steal_pointer (&expected) : g_strdup_printf ("%s\n%s", expected, now);
}

static char *
join_bodies (const QonysEntry *measure)
{
  g_auto (GStrv) bodies = qonys_measure_dup_bodies (measure);
  GString *text = g_string_new (NULL);

  for (char **body = bodies; *body != NULL; body++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ";\n" : "", qonys_body_get_title (*body));
  if (text->len == 0)
    g_string_append (text, qonys_body_get_title (NULL));
  return g_string_free (text, FALSE);
}

static char *
dup_due (const QonysEntry *measure)
{
  QonysDay due = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);
  GString *text = g_string_new (NULL);
  g_autofree char *day = qonys_format_day (due);

  g_string_append (text, day);
  if (due != QONYS_DAY_MISSING && qonys_entry_get_bool (measure, QONYS_MEASURE_IS_BASE_ASSUMED))
    g_string_append_printf (text, "\n%s", _ ("assumed"));
  if (qonys_workflow_is_overdue (measure, qonys_day_today ()))
    g_string_append_printf (text, "\n%s", _ ("overdue by our reckoning"));
  return g_string_free (text, FALSE);
}

/* A status that nothing proves is said to be one. */
static void
add_measure (const QonysRelease *release, const QonysEntry *measure, GHashTable *evidence,
             QonysDocument *document)
{
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);
  const char *proof = g_hash_table_lookup (evidence, qonys_entry_get_id (measure));
  gboolean hides = _qonys_release_hides_evidence (release);
  gboolean is_bare = status != NULL && !g_str_equal (status, "no_information") && proof == NULL;
  g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
  g_autofree char *name = g_strdup_printf (
      "%s%s%s", title, qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED) ? "\n" : "",
      qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED) ? _ ("recommendation") : "");
  g_autofree char *state =
      g_strdup_printf ("%s%s%s", qonys_status_get_title (status), is_bare && hides ? ";\n" : "",
                       is_bare && hides ? _ ("no evidence named") : "");
  g_autofree char *bodies = join_bodies (measure), *due = dup_due (measure);
  g_autofree char *effect = dup_effect (release, measure);
  const char *number =
      qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN) ? "+" : qonys_entry_get_id (measure);
  const char *shown = proof != NULL ? proof : is_bare ? _ ("no evidence named") : "–";
  const char *const open[] = {number, name, bodies, state, due, effect};
  const char *const whole[] = {number, name, bodies, state, due, effect, shown};

  qonys_document_add_row (document, -1, hides ? open : whole);
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = qonys_entry_dup_text (*(QonysEntry *const *)a, QONYS_MEASURE_TITLE_KK);
  g_autofree char *y = qonys_entry_dup_text (*(QonysEntry *const *)b, QONYS_MEASURE_TITLE_KK);

  return qonys_collate_kk (x, y);
}

/* Of the resolution in its order; people's own by the Kazakh alphabet. */
static GPtrArray *
list_measures (const QonysPlan *plan, gboolean are_own)
{
  const GPtrArray *all = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  GPtrArray *measures = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (qonys_entry_get_bool (all->pdata[i], QONYS_MEASURE_IS_OWN) == are_own)
      g_ptr_array_add (measures, all->pdata[i]);
  if (are_own)
    g_ptr_array_sort (measures, compare_titles);
  return measures;
}

static void
add_measures (const QonysRelease *release, const QonysPlan *plan, gboolean are_own,
              QonysDocument *document)
{
  static const double shares[] = {0.5, 2.8, 2.4, 1.5, 1.2, 2.4, 2};
  const char *const heads[] = {_ ("No."),          _ ("Measure"), _ ("Responsible body"),
                               _ ("Status"),       _ ("Due"),     _ ("Expected effect"),
                               _ ("Last evidence")};
  g_autoptr (GPtrArray) measures = list_measures (plan, are_own);
  g_autoptr (GHashTable) evidence = _qonys_plan_index_evidence (plan);

  if (measures->len == 0)
    return;
  qonys_document_add_heading (document, are_own ? _ ("Not of the resolution")
                                                : _ ("Items of the resolution"));
  qonys_document_add_table (document, _qonys_release_hides_evidence (release) ? 6 : 7, shares,
                            heads);
  for (guint i = 0; i < measures->len; i++)
    add_measure (release, measures->pdata[i], evidence, document);
}

static void
add_overdue (const QonysPlan *plan, QonysDocument *document)
{
  g_autoptr (GPtrArray) measures = list_measures (plan, FALSE);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *today = qonys_format_day (qonys_day_today ()), *line = NULL;

  for (guint i = 0; i < measures->len; i++)
    if (qonys_workflow_is_overdue (measures->pdata[i], qonys_day_today ()))
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? ", " : "",
                              qonys_entry_get_id (measures->pdata[i]));
  line = ids->len > 0
             /* Translators: a day, then numbers of items of the resolution */
             ? g_strdup_printf (_ ("Overdue by our reckoning on %s: item %s"), today, ids->str)
             : g_strdup_printf (_ ("Nothing is overdue on %s."), today);
  qonys_document_add_text (document, line, FALSE);
}

/* ---- the annex ---- */

/* The map and the table are of one content: a number stands in both or in neither. */
static void
add_districts (const QonysRelease *release, QonysDocument *document)
{
  static const double shares[] = {3, 1.5, 3};
  const QonysContent *content = release->content;
  const QonysStatistic *statistic = content->statistic;
  const char *const heads[] = {_ ("District"), _ ("Value"), ""};
  QonysBox box = qonys_districts_get_main_box (qonys_project_get_districts (release->project));
  QonysStyle style = qonys_style_get_default ();
  g_autofree char *title = g_strdup_printf (_ ("Annex: districts, %s"), _ (statistic->title));

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_DISTRICTS;
  style.has_items = style.has_annotations = FALSE;
  qonys_document_add_heading (document, title);
  qonys_document_add_map (document, &style, &box, NULL, MAP_WIDTH_PT, MAP_HEIGHT_PT);
  qonys_document_add_table (document, G_N_ELEMENTS (heads), shares, heads);
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);
    g_autofree char *value = qonys_statistic_format (statistic, mark->value);
    const char *const cells[] = {
        qonys_kato_get_title (mark->district->kato),
        mark->state == QONYS_VALUE_SHOWN ? value : "–",
        mark->state == QONYS_VALUE_SUPPRESSED ? _ ("hidden value") : "",
    };

    qonys_document_add_row (document, -1, cells);
  }
}

static QonysDay
get_data_day (const QonysProject *project)
{
  QonysDay newest = QONYS_DAY_MISSING;

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    newest = MAX (newest, qonys_project_get_data_day (project, type));
  return newest;
}

static void
add_data_note (const QonysRelease *release, QonysDocument *document)
{
  QonysDay day = get_data_day (release->project);
  g_autofree char *day_text = qonys_format_day (day), *line = NULL;

  line = day == QONYS_DAY_MISSING
             ? g_strdup (_ ("No data are loaded: statuses only."))
             : g_strdup_printf (_ ("The numbers of the table and of the map are of one state of "
                                   "the data, as of %s."),
                                day_text);
  qonys_document_add_text (document, line, TRUE);
}

/* ---- the whole ---- */

static QonysDocument *
make_document (const QonysRelease *release, const QonysPlan *plan, const char *recipient)
{
  const char *resolution = qonys_text3_get (&qonys_catalogue_get ()->document_title);
  g_autofree char *subtitle = recipient == NULL
                                  ? g_strdup (resolution)
                                  /* Translators: a document, then to whom it goes */
                                  : g_strdup_printf (_ ("%s\nTo: %s"), resolution, recipient);
  QonysDocument *document =
      qonys_document_new (release->content, _ ("Information on implementation"), subtitle);

  add_deadline (plan, document);
  add_overdue (plan, document);
  add_data_note (release, document);
  _qonys_document_add_hidden_note (release, document);
  add_measures (release, plan, FALSE, document);
  add_measures (release, plan, TRUE, document);
  add_districts (release, document);
  return document;
}

QonysPages *
qonys_release_make_implementation (QonysRelease *release, QonysPlan *plan,
                                   const QonysLanguage *languages, guint n_languages,
                                   const char *recipient, GError **error)
{
  const QonysStatistic *statistic =
      release->content->statistic != NULL ? release->content->statistic : qonys_statistics_get (0);
  g_autofree char *to = g_strstrip (g_strdup (recipient != NULL ? recipient : ""));
  QonysLanguage now = qonys_language_get ();
  QonysPages *pages;

  if (qonys_text_find_identifier (to) != QONYS_IDENTIFIER_NONE) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_REFUSED,
                         _ ("The recipient holds what looks like a person’s number, name or "
                            "phone. Write the body alone: it is kept in the log and printed on "
                            "what goes out."));
    return NULL;
  }
  pages = _qonys_pages_new_report (release, "implementation", _ ("Information on implementation"),
                                   *to != '\0' ? to : NULL);
  for (guint i = 0; i < MAX (n_languages, 1); i++) {
    g_autoptr (QonysRelease) translated = NULL;

    if (n_languages > 0)
      qonys_language_set (languages[i]);
    translated = qonys_release_with_statistic (release, statistic); /* its words are of this one */
    _qonys_pages_add (pages, make_document (translated, plan, *to != '\0' ? to : NULL));
  }
  if (qonys_language_get () != now)
    qonys_language_set (now);
  return pages;
}
