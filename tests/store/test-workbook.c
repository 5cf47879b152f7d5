/* Workbooks: what cells mean, what is hidden in them, and files that only look like one. */

#include "workbook-support.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_cells (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *path = put_xlsx (
      "cells.xlsx",
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>a</t></is></c>"
      "<c r='C1' t='inlineStr'><is><t>b</t></is></c></row>"
      "<row r='3'><c r='A3' t='s'><v>1</v></c><c r='B3'><v>9.91231300123E11</v></c>"
      "<c r='C3' t='str'><f>A1</f><v>007</v></c></row>"
      "<row r='4'><c r='A4' s='1'><v>45316</v></c><c r='B4' s='4'><v>45316.708333333336</v></c>"
      "<c r='C4' s='2'><v>0.125</v></c></row>"
      "<row r='5'><c r='A5' s='3'><v>10112345678</v></c><c r='B5' t='b'><v>1</v></c>"
      "<c r='C5'><v>0.30000000000000004</v></c></row>"
      "<row r='6'><c r='A6' t='s'><v>2</v></c><c r='B6' s='6'><v>0.75</v></c>"
      "<c r='C6' s='5'><v>12</v></c></row>"
      "<row r='7'><c r='A7' t='d'><v>2024-01-25T00:00:00</v></c><c r='B7' s='1'><v>59</v></c>"
      "<c r='C7'><v>1234567890123456789</v></c></row>"
      "<row><c/><c><v>8</v></c></row>",
      "", NULL);
  g_autofree char *text = read_sheet (path, NULL, diagnostics);

  g_assert_cmpstr (text, ==,
                   "1 H:район|a|b|\n3 D:Сарыарка|991231300123|007|\n"
                   "4 D:2024-01-25|2024-01-25 17:00:00|12.5%|\n5 D:010112345678|true|0.3|\n"
                   "6 D:a\rb & c|18:00:00|12|\n7 D:2024-01-25|1900-02-28|1234567890123456789|\n"
                   "8 D:|8||\n");
  g_assert_cmpuint (diagnostics->len, ==, 0);
}

static void
test_1904 (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *path = put_xlsx (
      "old-mac.xlsx",
      "<row r='1'><c t='inlineStr'><is><t>day</t></is></c><c t='inlineStr'><is><t>n</t></is></c>"
      "</row><row r='2'><c s='1'><v>43854</v></c><c><v>5</v></c></row>",
      "", "xl/workbook.xml",
      "<workbook><workbookPr date1904='1'/><sheets><sheet name='a' r:id='rId1'/></sheets>"
      "</workbook>",
      NULL);
  g_autofree char *text = read_sheet (path, NULL, diagnostics);

  g_assert_cmpstr (text, ==, "1 H:day|n|\n2 D:2024-01-25|5|\n");
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "1904"));
}

#define TEXT(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"

