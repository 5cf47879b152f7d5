/* What can be done in the window, each by menu or button and by key. Actions that need a project
 * are off without one; actions that change it are off while work is done. */

#include "ui/audience.h"
#include "ui/history-dialog.h"
#include "ui/implementation-dialog.h"
#include "ui/import-dialog.h"
#include "ui/map-tools.h"
#include "ui/measure-dialogs.h"
#include "ui/open-dialogs.h"
#include "ui/panel.h"
#include "ui/print.h"
#include "ui/stage-dialog.h"
#include "ui/take-along.h"
#include "ui/versions-dialog.h"
#include "ui/why-dialog.h"
#include "ui/window-private.h"
#include <glib/gi18n-lib.h>

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_open (self, QONYS_WINDOW (self)->session);
}

static void
open_districts_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_open_districts (self, QONYS_WINDOW (self)->session);
}

static void
add_data_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_import_dialog_choose (self, QONYS_WINDOW (self)->session);
}

static void
new_project_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_session_new_project (QONYS_WINDOW (self)->session);
}

static void
new_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_new_demo (self, QONYS_WINDOW (self)->session);
}

static void
make_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_session_new_demo (QONYS_WINDOW (self)->session, 20000);
}

static void
save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_save_as (self, QONYS_WINDOW (self)->session);
}

static void
save_copy_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_save_copy (self, QONYS_WINDOW (self)->session);
}

static void
print_failed_cb (GError *error, gpointer session)
{
  qonys_session_set_error (session, error);
}

/* What is before one's eyes: the board's duties, the measure that is read, else the map. */
static QonysPages *
make_pages (QonysWindow *self)
{
  QonysRelease *release = qonys_session_get_release (self->session);
  QonysPlan *plan = qonys_session_get_plan (self->session);
  GtkWidget *panel = qonys_window_get_panel (self, "measures");
  const char *id = qonys_panel_get_item (QONYS_PANEL (panel));
  gboolean is_read = id != NULL && adw_flap_get_reveal_flap (self->flap) &&
                     adw_view_stack_get_visible_child (self->pages) == panel &&
                     qonys_plan_find (plan, QONYS_ENTRY_MEASURE, id) != NULL;
  QonysCamera camera;
  QonysBox box;

  if (is_read)
    return qonys_release_make_measure (release, plan, id);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "board") == 0)
    return qonys_release_make_duties (release, plan, NULL);
  camera = qonys_map_view_get_camera (qonys_window_get_map (self));
  box = qonys_camera_get_box (&camera);
  return qonys_release_make_sheet (release, qonys_session_get_style (self->session), &box);
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;
  g_autoptr (QonysPages) pages = make_pages (self);

  qonys_print (GTK_WINDOW (self), pages, print_failed_cb, self->session);
}

/* @body: "" all of them */
static void
print_duties_cb (GSimpleAction *action, GVariant *body, gpointer data)
{
  QonysWindow *self = data;
  const char *id = g_variant_get_string (body, NULL);
  g_autoptr (QonysPages) pages =
      qonys_release_make_duties (qonys_session_get_release (self->session),
                                 qonys_session_get_plan (self->session), *id == '\0' ? NULL : id);

  qonys_print (GTK_WINDOW (self), pages, print_failed_cb, self->session);
}

static void
report_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_implementation (self, QONYS_WINDOW (self)->session);
}

static void
versions_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_versions_dialog_show (self, QONYS_WINDOW (self)->session);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  QonysCamera camera = qonys_map_view_get_camera (qonys_window_get_map (self));
  QonysBox box = qonys_camera_get_box (&camera);

  qonys_ask_export (self, QONYS_WINDOW (self)->session, &box);
}

static void
export_animation_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;
  QonysCamera camera = qonys_map_view_get_camera (qonys_window_get_map (self));
  QonysBox box = qonys_camera_get_box (&camera);
  QonysAnimation animation =
      qonys_time_bar_get_animation (qonys_map_page_get_time_bar (self->map_page));

  qonys_ask_export_animation (GTK_WINDOW (self), self->session, &box, &animation);
}

