/*
 * The file rows come from: its layer, its columns, its coordinates. One a call of import.
 */
#include "store/import-source.h"

#include "store/csv-rows.h"
#include "store/header-match.h"
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
  g_clear_pointer (&source->rules, qonys_row_rules_free);
  g_clear_pointer (&source->recipe, qonys_recipe_free);
  qonys_decoder_clear (&source->decoder);
  g_clear_pointer (&source->dataset, GDALClose);
  g_strfreev (source->names);
  g_clear_pointer (&source->blank_rows, g_array_unref);
  g_free (source->columns);
  g_free (source->is_stripped);
  g_free (source->path);
  g_free (source);
}

/* ---- the table ---- */

static char **
get_names (const QonysDecoder *decoder, OGRLayerH layer)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  int n = OGR_FD_GetFieldCount (definition);
  char **names = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++) {
    g_autofree char *name =
        qonys_source_get_field_name (decoder, OGR_FD_GetFieldDefn (definition, i));

    names[i] = g_strdup (g_strstrip (name));
  }
  return names;
}

/* The layer of that name; else of the type's name; else whose columns fit best. */
static OGRLayerH
choose_layer (const QonysImportSource *source, const char *name)
{
  OGRLayerH best = NULL;
  double best_fit = -G_MAXDOUBLE;

  if (name != NULL)
    return GDALDatasetGetLayerByName (source->dataset, name);
  best = GDALDatasetGetLayerByName (source->dataset, source->schema->name);
  if (best != NULL || GDALDatasetGetLayerCount (source->dataset) == 1)
    return best != NULL ? best : GDALDatasetGetLayer (source->dataset, 0);
  for (int i = 0; i < GDALDatasetGetLayerCount (source->dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (source->dataset, i);
    g_auto (GStrv) names = get_names (&source->decoder, layer);
    g_autofree QonysHeaderMatch *matches = g_new (QonysHeaderMatch, g_strv_length (names) + 1);
    double fit = qonys_headers_match ((const char *const *)names, source->schema->type, matches);

    if (fit <= best_fit)
      continue;
    best = layer;
    best_fit = fit;
  }
  return best;
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

static gboolean
is_driver (GDALDatasetH dataset, const char *name)
{
  return g_strcmp0 (GDALGetDriverShortName (GDALGetDatasetDriver (dataset)), name) == 0;
}

/* Formats whose first row holds the names, as a spreadsheet shows them. */
static gboolean
has_row_of_names (GDALDatasetH dataset)
{
  static const char *const DRIVERS[] = {"CSV", "XLSX", "XLS", "ODS", NULL};

  return g_strv_contains (DRIVERS, GDALGetDriverShortName (GDALGetDatasetDriver (dataset)));
}

static gboolean
set_layer_error (const QonysRecipe *recipe, GError **error)
{
  if (recipe->sheet != NULL)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                 _ ("There is no sheet or layer “%s” in the file. “qonys info” lists them."),
                 recipe->sheet);
  else
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                         _ ("There is no table in the file. Ask the supplier to send it again."));
  return FALSE;
}

QonysImportSource *
qonys_import_source_open (const char *path, const QonysRecipe *recipe, QonysGdalScope *scope,
                          GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysImportSource) source = g_new0 (QonysImportSource, 1);

  source->path = g_strdup (path);
  source->schema = qonys_schema_get (recipe->type);
  source->columns = g_new (int, source->schema->n_fields);
  source->dataset = qonys_source_open (path, scope, error);
  if (source->dataset == NULL)
    return NULL;
  if (GDALDatasetGetLayerCount (source->dataset) == 0) {
    set_layer_error (recipe, error);
    return NULL;
  }
  look_at_texts (source);
  if (!qonys_decoder_choose (&source->decoder, recipe->encoding, error))
    return NULL;
  source->layer = choose_layer (source, recipe->sheet);
  if (source->layer == NULL) {
    set_layer_error (recipe, error);
    return NULL;
  }
  if (recipe->encoding == NULL)
    qonys_source_note_encoding (&source->decoder, diagnostics);
  source->names = get_names (&source->decoder, source->layer);
  source->n_columns = g_strv_length (source->names);
  source->is_stripped = g_new0 (gboolean, source->n_columns + 1);
  source->has_geometry =
      source->schema->has_position && OGR_L_GetGeomType (source->layer) != wkbNone;
  source->first_row = has_row_of_names (source->dataset) ? 2 : 1;
  return g_steal_pointer (&source);
}

gint64
qonys_import_source_get_row_number (QonysImportSource *source, gint64 ordinal)
{
  gint64 row = source->first_row - 1 + ordinal;

  if (source->blank_rows == NULL)
    source->blank_rows = is_driver (source->dataset, "CSV")
                             ? qonys_csv_find_blank_rows (source->path)
                             : g_array_new (FALSE, FALSE, 8);
  for (guint i = 0; i < source->blank_rows->len; i++) {
    if (g_array_index (source->blank_rows, gint64, i) > row)
      break;
    row++;
  }
  return row;
}

/* ---- columns ---- */

