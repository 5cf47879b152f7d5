/* Links are kept by the entry they lead from; up to some ten thousand are looked through when one
 * is deleted, a millisecond. */

#include "ui/entry-links.h"
#include "ui/measure-text.h"
#include <string.h>

static gboolean
has_link (const QonysEntry *entry, guint field, const char *id)
{
  const char *text = qonys_entry_get (entry, field);
  g_auto (GStrv) ids = NULL;

  if (text == NULL || strstr (text, id) == NULL)
    return FALSE;
  ids = g_strsplit (text, " ", -1);
  return g_strv_contains ((const char *const *)ids, id);
}

QonysEntry *
qonys_entry_with_link (QonysEntry *entry, guint field, const char *id, gboolean is_linked)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GString) left = g_string_new (NULL);

  if (has_link (entry, field, id) == is_linked)
    return qonys_entry_ref (entry);
  ids = qonys_entry_dup_ids (entry, field);
  for (char **other = ids; *other != NULL; other++)
    if (!g_str_equal (*other, id))
      g_string_append_printf (left, "%s%s", left->len > 0 ? " " : "", *other);
  if (is_linked)
    g_string_append_printf (left, "%s%s", left->len > 0 ? " " : "", id);
  return qonys_entry_with (entry, field, left->str);
}

char *
qonys_entry_links_dup_measures (const QonysPlan *plan, const char *item_id)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < measures->len; i++)
    if (has_link (measures->pdata[i], QONYS_MEASURE_ITEMS, item_id))
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "",
                              qonys_entry_get_id (measures->pdata[i]));
  return ids->len == 0 ? NULL : g_strdup (ids->str);
}

void
qonys_entry_links_set (QonysEdit *edit, const QonysPlan *plan, const char *item_id,
                       const char *measures)
{
  const GPtrArray *all = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  g_auto (GStrv) wanted = g_strsplit (measures == NULL ? "" : measures, " ", -1);

  for (guint i = 0; i < all->len; i++) {
    g_autoptr (QonysEntry) after = qonys_entry_with_link (
        all->pdata[i], QONYS_MEASURE_ITEMS, item_id,
        g_strv_contains ((const char *const *)wanted, qonys_entry_get_id (all->pdata[i])));

    qonys_edit_add (edit, all->pdata[i], after);
  }
}

static void
unlink_from (QonysEdit *edit, const QonysPlan *plan, QonysEntryKind kind, guint field,
             const char *id)
{
  const GPtrArray *entries = qonys_plan_get_entries (plan, kind);

  for (guint i = 0; i < entries->len; i++) {
    g_autoptr (QonysEntry) after = qonys_entry_with_link (entries->pdata[i], field, id, FALSE);

    qonys_edit_add (edit, entries->pdata[i], after);
  }
}

char *
qonys_entry_links_dup (const QonysPlan *plan, const char *id)
{
  const QonysEntry *annotation = qonys_plan_find (plan, QONYS_ENTRY_ANNOTATION, id);

  return annotation != NULL ? g_strdup (qonys_entry_get (annotation, QONYS_ANNOTATION_MEASURES))
                            : qonys_entry_links_dup_measures (plan, id);
}

static void
add_note (QonysBox *box, const QonysNoteMark *note)
{
  if (note->district != NULL)
    qonys_box_join (box, &note->district->shape->box);
  else if (note->shape != NULL)
    qonys_box_join (box, &note->shape->box);
  else
    qonys_box_add (box, note->x, note->y);
}

gboolean
qonys_select_items_of_measure (QonysSession *session, const QonysEntry *measure, gboolean is_shown)
{
  QonysContent *content = qonys_session_get_content (session);
  g_auto (GStrv) ids = qonys_entry_dup_ids (measure, QONYS_MEASURE_ITEMS);
  QonysBox box = qonys_box_empty ();
  guint n = 0;

  for (char **id = ids; content != NULL && *id != NULL; id++) {
    int index = qonys_content_find_note (content, *id);

    if (index < 0)
      continue;
    if (n == 0 && is_shown)
      qonys_session_show_entry (session, *id);
    n++;
    add_note (&box, content->notes->pdata[index]);
  }
  if (n > 1 || (n == 1 && !is_shown))
    qonys_session_select_entries (session, (const char *const *)ids);
  if (is_shown && n > 1)
    qonys_session_show_box (session, &box);
  return n > 0;
}

void
qonys_delete_entry (QonysSession *session, QonysEntryKind kind, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (session);
  QonysEntry *entry = qonys_plan_find (plan, kind, id);
  gboolean is_item = kind == QONYS_ENTRY_ITEM;
  g_autofree char *name = NULL;
  g_autoptr (QonysEdit) edit = NULL;
  GError *error = NULL;

  if (entry == NULL)
    return;
  name = is_item ? qonys_item_dup_name (entry) : qonys_annotation_dup_name (entry);
  edit = qonys_edit_new (is_item ? "item.delete" : "annotation.delete", name, NULL, NULL);
  if (is_item) {
    unlink_from (edit, plan, QONYS_ENTRY_MEASURE, QONYS_MEASURE_ITEMS, id);
    unlink_from (edit, plan, QONYS_ENTRY_ANNOTATION, QONYS_ANNOTATION_ITEMS, id);
    unlink_from (edit, plan, QONYS_ENTRY_SCENE, QONYS_SCENE_ITEMS, id);
  }
  qonys_edit_add (edit, entry, NULL);
  if (!qonys_session_edit (session, edit, &error))
    qonys_session_set_error (session, error);
}
