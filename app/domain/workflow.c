/* The workflow of measures: a few rules, asked when somebody changes a status or looks at the
 * board; fifteen measures of the resolution and people's own. */

#include "domain/workflow.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>

/* The way; beside it lie not_done and withdrawn. */
static const char *const WAY[] = {"no_information", "accepted",     "in_progress",
                                  "partly_done",    "done_confirm", "done"};

static int
get_step (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (WAY); i++)
    if (g_strcmp0 (WAY[i], status) == 0)
      return (int)i;
  return -1;
}

gboolean
qonys_status_needs_comment (const char *from, const char *to)
{
  int before = get_step (from != NULL ? from : WAY[0]), after = get_step (to);

  return before < 0 || after != before + 1;
}

gboolean
qonys_status_is_closed (const char *status)
{
  return g_strcmp0 (status, "done") == 0 || g_strcmp0 (status, "withdrawn") == 0;
}

static gboolean
is_missing (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
is_allowed (const char *from, const char *to, QonysDay day, const char *role, const char *evidence,
            const char *comment, GError **error)
{
  const char *reason = NULL;

  if (g_strcmp0 (from, to) == 0)
    reason = _ ("The measure has this status already. Choose another one.");
  else if (day == QONYS_DAY_MISSING || day > qonys_day_today ())
    reason = _ ("A status is entered when it is reached. Choose today or an earlier day.");
  else if (g_str_equal (to, "done") &&
           (g_strcmp0 (role, "secretary") != 0 || g_strcmp0 (from, "done_confirm") != 0))
    reason = _ ("Only the commission’s secretary confirms that a measure is done, after it was "
                "reported as done. Choose “done (to be confirmed)”.");
  else if (get_step (to) >= get_step ("partly_done") && is_missing (evidence))
    reason = _ ("What was done needs evidence. Name the document or the figure.");
  else if (qonys_status_needs_comment (from, to) && is_missing (comment))
    reason = _ ("A step is skipped or taken back. Write a comment that says why.");
  if (reason != NULL)
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS, reason);
  return reason == NULL;
}

QonysEdit *
qonys_workflow_set_status (QonysPlan *plan, const char *measure_id, const char *to, QonysDay day,
                           const char *role, const char *evidence, const char *comment,
                           GError **error)
{
  QonysEntry *measure = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, measure_id);
  g_autofree char *id = qonys_entry_make_id ();
  g_autofree char *iso = qonys_day_to_iso (day);
  const char *from, *values[QONYS_STATUS_CHANGE_N_FIELDS] = {NULL};
  g_autoptr (QonysEntry) after = NULL;
  g_autoptr (QonysEntry) line = NULL;
  QonysEdit *edit;

  g_return_val_if_fail (measure != NULL, NULL);
  from = qonys_entry_get (measure, QONYS_MEASURE_STATUS);
  if (!is_allowed (from, to, day, role, evidence, comment, error))
    return NULL;
  values[QONYS_STATUS_CHANGE_MEASURE] = measure_id;
  values[QONYS_STATUS_CHANGE_DAY] = iso;
  values[QONYS_STATUS_CHANGE_FROM] = from;
  values[QONYS_STATUS_CHANGE_TO] = to;
  values[QONYS_STATUS_CHANGE_ROLE] = role;
  values[QONYS_STATUS_CHANGE_EVIDENCE] = evidence;
  values[QONYS_STATUS_CHANGE_COMMENT] = comment;
  after = qonys_entry_with (measure, QONYS_MEASURE_STATUS, to);
  line = qonys_entry_new (QONYS_ENTRY_STATUS_CHANGE, id, values);
  if (!qonys_entry_check (after, error) || !qonys_entry_check (line, error))
    return NULL;
  edit = qonys_edit_new ("measure.status", measure_id, role, NULL);
  qonys_edit_add (edit, measure, after);
  qonys_edit_add (edit, NULL, line);
  return edit;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  QonysDay x = qonys_entry_get_day (*(QonysEntry *const *)a, QONYS_STATUS_CHANGE_DAY);
  QonysDay y = qonys_entry_get_day (*(QonysEntry *const *)b, QONYS_STATUS_CHANGE_DAY);

  return x < y ? -1 : x > y;
}

GPtrArray *
qonys_workflow_get_changes (const QonysPlan *plan, const char *measure_id)
{
  const GPtrArray *all = qonys_plan_get_entries (plan, QONYS_ENTRY_STATUS_CHANGE);
  GPtrArray *changes = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (qonys_entry_get (all->pdata[i], QONYS_STATUS_CHANGE_MEASURE), measure_id) == 0)
      g_ptr_array_add (changes, all->pdata[i]);
  g_ptr_array_sort (changes, compare_days);
  return changes;
}

gboolean
qonys_workflow_is_overdue (const QonysEntry *measure, QonysDay today)
{
  QonysDay due = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);

  return due != QONYS_DAY_MISSING && due < today &&
         !qonys_status_is_closed (qonys_entry_get (measure, QONYS_MEASURE_STATUS));
}

QonysDay
qonys_deadline_get_end (QonysDay base, const char *rule)
{
  char *end;
  guint64 n;
  int year, month, day;
  GDate date;

  if (base == QONYS_DAY_MISSING || rule == NULL || rule[0] != 'P' || !g_ascii_isdigit (rule[1]))
    return QONYS_DAY_MISSING;
  n = g_ascii_strtoull (rule + 1, &end, 10);
  if (n > 1000 || *end == '\0' || end[1] != '\0')
    return QONYS_DAY_MISSING;
  qonys_day_get_ymd (base, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  switch (*end) {
  case 'D':
    g_date_add_days (&date, (guint)n);
    break;
  case 'W':
    g_date_add_days (&date, (guint)n * 7);
    break;
  case 'M':
    g_date_add_months (&date, (guint)n);
    break;
  case 'Y':
    g_date_add_years (&date, (guint)n);
    break;
  default:
    return QONYS_DAY_MISSING;
  }
  return qonys_day_from_ymd (g_date_get_year (&date), (int)g_date_get_month (&date),
                             g_date_get_day (&date));
}

/* Day 0 was a Thursday. */
static gboolean
is_day_off (QonysDay day)
{
  return ((day + 3) % 7 + 7) % 7 >= 5;
}

QonysDay
qonys_deadline_get_due (QonysDay base, const char *rule)
{
  QonysDay due = qonys_deadline_get_end (base, rule);

  while (due != QONYS_DAY_MISSING && is_day_off (due))
    due++;
  return due;
}
