/* See ui-support.h. */

#include "ui-support.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>

#define WAIT_S 60

static QonysApplication *application;

/* A warning is a failure, but for what a test without a bus and without the system’s data lacks. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  GLogWriterOutput output = g_log_writer_default (level, fields, n_fields, NULL);

  if ((level & G_LOG_LEVEL_MASK) > G_LOG_LEVEL_WARNING)
    return output;
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        (g_str_has_prefix (fields[i].value, "Failed to load icon ") ||
         strstr (fields[i].value, "session bus") != NULL ||
         /* libadwaita's own message dialog under GTK 4.18 */
         (adw_get_minor_version () > 2 &&
          g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel "))))
      return output;
  abort ();
}

/* Beside the test, in the same build. */
static void
find_program (const char *test)
{
  g_autofree char *folder = g_path_get_dirname (test);
  g_autofree char *path = g_build_filename (folder, "..", "..", "app", "qonys", NULL);
  g_autofree char *program = g_canonicalize_filename (path, NULL);

  qonys_session_set_program (program);
}

void
ui_init (int *argc, char ***argv)
{
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS"); /* no bus, no portal, no other Qonys */
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display: install xvfb\n");
    exit (0);
  }
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_writer_func (write_log, NULL, NULL);
  qonys_language_init ("en");
  find_program ((*argv)[0]);
  application = qonys_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  g_application_activate (G_APPLICATION (application));
}

int
ui_run (void)
{
  int status = g_test_run ();

  gtk_window_destroy (GTK_WINDOW (ui_window ()));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (application);
  return status;
}

QonysWindow *
ui_window (void)
{
  return qonys_application_get_window (application);
}

QonysSession *
ui_session (void)
{
  return qonys_window_get_session (ui_window ());
}

void
ui_wait (UiCondition condition)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;

  while (!condition ()) {
    if (g_get_monotonic_time () > end_us)
      g_error ("waited %d s in vain", WAIT_S);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

gboolean
ui_is_settled (void)
{
  return qonys_session_get_job (ui_session ()) == NULL &&
         (qonys_session_get_project (ui_session ()) == NULL ||
          qonys_map_view_is_settled (qonys_window_get_map (ui_window ())));
}

void
ui_settle (void)
{
  ui_wait (ui_is_settled);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ui_wait (ui_is_settled);
}

void
ui_open_demo (void)
{
  if (qonys_session_get_project (ui_session ()) == NULL)
    qonys_session_new_demo (ui_session (), 2000);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_nonnull (qonys_session_get_project (ui_session ()));
}

GtkWidget *
ui_show_page (const char *page)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.show-page", "s", page));
  return qonys_window_get_panel (ui_window (), page);
}

GtkEventController *
ui_find_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
      return controller; /* the widget keeps it */
  }
  return NULL;
}

static gboolean
press_in (GtkWidget *widget, GListModel *shortcuts, guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++) {
    g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
    GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

    if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
        gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
        gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
      return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                           gtk_shortcut_get_arguments (shortcut));
  }
  return FALSE;
}

gboolean
ui_press (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_SHORTCUT_CONTROLLER (controller) &&
        press_in (widget, G_LIST_MODEL (controller), key, modifiers))
      return TRUE;
  }
  return FALSE;
}

void
ui_click_map (double x_px, double y_px)
{
  GtkWidget *map = GTK_WIDGET (qonys_window_get_map (ui_window ()));
  GtkEventController *click = ui_find_controller (map, GTK_TYPE_GESTURE_CLICK);

  g_signal_emit_by_name (click, "pressed", 1, x_px, y_px);
  g_signal_emit_by_name (click, "released", 1, x_px, y_px);
}

guint
ui_count (GtkWidget *widget, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += ui_count (child, type);
  return n;
}

GtkWidget *
ui_find (GtkWidget *widget, GType type, const char *title)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (title == NULL ||
       (ADW_IS_PREFERENCES_ROW (widget) &&
        g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title)) ||
       (GTK_IS_BUTTON (widget) &&
        g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), title) == 0)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = ui_find (child, type, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

gboolean
ui_shows (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ui_shows (child, text))
      return TRUE;
  return FALSE;
}

gboolean
ui_has_addresses (void)
{
  const QonysContent *content = qonys_session_get_content (ui_session ());

  return content->layers[QONYS_LAYER_OVERCROWDED].is_addresses ||
         content->layers[QONYS_LAYER_FICTITIOUS].is_addresses;
}

void
ui_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_remove (file);
  }
  g_rmdir (path);
}

static gboolean
is_on_disk (void)
{
  return !qonys_session_has_pending_edits (ui_session ()) && ui_is_settled ();
}

void
ui_wait_for_disk (void)
{
  ui_wait (is_on_disk);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
}

gboolean
ui_undo (void)
{
  return ui_press (GTK_WIDGET (ui_window ()), GDK_KEY_z, GDK_CONTROL_MASK);
}

gboolean
ui_redo (void)
{
  return ui_press (GTK_WIDGET (ui_window ()), GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
}

/* The newest; one that was answered may still be fading. */
GtkWindow *
ui_get_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window; /* GTK keeps it */
  }
  return NULL;
}

void
ui_type (GtkWindow *dialog, const char *title, const char *text)
{
  GtkWidget *row = ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

void
ui_choose (GtkWindow *dialog, const char *title, guint position)
{
  GtkWidget *row = ui_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, title);

  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position);
}

gboolean
ui_can_accept (GtkWindow *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept");
}

void
ui_accept (GtkWindow *dialog)
{
  g_assert_true (ui_can_accept (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