static void
test_merged (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = put_xlsx (
      "merged.xlsx",
      "<row r='1'>" TEXT (
          "Тіркеу туралы мәлімет, 2024 ж.") "</row>"
                                            "<row r='4'>" TEXT ("Аудан") TEXT ("Зарегистрировано") "<c/>" TEXT (
                                                "Всего") "</row>"
                                                         "<row r='5'><c/>" TEXT ("постоянно") TEXT (
                                                             "временно") "</row>"
                                                                         "<row r='6'>" TEXT (
                                                                             "А") "<c><v>1</v></"
                                                                                  "c><c><v>2</v></"
                                                                                  "c><c><v>3</v></"
                                                                                  "c></row>"
                                                                                  "<row "
                                                                                  "r='7'>" TEXT (
                                                                                      "Алматы") "<c"
                                                                                                "><"
                                                                                                "v>"
                                                                                                "10"
                                                                                                "</"
                                                                                                "v>"
                                                                                                "</"
                                                                                                "c>"
                                                                                                "<c"
                                                                                                "><"
                                                                                                "v>"
                                                                                                "2<"
                                                                                                "/v"
                                                                                                "><"
                                                                                                "/c"
                                                                                                "><"
                                                                                                "c>"
                                                                                                "<v"
                                                                                                ">1"
                                                                                                "2<"
                                                                                                "/v"
                                                                                                "><"
                                                                                                "/c"
                                                                                                "><"
                                                                                                "/r"
                                                                                                "ow"
                                                                                                ">"
                                                                                                "<r"
                                                                                                "ow"
                                                                                                " r"
                                                                                                "='"
                                                                                                "8'"
                                                                                                "><"
                                                                                                "c/"
                                                                                                "><"
                                                                                                "c>"
                                                                                                "<v"
                                                                                                ">1"
                                                                                                "1<"
                                                                                                "/v"
                                                                                                "><"
                                                                                                "/c"
                                                                                                "><"
                                                                                                "c>"
                                                                                                "<v"
                                                                                                ">3"
                                                                                                "</"
                                                                                                "v>"
                                                                                                "</"
                                                                                                "c>"
                                                                                                "<c"
                                                                                                "><"
                                                                                                "v>"
                                                                                                "14"
                                                                                                "</"
                                                                                                "v>"
                                                                                                "</"
                                                                                                "c>"
                                                                                                "</"
                                                                                                "ro"
                                                                                                "w>"
                                                                                                "<r"
                                                                                                "ow"
                                                                                                " r"
                                                                                                "='"
                                                                                                "9'"
                                                                                                " h"
                                                                                                "id"
                                                                                                "de"
                                                                                                "n="
                                                                                                "'1"
                                                                                                "'"
                                                                                                ">" TEXT (
                                                                                                    "Есіл") "<c><f>B7</f></c><c><v>1</v></c>"
                                                                                                            "<c t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
                                                                                                            "<row r='10'>" TEXT (
                                                                                                                "Қала бойынша") "<c><v>21</v></c><c><v>6</v></c><c><v>26</v></c></row>"
                                                                                                                                "<row r='12'>" TEXT (
                                                                                                                                    "Ескертпе: халықтың алдын ала саны.") "</row>",
      "<mergeCells count='4'><mergeCell ref='A1:D1'/><mergeCell ref='A4:A5'/>"
      "<mergeCell ref='B4:C4'/><mergeCell ref='D4:D5'/><mergeCell ref='A7:A8'/></mergeCells>",
      NULL);
  g_autofree char *text = read_sheet (path, NULL, diagnostics);
  g_autoptr (QonysSheet) sheet = qonys_sheet_open (path, NULL, NULL, &error);
  const QonysSheetShape *shape = qonys_sheet_get_shape (sheet);
  g_autofree char *names = g_strjoinv ("|", shape->names);

  g_assert_cmpstr (text, ==,
                   "1 T:Тіркеу туралы мәлімет, 2024 ж.||||\n"
                   "4 H:Аудан|Зарегистрировано||Всего|\n5 H:|постоянно|временно||\n"
                   "6 N:А|1|2|3|\n7 D:Алматы|10|2|12|\n8 D:Алматы|11|3|14|\n"
                   "9 D:Есіл||1|#DIV/0!|\n10 S:Қала бойынша|21|6|26|\n"
                   "12 R:Ескертпе: халықтың алдын ала саны.||||\n");
  g_assert_cmpstr (names, ==,
                   "Аудан|Зарегистрировано – постоянно|Зарегистрировано – временно|Всего");
  g_assert_cmpint (shape->header_row, ==, 5);
  g_assert_cmpuint (shape->n_header_rows, ==, 2);
  g_assert_cmpint (shape->first_data_row, ==, 7);
  g_assert_cmpstr (shape->title, ==, "Тіркеу туралы мәлімет, 2024 ж.");
  g_assert_cmpfloat (shape->sureness, >, 0.6);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "Hidden rows"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING,
                           "without a stored result: 1, the first in "
                           "cell B9"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "error: 1, the first in cell D9"));
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "the first is A8"));
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "found in row 5"));
}

/* 300 rows of "a" joined by tens, rewound at any place: every time the same. */
static void
test_rewind (void)
{
  g_autoptr (GString) rows = g_string_new ("<row>" TEXT ("a") TEXT ("b") "</row>");
  g_autoptr (GString) merges = g_string_new ("<x:mergeCells>");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysSheet) sheet = NULL;
  QonysSheetRow row;

  for (int i = 2; i <= 301; i++) {
    if (i % 10 == 2) {
      g_string_append_printf (rows, "<row><c t='str'><v>g%d</v></c><c><v>1</v></c></row>", i);
      g_string_append_printf (merges, "<x:mergeCell  ref=\"A%d:A%d\" />", i, i + 9);
    } else {
      g_string_append (rows, "<row><c/><c><v>1</v></c></row>");
    }
  }
  path =
      put_xlsx ("rewind.xlsx", rows->str, g_string_append (merges, "</x:mergeCells>")->str, NULL);
  sheet = qonys_sheet_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  for (int stop = 1; stop <= 302; stop += 43) {
    int n = 0;

    for (; n < stop && qonys_sheet_next (sheet, &row, &error); n++) {
      g_autofree char *expected =
          n == 0 ? g_strdup ("a") : g_strdup_printf ("g%d", (n - 1) / 10 * 10 + 2);

      g_assert_cmpint (row.row.number, ==, n + 1);
      g_assert_cmpstr (row.row.cells[0], ==, expected);
    }
    g_assert_cmpint (n, ==, MIN (stop, 301));
    g_assert_true (qonys_sheet_rewind (sheet, &error));
  }
}

