/* The report after a file was read: every row is stored or rejected for a reason. The first
 * hundred rejected rows are listed, so that a wrong file of a million rows opens as fast. */

#include "ui/report-dialog.h"
#include "base/format.h"
#include "privacy/identifier.h"
#include "ui/dialogs.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_LISTED 100

static void
append_count (GtkWidget *box, const char *label, gint64 n)
{
  g_autofree char *number = qonys_format_int (n);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = qonys_text_new (label, NULL);
  GtkWidget *value = gtk_label_new (number);

  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (value, "qonys-number");
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (box), line);
}

static void
append_noted (GtkWidget *box, const QonysDiagnostic *diagnostic)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gboolean is_warning = diagnostic->severity == QONYS_WARNING;
  GtkWidget *icon = gtk_image_new_from_icon_name (is_warning ? "dialog-warning-symbolic"
                                                             : "dialog-information-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_warning ? _ ("Warning") : _ ("Note"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), qonys_text_new (diagnostic->text, NULL));
  gtk_box_append (GTK_BOX (box), line);
}

static void
append_rejections (GtkWidget *box, const QonysImportReport *report)
{
  GHashTableIter iter;
  gpointer reason, count;

  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Why rows were left out")));
  g_hash_table_iter_init (&iter, report->n_by_reason);
  while (g_hash_table_iter_next (&iter, &reason, &count))
    append_count (box, reason, GPOINTER_TO_INT (count));
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Rows")));
  for (guint i = 0; i < MIN (report->rejections->len, MAX_LISTED); i++) {
    const QonysRejection *rejection = g_ptr_array_index (report->rejections, i);
    g_autofree char *row = qonys_format_int (rejection->row);
    g_autofree char *line = rejection->column == NULL
                                ? g_strdup_printf (_ ("Row %s: %s"), row, rejection->reason)
                                : g_strdup_printf (_ ("Row %s, column %s: %s"), row,
                                                   rejection->column, rejection->reason);

    gtk_box_append (GTK_BOX (box), qonys_text_new (line, "qonys-subtitle"));
  }
  if (report->n_rejected > MAX_LISTED)
    gtk_box_append (GTK_BOX (box), qonys_text_new (_ ("Only the first hundred are listed here."),
                                                   "qonys-subtitle"));
}

GtkWindow *
qonys_report_dialog_show (GtkWindow *parent, const char *title, const QonysImportReport *report)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "qonys-report");
  if (report->n_read >= 0) {
    append_count (box, _ ("Rows read"), report->n_read);
    append_count (box, _ ("Stored"), report->n_stored);
    append_count (box, _ ("Left out, each with its reason"), report->n_rejected);
  }
  if (report->findings != NULL && report->findings->len > 0) {
    g_autofree char *warnings = qonys_findings_describe (report->findings);

    gtk_box_append (GTK_BOX (box), qonys_text_new (warnings, "qonys-note"));
  }
  if (report->diagnostics->len > 0) {
    gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("What was noticed")));
    for (guint i = 0; i < report->diagnostics->len; i++)
      append_noted (box, g_ptr_array_index (report->diagnostics, i));
  }
  if (report->n_rejected > 0)
    append_rejections (box, report);
  return qonys_dialogs_show_page (parent, title, box, 520, 460);
}
