#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_IMPORT_DIALOG (qonys_import_dialog_get_type ())

/**
 * QonysImportDialog:
 *
 * The import assistant: the file is looked through, then one page asks what it is, then all rows
 * are judged without being stored, then they are stored. What was chosen is a recipe. Closing it
 * at any moment cancels its work and leaves the project as it was.
 */
G_DECLARE_FINAL_TYPE (QonysImportDialog, qonys_import_dialog, QONYS, IMPORT_DIALOG, AdwWindow)

/** Shows the assistant for a file, which is looked through at once. The session has a project.
 * Returns: (transfer none) */
QonysImportDialog *qonys_import_dialog_show (GtkWindow *parent, QonysSession *session,
                                             const char *path);

/** Asks for a file, then the same. */
void qonys_import_dialog_choose (GtkWindow *parent, QonysSession *session);

G_END_DECLS
