/* Killed at any instant: a child edits a project and says which state it goes for and which one it
 * has; it is killed; the file opens, in one of the two. QONYS_CRASH_RUNS is how often. */

#include "store-plan.h"

#include <gdal.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_RUNS 200
#define N_RUNS_A_FILE 20
#define N_HASH 64

/* What the child says: before an edit and after it. */
typedef struct {
  gboolean is_stored;
  gint64 number;
  char hash[N_HASH + 1];
} Line;

static void
say (int pipe_end, gboolean is_stored, gint64 number, const QonysPlan *plan)
{
  g_autofree char *hash = qonys_plan_get_hash (plan);
  Line line = {.is_stored = is_stored, .number = number};

  g_strlcpy (line.hash, hash, sizeof line.hash);
  if (write (pipe_end, &line, sizeof line) != sizeof line)
    _exit (2);
}

static void
edit_for_ever (PlanFile *file, guint32 seed, int pipe_end)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (;;) {
    g_autoptr (QonysEdit) edit = make_random_edit (rand, file);
    g_autoptr (QonysEdit) numbered = number_edit (file, edit);
    g_autoptr (QonysPlan) next = qonys_plan_apply (file->plan, edit, NULL);
    g_autoptr (GError) error = NULL;

    if (next == NULL)
      _exit (3);
    say (pipe_end, FALSE, numbered->number, next);
    if (!qonys_store_apply_edit (file->path, numbered,
                                 qonys_history_get_last_number (file->history), &error)) {
      g_printerr ("%s\n", error->message);
      _exit (4);
    }
    qonys_history_add (file->history, numbered);
    qonys_plan_unref (file->plan);
    file->plan = g_steal_pointer (&next);
    say (pipe_end, TRUE, numbered->number, file->plan);
  }
}

/* Up to so many lines of what the child says. Returns: how many edits it was sure of */
static guint
read_lines (int pipe_end, guint n_lines, Line *stored, Line *tried)
{
  guint n = 0;
  Line line;

  for (guint i = 0; i < n_lines && read (pipe_end, &line, sizeof line) == sizeof line; i++) {
    *(line.is_stored ? stored : tried) = line;
    n += line.is_stored;
  }
  return n;
}

static void
assert_opens (const char *path)
{
  GDALDatasetH dataset = GDALOpenEx (path, GDAL_OF_VECTOR, NULL, NULL, NULL);

  g_assert_nonnull (dataset);
  GDALClose (dataset);
  g_assert_cmpint (
      query_sql (path, "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
      ==, 1);
  g_assert_cmpint (query_sql (path, "SELECT COUNT(*) FROM pragma_foreign_key_check"), ==, 0);
}

/* Returns: how many edits the child was sure of; @n_more: raised if one more was there */
static guint
run (PlanFile *file, GRand *rand, const char *first_hash, guint *n_more)
{
  g_autofree char *hash = qonys_plan_get_hash (file->plan);
  Line stored = {.number = qonys_history_get_last_number (file->history)}, tried = {0};
  guint32 seed = g_rand_int (rand);
  int ends[2], status;
  guint n;
  pid_t child;

  g_strlcpy (stored.hash, hash, sizeof stored.hash);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0) {
    close (ends[0]);
    edit_for_ever (file, seed, ends[1]);
  }
  close (ends[1]);
  n = read_lines (ends[0], (guint)g_rand_int_range (rand, 0, 7), &stored, &tried);
  g_usleep ((gulong)g_rand_int_range (rand, 0, 12000));
  kill (child, SIGKILL);
  n += read_lines (ends[0], G_MAXUINT, &stored, &tried);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);

  plan_file_reopen (file);
  assert_opens (file->path);
  assert_districts (file);
  g_clear_pointer (&hash, g_free);
  hash = qonys_plan_get_hash (file->plan);
  if (!g_str_equal (hash, stored.hash)) {
    g_assert_cmpstr (hash, ==, tried.hash);
    g_assert_cmpint (qonys_history_get_last_number (file->history), ==, tried.number);
    ++*n_more;
  } else {
    g_assert_cmpint (qonys_history_get_last_number (file->history), >=, stored.number);
  }
  assert_journal (file, first_hash);
  return n;
}

static void
test_killed (void)
{
  const char *wanted = g_getenv ("QONYS_CRASH_RUNS");
  guint n_runs = wanted != NULL ? (guint)g_ascii_strtoull (wanted, NULL, 10) : N_RUNS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240125);
  g_auto (PlanFile) file = {0};
  g_autofree char *first_hash = NULL;
  guint n_edits = 0, n_more = 0, n_empty = 0;

  for (guint i = 0; i < n_runs; i++) {
    guint n;

    if (i % N_RUNS_A_FILE == 0) {
      g_autofree char *name = g_strdup_printf ("city-%u.gpkg", i);

      plan_file_clear (&file);
      g_clear_pointer (&first_hash, g_free);
      plan_file_init (&file, name);
      if (i / N_RUNS_A_FILE % 2 == 1) {
        make_version_1 (file.path);
      } else {
        plan_file_add_districts (&file);
        plan_file_add_districts (&file);
      }
      first_hash = qonys_plan_get_hash (file.plan);
    }
    n = run (&file, rand, first_hash, &n_more);
    n_edits += n;
    n_empty += n == 0;
  }
  g_test_message (
      "%u runs killed, %u edits stored before, %u runs before the first; in %u the edit "
      "under way was whole too",
      n_runs, n_edits, n_empty, n_more);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crash/killed", test_killed);
  return g_test_run ();
}
