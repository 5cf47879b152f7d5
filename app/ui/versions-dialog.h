#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The named states of the project: naming, renaming, deleting, returning to one, comparing two.
 * Returns: (transfer none): the dialog, shown */
GtkWindow *qonys_versions_dialog_show (GtkWindow *parent, QonysSession *session);

/** Asks for the name of the state now. Returns: (transfer none): the dialog, shown */
GtkWindow *qonys_ask_version (GtkWindow *parent, QonysSession *session);

/** What has changed between two states, on a page. @from, @to: as qonys_state_find().
 * Returns: (transfer none) (nullable): the page, shown; NULL if there is no such state */
GtkWindow *qonys_comparison_show (GtkWindow *parent, QonysSession *session, const char *from,
                                  const char *to);

G_END_DECLS
