/* Files with a number of a person in each place where one can be. The number is a test vector. */
#include "persons-files.h"

#include "../store/workbook-support.h"

#include <cpl_string.h>
#include <gdal.h>
#include <gdal_utils.h>
#include <glib/gstdio.h>
#include <ogr_api.h>
#include <sqlite3.h>
#include <string.h>

#define ROW "k1,71.43,51.13\n"
#define HEAD "dwelling_key,lon,lat"

/* ---- text ---- */

static char *
make_csv (void)
{
  return put_text ("a.csv", HEAD ",note\nk1,71.43,51.13,ok\nk2,71.43,51.13," PERSON "\n");
}

static char *
make_csv_spaced (void)
{
  return put_text ("a.csv", HEAD ",note\nk2,71.43,51.13,9912 3110 0010\n");
}

static char *
make_csv_scientific (void)
{
  return put_text ("a.csv", HEAD ",code\nk2,71.43,51.13,9.91231100010E+11\n");
}

static char *
make_csv_headless (void)
{
  return put_text ("a.csv", "k1," PERSON ",71.43,51.13\nk2,991231100109,71.44,51.13\n");
}

static char *
make_csv_column (void)
{
  return put_text ("a.csv", HEAD "," PERSON "\n" ROW);
}

static char *
make_csv_name (void)
{
  return put_text (PERSON ".csv", HEAD "\n" ROW);
}

static char *
make_csv_ragged (void)
{
  return put_text ("a.csv", HEAD "\nk1,71.43,51.13,beyond," PERSON "\n");
}

static char *
make_csv_title (void)
{
  return put_text ("a.csv", "Список; " PERSON "\n\n" HEAD "\n" ROW);
}

static char *
make_csv_quoted (void)
{
  return put_text ("a.csv", HEAD ",note\nk1,71.43,51.13,\"two\nlines " PERSON "\"\n");
}

static char *
make_tsv (void)
{
  return put_text ("a.tsv", "dwelling_key\tlon\tlat\tnote\nk1\t71.43\t51.13\t" PERSON "\n");
}

static char *
make_wide (void)
{
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = g_convert ("\xef\xbb\xbf" HEAD ",note\nk1,71.43,51.13," PERSON "\n", -1, "UTF-16LE",
                     "UTF-8", NULL, &length, NULL);
  return put_bytes ("a.csv", bytes, length);
}

static char *
make_legacy (void)
{
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = g_convert (HEAD ",ескерту\nk1,71.43,51.13,жазба " PERSON "\n", -1, "KZ-1048", "UTF-8",
                     NULL, &length, NULL);
  if (bytes == NULL)
    bytes = g_convert (HEAD ",note\nk1,71.43,51.13,запись " PERSON "\n", -1, "CP1251", "UTF-8",
                       NULL, &length, NULL);
  return put_bytes ("a.csv", bytes, length);
}

/* ---- workbooks ---- */

#define TEXT(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define NUMBER(number) "<c><v>" number "</v></c>"
#define SHEET_ROWS                                                                                 \
  "<row r='1'>" TEXT ("dwelling_key") TEXT ("lon") TEXT ("lat") "</row><row r='2'>" TEXT ("k1")    \
      NUMBER ("71.43") NUMBER ("51.13") "</row>"
#define TWO_SHEETS(attribute)                                                                      \
  "xl/workbook.xml",                                                                               \
      "<workbook><sheets><sheet name='dwelling' r:id='rId1'/><sheet name='b' " attribute           \
      " r:id='rId2'/></sheets></workbook>"
#define SECOND                                                                                     \
  "xl/worksheets/sheet2.xml",                                                                      \
      "<worksheet><sheetData><row>" TEXT ("a") TEXT ("b") "</row><row>" NUMBER (PERSON)            \
          NUMBER ("1") "</row></sheetData></worksheet>"

static char *
make_xlsx_number (void)
{
  return put_xlsx ("a.xlsx",
                   "<row r='1'>" TEXT ("dwelling_key") TEXT ("lon") TEXT ("lat")
                       TEXT ("x") "</row>"
                                  "<row r='2'>" TEXT ("k1") NUMBER ("71.43") NUMBER ("51.13")
                                      NUMBER ("9.9123110001E11") "</row>",
                   "", NULL);
}

