/*
 * Names of streets compared word by word: «улица Темирбека Жургенова» and «Темірбек Жүргенов» are
 * one, «Абай» and «Абылай хан» are not. A few thousand names are made ready once; a comparison of
 * two costs about 0.3 µs and no memory.
 */
#include "domain/street-name.h"

#include <string.h>

#define SAME_STEM 0.98 /* of one root: «Магжана» and «Мағжан», «Алматинская» and «Алматы» */
#define SAME_INITIAL 0.95  /* «А.» and «Ахмет» */
#define JOINED 0.97        /* «Абылайхана» and «Абылай хан» */
#define COST_OF_TITLE 0.05 /* «Кабанбай» for «Қабанбай батыр» */
#define COST_OF_GIVEN 0.07 /* «Жургенова» for «Темірбек Жүргенов» */
#define COST_OF_FIRST 0.15 /* «Букейхана» for «Әлихан Бөкейхан»: perhaps a surname */
#define COST_OF_INITIAL 0.03
#define WEIGHT_OF_TITLE 0.35
#define WEIGHT_OF_INITIAL 0.2
#define WEIGHT_OF_GIVEN 0.5
#define WEIGHT_OF_NUMBER 1.2

/* ---- stems ---- */

static gboolean
strip (char *word, const char *ending, gsize min_left)
{
  gsize length = strlen (word), end = strlen (ending);

  if (length < end + min_left || !g_str_equal (word + length - end, ending))
    return FALSE;
  word[length - end] = '\0';
  return TRUE;
}

static gboolean
strip_any (char *word, const char *const *endings, gsize min_left)
{
  for (; *endings != NULL; endings++)
    if (strip (word, *endings, min_left))
      return TRUE;
  return FALSE;
}

/* Kazakh nominative, Russian genitive and adjectives, surnames with -ов, -ұлы: all to the root.
 * «ай» goes as «ая» does, or «Шоқай» and «Шокая» would part. */
static void
make_stem (const char *word, char *stem)
{
  static const char *const adjectives[] = {"skogo", "skaia", "skoe", "skoi", "skom", "ski", NULL};
  static const char *const long_endings[] = {"aia", "oia", "ogo", "omu", "ai", "oe", "oi", NULL};
  static const char *const vowels[] = {"ia", "iu", "a", "e", "i", "o", "u", NULL};
  static const char *const surnames[] = {"ov", "ev", NULL};
  static const char *const fathers[] = {"ul", "kiz", "in", NULL};

  g_strlcpy (stem, word, QONYS_NAME_WORD_SIZE);
  strip_any (stem, adjectives, 4);
  if (!strip_any (stem, long_endings, 5))
    strip_any (stem, vowels, 3);
  while (strip_any (stem, surnames, 4) || strip_any (stem, fathers, 4))
    if (!strip_any (stem, long_endings, 5))
      strip_any (stem, vowels, 3);
}

/* ---- words ---- */

static gboolean
is_title (const char *stem)
{
  static const char *const titles[] = {
      "batir",  "han",    "bi",    "ata",      "ana",     "akin",    "jirau",     "jira", "sal",
      "ser",    "sultan", "baba",  "akademik", "general", "marshal", "professor", "datk", "hanim",
      "tarhan", "amir",   "kuish", "apa",      "ap",      "jirsh",   NULL};

  return g_strv_contains (titles, stem);
}

static gboolean
is_surname (const char *word)
{
  static const char *const endings[] = {"ov",   "ova",  "ovoi", "ovu",  "ev",  "eva",
                                        "evoi", "evu",  "uli",  "kizi", "ski", "skogo",
                                        "skoi", "enko", "ina",  "inoi", "in",  NULL};

  for (gsize i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (word, endings[i]) && strlen (word) >= strlen (endings[i]) + 3)
      return TRUE;
  return FALSE;
}

static gboolean
is_initial (const char *word)
{
  static const char *const letters[] = {"sh", "ch", "ts", "ia", "iu", NULL};

  return word[1] == '\0' || g_strv_contains (letters, word);
}

/* ё is e, io or yo: «Гёте», "Gyote". */
static void
copy_letters (QonysNameWord *word, const char *text, gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < length && n + 1 < sizeof word->text; i++) {
    gboolean is_io = i > 0 && i + 1 < length && text[i] == 'i' && text[i + 1] == 'o';

    word->text[n++] = is_io ? 'e' : text[i];
    i += is_io;
  }
}

