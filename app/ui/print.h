#pragma once

#include "release/pages.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called with why nothing was printed. @error: (transfer full) */
typedef void (*QonysPrintFailedFunc) (GError *error, gpointer data);

/** Asks for a printer and prints; logged as every output. @failed: swapped data first */
void qonys_print (GtkWindow *parent, QonysPages *pages, QonysPrintFailedFunc failed, gpointer data);

G_END_DECLS
