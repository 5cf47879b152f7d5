/* Pictures of scenes: some ten of 230 kB, each painted in some 20 ms on a thread. What is painted
 * is made by a release for the public and by no other. */

#include "ui/thumbnails.h"

#include "domain/scene.h"
#include "privacy/suppress.h"

#define SCALE 2 /* sharp on dense screens */

typedef struct {
  GdkTexture *texture;   /* NULL: not painted yet */
  QonysEntry *painted;   /* what it shows */
  QonysProject *project; /* of what data */
  QonysEntry *wanted;    /* NULL: nothing to be painted */
} Picture;

struct _QonysThumbnails {
  GObject parent_instance;

  QonysSession *session;
  GHashTable *pictures;  /* char *id → Picture */
  GQueue *ids;           /* char *: wanted, the newest first */
  QonysJob *job;         /* NULL: idle */
  QonysEntry *painting;  /* what the job paints; NULL: it makes the release */
  QonysRelease *release; /* of the public; NULL: none of the project yet */
};

G_DEFINE_FINAL_TYPE (QonysThumbnails, qonys_thumbnails, G_TYPE_OBJECT)

enum { PAINTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_clear_object (&picture->texture);
  g_clear_pointer (&picture->painted, qonys_entry_unref);
  g_clear_pointer (&picture->project, qonys_project_unref);
  g_clear_pointer (&picture->wanted, qonys_entry_unref);
  g_free (picture);
}

/* ---- painting, on a thread ---- */

typedef struct {
  QonysProject *project;
  QonysRelease *release; /* (nullable): then it is made, and nothing painted */
  QonysEntry *scene;
} Request;

typedef struct {
  QonysProject *project;
  QonysRelease *release;
  QonysEntry *scene;
  GdkTexture *texture; /* NULL: it cannot be painted */
} Result;

static void
request_free (gpointer data)
{
  Request *request = data;

  qonys_project_unref (request->project);
  g_clear_pointer (&request->release, qonys_release_unref);
  qonys_entry_unref (request->scene);
  g_free (request);
}

static void
result_free (gpointer data)
{
  Result *result = data;

  qonys_project_unref (result->project);
  g_clear_pointer (&result->release, qonys_release_unref);
  qonys_entry_unref (result->scene);
  g_clear_object (&result->texture);
  g_free (result);
}

static gboolean
paint (cairo_t *cr, const Request *request, QonysJob *job, GError **error)
{
  const char *id = qonys_entry_get (request->scene, QONYS_SCENE_STATISTIC);
  const char *look = qonys_entry_get (request->scene, QONYS_SCENE_STYLE);
  QonysRelease *own = qonys_release_with_statistic (request->release,
                                                    id == NULL ? NULL : qonys_statistic_find (id));
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera;
  QonysBox box;

  if (look != NULL)
    qonys_style_parse (look, &style);
  if (!qonys_scene_get_box (request->scene, &box))
    box = qonys_districts_get_main_box (qonys_project_get_districts (request->project));
  camera = qonys_camera_fit (&box, QONYS_THUMBNAIL_WIDTH_PX, QONYS_THUMBNAIL_HEIGHT_PX, 2);
  cairo_scale (cr, SCALE, SCALE);
  qonys_paint_map (cr, qonys_release_get_content (own), &style, &camera,
                   qonys_job_get_cancellable (job));
  qonys_release_unref (own);
  return !qonys_job_is_cancelled (job, error);
}

static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  const gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize)height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static GdkTexture *
paint_texture (const Request *request, QonysJob *job, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, QONYS_THUMBNAIL_WIDTH_PX * SCALE, QONYS_THUMBNAIL_HEIGHT_PX * SCALE);
  cairo_t *cr = cairo_create (surface);
  GdkTexture *texture = NULL;

  if (paint (cr, request, job, error))
    texture = make_texture (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return texture;
}

static gpointer
work (QonysJob *job, gpointer data, GError **error)
{
  const Request *request = data;
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  Result *result;

  if (request->release == NULL) {
    release = qonys_release_new (request->project, QONYS_AUDIENCE_PUBLIC, NULL, QONYS_MIN_THRESHOLD,
                                 NULL, job, error);
    if (release == NULL)
      return NULL;
  } else {
    release = qonys_release_ref (request->release);
    texture = paint_texture (request, job, NULL);
    if (qonys_job_is_cancelled (job, error))
      return NULL;
  }
  result = g_new0 (Result, 1);
  result->project = qonys_project_ref (request->project);
  result->release = g_steal_pointer (&release);
  result->scene = qonys_entry_ref (request->scene);
  result->texture = g_steal_pointer (&texture);
  return result;
}

/* ---- one at a time ---- */

static void run_next (QonysThumbnails *self);

static Picture *
get_picture (QonysThumbnails *self, const char *id)
{
  Picture *picture = g_hash_table_lookup (self->pictures, id);

  if (picture == NULL) {
    picture = g_new0 (Picture, 1);
    g_hash_table_insert (self->pictures, g_strdup (id), picture);
  }
  return picture;
}

