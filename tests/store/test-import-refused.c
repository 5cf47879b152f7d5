/* What import refuses as a whole, what it leaves as it was, and how datasets stand beside each
 * other. */

#include "store-support.h"

#include "privacy/identifier.h"

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

/* ---- refused ---- */

static gboolean
contains (const char *path, const char *needle)
{
  g_autofree char *contents = NULL;
  gsize length, needle_length = strlen (needle);

  g_file_get_contents (path, &contents, &length, NULL);
  for (gsize i = 0; i + needle_length <= length; i++)
    if (memcmp (contents + i, needle, needle_length) == 0)
      return TRUE;
  return FALSE;
}

static void
test_persons (void)
{
  static const char *const FILES[] = {
      "dwelling_key,comment\nd1,ok\nd2,991231100010\n",
      "dwelling_key,comment\nd1,ok\nd2,9912 3110 0010\n",
      "dwelling_key,ИИН\nd1,1\n",
      "dwelling_key,rooms,ФИО\nd1,2,x\n",
      "dwelling_key,street_ru\nd1,+7 701 123 45 67\n",
      "dwelling_key,rooms\n991231100010,2\n",
  };
  g_autofree char *path = NULL;
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autofree char *before = hash_file (path);

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *name = g_strdup_printf ("persons-%u.csv", i);
    g_autofree char *source = put_text (name, FILES[i]);
    g_autofree char *after = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysImportReport) report = NULL;

    g_test_message ("%s", FILES[i]);
    g_assert_null (
        import_file (project, source, QONYS_RECORD_DWELLING, FALSE, NULL, &report, &error));
    g_assert_error (error, QONYS_ERROR, QONYS_ERROR_PERSONAL_DATA);
    g_assert_null (strstr (error->message, "991231100010"));
    g_assert_cmpint (qonys_findings_get_verdict (report->findings), ==, QONYS_VERDICT_REFUSE);
    g_assert_cmpint (report->n_stored, ==, 0);
    after = hash_file (path);
    g_assert_cmpstr (before, ==, after);
    g_assert_false (contains (path, "991231100010"));
  }
}

/* In a table of the workbook that would not be read, in a name, in a lost encoding. */
static void
test_hidden_persons (void)
{
  g_autofree char *six = put_text (
      "layers.kml",
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"
      "<Folder><name>dwelling</name><Placemark><name>a</name><Point><coordinates>71.4,51.1"
      "</coordinates></Point></Placemark></Folder>"
      "<Folder><name>other</name><Placemark><name>991231100010</name><Point><coordinates>"
      "71.4,51.1</coordinates></Point></Placemark></Folder></Document></kml>");
  g_autofree char *named = put_text (
      "991231100010.geojson",
      "{\"type\":\"FeatureCollection\",\"name\":\"dwelling\",\"features\":[{\"type\":\"Feature\","
      "\"properties\":{\"dwelling_key\":\"d1\"},\"geometry\":null}]}");
  gsize length;
  g_autofree char *legacy =
      g_convert ("dwelling_key,ФИО\nd1,а\n", -1, "CP1251", "UTF-8", NULL, &length, NULL);
  g_autofree char *legacy_path = put_text ("legacy.csv", legacy);
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (GError) error = NULL;

  g_assert_null (import_file (project, six, QONYS_RECORD_DWELLING, FALSE, NULL, NULL, &error));
  g_assert_nonnull (error); /* no dwelling_key, or the number: it is not stored either way */
  import_error (project, named, QONYS_RECORD_DWELLING, QONYS_ERROR_PERSONAL_DATA, "9912");
  import_error (project, legacy_path, QONYS_RECORD_DWELLING, QONYS_ERROR_PERSONAL_DATA, "ФИО");
}

