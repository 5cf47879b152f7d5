/* The report after a file was read. */

#include "ui/report-dialog.h"
#include "ui/dialogs.h"
#include "ui/import-result.h"

GtkWindow *
qonys_report_dialog_show (GtkWindow *parent, const char *title, const QonysImportReport *report)
{
  return qonys_dialogs_show_page (parent, title, qonys_import_result_new (report, FALSE), 560, 480);
}
