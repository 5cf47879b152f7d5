#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The page “Why is this not shown?”. Returns: (transfer none): shown */
GtkWindow *qonys_why_dialog_show (GtkWindow *parent);

/** A small button that leads to the page, for beside what is hidden. */
GtkWidget *qonys_why_button_new (void);

G_END_DECLS
