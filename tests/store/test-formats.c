/* One table in every format, encoding and wrapping that is read: the rows stored are the same. */

#include "store-support.h"

#include "domain/project.h"
#include "domain/schema.h"
#include "store/examine.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <gdal_utils.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

#define N_ROWS 40

static const char NAMES[] = "dwelling_key,lon,lat,street_ru,house,area_useful_m2,reg_permanent,"
                            "rooms,as_of\n";
static const char TYPES[] = "String,Real,Real,String,String,Real,Integer,Integer,Date";

/* Of Russian letters only, where an encoding has no others. */
static char *
make_csv (char delimiter, gboolean is_kazakh)
{
  static const char *const STREETS[] = {"Иманова",   "Кабанбай батыра", "Бауыржан Момышұлы",
                                        "Әл-Фараби", "Сығанақ",         "Мәңгілік Ел",
                                        "Өндіріс"};
  GString *text = g_string_new (NAMES);

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "%05u,71.%04u,51.%04u,%s,%u,%.1f,%u,%u,2024-01-%02u\n", i + 1,
                            4000 + i * 7, 1200 + i * 3, STREETS[i % (is_kazakh ? 7 : 2)], 1 + i,
                            40 + i / 2.0, i % 5, 1 + i % 4, 1 + i % 28);
  g_strdelimit (text->str, ",", delimiter);
  return g_string_free (text, FALSE);
}

static char *
put_bytes (const char *name, const char *bytes, gsize length)
{
  char *path = g_build_filename (support_temp_dir (), name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  return path;
}

/* ---- comparing ---- */

static QonysTable *
import_table (const char *path, const char *sheet, const char *encoding)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;

  recipe->sheet = g_strdup (sheet);
  recipe->encoding = g_strdup (encoding);
  next = qonys_store_import_by (project, path, recipe, NULL, FALSE, NULL, &report, &error);
  if (error != NULL)
    g_error ("%s: %s", path, error->message);
  g_assert_cmpint (report->n_stored, ==, N_ROWS);
  return qonys_table_ref (qonys_project_get_table (next, QONYS_RECORD_DWELLING));
}

static void
compare (const char *path, const QonysTable *a, const QonysTable *b)
{
  g_assert_cmpuint (qonys_table_get_n_rows (a), ==, N_ROWS);
  g_assert_cmpuint (qonys_table_get_n_rows (b), ==, N_ROWS);
  for (gsize row = 0; row < N_ROWS; row++) {
    static const int TEXTS[] = {QONYS_DWELLING_KEY, QONYS_DWELLING_STREET_RU, QONYS_DWELLING_HOUSE};
    static const int INTS[] = {QONYS_DWELLING_REG_PERMANENT, QONYS_DWELLING_ROOMS,
                               QONYS_DWELLING_AS_OF};

    for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
      if (g_strcmp0 (qonys_table_get_text (a, row, TEXTS[i]),
                     qonys_table_get_text (b, row, TEXTS[i])) != 0)
        g_error ("%s, row %" G_GSIZE_FORMAT ": “%s” is no “%s”", path, row,
                 qonys_table_get_text (b, row, TEXTS[i]), qonys_table_get_text (a, row, TEXTS[i]));
    for (guint i = 0; i < G_N_ELEMENTS (INTS); i++)
      g_assert_cmpint (qonys_table_get_int (a, row, INTS[i]), ==,
                       qonys_table_get_int (b, row, INTS[i]));
    g_assert_cmpfloat_with_epsilon (qonys_table_get_decimal (a, row, QONYS_DWELLING_AREA_USEFUL_M2),
                                    qonys_table_get_decimal (b, row, QONYS_DWELLING_AREA_USEFUL_M2),
                                    1e-9);
    g_assert_cmpfloat_with_epsilon (qonys_table_get_lon_deg (a)[row],
                                    qonys_table_get_lon_deg (b)[row], 1e-8);
    g_assert_cmpfloat_with_epsilon (qonys_table_get_lat_deg (a)[row],
                                    qonys_table_get_lat_deg (b)[row], 1e-8);
  }
}

