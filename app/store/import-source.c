/*
 * The file rows come from: its layer, its columns, its coordinates. One a call of import; the
 * scan for persons reads every cell once, the rows are read after that.
 */
#include "store/import-source.h"

#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_LOOKED_AT 2000 /* rows, for the encoding */
#define N_LOCATED 10000  /* positions, for the coordinate system */

void
qonys_import_source_free (QonysImportSource *source)
{
  g_clear_pointer (&source->transform, qonys_transform_free);
  qonys_decoder_clear (&source->decoder);
  g_clear_pointer (&source->dataset, GDALClose);
  g_free (source->columns);
  g_free (source);
}

/* ---- columns ---- */

static int
find_column (OGRLayerH layer, const char *name)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);

  for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++) {
    const char *given = OGR_Fld_GetNameRef (OGR_FD_GetFieldDefn (definition, i));
    g_autofree char *trimmed = g_strstrip (g_strdup (given));

    if (g_ascii_strcasecmp (trimmed, name) == 0)
      return i;
  }
  return -1;
}

static int
find_column_of (OGRLayerH layer, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    int column = find_column (layer, names[i]);

    if (column >= 0)
      return column;
  }
  return -1;
}

static guint
count_columns (OGRLayerH layer, const QonysSchema *schema)
{
  guint n = 0;

  for (guint i = 0; i < schema->n_fields; i++)
    n += find_column (layer, schema->fields[i].name) >= 0;
  return n;
}

static OGRLayerH
choose_layer (GDALDatasetH dataset, const QonysSchema *schema)
{
  OGRLayerH best = GDALDatasetGetLayerByName (dataset, schema->name);

  if (best != NULL)
    return best;
  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (dataset, i);

    if (best == NULL || count_columns (layer, schema) > count_columns (best, schema))
      best = layer;
  }
  return best;
}

static gboolean
check_columns (const QonysImportSource *source, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < source->schema->n_fields; i++)
    if (source->schema->fields[i].is_required && source->columns[i] < 0)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "",
                              source->schema->fields[i].name);
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
               _ ("The file has no column for: %s. Name the columns as in the data model; the "
                  "first row must hold the names."),
               missing->str);
  return FALSE;
}

static void
note_other_columns (const QonysImportSource *source, GPtrArray *diagnostics)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (source->layer);
  g_autoptr (GString) others = g_string_new (NULL);

  for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++) {
    g_autofree char *name =
        qonys_source_get_field_name (&source->decoder, OGR_FD_GetFieldDefn (definition, i));
    gboolean is_used = i == source->lon_column || i == source->lat_column;

    for (guint field = 0; field < source->schema->n_fields; field++)
      is_used |= source->columns[field] == i;
    if (!is_used)
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", name);
  }
  if (others->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("These columns are no part of the data model and were not read: "
                              "%s."),
                           others->str);
}

static void
look_at_texts (QonysImportSource *source)
{
  for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (source->dataset, i);
    OGRFeatureH feature;
    guint n = 0;

    qonys_source_look_at_names (&source->decoder, layer);
    OGR_L_ResetReading (layer);
    while (n++ < N_LOOKED_AT && (feature = OGR_L_GetNextFeature (layer)) != NULL) {
      for (int field = 0; field < OGR_F_GetFieldCount (feature); field++)
        if (OGR_F_IsFieldSetAndNotNull (feature, field))
          qonys_decoder_look (&source->decoder, OGR_F_GetFieldAsString (feature, field));
      OGR_F_Destroy (feature);
    }
  }
}

QonysImportSource *
qonys_import_source_open (const char *path, const QonysSchema *schema, QonysGdalScope *scope,
                          GPtrArray *diagnostics, GError **error)
{
  static const char *const LON[] = {"lon", "longitude", "x", NULL};
  static const char *const LAT[] = {"lat", "latitude", "y", NULL};
  g_autoptr (QonysImportSource) source = g_new0 (QonysImportSource, 1);

  source->schema = schema;
  source->dataset = qonys_source_open (path, scope, error);
  if (source->dataset == NULL)
    return NULL;
  source->layer = choose_layer (source->dataset, schema);
  if (source->layer == NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                         _ ("There is no table in the file. Ask the supplier to send it again."));
    return NULL;
  }
  look_at_texts (source);
  qonys_source_note_encoding (&source->decoder, diagnostics);

  source->columns = g_new (int, schema->n_fields);
  for (guint i = 0; i < schema->n_fields; i++)
    source->columns[i] = find_column (source->layer, schema->fields[i].name);
  source->lon_column = source->lat_column = -1;
  if (schema->has_position) {
    source->has_geometry = OGR_L_GetGeomType (source->layer) != wkbNone;
    if (!source->has_geometry) {
      source->lon_column = find_column_of (source->layer, LON);
      source->lat_column = find_column_of (source->layer, LAT);
      if (source->lon_column < 0 || source->lat_column < 0)
        source->lon_column = source->lat_column = -1;
    }
  }
  note_other_columns (source, diagnostics);
  if (!check_columns (source, error))
    return NULL;
  return g_steal_pointer (&source);
}

