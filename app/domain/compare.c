/* Comparisons of two states of the plan: one at a time, made when somebody asks; as many
 * differences as there were edits between at most. */

#include "domain/compare.h"

#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "geo/mercator.h"
#include "geo/wkt.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#define CELL_M 500.0

static const struct {
  const char *id, *title, *sign;
} KINDS[QONYS_N_DIFFERENCES] = {
    {"appeared", N_ ("Appeared"), "+"}, {"changed", N_ ("Changed"), "●"},
    {"solved", N_ ("Solved"), "✓"},     {"worsened", N_ ("Worsened"), "▲"},
    {"removed", N_ ("Removed"), "−"},
};

const char *
qonys_difference_get_id (QonysDifferenceKind kind)
{
  return KINDS[kind].id;
}

const char *
qonys_difference_get_title (QonysDifferenceKind kind)
{
  return _ (KINDS[kind].title);
}

const char *
qonys_difference_get_sign (QonysDifferenceKind kind)
{
  return KINDS[kind].sign;
}

const QonysEntry *
qonys_difference_get_entry (const QonysDifference *difference)
{
  return difference->after != NULL ? difference->after : difference->before;
}

static void
difference_free (gpointer data)
{
  QonysDifference *difference = data;

  g_clear_pointer (&difference->before, qonys_entry_unref);
  g_clear_pointer (&difference->after, qonys_entry_unref);
  g_strfreev (difference->bodies);
  g_free (difference);
}

/* ---- what became of it ---- */

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
is_place_worse (const QonysPlan *plan, const QonysEntry *before, const QonysEntry *after)
{
  const char *indicator = qonys_entry_get (after, QONYS_ITEM_INDICATOR);
  double was = qonys_entry_get_number (before, QONYS_ITEM_INDICATOR_VALUE);
  double is = qonys_entry_get_number (after, QONYS_ITEM_INDICATOR_VALUE);

  if (qonys_entry_get (after, QONYS_ITEM_SOLVED_ON) != NULL)
    return FALSE;
  if (qonys_entry_get_number (after, QONYS_ITEM_SEVERITY) >
          qonys_entry_get_number (before, QONYS_ITEM_SEVERITY) ||
      qonys_entry_get (before, QONYS_ITEM_SOLVED_ON) != NULL)
    return TRUE;
  if (indicator == NULL ||
      g_strcmp0 (qonys_entry_get (before, QONYS_ITEM_INDICATOR), indicator) != 0)
    return FALSE;
  return is_more_better (plan, indicator) ? is < was : is > was;
}

static QonysDifferenceKind
classify_place (const QonysPlan *plan, const QonysEntry *before, const QonysEntry *after)
{
  gboolean was_solved, is_solved;

  if (after == NULL)
    return QONYS_DIFFERENCE_REMOVED;
  was_solved = before != NULL && qonys_entry_get (before, QONYS_ITEM_SOLVED_ON) != NULL;
  is_solved = qonys_entry_get (after, QONYS_ITEM_SOLVED_ON) != NULL;
  if (is_solved && !was_solved)
    return QONYS_DIFFERENCE_SOLVED;
  if (before == NULL)
    return QONYS_DIFFERENCE_APPEARED;
  return is_place_worse (plan, before, after) ? QONYS_DIFFERENCE_WORSENED
                                              : QONYS_DIFFERENCE_CHANGED;
}

/* How far a measure is on its way; what was given up is beside it, and what is not done behind. */
static int
get_progress (const char *status)
{
  static const char *const WAY[] = {"not_done",    "no_information", "accepted", "in_progress",
                                    "partly_done", "done_confirm",   "done"};

  for (guint i = 0; i < G_N_ELEMENTS (WAY); i++)
    if (g_str_equal (WAY[i], status))
      return (int)i;
  return G_MAXINT; /* withdrawn */
}

static const char *
get_status (const QonysEntry *measure)
{
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);

  return status != NULL ? status : "no_information";
}

/* Returns: FALSE if nothing of it counts */
static gboolean
classify_measure (const QonysEntry *before, const QonysEntry *after, gboolean is_newly_overdue,
                  QonysDifferenceKind *kind)
{
  gboolean was_closed;

  if (after == NULL) {
    *kind = QONYS_DIFFERENCE_REMOVED;
    return TRUE;
  }
  was_closed = before != NULL && qonys_status_is_closed (get_status (before));
  if (qonys_status_is_closed (get_status (after)) && !was_closed)
    *kind = QONYS_DIFFERENCE_SOLVED;
  else if (before == NULL)
    *kind = QONYS_DIFFERENCE_APPEARED;
  else if (is_newly_overdue ||
           get_progress (get_status (after)) < get_progress (get_status (before)))
    *kind = QONYS_DIFFERENCE_WORSENED;
  else if (!g_str_equal (get_status (before), get_status (after)))
    *kind = QONYS_DIFFERENCE_CHANGED;
  else
    return FALSE;
  return TRUE;
}

