#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What the program is, and the versions a report of a fault should name. Returns: (transfer none):
 * shown */
GtkWindow *qonys_about_show (GtkWindow *parent);

G_END_DECLS