static QonysTable *
make_reference (gboolean is_kazakh)
{
  g_autofree char *text = make_csv (',', is_kazakh);
  g_autofree char *path = put_text ("reference.csv", text);

  return import_table (path, NULL, NULL);
}

static void
check (const char *path, gboolean is_kazakh)
{
  g_autoptr (QonysTable) reference = make_reference (is_kazakh);
  g_autoptr (QonysTable) table = import_table (path, NULL, NULL);

  compare (path, reference, table);
}

/* ---- making ---- */

/* @words: of ogr2ogr, parted by spaces; (nullable). Returns: (nullable): the path, if the driver is
 * there */
static char *
convert (const char *driver, const char *name, const char *words, gboolean is_kazakh)
{
  static const char COMMON[] =
      "-f %s -a_srs EPSG:4326 -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat "
      "-oo KEEP_GEOM_COLUMNS=NO -nln table %s";
  g_autofree char *path = g_build_filename (support_temp_dir (), name, NULL);
  g_autofree char *quoted = g_shell_quote (driver);
  g_autofree char *line = g_strdup_printf (COMMON, quoted, words != NULL ? words : "");
  g_autofree char *text = make_csv (',', is_kazakh);
  g_autofree char *source = put_text ("source.csv", text);
  g_autofree char *types = put_text ("source.csvt", TYPES);
  g_auto (GStrv) argv = NULL;
  GDALVectorTranslateOptions *options;
  GDALDatasetH from, to;

  qonys_store_init ();
  if (GDALGetDriverByName (driver) == NULL) {
    g_test_message ("this GDAL has no driver %s", driver);
    return NULL;
  }
  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  options = GDALVectorTranslateOptionsNew (argv, NULL);
  g_assert_nonnull (options);
  from = GDALOpenEx (source, GDAL_OF_VECTOR, NULL,
                     (const char *[]){"X_POSSIBLE_NAMES=lon", "Y_POSSIBLE_NAMES=lat",
                                      "KEEP_GEOM_COLUMNS=NO", NULL},
                     NULL);
  g_assert_nonnull (from);
  to = GDALVectorTranslate (path, NULL, 1, &from, options, NULL);
  g_assert_nonnull (to);
  GDALClose (to);
  GDALClose (from);
  GDALVectorTranslateOptionsFree (options);
  g_unlink (types);
  return g_steal_pointer (&path);
}

static void
pack (const char *archive, const char *path, const char *member)
{
  gboolean is_there = g_file_test (archive, G_FILE_TEST_EXISTS);
  char *append[] = {"APPEND=YES", NULL};
  g_autofree char *bytes = NULL;
  gsize length;
  void *zip;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  zip = CPLCreateZip (archive, is_there ? append : NULL);
  g_assert_nonnull (zip);
  g_assert_cmpint (CPLCreateFileInZip (zip, member, NULL), ==, CE_None);
  g_assert_cmpint (CPLWriteFileInZip (zip, bytes, (int)length), ==, CE_None);
  g_assert_cmpint (CPLCloseFileInZip (zip), ==, CE_None);
  g_assert_cmpint (CPLCloseZip (zip), ==, CE_None);
}

static char *
new_archive (const char *name)
{
  char *path = g_build_filename (support_temp_dir (), name, NULL);

  g_unlink (path);
  return path;
}

/* ---- formats ---- */