static char *
make_xlsx_hidden_row (void)
{
  return put_xlsx ("a.xlsx",
                   SHEET_ROWS "<row r='3' hidden='1'>" TEXT ("k2") NUMBER ("71.43") NUMBER ("51.13")
                       TEXT (PERSON) "</row>",
                   "", NULL);
}

static char *
make_xlsx_hidden_column (void)
{
  return put_xlsx ("a.xlsx", "", "", "xl/worksheets/sheet1.xml",
                   "<worksheet><cols><col min='4' max='4' hidden='1'/></cols><sheetData>"
                   "<row r='1'>" TEXT ("dwelling_key") TEXT ("lon") TEXT ("lat")
                       TEXT ("x") "</row>"
                                  "<row r='2'>" TEXT ("k1") NUMBER ("71.43") NUMBER ("51.13")
                                      TEXT (PERSON) "</row></sheetData></worksheet>",
                   NULL);
}

static char *
make_xlsx_second (void)
{
  return put_xlsx ("a.xlsx", SHEET_ROWS, "", TWO_SHEETS (""), SECOND, NULL);
}

static char *
make_xlsx_hidden_sheet (void)
{
  return put_xlsx ("a.xlsx", SHEET_ROWS, "", TWO_SHEETS ("state='veryHidden'"), SECOND, NULL);
}

static char *
make_xlsx_sheet_name (void)
{
  return put_xlsx ("a.xlsx", SHEET_ROWS, "", "xl/workbook.xml",
                   "<workbook><sheets><sheet name='" PERSON "' r:id='rId1'/></sheets></workbook>",
                   NULL);
}

static char *
make_xlsx_comment (void)
{
  return put_xlsx ("a.xlsx", SHEET_ROWS, "", "xl/comments1.xml",
                   "<comments><comment ref='B7'><t>" PERSON "</t></comment></comments>", NULL);
}

static char *
make_xlsx_media (void)
{
  return put_xlsx ("a.xlsx", SHEET_ROWS, "", "xl/media/" PERSON ".png", "x", NULL);
}

static char *
make_xlsx_defined (void)
{
  return put_xlsx ("a.xlsx", SHEET_ROWS, "", "xl/workbook.xml",
                   "<workbook><sheets><sheet name='a' r:id='rId1'/></sheets><definedNames>"
                   "<definedName name='n'>\"" PERSON "\"</definedName></definedNames></workbook>",
                   NULL);
}

#define ODS_CELL(text) "<table:table-cell><text:p>" text "</text:p></table:table-cell>"
#define ODS_ROWS(more)                                                                             \
  "<table:table-row>" ODS_CELL ("dwelling_key") ODS_CELL ("lon")                                   \
      ODS_CELL ("lat") "</table:table-row><table:table-row>" ODS_CELL ("k1") ODS_CELL ("71.43")    \
          ODS_CELL ("51.13") more "</table:table-row>"

static char *
make_ods (void)
{
  return put_ods ("a.ods", "",
                  "<table:table table:name='a'>" ODS_ROWS (ODS_CELL (PERSON)) "</table:table>");
}

static char *
make_ods_second (void)
{
  return put_ods (
      "a.ods", "",
      "<table:table table:name='a'>" ODS_ROWS (
          "") "</table:table><table:table table:name='b'><table:table-row "
              "table:visibility='collapse'>" ODS_CELL (PERSON) "</table:table-row></table:table>");
}

static char *
make_ods_comment (void)
{
  return put_ods ("a.ods", "",
                  "<table:table table:name='a'>" ODS_ROWS (
                      "<table:table-cell><office:annotation><text:p>" PERSON
                      "</text:p></office:annotation></table:table-cell>") "</table:table>");
}

static char *
make_xls (void)
{
  static const char *const CELLS[] = {"dwelling_key", "lon",   "lat",           "note", "k1",
                                      "71.43",        "51.13", "991231-100010", NULL};

  return put_xls ("a.xls", CELLS, 4);
}

/* ---- GeoJSON ---- */

#define POINT "\"geometry\":{\"type\":\"Point\",\"coordinates\":[71.43,51.13]}"
#define FEATURE(more, properties)                                                                  \
  "{\"type\":\"Feature\"," more "\"properties\":{\"dwelling_key\":\"k1\"" properties "}," POINT "}"
