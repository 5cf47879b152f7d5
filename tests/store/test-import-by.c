/* Import by recipes: what columns may be, what is dropped, what is left out, and an account that
 * agrees to the last row. */

#include "store-support.h"

#include "geo/mercator.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static QonysProject *
new_project (void)
{
  g_autoptr (GError) error = NULL;
  QonysProject *project = qonys_store_new_project (&error);

  g_assert_no_error (error);
  return project;
}

static QonysRecipeColumn *
add (QonysRecipe *recipe, const char *header, QonysRole role, int field)
{
  QonysRecipeColumn *column = qonys_recipe_add_column (recipe, header);

  column->role = role;
  column->field = field;
  return column;
}

static QonysProject *
import_by (const char *path, const QonysRecipe *recipe, QonysImportReport **report)
{
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (GError) error = NULL;
  QonysProject *next =
      qonys_store_import_by (project, path, recipe, NULL, FALSE, NULL, report, &error);

  g_assert_no_error (error);
  g_assert_cmpint ((*report)->n_read, ==, (*report)->n_stored + (*report)->n_rejected);
  return next;
}

static QonysProject *
import_text (const char *name, const char *text, QonysRecordType type, QonysImportReport **report)
{
  g_autofree char *path = put_text (name, text);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (type);

  return import_by (path, recipe, report);
}

static const QonysReconciliation *
find_sum (const QonysImportReport *report, const char *kato, const char *field)
{
  for (guint i = 0; i < report->reconciliations->len; i++) {
    const QonysReconciliation *line =
        &g_array_index (report->reconciliations, QonysReconciliation, i);

    if (g_strcmp0 (line->kato, kato) == 0 && g_strcmp0 (line->field, field) == 0)
      return line;
  }
  g_assert_not_reached ();
}

/* ---- tables as the city has them ---- */

static const char REGISTRATIONS[] =
    "Астана қаласы бойынша тіркеу туралы мәлімет;;;\n"
    ";;;\n"
    "Аудан;Деректер күні;Тіркелгендер (тұрақты);Тіркелгендер (уақытша)\n"
    "Есіл ауданы;30.09.2026;1 000;10\n"
    "р-н Алматы;30.09.2026;2\xC2\xA0"
    "000;20\n"
    "\n"
    "Косшы;30.09.2026;5;1\n"
    "Барлығы;;3 005;31\n"
    "Ескерту: деректер алдын ала;;;\n";

static void
test_city_table (void)
{
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next =
      import_text ("quarter.csv", REGISTRATIONS, QONYS_RECORD_REGISTRATION_COUNT, &report);
  QonysTable *table = qonys_project_get_table (next, QONYS_RECORD_REGISTRATION_COUNT);
  const QonysRejection *rejection = report->rejections->pdata[0];
  const QonysTotalRow *total = report->totals->pdata[0];
  const QonysReconciliation *line;

  g_assert_cmpint (report->n_read, ==, 3);
  g_assert_cmpint (report->n_stored, ==, 2);
  g_assert_cmpint (report->n_totals, ==, 1);
  g_assert_cmpuint (report->totals->len, ==, 1);
  g_assert_null (total->column); /* it agrees, the rejected row included */
  g_assert_cmpint (total->row, ==, 8);
  g_assert_cmpstr (qonys_table_get_text (table, 1, QONYS_REGISTRATION_PLACE_REF), ==, "711110000");
  g_assert_cmpint (qonys_table_get_int (table, 1, QONYS_REGISTRATION_PERMANENT), ==, 2000);
  g_assert_cmpint (rejection->row, ==, 7);
  g_assert_cmpstr (rejection->column, ==, "Аудан");
  g_assert_cmpstr (rejection->original, ==, "Косшы\t30.09.2026\t5\t1");
  g_assert_nonnull (strstr (rejection->cure, "KATO"));
  line = find_sum (report, "", "reg_permanent");
  g_assert_cmpfloat (line->read, ==, 3005);
  g_assert_cmpfloat (line->stored, ==, 3000);
  g_assert_cmpfloat (line->rejected, ==, 5);
  line = find_sum (report, "711210000", "reg_temporary");
  g_assert_cmpfloat (line->stored, ==, 10);
  line = find_sum (report, NULL, NULL);
  g_assert_cmpfloat (line->rejected, ==, 1);
}