static void
init_word (QonysNameWord *word, const char *text, gsize length)
{
  memset (word, 0, sizeof *word);
  copy_letters (word, text, length);
  word->is_number = g_ascii_isdigit (word->text[0]);
  if (word->is_number) {
    const char *digits = word->text + strspn (word->text, "0");

    g_strlcpy (word->stem, digits, sizeof word->stem);
    return;
  }
  make_stem (word->text, word->stem);
  word->is_initial = is_initial (word->text);
  word->is_title = !word->is_initial && is_title (word->stem);
  word->is_surname = !word->is_initial && !word->is_title && is_surname (word->text);
}

static void
weigh_words (QonysStreetName *name)
{
  gboolean has_surname = FALSE, has_number = FALSE;
  guint n_plain = 0;

  for (guint i = 0; i < name->n_words; i++) {
    has_surname |= name->words[i].is_surname;
    has_number |= name->words[i].is_number;
    n_plain += !name->words[i].is_title && !name->words[i].is_initial && !name->words[i].is_number;
  }
  for (guint i = 0; i < name->n_words; i++) {
    QonysNameWord *word = &name->words[i];

    if (has_number || n_plain == 0) /* «Е 314»: the letter is no initial; «Хан» alone */
      word->is_initial = word->is_title = FALSE;
    word->weight = word->is_number                                    ? WEIGHT_OF_NUMBER
                   : word->is_initial                                 ? WEIGHT_OF_INITIAL
                   : word->is_title                                   ? WEIGHT_OF_TITLE
                   : has_surname && !word->is_surname && n_plain >= 2 ? WEIGHT_OF_GIVEN
                                                                      : 1;
  }
}

void
qonys_street_name_init (QonysStreetName *name, const char *key)
{
  memset (name, 0, sizeof *name);
  while (*key != '\0' && name->n_words < QONYS_NAME_MAX_WORDS) {
    gsize length = strcspn (key, " ");

    if (length > 0) {
      init_word (&name->words[name->n_words], key, length);
      g_strlcat (name->joined, name->words[name->n_words].text, sizeof name->joined);
      name->n_words++;
    }
    key += length + (key[length] == ' ');
  }
  weigh_words (name);
  make_stem (name->joined, name->joined_stem);
}

/* ---- letters ---- */

