#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Forms of what people write on the map. @start is what a form begins with, new or of the plan;
 * taken. Both return the dialog (transfer none). */

GtkWindow *qonys_ask_item (GtkWindow *parent, QonysSession *session, QonysEntry *start);
GtkWindow *qonys_ask_annotation (GtkWindow *parent, QonysSession *session, QonysEntry *start);

/** A problem at what is selected on the map: its place, the first problem its card names and the
 * value that proves it. Returns: (transfer full) (nullable): NULL if nothing is selected, or it is
 * something people wrote */
QonysEntry *qonys_item_new_for_selection (QonysSession *session);
/** A problem at a point or over an area. Returns: (transfer full) */
QonysEntry *qonys_item_new_for_shape (QonysSession *session, const char *wkt);

G_END_DECLS
