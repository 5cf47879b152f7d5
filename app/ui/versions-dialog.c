/* Named states: some dozens of rows, filled anew when the plan changes. */

#include "ui/versions-dialog.h"
#include "base/format.h"
#include "ui/dialogs.h"
#include "ui/edit-question.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  QonysSession *session;
  GtkWindow *parent, *window;
  GtkWidget *list, *empty;
  GtkWidget *buttons[3]; /* of the version selected */
  GtkDropDown *from, *to;
  GPtrArray *words; /* what the choices of @from and @to mean; of @to the first one is left out */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_ptr_array_unref (dialog->words);
  g_free (dialog);
}

/* ---- questions ---- */

typedef struct {
  QonysSession *session;
  char *id; /* NULL: a new one */
  GtkEditable *title, *note;
  QonysEditQuestion *question;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->session);
  g_free (form->id);
  g_free (form);
}

static QonysEdit *
make_edit (gpointer data, GError **error)
{
  Form *form = data;
  QonysPlan *plan = qonys_session_get_plan (form->session);
  g_autofree char *title = qonys_form_dup_text (form->title);
  g_autofree char *note = qonys_form_dup_text (form->note);

  if (form->id == NULL)
    return qonys_version_make_add (plan, qonys_session_get_history (form->session), title, note,
                                   error);
  return qonys_version_make_rename (plan, form->id, title, note, error);
}

static void
typed_cb (Form *form)
{
  qonys_edit_question_check (form->question);
}

static GtkWindow *
ask_name (GtkWindow *parent, QonysSession *session, const QonysEntry *version)
{
  GtkWidget *group = adw_preferences_group_new ();
  Form *form = g_new0 (Form, 1);

  form->session = g_object_ref (session);
  form->id = version != NULL ? g_strdup (qonys_entry_get_id (version)) : NULL;
  form->title = qonys_form_add_entry (
      group, _ ("Name of the version"),
      version != NULL ? qonys_entry_get (version, QONYS_VERSION_TITLE) : NULL);
  form->note = qonys_form_add_entry (
      group, _ ("Note"), version != NULL ? qonys_entry_get (version, QONYS_VERSION_NOTE) : NULL);
  form->question = qonys_edit_question_ask (
      parent, session, version == NULL ? _ ("Name this state") : _ ("Rename the version"),
      version == NULL ? _ ("One can come back to it, and compare it with others.") : NULL, group,
      version == NULL ? _ ("Name it") : _ ("Rename"), make_edit, form, form_free);
  qonys_form_watch (group, G_CALLBACK (typed_cb), form);
  typed_cb (form);
  gtk_widget_grab_focus (GTK_WIDGET (form->title));
  return qonys_edit_question_get_dialog (form->question);
}

GtkWindow *
qonys_ask_version (GtkWindow *parent, QonysSession *session)
{
  return ask_name (parent, session, NULL);
}

/* ---- the list ---- */

static const QonysEntry *
get_selected (const Dialog *dialog)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (dialog->list));
  QonysPlan *plan = qonys_session_get_plan (dialog->session);

  return row == NULL || plan == NULL
             ? NULL
             : qonys_plan_find (plan, QONYS_ENTRY_VERSION, qonys_row_get_id (row));
}

static void
selected_cb (Dialog *dialog)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialog->buttons); i++)
    gtk_widget_set_sensitive (dialog->buttons[i], get_selected (dialog) != NULL);
}

static char *
dup_subtitle (const QonysEntry *version)
{
  g_autofree char *day = qonys_format_day (qonys_entry_get_day (version, QONYS_VERSION_DAY));
  const char *number = qonys_entry_get (version, QONYS_VERSION_NUMBER);
  const char *note = qonys_entry_get (version, QONYS_VERSION_NOTE);
  /* Translators: the day a state was named, and the number of the last step of the history in it */
  g_autofree char *when = g_strdup_printf (_ ("%s · step %s"), day, number != NULL ? number : "0");

  return note == NULL ? g_steal_pointer (&when) : g_strdup_printf ("%s · %s", when, note);
}

