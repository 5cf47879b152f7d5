/* What became of places and measures between two states. */

#include "domain-support.h"

#include "domain/version.h"
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
              const char *from, const char *to)
{
  const char *values[QONYS_MEASURE_N_FIELDS] = {
      [QONYS_MEASURE_BODY] = body,        [QONYS_MEASURE_ITEMS] = items,
      [QONYS_MEASURE_STATUS] = status,    [QONYS_MEASURE_EFFECT_INDICATOR] = "I02",
      [QONYS_MEASURE_EFFECT_FROM] = from, [QONYS_MEASURE_EFFECT_TO] = to,
  };

  return qonys_entry_new (QONYS_ENTRY_MEASURE, id, values);
}

/* @first: NULL-terminated, each freed. */
static QonysPlan *
make_plan (QonysEntry *first, ...)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  va_list args;

  va_start (args, first);
  for (QonysEntry *entry = first; entry != NULL; entry = va_arg (args, QonysEntry *))
    g_ptr_array_add (entries, entry);
  va_end (args);
  return qonys_plan_new (entries);
}

/* Two districts: west and east of 71.4°. */
static GPtrArray *
make_two_districts (void)
{
  GPtrArray *districts = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);

  for (guint i = 0; i < 2; i++) {
    QonysDistrict *district = qonys_district_new ();
    double west = qonys_mercator_x (71.3 + 0.1 * i), east = qonys_mercator_x (71.4 + 0.1 * i);
    double south = qonys_mercator_y (51.0), north = qonys_mercator_y (51.2);

    g_strlcpy (district->kato, i == 0 ? "711110000" : "711210000", sizeof district->kato);
    district->shape =
        qonys_shape_new (1, (const guint[]){0, 5}, (const double[]){west, east, east, west, west},
                         (const double[]){south, south, north, north, south});
    g_ptr_array_add (districts, district);
  }
  return districts;
}

static const QonysDifference *
find (const GPtrArray *differences, const char *id)
{
  for (guint i = 0; i < differences->len; i++) {
    const QonysDifference *difference = differences->pdata[i];

    if (g_str_equal (
            qonys_entry_get_id (difference->after != NULL ? difference->after : difference->before),
            id))
      return difference;
  }
  return NULL;
}

static void
assert_kind (const GPtrArray *differences, const char *id, QonysDifferenceKind kind)
{
  g_assert_nonnull (find (differences, id));
  g_assert_cmpint (find (differences, id)->kind, ==, kind);
}

static const char WEST[] = "POINT (71.35 51.1)", EAST[] = "POINT (71.45 51.1)",
                  FAR[] = "POINT (70 50)";

static void
test_kinds (void)
{
  g_autoptr (GPtrArray) districts = make_two_districts ();
  g_autoptr (QonysPlan) before = make_plan (
      make_item ("same", WEST, "3", "1", NULL), make_item ("severer", WEST, "3", "1", NULL),
      make_item ("milder", WEST, "3", "1", NULL), make_item ("more", EAST, "3", "1", NULL),
      make_item ("less", EAST, "3", "2", NULL), make_item ("solved", EAST, "3", "1", NULL),
      make_item ("gone", EAST, "3", "1", NULL),
      make_measure ("done", "akimat", "severer more", "done_confirm", NULL, NULL),
      make_measure ("failed", "police", "more", "accepted", NULL, NULL), NULL);
  g_autoptr (QonysPlan) after = make_plan (
      make_item ("same", WEST, "3", "1", NULL), make_item ("severer", WEST, "4", "1", NULL),
      make_item ("milder", WEST, "2", "1", NULL), make_item ("more", EAST, "3", "2", NULL),
      make_item ("less", EAST, "3", "1", NULL), make_item ("solved", EAST, "5", "9", "2026-10-01"),
      make_item ("new", FAR, "3", "1", NULL),
      make_measure ("done", "akimat", "severer more", "done", NULL, NULL),
      make_measure ("failed", "police", "more", "not_done", NULL, NULL), NULL);
  g_autoptr (GPtrArray) differences = qonys_version_compare (before, after, districts);
  g_autoptr (GPtrArray) by_district = qonys_differences_count_by_district (differences);
  g_autoptr (GPtrArray) by_body = qonys_differences_count_by_body (differences);
  const QonysDifferenceCount *line;

  g_assert_cmpuint (differences->len, ==, 9);
  g_assert_null (find (differences, "same"));
  assert_kind (differences, "severer", QONYS_DIFFERENCE_WORSENED);
  assert_kind (differences, "milder", QONYS_DIFFERENCE_CHANGED);
  assert_kind (differences, "more", QONYS_DIFFERENCE_WORSENED);
  assert_kind (differences, "less", QONYS_DIFFERENCE_CHANGED);
  assert_kind (differences, "solved", QONYS_DIFFERENCE_SOLVED);
  assert_kind (differences, "gone", QONYS_DIFFERENCE_REMOVED);
  assert_kind (differences, "new", QONYS_DIFFERENCE_APPEARED);
  assert_kind (differences, "done", QONYS_DIFFERENCE_SOLVED);
  assert_kind (differences, "failed", QONYS_DIFFERENCE_WORSENED);
  g_assert_cmpstr (find (differences, "severer")->kato, ==, "711110000");
  g_assert_cmpstr (find (differences, "more")->kato, ==, "711210000");
  g_assert_cmpstr (find (differences, "new")->kato, ==, "");

  g_assert_cmpuint (by_district->len, ==, 3); /* none, west, east */
  line = by_district->pdata[1];
  g_assert_cmpstr (line->key, ==, "711110000");
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_WORSENED], ==, 1);
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_CHANGED], ==, 1);
  line = by_district->pdata[2];
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_SOLVED], ==, 1);
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_REMOVED], ==, 1);

  g_assert_cmpuint (by_body->len, ==, 3); /* none, akimat, police */
  line = by_body->pdata[1];
  g_assert_cmpstr (line->key, ==, "akimat");
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_WORSENED], ==, 2); /* severer, more */
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_SOLVED], ==, 1);
  line = by_body->pdata[2];
  g_assert_cmpuint (line->n[QONYS_DIFFERENCE_WORSENED], ==, 2); /* more, failed */
}

/* A measure that expects its indicator to grow says which way is worse. */
static void
test_direction (void)
{
  g_autoptr (GPtrArray) districts = make_two_districts ();
  g_autoptr (QonysPlan) before = make_plan (make_item ("a", WEST, "3", "5", NULL),
                                            make_measure ("m", NULL, NULL, NULL, "1", "9"), NULL);
  g_autoptr (QonysPlan) more = make_plan (make_item ("a", WEST, "3", "6", NULL),
                                          make_measure ("m", NULL, NULL, NULL, "1", "9"), NULL);
  g_autoptr (QonysPlan) less = make_plan (make_item ("a", WEST, "3", "4", NULL),
                                          make_measure ("m", NULL, NULL, NULL, "1", "9"), NULL);
  g_autoptr (GPtrArray) up = qonys_version_compare (before, more, districts);
  g_autoptr (GPtrArray) down = qonys_version_compare (before, less, districts);

  assert_kind (up, "a", QONYS_DIFFERENCE_CHANGED);
  assert_kind (down, "a", QONYS_DIFFERENCE_WORSENED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/version/kinds", test_kinds);
  g_test_add_func ("/domain/version/direction", test_direction);
  return g_test_run ();
}