/* ---- hidden texts ---- */

static void
test_hidden (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  QonysSheetOptions second = {.sheet = "Тайное"}, none = {.sheet = "Жоқ"};
  g_autofree char *path = put_xlsx (
      "hidden.xlsx",
      "<row r='1'>" TEXT ("a") TEXT ("b") "</row><row r='2'><c><f>IF(B1=\"850101300122\",1)</f>"
                                          "<v>5</v></c><c><v>6</v></c></row>",
      "<hyperlinks><hyperlink ref='A1' tooltip='pop up'/></hyperlinks><headerFooter>"
      "<oddHeader>&amp;Cheader text</oddHeader></headerFooter>",
      "xl/workbook.xml",
      "<workbook><sheets><sheet name='Ашық' r:id='rId1'/><sheet name='Тайное' state='veryHidden' "
      "r:id='rId2'/></sheets><definedNames><definedName name='n1'>\"Constant 1\"</definedName>"
      "</definedNames></workbook>",
      "xl/worksheets/sheet2.xml",
      "<worksheet><cols><col min='2' max='16384' hidden='1'/></cols><sheetData><row r='1'>" TEXT (
          "ЖСН") TEXT ("x") "</row><row r='2'><c><v>991231100010</v></c><c><v>1</v></c></row>"
                            "</sheetData></worksheet>",
      "xl/comments1.xml",
      "<comments><authors><author>Жиен Ақмарал</author></authors><commentList>"
      "<comment ref='B7' authorId='0'><text><r><t>Жиен Ақмарал:</t></r><r><t>\nIIN 9912</t></r>"
      "<r><t>31100010</t></r></text></comment></commentList></comments>",
      "xl/threadedComments/threadedComment1.xml",
      "<ThreadedComments><threadedComment ref='C3'><text>reply text</text></threadedComment>"
      "</ThreadedComments>",
      "xl/pivotCache/pivotCacheRecords1.xml",
      "<r:pivotCacheRecords><r:r><r:x v='0'/><r:s v='deep value'/></r:r></r:pivotCacheRecords>",
      "xl/pivotCache/pivotCacheDefinition1.xml",
      "<pivotCacheDefinition><cacheFields><cacheField name='Адрес'><sharedItems><s v='addr'/>"
      "</sharedItems></cacheField><cacheField name='ЖСН'><sharedItems/></cacheField></cacheFields>"
      "</pivotCacheDefinition>",
      "xl/drawings/drawing1.xml", "<d><a:t>box text</a:t><p:cNvPr descr='a scan'/></d>",
      "xl/drawings/vmlDrawing1.vml", "<xml><br>broken <b>vml text</xml>", "xl/media/паспорт.png",
      "PNG", "xl/embeddings/inner.docx", "zip", "xl/worksheets/_rels/sheet1.xml.rels",
      "<Relationships><Relationship Id='r' Type='h' Target='mailto:a@b.kz' TargetMode='External'/>"
      "</Relationships>",
      "docProps/core.xml",
      "<p><dc:creator>Secret Author</dc:creator><dc:title>Title text</dc:title></p>", NULL);
  static const char *const EXPECTED[] = {"sheets 0: Ашық\n",
                                         "sheets 0: Тайное\n",
                                         "comments 7: IIN 991231100010\n",
                                         "comments 3: reply text\n",
                                         "Адрес (stored pivot table) 0: addr\n",
                                         "ЖСН (stored pivot table) 0: \n",
                                         "ЖСН (stored pivot table) 1: deep value\n",
                                         "box text",
                                         "a scan",
                                         "vml text",
                                         "паспорт.png",
                                         "mailto:a@b.kz",
                                         "Title text",
                                         "pop up",
                                         "header text",
                                         "other texts 2: IF(B1=\"850101300122\",1)\n",
                                         "Constant 1"};
  g_autofree char *hidden = read_hidden (path, diagnostics);
  g_autofree char *text = read_sheet (path, &second, diagnostics);

  for (guint i = 0; i < G_N_ELEMENTS (EXPECTED); i++)
    assert_holds (hidden, EXPECTED[i]);
  g_assert_null (strstr (hidden, "Secret Author"));
  g_assert_null (strstr (hidden, "Жиен"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "inner.docx"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "hidden sheets"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "Hidden columns"));
  g_assert_cmpstr (text, ==, "1 H:ЖСН|x|\n2 D:991231100010|1|\n");
  list = qonys_sheet_list (path, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_true (((QonysSheetInfo *)list->pdata[1])->is_hidden);
  g_assert_null (qonys_sheet_open (path, &none, NULL, &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
}

/* ---- ODS and XLS ---- */

#define ODS_TEXT(text)                                                                             \
  "<table:table-cell office:value-type='string'><text:p>" text "</text:p></table:table-cell>"

static void
test_ods (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysSheetOptions second = {.sheet = "Екінші"};
  g_autofree char *path = put_ods (
      "table.ods",
      "<style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>",
      "<table:table table:name='Бірінші'><table:table-row>" ODS_TEXT (
          "x") "</table:table-row>"
               "</table:table><table:table table:name='Екінші' table:style-name='ta2'>"
               "<table:table-column/><table:table-column table:number-columns-repeated='2' "
               "table:visibility='collapse'/>"
               "<table:table-row>" ODS_TEXT ("Аудан") ODS_TEXT ("Күні") ODS_TEXT (
                   "Үлес") "</table:table-row>"
                           "<table:table-row table:number-rows-repeated='3'><table:table-cell "
                           "table:number-columns-repeated='1024'/></table:table-row>"
                           "<table:table-row table:visibility='filter'><table:table-cell "
                           "office:value-type='float' "
                           "office:value='7' "
                           "calcext:value-type='x'><text:p>007</text:p><office:annotation>"
                           "<dc:creator>Someone</dc:creator><text:p>secret "
                           "note</text:p></office:annotation>"
                           "</table:table-cell>"
                           "<table:table-cell office:value-type='date' "
                           "office:date-value='2024-01-25'><text:p>25.01.24"
                           "</text:p></table:table-cell><table:table-cell "
                           "office:value-type='percentage' "
                           "office:value='0.5'><text:p>50%</text:p></table:table-cell></"
                           "table:table-row>"
                           "<table:table-row table:number-rows-repeated='2'><table:table-cell "
                           "office:value-type='string'><text:p>a<text:s "
                           "text:c='2'/>b</text:p><text:p>c</text:p>"
                           "</table:table-cell><table:table-cell table:number-columns-repeated='2' "
                           "office:value-type='float' office:value='1E3'><text:p>1 "
                           "000</text:p></table:table-cell>"
                           "</table:table-row><table:table-row "
                           "table:number-rows-repeated='1048000'>"
                           "<table:table-cell "
                           "table:number-columns-repeated='1024'/></table:table-row></"
                           "table:table>");
  g_autofree char *text = read_sheet (path, &second, diagnostics);
  g_autofree char *hidden = read_hidden (path, diagnostics);

  g_assert_cmpstr (text, ==,
                   "1 H:Аудан|Күні|Үлес|\n5 D:007|2024-01-25|50%|\n6 D:a  b\nc|1000|1000|\n"
                   "7 D:a  b\nc|1000|1000|\n");
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "Hidden rows"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING,
                           "Hidden columns are read like the others: "
                           "B, C"));
  assert_holds (hidden, "comments 5: secret note");
  g_assert_null (strstr (hidden, "Someone"));
  g_assert_null (strstr (hidden, "Аудан"));
}

static void
test_xls (void)
{
  static const char *const CELLS[] = {"id",           "n", "",     "",  "007", "3",
                                      "991231300123", "5", "0042", "7", NULL};
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *path = put_xls ("old.xls", CELLS, 2);
  g_autofree char *text = read_sheet (path, NULL, diagnostics);
  g_autofree char *hidden = read_hidden (path, diagnostics);

  g_assert_cmpstr (text, ==, "1 H:id|n|\n3 D:007|3|\n4 D:991231300123|5|\n5 D:0042|7|\n");
  assert_holds (hidden, "991231100010");
}

/* ---- what only looks like a workbook ---- */

static void
expect_refusal (const char *path, const char *cure)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_sheet_open (path, NULL, NULL, &error));
  g_assert_nonnull (error);
  assert_holds (error->message, cure);
  g_assert_true (qonys_sheet_is_table (path));
  g_clear_error (&error);
  g_assert_false (qonys_sheet_scan_hidden (path, NULL, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FORMAT);
}