static void
take_picture (QonysThumbnails *self, const Result *result)
{
  const char *id = qonys_entry_get_id (result->scene);
  Picture *picture = get_picture (self, id);

  g_set_object (&picture->texture, result->texture);
  g_clear_pointer (&picture->painted, qonys_entry_unref);
  g_clear_pointer (&picture->project, qonys_project_unref);
  picture->painted = qonys_entry_ref (result->scene);
  picture->project = qonys_project_ref (result->project);
  g_signal_emit (self, signals[PAINTED], 0, id);
}

static void
done_cb (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (QonysThumbnails) self = data;
  Result *result = qonys_job_finish (QONYS_JOB (source), async_result, NULL);
  gboolean has_painted = self->painting != NULL;

  g_clear_object (&self->job);
  g_clear_pointer (&self->painting, qonys_entry_unref);
  if (result == NULL && !has_painted) /* nothing can be shown to the public */
    qonys_thumbnails_stop (self);
  if (result != NULL && result->project != qonys_session_get_project (self->session))
    g_signal_emit (self, signals[PAINTED], 0, qonys_entry_get_id (result->scene));
  else if (result != NULL && has_painted)
    take_picture (self, result);
  else if (result != NULL)
    self->release = qonys_release_ref (result->release);
  g_clear_pointer (&result, result_free);
  run_next (self);
}

/* The release of the project as it is now; NULL: it must be made first. */
static void
update_release (QonysThumbnails *self, QonysProject *project)
{
  QonysRelease *release = qonys_session_get_public_release (self->session);

  if (self->release != NULL && qonys_release_get_project (self->release) != project)
    g_clear_pointer (&self->release, qonys_release_unref);
  if (self->release == NULL && release != NULL && qonys_release_get_project (release) == project)
    self->release = qonys_release_ref (release);
}

static void
run_next (QonysThumbnails *self)
{
  QonysProject *project = qonys_session_get_project (self->session);
  Request *request;
  Picture *picture;

  if (self->job != NULL || project == NULL || self->ids->length == 0)
    return;
  update_release (self, project);
  picture = g_hash_table_lookup (self->pictures, g_queue_peek_head (self->ids));
  request = g_new0 (Request, 1);
  request->project = qonys_project_ref (project);
  request->scene = qonys_entry_ref (picture->wanted);
  if (self->release != NULL) {
    request->release = qonys_release_ref (self->release);
    self->painting = g_steal_pointer (&picture->wanted);
    g_free (g_queue_pop_head (self->ids));
  }
  self->job = qonys_job_new ("");
  qonys_job_run (self->job, work, request, request_free, result_free, done_cb, g_object_ref (self));
}

GdkTexture *
qonys_thumbnails_get (QonysThumbnails *self, QonysEntry *scene)
{
  const char *id = qonys_entry_get_id (scene);
  Picture *picture = get_picture (self, id);

  if ((qonys_entry_equal (picture->painted, scene) &&
       picture->project == qonys_session_get_project (self->session)) ||
      qonys_entry_equal (self->painting, scene))
    return picture->texture;
  if (picture->wanted == NULL)
    g_queue_push_head (self->ids, g_strdup (id));
  g_clear_pointer (&picture->wanted, qonys_entry_unref);
  picture->wanted = qonys_entry_ref (scene);
  run_next (self);
  return picture->texture;
}

gboolean
qonys_thumbnails_is_settled (QonysThumbnails *self)
{
  return self->job == NULL && self->ids->length == 0;
}

QonysThumbnails *
qonys_thumbnails_new (QonysSession *session)
{
  QonysThumbnails *self = g_object_new (QONYS_TYPE_THUMBNAILS, NULL);

  self->session = g_object_ref (session);
  return self;
}

void
qonys_thumbnails_stop (QonysThumbnails *self)
{
  const char *id;

  while ((id = g_queue_peek_head (self->ids)) != NULL) {
    Picture *picture = g_hash_table_lookup (self->pictures, id);

    g_clear_pointer (&picture->wanted, qonys_entry_unref);
    g_free (g_queue_pop_head (self->ids));
  }
  if (self->job != NULL)
    qonys_job_cancel (self->job);
}

static void
qonys_thumbnails_finalize (GObject *object)
{
  QonysThumbnails *self = QONYS_THUMBNAILS (object);

  g_hash_table_unref (self->pictures);
  g_queue_free_full (self->ids, g_free);
  g_clear_pointer (&self->release, qonys_release_unref);
  g_object_unref (self->session);
  G_OBJECT_CLASS (qonys_thumbnails_parent_class)->finalize (object);
}

static void
qonys_thumbnails_class_init (QonysThumbnailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qonys_thumbnails_finalize;
  signals[PAINTED] = g_signal_new ("painted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
qonys_thumbnails_init (QonysThumbnails *self)
{
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, picture_free);
  self->ids = g_queue_new ();
}
