/* Where the names stand: forms as the city's offices write them. */

#include "support.h" /* first: assertions stay in */

#include "store/sheet-shape.h"
#include "store/sheet-words.h"

#include <string.h>

#define MAX_ROWS 40
#define MAX_CELLS 12

typedef struct {
  QonysShapeRow rows[MAX_ROWS];
  const char *cells[MAX_ROWS][MAX_CELLS];
  GStrv texts[MAX_ROWS];
  guint n;
} Table;

/* Rows by "\n", cells by "|"; an empty cell is none, a line "+" counts and is not there. */
static void
fill (Table *table, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  memset (table, 0, sizeof *table);
  for (guint i = 0; lines[i] != NULL; i++) {
    guint n = 0;

    if (g_str_equal (lines[i], "+"))
      continue;
    table->texts[table->n] = g_strsplit (lines[i], "|", -1);
    for (; table->texts[table->n][n] != NULL; n++)
      table->cells[table->n][n] =
          *table->texts[table->n][n] != '\0' ? table->texts[table->n][n] : NULL;
    table->rows[table->n] = (QonysShapeRow){table->cells[table->n], n, i + 1};
    table->n++;
  }
}

static void
empty (Table *table)
{
  for (guint i = 0; i < table->n; i++)
    g_strfreev (table->texts[i]);
}

static QonysSheetShape *
find (const char *text, gint64 header_row, guint n_header_rows)
{
  Table table;
  QonysSheetShape *shape;

  fill (&table, text);
  shape = qonys_sheet_shape_find (table.rows, table.n, NULL, 0, header_row, n_header_rows);
  empty (&table);
  return shape;
}

/* @names joined by "|"; @kinds a letter a row as in workbook-support.h. */
static void
expect (const char *text, const char *names, const char *kinds)
{
  Table table;
  g_autoptr (QonysSheetShape) shape = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *joined = NULL;

  fill (&table, text);
  shape = qonys_sheet_shape_find (table.rows, table.n, NULL, 0, 0, 0);
  joined = g_strjoinv ("|", shape->names);
  for (guint i = 0; i < table.n; i++)
    g_string_append_c (found, "THNUDSR"[qonys_sheet_shape_get_kind (shape, &table.rows[i])]);
  if (!g_str_equal (joined, names) || !g_str_equal (found->str, kinds))
    g_error ("%s\nis read as %s (%s), not %s (%s)", text, joined, found->str, names, kinds);
  empty (&table);
}

static void
test_simple (void)
{
  expect ("id|area\n1|35,7\n2|40", "id|area", "HDD");
  expect ("id|x|y\n1|71.4|51.1", "id|x|y", "HD");
  expect ("Аудан|Есім\nАлматы|а\nЕсіл|б", "Аудан|Есім", "HDD");
  expect ("name\nfirst\nsecond", "name", "HDD");
  expect ("район|2022|2023\nЕсиль|1|2", "район|2022|2023", "HD");
  expect ("район|2023-01-01|2023-02-01\nЕсиль|1|2", "район|2023-01-01|2023-02-01", "HD");
  /* No name, twice the same, a line break in one, empty columns at the end. */
  expect ("id||a|a|\n1|2|3|5|\n5|6|7|8|", "id|B|a|a (2)", "HDD");
}

static void
test_titles (void)
{
  g_autoptr (QonysSheetShape) shape =
      find ("Астана қаласы\n+\nКөші-қон туралы мәлімет|||25.01.2024\n+\n№|Аудан|Саны|Үлесі\n"
            "1|Алматы|10|5%\n2|Есіл|20|7%",
            0, 0);

  g_assert_cmpint (shape->header_row, ==, 5);
  g_assert_cmpuint (shape->n_header_rows, ==, 1);
  g_assert_cmpint (shape->first_data_row, ==, 6);
  g_assert_cmpstr (shape->title, ==, "Астана қаласы\nКөші-қон туралы мәлімет 25.01.2024");
  g_assert_cmpfloat (shape->sureness, >=, 0.6);
  expect ("Есеп беру\nБекітемін|басшы\nАудан|Саны|Ауданы|Ескерту\nАлматы|1|2|а\nЕсіл|2|3|б",
          "Аудан|Саны|Ауданы|Ескерту", "TTHDD");
}

