#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks for what a scene is: kind, texts in three languages, duration, figures, data, and for a
 * before and after what is compared. Returns: (transfer none) (nullable): the dialog, shown; NULL
 * if there is no such scene */
GtkWindow *qonys_ask_scene (GtkWindow *parent, QonysSession *session, const char *id);

G_END_DECLS
