/* One dialog at a time; each frees what it was given when it closes. */

#include "ui/dialogs.h"
#include "ui/recent.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define ACCEPT "accept"

typedef struct {
  QonysPathFunc func;
  gpointer data;
} FileRequest;

static void
file_response_cb (GtkNativeDialog *dialog, int response, FileRequest *request)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file == NULL ? NULL : g_file_get_path (file);

    if (path != NULL &&
        gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_OPEN)
      qonys_recent_keep_out (file);
    if (path != NULL)
      request->func (path, request->data);
  }
  g_free (request);
  g_object_unref (dialog);
}

static GtkFileChooserNative *
file_dialog_new (GtkWindow *parent, const char *title, GtkFileChooserAction action,
                 QonysPathFunc func, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, parent, action, action == GTK_FILE_CHOOSER_ACTION_SAVE ? _ ("Save") : _ ("Open"),
      _ ("Cancel"));
  FileRequest *request = g_new (FileRequest, 1);

  *request = (FileRequest){func, data};
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (file_response_cb), request);
  return dialog;
}

void
qonys_dialogs_open_file (GtkWindow *parent, const char *title, const QonysFileKind *kinds,
                         QonysPathFunc func, gpointer data)
{
  GtkFileChooserNative *dialog =
      file_dialog_new (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, func, data);

  for (; kinds != NULL && kinds->name != NULL; kinds++) {
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, kinds->name);
    for (guint i = 0; i < G_N_ELEMENTS (kinds->patterns) && kinds->patterns[i] != NULL; i++)
      gtk_file_filter_add_pattern (filter, kinds->patterns[i]);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
qonys_dialogs_save_file (GtkWindow *parent, const char *title, const char *name, QonysPathFunc func,
                         gpointer data)
{
  GtkFileChooserNative *dialog =
      file_dialog_new (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, func, data);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

typedef struct {
  QonysAcceptFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->data);
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, ACCEPT) == 0)
    question->func (question->data);
}

GtkWindow *
qonys_dialogs_ask (GtkWindow *parent, const char *heading, const char *body, GtkWidget *extra,
                   const char *accept, gboolean is_destructive, QonysAcceptFunc func, gpointer data,
                   GDestroyNotify free_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  Question *question = g_new (Question, 1);

  *question = (Question){func, data, free_data};
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), ACCEPT,
                                    accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), ACCEPT,
                                              is_destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                             : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), ACCEPT);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  if (extra != NULL)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), extra);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}

static gboolean
close_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

GtkWindow *
qonys_dialogs_show_page (GtkWindow *parent, const char *title, GtkWidget *child, int width_px,
                         int height_px)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), width_px, height_px);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (close_key, NULL, NULL)));
  gtk_widget_add_controller (window, shortcuts);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_focus (GTK_WINDOW (window), scroller); /* keys scroll, no text is selected */
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}

void
qonys_dialogs_set_ready (GtkWindow *dialog, gboolean is_ready)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), ACCEPT, is_ready);
}