static void
test_failures (void)
{
  g_autofree char *path = NULL;
  g_autofree char *source = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autofree char *twin = put_text ("twin.csv", SUPPORT_DWELLINGS);
  g_autofree char *other = put_text ("other.csv", "a,b\n1,2\n");
  g_autofree char *header = put_text ("header.csv", "dwelling_key,rooms\n");
  g_autofree char *far = put_text ("far.csv", "dwelling_key,lon,lat\nd1,76.9,43.2\n");
  g_autofree char *empty = put_text ("empty.csv", "");
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) next = import_ok (project, source, QONYS_RECORD_DWELLING, NULL);
  g_autofree char *before = hash_file (path);
  g_autofree char *after = NULL;

  import_error (next, twin, QONYS_RECORD_DWELLING, QONYS_ERROR_FAILED, "already");
  import_error (next, other, QONYS_RECORD_DWELLING, QONYS_ERROR_FIELDS, "Dwelling code");
  import_error (next, header, QONYS_RECORD_DWELLING, QONYS_ERROR_FORMAT, "no rows");
  import_error (next, far, QONYS_RECORD_DWELLING, QONYS_ERROR_WRONG_PLACE, "outside");
  import_error (next, empty, QONYS_RECORD_DWELLING, QONYS_ERROR_FORMAT, "0 bytes");
  import_error (next, "/nowhere/x.csv", QONYS_RECORD_DWELLING, QONYS_ERROR_NOT_FOUND, "Check");
  import_error (next, support_temp_dir (), QONYS_RECORD_DWELLING, QONYS_ERROR_FORMAT, "folder");
  after = hash_file (path);
  g_assert_cmpstr (before, ==, after);
}

/* A failure in the middle of the transaction: the file is as it was, to the byte. */
static void
test_transaction (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GString) text = g_string_new ("origin,destination,month,arrivals\n");
  g_autofree char *source = NULL;
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) next = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "place %u,Астана,2023-01,%u\n", i, i);
  source = put_text ("flows.csv", text->str);
  run_sql (path, "CREATE TRIGGER stop BEFORE INSERT ON flow WHEN NEW.arrivals = 4321 "
                 "BEGIN SELECT RAISE(ABORT, 'stop'); END");
  before = hash_file (path);
  import_error (project, source, QONYS_RECORD_FLOW, QONYS_ERROR_FAILED, "as it was");
  after = hash_file (path);
  g_assert_cmpstr (before, ==, after);
  run_sql (path, "DROP TRIGGER stop");
  next = import_ok (project, source, QONYS_RECORD_FLOW, NULL);
  g_assert_cmpuint (qonys_table_get_n_rows (get_table (next, QONYS_RECORD_FLOW)), ==, 5000);
}

static void
test_cancel (void)
{
  g_autofree char *source = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysJob) job = qonys_job_new ("");
  g_autoptr (GError) error = NULL;

  qonys_job_cancel (job);
  g_assert_null (import_file (project, source, QONYS_RECORD_DWELLING, FALSE, job, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
}

/* ---- several datasets ---- */

static void
test_no_double_counting (void)
{
  g_autofree char *first = put_text ("a.csv", "origin,destination,month,arrivals\n"
                                              "Шымкент,Астана,2023-01,5\n"
                                              "Шымкент,Астана,2023-02,6\n");
  g_autofree char *second = put_text ("b.csv", "origin,destination,month,arrivals\n"
                                               "Шымкент,Астана,2023-02,60\n"
                                               "Шымкент,Астана,2023-03,7\n");
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysProject) next = import_ok (project, first, QONYS_RECORD_FLOW, NULL);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) third = import_ok (next, second, QONYS_RECORD_FLOW, &report);
  QonysTable *table = get_table (third, QONYS_RECORD_FLOW);
  gint64 sum = 0;

  g_assert_cmpint (report->n_rejected, ==, 1);
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
    sum += qonys_table_get_int (table, row, QONYS_FLOW_ARRIVALS);
  g_assert_cmpint (sum, ==, 5 + 6 + 7);
}

