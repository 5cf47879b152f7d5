#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** All steps of the project, the newest first, each of which one can return to.
 * Returns: (transfer none): the dialog, shown */
GtkWindow *qonys_history_dialog_show (GtkWindow *parent, QonysSession *session);

G_END_DECLS
