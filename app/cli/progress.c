/* The progress line of the command line: a thread that looks at the job ten times a second and
 * writes to a terminal, or for the window that runs this program, a number a line; it also turns
 * the first Ctrl+C into a cancel. One at a time. */

#include "cli/cli-private.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define TICK_US (G_USEC_PER_SEC / 10)

struct _QonysProgress {
  QonysJob *job;
  GThread *thread;
  GMutex lock;
  GCond stopped;
  gboolean is_done;
};

static volatile sig_atomic_t was_interrupted;

static void
interrupted_cb (int number)
{
  was_interrupted = 1;
}

static void
draw (QonysJob *job)
{
  g_autofree char *message = qonys_job_dup_message (job);
  double progress = qonys_job_get_progress (job);

  /* Back to the first column, the line, and clear what is left of the last one. */
  fprintf (stderr, "\r%s", message != NULL ? message : qonys_job_get_title (job));
  if (progress >= 0)
    fprintf (stderr, " %d %%", (int)(100 * progress));
  fputs ("\033[K", stderr);
  fflush (stderr);
}

/* "# 420": thousandths, where they changed. */
static void
tell (QonysJob *job, int *told)
{
  int thousandths = (int)(1000 * qonys_job_get_progress (job));

  if (thousandths < 0 || thousandths == *told)
    return;
  fprintf (stderr, QONYS_PROGRESS_MARK "%d\n", thousandths);
  *told = thousandths;
}

static gpointer
watch (gpointer data)
{
  QonysProgress *self = data;
  gboolean is_told = g_getenv (QONYS_PROGRESS_VARIABLE) != NULL, is_drawn = FALSE;
  gboolean is_terminal = !is_told && isatty (STDERR_FILENO);
  int told = -1;

  g_mutex_lock (&self->lock);
  while (!self->is_done) {
    g_cond_wait_until (&self->stopped, &self->lock, g_get_monotonic_time () + TICK_US);
    if (was_interrupted)
      qonys_job_cancel (self->job);
    if (is_told)
      tell (self->job, &told);
    if (is_terminal && !self->is_done) {
      draw (self->job);
      is_drawn = TRUE;
    }
  }
  g_mutex_unlock (&self->lock);
  if (is_drawn)
    fputs ("\r\033[K", stderr);
  return NULL;
}

QonysProgress *
_qonys_progress_new (const char *title)
{
  QonysProgress *self = g_new0 (QonysProgress, 1);
  struct sigaction action = {.sa_handler = interrupted_cb, .sa_flags = SA_RESETHAND};

  self->job = qonys_job_new (title);
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopped);
  sigaction (SIGINT, &action, NULL);
  self->thread = g_thread_new ("qonys-progress", watch, self);
  return self;
}

void
_qonys_progress_free (QonysProgress *self)
{
  g_mutex_lock (&self->lock);
  self->is_done = TRUE;
  g_cond_signal (&self->stopped);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  signal (SIGINT, SIG_DFL);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->stopped);
  g_object_unref (self->job);
  g_free (self);
}

QonysJob *
_qonys_progress_get_job (QonysProgress *self)
{
  return self->job;
}
