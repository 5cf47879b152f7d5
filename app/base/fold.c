/*
 * Loose text for search, and the Kazakh order for lists. Names of places and columns, some tens
 * of thousands: fold each once and keep it. A fold costs about a microsecond and an allocation;
 * a match or a comparison tens of nanoseconds and none.
 */
#include "base/fold.h"

#include <string.h>

#define COMBINING_FIRST 0x300
#define COMBINING_LAST 0x36f

/* ---- Folding: first every letter to Latin, then the ways of writing Latin to one. ---- */

static const struct {
  const char *letter, *latin;
} latin_letters[] = {
    {"а", "a"},  {"ә", "a"},       {"б", "b"}, {"в", "v"},  {"г", "g"},  {"ғ", "g"},  {"д", "d"},
    {"е", "e"},  {"ё", "e"},       {"ж", "j"}, {"з", "z"},  {"и", "i"},  {"й", "i"},  {"к", "k"},
    {"қ", "k"},  {"л", "l"},       {"м", "m"}, {"н", "n"},  {"ң", "n"},  {"о", "o"},  {"ө", "o"},
    {"п", "p"},  {"р", "r"},       {"с", "s"}, {"т", "t"},  {"у", "u"},  {"ұ", "u"},  {"ү", "u"},
    {"ф", "f"},  {"х", "h"},       {"һ", "h"}, {"ц", "ts"}, {"ч", "ch"}, {"ш", "sh"}, {"щ", "sh"},
    {"ъ", ""},   {"ы", "i"},       {"і", "i"}, {"ь", ""},   {"э", "e"},  {"ю", "iu"}, {"я", "ia"},
    {"ı", "i"},  {"ə", "a"},       {"ŋ", "n"}, {"ý", "u"},  {"ş", "sh"}, {"ș", "sh"}, {"š", "sh"},
    {"ç", "ch"}, {"č", "ch"},      {"ž", "j"}, /* how Kazakh Latin and libraries write ш ч ж */
    {"'", ""},   {"`", ""},        {"’", ""},  {"‘", ""},   {"ʼ", ""},   {"ʹ", ""},   {"ʺ", ""},
    {"№", " "},  {"\302\255", ""}, /* a soft hyphen */
};

static gpointer
make_latin_table (gpointer unused)
{
  GHashTable *table = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (latin_letters); i++)
    g_hash_table_insert (table, GUINT_TO_POINTER (g_utf8_get_char (latin_letters[i].letter)),
                         (gpointer)latin_letters[i].latin);
  return table;
}

static const char *
find_latin (gunichar letter)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_lookup (g_once (&once, make_latin_table, NULL), GUINT_TO_POINTER (letter));
}

/* Appends ASCII letters and digits, a space for all else. */
static void
append_latin (GString *out, gunichar letter)
{
  gunichar base;
  const char *latin;

  letter = g_unichar_tolower (letter);
  if (letter < 0x80 && g_ascii_isalnum ((char)letter)) {
    g_string_append_c (out, (char)letter);
    return;
  }
  latin = find_latin (letter);
  if (latin == NULL && g_unichar_fully_decompose (letter, FALSE, &base, 1) > 0 && base != letter) {
    append_latin (out, base); /* é: the letter without its mark */
    return;
  }
  if (latin == NULL && letter >= COMBINING_FIRST && letter <= COMBINING_LAST)
    return;
  if (latin == NULL && g_unichar_isalpha (letter)) {
    char utf8[7] = "";
    g_autofree char *ascii = NULL;

    g_unichar_to_utf8 (letter, utf8);
    ascii = g_str_to_ascii (utf8, "C"); /* ß, ł, ø … */
    for (const char *c = ascii; *c != '\0'; c++)
      g_string_append_c (out, g_ascii_isalnum (*c) ? g_ascii_tolower (*c) : ' ');
    return;
  }
  g_string_append (out, latin != NULL ? latin : " ");
}

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aeiou", c) != NULL;
}

