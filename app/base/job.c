/*
 * Slow work on a worker thread (a handful at once), and loops split over the processors
 * (several a frame). A job's state is behind one lock; a report costs that lock and at most one
 * idle source on the context the job was made in. The threads of the loops are started at the
 * first loop and kept.
 */
#include "base/job.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>

struct _QonysJob {
  GObject parent_instance;

  char *title;
  GCancellable *cancellable;
  GMainContext *context;

  GMutex lock; /* of all below */
  double progress;
  char *message;
  gboolean running;
  guint changed; /* bits of properties to notify */
  gboolean notify_pending;
};

G_DEFINE_FINAL_TYPE (QonysJob, qonys_job, G_TYPE_OBJECT)

enum { PROP_PROGRESS = 1, PROP_MESSAGE, PROP_RUNNING, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* One run: what is given to the worker and who wants to know. */
typedef struct {
  QonysJobFunc func;
  gpointer data;
  GDestroyNotify free_data, free_result;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Run;

static void
qonys_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QonysJob *self = QONYS_JOB (object);

  g_mutex_lock (&self->lock);
  if (id == PROP_PROGRESS)
    g_value_set_double (value, self->progress);
  else if (id == PROP_MESSAGE)
    g_value_set_string (value, self->message);
  else
    g_value_set_boolean (value, self->running);
  g_mutex_unlock (&self->lock);
}

static void
qonys_job_finalize (GObject *object)
{
  QonysJob *self = QONYS_JOB (object);

  g_free (self->title);
  g_free (self->message);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (qonys_job_parent_class)->finalize (object);
}

static void
qonys_job_class_init (QonysJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = qonys_job_get_property;
  object_class->finalize = qonys_job_finalize;
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
qonys_job_init (QonysJob *self)
{
  g_mutex_init (&self->lock);
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->progress = -1;
}

QonysJob *
qonys_job_new (const char *title)
{
  QonysJob *self = g_object_new (QONYS_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  return self;
}

/* On the job's own context. */
static void
notify_changed (QonysJob *self)
{
  guint changed;

  g_mutex_lock (&self->lock);
  changed = self->changed;
  self->changed = 0;
  g_mutex_unlock (&self->lock);
  for (guint id = 1; id < N_PROPERTIES; id++) {
    if (changed & (1u << id))
      g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  }
}

static gboolean
notify_idle (gpointer data)
{
  QonysJob *self = data;

  g_mutex_lock (&self->lock);
  self->notify_pending = FALSE;
  g_mutex_unlock (&self->lock);
  notify_changed (self);
  return G_SOURCE_REMOVE;
}

/* With the lock held. An idle, so that a busy worker cannot starve drawing. */
static void
schedule_notify (QonysJob *self, guint id)
{
  g_autoptr (GSource) source = NULL;

  self->changed |= 1u << id;
  if (self->notify_pending)
    return;
  self->notify_pending = TRUE;
  source = g_idle_source_new ();
  g_source_set_callback (source, notify_idle, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  QonysJob *self = source;
  Run *run = task_data;
  GError *error = NULL;
  gpointer result = run->func (self, run->data, &error);

  g_mutex_lock (&self->lock);
  self->running = FALSE;
  schedule_notify (self, PROP_RUNNING);
  g_mutex_unlock (&self->lock);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, run->free_result);
}

static void
run_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QonysJob *self = QONYS_JOB (source);
  Run *run = user_data;

  notify_changed (self);
  if (run->free_data != NULL)
    run->free_data (run->data);
  if (run->callback != NULL)
    run->callback (source, result, run->user_data);
  g_free (run);
}

void
qonys_job_run (QonysJob *self, QonysJobFunc func, gpointer data, GDestroyNotify free_data,
               GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (QONYS_IS_JOB (self));
  g_mutex_lock (&self->lock);
  if (self->running) {
    g_mutex_unlock (&self->lock);
    g_return_if_reached ();
  }
  self->running = TRUE;
  g_mutex_unlock (&self->lock);

  run = g_new (Run, 1);
  *run = (Run){func, data, free_data, free_result, callback, user_data};
  task = g_task_new (self, self->cancellable, run_done, run);
  /* The work says whether it was cancelled: what is done is done. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, qonys_job_run);
  g_task_set_task_data (task, run, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_task_run_in_thread (task, run_in_thread);
}

static void
set_cancelled (GError **error)
{
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_CANCELLED,
                       _ ("The work was cancelled. Start it again to finish it."));
}

gpointer
qonys_job_finish (QonysJob *self, GAsyncResult *result, GError **error)
{
  GError *inner = NULL;
  gpointer value;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  value = g_task_propagate_pointer (G_TASK (result), &inner);
  if (g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_error_free (inner);
    set_cancelled (error);
  } else if (inner != NULL) {
    g_propagate_error (error, inner);
  }
  return value;
}

void
qonys_job_cancel (QonysJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
qonys_job_set_progress (QonysJob *self, double progress)
{
  if (self == NULL)
    return;
  progress = progress < 0 ? -1 : MIN (progress, 1);
  g_mutex_lock (&self->lock);
  if (self->progress != progress) {
    self->progress = progress;
    schedule_notify (self, PROP_PROGRESS);
  }
  g_mutex_unlock (&self->lock);
}

void
qonys_job_set_message (QonysJob *self, const char *message)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  if (g_strcmp0 (self->message, message) != 0) {
    g_free (self->message);
    self->message = g_strdup (message);
    schedule_notify (self, PROP_MESSAGE);
  }
  g_mutex_unlock (&self->lock);
}

gboolean
qonys_job_is_cancelled (QonysJob *self, GError **error)
{
  if (self == NULL || !g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  set_cancelled (error);
  return TRUE;
}

double
qonys_job_get_progress (QonysJob *self)
{
  double progress;

  g_mutex_lock (&self->lock);
  progress = self->progress;
  g_mutex_unlock (&self->lock);
  return progress;
}

const char *
qonys_job_get_title (QonysJob *self)
{
  return self->title;
}

char *
qonys_job_dup_message (QonysJob *self)
{
  char *message;

  g_mutex_lock (&self->lock);
  message = g_strdup (self->message);
  g_mutex_unlock (&self->lock);
  return message;
}

GCancellable *
qonys_job_get_cancellable (QonysJob *self)
{
  return self->cancellable;
}

#define MAX_PARTS 64

/* One split loop, shared by the caller and the pool's threads that come to help. A thread that
 * comes too late finds no part left and only drops its reference. */
typedef struct {
  QonysRangeFunc func;
  gpointer data;
  gsize n_items;
  guint n_parts;
  gint next_part;
  gint n_left;
  GMutex lock;
  GCond done;
} Loop;

static GPrivate in_loop; /* set while this thread runs a part */

static void
loop_clear (gpointer data)
{
  Loop *loop = data;

  g_mutex_clear (&loop->lock);
  g_cond_clear (&loop->done);
}

static void
loop_work (Loop *loop)
{
  guint part;

  g_private_set (&in_loop, loop);
  while ((part = (guint)g_atomic_int_add (&loop->next_part, 1)) < loop->n_parts) {
    gsize size = loop->n_items / loop->n_parts, rest = loop->n_items % loop->n_parts;
    gsize begin = part * size + MIN (part, rest);

    loop->func (begin, begin + size + (part < rest ? 1 : 0), part, loop->data);
    if (g_atomic_int_dec_and_test (&loop->n_left)) {
      g_mutex_lock (&loop->lock);
      g_cond_signal (&loop->done);
      g_mutex_unlock (&loop->lock);
    }
  }
  g_private_set (&in_loop, NULL);
}

static void
loop_help (gpointer loop, gpointer user_data)
{
  loop_work (loop);
  g_atomic_rc_box_release_full (loop, loop_clear);
}

guint
qonys_parallel_get_max_parts (void)
{
  static gsize n_parts;

  if (g_once_init_enter (&n_parts))
    g_once_init_leave (&n_parts, CLAMP (g_get_num_processors (), 1, MAX_PARTS));
  return (guint)n_parts;
}

static GThreadPool *
get_pool (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool)) {
    int n_helpers = (int)qonys_parallel_get_max_parts () - 1;
    g_once_init_leave (&pool, (gsize)g_thread_pool_new (loop_help, NULL, n_helpers, FALSE, NULL));
  }
  return (GThreadPool *)pool;
}

guint
qonys_parallel_for (gsize n_items, gsize min_chunk, QonysRangeFunc func, gpointer data)
{
  gsize n_parts = MIN (n_items / MAX (min_chunk, 1), qonys_parallel_get_max_parts ());
  Loop *loop;

  if (n_items == 0)
    return 0;
  if (n_parts <= 1 || g_private_get (&in_loop) != NULL) {
    func (0, n_items, 0, data);
    return 1;
  }

  loop = g_atomic_rc_box_new0 (Loop);
  loop->func = func;
  loop->data = data;
  loop->n_items = n_items;
  loop->n_parts = (guint)n_parts;
  loop->n_left = (gint)n_parts;
  g_mutex_init (&loop->lock);
  g_cond_init (&loop->done);
  for (gsize i = 1; i < n_parts; i++)
    g_thread_pool_push (get_pool (), g_atomic_rc_box_acquire (loop), NULL);
  loop_work (loop);
  g_mutex_lock (&loop->lock);
  while (g_atomic_int_get (&loop->n_left) > 0)
    g_cond_wait (&loop->done, &loop->lock);
  g_mutex_unlock (&loop->lock);
  g_atomic_rc_box_release_full (loop, loop_clear);
  return (guint)n_parts;
}
