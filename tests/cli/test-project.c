/* From a file to a project to a picture, through the command line alone. */

#include "cli-support.h"

#include "domain/setting.h"
#include "store/store.h"

#include <string.h>

static void
test_import_makes_a_project (void)
{
  const char *folder = cli_make_folder ();
  g_autofree char *printed =
      cli_run_ok (folder, "import operations.csv new.gpkg --as operation --report out.csv");
  g_autofree char *info = cli_run_ok (folder, "info new.gpkg");
  g_autofree char *path = g_build_filename (folder, "out.csv", NULL), *rejections = NULL;
  gint64 n_read = cli_get_number (printed, "read"), n_stored = cli_get_number (printed, "stored");
  guint n_lines = 0;

  g_assert_cmpint (n_read, ==, 7);
  g_assert_cmpint (n_stored, ==, 4);
  g_assert_cmpint (cli_get_number (printed, "rejected"), ==, n_read - n_stored);
  g_assert_cmpint (cli_get_number (info, "operation"), ==, n_stored);
  g_assert_nonnull (strstr (info, "synthetic: no"));
  g_assert_true (g_file_get_contents (path, &rejections, NULL, NULL));
  for (const char *p = rejections; *p != '\0'; p++)
    n_lines += *p == '\n';
  g_assert_cmpint (n_lines, ==, 1 + n_read - n_stored);
}

/* What was chosen in the window is how a picture looks, unless the options say otherwise. */
static void
test_render_as_set (void)
{
  const char *folder = cli_make_folder ();
  g_autofree char *plain = cli_run_ok (folder, "render demo.gpkg -o plain.svg --title t");
  g_autofree char *asked = cli_run_ok (
      folder, "render demo.gpkg -o asked.svg --title t --layer districts,raids --indicator none");
  g_autofree char *path = g_build_filename (folder, "demo.gpkg", NULL);
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = qonys_store_read_plan (path, &history, NULL, NULL);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("setting.style", NULL, NULL, NULL);
  g_autofree char *set = NULL, *other = NULL;
  char *texts[4] = {NULL};

  qonys_edit_set (edit, plan, QONYS_SETTING_STYLE,
                  "base=schematic;fictitious=0,1,marks,0;overcrowded=0,1,marks,0");
  qonys_edit_set (edit, plan, QONYS_SETTING_STATISTIC, "none");
  g_assert_true (qonys_store_apply_edit (path, edit, 0, NULL));
  set = cli_run_ok (folder, "render demo.gpkg -o set.svg --title t");
  other = cli_run_ok (folder, "render demo.gpkg -o other.svg --title t "
                              "--layer districts,fictitious,overcrowded,raids "
                              "--indicator overcrowded_share");
  for (guint i = 0; i < 4; i++) {
    static const char *const NAMES[] = {"plain.svg", "asked.svg", "set.svg", "other.svg"};
    g_autofree char *file = g_build_filename (folder, NAMES[i], NULL);

    g_assert_true (g_file_get_contents (file, &texts[i], NULL, NULL));
  }
  g_assert_cmpstr (texts[2], ==, texts[1]);
  g_assert_cmpstr (texts[2], !=, texts[0]);
  g_assert_cmpstr (texts[3], ==, texts[0]);
  for (guint i = 0; i < 4; i++)
    g_free (texts[i]);
}

