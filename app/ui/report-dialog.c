/* The report after a file was read: every row is stored or rejected for a reason. The first
 * hundred rejected rows are listed, so that a wrong file of a million rows opens as fast. */

#include "ui/report-dialog.h"
#include "base/format.h"
#include "privacy/identifier.h"
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

static gboolean
close_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

GtkWindow *
qonys_report_dialog_show (GtkWindow *parent, const char *title, const QonysImportReport *report)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 460);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (close_key, NULL, NULL)));
  gtk_widget_add_controller (window, shortcuts);

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

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}
