/* Named states and what became of things between two of them: as many differences as there were
 * edits at most, made when somebody compares. */

#include "domain/version.h"

#include "domain/workflow.h"
#include "geo/mercator.h"
#include "geo/wkt.h"

#include <math.h>

QonysVersion *
qonys_version_new (const char *name, gint64 number, QonysDay day, const char *role)
{
  QonysVersion *version = g_new (QonysVersion, 1);

  *version = (QonysVersion){g_strdup (name), number, day, g_strdup (role)};
  return version;
}

void
qonys_version_free (QonysVersion *version)
{
  g_free (version->name);
  g_free (version->role);
  g_free (version);
}

/* ---- differences ---- */

static void
difference_free (gpointer data)
{
  QonysDifference *difference = data;

  g_clear_pointer (&difference->before, qonys_entry_unref);
  g_clear_pointer (&difference->after, qonys_entry_unref);
  g_strfreev (difference->bodies);
  g_free (difference);
}

/* Does a measure expect an indicator to grow? */
static gboolean
is_more_better (const QonysPlan *plan, const char *indicator)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);

  for (guint i = 0; i < measures->len; i++) {
    const QonysEntry *measure = measures->pdata[i];

    if (g_strcmp0 (qonys_entry_get (measure, QONYS_MEASURE_EFFECT_INDICATOR), indicator) == 0 &&
        qonys_entry_get_number (measure, QONYS_MEASURE_EFFECT_TO) >
            qonys_entry_get_number (measure, QONYS_MEASURE_EFFECT_FROM))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_worse (const QonysPlan *plan, const QonysEntry *before, const QonysEntry *after)
{
  const char *indicator = qonys_entry_get (after, QONYS_ITEM_INDICATOR);
  double was = qonys_entry_get_number (before, QONYS_ITEM_INDICATOR_VALUE);
  double is = qonys_entry_get_number (after, QONYS_ITEM_INDICATOR_VALUE);

  if (qonys_entry_get_number (after, QONYS_ITEM_SEVERITY) >
      qonys_entry_get_number (before, QONYS_ITEM_SEVERITY))
    return TRUE;
  if (indicator == NULL ||
      g_strcmp0 (qonys_entry_get (before, QONYS_ITEM_INDICATOR), indicator) != 0)
    return FALSE;
  return is_more_better (plan, indicator) ? is < was : is > was;
}

static gboolean
is_solved (const QonysEntry *entry)
{
  if (entry == NULL)
    return FALSE;
  if (qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM)
    return qonys_entry_get (entry, QONYS_ITEM_SOLVED_ON) != NULL;
  return qonys_status_is_closed (qonys_entry_get (entry, QONYS_MEASURE_STATUS));
}

static QonysDifferenceKind
classify (const QonysPlan *plan, const QonysEntry *before, const QonysEntry *after)
{
  if (after == NULL)
    return QONYS_DIFFERENCE_REMOVED;
  if (is_solved (after) && !is_solved (before))
    return QONYS_DIFFERENCE_SOLVED;
  if (before == NULL)
    return QONYS_DIFFERENCE_APPEARED;
  if (qonys_entry_get_kind (after) == QONYS_ENTRY_ITEM)
    return is_worse (plan, before, after) ? QONYS_DIFFERENCE_WORSENED : QONYS_DIFFERENCE_CHANGED;
  return g_strcmp0 (qonys_entry_get (after, QONYS_MEASURE_STATUS), "not_done") == 0 &&
                 g_strcmp0 (qonys_entry_get (before, QONYS_MEASURE_STATUS), "not_done") != 0
             ? QONYS_DIFFERENCE_WORSENED
             : QONYS_DIFFERENCE_CHANGED;
}

/* ---- where and whose ---- */

/* The district of a marked place: the one it names, else the one that holds its shape's first
 * vertex. */
static void
find_district (const QonysEntry *item, const GPtrArray *districts, char kato[10])
{
  const char *place = qonys_entry_get (item, QONYS_ITEM_PLACE_KIND);
  const char *reference = qonys_entry_get (item, QONYS_ITEM_PLACE_REF);
  const char *shape = qonys_entry_get (item, QONYS_ITEM_SHAPE);
  g_autoptr (QonysPath) path = shape != NULL ? qonys_path_parse_wkt (shape) : NULL;

  if (g_strcmp0 (place, "city") == 0)
    g_strlcpy (kato, QONYS_CITY_KATO, 10);
  else if (g_strcmp0 (place, "district") == 0 && reference != NULL)
    g_strlcpy (kato, reference, 10);
  for (guint i = 0; *kato == '\0' && path != NULL && i < districts->len; i++) {
    const QonysDistrict *district = districts->pdata[i];

    if (qonys_shape_contains (district->shape,
                              qonys_mercator_x (g_array_index (path->lon_deg, double, 0)),
                              qonys_mercator_y (g_array_index (path->lat_deg, double, 0))))
      g_strlcpy (kato, district->kato, 10);
  }
}

static char **
find_bodies (const QonysPlan *plan, const QonysEntry *item)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  g_autoptr (GStrvBuilder) bodies = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < measures->len; i++) {
    const char *body = qonys_entry_get (measures->pdata[i], QONYS_MEASURE_BODY);
    g_auto (GStrv) items = qonys_entry_dup_ids (measures->pdata[i], QONYS_MEASURE_ITEMS);

    if (body != NULL && g_strv_contains ((const char *const *)items, qonys_entry_get_id (item)) &&
        g_hash_table_add (known, (gpointer)body))
      g_strv_builder_add (bodies, body);
  }
  return g_strv_builder_end (bodies);
}