#define COLLECTION(more, features)                                                                 \
  "{\"type\":\"FeatureCollection\"," more "\"features\":[" features "]}"

static char *
put_geojson (const char *text)
{
  return put_text ("a.geojson", text);
}

static char *
make_geojson (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("", ",\"a\":" PERSON)));
}

static char *
make_geojson_nested (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("", ",\"a\":{\"b\":[1,{\"c\":\"" PERSON "\"}]}")));
}

static char *
make_geojson_array (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("", ",\"a\":[\"x\",\"" PERSON "\"]")));
}

static char *
make_geojson_numbers (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("", ",\"a\":[1," PERSON "]")));
}

static char *
make_geojson_nested_name (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("", ",\"a\":{\"ФИО\":\"x\"}")));
}

static char *
make_geojson_foreign (void)
{
  return put_geojson (COLLECTION ("\"source\":\"" PERSON "\",", FEATURE ("", "")));
}

static char *
make_geojson_foreign_behind (void)
{
  return put_geojson ("{\"type\":\"FeatureCollection\",\"features\":[" FEATURE (
      "", "") "],\"source\":{\"by\":[\"" PERSON "\"]}}");
}

static char *
make_geojson_feature_member (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("\"who\":{\"n\":\"" PERSON "\"},", "")));
}

static char *
make_geojson_id (void)
{
  return put_geojson (COLLECTION ("", FEATURE ("\"id\":\"" PERSON "\",", "")));
}

static char *
make_geojson_layer (void)
{
  return put_geojson (COLLECTION ("\"name\":\"" PERSON "\",", FEATURE ("", "")));
}

static char *
make_geojson_late (void)
{
  g_autoptr (GString) features = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (int i = 0; i < 40000; i++)
    g_string_append_printf (
        features, "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"k%d\"}," POINT "},", i);
  text = g_strconcat ("{\"type\":\"FeatureCollection\",\"features\":[", features->str,
                      FEATURE ("", ",\"late\":\"" PERSON "\""), "]}", NULL);
  return put_geojson (text);
}

/* ---- KML ---- */

#define KML(document, mark)                                                                        \
  "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>" document                              \
  "<Placemark><name>dwelling</name>" mark                                                          \
  "<ExtendedData><Data name=\"dwelling_key\"><value>k1</value></Data></ExtendedData>"              \
  "<Point><coordinates>71.43,51.13</coordinates></Point></Placemark></Document></kml>"

static char *
make_kml_description (void)
{
  return put_text ("a.kml", KML ("", "<description>&lt;b&gt;" PERSON "&lt;/b&gt;</description>"));
}

static char *
make_kml_extended (void)
{
  return put_text (
      "a.kml", "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><ExtendedData>"
               "<Data name=\"dwelling_key\"><value>k1</value></Data><Data name=\"x\"><value>" PERSON
               "</value></Data></ExtendedData><Point><coordinates>71.43,51.13</coordinates></Point>"
               "</Placemark></Document></kml>");
}

static char *
make_kml_document (void)
{
  return put_text ("a.kml", KML ("<description>" PERSON "</description>", ""));
}

static char *
make_kml_author (void)
{
  return put_text ("a.kml", KML ("", "<Snippet>" PERSON "</Snippet>"));
}

static char *
make_kml_picture (void)
{
  return put_text ("a.kml", KML ("<Style id=\"s\"><IconStyle><Icon><href>img/" PERSON
                                 ".jpg</href></Icon></IconStyle></Style>",
                                 ""));
}

static char *
make_kml_remark (void)
{
  return put_text ("a.kml", KML ("<!-- " PERSON " -->", ""));
}

static char *
make_kml_folder (void)
{
  return put_text ("a.kml",
                   "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Folder><name>" PERSON
                   "</name><Placemark><name>x</name><ExtendedData><Data name=\"dwelling_key\">"
                   "<value>k1</value></Data></ExtendedData><Point><coordinates>71.43,51.13"
                   "</coordinates></Point></Placemark></Folder></Document></kml>");
}

