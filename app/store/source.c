/*
 * Opening what people bring: one stat, then GDAL's drivers, then the archive's members. Each way
 * to fail has its own sentence. One open a call.
 */
#include "store/source.h"

#include "store/geojson.h"
#include "store/store.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define OPEN_FLAGS (GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)

/* Formats GDAL reads whose names people know; what bears one of these endings and is not read is
 * damaged, not unknown. */
static const char *const KNOWN_ENDINGS[] = {
    ".geojson", ".json", ".gpkg", ".shp", ".dbf", ".fgb", ".csv", ".tsv", ".xlsx",   ".xls", ".ods",
    ".kml",     ".kmz",  ".gpx",  ".gml", ".tab", ".mif", ".zip", ".shz", ".sqlite", ".dxf", NULL};

static gboolean
has_ending (const char *path, const char *ending)
{
  gsize length = strlen (path), ending_length = strlen (ending);

  return length > ending_length && g_ascii_strcasecmp (path + length - ending_length, ending) == 0;
}

static gboolean
has_known_ending (const char *path)
{
  for (guint i = 0; KNOWN_ENDINGS[i] != NULL; i++)
    if (has_ending (path, KNOWN_ENDINGS[i]))
      return TRUE;
  return FALSE;
}

static void
set_errno_error (GError **error, const char *path, int code)
{
  qonys_error_set_from_gio (
      error, path,
      g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
}

gboolean
qonys_source_check (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  GStatBuf info;

  if (g_stat (path, &info) != 0) {
    set_errno_error (error, path, errno);
    return FALSE;
  }
  if (S_ISDIR (info.st_mode) && !has_ending (path, ".gdb")) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is a folder. Choose a file in it."), name);
    return FALSE;
  }
  if (!S_ISDIR (info.st_mode) && !S_ISREG (info.st_mode)) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is a device or a pipe. Save its contents to a file and choose that."),
                 name);
    return FALSE;
  }
  if (g_access (path, R_OK) != 0) {
    set_errno_error (error, path, errno);
    return FALSE;
  }
  if (S_ISREG (info.st_mode) && info.st_size == 0) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is empty (0 bytes). Ask the supplier to send it again."), name);
    return FALSE;
  }
  return TRUE;
}

/* ---- Shapefile ---- */

/* The name of a Shapefile's part that is missing beside @path, NULL if all are there. */
static const char *
find_missing_part (const char *path)
{
  static const char *const PARTS[] = {".shp", ".shx", ".dbf"};
  g_autofree char *stem = NULL;

  if (!has_ending (path, ".shp") && !has_ending (path, ".shx"))
    return NULL;
  stem = g_strndup (path, strlen (path) - 4);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    g_autofree char *lower = g_strconcat (stem, PARTS[i], NULL);
    g_autofree char *upper_part = g_ascii_strup (PARTS[i], -1);
    g_autofree char *upper = g_strconcat (stem, upper_part, NULL);

    if (g_access (lower, F_OK) != 0 && g_access (upper, F_OK) != 0)
      return PARTS[i];
  }
  return NULL;
}

/* A table of texts without .cpg whose header says "ANSI" means the writer's Windows code page,
 * which here was hardly ever Latin-1: read it raw and let the texts speak. */
static GDALDatasetH
reopen_raw (const char *path, GDALDatasetH dataset)
{
  static const char *const RAW[] = {"ENCODING=", NULL};
  OGRLayerH layer = GDALDatasetGetLayer (dataset, 0);
  const char *from_header;

  if (layer == NULL ||
      g_strcmp0 (GDALGetDriverShortName (GDALGetDatasetDriver (dataset)), "ESRI Shapefile") != 0)
    return dataset;
  from_header = GDALGetMetadataItem (layer, "ENCODING_FROM_LDID", "SHAPEFILE");
  if (GDALGetMetadataItem (layer, "CPG_VALUE", "SHAPEFILE") != NULL ||
      g_strcmp0 (from_header, "ISO-8859-1") != 0)
    return dataset;
  GDALClose (dataset);
  return GDALOpenEx (path, OPEN_FLAGS, NULL, RAW, NULL);
}

