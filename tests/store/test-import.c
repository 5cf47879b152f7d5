/* Importing: what is refused, what is rejected and why, what is stored, and that nothing else
 * happens to the project. */

#include "store-support.h"

#include "geo/mercator.h"
#include "privacy/identifier.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

static QonysProject *
new_project (void)
{
  g_autoptr (GError) error = NULL;
  QonysProject *project = qonys_store_new_project (&error);

  g_assert_no_error (error);
  return project;
}

static QonysTable *
get_table (QonysProject *project, QonysRecordType type)
{
  return qonys_project_get_table (project, type);
}

/* ---- stored ---- */

static void
check_dwellings (QonysProject *project)
{
  QonysTable *table = get_table (project, QONYS_RECORD_DWELLING);

  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_KEY), ==, "d1");
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_DISTRICT), ==, "711210000");
  g_assert_cmpfloat (qonys_table_get_lon_deg (table)[0], ==, 71.43);
  g_assert_cmpfloat (qonys_table_get_lat_deg (table)[0], ==, 51.13);
  g_assert_cmpfloat (qonys_table_get_decimal (table, 0, QONYS_DWELLING_AREA_USEFUL_M2), ==, 35.7);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_DWELLING_ROOMS), ==, 1);
  g_assert_cmpint (qonys_table_get_code (table, 0, QONYS_DWELLING_LEGAL_BASIS_CHECKED), ==, 1);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_DWELLING_AS_OF), ==, day_of ("2024-01-25"));
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_DWELLING_REG_TEMPORARY), ==, 935);
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_DWELLING_STREET_KK), ==, "Қабанбай батыр");
  /* Thousands with a hard space; known zero is not unknown. */
  g_assert_cmpfloat (qonys_table_get_decimal (table, 1, QONYS_DWELLING_AREA_TOTAL_M2), ==, 1060);
  g_assert_true (isnan (qonys_table_get_decimal (table, 1, QONYS_DWELLING_AREA_USEFUL_M2)));
  g_assert_cmpint (qonys_table_get_int (table, 1, QONYS_DWELLING_ROOMS), ==, QONYS_INT_MISSING);
  g_assert_cmpint (qonys_table_get_int (table, 1, QONYS_DWELLING_REG_PERMANENT), ==, 0);
  g_assert_cmpint (qonys_table_get_int (table, 1, QONYS_DWELLING_REG_TEMPORARY), ==,
                   QONYS_INT_MISSING);
  g_assert_cmpint (qonys_table_get_code (table, 1, QONYS_DWELLING_LEGAL_BASIS_CHECKED), ==, 0);
  /* Everything unknown but the key. */
  g_assert_true (isnan (qonys_table_get_lon_deg (table)[2]));
  g_assert_null (qonys_table_get_text (table, 2, QONYS_DWELLING_DISTRICT));
  g_assert_cmpint (qonys_table_get_code (table, 2, QONYS_DWELLING_TYPE), ==, QONYS_CODE_MISSING);
}

static void
test_dwellings (void)
{
  g_autofree char *source = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = import_ok (project, source, QONYS_RECORD_DWELLING, &report);
  const QonysDataset *dataset = qonys_project_get_datasets (next)->pdata[0];

  check_dwellings (next);
  g_assert_cmpint (report->n_stored, ==, 3);
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "extra"));
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "no position"));
  g_assert_cmpuint (strlen (dataset->sha256), ==, 64);
  g_assert_cmpstr (dataset->file_name, ==, "dwellings.csv");
  g_assert_cmpstr (dataset->title, ==, "dwellings");
  g_assert_cmpint (dataset->as_of, ==, day_of ("2024-01-25"));
  g_assert_cmpint (dataset->received_on, ==, day_of ("2026-11-01"));
  g_assert_cmpint (dataset->n_read, ==, 3);
  g_assert_false (dataset->is_synthetic);
  /* The state before is as it was. */
  g_assert_cmpuint (qonys_table_get_n_rows (get_table (project, QONYS_RECORD_DWELLING)), ==, 0);
}

