/* Edits: as many as people made, tens of thousands in a long-lived project; a few entries each.
 * Those of the journal keep their text until somebody wants to know what they changed, which is
 * for most of them never. */

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

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_change_free);
}

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
  edit->read_changes = new_changes ();
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
  g_clear_pointer (&edit->read_changes, g_ptr_array_unref);
  g_free (edit->changes_json);
  g_free (edit);
}

void
qonys_edit_add (QonysEdit *edit, QonysEntry *before, QonysEntry *after)
{
  if (!qonys_entry_equal (before, after))
    g_ptr_array_add (edit->read_changes, qonys_entry_change_new (before, after));
}

void
qonys_edit_take_changes (QonysEdit *edit, GPtrArray *changes)
{
  g_clear_pointer (&edit->changes_json, g_free);
  g_clear_pointer (&edit->read_changes, g_ptr_array_unref);
  edit->read_changes = changes;
}

void
qonys_edit_take_json (QonysEdit *edit, char *json)
{
  qonys_edit_take_changes (edit, NULL);
  edit->changes_json = json;
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
    {"scene.show", N_ ("Take over the look of a scene")},
    {"scene.delete", N_ ("Delete a scene")},
    {"setting.statistic", N_ ("Colour the districts")},
    {"setting.layers", N_ ("Show the layers of a problem")},
    {"data.import", N_ ("Add data")},
    {"data.districts", N_ ("Replace the district outlines")},
    {"data.withdraw", N_ ("Take data out of use")},
    {"data.restore", N_ ("Bring data back into use")},
    {"data.remove-training", N_ ("Remove the training data")},
    {"version.add", N_ ("Name this state")},
    {"version.rename", N_ ("Rename a version")},
    {"version.delete", N_ ("Delete a version")},
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
  const GPtrArray *changes;

  if (edit->changes_json != NULL)
    return g_strdup (edit->changes_json);
  changes = qonys_edit_get_changes (edit);
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++) {
    const QonysEntryChange *change = changes->pdata[i];

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
read_change (GPtrArray *changes, JsonNode *node)
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
  g_ptr_array_add (changes, qonys_entry_change_new (before, after));
  return TRUE;
}

static GPtrArray *
read_changes (const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  GPtrArray *changes = new_changes ();
  JsonArray *array =
      root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read_change (changes, json_array_get_element (array, i)))
      break;
  return changes;
}

const GPtrArray *
qonys_edit_get_changes (const QonysEdit *edit)
{
  static GMutex mutex;
  GPtrArray **place = &((QonysEdit *)edit)->read_changes;

  if (g_atomic_pointer_get (place) == NULL) {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

    if (g_atomic_pointer_get (place) == NULL)
      g_atomic_pointer_set (place, read_changes (edit->changes_json));
  }
  return g_atomic_pointer_get (place);
}
