/* Text files as tables: encodings, delimiters, quotes, rows of all lengths. */

#include "workbook-support.h"

#include "store/text-rows.h"

#include <string.h>

static void
expect (const char *name, const char *bytes, gsize length, const char *encoding, char delimiter,
        const char *rows)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = put_bytes (name, bytes, length);
  g_autoptr (QonysSheet) sheet = qonys_sheet_open (path, NULL, NULL, &error);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (qonys_sheet_is_table (path));
  g_assert_cmpstr (qonys_sheet_get_encoding (sheet), ==, encoding);
  g_assert_cmpint (qonys_sheet_get_delimiter (sheet), ==, delimiter);
  text = read_sheet (path, NULL, diagnostics);
  g_assert_cmpstr (text, ==, rows);
}

static void
expect_text (const char *text, char delimiter, const char *rows)
{
  expect ("table.csv", text, strlen (text), "UTF-8", delimiter, rows);
}

static void
test_delimiters (void)
{
  expect_text ("a,b\n1,2\n", ',', "1 H:a|b|\n2 D:1|2|\n");
  expect_text ("a;b\r\n1,5;2,5\r\n1,7;2,9\r\n", ';', "1 H:a|b|\n2 D:1,5|2,5|\n3 D:1,7|2,9|\n");
  expect_text ("a;b\n1,5;2,5\n", ';', "1 H:a|b|\n2 D:1,5|2,5|\n");
  expect_text ("a\tb\n1\t2", '\t', "1 H:a|b|\n2 D:1|2|\n");
  expect_text ("a|b|c\n1|2|3\n", '|', "1 H:a|b|c|\n2 D:1|2|3|\n");
  expect_text ("a,b\n\"x;y;z\",2\n\"p;q;r\",3\n", ',', "1 H:a|b|\n2 D:x;y;z|2|\n3 D:p;q;r|3|\n");
  expect_text ("sep=|\na|b,c\n1|2\n", '|', "1 H:a|b,c|\n2 D:1|2|\n");
  expect_text ("one\n1\n2\n", ',', "1 H:one|\n2 D:1|\n3 D:2|\n");
  /* Titles, empty lines and a note are rows to a spreadsheet too. */
  expect_text ("Есеп, 2024 жыл, қаңтар\n\nаудан;саны;үлес\nЕсіл;1,5;2\nНұра;2,5;3\nБарлығы;4;5\n\n"
               "Ескерту: алдын ала\n",
               ';',
               "1 T:Есеп, 2024 жыл, қаңтар|||\n3 H:аудан|саны|үлес|\n4 D:Есіл|1,5|2|\n"
               "5 D:Нұра|2,5|3|\n6 S:Барлығы|4|5|\n8 R:Ескерту: алдын ала|||\n");
}

static void
test_quotes (void)
{
  expect_text ("a,b\n\"x\"\"y\",\"line\nbreak\"\n\"\",z\n", ',',
               "1 H:a|b|\n2 D:x\"y|line\nbreak|\n3 D:|z|\n");
  expect_text ("a,b\nТОО \"Ромашка\",1\n\"Q\"uote,2\n", ',',
               "1 H:a|b|\n2 D:ТОО \"Ромашка\"|1|\n3 D:\"Q\"uote|2|\n");
}

/* A quote that is never closed costs its row, not the file. */
static void
test_open_quote (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n\"open,1\n");
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *path = NULL, *rows = NULL;

  for (int i = 3; i < 20003; i++)
    g_string_append_printf (text, "row,%d\n", i);
  path = put_bytes ("open.csv", text->str, text->len);
  rows = read_sheet (path, NULL, diagnostics);
  assert_holds (rows, "2 D:\"open|1|\n3 D:row|3|\n");
  assert_holds (rows, "\n20002 D:row|20002|\n");
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "never closed: 1, the first in row 2"));
}

