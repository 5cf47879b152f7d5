/* The form of a measure: some twenty rows, one at a time. What the resolution says is not edited;
 * what is expected of its measures is. */

#include "base/error.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "ui/entry-form.h"
#include "ui/measure-dialogs.h"
#include "ui/measure-text.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What people mean by a deadline; another rule of a file stays as it is. */
static const struct {
  const char *rule, *title;
} RULES[] = {
    {NULL, N_ ("No deadline")},   {"P10D", N_ ("Ten days")},  {"P1M", N_ ("One month")},
    {"P3M", N_ ("Three months")}, {"P6M", N_ ("Six months")}, {"P1Y", N_ ("One year")},
};

static GtkEditable *
add_own_rows (QonysEntryForm *form, GtkWidget *group)
{
  const GPtrArray *bodies = qonys_catalogue_get ()->bodies;
  GtkStringList *titles = gtk_string_list_new (NULL), *rules = gtk_string_list_new (NULL);
  const char *rule_ids[G_N_ELEMENTS (RULES)];
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GtkEditable *first = qonys_entry_form_add_text3 (form, group, QONYS_MEASURE_TITLE_KK);

  qonys_entry_form_add_text3 (form, group, QONYS_MEASURE_TEXT_KK);
  for (guint i = 0; i < bodies->len; i++) {
    const QonysTerm *term = bodies->pdata[i];

    gtk_string_list_append (titles, qonys_text3_get (&term->title));
    g_ptr_array_add (ids, term->id);
  }
  qonys_entry_form_add_choice (form, group, QONYS_MEASURE_BODY, titles,
                               (const char *const *)ids->pdata);
  qonys_entry_form_add_switch (form, group, QONYS_MEASURE_IS_RECOMMENDED);
  qonys_entry_form_add_links (form, group, QONYS_MEASURE_PROBLEMS, qonys_links_new_problems (),
                              FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++) {
    gtk_string_list_append (rules, _ (RULES[i].title));
    rule_ids[i] = RULES[i].rule;
  }
  qonys_entry_form_add_choice (form, group, QONYS_MEASURE_DEADLINE_RULE, rules, rule_ids);
  qonys_entry_form_add_day (form, group, QONYS_MEASURE_BASE_DAY);
  return first;
}

static GtkWidget *
add_effect_rows (QonysEntryForm *form, GtkWidget *group)
{
  const GPtrArray *indicators = qonys_catalogue_get ()->indicators;
  GtkStringList *titles = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GtkWidget *first;

  gtk_string_list_append (titles, _ ("None named"));
  g_ptr_array_add (ids, NULL);
  for (guint i = 0; i < indicators->len; i++) {
    const QonysIndicator *indicator = indicators->pdata[i];

    gtk_string_list_append (titles, qonys_text3_get (&indicator->title));
    g_ptr_array_add (ids, indicator->id);
  }
  first = qonys_entry_form_add_choice (form, group, QONYS_MEASURE_EFFECT_INDICATOR, titles,
                                       (const char *const *)ids->pdata);
  qonys_entry_form_add_text (form, group, QONYS_MEASURE_EFFECT_FROM);
  qonys_entry_form_add_text (form, group, QONYS_MEASURE_EFFECT_TO);
  qonys_entry_form_add_day (form, group, QONYS_MEASURE_EFFECT_BY);
  qonys_entry_form_add_text (form, group, QONYS_MEASURE_EFFECT_SOURCE);
  return first;
}

/* ---- the edit ---- */