/* Brings the ways of writing Latin to one and squeezes spaces. */
static void
unify (const char *in, GString *out)
{
  while (*in != '\0') {
    char last = out->len > 0 ? out->str[out->len - 1] : ' ';
    char c = *in++;

    if (c == 'k' && *in == 'h') {
      c = 'h';
      in++;
    } else if (c == 'g' && *in == 'h') {
      in++;
    } else if (c == 'z' && *in == 'h') {
      c = 'j';
      in++;
    } else if (c == 's' && g_str_has_prefix (in, "hch")) {
      g_string_append_c (out, 's');
      c = 'h';
      in += 3;
    } else if (c == 'y' && *in == 'e' && (last == ' ' || is_vowel (last))) {
      c = 'e'; /* Yesil, but novye */
      in++;
    } else if (c == 'x') {
      g_string_append_c (out, 'k');
      c = 's';
    } else if (c == 'q') {
      c = 'k';
    } else if (c == 'w') {
      c = 'u';
    } else if (c == 'y') {
      c = 'i';
    }
    if (c == last && (c == ' ' || c == 'i')) /* ий, iy, yi are one и */
      continue;
    g_string_append_c (out, c);
  }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
}

char *
qonys_fold_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) latin = g_string_sized_new (64);
  g_autofree char *composed = NULL;
  GString *out;

  for (char *number = valid; (number = strstr (number, "№")) != NULL;)
    memset (number, ' ', strlen ("№")); /* before NFKC makes it "No" */
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  for (const char *c = composed; *c != '\0'; c = g_utf8_next_char (c))
    append_latin (latin, g_utf8_get_char (c));
  out = g_string_sized_new (latin->len);
  unify (latin->str, out);
  return g_string_free (out, FALSE);
}

/* ---- Matching, on folded texts. ---- */

static gboolean
is_prefix (const char *prefix, const char *text)
{
  return strncmp (prefix, text, strlen (prefix)) == 0;
}

/* Whether @needle is one edit (a letter more, less, other, or two swapped) from a beginning of
 * @text. At the first difference there are only four ways on. */
static gboolean
is_near_prefix (const char *needle, const char *text)
{
  while (*needle != '\0' && *needle == *text)
    needle++, text++;
  if (*needle == '\0')
    return TRUE;
  if (is_prefix (needle + 1, text))
    return TRUE;
  if (*text == '\0')
    return FALSE;
  return is_prefix (needle, text + 1) || is_prefix (needle + 1, text + 1) ||
         (needle[1] == text[0] && needle[0] == text[1] && is_prefix (needle + 2, text + 2));
}

static const char *
next_word (const char *text)
{
  const char *space = strchr (text, ' ');

  return space != NULL ? space + 1 : NULL;
}

static gsize
count_letters (const char *text)
{
  gsize n = 0;

  for (; *text != '\0'; text++)
    n += g_ascii_isalpha (*text) ? 1 : 0;
  return n;
}

/* Whether @haystack has a word that a Russian adjective is made of: "nurinski" of "nura". */
static gboolean
is_adjective_of (const char *needle, const char *haystack)
{
  static const char *const endings[] = {"inski", "ski", "inskogo", "skogo", "inskom", "skom"};

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    gsize length = strlen (needle) - strlen (endings[i]);

    if (g_str_has_suffix (needle, endings[i]) && length >= 3) {
      g_autofree char *stem = g_strndup (needle, length);
      int score = qonys_fold_match (stem, haystack);
      if (score == 1 || score >= 3)
        return TRUE;
    }
  }
  return FALSE;
}

int
qonys_fold_match (const char *needle, const char *haystack)
{
  if (*needle == '\0')
    return 0;
  if (is_prefix (needle, haystack))
    return haystack[strlen (needle)] == '\0' ? 5 : 4;
  for (const char *word = next_word (haystack); word != NULL; word = next_word (word)) {
    if (is_prefix (needle, word))
      return 3;
  }
  if (strstr (haystack, needle) != NULL)
    return 2;
  if (count_letters (needle) < 4)
    return 0;
  for (const char *word = haystack; word != NULL; word = next_word (word)) {
    if (is_near_prefix (needle, word))
      return 1;
  }
  return is_adjective_of (needle, haystack) ? 1 : 0;
}

