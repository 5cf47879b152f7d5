#pragma once

#include "support.h"

G_BEGIN_DECLS

/** Runs `qonys ARGUMENTS` (split as a shell does) in @folder, with a data folder of its own below
 * it and without a display. */
SupportRun cli_run (const char *folder, const char *arguments);

/** The same, where only success will do. Returns: what it printed. */
char *cli_run_ok (const char *folder, const char *arguments);

/** Copies the fixtures of the command line and writes demo.gpkg into a new folder. Returns:
 * (transfer none): the folder */
const char *cli_make_folder (void);

/** The number behind "@key: " in what was printed; −1 if it is not there. */
gint64 cli_get_number (const char *output, const char *key);

G_END_DECLS
