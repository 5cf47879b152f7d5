/* Tables of a PostgreSQL database: a server of our own in a temporary folder, reached by a socket
 * there. */

#include "store-support.h"

#include "domain/schema.h"
#include "store/examine.h"

#include <glib/gstdio.h>
#include <glob.h>
#include <pwd.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char *folder, *programs; /* NULL: there is no server */
static const struct passwd *keeper;

/* A server does not run as root. */
static void
become_keeper (gpointer unused)
{
  if (keeper != NULL && (setgid (keeper->pw_gid) != 0 || setuid (keeper->pw_uid) != 0))
    _exit (127);
}

static gboolean
run (const char *program, const char *words, char **output)
{
  g_autofree char *path = g_build_filename (programs, program, NULL);
  g_autofree char *line = g_strdup_printf ("'%s' %s", path, words);
  g_auto (GStrv) argv = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  if (!g_spawn_sync (folder, argv, NULL, G_SPAWN_DEFAULT, become_keeper, NULL, output, &errors,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, NULL)) {
    g_test_message ("%s: %s", line, error != NULL ? error->message : errors);
    return FALSE;
  }
  return TRUE;
}

static gboolean
run_query (const char *sql)
{
  g_autofree char *quoted = g_shell_quote (sql);
  g_autofree char *words =
      g_strdup_printf ("-q -v ON_ERROR_STOP=1 -h '%s' -U keeper -d city -c %s", folder, quoted);
  g_autofree char *output = NULL;

  return run ("psql", words, &output);
}

static gboolean
start_server (void)
{
  g_autofree char *start = g_strdup_printf (
      "-D db -s -w -l log -o \"-c listen_addresses='' -c fsync=off -k '%s'\" start", folder);
  g_autofree char *make = g_strdup_printf ("-h '%s' -U keeper city", folder);
  g_autofree char *quiet = NULL;

  return run ("initdb", "-D db -A trust -U keeper -E UTF8 --locale=C -N", &quiet) &&
         run ("pg_ctl", start, NULL) && run ("createdb", make, NULL);
}

/* Returns: why there is no server; NULL if there is one */
static const char *
set_up (void)
{
  glob_t found = {0};

  if (glob ("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0 && found.gl_pathc > 0)
    programs = g_strdup (found.gl_pathv[found.gl_pathc - 1]);
  globfree (&found);
  if (programs == NULL)
    return "the PostgreSQL server is not installed (package postgresql)";
  if (geteuid () == 0)
    keeper = getpwnam ("postgres");
  if (geteuid () == 0 && keeper == NULL)
    return "there is no user “postgres” for the server to run as";
  folder = g_dir_make_tmp ("qonys-pg-XXXXXX", NULL);
  if (keeper != NULL && chown (folder, keeper->pw_uid, keeper->pw_gid) != 0)
    return "the server's folder cannot be given away";
  return start_server () ? NULL : "the PostgreSQL server does not start";
}

static void
tear_down (void)
{
  g_autofree char *words = NULL;

  if (folder == NULL)
    return;
  run ("pg_ctl", "-D db -m immediate stop", &words);
  g_assert_true (g_str_has_prefix (folder, g_get_tmp_dir ()));
  {
    const char *argv[] = {"rm", "-rf", folder, NULL};

    g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                  NULL);
  }
}

/* ---- what is read ---- */

static char *
make_source (const char *user)
{
  return g_strdup_printf ("PG:dbname=city host=%s user=%s", folder, user);
}

static QonysProject *
import_as (const char *user, const char *table, QonysImportReport **report, GError **error)
{
  g_autofree char *source = make_source (user);
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);

  recipe->sheet = g_strdup (table);
  return qonys_store_import_by (project, source, recipe, NULL, FALSE, NULL, report, error);
}

