/* States of the plan: a sorted array of entries for each kind, shared between states until an edit
 * touches the kind. With ten thousand entries an edit copies 80 kB of pointers, some 20 µs. */

#include "domain/plan.h"

#include "base/error.h"
#include "domain/catalogue.h"
#include "domain/scene.h"

#include <glib/gi18n-lib.h>

struct _QonysPlan {
  gatomicrefcount ref_count;
  GPtrArray *entries[QONYS_N_ENTRY_KINDS]; /* sorted by id */
};

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (qonys_entry_get_id (*(QonysEntry *const *)a),
                 qonys_entry_get_id (*(QonysEntry *const *)b));
}

/* Where the entry stands, or would stand. */
static gboolean
find_place (const GPtrArray *list, const char *id, guint *at)
{
  guint low = 0, high = list->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = strcmp (qonys_entry_get_id (list->pdata[middle]), id);

    if (order == 0) {
      *at = middle;
      return TRUE;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *at = low;
  return FALSE;
}

QonysPlan *
qonys_plan_new (const GPtrArray *entries)
{
  QonysPlan *plan = g_new0 (QonysPlan, 1);

  g_atomic_ref_count_init (&plan->ref_count);
  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++)
    plan->entries[i] = new_list ();
  for (guint i = 0; i < entries->len; i++) {
    QonysEntry *entry = entries->pdata[i];

    g_ptr_array_add (plan->entries[qonys_entry_get_kind (entry)], qonys_entry_ref (entry));
  }
  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++) {
    GPtrArray *list = plan->entries[i];

    g_ptr_array_sort (list, compare_entries); /* stable */
    for (guint at = list->len; at-- > 1;)
      if (compare_entries (&list->pdata[at - 1], &list->pdata[at]) == 0)
        g_ptr_array_remove_index (list, at - 1);
  }
  return plan;
}

static void
set_text3 (const char **values, guint field, const QonysText3 *text)
{
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    values[field + i] = text->text[i];
}

static QonysEntry *
make_measure (const QonysMeasure *measure)
{
  g_autofree char *body = g_strdup (measure->bodies[0]);
  g_autofree char *problems = g_strjoinv (" ", measure->problems);
  g_autofree char *base = qonys_day_to_iso (measure->deadline_base);
  g_autofree char *due = qonys_day_to_iso (measure->deadline_due);
  const char *values[QONYS_MEASURE_N_FIELDS] = {NULL};

  set_text3 (values, QONYS_MEASURE_TITLE_KK, &measure->title);
  set_text3 (values, QONYS_MEASURE_TEXT_KK, &measure->text);
  values[QONYS_MEASURE_BODY] = body;
  values[QONYS_MEASURE_IS_RECOMMENDED] = measure->is_recommended ? "1" : "0";
  values[QONYS_MEASURE_IS_OWN] = "0";
  values[QONYS_MEASURE_PROBLEMS] = problems;
  values[QONYS_MEASURE_DEADLINE_RULE] = measure->deadline_rule;
  values[QONYS_MEASURE_BASE_DAY] = base;
  values[QONYS_MEASURE_IS_BASE_ASSUMED] = *base != '\0' ? "1" : NULL;
  values[QONYS_MEASURE_DUE_DAY] = due;
  values[QONYS_MEASURE_EFFECT_INDICATOR] = measure->effect_indicators[0];
  values[QONYS_MEASURE_STATUS] = measure->status;
  return qonys_entry_new (QONYS_ENTRY_MEASURE, measure->id, values);
}

QonysPlan *
qonys_plan_new_default (void)
{
  const QonysCatalogue *catalogue = qonys_catalogue_get ();
  g_autoptr (GPtrArray) entries = qonys_story_make_default ();

  for (guint i = 0; i < catalogue->measures->len; i++)
    g_ptr_array_add (entries, make_measure (catalogue->measures->pdata[i]));
  return qonys_plan_new (entries);
}

QonysPlan *
qonys_plan_ref (QonysPlan *plan)
{
  g_atomic_ref_count_inc (&plan->ref_count);
  return plan;
}

