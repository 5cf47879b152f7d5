/* The check in the question before the wall: one job at a time, begun anew when the wall changes.
 * The deck is made on the main thread, where the history is; an audience the session does not show
 * gets its release in a job first. */

#include "ui/preflight-row.h"

#include "release/preflight.h"
#include "ui/dialogs.h"
#include "ui/wall-picture.h"

#include <glib/gi18n-lib.h>

typedef struct {
  AdwActionRow *row;
  GtkWidget *icon;
  QonysSession *session;
  QonysJob *job; /* NULL: none runs */
  QonysPreflight *preflight;
  QonysPreflightWall wall; /* without the purpose */
} Row;

typedef struct {
  QonysProject *project; /* of a release to be made */
  char *purpose;
  QonysDeck *deck;
  QonysPreflightWall wall;
} Request;

static void
row_free (gpointer data)
{
  Row *row = data;

  if (row->job != NULL)
    qonys_job_cancel (row->job);
  g_clear_object (&row->job);
  g_clear_pointer (&row->preflight, qonys_preflight_unref);
  g_object_unref (row->session);
  g_free (row);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->project, qonys_project_unref);
  g_clear_pointer (&request->deck, qonys_deck_unref);
  g_free (request->purpose);
  g_free (request);
}

static Row *
get_row (gpointer widget)
{
  return g_object_get_data (widget, "qonys-preflight");
}

/* ---- what was found ---- */

static const char *
get_icon (QonysPreflightLevel level)
{
  static const char *const icons[] = {"dialog-information-symbolic", "dialog-warning-symbolic",
                                      "dialog-error-symbolic"};

  return icons[level];
}

static GtkWidget *
add_scene (GtkWidget *group, const QonysPreflight *preflight, guint scene)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title =
      scene == 0 ? g_strdup (_ ("The whole story"))
                 : g_strdup_printf ("%u. %s", scene, (char *)preflight->titles->pdata[scene - 1]);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_finding (GtkWidget *scene, const QonysPreflightFinding *finding)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), finding->sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (finding->cure != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), finding->cure);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (get_icon (finding->level)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (scene), row);
}

static void
chosen_cb (const char *path, gpointer data)
{
  GError *error = NULL;

  if (!qonys_preflight_write (g_object_get_data (data, "qonys-preflight"), path, &error))
    qonys_session_set_error (g_object_get_data (data, "qonys-session"), error);
}

static void
save_cb (GtkWindow *page)
{
  /* Translators: a file's name without its ending */
  g_autofree char *name = g_strdup_printf ("%s.txt", _ ("check-of-the-scenes"));

  qonys_dialogs_save_file (page, _ ("Save the report"), name, chosen_cb, page);
}

static void
activated_cb (Row *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new (), *scene = NULL;
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save the report…"));
  const QonysPreflight *preflight = self->preflight;
  g_autofree char *summary = NULL;
  guint last = G_MAXUINT;
  GtkWindow *page;

  if (preflight == NULL)
    return;
  summary = qonys_preflight_summarize (preflight);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), summary);
  for (guint i = 0; i < preflight->findings->len; i++) {
    const QonysPreflightFinding *finding = preflight->findings->pdata[i];

    if (finding->scene != last)
      scene = add_scene (group, preflight, finding->scene);
    last = finding->scene;
    add_finding (scene, finding);
  }
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), group);
  gtk_widget_set_halign (save, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), save);
  page = qonys_dialogs_show_page (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->row))),
                                  _ ("Check of the scenes"), box, 640, 560);
  g_object_set_data_full (G_OBJECT (page), "qonys-preflight", qonys_preflight_ref (self->preflight),
                          (GDestroyNotify)qonys_preflight_unref);
  g_object_set_data_full (G_OBJECT (page), "qonys-session", g_object_ref (self->session),
                          g_object_unref);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), page);
}

/* ---- the row ---- */

static void
say (Row *self, const char *text, const char *icon, const char *css_class)
{
  adw_action_row_set_subtitle (self->row, text);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_css_classes (self->icon, (const char *[]){css_class, NULL});
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->row), self->preflight != NULL);
}

static void
show_preflight (Row *self)
{
  g_autofree char *summary = qonys_preflight_summarize (self->preflight);

  if (qonys_preflight_count (self->preflight, QONYS_PREFLIGHT_STOP) > 0)
    say (self, summary, "dialog-error-symbolic", "error");
  else if (qonys_preflight_count (self->preflight, QONYS_PREFLIGHT_WARNING) > 0)
    say (self, summary, "dialog-warning-symbolic", "warning");
  else
    say (self, summary, "emblem-ok-symbolic", "success");
}

/* ---- the check ---- */

