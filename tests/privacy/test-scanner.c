/* Cells and columns: everything that identifies is found, none of the traps is. */
#include "scan.h"

#include "base/date.h"
#include <locale.h>
#include <math.h>
#include <string.h>

static void
test_iin (void)
{
  static const char *const cells[] = {
      "991231100010",
      "991231100109",
      "9912 3110 0010",
      "991231-100010",
      "991 231 100 010",
      "991231\302\240100010",
      "991231\342\200\211100010",
      "9-9-1-2-3-1-1-0-0-0-1-0",
      "９９１２３１１０００１０",
      "٩٩١٢٣١١٠٠٠١٠",
      "9912\342\200\2133110\302\2550010",
      "991231\342\200\221100010",
      "'991231100010",
      "=\"991231100010\"",
      "991231100010.0",
      "991231100010,0",
      "991231100010.00",
      "ИИН991231100010",
      "IIN991231100010",
      "тұрғын 991231100010 (12-пәтер)",
      "5, 991231100010",
      "991231100010,991231100109",
      "1.991231100010 2.991231100109",
      "пр. 5 991231100010",
      "991231100010 тел. нет",
      "991231100010 2 раза",
      "№991231100010",
      "9.91231E+11",
      "9,91231E+11",
      "9.91231e11",
      "9.9123110001E+11",
      "\320\357\360\356\354 991231100010" /* CP1251 */,
      "991231100010\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_autoptr (GPtrArray) findings = scan_text ("код", cells[i]);
    const QonysFinding *finding = find_kind (findings, QONYS_IDENTIFIER_IIN);

    if (finding == NULL || finding->verdict != QONYS_VERDICT_REFUSE)
      g_error ("“%s” is not refused", cells[i]);
    g_assert_cmpint (finding->first_row, ==, 1);
    g_assert_cmpint (finding->n_rows, ==, 1);
    g_assert_true (g_str_has_prefix (finding->masked_sample, "9912••••••"));
  }
}

/* Makes a number right: ten or eleven digits of it with the zeros lost. */
static char *
make_iin (const char *eleven)
{
  for (char last = '0'; last <= '9'; last++) {
    g_autofree char *text = g_strdup_printf ("%s%c", eleven, last);

    if (qonys_iin_get_tier (text) != QONYS_IIN_NO)
      return g_steal_pointer (&text);
  }
  return NULL;
}

static void
test_lost_zeros (void)
{
  static const char *const elevens[] = {"05021750012", "00121550012", "09123050077"};

  for (guint i = 0; i < G_N_ELEMENTS (elevens); i++) {
    g_autofree char *iin = make_iin (elevens[i]);
    const char *cut = iin + strspn (iin, "0");
    g_autofree char *decimal = NULL, *quoted = NULL;
    g_autoptr (QonysScanner) scanner = qonys_scanner_new (FALSE);
    guint integer = qonys_scanner_add_column (scanner, "код", QONYS_SCAN_INTEGER);
    guint real = qonys_scanner_add_column (scanner, "код2", QONYS_SCAN_REAL);
    g_autoptr (GPtrArray) findings = NULL;

    if (iin == NULL)
      continue;
    g_assert_cmpint (qonys_iin_get_tier (iin), ==, QONYS_IIN_PLAUSIBLE);
    decimal = g_strdup_printf ("%s.0", cut);
    quoted = g_strdup_printf ("'%s", cut);
    assert_text ("код", cut, QONYS_VERDICT_REFUSE);
    assert_text ("код", decimal, QONYS_VERDICT_REFUSE);
    assert_text ("код", quoted, QONYS_VERDICT_REFUSE);
    qonys_scanner_scan_integer (scanner, integer, 1, g_ascii_strtoll (cut, NULL, 10));
    qonys_scanner_scan_real (scanner, real, 1, g_ascii_strtod (cut, NULL));
    findings = qonys_scanner_finish (scanner);
    g_assert_cmpuint (findings->len, ==, 2);
    g_assert_cmpint (qonys_findings_get_verdict (findings), ==, QONYS_VERDICT_REFUSE);
  }
}

