/* Edits: as many as people made, tens of thousands in a long-lived project; a few entries each. */

#include "domain/edit.h"

#include "domain/entry-private.h"

#include <glib/gi18n-lib.h>

/* ---- changes ---- */

QonysEntryChange *
qonys_entry_change_new (QonysEntry *before, QonysEntry *after)
{
  QonysEntryChange *change = g_new0 (QonysEntryChange, 1);

  change->before = before != NULL ? qonys_entry_ref (before) : NULL;
  change->after = after != NULL ? qonys_entry_ref (after) : NULL;
  return change;
}

void
qonys_entry_change_free (QonysEntryChange *change)
{
  g_clear_pointer (&change->before, qonys_entry_unref);
  g_clear_pointer (&change->after, qonys_entry_unref);
  g_free (change);
}

QonysEntryKind
qonys_entry_change_get_kind (const QonysEntryChange *change)
{
  return qonys_entry_get_kind (change->after != NULL ? change->after : change->before);
}

const char *
qonys_entry_change_get_id (const QonysEntryChange *change)
{
  return qonys_entry_get_id (change->after != NULL ? change->after : change->before);
}

/* ---- edits ---- */

QonysEdit *
qonys_edit_new (const char *action, const char *subject, const char *role, const char *merge_key)
{
  QonysEdit *edit = g_new0 (QonysEdit, 1);

  g_atomic_ref_count_init (&edit->ref_count);
  edit->time_s = g_get_real_time () / G_USEC_PER_SEC;
  edit->action = g_strdup (action);
  edit->subject = g_strdup (subject);
  edit->role = g_strdup (role);
  edit->merge_key = g_strdup (merge_key);
  edit->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_change_free);
  return edit;
}

QonysEdit *
qonys_edit_ref (QonysEdit *edit)
{
  g_atomic_ref_count_inc (&edit->ref_count);
  return edit;
}

void
qonys_edit_unref (QonysEdit *edit)
{
  if (!g_atomic_ref_count_dec (&edit->ref_count))
    return;
  g_free (edit->action);
  g_free (edit->subject);
  g_free (edit->role);
  g_free (edit->merge_key);
  g_ptr_array_unref (edit->changes);
  g_free (edit);
}

void
qonys_edit_add (QonysEdit *edit, QonysEntry *before, QonysEntry *after)
{
  if (!qonys_entry_equal (before, after))
    g_ptr_array_add (edit->changes, qonys_entry_change_new (before, after));
}

static const struct {
  const char *action, *text;
} ACTIONS[] = {
    {"item.add", N_ ("Mark a place")},
    {"item.change", N_ ("Change a marked place")},
    {"item.move", N_ ("Move a marked place")},
    {"item.delete", N_ ("Delete a marked place")},
    {"measure.add", N_ ("Add a measure")},
    {"measure.change", N_ ("Change a measure")},
    {"measure.status", N_ ("Change the status of a measure")},
    {"measure.delete", N_ ("Delete a measure")},
    {"annotation.add", N_ ("Draw an annotation")},
    {"annotation.change", N_ ("Change an annotation")},
    {"annotation.move", N_ ("Move an annotation")},
    {"annotation.copy", N_ ("Copy an annotation")},
    {"annotation.delete", N_ ("Delete an annotation")},
    {"setting.norm", N_ ("Change the norm")},
    {"setting.style", N_ ("Change the look of the map")},
    {"scene.add", N_ ("Add a scene")},
    {"scene.capture", N_ ("Capture the map as a scene")},
    {"scene.change", N_ ("Change a scene")},
    {"scene.move", N_ ("Move a scene")},
    {"scene.copy", N_ ("Duplicate a scene")},
    {"scene.delete", N_ ("Delete a scene")},
    {"external", N_ ("Changes made by another program")},
    {"revert", N_ ("Return to an earlier version")},
};

char *
qonys_edit_describe (const QonysEdit *edit)
{
  const char *text = edit->action;

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    if (g_str_equal (ACTIONS[i].action, edit->action))
      text = _ (ACTIONS[i].text);
  if (edit->subject == NULL)
    return g_strdup (text);
  /* Translators: a step of the history: what was done, and to what. */
  return g_strdup_printf (_ ("%s: %s"), text, edit->subject);
}

/* ---- journal ---- */

static void
add_entry (JsonBuilder *builder, const char *name, const QonysEntry *entry)
{
  if (entry == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder,
                          json_node_init_object (json_node_alloc (), qonys_entry_to_json (entry)));
}

char *
qonys_edit_changes_to_json (const QonysEdit *edit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < edit->changes->len; i++) {
    const QonysEntryChange *change = edit->changes->pdata[i];

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "kind");
    json_builder_add_string_value (
        builder, qonys_entry_schema_get (qonys_entry_change_get_kind (change))->name);
    json_builder_set_member_name (builder, "id");
    json_builder_add_string_value (builder, qonys_entry_change_get_id (change));
    add_entry (builder, "before", change->before);
    add_entry (builder, "after", change->after);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static QonysEntry *
read_entry (JsonObject *object, const char *name, QonysEntryKind kind, const char *id)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? qonys_entry_from_json (kind, id, json_node_get_object (node))
             : NULL;
}

static gboolean
read_change (QonysEdit *edit, JsonNode *node)
{
  g_autoptr (QonysEntry) before = NULL;
  g_autoptr (QonysEntry) after = NULL;
  JsonObject *object;
  QonysEntryKind kind;
  const char *id;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  id = json_object_get_string_member_with_default (object, "id", NULL);
  if (id == NULL || !qonys_entry_kind_parse (
                        json_object_get_string_member_with_default (object, "kind", NULL), &kind))
    return FALSE;
  before = read_entry (object, "before", kind, id);
  after = read_entry (object, "after", kind, id);
  if (before == NULL && after == NULL)
    return FALSE;
  g_ptr_array_add (edit->changes, qonys_entry_change_new (before, after));
  return TRUE;
}

gboolean
qonys_edit_changes_from_json (QonysEdit *edit, const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonArray *array;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    return FALSE;
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_change (edit, json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}
