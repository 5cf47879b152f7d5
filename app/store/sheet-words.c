/*
 * What a cell says: a value, a unit, a total, a note. A few hundred nanoseconds a cell; texts that
 * cannot be any of them end at their first letter.
 */
#include "store/sheet-words.h"

#include <stdio.h>
#include <string.h>

gboolean
qonys_cell_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (!g_unichar_isspace (c) && c != 0xFEFF && c != 0x200B)
      return FALSE;
  }
  return TRUE;
}

/* Lower case, white space made single spaces, colons, points and stars at the ends left out.
 * Returns: (transfer full) */
static char *
simplify (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  GString *simple = g_string_new (NULL);
  gboolean has_space = FALSE;

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c) || c == ':' || c == '*' || c == '"' || c == 0xAB || c == 0xBB) {
      has_space = simple->len > 0;
      continue;
    }
    if (has_space)
      g_string_append_c (simple, ' ');
    has_space = FALSE;
    g_string_append_unichar (simple, c);
  }
  while (simple->len > 0 && strchr (".,;", simple->str[simple->len - 1]) != NULL)
    g_string_truncate (simple, simple->len - 1);
  return g_string_free (simple, FALSE);
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (text, words[i]))
      return TRUE;
  return FALSE;
}

/* ---- values ---- */

gboolean
qonys_cell_is_value (const char *text)
{
  gboolean has_digit = FALSE;

  if (text == NULL)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c < 0x80 && g_ascii_isdigit ((char)c)) {
      has_digit = TRUE;
    } else if (g_unichar_isalpha (c)) {
      /* 9.9E+11, 2024-01-25T10:00, 55 000 тг, 36 м² */
      if (!has_digit)
        return FALSE;
      if ((c == 'E' || c == 'e' || c == 'T') &&
          (g_ascii_isdigit (at[1]) || at[1] == '+' || at[1] == '-'))
        continue;
      return g_str_has_prefix (at, "тг") || g_str_has_prefix (at, "тенге") ||
             g_str_has_prefix (at, "теңге") || g_str_has_prefix (at, "м²") ||
             g_str_has_prefix (at, "KZT") || g_str_has_prefix (at, "%");
    } else if (c < 0x80 && strchr (" .,-+%/:()\t", (char)c) == NULL) {
      return FALSE;
    }
  }
  return has_digit;
}

gboolean
qonys_cell_is_period (const char *text)
{
  int year, month, day, n = 0;
  const char *rest;

  if (text == NULL)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &n) == 3 && n == 10)
    return year >= 1900 && year < 2100;
  if (!g_ascii_isdigit (text[0]) || sscanf (text, "%4d%n", &year, &n) != 1 || n != 4 ||
      year < 1900 || year >= 2100)
    return FALSE;
  for (rest = text + 4; *rest != '\0' && !g_ascii_isdigit (*rest); rest++)
    ;
  return *rest == '\0';
}

gboolean
qonys_cell_is_dash (const char *text)
{
  static const char *const DASHES[] = {"-", "–", "—", "…", "...", "x", "х", NULL};
  g_autofree char *bare = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return bare != NULL && is_one_of (bare, DASHES);
}

int
qonys_cell_get_column_number (const char *text)
{
  static const char *const LETTERS[] = {"а", "a", "б", "b", "в", "c", "г", "d", NULL};
  g_autofree char *bare = NULL;
  char *at, *end;
  int number;

  if (text == NULL || strlen (text) > 12)
    return -100;
  bare = g_utf8_strdown (text, -1);
  at = g_strstrip (bare);
  if (*at == '(')
    at++;
  for (int i = 0; LETTERS[i] != NULL; i++)
    if (g_str_equal (at, LETTERS[i]))
      return -10 + i / 2;
  if (!g_ascii_isdigit (*at))
    return -100;
  number = (int)g_ascii_strtoll (at, &end, 10);
  return strspn (end, ").*") == strlen (end) && number < 1000 ? number : -100;
}