void
qonys_plan_unref (QonysPlan *plan)
{
  if (!g_atomic_ref_count_dec (&plan->ref_count))
    return;
  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++)
    g_ptr_array_unref (plan->entries[i]);
  g_free (plan);
}

const GPtrArray *
qonys_plan_get_entries (const QonysPlan *plan, QonysEntryKind kind)
{
  g_assert (kind < QONYS_N_ENTRY_KINDS);
  return plan->entries[kind];
}

QonysEntry *
qonys_plan_find (const QonysPlan *plan, QonysEntryKind kind, const char *id)
{
  const GPtrArray *list = qonys_plan_get_entries (plan, kind);
  guint at;

  return find_place (list, id, &at) ? list->pdata[at] : NULL;
}

/* ---- the next state ---- */

static GPtrArray *
copy_list (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_new_full (list->len + 1, (GDestroyNotify)qonys_entry_unref);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (copy, qonys_entry_ref (list->pdata[i]));
  return copy;
}

static gboolean
change_list (GPtrArray *list, const QonysEntryChange *change, GError **error)
{
  guint at;
  gboolean is_there = find_place (list, qonys_entry_change_get_id (change), &at);

  if (!qonys_entry_equal (is_there ? list->pdata[at] : NULL, change->before)) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("Somebody else changed this meanwhile. Open the project again and "
                            "repeat the change."));
    return FALSE;
  }
  if (is_there)
    g_ptr_array_remove_index (list, at);
  if (change->after != NULL)
    g_ptr_array_insert (list, (int)at, qonys_entry_ref (change->after));
  return TRUE;
}

QonysPlan *
qonys_plan_apply (QonysPlan *plan, const QonysEdit *edit, GError **error)
{
  g_autoptr (QonysPlan) next = g_new0 (QonysPlan, 1);
  gboolean is_own[QONYS_N_ENTRY_KINDS] = {FALSE};

  g_atomic_ref_count_init (&next->ref_count);
  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++)
    next->entries[i] = g_ptr_array_ref (plan->entries[i]);
  for (guint i = 0; i < edit->changes->len; i++) {
    const QonysEntryChange *change = edit->changes->pdata[i];
    QonysEntryKind kind = qonys_entry_change_get_kind (change);

    if (!is_own[kind]) {
      GPtrArray *copy = copy_list (next->entries[kind]);

      g_ptr_array_unref (next->entries[kind]);
      next->entries[kind] = copy;
      is_own[kind] = TRUE;
    }
    if (!change_list (next->entries[kind], change, error))
      return NULL;
  }
  return g_steal_pointer (&next);
}

static void
compare_lists (const GPtrArray *before, const GPtrArray *after, GPtrArray *changes)
{
  guint i = 0, j = 0;

  while (i < before->len || j < after->len) {
    QonysEntry *old = i < before->len ? before->pdata[i] : NULL;
    QonysEntry *new = j < after->len ? after->pdata[j] : NULL;
    int order = old == NULL   ? 1
                : new == NULL ? -1
                              : strcmp (qonys_entry_get_id (old), qonys_entry_get_id (new));

    if (order > 0)
      old = NULL;
    if (order < 0)
      new = NULL;
    i += old != NULL;
    j += new != NULL;
    if (!qonys_entry_equal (old, new))
      g_ptr_array_add (changes, qonys_entry_change_new (old, new));
  }
}

GPtrArray *
qonys_plan_compare (const QonysPlan *before, const QonysPlan *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_change_free);

  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++)
    if (before->entries[i] != after->entries[i])
      compare_lists (before->entries[i], after->entries[i], changes);
  return changes;
}

char *
qonys_plan_get_hash (const QonysPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++)
    for (guint j = 0; j < plan->entries[i]->len; j++) {
      const QonysEntry *entry = plan->entries[i]->pdata[j];

      g_autofree char *packed = qonys_entry_pack (entry);

      g_string_append_printf (text, "%u %s %s\n", i, qonys_entry_get_id (entry), packed);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}