static void
audience_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_audience_ask (self, QONYS_WINDOW (self)->session);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  gtk_widget_grab_focus (GTK_WIDGET (qonys_search_get_entry (QONYS_WINDOW (self)->search)));
}

static void
zoom_in_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_map_view_zoom (qonys_window_get_map (self), 0.5);
}

static void
zoom_out_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_map_view_zoom (qonys_window_get_map (self), -0.5);
}

static void
show_city_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_session_show_city (QONYS_WINDOW (self)->session);
}

static void
focus_map_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  _qonys_window_show_board (self, FALSE);
}

/* Into the sidebar's page, where the focus may be already: a page shown takes it over from the one
 * before. */
static void
focus_page (QonysWindow *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->pages);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/* From the map or the board to the sidebar's page and back. */
static void
switch_pane_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;

  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *board = gtk_stack_get_child_by_name (self->views, "board");

  if (focus == GTK_WIDGET (qonys_window_get_map (self)) ||
      (focus != NULL && gtk_widget_is_ancestor (focus, board))) {
    adw_flap_set_reveal_flap (self->flap, TRUE);
    focus_page (self);
  } else if (gtk_stack_get_visible_child (self->views) == board) {
    gtk_widget_grab_focus (board);
  } else {
    gtk_widget_grab_focus (GTK_WIDGET (qonys_window_get_map (self)));
  }
}

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;

  adw_flap_set_reveal_flap (self->flap, TRUE);
  adw_view_stack_set_visible_child_name (self->pages, g_variant_get_string (parameter, NULL));
  focus_page (self);
}

static void
toggle_layer_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysSession *session = QONYS_WINDOW (data)->session;
  QonysStyle style = *qonys_session_get_style (session);
  const char *id = g_variant_get_string (parameter, NULL);
  QonysLayer layer;

  if (g_str_equal (id, "items"))
    style.has_items = !style.has_items;
  else if (g_str_equal (id, "annotations"))
    style.has_annotations = !style.has_annotations;
  else if (qonys_layer_parse (id, &layer))
    style.layers[layer].is_visible = !style.layers[layer].is_visible;
  qonys_session_set_style (session, &style);
}

static void
toggle_dataset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysSession *session = QONYS_WINDOW (data)->session;
  const GPtrArray *datasets = qonys_project_get_datasets (qonys_session_get_project (session));
  gint32 id = g_variant_get_int32 (parameter);

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->id == id) {
      qonys_session_withdraw (session, id, !dataset->is_withdrawn);
      return;
    }
  }
}

static void
remove_training_data_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_session_remove_training_data (QONYS_WINDOW (self)->session);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_session_undo (QONYS_WINDOW (self)->session);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_session_redo (QONYS_WINDOW (self)->session);
}

static void
history_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_history_dialog_show (self, QONYS_WINDOW (self)->session);
}

static void
add_measure_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_ask_measure (self, QONYS_WINDOW (self)->session, NULL);
}

static void
board_cb (GSimpleAction *action, GVariant *state, gpointer self)
{
  _qonys_window_show_board (self, g_variant_get_boolean (state));
}

static void
capture_scene_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;
  QonysBox box = qonys_map_view_get_box (qonys_window_get_map (self));

  gtk_widget_set_visible (GTK_WIDGET (self->storyboard), TRUE);
  qonys_storyboard_capture (self->storyboard, &box);
}

/* Shows the story from the scene that is selected in the strip, else from its beginning. */
static void
present_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;
  g_autoptr (GPtrArray) story = qonys_story_get (qonys_session_get_plan (self->session));
  const char *selected = gtk_widget_get_visible (GTK_WIDGET (self->storyboard))
                             ? qonys_storyboard_get_selected (self->storyboard)
                             : NULL;
  int first = selected == NULL ? 0 : qonys_story_find (story, selected);

  qonys_ask_present (GTK_WINDOW (self), self->session, (guint)MAX (first, 0));
}

