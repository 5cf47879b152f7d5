/*
 * Old XLS through GDAL, which reads it by FreeXL: all cells are in memory then, some 200 bytes
 * each. Names are not taken from the first row and numbers not from columns: cells are asked one
 * by one.
 */
#define _GNU_SOURCE /* memmem */
#include "store/workbook.h"

#include "store/gdal-scope.h"

#include <cpl_conv.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  QonysRowReader reader;
  GDALDatasetH dataset;
  OGRLayerH layer;
  gint64 n_rows, n_read;
} XlsRows;

static GDALDatasetH
open_quietly (const char *path, GError **error)
{
  static const char *const DRIVERS[] = {"XLS", NULL};
  GDALDatasetH dataset;

  CPLSetThreadLocalConfigOption ("OGR_XLS_HEADERS", "DISABLE");
  CPLSetThreadLocalConfigOption ("OGR_XLS_FIELD_TYPES", "STRING");
  CPLPushErrorHandler (CPLQuietErrorHandler);
  dataset = GDALOpenEx (path, GDAL_OF_VECTOR | GDAL_OF_READONLY, DRIVERS, NULL, NULL);
  CPLPopErrorHandler ();
  if (dataset == NULL) {
    g_autofree char *name = g_filename_display_basename (path);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” cannot be read: it is damaged, protected by a password or of a very old "
                    "Excel. Open it in Excel or LibreOffice and save it as XLSX."),
                 name);
  }
  return dataset;
}

/* Hidden sheets are told by the records at the beginning of the stream, where they lie together
 * (they nearly always do): BOF, then BOUNDSHEET of 6 bytes and a name. */
static gboolean
is_hidden (const char *bytes, gsize length, guint sheet)
{
  static const char BOF[] = "\x09\x08\x10\x00\x00\x06\x05\x00";
  const guint8 *at = memmem (bytes, length, BOF, sizeof BOF - 1);
  const guint8 *end = (const guint8 *)bytes + length;

  while (at != NULL && at + 10 < end && !(at[0] == 0x0A && at[1] == 0)) {
    if (at[0] == 0x85 && at[1] == 0 && sheet-- == 0)
      return (at[8] & 3) != 0;
    at += 4 + (at[2] | at[3] << 8);
  }
  return FALSE;
}

gboolean
qonys_xls_list (QonysWorkbook *workbook, GError **error)
{
  g_auto (GDALDatasetH) dataset = open_quietly (workbook->path, error);
  g_autofree char *bytes = g_malloc (1 << 20);
  VSILFILE *file;
  gsize n = 0;

  if (dataset == NULL)
    return FALSE;
  file = VSIFOpenL (workbook->path, "rb");
  if (file != NULL) {
    n = VSIFReadL (bytes, 1, 1 << 20, file);
    VSIFCloseL (file);
  }
  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++)
    qonys_workbook_add_sheet (workbook, OGR_L_GetName (GDALDatasetGetLayer (dataset, i)), NULL,
                              is_hidden (bytes, n, (guint)i));
  return TRUE;
}

static QonysRawRow *
next (QonysRowReader *reader, GError **error)
{
  XlsRows *self = (XlsRows *)reader;
  g_auto (OGRFeatureH) feature = NULL;
  QonysRawRow *row;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  feature = OGR_L_GetNextFeature (self->layer);
  CPLPopErrorHandler ();
  if (feature == NULL)
    return NULL;
  row = qonys_raw_row_new ();
  row->number = OGR_F_GetFID (feature);
  self->n_read++;
  for (int i = 0; i < OGR_F_GetFieldCount (feature); i++) {
    g_autofree char *valid = NULL;
    const char *text;

    if (!OGR_F_IsFieldSetAndNotNull (feature, i))
      continue;
    text = OGR_F_GetFieldAsString (feature, i);
    if (!g_utf8_validate (text, -1, NULL)) {
      text = valid = g_utf8_make_valid (text, -1);
      qonys_cell_count_add (&reader->facts.undecoded, row->number, (guint)i);
    }
    qonys_raw_row_add (row, (guint)i, text, strlen (text));
  }
  return row;
}

static double
get_progress (const QonysRowReader *reader)
{
  const XlsRows *self = (const XlsRows *)reader;

  return self->n_rows > 0 ? MIN (1, (double)self->n_read / self->n_rows) : 1;
}

static void
free_rows (QonysRowReader *reader)
{
  XlsRows *self = (XlsRows *)reader;

  GDALClose (self->dataset);
  g_free (self);
}

QonysRowReader *
qonys_xls_rows_open (const QonysWorkbook *workbook, guint sheet, GError **error)
{
  GDALDatasetH dataset = open_quietly (workbook->path, error);
  XlsRows *self;

  if (dataset == NULL)
    return NULL;
  self = g_new0 (XlsRows, 1);
  self->reader = (QonysRowReader){next, get_progress, free_rows};
  self->dataset = dataset;
  self->layer = GDALDatasetGetLayer (dataset, (int)sheet);
  self->n_rows = OGR_L_GetFeatureCount (self->layer, TRUE);
  OGR_L_ResetReading (self->layer);
  return &self->reader;
}
