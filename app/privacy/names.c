/*
 * Names of persons in Kazakh, Russian and Latin letters. Streets, schools and stops bear
 * persons' names, so a name counts only where no word of a place stands by it. Every text cell
 * of columns that are not addresses comes here; nearly all leave after one pass over their bytes
 * that looks at the ends of words and at capitals with a full stop.
 */
#include "privacy/names.h"

#include "base/fold.h"

#include <string.h>

#define MIN_STEM 3      /* «Ұлы Дала» is no patronymic */
#define LONG_SENTENCE 7 /* words: beyond, only neighbours tell a place */
#define MAX_WORDS 400

typedef struct {
  gsize start, end;
  char *folded;
  guint n_letters;
  gboolean is_capital, is_all_capital, is_initial;
  gboolean has_kazakh_u; /* ұ: the ending is ұлы and not a Russian -улы */
  gboolean is_joined;    /* with the word before: no comma or bracket between */
  gboolean is_adjacent;  /* to it: only spaces between */
  gboolean is_listed;    /* by it: only spaces and commas between */
  gboolean is_place;
} Word;

/* ---- Words of places, folded; '*' at the end: a beginning. ---- */

static const char *const place_words[] = {
    "koshe",      "koshesi*",  "dangil",    "dangili*",  "tas",      "jol",       "joli",
    "ul",         "ulits*",    "pr",        "prt",       "prosp*",   "per",       "pereul*",
    "mkr*",       "mikr*",     "shagin",    "sh",        "audan",    "audani*",   "bulvar*",
    "br",         "gulzar*",   "alan",      "alani",     "ploshad*", "shosse*",   "tuik*",
    "tuig*",      "proezd*",   "naber*",    "jagalau*",  "park",     "parki*",    "skver*",
    "saiabak*",   "saiabag*",  "most",      "mosta",     "kopir*",   "mektep*",   "mekteb*",
    "shkol*",     "gimnaz*",   "litse*",    "kolledj*",  "kollej*",  "colleg*",   "school*",
    "univers*",   "institut*", "akademia*", "meshit*",   "mechet*",  "teatr*",    "muze*",
    "museum",     "kitaphan*", "biblio*",   "auruhan*",  "bolnits*", "emhan*",    "polikl*",
    "klinik*",    "hospital*", "balabak*",  "balabag*",  "apteka",   "darihan*",  "tsentr*",
    "ortalig*",   "ortalik*",  "im",        "imeni",     "atindag*", "at",        "eskertkish*",
    "pamiatnik*", "street*",   "st",        "avenu*",    "ave",      "road",      "rd",
    "lane",       "square",    "bridge",    "aialdama*", "ostanov*", "jk",        "tk",
    "trts",       "trk",       "bts",       "dom",       "ui",       "selo",      "sela",
    "auil",       "auili*",    "stants*",   "vokzal*",   "stadion*", "raion",     "raiona",
    "district*",  "region*",   "oblast",    "oblisi*",   "kala",     "kalasi*",   "gorod",
    "goroda",     "kvartal*",  "magazin*",  "dukeni",    "kafe",     "restoran*", "meiramhan*",
    "rezident*",  "kesene*",   "zirat*",    "fond",
};

