#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Keeps a file that was chosen just now out of the desktop's list of recent files, unless it was
 * in it before: GTK adds what is chosen a moment later, and its name may be a person's. */
void qonys_recent_keep_out (GFile *file);

G_END_DECLS
