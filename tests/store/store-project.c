/* A project with a value of every kind in every table, and what makes two projects the same. */

#include "store-support.h"

#include <math.h>
#include <string.h>

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

QonysTable *
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

QonysDataset *
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

QonysProject *
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
    tables[type] = make_table (type, SUPPORT_N_ROWS, (gint32)type + 1);
    g_ptr_array_add (datasets, make_dataset ((gint32)type + 1, type, "2026-10-01"));
  }
  return qonys_project_new (NULL, tables, datasets, qonys_store_load_bundled_districts (NULL),
                            qonys_store_load_bundled_base (NULL), &norm);
}

void
write_project (QonysProject *project, const char *path)
{
  g_autoptr (GError) error = NULL;

  qonys_store_write_project (project, path, NULL, &error);
  g_assert_no_error (error);
}

QonysProject *
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

void
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

void
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

/* ---- imports ---- */

QonysProject *
import_file (QonysProject *project, const char *path, QonysRecordType type, gboolean is_synthetic,
             QonysJob *job, QonysImportReport **report, GError **error)
{
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (type);

  recipe->is_synthetic = is_synthetic;
  return qonys_store_import_by (project, path, recipe, NULL, FALSE, job, report, error);
}

QonysProject *
import_ok (QonysProject *project, const char *path, QonysRecordType type,
           QonysImportReport **report)
{
  g_autoptr (GError) error = NULL;
  QonysProject *next = import_file (project, path, type, FALSE, NULL, report, &error);

  g_assert_no_error (error);
  g_assert_nonnull (next);
  if (report != NULL)
    g_assert_cmpint ((*report)->n_read, ==, (*report)->n_stored + (*report)->n_rejected);
  return next;
}

void
import_error (QonysProject *project, const char *path, QonysRecordType type, QonysError code,
              const char *cure)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (import_file (project, path, type, FALSE, NULL, NULL, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, cure) == NULL)
    g_error ("“%s” does not say “%s”", error->message, cure);
  assert_code (&error, code);
}

QonysProject *
new_file_project (char **path)
{
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (GError) error = NULL;
  QonysProject *opened;

  *path = g_build_filename (support_temp_dir (), "project.gpkg", NULL);
  qonys_store_write_project (project, *path, NULL, &error);
  g_assert_no_error (error);
  opened = qonys_store_open_project (*path, NULL, NULL, &error);
  g_assert_no_error (error);
  return opened;
}

const char SUPPORT_DWELLINGS[] =
    "Dwelling_Key;district;lon;lat;area_total_m2;area_useful_m2;area_living_m2;rooms;"
    "dwelling_type;let;legal_basis_checked;as_of;reg_permanent;reg_temporary;street_kk;extra\n"
    "d1;Есиль;71,43;51,13;45,5;35,7;20;1;flat;yes;true;25.01.2024;2;935;Қабанбай батыр;x\n"
    "d2;711310000;71,41;51,16;1 060;;;–;dormitory;unknown;нет;2024-01-20;0;;;x\n"
    "d3;;;;;;;;;;;;;;;\n";
