/* Names of states: some dozens in a project. Finding a state goes back through the journal, which
 * costs as much as undoing the edits since, a microsecond each and more. */

#include "domain/version.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>

#define ASTANA_OFFSET_S (5 * 3600)
#define DAY_S (24 * 3600)

/* ---- names ---- */

static const QonysEntry *
find_title (const QonysPlan *plan, const char *title)
{
  const GPtrArray *versions = qonys_plan_get_entries (plan, QONYS_ENTRY_VERSION);

  for (guint i = 0; i < versions->len; i++)
    if (g_strcmp0 (qonys_entry_get (versions->pdata[i], QONYS_VERSION_TITLE), title) == 0)
      return versions->pdata[i];
  return NULL;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* @own: (nullable): the version that may keep its title. A state is asked for by its title: it
 * must not read as anything else. */
static gboolean
check_title (const QonysPlan *plan, const char *title, const QonysEntry *own, GError **error)
{
  const QonysEntry *other = title != NULL ? find_title (plan, title) : NULL;
  const char *reason = NULL;

  if (title == NULL || *title == '\0')
    reason = _ ("A version needs a name. Say in a few words what state this is.");
  else if (is_number (title) || g_str_equal (title, "now"))
    reason = _ ("A number alone, or “now”, means a step of the history. Add a word to the name.");
  else if (other != NULL && other != own)
    reason = _ ("There is a version of this name already. Choose another name.");
  if (reason != NULL)
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS, reason);
  return reason == NULL;
}

QonysEdit *
qonys_version_make_add (QonysPlan *plan, const QonysHistory *history, const char *title,
                        const char *note, GError **error)
{
  g_autofree char *id = qonys_entry_make_id ();
  g_autofree char *number =
      g_strdup_printf ("%" G_GINT64_FORMAT, qonys_history_get_last_number (history));
  g_autofree char *day = qonys_day_to_iso (qonys_day_today ());
  const char *const values[QONYS_VERSION_N_FIELDS] = {
      [QONYS_VERSION_TITLE] = title,
      [QONYS_VERSION_NUMBER] = number,
      [QONYS_VERSION_DAY] = day,
      [QONYS_VERSION_NOTE] = note,
  };
  g_autoptr (QonysEntry) version = NULL;
  QonysEdit *edit;

  if (!check_title (plan, title, NULL, error))
    return NULL;
  version = qonys_entry_new (QONYS_ENTRY_VERSION, id, values);
  edit = qonys_edit_new ("version.add", title, NULL, NULL);
  qonys_edit_add (edit, NULL, version);
  return edit;
}

QonysEdit *
qonys_version_make_rename (QonysPlan *plan, const char *id, const char *title, const char *note,
                           GError **error)
{
  QonysEntry *before = qonys_plan_find (plan, QONYS_ENTRY_VERSION, id);
  g_autoptr (QonysEntry) titled = NULL;
  g_autoptr (QonysEntry) after = NULL;
  QonysEdit *edit;

  g_return_val_if_fail (before != NULL, NULL);
  if (!check_title (plan, title, before, error))
    return NULL;
  titled = qonys_entry_with (before, QONYS_VERSION_TITLE, title);
  after = qonys_entry_with (titled, QONYS_VERSION_NOTE, note);
  edit = qonys_edit_new ("version.rename", title, NULL, NULL);
  qonys_edit_add (edit, before, after);
  return edit;
}

QonysEdit *
qonys_version_make_delete (QonysPlan *plan, const char *id)
{
  QonysEntry *version = qonys_plan_find (plan, QONYS_ENTRY_VERSION, id);
  QonysEdit *edit;

  g_return_val_if_fail (version != NULL, NULL);
  edit =
      qonys_edit_new ("version.delete", qonys_entry_get (version, QONYS_VERSION_TITLE), NULL, NULL);
  qonys_edit_add (edit, version, NULL);
  return edit;
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const QonysEntry *x = *(QonysEntry *const *)a, *y = *(QonysEntry *const *)b;
  double first = qonys_entry_get_number (x, QONYS_VERSION_NUMBER);
  double second = qonys_entry_get_number (y, QONYS_VERSION_NUMBER);

  if (first != second)
    return first > second ? -1 : 1;
  return g_strcmp0 (qonys_entry_get (x, QONYS_VERSION_TITLE),
                    qonys_entry_get (y, QONYS_VERSION_TITLE));
}

GPtrArray *
qonys_versions_list (const QonysPlan *plan)
{
  const GPtrArray *all = qonys_plan_get_entries (plan, QONYS_ENTRY_VERSION);
  GPtrArray *versions = g_ptr_array_sized_new (all->len);

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (versions, all->pdata[i]);
  g_ptr_array_sort (versions, compare_versions);
  return versions;
}

/* ---- states ---- */

/* The day of the last edit up to a number; missing before the first. */
static QonysDay
get_day (const QonysHistory *history, gint64 number)
{
  const GPtrArray *edits = qonys_history_get_edits (history);

  for (guint i = edits->len; i-- > 0;) {
    const QonysEdit *edit = edits->pdata[i];

    if (edit->number <= number)
      return (QonysDay)((edit->time_s + ASTANA_OFFSET_S) / DAY_S);
  }
  return QONYS_DAY_MISSING;
}

static void
state_clear (gpointer data)
{
  QonysState *state = data;

  g_free (state->title);
  qonys_plan_unref (state->plan);
}

static QonysState *
state_new (char *title, gint64 number, QonysDay day, QonysPlan *plan)
{
  QonysState *state = g_atomic_rc_box_new (QonysState);

  *state = (QonysState){title, number, day, plan};
  return state;
}

QonysState *
qonys_state_ref (QonysState *state)
{
  return g_atomic_rc_box_acquire (state);
}

void
qonys_state_unref (QonysState *state)
{
  g_atomic_rc_box_release_full (state, state_clear);
}

static QonysState *
find_version_state (const QonysHistory *history, QonysPlan *now, const QonysEntry *version)
{
  double number = qonys_entry_get_number (version, QONYS_VERSION_NUMBER);
  gint64 whole = number >= 0 ? (gint64)number : 0; /* a file may leave it out */
  QonysDay day = get_day (history, whole);

  if (day == QONYS_DAY_MISSING)
    day = qonys_entry_get_day (version, QONYS_VERSION_DAY);
  return state_new (g_strdup (qonys_entry_get (version, QONYS_VERSION_TITLE)), whole, day,
                    qonys_history_get_state (history, now, whole));
}

QonysState *
qonys_state_find (const QonysHistory *history, QonysPlan *now, const char *word, GError **error)
{
  gint64 last = qonys_history_get_last_number (history), number;
  g_autofree char *highest = NULL;
  const QonysEntry *version;

  if (word == NULL || g_str_equal (word, "now"))
    return state_new (g_strdup (_ ("Now")), last, qonys_day_today (), qonys_plan_ref (now));
  version = qonys_plan_find (now, QONYS_ENTRY_VERSION, word);
  if (version == NULL)
    version = find_title (now, word);
  if (version != NULL)
    return find_version_state (history, now, version);
  number = is_number (word) ? g_ascii_strtoll (word, NULL, 10) : -1;
  if (number >= 0 && number <= last)
    /* Translators: the state after the step of the history with this number */
    return state_new (g_strdup_printf (_ ("Step %s"), word), number, get_day (history, number),
                      qonys_history_get_state (history, now, number));
  highest = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
               _ ("There is no version “%s”. Give the name of a version, “now”, or the number of a "
                  "step from 0 to %s."),
               word, highest);
  return NULL;
}
