/* qonys demo: a project of training data. */

#include "domain/demo.h"
#include "base/error.h"
#include "cli/cli-private.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_DWELLINGS 20000
#define MAX_DWELLINGS 10000000

static gboolean
check (const char *path, gint n_dwellings, gint seed, gboolean is_forced, GError **error)
{
  if (path == NULL) {
    _qonys_cli_set_usage_error (error, &_qonys_command_demo,
                                _ ("Say with -o which file to write."));
    return FALSE;
  }
  if (n_dwellings < 1 || n_dwellings > MAX_DWELLINGS || seed < 0) {
    _qonys_cli_set_usage_error (error, &_qonys_command_demo,
                                _ ("--dwellings is a number from 1 to %d, --seed one from 0 on."),
                                MAX_DWELLINGS);
    return FALSE;
  }
  if (!is_forced && g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                 _ ("“%s” is already there. Choose another name, or add --force to replace it."),
                 path);
    return FALSE;
  }
  return TRUE;
}

static QonysProject *
make (gint n_dwellings, gint seed, QonysJob *job, GError **error)
{
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (error);
  g_autoptr (GPtrArray) base = NULL;

  if (districts == NULL)
    return NULL;
  base = qonys_store_load_bundled_base (error);
  return base != NULL ? qonys_demo_make (districts, base, n_dwellings, seed, job, error) : NULL;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL;
  gint n_dwellings = DEFAULT_DWELLINGS, seed = 1;
  gboolean is_forced = FALSE, is_help;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_ ("The project file to write"), "FILE"},
      {"dwellings", 0, 0, G_OPTION_ARG_INT, &n_dwellings, N_ ("How many dwellings (20000)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_INT, &seed, N_ ("Same seed, same data (1)"), "N"},
      {"force", 0, 0, G_OPTION_ARG_NONE, &is_forced, N_ ("Replace the file if it is there"), NULL},
      G_OPTION_ENTRY_NULL};
  g_autoptr (QonysProgress) progress = NULL;
  g_autoptr (QonysProject) project = NULL;

  if (!_qonys_cli_parse (&_qonys_command_demo, entries, &argc, argv, 0, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if (!check (path, n_dwellings, seed, is_forced, error))
    return FALSE;

  progress = _qonys_progress_new (_ ("Making training data"));
  project = make (n_dwellings, seed, _qonys_progress_get_job (progress), error);
  if (project == NULL ||
      !qonys_store_write_project (project, path, _qonys_progress_get_job (progress), error))
    return FALSE;
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    g_print ("%s: %" G_GSIZE_FORMAT "\n", qonys_schema_get (type)->name,
             qonys_table_get_n_rows (qonys_project_get_table (project, type)));
  g_print ("synthetic: yes\n");
  return TRUE;
}

const QonysCommand _qonys_command_demo = {
    "demo", "", N_ ("Write a project of training data, flagged as such"),
    "  qonys demo -o demo.gpkg\n"
    "  qonys demo -o big.gpkg --dwellings 1000000 --seed 7 --force",
    run};
