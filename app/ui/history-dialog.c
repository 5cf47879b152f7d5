/* The journal for people: tens of thousands of steps in a long-lived project; only those on screen
 * have widgets. */

#include "ui/history-dialog.h"
#include "ui/dialogs.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include "ui/versions-dialog.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define ASTANA_OFFSET "+05"

typedef struct {
  QonysSession *session;
  GPtrArray *edits; /* as they were when the dialog was opened */
  GtkSingleSelection *selection;
  GtkWidget *button, *window;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_ptr_array_unref (dialog->edits);
  g_free (dialog);
}

/* The newest is at the top, below all of them the state before the first. */
static const QonysEdit *
get_edit (const Dialog *dialog, guint position)
{
  return position < dialog->edits->len ? dialog->edits->pdata[dialog->edits->len - 1 - position]
                                       : NULL;
}

static char *
dup_title (const QonysEdit *edit)
{
  g_autofree char *step = edit == NULL ? NULL : qonys_edit_describe (edit);

  if (edit == NULL)
    return g_strdup (_ ("The beginning: nothing entered yet"));
  if (edit->type == QONYS_EDIT_UNDO)
    return g_strdup_printf (_ ("Undo: %s"), step);
  if (edit->type == QONYS_EDIT_REDO)
    return g_strdup_printf (_ ("Redo: %s"), step);
  return g_steal_pointer (&step);
}

/* Astana's clock, whatever the machine's is. */
static char *
dup_subtitle (const QonysEdit *edit)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ASTANA_OFFSET);
  g_autoptr (GDateTime) utc = edit == NULL ? NULL : g_date_time_new_from_unix_utc (edit->time_s);
  g_autoptr (GDateTime) local = utc == NULL ? NULL : g_date_time_to_timezone (utc, zone);
  g_autofree char *time =
      local == NULL ? g_strdup ("") : g_date_time_format (local, "%d.%m.%Y %H:%M");
  const char *who = edit == NULL                        ? NULL
                    : edit->type == QONYS_EDIT_EXTERNAL ? _ ("another program")
                    : edit->role == NULL                ? NULL
                                                        : qonys_role_get_title (edit->role);

  return who == NULL ? g_steal_pointer (&time) : g_strdup_printf ("%s · %s", time, who);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), qonys_text_new ("", NULL));
  gtk_box_append (GTK_BOX (texts), qonys_text_new ("", "qonys-subtitle"));
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_item_set_child (item, row);
}

static const char *
get_icon (const QonysEdit *edit)
{
  if (edit == NULL)
    return "go-first-symbolic";
  switch (edit->type) {
  case QONYS_EDIT_UNDO:
    return "edit-undo-symbolic";
  case QONYS_EDIT_REDO:
    return "edit-redo-symbolic";
  case QONYS_EDIT_EXTERNAL:
    return "document-import-symbolic";
  case QONYS_EDIT_REVERT:
    return "document-revert-symbolic";
  case QONYS_EDIT_DO:
  default:
    return "document-edit-symbolic";
  }
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, Dialog *dialog)
{
  const QonysEdit *edit = get_edit (dialog, gtk_list_item_get_position (item));
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *texts = gtk_widget_get_next_sibling (icon);
  g_autofree char *title = dup_title (edit);
  g_autofree char *subtitle = dup_subtitle (edit);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), get_icon (edit));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (texts)), title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (texts)), subtitle);
  gtk_widget_set_visible (gtk_widget_get_last_child (texts), *subtitle != '\0');
}

/* The newest state is there already. */
static void
selected_cb (Dialog *dialog)
{
  guint position = gtk_single_selection_get_selected (dialog->selection);

  gtk_widget_set_sensitive (dialog->button, position > 0 && position != GTK_INVALID_LIST_POSITION);
}

static void
revert_cb (Dialog *dialog)
{
  guint position = gtk_single_selection_get_selected (dialog->selection);
  const QonysEdit *edit = get_edit (dialog, position);

  if (position == 0 || position == GTK_INVALID_LIST_POSITION)
    return;
  qonys_session_revert (dialog->session, edit == NULL ? 0 : edit->number);
  gtk_window_close (GTK_WINDOW (dialog->window));
}

static void
versions_cb (Dialog *dialog)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog->window));

  qonys_versions_dialog_show (parent, dialog->session);
  gtk_window_close (GTK_WINDOW (dialog->window));
}

static GtkWidget *
make_bar (Dialog *dialog)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *note = qonys_text_new (
      _ ("Nothing is lost by returning: it is a step too and can be undone."), "qonys-subtitle");
  GtkWidget *versions = gtk_button_new_with_label (_ ("Versions…"));

  gtk_widget_add_css_class (bar, "qonys-bar-row");
  gtk_widget_set_hexpand (note, TRUE);
  dialog->button = gtk_button_new_with_label (_ ("Return to this state"));
  gtk_widget_set_valign (dialog->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (dialog->button, "clicked", G_CALLBACK (revert_cb), dialog);
  gtk_widget_set_valign (versions, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (versions, "clicked", G_CALLBACK (versions_cb), dialog);
  gtk_box_append (GTK_BOX (bar), note);
  gtk_box_append (GTK_BOX (bar), versions);
  gtk_box_append (GTK_BOX (bar), dialog->button);
  return bar;
}

GtkWindow *
qonys_history_dialog_show (GtkWindow *parent, QonysSession *session)
{
  const GPtrArray *edits = qonys_history_get_edits (qonys_session_get_history (session));
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkStringList *lines = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view;
  GtkWindow *window;

  dialog->session = g_object_ref (session);
  dialog->edits = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_edit_unref);
  for (guint i = 0; i < edits->len; i++)
    g_ptr_array_add (dialog->edits, qonys_edit_ref (edits->pdata[i]));
  for (guint i = 0; i <= edits->len; i++)
    gtk_string_list_append (lines, ""); /* told by their places */
  dialog->selection = gtk_single_selection_new (G_LIST_MODEL (lines));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), dialog);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (dialog->selection), factory);
  gtk_widget_add_css_class (view, "qonys-measures");
  gtk_widget_add_css_class (view, "qonys-history");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("History"), -1);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (revert_cb), dialog);
  g_signal_connect_swapped (dialog->selection, "notify::selected", G_CALLBACK (selected_cb),
                            dialog);
  window = qonys_dialogs_show_page (parent, _ ("History"), view, 520, 520);
  dialog->window = GTK_WIDGET (window);
  g_object_set_data_full (G_OBJECT (window), "qonys-history", dialog, dialog_free);
  gtk_box_append (GTK_BOX (adw_window_get_content (ADW_WINDOW (window))), make_bar (dialog));
  selected_cb (dialog);
  gtk_window_set_focus (window, view);
  return window;
}
