/* The project file: what is written comes back, missing stays missing, nothing is lost on the way.
 */

#include "store-support.h"

#include "geo/mercator.h"

#include <gdal.h>
#include <glib/gstdio.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

#define N_ROWS 2000

/* A value of a field that depends on row and field only; every third is missing. */
static void
add_value (QonysTableBuilder *builder, const QonysField *field, guint number, gsize row)
{
  guint n = (guint)row * 31 + number * 7;

  if (n % 3 == 0 && !field->is_required) {
    qonys_table_builder_add_missing (builder, number);
    return;
  }
  switch (field->type) {
  case QONYS_FIELD_INT:
    qonys_table_builder_add_int (builder, number, n % 5 == 0 ? 0 : (gint32)n);
    break;
  case QONYS_FIELD_DATE:
    qonys_table_builder_add_int (builder, number, (gint32)(n % 20000) - 100);
    break;
  case QONYS_FIELD_BIG:
    qonys_table_builder_add_big (builder, number, G_GINT64_CONSTANT (269979415000000) + n);
    break;
  case QONYS_FIELD_DECIMAL:
    qonys_table_builder_add_decimal (builder, number, n / 7.0);
    break;
  case QONYS_FIELD_ENUM:
    qonys_table_builder_add_code (builder, number, n % g_strv_length ((char **)field->values));
    break;
  case QONYS_FIELD_BOOL:
    qonys_table_builder_add_code (builder, number, n % 2);
    break;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  default: {
    g_autofree char *text = g_strdup_printf ("Қабанбай батыр даңғылы \"%u\" '₸'", n % 400);

    qonys_table_builder_add_text (builder, number, text, -1);
  }
  }
}

static QonysTable *
make_table (QonysRecordType type, gsize n_rows, gint32 dataset_id)
{
  const QonysSchema *schema = qonys_schema_get (type);
  QonysTableBuilder *builder = qonys_table_builder_new (type, n_rows);

  for (gsize row = 0; row < n_rows; row++) {
    for (guint i = 0; i < schema->n_fields; i++)
      add_value (builder, &schema->fields[i], i, row);
    if (schema->has_position)
      qonys_table_builder_add_position (builder, row % 10 == 0 ? NAN : 71.2 + row / 7e4,
                                        row % 10 == 0 ? NAN : 51.0 + row / 9e4);
    qonys_table_builder_add_dataset_id (builder, dataset_id);
  }
  return qonys_table_builder_finish (builder);
}

static QonysDataset *
make_dataset (gint32 id, QonysRecordType type, const char *as_of)
{
  QonysDataset *dataset = qonys_dataset_new ();

  dataset->id = id;
  dataset->type = type;
  dataset->title = g_strdup ("Тұрғын үйлер");
  dataset->file_name = g_strdup ("үйлер.csv");
  dataset->sha256 = g_strdup_printf ("%064d", id);
  dataset->as_of = day_of (as_of);
  dataset->received_on = day_of ("2026-10-31");
  dataset->n_read = 10;
  dataset->n_stored = 7;
  dataset->n_rejected = 3;
  dataset->is_synthetic = TRUE;
  return dataset;
}

static QonysProject *
make_project (void)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES];
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysNorm norm = qonys_norm_get_default ();

  norm.norm_m2 = 12.5;
  norm.area_kind = QONYS_AREA_TOTAL;
  norm.exempt_relatives = !norm.exempt_relatives;
  norm.count_existing = !norm.count_existing;
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    tables[type] = make_table (type, N_ROWS, (gint32)type + 1);
    g_ptr_array_add (datasets, make_dataset ((gint32)type + 1, type, "2026-10-01"));
  }
  return qonys_project_new (NULL, tables, datasets, qonys_store_load_bundled_districts (NULL),
                            qonys_store_load_bundled_base (NULL), &norm);
}

static void
write_project (QonysProject *project, const char *path)
{
  g_autoptr (GError) error = NULL;

  qonys_store_write_project (project, path, NULL, &error);
  g_assert_no_error (error);
}

static QonysProject *
open_project (const char *path, GPtrArray *diagnostics)
{
  g_autoptr (GError) error = NULL;
  QonysProject *project = qonys_store_open_project (path, NULL, diagnostics, &error);

  g_assert_no_error (error);
  return project;
}