static void
check_table (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = import_as ("keeper", name, &report, &error);
  QonysTable *table;
  const QonysDataset *dataset;

  g_assert_no_error (error);
  g_assert_cmpint (report->n_stored, ==, 1200);
  table = qonys_project_get_table (next, QONYS_RECORD_DWELLING);
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_KEY), ==, "00001");
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_STREET_RU), ==, "Сығанақ");
  g_assert_cmpfloat_with_epsilon (qonys_table_get_lon_deg (table)[9], 71.4009, 1e-9);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_DWELLING_AS_OF), ==, day_of ("2024-01-25"));
  dataset = qonys_project_get_datasets (next)->pdata[0];
  g_assert_cmpstr (dataset->file_name, ==, name);
  g_assert_cmpstr (dataset->title, ==, name);
  g_assert_null (dataset->sha256);
}

static void
test_tables (void)
{
  g_assert_true (run_query ("CREATE SCHEMA geo"));
  g_assert_true (
      run_query ("CREATE TABLE geo.plain AS SELECT lpad(i::text, 5, '0') AS dwelling_key, "
                 "'Сығанақ'::text AS street_ru, 1 + i % 4 AS rooms, '2024-01-25'::date AS as_of, "
                 "71.4 + (i - 1) * 0.0001 AS lon, 51.12::float8 AS lat "
                 "FROM generate_series(1, 1200) AS i"));
  check_table ("geo.plain");
  g_assert_true (run_query ("CREATE VIEW geo.seen AS SELECT * FROM geo.plain ORDER BY 1"));
  check_table ("geo.seen");
  if (!run_query ("CREATE EXTENSION postgis")) {
    g_test_skip ("PostGIS is not installed (package postgis): tables with geometry are not tried");
    return;
  }
  g_assert_true (
      run_query ("CREATE TABLE geo.points AS SELECT dwelling_key, street_ru, rooms, as_of, "
                 "ST_Transform(ST_SetSRID(ST_Point(lon, lat), 4326), 32642)::"
                 "geometry(Point, 32642) AS place FROM geo.plain ORDER BY 1"));
  check_table ("geo.points");
}

static void
expect (const char *user, const char *table, QonysError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysImportReport) report = NULL;

  g_assert_null (import_as (user, table, &report, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  assert_code (&error, code);
}

static void
test_refusals (void)
{
  g_assert_true (run_query ("CREATE TABLE closed AS SELECT 'd1'::text AS dwelling_key"));
  g_assert_true (run_query ("CREATE TABLE persons AS SELECT 'd1'::text AS dwelling_key, "
                            "'991231100010'::text AS note"));
  g_assert_true (run_query ("CREATE ROLE guest LOGIN"));
  expect ("keeper", NULL, QONYS_ERROR_NOT_FOUND, "closed");
  expect ("keeper", "nowhere", QONYS_ERROR_NOT_FOUND, "SCHEMA.TABLE");
  expect ("guest", "closed", QONYS_ERROR_PERMISSION, "right to read");
  expect ("stranger", "closed", QONYS_ERROR_FAILED, "let you in");
  expect ("keeper", "persons", QONYS_ERROR_PERSONAL_DATA, "••");
}

/* ---- without a server ---- */

static void
test_unreachable (void)
{
  static const char *const SOURCES[] = {"PG:host=/nowhere dbname=city password=tiger-7",
                                        "pg:host=127.0.0.1 port=1 dbname=city password=tiger-7"};

  for (guint i = 0; i < G_N_ELEMENTS (SOURCES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysImportReport) report = NULL;
    g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
    g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);

    g_assert_null (
        qonys_store_import_by (project, SOURCES[i], recipe, NULL, FALSE, NULL, &report, &error));
    g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FAILED);
    g_assert_null (strstr (error->message, "tiger"));
    g_assert_nonnull (strstr (error->message, "pgpass"));
    for (guint j = 0; j < report->diagnostics->len; j++)
      g_assert_null (
          strstr (((const QonysDiagnostic *)report->diagnostics->pdata[j])->text, "tiger"));
  }
}

int
main (int argc, char *argv[])
{
  const char *reason;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/database/unreachable", test_unreachable);
  reason = set_up ();
  if (reason == NULL) {
    g_test_add_func ("/store/database/tables", test_tables);
    g_test_add_func ("/store/database/refusals", test_refusals);
  } else {
    g_test_message ("tables of a database are not tried: %s", reason);
    g_print ("# tables of a database are not tried: %s\n", reason);
  }
  result = g_test_run ();
  tear_down ();
  return result;
}
