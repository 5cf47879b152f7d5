/* The report after a file was read. */

#include "ui/report-dialog.h"
#include "ui/dialogs.h"
#include "ui/import-result.h"

GtkWindow *
qonys_report_dialog_show (GtkWindow *parent, const char *title, const QonysImportReport *report)
{
  GtkWindow *window =
      qonys_dialogs_show_page (parent, title, qonys_import_result_new (report, FALSE), 560, 480);

  /* It asks nothing: whoever has no time for it goes on beside it, by the main window's keys. */
  gtk_window_set_modal (window, FALSE);
  gtk_window_set_application (window, gtk_window_get_application (parent));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (parent));
  return window;
}
