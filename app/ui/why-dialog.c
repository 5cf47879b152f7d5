/* The rule in three sentences, to be read aloud when somebody asks for what the map does not show.
 * In all three languages at once, the window's first: those who asked may not speak it. */

#include "ui/why-dialog.h"
#include "ui/dialogs.h"
#include "ui/rows.h"
#include "ui/why.h"
#include <glib/gi18n-lib.h>

static void
append_language (GtkWidget *box, QonysLanguage language)
{
  gtk_box_append (GTK_BOX (box), qonys_text_new (qonys_why_get_question (language), "title-2"));
  for (guint i = 0; i < QONYS_WHY_N_SENTENCES; i++) {
    GtkWidget *text = qonys_text_new (qonys_why_get_sentence (language, i), "qonys-aloud");

    gtk_label_set_max_width_chars (GTK_LABEL (text), 70);
    gtk_box_append (GTK_BOX (box), text);
  }
}

GtkWindow *
qonys_why_dialog_show (GtkWindow *parent)
{
  const QonysLanguage first = qonys_language_get ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "qonys-report");
  append_language (box, first);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if (i != first)
      append_language (box, i);
  return qonys_dialogs_show_page (parent, qonys_why_get_question (first), box, 840, 700);
}

GtkWidget *
qonys_why_button_new (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Why is this not shown?"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.why");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "qonys-small");
  return button;
}
