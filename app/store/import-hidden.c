/*
 * What of a file is in none of the columns that GDAL shows: its metadata, members and elements
 * that GDAL passes over, tables it does not list, deleted records, the other members of an
 * archive. Shown to the scanner once a file; nothing of it is ever read into a project.
 */
#include "store/import-pass.h"

#include "store/hidden-texts.h"
#include "store/workbook-bytes.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <string.h>

#define MAX_PLACES 2000 /* names of members; what comes later stands under one of them */
#define MAX_HEAD (64 * 1024)

typedef struct {
  const QonysImportSource *source;
  QonysScanner *scanner;
  GHashTable *places[2]; /* of texts and of numbers: name → column + 1 */
  guint files, others;   /* columns */
  gint64 row;
} Hidden;

static guint
get_column (Hidden *self, const char *place, gboolean is_number)
{
  GHashTable *places = self->places[is_number];
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (places, place));

  if (column == 0) {
    g_autofree char *name = qonys_decoder_decode (&self->source->decoder, place);

    if (g_hash_table_size (places) >= MAX_PLACES)
      return self->others;
    column = qonys_scanner_add_column (self->scanner, name,
                                       is_number ? QONYS_SCAN_REAL : QONYS_SCAN_TEXT) +
             1;
    g_hash_table_insert (places, g_strdup (place), GUINT_TO_POINTER (column));
  }
  return column - 1;
}

static void
scan_placed (const char *place, gint64 line, const char *text, gsize length, gboolean is_number,
             gpointer data)
{
  Hidden *self = data;
  guint column = get_column (self, place, is_number);
  g_autofree char *copy = NULL;

  if (length > 0 && !g_utf8_validate_len (text, length, NULL)) {
    g_autofree char *exact = g_strndup (text, length);

    text = copy = qonys_decoder_decode (&self->source->decoder, exact);
    length = strlen (copy);
  }
  qonys_scanner_scan_text (self->scanner, column, MAX (line, 1), text, length);
}

static void
scan_bytes (const char *text, gsize length, gpointer data)
{
  Hidden *self = data;

  qonys_scanner_scan_text (self->scanner, self->others, ++self->row, text, length);
}

/* ---- what GDAL knows beside the columns ---- */

static void
scan_metadata (Hidden *self, GDALMajorObjectH object)
{
  char **items = GDALGetMetadata (object, NULL);

  for (guint i = 0; items != NULL && items[i] != NULL; i++) {
    char *key = NULL;
    const char *value = CPLParseNameValue (items[i], &key);

    if (key != NULL && value != NULL)
      scan_placed (key, 1, value, strlen (value), FALSE, self);
    CPLFree (key);
  }
}

static void
scan_layers (Hidden *self, GDALDatasetH dataset)
{
  scan_metadata (self, dataset);
  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (dataset, i);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);

    scan_metadata (self, layer);
    for (int j = 0; j < OGR_FD_GetFieldCount (definition); j++) {
      const char *name = OGR_Fld_GetAlternativeNameRef (OGR_FD_GetFieldDefn (definition, j));

      if (name != NULL && *name != '\0')
        scan_placed (name, 1, "", 0, FALSE, self);
    }
  }
}

/* ---- tables of a database that are no layers ---- */

static gboolean
is_listed (GDALDatasetH dataset, const char *name)
{
  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++)
    if (g_ascii_strcasecmp (OGR_L_GetName (GDALDatasetGetLayer (dataset, i)), name) == 0)
      return TRUE;
  return FALSE;
}

/* Of the format itself: coordinate systems and indexes. */
static gboolean
is_of_format (const char *name)
{
  static const char *const TABLES[] = {"sqlite_*",
                                       "rtree_*",
                                       "idx_*",
                                       "gpkg_spatial_ref_sys",
                                       "gpkg_extensions",
                                       "gpkg_ogr_contents",
                                       "gpkg_geometry_columns",
                                       "gpkg_tile_matrix*",
                                       "spatial_ref_sys*",
                                       "geometry_columns",
                                       "data_licenses",
                                       "ElementaryGeometries"};

  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    if (g_pattern_match_simple (TABLES[i], name))
      return TRUE;
  return FALSE;
}

/* The words that read all of a table as text, but pictures and shapes. @columns: (out): names and
 * types by turns; NULL if there is no such table. */