static void
expect_converted (const char *encoding, const char *iconv, const char *mark, gsize mark_length)
{
  static const char TEXT[] = "Аудан;Саны\r\nСарыарқа ауданы, Жеңіс даңғылы;5\r\n"
                             "Қабанбай батыр көшесі, Ұлытау;7\r\n";
  static const char RUSSIAN[] = "Район;Количество\r\nСарыарка, проспект Победы;5\r\n"
                                "улица Кабанбай батыра;7\r\n";
  gboolean is_kazakh = !g_str_equal (encoding, "CP1251") && !g_str_equal (encoding, "CP866");
  gsize length;
  g_autofree char *bytes =
      g_convert (is_kazakh ? TEXT : RUSSIAN, -1, iconv, "UTF-8", NULL, &length, NULL);
  g_autoptr (GString) file = g_string_new_len (mark, mark_length);

  g_assert_nonnull (bytes);
  g_string_append_len (file, bytes, length);
  expect ("encoded.csv", file->str, file->len, encoding, ';',
          is_kazakh ? "1 H:Аудан|Саны|\n2 D:Сарыарқа ауданы, Жеңіс даңғылы|5|\n"
                      "3 D:Қабанбай батыр көшесі, Ұлытау|7|\n"
                    : "1 H:Район|Количество|\n2 D:Сарыарка, проспект Победы|5|\n"
                      "3 D:улица Кабанбай батыра|7|\n");
}

static void
test_encodings (void)
{
  expect_converted ("UTF-8", "UTF-8", "\xEF\xBB\xBF", 3);
  expect_converted ("UTF-16LE", "UTF-16LE", "\xFF\xFE", 2);
  expect_converted ("UTF-16BE", "UTF-16BE", "\xFE\xFF", 2);
  expect_converted ("UTF-16LE", "UTF-16LE", "", 0);
  expect_converted ("UTF-16BE", "UTF-16BE", "", 0);
  expect_converted ("KZ-1048", "RK1048", "", 0);
  expect_converted ("CP1251", "CP1251", "", 0);
  expect_converted ("CP866", "CP866", "", 0);
}

/* What somebody says is done; what cannot be decoded is told and does not stop the rest. */
static void
test_bad_texts (void)
{
  static const char MIXED[] =
      "name;n\nҚала;1\n\xD1\xE0\xF0\xFB\xE0\xF0\xEA\xE0 \xF3\xEB\xE8\xF6\xE0;2\n";
  static const char WIDE[] = "\xFF\xFE"
                             "a\0;\0b\0\n\0"
                             "\x00\xD8"
                             ";\0"
                             "1\0\n\0x";
  QonysSheetOptions cp866 = {.encoding = "cp866", .delimiter = ';'};
  QonysSheetOptions unknown = {.encoding = "KOI-7"};
  g_autofree char *mixed = put_bytes ("mixed.csv", MIXED, sizeof MIXED - 1);
  g_autofree char *wide = put_bytes ("wide.csv", WIDE, sizeof WIDE - 1);
  g_autofree char *binary = put_bytes ("binary.csv", "a\0b\0\0\0c\x01\x02\x03xyz", 13);
  g_autofree char *dos = put_bytes ("dos.csv", "a;b\n\x81\x80;1\n", 9);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *mixed_rows = read_sheet (mixed, NULL, diagnostics);
  g_autofree char *dos_rows = read_sheet (dos, &cp866, diagnostics);
  g_autofree char *wide_rows = NULL;

  g_assert_cmpstr (mixed_rows, ==, "1 H:name|n|\n2 D:Қала|1|\n3 D:Сарыарка улица|2|\n");
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "could not be decoded: 1"));
  g_assert_cmpstr (dos_rows, ==, "1 H:a|b|\n2 D:БА|1|\n");
  wide_rows = read_sheet (wide, NULL, diagnostics);
  g_assert_cmpstr (wide_rows, ==, "1 H:a|b|\n2 D:\xEF\xBF\xBD|1|\n");
  g_assert_null (qonys_sheet_open (mixed, &unknown, NULL, &error));
  assert_code (&error, QONYS_ERROR_USAGE);
  g_assert_null (qonys_sheet_open (binary, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FORMAT);
}

static void
test_ragged (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *path =
      put_text ("ragged.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4,5\n1,2,3,,\n7\n1,2,\n");
  g_autofree char *rows = read_sheet (path, NULL, diagnostics);

  g_assert_cmpstr (rows, ==,
                   "1 H:a|b|c|||\n2 D:1|2|3|||\n3 D:1|2||||\n4 D:1|2|3|4|5|\n5 D:1|2|3|||\n"
                   "6 D:7|||||\n7 D:1|2||||\n");
}

static void
test_ragged_beyond (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GString) text = g_string_new ("a,b,c\n");
  g_autofree char *path = NULL, *rows = NULL;

  for (int i = 0; i < 200; i++)
    g_string_append (text, "1,2,3\n");
  g_string_append (text, "1,2,3,4\n5,6\n");
  path = put_text ("long.csv", text->str);
  rows = read_sheet (path, NULL, diagnostics);
  g_assert_true (has_note (diagnostics, QONYS_WARNING,
                           "more cells than there are names: 1, the "
                           "first is row 202"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING,
                           "fewer cells than there are names: 1, the "
                           "first is row 203"));
  assert_holds (rows, "\n202 D:1|2|3|4|\n203 D:5|6||\n");
}

