/*
 * Positions of a source's rows: which system they are in, told once a file from the first ten
 * thousand, and rows read with theirs.
 */
#include "store/import-source.h"

#include <math.h>
#include <string.h>

#define N_LOCATED 10000 /* positions, for the coordinate system */

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

/* A position in cells, in the source's coordinates. */
static gboolean
read_cell_position (const QonysImportSource *source, const QonysCsvField *cells, guint n, double *x,
                    double *y)
{
  guint lon = source->lon_column, lat = source->lat_column, text = source->text_column;

  if (text < n)
    return source->text_role == QONYS_ROLE_WKT
               ? qonys_wkt_parse (cells[text].text, cells[text].length, x, y)
               : qonys_position_parse (cells[text].text, cells[text].length, x, y);
  return (lon >= n || qonys_coordinate_parse (cells[lon].text, cells[lon].length, x)) &&
         (lat >= n || qonys_coordinate_parse (cells[lat].text, cells[lat].length, y));
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

static void
add_position (GArray *x, GArray *y, double one_x, double one_y)
{
  if (!isfinite (one_x) || !isfinite (one_y))
    return;
  g_array_append_val (x, one_x);
  g_array_append_val (y, one_y);
}

static gboolean
collect_positions (const QonysImportSource *source, GArray *x, GArray *y, GError **error)
{
  g_autofree QonysCsvField *cells = g_new (QonysCsvField, source->n_columns + 1);
  g_autoptr (GError) failure = NULL;
  OGRFeatureH feature;
  QonysSheetRow row;
  double one_x = NAN, one_y = NAN;

  if (source->sheet == NULL) {
    OGR_L_ResetReading (source->layer);
    while (x->len < N_LOCATED && (feature = OGR_L_GetNextFeature (source->layer)) != NULL) {
      if (read_position (source, feature, &one_x, &one_y))
        add_position (x, y, one_x, one_y);
      OGR_F_Destroy (feature);
    }
    return TRUE;
  }
  if (!qonys_sheet_rewind (source->sheet, error))
    return FALSE;
  while (x->len < N_LOCATED && qonys_import_source_next_record (source, &row, &failure)) {
    guint n = qonys_import_source_get_cells (source, &row, cells);

    if (read_cell_position (source, cells, n, &one_x, &one_y))
      add_position (x, y, one_x, one_y);
  }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
qonys_import_source_locate (QonysImportSource *source, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (OGRSpatialReferenceH) degrees = NULL;
  OGRSpatialReferenceH crs;
  QonysBox box;

  if (!source->has_geometry && source->lon_column < 0 && source->text_column < 0)
    return TRUE;
  if (!collect_positions (source, x, y, error))
    return FALSE;
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
  for (guint i = 0; i < row->n_fields; i++) { /* all: what is wrong counts in sums, too */
    guint field = row->fields[i];

    if (source->columns[field] >= 0)
      qonys_row_read (row, field, feature, source->columns[field], &source->decoder);
  }
  if (row->reason != QONYS_REASON_NONE)
    return FALSE;
  if (source->transform == NULL)
    return TRUE;
  if (!read_position (source, feature, &row->lon_deg, &row->lat_deg))
    return qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, -1, NULL);
  return qonys_import_source_place (source, row);
}

gboolean
qonys_import_source_read_cells (const QonysImportSource *source, const QonysCsvField *cells,
                                guint n, QonysRow *row)
{
  for (guint i = 0; i < row->n_fields; i++) {
    guint field = row->fields[i], column = source->columns[field]; /* −1 is beyond all */

    if (column < n) /* what is wrong counts in sums, too */
      qonys_row_read_text (row, field, cells[column].text, cells[column].length);
  }
  if (row->reason != QONYS_REASON_NONE)
    return FALSE;
  if (source->transform == NULL)
    return TRUE;
  if (!read_cell_position (source, cells, n, &row->lon_deg, &row->lat_deg))
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