gboolean
qonys_cell_is_unit (const char *text)
{
  static const char *const UNITS[] = {
      "адам",        "бірлік",     "дана",    "мың адам", "мың",        "мың теңге", "млн теңге",
      "теңге",       "пәтер",      "үй",      "жыл",      "м²",         "м2",        "кв.м",
      "кв. м",       "ш.м",        "шаршы м", "км²",      "км",         "м",         "га",
      "чел",         "человек",    "ед",      "единиц",   "шт",         "тыс",       "тыс. чел",
      "тыс.чел",     "тыс. тенге", "тенге",   "тг",       "млн. тенге", "млн тенге", "₸",
      "%",           "пайыз",      "процент", "проценты", "кв. метр",   "лет",       "год",
      "units",       "persons",    "people",  "m²",       "m2",         "sq. m",     "ha",
      "thousand",    "per cent",   "°",       "градус",   "‰",          "промилле",  "тыс. кв. м",
      "мың шаршы м", NULL};
  g_autofree char *simple = NULL;

  if (text == NULL || strlen (text) > 40)
    return FALSE;
  simple = simplify (text);
  return is_one_of (simple, UNITS);
}

/* ---- words ---- */

gboolean
qonys_cell_is_note (const char *text)
{
  static const char *const NOTES[] = {"ескерту",    "ескертпе", "дереккөз", "дерек көзі",
                                      "примечани",  "источник", "сноска",   "орындаушы",
                                      "исполнител", "note",     "source",   "footnote"};
  g_autofree char *simple = NULL;

  while (g_ascii_isspace (*text))
    text++;
  if (*text == '*' || g_str_has_prefix (text, "¹") || g_str_has_prefix (text, "1)"))
    return TRUE;
  simple = simplify (text);
  for (guint i = 0; i < G_N_ELEMENTS (NOTES); i++)
    if (g_str_has_prefix (simple, NOTES[i]))
      return TRUE;
  return FALSE;
}

static gboolean
begins_or_ends_with_word (const char *text, const char *word)
{
  gsize length = strlen (text), word_length = strlen (word);

  if (length <= word_length)
    return g_str_equal (text, word);
  return (g_str_has_prefix (text, word) && strchr (" ,.(-", text[word_length]) != NULL) ||
         (g_str_has_suffix (text, word) && text[length - word_length - 1] == ' ');
}

gboolean
qonys_cell_is_total (const char *text)
{
  static const char *const WORDS[] = {"барлығы", "жиыны",   "жиынтығы", "итого",
                                      "всего",   "подытог", "қорытынды"};
  static const char *const WHOLE[] = {"барлық",
                                      "қала бойынша",
                                      "астана қаласы бойынша",
                                      "астана қ. бойынша",
                                      "астана бойынша",
                                      "по городу",
                                      "по г. астана",
                                      "по г.астана",
                                      "по городу астана",
                                      "по астане",
                                      "в целом",
                                      "в целом по городу",
                                      "итог",
                                      "total",
                                      "totals",
                                      "grand total",
                                      "subtotal",
                                      "sub-total",
                                      "sum total",
                                      "city total",
                                      "all districts",
                                      "общий итог",
                                      "жалпы қорытынды",
                                      NULL};
  static const char *const BEGINNINGS[] = {"total for ", "total by ", "total in ", "total, "};
  g_autofree char *simple = NULL;

  if (text == NULL || *text == '\0' || strlen (text) > 200 || g_ascii_isdigit (*text))
    return FALSE;
  simple = simplify (text);
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (begins_or_ends_with_word (simple, WORDS[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (BEGINNINGS); i++)
    if (g_str_has_prefix (simple, BEGINNINGS[i]))
      return TRUE;
  return is_one_of (simple, WHOLE);
}

gboolean
qonys_cell_is_of_which (const char *text)
{
  static const char *const WORDS[] = {"оның ішінде", "соның ішінде", "в том числе", "в т.ч",
                                      "из них",      "including",    "of which",    NULL};
  g_autofree char *simple = simplify (text);

  return is_one_of (simple, WORDS);
}