static void
test_into_file (void)
{
  g_autofree char *path = NULL;
  g_autofree char *source = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autofree char *flows =
      put_text ("flows.csv", "origin,destination,month,arrivals,departures,direction_detail\n"
                             "Туркестанская область,Астана,2023-03,10,,inter-regional\n"
                             "Есіл,Нұра,15.04.2023,5,0,intra-city\n");
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysProject) third = NULL;
  g_autoptr (QonysProject) opened = NULL;
  QonysTable *table;

  next = import_ok (project, source, QONYS_RECORD_DWELLING, NULL);
  check_dwellings (next);
  third = import_ok (next, flows, QONYS_RECORD_FLOW, NULL);
  opened = qonys_store_open_project (path, NULL, NULL, NULL);
  check_dwellings (opened);
  g_assert_cmpuint (qonys_project_get_datasets (opened)->len, ==, 2);
  table = get_table (opened, QONYS_RECORD_FLOW);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 2);
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_FLOW_ORIGIN), ==, "Туркестанская область");
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_FLOW_DESTINATION), ==, QONYS_CITY_KATO);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_FLOW_MONTH), ==, day_of ("2023-03-01"));
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_FLOW_DEPARTURES), ==, QONYS_INT_MISSING);
  g_assert_cmpint (qonys_table_get_int (table, 1, QONYS_FLOW_MONTH), ==, day_of ("2023-04-01"));
  g_assert_cmpstr (qonys_table_get_text (table, 1, QONYS_FLOW_ORIGIN), ==, "711210000");
  g_assert_cmpint (qonys_table_get_int (table, 1, QONYS_FLOW_DEPARTURES), ==, 0);
}

static void
test_geometry (void)
{
  double lon = 71.43, lat = 51.13, x, y;
  g_autofree char *text = NULL;
  g_autofree char *source = NULL;
  g_autofree char *swapped = put_text ("swapped.csv", "dwelling_key,x,y\nd1,51.13,71.43\n");
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysProject) turned = NULL;
  g_autoptr (QonysImportReport) report = NULL;
  QonysTable *table;

  qonys_utm42_project (&lon, &lat, 1, &x, &y);
  text = g_strdup_printf (
      "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
      "\"urn:ogc:def:crs:EPSG::32642\"}},\"features\":[{\"type\":\"Feature\",\"properties\":"
      "{\"dwelling_key\":\"d1\",\"rooms\":3},\"geometry\":{\"type\":\"Point\",\"coordinates\":"
      "[%.4f,%.4f]}},{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"d2\"},\"geometry\":"
      "null}]}",
      x, y);
  source = put_text ("dwelling.geojson", text);
  next = import_ok (project, source, QONYS_RECORD_DWELLING, &report);
  table = get_table (next, QONYS_RECORD_DWELLING);
  g_assert_cmpfloat (qonys_distance_m (qonys_table_get_lon_deg (table)[0],
                                       qonys_table_get_lat_deg (table)[0], lon, lat),
                     <, 0.01);
  g_assert_true (isnan (qonys_table_get_lon_deg (table)[1]));
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "EPSG:32642"));

  g_clear_pointer (&report, qonys_import_report_free);
  turned = import_ok (project, swapped, QONYS_RECORD_DWELLING, &report);
  table = get_table (turned, QONYS_RECORD_DWELLING);
  g_assert_cmpfloat (qonys_table_get_lon_deg (table)[0], ==, 71.43);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "exchanged"));
}

