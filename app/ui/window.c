/* One window; what it shows is derived from the session in changed_cb(). */

#include "base/format.h"
#include "ui/audience.h"
#include "ui/board.h"
#include "ui/city-panel.h"
#include "ui/import-dialog.h"
#include "ui/info-bar.h"
#include "ui/layers-panel.h"
#include "ui/measures-panel.h"
#include "ui/open-dialogs.h"
#include "ui/problems-panel.h"
#include "ui/report-dialog.h"
#include "ui/settings.h"
#include "ui/window-private.h"
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (QonysWindow, qonys_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
update_title (QonysWindow *self)
{
  QonysProject *project = qonys_session_get_project (self->session);
  QonysDay day = qonys_session_get_data_day (self->session);
  g_autofree char *title = qonys_session_dup_title (self->session);
  g_autofree char *day_text = qonys_format_day (day);
  g_autofree char *state = NULL, *subtitle = NULL;

  if (project != NULL)
    state = day == QONYS_DAY_MISSING ? g_strdup (_ ("No data loaded"))
                                     : g_strdup_printf (_ ("Data as of %s"), day_text);
  if (project != NULL && qonys_project_is_synthetic (project))
    subtitle = g_strdup_printf (_ ("%s · training data"), state);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : state);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* The colour of a wider view runs around the whole window, so that nobody in the room overlooks
 * it; the button says the same in words. */
static void
update_audience (QonysWindow *self)
{
  QonysAudience audience = qonys_session_get_audience (self->session);
  gboolean is_public = audience == QONYS_AUDIENCE_PUBLIC;
  QonysColor color = qonys_audience_get_color (audience);
  g_autofree char *css = NULL;

  adw_button_content_set_label (self->audience_content, qonys_audience_get_title (audience));
  adw_button_content_set_icon_name (self->audience_content, qonys_audience_get_icon (audience));
  gtk_widget_set_tooltip_text (self->audience_button,
                               is_public ? _ ("Show more than the public may see (Ctrl+U)")
                                         : _ ("Back to the public view (Ctrl+U)"));
  css = is_public ? g_strdup ("")
                  : g_strdup_printf (".qonys-frame { border: 4px solid rgb(%u,%u,%u); }"
                                     ".qonys-audience { background: rgb(%u,%u,%u); color: white; }",
                                     color.red, color.green, color.blue, color.red, color.green,
                                     color.blue);
  gtk_css_provider_load_from_data (self->frame_css, css, -1);
}

/* While the first project is being read the map's page is there already, empty and still. */
static void
update_page (QonysWindow *self)
{
  gboolean has_project = qonys_session_get_project (self->session) != NULL;
  gboolean has_map = has_project || qonys_session_get_job (self->session) != NULL;

  gtk_stack_set_visible_child_name (self->stack, has_map ? "map" : "welcome");
  gtk_widget_set_sensitive (self->sidebar, has_project);
  gtk_widget_set_sensitive (self->search_box, has_project);
  gtk_widget_set_visible (self->search_box, has_map);
  gtk_widget_set_visible (self->audience_button, has_map);
  gtk_widget_set_visible (self->sidebar_button, has_map);
}

/* What was deleted or taken out of use by one key comes back by one. */
static void
update_plan (QonysWindow *self)
{
  const QonysHistory *history = qonys_session_get_history (self->session);
  const GPtrArray *edits = history == NULL ? NULL : qonys_history_get_edits (history);
  const QonysEdit *last = edits == NULL || edits->len == 0 ? NULL : edits->pdata[edits->len - 1];
  gint64 number = last == NULL ? 0 : last->number;

  _qonys_window_steps_update (self);
  if (number == self->last_edit + 1 && last->type == QONYS_EDIT_DO &&
      (g_str_has_suffix (last->action, ".delete") || g_str_equal (last->action, "data.withdraw") ||
       g_str_equal (last->action, "data.remove-training"))) {
    g_autofree char *text = last->subject == NULL || g_str_has_prefix (last->action, "data.")
                                ? qonys_edit_describe (last)
                                : g_strdup_printf (_ ("Deleted: %s"), last->subject);
    g_autofree char *escaped = g_markup_escape_text (text, -1);
    AdwToast *toast = adw_toast_new (escaped);

    adw_toast_set_button_label (toast, _ ("Undo"));
    adw_toast_set_action_name (toast, "win.undo");
    adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
    adw_toast_overlay_add_toast (self->toasts, toast);
  }
  self->last_edit = number;
}

static void
changed_cb (QonysWindow *self, guint changes)
{
  QonysProject *project = qonys_session_get_project (self->session);

  if (changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_JOB))
    update_page (self);
  if (changes & QONYS_CHANGED_RELEASE) {
    update_title (self);
    update_audience (self);
    if (project != NULL && qonys_project_get_path (project) != NULL)
      qonys_settings_set_string ("last-project", qonys_project_get_path (project));
  }
  if (changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_JOB))
    _qonys_window_actions_update (self);
  if (changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_HISTORY))
    update_plan (self);
}

