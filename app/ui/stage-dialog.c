/* The question before the wall: which screen, who sits in the hall, which theme. Enter begins. */

#include "ui/stage-dialog.h"

#include "privacy/identifier.h"
#include "ui/audience.h"
#include "ui/dialogs.h"
#include "ui/edit-question.h"
#include "ui/preflight-row.h"
#include "ui/rows.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  GtkWindow *parent, *dialog;
  QonysSession *session;
  GPtrArray *monitors; /* element-type GdkMonitor */
  AdwComboRow *monitor, *audience, *theme, *first;
  GtkEditable *purpose;
  GtkWidget *check;
  int checked; /* what wall the check is of, −1 none yet */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_ptr_array_unref (question->monitors);
  g_object_unref (question->session);
  g_free (question);
}

static char *
get_purpose (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (question->purpose)));
}

/* Anew for each wall, not for each letter of the purpose. */
static void
check_scenes (Question *question, const char *purpose, gboolean is_known)
{
  guint monitor = adw_combo_row_get_selected (question->monitor);
  QonysPreflightWall wall = {
      .audience = adw_combo_row_get_selected (question->audience),
      .purpose = purpose,
      .width_px = 1024,
      .height_px = 768,
      .scale = 1,
      .is_dark = adw_combo_row_get_selected (question->theme) == 1,
  };
  int which =
      is_known ? (int)(monitor << 8 | wall.audience << 2 | (guint)wall.is_dark << 1 | 1) : 0;

  if (which == question->checked)
    return;
  question->checked = which;
  if (monitor < question->monitors->len) {
    GdkRectangle at;

    gdk_monitor_get_geometry (question->monitors->pdata[monitor], &at);
    wall.width_px = at.width;
    wall.height_px = at.height;
    wall.scale = gdk_monitor_get_scale_factor (question->monitors->pdata[monitor]);
  }
  qonys_preflight_row_check (question->check, is_known ? &wall : NULL);
}

static void
update (Question *question)
{
  g_autofree char *purpose = get_purpose (question);
  gboolean is_ready,
      is_public = adw_combo_row_get_selected (question->audience) == QONYS_AUDIENCE_PUBLIC;

  gtk_widget_set_visible (GTK_WIDGET (question->purpose), !is_public);
  is_ready = is_public || (g_utf8_strlen (purpose, -1) >= QONYS_PURPOSE_MIN_CHARS &&
                           qonys_text_find_identifier (purpose) == QONYS_IDENTIFIER_NONE);
  qonys_dialogs_set_ready (question->dialog, is_ready);
  check_scenes (question, is_public ? NULL : purpose, is_ready);
}

static void
accepted_cb (gpointer data)
{
  Question *question = data;
  g_autofree char *purpose = get_purpose (question);
  QonysAudience audience = adw_combo_row_get_selected (question->audience);
  guint monitor = adw_combo_row_get_selected (question->monitor);
  QonysStageOptions options = {
      .monitor = monitor < question->monitors->len ? question->monitors->pdata[monitor] : NULL,
      .audience = audience,
      .purpose = audience == QONYS_AUDIENCE_PUBLIC ? NULL : purpose,
      .is_dark = adw_combo_row_get_selected (question->theme) == 1,
      .first = adw_combo_row_get_selected (question->first),
  };

  qonys_stage_open (question->parent, question->session, &options);
}

static GtkStringList *
list_monitors (Question *question)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < question->monitors->len; i++) {
    GdkMonitor *monitor = question->monitors->pdata[i];
    const char *name = gdk_monitor_get_model (monitor);
    GdkRectangle at;
    g_autofree char *title = NULL;

    gdk_monitor_get_geometry (monitor, &at);
    if (name == NULL || *name == '\0')
      name = gdk_monitor_get_connector (monitor);
    title = g_strdup_printf ("%u. %s, %d × %d", i + 1, name != NULL ? name : _ ("Screen"), at.width,
                             at.height);
    gtk_string_list_append (titles, title);
  }
  return titles;
}

static GtkStringList *
list_scenes (const GPtrArray *story)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < story->len; i++) {
    g_autofree char *title =
        g_strdup_printf ("%u. %s", i + 1, qonys_scene_get_name (story->pdata[i]));

    gtk_string_list_append (titles, title);
  }
  return titles;
}

static AdwComboRow *
add_choice (GtkWidget *group, const char *title, GtkStringList *titles, guint selected)
{
  return ADW_COMBO_ROW (qonys_form_add_choice (group, title, titles, selected));
}

void
qonys_ask_present (GtkWindow *parent, QonysSession *session, guint first)
{
  g_autoptr (GPtrArray) story = qonys_story_get (qonys_session_get_plan (session));
  Question *question = g_new0 (Question, 1);
  GtkWidget *group = adw_preferences_group_new ();
  GtkStringList *audiences = gtk_string_list_new (NULL);
  const char *body;

  question->parent = parent;
  question->session = g_object_ref (session);
  question->monitors = qonys_stage_list_monitors (gtk_widget_get_display (GTK_WIDGET (parent)));
  for (guint i = QONYS_AUDIENCE_PUBLIC; i <= QONYS_AUDIENCE_OFFICIAL; i++)
    gtk_string_list_append (audiences, qonys_audience_get_title (i));
  question->first = add_choice (group, _ ("Begin with"), list_scenes (story), first);
  question->monitor = add_choice (group, _ ("Wall"), list_monitors (question),
                                  question->monitors->len > 0 ? question->monitors->len - 1 : 0);
  question->theme = add_choice (
      group, _ ("Theme"),
      gtk_string_list_new ((const char *[]){_ ("Light"), _ ("Dark, for a hall"), NULL}), 0);
  question->audience = add_choice (group, _ ("Who is in the hall"), audiences, 0);
  question->purpose = GTK_EDITABLE (qonys_entry_row_new (_ ("Purpose")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (question->purpose));
  question->check = qonys_preflight_row_new (session);
  question->checked = -1;
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), question->check);

  body =
      question->monitors->len > 1
          ? _ ("Notes and the next scene stay on your own screen.")
          : _ ("There is one screen only, or both show the same: the notes are not shown. Set the "
               "screens apart in the system’s settings to have them.");
  question->dialog = qonys_dialogs_ask (parent, _ ("Show the story on the wall"), body, group,
                                        _ ("_Show"), FALSE, accepted_cb, question, question_free);
  g_signal_connect_swapped (question->audience, "notify::selected", G_CALLBACK (update), question);
  g_signal_connect_swapped (question->monitor, "notify::selected", G_CALLBACK (update), question);
  g_signal_connect_swapped (question->theme, "notify::selected", G_CALLBACK (update), question);
  g_signal_connect_swapped (question->purpose, "changed", G_CALLBACK (update), question);
  update (question);
}
