/* What became of things between two states: case by case, and random plans against a slow twin
 * that looks at every pair. */

#include "domain-support.h"

#include "domain/compare.h"
#include "geo/mercator.h"

static QonysEntry *
make_item (const char *id, const char *shape, const char *severity, const char *value,
           const char *solved_on)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {
      [QONYS_ITEM_PROBLEM] = "P02",       [QONYS_ITEM_PLACE_KIND] = "point",
      [QONYS_ITEM_SHAPE] = shape,         [QONYS_ITEM_SEVERITY] = severity,
      [QONYS_ITEM_INDICATOR] = "I02",     [QONYS_ITEM_INDICATOR_VALUE] = value,
      [QONYS_ITEM_SOLVED_ON] = solved_on,
  };

  return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
}

static QonysEntry *
make_measure (const char *id, const char *body, const char *items, const char *status,
              const char *due)
{
  const char *values[QONYS_MEASURE_N_FIELDS] = {
      [QONYS_MEASURE_BODY] = body,
      [QONYS_MEASURE_ITEMS] = items,
      [QONYS_MEASURE_STATUS] = status,
      [QONYS_MEASURE_DUE_DAY] = due,
  };

  return qonys_entry_new (QONYS_ENTRY_MEASURE, id, values);
}

/* A measure that expects the indicator of the items to grow. */
static QonysEntry *
make_growth (void)
{
  const char *values[QONYS_MEASURE_N_FIELDS] = {
      [QONYS_MEASURE_EFFECT_INDICATOR] = "I02",
      [QONYS_MEASURE_EFFECT_FROM] = "1",
      [QONYS_MEASURE_EFFECT_TO] = "9",
  };

  return qonys_entry_new (QONYS_ENTRY_MEASURE, "growth", values);
}

static QonysEntry *
make_annotation (const char *id, const char *text)
{
  const char *values[QONYS_ANNOTATION_N_FIELDS] = {
      [QONYS_ANNOTATION_KIND] = "pin", [QONYS_ANNOTATION_TEXT_KK] = text};

  return qonys_entry_new (QONYS_ENTRY_ANNOTATION, id, values);
}

/* Entries, each freed, NULL-terminated; the state of a day. */
static QonysState *
make_state (const char *day, QonysEntry *first, ...)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  g_autoptr (QonysHistory) history = qonys_history_new ();
  g_autoptr (QonysPlan) plan = NULL;
  QonysState *state;
  va_list args;

  va_start (args, first);
  for (QonysEntry *entry = first; entry != NULL; entry = va_arg (args, QonysEntry *))
    g_ptr_array_add (entries, entry);
  va_end (args);
  plan = qonys_plan_new (entries);
  state = qonys_state_find (history, plan, NULL, NULL);
  state->day = day_of (day);
  return state;
}

/* Two districts: west and east of 71.4°, the whole of each 0.1° of longitude about its middle. */
static QonysDistricts *
make_two_districts (void)
{
  GPtrArray *districts = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  const double y = qonys_mercator_y (51.1), half = 0.05 / 360;

  g_ptr_array_add (districts, make_district ("711110000", qonys_mercator_x (71.35), y, half,
                                             QONYS_DAY_MISSING, QONYS_DAY_MISSING));
  g_ptr_array_add (districts, make_district ("711210000", qonys_mercator_x (71.45), y, half,
                                             QONYS_DAY_MISSING, QONYS_DAY_MISSING));
  return qonys_districts_new (districts);
}

static const QonysDifference *
find (const QonysComparison *comparison, const char *id)
{
  for (guint i = 0; i < comparison->differences->len; i++) {
    const QonysDifference *difference = comparison->differences->pdata[i];

    if (g_str_equal (qonys_entry_get_id (qonys_difference_get_entry (difference)), id))
      return difference;
  }
  return NULL;
}

static const char WEST[] = "POINT (71.35 51.1)", EAST[] = "POINT (71.45 51.1)",
                  FAR[] = "POINT (70 50)";

