/* Status and first day: the two things about a measure that people change most. One dialog at a
 * time. */

#include "ui/measure-dialogs.h"
#include "base/error.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "ui/edit-question.h"
#include "ui/entry-links.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  QonysSession *session;
  char *id;
  GtkWidget *status, *role;
  GtkEditable *day, *evidence, *comment, *reason;
  GtkLabel *due;
} Form;

static Form *
form_new (QonysSession *session, const char *id)
{
  Form *form = g_new0 (Form, 1);

  form->session = session;
  form->id = g_strdup (id);
  return form;
}

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->id);
  g_free (form);
}

static QonysEntry *
find_measure (QonysSession *session, const char *id)
{
  return qonys_plan_find (qonys_session_get_plan (session), QONYS_ENTRY_MEASURE, id);
}

/* An id nobody can read is not told to people. */
static void
set_subject (QonysEdit *edit, const QonysEntry *measure)
{
  g_free (edit->subject);
  edit->subject = qonys_measure_dup_name (measure);
}

/* ---- roles ---- */

static const char *const *
get_roles (void)
{
  return qonys_entry_schema_get (QONYS_ENTRY_STATUS_CHANGE)->fields[QONYS_STATUS_CHANGE_ROLE].words;
}

const char *
qonys_find_last_role (QonysSession *session)
{
  const GPtrArray *edits = qonys_history_get_edits (qonys_session_get_history (session));

  for (guint i = edits->len; i-- > 0;) {
    const char *role = ((const QonysEdit *)edits->pdata[i])->role;

    if (role != NULL && g_strv_contains (get_roles (), role))
      return role;
  }
  return "analyst";
}

static GtkWidget *
add_role (GtkWidget *group, QonysSession *session)
{
  GtkStringList *titles = gtk_string_list_new (NULL);
  const char *last = qonys_find_last_role (session);
  guint selected = 0;

  for (guint i = 0; get_roles ()[i] != NULL; i++) {
    gtk_string_list_append (titles, qonys_role_get_title (get_roles ()[i]));
    if (g_str_equal (get_roles ()[i], last))
      selected = i;
  }
  return qonys_form_add_choice (group, _ ("Entered by"), titles, selected);
}

static const char *
get_role (GtkWidget *row)
{
  return get_roles ()[adw_combo_row_get_selected (ADW_COMBO_ROW (row))];
}

/* ---- status ---- */

static QonysEdit *
make_status_edit (gpointer data, GError **error)
{
  Form *form = data;
  const GPtrArray *statuses = qonys_catalogue_get ()->statuses;
  const QonysTerm *to = statuses->pdata[adw_combo_row_get_selected (ADW_COMBO_ROW (form->status))];
  g_autofree char *evidence = qonys_form_dup_text (form->evidence);
  g_autofree char *comment = qonys_form_dup_text (form->comment);
  QonysEntry *measure = find_measure (form->session, form->id);
  QonysEdit *edit;
  QonysDay day;

  if (measure == NULL || !qonys_form_get_day (form->day, &day, error))
    return NULL;
  edit = qonys_workflow_set_status (qonys_session_get_plan (form->session), form->id, to->id, day,
                                    get_role (form->role), evidence, comment, error);
  if (edit != NULL)
    set_subject (edit, measure);
  return edit;
}

GtkWindow *
qonys_ask_status (GtkWindow *parent, QonysSession *session, const char *id)
{
  const GPtrArray *statuses = qonys_catalogue_get ()->statuses;
  QonysEntry *measure = find_measure (session, id);
  const char *now = qonys_entry_get (measure, QONYS_MEASURE_STATUS);
  g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
  GtkStringList *titles = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();
  Form *form = form_new (session, id);
  QonysEditQuestion *question;
  guint next = 0;

  for (guint i = 0; i < statuses->len; i++) {
    const QonysTerm *status = statuses->pdata[i];

    gtk_string_list_append (titles, qonys_text3_get (&status->title));
    if (g_strcmp0 (status->id, now) == 0)
      next = MIN (i + 1, statuses->len - 1); /* the step that comes after */
  }
  form->status = qonys_form_add_choice (group, _ ("Status"), titles, next);
  form->day = qonys_form_add_day (group, _ ("Since"), qonys_day_today ());
  form->role = add_role (group, session);
  form->evidence = qonys_form_add_entry (group, _ ("Evidence: document or figure"), NULL);
  form->comment = qonys_form_add_entry (group, _ ("Comment"), NULL);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("The status is public. Evidence and comment are shown in the commission’s and the "
         "official view only."));
  question = qonys_edit_question_ask (parent, session, _ ("Change the status"), title, group,
                                      _ ("Change"), make_status_edit, form, form_free);
  qonys_form_watch (group, G_CALLBACK (qonys_edit_question_check), question);
  qonys_edit_question_check (question);
  gtk_widget_grab_focus (form->status);
  return qonys_edit_question_get_dialog (question);
}

