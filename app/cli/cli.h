#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Is the first word a subcommand, --help or --version, or --lang wrong (else the window is
 * meant)? */
gboolean qonys_cli_wants (int argc, char **argv);

/** Runs a subcommand: results on stdout, messages on stderr. Returns: the exit code, one a cause
 * (base/error.h). Never touches GTK, needs no display. */
int qonys_cli_run (int argc, char **argv);

G_END_DECLS