static void
test_wrong_total (void)
{
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next =
      import_text ("plain.csv",
                   "place_ref,as_of,reg_permanent\nЕсиль,2026-01-01,5\nНура,2026-01-01,6\n"
                   "Итого,,12\nСарыарка,2026-01-01,7\nВсего,,7\nTotal,,18\n",
                   QONYS_RECORD_REGISTRATION_COUNT, &report);
  const QonysTotalRow *first = report->totals->pdata[0];

  g_assert_cmpint (report->n_totals, ==, 3);
  g_assert_cmpint (report->n_stored, ==, 3);
  g_assert_cmpint (first->row, ==, 4);
  g_assert_cmpstr (first->column, ==, "reg_permanent");
  g_assert_cmpfloat (first->stated, ==, 12);
  g_assert_cmpfloat (first->summed, ==, 11);
  /* Of the rows since the last sum, and of all. */
  g_assert_null (((const QonysTotalRow *)report->totals->pdata[1])->column);
  g_assert_null (((const QonysTotalRow *)report->totals->pdata[2])->column);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "Row 4 is a sum"));
}

/* ---- positions ---- */

static void
test_positions (void)
{
  static const char *const TABLES[] = {
      "dwelling_key,Координаты\nd1,\"51.13, 71.43\"\n",
      "dwelling_key,Координаты\nd1,\"71.43, 51.13\"\n",
      "dwelling_key;Координаты\nd1;\"51,13; 71,43\"\n",
      "dwelling_key,Координаты\nd1,51°07′48″ с.ш. 71°25′48″ в.д.\n",
      "dwelling_key,coordinates\nd1,\"51°07'48\"\"N, 71°25'48\"\"E\"\n",
      "dwelling_key,широта,долгота\nd1,\"51°7.8′\",\"71,43\"\n",
      "dwelling_key,geometry\nd1,POINT (71.43 51.13)\n",
      "dwelling_key;geometry\nd1;\"SRID=4326;POINT (71.43 51.13)\"\n",
      "dwelling_key;долгота;широта\nd1;51,13;71,43\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++) {
    g_autoptr (QonysImportReport) report = NULL;
    g_autoptr (QonysProject) next =
        import_text ("position.csv", TABLES[i], QONYS_RECORD_DWELLING, &report);
    QonysTable *table = qonys_project_get_table (next, QONYS_RECORD_DWELLING);

    g_test_message ("%s", TABLES[i]);
    g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 1);
    g_assert_cmpfloat_with_epsilon (qonys_table_get_lon_deg (table)[0], 71.43, 1e-9);
    g_assert_cmpfloat_with_epsilon (qonys_table_get_lat_deg (table)[0], 51.13, 1e-9);
  }
}

static void
test_metres (void)
{
  double lon = 71.43, lat = 51.13, x, y;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;
  QonysTable *table;

  qonys_utm42_project (&lon, &lat, 1, &x, &y);
  text = g_strdup_printf ("dwelling_key;x;y\nd1;%.3f;%.3f\n", x, y);
  path = put_text ("metres.csv", text);
  recipe->crs = g_strdup ("EPSG:32642");
  next = import_by (path, recipe, &report);
  table = qonys_project_get_table (next, QONYS_RECORD_DWELLING);
  g_assert_cmpfloat_with_epsilon (qonys_table_get_lon_deg (table)[0], lon, 1e-7); /* 7 mm */
  g_assert_cmpfloat_with_epsilon (qonys_table_get_lat_deg (table)[0], lat, 1e-7);
}

