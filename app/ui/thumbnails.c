/* Pictures of scenes: some ten of 230 kB, each painted in some 20 ms on a thread. What is painted
 * is made by a release for the public and by no other. */

#include "ui/thumbnails.h"

#include "privacy/suppress.h"
#include "release/deck.h"

#define SCALE 2              /* sharp on dense screens */
#define WALL_WIDTH_PX 1280.0 /* painted as on a wall, and made small */

/* What shall be painted, and of what. */
typedef struct {
  QonysProject *project;
  QonysPlan *plan;
  QonysDeck *deck; /* (nullable): then a release is made, and nothing painted */
  QonysEntry *scene;
} Request;

typedef struct {
  GdkTexture *texture; /* NULL: not painted yet, or cannot be */
  Request *painted;    /* what it shows; NULL: nothing yet */
  QonysEntry *wanted;  /* NULL: nothing to be painted */
} Picture;

struct _QonysThumbnails {
  GObject parent_instance;

  QonysSession *session;
  GHashTable *pictures;  /* char *id → Picture */
  GQueue *ids;           /* char *: wanted, the newest first */
  QonysJob *job;         /* NULL: idle */
  Request *running;      /* what the job does; NULL: idle */
  QonysRelease *release; /* of the public, of all of time; NULL: none of the data yet */
  QonysDeck *deck;       /* of the release; NULL: none yet */
  QonysPlan *plan;       /* the deck's */
};

G_DEFINE_FINAL_TYPE (QonysThumbnails, qonys_thumbnails, G_TYPE_OBJECT)

enum { PAINTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- painting, on a thread ---- */

typedef struct {
  QonysRelease *release; /* (nullable) */
  GdkTexture *texture;   /* (nullable): it cannot be painted */
} Result;

static void
request_clear (gpointer data)
{
  Request *request = data;

  qonys_project_unref (request->project);
  qonys_plan_unref (request->plan);
  g_clear_pointer (&request->deck, qonys_deck_unref);
  qonys_entry_unref (request->scene);
}

/* The job and who waits for it hold one each. */
static void
request_free (gpointer request)
{
  g_atomic_rc_box_release_full (request, request_clear);
}

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_clear_object (&picture->texture);
  g_clear_pointer (&picture->painted, request_free);
  g_clear_pointer (&picture->wanted, qonys_entry_unref);
  g_free (picture);
}

static void
result_free (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->release, qonys_release_unref);
  g_clear_object (&result->texture);
  g_free (result);
}

static gboolean
paint (cairo_t *cr, const Request *request, QonysJob *job)
{
  const QonysSlideView view = {.width_px = WALL_WIDTH_PX,
                               .height_px = WALL_WIDTH_PX * QONYS_THUMBNAIL_HEIGHT_PX /
                                            QONYS_THUMBNAIL_WIDTH_PX,
                               .split = 0.5};
  const double scale = SCALE * QONYS_THUMBNAIL_WIDTH_PX / WALL_WIDTH_PX;
  QonysSlide *slide = qonys_deck_make_slide (request->deck, request->scene, job, NULL);
  gboolean is_done;

  if (slide == NULL)
    return FALSE;
  cairo_scale (cr, scale, scale);
  is_done = qonys_paint_slide (cr, qonys_slide_get_content (slide), &view,
                               qonys_job_get_cancellable (job));
  qonys_slide_unref (slide);
  return is_done;
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
paint_texture (const Request *request, QonysJob *job)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, QONYS_THUMBNAIL_WIDTH_PX * SCALE, QONYS_THUMBNAIL_HEIGHT_PX * SCALE);
  cairo_t *cr = cairo_create (surface);
  GdkTexture *texture = paint (cr, request, job) ? make_texture (surface) : NULL;

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return texture;
}

static gpointer
work (QonysJob *job, gpointer data, GError **error)
{
  const Request *request = data;
  Result *result = g_new0 (Result, 1);

  if (request->deck != NULL)
    result->texture = paint_texture (request, job);
  else
    result->release = qonys_release_new (request->project, QONYS_AUDIENCE_PUBLIC, NULL,
                                         QONYS_MIN_THRESHOLD, NULL, job, NULL);
  if (!qonys_job_is_cancelled (job, error))
    return result;
  result_free (result);
  return NULL;
}

/* ---- what a picture is of ---- */

/* The same rows, whatever the window shows of them. */
static gboolean
is_same_data (const QonysProject *a, const QonysProject *b)
{
  return a != NULL && b != NULL &&
         qonys_project_get_datasets (a) == qonys_project_get_datasets (b) &&
         qonys_project_get_districts (a) == qonys_project_get_districts (b) &&
         qonys_norm_equal (qonys_project_get_norm (a), qonys_project_get_norm (b));
}

static gboolean
is_of_all_time (QonysRelease *release)
{
  QonysPeriod period = qonys_release_get_period (release);

  return qonys_period_is_open (&period);
}

/* Lists that no edit touched are the same in both states. The norm is told by the project, a
 * scene's look by itself. */
static gboolean
is_same_state (const QonysPlan *a, const QonysPlan *b)
{
  for (guint kind = 0; kind < QONYS_N_ENTRY_KINDS; kind++)
    if (kind != QONYS_ENTRY_SCENE && kind != QONYS_ENTRY_STATUS_CHANGE &&
        kind != QONYS_ENTRY_SETTING &&
        qonys_plan_get_entries (a, kind) != qonys_plan_get_entries (b, kind))
      return FALSE;
  return TRUE;
}

