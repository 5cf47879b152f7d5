#pragma once

#include "store/store.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What became of the rows of a file, or would become of them: read = stored + rejected, by reason
 * with its cure, sums by district before and after, what was noticed. @report: of an import, or
 * only of diagnostics (n_read −1); not kept. */
GtkWidget *qonys_import_result_new (const QonysImportReport *report, gboolean is_dry_run);

G_END_DECLS
