/* The information on implementation, to a file or a printer. One dialog at a time; the report is
 * made when it is accepted, as the view of that moment. */

#include "ui/implementation-dialog.h"
#include "base/language.h"
#include "release/pages.h"
#include "ui/audience.h"
#include "ui/dialogs.h"
#include "ui/edit-question.h"
#include "ui/print.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  GtkWindow *parent; /* outlives the dialog */
  QonysSession *session;
  GtkWidget *languages, *whereto;
  GtkEditable *recipient;
  QonysPages *pages; /* while a file is being chosen */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->pages, qonys_pages_unref);
  g_object_unref (question->session);
  g_free (question);
}

/* What can be chosen, in its order. */
static const struct {
  QonysLanguage languages[2];
  guint n;
} CHOICES[] = {{{QONYS_KK, QONYS_RU}, 2}, {{QONYS_KK}, 1}, {{QONYS_RU}, 1}, {{QONYS_EN}, 1}};

static void
failed_cb (GError *error, gpointer session)
{
  qonys_session_set_error (session, error);
}

/* Nothing is painted meanwhile: the map below a dialog stands still. */
static QonysPages *
make_pages (Question *question)
{
  guint choice = adw_combo_row_get_selected (ADW_COMBO_ROW (question->languages));
  g_autofree char *recipient = qonys_form_dup_text (question->recipient);
  GError *error = NULL;
  QonysPages *pages = qonys_release_make_implementation (
      qonys_session_get_release (question->session), qonys_session_get_plan (question->session),
      CHOICES[choice].languages, CHOICES[choice].n, recipient, &error);

  if (pages == NULL)
    qonys_session_set_error (question->session, error);
  return pages;
}

static void
file_chosen_cb (const char *path, gpointer data)
{
  Question *question = data;

  qonys_session_write_pages (question->session, question->pages, path);
}

static void
accepted_cb (gpointer data)
{
  Question *question = data;
  gboolean is_file = adw_combo_row_get_selected (ADW_COMBO_ROW (question->whereto)) == 0;
  QonysPages *pages = make_pages (question);
  Question *choice;
  g_autofree char *name = NULL;

  if (pages == NULL)
    return;
  if (!is_file) {
    qonys_print (question->parent, pages, failed_cb, question->session);
    qonys_pages_unref (pages);
    return;
  }
  /* Kept with the window: a native chooser that is never answered leaves nothing behind. */
  choice = g_new0 (Question, 1);
  choice->session = g_object_ref (question->session);
  choice->pages = pages;
  g_object_set_data_full (G_OBJECT (question->parent), "qonys-implementation", choice,
                          question_free);
  /* Translators: a file's name without its ending */
  name = g_strdup_printf ("%s.pdf", _ ("information-on-implementation"));
  qonys_dialogs_save_file (question->parent, _ ("Export to"), name, file_chosen_cb, choice);
}

GtkWindow *
qonys_ask_implementation (GtkWindow *parent, QonysSession *session)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkStringList *languages = gtk_string_list_new (NULL);
  GtkStringList *places = gtk_string_list_new (NULL);
  Question *question = g_new0 (Question, 1);
  g_autofree char *body = g_strdup_printf (
      _ ("Item 5 of the resolution asks for it: every measure, what has come of it, and the "
         "districts, as the %s shows them. It is written into the export log."),
      qonys_audience_get_title (qonys_session_get_audience (session)));
  GtkWindow *dialog;

  question->parent = parent;
  question->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (CHOICES); i++) {
    const char *first = qonys_language_get_name (CHOICES[i].languages[0]);
    g_autofree char *both =
        CHOICES[i].n == 1
            ? NULL
            : g_strdup_printf ("%s, %s", first, qonys_language_get_name (CHOICES[i].languages[1]));

    gtk_string_list_append (languages, both != NULL ? both : first);
  }
  gtk_string_list_append (places, _ ("A file (PDF)"));
  gtk_string_list_append (places, _ ("A printer"));
  question->languages = qonys_form_add_choice (group, _ ("Language"), languages, 0);
  question->recipient = qonys_form_add_entry (group, _ ("To whom (a body)"), NULL);
  question->whereto = qonys_form_add_choice (group, _ ("Whereto"), places, 0);
  dialog = qonys_dialogs_ask (parent, _ ("Information on implementation"), body, group,
                              _ ("Go on…"), FALSE, accepted_cb, question, question_free);
  gtk_widget_set_size_request (GTK_WIDGET (dialog), 440, -1);
  gtk_widget_grab_focus (question->languages);
  return dialog;
}
