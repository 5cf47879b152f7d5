/* Search finds a thing by any of its names, loosely spelled, and never an address. */

#include "domain-support.h"
#include "domain/search.h"

static QonysProject *
make (void)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_DWELLING, 1);
  QonysProject *project;
  QonysBaseFeature *feature = qonys_base_feature_new ();

  qonys_table_builder_add_text (builder, QONYS_DWELLING_STREET_KK, "Құпия көшесі", -1);
  tables[QONYS_RECORD_DWELLING] = qonys_table_builder_finish (builder);
  project = make_project (tables, TRUE);
  feature->kind = QONYS_BASE_LANDMARK;
  feature->landmark_kind = g_strdup ("massif");
  feature->name.text[QONYS_KK] = g_strdup ("Көктал-1");
  feature->name.text[QONYS_RU] = g_strdup ("Коктал-1");
  feature->alternatives = g_strdup ("Koktal massif; Старый посёлок");
  feature->x = feature->y = 0.1;
  g_ptr_array_add ((GPtrArray *)qonys_project_get_base (project), feature);
  return project;
}

static void
assert_first (const QonysSearchIndex *index, const char *text, QonysHitKind kind, const char *id)
{
  g_autoptr (GPtrArray) hits = qonys_search_index_find (index, text, 5);
  const QonysHit *hit;

  g_test_message ("%s", text);
  g_assert_cmpuint (hits->len, >, 0);
  g_assert_cmpuint (hits->len, <=, 5);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpint (hit->kind, ==, kind);
  g_assert_cmpstr (hit->id, ==, id);
}

static void
test_loose_spelling (void)
{
  g_autoptr (QonysProject) project = make ();
  g_autoptr (QonysSearchIndex) index = qonys_search_index_new (project);
  static const char *const KOKTAL[] = {"коктал", "көктал", "koktal", "КӨКТАЛ 1", "старый поселок"};

  for (guint i = 0; i < G_N_ELEMENTS (KOKTAL); i++)
    assert_first (index, KOKTAL[i], QONYS_HIT_PLACE, NULL);
  assert_first (index, "жалған тіркеу", QONYS_HIT_PROBLEM, "P01");
  assert_first (index, "фиктивная регистрация", QONYS_HIT_PROBLEM, "P01");
  assert_first (index, "fictitious", QONYS_HIT_PROBLEM, "P01");
  assert_first (index, "3.2", QONYS_HIT_MEASURE, "3.2");
  assert_first (index, "711210000", QONYS_HIT_DISTRICT, "711210000");
}

static void
test_addresses_are_not_found (void)
{
  g_autoptr (QonysProject) project = make ();
  g_autoptr (QonysSearchIndex) index = qonys_search_index_new (project);
  g_autoptr (GPtrArray) address = qonys_search_index_find (index, "Құпия", 5);
  g_autoptr (GPtrArray) nothing = qonys_search_index_find (index, "  -- ", 5);

  g_assert_cmpuint (address->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/search/loose-spelling", test_loose_spelling);
  g_test_add_func ("/domain/search/addresses-are-not-found", test_addresses_are_not_found);
  return g_test_run ();
}
