/* Measures on paper: what each body owes, and one measure whole; of ten thousand measures some
 * 50 ms. */

#include "release/pages-private.h"

#include "base/fold.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "domain/words.h"
#include "domain/workflow.h"
#include "release/release-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

gboolean
_qonys_release_hides_evidence (const QonysRelease *release)
{
  return release->audience == QONYS_AUDIENCE_PUBLIC;
}

void
_qonys_document_add_hidden_note (const QonysRelease *release, QonysDocument *document)
{
  if (_qonys_release_hides_evidence (release))
    qonys_document_add_text (
        document, _ ("Evidence and comments are shown in the commission’s and the official view."),
        TRUE);
}

static char *
dup_name (const QonysEntry *measure)
{
  g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);

  return qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN)
             ? g_steal_pointer (&title)
             : g_strdup_printf ("%s. %s", qonys_entry_get_id (measure), title);
}

static char *
dup_status (const QonysEntry *measure)
{
  const char *title = qonys_status_get_title (qonys_entry_get (measure, QONYS_MEASURE_STATUS));

  if (!qonys_workflow_is_overdue (measure, qonys_day_today ()))
    return g_strdup (title);
  /* Translators: a status, then that the assumed due date is past */
  return g_strdup_printf (_ ("%s; overdue by our reckoning"), title);
}

/* ---- what bodies owe ---- */

/* Overdue ones are those due first; without a day last. */
static int
compare_due (gconstpointer a, gconstpointer b)
{
  const QonysEntry *x = *(QonysEntry *const *)a, *y = *(QonysEntry *const *)b;
  QonysDay first = qonys_entry_get_day (x, QONYS_MEASURE_DUE_DAY);
  QonysDay second = qonys_entry_get_day (y, QONYS_MEASURE_DUE_DAY);

  if (first == second)
    return strcmp (qonys_entry_get_id (x), qonys_entry_get_id (y));
  if (first == QONYS_DAY_MISSING || second == QONYS_DAY_MISSING)
    return first == QONYS_DAY_MISSING ? 1 : -1;
  return first < second ? -1 : 1;
}

/* Body's id ("" nobody) → its open measures. */
static GHashTable *
group_by_body (const QonysPlan *plan)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  GHashTable *groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < measures->len; i++) {
    g_auto (GStrv) bodies = qonys_measure_dup_bodies (measures->pdata[i]);
    char *nobody[] = {(char *)"", NULL};

    if (qonys_status_is_closed (qonys_entry_get (measures->pdata[i], QONYS_MEASURE_STATUS)))
      continue;
    for (char **body = *bodies != NULL ? bodies : nobody; *body != NULL; body++) {
      GPtrArray *group = g_hash_table_lookup (groups, *body);

      if (group == NULL) {
        group = g_ptr_array_new ();
        g_hash_table_insert (groups, g_strdup (*body), group);
      }
      g_ptr_array_add (group, measures->pdata[i]);
    }
  }
  return groups;
}

GHashTable *
_qonys_plan_index_evidence (const QonysPlan *plan)
{
  const GPtrArray *changes = qonys_plan_get_entries (plan, QONYS_ENTRY_STATUS_CHANGE);
  g_autoptr (GHashTable) days = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < changes->len; i++) {
    const QonysEntry *change = changes->pdata[i];
    const char *measure = qonys_entry_get (change, QONYS_STATUS_CHANGE_MEASURE);
    const char *evidence = qonys_entry_get (change, QONYS_STATUS_CHANGE_EVIDENCE);
    QonysDay day = qonys_entry_get_day (change, QONYS_STATUS_CHANGE_DAY);

    if (measure == NULL || evidence == NULL ||
        (g_hash_table_contains (days, measure) &&
         day < GPOINTER_TO_INT (g_hash_table_lookup (days, measure))))
      continue;
    g_hash_table_insert (days, (gpointer)measure, GINT_TO_POINTER (day));
    g_hash_table_insert (index, (gpointer)measure, (gpointer)evidence);
  }
  return index;
}