/* ---- where and whose ---- */

/* Where a marked place stands: its shape's first vertex, its cell's middle. Returns: FALSE if that
 * is not known */
static gboolean
find_position (const QonysEntry *item, double *x, double *y)
{
  const char *shape = qonys_entry_get (item, QONYS_ITEM_SHAPE);
  const char *reference = qonys_entry_get (item, QONYS_ITEM_PLACE_REF);
  g_autoptr (QonysPath) path = shape != NULL ? qonys_path_parse_wkt (shape) : NULL;
  double lon_deg, lat_deg, east_m, north_m;
  int east, north;

  if (path != NULL) {
    lon_deg = g_array_index (path->lon_deg, double, 0);
    lat_deg = g_array_index (path->lat_deg, double, 0);
  } else if (reference != NULL && sscanf (reference, "E%dN%d", &east, &north) == 2) {
    east_m = (east + 0.5) * CELL_M;
    north_m = (north + 0.5) * CELL_M;
    qonys_utm42_unproject (&east_m, &north_m, 1, &lon_deg, &lat_deg);
  } else {
    return FALSE;
  }
  *x = qonys_mercator_x (lon_deg);
  *y = qonys_mercator_y (lat_deg);
  return TRUE;
}

static void
find_district (const QonysEntry *item, const GPtrArray *districts, char kato[10])
{
  const char *place = qonys_entry_get (item, QONYS_ITEM_PLACE_KIND);
  const char *reference = qonys_entry_get (item, QONYS_ITEM_PLACE_REF);
  double x, y;

  if (g_strcmp0 (place, "city") == 0)
    g_strlcpy (kato, QONYS_CITY_KATO, 10);
  else if (g_strcmp0 (place, "district") == 0 && reference != NULL)
    g_strlcpy (kato, reference, 10);
  if (*kato != '\0' || !find_position (item, &x, &y))
    return;
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = districts->pdata[i];

    if (qonys_shape_contains (district->shape, x, y)) {
      g_strlcpy (kato, district->kato, 10);
      return;
    }
  }
}

char **
qonys_measure_dup_bodies (const QonysEntry *measure)
{
  const char *own[] = {qonys_entry_get (measure, QONYS_MEASURE_BODY), NULL};
  const QonysMeasure *original = qonys_catalogue_find_measure (qonys_entry_get_id (measure));

  if (original != NULL && g_strcmp0 (original->bodies[0], own[0]) == 0)
    return g_strdupv (original->bodies);
  return g_strdupv ((char **)own);
}

/* Marked places' ids → their bodies, of the measures that name them. */
static GHashTable *
index_bodies (const QonysPlan *plan)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  GHashTable *index =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < measures->len; i++) {
    g_auto (GStrv) items = qonys_entry_dup_ids (measures->pdata[i], QONYS_MEASURE_ITEMS);
    g_auto (GStrv) bodies = qonys_measure_dup_bodies (measures->pdata[i]);

    for (char **item = items; *item != NULL; item++) {
      GPtrArray *list = g_hash_table_lookup (index, *item);

      if (list == NULL) {
        list = g_ptr_array_new_with_free_func (g_free);
        g_hash_table_insert (index, g_strdup (*item), list);
      }
      for (char **body = bodies; *body != NULL; body++)
        if (!g_ptr_array_find_with_equal_func (list, *body, g_str_equal, NULL))
          g_ptr_array_add (list, g_strdup (*body));
    }
  }
  return index;
}

static char **
find_bodies (GHashTable *index, const QonysEntry *item)
{
  const GPtrArray *list = g_hash_table_lookup (index, qonys_entry_get_id (item));
  char **bodies = g_new0 (char *, (list != NULL ? list->len : 0) + 1);

  for (guint i = 0; list != NULL && i < list->len; i++)
    bodies[i] = g_strdup (list->pdata[i]);
  return bodies;
}

/* ---- comparing ---- */

static QonysDifference *
add_difference (GPtrArray *differences, QonysDifferenceKind kind, QonysEntry *before,
                QonysEntry *after)
{
  QonysDifference *difference = g_new0 (QonysDifference, 1);

  difference->kind = kind;
  difference->before = before != NULL ? qonys_entry_ref (before) : NULL;
  difference->after = after != NULL ? qonys_entry_ref (after) : NULL;
  g_ptr_array_add (differences, difference);
  return difference;
}

