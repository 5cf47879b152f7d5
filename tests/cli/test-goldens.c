/* What the command line prints and writes, compared with goldens/: the name of a file there is the
 * command line. It holds what is printed, then "! " before each line of stderr, then the exit code
 * if it is not 0, then the text of the file written, if it is text. QONYS_UPDATE_GOLDENS=1 writes
 * them anew: then read the difference. */

#include "cli-support.h"

#include "domain/setting.h"
#include "store/store.h"

static char *
get_golden_folder (void)
{
  return g_build_filename (support_source_root (), "tests", "cli", "goldens", NULL);
}

static void
add_written (GString *text, const char *folder)
{
  static const char *const NAMES[] = {"out.csv", "out.geojson"};

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (folder, NAMES[i], NULL), *written = NULL;

    if (!g_file_get_contents (path, &written, NULL, NULL))
      continue;
    g_string_append_printf (text, "=== %s\n%s", NAMES[i], written);
  }
}

static char *
run_to_text (const char *folder, const char *arguments)
{
  g_auto (SupportRun) run = cli_run (folder, arguments);
  g_auto (GStrv) lines = g_strsplit (run.errors, "\n", -1);
  GString *text = g_string_new (run.output);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_string_append_printf (text, "! %s\n", lines[i]);
  if (run.exit_code != 0)
    g_string_append_printf (text, "exit code %d\n", run.exit_code);
  add_written (text, folder);
  return g_string_free (text, FALSE);
}

/* set.gpkg: under another norm, the operations out of use. */
static void
make_set_project (const char *folder)
{
  g_autofree char *from = g_build_filename (folder, "demo.gpkg", NULL);
  g_autofree char *path = g_build_filename (folder, "set.gpkg", NULL), *bytes = NULL;
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("setting.norm", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  plan = qonys_store_read_plan (path, &history, NULL, &error);
  g_assert_no_error (error);
  qonys_edit_set (edit, plan, QONYS_SETTING_NORM, "m2=12.5");
  qonys_edit_set (edit, plan, "withdrawn:3", "1");
  qonys_store_apply_edit (path, edit, 0, &error);
  g_assert_no_error (error);
}

/* Says which line differs: a diff of two texts is long. */
static void
compare (const char *arguments, const char *expected, const char *found)
{
  g_auto (GStrv) a = g_strsplit (expected, "\n", -1), b = g_strsplit (found, "\n", -1);

  for (guint i = 0; a[i] != NULL && b[i] != NULL; i++)
    if (!g_str_equal (a[i], b[i])) {
      g_test_message ("qonys %s: line %u\n  expected: %s\n  found:    %s", arguments, i + 1, a[i],
                      b[i]);
      g_test_fail ();
      return;
    }
  if (g_strv_length (a) != g_strv_length (b)) {
    g_test_message ("qonys %s: %u lines expected, %u found", arguments, g_strv_length (a),
                    g_strv_length (b));
    g_test_fail ();
  }
}

static void
test_golden (gconstpointer data)
{
  const char *arguments = data;
  const char *folder = cli_make_folder ();
  g_autofree char *goldens = get_golden_folder ();
  g_autofree char *name = g_strconcat (arguments, ".txt", NULL);
  g_autofree char *path = g_build_filename (goldens, name, NULL);
  g_autofree char *found = NULL, *expected = NULL;

  if (strstr (arguments, "set.gpkg") != NULL)
    make_set_project (folder);
  found = run_to_text (folder, arguments);

  if (g_getenv ("QONYS_UPDATE_GOLDENS") != NULL) {
    g_assert_true (g_file_set_contents (path, found, -1, NULL));
    return;
  }
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  compare (arguments, expected, found);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

int
main (int argc, char **argv)
{
  g_autofree char *goldens = get_golden_folder ();
  g_autoptr (GDir) dir = g_dir_open (goldens, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (".txt")));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path =
        g_strconcat ("/cli/goldens/", (const char *)g_ptr_array_index (names, i), NULL);

    g_test_add_data_func (path, g_ptr_array_index (names, i), test_golden);
  }
  return g_test_run ();
}