/* A workbook: numbers as numbers, a day as a day, a sheet that is not meant. */
static void
test_workbook (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "book.xlsx", NULL);
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysProject) next = NULL;
  GDALDatasetH book = GDALCreate (GDALGetDriverByName ("XLSX"), path, 0, 0, 0, GDT_Unknown, NULL);
  OGRLayerH other = GDALDatasetCreateLayer (book, "Парақ1", NULL, wkbNone, NULL);
  OGRLayerH sheet = GDALDatasetCreateLayer (book, "Sheet2", NULL, wkbNone, NULL);
  static const struct {
    const char *name;
    OGRFieldType type;
  } COLUMNS[] = {{"op_key", OFTString},
                 {"DATE_END", OFTDate},
                 {"viol_517", OFTInteger},
                 {"fines_imposed_kzt", OFTReal},
                 {"district", OFTString}};
  OGRFieldDefnH note = OGR_Fld_Create ("note", OFTString);
  OGRFeatureH row;
  QonysTable *table;

  OGR_L_CreateField (other, note, TRUE);
  OGR_Fld_Destroy (note);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++) {
    OGRFieldDefnH column = OGR_Fld_Create (COLUMNS[i].name, COLUMNS[i].type);

    OGR_L_CreateField (sheet, column, TRUE);
    OGR_Fld_Destroy (column);
  }
  row = OGR_F_Create (OGR_L_GetLayerDefn (sheet));
  OGR_F_SetFieldString (row, 0, "o1");
  OGR_F_SetFieldDateTime (row, 1, 2026, 2, 27, 0, 0, 0, 0);
  OGR_F_SetFieldInteger (row, 2, 442);
  OGR_F_SetFieldDouble (row, 3, 269979415);
  OGR_F_SetFieldString (row, 4, "Байқоңыр ауданы");
  g_assert_cmpint (OGR_L_CreateFeature (sheet, row), ==, OGRERR_NONE);
  OGR_F_Destroy (row);
  GDALClose (book);

  next = import_ok (project, path, QONYS_RECORD_OPERATION, NULL);
  table = get_table (next, QONYS_RECORD_OPERATION);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 1);
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_OPERATION_DATE_END), ==,
                   day_of ("2026-02-27"));
  g_assert_cmpint (qonys_table_get_int (table, 0, QONYS_OPERATION_VIOL_517), ==, 442);
  g_assert_cmpint (qonys_table_get_big (table, 0, QONYS_OPERATION_FINES_IMPOSED_KZT), ==,
                   269979415);
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_OPERATION_DISTRICT), ==, "711410000");
}

static void
test_suspicions (void)
{
  g_autofree char *dwellings = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autofree char *source =
      put_text ("suspicions.csv", "place_ref,status,status_date,ind_gap,explanation\n"
                                  "d1,suspected,2024-02-01,900,large_family; register_lag\n"
                                  "d9,queued,2024-02-01,,\n"
                                  "d1,expired,2024-02-01,,\n"
                                  "d2,queued,2024-02-01,,сосед Иван\n");
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysProject) with_dwellings =
      import_ok (project, dwellings, QONYS_RECORD_DWELLING, NULL);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next =
      import_ok (with_dwellings, source, QONYS_RECORD_SUSPICION, &report);
  QonysTable *table = get_table (next, QONYS_RECORD_SUSPICION);

  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 2);
  g_assert_cmpfloat (qonys_table_get_lon_deg (table)[0], ==, 71.43);
  g_assert_cmpstr (qonys_table_get_text (table, 0, QONYS_SUSPICION_DISTRICT), ==, "711210000");
  g_assert_cmpint (qonys_table_get_code (table, 0, QONYS_SUSPICION_STATUS), ==,
                   QONYS_STATUS_SUSPECTED);
  g_assert_true (isnan (qonys_table_get_lon_deg (table)[1]));
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "not in the project"));
  g_assert_cmpint (report->n_rejected, ==, 2); /* repeated; no word of the list */
}

/* ---- rejected ---- */

/* A repeated row names the one before it as the spreadsheet counts, also in the file to send back,
 * with rows left out between. */
static void
test_repeated (void)
{
  g_autofree char *source =
      put_text ("repeated.csv", "dwelling_key,rooms,reg_permanent\na,4,2\nb,many,1\n\n"
                                "c,1,3\na,2,1\nc,3,2\nb,2,1\nb,2,4\n");
  g_autofree char *target = g_build_filename (support_temp_dir (), "repeated-report.csv", NULL);
  static const char *const lines[] = {"repeats an earlier row of the file: “a”. The earlier one is "
                                      "row 2.",
                                      "repeats an earlier row of the file: “c”. The earlier one is "
                                      "row 5.",
                                      "repeats an earlier row of the file: “b”. The earlier one is "
                                      "row 8."};
  static const gint64 rows[] = {6, 7, 9};
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = import_ok (project, source, QONYS_RECORD_DWELLING, &report);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autofree char *text = NULL;

  g_assert_cmpuint (report->rejections->len, ==, 4); /* the first: many rooms */
  g_assert_true (qonys_store_write_import_report (source, recipe, report, target, NULL, NULL));
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    const QonysRejection *rejection = report->rejections->pdata[i + 1];

    g_assert_cmpint (rejection->row, ==, rows[i]);
    g_assert_nonnull (strstr (rejection->reason, lines[i]));
    g_assert_nonnull (strstr (text, lines[i]));
  }
}

typedef struct {
  QonysRecordType type;
  const char *header, *row, *column, *reason;
} Rejected;

