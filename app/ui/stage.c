/* One at a time, opened from the window's menu or F5. The deck is made of a release of the wall's
 * own audience: the session's if it is the same, else one made in a job. */

#include "ui/stage.h"

#include "ui/presenter.h"
#include "ui/question.h"
#include "ui/quiet.h"
#include "ui/rows.h"
#include "ui/wall-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define CURSOR_HIDES_MS 2000

struct _QonysStage {
  GObject parent_instance;

  GtkApplication *application; /* NULL: closed */
  QonysSession *session;
  GdkMonitor *monitor;
  QonysAudience audience;
  char *purpose;
  gboolean is_dark;
  guint first;

  QonysShow *show;
  GtkWindow *wall, *presenter;
  GtkWidget *ask;
  QonysJob *job; /* makes a release */
  gboolean is_out_of_date;
  guint inhibit_cookie;
  QonysQuiet *quiet;
};

G_DEFINE_FINAL_TYPE (QonysStage, qonys_stage, G_TYPE_OBJECT)

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void make_release (QonysStage *self);

/* ---- screens ---- */

static gboolean
shows_the_same (GdkMonitor *a, GdkMonitor *b)
{
  GdkRectangle at, other;

  gdk_monitor_get_geometry (a, &at);
  gdk_monitor_get_geometry (b, &other);
  return gdk_rectangle_intersect (&at, &other, NULL);
}

GPtrArray *
qonys_stage_list_monitors (GdkDisplay *display)
{
  GListModel *model = gdk_display_get_monitors (display);
  GPtrArray *monitors = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GdkMonitor) monitor = g_list_model_get_item (model, i);
    gboolean is_new = TRUE;

    for (guint j = 0; j < monitors->len; j++)
      is_new = is_new && !shows_the_same (monitors->pdata[j], monitor);
    if (is_new)
      g_ptr_array_add (monitors, g_steal_pointer (&monitor));
  }
  return monitors;
}

/* The last screen that is not the window's. */
static GdkMonitor *
choose_monitor (GtkWindow *window, const GPtrArray *monitors)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkMonitor *own =
      surface != NULL
          ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface)
          : NULL;

  for (guint i = monitors->len; i > 0; i--)
    if (monitors->pdata[i - 1] != own)
      return monitors->pdata[i - 1];
  return monitors->len > 0 ? monitors->pdata[0] : NULL;
}

/* ---- the wall's window ---- */

static gboolean
hide_cursor (gpointer wall)
{
  gtk_widget_set_cursor_from_name (wall, "none");
  g_object_set_data (G_OBJECT (wall), "hide-cursor", NULL);
  return G_SOURCE_REMOVE;
}

static void
cancel_hiding (GtkWidget *wall)
{
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (wall), "hide-cursor"));

  if (id != 0)
    g_source_remove (id);
  g_object_set_data (G_OBJECT (wall), "hide-cursor", NULL);
}

static void
motion_cb (GtkWidget *wall)
{
  cancel_hiding (wall);
  gtk_widget_set_cursor (wall, NULL);
  g_object_set_data (G_OBJECT (wall), "hide-cursor",
                     GUINT_TO_POINTER (g_timeout_add (CURSOR_HIDES_MS, hide_cursor, wall)));
}

static void
ask_on_wall (QonysStage *self)
{
  if (self->presenter == NULL)
    qonys_question_open (self->ask);
}

static void
make_wall (QonysStage *self)
{
  GtkWidget *window = gtk_window_new (), *overlay = gtk_overlay_new ();
  GtkWidget *view = qonys_wall_view_new (self->show, FALSE);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->wall = GTK_WINDOW (window);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The wall"), -1);
  self->ask = qonys_question_new (self->show);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), view);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->ask);
  gtk_window_set_child (self->wall, overlay);
  gtk_window_set_title (self->wall, _ ("Wall"));
  gtk_window_set_decorated (self->wall, FALSE);
  gtk_window_set_default_size (self->wall, 1024, 768);
  gtk_window_set_application (self->wall, self->application);

  qonys_show_take_keys (self->show, window);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), window);
  g_signal_connect (window, "destroy", G_CALLBACK (cancel_hiding), NULL);
  gtk_widget_add_controller (window, motion);
  g_signal_connect_swapped (window, "close-request", G_CALLBACK (qonys_stage_close), self);
  gtk_window_present (self->wall); /* first: without a surface the screen is not obeyed */
  if (self->monitor != NULL)
    gtk_window_fullscreen_on_monitor (self->wall, self->monitor);
  else
    gtk_window_fullscreen (self->wall);
}