/* A file with people in it is refused and leaves nothing behind. */
static void
test_personal_data (void)
{
  const char *folder = cli_make_folder ();
  g_auto (SupportRun) run = cli_run (folder, "import persons.csv new.gpkg --as dwelling");
  g_autofree char *path = g_build_filename (folder, "new.gpkg", NULL);

  g_assert_cmpint (run.exit_code, ==, 8);
  g_assert_null (strstr (run.errors, "991231100010"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_districts_into_a_project (void)
{
  const char *folder = cli_make_folder ();
  g_autofree char *exported =
      cli_run_ok (folder, "export demo.gpkg --layer districts -o own.geojson");
  g_autofree char *printed =
      cli_run_ok (folder, "districts own.geojson --project city.gpkg --day 2026-11-01");
  g_autofree char *info = cli_run_ok (folder, "info city.gpkg");

  for (guint i = 1; i <= 6; i++) {
    g_autofree char *kato = g_strdup_printf ("711%u10000", i);

    g_assert_nonnull (strstr (printed, kato));
    g_assert_nonnull (strstr (info, kato));
  }
}

static void
assert_picture (const char *name, const char *start)
{
  const char *folder = cli_make_folder ();
  g_autofree char *arguments = g_strdup_printf (
      "render demo.gpkg -o %s --indicator overcrowded_share --layer districts,overcrowded --heat "
      "--bbox 71.3,51.05,71.6,51.25 --size 640x480 --dark --title Астана",
      name);
  g_autofree char *printed = cli_run_ok (folder, arguments);
  g_autofree char *path = g_build_filename (folder, name, NULL), *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 5000);
  g_assert_cmpmem (bytes, strlen (start), start, strlen (start));
}

static void
test_pictures (void)
{
  assert_picture ("x.png", "\x89PNG");
  assert_picture ("x.pdf", "%PDF-");
  assert_picture ("x.svg", "<?xml");
}

/* Points are not marks; for the public they are. */
static void
test_points (void)
{
  static const char *const files[] = {"marks", "points", "large", "public-marks", "public-points"};
  static const char *const options[] = {
      "--audience official --purpose check-of-12-March",
      "--audience official --purpose check-of-12-March --points",
      "--audience official --purpose check-of-12-March --points --point-size 12",
      "",
      "--points",
  };
  const char *folder = cli_make_folder ();
  char *bytes[G_N_ELEMENTS (files)];
  gsize lengths[G_N_ELEMENTS (files)];

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *arguments = g_strdup_printf (
        "render demo.gpkg -o %s.png --layer overcrowded --size 640x480 %s", files[i], options[i]);
    g_autofree char *printed = cli_run_ok (folder, arguments);
    g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, files[i]);

    g_assert_true (g_file_get_contents (path, &bytes[i], &lengths[i], NULL));
  }
  for (guint i = 0; i < 3; i++)
    for (guint j = i + 1; j < 3; j++)
      g_assert_false (lengths[i] == lengths[j] && memcmp (bytes[i], bytes[j], lengths[i]) == 0);
  g_assert_cmpmem (bytes[3], lengths[3], bytes[4], lengths[4]);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (bytes[i]);
}

/* Each export is one entry of the log. */
static void
test_log (void)
{
  const char *folder = cli_make_folder ();
  g_autofree char *none = cli_run_ok (folder, "log");
  g_autofree char *first = cli_run_ok (folder, "export demo.gpkg --layer cells -o a.csv");
  g_autofree char *second =
      cli_run_ok (folder, "export demo.gpkg --layer dwellings -o b.geojson --audience official "
                          "--purpose 'check of the month'");
  g_autofree char *log = cli_run_ok (folder, "log"), *verdict = cli_run_ok (folder, "log --verify");

  g_assert_cmpstr (none, ==, "");
  g_assert_nonnull (strstr (log, "check of the month"));
  g_assert_cmpint (cli_get_number (verdict, "entries"), ==, 2);
}

/* Same seed, same bytes. */
static void
test_demo_is_repeatable (void)
{
  const char *folder = cli_make_folder ();
  g_autofree char *printed = cli_run_ok (folder, "demo -o again.gpkg --dwellings 200 --seed 7");
  g_autofree char *a = g_build_filename (folder, "demo.gpkg", NULL), *one = NULL;
  g_autofree char *b = g_build_filename (folder, "again.gpkg", NULL), *two = NULL;
  gsize n_one, n_two;

  g_assert_true (g_file_get_contents (a, &one, &n_one, NULL));
  g_assert_true (g_file_get_contents (b, &two, &n_two, NULL));
  g_assert_cmpmem (one, n_one, two, n_two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/project/import-makes-a-project", test_import_makes_a_project);
  g_test_add_func ("/cli/project/personal-data", test_personal_data);
  g_test_add_func ("/cli/project/districts-into-a-project", test_districts_into_a_project);
  g_test_add_func ("/cli/project/pictures", test_pictures);
  g_test_add_func ("/cli/project/points", test_points);
  g_test_add_func ("/cli/project/log", test_log);
  g_test_add_func ("/cli/project/demo-is-repeatable", test_demo_is_repeatable);
  g_test_add_func ("/cli/project/render-as-set", test_render_as_set);
  return g_test_run ();
}