guint
qonys_stem_get_tolerance (gsize length)
{
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

guint
qonys_stem_get_distance (const char *a, const char *b, guint most)
{
  guint8 rows[3][QONYS_NAME_WORD_SIZE + 1];
  gsize n_a = strlen (a), n_b = strlen (b);

  if (MAX (n_a, n_b) - MIN (n_a, n_b) > most || MAX (n_a, n_b) >= QONYS_NAME_WORD_SIZE)
    return most + 1;
  for (gsize j = 0; j <= n_b; j++)
    rows[0][j] = (guint8)j;
  for (gsize i = 1; i <= n_a; i++) {
    guint8 *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
    guint8 least = row[0] = (guint8)i;

    for (gsize j = 1; j <= n_b; j++) {
      guint8 d = above[j - 1] + (a[i - 1] != b[j - 1]);

      d = MIN (d, MIN (above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d = MIN (d, two_above[j - 2] + 1);
      row[j] = d;
      least = MIN (least, d);
    }
    if (least > most)
      return most + 1;
  }
  return MIN (rows[n_a % 3][n_b], most + 1);
}

static double
compare_words (const QonysNameWord *a, const QonysNameWord *b)
{
  gsize n_a = strlen (a->stem), n_b = strlen (b->stem);
  guint tolerance, distance;

  if (a->is_number || b->is_number)
    return a->is_number && b->is_number && g_str_equal (a->stem, b->stem) ? 1 : 0;
  if (g_str_equal (a->text, b->text))
    return 1;
  if (a->is_initial || b->is_initial)
    return g_str_has_prefix (a->text, b->text) || g_str_has_prefix (b->text, a->text) ? SAME_INITIAL
                                                                                      : 0;
  if (g_str_equal (a->stem, b->stem))
    return SAME_STEM;
  tolerance = qonys_stem_get_tolerance (MIN (n_a, n_b));
  if (tolerance == 0 || (a->stem[0] != b->stem[0] && MIN (n_a, n_b) < 6))
    return 0;
  distance = qonys_stem_get_distance (a->stem, b->stem, tolerance);
  if (distance > tolerance)
    return 0;
  return SAME_STEM - (double)distance / (double)MIN (strlen (a->text), strlen (b->text));
}

/* ---- names ---- */

/* The best pairs first. */
static void
pair_words (const QonysStreetName *a, const QonysStreetName *b, int *partner_of_a,
            int *partner_of_b, double *likeness)
{
  double matrix[QONYS_NAME_MAX_WORDS][QONYS_NAME_MAX_WORDS];

  for (guint i = 0; i < a->n_words; i++) {
    partner_of_a[i] = -1;
    for (guint j = 0; j < b->n_words; j++)
      matrix[i][j] = compare_words (&a->words[i], &b->words[j]);
  }
  for (guint j = 0; j < b->n_words; j++)
    partner_of_b[j] = -1;
  for (;;) {
    double best = 0;
    guint best_i = 0, best_j = 0;

    for (guint i = 0; i < a->n_words; i++)
      for (guint j = 0; j < b->n_words; j++)
        if (partner_of_a[i] < 0 && partner_of_b[j] < 0 && matrix[i][j] > best) {
          best = matrix[i][j];
          best_i = i;
          best_j = j;
        }
    if (best == 0)
      return;
    partner_of_a[best_i] = (int)best_j;
    partner_of_b[best_j] = (int)best_i;
    likeness[best_i] = best;
  }
}

/* What it costs that a word of @name has no partner in a name all of whose words have one; −1 if
 * it may not be left out. */
static double
get_cost_of_omission (const QonysStreetName *name, const int *partners, guint i)
{
  if (name->words[i].is_initial)
    return COST_OF_INITIAL;
  if (name->words[i].is_title)
    return COST_OF_TITLE;
  for (guint j = 0; j < name->n_words; j++)
    if (name->words[j].is_surname && partners[j] >= 0 && !name->words[i].is_number)
      return COST_OF_GIVEN;
  if (i == 0 && name->n_words == 2 && !name->words[0].is_number && !name->words[1].is_number)
    return COST_OF_FIRST;
  return -1;
}

/* Adds up the words without a partner. */
static void
add_unpaired (const QonysStreetName *name, const int *partners, gboolean other_is_whole,
              double *total, double *cost)
{
  for (guint i = 0; i < name->n_words; i++) {
    double omission;

    if (partners[i] >= 0)
      continue;
    omission = other_is_whole ? get_cost_of_omission (name, partners, i) : -1;
    if (omission >= 0)
      *cost += omission;
    else
      *total += name->words[i].weight;
  }
}

static gboolean
is_whole (const QonysStreetName *name, const int *partners)
{
  for (guint i = 0; i < name->n_words; i++)
    if (partners[i] < 0)
      return FALSE;
  return TRUE;
}

double
qonys_street_name_compare (const QonysStreetName *a, const QonysStreetName *b)
{
  int partner_of_a[QONYS_NAME_MAX_WORDS], partner_of_b[QONYS_NAME_MAX_WORDS];
  double likeness[QONYS_NAME_MAX_WORDS] = {0}, matched = 0, total = 0, cost = 0, score;

  if (a->n_words == 0 || b->n_words == 0)
    return 0;
  if (a->n_words != b->n_words) {
    if (g_str_equal (a->joined, b->joined))
      return SAME_STEM;
    if (g_str_equal (a->joined_stem, b->joined_stem) && strlen (a->joined_stem) >= 4)
      return JOINED;
  }
  pair_words (a, b, partner_of_a, partner_of_b, likeness);
  for (guint i = 0; i < a->n_words; i++)
    if (partner_of_a[i] >= 0) {
      double weight = a->words[i].weight + b->words[partner_of_a[i]].weight;

      matched += likeness[i] * weight;
      total += weight;
    }
  if (matched == 0)
    return 0;
  add_unpaired (a, partner_of_a, is_whole (b, partner_of_b), &total, &cost);
  add_unpaired (b, partner_of_b, is_whole (a, partner_of_a), &total, &cost);
  score = matched / total - cost;
  return MAX (score, 0);
}