void
_qonys_window_show_board (QonysWindow *self, gboolean is_shown)
{
  gtk_stack_set_visible_child_name (self->views, is_shown ? "board" : "map");
  gtk_widget_grab_focus (is_shown ? gtk_stack_get_child_by_name (self->views, "board")
                                  : GTK_WIDGET (qonys_window_get_map (self)));
}

static void
view_shown_cb (QonysWindow *self)
{
  gboolean is_board = g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "board") == 0;

  g_simple_action_set_state (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "board")),
      g_variant_new_boolean (is_board));
}

/* What shall be seen on the map is not looked for on the board. */
static void
show_box_cb (QonysWindow *self)
{
  gtk_stack_set_visible_child_name (self->views, "map");
}

static void
show_page_cb (QonysWindow *self, const char *page)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
  adw_view_stack_set_visible_child_name (self->pages, page);
}

static void
finished_cb (QonysWindow *self, const char *sentence, const char *path)
{
  g_autofree char *name = path == NULL ? NULL : g_path_get_basename (path);
  /* Translators: what was done, and the file's name */
  g_autofree char *text =
      name == NULL ? g_strdup (sentence) : g_strdup_printf (_ ("%s: %s"), sentence, name);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
reported_cb (QonysWindow *self, const char *title, const QonysImportReport *report)
{
  qonys_report_dialog_show (GTK_WINDOW (self), title, report);
}

static void
crs_wanted_cb (QonysWindow *self, const char *path)
{
  qonys_ask_crs (GTK_WINDOW (self), self->session, path);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, QonysWindow *self)
{
  GSList *files = g_value_get_boxed (value);
  g_autofree char *path = files == NULL ? NULL : g_file_get_path (files->data);

  if (path == NULL)
    return FALSE;
  if (qonys_session_get_project (self->session) == NULL || qonys_store_is_project (path))
    qonys_session_open (self->session, path);
  else
    qonys_import_dialog_show (GTK_WINDOW (self), self->session, path);
  return TRUE;
}

static void
close_anyway_cb (gpointer self)
{
  QONYS_WINDOW (self)->may_close = TRUE;
  gtk_window_close (self);
}

static gboolean
qonys_window_close_request (GtkWindow *window)
{
  QonysWindow *self = QONYS_WINDOW (window);

  if (!self->may_close && qonys_session_is_unsaved (self->session)) {
    qonys_ask_discard (window, close_anyway_cb, self);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (qonys_window_parent_class)->close_request (window);
}

static void
add_page (QonysWindow *self, GType type, const char *name, const char *title, const char *icon)
{
  GtkWidget *panel = g_object_new (type, "session", self->session, NULL);

  adw_view_stack_page_set_icon_name (adw_view_stack_add_titled (self->pages, panel, name, title),
                                     icon);
}

QonysSession *
qonys_window_get_session (QonysWindow *self)
{
  return self->session;
}

QonysMapView *
qonys_window_get_map (QonysWindow *self)
{
  return qonys_map_page_get_view (self->map_page);
}

QonysSearch *
qonys_window_get_search (QonysWindow *self)
{
  return self->search;
}

GtkWidget *
qonys_window_get_panel (QonysWindow *self, const char *page)
{
  return adw_view_stack_get_child_by_name (self->pages, page);
}

void
qonys_window_copy_view (QonysWindow *self, QonysWindow *other)
{
  const char *const names[] = {"problems", "measures", "city"};
  QonysCamera camera;
  int width_px, height_px;

  gtk_window_get_default_size (GTK_WINDOW (other), &width_px, &height_px);
  gtk_window_set_default_size (GTK_WINDOW (self), width_px, height_px);
  if (gtk_window_is_maximized (GTK_WINDOW (other)))
    gtk_window_maximize (GTK_WINDOW (self));
  if (gtk_window_is_fullscreen (GTK_WINDOW (other)))
    gtk_window_fullscreen (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->flap, adw_flap_get_reveal_flap (other->flap));
  adw_view_stack_set_visible_child_name (self->pages,
                                         adw_view_stack_get_visible_child_name (other->pages));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *item =
        qonys_panel_get_item (QONYS_PANEL (qonys_window_get_panel (other, names[i])));

    if (item != NULL)
      qonys_panel_open (QONYS_PANEL (qonys_window_get_panel (self, names[i])), item);
  }
  gtk_stack_set_visible_child_name (self->views, gtk_stack_get_visible_child_name (other->views));
  camera = qonys_map_view_get_camera (qonys_window_get_map (other));
  qonys_map_view_go_to (qonys_window_get_map (self), camera.center_x, camera.center_y, camera.zoom,
                        FALSE);
}

/* Size and sidebar are as they were left. */
static void
bind_settings (QonysWindow *self)
{
  GSettings *settings = qonys_settings_get ();

  if (settings == NULL)
    return;
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "sidebar", self->flap, "reveal-flap", G_SETTINGS_BIND_DEFAULT);
}

