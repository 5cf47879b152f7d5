/*
 * The file rows come from: its layer, its columns, its coordinates. One a call of import.
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
qonys_import_source_open (const char *path, gboolean may_be_head, const QonysSchema *schema,
                          QonysGdalScope *scope, GPtrArray *diagnostics, GError **error)
{
  static const char *const LON[] = {"lon", "longitude", "x", NULL};
  static const char *const LAT[] = {"lat", "latitude", "y", NULL};
  g_autoptr (QonysImportSource) source = g_new0 (QonysImportSource, 1);

  source->schema = schema;
  source->dataset = may_be_head ? qonys_source_open_head (path) : NULL;
  source->is_head = source->dataset != NULL;
  if (!source->is_head)
    source->dataset = qonys_source_open (path, scope, error);
  if (source->dataset == NULL)
    return NULL;
  source->layer = choose_layer (source->dataset, schema);
  if (source->layer == NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                         _ ("There is no table in the file. Ask the supplier to send it again."));
    return NULL;
  }
  source->columns = g_new (int, schema->n_fields);
  for (guint i = 0; i < schema->n_fields; i++)
    source->columns[i] = find_column (source->layer, schema->fields[i].name);
  if (source->is_head && !check_columns (source, NULL)) /* there may be more behind */
    return qonys_import_source_open (path, FALSE, schema, scope, diagnostics, error);
  look_at_texts (source);
  qonys_source_note_encoding (&source->decoder, diagnostics);

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
  return g_utf8_validate (text, -1, NULL) && qonys_coordinate_parse (text, strlen (text), value);
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
  return qonys_import_source_place (source, row);
}

gboolean
qonys_import_source_place (const QonysImportSource *source, QonysRow *row)
{
  if (isnan (row->lon_deg) || isnan (row->lat_deg)) {
    row->lon_deg = row->lat_deg = NAN;
    return TRUE;
  }
  qonys_transform_apply (source->transform, 1, &row->lon_deg, &row->lat_deg);
  /* What cannot be transformed lies nowhere near. */
  return !isnan (row->lon_deg) || qonys_row_reject (row, QONYS_REASON_OUTSIDE, -1, NULL);
}

gboolean
qonys_coordinate_parse (const char *text, gsize length, double *value)
{
  *value = NAN;
  return qonys_text_is_missing (text, length) || qonys_number_parse (text, length, value);
}