static void
test_formats (void)
{
  static const struct {
    const char *driver, *name, *words;
  } FORMATS[] = {{"GeoJSON", "f.geojson", NULL},
                 {"GeoJSONSeq", "f.geojsonl", NULL},
                 {"GPKG", "f.gpkg", NULL},
                 {"ESRI Shapefile", "table.shp", "-lco ENCODING=UTF-8"},
                 {"ESRI Shapefile", "table.shz", "-lco ENCODING=UTF-8"},
                 {"KML", "f.kml", "-fieldTypeToString Date"},
                 {"LIBKML", "f.kmz", "-fieldTypeToString Date"},
                 {"FlatGeobuf", "f.fgb", "-lco SPATIAL_INDEX=NO"},
                 {"SQLite", "f.sqlite", NULL},
                 {"GML", "f.gml", NULL},
                 {"MapInfo File", "f.tab", "-lco ENCODING=UTF-8"}};

  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++) {
    g_autofree char *path = convert (FORMATS[i].driver, FORMATS[i].name, FORMATS[i].words, TRUE);
    g_autofree char *zip_name = g_strconcat ("zipped-", FORMATS[i].name, ".zip", NULL);
    g_autofree char *archive = new_archive (zip_name);
    static const char *const PARTS[] = {".shx", ".dbf", ".prj", ".cpg", ".dat", ".map", ".id"};

    if (path == NULL)
      continue;
    check (path, TRUE);
    if (g_str_has_suffix (path, ".shz")) /* is zipped */
      continue;
    pack (archive, path, FORMATS[i].name);
    for (guint j = 0; j < G_N_ELEMENTS (PARTS); j++) {
      g_autofree char *stem = g_strndup (path, strlen (path) - 4);
      g_autofree char *part = g_strconcat (stem, PARTS[j], NULL);
      g_autofree char *name = g_path_get_basename (part);

      if (g_str_has_suffix (path, "shp") || g_str_has_suffix (path, "tab"))
        if (g_file_test (part, G_FILE_TEST_EXISTS))
          pack (archive, part, name);
    }
    check (archive, TRUE); /* GML without its schema: codes keep their zeros */
  }
}

/* ---- encodings ---- */

static const struct {
  const char *name, *iconv;
  gboolean is_kazakh;
} ENCODINGS[] = {{"UTF-8", "UTF-8", TRUE},       {"UTF-16LE", "UTF-16LE", TRUE},
                 {"UTF-16BE", "UTF-16BE", TRUE}, {"KZ-1048", "RK1048", TRUE},
                 {"PT154", "PT154", TRUE},       {"CP1251", "CP1251", FALSE},
                 {"CP866", "CP866", FALSE}};

/* A text file of each encoding, with a mark and without, told and said, as it is and zipped. */
static void
test_texts (void)
{
  static const char *const ENDINGS[] = {"csv", "tsv", "txt"};

  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++)
    for (int mark = 0; mark <= g_str_has_prefix (ENCODINGS[i].name, "UTF-"); mark++)
      for (guint j = 0; j < G_N_ELEMENTS (ENDINGS); j++) {
        g_autofree char *plain = make_csv ("\t;"[j % 2], ENCODINGS[i].is_kazakh);
        g_autofree char *text = g_strconcat (mark ? "\xEF\xBB\xBF" : "", plain, NULL);
        g_autofree char *name = g_strdup_printf ("text-%s.%s", ENCODINGS[i].name, ENDINGS[j]);
        g_autofree char *zip_name = g_strdup_printf ("%s-%u.zip", name, mark);
        g_autofree char *archive = new_archive (zip_name);
        g_autofree char *bytes = NULL, *path = NULL;
        g_autoptr (QonysTable) said = NULL;
        g_autoptr (QonysTable) reference = make_reference (ENCODINGS[i].is_kazakh);
        gsize length;

        bytes = g_convert (text, -1, ENCODINGS[i].iconv, "UTF-8", NULL, &length, NULL);
        path = put_bytes (name, bytes, length);
        check (path, ENCODINGS[i].is_kazakh);
        said = import_table (path, NULL, ENCODINGS[i].name);
        compare (path, reference, said);
        if (j > 0 && mark)
          continue;
        pack (archive, path, name);
        check (archive, ENCODINGS[i].is_kazakh);
      }
}