/* ---- persons ---- */

static QonysScanType
get_scan_type (OGRFieldType type)
{
  switch (type) {
  case OFTInteger:
  case OFTInteger64:
    return QONYS_SCAN_INTEGER;
  case OFTReal:
    return QONYS_SCAN_REAL;
  case OFTDate:
  case OFTDateTime:
    return QONYS_SCAN_DATE;
  default:
    return QONYS_SCAN_TEXT;
  }
}

static void
scan_cell (QonysScanner *scanner, QonysScanType type, guint column, gint64 row, OGRFeatureH feature,
           int field, const QonysDecoder *decoder)
{
  const char *text;
  g_autofree char *decoded = NULL;
  QonysDay day;

  switch (type) {
  case QONYS_SCAN_INTEGER:
    qonys_scanner_scan_integer (scanner, column, row, OGR_F_GetFieldAsInteger64 (feature, field));
    return;
  case QONYS_SCAN_REAL:
    qonys_scanner_scan_real (scanner, column, row, OGR_F_GetFieldAsDouble (feature, field));
    return;
  case QONYS_SCAN_DATE:
    if (qonys_day_parse (OGR_F_GetFieldAsString (feature, field), &day))
      qonys_scanner_scan_day (scanner, column, row, day);
    return;
  case QONYS_SCAN_TEXT:
  default:
    text = OGR_F_GetFieldAsString (feature, field);
    if (!g_utf8_validate (text, -1, NULL))
      text = decoded = qonys_decoder_decode (decoder, text);
    qonys_scanner_scan_text (scanner, column, row, text, strlen (text));
  }
}

static GPtrArray *
scan_layer (const QonysImportSource *source, OGRLayerH layer, const char *path, QonysJob *job,
            GError **error)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (source->schema->is_address_level);
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  int n_fields = OGR_FD_GetFieldCount (definition);
  g_autofree QonysScanType *types = g_new (QonysScanType, n_fields + 1);
  g_autofree char *file_name = g_filename_display_basename (path);
  g_autofree char *layer_name = qonys_decoder_decode (&source->decoder, OGR_L_GetName (layer));
  gint64 n_expected = OGR_L_GetFeatureCount (layer, FALSE);
  OGRFeatureH feature;
  guint names;

  for (int i = 0; i < n_fields; i++) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn (definition, i);
    g_autofree char *name = qonys_source_get_field_name (&source->decoder, field);

    types[i] = get_scan_type (OGR_Fld_GetType (field));
    qonys_scanner_add_column (scanner, name, types[i]);
  }
  names = qonys_scanner_add_column (scanner, "file", QONYS_SCAN_TEXT);
  qonys_scanner_scan_text (scanner, names, 1, file_name, strlen (file_name));
  qonys_scanner_scan_text (scanner, names, 1, layer_name, strlen (layer_name));

  OGR_L_ResetReading (layer);
  for (gint64 row = 1; (feature = OGR_L_GetNextFeature (layer)) != NULL; row++) {
    for (int i = 0; i < n_fields; i++)
      if (OGR_F_IsFieldSetAndNotNull (feature, i))
        scan_cell (scanner, types[i], i, row, feature, i, &source->decoder);
    OGR_F_Destroy (feature);
    if (row % 4096 == 0) {
      if (qonys_job_is_cancelled (job, error))
        return NULL;
      if (n_expected > 0)
        qonys_job_set_progress (job, MIN (1, (double)row / n_expected));
    }
  }
  return qonys_scanner_finish (scanner);
}

GPtrArray *
qonys_import_source_scan (QonysImportSource *source, const char *path, QonysJob *job,
                          GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++) {
    GPtrArray *more =
        scan_layer (source, GDALDatasetGetLayer (source->dataset, i), path, job, error);

    if (more == NULL)
      return NULL;
    if (findings == NULL)
      findings = more;
    else
      g_ptr_array_extend_and_steal (findings, more);
  }
  return g_steal_pointer (&findings);
}

/* ---- positions ---- */