static void
test_districts (void)
{
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next =
      import_text ("where.csv",
                   "dwelling_key,Район,lon,lat,rooms\nd0,,,,99\nd1,Есиль,71.43,51.13,1\n"
                   "d2,Сарыарка,71.43,51.13,1\nd3,,71.43,51.13,1\n",
                   QONYS_RECORD_DWELLING, &report);
  const QonysRejection *row;

  g_assert_cmpint (report->n_stored, ==, 3);
  g_assert_cmpint (report->n_districts, ==, 1);
  row = report->districts->pdata[0];
  g_assert_cmpint (row->row, ==, 4);
  g_assert_cmpstr (row->column, ==, "Район");
  g_assert_true (strstr (row->reason, "Saryarka") != NULL || strstr (row->reason, "Сарыарқа"));
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "another district"));
}

/* ---- values ---- */

static void
test_rules (void)
{
  g_autofree char *path =
      put_text ("rules.csv", "Код;Место;Вид;Площадь;Дата;Пусто\n"
                             "00123;Алматинский;изба;0,0035;01/25/2024;\n"
                             "0000000000000000000012;Центр;Жатақхана;1.000,5;02/01/2024;\n");
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;
  QonysTable *table;

  add (recipe, "Код", QONYS_ROLE_FIELD, QONYS_DWELLING_KEY);
  qonys_recipe_column_set_value (add (recipe, "место", QONYS_ROLE_FIELD, QONYS_DWELLING_DISTRICT),
                                 "центр", "711210000");
  qonys_recipe_column_set_value (add (recipe, "Вид", QONYS_ROLE_FIELD, QONYS_DWELLING_TYPE), "Изба",
                                 "house");
  add (recipe, "Площадь", QONYS_ROLE_FIELD, QONYS_DWELLING_AREA_TOTAL_M2)->scale = 10000;
  add (recipe, "Дата", QONYS_ROLE_FIELD, QONYS_DWELLING_AS_OF);
  add (recipe, NULL, QONYS_ROLE_FIELD, QONYS_DWELLING_OWNERSHIP)->constant = g_strdup ("state");
  recipe->decimal_mark = ',';
  recipe->is_month_first = TRUE;
  next = import_by (path, recipe, &report);
  table = qonys_project_get_table (next, QONYS_RECORD_DWELLING);
  g_assert_cmpint (report->n_stored, ==, 1); /* 1,000.5 hectares are no dwelling */
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_KEY), ==, "00123");
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_DISTRICT), ==, "711110000");
  g_assert_cmpint (qonys_table_get_code (table, 0, QONYS_DWELLING_TYPE), ==, 2);
  g_assert_cmpfloat_with_epsilon (qonys_table_get_decimal (table, 0, QONYS_DWELLING_AREA_TOTAL_M2),
                                  35, 1e-9);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_DWELLING_AS_OF), ==, day_of ("2024-01-25"));
  g_assert_cmpint (qonys_table_get_code (table, 0, QONYS_DWELLING_OWNERSHIP), ==, 2);
}

/* The day of the data where no column says it; money as people write it. */
static void
test_as_of (void)
{
  g_autofree char *path =
      put_text ("population.csv", "Район;Население\nЕсиль;281 110 тг.\nНура;5 ₸\n");
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_INDICATOR);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;
  QonysTable *table;
  const QonysDataset *dataset;

  recipe->as_of = day_of ("2025-01-01");
  add (recipe, NULL, QONYS_ROLE_FIELD, QONYS_INDICATOR_ID)->constant = g_strdup ("POP");
  add (recipe, "Район", QONYS_ROLE_FIELD, QONYS_INDICATOR_PLACE_REF);
  add (recipe, "Население", QONYS_ROLE_FIELD, QONYS_INDICATOR_VALUE);
  next = import_by (path, recipe, &report);
  table = qonys_project_get_table (next, QONYS_RECORD_INDICATOR);
  dataset = qonys_project_get_datasets (next)->pdata[0];
  g_assert_cmpint (report->n_stored, ==, 2);
  g_assert_cmpfloat (qonys_table_get_decimal (table, 0, QONYS_INDICATOR_VALUE), ==, 281110);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_INDICATOR_PERIOD_END), ==, recipe->as_of);
  g_assert_cmpint (dataset->as_of, ==, recipe->as_of);
}

