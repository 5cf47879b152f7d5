/*
 * Rows of a CSV file, read without GDAL where it would give the same: UTF-8, a record a line, the
 * names GDAL gives the columns, no types beside. A million rows of ten columns: about 1.5 s of one
 * processor.
 */
#include "store/csv.h"
#include "store/import-pass.h"

#include <string.h>

typedef struct {
  QonysCsv *csv;
  guint n_columns;
} Csv;

static gboolean
read_position (const QonysImportSource *source, const QonysCsvField *fields, guint n, QonysRow *row)
{
  guint lon = source->lon_column, lat = source->lat_column;

  if (source->transform == NULL)
    return TRUE;
  if ((lon < n && !qonys_coordinate_parse (fields[lon].text, fields[lon].length, &row->lon_deg)) ||
      (lat < n && !qonys_coordinate_parse (fields[lat].text, fields[lat].length, &row->lat_deg)))
    return qonys_row_reject (row, QONYS_REASON_NOT_A_NUMBER, -1, NULL);
  return qonys_import_source_place (source, row);
}

static void
read_row (const QonysImportSource *source, const QonysCsvField *fields, guint n, QonysRow *row)
{
  qonys_row_clear (row);
  for (guint i = 0; i < row->n_fields; i++) {
    guint field = row->fields[i], column = source->columns[field]; /* −1 is beyond all */

    if (column < n && !qonys_row_read_text (row, field, fields[column].text, fields[column].length))
      return;
  }
  read_position (source, fields, n, row);
}

static gboolean
read_chunk (const QonysImportPass *pass, gsize chunk, QonysChunkReader *reader, gint64 *n_rows,
            gpointer data)
{
  const Csv *self = data;
  g_autofree QonysCsvField *fields = g_new (QonysCsvField, self->n_columns);
  char *at, *end;
  g_autofree char *text = qonys_csv_load (self->csv, chunk, &at, &end);
  guint n;
  int result;

  if (text == NULL)
    return FALSE;
  while ((result = qonys_csv_next (self->csv, &at, end, fields, &n)) > 0) {
    ++*n_rows;
    for (guint i = 0; i < n; i++)
      qonys_scanner_scan_text (reader->scanner, i, *n_rows, fields[i].text, fields[i].length);
    if (pass->context == NULL)
      continue;
    read_row (pass->source, fields, n, reader->row);
    qonys_import_pass_add_row (pass, reader);
  }
  return result == 0;
}

/* All columns are texts and there are no types beside. */
static gboolean
is_plain_csv (const QonysImportSource *source, const char *path)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (source->layer);
  const char *dot = strrchr (path, '.');
  g_autofree char *types = g_strdup_printf ("%.*s.csvt", (int)(dot != NULL ? dot - path : 0), path);

  if (g_strcmp0 (GDALGetDriverShortName (GDALGetDatasetDriver (source->dataset)), "CSV") != 0 ||
      OGR_FD_GetGeomFieldCount (definition) != 0 || source->has_geometry ||
      g_file_test (types, G_FILE_TEST_EXISTS) || source->decoder.sample != NULL ||
      (source->transform != NULL && !qonys_transform_is_plain (source->transform)))
    return FALSE;
  for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++)
    if (OGR_Fld_GetType (OGR_FD_GetFieldDefn (definition, i)) != OFTString)
      return FALSE;
  return TRUE;
}

QonysPassResult
qonys_import_pass_read_csv (QonysImportPass *pass, QonysScanner *scanner, GError **error)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (pass->source->layer);
  guint n_columns = OGR_FD_GetFieldCount (definition);
  g_autofree const char **names = g_new (const char *, n_columns + 1);
  g_autoptr (QonysCsv) csv = NULL;
  Csv self;

  if (!is_plain_csv (pass->source, pass->path))
    return QONYS_PASS_UNUSUAL;
  for (guint i = 0; i < n_columns; i++)
    names[i] = OGR_Fld_GetNameRef (OGR_FD_GetFieldDefn (definition, i));
  csv = qonys_csv_open (pass->path, names, n_columns);
  if (csv == NULL)
    return QONYS_PASS_UNUSUAL;
  self = (Csv){csv, n_columns};
  return qonys_import_pass_read_chunks (pass, scanner, qonys_csv_get_n_chunks (csv), read_chunk,
                                        &self, error);
}
