/* Forms of a few rows, one at a time. At each key the edit is made anew and tried, some 50 µs, so
 * that what is wrong is said at once and in its place. */

#include "ui/edit-question.h"
#include "base/error.h"
#include "base/format.h"
#include "ui/dialogs.h"
#include "ui/link-row.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define DIALOG_WIDTH_PX 480
#define FORM_MAX_HEIGHT_PX 440 /* with a sentence below, on a screen of 768 lines */

struct _QonysEditQuestion {
  QonysSession *session;
  GtkWindow *dialog;
  GtkLabel *hint;
  QonysMakeEditFunc make;
  gpointer data;
  GDestroyNotify free_data;
};

static void
question_free (gpointer data)
{
  QonysEditQuestion *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_object_unref (self->session);
  g_free (self);
}

static QonysEdit *
make (QonysEditQuestion *self, GError **error)
{
  g_autoptr (QonysEdit) edit = self->make (self->data, error);

  for (guint i = 0; edit != NULL && i < qonys_edit_get_changes (edit)->len; i++)
    if (!qonys_store_check_change (qonys_edit_get_changes (edit)->pdata[i], error))
      return NULL;
  return g_steal_pointer (&edit);
}

void
qonys_edit_question_check (QonysEditQuestion *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysEdit) edit = make (self, &error);

  gtk_label_set_text (self->hint, error == NULL ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), error != NULL);
  qonys_dialogs_set_ready (self->dialog, edit != NULL && qonys_edit_get_changes (edit)->len > 0);
}

static void
accepted_cb (gpointer data)
{
  QonysEditQuestion *self = data;
  GError *error = NULL;
  g_autoptr (QonysEdit) edit = make (self, &error);

  if (edit == NULL || !qonys_session_edit (self->session, edit, &error))
    qonys_session_set_error (self->session, error);
}

QonysEditQuestion *
qonys_edit_question_ask (GtkWindow *parent, QonysSession *session, const char *heading,
                         const char *body, GtkWidget *form, const char *accept,
                         QonysMakeEditFunc make_edit, gpointer data, GDestroyNotify free_data)
{
  QonysEditQuestion *self = g_new0 (QonysEditQuestion, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  int height_px;

  self->session = g_object_ref (session);
  self->make = make_edit;
  self->data = data;
  self->free_data = free_data;
  self->hint = GTK_LABEL (qonys_text_new ("", "qonys-note"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_measure (form, GTK_ORIENTATION_VERTICAL, DIALOG_WIDTH_PX - 70, NULL, &height_px, NULL,
                      NULL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              MIN (height_px, FORM_MAX_HEIGHT_PX));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), form);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  self->dialog = qonys_dialogs_ask (parent, heading, body, box, accept, FALSE, accepted_cb, self,
                                    question_free);
  gtk_widget_set_size_request (GTK_WIDGET (self->dialog), DIALOG_WIDTH_PX, -1);
  return self;
}

GtkWindow *
qonys_edit_question_get_dialog (QonysEditQuestion *self)
{
  return self->dialog;
}

/* ---- rows ---- */

GtkWidget *
qonys_form_add_choice (GtkWidget *group, const char *title, GtkStringList *titles, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_object_unref (titles);
  return row;
}

static const struct {
  int width_px, height_px;
} SIZES[] = {{1920, 1080}, {1280, 720}, {1024, 768}};

GtkWidget *
qonys_form_add_size (GtkWidget *group, const char *title, int width_px)
{
  GtkStringList *titles = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autofree char *text = g_strdup_printf ("%d × %d", SIZES[i].width_px, SIZES[i].height_px);

    gtk_string_list_append (titles, text);
    if (SIZES[i].width_px == width_px)
      selected = i;
  }
  return qonys_form_add_choice (group, title, titles, selected);
}

void
qonys_form_get_size (GtkWidget *row, int *width_px, int *height_px)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  *width_px = SIZES[selected].width_px;
  *height_px = SIZES[selected].height_px;
}

GtkEditable *
qonys_form_add_entry (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = qonys_entry_row_new (title);

  gtk_editable_set_text (GTK_EDITABLE (row), text == NULL ? "" : text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return GTK_EDITABLE (row);
}

GtkEditable *
qonys_form_add_day (GtkWidget *group, const char *title, QonysDay day)
{
  g_autofree char *text = day == QONYS_DAY_MISSING ? NULL : qonys_format_day (day);

  return qonys_form_add_entry (group, title, text);
}

gboolean
qonys_form_get_day (GtkEditable *entry, QonysDay *day, GError **error)
{
  g_autofree char *text = qonys_form_dup_text (entry);

  *day = QONYS_DAY_MISSING;
  if (text == NULL || qonys_day_parse (text, day))
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
               _ ("“%s” is no day. Write it like 25.01.2024."), text);
  return FALSE;
}

char *
qonys_form_dup_text (GtkEditable *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

void
qonys_form_watch (GtkWidget *form, GCallback func, gpointer data)
{
  if (ADW_IS_COMBO_ROW (form))
    g_signal_connect_swapped (form, "notify::selected", func, data);
  else if (GTK_IS_SWITCH (form) || GTK_IS_CHECK_BUTTON (form))
    g_signal_connect_swapped (form, "notify::active", func, data);
  else if (QONYS_IS_LINK_ROW (form)) {
    g_signal_connect_swapped (form, "changed", func, data);
    return; /* what is typed in its search is not of the form */
  } else if (ADW_IS_ENTRY_ROW (form))
    g_signal_connect_swapped (form, "changed", func, data);
  for (GtkWidget *child = gtk_widget_get_first_child (form); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    qonys_form_watch (child, func, data);
}
