#pragma once

#include "ui/dialogs.h"
#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is asked before work begins. Each shows its dialogs over @parent and asks the session. */

void qonys_ask_open (GtkWindow *parent, QonysSession *session);
void qonys_ask_open_districts (GtkWindow *parent, QonysSession *session);
/** By which coordinate system outlines shall be placed that do not say it; then reads them.
 * Returns: (transfer none): the dialog */
GtkWindow *qonys_ask_crs (GtkWindow *parent, QonysSession *session, const char *path);
/** Saves a copy and stays. */
void qonys_ask_save_copy (GtkWindow *parent, QonysSession *session);
/** Where the damaged project's copy shall be. */
void qonys_ask_recover (GtkWindow *parent, QonysSession *session);
/** The project can only be read: an edit waits for a copy. Returns: (transfer none): the question
 */
GtkWindow *qonys_ask_writable_copy (GtkWindow *parent, QonysSession *session);
void qonys_ask_save_as (GtkWindow *parent, QonysSession *session);
/** How many dwellings. */
void qonys_ask_new_demo (GtkWindow *parent, QonysSession *session);
/** What, in which format, then where to. @box: what a picture shows. */
void qonys_ask_export (GtkWindow *parent, QonysSession *session, const QonysBox *box);
/** As one file or as a folder of pictures, then where to. */
void qonys_ask_export_animation (GtkWindow *parent, QonysSession *session, const QonysBox *box,
                                 const QonysAnimation *animation);
/** Rows that are in no file: lose them? @func is called if so. */
void qonys_ask_discard (GtkWindow *parent, QonysAcceptFunc func, gpointer data);

G_END_DECLS