static void
test_refused (void)
{
  static const char OLE[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  g_autoptr (GString) locked = g_string_new_len (OLE, 8);
  g_autofree char *page = put_text ("1c.xls", "\xEF\xBB\xBF\n<HTML><body><table>");
  g_autofree char *mime = put_text ("mime.xls", "MIME-Version: 1.0\n");
  g_autofree char *xml = put_text (
      "xml.xls", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:"
                 "spreadsheet\"/>");
  g_autofree char *binary = put_package ("binary.xlsb", "xl/workbook.bin", "x", NULL);
  g_autofree char *encrypted = NULL, *old_encrypted = NULL, *damaged = NULL;
  g_autofree char *ods =
      put_package ("locked.ods", "content.xml", "\x01\x02", "META-INF/manifest.xml",
                   "<m><manifest:encryption-data/></m>", NULL);
  g_autofree char *empty = put_xlsx ("sheetless.xlsx", "", "", "xl/workbook.xml",
                                     "<workbook><sheets/></workbook>", NULL);

  for (gsize i = 0; i < 600; i++)
    g_string_append_c (locked, '\0');
  damaged = put_bytes ("damaged.xls", locked->str, locked->len);
  for (const char *at = "EncryptedPackage"; *at != '\0'; at++) {
    g_string_append_c (locked, *at);
    g_string_append_c (locked, '\0');
  }
  encrypted = put_bytes ("locked.xlsx", locked->str, locked->len);
  g_string_truncate (locked, 512);
  g_string_append_len (locked, "\x09\x08\x10\x00\x00\x06\x05\x00________________", 20);
  g_string_append_len (locked, "\x2F\x00\x02\x00__", 6);
  old_encrypted = put_bytes ("locked.xls", locked->str, locked->len);

  expect_refusal (page, "web page");
  expect_refusal (mime, "web page");
  expect_refusal (xml, "Excel 2003");
  expect_refusal (binary, "XLSB");
  expect_refusal (encrypted, "password");
  expect_refusal (old_encrypted, "password");
  expect_refusal (ods, "password");
  expect_refusal (damaged, "save it as XLSX");
  expect_refusal (empty, "no sheet");
}

static void
test_lock (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *path = put_xlsx ("open.xlsx", "<row>" TEXT ("a") TEXT ("b") "</row>", "", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock = g_build_filename (folder, "~$open.xlsx", NULL);
  g_autofree char *before = read_sheet (path, NULL, diagnostics), *text = NULL;

  g_assert_cmpuint (diagnostics->len, ==, 0);
  g_assert_true (g_file_set_contents (lock, "x", 1, NULL));
  text = read_sheet (path, NULL, diagnostics);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "is open in Excel"));
}