static void
test_kinds (void)
{
  static const struct {
    const char *id, *kind;
  } WANT[] = {
      {"severer", "worsened"}, {"milder", "changed"},   {"more", "worsened"}, {"less", "changed"},
      {"solved", "solved"},    {"gone", "removed"},     {"new", "appeared"},  {"again", "worsened"},
      {"done", "solved"},      {"failed", "worsened"},  {"late", "worsened"}, {"begun", "changed"},
      {"pin", "removed"},      {"callout", "appeared"},
  };
  g_autoptr (QonysDistricts) districts = make_two_districts ();
  g_autoptr (QonysState) from = make_state (
      "2026-09-01", make_item ("same", WEST, "3", "1", NULL),
      make_item ("severer", WEST, "3", "1", NULL), make_item ("milder", WEST, "3", "1", NULL),
      make_item ("more", EAST, "3", "1", NULL), make_item ("less", EAST, "3", "2", NULL),
      make_item ("solved", EAST, "3", "1", NULL), make_item ("gone", EAST, "3", "1", NULL),
      make_item ("again", EAST, "3", "1", "2026-08-01"),
      make_measure ("done", "akimat", "severer more", "done_confirm", NULL),
      make_measure ("failed", "police", "more", "accepted", NULL),
      make_measure ("late", "police", NULL, "accepted", "2026-09-15"),
      make_measure ("long late", "police", NULL, "accepted", "2026-08-15"),
      make_measure ("begun", "police", NULL, "accepted", NULL), make_annotation ("pin", "a"), NULL);
  g_autoptr (QonysState) to = make_state (
      "2026-10-01", make_item ("same", WEST, "3", "1", NULL),
      make_item ("severer", WEST, "4", "1", NULL), make_item ("milder", WEST, "2", "1", NULL),
      make_item ("more", EAST, "3", "2", NULL), make_item ("less", EAST, "3", "1", NULL),
      make_item ("solved", EAST, "5", "9", "2026-10-01"), make_item ("new", FAR, "3", "1", NULL),
      make_item ("again", EAST, "3", "1", NULL),
      make_measure ("done", "akimat", "severer more", "done", NULL),
      make_measure ("failed", "police", "more", "not_done", NULL),
      make_measure ("late", "police", NULL, "accepted", "2026-09-15"),
      make_measure ("long late", "police", NULL, "accepted", "2026-08-15"),
      make_measure ("begun", "police", NULL, "in_progress", NULL), make_annotation ("callout", "b"),
      NULL);
  g_autoptr (QonysComparison) comparison = qonys_comparison_new (from, to, districts);
  const QonysDifferenceCount *line;

  g_assert_cmpuint (comparison->differences->len, ==, G_N_ELEMENTS (WANT));
  for (guint i = 0; i < G_N_ELEMENTS (WANT); i++) {
    const QonysDifference *difference = find (comparison, WANT[i].id);

    g_test_message ("%s", WANT[i].id);
    g_assert_nonnull (difference);
    g_assert_cmpstr (qonys_difference_get_id (difference->kind), ==, WANT[i].kind);
  }
  g_assert_true (find (comparison, "late")->is_newly_overdue);
  g_assert_false (find (comparison, "failed")->is_newly_overdue);
  g_assert_cmpstr (find (comparison, "severer")->kato, ==, "711110000");
  g_assert_cmpstr (find (comparison, "more")->kato, ==, "711210000");
  g_assert_cmpstr (find (comparison, "new")->kato, ==, "");

  g_assert_cmpuint (comparison->by_district->len, ==, 3); /* none, west, east */
  line = comparison->by_district->pdata[1];
  g_assert_cmpstr (line->key, ==, "711110000");
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_WORSENED], ==, 1);
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_CHANGED], ==, 1);
  g_assert_cmpuint (comparison->by_body->len, ==, 3); /* none, akimat, police */
  line = comparison->by_body->pdata[1];
  g_assert_cmpstr (line->key, ==, "akimat");
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_WORSENED], ==, 2); /* severer, more */
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_SOLVED], ==, 1);
  line = comparison->by_body->pdata[2];
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_WORSENED], ==, 3); /* more, failed, late */
}