static char *
make_kmz_picture (void)
{
  g_autofree char *zip =
      put_package ("a.zip", "doc.kml", KML ("", ""), "files/" PERSON ".jpg", "x", NULL);
  char *path = g_build_filename (support_temp_dir (), "a.kmz", NULL);

  g_assert_cmpint (g_rename (zip, path), ==, 0);
  return path;
}

/* ---- what GDAL writes ---- */

/* @options: further words of ogr2ogr, split at blanks */
static char *
convert (const char *geojson, const char *driver, const char *name, const char *options)
{
  g_autofree char *source = put_text ("convert.geojson", geojson);
  char *path = g_build_filename (support_temp_dir (), name, NULL);
  g_autofree char *all = g_strdup_printf ("-f|%s|%s", driver, options);
  g_auto (GStrv) words = g_strsplit (all, "|", -1);
  GDALVectorTranslateOptions *translate;
  GDALDatasetH from, to;

  qonys_store_init ();
  from = GDALOpenEx (source, GDAL_OF_VECTOR, NULL, NULL, NULL);
  translate = GDALVectorTranslateOptionsNew (words, NULL);
  to = GDALVectorTranslate (path, NULL, 1, &from, translate, NULL);
  g_assert_nonnull (to);
  GDALClose (to);
  GDALClose (from);
  GDALVectorTranslateOptionsFree (translate);
  g_assert_cmpint (g_unlink (source), ==, 0);
  return path;
}

static void
run_sqlite (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
  sqlite3_close (db);
}

#define CLEAN COLLECTION ("", FEATURE ("", ",\"rooms\":2,\"flat\":\"7\""))
#define WITH_PERSON COLLECTION ("", FEATURE ("", ",\"rooms\":2,\"note\":\"" PERSON "\""))
#define BUILD_GPKG(sql) build_database ("GPKG", "a.gpkg", sql)

static char *
build_database (const char *driver, const char *name, const char *sql)
{
  char *path = convert (CLEAN, driver, name, "-nln|dwelling");

  run_sqlite (path, sql);
  return path;
}

static char *
make_gpkg (void)
{
  return convert (WITH_PERSON, "GPKG", "a.gpkg", "-nln|dwelling");
}

static char *
make_gpkg_other (void)
{
  return BUILD_GPKG ("CREATE TABLE other (id INTEGER PRIMARY KEY, t TEXT);"
                     "INSERT INTO other VALUES (1, '" PERSON "');"
                     "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES "
                     "('other', 'attributes', 'other')");
}

static char *
make_gpkg_unlisted (void)
{
  return BUILD_GPKG ("CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT);"
                     "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES "
                     "('a', 'attributes', 'a');"
                     "CREATE TABLE unlisted (id INTEGER PRIMARY KEY, t);"
                     "INSERT INTO unlisted VALUES (1, " PERSON ")");
}

static char *
make_gpkg_contents (void)
{
  return BUILD_GPKG ("UPDATE gpkg_contents SET description = '" PERSON "'");
}

static char *
make_gpkg_metadata (void)
{
  return BUILD_GPKG (
      "CREATE TABLE gpkg_metadata (id INTEGER PRIMARY KEY, md_scope TEXT, md_standard_uri TEXT, "
      "mime_type TEXT, metadata TEXT);INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'x', "
      "'text/xml', '<a>" PERSON "</a>')");
}

static char *
make_gpkg_view (void)
{
  return BUILD_GPKG ("CREATE VIEW v AS SELECT '" PERSON "' AS t");
}

static char *
make_gpkg_wal (void)
{
  return BUILD_GPKG ("PRAGMA journal_mode = wal; CREATE TABLE other (t TEXT);"
                     "INSERT INTO other VALUES ('" PERSON "')");
}

static char *
make_sqlite_other (void)
{
  return build_database ("SQLite", "a.sqlite",
                         "CREATE TABLE other (t TEXT); INSERT INTO other VALUES ('" PERSON "')");
}

static char *
make_shape (void)
{
  return convert (WITH_PERSON, "ESRI Shapefile", "dwelling.shp", "-lco|ENCODING=UTF-8");
}