/* ---- damage ---- */

static void
try_everything (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysSheet) sheet = qonys_sheet_open (path, NULL, NULL, &error);
  g_autoptr (GString) hidden = g_string_new (NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysSheetRow row;

  if (sheet != NULL) {
    while (qonys_sheet_next (sheet, &row, &error))
      ;
    qonys_sheet_note (sheet, diagnostics);
  }
  g_clear_error (&error);
}

static void
ignore (const char *place, gint64 row, const char *text, gsize length, gpointer data)
{
  g_assert_true (g_utf8_validate_len (text, length, NULL));
}

static void
test_damage (void)
{
  static const char *const CELLS[] = {"id", "n", "007", "3", "0042", "7", NULL};
  g_autofree char *xlsx =
      put_xlsx ("whole.xlsx",
                "<row r='1'><c r='A1' t='s'><v>0</v></c>" TEXT (
                    "b") "</row>"
                         "<row r='2'><c><v>1</v></c><c s='1'><v>2</v></c></row>",
                "<mergeCells><mergeCell ref='A1:B1'/></mergeCells>", NULL);
  g_autofree char *ods = put_ods ("whole.ods", "",
                                  "<table:table table:name='a'><table:table-row>" ODS_TEXT ("x")
                                      ODS_TEXT ("y") "</table:table-row></table:table>");
  g_autofree char *xls = put_xls ("whole.xls", CELLS, 2);
  const char *const PATHS[] = {xlsx, ods, xls};
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint i = 0; i < 240; i++) {
    const char *ending = strrchr (PATHS[i % 3], '.');
    g_autofree char *bytes = NULL, *name = g_strdup_printf ("cut-%u%s", i, ending);
    g_autofree char *path = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (PATHS[i % 3], &bytes, &length, NULL));
    if (i < 120)
      length = (gsize)g_rand_int_range (random, 1, (gint32)length);
    else
      for (int n = g_rand_int_range (random, 1, 30); n > 0; n--)
        bytes[g_rand_int_range (random, 0, (gint32)length)] = (char)g_rand_int (random);
    path = put_bytes (name, bytes, length);
    try_everything (path);
    qonys_sheet_scan_hidden (path, ignore, NULL, NULL, NULL);
    g_unlink (path);
  }
}