static void
qonys_window_constructed (GObject *object)
{
  QonysWindow *self = QONYS_WINDOW (object);

  G_OBJECT_CLASS (qonys_window_parent_class)->constructed (object);
  self->map_page = g_object_new (QONYS_TYPE_MAP_PAGE, "session", self->session, NULL);
  _qonys_window_actions_init (self);
  add_page (self, QONYS_TYPE_LAYERS_PANEL, "layers", _ ("Layers"), "qonys-layers-symbolic");
  add_page (self, QONYS_TYPE_PROBLEMS_PANEL, "problems", _ ("Problems"), "dialog-warning-symbolic");
  add_page (self, QONYS_TYPE_MEASURES_PANEL, "measures", _ ("Measures"),
            "checkbox-checked-symbolic");
  add_page (self, QONYS_TYPE_CITY_PANEL, "city", _ ("City"), "qonys-city-symbolic");
  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->views, GTK_WIDGET (self->map_page), "map");
  gtk_stack_add_named (self->views, g_object_new (QONYS_TYPE_BOARD, "session", self->session, NULL),
                       "board");
  g_signal_connect_swapped (self->views, "notify::visible-child", G_CALLBACK (view_shown_cb), self);
  adw_flap_set_content (self->flap, GTK_WIDGET (self->views));
  self->search = g_object_new (QONYS_TYPE_SEARCH, "session", self->session, NULL);
  gtk_box_append (GTK_BOX (self->search_box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (self->info_box),
                  g_object_new (QONYS_TYPE_INFO_BAR, "session", self->session, NULL));

  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show-page", G_CALLBACK (show_page_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show-box", G_CALLBACK (show_box_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "reported", G_CALLBACK (reported_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "crs-wanted", G_CALLBACK (crs_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  bind_settings (self);
  changed_cb (self, QONYS_CHANGED_RELEASE);
}

static void
qonys_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_WINDOW (object)->session = g_value_dup_object (value);
}

static void
qonys_window_dispose (GObject *object)
{
  QonysWindow *self = QONYS_WINDOW (object);

  if (self->frame_css != NULL)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                   GTK_STYLE_PROVIDER (self->frame_css));
  g_clear_object (&self->frame_css);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_window_parent_class)->dispose (object);
}

static void
qonys_window_class_init (QonysWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_window_constructed;
  object_class->set_property = qonys_window_set_property;
  object_class->dispose = qonys_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = qonys_window_close_request;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/window.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, frame);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, title);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, info_box);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, search_box);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, audience_content);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, audience_button);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, QonysWindow, edit_section);
  _qonys_window_actions_class_init (widget_class);
}

static void
qonys_window_init (QonysWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->frame_css = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                              GTK_STYLE_PROVIDER (self->frame_css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

QonysWindow *
qonys_window_new (GtkApplication *application, QonysSession *session)
{
  return g_object_new (QONYS_TYPE_WINDOW, "application", application, "session", session, NULL);
}
