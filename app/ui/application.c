/* Lifetime, options, language and style. The session outlives the windows: another language closes
 * one and opens the next of the same session. */

#include "ui/application.h"
#include "ui/about.h"
#include "ui/settings.h"
#include "ui/ui.h"
#include <glib/gi18n-lib.h>

struct _QonysApplication {
  AdwApplication parent_instance;

  QonysSession *session;
  QonysWindow *window; /* borrowed from GTK */
  gboolean exits_after_startup;
  int status;
};

/* Generated from resources/ui.gresource.xml. */
GResource *qonys_ui_get_resource (void);

G_DEFINE_FINAL_TYPE (QonysApplication, qonys_application, ADW_TYPE_APPLICATION)

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysApplication *self = data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysApplication *self = data;
  qonys_about_show (GTK_WINDOW (self->window));
}

static void
rebuild_window (QonysApplication *self)
{
  QonysWindow *old = self->window;

  self->window = qonys_window_new (GTK_APPLICATION (self), self->session);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  if (old != NULL) {
    qonys_window_copy_view (self->window, old);
    g_object_remove_weak_pointer (G_OBJECT (old), (gpointer *)&self->window);
    gtk_window_present (GTK_WINDOW (self->window));
    gtk_window_destroy (GTK_WINDOW (old));
  }
}

static void
language_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  QonysApplication *self = data;
  const char *code = g_variant_get_string (state, NULL);
  QonysLanguage language;

  if (!qonys_language_parse (code, &language) || language == qonys_language_get ())
    return;
  qonys_language_set (language);
  g_simple_action_set_state (action, state);
  qonys_settings_set_string ("language", code);
  if (self->window != NULL)
    rebuild_window (self);
  qonys_session_refresh (self->session);
}

static void
apply_style (const char *style)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (style, "dark")    ? ADW_COLOR_SCHEME_FORCE_DARK
                                      : g_str_equal (style, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                                     : ADW_COLOR_SCHEME_DEFAULT);
}

static void
style_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  apply_style (g_variant_get_string (state, NULL));
  g_simple_action_set_state (action, state);
  qonys_settings_set_string ("style", g_variant_get_string (state, NULL));
}

static void
dark_changed_cb (QonysApplication *self)
{
  QonysStyle style = *qonys_session_get_style (self->session);

  style.is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  qonys_session_set_style (self->session, &style);
}

