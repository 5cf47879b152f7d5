/* Loose text: every way of writing a place finds it; the Kazakh order is the alphabet's. */
#include "support.h"

#include "base/fold.h"

#include <string.h>

static int
match (const char *needle, const char *haystack)
{
  g_autofree char *a = qonys_fold_text (needle), *b = qonys_fold_text (haystack);

  return qonys_fold_match (a, b);
}

static void
check_fold (const char *text, const char *expected)
{
  g_autofree char *folded = qonys_fold_text (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  check_fold ("Көктал", "koktal");
  check_fold ("коктал", "koktal");
  check_fold ("KOKTAL", "koktal");
  check_fold ("ҚАЗАҚСТАН", "kazakstan");
  check_fold ("Жеңіс даңғылы", "jenis dangili");
  check_fold ("Zhenis", "jenis");
  check_fold ("Jeńis", "jenis");
  check_fold ("Юго-восток", "iugo vostok");
  check_fold ("Yugo-Vostok", "iugo vostok");
  check_fold ("Щучинск", "shuchinsk");
  check_fold ("Shchuchinsk", "shuchinsk");
  check_fold ("Şymkent", "shimkent");
  check_fold ("Шымкент", "shimkent");
  check_fold ("Saýran", "sauran");
  check_fold ("Сауран", "sauran");
  check_fold ("Khan Shatyr", "han shatir");
  check_fold ("Хан Шатыр", "han shatir");
  check_fold ("ё-Ъ-э-ь", "e e");
  check_fold ("новые", "novie");
  check_fold ("novye", "novie");
  check_fold ("Россия", "rossia");
  check_fold ("Rossiya", "rossia");
  check_fold ("Cafe\u0301", "cafe");
  check_fold ("й", "i");
  check_fold ("и\u0306", "i");
  check_fold ("Straße Łódź", "strasse lodz");
  check_fold ("школа №5", "shkola 5");
  check_fold ("  «Школа»\t— 12/3 ", "shkola 12 3");
  check_fold ("Esil’", "esil");
  check_fold ("35,7 м²", "35 7 m2");
  check_fold ("", "");
  check_fold (" .,-", "");
  check_fold (NULL, "");
  check_fold ("ab\xff\xfe"
              "cd\xd0",
              "ab cd");
}

/* Folding folded text changes nothing, and what comes out is ASCII, trimmed. */
static void
test_fold_random (void)
{
  static const gunichar starts[] = {0x20, 0x400, 0x1e00, 0x2010, 0x300, 0xc0};

  for (int i = 0; i < 5000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *once = NULL, *twice = NULL;

    for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
      g_string_append_unichar (text, starts[g_test_rand_int_range (0, 6)] +
                                         (gunichar)g_test_rand_int_range (0, 96));
    once = qonys_fold_text (text->str);
    for (const char *c = once; *c != '\0'; c++)
      g_assert_true (g_ascii_islower (*c) || g_ascii_isdigit (*c) || *c == ' ');
    g_assert_false (g_str_has_prefix (once, " ") || g_str_has_suffix (once, " ") ||
                    strstr (once, "  ") != NULL);
    twice = qonys_fold_text (once);
    if (strstr (once, "kh") == NULL && strstr (once, "gh") == NULL && strstr (once, "zh") == NULL &&
        strstr (once, "shch") == NULL)
      g_assert_cmpstr (twice, ==, once);
  }
}

static void
test_districts (void)
{
  static const char *const districts[][8] = {
      {"Сарыарка", "Сарыарқа", "Сарыаркинский", "Saryarqa", "Saryarka", "САРЫАРКА"},
      {"Байконур", "Байқоңыр", "Байконырский", "Bayqoñyr", "Baikonur", "Байконурский"},
      {"Есиль", "Есіл", "Есильский", "Esil", "Yesil", "Есильского"},
      {"Нура", "Нұра", "Нуринский", "Nura"},
      {"Сарайшык", "Сарайшық", "Saraiyshyq", "Sarayshyk"},
      {"Алматы", "Almaty", "АЛМАТЫ", "Алматинский"},
      {"Көктал", "коктал", "koktal"},
      {"юго-восток", "Yugo-Vostok", "ЮГО ВОСТОК"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (districts); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (districts); j++) {
      for (const char *const *a = districts[i]; *a != NULL; a++) {
        for (const char *const *b = districts[j]; *b != NULL; b++) {
          if ((match (*a, *b) > 0) != (i == j))
            g_error ("“%s” in “%s”: %d", *a, *b, match (*a, *b));
        }
      }
    }
  }
  g_assert_cmpint (match ("алматы", "Алматы р-н"), ==, 4);
  g_assert_cmpint (match ("алматы", "район Алматы"), ==, 3);
  g_assert_cmpint (match ("алматы", "Almaty district"), ==, 4);
}

static void
test_scores (void)
{
  g_assert_cmpint (qonys_fold_match ("", "nura"), ==, 0);
  g_assert_cmpint (qonys_fold_match ("nura", ""), ==, 0);
  g_assert_cmpint (qonys_fold_match ("nura", "nura"), ==, 5);
  g_assert_cmpint (qonys_fold_match ("nu", "nura"), ==, 4);
  g_assert_cmpint (qonys_fold_match ("nura", "raion nura"), ==, 3);
  g_assert_cmpint (qonys_fold_match ("raion nu", "raion nura"), ==, 4);
  g_assert_cmpint (qonys_fold_match ("ura", "raion nura"), ==, 2);
  g_assert_cmpint (qonys_fold_match ("nru", "raion nura"), ==, 0); /* too short to guess */
  g_assert_cmpint (qonys_fold_match ("nrua", "raion nura"), ==, 1);
  g_assert_cmpint (qonys_fold_match ("2025", "2024"), ==, 0); /* a number is not nearly another */
}

/* The oracle: optimal string alignment with every beginning of the text. */
static gboolean
is_near_slowly (const char *needle, const char *text)
{
  gsize n = strlen (needle), best = G_MAXSIZE;

  for (gsize m = 0; m <= strlen (text); m++) {
    gsize d[12][24];
    for (gsize i = 0; i <= n; i++) {
      for (gsize j = 0; j <= m; j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        d[i][j] = MIN (MIN (d[i - 1][j], d[i][j - 1]) + 1,
                       d[i - 1][j - 1] + (needle[i - 1] != text[j - 1]));
        if (i > 1 && j > 1 && needle[i - 1] == text[j - 2] && needle[i - 2] == text[j - 1])
          d[i][j] = MIN (d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    best = MIN (best, d[n][m]);
  }
  return best <= 1;
}

static void
test_near_random (void)
{
  int n_found = 0;

  for (int i = 0; i < 50000; i++) {
    char needle[9] = "", text[13] = "";
    gboolean expected;

    for (int n = g_test_rand_int_range (4, 8), k = 0; k < n; k++)
      needle[k] = (char)g_test_rand_int_range ('a', 'd');
    for (int n = g_test_rand_int_range (0, 12), k = 0; k < n; k++)
      text[k] = (char)g_test_rand_int_range ('a', 'd');
    expected = is_near_slowly (needle, text);
    if (strstr (text, needle) != NULL && !g_str_has_prefix (text, needle))
      continue; /* 2 is more than 1 */
    g_assert_cmpint (qonys_fold_match (needle, text) > 0, ==, expected);
    n_found += expected;
  }
  g_assert_cmpint (n_found, >, 500);
}

static void
test_collate (void)
{
  static const char *const sorted[] = {
      "",        "1-мектеп", "9",    "Äl",     "Alash", "Aqtau", "Zenit", "Абай", "абай 2",
      "Абайлық", "Аян",      "Әл",   "Баба",   "Год",   "Ғабит", "Ежен",  "Ёлка", "Жайық",
      "Иса",     "Йод",      "Кеме", "«Қала»", "Лес",   "Нан",   "Ңа",    "Ом",   "Өмір",
      "Пар",     "Тау",      "Уақ",  "Ұлы",    "Үй",    "Фара",  "Хан",   "Һа",   "Цирк",
      "Шу",      "Щи",       "Ъа",   "Ығыс",   "Іле",   "Ьа",    "Эхо",   "Юла",  "Я",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++) {
      int expected = i < j ? -1 : i > j, got = qonys_collate_kk (sorted[i], sorted[j]);
      g_autofree char *key_i = qonys_collate_key_kk (sorted[i]);
      g_autofree char *key_j = qonys_collate_key_kk (sorted[j]);
      int by_key = strcmp (key_i, key_j);

      if (got != expected || (by_key > 0) - (by_key < 0) != expected)
        g_error ("“%s” and “%s”: %d, by keys %d", sorted[i], sorted[j], got, by_key);
    }
  }
}

static void
test_collate_alphabet (void)
{
  const char *alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

  g_assert_cmpint (g_utf8_strlen (alphabet, -1), ==, 42);
  for (const char *a = alphabet; *g_utf8_next_char (a) != '\0'; a = g_utf8_next_char (a)) {
    g_autofree char *one = g_strndup (a, 2), *two = g_strndup (g_utf8_next_char (a), 2);
    g_autofree char *upper = g_utf8_strup (one, -1);
    g_assert_cmpint (qonys_collate_kk (one, two), ==, -1);
    g_assert_cmpint (qonys_collate_kk (one, upper), ==, 0);
    g_assert_cmpint (qonys_collate_kk (upper, two), ==, -1);
  }
}

static void
test_collate_equal (void)
{
  g_assert_cmpint (qonys_collate_kk ("Абай", "АБАЙ"), ==, 0);
  g_assert_cmpint (qonys_collate_kk ("Абай", "Абаи\u0306"), ==, 0);
  g_assert_cmpint (qonys_collate_kk ("а\u0301бай", "абай"), ==, 0);
  g_assert_cmpint (qonys_collate_kk ("Юго-восток", "«юго  восток»"), ==, 0);
  g_assert_cmpint (qonys_collate_kk ("Әл", "Ал"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/fold/text", test_fold);
  g_test_add_func ("/base/fold/random", test_fold_random);
  g_test_add_func ("/base/fold/districts", test_districts);
  g_test_add_func ("/base/fold/scores", test_scores);
  g_test_add_func ("/base/fold/near-random", test_near_random);
  g_test_add_func ("/base/collate/words", test_collate);
  g_test_add_func ("/base/collate/alphabet", test_collate_alphabet);
  g_test_add_func ("/base/collate/equal", test_collate_equal);
  return g_test_run ();
}