static void
set_own_values (GPtrArray *values)
{
  QonysDay base = QONYS_DAY_MISSING;

  qonys_entry_form_set (values, QONYS_MEASURE_IS_OWN, g_strdup ("1"));
  if (values->pdata[QONYS_MEASURE_BASE_DAY] != NULL)
    qonys_day_parse (values->pdata[QONYS_MEASURE_BASE_DAY], &base);
  qonys_entry_form_set (
      values, QONYS_MEASURE_DUE_DAY,
      qonys_day_to_iso (qonys_deadline_get_due (base, values->pdata[QONYS_MEASURE_DEADLINE_RULE])));
  if (values->pdata[QONYS_MEASURE_STATUS] == NULL)
    qonys_entry_form_set (values, QONYS_MEASURE_STATUS, g_strdup ("no_information"));
}

static gboolean
is_complete (const GPtrArray *values, gboolean is_own, GError **error)
{
  const char *reason = NULL;

  if (values->pdata[QONYS_MEASURE_TITLE_KK] == NULL &&
      values->pdata[QONYS_MEASURE_TITLE_RU] == NULL &&
      values->pdata[QONYS_MEASURE_TITLE_EN] == NULL)
    reason = _ ("Write a title, in one language at least.");
  else if (is_own && values->pdata[QONYS_MEASURE_DEADLINE_RULE] != NULL &&
           values->pdata[QONYS_MEASURE_BASE_DAY] == NULL)
    reason = _ ("Write the day from which the time runs.");
  if (reason != NULL)
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS, reason);
  return reason == NULL;
}

static gboolean
is_own (const QonysEntryForm *form)
{
  return qonys_entry_form_is_new (form) ||
         qonys_entry_get_bool (qonys_entry_form_get_start (form), QONYS_MEASURE_IS_OWN);
}

static QonysEdit *
make_edit (gpointer form, GError **error)
{
  g_autoptr (GPtrArray) values = qonys_entry_form_read (form, error);

  if (values == NULL)
    return NULL;
  if (is_own (form))
    set_own_values (values);
  if (!is_complete (values, is_own (form), error))
    return NULL;
  return qonys_entry_form_make_edit (form, values, "measure.add", "measure.change",
                                     qonys_measure_dup_name);
}

/* A new one is a recommendation until somebody says it is not. */
static QonysEntry *
make_start (QonysSession *session, const char *id)
{
  const char *values[QONYS_MEASURE_N_FIELDS] = {[QONYS_MEASURE_IS_RECOMMENDED] = "1"};
  g_autofree char *new_id = NULL;

  if (id != NULL)
    return qonys_entry_ref (
        qonys_plan_find (qonys_session_get_plan (session), QONYS_ENTRY_MEASURE, id));
  new_id = qonys_entry_make_id ();
  return qonys_entry_new (QONYS_ENTRY_MEASURE, new_id, values);
}

GtkWindow *
qonys_ask_measure (GtkWindow *parent, QonysSession *session, const char *id)
{
  QonysEntryForm *form = qonys_entry_form_new (session, make_start (session, id));
  GtkWidget *group = adw_preferences_group_new (), *first;
  g_autofree char *title =
      id == NULL ? NULL
                 : qonys_entry_dup_text (qonys_entry_form_get_start (form), QONYS_MEASURE_TITLE_KK);
  QonysEditQuestion *question;

  first = is_own (form) ? GTK_WIDGET (add_own_rows (form, group)) : NULL;
  qonys_entry_form_add_links (form, group, QONYS_MEASURE_ITEMS,
                              qonys_links_new_items (qonys_session_get_plan (session)), FALSE);
  if (first == NULL)
    first = add_effect_rows (form, group);
  else
    add_effect_rows (form, group);
  question = qonys_edit_question_ask (parent, session,
                                      id == NULL      ? _ ("Add a measure")
                                      : is_own (form) ? _ ("Edit the measure")
                                                      : _ ("Places and expected effect"),
                                      title, group, id == NULL ? _ ("Add") : _ ("Change"),
                                      make_edit, form, qonys_entry_form_free);
  qonys_form_watch (group, G_CALLBACK (qonys_edit_question_check), question);
  qonys_edit_question_check (question);
  gtk_widget_grab_focus (first);
  return qonys_edit_question_get_dialog (question);
}
