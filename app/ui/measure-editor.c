/* The form of a measure: some twenty rows, one at a time. What the resolution says is not edited;
 * what is expected of its measures is. */

#include "base/error.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "ui/edit-question.h"
#include "ui/measure-dialogs.h"
#include "ui/measure-text.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  QonysSession *session;
  char *id; /* of a new one made here */
  gboolean is_new, is_own;
  GtkEditable *texts[QONYS_MEASURE_N_FIELDS]; /* of fields that are lines of text, by field */
  GtkEditable *days[QONYS_MEASURE_N_FIELDS];
  GtkWidget *body, *rule, *indicator;
  GtkSwitch *recommended;
} Form;

/* What people mean by a deadline; another rule of a file stays as it is. */
static const struct {
  const char *rule, *title;
} RULES[] = {
    {NULL, N_ ("No deadline")},   {"P10D", N_ ("Ten days")},  {"P1M", N_ ("One month")},
    {"P3M", N_ ("Three months")}, {"P6M", N_ ("Six months")}, {"P1Y", N_ ("One year")},
};

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->id);
  g_free (form);
}

static void
add_text (Form *form, GtkWidget *group, const QonysEntry *measure, guint field)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (QONYS_ENTRY_MEASURE);

  form->texts[field] =
      qonys_form_add_entry (group, _ (schema->fields[field].label),
                            measure == NULL ? NULL : qonys_entry_get (measure, field));
}

/* Three lines, each with its language; one of them suffices, the others are listed as missing. */
static void
add_text3 (Form *form, GtkWidget *group, const QonysEntry *measure, guint field)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (QONYS_ENTRY_MEASURE);

  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    g_autofree char *title =
        g_strdup_printf ("%s (%s)", _ (schema->fields[field].label), qonys_language_get_name (i));

    form->texts[field + i] = qonys_form_add_entry (
        group, title, measure == NULL ? NULL : qonys_entry_get (measure, field + i));
  }
}

static void
add_day (Form *form, GtkWidget *group, const QonysEntry *measure, guint field)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (QONYS_ENTRY_MEASURE);

  form->days[field] = qonys_form_add_day (group, _ (schema->fields[field].label),
                                          measure == NULL ? QONYS_DAY_MISSING
                                                          : qonys_entry_get_day (measure, field));
}

static guint
find_rule (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++)
    if (g_strcmp0 (RULES[i].rule, rule) == 0)
      return i;
  return G_N_ELEMENTS (RULES);
}

static void
add_own_rows (Form *form, GtkWidget *group, const QonysEntry *measure)
{
  const GPtrArray *bodies = qonys_catalogue_get ()->bodies;
  const char *body = measure == NULL ? NULL : qonys_entry_get (measure, QONYS_MEASURE_BODY);
  const char *rule =
      measure == NULL ? NULL : qonys_entry_get (measure, QONYS_MEASURE_DEADLINE_RULE);
  GtkStringList *titles = gtk_string_list_new (NULL), *rules = gtk_string_list_new (NULL);
  GtkWidget *row = adw_action_row_new ();
  guint selected = 0;

  add_text3 (form, group, measure, QONYS_MEASURE_TITLE_KK);
  add_text3 (form, group, measure, QONYS_MEASURE_TEXT_KK);
  for (guint i = 0; i < bodies->len; i++) {
    const QonysTerm *term = bodies->pdata[i];

    gtk_string_list_append (titles, qonys_text3_get (&term->title));
    if (g_strcmp0 (term->id, body) == 0)
      selected = i;
  }
  form->body = qonys_form_add_choice (group, _ ("Responsible body"), titles, selected);
  form->recommended = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (form->recommended,
                         measure == NULL ||
                             qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED));
  gtk_widget_set_valign (GTK_WIDGET (form->recommended), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (form->recommended), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Recommended, not ordered"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Recommended, not ordered"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (form->recommended));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (form->recommended));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  add_text (form, group, measure, QONYS_MEASURE_PROBLEMS);
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++)
    gtk_string_list_append (rules, _ (RULES[i].title));
  if (find_rule (rule) == G_N_ELEMENTS (RULES))
    gtk_string_list_append (rules, rule);
  form->rule = qonys_form_add_choice (group, _ ("Deadline"), rules, find_rule (rule));
  add_day (form, group, measure, QONYS_MEASURE_BASE_DAY);
}