static void
add_body (const QonysRelease *release, QonysDocument *document, const char *body, GPtrArray *group,
          GHashTable *evidence)
{
  static const double shares[] = {4, 1.2, 2, 2.4};
  const char *const heads[] = {_ ("Measure"), _ ("Due"), _ ("Status"), _ ("Last evidence")};
  guint n_columns = _qonys_release_hides_evidence (release) ? 3 : 4;

  g_ptr_array_sort (group, compare_due);
  qonys_document_add_heading (document, qonys_body_get_title (*body == '\0' ? NULL : body));
  qonys_document_add_table (document, n_columns, shares, heads);
  for (guint i = 0; i < group->len; i++) {
    const QonysEntry *measure = group->pdata[i];
    const char *words = g_hash_table_lookup (evidence, qonys_entry_get_id (measure));
    g_autofree char *name = dup_name (measure), *status = dup_status (measure);
    g_autofree char *due = qonys_format_day (qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY));
    const char *const cells[] = {name, due, status, words != NULL ? words : "–"};

    qonys_document_add_row (document, -1, cells);
  }
}

/* Those of the catalogue in its order, then the others by the Kazakh alphabet. */
static GPtrArray *
list_bodies (GHashTable *groups)
{
  const GPtrArray *known = qonys_catalogue_get ()->bodies;
  g_autoptr (GList) keys =
      g_list_sort (g_hash_table_get_keys (groups), (GCompareFunc)qonys_collate_kk);
  GPtrArray *bodies = g_ptr_array_new ();

  for (guint i = 0; i < known->len; i++)
    if (g_hash_table_contains (groups, ((const QonysTerm *)known->pdata[i])->id))
      g_ptr_array_add (bodies, ((const QonysTerm *)known->pdata[i])->id);
  for (GList *key = keys; key != NULL; key = key->next)
    if (qonys_catalogue_find_body (key->data) == NULL)
      g_ptr_array_add (bodies, key->data);
  return bodies;
}

QonysPages *
qonys_release_make_duties (QonysRelease *release, QonysPlan *plan, const char *body)
{
  g_autoptr (GHashTable) groups = group_by_body (plan);
  g_autoptr (GHashTable) evidence = _qonys_plan_index_evidence (plan);
  g_autoptr (GPtrArray) bodies = list_bodies (groups);
  const char *title = _ ("What is owed by the next session");
  QonysDocument *document = qonys_document_new (release->content, title,
                                                body != NULL ? qonys_body_get_title (body) : NULL);
  guint n = 0;

  _qonys_document_add_hidden_note (release, document);
  for (guint i = 0; i < bodies->len; i++)
    if (body == NULL || g_str_equal (bodies->pdata[i], body)) {
      add_body (release, document, bodies->pdata[i], g_hash_table_lookup (groups, bodies->pdata[i]),
                evidence);
      n++;
    }
  if (n == 0)
    qonys_document_add_text (document, _ ("Nothing is owed: no measure is open."), FALSE);
  return _qonys_pages_new (release, "duties", title, document);
}

/* ---- one measure ---- */

static void
add_fact (QonysDocument *document, const char *name, const char *value)
{
  const char *const cells[] = {name, value};

  qonys_document_add_row (document, -1, cells);
}

static void
add_deadline (const QonysEntry *measure, QonysDocument *document)
{
  QonysDay due = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);
  const char *reason = qonys_entry_get (measure, QONYS_MEASURE_BASE_REASON);
  g_autofree char *first = qonys_format_day (qonys_entry_get_day (measure, QONYS_MEASURE_BASE_DAY));
  g_autofree char *last = qonys_format_day (due);
  g_autofree char *reading =
      due == QONYS_DAY_MISSING
          ? g_strdup (_ ("No deadline"))
          : g_strdup_printf (qonys_entry_get_bool (measure, QONYS_MEASURE_IS_BASE_ASSUMED)
                                 ? _ ("Assumed: start %s, due %s (a working day)")
                                 : _ ("Start %s, due %s (a working day)"),
                             first, last);

  add_fact (document, _ ("Deadline"), reading);
  if (reason != NULL)
    add_fact (document, _ ("Why the first day was changed"), reason);
}

char *
_qonys_measure_describe_effect (const QonysEntry *measure)
{
  const char *id = qonys_entry_get (measure, QONYS_MEASURE_EFFECT_INDICATOR);
  const QonysIndicator *indicator = id != NULL ? qonys_catalogue_find_indicator (id) : NULL;
  const char *source = qonys_entry_get (measure, QONYS_MEASURE_EFFECT_SOURCE);
  double to = qonys_entry_get_number (measure, QONYS_MEASURE_EFFECT_TO);
  g_autofree char *was =
      qonys_format_decimal (qonys_entry_get_number (measure, QONYS_MEASURE_EFFECT_FROM), 2);
  g_autofree char *is = qonys_format_decimal (to, 2);
  g_autofree char *day = qonys_format_day (qonys_entry_get_day (measure, QONYS_MEASURE_EFFECT_BY));
  g_autofree char *line = g_strdup_printf (_ ("From %s to %s by %s"), was, is, day);

  if (isnan (to))
    return g_strdup (_ ("Nobody has said how much is expected."));
  return g_strdup_printf ("%s%s%s (%s)",
                          indicator != NULL ? qonys_text3_get (&indicator->title) : "",
                          indicator != NULL ? ": " : "", line, source != NULL ? source : "–");
}