static void
test_several_rows (void)
{
  expect ("Район|Зарегистрировано||Всего\n|постоянно|временно|\nА|1|2|3\n|чел.|чел.|ед.\n"
          "Есиль|1|2|3\nАлматы|4|5|9",
          "Район|Зарегистрировано – постоянно|Зарегистрировано – временно|Всего", "HHNUDD");
  expect ("Аудан|2023|||2024||\n|тұрақты||уақытша|тұрақты||уақытша\n|ер|әйел||ер|әйел|\n"
          "Есіл|1|2|3|4|5|6",
          "Аудан|2023 – тұрақты – ер|2023 – тұрақты – әйел|2023 – уақытша|2024 – тұрақты – ер|"
          "2024 – тұрақты – әйел|2024 – уақытша",
          "HHHD");
  /* What stands below a full row of names is no name. */
  expect ("Аудан|Түрі|Саны\nЕсіл|пәтер|\nАлматы|үй|5\nНұра|үй|7", "Аудан|Түрі|Саны", "HDDD");
}

/* With areas known, a name above a gap goes no farther than its area. */
static void
test_merges (void)
{
  static const QonysMerge MERGES[] = {{1, 1, 1, 2}, {1, 2, 0, 0}};
  Table table;
  g_autoptr (QonysSheetShape) shape = NULL;

  fill (&table, "Район|Жители||\n|всего|дети|Дома\nЕсиль|1|2|3");
  shape = qonys_sheet_shape_find (table.rows, table.n, MERGES, 2, 0, 0);
  g_assert_cmpuint (shape->n_header_rows, ==, 2);
  g_assert_cmpstr (shape->names[2], ==, "Жители – дети");
  g_assert_cmpstr (shape->names[3], ==, "Дома");
  empty (&table);
}

static void
test_said (void)
{
  static const char TEXT[] = "a|b\nc|d\n1|2\n3|4";
  g_autoptr (QonysSheetShape) second = find (TEXT, 2, 1);
  g_autoptr (QonysSheetShape) both = find (TEXT, 2, 2);
  g_autoptr (QonysSheetShape) none = find (TEXT, -1, 0);
  g_autoptr (QonysSheetShape) beyond = find (TEXT, 77, 3);
  g_autoptr (QonysSheetShape) nothing = find ("", 0, 0);
  g_autoptr (QonysSheetShape) numbers = find ("1|2,5\n2|3,5\n3|4", 0, 0);

  g_assert_cmpstr (second->names[0], ==, "c");
  g_assert_cmpint (second->first_data_row, ==, 3);
  g_assert_cmpstr (both->names[1], ==, "b – d");
  g_assert_cmpint (both->header_row, ==, 2);
  g_assert_cmpstr (none->names[1], ==, "B");
  g_assert_cmpint (none->first_data_row, ==, 1);
  g_assert_cmpuint (beyond->n_columns, ==, 2);
  g_assert_cmpuint (nothing->n_columns, ==, 0);
  g_assert_cmpint (numbers->header_row, ==, 0);
  g_assert_cmpint (numbers->first_data_row, ==, 1);
  g_assert_cmpfloat (numbers->sureness, <, 0.6);
}