static QonysVerdict
scan_numbers (const char *name, QonysScanType type, const double *values, guint n)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (TRUE);
  guint column = qonys_scanner_add_column (scanner, name, type);

  for (guint i = 0; i < n; i++)
    if (type == QONYS_SCAN_INTEGER)
      qonys_scanner_scan_integer (scanner, column, i + 1, (gint64)values[i]);
    else
      qonys_scanner_scan_real (scanner, column, i + 1, values[i]);
  return take_verdict (qonys_scanner_finish (scanner));
}

#define SCAN_NUMBERS(name, type, ...)                                                              \
  scan_numbers (name, type, (const double[]){__VA_ARGS__},                                         \
                G_N_ELEMENTS (((const double[]){__VA_ARGS__})))

static void
test_numbers (void)
{
  for (QonysScanType type = QONYS_SCAN_INTEGER; type <= QONYS_SCAN_REAL; type++) {
    g_assert_cmpint (SCAN_NUMBERS ("код", type, 5, 991231100010.), ==, QONYS_VERDICT_REFUSE);
    g_assert_cmpint (SCAN_NUMBERS ("код", type, 9.91231E+11), ==, QONYS_VERDICT_REFUSE);
    /* KATO, Unix time in seconds and milliseconds, tenge, a phone without a name */
    g_assert_cmpint (SCAN_NUMBERS ("kato", type, 711110000, 711210000, 711310000), ==,
                     QONYS_VERDICT_CLEAN);
    g_assert_cmpint (SCAN_NUMBERS ("t", type, 1706140800, 1706140800123., 1719792000), ==,
                     QONYS_VERDICT_CLEAN);
    g_assert_cmpint (SCAN_NUMBERS ("t", type, 87012345678., 77172556631.), ==, QONYS_VERDICT_CLEAN);
    g_assert_cmpint (SCAN_NUMBERS ("t", type, -991231100010., 0, 1e15, -1), ==,
                     QONYS_VERDICT_CLEAN);
  }
  g_assert_cmpint (SCAN_NUMBERS ("lon", QONYS_SCAN_REAL, 71.7172556631, 71.46319648798847, NAN,
                                 INFINITY, -INFINITY, 1e300, 991231100010.5),
                   ==, QONYS_VERDICT_CLEAN);
  /* One sum of many reads as a person's number: chance. One alone is not. */
  g_assert_cmpint (SCAN_NUMBERS ("fines_kzt", QONYS_SCAN_INTEGER, 991231100010., 125000000000.,
                                 340120500000., 269979415000., 810000000001.),
                   ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (SCAN_NUMBERS ("fines_kzt", QONYS_SCAN_INTEGER, 991231100010.), ==,
                   QONYS_VERDICT_REFUSE);
}

static void
test_traps (void)
{
  static const char *const cells[] = {
      "0201300012345678", /* address code */
      "0201 3000 1234 5678",
      "21:318:024:015",
      "21:318:024:012345678",
      "010000",
      "Z05H9B0",
      "711110000",
      "710000000",
      "113400000",
      "KZ711110",
      "71.7172556631",
      "71,7172556631",
      "51.012345678",
      "POINT (71.7172556631 51.012345678)",
      "[71.717255663112,51.123456789012]",
      "71.46319648798847",
      "1706140800123",
      "1706140800",
      "269 979 415 ₸",
      "269\302\240979\302\240415 ₸",
      "991 231 100 010 ₸",
      "991231100010 тенге",
      "991231100010 тг",
      "991 231 100 010 теңге",
      "991231100010 KZT",
      "991231100010.75",
      "1 991 231 100 010",
      "1 234 567 890 123",
      "000000000000",
      "111111111111",
      "991231100011",
      "9912311000100",
      "19912311000101",
      "2024-01-25",
      "25.01.2024",
      "2024-01-25 10:30:00",
      "2024-01-25T10:30:00+05:00",
      "06.03.2013 17:00",
      "550e8400-e29b-41d4-a716-991231100010",
      "86bfbb0a883805e36330c76dbb4f6c1a_original.46505524.pdf",
      "da39a3ee5e6b4b0d991231100010f95601890afd",
      "https://krisha.kz/a/show/678242745",
      "№ 12345678",
      "ст. 517 ч. 2",
      "7/1",
      "11А",
      "53",
      "Қабанбай батыр даңғылы, 53",
      "9.9E+11",
      "1.5E+3",
      "2,5E+10",
      "info@astana.gov.kz",
      "a@gov.kz",
      "@qonys",
      "a@",
      "N123456",
      "N123456789",
      "KN12345678",
      "A1234567",
      "000012345",
      "001 002 003",
      "8 из 9",
      "28500000",
      "140мкр22",
      "77012345678901",
      "\xff\xfe\x80",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    assert_text ("код", cells[i], QONYS_VERDICT_CLEAN);
}

static void
test_weak (void)
{
  static const char *const two[] = {"012345678", "012345678", "023456789", NULL};
  static const char *const three[] = {"012345678", "023456789", "034567890", NULL};
  static const char *const plates[] = {"123ABC01", "456ВС02", "777KZ01", NULL};
  static const char *const undated[] = {"991332100012", "5", NULL};
  static const char *const kato[] = {"711110000", "711210000", "711310000", "711410000",
                                     "711510000", "711610000", NULL};
  static const char *const cards[] = {"711110000", "812345678", NULL};

  assert_text ("код", "140840000006", QONYS_VERDICT_WARN); /* a business number */
  g_assert_cmpint (qonys_iin_get_tier ("140840000006"), ==, QONYS_IIN_BIN);
  g_assert_cmpint (take_verdict (scan_texts ("код", undated)), ==, QONYS_VERDICT_WARN);
  g_assert_cmpint (take_verdict (scan_texts ("код", two)), ==, QONYS_VERDICT_WARN);
  g_assert_cmpint (take_verdict (scan_texts ("код", three)), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (take_verdict (scan_texts ("код", plates)), ==, QONYS_VERDICT_REFUSE);
  assert_text ("код", "123ABC01", QONYS_VERDICT_WARN);
  /* Nine digits in a column of documents, unless they are the city's districts. */
  g_assert_cmpint (take_verdict (scan_texts ("документ", kato)), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (take_verdict (scan_texts ("документ", cards)), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (take_verdict (scan_texts ("код", cards)), ==, QONYS_VERDICT_CLEAN);
}

static void
test_other_kinds (void)
{
  static const struct {
    const char *cell;
    QonysIdentifierKind kind;
    QonysVerdict verdict;
  } cells[] = {
      {"N12345678", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE},
      {"n1234567", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE},
      {"Н12345678", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE}, /* Cyrillic */
      {"паспорт 12 34 567890", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE},
      {"паспорт AA1234567", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE},
      {"passport E12345678", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE},
      {"жеке куәлік 712345678", QONYS_IDENTIFIER_PASSPORT, QONYS_VERDICT_REFUSE},
      {"+7 701 234 56 78", QONYS_IDENTIFIER_MOBILE_PHONE, QONYS_VERDICT_REFUSE},
      {"8(747)234-56-78", QONYS_IDENTIFIER_MOBILE_PHONE, QONYS_VERDICT_REFUSE},
      {"87771234567", QONYS_IDENTIFIER_MOBILE_PHONE, QONYS_VERDICT_REFUSE},
      {"тел.: +77051234567, вечером", QONYS_IDENTIFIER_MOBILE_PHONE, QONYS_VERDICT_REFUSE},
      {"/7172/ 55-66-31", QONYS_IDENTIFIER_CITY_PHONE, QONYS_VERDICT_WARN},
      {"8 (7172) 55 66 31", QONYS_IDENTIFIER_CITY_PHONE, QONYS_VERDICT_WARN},
      {"+77172556631", QONYS_IDENTIFIER_CITY_PHONE, QONYS_VERDICT_WARN},
      {"a.b+c@mail.ru", QONYS_IDENTIFIER_EMAIL, QONYS_VERDICT_REFUSE},
      {"info@notgov.kz", QONYS_IDENTIFIER_EMAIL, QONYS_VERDICT_REFUSE},
      {"info@gov.kz.com", QONYS_IDENTIFIER_EMAIL, QONYS_VERDICT_REFUSE},
      {"x@gov.kz, иван@пошта.қаз", QONYS_IDENTIFIER_EMAIL, QONYS_VERDICT_REFUSE},
      {"KZ86125KZT5004100100", QONYS_IDENTIFIER_IBAN, QONYS_VERDICT_REFUSE},
      {"kz86 125K ZT50 0410 0100", QONYS_IDENTIFIER_IBAN, QONYS_VERDICT_REFUSE},
      {"123АВС01", QONYS_IDENTIFIER_VEHICLE_PLATE, QONYS_VERDICT_WARN}, /* Cyrillic */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_autoptr (GPtrArray) findings = scan_text ("код", cells[i].cell);
    const QonysFinding *finding = find_kind (findings, cells[i].kind);

    if (finding == NULL || finding->verdict != cells[i].verdict || findings->len != 1)
      g_error ("“%s” is not found as it is", cells[i].cell);
    g_assert_null (strstr (finding->masked_sample, cells[i].cell));
    g_assert_nonnull (strstr (finding->masked_sample, "•"));
  }
}

/* Phones are looked for in text only. */
static void
test_phone_types (void)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (FALSE);
  guint real = qonys_scanner_add_column (scanner, "код", QONYS_SCAN_REAL);
  guint text = qonys_scanner_add_column (scanner, "код2", QONYS_SCAN_TEXT);
  g_autoptr (GPtrArray) findings = NULL;

  qonys_scanner_scan_text (scanner, real, 1, "87012345678", 11);
  g_assert_cmpint (take_verdict (qonys_scanner_finish (scanner)), ==, QONYS_VERDICT_CLEAN);
  qonys_scanner_scan_text (scanner, text, 1, "87012345678", 11);
  findings = qonys_scanner_finish (scanner);
  g_assert_cmpint (qonys_findings_get_verdict (findings), ==, QONYS_VERDICT_REFUSE);
}

/* Random numbers by column: what is above 30 % is decisive, what is chance is not. */
static void
test_shares (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int round = 0; round < 20; round++) {
    g_autoptr (QonysScanner) scanner = qonys_scanner_new (FALSE);
    guint ids = qonys_scanner_add_column (scanner, "osm_id", QONYS_SCAN_INTEGER);
    guint undated = qonys_scanner_add_column (scanner, "код", QONYS_SCAN_TEXT);
    g_autoptr (GPtrArray) findings = NULL;

    for (int row = 1; row <= 2000; row++) {
      g_autofree char *eleven =
          g_strdup_printf ("%02d99%02d%05d", g_rand_int_range (rand, 0, 100),
                           g_rand_int_range (rand, 0, 100), g_rand_int_range (rand, 0, 100000));
      g_autofree char *right = row % 5 < 2 ? make_iin (eleven) : NULL;

      qonys_scanner_scan_integer (scanner, ids, row,
                                  (gint64)g_rand_double_range (rand, 1e9, 1.3e10));
      if (right == NULL)
        right = g_strdup_printf ("%s%d", eleven, row % 10);
      qonys_scanner_scan_text (scanner, undated, row, right, strlen (right));
    }
    findings = qonys_scanner_finish (scanner);
    g_assert_cmpuint (findings->len, ==, 1); /* not the ids */
    g_assert_cmpint (qonys_findings_get_verdict (findings), ==, QONYS_VERDICT_REFUSE);
    g_assert_cmpstr (((QonysFinding *)g_ptr_array_index (findings, 0))->column, ==, "код");
  }
}

static void
test_dates (void)
{
  static const char *const spread[] = {"1961-05-02", "25.01.2004", "1983-11-30 00:00",
                                       "07.07.1977", "1999-09-09", NULL};
  static const char *const narrow[] = {"2011-12-01", "25.01.2024", "2026-06-01 00:00",
                                       "07.07.2017", "2019-09-09", NULL};
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (FALSE);
  guint column = qonys_scanner_add_column (scanner, "күн", QONYS_SCAN_DATE);

  g_assert_cmpint (take_verdict (scan_texts ("күн", spread)), ==, QONYS_VERDICT_WARN);
  g_assert_cmpint (take_verdict (scan_texts ("күн", narrow)), ==, QONYS_VERDICT_CLEAN);
  for (int i = 0; i < 10; i++)
    qonys_scanner_scan_day (scanner, column, i + 1, qonys_day_from_ymd (1960 + 2 * i, 1, 1));
  g_assert_cmpint (take_verdict (qonys_scanner_finish (scanner)), ==, QONYS_VERDICT_WARN);
}

/* Rows, counted once each, the gravest first. */
static void
test_findings (void)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (FALSE);
  guint phones = qonys_scanner_add_column (scanner, "a", QONYS_SCAN_TEXT);
  guint numbers = qonys_scanner_add_column (scanner, "b", QONYS_SCAN_TEXT);
  g_autoptr (GPtrArray) findings = NULL;
  const QonysFinding *first;

  for (int row = 1; row <= 10; row++) {
    const char *cell = row % 2 ? "991231100010 991231100109" : "–";

    qonys_scanner_scan_text (scanner, phones, row, "7172556631", 10);
    qonys_scanner_scan_text (scanner, numbers, row + 3, cell, strlen (cell));
  }
  findings = qonys_scanner_finish (scanner);
  g_assert_cmpuint (findings->len, ==, 2);
  first = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (first->column, ==, "b");
  g_assert_cmpint (first->kind, ==, QONYS_IDENTIFIER_IIN);
  g_assert_cmpint (first->first_row, ==, 4);
  g_assert_cmpint (first->n_rows, ==, 5);
  g_assert_cmpint (qonys_findings_get_verdict (NULL), ==, QONYS_VERDICT_CLEAN);
}

static QonysVerdict
scan_rows (const char *const *columns, guint n_columns, const char *const *cells, guint n_rows)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (TRUE);

  for (guint i = 0; i < n_columns; i++)
    qonys_scanner_add_column (scanner, columns[i], QONYS_SCAN_TEXT);
  for (guint i = 0; i < n_columns * n_rows; i++)
    qonys_scanner_scan_text (scanner, i % n_columns, i / n_columns + 1, cells[i],
                             strlen (cells[i]));
  return take_verdict (qonys_scanner_finish (scanner));
}

/* A row a person: addresses repeat and nothing is counted. */
static void
test_micro_rows (void)
{
  static const char *const person_columns[] = {"көше", "үй", "пәтер", "тіркелу түрі"};
  static const char *const count_columns[] = {"көше", "үй", "пәтер", "азаматтар саны"};
  static const char *const flat_columns[] = {"көше", "үй", "бөлме", "түрі"};
  static const char *const dated_columns[] = {"көше", "үй", "as_of", "түрі"};
  static const char *const street_columns[] = {"улица", "түрі", "қабат", "себебі"};
  static const char *const cells[] = {
      "Кенесары", "5", "12", "1", "Кенесары", "5", "12", "2", "Кенесары", "5", "12", "1",
      "Кенесары", "5", "13", "1", "Абай",     "7", "1",  "2", "Кенесары", "5", "12", "2",
  };
  static const char *const moments[] = {
      "Кенесары", "5", "2024-01-01", "1", "Кенесары", "5", "2024-02-01", "2",
      "Кенесары", "5", "2024-03-01", "1", "Кенесары", "5", "2024-04-01", "1",
      "Кенесары", "5", "2024-05-01", "2", "Кенесары", "5", "2024-06-01", "2",
  };

  g_assert_cmpint (scan_rows (person_columns, 4, cells, 6), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (scan_rows (count_columns, 4, cells, 6), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (scan_rows (street_columns, 4, cells, 6), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (scan_rows (flat_columns, 4, cells, 6), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (scan_rows (dated_columns, 4, moments, 6), ==, QONYS_VERDICT_CLEAN);
}

/* Thousands of addresses, all different in one place or another: none repeats. Of pairs half do. */
static void
test_many_addresses (void)
{
  static const char *const forms[] = {"%06u",     "A%06u",        "%06uB",
                                      "AB%06u",   "%06u-xy",      "%06u-1234",
                                      "key-%06u", "key-0-0-%06u", "%06u............",
                                      "0000%06u", "000000%06u",   "....000000%06u"};

  for (guint form = 0; form < 2 * G_N_ELEMENTS (forms); form++) {
    g_autoptr (QonysScanner) scanner = qonys_scanner_new (TRUE);
    guint key = qonys_scanner_add_column (scanner, "dwelling_key", QONYS_SCAN_TEXT);

    for (guint row = 0; row < 20000; row++) {
      g_autofree char *cell = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      cell = g_strdup_printf (forms[form / 2], form % 2 ? row / 2 : row);
#pragma GCC diagnostic pop
      qonys_scanner_scan_text (scanner, key, row + 1, cell, strlen (cell));
    }
    g_autoptr (GPtrArray) findings = qonys_scanner_finish (scanner);
    const QonysFinding *found = find_kind (findings, QONYS_IDENTIFIER_MICRO_ROWS);

    if (form % 2 ? found == NULL || ABS (found->n_rows - 10000) > 200 : found != NULL)
      g_error ("%s: %d repeat", forms[form / 2], found != NULL ? (int)found->n_rows : 0);
  }
}

/* Whatever bytes come, and wherever a number stands in them. */
static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  static const char *const pieces[] = {
      "991231100010", "7",       "172",          " ",    "-",        "@",  ".", ",", "E+11", "Н",
      "ұлы",          "И.",      "\xef\xbc\x99", "\xff", "\xe2\x80", "KZ", "₸", "(", "/",    "ович",
      "\302\240",     "паспорт "};

  for (int round = 0; round < 2000; round++) {
    g_autoptr (GString) cell = g_string_new (NULL);
    int n = g_rand_int_range (rand, 1, 12);

    for (int i = 0; i < n; i++)
      g_string_append (cell, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    g_ptr_array_unref (scan_text ("name", cell->str));
    g_string_append (cell, " x 991231100010 y");
    assert_text ("код", cell->str, QONYS_VERDICT_REFUSE);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/scanner/iin", test_iin);
  g_test_add_func ("/privacy/scanner/lost-zeros", test_lost_zeros);
  g_test_add_func ("/privacy/scanner/numbers", test_numbers);
  g_test_add_func ("/privacy/scanner/traps", test_traps);
  g_test_add_func ("/privacy/scanner/weak", test_weak);
  g_test_add_func ("/privacy/scanner/other-kinds", test_other_kinds);
  g_test_add_func ("/privacy/scanner/phone-types", test_phone_types);
  g_test_add_func ("/privacy/scanner/shares", test_shares);
  g_test_add_func ("/privacy/scanner/dates", test_dates);
  g_test_add_func ("/privacy/scanner/findings", test_findings);
  g_test_add_func ("/privacy/scanner/micro-rows", test_micro_rows);
  g_test_add_func ("/privacy/scanner/many-addresses", test_many_addresses);
  g_test_add_func ("/privacy/scanner/random-bytes", test_random_bytes);
  return g_test_run ();
}
