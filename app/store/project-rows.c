/*
 * Rows of a project file: layers made from the schema, rows written one by one through one
 * feature that is used again. About 5 µs a dwelling of thirty columns.
 */
#include "store/feature.h"
#include "store/plan-file.h"
#include "store/project-file.h"

#include <math.h>

static OGRFieldType
get_column_type (QonysFieldType type)
{
  switch (type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_BOOL:
    return OFTInteger;
  case QONYS_FIELD_BIG:
    return OFTInteger64;
  case QONYS_FIELD_DECIMAL:
    return OFTReal;
  case QONYS_FIELD_DATE:
    return OFTDate;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  case QONYS_FIELD_ENUM:
  default:
    return OFTString;
  }
}

static gboolean
ensure_column (OGRLayerH layer, const char *name, OGRFieldType type, gboolean is_bool)
{
  OGRFieldDefnH column;
  OGRErr result;

  if (OGR_FD_GetFieldIndex (OGR_L_GetLayerDefn (layer), name) >= 0)
    return TRUE;
  column = OGR_Fld_Create (name, type);
  if (is_bool)
    OGR_Fld_SetSubType (column, OFSTBoolean);
  result = OGR_L_CreateField (layer, column, TRUE);
  OGR_Fld_Destroy (column);
  return result == OGRERR_NONE;
}

static OGRLayerH
ensure_layer (GDALDatasetH file, const char *name, gboolean has_position)
{
  static const char *const OPTIONS[] = {"SPATIAL_INDEX=NO", "GEOMETRY_NAME=geom", NULL};
  OGRLayerH layer = GDALDatasetGetLayerByName (file, name);
  g_auto (OGRSpatialReferenceH) wgs84 = NULL;

  if (layer != NULL)
    return layer;
  if (!has_position)
    return GDALDatasetCreateLayer (file, name, NULL, wkbNone, NULL);
  wgs84 = OSRNewSpatialReference (NULL);
  OSRImportFromEPSG (wgs84, 4326);
  return GDALDatasetCreateLayer (file, name, wgs84, wkbPoint, (char **)OPTIONS);
}

static gboolean
ensure_record_layer (GDALDatasetH file, const QonysSchema *schema)
{
  OGRLayerH layer = ensure_layer (file, schema->name, schema->has_position);

  if (layer == NULL || !ensure_column (layer, "dataset_id", OFTInteger, FALSE))
    return FALSE;
  for (guint i = 0; i < schema->n_fields; i++) {
    const QonysField *field = &schema->fields[i];

    if (!ensure_column (layer, field->name, get_column_type (field->type),
                        field->type == QONYS_FIELD_BOOL))
      return FALSE;
  }
  return TRUE;
}

static const struct {
  const char *name;
  OGRFieldType type;
} DATASET_COLUMNS[] = {
    {"id", OFTInteger},         {"type", OFTString},          {"title", OFTString},
    {"supplier", OFTString},    {"file_name", OFTString},     {"sha256", OFTString},
    {"as_of", OFTDate},         {"received_on", OFTDate},     {"n_read", OFTInteger64},
    {"n_stored", OFTInteger64}, {"n_rejected", OFTInteger64}, {"is_synthetic", OFTInteger},
};

gboolean
qonys_project_file_make_layers (GDALDatasetH file)
{
  OGRLayerH layer;

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    if (!ensure_record_layer (file, qonys_schema_get (type)))
      return FALSE;

  layer = ensure_layer (file, "dataset", FALSE);
  if (layer == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (DATASET_COLUMNS); i++)
    if (!ensure_column (layer, DATASET_COLUMNS[i].name, DATASET_COLUMNS[i].type,
                        g_str_equal (DATASET_COLUMNS[i].name, "is_synthetic")))
      return FALSE;

  layer = ensure_layer (file, "setting", FALSE);
  return layer != NULL && ensure_column (layer, "key", OFTString, FALSE) &&
         ensure_column (layer, "value", OFTString, FALSE) && qonys_plan_file_make_tables (file);
}

/* ---- small tables ---- */

gboolean
qonys_project_file_add_setting (GDALDatasetH file, const char *key, const char *value)
{
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "setting");
  g_auto (OGRFeatureH) row = OGR_F_Create (OGR_L_GetLayerDefn (layer));

  qonys_feature_set_text (row, "key", key);
  qonys_feature_set_text (row, "value", value);
  return OGR_L_CreateFeature (layer, row) == OGRERR_NONE;
}

static void
set_big (OGRFeatureH row, const char *name, gint64 value)
{
  OGR_F_SetFieldInteger64 (row, OGR_F_GetFieldIndex (row, name), value);
}

gboolean
qonys_project_file_add_dataset (GDALDatasetH file, const QonysDataset *dataset)
{
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "dataset");
  g_auto (OGRFeatureH) row = OGR_F_Create (OGR_L_GetLayerDefn (layer));

  set_big (row, "id", dataset->id);
  qonys_feature_set_text (row, "type", qonys_schema_get (dataset->type)->name);
  qonys_feature_set_text (row, "title", dataset->title);
  qonys_feature_set_text (row, "supplier", dataset->supplier);
  qonys_feature_set_text (row, "file_name", dataset->file_name);
  qonys_feature_set_text (row, "sha256", dataset->sha256);
  qonys_feature_set_day (row, OGR_F_GetFieldIndex (row, "as_of"), dataset->as_of);
  qonys_feature_set_day (row, OGR_F_GetFieldIndex (row, "received_on"), dataset->received_on);
  set_big (row, "n_read", dataset->n_read);
  set_big (row, "n_stored", dataset->n_stored);
  set_big (row, "n_rejected", dataset->n_rejected);
  set_big (row, "is_synthetic", dataset->is_synthetic);
  return OGR_L_CreateFeature (layer, row) == OGRERR_NONE;
}

