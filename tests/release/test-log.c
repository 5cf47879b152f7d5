/* The export log: its chain notices what is changed, lost, swapped or cut. */

#include "release-support.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

static char *
start_log (guint n)
{
  char *path = qonys_release_log_get_path ();
  g_autofree char *head = g_strconcat (path, ".head", NULL);
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;

  g_remove (path);
  g_remove (head);
  world_add_dwellings (world, 71.45, 51.12, 9, 0);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_COMMITTEE, "registered");
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = export_text (release, i % 2 ? "cells" : "districts", "csv");
  }
  return path;
}

static void
assert_broken (const char *path, const char *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (qonys_release_log_verify (path, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_entry (void)
{
  g_autofree char *path = start_log (1), *text = NULL, *sum = NULL, *file = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *entry;
  gint64 n;

  g_assert_true (qonys_release_log_verify (path, &n, NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  entry = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (entry, "audience"), ==, "committee");
  g_assert_cmpstr (json_object_get_string_member (entry, "purpose"), ==, "test of the writers");
  g_assert_cmpstr (json_object_get_string_member (entry, "layer"), ==, "districts");
  g_assert_cmpstr (json_object_get_string_member (entry, "format"), ==, "csv");
  g_assert_cmpstr (json_object_get_string_member (entry, "filter"), ==, "indicator=registered");
  g_assert_cmpstr (json_object_get_string_member (entry, "file"), ==, "districts.csv");
  g_assert_cmpstr (json_object_get_string_member (entry, "user"), ==, g_get_user_name ());
  g_assert_true (g_str_has_suffix (json_object_get_string_member (entry, "time"), "+05:00"));
  g_assert_cmpint (json_object_get_int_member (entry, "threshold"), ==, 5);
}

static void
test_hash_is_of_the_file (void)
{
  g_autofree char *path = start_log (0), *text = NULL, *log = NULL, *sum = NULL;
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;

  world_add_dwellings (world, 71.45, 51.12, 9, 0);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  text = export_text (release, "cells", "geojson");
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, sum));
}

static void
test_changed_line (void)
{
  g_autofree char *path = start_log (4), *text = NULL;
  char *second;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  second = strstr (strchr (text, '\n'), "committee");
  memcpy (second, "committeE", 9);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_broken (path, "2");
}

static void
test_lost_line (void)
{
  g_autofree char *path = start_log (4), *text = NULL;
  char *second, *third;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  second = strchr (text, '\n') + 1;
  third = strchr (second, '\n') + 1;
  memmove (second, third, strlen (third) + 1);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_broken (path, "2");
}

static void
test_cut_end (void)
{
  g_autofree char *path = start_log (4), *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  *(strchr (strchr (text, '\n') + 1, '\n') + 1) = '\0';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_broken (path, "2");
}

static void
test_half_a_line (void)
{
  g_autofree char *path = start_log (2), *text = NULL;
  World *world = world_new ();
  g_autoptr (QonysProject) project = world_finish (world);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (support_temp_dir (), "x.csv", NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  text[strlen (text) - 20] = '\0';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_broken (path, "2");
  /* What cannot be logged does not go out. */
  g_assert_false (qonys_release_write_csv (release, "figures", target, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static gpointer
export_some (gpointer data)
{
  QonysRelease *release = data;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%p-%u.csv", g_get_tmp_dir (), (void *)&path, i);

    g_assert_true (qonys_release_write_csv (release, "figures", path, NULL, NULL));
    g_remove (path);
  }
  return NULL;
}

/* Two at once wait for each other. */
static void
test_two_writers (void)
{
  g_autofree char *path = start_log (0);
  World *world = world_new ();
  g_autoptr (QonysProject) project = world_finish (world);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  GThread *threads[2];
  gint64 n;

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("writer", export_some, release);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_true (qonys_release_log_verify (path, &n, NULL));
  g_assert_cmpint (n, ==, 40);
}

static void
test_no_log (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (qonys_release_log_verify ("/nowhere/export-log.jsonl", NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/log/entry", test_entry);
  g_test_add_func ("/release/log/hash-is-of-the-file", test_hash_is_of_the_file);
  g_test_add_func ("/release/log/changed-line", test_changed_line);
  g_test_add_func ("/release/log/lost-line", test_lost_line);
  g_test_add_func ("/release/log/cut-end", test_cut_end);
  g_test_add_func ("/release/log/half-a-line", test_half_a_line);
  g_test_add_func ("/release/log/two-writers", test_two_writers);
  g_test_add_func ("/release/log/no-log", test_no_log);
  return release_test_run ();
}
