/* The question before a story is taken along: in which form, how large, in which colours. One at a
 * time. */

#include "ui/take-along.h"

#include "ui/audience.h"
#include "ui/dialogs.h"
#include "ui/edit-question.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* In the order of the list. */
static const struct {
  const char *title, *ending;
  QonysStoryForm form;
  gboolean has_notes;
} FORMS[] = {
    {N_ ("PDF, a scene a page"), ".pdf", QONYS_STORY_PDF, FALSE},
    {N_ ("PDF with the speaker’s notes"), ".pdf", QONYS_STORY_PDF, TRUE},
    {N_ ("A folder of pictures (PNG)"), "", QONYS_STORY_PNG, FALSE},
    {N_ ("One page for any browser (HTML)"), ".html", QONYS_STORY_HTML, FALSE},
};

typedef struct {
  GtkWindow *parent;
  QonysSession *session;
  AdwComboRow *form, *theme;
  GtkWidget *size;
} Question;

/* The chooser after the dialog outlives the dialog's question. */
typedef struct {
  QonysSession *session;
  guint form;
  QonysDeckFormat format;
} Choice;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->session);
  g_free (question);
}

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->session);
  g_free (choice);
}

static void
chosen_cb (const char *path, gpointer data)
{
  Choice *choice = data;
  const char *ending = FORMS[choice->form].ending;
  g_autofree char *whole = g_strconcat (path, g_str_has_suffix (path, ending) ? "" : ending, NULL);

  qonys_session_write_story (choice->session, FORMS[choice->form].form, &choice->format, whole);
}

static void
accepted_cb (gpointer data)
{
  Question *question = data;
  Choice *choice = g_new0 (Choice, 1);
  int width_px, height_px;
  g_autofree char *title = qonys_session_dup_title (question->session);
  g_autofree char *name = NULL;

  choice->session = g_object_ref (question->session);
  choice->form = adw_combo_row_get_selected (question->form);
  qonys_form_get_size (question->size, &width_px, &height_px);
  choice->format =
      (QonysDeckFormat){width_px, height_px, adw_combo_row_get_selected (question->theme) == 1,
                        FORMS[choice->form].has_notes};
  name = g_strconcat (title, FORMS[choice->form].ending, NULL);
  g_object_set_data_full (G_OBJECT (question->parent), "qonys-story-choice", choice, choice_free);
  qonys_dialogs_save_file (question->parent, _ ("Take the story along"), name, chosen_cb, choice);
}

static AdwComboRow *
add_choice (GtkWidget *group, const char *title, GtkStringList *titles)
{
  return ADW_COMBO_ROW (qonys_form_add_choice (group, title, titles, 0));
}

void
qonys_ask_take_along (GtkWindow *parent, QonysSession *session)
{
  Question *question = g_new0 (Question, 1);
  QonysAudience audience = qonys_session_get_audience (session);
  GtkWidget *group = adw_preferences_group_new ();
  GtkStringList *forms = gtk_string_list_new (NULL);
  g_autofree char *gate = g_strdup_printf (
      _ ("What leaves is what the %s shows, with its marks and its hidden values, and it is "
         "written into the export log."),
      qonys_audience_get_title (audience));
  g_autofree char *body = g_strjoin (
      " ", gate,
      audience == QONYS_AUDIENCE_PUBLIC
          ? _ ("The page for the browser is in three languages and needs no network.")
          : _ ("The page for the browser passes from hand to hand: it is made of the public view."),
      NULL);
  GtkWindow *dialog;

  question->parent = parent;
  question->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    gtk_string_list_append (forms, _ (FORMS[i].title));
  question->form = add_choice (group, _ ("Form"), forms);
  question->size = qonys_form_add_size (group, _ ("Size of a slide"), 1920);
  question->theme = add_choice (
      group, _ ("Theme"),
      gtk_string_list_new ((const char *[]){_ ("Light"), _ ("Dark, for a hall"), NULL}));
  dialog = qonys_dialogs_ask (parent, _ ("Take the story along"), body, group,
                              _ ("Choose where to…"), FALSE, accepted_cb, question, question_free);
  gtk_widget_set_size_request (GTK_WIDGET (dialog), 440, -1);
}