/* Pieces and lines meet everywhere: 5 MB in all encodings against the rows that were written. */
static void
test_long (void)
{
  static const char *const ENCODINGS[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "CP1251"};
  g_autoptr (GString) text = g_string_new ("номер;текст\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (int i = 0; i < 60000; i++) {
    g_string_append_printf (text, "%d;\"", i);
    for (int n = g_rand_int_range (random, 1, 9); n > 0; n--)
      g_string_append (text, g_rand_int_range (random, 0, 8) == 0 ? "\n" : "слово ");
    g_string_append (text, ".\"\n");
  }
  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++) {
    gsize length;
    g_autofree char *bytes =
        g_convert (text->str, (gssize)text->len, ENCODINGS[i], "UTF-8", NULL, &length, NULL);
    g_autofree char *path = put_bytes ("long.csv", bytes, length);
    QonysSheetOptions options = {.encoding = ENCODINGS[i]};
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysSheet) sheet = qonys_sheet_open (path, &options, NULL, &error);
    QonysSheetRow row;
    gint64 n = 0;

    g_assert_no_error (error);
    while (qonys_sheet_next (sheet, &row, &error)) {
      if (n++ == 0)
        continue;
      g_assert_cmpint (row.row.number, ==, n);
      g_assert_cmpint (g_ascii_strtoll (row.row.cells[0], NULL, 10), ==, n - 2);
      g_assert_true (g_str_has_suffix (row.row.cells[1], "."));
    }
    g_assert_cmpint (n, ==, 60001);
    g_assert_cmpfloat (qonys_sheet_get_progress (sheet), ==, 1);
  }
}

/* Splitting in pieces gives what splitting the whole gives, whatever stands there. */
static void
test_split_any (void)
{
  static const char SIGNS[] = "a;\"\n\r, ";
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++) {
    char text[24];
    gsize length = (gsize)g_rand_int_range (random, 1, sizeof text), cut;
    g_autoptr (QonysRawRow) whole = qonys_raw_row_new (), part = qonys_raw_row_new ();
    gsize used, used_of_part;
    gboolean open;

    for (gsize j = 0; j < length; j++)
      text[j] = SIGNS[g_rand_int_range (random, 0, sizeof SIGNS - 1)];
    cut = (gsize)g_rand_int_range (random, 0, (gint32)length + 1);
    used = qonys_text_split (text, length, ';', TRUE, whole, &open);
    g_assert_cmpuint (used, >, 0);
    g_assert_cmpuint (used, <=, length);
    used_of_part = qonys_text_split (text, cut, ';', FALSE, part, &open);
    if (used_of_part > 0)
      g_assert_cmpuint (used_of_part, ==, used);
  }
}

static void
test_others (void)
{
  g_autofree char *json = put_text ("data.txt", "\xEF\xBB\xBF {\"type\": 1}");
  g_autofree char *mapinfo = put_text ("data.tab", "!table\n!version 300");
  g_autofree char *other = put_text ("data.gpkg", "a,b\n");
  g_autofree char *text = put_text ("text.xls", "a\tb\n1\t2\n");
  g_autofree char *archive = put_package ("layers.zip", "a.csv", "a,b\n", NULL);

  g_assert_false (qonys_sheet_is_table (json));
  g_assert_false (qonys_sheet_is_table (mapinfo));
  g_assert_false (qonys_sheet_is_table (other));
  g_assert_false (qonys_sheet_is_table (archive));
  g_assert_true (qonys_sheet_is_table (text));
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  qonys_store_init ();
  g_test_add_func ("/text-table/delimiters", test_delimiters);
  g_test_add_func ("/text-table/quotes", test_quotes);
  g_test_add_func ("/text-table/open-quote", test_open_quote);
  g_test_add_func ("/text-table/encodings", test_encodings);
  g_test_add_func ("/text-table/bad-texts", test_bad_texts);
  g_test_add_func ("/text-table/ragged", test_ragged);
  g_test_add_func ("/text-table/ragged-beyond", test_ragged_beyond);
  g_test_add_func ("/text-table/long", test_long);
  g_test_add_func ("/text-table/split-any", test_split_any);
  g_test_add_func ("/text-table/others", test_others);
  return g_test_run ();
}
