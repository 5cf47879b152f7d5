#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with a measure; each dialog shows what does not fit in its place. */

/** Another status, with its day, who enters it, evidence and comment.
 * Returns: (transfer none): the dialog */
GtkWindow *qonys_ask_status (GtkWindow *parent, QonysSession *session, const char *id);

/** The day from which the deadline runs, and why.
 * Returns: (transfer none) (nullable): NULL if the measure has no deadline */
GtkWindow *qonys_ask_base_day (GtkWindow *parent, QonysSession *session, const char *id);

/** One's own measure, new if @id is NULL; of one of the resolution the expected effect alone.
 * Returns: (transfer none): the dialog */
GtkWindow *qonys_ask_measure (GtkWindow *parent, QonysSession *session, const char *id);

/** Who wrote last, who is likely to write next. */
const char *qonys_find_last_role (QonysSession *session);

/** Deletes one's own measure with its history and the links to it; the resolution's stay. */
void qonys_delete_measure (QonysSession *session, const char *id);

G_END_DECLS