/* A table of dBase, all columns texts. @page: its byte for the code page */
static char *
put_dbf (const char *name, const char *iconv, gboolean is_kazakh, guint8 page)
{
  g_autofree char *text = make_csv (',', is_kazakh);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) names = g_strsplit (lines[0], ",", -1);
  guint n = g_strv_length (names), width = 40;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint8 head[32] = {3, 124, 1, 25};
  char *path;

  head[4] = N_ROWS;
  head[8] = (guint8)(32 * (n + 1) + 1);
  head[9] = (guint8)((32 * (n + 1) + 1) >> 8);
  head[10] = (guint8)(n * width + 1);
  head[11] = (guint8)((n * width + 1) >> 8);
  head[29] = page;
  g_byte_array_append (file, head, sizeof head);
  for (guint i = 0; i < n; i++) {
    guint8 field[32] = {0};

    strncpy ((char *)field, names[i], 10);
    field[11] = 'C';
    field[16] = (guint8)width;
    g_byte_array_append (file, field, sizeof field);
  }
  g_byte_array_append (file, (const guint8 *)"\r", 1);
  for (guint row = 1; row <= N_ROWS; row++) {
    g_auto (GStrv) cells = g_strsplit (lines[row], ",", -1);

    g_byte_array_append (file, (const guint8 *)" ", 1);
    for (guint i = 0; i < n; i++) {
      gsize length;
      g_autofree char *bytes = g_convert (cells[i], -1, iconv, "UTF-8", NULL, &length, NULL);
      char cell[40];

      memset (cell, ' ', sizeof cell);
      memcpy (cell, bytes, length);
      g_byte_array_append (file, (const guint8 *)cell, width);
    }
  }
  g_byte_array_append (file, (const guint8 *)"\x1a", 1);
  path = put_bytes (name, (const char *)file->data, file->len);
  return path;
}

/* Tables of dBase whose header says nothing, "ANSI", the truth, or Russian of Kazakh. */
static void
test_dbf (void)
{
  static const struct {
    const char *iconv;
    gboolean is_kazakh;
    guint8 page;
  } TABLES[] = {{"RK1048", TRUE, 0},    {"RK1048", TRUE, 0x57},  {"RK1048", TRUE, 0xC9},
                {"PT154", TRUE, 0},     {"CP1251", FALSE, 0xC9}, {"CP1251", FALSE, 0x57},
                {"CP866", FALSE, 0x65}, {"CP866", FALSE, 0}};

  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++) {
    g_autofree char *name = g_strdup_printf ("table-%u.dbf", i);
    g_autofree char *path = put_dbf (name, TABLES[i].iconv, TABLES[i].is_kazakh, TABLES[i].page);

    check (path, TABLES[i].is_kazakh);
  }
}

/* ---- archives ---- */

