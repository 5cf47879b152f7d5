/* A file with a person in it leaves no trace: not in the project, nor in what is printed, nor in
 * any file below the user's folders. */
#include "../store/store-support.h"
#include "persons-files.h"

#include <glib/gstdio.h>
#include <string.h>

#define EXIT_PERSONS 8

/* ---- the number in any writing ---- */

static gboolean
holds (const char *bytes, gsize n, const void *what, gsize n_what)
{
  for (gsize i = 0; i + n_what <= n; i++)
    if (memcmp (bytes + i, what, n_what) == 0)
      return TRUE;
  return FALSE;
}

/* As text of one and of two bytes a letter, as a whole number and as a decimal one. */
static gboolean
holds_person (const char *bytes, gsize n)
{
  gint64 number = g_ascii_strtoll (PERSON, NULL, 10), swapped = GINT64_TO_BE (number);
  double real = (double)number;
  gint64 real_bits, real_swapped;
  char wide[2][2 * sizeof PERSON] = {{0}};

  memcpy (&real_bits, &real, sizeof real);
  real_swapped = GINT64_TO_BE (real_bits);
  for (guint i = 0; i < strlen (PERSON); i++)
    wide[0][2 * i] = wide[1][2 * i + 1] = PERSON[i];
  return holds (bytes, n, PERSON, strlen (PERSON)) ||
         holds (bytes, n, wide[0], 2 * strlen (PERSON)) ||
         holds (bytes, n, wide[1], 2 * strlen (PERSON)) ||
         holds (bytes, n, &number, sizeof number) ||
         /* SQLite keeps the six lower bytes */
         holds (bytes, n, (const char *)&swapped + 2, sizeof swapped - 2) ||
         holds (bytes, n, &real, sizeof real) ||
         holds (bytes, n, &real_swapped, sizeof real_swapped);
}

/* Looks through a folder and all below it. Returns: how many files there are */
static guint
search (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length;

    if (strstr (name, PERSON) != NULL)
      g_error ("a file is called %s", path);
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      n += search (path);
      continue;
    }
    g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
    if (holds_person (bytes, length))
      g_error ("%s holds the number", path);
    n++;
  }
  return n;
}

/* ---- runs ---- */

typedef struct {
  char *home, *project;
} Place;