/* Marked as deleted, and there: a DBF forgets only when it is packed. */
static char *
make_shape_deleted (void)
{
  char *path = convert (COLLECTION ("", FEATURE ("", ",\"note\":\"ok\"") "," FEATURE (
                                            "", ",\"note\":\"" PERSON "\"")),
                        "ESRI Shapefile", "dwelling.shp", "-lco|ENCODING=UTF-8");
  static const char *const OPTIONS[] = {"AUTO_REPACK=NO", NULL};
  GDALDatasetH dataset = GDALOpenEx (path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, OPTIONS, NULL);

  g_assert_cmpint (OGR_L_DeleteFeature (GDALDatasetGetLayer (dataset, 0), 1), ==, OGRERR_NONE);
  GDALClose (dataset);
  return path;
}

static char *
make_flatgeobuf (void)
{
  return convert (WITH_PERSON, "FlatGeobuf", "a.fgb", "-nln|dwelling");
}

static char *
make_gml (void)
{
  return convert (WITH_PERSON, "GML", "a.gml", "-nln|dwelling");
}

static char *
make_mapinfo (void)
{
  return convert (WITH_PERSON, "MapInfo File", "a.tab", "-nln|dwelling");
}

/* ---- archives ---- */

static char *
make_zip (void)
{
  return put_package ("a.zip", "a.csv", HEAD ",note\nk1,71.43,51.13," PERSON "\n", NULL);
}

static char *
make_zip_geojson (void)
{
  return put_package ("a.zip", "a.geojson", WITH_PERSON, NULL);
}

static char *
make_zip_other (void)
{
  return put_package ("a.zip", "a.csv", HEAD "\n" ROW, "b.csv", "x,y\n1," PERSON "\n", NULL);
}

static char *
make_zip_other_kind (void)
{
  return put_package ("a.zip", "a.geojson", CLEAN, "b.csv", "x,y\n1," PERSON "\n", NULL);
}

static char *
make_zip_text (void)
{
  return put_package ("a.zip", "a.geojson", CLEAN, "readme.txt", "who: " PERSON "\n", NULL);
}

static char *
make_zip_name (void)
{
  return put_package ("a.zip", "a.geojson", CLEAN, "photo/" PERSON ".jpg", "x", NULL);
}

const PersonsFile PERSONS_FILES[] = {
    {"csv", make_csv},
    {"csv/spaced", make_csv_spaced},
    {"csv/scientific", make_csv_scientific},
    {"csv/headless", make_csv_headless},
    {"csv/column", make_csv_column},
    {"csv/name", make_csv_name},
    {"csv/ragged", make_csv_ragged},
    {"csv/title", make_csv_title},
    {"csv/quoted", make_csv_quoted},
    {"csv/wide", make_wide},
    {"csv/legacy", make_legacy},
    {"tsv", make_tsv},
    {"xlsx/number", make_xlsx_number},
    {"xlsx/hidden-row", make_xlsx_hidden_row},
    {"xlsx/hidden-column", make_xlsx_hidden_column},
    {"xlsx/second", make_xlsx_second},
    {"xlsx/hidden-sheet", make_xlsx_hidden_sheet},
    {"xlsx/sheet-name", make_xlsx_sheet_name},
    {"xlsx/comment", make_xlsx_comment},
    {"xlsx/media", make_xlsx_media},
    {"xlsx/defined", make_xlsx_defined},
    {"ods", make_ods},
    {"ods/second", make_ods_second},
    {"ods/comment", make_ods_comment},
    {"xls", make_xls},
    {"geojson", make_geojson},
    {"geojson/nested", make_geojson_nested},
    {"geojson/array", make_geojson_array},
    {"geojson/numbers", make_geojson_numbers},
    {"geojson/nested-name", make_geojson_nested_name},
    {"geojson/foreign", make_geojson_foreign},
    {"geojson/foreign-behind", make_geojson_foreign_behind},
    {"geojson/feature-member", make_geojson_feature_member},
    {"geojson/id", make_geojson_id},
    {"geojson/layer", make_geojson_layer},
    {"geojson/late", make_geojson_late},
    {"kml/description", make_kml_description},
    {"kml/extended", make_kml_extended},
    {"kml/document", make_kml_document},
    {"kml/snippet", make_kml_author},
    {"kml/picture", make_kml_picture},
    {"kml/remark", make_kml_remark},
    {"kml/folder", make_kml_folder},
    {"kmz/picture", make_kmz_picture},
    {"gpkg", make_gpkg},
    {"gpkg/other", make_gpkg_other},
    {"gpkg/unlisted", make_gpkg_unlisted},
    {"gpkg/contents", make_gpkg_contents},
    {"gpkg/metadata", make_gpkg_metadata},
    {"gpkg/view", make_gpkg_view},
    {"gpkg/wal", make_gpkg_wal},
    {"sqlite/other", make_sqlite_other},
    {"shape", make_shape},
    {"shape/deleted", make_shape_deleted},
    {"flatgeobuf", make_flatgeobuf},
    {"gml", make_gml},
    {"mapinfo", make_mapinfo},
    {"zip", make_zip},
    {"zip/geojson", make_zip_geojson},
    {"zip/other", make_zip_other},
    {"zip/other-kind", make_zip_other_kind},
    {"zip/text", make_zip_text},
    {"zip/name", make_zip_name},
    {NULL, NULL},
};

