/*
 * What tests of all rooms need: folders that clean themselves up, where the sources and the
 * shared files lie, commands.
 */
#include "support.h"

#include <glib/gstdio.h>
#include <sys/wait.h>

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    g_autoptr (GDir) dir = NULL;
    const char *name;

    g_chmod (path, 0700); /* a test may have locked it */
    dir = g_dir_open (path, 0, NULL);
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  }
  g_remove (path);
}

static void
remove_and_free (gpointer path)
{
  remove_tree (path);
  g_free (path);
}

const char *
support_temp_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("qonys-test-XXXXXX", &error);

  g_assert_no_error (error);
  g_test_queue_destroy (remove_and_free, path);
  return path;
}

const char *
support_source_root (void)
{
  return SUPPORT_SOURCE_ROOT;
}

const char *
support_shared_dir (void)
{
  const char *path = g_getenv ("QONYS_SHARED");

  if (path == NULL)
    path = SUPPORT_SOURCE_ROOT "/../shared";
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? path : NULL;
}

SupportRun
support_run (const char *const *argv, const char *const *envp)
{
  g_autoptr (GError) error = NULL;
  SupportRun run = {0};
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, (char **)envp, G_SPAWN_SEARCH_PATH, NULL, NULL, &run.output,
                &run.errors, &status, &error);
  g_assert_no_error (error);
  run.exit_code = WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
  return run;
}

void
support_run_clear (SupportRun *run)
{
  g_clear_pointer (&run->output, g_free);
  g_clear_pointer (&run->errors, g_free);
}