static void
place_init (Place *place)
{
  static char *bytes; /* of an empty project */
  static gsize length;

  if (bytes == NULL) {
    g_autofree char *path = NULL;
    g_autoptr (QonysProject) project = new_file_project (&path);

    g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  place->home = g_build_filename (support_temp_dir (), "home", NULL);
  place->project = g_build_filename (place->home, "city.gpkg", NULL);
  g_assert_cmpint (g_mkdir (place->home, 0700), ==, 0);
  g_assert_true (g_file_set_contents (place->project, bytes, (gssize)length, NULL));
}

static void
place_clear (Place *place)
{
  g_free (place->home);
  g_free (place->project);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* In folders of its own. @before: of the shell */
static SupportRun
run_in (const Place *place, const char *before, const char *arguments)
{
  g_autofree char *program = g_shell_quote (g_getenv ("QONYS_CLI"));
  g_autofree char *script = g_strdup_printf (
      "cd '%s' && unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS && export HOME=$PWD "
      "XDG_DATA_HOME=$PWD/data XDG_CACHE_HOME=$PWD/cache XDG_CONFIG_HOME=$PWD/config "
      "XDG_STATE_HOME=$PWD/state TMPDIR=$PWD/tmp CPL_TMPDIR=$PWD/tmp; mkdir -p tmp; %s exec %s %s",
      place->home, before, program, arguments);

  return support_run ((const char *[]){"sh", "-c", script, NULL}, NULL);
}

/* qonys COMMAND FILE OPTIONS */
static SupportRun
run_with (const Place *place, const char *command, const char *path, const char *options)
{
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *arguments = g_strdup_printf ("%s %s %s", command, quoted, options);

  return run_in (place, "", arguments);
}

static void
check_refused (const PersonsFile *file, const SupportRun *run)
{
  if (run->exit_code != EXIT_PERSONS)
    g_error ("%s: exit code %d: %s%s", file->name, run->exit_code, run->output, run->errors);
  if (holds_person (run->output, strlen (run->output)) ||
      holds_person (run->errors, strlen (run->errors)))
    g_error ("%s: the number is printed: %s%s", file->name, run->output, run->errors);
  if (!g_str_has_suffix (file->name, "nested-name"))
    g_assert_nonnull (strstr (run->errors, "9912••••••10"));
}

/* Its place beside others: what GDAL may leave beside the file counts too. */
static guint
count_beside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_refused (gconstpointer data)
{
  const PersonsFile *file = data;
  g_auto (Place) place = {NULL};
  g_autofree char *path = NULL, *quoted = NULL, *arguments = NULL, *before = NULL, *after = NULL;
  guint n_beside;

  place_init (&place);
  path = file->make ();
  n_beside = count_beside (path);
  before = hash_file (place.project);
  quoted = g_shell_quote (path);
  arguments = g_strdup_printf ("import %s city.gpkg --as dwelling --report report.csv "
                               "--save-recipe recipe.json",
                               quoted);
  {
    g_auto (SupportRun) run = run_in (&place, "", arguments);

    check_refused (file, &run);
  }
  g_assert_cmpuint (search (place.home), ==, 1); /* the project, and no file beside it */
  after = hash_file (place.project);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_beside (path), ==, n_beside);
  g_free (arguments);
  arguments = g_strdup_printf ("import %s city.gpkg --as dwelling", quoted);
  if (!g_str_has_suffix (file->name, "wal")) { /* SQLite shares its memory through a file */
    /* Nothing of it is written anywhere, not even for a while: the first byte would end the run. */
    g_auto (SupportRun) run = run_in (&place, "ulimit -f 0;", arguments);

    check_refused (file, &run);
  }
}

/* ---- what is let in ---- */

/* A dropped column leaves nothing behind, though the rest is stored, rows are rejected and told,
 * and GDAL complains of values. */
static void
test_stripped (gconstpointer data)
{
  const PersonsFile *file = data;
  g_auto (Place) place = {NULL};
  g_autofree char *path = NULL, *quoted = NULL, *arguments = NULL;

  place_init (&place);
  path = file->make ();
  quoted = g_shell_quote (path);
  arguments = g_strdup_printf ("import %s city.gpkg --as dwelling --strip who --report report.csv "
                               "--save-recipe recipe.json",
                               quoted);
  {
    g_auto (SupportRun) run = run_in (&place, "", arguments);

    if (run.exit_code != 0)
      g_error ("%s: exit code %d: %s", file->name, run.exit_code, run.errors);
    if (holds_person (run.output, strlen (run.output)) ||
        holds_person (run.errors, strlen (run.errors)))
      g_error ("%s: the number is printed: %s%s", file->name, run.output, run.errors);
    g_assert_nonnull (strstr (run.output, "stored: 1\n"));
    g_assert_nonnull (strstr (run.output, "rejected: 1\n"));
    g_assert_nonnull (strstr (run.errors, "dropped: who"));
  }
  g_assert_cmpuint (search (place.home), ==, 3); /* project, report, recipe */
}

/* A column whose name itself is a person's is not dropped: its name would be kept. */
static void
test_name_is_not_stripped (void)
{
  g_auto (Place) place = {NULL};
  g_autofree char *path = NULL;

  place_init (&place);
  path = put_text ("a.csv", "dwelling_key,lon,lat," PERSON "\nk1,71.43,51.13,x\n");
  {
    g_auto (SupportRun) run =
        run_with (&place, "import", path, " city.gpkg --as dwelling --strip " PERSON);

    g_assert_cmpint (run.exit_code, ==, EXIT_PERSONS);
    g_assert_false (holds_person (run.errors, strlen (run.errors)));
  }
  g_assert_cmpuint (search (place.home), ==, 1);
}

/* What is weak is let in, and told with a masked sample. */
static void
test_warned (void)
{
  g_auto (Place) place = {NULL};
  g_autofree char *path = NULL;

  place_init (&place);
  path = put_text ("a.csv", "dwelling_key,lon,lat,note\nk1,71.43,51.13,/7172/ 55-66-31\n");
  {
    g_auto (SupportRun) run = run_with (&place, "import", path, " city.gpkg --as dwelling");

    g_assert_cmpint (run.exit_code, ==, 0);
    g_assert_nonnull (strstr (run.errors, "City phone numbers"));
    g_assert_nonnull (strstr (run.errors, "row 2"));
    g_assert_null (strstr (run.errors, "55-66-31"));
  }
}

/* Looking into a file without importing it. */
static void
test_info (void)
{
  g_auto (Place) place = {NULL};
  g_autofree char *path = NULL;

  place_init (&place);
  path = put_text ("a.geojson",
                   "{\"type\":\"FeatureCollection\",\"name\":\"" PERSON "\",\"features\":["
                   "{\"type\":\"Feature\",\"properties\":{\"" PERSON "\":1},\"geometry\":null}]}");
  {
    g_auto (SupportRun) run = run_with (&place, "info", path, "");

    g_assert_cmpint (run.exit_code, ==, 0);
    g_assert_false (holds_person (run.output, strlen (run.output)));
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (const PersonsFile *file = PERSONS_FILES; file->name != NULL; file++) {
    g_autofree char *path = g_strconcat ("/cli/persons/", file->name, NULL);

    g_test_add_data_func (path, file, test_refused);
  }
  for (const PersonsFile *file = STRIPPED_FILES; file->name != NULL; file++) {
    g_autofree char *path = g_strconcat ("/cli/persons/stripped/", file->name, NULL);

    g_test_add_data_func (path, file, test_stripped);
  }
  g_test_add_func ("/cli/persons/name-is-not-stripped", test_name_is_not_stripped);
  g_test_add_func ("/cli/persons/warned", test_warned);
  g_test_add_func ("/cli/persons/info", test_info);
  return g_test_run ();
}
