/* Jobs and split loops. Everything waits for a state, nothing for a time. */
#include "support.h"

#include "base/error.h"
#include "base/job.h"

#include <string.h>

#define PATIENCE_MS 20000

/* Stands before GLib's: the tests choose how many processors there are. */
static guint n_processors = 4;

guint
g_get_num_processors (void)
{
  return n_processors;
}

/* What a test gives its work and sees of it. */
typedef struct {
  gint gate;    /* the work waits while 0 */
  gint reached; /* set by the work */
  gint freed;
  guint n_progress, n_message, n_running;
  gboolean called;
  gpointer result;
  GError *error;
  GThread *thread;
} Case;

static void
count_notify (GObject *job, GParamSpec *pspec, gpointer data)
{
  Case *c = data;

  g_assert_true (g_thread_self () == c->thread);
  if (g_str_equal (pspec->name, "progress"))
    c->n_progress++;
  else if (g_str_equal (pspec->name, "message"))
    c->n_message++;
  else if (g_str_equal (pspec->name, "running"))
    c->n_running++;
}

static QonysJob *
make_job (Case *c)
{
  QonysJob *job = qonys_job_new ("Reading");

  *c = (Case){.thread = g_thread_self ()};
  g_signal_connect (job, "notify", G_CALLBACK (count_notify), c);
  return job;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Case *c = data;

  g_assert_true (g_thread_self () == c->thread);
  g_assert_cmpint (g_atomic_int_get (&c->freed), ==, 1);
  c->result = qonys_job_finish (QONYS_JOB (source), result, &c->error);
  c->called = TRUE;
}

static void
free_case_data (gpointer data)
{
  g_atomic_int_inc (&((Case *)data)->freed);
}

static gboolean
is_running (QonysJob *job)
{
  gboolean running;

  g_object_get (job, "running", &running, NULL);
  return running;
}

static gpointer
work_and_report (QonysJob *job, gpointer data, GError **error)
{
  Case *c = data;

  g_assert_false (g_thread_self () == c->thread);
  for (int i = 0; i <= 1000; i++)
    qonys_job_set_progress (job, i / 1000.0);
  qonys_job_set_message (job, "half");
  qonys_job_set_message (job, "whole");
  g_atomic_int_set (&c->reached, 1);
  while (!g_atomic_int_get (&c->gate))
    g_thread_yield ();
  return g_strdup ("result");
}

static void
test_run (void)
{
  Case c;
  g_autoptr (QonysJob) job = make_job (&c);
  g_autofree char *message = NULL;

  g_assert_cmpstr (qonys_job_get_title (job), ==, "Reading");
  g_assert_cmpfloat (qonys_job_get_progress (job), ==, -1);
  g_assert_null (qonys_job_dup_message (job));
  qonys_job_run (job, work_and_report, &c, free_case_data, g_free, take_result, &c);
  g_assert_true (is_running (job));
  g_assert_cmpuint (c.n_running, ==, 1);
  while (!g_atomic_int_get (&c.reached)) /* the main loop stands still meanwhile */
    g_thread_yield ();
  ITER_WHILE (c.n_progress == 0 || c.n_message == 0, PATIENCE_MS);
  g_assert_cmpuint (c.n_progress, ==, 1); /* a thousand reports, one notify */
  g_assert_cmpuint (c.n_message, ==, 1);
  g_assert_cmpfloat (qonys_job_get_progress (job), ==, 1);
  message = qonys_job_dup_message (job);
  g_assert_cmpstr (message, ==, "whole");
  g_assert_false (c.called);
  g_atomic_int_set (&c.gate, 1);
  ITER_WHILE (!c.called, PATIENCE_MS);
  g_assert_no_error (c.error);
  g_assert_cmpstr (c.result, ==, "result");
  g_assert_false (is_running (job));
  g_assert_cmpuint (c.n_running, ==, 2);
  g_free (c.result);
}

static gpointer
work_until_cancelled (QonysJob *job, gpointer data, GError **error)
{
  g_atomic_int_set (&((Case *)data)->reached, 1);
  while (!qonys_job_is_cancelled (job, error))
    g_thread_yield ();
  return NULL;
}