static char *
make_query (GDALDatasetH dataset, const char *table, GPtrArray *columns)
{
  g_autofree char *ask = g_strdup_printf ("PRAGMA table_info('%s')", table);
  OGRLayerH names = GDALDatasetExecuteSQL (dataset, ask, NULL, NULL);
  g_autoptr (GString) query = g_string_new ("SELECT ");
  OGRFeatureH feature;

  while (names != NULL && (feature = OGR_L_GetNextFeature (names)) != NULL) {
    char *name = g_strdup (OGR_F_GetFieldAsString (feature, OGR_F_GetFieldIndex (feature, "name")));
    g_auto (GStrv) parts = g_strsplit (name, "\"", -1);
    g_autofree char *quoted = g_strjoinv ("\"\"", parts);

    g_string_append_printf (
        query, "%sCASE typeof(\"%s\") WHEN 'blob' THEN '' ELSE CAST(\"%s\" AS TEXT) END AS c%u",
        columns->len > 0 ? ", " : "", quoted, quoted, columns->len);
    g_ptr_array_add (columns, name);
    g_ptr_array_add (
        columns, g_ascii_strup (
                     OGR_F_GetFieldAsString (feature, OGR_F_GetFieldIndex (feature, "type")), -1));
    OGR_F_Destroy (feature);
  }
  if (names != NULL)
    GDALDatasetReleaseResultSet (dataset, names);
  if (columns->len == 0)
    return NULL;
  g_string_append_printf (query, " FROM \"%s\"", table);
  return g_strdup (query->str);
}

static gboolean
is_number (const char *type)
{
  return strstr (type, "INT") != NULL || strstr (type, "REAL") != NULL ||
         strstr (type, "DOUB") != NULL || strstr (type, "FLOA") != NULL;
}

static void
scan_table (Hidden *self, GDALDatasetH dataset, const char *table)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *query = make_query (dataset, table, columns);
  OGRLayerH rows = query != NULL ? GDALDatasetExecuteSQL (dataset, query, NULL, NULL) : NULL;
  OGRFeatureH feature;

  for (gint64 row = 1; rows != NULL && (feature = OGR_L_GetNextFeature (rows)) != NULL; row++) {
    for (guint i = 0; i < columns->len / 2 && (int)i < OGR_F_GetFieldCount (feature); i++) {
      const char *text = OGR_F_GetFieldAsString (feature, (int)i);

      scan_placed (columns->pdata[2 * i], row, text, strlen (text),
                   is_number (columns->pdata[2 * i + 1]), self);
    }
    OGR_F_Destroy (feature);
  }
  if (rows != NULL)
    GDALDatasetReleaseResultSet (dataset, rows);
}

static void
scan_tables (Hidden *self, GDALDatasetH dataset)
{
  OGRLayerH list = GDALDatasetExecuteSQL (
      dataset, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')", NULL, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  OGRFeatureH feature;

  while (list != NULL && (feature = OGR_L_GetNextFeature (list)) != NULL) {
    const char *name = OGR_F_GetFieldAsString (feature, 0);

    if (!is_listed (dataset, name) && !is_of_format (name) && strpbrk (name, "'\"") == NULL)
      g_ptr_array_add (names, g_strdup (name));
    OGR_F_Destroy (feature);
  }
  if (list != NULL)
    GDALDatasetReleaseResultSet (dataset, list);
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];

    qonys_scanner_scan_text (self->scanner, self->files, 1, name, strlen (name));
    scan_table (self, dataset, name);
  }
}

/* ---- by kind ---- */

static GStrv
list_dropped (const QonysImportSource *source)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < source->n_columns; i++)
    if (source->is_stripped[i])
      g_strv_builder_add (names, source->names[i]);
  return g_strv_builder_end (names);
}

/* @is_plain: a GeoJSON file whose features are known to hold nothing else */
static void
scan_kind (Hidden *self, GDALDatasetH dataset, gboolean is_plain)
{
  static const char *const JSON[] = {"GeoJSON", "TopoJSON", "ESRIJSON", "GeoJSONSeq", NULL};
  static const char *const XML[] = {"KML", "LIBKML", "GPX", "GML", NULL};
  static const char *const DATABASES[] = {"GPKG", "SQLite", NULL};
  const char *driver = GDALGetDriverShortName (GDALGetDatasetDriver (dataset));
  gboolean is_head = self->source->is_head && dataset == self->source->dataset;
  char **files = is_head ? CSLAddString (NULL, self->source->path) : GDALGetFileList (dataset);

  scan_layers (self, dataset);
  if (g_strv_contains (DATABASES, driver))
    scan_tables (self, dataset);
  for (guint i = 0; files != NULL && files[i] != NULL; i++) {
    g_autofree char *lower = g_ascii_strdown (files[i], -1);
    gboolean is_read = TRUE;

    if (g_str_has_suffix (lower, ".dbf"))
      qonys_hidden_scan_dbf (files[i], scan_placed, self);
    else if (g_strv_contains (JSON, driver)) {
      g_auto (GStrv) dropped = list_dropped (self->source);

      is_read = qonys_hidden_scan_json (files[i], (const char *const *)dropped,
                                        is_plain ? MAX_HEAD : 0, scan_placed, self);
    } else if (g_strv_contains (XML, driver) && !g_str_has_suffix (lower, ".xsd") &&
               !g_str_has_suffix (lower, ".gfs") && !g_str_has_suffix (lower, ".kmz"))
      is_read = qonys_hidden_scan_xml (files[i], scan_placed, self);
    if (!is_read && !is_plain)
      qonys_bytes_find_texts (files[i], NULL, scan_bytes, self);
  }
  CSLDestroy (files);
}