/* ---- first day of the deadline ---- */

static QonysEdit *
make_base_edit (gpointer data, GError **error)
{
  Form *form = data;
  QonysEntry *before = find_measure (form->session, form->id);
  g_autofree char *reason = qonys_form_dup_text (form->reason);
  g_autofree char *base_iso = NULL, *due_iso = NULL;
  const char *values[QONYS_MEASURE_N_FIELDS];
  g_autoptr (QonysEntry) after = NULL;
  QonysEdit *edit;
  QonysDay base, due;

  if (before == NULL || !qonys_form_get_day (form->day, &base, error))
    return NULL;
  if (base == QONYS_DAY_MISSING) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("Write the day from which the time runs."));
    return NULL;
  }
  due = qonys_deadline_get_due (base, qonys_entry_get (before, QONYS_MEASURE_DEADLINE_RULE));
  base_iso = qonys_day_to_iso (base);
  due_iso = qonys_day_to_iso (due);
  for (guint i = 0; i < QONYS_MEASURE_N_FIELDS; i++)
    values[i] = qonys_entry_get (before, i);
  values[QONYS_MEASURE_BASE_DAY] = base_iso;
  values[QONYS_MEASURE_DUE_DAY] = due_iso;
  values[QONYS_MEASURE_BASE_REASON] = reason;
  values[QONYS_MEASURE_IS_BASE_ASSUMED] = "0";
  after = qonys_entry_new (QONYS_ENTRY_MEASURE, form->id, values);
  edit = qonys_edit_new ("measure.change", NULL, get_role (form->role), NULL);
  set_subject (edit, before);
  qonys_edit_add (edit, before, after);
  return edit;
}

/* What the day means is seen before it is accepted. */
static void
show_due (Form *form)
{
  QonysEntry *measure = find_measure (form->session, form->id);
  QonysDay base = QONYS_DAY_MISSING;
  g_autofree char *due = NULL, *text = NULL;

  qonys_form_get_day (form->day, &base, NULL);
  due = qonys_format_day (
      qonys_deadline_get_due (base, qonys_entry_get (measure, QONYS_MEASURE_DEADLINE_RULE)));
  text = g_strdup_printf (_ ("Due %s, a working day"), due);
  gtk_label_set_text (form->due, text);
}

GtkWindow *
qonys_ask_base_day (GtkWindow *parent, QonysSession *session, const char *id)
{
  QonysEntry *measure = find_measure (session, id);
  QonysDay base = qonys_entry_get_day (measure, QONYS_MEASURE_BASE_DAY);
  GtkWidget *group, *box;
  QonysEditQuestion *question;
  Form *form;

  if (base == QONYS_DAY_MISSING)
    return NULL;
  form = form_new (session, id);
  group = adw_preferences_group_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  form->day = qonys_form_add_day (group, _ ("The time runs from"), base);
  form->reason = qonys_form_add_entry (group, _ ("Why from this day"),
                                       qonys_entry_get (measure, QONYS_MEASURE_BASE_REASON));
  form->role = add_role (group, session);
  form->due = GTK_LABEL (qonys_text_new ("", "qonys-subtitle"));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form->due));
  question = qonys_edit_question_ask (
      parent, session, _ ("Change the first day"),
      _ ("The resolution names no first day; the one shown is assumed until somebody knows "
         "better."),
      box, _ ("Change"), make_base_edit, form, form_free);
  qonys_form_watch (group, G_CALLBACK (qonys_edit_question_check), question);
  g_signal_connect_swapped (form->day, "changed", G_CALLBACK (show_due), form);
  show_due (form);
  qonys_edit_question_check (question);
  gtk_widget_grab_focus (GTK_WIDGET (form->day));
  return qonys_edit_question_get_dialog (question);
}

/* ---- deleting ---- */

void
qonys_delete_measure (QonysSession *session, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (session);
  QonysEntry *measure = find_measure (session, id);
  const GPtrArray *annotations = qonys_plan_get_entries (plan, QONYS_ENTRY_ANNOTATION);
  g_autoptr (GPtrArray) changes = qonys_workflow_get_changes (plan, id);
  g_autoptr (QonysEdit) edit = NULL;
  GError *error = NULL;

  if (measure == NULL || !qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN))
    return;
  edit = qonys_edit_new ("measure.delete", NULL, NULL, NULL);
  set_subject (edit, measure);
  for (guint i = 0; i < annotations->len; i++) {
    g_autoptr (QonysEntry) after =
        qonys_entry_with_link (annotations->pdata[i], QONYS_ANNOTATION_MEASURES, id, FALSE);

    qonys_edit_add (edit, annotations->pdata[i], after);
  }
  for (guint i = 0; i < changes->len; i++)
    qonys_edit_add (edit, changes->pdata[i], NULL);
  qonys_edit_add (edit, measure, NULL);
  if (!qonys_session_edit (session, edit, &error))
    qonys_session_set_error (session, error);
}