/* On a screen of its own, or the hall would read the notes. */
static void
make_presenter (QonysStage *self)
{
  g_autoptr (GPtrArray) monitors = qonys_stage_list_monitors (gdk_display_get_default ());

  for (guint i = 0; i < monitors->len && self->presenter == NULL; i++)
    if (monitors->pdata[i] != self->monitor) {
      self->presenter = qonys_presenter_new (self->application, self->show);
      g_signal_connect_swapped (self->presenter, "close-request", G_CALLBACK (qonys_stage_close),
                                self);
      gtk_window_present (self->presenter);
      gtk_window_fullscreen_on_monitor (self->presenter, monitors->pdata[i]);
    }
}

/* ---- following the session ---- */

static void
next_language_cb (QonysStage *self)
{
  QonysLanguage next = (qonys_language_get () + 1) % QONYS_N_LANGUAGES;

  g_action_group_change_action_state (G_ACTION_GROUP (self->application), "language",
                                      g_variant_new_string (qonys_language_get_code (next)));
  /* The main window was made anew and came to the front; so is the presenter's. */
  gtk_window_present (self->wall);
  g_clear_pointer (&self->presenter, gtk_window_destroy);
  make_presenter (self);
}

static void
keep_cb (QonysStage *self)
{
  static const char *const KINDS[] = {
      [QONYS_TOOL_PEN] = "freehand", [QONYS_TOOL_ARROW] = "arrow", [QONYS_TOOL_CIRCLE] = "area"};
  const GPtrArray *strokes = qonys_show_get_strokes (self->show);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("annotation.add", NULL, "presenter", NULL);
  GError *error = NULL;

  for (guint i = 0; i < strokes->len; i++) {
    const QonysStroke *stroke = strokes->pdata[i];
    const char *values[QONYS_ANNOTATION_N_FIELDS] = {NULL};
    g_autofree char *id = qonys_entry_make_id ();
    g_autofree char *wkt = qonys_stroke_to_wkt (stroke);
    g_autoptr (QonysEntry) entry = NULL;

    if (wkt == NULL)
      continue;
    values[QONYS_ANNOTATION_KIND] = KINDS[stroke->tool];
    values[QONYS_ANNOTATION_SHAPE] = wkt;
    entry = qonys_entry_new (QONYS_ENTRY_ANNOTATION, id, values);
    qonys_edit_add (edit, NULL, entry);
  }
  if (qonys_session_edit (self->session, edit, &error))
    qonys_show_do (self->show, QONYS_SHOW_ERASE, 0);
  else
    qonys_session_set_error (self->session, error);
}