/* XML that is whole and means nothing, or too much. */
static void
test_nonsense (void)
{
  static const char *const SHEETS[] = {
      "<row r='99999999999'><c r='ZZZZ1'><v>1</v></c></row>",
      "<row r='1'><c r='B1' t='s'><v>99</v></c></row>",
      "<row r='1'><c r='1A'><v>1</v></c></row>",
      "<c><v>1</v></c><row><row><c><c><v>2</v></c></c></row></row></sheetData>",
      "<row r='-1'><c s='99999'><v>1e999</v></c><c s='1'><v>-5</v></c><c "
      "s='1'><v>9e99</v></c></row>",
      "<row><c><v>1</v></c>",
      "<row><c t='inlineStr'><is><t>&#x1;</t></is></c></row>"};
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (SHEETS); i++) {
    g_autofree char *nonsense = put_xlsx ("nonsense.xlsx", SHEETS[i], "", NULL);

    try_everything (nonsense);
  }
  for (int i = 0; i < 5000; i++)
    g_string_append (deep, "<a>");
  path = put_xlsx ("deep.xlsx", deep->str, "", NULL);
  g_assert_null (qonys_sheet_open (path, NULL, NULL, &error));
  assert_holds (error->message, "too deep");
}

/* A row of 16,384 cells of a megabyte each from a few KB. */
static void
test_bomb (void)
{
  g_autofree char *big = g_strnfill (1000000, 'x');
  g_autofree char *shared = g_strdup_printf ("<sst><si><t>%s</t></si></sst>", big);
  g_autoptr (GString) cells = g_string_new ("<row>");
  g_autofree char *path = NULL;
  g_autofree char *repeated = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append (cells, "<c t='s'><v>0</v></c>");
  g_string_append (cells, "</row>");
  path = put_xlsx ("bomb.xlsx", cells->str, "", "xl/sharedStrings.xml", shared, NULL);
  g_assert_null (qonys_sheet_open (path, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FORMAT);
  repeated = put_ods ("bomb.ods", "",
                      "<table:table table:name='a'><table:table-row "
                      "table:number-rows-repeated='1048576'><table:table-cell "
                      "table:number-columns-repeated='16384' office:value-type='float' "
                      "office:value='1'/></table:table-row></table:table>");
  g_assert_null (qonys_sheet_open (repeated, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FORMAT);
}

static void
test_real (void)
{
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  if (support_shared_dir () != NULL)
    path = g_build_filename (support_shared_dir (), "data", "messy", "dtp_2000.xlsx", NULL);
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip (SUPPORT_NO_SHARED);
    return;
  }
  text = read_sheet (path, NULL, diagnostics);
  g_assert_true (g_str_has_prefix (text, "1 H:№|Дата и время|"));
  assert_holds (text, "\n2001 D:");
  g_assert_cmpuint (diagnostics->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  qonys_store_init ();
  g_test_add_func ("/workbook/cells", test_cells);
  g_test_add_func ("/workbook/1904", test_1904);
  g_test_add_func ("/workbook/merged", test_merged);
  g_test_add_func ("/workbook/rewind", test_rewind);
  g_test_add_func ("/workbook/hidden", test_hidden);
  g_test_add_func ("/workbook/ods", test_ods);
  g_test_add_func ("/workbook/xls", test_xls);
  g_test_add_func ("/workbook/refused", test_refused);
  g_test_add_func ("/workbook/lock", test_lock);
  g_test_add_func ("/workbook/damage", test_damage);
  g_test_add_func ("/workbook/nonsense", test_nonsense);
  g_test_add_func ("/workbook/bomb", test_bomb);
  g_test_add_func ("/workbook/real", test_real);
  return g_test_run ();
}
