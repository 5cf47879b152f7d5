/* The question before more than the public view is shown: who looks, and for what purpose. The
 * gate itself refuses a purpose too short or with a person in it; here the button merely stays
 * off until it would not, and says why. */

#include "ui/audience.h"
#include "privacy/identifier.h"
#include "ui/dialogs.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  QonysSession *session;
  GtkWindow *dialog;
  GtkCheckButton *official;
  GtkEditable *purpose;
  GtkLabel *hint;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->session);
  g_free (question);
}

const char *
qonys_audience_get_title (QonysAudience audience)
{
  switch (audience) {
  case QONYS_AUDIENCE_OFFICIAL:
    return _ ("Official view");
  case QONYS_AUDIENCE_COMMITTEE:
    return _ ("Commission’s view");
  default:
    return _ ("Public view");
  }
}

const char *
qonys_audience_get_icon (QonysAudience audience)
{
  return audience == QONYS_AUDIENCE_PUBLIC ? "security-high-symbolic" : "security-low-symbolic";
}

static void
update (Question *question)
{
  const char *text = gtk_editable_get_text (question->purpose);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gboolean is_long = g_utf8_strlen (trimmed, -1) >= QONYS_PURPOSE_MIN_CHARS;
  gboolean is_clean = qonys_text_find_identifier (trimmed) == QONYS_IDENTIFIER_NONE;

  gtk_label_set_text (question->hint,
                      !is_clean  ? _ ("A purpose names no person, number or telephone")
                      : !is_long ? _ ("At least ten letters, for example: check of overcrowded "
                                      "addresses")
                                 : _ ("The purpose is put on every export and into its log"));
  qonys_dialogs_set_ready (question->dialog, is_long && is_clean);
}

static void
accepted_cb (gpointer data)
{
  Question *question = data;
  g_autofree char *purpose = g_strstrip (g_strdup (gtk_editable_get_text (question->purpose)));

  qonys_session_set_audience (question->session,
                              gtk_check_button_get_active (question->official)
                                  ? QONYS_AUDIENCE_OFFICIAL
                                  : QONYS_AUDIENCE_COMMITTEE,
                              purpose);
}

static GtkWidget *
choice_new (const char *title, const char *subtitle, GtkCheckButton *group, GtkCheckButton **button)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  *button = GTK_CHECK_BUTTON (check);
  return row;
}

GtkWindow *
qonys_audience_ask (GtkWindow *parent, QonysSession *session)
{
  Question *question;
  GtkCheckButton *committee;
  GtkWidget *group, *entry, *box, *row;

  if (qonys_session_get_audience (session) != QONYS_AUDIENCE_PUBLIC) {
    qonys_session_set_audience (session, QONYS_AUDIENCE_PUBLIC, NULL);
    return NULL;
  }

  question = g_new0 (Question, 1);
  question->session = g_object_ref (session);
  group = adw_preferences_group_new ();
  row = choice_new (qonys_audience_get_title (QONYS_AUDIENCE_COMMITTEE),
                    _ ("Areas and rates, as in public, with the commission’s mark"), NULL,
                    &committee);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  row = choice_new (qonys_audience_get_title (QONYS_AUDIENCE_OFFICIAL),
                    _ ("Addresses too. Not for the wall, not for paper that is left lying"),
                    committee, &question->official);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_check_button_set_active (committee, TRUE);

  entry = qonys_entry_row_new (_ ("Purpose"));
  question->purpose = GTK_EDITABLE (entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (box), group);
  question->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (question->hint, TRUE);
  gtk_label_set_xalign (question->hint, 0);
  gtk_widget_add_css_class (GTK_WIDGET (question->hint), "qonys-subtitle");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->hint));

  question->dialog = qonys_dialogs_ask (
      parent, _ ("Who will look at the map?"),
      _ ("Now the public view is shown: nobody can be found in it. What is shown from here on is "
         "framed in colour until you go back."),
      box, _ ("Show"), FALSE, accepted_cb, question, (GDestroyNotify)question_free);
  gtk_widget_set_size_request (GTK_WIDGET (question->dialog), 440, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), question);
  update (question);
  gtk_widget_grab_focus (entry);
  return question->dialog;
}