static void
add_problems (const QonysEntry *measure, QonysDocument *document)
{
  g_auto (GStrv) ids = qonys_entry_dup_ids (measure, QONYS_MEASURE_PROBLEMS);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **id = ids; *id != NULL; id++) {
    const QonysProblem *problem = qonys_catalogue_find_problem (*id);

    g_string_append_printf (text, "%s%s. %s", text->len > 0 ? "\n" : "", *id,
                            problem != NULL ? qonys_text3_get (&problem->title) : "");
  }
  add_fact (document, _ ("Problems it addresses"), text->len > 0 ? text->str : "–");
}

static void
add_history (const QonysRelease *release, const QonysPlan *plan, const char *id,
             QonysDocument *document)
{
  static const double shares[] = {1.2, 2, 2, 4};
  const char *const heads[] = {_ ("Day"), _ ("Status"), _ ("Entered by"),
                               _ ("Evidence and comment")};
  g_autoptr (GPtrArray) changes = qonys_workflow_get_changes (plan, id);

  qonys_document_add_heading (document, _ ("History"));
  if (changes->len == 0) {
    qonys_document_add_text (document, _ ("Nothing has been entered yet."), FALSE);
    return;
  }
  qonys_document_add_table (document, _qonys_release_hides_evidence (release) ? 3 : 4, shares,
                            heads);
  for (guint i = 0; i < changes->len; i++) {
    const QonysEntry *change = changes->pdata[i];
    const char *evidence = qonys_entry_get (change, QONYS_STATUS_CHANGE_EVIDENCE);
    const char *comment = qonys_entry_get (change, QONYS_STATUS_CHANGE_COMMENT);
    g_autofree char *day = qonys_format_day (qonys_entry_get_day (change, QONYS_STATUS_CHANGE_DAY));
    g_autofree char *words = g_strdup_printf ("%s%s%s", evidence != NULL ? evidence : "",
                                              evidence != NULL && comment != NULL ? "\n" : "",
                                              comment != NULL ? comment : "");
    const char *const cells[] = {
        day, qonys_status_get_title (qonys_entry_get (change, QONYS_STATUS_CHANGE_TO)),
        qonys_role_get_title (qonys_entry_get (change, QONYS_STATUS_CHANGE_ROLE)), words};

    qonys_document_add_row (document, -1, cells);
  }
  _qonys_document_add_hidden_note (release, document);
}

QonysPages *
qonys_release_make_measure (QonysRelease *release, QonysPlan *plan, const char *id)
{
  static const double shares[] = {1, 3};
  const char *const heads[] = {"", ""};
  const QonysEntry *measure = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, id);
  g_autofree char *title = dup_name (measure), *status = dup_status (measure);
  g_autofree char *text = qonys_entry_dup_text (measure, QONYS_MEASURE_TEXT_KK);
  g_autofree char *effect = _qonys_measure_describe_effect (measure);
  g_auto (GStrv) bodies = qonys_measure_dup_bodies (measure);
  g_autoptr (GString) names = g_string_new (NULL);
  QonysDocument *document =
      qonys_document_new (release->content, title,
                          qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED)
                              ? _ ("Recommendation, not an order")
                              : NULL);

  for (char **body = bodies; *body != NULL; body++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? "\n" : "",
                            qonys_body_get_title (*body));
  if (*text != '\0')
    qonys_document_add_text (document, text, FALSE);
  qonys_document_add_table (document, 2, shares, heads);
  add_fact (document, _ ("Status"), status);
  add_fact (document, _ ("Responsible body"),
            names->len > 0 ? names->str : qonys_body_get_title (NULL));
  add_deadline (measure, document);
  add_fact (document, _ ("Expected effect"), effect);
  add_problems (measure, document);
  add_history (release, plan, id, document);
  return _qonys_pages_new (release, "measure", title, document);
}