/* ---- archives and text ---- */

static GDALDatasetH
open_member (const char *archive, const char *ending)
{
  g_autofree char *folder = g_strconcat ("/vsizip/", archive, NULL);
  char **members = VSIReadDirRecursive (folder);
  GDALDatasetH dataset = NULL;

  for (guint i = 0; members != NULL && members[i] != NULL && dataset == NULL; i++) {
    g_autofree char *member = NULL;

    if (!has_ending (members[i], ending) || strstr (members[i], "__MACOSX") != NULL)
      continue;
    member = g_strconcat ("/vsizip/{", archive, "}/", members[i], NULL);
    dataset = GDALOpenEx (member, OPEN_FLAGS, NULL, NULL, NULL);
    if (dataset != NULL)
      dataset = reopen_raw (member, dataset);
  }
  CSLDestroy (members);
  return dataset;
}

static GDALDatasetH
open_archive (const char *path)
{
  static const char *const ENDINGS[] = {".gpkg", ".shp", ".geojson", ".json", ".fgb", ".kml",
                                        ".tab",  ".gml", ".csv",     ".xlsx", ".ods"};
  GDALDatasetH dataset = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS) && dataset == NULL; i++)
    dataset = open_member (path, ENDINGS[i]);
  return dataset;
}

static gboolean
is_wide_text (const char *path)
{
  g_autofree guint8 *head = g_malloc0 (2);
  VSILFILE *file = VSIFOpenL (path, "rb");
  gboolean is_wide = FALSE;

  if (file == NULL)
    return FALSE;
  if (VSIFReadL (head, 1, 2, file) == 2)
    is_wide = (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF);
  VSIFCloseL (file);
  return is_wide;
}

static void
set_open_error (QonysGdalScope *scope, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  const char *missing = find_missing_part (path);

  if (missing != NULL)
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_FORMAT,
                                _ ("The file %s that belongs to “%s” is missing. Put .shp, .shx, "
                                   ".dbf and .prj of the same name into one folder."),
                                missing, name);
  else if (has_known_ending (path))
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_FORMAT,
                                _ ("“%s” cannot be read: it is damaged, cut off or of another "
                                   "format than its name says. Ask the supplier to send it "
                                   "again."),
                                name);
  else
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_FORMAT,
                                _ ("“%s” is of no format that can be read. Save it as "
                                   "GeoPackage, GeoJSON, Shapefile, CSV or XLSX."),
                                name);
}

GDALDatasetH
qonys_source_open (const char *path, QonysGdalScope *scope, GError **error)
{
  GDALDatasetH dataset;

  qonys_store_init ();
  if (!qonys_source_check (path, error))
    return NULL;
  if (is_wide_text (path)) {
    g_autofree char *name = g_filename_display_basename (path);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is text in UTF-16. Save it again as “CSV UTF-8”."), name);
    return NULL;
  }

  /* The first row of a sheet names its columns, even where all cells are text. */
  CPLSetThreadLocalConfigOption ("OGR_XLSX_HEADERS", "FORCE");
  CPLSetThreadLocalConfigOption ("OGR_XLS_HEADERS", "FORCE");
  CPLSetThreadLocalConfigOption ("OGR_ODS_HEADERS", "FORCE");
  dataset = GDALOpenEx (path, OPEN_FLAGS, NULL, NULL, NULL);
  if (dataset != NULL)
    dataset = reopen_raw (path, dataset);
  else if (has_ending (path, ".zip"))
    dataset = open_archive (path);
  else if (has_ending (path, ".txt") || has_ending (path, ".tsv") || has_ending (path, ".tab")) {
    g_autofree char *as_table = g_strconcat ("CSV:", path, NULL);

    dataset = GDALOpenEx (as_table, OPEN_FLAGS, NULL, NULL, NULL);
  }

  if (dataset == NULL) {
    set_open_error (scope, path, error);
    return NULL;
  }
  qonys_gdal_scope_forget (scope);
  return dataset;
}