static gboolean
quit_idle_cb (gpointer data)
{
  QonysApplication *self = data;

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

static void
started_cb (QonysApplication *self)
{
  g_signal_handlers_disconnect_by_func (qonys_window_get_map (self->window), started_cb, self);
  g_idle_add (quit_idle_cb, self);
}

static void
failed_cb (QonysApplication *self, guint changes)
{
  if ((changes & QONYS_CHANGED_ERROR) == 0 || qonys_session_get_error (self->session) == NULL)
    return;
  self->status = 1;
  g_idle_add (quit_idle_cb, self);
}

static void
present (QonysApplication *self)
{
  if (self->window == NULL)
    rebuild_window (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
qonys_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  QonysApplication *self = QONYS_APPLICATION (application);
  g_autofree char *path = g_file_get_path (files[0]);

  if (path != NULL) /* first of all: read while the window is made, which shows no welcome then */
    qonys_session_open (self->session, path);
  present (self);
  if (self->exits_after_startup) {
    g_signal_connect_swapped (qonys_window_get_map (self->window), "painted",
                              G_CALLBACK (started_cb), self);
    g_signal_connect_swapped (self->session, "changed", G_CALLBACK (failed_cb), self);
  }
}

/* Without a file the last project is opened, if it is still there; else the welcome page teaches
 * what to do. */
static void
qonys_application_activate (GApplication *application)
{
  QonysApplication *self = QONYS_APPLICATION (application);
  gboolean is_first = self->window == NULL;
  g_autofree char *last = qonys_settings_dup_string ("last-project");

  if (is_first && last[0] != '\0' && g_file_test (last, G_FILE_TEST_IS_REGULAR)) {
    g_autoptr (GFile) file = g_file_new_for_path (last);

    qonys_application_open (application, &file, 1, "");
    return;
  }
  present (self);
  if (self->exits_after_startup)
    g_idle_add (quit_idle_cb, self);
}

static int
qonys_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  const char *code;
  QonysLanguage language;

  QONYS_APPLICATION (application)->exits_after_startup =
      g_variant_dict_contains (options, "exit-after-startup");
  if (g_variant_dict_lookup (options, "lang", "&s", &code) &&
      qonys_language_parse (code, &language))
    qonys_language_set (language);
  return -1;
}

static void
set_accels (GtkApplication *application)
{
  const struct {
    const char *action;
    const char *accels[4];
  } table[] = {
      {"app.quit", {"<Ctrl>q"}},
      {"app.about", {"<Shift>F1"}},
      {"app.language::kk", {"<Ctrl><Alt>k"}},
      {"app.language::ru", {"<Ctrl><Alt>r"}},
      {"app.language::en", {"<Ctrl><Alt>e"}},
      {"app.style::default", {"<Ctrl><Alt>s"}},
      {"app.style::light", {"<Ctrl><Alt>l"}},
      {"app.style::dark", {"<Ctrl><Alt>d"}},
      {"win.show-help-overlay", {"<Ctrl>question", "F1"}},
      {"win.open", {"<Ctrl>o"}},
      {"win.open-districts", {"<Ctrl><Shift>o"}},
      {"win.add-data", {"<Ctrl>i"}},
      {"win.remove-training-data", {"<Ctrl><Shift>r"}},
      {"win.new-demo", {"<Ctrl>n"}},
      {"win.new-project", {"<Ctrl><Shift>n"}},
      {"win.save-as", {"<Ctrl>s"}},
      {"win.save-copy", {"<Ctrl><Shift>s"}},
      {"win.print", {"<Ctrl>p"}},
      {"win.report", {"<Ctrl>r"}},
      {"win.versions", {"<Ctrl><Shift>h"}},
      {"win.export", {"<Ctrl>e"}},
      {"win.export-animation", {"<Ctrl><Shift>a"}},
      {"win.audience", {"<Ctrl>u"}},
      {"win.search", {"<Ctrl>f"}},
      {"win.zoom-in", {"<Ctrl>plus", "<Ctrl>equal", "<Ctrl>KP_Add"}},
      {"win.zoom-out", {"<Ctrl>minus", "<Ctrl>KP_Subtract"}},
      {"win.show-city", {"<Ctrl>0", "<Ctrl>KP_0"}},
      {"win.focus-map", {"<Ctrl>m"}},
      {"win.present", {"F5"}},
      {"win.take-along", {"<Ctrl><Shift>t"}},
      {"win.switch-pane", {"F6"}},
      {"win.show-time", {"F12"}},
      {"win.history", {"<Ctrl>h"}},
      {"win.board", {"F7"}},
      {"win.add-measure", {"<Ctrl><Shift>m"}},
      {"win.storyboard", {"F4"}},
      {"win.capture-scene", {"F8", "<Ctrl><Shift>c"}},
      {"win.draw::pin", {"<Ctrl><Alt>1"}},
      {"win.draw::callout", {"<Ctrl><Alt>2"}},
      {"win.draw::arrow", {"<Ctrl><Alt>3"}},
      {"win.draw::area", {"<Ctrl><Alt>4"}},
      {"win.draw::freehand", {"<Ctrl><Alt>5"}},
      {"win.draw::before_after", {"<Ctrl><Alt>6"}},
      {"win.draw::item-point", {"<Ctrl><Alt>7"}},
      {"win.draw::item-area", {"<Ctrl><Alt>8"}},
      {"win.show-page::layers", {"<Alt>1"}},
      {"win.show-page::problems", {"<Alt>2"}},
      {"win.show-page::measures", {"<Alt>3"}},
      {"win.show-page::city", {"<Alt>4"}},
      {"win.toggle-layer::districts", {"<Ctrl>1"}},
      {"win.toggle-layer::fictitious", {"<Ctrl>2"}},
      {"win.toggle-layer::overcrowded", {"<Ctrl>3"}},
      {"win.toggle-layer::raids", {"<Ctrl>4"}},
      {"win.toggle-layer::items", {"<Ctrl>5"}},
      {"win.toggle-layer::annotations", {"<Ctrl>6"}},
      {"win.show-sidebar", {"F9"}},
      {"win.show-legend", {"<Ctrl>l"}},
      {"win.fullscreen", {"F11"}},
      {"win.close", {"<Ctrl>w"}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (application, table[i].action, table[i].accels);
}

static void
qonys_application_startup (GApplication *application)
{
  QonysApplication *self = QONYS_APPLICATION (application);
  const GActionEntry entries[] = {
      {.name = "quit", .activate = quit_cb},
      {.name = "about", .activate = about_cb},
      {.name = "language", .parameter_type = "s", .state = "'kk'", .change_state = language_cb},
      {.name = "style", .parameter_type = "s", .state = "'default'", .change_state = style_cb},
  };
  AdwStyleManager *manager;
  g_autofree char *style = qonys_settings_dup_string ("style");

  G_APPLICATION_CLASS (qonys_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (QONYS_APP_ID);
  self->session = qonys_session_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_state (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "language")),
      g_variant_new_string (qonys_language_get_code (qonys_language_get ())));
  set_accels (GTK_APPLICATION (self));

  manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (dark_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (style[0] != '\0')
    g_action_group_change_action_state (G_ACTION_GROUP (self), "style",
                                        g_variant_new_string (style));
  dark_changed_cb (self);
}

static void
qonys_application_finalize (GObject *object)
{
  QonysApplication *self = QONYS_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_application_parent_class)->finalize (object);
}

static void
qonys_application_class_init (QonysApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qonys_application_finalize;
  g_resources_register (qonys_ui_get_resource ());
  application_class->startup = qonys_application_startup;
  application_class->activate = qonys_application_activate;
  application_class->open = qonys_application_open;
  application_class->handle_local_options = qonys_application_handle_local_options;
}

static void
qonys_application_init (QonysApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "lang", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_STRING, _ ("Language: kk, ru or en"), "CODE");
  g_application_add_main_option (G_APPLICATION (self), "exit-after-startup", 0,
                                 G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE,
                                 "Quit when the first picture is on screen", NULL);
}

QonysApplication *
qonys_application_new (void)
{
  return g_object_new (QONYS_TYPE_APPLICATION, "application-id", QONYS_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/qonys/Qonys", NULL);
}

QonysWindow *
qonys_application_get_window (QonysApplication *self)
{
  return self->window;
}

int
qonys_application_get_status (QonysApplication *self)
{
  return self->status;
}

/* Without a graphics card GTK draws by way of an OpenGL in software: each picture of the map takes
 * twice as long as with cairo, and loading it a tenth of the start and 55 MB. */
static void
choose_renderer (void)
{
  gboolean has_card = g_file_test ("/dev/dri/renderD128", G_FILE_TEST_EXISTS) ||
                      g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS);

  if (!has_card)
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;
  if (gtk_get_minor_version () < 16)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
}

int
qonys_ui_run (int argc, char **argv)
{
  g_autofree char *code = qonys_settings_dup_string ("language");
  g_autoptr (QonysApplication) application = NULL;
  int status;

  choose_renderer ();
  qonys_session_set_program (argv[0]);
  gtk_disable_setlocale (); /* numbers stay "C", messages are qonys_language_init()'s */
  qonys_language_init (code[0] == '\0' ? NULL : code);
  application = qonys_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : qonys_application_get_status (application);
}