static gboolean
is_place_word (const char *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (place_words); i++) {
    gsize n = strlen (place_words[i]);

    if (place_words[i][n - 1] == '*' ? strncmp (folded, place_words[i], n - 1) == 0
                                     : strcmp (folded, place_words[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

/* ---- Endings, folded. ---- */

static gboolean
has_ending (const Word *word, const char *const *endings)
{
  gsize n = strlen (word->folded);

  for (; *endings != NULL; endings++)
    if (n >= strlen (*endings) + MIN_STEM && g_str_has_suffix (word->folded, *endings))
      return TRUE;
  return FALSE;
}

static gboolean
is_patronymic (const Word *word)
{
  static const char *const endings[] = {"kizi", "ovich", "evich", "ovna", "evna", NULL};
  static const char *const uly[] = {"uli", NULL};

  if (word->is_initial)
    return FALSE;
  return has_ending (word, endings) || /* a small -улы is Russian: каникулы */
         ((word->is_capital || word->has_kazakh_u) && has_ending (word, uly));
}

static gboolean
is_surname (const Word *word)
{
  static const char *const endings[] = {"ov",  "ova",   "ev",   "eva", "in",   "ina",
                                        "ski", "skaia", "enko", "uli", "kizi", NULL};

  return !word->is_initial && word->is_capital && has_ending (word, endings);
}

/* ---- The first pass. ---- */

/* The letter that ends at @at as its two bytes in small letters; a Latin one as one byte. */
static guint
get_letter_before (const char *text, const char *at)
{
  guchar last = at > text ? (guchar)at[-1] : ' ', lead = at > text + 1 ? (guchar)at[-2] : ' ';

  if (last < 0x80)
    return (guint)g_ascii_tolower ((char)last);
  if (lead == 0xd0 && last >= 0x90 && last <= 0x9f) /* А … П */
    return 0xd000u | (last + 0x20u);
  if (lead == 0xd0 && last >= 0xa0 && last <= 0xaf) /* Р … Я */
    return 0xd100u | (last - 0x20u);
  return (guint)lead << 8 | last;
}

/* Whether the word that ends at @at may be a patronymic or, if wanted, a surname. */
static gboolean
may_end_name (const char *text, const char *at, gboolean wants_likely)
{
  guint last = get_letter_before (text, at), middle, first;

  if (wants_likely) /* ов, ев, ова, ева, ин, ина, ский, ская, енко, ұлы, қызы */
    switch (last) {
    case 0xd0b2:
    case 0xd0bd:
    case 0xd0b0:
    case 0xd0b9:
    case 0xd18f:
    case 0xd0be:
    case 0xd18b:
    case 'v':
    case 'n':
    case 'a':
    case 'y':
    case 'i':
    case 'o':
      return TRUE;
    default:
      break;
    }
  if (last != 0xd18b && last != 0xd187 && last != 0xd0b0 && last != 'y' && last != 'i' &&
      last != 'h' && last != 'a')
    return FALSE;
  at -= last < 0x80 ? 1 : 2;
  middle = get_letter_before (text, at);
  at -= middle < 0x80 ? 1 : 2;
  first = at > text ? get_letter_before (text, at) : 0;
  switch (last) {
  case 0xd18b: /* ұлы, улы, қызы */
    return (middle == 0xd0bb && (first == 0xd2b1 || first == 0xd2b0 || first == 0xd183)) ||
           (middle == 0xd0b7 && first == 0xd18b);
  case 0xd187: /* ович, евич */
    return middle == 0xd0b8 && first == 0xd0b2;
  case 0xd0b0: /* овна, евна */
    return middle == 0xd0bd && first == 0xd0b2;
  case 'y':
  case 'i':
    return middle == 'l' || middle == 'z';
  case 'h':
    return middle == 'c' && first == 'i';
  default:
    return middle == 'n' && first == 'v';
  }
}

/* Whether "И" of "И." ends at @at, a capital alone. */
static gboolean
is_initial_before (const char *text, const char *at)
{
  guchar last = (guchar)at[-1], lead = at > text + 1 ? (guchar)at[-2] : ' ';
  const char *before = at - (last < 0x80 ? 1 : 2);
  gboolean is_capital = last < 0x80 ? g_ascii_isupper ((char)last)
                                    : (lead == 0xd0 && (last < 0xb0 || last == 0x81)) ||
                                          ((lead == 0xd2 || lead == 0xd3) && (last & 1) == 0);

  return is_capital && (before <= text || before[-1] == ' ' || before[-1] == '.');
}

gboolean
qonys_name_is_possible (const char *text, gsize length, gboolean wants_likely)
{
  guint n_spaces = 0, n_initials = 0;
  gboolean has_ending_word = FALSE;

  for (gsize i = 1; i <= length; i++) {
    guchar byte = i < length ? (guchar)text[i] : ' ';

    if (byte >= 0x80 || g_ascii_isalpha (byte))
      continue;
    n_spaces += i < length && byte == ' ';
    if (!((guchar)text[i - 1] >= 0x80 || g_ascii_isalpha (text[i - 1])))
      continue;
    n_initials += byte == '.' && is_initial_before (text, text + i);
    has_ending_word = has_ending_word || may_end_name (text, text + i, wants_likely);
  }
  return n_initials >= 2 || (has_ending_word && n_spaces >= (wants_likely ? 1 : 2));
}

/* ---- Words. ---- */

static void
clear_word (gpointer word)
{
  g_free (((Word *)word)->folded);
}

static gboolean
is_inside_word (gunichar c)
{
  return c == '-' || c == '\'' || c == 0x2019 || c == 0x2bc || g_unichar_ismark (c);
}

static GArray *
split_words (const char *text, gsize length, gboolean *has_digit)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *end = text + length;
  gboolean is_joined = TRUE, is_adjacent = TRUE, is_listed = TRUE;

  g_array_set_clear_func (words, clear_word);
  *has_digit = FALSE;
  for (const char *at = text; at < end && words->len < MAX_WORDS;) {
    gunichar c = g_utf8_get_char (at);
    Word word = {.start = (gsize)(at - text),
                 .is_all_capital = TRUE,
                 .is_joined = is_joined,
                 .is_adjacent = is_adjacent,
                 .is_listed = is_listed};
    g_autofree char *part = NULL;

    if (!g_unichar_isalpha (c)) {
      *has_digit = *has_digit || g_unichar_isdigit (c);
      is_joined = is_joined && !(c > 0 && c < 0x80 && strchr (",;:()\n", (int)c) != NULL);
      is_listed = is_listed && (c == ',' || g_unichar_isspace (c));
      is_adjacent = is_adjacent && g_unichar_isspace (c);
      at = g_utf8_next_char (at);
      continue;
    }
    word.is_capital = g_unichar_isupper (c);
    for (; at < end; at = g_utf8_next_char (at)) {
      c = g_utf8_get_char (at);
      if (!g_unichar_isalpha (c) && !is_inside_word (c))
        break;
      word.n_letters += g_unichar_isalpha (c);
      word.is_all_capital = word.is_all_capital && !g_unichar_islower (c);
      word.has_kazakh_u = word.has_kazakh_u || c == 0x4b1 || c == 0x4b0;
    }
    word.end = (gsize)(at - text);
    part = g_strndup (text + word.start, word.end - word.start);
    word.folded = qonys_fold_text (part);
    for (char *space; (space = strchr (word.folded, ' ')) != NULL;)
      memmove (space, space + 1, strlen (space)); /* б-р → br */
    word.is_initial = word.n_letters == 1 && word.is_capital && at < end && *at == '.';
    if (word.is_initial)
      at++;
    is_joined = is_adjacent = is_listed = TRUE;
    word.is_place = !word.is_initial && is_place_word (word.folded);
    g_array_append_val (words, word);
  }
  return words;
}

/* ---- Names. ---- */

/* Whether a word of a place stands by words @first … @first + 2: between the same commas, in a
 * long sentence next to them. */
static gboolean
has_place_near (GArray *words, guint first)
{
  guint from = first, end = first + 3;

  while (from > 0 && g_array_index (words, Word, from).is_joined)
    from--;
  while (end < words->len && g_array_index (words, Word, end).is_joined)
    end++;
  if (end - from > LONG_SENTENCE) {
    from = MAX (from + 2, first) - 2;
    end = MIN (end, first + 5);
  }
  for (guint i = from; i < end; i++)
    if (g_array_index (words, Word, i).is_place)
      return TRUE;
  return FALSE;
}

/* Фамилия И.О. or И.О. Фамилия */
static gboolean
is_with_initials (const Word *w)
{
  const Word *surname = w[0].is_initial ? &w[2] : &w[0];
  const Word *initials = w[0].is_initial ? &w[0] : &w[1];

  if (!initials[0].is_initial || !initials[1].is_initial || surname->is_initial ||
      !w[1].is_adjacent || !w[2].is_adjacent || !surname->is_capital ||
      surname->n_letters < (surname->is_all_capital ? 4 : 3))
    return FALSE;
  /* Washington D.C.; И.О. Министра is an acting one */
  if (initials[0].end - initials[0].start == 1 ||
      (g_str_equal (initials[0].folded, "i") && g_str_equal (initials[1].folded, "o")))
    return is_surname (surname);
  return TRUE;
}

static gboolean
is_triple (const Word *w, gboolean is_alone)
{
  gboolean are_capital = w[0].is_capital && w[1].is_capital && w[2].is_capital;

  if (w[0].is_initial || w[1].is_initial || w[2].is_initial)
    return FALSE;
  if (is_alone)
    return w[1].is_listed && w[2].is_listed &&
           (are_capital || !(w[0].is_capital || w[1].is_capital || w[2].is_capital)) &&
           (is_patronymic (&w[0]) || is_patronymic (&w[1]) || is_patronymic (&w[2]));
  return are_capital && w[1].is_adjacent && w[2].is_adjacent &&
         ((is_surname (&w[0]) && is_patronymic (&w[2])) ||
          (is_patronymic (&w[1]) && is_surname (&w[2])));
}

static gboolean
is_likely (const Word *w, guint n)
{
  gboolean has_surname = FALSE;

  for (guint i = 0; i < n; i++) {
    if (!w[i].is_capital || w[i].is_initial || w[i].is_place || w[i].n_letters < 2)
      return FALSE;
    has_surname = has_surname || is_surname (&w[i]);
  }
  return has_surname;
}

QonysNameShape
qonys_name_find (const char *text, gsize length, gboolean wants_likely, gsize *start, gsize *end)
{
  g_autoptr (GArray) words = NULL;
  const Word *w;
  gboolean has_digit;

  if (!g_utf8_validate_len (text, length, NULL))
    return QONYS_NAME_NONE;
  words = split_words (text, length, &has_digit);
  w = (const Word *)(gpointer)words->data;
  for (guint i = 0; i + 3 <= words->len; i++) {
    gboolean is_alone = words->len == 3 && !has_digit;

    if ((is_triple (w + i, is_alone) || is_with_initials (w + i)) && !has_place_near (words, i)) {
      *start = w[i].start;
      *end = w[i + 2].end;
      return QONYS_NAME_PERSON;
    }
  }
  if (!wants_likely || has_digit || words->len < 2 || words->len > 3 || !is_likely (w, words->len))
    return QONYS_NAME_NONE;
  *start = w[0].start;
  *end = w[words->len - 1].end;
  return QONYS_NAME_LIKELY;
}