/* ---- The Kazakh order: nothing < a gap between words < digits < Latin < Cyrillic < others. */

#define KAZAKH "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
#define CYRILLIC_FIRST 0x400
#define CYRILLIC_LAST 0x4ff
#define WEIGHT_GAP 1
#define WEIGHT_DIGIT 0x10
#define WEIGHT_LATIN 0x20
#define WEIGHT_KAZAKH 0x40
#define WEIGHT_OTHER 0x100

static gpointer
make_kazakh_weights (gpointer unused)
{
  guint8 *weights = g_new0 (guint8, CYRILLIC_LAST - CYRILLIC_FIRST + 1);
  guint8 weight = WEIGHT_KAZAKH;

  for (const char *c = KAZAKH; *c != '\0'; c = g_utf8_next_char (c))
    weights[g_utf8_get_char (c) - CYRILLIC_FIRST] = weight++;
  return weights;
}

/* The weight of a lower-case letter; 0 for what stands between words. */
static guint
get_weight (gunichar letter)
{
  static GOnce once = G_ONCE_INIT;
  const guint8 *kazakh = g_once (&once, make_kazakh_weights, NULL);
  gunichar base;

  if (letter >= CYRILLIC_FIRST && letter <= CYRILLIC_LAST && kazakh[letter - CYRILLIC_FIRST] != 0)
    return kazakh[letter - CYRILLIC_FIRST];
  if (letter < 0x80) {
    if (g_ascii_isdigit ((char)letter))
      return WEIGHT_DIGIT + (letter - '0');
    return g_ascii_isalpha ((char)letter) ? WEIGHT_LATIN + (letter - 'a') : 0;
  }
  if (g_unichar_fully_decompose (letter, FALSE, &base, 1) > 0 && base != letter)
    return get_weight (base);
  return g_unichar_isalnum (letter) ? WEIGHT_OTHER + letter : 0;
}

/* Takes the next letter in lower case, composed with a mark behind it (й may be и and a breve);
 * gaps are one, and none at the ends. Returns: its weight, 0 at the end. */
static guint
next_weight (const char **text, gboolean first, gunichar *letter)
{
  gboolean gap = FALSE;

  while (**text != '\0') {
    const char *next = g_utf8_next_char (*text);
    gunichar c = g_utf8_get_char (*text), mark = *next != '\0' ? g_utf8_get_char (next) : 0;
    gunichar composed;
    guint weight;

    if (mark >= COMBINING_FIRST && mark <= COMBINING_LAST &&
        g_unichar_compose (c, mark, &composed)) {
      c = composed;
      next = g_utf8_next_char (next);
    }
    *letter = g_unichar_tolower (c);
    weight = get_weight (*letter);
    if (weight != 0 && gap && !first) {
      *letter = ' ';
      return WEIGHT_GAP;
    }
    *text = next;
    if (weight != 0)
      return weight;
    gap |= !g_unichar_ismark (c); /* a stress mark parts no words */
  }
  return 0;
}

int
qonys_collate_kk (const char *a, const char *b)
{
  int marks = 0;

  for (gboolean first = TRUE;; first = FALSE) {
    gunichar letter_a = 0, letter_b = 0;
    guint weight_a = next_weight (&a, first, &letter_a);
    guint weight_b = next_weight (&b, first, &letter_b);

    if (weight_a != weight_b)
      return weight_a < weight_b ? -1 : 1;
    if (weight_a == 0)
      return marks;
    if (marks == 0 && letter_a != letter_b) /* a before ä, if nothing else differs */
      marks = letter_a < letter_b ? -1 : 1;
  }
}

char *
qonys_collate_key_kk (const char *text)
{
  GString *key = g_string_sized_new (64);
  gunichar letter;
  guint weight;

  /* Weights written as UTF-8, whose bytes are in their order. */
  for (gboolean first = TRUE; (weight = next_weight (&text, first, &letter)) != 0; first = FALSE)
    g_string_append_unichar (key, weight);
  return g_string_free (key, FALSE);
}