static void
compare_places (QonysComparison *self, const GPtrArray *changes, const GPtrArray *districts)
{
  g_autoptr (GHashTable) bodies = index_bodies (self->to->plan);

  for (guint i = 0; i < changes->len; i++) {
    const QonysEntryChange *change = changes->pdata[i];
    QonysDifference *difference;

    if (qonys_entry_change_get_kind (change) != QONYS_ENTRY_ITEM)
      continue;
    difference = add_difference (self->differences,
                                 classify_place (self->to->plan, change->before, change->after),
                                 change->before, change->after);
    find_district (qonys_difference_get_entry (difference), districts, difference->kato);
    difference->bodies = find_bodies (bodies, qonys_difference_get_entry (difference));
  }
}

/* One measure of both states, or of one. */
static void
compare_measure (QonysComparison *self, QonysEntry *before, QonysEntry *after)
{
  gboolean are_days_known =
      self->from->day != QONYS_DAY_MISSING && self->to->day != QONYS_DAY_MISSING;
  gboolean is_newly_overdue = are_days_known && before != NULL && after != NULL &&
                              qonys_workflow_is_overdue (after, self->to->day) &&
                              !qonys_workflow_is_overdue (before, self->from->day);
  QonysDifferenceKind kind;
  QonysDifference *difference;

  if (!classify_measure (before, after, is_newly_overdue, &kind))
    return;
  difference = add_difference (self->differences, kind, before, after);
  difference->is_newly_overdue = is_newly_overdue;
  difference->bodies = qonys_measure_dup_bodies (qonys_difference_get_entry (difference));
}

/* Two lists sorted by id, side by side: a measure may be overdue without having changed. */
static void
compare_measures (QonysComparison *self)
{
  const GPtrArray *was = qonys_plan_get_entries (self->from->plan, QONYS_ENTRY_MEASURE);
  const GPtrArray *is = qonys_plan_get_entries (self->to->plan, QONYS_ENTRY_MEASURE);
  guint i = 0, j = 0;

  while (i < was->len || j < is->len) {
    int order = i == was->len  ? 1
                : j == is->len ? -1
                               : strcmp (qonys_entry_get_id (was->pdata[i]),
                                         qonys_entry_get_id (is->pdata[j]));

    compare_measure (self, order <= 0 ? was->pdata[i] : NULL, order >= 0 ? is->pdata[j] : NULL);
    i += order <= 0;
    j += order >= 0;
  }
}

static void
compare_annotations (QonysComparison *self, const GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++) {
    const QonysEntryChange *change = changes->pdata[i];
    QonysDifference *difference;

    if (qonys_entry_change_get_kind (change) != QONYS_ENTRY_ANNOTATION)
      continue;
    difference = add_difference (self->differences,
                                 change->before == NULL  ? QONYS_DIFFERENCE_APPEARED
                                 : change->after == NULL ? QONYS_DIFFERENCE_REMOVED
                                                         : QONYS_DIFFERENCE_CHANGED,
                                 change->before, change->after);
    difference->bodies = g_new0 (char *, 1);
  }
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

static void
count_all (QonysComparison *self)
{
  for (guint i = 0; i < self->differences->len; i++) {
    const QonysDifference *difference = self->differences->pdata[i];
    QonysEntryKind kind = qonys_entry_get_kind (qonys_difference_get_entry (difference));

    if (kind == QONYS_ENTRY_ITEM)
      count (self->by_district, difference->kato, difference->kind);
    if (kind == QONYS_ENTRY_ANNOTATION)
      continue;
    for (char **body = difference->bodies; *body != NULL; body++)
      count (self->by_body, *body, difference->kind);
    if (difference->bodies[0] == NULL)
      count (self->by_body, "", difference->kind);
  }
}

/* ---- life ---- */

QonysComparison *
qonys_comparison_new (QonysState *from, QonysState *to, const QonysDistricts *districts)
{
  QonysComparison *self = g_atomic_rc_box_new0 (QonysComparison);
  g_autoptr (GPtrArray) changes = qonys_plan_compare (from->plan, to->plan);
  g_autoptr (GPtrArray) standing = qonys_districts_get_on_day (districts, to->day);

  self->from = qonys_state_ref (from);
  self->to = qonys_state_ref (to);
  self->differences = g_ptr_array_new_with_free_func (difference_free);
  self->by_district = g_ptr_array_new_with_free_func (count_free);
  self->by_body = g_ptr_array_new_with_free_func (count_free);
  compare_places (self, changes, standing);
  compare_measures (self);
  compare_annotations (self, changes);
  count_all (self);
  return self;
}

QonysComparison *
qonys_comparison_ref (QonysComparison *comparison)
{
  return g_atomic_rc_box_acquire (comparison);
}

static void
comparison_clear (gpointer data)
{
  QonysComparison *self = data;

  qonys_state_unref (self->from);
  qonys_state_unref (self->to);
  g_ptr_array_unref (self->differences);
  g_ptr_array_unref (self->by_district);
  g_ptr_array_unref (self->by_body);
}

void
qonys_comparison_unref (QonysComparison *comparison)
{
  g_atomic_rc_box_release_full (comparison, comparison_clear);
}