/* ---- persons ---- */

#define IIN "991231100010"

static gboolean
contains (const char *path, const char *needle)
{
  g_autofree char *contents = NULL;
  gsize length, n = strlen (needle);

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (contents + i, needle, n) == 0)
      return TRUE;
  return FALSE;
}

static void
test_strip (void)
{
  g_autofree char *path = NULL;
  g_autofree char *source = put_text ("strip.csv", "dwelling_key,rooms,ЖСН,comment\n"
                                                   "d1,1," IIN ",ok\nd2,99," IIN ",ok\n");
  g_autofree char *other = put_text ("other.csv", "dwelling_key,rooms,ЖСН,comment\n"
                                                  "d1,1," IIN ",ok\nd2,1,," IIN "\n");
  g_autofree char *named = put_text (IIN ".csv", "dwelling_key,ЖСН\nd1," IIN "\n");
  g_autofree char *target = g_build_filename (support_temp_dir (), "report.csv", NULL);
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  add (recipe, "dwelling_key", QONYS_ROLE_FIELD, QONYS_DWELLING_KEY);
  add (recipe, "rooms", QONYS_ROLE_FIELD, QONYS_DWELLING_ROOMS);
  add (recipe, "ЖСН", QONYS_ROLE_STRIP, -1);
  next = qonys_store_import_by (project, source, recipe, NULL, FALSE, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->n_stored, ==, 1);
  g_assert_null (strstr (((QonysRejection *)report->rejections->pdata[0])->original, IIN));
  g_assert_true (qonys_store_write_import_report (source, recipe, report, target, NULL, &error));
  g_assert_false (contains (target, IIN));
  g_assert_true (contains (target, "99"));
  g_assert_false (contains (path, IIN));
  /* What is found elsewhere still refuses. */
  g_assert_null (qonys_store_import_by (next, other, recipe, NULL, FALSE, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_PERSONAL_DATA);
  g_assert_null (qonys_store_import_by (next, named, recipe, NULL, FALSE, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_PERSONAL_DATA);
  g_assert_false (contains (path, IIN));
}

/* ---- the report ---- */

static void
test_report_file (void)
{
  g_autoptr (GString) text = g_string_new ("dwelling_key,rooms,note\n");
  g_autofree char *target = g_build_filename (support_temp_dir (), "report.csv", NULL);
  g_autofree char *source = NULL, *written = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "d%u,%s,\"a \"\"b\"\" %u\"\n", i, i % 2 == 0 ? "1" : "99", i);
  source = put_text ("many.csv", text->str);
  next = import_by (source, recipe, &report);
  g_assert_cmpuint (report->rejections->len, ==, 1000);
  g_assert_true (qonys_store_write_import_report (source, recipe, report, target, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (target, &written, NULL, NULL));
  lines = g_strsplit (written, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2500 + 2);
  g_assert_true (g_str_has_prefix (lines[0], "\xEF\xBB\xBF"));
  g_assert_true (g_str_has_suffix (lines[0], "\"dwelling_key\";\"rooms\";\"note\""));
  g_assert_true (g_str_has_prefix (lines[1], "3;"));
  g_assert_true (g_str_has_prefix (lines[2500], "5001;"));
  g_assert_true (g_str_has_suffix (lines[2500], "\"d4999\";\"99\";\"a \"\"b\"\" 4999\""));
  g_assert_false (
      qonys_store_write_import_report (source, recipe, report, "/nowhere/r.csv", NULL, &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
}

/* Whatever the rows: what was read is what was stored and rejected, by number and by sum. */
static void
test_reconciled (void)
{
  static const char *const PLACES[] = {"Есиль", "711110000", "Нура",
                                       "Косшы", "",          "Сарыарқа ауданы"};
  GRand *rand = g_rand_new_with_seed (5);

  for (guint turn = 0; turn < 20; turn++) {
    g_autoptr (GString) text = g_string_new ("place_ref;as_of;reg_permanent;reg_temporary\n");
    g_autoptr (QonysImportReport) report = NULL;
    g_autoptr (QonysProject) next = NULL;
    guint n_rows = g_rand_int_range (rand, 2, 400);
    double sum = 0, by_district = 0;

    for (guint i = 0; i < n_rows; i++) {
      int count = g_rand_int_range (rand, 0, 1000);
      gboolean is_number = i == 0 || g_rand_int_range (rand, 0, 10) > 0;
      const char *place = i == 0 ? "Есиль" : PLACES[g_rand_int_range (rand, 0, 6)];

      sum += is_number ? count : 0;
      g_string_append_printf (text, "%s;2025-%02d-%02d;", place, g_rand_int_range (rand, 1, 13),
                              g_rand_int_range (rand, 1, 29));
      g_string_append_printf (text, is_number ? "%d;1\n" : "%d x;1\n", count);
    }
    next = import_text ("random.csv", text->str, QONYS_RECORD_REGISTRATION_COUNT, &report);
    g_assert_cmpint (report->n_read, ==, n_rows);
    g_assert_cmpuint (report->rejected->len, ==, report->n_rejected);
    g_assert_cmpfloat (find_sum (report, "", "reg_permanent")->read, ==, sum);
    g_assert_cmpfloat (find_sum (report, "", NULL)->stored, ==, report->n_stored);
    for (guint i = 0; i < report->reconciliations->len; i++) {
      const QonysReconciliation *line =
          &g_array_index (report->reconciliations, QonysReconciliation, i);

      g_assert_cmpfloat (line->read, ==, line->stored + line->rejected);
      g_assert_cmpfloat (line->rejected, >=, 0);
      if (g_strcmp0 (line->field, "reg_permanent") == 0 && g_strcmp0 (line->kato, "") != 0)
        by_district += line->read;
    }
    g_assert_cmpfloat (by_district, ==, sum);
  }
  g_rand_free (rand);
}

/* ---- nothing happens ---- */

static void
test_dry_run (void)
{
  g_autofree char *path = NULL;
  g_autofree char *source = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autofree char *before = hash_file (path);
  g_autofree char *after = NULL;
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) next =
      qonys_store_import_by (project, source, recipe, NULL, TRUE, NULL, &report, &error);

  g_assert_no_error (error);
  g_assert_true (next == project);
  g_assert_cmpint (report->n_stored, ==, 3);
  after = hash_file (path);
  g_assert_cmpstr (before, ==, after);
}

/* A disk that is full in the middle of storing. */
static void
test_full_disk (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GString) text = g_string_new ("origin,destination,month,arrivals\n");
  g_autofree char *source = NULL;
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) opened = NULL;
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_FLOW);
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;
  GStatBuf info;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "place %u,Астана,2023-01,%u\n", i, i);
  source = put_text ("flows.csv", text->str);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = info.st_size + 200 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_null (qonys_store_import_by (project, source, recipe, NULL, FALSE, NULL, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  assert_code (&error, QONYS_ERROR_FAILED);
  opened = qonys_store_open_project (path, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_same_projects (project, opened);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/import-by/city-table", test_city_table);
  g_test_add_func ("/store/import-by/wrong-total", test_wrong_total);
  g_test_add_func ("/store/import-by/positions", test_positions);
  g_test_add_func ("/store/import-by/metres", test_metres);
  g_test_add_func ("/store/import-by/districts", test_districts);
  g_test_add_func ("/store/import-by/rules", test_rules);
  g_test_add_func ("/store/import-by/as-of", test_as_of);
  g_test_add_func ("/store/import-by/strip", test_strip);
  g_test_add_func ("/store/import-by/report-file", test_report_file);
  g_test_add_func ("/store/import-by/reconciled", test_reconciled);
  g_test_add_func ("/store/import-by/dry-run", test_dry_run);
  g_test_add_func ("/store/import-by/full-disk", test_full_disk);
  return g_test_run ();
}