static const Rejected REJECTED[] = {
    {QONYS_RECORD_DWELLING, "dwelling_key,rooms", ",2", "dwelling_key", "required"},
    {QONYS_RECORD_DWELLING, "dwelling_key,rooms", "d1,two", "rooms", "not a number: “two”"},
    {QONYS_RECORD_DWELLING, "dwelling_key,rooms", "d1,2.5", "rooms", "whole"},
    {QONYS_RECORD_DWELLING, "dwelling_key,rooms", "d1,21", "rooms", "range"},
    {QONYS_RECORD_DWELLING, "dwelling_key,reg_permanent", "d1,-1", "reg_permanent", "range"},
    {QONYS_RECORD_DWELLING, "dwelling_key,reg_permanent", "d1,99999999999", "reg_permanent",
     "range"},
    {QONYS_RECORD_DWELLING, "dwelling_key,area_total_m2", "d1,4.9", "area_total_m2", "range"},
    {QONYS_RECORD_DWELLING, "dwelling_key,area_total_m2", "d1,nan", "area_total_m2", "number"},
    {QONYS_RECORD_DWELLING, "dwelling_key,area_living_m2,area_useful_m2", "d1,30,20",
     "area_living_m2", "areas"},
    {QONYS_RECORD_DWELLING, "dwelling_key,area_useful_m2,area_total_m2", "d1,30,20",
     "area_useful_m2", "areas"},
    {QONYS_RECORD_DWELLING, "dwelling_key,area_living_m2,area_total_m2", "d1,30,20",
     "area_living_m2", "areas"},
    {QONYS_RECORD_DWELLING, "dwelling_key,reg_permanent,reg_temporary,reg_citizens,reg_foreigners",
     "d1,2,3,4,5", "reg_citizens", "add up"},
    {QONYS_RECORD_DWELLING, "dwelling_key,reg_permanent,reg_temporary,reg_relatives", "d1,2,3,6",
     "reg_relatives", "whole"},
    {QONYS_RECORD_DWELLING, "dwelling_key,reg_after_norm,reg_after_norm_nonrelative", "d1,2,3",
     "reg_after_norm_nonrelative", "whole"},
    {QONYS_RECORD_DWELLING, "dwelling_key,district", "d1,Косшы", "district", "no district"},
    {QONYS_RECORD_DWELLING, "dwelling_key,district", "d1,город Алматы", "district", "no district"},
    {QONYS_RECORD_DWELLING, "dwelling_key,dwelling_type", "d1,palace", "dwelling_type", "word"},
    {QONYS_RECORD_DWELLING, "dwelling_key,legal_basis_checked", "d1,perhaps", "legal_basis_checked",
     "yes nor no"},
    {QONYS_RECORD_DWELLING, "dwelling_key,as_of", "d1,31.02.2024", "as_of", "not a date"},
    {QONYS_RECORD_DWELLING, "dwelling_key,as_of", "d1,02.11.2026", "as_of", "future"},
    {QONYS_RECORD_DWELLING, "dwelling_key,lon,lat", "d1,76.9,43.2", NULL, "outside"},
    {QONYS_RECORD_DWELLING, "dwelling_key,lon,lat", "d1,east,51.1", NULL, "not a number"},
    {QONYS_RECORD_DWELLING, "dwelling_key,rooms", "good,1", "dwelling_key", "repeats"},
    {QONYS_RECORD_OPERATION, "op_key,date_start,date_end", "o1,2026-10-01,2026-11-02", "date_end",
     "not ended"},
    {QONYS_RECORD_OPERATION, "op_key,date_start,date_end", "o1,2026-10-02,2026-10-01", "date_end",
     "begins"},
    {QONYS_RECORD_OPERATION, "op_key,date_end,persons_checked", "o1,,5", "date_end", "required"},
    {QONYS_RECORD_REGISTRATION_COUNT, "place_ref,as_of,reg_permanent", "d1,2024-01-01,5",
     "place_ref", "no district"},
    {QONYS_RECORD_FLOW, "origin,destination,month", "Шымкент,Шымкент,2023-01-01", "destination",
     "no district"},
    {QONYS_RECORD_INDICATOR, "indicator,place_ref,period_start,period_end,value",
     "I01,Нура,2024-02-01,2024-01-01,5", "period_end", "begins"},
};