static void
test_totals (void)
{
  static const char *const TOTALS[] = {"Барлығы",
                                       "БАРЛЫҒЫ:",
                                       "Жиыны",
                                       "Қала бойынша",
                                       "Итого",
                                       "Итого по району:",
                                       "Всего по городу",
                                       "Total",
                                       "Grand total",
                                       " «Итого» ",
                                       "Аудан бойынша барлығы"};
  static const char *const OTHERS[] = {
      "Барлығым",       "Всеволод", "Тоталь",       "Total Energies", "г. Астана",     "12",
      "Итоговая улица", "",         "в том числе:", "Алматы",         "Жиынтық көшесі"};

  for (guint i = 0; i < G_N_ELEMENTS (TOTALS); i++) {
    const char *cells[] = {NULL, "5", TOTALS[i], "7"};

    if (!qonys_row_is_total (cells, 4))
      g_error ("“%s” is no total", TOTALS[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++) {
    const char *cells[] = {OTHERS[i], "5", "7", "Жеңіс", "Барлығы"};

    if (qonys_row_is_total (cells, 5))
      g_error ("“%s” is a total", OTHERS[i]);
  }
  expect ("Аудан|Саны|Үлес\nЕсіл|1|5\nоның ішінде:||\nНұра|2|6\nБарлығы|3|11\n"
          "* алдын ала деректер||\nДереккөз: Ұлттық статистика бюросы||",
          "Аудан|Саны|Үлес", "HDRDSRR");
}

static void
test_values (void)
{
  static const char *const VALUES[] = {"1",     "-1,5",     "1 234,5",          "55 000 000 ₸",
                                       "12.5%", "25.01.24", "2024-01-25 10:00", "9.9E+11",
                                       "36 м²", "(5)"};
  static const char *const TEXTS[] = {"a1", "1-қабат", "№1", "пәтер 5", "", "A", "12б"};

  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++)
    if (!qonys_cell_is_value (VALUES[i]))
      g_error ("“%s” is no value", VALUES[i]);
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    if (qonys_cell_is_value (TEXTS[i]))
      g_error ("“%s” is a value", TEXTS[i]);
  g_assert_true (qonys_cell_is_period ("2023 ж."));
  g_assert_false (qonys_cell_is_period ("2023 5"));
  g_assert_false (qonys_cell_is_period ("12023"));
}

static void
test_letters (void)
{
  static const struct {
    guint column;
    const char *letters;
  } CASES[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *letters = qonys_column_get_letters (CASES[i].column);

    g_assert_cmpstr (letters, ==, CASES[i].letters);
  }
}

/* Whatever stands there: names are as many as columns, none empty, none twice. */
static void
test_any (void)
{
  static const char *const PIECES[] = {"|",       "|",    "\n",   "1", "а",
                                       "Барлығы", "2023", "адам", " ", "-"};
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 3000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (QonysSheetShape) shape = NULL;
    g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
    guint n_rows = 1, n_cells = 1;

    for (int n = g_rand_int_range (random, 0, 60); n > 0; n--) {
      const char *piece = PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))];

      n_cells = *piece == '\n' ? 1 : n_cells + (*piece == '|');
      n_rows += *piece == '\n';
      if (n_rows >= MAX_ROWS || n_cells >= MAX_CELLS)
        break;
      g_string_append (text, piece);
    }
    shape = find (text->str, g_rand_int_range (random, -1, 9), g_rand_int_range (random, 0, 4));
    g_assert_cmpuint (g_strv_length (shape->names), ==, shape->n_columns);
    for (guint j = 0; j < shape->n_columns; j++) {
      g_assert_cmpstr (shape->names[j], !=, "");
      g_assert_true (g_hash_table_add (known, shape->names[j]));
    }
    g_assert_cmpuint (shape->n_header_rows, <=, 3);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet-shape/simple", test_simple);
  g_test_add_func ("/sheet-shape/titles", test_titles);
  g_test_add_func ("/sheet-shape/several-rows", test_several_rows);
  g_test_add_func ("/sheet-shape/merges", test_merges);
  g_test_add_func ("/sheet-shape/said", test_said);
  g_test_add_func ("/sheet-shape/totals", test_totals);
  g_test_add_func ("/sheet-shape/values", test_values);
  g_test_add_func ("/sheet-shape/letters", test_letters);
  g_test_add_func ("/sheet-shape/any", test_any);
  return g_test_run ();
}
