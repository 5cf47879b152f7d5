/* A text somebody types, and findings in words. */
#include "scan.h"

#include <locale.h>

static void
test_kinds (void)
{
  static const struct {
    const char *text;
    QonysIdentifierKind kind;
  } texts[] = {
      {NULL, QONYS_IDENTIFIER_NONE},
      {"", QONYS_IDENTIFIER_NONE},
      {"Осмотрено 120 квартир, 35,7 м² на 2 человек", QONYS_IDENTIFIER_NONE},
      {"Момышұлы даңғылы 12, 3-қабат", QONYS_IDENTIFIER_NONE},
      {"В доме 12345 жильцов и 269 979 415 ₸ штрафов", QONYS_IDENTIFIER_NONE},
      {"ЖСН 9912 3110 0010 бар адам", QONYS_IDENTIFIER_IIN},
      {"ИИН: 991332100012", QONYS_IDENTIFIER_IIN},
      {"звонить 8 (701) 234-56-78", QONYS_IDENTIFIER_MOBILE_PHONE},
      {"приёмная 55-66-31 (код 7172)", QONYS_IDENTIFIER_NONE},
      {"приёмная /7172/ 55-66-31", QONYS_IDENTIFIER_CITY_PHONE},
      {"пишите на ivanov@mail.kz", QONYS_IDENTIFIER_EMAIL},
      {"пишите на info@astana.gov.kz", QONYS_IDENTIFIER_NONE},
      {"паспорт N12345678", QONYS_IDENTIFIER_PASSPORT},
      {"паспорт AA1234567", QONYS_IDENTIFIER_PASSPORT},
      {"төлқұжат нөмірі 012345678", QONYS_IDENTIFIER_PASSPORT},
      {"приказ AA1234567", QONYS_IDENTIFIER_NONE},
      {"счёт KZ86125KZT5004100100", QONYS_IDENTIFIER_IBAN},
      {"машина 123ABC01", QONYS_IDENTIFIER_VEHICLE_PLATE},
      {"со слов Иванова Петра", QONYS_IDENTIFIER_NONE},
      {"жилец Иванов Пётр Сергеевич", QONYS_IDENTIFIER_PERSON_NAME},
      {"8 701 234 56 78, ИИН 991231100010", QONYS_IDENTIFIER_IIN}, /* the strongest */
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (qonys_text_find_identifier (texts[i].text) != texts[i].kind)
      g_error ("“%s” is %d", texts[i].text, qonys_text_find_identifier (texts[i].text));
}

static void
test_description (void)
{
  static const char *const cells[] = {"", "x", "991231100010", "991231100109", NULL};
  g_autoptr (GPtrArray) findings = scan_texts ("Код", cells);
  g_autoptr (GPtrArray) weak = scan_text ("note", "/7172/ 55-66-31");
  g_autoptr (GPtrArray) none = scan_text ("note", "Астана");
  g_autofree char *text = qonys_findings_describe (findings);
  g_autofree char *weak_text = qonys_findings_describe (weak);
  g_autofree char *no_text = qonys_findings_describe (none);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, findings->len + 1);
  g_assert_nonnull (strstr (lines[0], "“Код”"));
  g_assert_nonnull (strstr (lines[0], "row 3"));
  g_assert_nonnull (strstr (lines[0], "9912••••••10"));
  g_assert_nonnull (strstr (lines[1], "supplier"));
  g_assert_null (strstr (text, "991231100010"));
  g_assert_nonnull (strstr (weak_text, "can be read"));
  g_assert_cmpstr (no_text, ==, "");
}

/* Rows of persons: the sentence says how to make counts of them. */
static void
test_way_out (void)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (TRUE);
  guint key = qonys_scanner_add_column (scanner, "dwelling_key", QONYS_SCAN_TEXT);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  for (int row = 1; row <= 10; row++)
    qonys_scanner_scan_text (scanner, key, row, row % 2 ? "k1" : "k2", 2);
  findings = qonys_scanner_finish (scanner);
  g_assert_nonnull (find_kind (findings, QONYS_IDENTIFIER_MICRO_ROWS));
  text = qonys_findings_describe (findings);
  g_assert_nonnull (strstr (text, "8 rows repeat an address"));
  g_assert_nonnull (strstr (text, "count the rows of each address"));
  g_assert_nonnull (strstr (text, "PivotTable"));
  g_assert_nonnull (strstr (text, "reg_permanent"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/typed/kinds", test_kinds);
  g_test_add_func ("/privacy/typed/description", test_description);
  g_test_add_func ("/privacy/typed/way-out", test_way_out);
  return g_test_run ();
}