static guint32
get_crc (const char *bytes, gsize length)
{
  guint32 crc = 0xFFFFFFFF;

  for (gsize i = 0; i < length; i++) {
    crc ^= (guint8)bytes[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

static void
append (GByteArray *file, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++) {
    guint8 byte = i < 8 ? value >> 8 * i & 0xFF : 0;

    g_byte_array_append (file, &byte, 1);
  }
}

/* An archive as Windows writes it: names in CP866. @flags: of the member */
static char *
put_windows_zip (const char *file_name, const char *member, const char *text, guint flags)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  gsize n_name, length = strlen (text), n_body;
  g_autofree char *name = g_convert (member, -1, "CP866", "UTF-8", NULL, &n_name, NULL);
  guint32 crc = get_crc (text, length);

  for (guint part = 0; part < 2; part++) {
    append (file, part == 0 ? 0x04034B50 : 0x02014B50, 4);
    append (file, 20, part == 0 ? 2 : 4);
    append (file, flags, 2);
    append (file, 0, 6);
    append (file, crc, 4);
    append (file, (guint32)length, 4);
    append (file, (guint32)length, 4);
    append (file, (guint32)n_name, 2);
    append (file, 0, part == 0 ? 2 : 16);
    g_byte_array_append (file, (const guint8 *)name, (guint)n_name);
    if (part == 0)
      g_byte_array_append (file, (const guint8 *)text, (guint)length);
    n_body = 30 + n_name + length;
  }
  append (file, 0x06054B50, 4);
  append (file, 0, 4);
  append (file, 1 | 1 << 16, 4);
  append (file, (guint32)(file->len - 12 - n_body), 4);
  append (file, (guint32)n_body, 4);
  append (file, 0, 2);
  return put_bytes (file_name, (const char *)file->data, file->len);
}

static void
test_archive_names (void)
{
  g_autofree char *text = make_csv (',', TRUE);
  g_autofree char *path = put_windows_zip ("windows.zip", "Данные/Жильё № 1.csv", text, 0);
  g_autoptr (QonysTable) reference = make_reference (TRUE);
  g_autoptr (QonysTable) table = import_table (path, "Жильё № 1.csv", NULL);

  compare (path, reference, table);
}

/* The table that fits is read, the others are said; one may be chosen. */
static void
test_archive_choice (void)
{
  g_autofree char *text = make_csv (';', TRUE);
  g_autofree char *table = put_text ("b.csv", text);
  g_autofree char *other = put_text ("a.csv", "x,y\n1,2\n");
  g_autofree char *readme = put_text ("readme.txt", "Құрметті әріптес!\nҮйлер.\n");
  g_autofree char *archive = new_archive ("several.zip");
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysRecipe) proposed = NULL;

  pack (archive, readme, "readme.txt");
  pack (archive, other, "__MACOSX/._b.csv");
  pack (archive, other, "in/a.csv");
  pack (archive, table, "in/b.csv");
  next = qonys_store_import_by (project, archive, recipe, NULL, FALSE, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->n_stored, ==, N_ROWS);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "in/a.csv, readme.txt"));
  g_assert_cmpstr (((const QonysDataset *)qonys_project_get_datasets (next)->pdata[0])->file_name,
                   ==, "several.zip");
  proposed = qonys_store_propose_recipe (project, archive, NULL, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (proposed->sheet, ==, "in/b.csv");
  recipe->sheet = g_strdup ("a.csv");
  g_assert_null (qonys_store_import_by (project, archive, recipe, NULL, TRUE, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FIELDS);
  /* The same archive again. */
  g_clear_pointer (&recipe->sheet, g_free);
  g_assert_null (qonys_store_import_by (next, archive, recipe, NULL, TRUE, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FAILED);
}

static void
expect_archive_failure (const char *path, QonysError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);

  g_assert_null (import_file (project, path, QONYS_RECORD_DWELLING, FALSE, NULL, NULL, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  assert_code (&error, code);
}

static void
test_archive_failures (void)
{
  g_autofree char *text = make_csv (',', TRUE);
  g_autofree char *locked = put_windows_zip ("locked.zip", "b.csv", text, 1);
  g_autofree char *empty = put_windows_zip ("picture.zip", "b.png", text, 0);
  g_autofree char *broken = put_text ("broken.zip", "PK\003\004 this is no archive");
  g_autofree char *person = put_windows_zip ("person.zip", "991231100010.csv", text, 0);
  g_autofree char *others = new_archive ("others.zip");

  expect_archive_failure (locked, QONYS_ERROR_FORMAT, "password");
  expect_archive_failure (empty, QONYS_ERROR_FORMAT, "no table");
  expect_archive_failure (broken, QONYS_ERROR_FORMAT, "send it again");
  expect_archive_failure (person, QONYS_ERROR_PERSONAL_DATA, "••");
}

/* ---- letters that are lost ---- */

static void
check_lost (const char *name, const char *bytes, gsize length, const char *row, const char *street)
{
  g_autofree char *path = put_bytes (name, bytes, length);
  g_autofree char *words = g_strdup_printf ("the first near row %s.", row);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) next =
      import_file (project, path, QONYS_RECORD_DWELLING, FALSE, NULL, &report, &error);

  g_assert_no_error (error);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "could not be decoded: 1,"));
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, words));
  g_assert_cmpstr (qonys_table_get_text (qonys_project_get_table (next, QONYS_RECORD_DWELLING), 1,
                                         QONYS_DWELLING_STREET_RU),
                   ==, street);
}