/* ---- records ---- */

/* Words come in runs, and a word set again costs GDAL a copy: whether the row before has the
 * same. @last: the one before; −1 none */
static gboolean
is_word_again (const QonysTable *table, gsize i, guint number, QonysFieldType type, gint64 *last)
{
  gint64 code;

  if (type == QONYS_FIELD_ENUM)
    code = qonys_table_get_code (table, i, number);
  else if (type == QONYS_FIELD_TEXT)
    code = qonys_table_get_text_code (table, i, number);
  else
    return FALSE;
  if (code == *last)
    return TRUE;
  *last = code;
  return FALSE;
}

/* Sets one value, or NULL: all fields are always set, so that one statement serves all rows. */
static void
set_value (OGRFeatureH row, int column, const QonysTable *table, gsize i, guint number,
           const QonysField *field)
{
  gboolean is_missing = FALSE;

  switch (field->type) {
  case QONYS_FIELD_INT: {
    gint32 value = qonys_table_get_int (table, i, number);

    is_missing = value == QONYS_INT_MISSING;
    if (!is_missing)
      OGR_F_SetFieldInteger (row, column, value);
    break;
  }
  case QONYS_FIELD_BIG: {
    gint64 value = qonys_table_get_big (table, i, number);

    is_missing = value == QONYS_BIG_MISSING;
    if (!is_missing)
      OGR_F_SetFieldInteger64 (row, column, value);
    break;
  }
  case QONYS_FIELD_DECIMAL: {
    double value = qonys_table_get_decimal (table, i, number);

    is_missing = isnan (value);
    if (!is_missing)
      OGR_F_SetFieldDouble (row, column, value);
    break;
  }
  case QONYS_FIELD_DATE: {
    QonysDay day = qonys_table_get_int (table, i, number);

    is_missing = day == QONYS_DAY_MISSING;
    qonys_feature_set_day (row, column, day);
    break;
  }
  case QONYS_FIELD_ENUM: {
    guint8 value = qonys_table_get_code (table, i, number);

    is_missing = value == QONYS_CODE_MISSING;
    if (!is_missing)
      OGR_F_SetFieldString (row, column, field->values[value]);
    break;
  }
  case QONYS_FIELD_BOOL: {
    guint8 value = qonys_table_get_code (table, i, number);

    is_missing = value == QONYS_CODE_MISSING;
    if (!is_missing)
      OGR_F_SetFieldInteger (row, column, value);
    break;
  }
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
  default: {
    const char *value = qonys_table_get_text (table, i, number);

    is_missing = value == NULL;
    if (!is_missing)
      OGR_F_SetFieldString (row, column, value);
    break;
  }
  }
  if (is_missing)
    OGR_F_SetFieldNull (row, column);
}

static void
set_position (OGRFeatureH row, double lon_deg, double lat_deg)
{
  OGRGeometryH point = OGR_F_GetGeometryRef (row);

  if (isnan (lon_deg) || isnan (lat_deg)) {
    OGR_F_SetGeometryDirectly (row, NULL);
    return;
  }
  if (point == NULL) {
    point = OGR_G_CreateGeometry (wkbPoint);
    OGR_F_SetGeometryDirectly (row, point);
  }
  OGR_G_SetPoint_2D (point, 0, lon_deg, lat_deg);
}

gboolean
qonys_project_file_add_rows (GDALDatasetH file, const QonysTable *table, QonysJob *job,
                             gsize *n_done, gsize n_all, GError **error)
{
  const QonysSchema *schema = qonys_table_get_schema (table);
  OGRLayerH layer = GDALDatasetGetLayerByName (file, schema->name);
  const double *lon_deg = qonys_table_get_lon_deg (table);
  const double *lat_deg = qonys_table_get_lat_deg (table);
  const gint32 *dataset_ids = qonys_table_get_dataset_ids (table);
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  g_auto (OGRFeatureH) row = OGR_F_Create (definition);
  g_autofree int *columns = g_new (int, schema->n_fields);
  g_autofree gint64 *last_words = g_new (gint64, schema->n_fields);
  int id_column = OGR_FD_GetFieldIndex (definition, "dataset_id");
  int n_columns = OGR_FD_GetFieldCount (definition);

  for (guint field = 0; field < schema->n_fields; field++) {
    columns[field] = OGR_FD_GetFieldIndex (definition, schema->fields[field].name);
    last_words[field] = -1;
  }
  for (int column = 0; column < n_columns; column++)
    OGR_F_SetFieldNull (row, column);

  for (gsize i = 0; i < qonys_table_get_n_rows (table); i++, ++*n_done) {
    if (i % 4096 == 0) {
      if (qonys_job_is_cancelled (job, error))
        return FALSE;
      qonys_job_set_progress (job, MIN (1, (double)*n_done / MAX (n_all, 1)));
    }
    OGR_F_SetFID (row, OGRNullFID);
    OGR_F_SetFieldInteger (row, id_column, dataset_ids[i]);
    for (guint field = 0; field < schema->n_fields; field++)
      if (!is_word_again (table, i, field, schema->fields[field].type, &last_words[field]))
        set_value (row, columns[field], table, i, field, &schema->fields[field]);
    if (lon_deg != NULL)
      set_position (row, lon_deg[i], lat_deg[i]);
    if (OGR_L_CreateFeature (layer, row) != OGRERR_NONE)
      return FALSE;
  }
  OGR_L_GetFeatureCount (layer, TRUE); /* has GDAL note it in the file, for quick opening */
  return TRUE;
}