/* A row that is stored, under the same header. */
static char *
make_good_row (const Rejected *rejected)
{
  g_auto (GStrv) names = g_strsplit (rejected->header, ",", -1);
  g_autoptr (GString) row = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++) {
    const char *value = "";

    if (g_str_has_suffix (names[i], "_key"))
      value = "good";
    else if (g_str_equal (names[i], "date_end") || g_str_equal (names[i], "month") ||
             g_str_equal (names[i], "period_end") ||
             (rejected->type != QONYS_RECORD_DWELLING && g_str_equal (names[i], "as_of")))
      value = "2024-01-01";
    else if (g_str_equal (names[i], "place_ref") || g_str_equal (names[i], "destination"))
      value = "Астана";
    else if (g_str_equal (names[i], "origin"))
      value = "Шымкент";
    else if (g_str_equal (names[i], "indicator"))
      value = "I02";
    else if (g_str_equal (names[i], "lon"))
      value = "71.4";
    else if (g_str_equal (names[i], "lat"))
      value = "51.1";
    g_string_append_printf (row, "%s%s", i > 0 ? "," : "", value);
  }
  return g_string_free (g_steal_pointer (&row), FALSE);
}

static void
test_rejected (void)
{
  g_autoptr (QonysProject) project = new_project ();

  for (guint i = 0; i < G_N_ELEMENTS (REJECTED); i++) {
    const Rejected *rejected = &REJECTED[i];
    g_autofree char *good = make_good_row (rejected);
    g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n", rejected->header, good, rejected->row);
    g_autofree char *name = g_strdup_printf ("rejected-%u.csv", i);
    g_autofree char *path = put_text (name, text);
    g_autoptr (QonysImportReport) report = NULL;
    g_autoptr (QonysProject) next = import_ok (project, path, rejected->type, &report);
    const QonysRejection *rejection;

    g_test_message ("%s: %s", rejected->row, rejected->reason);
    g_assert_cmpint (report->n_stored, ==, 1);
    g_assert_cmpint (report->n_rejected, ==, 1);
    g_assert_cmpuint (report->rejections->len, ==, 1);
    g_assert_cmpuint (g_hash_table_size (report->n_by_reason), ==, 1);
    rejection = report->rejections->pdata[0];
    g_assert_cmpint (rejection->row, ==, 3); /* as a spreadsheet counts */
    g_assert_cmpstr (rejection->column, ==, rejected->column);
    if (strstr (rejection->reason, rejected->reason) == NULL)
      g_error ("“%s” does not say “%s”", rejection->reason, rejected->reason);
  }
}

/* 3,000 rows of which every second is wrong: all are counted, a thousand are listed. */
static void
test_reconciled (void)
{
  g_autoptr (GString) text = g_string_new ("dwelling_key,rooms\n");
  g_autofree char *path = NULL;
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysImportReport) report = NULL;
  GHashTableIter iter;
  gpointer count;
  int sum = 0;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "d%u,%s\n", i, i % 2 == 0 ? "2" : i % 4 == 1 ? "x" : "99");
  path = put_text ("many.csv", text->str);
  next = import_ok (project, path, QONYS_RECORD_DWELLING, &report);
  g_assert_cmpint (report->n_read, ==, 3000);
  g_assert_cmpint (report->n_stored, ==, 1500);
  g_assert_cmpuint (report->rejections->len, ==, 1000);
  g_assert_cmpuint (g_hash_table_size (report->n_by_reason), ==, 2);
  g_hash_table_iter_init (&iter, report->n_by_reason);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    sum += GPOINTER_TO_INT (count);
  g_assert_cmpint (sum, ==, 1500);
  g_assert_cmpuint (qonys_table_get_n_rows (get_table (next, QONYS_RECORD_DWELLING)), ==, 1500);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/import/dwellings", test_dwellings);
  g_test_add_func ("/store/import/into-file", test_into_file);
  g_test_add_func ("/store/import/geometry", test_geometry);
  g_test_add_func ("/store/import/workbook", test_workbook);
  g_test_add_func ("/store/import/suspicions", test_suspicions);
  g_test_add_func ("/store/import/repeated", test_repeated);
  g_test_add_func ("/store/import/rejected", test_rejected);
  g_test_add_func ("/store/import/reconciled", test_reconciled);
  return g_test_run ();
}