static void
fill_choices (Dialog *dialog, const GPtrArray *versions)
{
  g_autoptr (GtkStringList) from = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) to = gtk_string_list_new (NULL);

  g_ptr_array_set_size (dialog->words, 0);
  g_ptr_array_add (dialog->words, g_strdup ("0"));
  gtk_string_list_append (from, _ ("The beginning"));
  for (guint i = versions->len; i-- > 0;) { /* the oldest first */
    const char *title = qonys_entry_get (versions->pdata[i], QONYS_VERSION_TITLE);

    g_ptr_array_add (dialog->words, g_strdup (qonys_entry_get_id (versions->pdata[i])));
    gtk_string_list_append (from, title != NULL ? title : "–");
    gtk_string_list_append (to, title != NULL ? title : "–");
  }
  g_ptr_array_add (dialog->words, g_strdup ("now"));
  gtk_string_list_append (to, _ ("Now"));
  gtk_drop_down_set_model (dialog->from, G_LIST_MODEL (from));
  gtk_drop_down_set_model (dialog->to, G_LIST_MODEL (to));
  gtk_drop_down_set_selected (dialog->from, versions->len);
  gtk_drop_down_set_selected (dialog->to, versions->len);
}

static void
update (Dialog *dialog)
{
  QonysPlan *plan = qonys_session_get_plan (dialog->session);
  g_autoptr (GPtrArray) versions = plan != NULL ? qonys_versions_list (plan) : g_ptr_array_new ();
  const QonysEntry *selected = get_selected (dialog);
  g_autofree char *id = selected != NULL ? g_strdup (qonys_entry_get_id (selected)) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (dialog->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (dialog->list), row);
  for (guint i = 0; i < versions->len; i++) {
    const QonysEntry *version = versions->pdata[i];
    const char *title = qonys_entry_get (version, QONYS_VERSION_TITLE);
    g_autofree char *subtitle = dup_subtitle (version);

    row = qonys_list_add (dialog->list, qonys_entry_get_id (version), NULL,
                          title != NULL ? title : "–", subtitle, NULL, NULL);
    if (g_strcmp0 (id, qonys_entry_get_id (version)) == 0 || (id == NULL && i == 0))
      gtk_list_box_select_row (GTK_LIST_BOX (dialog->list), GTK_LIST_BOX_ROW (row));
  }
  gtk_widget_set_visible (dialog->list, versions->len > 0);
  gtk_widget_set_visible (dialog->empty, versions->len == 0);
  fill_choices (dialog, versions);
  selected_cb (dialog);
}

static void
changed_cb (GtkWindow *window, guint changes)
{
  if (changes & QONYS_CHANGED_PLAN)
    update (g_object_get_data (G_OBJECT (window), "qonys-versions"));
}

/* ---- what can be done ---- */

static void
name_cb (Dialog *dialog)
{
  qonys_ask_version (dialog->window, dialog->session);
}

static void
rename_cb (Dialog *dialog)
{
  const QonysEntry *version = get_selected (dialog);

  if (version != NULL)
    ask_name (dialog->window, dialog->session, version);
}

/* It can be undone: nothing is asked. */
static void
delete_cb (Dialog *dialog)
{
  const QonysEntry *version = get_selected (dialog);
  g_autoptr (QonysEdit) edit = NULL;
  GError *error = NULL;

  if (version == NULL)
    return;
  edit = qonys_version_make_delete (qonys_session_get_plan (dialog->session),
                                    qonys_entry_get_id (version));
  if (!qonys_session_edit (dialog->session, edit, &error))
    qonys_session_set_error (dialog->session, error);
}

static void
revert_cb (Dialog *dialog)
{
  const QonysEntry *version = get_selected (dialog);

  if (version == NULL)
    return;
  qonys_session_revert (dialog->session,
                        (gint64)qonys_entry_get_number (version, QONYS_VERSION_NUMBER));
  gtk_window_close (dialog->window);
}

