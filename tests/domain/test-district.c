/* Districts have dates, and many spellings. */

#include "domain-support.h"

static void
test_dates (void)
{
  g_autoptr (QonysDistricts) districts = make_districts ();
  g_autoptr (GPtrArray) january = qonys_districts_get_on_day (districts, day_of ("2024-01-25"));
  g_autoptr (GPtrArray) day_before = qonys_districts_get_on_day (districts, day_of ("2024-05-22"));
  g_autoptr (GPtrArray) split = qonys_districts_get_on_day (districts, day_of ("2024-05-23"));
  g_autoptr (GPtrArray) now = qonys_districts_get_on_day (districts, QONYS_DAY_MISSING);
  g_autoptr (GPtrArray) early = qonys_districts_get_on_day (districts, day_of ("2011-12-01"));

  g_assert_cmpuint (january->len, ==, 5);
  g_assert_cmpuint (day_before->len, ==, 5);
  g_assert_cmpuint (split->len, ==, 6);
  g_assert_cmpuint (now->len, ==, 6);
  g_assert_cmpuint (early->len, ==, 5); /* the oldest there is */
}

static void
test_spellings (void)
{
  static const struct {
    const char *text, *kato;
  } CASES[] = {
      {"Сарыарка", "711310000"},
      {"Сарыарқа", "711310000"},
      {"Сарыаркинский", "711310000"},
      {"Saryarqa", "711310000"},
      {"Saryarka", "711310000"},
      {"САРЫАРҚА АУДАНЫ", "711310000"},
      {"Байконур", "711410000"},
      {"Байқоңыр", "711410000"},
      {"Байконырский", "711410000"},
      {"Bayqoñyr", "711410000"},
      {"Baikonur", "711410000"},
      {"Байқоңыр ауданы", "711410000"},
      {"Есиль", "711210000"},
      {"Есіл", "711210000"},
      {"Есильский район", "711210000"},
      {"Esil", "711210000"},
      {"Yesil", "711210000"},
      {"Нура", "711510000"},
      {"Нұра", "711510000"},
      {"Нуринский", "711510000"},
      {"Nura", "711510000"},
      {"Сарайшык", "711610000"},
      {"Сарайшық", "711610000"},
      {"Saraiyshyq", "711610000"},
      {"Sarayshyk", "711610000"},
      {"Алматы р-н", "711110000"},
      {"район Алматы", "711110000"},
      {"район «Алматы»", "711110000"},
      {"Almaty district", "711110000"},
      {"Алматинский", "711110000"},
      {" 711110000 ", "711110000"},
      {"г. Астана", QONYS_CITY_KATO},
      {"Астана қаласы", QONYS_CITY_KATO},
      {"город Алматы", NULL},
      {"Алматы қаласы", NULL},
      {"Шымкент", NULL},
      {"197111", NULL},
      {"", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_test_message ("%s", CASES[i].text);
    g_assert_cmpstr (qonys_district_recognise (CASES[i].text), ==, CASES[i].kato);
  }
  g_assert_null (qonys_district_recognise (NULL));
}

static void
test_datasets (void)
{
  g_autoptr (GPtrArray) datasets =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  g_autoptr (GArray) dwellings = NULL, operations = NULL, real = NULL;
  g_autoptr (GArray) earlier = NULL, synthetic = NULL, none = NULL;

  for (gint32 id = 1; id <= 4; id++) {
    QonysDataset *dataset = qonys_dataset_new ();

    dataset->id = id;
    dataset->type = id % 2 ? QONYS_RECORD_DWELLING : QONYS_RECORD_OPERATION;
    dataset->as_of = 100 - id;
    dataset->is_synthetic = TRUE;
    g_ptr_array_add (datasets, dataset);
  }
  dwellings = qonys_datasets_choose_active (datasets, QONYS_RECORD_DWELLING);
  operations = qonys_datasets_choose_active (datasets, QONYS_RECORD_OPERATION);
  g_assert_cmpuint (dwellings->len, ==, 1); /* a state: the latest */
  g_assert_cmpint (g_array_index (dwellings, gint32, 0), ==, 1);
  g_assert_cmpuint (operations->len, ==, 2); /* events: all */

  /* What is real hides what is synthetic. */
  ((QonysDataset *)g_ptr_array_index (datasets, 3))->is_synthetic = FALSE;
  real = qonys_datasets_choose_active (datasets, QONYS_RECORD_OPERATION);
  g_assert_cmpuint (real->len, ==, 1);
  g_assert_cmpint (g_array_index (real, gint32, 0), ==, 4);

  /* What is withdrawn neither hides nor counts: the one before it shows again. */
  ((QonysDataset *)g_ptr_array_index (datasets, 0))->is_withdrawn = TRUE;
  ((QonysDataset *)g_ptr_array_index (datasets, 3))->is_withdrawn = TRUE;
  earlier = qonys_datasets_choose_active (datasets, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (earlier->len, ==, 1);
  g_assert_cmpint (g_array_index (earlier, gint32, 0), ==, 3);
  synthetic = qonys_datasets_choose_active (datasets, QONYS_RECORD_OPERATION);
  g_assert_cmpuint (synthetic->len, ==, 1);
  g_assert_cmpint (g_array_index (synthetic, gint32, 0), ==, 2);
  ((QonysDataset *)g_ptr_array_index (datasets, 2))->is_withdrawn = TRUE;
  none = qonys_datasets_choose_active (datasets, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/district/dates", test_dates);
  g_test_add_func ("/domain/district/spellings", test_spellings);
  g_test_add_func ("/domain/dataset/active", test_datasets);
  return g_test_run ();
}