static void
test_cancel (void)
{
  Case c;
  g_autoptr (QonysJob) job = make_job (&c);

  g_assert_false (qonys_job_is_cancelled (job, &c.error));
  qonys_job_run (job, work_until_cancelled, &c, free_case_data, g_free, take_result, &c);
  ITER_WHILE (!g_atomic_int_get (&c.reached), PATIENCE_MS);
  qonys_job_cancel (job);
  g_assert_true (g_cancellable_is_cancelled (qonys_job_get_cancellable (job)));
  ITER_WHILE (!c.called, PATIENCE_MS);
  g_assert_null (c.result);
  g_assert_error (c.error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_clear_error (&c.error);
}

static gpointer
work_as_gio (QonysJob *job, gpointer data, GError **error)
{
  g_cancellable_set_error_if_cancelled (qonys_job_get_cancellable (job), error);
  return NULL;
}

static void
test_cancel_before (void)
{
  Case c;
  g_autoptr (QonysJob) job = make_job (&c);

  qonys_job_cancel (job);
  qonys_job_run (job, work_as_gio, &c, free_case_data, g_free, take_result, &c);
  ITER_WHILE (!c.called, PATIENCE_MS);
  g_assert_error (c.error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_clear_error (&c.error);
}

/* What was done before the cancel came is kept. */
static void
test_cancel_late (void)
{
  Case c;
  g_autoptr (QonysJob) job = make_job (&c);

  qonys_job_run (job, work_and_report, &c, free_case_data, g_free, take_result, &c);
  qonys_job_cancel (job);
  g_atomic_int_set (&c.gate, 1);
  ITER_WHILE (!c.called, PATIENCE_MS);
  g_assert_no_error (c.error);
  g_assert_cmpstr (c.result, ==, "result");
  g_free (c.result);
}

static gpointer
work_and_fail (QonysJob *job, gpointer data, GError **error)
{
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FORMAT, "broken");
  return NULL;
}

static void
test_fail_and_again (void)
{
  Case c;
  g_autoptr (QonysJob) job = make_job (&c);

  qonys_job_run (job, work_and_fail, &c, free_case_data, NULL, take_result, &c);
  ITER_WHILE (!c.called, PATIENCE_MS);
  g_assert_error (c.error, QONYS_ERROR, QONYS_ERROR_FORMAT);
  g_clear_error (&c.error);

  c.called = FALSE;
  c.freed = 0;
  c.gate = 1;
  qonys_job_run (job, work_and_report, &c, free_case_data, g_free, take_result, &c);
  ITER_WHILE (!c.called, PATIENCE_MS);
  g_assert_no_error (c.error);
  g_free (c.result);
}

static void
free_result (gpointer data)
{
  g_atomic_int_set (&((Case *)data)->gate, 9);
}

static gpointer
work_identity (QonysJob *job, gpointer data, GError **error)
{
  return data;
}

static void
test_nobody_takes (void)
{
  Case c;
  QonysJob *job = make_job (&c);

  qonys_job_run (job, work_identity, &c, free_case_data, free_result, NULL, NULL);
  g_object_unref (job); /* the run keeps it */
  ITER_WHILE (g_atomic_int_get (&c.gate) != 9 || !g_atomic_int_get (&c.freed), PATIENCE_MS);
  ITER_WHILE (g_main_context_pending (NULL), PATIENCE_MS);
}

static void
test_no_job (void)
{
  GError *error = NULL;

  qonys_job_set_progress (NULL, 0.5);
  qonys_job_set_message (NULL, "x");
  g_assert_false (qonys_job_is_cancelled (NULL, &error));
  g_assert_no_error (error);
}

static void
test_progress_range (void)
{
  Case c;
  g_autoptr (QonysJob) job = make_job (&c);

  qonys_job_set_progress (job, 1.5);
  g_assert_cmpfloat (qonys_job_get_progress (job), ==, 1);
  qonys_job_set_progress (job, -0.5);
  g_assert_cmpfloat (qonys_job_get_progress (job), ==, -1);
  ITER_WHILE (g_main_context_pending (NULL), PATIENCE_MS);
}

/* ---- Loops ---- */

typedef struct {
  gint *visits;    /* one an item */
  gint parts[256]; /* visits of a part */
  gsize min_chunk, n_items;
  gint n_inside;
} Loop;

static void
visit (gsize begin, gsize end, guint part, gpointer data)
{
  Loop *loop = data;

  g_assert_cmpuint (part, <, qonys_parallel_get_max_parts ());
  g_assert_cmpint (g_atomic_int_add (&loop->parts[part], 1), ==, 0);
  g_assert_cmpuint (end - begin, >=, MIN (loop->min_chunk, loop->n_items));
  for (gsize i = begin; i < end; i++)
    g_atomic_int_inc (&loop->visits[i]);
}

static void
check_loop (gsize n_items, gsize min_chunk)
{
  Loop loop = {.visits = g_new0 (gint, n_items + 1), .min_chunk = min_chunk, .n_items = n_items};
  guint n_parts = qonys_parallel_for (n_items, min_chunk, visit, &loop);

  g_assert_cmpuint (n_parts, <=, qonys_parallel_get_max_parts ());
  g_assert_cmpint (n_parts == 0, ==, n_items == 0);
  for (gsize i = 0; i < n_items; i++)
    g_assert_cmpint (loop.visits[i], ==, 1);
  for (guint part = 0; part < G_N_ELEMENTS (loop.parts); part++)
    g_assert_cmpint (loop.parts[part], ==, part < n_parts);
  g_free (loop.visits);
}

static void
test_loop (void)
{
  check_loop (0, 1);
  check_loop (1, 1);
  check_loop (10, 100);
  check_loop (10, 0);
  for (int i = 0; i < 2000; i++)
    check_loop ((gsize)g_test_rand_int_range (0, 300), (gsize)g_test_rand_int_range (0, 60));
}

static void
visit_nested (gsize begin, gsize end, guint part, gpointer data)
{
  for (gsize i = begin; i < end; i++) {
    Loop loop = {.visits = g_new0 (gint, 50), .min_chunk = 1, .n_items = 50};
    g_assert_cmpuint (qonys_parallel_for (50, 1, visit, &loop), ==, 1);
    for (gsize k = 0; k < 50; k++)
      g_assert_cmpint (loop.visits[k], ==, 1);
    g_free (loop.visits);
    g_atomic_int_inc ((gint *)data);
  }
}

static void
test_loop_nested (void)
{
  gint n_done = 0;

  qonys_parallel_for (100, 1, visit_nested, &n_done);
  g_assert_cmpint (n_done, ==, 100);
}

static gpointer
loop_in_thread (gpointer data)
{
  for (int i = 0; i < 300; i++)
    check_loop (97, 1);
  return NULL;
}

static void
test_loop_many_callers (void)
{
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("caller", loop_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Each part waits until all are at work: they are on threads of their own. */
static void
meet (gsize begin, gsize end, guint part, gpointer data)
{
  Loop *loop = data;

  g_atomic_int_inc (&loop->n_inside);
  while (g_atomic_int_get (&loop->n_inside) < (gint)loop->n_items)
    g_thread_yield ();
}

static void
test_loop_is_parallel (void)
{
  Loop loop = {.n_items = qonys_parallel_get_max_parts ()};

  g_assert_cmpuint (qonys_parallel_get_max_parts (), ==, 4);
  g_assert_cmpuint (qonys_parallel_for (loop.n_items, 1, meet, &loop), ==, loop.n_items);
}

static void
test_loop_one_core (void)
{
  if (g_test_subprocess ()) {
    n_processors = 1;
    g_assert_cmpuint (qonys_parallel_get_max_parts (), ==, 1);
    check_loop (1000, 1);
    test_loop_nested ();
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/job/run", test_run);
  g_test_add_func ("/base/job/cancel", test_cancel);
  g_test_add_func ("/base/job/cancel-before", test_cancel_before);
  g_test_add_func ("/base/job/cancel-late", test_cancel_late);
  g_test_add_func ("/base/job/fail-and-again", test_fail_and_again);
  g_test_add_func ("/base/job/nobody-takes", test_nobody_takes);
  g_test_add_func ("/base/job/no-job", test_no_job);
  g_test_add_func ("/base/job/progress-range", test_progress_range);
  g_test_add_func ("/base/loop/every-item-once", test_loop);
  g_test_add_func ("/base/loop/nested", test_loop_nested);
  g_test_add_func ("/base/loop/many-callers", test_loop_many_callers);
  g_test_add_func ("/base/loop/is-parallel", test_loop_is_parallel);
  g_test_add_func ("/base/loop/one-core", test_loop_one_core);
  return g_test_run ();
}
