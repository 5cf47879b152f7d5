/* The form of an annotation, one at a time; some ten rows. */

#include "base/error.h"
#include "geo/wkt.h"
#include "ui/entry-dialogs.h"
#include "ui/entry-form.h"
#include "ui/measure-text.h"
#include <glib/gi18n-lib.h>

/* What can be made of a shape. */
static const char *const POINT_KINDS[] = {"pin", "callout", "before_after", NULL};
static const char *const LINE_KINDS[] = {"arrow", "freehand", NULL};
static const char *const AREA_KINDS[] = {"area", NULL};

static const char *const *
get_kinds (const QonysEntry *annotation)
{
  const char *wkt = qonys_entry_get (annotation, QONYS_ANNOTATION_SHAPE);
  g_autoptr (QonysPath) path = wkt == NULL ? NULL : qonys_path_parse_wkt (wkt);

  if (path == NULL || path->kind == QONYS_PATH_POINT)
    return POINT_KINDS;
  return path->kind == QONYS_PATH_LINE ? LINE_KINDS : AREA_KINDS;
}

static QonysEdit *
make_edit (gpointer form, GError **error)
{
  g_autoptr (GPtrArray) values = qonys_entry_form_read (form, error);

  if (values == NULL)
    return NULL;
  if (g_strcmp0 (values->pdata[QONYS_ANNOTATION_KIND], "callout") == 0 &&
      values->pdata[QONYS_ANNOTATION_TEXT_KK] == NULL &&
      values->pdata[QONYS_ANNOTATION_TEXT_RU] == NULL &&
      values->pdata[QONYS_ANNOTATION_TEXT_EN] == NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("Write what the callout says, in one language at least."));
    return NULL;
  }
  return qonys_entry_form_make_edit (form, values, "annotation.add", "annotation.change",
                                     qonys_annotation_dup_name);
}

static void
add_kind_row (QonysEntryForm *form, GtkWidget *group)
{
  const char *const *kinds = get_kinds (qonys_entry_form_get_start (form));
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (const char *const *kind = kinds; *kind != NULL; kind++)
    gtk_string_list_append (titles, qonys_annotation_kind_get_title (*kind));
  qonys_entry_form_add_choice (form, group, QONYS_ANNOTATION_KIND, titles, kinds);
}

GtkWindow *
qonys_ask_annotation (GtkWindow *parent, QonysSession *session, QonysEntry *start)
{
  QonysEntryForm *form = qonys_entry_form_new (session, start);
  QonysPlan *plan = qonys_session_get_plan (session);
  gboolean is_new = qonys_entry_form_is_new (form);
  GtkWidget *group = adw_preferences_group_new ();
  QonysEditQuestion *question;
  GtkEditable *text;

  text = qonys_entry_form_add_text3 (form, group, QONYS_ANNOTATION_TEXT_KK);
  add_kind_row (form, group);
  qonys_entry_form_add_links (form, group, QONYS_ANNOTATION_MEASURES,
                              qonys_links_new_measures (plan), FALSE);
  qonys_entry_form_add_links (form, group, QONYS_ANNOTATION_ITEMS, qonys_links_new_items (plan),
                              FALSE);
  qonys_entry_form_add_text (form, group, QONYS_ANNOTATION_BEFORE);
  qonys_entry_form_add_text (form, group, QONYS_ANNOTATION_AFTER);
  question = qonys_edit_question_ask (
      parent, session, is_new ? _ ("Draw an annotation") : _ ("Edit the annotation"), NULL, group,
      is_new ? _ ("Add") : _ ("Change"), make_edit, form, qonys_entry_form_free);
  qonys_form_watch (group, G_CALLBACK (qonys_edit_question_check), question);
  qonys_edit_question_check (question);
  gtk_widget_grab_focus (GTK_WIDGET (text));
  return qonys_edit_question_get_dialog (question);
}
