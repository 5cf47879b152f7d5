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

const char *
support_find_python (const char *module)
{
  static const char *const NAMES[] = {"python3", "/usr/bin/python3"};
  g_autofree char *import = g_strdup_printf ("import %s", module);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    const char *argv[] = {NAMES[i], "-c", import, NULL};
    g_autofree char *program = g_find_program_in_path (NAMES[i]);

    if (program != NULL) {
      g_auto (SupportRun) run = support_run (argv, NULL);

      if (run.exit_code == 0)
        return NAMES[i];
    }
  }
  return NULL;
}

SupportRun
support_run_python (const char *const *argv)
{
  g_auto (GStrv) envp = g_environ_setenv (g_get_environ (), "ASAN_OPTIONS", "detect_leaks=0", TRUE);

  return support_run (argv, (const char *const *)envp);
}