/* ---- a column to be dropped ---- */

#define TWO_ROWS                                                                                   \
  "dwelling_key,lon,lat,rooms,who\nk1,71.43,51.13,2," PERSON "\nk2,71.43,51.13,-5," PERSON "\n"
#define TWO_FEATURES(rooms)                                                                        \
  COLLECTION (                                                                                     \
      "",                                                                                          \
      FEATURE (                                                                                    \
          "",                                                                                      \
          ",\"rooms\":2,\"who\":\"" PERSON                                                         \
          "\"") ","                                                                                \
                "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"k2\",\"rooms\":" rooms   \
                ",\"who\":\"" PERSON "\"}," POINT "}")

static char *
drop_csv (void)
{
  return put_text ("a.csv", TWO_ROWS);
}

static char *
drop_headless_rows (void)
{
  return put_text ("a.csv", "Есеп\n\n" TWO_ROWS);
}

static char *
drop_geojson (void)
{
  return put_geojson (TWO_FEATURES ("-5"));
}

static char *
drop_geojson_nested (void)
{
  return put_geojson (
      COLLECTION ("", FEATURE ("", ",\"rooms\":2,\"who\":{\"n\":[\"" PERSON
                                   "\"]}") ","
                                           "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":"
                                           "\"k2\",\"rooms\":-5}," POINT "}"));
}

static char *
drop_gpkg (void)
{
  return convert (TWO_FEATURES ("-5"), "GPKG", "a.gpkg", "-nln|dwelling");
}

/* GDAL quotes what it cannot read as a date. */
static char *
drop_typed (void)
{
  char *path = convert (
      COLLECTION (
          "", FEATURE ("", ",\"rooms\":2") ","
                                           "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":"
                                           "\"k2\",\"rooms\":-5}," POINT "}"),
      "GPKG", "a.gpkg", "-nln|dwelling|-lco|SPATIAL_INDEX=NO");

  run_sqlite (path, "ALTER TABLE dwelling ADD COLUMN who DATE DEFAULT 'id " PERSON "'");
  return path;
}

static char *
drop_flatgeobuf (void)
{
  return convert (TWO_FEATURES ("-5"), "FlatGeobuf", "a.fgb", "-nln|dwelling");
}

static char *
drop_xlsx (void)
{
  return put_xlsx (
      "a.xlsx",
      "<row r='1'>" TEXT ("dwelling_key") TEXT ("lon") TEXT ("lat") TEXT ("rooms")
          TEXT ("who") "</row>"
                       "<row r='2'>" TEXT ("k1") NUMBER ("71.43") NUMBER ("51.13") NUMBER ("2")
                           NUMBER (PERSON) "</row>"
                                           "<row r='3'>" TEXT ("k2") NUMBER ("71.43")
                                               NUMBER ("51.13") NUMBER ("-5")
                                                   TEXT (PERSON) "</row>",
      "", NULL);
}

const PersonsFile STRIPPED_FILES[] = {
    {"csv", drop_csv},
    {"text", drop_headless_rows},
    {"typed", drop_typed},
    {"geojson", drop_geojson},
    {"nested", drop_geojson_nested},
    {"gpkg", drop_gpkg},
    {"flatgeobuf", drop_flatgeobuf},
    {"xlsx", drop_xlsx},
    {NULL, NULL},
};