static gboolean
read_number (OGRFeatureH feature, int column, double *value)
{
  OGRFieldType type = OGR_Fld_GetType (OGR_F_GetFieldDefnRef (feature, column));
  const char *text;

  *value = NAN;
  if (!OGR_F_IsFieldSetAndNotNull (feature, column))
    return TRUE;
  if (type == OFTReal || type == OFTInteger || type == OFTInteger64) {
    *value = OGR_F_GetFieldAsDouble (feature, column);
    return TRUE;
  }
  text = OGR_F_GetFieldAsString (feature, column);
  return g_utf8_validate (text, -1, NULL) &&
         (qonys_text_is_missing (text) || qonys_number_parse (text, value));
}

/* In the source's coordinates; NaN is no position. An area stands for its middle. */
static gboolean
read_position (const QonysImportSource *source, OGRFeatureH feature, double *x, double *y)
{
  OGRGeometryH geometry;
  g_auto (OGRGeometryH) middle = NULL;

  *x = *y = NAN;
  if (source->lon_column >= 0)
    return read_number (feature, source->lon_column, x) &&
           read_number (feature, source->lat_column, y);
  geometry = source->has_geometry ? OGR_F_GetGeometryRef (feature) : NULL;
  if (geometry == NULL || OGR_G_IsEmpty (geometry))
    return TRUE;
  if (wkbFlatten (OGR_G_GetGeometryType (geometry)) != wkbPoint) {
    middle = OGR_G_CreateGeometry (wkbPoint);
    if (OGR_G_Centroid (geometry, middle) != OGRERR_NONE || OGR_G_IsEmpty (middle))
      return TRUE;
    geometry = middle;
  }
  *x = OGR_G_GetX (geometry, 0);
  *y = OGR_G_GetY (geometry, 0);
  return TRUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* The box of all but the outermost twentieth at each side: a few wild positions say nothing. */
static QonysBox
get_inner_box (GArray *x, GArray *y)
{
  guint n = x->len, skip = n / 20;

  if (n == 0)
    return qonys_box_empty ();
  g_array_sort (x, compare_doubles);
  g_array_sort (y, compare_doubles);
  return (QonysBox){g_array_index (x, double, skip), g_array_index (y, double, skip),
                    g_array_index (x, double, n - 1 - skip),
                    g_array_index (y, double, n - 1 - skip)};
}

gboolean
qonys_import_source_locate (QonysImportSource *source, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (OGRSpatialReferenceH) degrees = NULL;
  OGRSpatialReferenceH crs;
  OGRFeatureH feature;
  QonysBox box;

  if (!source->has_geometry && source->lon_column < 0)
    return TRUE;
  OGR_L_ResetReading (source->layer);
  while (x->len < N_LOCATED && (feature = OGR_L_GetNextFeature (source->layer)) != NULL) {
    double one_x, one_y;

    if (read_position (source, feature, &one_x, &one_y) && isfinite (one_x) && isfinite (one_y)) {
      g_array_append_val (x, one_x);
      g_array_append_val (y, one_y);
    }
    OGR_F_Destroy (feature);
  }
  if (x->len == 0)
    return TRUE;
  box = get_inner_box (x, y);
  crs = source->has_geometry ? OGR_L_GetSpatialRef (source->layer) : NULL;
  if (!source->has_geometry) { /* columns named longitude and latitude say degrees */
    degrees = OSRNewSpatialReference (NULL);
    OSRImportFromEPSG (degrees, 4326);
    crs = degrees;
  }
  source->transform = qonys_transform_choose (crs, NULL, &box, NULL, diagnostics, error);
  return source->transform != NULL;
}

gboolean
qonys_import_source_read (QonysImportSource *source, OGRFeatureH feature, QonysRow *row)
{
  for (guint i = 0; i < source->schema->n_fields; i++)
    if (source->columns[i] >= 0 &&
        !qonys_row_read (row, i, feature, source->columns[i], &source->decoder))
      return FALSE;
  if (source->transform == NULL)
    return TRUE;
  if (!read_position (source, feature, &row->lon_deg, &row->lat_deg))
    return qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, -1, NULL);
  if (!isnan (row->lon_deg) && !isnan (row->lat_deg)) {
    qonys_transform_apply (source->transform, 1, &row->lon_deg, &row->lat_deg);
    /* What cannot be transformed lies nowhere near. */
    if (isnan (row->lon_deg))
      return qonys_row_reject (row, QONYS_REASON_OUTSIDE, -1, NULL);
  } else {
    row->lon_deg = row->lat_deg = NAN;
  }
  return TRUE;
}
