/*
 * Rows of a GeoJSON file of points. GDAL has opened it and has told each column's type from all
 * its values; the values are read without it where it would give the same. A million rows of
 * eight properties: about 1.5 s of one processor.
 */
#include "store/geojson.h"
#include "store/import-pass.h"

#include <math.h>
#include <string.h>

typedef struct {
  QonysGeojson *geojson;
  const OGRFieldType *types;
  guint n_columns;
} Geojson;

/* GDAL says a date as 2024/01/25. Returns: FALSE if the text is no such thing */
static gboolean
make_date (const QonysJsonValue *value, char date[11])
{
  if (value->kind != QONYS_JSON_TEXT || value->length != 10)
    return FALSE;
  for (guint i = 0; i < 10; i++) {
    gboolean is_mark = i == 4 || i == 7;

    if (is_mark ? value->text[i] != '-' && value->text[i] != '/'
                : !g_ascii_isdigit (value->text[i]))
      return FALSE;
    date[i] = is_mark ? '/' : value->text[i];
  }
  date[10] = '\0';
  return value->text[4] == value->text[7];
}

/* Is the value of its column's type, with nothing to convert? */
static gboolean
fits (const QonysJsonValue *value, OGRFieldType type)
{
  char date[11];

  switch (value->kind) {
  case QONYS_JSON_TEXT:
    return type == OFTString || (type == OFTDate && make_date (value, date));
  case QONYS_JSON_INTEGER:
    return type == OFTReal || type == OFTInteger64 ||
           (type == OFTInteger && ABS (value->integer) <= G_MAXINT32);
  case QONYS_JSON_REAL:
    return type == OFTReal;
  case QONYS_JSON_MISSING:
  default:
    return TRUE;
  }
}

static void
scan (QonysScanner *scanner, guint column, gint64 row, const QonysJsonValue *value,
      OGRFieldType type)
{
  char date[11];
  QonysDay day;

  if (type == OFTDate) {
    if (make_date (value, date) && qonys_day_parse (date, &day))
      qonys_scanner_scan_day (scanner, column, row, day);
  } else if (type == OFTString) {
    qonys_scanner_scan_text (scanner, column, row, value->text, value->length);
  } else if (type == OFTReal) {
    qonys_scanner_scan_real (scanner, column, row, value->real);
  } else {
    qonys_scanner_scan_integer (scanner, column, row, value->integer);
  }
}

static gboolean
is_number (QonysFieldType type)
{
  return type == QONYS_FIELD_INT || type == QONYS_FIELD_BIG || type == QONYS_FIELD_DECIMAL;
}

static gboolean
read_value (QonysRow *row, guint field, const QonysJsonValue *value, OGRFieldType type)
{
  char text[32];

  if (value->kind == QONYS_JSON_TEXT && type == OFTDate && make_date (value, text))
    return qonys_row_read_text (row, field, text, 10);
  if (value->kind == QONYS_JSON_TEXT)
    return qonys_row_read_text (row, field, value->text, value->length);
  if (is_number (row->schema->fields[field].type))
    return qonys_row_read_number (row, field, value->real);
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value->integer);
  return qonys_row_read_text (row, field, text, strlen (text));
}

static void
read_row (const QonysImportSource *source, const Geojson *self, const QonysJsonValue *values,
          double x, double y, QonysRow *row)
{
  qonys_row_clear (row);
  for (guint i = 0; i < row->n_fields; i++) {
    int column = source->columns[row->fields[i]];

    if (column >= 0 && values[column].kind != QONYS_JSON_MISSING &&
        !read_value (row, row->fields[i], &values[column], self->types[column]))
      return;
  }
  if (source->transform == NULL)
    return;
  row->lon_deg = x;
  row->lat_deg = y;
  qonys_import_source_place (source, row);
}

static gboolean
read_chunk (const QonysImportPass *pass, gsize chunk, QonysChunkReader *reader, gint64 *n_rows,
            gpointer data)
{
  const Geojson *self = data;
  g_autofree QonysJsonValue *values = g_new (QonysJsonValue, self->n_columns);
  char *at;
  const char *end;
  g_autofree char *text = qonys_geojson_load (self->geojson, chunk, &at, &end);
  double x, y;
  int result;

  if (text == NULL)
    return FALSE;
  while ((result = qonys_geojson_next (self->geojson, &at, end, values, &x, &y)) > 0) {
    ++*n_rows;
    for (guint i = 0; i < self->n_columns; i++) {
      if (!fits (&values[i], self->types[i]))
        return FALSE;
      if (values[i].kind != QONYS_JSON_MISSING)
        scan (reader->scanner, i, *n_rows, &values[i], self->types[i]);
    }
    if (pass->context == NULL)
      continue;
    read_row (pass->source, self, values, x, y, reader->row);
    qonys_import_pass_add_row (pass, reader);
  }
  return result == 0;
}

/* Points, and columns whose values need no converting. */
static gboolean
is_plain (const QonysImportSource *source, const OGRFieldType *types)
{
  if (g_strcmp0 (GDALGetDriverShortName (GDALGetDatasetDriver (source->dataset)), "GeoJSON") != 0 ||
      source->lon_column >= 0 || source->decoder.sample != NULL ||
      (source->transform != NULL && !qonys_transform_is_plain (source->transform)))
    return FALSE;
  for (guint i = 0; i < source->schema->n_fields; i++)
    if (source->columns[i] >= 0 && types[source->columns[i]] == OFTReal &&
        !is_number (source->schema->fields[i].type))
      return FALSE;
  return TRUE;
}

QonysPassResult
qonys_import_pass_read_geojson (QonysImportPass *pass, QonysScanner *scanner, GError **error)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (pass->source->layer);
  guint n_columns = OGR_FD_GetFieldCount (definition);
  g_autofree const char **names = g_new (const char *, n_columns + 1);
  g_autofree OGRFieldType *types = g_new (OGRFieldType, n_columns + 1);
  g_autoptr (QonysGeojson) geojson = NULL;
  Geojson self;

  for (guint i = 0; i < n_columns; i++) {
    OGRFieldDefnH column = OGR_FD_GetFieldDefn (definition, i);

    names[i] = OGR_Fld_GetNameRef (column);
    types[i] = OGR_Fld_GetType (column);
  }
  if (!is_plain (pass->source, types))
    return QONYS_PASS_UNUSUAL;
  geojson = qonys_geojson_open (pass->path, names, n_columns);
  if (geojson == NULL)
    return QONYS_PASS_UNUSUAL;
  self = (Geojson){geojson, types, n_columns};
  return qonys_import_pass_read_chunks (pass, scanner, qonys_geojson_get_n_chunks (geojson),
                                        read_chunk, &self, error);
}