/* What cannot be kept is no reason not to show. */
static void
store_pictures (const Request *request, QonysJob *job)
{
  const GPtrArray *scenes = qonys_deck_get_scenes (request->deck);
  const QonysWallSize size = {request->wall.width_px, request->wall.height_px, request->wall.scale,
                              request->wall.is_dark};

  if (request->wall.audience != QONYS_AUDIENCE_PUBLIC)
    return;
  for (guint i = 0; i < scenes->len && !qonys_job_is_cancelled (job, NULL); i++) {
    g_autoptr (QonysWallPicture) picture = qonys_wall_picture_paint (
        request->deck, scenes->pdata[i], &size, NULL, qonys_job_get_cancellable (job));

    if (picture != NULL && picture->error == NULL)
      qonys_wall_picture_store (picture, request->deck, scenes->pdata[i], &size, NULL);
  }
}

static gpointer
check (QonysJob *job, gpointer data, GError **error)
{
  Request *request = data;
  QonysPreflight *preflight =
      qonys_preflight_run (request->deck, request->wall.width_px, request->wall.height_px,
                           request->wall.is_dark, job, error);

  if (preflight == NULL)
    return NULL;
  store_pictures (request, job);
  qonys_preflight_keep (preflight, NULL);
  return preflight;
}

/* Is the answer that of the check in hand? It may be of another wall, or the dialog be gone. */
static Row *
take (GtkWidget *widget, GObject *source, GError **error)
{
  Row *self = get_row (widget);

  if (self == NULL || (GObject *)self->job != source) {
    g_clear_error (error);
    return NULL;
  }
  g_clear_object (&self->job);
  if (*error != NULL)
    say (self, (*error)->message, "dialog-error-symbolic", "error");
  g_clear_error (error);
  return self;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  GError *error = NULL;
  g_autoptr (QonysPreflight) preflight = qonys_job_finish (QONYS_JOB (source), result, &error);
  Row *self = take (widget, source, &error);

  if (self == NULL || preflight == NULL)
    return;
  self->preflight = g_steal_pointer (&preflight);
  show_preflight (self);
}

static void
check_release (Row *self, QonysRelease *release)
{
  Request *request = g_new0 (Request, 1);

  request->deck = qonys_deck_new (release, qonys_session_get_plan (self->session),
                                  qonys_session_get_history (self->session));
  request->wall = self->wall;
  self->job = qonys_job_new (_ ("Checking the scenes"));
  qonys_job_run (self->job, check, request, request_free, (GDestroyNotify)qonys_preflight_unref,
                 checked_cb, g_object_ref (self->row));
}

static gpointer
make_release (QonysJob *job, gpointer data, GError **error)
{
  const Request *request = data;

  return qonys_release_new (request->project, request->wall.audience, request->purpose, 0, NULL,
                            job, error);
}

static void
released_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  GError *error = NULL;
  g_autoptr (QonysRelease) release = qonys_job_finish (QONYS_JOB (source), result, &error);
  Row *self = take (widget, source, &error);

  if (self != NULL && release != NULL && qonys_session_get_plan (self->session) != NULL)
    check_release (self, release);
}

void
qonys_preflight_row_check (GtkWidget *widget, const QonysPreflightWall *wall)
{
  Row *self = get_row (widget);
  QonysRelease *own = qonys_session_get_release (self->session);
  Request *request;

  if (self->job != NULL)
    qonys_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_pointer (&self->preflight, qonys_preflight_unref);
  if (wall == NULL || own == NULL || qonys_session_get_plan (self->session) == NULL) {
    say (self, _ ("After the purpose is given"), "dialog-information-symbolic", "dim-label");
    return;
  }
  self->wall = *wall;
  self->wall.purpose = NULL;
  say (self, _ ("Checking…"), "content-loading-symbolic", "dim-label");
  if (qonys_release_get_audience (own) == wall->audience) {
    check_release (self, own);
    return;
  }
  request = g_new0 (Request, 1);
  request->project = qonys_project_ref (qonys_session_get_project (self->session));
  request->purpose = g_strdup (wall->purpose);
  request->wall = self->wall;
  self->job = qonys_job_new (_ ("Checking the scenes"));
  qonys_job_run (self->job, make_release, request, request_free,
                 (GDestroyNotify)qonys_release_unref, released_cb, g_object_ref (self->row));
}

static void
destroy_cb (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (widget), "qonys-preflight", NULL);
}

GtkWidget *
qonys_preflight_row_new (QonysSession *session)
{
  Row *self = g_new0 (Row, 1);
  GtkWidget *row = adw_action_row_new ();

  self->row = ADW_ACTION_ROW (row);
  self->session = g_object_ref (session);
  self->icon = gtk_image_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Check of the scenes"));
  adw_action_row_add_prefix (self->row, self->icon);
  adw_action_row_add_suffix (self->row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "qonys-preflight", self, row_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (row, "destroy", G_CALLBACK (destroy_cb), NULL);
  return row;
}