/* ---- the beginning of a file ---- */

/* Points, and no column of which nothing is known yet. */
static gboolean
is_telling (GDALDatasetH dataset)
{
  OGRLayerH layer =
      GDALDatasetGetLayerCount (dataset) == 1 ? GDALDatasetGetLayer (dataset, 0) : NULL;
  int n_fields = layer != NULL ? OGR_FD_GetFieldCount (OGR_L_GetLayerDefn (layer)) : 0, n_known = 0;
  g_autofree gboolean *is_known = g_new0 (gboolean, n_fields + 1);
  OGRFeatureH feature;

  if (layer == NULL || wkbFlatten (OGR_L_GetGeomType (layer)) != wkbPoint)
    return FALSE;
  while (n_known < n_fields && (feature = OGR_L_GetNextFeature (layer)) != NULL) {
    for (int i = 0; i < n_fields; i++)
      if (!is_known[i] && OGR_F_IsFieldSetAndNotNull (feature, i)) {
        is_known[i] = TRUE;
        n_known++;
      }
    OGR_F_Destroy (feature);
  }
  OGR_L_ResetReading (layer);
  return n_known == n_fields;
}

GDALDatasetH
qonys_source_open_head (const char *path)
{
  static const char *const DRIVERS[] = {"GeoJSON", NULL};
  gsize length;
  char *head = qonys_geojson_dup_head (path, &length);
  g_autofree char *name = g_path_get_basename (path); /* a layer may be called so */
  g_autofree char *folder = g_strdup_printf ("/vsimem/qonys-%p", (void *)head);
  g_autofree char *copy = g_build_filename (folder, name, NULL);
  g_auto (GDALDatasetH) dataset = NULL;

  if (head == NULL)
    return NULL;
  VSIFCloseL (VSIFileFromMemBuffer (copy, (GByte *)head, length, TRUE));
  dataset = GDALOpenEx (copy, OPEN_FLAGS, DRIVERS, NULL, NULL);
  VSIUnlink (copy); /* what is open stays */
  return dataset != NULL && is_telling (dataset) ? g_steal_pointer (&dataset) : NULL;
}

/* ---- identity ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GStrv
qonys_source_list_files (const char *path, GDALDatasetH dataset)
{
  const char *driver = GDALGetDriverShortName (GDALGetDatasetDriver (dataset));
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  char **files;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
      (has_ending (path, ".zip") || g_strcmp0 (driver, "ESRI Shapefile") != 0)) {
    g_strv_builder_add (list, path);
    return g_strv_builder_end (list);
  }
  files = GDALGetFileList (dataset);
  if (files != NULL)
    qsort (files, CSLCount (files), sizeof *files, compare_names);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    if (g_file_test (files[i], G_FILE_TEST_IS_REGULAR))
      g_strv_builder_add (list, files[i]);
  CSLDestroy (files);
  return g_strv_builder_end (list);
}

/* ---- names ---- */

char *
qonys_source_get_field_name (const QonysDecoder *decoder, OGRFieldDefnH field)
{
  return qonys_decoder_decode (decoder, OGR_Fld_GetNameRef (field));
}

void
qonys_source_look_at_names (QonysDecoder *decoder, OGRLayerH layer)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);

  for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++)
    qonys_decoder_look (decoder, OGR_Fld_GetNameRef (OGR_FD_GetFieldDefn (definition, i)));
}

void
qonys_source_note_encoding (QonysDecoder *decoder, GPtrArray *diagnostics)
{
  const char *encoding = qonys_decoder_guess (decoder);

  if (encoding != NULL)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("The file does not say the encoding of its texts; they were read "
                              "as %s."),
                           encoding);
}