static void
add_effect_rows (Form *form, GtkWidget *group, const QonysEntry *measure)
{
  const GPtrArray *indicators = qonys_catalogue_get ()->indicators;
  const char *id =
      measure == NULL ? NULL : qonys_entry_get (measure, QONYS_MEASURE_EFFECT_INDICATOR);
  GtkStringList *titles = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (titles, _ ("None named"));
  for (guint i = 0; i < indicators->len; i++) {
    const QonysIndicator *indicator = indicators->pdata[i];

    gtk_string_list_append (titles, qonys_text3_get (&indicator->title));
    if (g_strcmp0 (indicator->id, id) == 0)
      selected = i + 1;
  }
  form->indicator = qonys_form_add_choice (group, _ ("Expected effect on"), titles, selected);
  add_text (form, group, measure, QONYS_MEASURE_EFFECT_FROM);
  add_text (form, group, measure, QONYS_MEASURE_EFFECT_TO);
  add_day (form, group, measure, QONYS_MEASURE_EFFECT_BY);
  add_text (form, group, measure, QONYS_MEASURE_EFFECT_SOURCE);
}

/* ---- the edit ---- */

static gboolean
check_problems (const char *text, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (text == NULL ? "" : text, " ", -1);

  for (char **id = ids; *id != NULL; id++)
    if (**id != '\0' && qonys_catalogue_find_problem (*id) == NULL) {
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                   _ ("There is no problem “%s”. Write numbers such as P01 P05."), *id);
      return FALSE;
    }
  return TRUE;
}

/* A decimal comma is people's way of writing, a point the file's. */
static char *
dup_field (Form *form, guint field)
{
  QonysValueType type = qonys_entry_schema_get (QONYS_ENTRY_MEASURE)->fields[field].type;
  char *text = qonys_form_dup_text (form->texts[field]);

  if (text != NULL && type == QONYS_VALUE_DECIMAL)
    g_strdelimit (text, ",", '.');
  return text;
}

static void
set_value (GPtrArray *values, guint field, char *value)
{
  g_free (values->pdata[field]);
  values->pdata[field] = value;
}

static void
set_own_values (Form *form, GPtrArray *values)
{
  const QonysTerm *body =
      qonys_catalogue_get ()
          ->bodies->pdata[adw_combo_row_get_selected (ADW_COMBO_ROW (form->body))];
  guint rule = adw_combo_row_get_selected (ADW_COMBO_ROW (form->rule));
  QonysDay base = QONYS_DAY_MISSING;

  set_value (values, QONYS_MEASURE_BODY, g_strdup (body->id));
  set_value (values, QONYS_MEASURE_IS_OWN, g_strdup ("1"));
  set_value (values, QONYS_MEASURE_IS_RECOMMENDED,
             g_strdup (gtk_switch_get_active (form->recommended) ? "1" : "0"));
  if (rule < G_N_ELEMENTS (RULES))
    set_value (values, QONYS_MEASURE_DEADLINE_RULE, g_strdup (RULES[rule].rule));
  qonys_form_get_day (form->days[QONYS_MEASURE_BASE_DAY], &base, NULL);
  set_value (
      values, QONYS_MEASURE_DUE_DAY,
      qonys_day_to_iso (qonys_deadline_get_due (base, values->pdata[QONYS_MEASURE_DEADLINE_RULE])));
  if (values->pdata[QONYS_MEASURE_STATUS] == NULL)
    set_value (values, QONYS_MEASURE_STATUS, g_strdup ("no_information"));
}

