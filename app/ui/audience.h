#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks who will look and for what purpose, and opens the wider view; from a wider view goes back
 * to the public one without asking. Returns: (transfer none) (nullable): the dialog */
GtkWindow *qonys_audience_ask (GtkWindow *parent, QonysSession *session);

/** «Қызметтік көрініс»: the name of a view in the language now set. */
const char *qonys_audience_get_title (QonysAudience audience);
const char *qonys_audience_get_icon (QonysAudience audience);

/** The least letters a purpose must have; the gate's rule. */
#define QONYS_PURPOSE_MIN_CHARS 10

G_END_DECLS
