/* The first look at a cell against the looks it saves: whatever they find it must let pass. */
#include "privacy/glance.h"
#include "privacy/names.h"
#include "privacy/patterns.h"

#include <string.h>

static void
note_found (QonysPattern pattern, const char *match, gsize length, gpointer data)
{
  *(gboolean *)data = TRUE;
}

/* Returns: whether there was something to find */
static gboolean
check (const char *text, gsize length)
{
  g_autofree char *exact = g_memdup2 (text, length); /* without NUL: no reading over it */
  QonysGlance glance = qonys_glance_at (exact, length);
  gboolean is_found = FALSE;

  qonys_patterns_find (exact, length, QONYS_PATTERNS_PHONES | QONYS_PATTERNS_DOCUMENTS, note_found,
                       &is_found);
  if (is_found && !qonys_glance_may_hold_pattern (&glance, exact, length))
    g_error ("“%.*s” holds a pattern", (int)length, text);
  for (int wants_likely = 0; wants_likely <= 1; wants_likely++)
    if (qonys_name_is_possible (exact, length, wants_likely)) {
      is_found = TRUE;
      if (!qonys_glance_may_hold_name (&glance, wants_likely))
        g_error ("“%.*s” may be a name", (int)length, text);
    }
  return is_found;
}

/* The shortest of each kind. */
static void
test_shortest (void)
{
  static const char *const cells[] = {
      "001234567",
      "N1234567",
      "№N1234567",
      "н1234567",
      "123AB02",
      "123АВС02",
      "9.9123E+11",
      "9,9123E+11",
      "99123E7",
      "a@b.c",
      "+77011234567",
      "717212345678",
      "71721234567",
      "5021750012",
      "991231100010",
      "٩٩١٢٣١١٠٠٠١٠",
      "９９１２３１１０００１０",
      "KZ12345KZT5004100100",
      "уд. ли 001234567",
      "Иванов И.О.",
      "И.О.Иванов",
      "Ахметова Гүлнар Ерланқызы",
  };
  guint n_found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    n_found += check (cells[i], strlen (cells[i]));
  g_assert_cmpuint (n_found, >=, G_N_ELEMENTS (cells) - 4);
}

static void
test_random (void)
{
  static const char *const parts[] = {
      "0",        "1",        "7",
      "9",        "12",       "123",
      "7172",     "9912",     "311",
      "00010",    "1234567",  "A",
      "AB",       "ABC",      "N",
      "н",        "АВ",       "ов",
      "ович",     "Иван",     "ұлы",
      "қызы",     " ",        " ",
      ".",        ".",        ",",
      "-",        "+",        "@",
      "E+11",     "E",        "KZ",
      "7",        "8",        "И.",
      "О.",       "\xc2\xa0", "\xe2\x80\x8b",
      "\xd9\xa3", "９",       "\xff",
      "\xd0",     "паспорт",  "(7",
      "01)",      "a.",       "b",
      ":",        "/",        "ova",
      "enko",     "Petr ",    "\t",
      "\n",
  };
  guint n_found = 0;

  for (guint trial = 0; trial < 300000; trial++) {
    GString *cell = g_string_new (NULL);

    for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
      g_string_append (cell, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
    n_found += check (cell->str, cell->len);
    g_string_free (cell, TRUE);
  }
  g_assert_cmpuint (n_found, >, 1000);
}

/* Any bytes, longer than a count has bits too. */
static void
test_bytes (void)
{
  char bytes[3000];

  for (guint trial = 0; trial < 2000; trial++) {
    gsize length = (gsize)g_test_rand_int_range (1, trial % 10 == 0 ? 3000 : 40);
    gsize n_digits = 0, n_spaces = 0;
    QonysGlance glance;

    for (gsize i = 0; i < length; i++) {
      bytes[i] = (char)(trial % 2 ? g_test_rand_int_range (0, 256) : "09 .A"[i * trial % 5]);
      n_digits += g_ascii_isdigit (bytes[i]);
      n_spaces += bytes[i] == ' ';
    }
    glance = qonys_glance_at (bytes, length);
    g_assert_cmpuint (glance.n_digits, ==, n_digits);
    g_assert_cmpuint (glance.n_spaces, ==, n_spaces);
    check (bytes, length);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/glance/shortest", test_shortest);
  g_test_add_func ("/privacy/glance/random", test_random);
  g_test_add_func ("/privacy/glance/bytes", test_bytes);
  return g_test_run ();
}
