/* The helpers of all tests keep their word. */
#include "support.h"

static char *kept;

static void
test_temp_dir (void)
{
  g_autofree char *file = NULL, *inner = NULL;

  kept = g_strdup (support_temp_dir ());
  inner = g_build_filename (kept, "a", "b", NULL);
  file = g_build_filename (inner, "c", NULL);
  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
}

static void
test_temp_dir_is_gone (void)
{
  g_assert_nonnull (kept);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_clear_pointer (&kept, g_free);
}

static void
test_source_root (void)
{
  g_autofree char *build = g_build_filename (support_source_root (), "meson.build", NULL);

  g_assert_true (g_file_test (build, G_FILE_TEST_IS_REGULAR));
}

static void
test_shared_dir (void)
{
  g_setenv ("QONYS_SHARED", support_temp_dir (), TRUE);
  g_assert_cmpstr (support_shared_dir (), ==, g_getenv ("QONYS_SHARED"));
  g_setenv ("QONYS_SHARED", "/nowhere", TRUE);
  g_assert_null (support_shared_dir ());
}

static void
test_run (void)
{
  const char *const talk[] = {"sh", "-c", "echo out; echo err >&2; exit 7", NULL};
  const char *const die[] = {"sh", "-c", "kill -9 $$", NULL};
  g_auto (SupportRun) talked = support_run (talk, NULL);
  g_auto (SupportRun) died = support_run (die, NULL);

  g_assert_cmpint (talked.exit_code, ==, 7);
  g_assert_cmpstr (talked.output, ==, "out\n");
  g_assert_cmpstr (talked.errors, ==, "err\n");
  g_assert_cmpint (died.exit_code, ==, -9);
}

static gboolean
set_true (gpointer flag)
{
  *(gboolean *)flag = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_iterate (void)
{
  gboolean done = FALSE;

  if (g_test_subprocess ())
    ITER_WHILE (!done, 20);
  g_timeout_add (10, set_true, &done);
  ITER_WHILE (!done, 5000);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*still after 20 ms: !done*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/temp-dir", test_temp_dir);
  g_test_add_func ("/support/temp-dir-is-gone", test_temp_dir_is_gone);
  g_test_add_func ("/support/source-root", test_source_root);
  g_test_add_func ("/support/shared-dir", test_shared_dir);
  g_test_add_func ("/support/run", test_run);
  g_test_add_func ("/support/iterate", test_iterate);
  return g_test_run ();
}