static gboolean
is_complete (Form *form, GPtrArray *values, GError **error)
{
  const char *reason = NULL;

  if (values->pdata[QONYS_MEASURE_TITLE_KK] == NULL &&
      values->pdata[QONYS_MEASURE_TITLE_RU] == NULL &&
      values->pdata[QONYS_MEASURE_TITLE_EN] == NULL)
    reason = _ ("Write a title, in one language at least.");
  else if (form->is_own && values->pdata[QONYS_MEASURE_DEADLINE_RULE] != NULL &&
           values->pdata[QONYS_MEASURE_BASE_DAY] == NULL)
    reason = _ ("Write the day from which the time runs.");
  if (reason != NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS, reason);
    return FALSE;
  }
  return check_problems (values->pdata[QONYS_MEASURE_PROBLEMS], error);
}

static QonysEdit *
make_edit (gpointer data, GError **error)
{
  Form *form = data;
  QonysEntry *before =
      qonys_plan_find (qonys_session_get_plan (form->session), QONYS_ENTRY_MEASURE, form->id);
  g_autoptr (GPtrArray) values = g_ptr_array_new_full (QONYS_MEASURE_N_FIELDS, g_free);
  guint indicator = adw_combo_row_get_selected (ADW_COMBO_ROW (form->indicator));
  g_autoptr (QonysEntry) after = NULL;
  g_autofree char *name = NULL;
  QonysEdit *edit;

  if (before == NULL && !form->is_new) /* undone meanwhile */
    return NULL;
  for (guint i = 0; i < QONYS_MEASURE_N_FIELDS; i++) {
    char *value = before == NULL ? NULL : g_strdup (qonys_entry_get (before, i));

    g_ptr_array_add (values, value);
    if (form->texts[i] != NULL)
      set_value (values, i, dup_field (form, i));
    if (form->days[i] != NULL) {
      QonysDay day;

      if (!qonys_form_get_day (form->days[i], &day, error))
        return NULL;
      set_value (values, i, day == QONYS_DAY_MISSING ? NULL : qonys_day_to_iso (day));
    }
  }
  set_value (
      values, QONYS_MEASURE_EFFECT_INDICATOR,
      indicator == 0
          ? NULL
          : g_strdup (
                ((const QonysIndicator *)qonys_catalogue_get ()->indicators->pdata[indicator - 1])
                    ->id));
  if (form->is_own)
    set_own_values (form, values);
  if (!is_complete (form, values, error))
    return NULL;
  after = qonys_entry_new (QONYS_ENTRY_MEASURE, form->id, (const char *const *)values->pdata);
  name = qonys_measure_dup_name (after);
  edit = qonys_edit_new (before == NULL ? "measure.add" : "measure.change", name, NULL, NULL);
  qonys_edit_add (edit, before, after);
  return edit;
}

GtkWindow *
qonys_ask_measure (GtkWindow *parent, QonysSession *session, const char *id)
{
  const QonysEntry *measure =
      id == NULL ? NULL
                 : qonys_plan_find (qonys_session_get_plan (session), QONYS_ENTRY_MEASURE, id);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title =
      measure == NULL ? NULL : qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
  Form *form = g_new0 (Form, 1);
  QonysEditQuestion *question;

  form->session = session;
  form->is_new = measure == NULL;
  form->id = measure == NULL ? qonys_entry_make_id () : g_strdup (id);
  form->is_own = measure == NULL || qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN);
  if (form->is_own)
    add_own_rows (form, group, measure);
  add_effect_rows (form, group, measure);
  question = qonys_edit_question_ask (parent, session,
                                      measure == NULL ? _ ("Add a measure")
                                      : form->is_own  ? _ ("Edit the measure")
                                                      : _ ("Expected effect"),
                                      title, group, measure == NULL ? _ ("Add") : _ ("Change"),
                                      make_edit, form, form_free);
  qonys_form_watch (group, G_CALLBACK (qonys_edit_question_check), question);
  qonys_edit_question_check (question);
  gtk_widget_grab_focus (form->is_own ? GTK_WIDGET (form->texts[QONYS_MEASURE_TITLE_KK])
                                      : form->indicator);
  return qonys_edit_question_get_dialog (question);
}
