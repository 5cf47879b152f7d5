#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks in which languages, for whom and whereto the information on implementation shall go.
 * Returns: (transfer none): the dialog */
GtkWindow *qonys_ask_implementation (GtkWindow *parent, QonysSession *session);

G_END_DECLS