static void
assert_same_number (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same_value (const QonysTable *a, const QonysTable *b, gsize row, guint field)
{
  switch (qonys_table_get_schema (a)->fields[field].type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_DATE:
    g_assert_cmpint (qonys_table_get_int (a, row, field), ==, qonys_table_get_int (b, row, field));
    break;
  case QONYS_FIELD_BIG:
    g_assert_cmpint (qonys_table_get_big (a, row, field), ==, qonys_table_get_big (b, row, field));
    break;
  case QONYS_FIELD_DECIMAL:
    assert_same_number (qonys_table_get_decimal (a, row, field),
                        qonys_table_get_decimal (b, row, field));
    break;
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    g_assert_cmpint (qonys_table_get_code (a, row, field), ==,
                     qonys_table_get_code (b, row, field));
    break;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  default:
    g_assert_cmpstr (qonys_table_get_text (a, row, field), ==,
                     qonys_table_get_text (b, row, field));
  }
}

static void
assert_same_tables (const QonysTable *a, const QonysTable *b)
{
  const QonysSchema *schema = qonys_table_get_schema (a);

  g_assert_cmpuint (qonys_table_get_n_rows (a), ==, qonys_table_get_n_rows (b));
  for (gsize row = 0; row < qonys_table_get_n_rows (a); row++) {
    for (guint i = 0; i < schema->n_fields; i++)
      assert_same_value (a, b, row, i);
    if (schema->has_position) {
      assert_same_number (qonys_table_get_lon_deg (a)[row], qonys_table_get_lon_deg (b)[row]);
      assert_same_number (qonys_table_get_lat_deg (a)[row], qonys_table_get_lat_deg (b)[row]);
    }
    g_assert_cmpint (qonys_table_get_dataset_ids (a)[row], ==,
                     qonys_table_get_dataset_ids (b)[row]);
  }
}

static void
assert_same_districts (QonysDistricts *a, QonysDistricts *b)
{
  g_assert_cmpuint (qonys_districts_get_n (a), ==, qonys_districts_get_n (b));
  for (guint i = 0; i < qonys_districts_get_n (a); i++) {
    const QonysDistrict *x = qonys_districts_get (a, i), *y = qonys_districts_get (b, i);

    g_assert_cmpstr (x->kato, ==, y->kato);
    g_assert_cmpstr (x->split_from, ==, y->split_from);
    g_assert_cmpstr (x->source, ==, y->source);
    for (guint j = 0; j < QONYS_N_LANGUAGES; j++)
      g_assert_cmpstr (x->name.text[j], ==, y->name.text[j]);
    assert_same_number (x->area_km2, y->area_km2);
    g_assert_cmpint (x->valid_from, ==, y->valid_from);
    g_assert_cmpint (x->valid_to, ==, y->valid_to);
    g_assert_cmpint (x->is_schematic, ==, y->is_schematic);
    g_assert_cmpuint (x->shape->n_rings, ==, y->shape->n_rings);
    g_assert_cmpfloat_with_epsilon (qonys_shape_get_area (x->shape),
                                    qonys_shape_get_area (y->shape), 1e-14);
    g_assert_cmpfloat_with_epsilon (x->shape->box.min_x, y->shape->box.min_x, 1e-11);
    g_assert_cmpfloat_with_epsilon (x->shape->box.max_y, y->shape->box.max_y, 1e-11);
  }
}

static void
assert_same_projects (QonysProject *a, QonysProject *b)
{
  const QonysNorm *x = qonys_project_get_norm (a), *y = qonys_project_get_norm (b);
  const GPtrArray *datasets = qonys_project_get_datasets (a);

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    assert_same_tables (qonys_project_get_table (a, type), qonys_project_get_table (b, type));
  assert_same_districts (qonys_project_get_districts (a), qonys_project_get_districts (b));
  g_assert_cmpfloat (x->norm_m2, ==, y->norm_m2);
  g_assert_cmpint (x->area_kind, ==, y->area_kind);
  g_assert_cmpint (x->exempt_relatives, ==, y->exempt_relatives);
  g_assert_cmpint (x->future_only, ==, y->future_only);
  g_assert_cmpint (x->count_existing, ==, y->count_existing);
  g_assert_cmpint (x->valid_from, ==, y->valid_from);
  g_assert_cmpuint (datasets->len, ==, qonys_project_get_datasets (b)->len);
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *d = datasets->pdata[i];
    const QonysDataset *e = qonys_project_get_datasets (b)->pdata[i];

    g_assert_cmpint (d->id, ==, e->id);
    g_assert_cmpint (d->type, ==, e->type);
    g_assert_cmpstr (d->title, ==, e->title);
    g_assert_cmpstr (d->supplier, ==, e->supplier);
    g_assert_cmpstr (d->file_name, ==, e->file_name);
    g_assert_cmpstr (d->sha256, ==, e->sha256);
    g_assert_cmpint (d->as_of, ==, e->as_of);
    g_assert_cmpint (d->received_on, ==, e->received_on);
    g_assert_cmpint (d->n_read, ==, e->n_read);
    g_assert_cmpint (d->n_stored, ==, e->n_stored);
    g_assert_cmpint (d->n_rejected, ==, e->n_rejected);
    g_assert_cmpint (d->is_synthetic, ==, e->is_synthetic);
  }
}