/* A measure that expects its indicator to grow says which way is worse. */
static void
test_direction (void)
{
  g_autoptr (QonysDistricts) districts = make_two_districts ();
  g_autoptr (QonysState) from =
      make_state ("2026-09-01", make_item ("a", WEST, "3", "5", NULL), make_growth (), NULL);
  g_autoptr (QonysState) more =
      make_state ("2026-09-02", make_item ("a", WEST, "3", "6", NULL), make_growth (), NULL);
  g_autoptr (QonysState) less =
      make_state ("2026-09-02", make_item ("a", WEST, "3", "4", NULL), make_growth (), NULL);
  g_autoptr (QonysComparison) up = qonys_comparison_new (from, more, districts);
  g_autoptr (QonysComparison) down = qonys_comparison_new (from, less, districts);

  g_assert_cmpint (find (up, "a")->kind, ==, QONYS_DIFFERENCE_CHANGED);
  g_assert_cmpint (find (down, "a")->kind, ==, QONYS_DIFFERENCE_WORSENED);
}

/* A split district: the district is that of the later day; a cell stands where its middle is. */
static void
test_districts (void)
{
  const char *cell[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PLACE_KIND] = "cell"};
  const char *named[QONYS_ITEM_N_FIELDS] = {
      [QONYS_ITEM_PLACE_KIND] = "district", [QONYS_ITEM_PLACE_REF] = "711310000"};
  const char *city[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PLACE_KIND] = "city"};
  g_autoptr (QonysDistricts) districts = make_two_districts ();
  double lon_deg = 71.45, lat_deg = 51.1, east_m, north_m;
  g_autofree char *number = NULL;
  g_autoptr (QonysState) from = make_state ("2026-09-01", NULL, NULL);
  g_autoptr (QonysState) to = NULL;
  g_autoptr (QonysComparison) comparison = NULL;

  qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
  number = g_strdup_printf ("E%dN%d", (int)(east_m / 500), (int)(north_m / 500));
  cell[QONYS_ITEM_PLACE_REF] = number;
  to = make_state ("2026-10-01", qonys_entry_new (QONYS_ENTRY_ITEM, "cell", cell),
                   qonys_entry_new (QONYS_ENTRY_ITEM, "named", named),
                   qonys_entry_new (QONYS_ENTRY_ITEM, "city", city), NULL);
  comparison = qonys_comparison_new (from, to, districts);
  g_assert_cmpstr (find (comparison, "cell")->kato, ==, "711210000");
  g_assert_cmpstr (find (comparison, "named")->kato, ==, "711310000");
  g_assert_cmpstr (find (comparison, "city")->kato, ==, QONYS_CITY_KATO);
}

/* ---- the slow twin ---- */

static const char *const STATUSES[] = {"not_done",    "no_information", "accepted", "in_progress",
                                       "partly_done", "done_confirm",   "done",     "withdrawn"};
static const char *const SEVERITIES[] = {NULL, "1", "3", "5"};
static const char *const VALUES[] = {NULL, "1", "2.5", "7"};
static const char *const DAYS[] = {NULL, "2026-08-15", "2026-09-15", "2026-10-15"};

#define PICK(rand, list) list[g_rand_int_range (rand, 0, G_N_ELEMENTS (list))]
#define N_IDS 40

static QonysState *
make_random_state (GRand *rand, const char *day)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  g_autoptr (QonysHistory) history = qonys_history_new ();
  g_autoptr (QonysPlan) plan = NULL;
  QonysState *state;

  for (guint i = 0; i < N_IDS; i++) {
    g_autofree char *item = g_strdup_printf ("i%u", i), *measure = g_strdup_printf ("m%u", i);

    if (g_rand_boolean (rand))
      g_ptr_array_add (entries, make_item (item, g_rand_boolean (rand) ? WEST : EAST,
                                           PICK (rand, SEVERITIES), PICK (rand, VALUES),
                                           g_rand_boolean (rand) ? "2026-08-01" : NULL));
    if (g_rand_boolean (rand))
      g_ptr_array_add (entries, make_measure (measure, g_rand_boolean (rand) ? "akimat" : "police",
                                              item, PICK (rand, STATUSES), PICK (rand, DAYS)));
  }
  plan = qonys_plan_new (entries);
  state = qonys_state_find (history, plan, NULL, NULL);
  state->day = day_of (day);
  return state;
}