static void
take_along_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysWindow *self = data;
  QonysPlan *plan = qonys_session_get_plan (self->session);

  if (qonys_plan_get_entries (plan, QONYS_ENTRY_SCENE)->len > 0)
    qonys_ask_take_along (GTK_WINDOW (self), self->session);
  else /* which says how to come to scenes */
    gtk_widget_set_visible (GTK_WIDGET (self->storyboard), TRUE);
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  if (gtk_window_is_fullscreen (self))
    gtk_window_unfullscreen (self);
  else
    gtk_window_fullscreen (self);
}

static void
why_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  qonys_why_dialog_show (self);
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  gtk_window_close (self);
}

/* The menu names the step, in which no character marks a key; what cannot be done stays in its
 * place, grey. */
static void
add_step (GMenu *menu, const char *label, const char *pattern, const QonysEdit *edit,
          const char *action, const char *accel)
{
  g_autofree char *step = edit == NULL ? NULL : qonys_edit_describe (edit);
  g_auto (GStrv) parts = g_strsplit (edit == NULL ? "" : step, "_", -1);
  g_autofree char *plain = g_strjoinv ("__", parts);
  g_autofree char *text = edit == NULL ? g_strdup (label) : g_strdup_printf (pattern, plain);
  g_autoptr (GMenuItem) item = g_menu_item_new (text, action);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

void
_qonys_window_steps_update (QonysWindow *self)
{
  const QonysHistory *history = qonys_session_get_history (self->session);
  const QonysEdit *undo = history == NULL ? NULL : qonys_history_get_undo (history);
  const QonysEdit *redo = history == NULL ? NULL : qonys_history_get_redo (history);
  const struct {
    const char *action;
    gboolean is_enabled;
  } rules[] = {{"undo", undo != NULL},
               {"redo", redo != NULL},
               {"history", history != NULL},
               {"versions", history != NULL}};

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), rules[i].action)),
        rules[i].is_enabled);
  g_menu_remove_all (self->edit_section);
  /* Translators: then the step: “Move an annotation” */
  add_step (self->edit_section, _ ("Undo"), _ ("Undo: %s"), undo, "win.undo", "<Ctrl>z");
  add_step (self->edit_section, _ ("Redo"), _ ("Redo: %s"), redo, "win.redo", "<Ctrl><Shift>z");
  g_menu_append (self->edit_section, _ ("_History…"), "win.history");
  g_menu_append (self->edit_section, _ ("_Versions…"), "win.versions");
}

static gboolean
has_training_data (QonysProject *project)
{
  const GPtrArray *datasets = project == NULL ? NULL : qonys_project_get_datasets (project);

  for (guint i = 0; datasets != NULL && i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->is_synthetic && !dataset->is_withdrawn)
      return TRUE;
  }
  return FALSE;
}

void
_qonys_window_actions_update (QonysWindow *self)
{
  const struct {
    const char *name;
    gboolean needs_project, changes_project;
  } rules[] = {
      {"open", FALSE, TRUE},           {"open-districts", FALSE, TRUE},
      {"add-data", TRUE, TRUE},        {"new-project", FALSE, TRUE},
      {"new-demo", FALSE, TRUE},       {"make-demo", FALSE, TRUE},
      {"save-as", TRUE, TRUE},         {"export", TRUE, TRUE},
      {"audience", TRUE, TRUE},        {"search", TRUE, FALSE},
      {"zoom-in", TRUE, FALSE},        {"zoom-out", TRUE, FALSE},
      {"show-city", TRUE, FALSE},      {"focus-map", TRUE, FALSE},
      {"switch-pane", TRUE, FALSE},    {"show-page", TRUE, FALSE},
      {"toggle-layer", TRUE, FALSE},   {"board", TRUE, FALSE},
      {"add-measure", TRUE, TRUE},     {"export-animation", TRUE, TRUE},
      {"toggle-dataset", TRUE, TRUE},  {"save-copy", TRUE, TRUE},
      {"print", TRUE, TRUE},           {"print-duties", TRUE, TRUE},
      {"report", TRUE, TRUE},          {"capture-scene", TRUE, TRUE},
      {"mark-problem", TRUE, TRUE},    {"draw", TRUE, TRUE},
      {"edit-entry", TRUE, TRUE},      {"edit-shape", TRUE, TRUE},
      {"copy-entry", TRUE, FALSE},     {"paste-entry", TRUE, TRUE},
      {"duplicate-entry", TRUE, TRUE}, {"delete-entry", TRUE, TRUE},
      {"present", TRUE, TRUE},         {"take-along", TRUE, TRUE},
  };
  QonysProject *project = qonys_session_get_project (self->session);
  gboolean has_project = project != NULL;
  gboolean is_busy = qonys_session_is_busy (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), rules[i].name)),
        (has_project || !rules[i].needs_project) && !(is_busy && rules[i].changes_project));
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "remove-training-data")),
      !is_busy && has_training_data (project));
}

