/* qonys recover: what can be read of a damaged project, into a new one. */

#include "cli/cli-private.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

static gboolean
run (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {G_OPTION_ENTRY_NULL};
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  gboolean is_help, ok;

  if (!_qonys_cli_parse (&_qonys_command_recover, entries, &argc, argv, 2, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  ok = qonys_store_recover (argv[1], argv[2], diagnostics, error);
  _qonys_cli_print_diagnostics (diagnostics);
  if (ok)
    g_print ("%s\n", argv[2]);
  return ok;
}

const QonysCommand _qonys_command_recover = {
    "recover", "PROJECT COPY", N_ ("Save what can be read of a damaged project into a new one"),
    "  qonys recover city.gpkg recovered.gpkg\n", run};
