#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QONYS_TYPE_JOB (qonys_job_get_type ())

/**
 * QonysJob:
 *
 * One piece of slow work on a thread of its own, with a title, progress and cancel. Shared by
 * the worker, which reports, and the main thread, which shows. Properties, notified on the main
 * context the job was made in, coalesced to one notify an idle: "progress" (0–1, −1 unknown),
 * "message", "running".
 */
G_DECLARE_FINAL_TYPE (QonysJob, qonys_job, QONYS, JOB, GObject)

/**
 * QonysJobFunc:
 * @job: to report to and to ask whether to stop
 * @data: what was given to qonys_job_run()
 *
 * The work, on a worker thread.
 *
 * Returns: (transfer full) (nullable): its result, or %NULL with @error set
 */
typedef gpointer (*QonysJobFunc) (QonysJob *job, gpointer data, GError **error);

/** A new job. @title is what people read while it runs. */
QonysJob *qonys_job_new (const char *title);

/**
 * qonys_job_run:
 * @data: (transfer full): given to @func, freed with @free_data when the work is done
 * @free_result: frees a result nobody took
 * @callback: called on the main context when done; takes the result with qonys_job_finish()
 */
void qonys_job_run (QonysJob *job, QonysJobFunc func, gpointer data, GDestroyNotify free_data,
                    GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full): what the work returned, or %NULL with @error set. */
gpointer qonys_job_finish (QonysJob *job, GAsyncResult *result, GError **error);

/** Asks the work to stop. */
void qonys_job_cancel (QonysJob *job);

/** From the worker: how far it is, 0–1, −1 unknown. Cheap: call it as often as you like.
 * @job may be %NULL. */
void qonys_job_set_progress (QonysJob *job, double progress);

/** From the worker: what is done now, one translated line. @job may be %NULL. */
void qonys_job_set_message (QonysJob *job, const char *message);

/** Returns: TRUE, with @error set to %QONYS_ERROR_CANCELLED, if the work shall stop. @job may be
 * %NULL, then FALSE. */
gboolean qonys_job_is_cancelled (QonysJob *job, GError **error);

double qonys_job_get_progress (QonysJob *job);
const char *qonys_job_get_title (QonysJob *job);
/** Returns: (transfer full) (nullable) */
char *qonys_job_dup_message (QonysJob *job);
/** Returns: (transfer none) */
GCancellable *qonys_job_get_cancellable (QonysJob *job);

/** In whose environment this variable is, that run of the command line tells its progress: of each
 * step a line of its standard error, this mark and thousandths. */
#define QONYS_PROGRESS_VARIABLE "QONYS_PROGRESS"
#define QONYS_PROGRESS_MARK "# "

/**
 * qonys_parallel_for:
 * @n_items: how many
 * @min_chunk: no part smaller than this
 * @func: called with [begin, end) on as many threads as there are processors, the caller's one
 *   included; @part is 0 … n_parts − 1
 *
 * Splits a loop over threads and waits for all. Cost: a wake-up of each pool thread (about
 * 10 µs); threads are kept.
 *
 * Returns: the number of parts used
 */
typedef void (*QonysRangeFunc) (gsize begin, gsize end, guint part, gpointer data);
guint qonys_parallel_for (gsize n_items, gsize min_chunk, QonysRangeFunc func, gpointer data);

/** The most parts qonys_parallel_for() ever makes; sizes per-part scratch. */
guint qonys_parallel_get_max_parts (void);

G_END_DECLS