static gboolean
is_of (QonysThumbnails *self, const Request *request, const QonysEntry *scene)
{
  return request != NULL && qonys_entry_equal (request->scene, scene) &&
         is_same_data (request->project, qonys_session_get_project (self->session)) &&
         is_same_state (request->plan, qonys_session_get_plan (self->session));
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

/* @request: (transfer full) */
static void
take_picture (QonysThumbnails *self, Request *request, GdkTexture *texture)
{
  const char *id = qonys_entry_get_id (request->scene);
  Picture *picture = get_picture (self, id);

  g_clear_pointer (&request->deck, qonys_deck_unref); /* what is painted needs it no more */
  g_set_object (&picture->texture, texture);
  g_clear_pointer (&picture->painted, request_free);
  picture->painted = request;
  g_signal_emit (self, signals[PAINTED], 0, id);
}

static void
done_cb (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (QonysThumbnails) self = data;
  Result *result = qonys_job_finish (QONYS_JOB (source), async_result, NULL);
  Request *request = g_steal_pointer (&self->running);

  g_clear_object (&self->job);
  if (result == NULL) {
    request_free (request); /* stopped */
  } else if (request->deck == NULL && result->release == NULL) {
    qonys_thumbnails_stop (self); /* nothing can be shown to the public */
    request_free (request);
  } else if (request->deck == NULL) {
    self->release = g_steal_pointer (&result->release);
    request_free (request);
  } else {
    take_picture (self, request, result->texture);
  }
  g_clear_pointer (&result, result_free);
  run_next (self);
}

static void
clear_deck (QonysThumbnails *self)
{
  g_clear_pointer (&self->release, qonys_release_unref);
  g_clear_pointer (&self->deck, qonys_deck_unref);
  g_clear_pointer (&self->plan, qonys_plan_unref);
}

/* The deck of the data and the plan as they are now; none if a release must be made first. */
static void
update_deck (QonysThumbnails *self, QonysProject *project, QonysPlan *plan)
{
  const QonysHistory *history = qonys_session_get_history (self->session);
  QonysRelease *release = qonys_session_get_public_release (self->session);
  QonysDeck *deck = NULL;

  if (self->release != NULL && !is_same_data (qonys_release_get_project (self->release), project))
    clear_deck (self);
  if (self->release == NULL && release != NULL &&
      is_same_data (qonys_release_get_project (release), project) && is_of_all_time (release))
    self->release = qonys_release_ref (release);
  if (self->release == NULL || (self->deck != NULL && self->plan == plan))
    return;
  deck = self->deck == NULL ? qonys_deck_new (self->release, plan, history)
                            : qonys_deck_with_plan (self->deck, plan, history);
  g_clear_pointer (&self->deck, qonys_deck_unref);
  g_clear_pointer (&self->plan, qonys_plan_unref);
  self->deck = deck;
  self->plan = qonys_plan_ref (plan);
}

static void
run_next (QonysThumbnails *self)
{
  QonysProject *project = qonys_session_get_project (self->session);
  QonysPlan *plan = qonys_session_get_plan (self->session);
  Picture *picture;

  if (self->job != NULL || project == NULL || plan == NULL || self->ids->length == 0)
    return;
  update_deck (self, project, plan);
  picture = g_hash_table_lookup (self->pictures, g_queue_peek_head (self->ids));
  self->running = g_atomic_rc_box_new0 (Request);
  self->running->project = qonys_project_with_period (project, NULL);
  self->running->plan = qonys_plan_ref (plan);
  if (self->deck != NULL) {
    self->running->deck = qonys_deck_ref (self->deck);
    self->running->scene = g_steal_pointer (&picture->wanted);
    g_free (g_queue_pop_head (self->ids));
  } else {
    self->running->scene = qonys_entry_ref (picture->wanted);
  }
  self->job = qonys_job_new ("");
  qonys_job_run (self->job, work, g_atomic_rc_box_acquire (self->running), request_free,
                 result_free, done_cb, g_object_ref (self));
}

GdkTexture *
qonys_thumbnails_get (QonysThumbnails *self, QonysEntry *scene)
{
  const char *id = qonys_entry_get_id (scene);
  Picture *picture = get_picture (self, id);

  if (is_of (self, picture->painted, scene) ||
      (self->running != NULL && self->running->deck != NULL && is_of (self, self->running, scene)))
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
  QonysProject *project = qonys_session_get_project (self->session);
  GHashTableIter iter;
  gpointer value;

  g_queue_clear_full (self->ids, g_free);
  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Picture *picture = value;

    g_clear_pointer (&picture->wanted, qonys_entry_unref);
    if (picture->painted != NULL && !is_same_data (picture->painted->project, project))
      g_clear_pointer (&picture->painted, request_free);
  }
  if (self->release != NULL && !is_same_data (qonys_release_get_project (self->release), project))
    clear_deck (self);
  if (self->job != NULL)
    qonys_job_cancel (self->job);
}

static void
qonys_thumbnails_finalize (GObject *object)
{
  QonysThumbnails *self = QONYS_THUMBNAILS (object);

  g_hash_table_unref (self->pictures);
  g_queue_free_full (self->ids, g_free);
  clear_deck (self);
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
