#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Runs the window until it is closed. Returns: the exit code. Needs a display. */
int qonys_ui_run (int argc, char **argv);

G_END_DECLS