static void
test_round_trip (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "жоба.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  write_project (project, path);
  g_assert_true (qonys_store_is_project (path));
  back = open_project (path, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, 0);
  g_assert_cmpstr (qonys_project_get_path (back), ==, path);
  assert_same_projects (project, back);
}

static int
count_rows (const char *path, const char *table, const char *condition)
{
  GDALDatasetH dataset = GDALOpenEx (path, GDAL_OF_VECTOR, NULL, NULL, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE %s", table, condition);
  OGRLayerH result = GDALDatasetExecuteSQL (dataset, sql, NULL, NULL);
  int n = (int)OGR_L_GetFeatureCount (result, TRUE);

  GDALDatasetReleaseResultSet (dataset, result);
  GDALClose (dataset);
  return n;
}

/* In the file what is missing is NULL, and words are words, for other programs to read. */
static void
test_plain_values (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  int n_missing = 0;

  for (gsize row = 0; row < N_ROWS; row++)
    n_missing += qonys_table_get_int (table, row, QONYS_DWELLING_ROOMS) == QONYS_INT_MISSING;
  write_project (project, path);
  g_assert_cmpint (count_rows (path, "dwelling", "rooms IS NULL"), ==, n_missing);
  g_assert_cmpint (count_rows (path, "dwelling", "rooms < 0"), ==, 0);
  g_assert_cmpint (count_rows (path, "dwelling", "ownership = 'state'"), >, 0);
  g_assert_cmpint (count_rows (path, "operation", "fines_imposed_kzt < 0"), ==, 0);
  g_assert_cmpint (count_rows (path, "dwelling", "as_of = '1970-01-01'"), <, N_ROWS / 10);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_same_bytes (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *first = g_build_filename (folder, "a.gpkg", NULL);
  g_autofree char *second = g_build_filename (folder, "b.gpkg", NULL);
  g_autofree char *third = g_build_filename (folder, "c.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) again = make_project ();
  g_autoptr (QonysProject) reopened = NULL;
  g_autofree char *hash_a = NULL;
  g_autofree char *hash_b = NULL;
  g_autofree char *hash_c = NULL;

  write_project (project, first);
  g_usleep (1100000); /* a second passes: no clock is in the file */
  write_project (again, second);
  hash_a = hash_file (first);
  hash_b = hash_file (second);
  g_assert_cmpstr (hash_a, ==, hash_b);
  reopened = open_project (first, NULL);
  write_project (reopened, third);
  hash_c = hash_file (third);
  g_assert_cmpstr (hash_a, ==, hash_c);
  g_assert_cmpuint (count_files (folder), ==, 3); /* no journal, no temporary file */
}

static void
test_empty (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "empty.gpkg", NULL);
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysProject) back = NULL;

  write_project (project, path);
  back = open_project (path, NULL);
  assert_same_projects (project, back);
}

/* Saving over a file keeps its rights; a failed or cancelled save leaves it as it was. */
static void
test_replace (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.gpkg", NULL);
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) empty = qonys_store_new_project (NULL);
  g_autoptr (QonysJob) job = qonys_job_new ("");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GStatBuf info;

  write_project (empty, path);
  g_chmod (path, 0640);
  write_project (empty, path);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);

  before = hash_file (path);
  qonys_job_cancel (job);
  g_assert_false (qonys_store_write_project (project, path, job, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_clear_error (&error);
  g_file_set_contents (journal, "x", 1, NULL);
  g_assert_false (qonys_store_write_project (project, path, NULL, &error));
  assert_code (&error, QONYS_ERROR_PERMISSION);
  g_unlink (journal);
  after = hash_file (path);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_files (folder), ==, 1);

  g_assert_false (qonys_store_write_project (project, folder, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (qonys_store_write_project (project, nowhere, NULL, &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
}

static void
expect_open_error (const char *path, QonysError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_store_open_project (path, NULL, NULL, &error));
  assert_code (&error, code);
}

static void
test_not_ours (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *text = put_text ("text.gpkg", "not a database");
  g_autofree char *cut = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (QonysProject) project = make_project ();
  gsize length;

  write_project (project, path);
  g_file_get_contents (path, &contents, &length, NULL);
  cut = g_build_filename (support_temp_dir (), "cut.gpkg", NULL);
  g_file_set_contents (cut, contents, (gssize)length / 2, NULL);
  expect_open_error (cut, QONYS_ERROR_FORMAT);
  expect_open_error (text, QONYS_ERROR_FORMAT);

  run_sql (path, "UPDATE setting SET value = '99' WHERE key = 'schema_version'");
  g_assert_true (qonys_store_is_project (path));
  expect_open_error (path, QONYS_ERROR_NEWER);
  run_sql (path, "DELETE FROM setting");
  g_assert_false (qonys_store_is_project (path));
  expect_open_error (path, QONYS_ERROR_FORMAT);
}

/* What another program may do to the file: styles, views, a spatial index, an edited cell, a new
 * row, columns gone or of another type. */
static void
test_touched (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysTable *dwellings, *flows;

  write_project (project, path);
  run_sql (path, "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT)");
  run_sql (path, "SELECT CreateSpatialIndex('dwelling', 'geom')");
  run_sql (path, "UPDATE dwelling SET rooms = 7, ownership = 'state' WHERE fid = 5");
  run_sql (path, "UPDATE dwelling SET ownership = 'nonsense' WHERE fid = 6");
  run_sql (path, "INSERT INTO dwelling (dwelling_key) VALUES ('drawn in another program')");
  run_sql (path, "ALTER TABLE dwelling DROP COLUMN house");
  run_sql (path, "ALTER TABLE flow RENAME COLUMN arrivals TO old");
  run_sql (path, "ALTER TABLE flow ADD COLUMN arrivals TEXT");
  run_sql (path, "UPDATE flow SET arrivals = '42'");
  run_sql (path, "DROP TABLE indicator");
  run_sql (path, "DELETE FROM gpkg_contents WHERE table_name = 'indicator'");
  run_sql (path, "PRAGMA journal_mode = WAL");

  back = open_project (path, diagnostics);
  dwellings = qonys_project_get_table (back, QONYS_RECORD_DWELLING);
  flows = qonys_project_get_table (back, QONYS_RECORD_FLOW);
  g_assert_cmpuint (qonys_table_get_n_rows (dwellings), ==, N_ROWS);
  g_assert_cmpint (qonys_table_get_int (dwellings, 4, QONYS_DWELLING_ROOMS), ==, 7);
  g_assert_cmpint (qonys_table_get_code (dwellings, 4, QONYS_DWELLING_OWNERSHIP), ==, 2);
  g_assert_cmpint (qonys_table_get_code (dwellings, 5, QONYS_DWELLING_OWNERSHIP), ==,
                   QONYS_CODE_MISSING);
  g_assert_null (qonys_table_get_text (dwellings, 4, QONYS_DWELLING_HOUSE));
  g_assert_cmpint (qonys_table_get_int (flows, 0, QONYS_FLOW_ARRIVALS), ==, 42);
  g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (back, QONYS_RECORD_INDICATOR)),
                    ==, 0);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "house"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "indicator"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "dataset_id"));
}

