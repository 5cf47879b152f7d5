#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks in which form the story shall be taken along, then where to; the session writes it. */
void qonys_ask_take_along (GtkWindow *parent, QonysSession *session);

G_END_DECLS