static void
make_windows (QonysStage *self, QonysDeck *deck)
{
  QonysWallSize size = {.scale = 1, .is_dark = self->is_dark};

  self->show = qonys_show_new (deck, self->first);
  qonys_show_set_size (self->show, &size);
  g_signal_connect_object (self->show, "ended", G_CALLBACK (qonys_stage_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->show, "language-wanted", G_CALLBACK (next_language_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->show, "keep-wanted", G_CALLBACK (keep_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->show, "search-wanted", G_CALLBACK (ask_on_wall), self,
                           G_CONNECT_SWAPPED);
  make_wall (self);
  make_presenter (self);
  self->inhibit_cookie =
      gtk_application_inhibit (self->application, self->wall, GTK_APPLICATION_INHIBIT_IDLE,
                               _ ("A story is shown on the wall"));
  self->quiet =
      qonys_quiet_begin (g_application_get_dbus_connection (G_APPLICATION (self->application)),
                         g_application_get_application_id (G_APPLICATION (self->application)),
                         _ ("A story is shown on the wall"));
}

static void
take_release (QonysStage *self, QonysRelease *release)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);
  g_autoptr (QonysDeck) deck = NULL;

  if (plan == NULL)
    return;
  deck = qonys_deck_new (release, plan, qonys_session_get_history (self->session));
  if (self->show == NULL)
    make_windows (self, deck);
  else
    qonys_show_set_deck (self->show, deck);
}

typedef struct {
  QonysProject *project;
  QonysAudience audience;
  char *purpose;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  qonys_project_unref (request->project);
  g_free (request->purpose);
  g_free (request);
}

static gpointer
work (QonysJob *job, gpointer data, GError **error)
{
  Request *request = data;

  return qonys_release_new (request->project, request->audience, request->purpose, 0, NULL, job,
                            error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QonysStage) self = data;
  GError *error = NULL;
  g_autoptr (QonysRelease) release = qonys_job_finish (QONYS_JOB (source), result, &error);

  g_clear_object (&self->job);
  if (self->application == NULL) { /* closed meanwhile */
    g_clear_error (&error);
    return;
  }
  if (self->is_out_of_date) {
    g_clear_error (&error);
    make_release (self);
  } else if (release != NULL) {
    take_release (self, release);
  } else {
    qonys_session_set_error (self->session, error);
    qonys_stage_close (self);
  }
}

static void
make_release (QonysStage *self)
{
  QonysRelease *own = qonys_session_get_release (self->session);
  Request *request;

  self->is_out_of_date = self->job != NULL;
  if (self->is_out_of_date || own == NULL)
    return;
  if (qonys_release_get_audience (own) == self->audience) {
    take_release (self, own);
    return;
  }
  request = g_new0 (Request, 1);
  request->project = qonys_project_ref (qonys_session_get_project (self->session));
  request->audience = self->audience;
  request->purpose = g_strdup (self->purpose);
  self->job = qonys_job_new (_ ("Preparing the wall"));
  qonys_job_run (self->job, work, request, request_free, (GDestroyNotify)qonys_release_unref,
                 made_cb, g_object_ref (self));
}

static void
session_changed_cb (QonysStage *self, guint changes)
{
  if (changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_PLAN))
    make_release (self);
}

/* ---- object ---- */

QonysShow *
qonys_stage_get_show (QonysStage *self)
{
  return self->show;
}

void
qonys_stage_close (QonysStage *self)
{
  g_autoptr (GtkApplication) application = g_steal_pointer (&self->application);

  if (application == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->job != NULL)
    qonys_job_cancel (self->job);
  if (self->inhibit_cookie != 0)
    gtk_application_uninhibit (application, self->inhibit_cookie);
  g_clear_pointer (&self->quiet, qonys_quiet_end);
  g_clear_pointer (&self->presenter, gtk_window_destroy);
  g_clear_pointer (&self->wall, gtk_window_destroy);
  g_signal_emit (self, signals[CLOSED], 0);
  g_object_unref (self); /* it was its own */
}

static void
qonys_stage_dispose (GObject *object)
{
  QonysStage *self = QONYS_STAGE (object);

  g_clear_object (&self->show);
  g_clear_object (&self->session);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->purpose, g_free);
  G_OBJECT_CLASS (qonys_stage_parent_class)->dispose (object);
}

static void
qonys_stage_class_init (QonysStageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qonys_stage_dispose;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_stage_init (QonysStage *self)
{
}

QonysStage *
qonys_stage_open (GtkWindow *window, QonysSession *session, const QonysStageOptions *options)
{
  QonysStage *self = g_object_new (QONYS_TYPE_STAGE, NULL);
  g_autoptr (GPtrArray) monitors = qonys_stage_list_monitors (gdk_display_get_default ());
  GdkMonitor *monitor =
      options->monitor != NULL ? options->monitor : choose_monitor (window, monitors);

  self->application = g_object_ref (gtk_window_get_application (window));
  self->session = g_object_ref (session);
  g_set_object (&self->monitor, monitor);
  self->audience = options->audience;
  self->purpose = g_strdup (options->purpose);
  self->is_dark = options->is_dark;
  self->first = options->first;
  g_signal_connect_swapped (session, "changed", G_CALLBACK (session_changed_cb), self);
  make_release (self);
  return self;
}