void
_qonys_window_actions_init (QonysWindow *self)
{
  const GActionEntry entries[] = {
      {.name = "open", .activate = open_cb},
      {.name = "open-districts", .activate = open_districts_cb},
      {.name = "add-data", .activate = add_data_cb},
      {.name = "new-project", .activate = new_project_cb},
      {.name = "new-demo", .activate = new_demo_cb},
      {.name = "make-demo", .activate = make_demo_cb},
      {.name = "save-as", .activate = save_as_cb},
      {.name = "export", .activate = export_cb},
      {.name = "export-animation", .activate = export_animation_cb},
      {.name = "audience", .activate = audience_cb},
      {.name = "search", .activate = search_cb},
      {.name = "zoom-in", .activate = zoom_in_cb},
      {.name = "zoom-out", .activate = zoom_out_cb},
      {.name = "show-city", .activate = show_city_cb},
      {.name = "focus-map", .activate = focus_map_cb},
      {.name = "switch-pane", .activate = switch_pane_cb},
      {.name = "show-page", .activate = show_page_cb, .parameter_type = "s"},
      {.name = "toggle-layer", .activate = toggle_layer_cb, .parameter_type = "s"},
      {.name = "toggle-dataset", .activate = toggle_dataset_cb, .parameter_type = "i"},
      {.name = "remove-training-data", .activate = remove_training_data_cb},
      {.name = "undo", .activate = undo_cb},
      {.name = "redo", .activate = redo_cb},
      {.name = "save-copy", .activate = save_copy_cb},
      {.name = "print", .activate = print_cb},
      {.name = "print-duties", .activate = print_duties_cb, .parameter_type = "s"},
      {.name = "report", .activate = report_cb},
      {.name = "versions", .activate = versions_cb},
      {.name = "history", .activate = history_cb},
      {.name = "add-measure", .activate = add_measure_cb},
      {.name = "board", .state = "false", .change_state = board_cb},
      {.name = "capture-scene", .activate = capture_scene_cb},
      {.name = "present", .activate = present_cb},
      {.name = "take-along", .activate = take_along_cb},
      {.name = "fullscreen", .activate = fullscreen_cb},
      {.name = "why", .activate = why_cb},
      {.name = "close", .activate = close_cb},
  };
  g_autoptr (GPropertyAction) sidebar =
      g_property_action_new ("show-sidebar", self->flap, "reveal-flap");
  g_autoptr (GPropertyAction) storyboard =
      g_property_action_new ("storyboard", self->storyboard, "visible");
  g_autoptr (GPropertyAction) legend = g_property_action_new (
      "show-legend", qonys_map_page_get_legend_button (self->map_page), "active");
  g_autoptr (GPropertyAction) time = g_property_action_new (
      "show-time", qonys_map_page_get_time_button (self->map_page), "active");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (sidebar));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (legend));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (time));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (storyboard));
  qonys_map_tools_install (GTK_WINDOW (self), self->session, qonys_window_get_map (self));
}

/* A plain letter is a shortcut only where no text is typed, and undo is there the text's: a binding
 * of the window comes after the focused entry's own keys, an accelerator would come before. */
void
_qonys_window_actions_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, 0, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Divide, 0, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, 0, "win.mark-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}