static double
number_or (const QonysEntry *entry, guint field, double missing)
{
  const char *text = qonys_entry_get (entry, field);

  return text == NULL ? missing : g_ascii_strtod (text, NULL);
}

static gboolean
is_late (const QonysEntry *measure, const char *day)
{
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);
  const char *due = qonys_entry_get (measure, QONYS_MEASURE_DUE_DAY);

  return due != NULL && strcmp (due, day) < 0 && !g_str_equal (status, "done") &&
         !g_str_equal (status, "withdrawn");
}

static guint
rank (const QonysEntry *measure)
{
  guint i = 0;

  while (!g_str_equal (STATUSES[i], qonys_entry_get (measure, QONYS_MEASURE_STATUS)))
    i++;
  return i;
}

/* NULL: alike. */
static const char *
slow_item (const QonysEntry *was, const QonysEntry *is)
{
  gboolean was_solved = was != NULL && qonys_entry_get (was, QONYS_ITEM_SOLVED_ON) != NULL;
  gboolean is_solved = is != NULL && qonys_entry_get (is, QONYS_ITEM_SOLVED_ON) != NULL;

  if (qonys_entry_equal (was, is))
    return NULL;
  if (is == NULL)
    return "removed";
  if (!was_solved && is_solved)
    return "solved";
  if (was == NULL)
    return "appeared";
  if (is_solved)
    return "changed";
  if (was_solved ||
      number_or (is, QONYS_ITEM_SEVERITY, 0) > number_or (was, QONYS_ITEM_SEVERITY, 9) ||
      number_or (is, QONYS_ITEM_INDICATOR_VALUE, 0) >
          number_or (was, QONYS_ITEM_INDICATOR_VALUE, 9))
    return "worsened";
  return "changed";
}

static const char *
slow_measure (const QonysEntry *was, const QonysEntry *is)
{
  if (was == NULL && is == NULL)
    return NULL;
  if (is == NULL)
    return "removed";
  if (rank (is) >= 6 && (was == NULL || rank (was) < 6))
    return "solved";
  if (was == NULL)
    return "appeared";
  if (rank (is) < rank (was) || (is_late (is, "2026-10-01") && !is_late (was, "2026-09-01")))
    return "worsened";
  return rank (is) != rank (was) ? "changed" : NULL;
}

static void
test_twin (void)
{
  g_autoptr (QonysDistricts) districts = make_two_districts ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint turn = 0; turn < 50; turn++) {
    g_autoptr (QonysState) from = make_random_state (rand, "2026-09-01");
    g_autoptr (QonysState) to = make_random_state (rand, "2026-10-01");
    g_autoptr (QonysComparison) comparison = qonys_comparison_new (from, to, districts);
    guint n = 0, n_items = 0, n_counted = 0;

    for (guint i = 0; i < 2 * N_IDS; i++) {
      gboolean is_item = i < N_IDS;
      QonysEntryKind kind = is_item ? QONYS_ENTRY_ITEM : QONYS_ENTRY_MEASURE;
      g_autofree char *id = g_strdup_printf ("%c%u", is_item ? 'i' : 'm', i % N_IDS);
      const QonysEntry *was = qonys_plan_find (from->plan, kind, id);
      const QonysEntry *is = qonys_plan_find (to->plan, kind, id);
      const char *want = is_item ? slow_item (was, is) : slow_measure (was, is);
      const QonysDifference *difference = find (comparison, id);

      g_assert_cmpstr (difference == NULL ? NULL : qonys_difference_get_id (difference->kind), ==,
                       want);
      n += want != NULL;
      n_items += is_item && want != NULL;
    }
    g_assert_cmpuint (comparison->differences->len, ==, n);
    for (guint i = 0; i < comparison->by_district->len; i++)
      for (guint kind = 0; kind < QONYS_N_DIFFERENCES; kind++)
        n_counted += ((QonysDifferenceCount *)comparison->by_district->pdata[i])->n[kind];
    g_assert_cmpuint (n_counted, ==, n_items);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/compare/kinds", test_kinds);
  g_test_add_func ("/domain/compare/direction", test_direction);
  g_test_add_func ("/domain/compare/districts", test_districts);
  g_test_add_func ("/domain/compare/twin", test_twin);
  return g_test_run ();
}
