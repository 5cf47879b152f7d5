#pragma once

#include "ui/show.h"

G_BEGIN_DECLS

/** The presenter's window: the scene now and the next, notes, clock and time left, the list to jump
 * by, the search for questions. Gives its keys to the show. */
GtkWindow *qonys_presenter_new (GtkApplication *application, QonysShow *show);

/** Gives a window's keys to a show, unless an entry has them. */
void qonys_show_take_keys (QonysShow *show, GtkWidget *window);

G_END_DECLS