/* ---- archives ---- */

static void
scan_dataset (Hidden *self, GDALDatasetH dataset)
{
  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (dataset, i);
    OGRFeatureH feature;

    qonys_scanner_scan_text (self->scanner, self->files, 1, OGR_L_GetName (layer),
                             strlen (OGR_L_GetName (layer)));
    for (gint64 row = 1; (feature = OGR_L_GetNextFeature (layer)) != NULL; row++) {
      for (int j = 0; j < OGR_F_GetFieldCount (feature); j++) {
        OGRFieldDefnH field = OGR_F_GetFieldDefnRef (feature, j);
        const char *text = OGR_F_GetFieldAsString (feature, j);
        gboolean is_text = OGR_Fld_GetType (field) != OFTInteger &&
                           OGR_Fld_GetType (field) != OFTInteger64 &&
                           OGR_Fld_GetType (field) != OFTReal;

        scan_placed (OGR_Fld_GetNameRef (field), row, text, strlen (text), !is_text, self);
      }
      OGR_F_Destroy (feature);
    }
  }
}

/* Another member than the table that is read, and not one of its parts: what GDAL can read, or
 * text. Pictures and documents have their names looked at. */
static void
scan_member (Hidden *self, const char *path)
{
  static const char *const TABLES[] = {".csv",  ".tsv",  ".xlsx", ".xls", ".ods",    ".geojson",
                                       ".json", ".gpkg", ".shp",  ".fgb", ".kml",    ".kmz",
                                       ".gml",  ".gpx",  ".tab",  ".mif", ".sqlite", NULL};
  static const char *const TEXTS[] = {".txt", ".xml", ".html", ".htm", ".md", ".log", ".dbf", NULL};
  const char *dot = strrchr (path, '.');
  g_autofree char *ending = g_ascii_strdown (dot != NULL ? dot : "", -1);
  g_auto (GDALDatasetH) dataset = NULL;

  if (g_strv_contains (TABLES, ending))
    dataset = GDALOpenEx (path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
  if (dataset != NULL) {
    scan_dataset (self, dataset);
    scan_kind (self, dataset, FALSE);
  } else if (g_strv_contains (TABLES, ending) || g_strv_contains (TEXTS, ending)) {
    qonys_bytes_find_texts (path, NULL, scan_bytes, self);
  }
}

static void
scan_members (Hidden *self, const char *path)
{
  g_autofree char *folder = g_strdup_printf ("/vsizip/{%s}", path);
  char **members = VSIReadDirRecursive (folder);
  char **own = self->source->dataset != NULL ? GDALGetFileList (self->source->dataset) : NULL;

  for (guint i = 0; members != NULL && members[i] != NULL; i++) {
    g_autofree char *member = g_strdup_printf ("%s/%s", folder, members[i]);

    qonys_scanner_scan_text (self->scanner, self->files, 1, members[i], strlen (members[i]));
    if (CSLFindString (own, member) < 0 && !g_str_equal (member, self->source->path))
      scan_member (self, member);
  }
  CSLDestroy (own);
  CSLDestroy (members);
}

/* ---- the whole ---- */

static gboolean
is_archive (const char *path)
{
  char head[4] = "";
  VSILFILE *file = VSIFOpenL (path, "rb");
  gsize n = file != NULL ? VSIFReadL (head, 1, sizeof head, file) : 0;

  if (file != NULL)
    VSIFCloseL (file);
  return n == sizeof head && memcmp (head, "PK\3\4", sizeof head) == 0;
}

GPtrArray *
qonys_import_pass_run_hidden (QonysImportPass *pass, gboolean is_plain)
{
  Hidden self = {.source = pass->source, .scanner = qonys_scanner_new (FALSE)};
  GPtrArray *findings;

  self.files = qonys_scanner_add_column (self.scanner, QONYS_FILE_NAMES, QONYS_SCAN_TEXT);
  self.others = qonys_scanner_add_column (self.scanner, "…", QONYS_SCAN_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (self.places); i++)
    self.places[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (pass->source->dataset != NULL)
    scan_kind (&self, pass->source->dataset, is_plain);
  if (pass->source->members != NULL || is_archive (pass->source->file))
    scan_members (&self, pass->source->file);
  for (guint i = 0; i < G_N_ELEMENTS (self.places); i++)
    g_hash_table_unref (self.places[i]);
  findings = qonys_scanner_finish (self.scanner);
  qonys_scanner_free (self.scanner);
  return findings;
}
