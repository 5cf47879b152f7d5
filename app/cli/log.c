/* qonys log: the log of what went out. */

#include "base/error.h"
#include "cli/cli-private.h"

#include <glib/gi18n-lib.h>

static gboolean
print_log (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  GError *failure = NULL;

  if (!g_file_get_contents (path, &text, NULL, &failure)) {
    qonys_error_set_from_gio (error, path, failure);
    return FALSE;
  }
  g_print ("%s", text);
  return TRUE;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL;
  gboolean is_verify = FALSE, is_help;
  const GOptionEntry entries[] = {{"verify", 0, 0, G_OPTION_ARG_NONE, &is_verify,
                                   N_ ("Check that no entry was changed, lost or added by hand"),
                                   NULL},
                                  G_OPTION_ENTRY_NULL};
  gint64 n_entries;

  if (!_qonys_cli_parse (&_qonys_command_log, entries, &argc, argv, 0, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;

  path = qonys_release_log_get_path ();
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_printerr ("%s\n", _ ("Nothing has been exported yet."));
    return TRUE;
  }
  if (!is_verify)
    return print_log (path, error);
  if (!qonys_release_log_verify (path, &n_entries, error))
    return FALSE;
  g_print ("log: %s\nentries: %" G_GINT64_FORMAT "\nchain: whole\n", path, n_entries);
  return TRUE;
}

const QonysCommand _qonys_command_log = {"log", "", N_ ("Show or check the log of exports"),
                                         "  qonys log\n"
                                         "  qonys log --verify",
                                         run};