static void
test_lost_letters (void)
{
  static const char CUT[] = "dwelling_key;street_ru\nd1;Сығанақ\nd2;Сы\xD2"
                            "анақ\nd3;Өндіріс\n";
  static const char PASTED[] = "dwelling_key;street_ru\nd1;Сығанақ\nd2;\xC8\xEC\xE0\xED\xEE\xE2\xE0"
                               "\nd3;Өндіріс\n";
  static const char JSON[] =
      "{\"type\":\"FeatureCollection\",\"features\":["
      "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"d1\",\"street_ru\":\"Ө\"},"
      "\"geometry\":null},"
      "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"d2\",\"street_ru\":\"Сы\xD2"
      "анақ\"},\"geometry\":null}]}";
  static const guint8 LONE[] = {0xFF, 0xFE, 'd', 0, 'w',  0, 'e', 0, 'l',  0,    'l', 0, 'i',  0,
                                'n',  0,    'g', 0, '_',  0, 'k', 0, 'e',  0,    'y', 0, ';',  0,
                                's',  0,    't', 0, 'r',  0, 'e', 0, 'e',  0,    't', 0, '_',  0,
                                'r',  0,    'u', 0, '\n', 0, 'd', 0, '1',  0,    ';', 0, 'A',  0,
                                '\n', 0,    'd', 0, '2',  0, ';', 0, 0x00, 0xD8, 'B', 0, '\n', 0};

  check_lost ("cut.csv", CUT, strlen (CUT), "3",
              "Сы\xEF\xBF\xBD"
              "анақ");
  check_lost ("pasted.csv", PASTED, strlen (PASTED), "3", "Иманова");
  check_lost ("cut.geojson", JSON, strlen (JSON), "2",
              "Сы\xEF\xBF\xBD"
              "анақ");
  check_lost ("lone.csv", (const char *)LONE, sizeof LONE, "3",
              "\xEF\xBF\xBD"
              "B");
}

/* ---- addresses ---- */

/* GDAL itself would open addresses; it is not let. */
static void
test_no_addresses (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocket) socket = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  static const char *const FORMS[] = {"/vsicurl/http://127.0.0.1:%u/a.geojson",
                                      "/vsicurl?url=http%%3A%%2F%%2F127.0.0.1%%3A%u%%2Fa.csv",
                                      "http://127.0.0.1:%u/a.geojson",
                                      "/vsizip//vsicurl/http://127.0.0.1:%u/a.zip"};
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);

  g_assert_no_error (error);
  g_clear_object (&listener);
  address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_true (g_socket_bind (socket, address, TRUE, &error));
  g_assert_true (g_socket_listen (socket, &error));
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_autofree char *path = g_strdup_printf (FORMS[i], port);
#pragma GCC diagnostic pop
    VSILFILE *file = g_str_has_prefix (path, "/vsi") ? VSIFOpenL (path, "rb") : NULL;

    g_assert_null (import_file (project, path, QONYS_RECORD_DWELLING, FALSE, NULL, NULL, &error));
    assert_code (&error, QONYS_ERROR_NOT_FOUND);
    g_assert_null (file);
    g_assert_null (GDALOpenEx (path, GDAL_OF_VECTOR, NULL, NULL, NULL));
  }
  g_assert_cmpint (g_socket_condition_check (socket, G_IO_IN), ==, 0); /* nobody called */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/formats/formats", test_formats);
  g_test_add_func ("/store/formats/texts", test_texts);
  g_test_add_func ("/store/formats/dbf", test_dbf);
  g_test_add_func ("/store/formats/archive-names", test_archive_names);
  g_test_add_func ("/store/formats/archive-choice", test_archive_choice);
  g_test_add_func ("/store/formats/archive-failures", test_archive_failures);
  g_test_add_func ("/store/formats/lost-letters", test_lost_letters);
  g_test_add_func ("/store/formats/no-addresses", test_no_addresses);
  return g_test_run ();
}
