/*
 * An Arrow stream taken on two threads: GDAL fills a batch while the one before goes into the
 * columns, which takes half as long. Three batches at most are alive, about 4 MB each.
 */
#include "store/arrow.h"

#define N_BATCHES 3
#define FEW_ROWS 20000 /* not worth a thread */

typedef struct {
  QonysArrowFunc func;
  gpointer data;
  const struct ArrowSchema *names;
  GAsyncQueue *full, *empty; /* (nullable) */
} Pipe;

static gpointer
take_batches (gpointer data)
{
  Pipe *pipe = data;
  struct ArrowArray *batch;

  while ((batch = g_async_queue_pop (pipe->full))->release != NULL) {
    pipe->func (pipe->names, batch, pipe->data);
    batch->release (batch);
    g_async_queue_push (pipe->empty, batch);
  }
  return NULL;
}

static gboolean
make_batches (Pipe *pipe, struct ArrowArrayStream *stream, gint64 n_expected, QonysJob *job,
              GError **error)
{
  struct ArrowArray own;
  gint64 n_read = 0;

  for (;;) {
    struct ArrowArray *batch = pipe->empty != NULL ? g_async_queue_pop (pipe->empty) : &own;
    gboolean ok = !qonys_job_is_cancelled (job, error) && stream->get_next (stream, batch) == 0;
    gboolean is_last;

    if (!ok)
      batch->release = NULL;
    is_last = batch->release == NULL || batch->length == 0; /* damaged: empty ones without end */
    n_read += is_last ? 0 : batch->length;
    if (is_last && batch->release != NULL)
      batch->release (batch);
    if (pipe->full != NULL) {
      g_async_queue_push (pipe->full, batch);
    } else if (!is_last) {
      pipe->func (pipe->names, batch, pipe->data);
      batch->release (batch);
    }
    if (is_last)
      return ok;
    if (n_expected > 0)
      qonys_job_set_progress (job, MIN (1, (double)n_read / n_expected));
  }
}

gboolean
qonys_arrow_read (struct ArrowArrayStream *stream, QonysArrowFunc func, gpointer data,
                  gint64 n_expected, QonysJob *job, GError **error)
{
  struct ArrowSchema names;
  struct ArrowArray batches[N_BATCHES];
  Pipe pipe = {func, data, &names};
  gboolean ok;

  if (stream->get_schema (stream, &names) != 0)
    return FALSE;
  if (n_expected < FEW_ROWS) {
    ok = make_batches (&pipe, stream, n_expected, job, error);
  } else {
    GThread *taker;

    pipe.full = g_async_queue_new ();
    pipe.empty = g_async_queue_new ();
    for (guint i = 0; i < N_BATCHES; i++)
      g_async_queue_push (pipe.empty, &batches[i]);
    taker = g_thread_new ("columns", take_batches, &pipe);
    ok = make_batches (&pipe, stream, n_expected, job, error);
    g_thread_join (taker);
    g_async_queue_unref (pipe.full);
    g_async_queue_unref (pipe.empty);
  }
  names.release (&names);
  return ok;
}