static gboolean
check_columns (const QonysImportSource *source, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < source->schema->n_fields; i++)
    if (source->schema->fields[i].is_required && source->columns[i] < 0 &&
        (source->rules == NULL || source->rules->constants[i] == NULL))
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
append_name (GString *list, const char *name)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
}

static void
note_other_columns (const QonysImportSource *source, GPtrArray *diagnostics)
{
  g_autoptr (GString) others = g_string_new (NULL);
  g_autoptr (GString) stripped = g_string_new (NULL);

  for (guint i = 0; i < source->n_columns; i++) {
    const QonysRecipeColumn *column = source->recipe->columns->pdata[i];

    if (column->role == QONYS_ROLE_IGNORE)
      append_name (others, source->names[i]);
    else if (column->role == QONYS_ROLE_STRIP)
      append_name (stripped, source->names[i]);
  }
  if (others->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("These columns are no part of the data model and were not read: "
                              "%s."),
                           others->str);
  if (stripped->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE, _ ("These columns were dropped: %s."),
                           stripped->str);
}

/* Of a geometry's own layer, columns with coordinates are only numbers beside it. */
static void
set_role (QonysImportSource *source, guint number, QonysRecipeColumn *column)
{
  gboolean is_wanted = source->schema->has_position && !source->has_geometry;

  switch (column->role) {
  case QONYS_ROLE_FIELD:
    source->columns[column->field] = number;
    return;
  case QONYS_ROLE_STRIP:
    source->is_stripped[number] = TRUE;
    return;
  case QONYS_ROLE_LON:
    if (is_wanted)
      source->lon_column = number;
    break;
  case QONYS_ROLE_LAT:
    if (is_wanted)
      source->lat_column = number;
    break;
  case QONYS_ROLE_LAT_LON:
  case QONYS_ROLE_WKT:
    if (is_wanted) {
      source->text_column = number;
      source->text_role = column->role;
    }
    break;
  case QONYS_ROLE_IGNORE:
  case QONYS_ROLE_ADDRESS:
  case QONYS_N_ROLES:
  default:
    return;
  }
  if (!is_wanted)
    column->role = QONYS_ROLE_IGNORE;
}

/* An address as one text is kept as the street; the house is part of it. */
static void
set_address (QonysImportSource *source, guint number)
{
  if (source->schema->type == QONYS_RECORD_DWELLING &&
      source->columns[QONYS_DWELLING_STREET_RU] < 0)
    source->columns[QONYS_DWELLING_STREET_RU] = number;
}

static void
set_roles (QonysImportSource *source)
{
  for (guint i = 0; i < source->schema->n_fields; i++)
    source->columns[i] = -1;
  source->lon_column = source->lat_column = source->text_column = -1;
  for (guint i = 0; i < source->n_columns; i++)
    set_role (source, i, source->recipe->columns->pdata[i]);
  if (source->lon_column < 0 || source->lat_column < 0)
    source->lon_column = source->lat_column = -1;
  for (guint i = 0; i < source->n_columns; i++) {
    const QonysRecipeColumn *column = source->recipe->columns->pdata[i];

    if (column->role == QONYS_ROLE_ADDRESS)
      set_address (source, i);
  }
}

gboolean
qonys_import_source_assign (QonysImportSource *source, const QonysRecipe *recipe,
                            GPtrArray *diagnostics, GError **error)
{
  g_clear_pointer (&source->recipe, qonys_recipe_free);
  g_clear_pointer (&source->rules, qonys_row_rules_free);
  source->recipe = qonys_recipe_complete (recipe, (const char *const *)source->names, diagnostics);
  source->rules = qonys_row_rules_new (source->recipe);
  set_roles (source);
  note_other_columns (source, diagnostics);
  return qonys_recipe_check (source->recipe, error) && check_columns (source, error);
}

/* ---- positions ---- */

char *
qonys_import_source_get_text (const QonysImportSource *source, OGRFeatureH feature, guint column)
{
  if (!OGR_F_IsFieldSetAndNotNull (feature, column))
    return NULL;
  return qonys_decoder_decode (&source->decoder, OGR_F_GetFieldAsString (feature, column));
}

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

static gboolean
read_position_text (const QonysImportSource *source, OGRFeatureH feature, double *x, double *y)
{
  g_autofree char *text = qonys_import_source_get_text (source, feature, source->text_column);

  if (text == NULL)
    return TRUE;
  return source->text_role == QONYS_ROLE_WKT ? qonys_wkt_parse (text, strlen (text), x, y)
                                             : qonys_position_parse (text, strlen (text), x, y);
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
  if (source->text_column >= 0)
    return read_position_text (source, feature, x, y);
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

  if (!source->has_geometry && source->lon_column < 0 && source->text_column < 0)
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
  source->transform =
      qonys_transform_choose (crs, source->recipe->crs, &box, NULL, diagnostics, error);
  return source->transform != NULL;
}

gboolean
qonys_import_source_read (QonysImportSource *source, OGRFeatureH feature, QonysRow *row)
{
  for (guint i = 0; i < source->schema->n_fields; i++) /* all: what is wrong counts in sums, too */
    if (source->columns[i] >= 0)
      qonys_row_read (row, i, feature, source->columns[i], &source->decoder);
  if (row->reason != QONYS_REASON_NONE)
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