/* Rows of a dataset that is not in use are not read, but go along when the project is saved
 * elsewhere. */
static void
test_unused_rows (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *copy = g_build_filename (support_temp_dir (), "b.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (QonysProject) third = NULL;
  QonysTable *table;

  write_project (project, path);
  run_sql (path, "INSERT INTO dataset (id, type, title, as_of, is_synthetic) "
                 "VALUES (77, 'dwelling', 'older', '2020-01-01', 1)");
  run_sql (path, "UPDATE dwelling SET dataset_id = 77 WHERE fid <= 500");
  back = open_project (path, NULL);
  table = qonys_project_get_table (back, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, N_ROWS - 500);

  write_project (back, copy);
  run_sql (copy, "DELETE FROM dataset WHERE id = 1");
  third = open_project (copy, NULL);
  table = qonys_project_get_table (third, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 500);
  g_assert_cmpint (qonys_table_get_dataset_ids (table)[0], ==, 77);
}

static void
test_set_districts (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *source =
      put_features ("six.geojson", make_square (71.3, 51.1, 0.02, "\"name\":\"Нура\""),
                    make_square (71.4, 51.1, 0.02, "\"name\":\"Сарайшык\""), NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) opened = NULL;
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysProject) in_memory = NULL;
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (QonysDistricts) districts =
      qonys_store_read_districts (source, NULL, QONYS_DAY_MISSING, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint n_given = 0;

  in_memory = qonys_store_set_districts (project, districts, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qonys_districts_get_n (qonys_project_get_districts (in_memory)), ==, 7);
  write_project (project, path);
  opened = open_project (path, NULL);
  next = qonys_store_set_districts (opened, districts, NULL, &error);
  g_assert_no_error (error);
  back = open_project (path, NULL);
  assert_same_projects (next, back);
  for (guint i = 0; i < 7; i++)
    n_given += !qonys_districts_get (qonys_project_get_districts (back), i)->is_schematic;
  g_assert_cmpuint (n_given, ==, 2);
}

/* More rows than a batch holds, and row numbers with gaps, which GDAL streams in another way. */
static void
test_batches (void)
{
  const gsize n_rows = 140000;
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {make_table (QONYS_RECORD_DWELLING, n_rows, 1)};
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysNorm norm = qonys_norm_get_default ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (QonysProject) gapped = NULL;
  const QonysTable *table;

  g_ptr_array_add (datasets, make_dataset (1, QONYS_RECORD_DWELLING, "2026-10-01"));
  project = qonys_project_new (NULL, tables, datasets, qonys_store_load_bundled_districts (NULL),
                               qonys_store_load_bundled_base (NULL), &norm);
  write_project (project, path);
  back = open_project (path, NULL);
  assert_same_tables (qonys_project_get_table (project, QONYS_RECORD_DWELLING),
                      qonys_project_get_table (back, QONYS_RECORD_DWELLING));

  run_sql (path, "DELETE FROM dwelling WHERE fid % 1000 = 7");
  gapped = open_project (path, NULL);
  table = qonys_project_get_table (gapped, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, n_rows - n_rows / 1000);
  for (gsize row = 0; row < 999; row++)
    for (guint i = 0; i < QONYS_DWELLING_N_FIELDS; i += 3) {
      g_autofree char *a = qonys_table_format_value (table, 6 + row, i);
      g_autofree char *b = qonys_table_format_value (
          qonys_project_get_table (back, QONYS_RECORD_DWELLING), 7 + row, i);

      g_assert_cmpstr (a, ==, b);
    }
}

/* Holes in the file are told, never read as fewer rows. */
static void
test_damaged (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gsize length;

  write_project (project, path);
  g_file_get_contents (path, &contents, &length, NULL);
  for (guint i = 0; i < 40; i++) {
    g_autofree char *damaged = g_memdup2 (contents, length);
    gsize page = (gsize)g_rand_int_range (rand, 1, (gint32)(length / 4096)) * 4096;
    g_autoptr (QonysProject) back = NULL;
    g_autoptr (GError) error = NULL;

    memset (damaged + page, i % 2 == 0 ? 0 : 0xFF, 4096);
    g_file_set_contents (path, damaged, (gssize)length, NULL);
    back = qonys_store_open_project (path, NULL, NULL, &error);
    g_assert_true ((back == NULL) == (error != NULL));
    for (guint type = 0; back != NULL && type < QONYS_N_RECORD_TYPES; type++)
      g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (back, type)), ==, N_ROWS);
  }
}