/* Real data hide training data; older data do not hide newer ones. */
static void
test_active (void)
{
  g_autofree char *training = put_text ("t.csv", "dwelling_key,as_of\nt1,2026-01-01\n");
  g_autofree char *real = put_text ("r.csv", "dwelling_key,as_of\nr1,2025-01-01\n");
  g_autofree char *older = put_text ("o.csv", "dwelling_key,as_of\no1,2024-01-01\n");
  g_autofree char *path = NULL;
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) a = NULL;
  g_autoptr (QonysProject) b = NULL;
  g_autoptr (QonysProject) c = NULL;
  g_autoptr (QonysProject) memory = new_project ();
  g_autoptr (QonysProject) d = NULL;
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  a = import_file (project, training, QONYS_RECORD_DWELLING, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (qonys_project_is_synthetic (a));
  b = import_ok (a, real, QONYS_RECORD_DWELLING, NULL);
  g_assert_false (qonys_project_is_synthetic (b));
  g_assert_cmpstr (
      qonys_table_get_text (get_table (b, QONYS_RECORD_DWELLING), 0, QONYS_DWELLING_KEY), ==, "r1");
  c = import_ok (b, older, QONYS_RECORD_DWELLING, &report);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "not in use"));
  g_assert_cmpstr (
      qonys_table_get_text (get_table (c, QONYS_RECORD_DWELLING), 0, QONYS_DWELLING_KEY), ==, "r1");
  g_assert_cmpuint (qonys_project_get_datasets (c)->len, ==, 3);

  d = import_ok (memory, real, QONYS_RECORD_DWELLING, NULL);
  import_error (d, older, QONYS_RECORD_DWELLING, QONYS_ERROR_FAILED, "Save the project");
}

/* The same dwellings a year later, one with a hundred more people in it. */
static void
test_jump (void)
{
  g_autofree char *first = put_text ("a.csv", "dwelling_key,as_of,reg_permanent,reg_temporary\n"
                                              "d1,2025-01-01,3,0\nd2,2025-01-01,3,0\n");
  g_autofree char *second = put_text ("b.csv", "dwelling_key,as_of,reg_permanent,reg_temporary\n"
                                               "d1,2026-01-01,3,100\nd2,2026-01-01,4,0\n");
  g_autoptr (QonysProject) project = new_project ();
  g_autoptr (QonysProject) next = import_ok (project, first, QONYS_RECORD_DWELLING, NULL);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) third = import_ok (next, second, QONYS_RECORD_DWELLING, &report);

  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "in 1 dwelling."));
}

static void
test_norm_stays (void)
{
  g_autofree char *path = NULL;
  g_autofree char *source = put_text ("dwellings.csv", SUPPORT_DWELLINGS);
  g_autoptr (QonysProject) project = new_file_project (&path);
  QonysNorm norm = *qonys_project_get_norm (project);
  g_autoptr (QonysProject) changed = NULL;
  g_autoptr (QonysProject) next = NULL;

  norm.norm_m2 = 12;
  changed = qonys_project_with_norm (project, &norm);
  next = import_ok (changed, source, QONYS_RECORD_DWELLING, NULL);
  g_assert_cmpfloat (qonys_project_get_norm (next)->norm_m2, ==, 12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/import-refused/persons", test_persons);
  g_test_add_func ("/store/import-refused/hidden-persons", test_hidden_persons);
  g_test_add_func ("/store/import-refused/failures", test_failures);
  g_test_add_func ("/store/import-refused/transaction", test_transaction);
  g_test_add_func ("/store/import-refused/cancel", test_cancel);
  g_test_add_func ("/store/import-refused/no-double-counting", test_no_double_counting);
  g_test_add_func ("/store/import-refused/active", test_active);
  g_test_add_func ("/store/import-refused/jump", test_jump);
  g_test_add_func ("/store/import-refused/norm-stays", test_norm_stays);
  return g_test_run ();
}