static void
compare_cb (Dialog *dialog)
{
  guint from = gtk_drop_down_get_selected (dialog->from);
  guint to = gtk_drop_down_get_selected (dialog->to);

  if (from < dialog->words->len && to + 1 < dialog->words->len &&
      qonys_comparison_show (dialog->parent, dialog->session, dialog->words->pdata[from],
                             dialog->words->pdata[to + 1]) != NULL)
    gtk_window_close (dialog->window);
}

/* Enter compares a version with the state now. */
static void
activated_cb (Dialog *dialog)
{
  const QonysEntry *version = get_selected (dialog);

  if (version != NULL && qonys_comparison_show (dialog->parent, dialog->session,
                                                qonys_entry_get_id (version), "now") != NULL)
    gtk_window_close (dialog->window);
}

static gboolean
key_cb (Dialog *dialog, guint key)
{
  if (key == GDK_KEY_F2)
    rename_cb (dialog);
  else if (key == GDK_KEY_Delete)
    delete_cb (dialog);
  else
    return FALSE;
  return TRUE;
}

/* ---- making ---- */

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *tooltip, GCallback func, Dialog *dialog)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "clicked", func, dialog);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkDropDown *
add_choice (GtkWidget *box, const char *name)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_hexpand (choice, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), choice);
  return GTK_DROP_DOWN (choice);
}

static void
add_bars (Dialog *dialog, GtkWidget *content)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *compare = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button;

  gtk_widget_add_css_class (bar, "qonys-bar-row");
  gtk_widget_add_css_class (compare, "qonys-bar-row");
  dialog->buttons[0] = add_button (bar, _ ("Rename…"), _ ("Rename the version (F2)"),
                                   G_CALLBACK (rename_cb), dialog);
  dialog->buttons[1] = add_button (bar, _ ("Delete"), _ ("Delete the version (Delete)"),
                                   G_CALLBACK (delete_cb), dialog);
  dialog->buttons[2] =
      add_button (bar, _ ("Return to this state"),
                  _ ("Nothing is lost by returning: it is a step too and can be undone."),
                  G_CALLBACK (revert_cb), dialog);
  dialog->from = add_choice (compare, _ ("From"));
  dialog->to = add_choice (compare, _ ("To"));
  button = add_button (compare, _ ("Compare"), _ ("What has changed between the two states"),
                       G_CALLBACK (compare_cb), dialog);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (content), bar);
  gtk_box_append (GTK_BOX (content), compare);
}

GtkWindow *
qonys_versions_dialog_show (GtkWindow *parent, QonysSession *session)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  dialog->session = g_object_ref (session);
  dialog->parent = parent;
  dialog->words = g_ptr_array_new_with_free_func (g_free);
  dialog->list = qonys_list_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (dialog->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (dialog->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Versions"), -1);
  g_signal_connect_swapped (dialog->list, "row-selected", G_CALLBACK (selected_cb), dialog);
  g_signal_connect_swapped (dialog->list, "row-activated", G_CALLBACK (activated_cb), dialog);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), dialog);
  gtk_widget_add_controller (dialog->list, keys);
  dialog->empty = qonys_text_new (
      _ ("No state has a name yet. Name one before each session: later one sees what has become of "
         "it."),
      "qonys-subtitle");
  gtk_widget_add_css_class (top, "qonys-bar-row");
  add_button (top, _ ("Name this state…"), _ ("Give the present state a name"),
              G_CALLBACK (name_cb), dialog);
  gtk_box_append (GTK_BOX (page), top);
  gtk_widget_set_margin_start (dialog->empty, 12);
  gtk_widget_set_margin_end (dialog->empty, 12);
  gtk_box_append (GTK_BOX (page), dialog->empty);
  gtk_widget_set_margin_start (dialog->list, 6);
  gtk_widget_set_margin_end (dialog->list, 6);
  gtk_box_append (GTK_BOX (page), dialog->list);
  dialog->window = qonys_dialogs_show_page (parent, _ ("Versions"), page, 560, 480);
  g_object_set_data_full (G_OBJECT (dialog->window), "qonys-versions", dialog, dialog_free);
  add_bars (dialog, adw_window_get_content (ADW_WINDOW (dialog->window)));
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), dialog->window,
                           G_CONNECT_SWAPPED);
  update (dialog);
  return dialog->window;
}
