#pragma once

#include "store/store.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows what became of the rows of a file, and what was noticed; @report is not kept. Returns:
 * (transfer none): the dialog */
GtkWindow *qonys_report_dialog_show (GtkWindow *parent, const char *title,
                                     const QonysImportReport *report);

G_END_DECLS
