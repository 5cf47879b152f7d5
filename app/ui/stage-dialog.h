#pragma once

#include "ui/stage.h"

G_BEGIN_DECLS

/** Asks where and to whom the story is shown, and shows it. @first: the scene to begin with. */
void qonys_ask_present (GtkWindow *parent, QonysSession *session, guint first);

G_END_DECLS