/* A reader and a writer at once, each on a thread of its own. */
static gpointer
read_in_thread (gpointer path)
{
  for (guint i = 0; i < 5; i++) {
    g_autoptr (QonysProject) project = open_project (path, NULL);

    g_assert_cmpuint (
        qonys_table_get_n_rows (qonys_project_get_table (project, QONYS_RECORD_DWELLING)), ==,
        N_ROWS);
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *other = g_build_filename (support_temp_dir (), "b.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  GThread *threads[2];

  write_project (project, path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_in_thread, path);
  for (guint i = 0; i < 3; i++) {
    write_project (project, other);
    write_project (project, path);
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/project/round-trip", test_round_trip);
  g_test_add_func ("/store/project/plain-values", test_plain_values);
  g_test_add_func ("/store/project/same-bytes", test_same_bytes);
  g_test_add_func ("/store/project/empty", test_empty);
  g_test_add_func ("/store/project/replace", test_replace);
  g_test_add_func ("/store/project/not-ours", test_not_ours);
  g_test_add_func ("/store/project/touched", test_touched);
  g_test_add_func ("/store/project/unused-rows", test_unused_rows);
  g_test_add_func ("/store/project/set-districts", test_set_districts);
  g_test_add_func ("/store/project/batches", test_batches);
  g_test_add_func ("/store/project/damaged", test_damaged);
  g_test_add_func ("/store/project/threads", test_threads);
  return g_test_run ();
}