static QonysDifference *
make_difference (const QonysPlan *plan, const QonysEntryChange *change, const GPtrArray *districts)
{
  QonysDifference *difference = g_new0 (QonysDifference, 1);
  const QonysEntry *entry = change->after != NULL ? change->after : change->before;

  difference->kind = classify (plan, change->before, change->after);
  difference->before = change->before != NULL ? qonys_entry_ref (change->before) : NULL;
  difference->after = change->after != NULL ? qonys_entry_ref (change->after) : NULL;
  if (qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM) {
    find_district (entry, districts, difference->kato);
    difference->bodies = find_bodies (plan, entry);
  } else {
    const char *body = qonys_entry_get (entry, QONYS_MEASURE_BODY);

    difference->bodies = g_new0 (char *, 2);
    difference->bodies[0] = g_strdup (body);
  }
  return difference;
}

GPtrArray *
qonys_version_compare (const QonysPlan *before, const QonysPlan *after, const GPtrArray *districts)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func (difference_free);
  g_autoptr (GPtrArray) changes = qonys_plan_compare (before, after);

  for (guint i = 0; i < changes->len; i++) {
    QonysEntryKind kind = qonys_entry_change_get_kind (changes->pdata[i]);

    if (kind == QONYS_ENTRY_ITEM || kind == QONYS_ENTRY_MEASURE)
      g_ptr_array_add (differences, make_difference (after, changes->pdata[i], districts));
  }
  return differences;
}

/* ---- counts ---- */

static void
count_free (gpointer data)
{
  g_free (((QonysDifferenceCount *)data)->key);
  g_free (data);
}

static void
count (GPtrArray *counts, const char *key, QonysDifferenceKind kind)
{
  QonysDifferenceCount *line;
  guint at = 0;

  while (at < counts->len && strcmp (((QonysDifferenceCount *)counts->pdata[at])->key, key) < 0)
    at++;
  if (at == counts->len || strcmp (((QonysDifferenceCount *)counts->pdata[at])->key, key) != 0) {
    line = g_new0 (QonysDifferenceCount, 1);
    line->key = g_strdup (key);
    g_ptr_array_insert (counts, (int)at, line);
  }
  line = counts->pdata[at];
  line->n[kind]++;
}

GPtrArray *
qonys_differences_count_by_district (const GPtrArray *differences)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func (count_free);

  for (guint i = 0; i < differences->len; i++) {
    const QonysDifference *difference = differences->pdata[i];
    const QonysEntry *entry = difference->after != NULL ? difference->after : difference->before;

    if (qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM)
      count (counts, difference->kato, difference->kind);
  }
  return counts;
}

GPtrArray *
qonys_differences_count_by_body (const GPtrArray *differences)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func (count_free);

  for (guint i = 0; i < differences->len; i++) {
    const QonysDifference *difference = differences->pdata[i];

    for (guint k = 0; difference->bodies[k] != NULL; k++)
      count (counts, difference->bodies[k], difference->kind);
    if (difference->bodies[0] == NULL)
      count (counts, "", difference->kind);
  }
  return counts;
}
