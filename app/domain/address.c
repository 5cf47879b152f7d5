/*
 * The grammar of addresses as people write them in Kazakh, Russian and Latin letters. A text is
 * cut into words and numbers and read once from the left: words that say a kind (улица, көшесі)
 * open or close a name, markers (дом, үй, кв.) claim a number, and a number behind a name is the
 * house. Some microseconds an address, no state; the vocabulary is in address-words.c.
 */
#include "domain/address.h"

#include "domain/address-tokens.h"
#include "domain/address-words.h"
#include "domain/district.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CHUNKS 12
#define MAX_HOUSE_DIGITS 5
#define POSTAL_DIGITS 6

/* What a token is part of. */
typedef enum {
  PART_NAME,
  PART_FLAT, /* or a code, or a number nobody knows: for nobody */
  PART_CITY,
  PART_HOUSE,  /* marked as one */
  PART_NUMBER, /* behind a name */
} Part;

/* A name with its kind. */
typedef struct {
  char key[160];
  QonysStreetType type;
  guint first;            /* token */
  guint n_words;          /* numbers of the name, too */
  gboolean is_closed;     /* a kind behind it, or a house */
  gboolean is_code;       /* its one word is one letter: «Е 314» */
  gboolean begins_number; /* its first word is a number */
  gboolean is_latin;
  guint hyphen_number; /* the number that hangs on its end by a hyphen, … */
  gsize hyphen_at;     /* … and where the key ends without it */
} Chunk;

typedef struct {
  QonysToken tokens[QONYS_MAX_TOKENS];
  guint n_tokens;
  guint8 parts[QONYS_MAX_TOKENS]; /* Part */
  Chunk chunks[MAX_CHUNKS];
  guint n_chunks;
  Chunk *chunk;              /* the one being read; NULL between */
  gboolean is_name;          /* a layer's name: all numbers are parts of it */
  QonysHouse house;          /* behind a name, … */
  Chunk *house_of;           /* … of this one */
  QonysHouse explicit_house; /* behind «дом» */
  char corpus[8];
  const char *kato;
  gboolean is_elsewhere;
} Reader;

static void
mark (Reader *self, guint begin, guint end, Part part)
{
  memset (self->parts + begin, part, end - begin);
}

/* ---- looking at tokens ---- */

static const QonysToken *
get_token (const Reader *self, guint i)
{
  return i < self->n_tokens ? &self->tokens[i] : NULL;
}

/* The token if it stands in the same part between commas. */
static const QonysToken *
get_next (const Reader *self, guint i)
{
  const QonysToken *token = get_token (self, i);

  return token != NULL && (token->before & QONYS_BEFORE_COMMA) == 0 ? token : NULL;
}

static gboolean
is_number (const QonysToken *token)
{
  return token != NULL && token->is_number && strlen (token->text) <= MAX_HOUSE_DIGITS;
}

static gboolean
is_letter (const QonysToken *token)
{
  return token != NULL && !token->is_number && token->text[0] != '\0' &&
         (token->text[1] == '\0' || g_str_equal (token->text, "sh"));
}

/* What is known of the word at @i, or of it and the next one together: «б-р», «ж. м.», «тас
 * жолы». */
static const QonysWord *
find_word (const Reader *self, guint i, guint *n_used)
{
  const QonysToken *token = get_token (self, i), *next = get_next (self, i + 1);

  *n_used = 1;
  if (token == NULL || token->is_number)
    return NULL;
  if (next != NULL && !next->is_number && next->before != 0) {
    gboolean is_short = strlen (token->text) <= 4 && strlen (next->text) <= 3;
    char both[84];

    g_snprintf (both, sizeof both, "%s-%s", token->text, next->text);
    if ((is_short && (next->before & ~QONYS_BEFORE_SPACE) != 0) ||
        (strlen (token->text) >= 2 && strlen (next->text) >= 3)) {
      const QonysWord *word = qonys_word_find (both);

      if (word != NULL) {
        *n_used = 2;
        return word;
      }
    }
  }
  return qonys_word_find (token->text);
}

static QonysWordUse
get_use (const Reader *self, guint i)
{
  guint n_used;
  const QonysWord *word = find_word (self, i, &n_used);

  return word != NULL ? word->use : QONYS_WORD_NAME;
}

/* ---- houses ---- */

static guint
read_number (const QonysToken *token)
{
  return (guint)strtoul (token->text, NULL, 10);
}

/* Is the word at @i a part's marker («к2», «корп. 2», «блок Б») with what it marks behind it? */
static gboolean
is_corpus (const Reader *self, guint i)
{
  const QonysToken *token = get_token (self, i), *next = get_next (self, i + 1);
  guint n_used;
  const QonysWord *word = find_word (self, i, &n_used);

  if (token == NULL || next == NULL || token->is_number)
    return FALSE;
  if (g_str_equal (token->text, "k") || g_str_equal (token->text, "str"))
    return is_number (next) && n_used == 1;
  return word != NULL && word->use == QONYS_WORD_CORPUS && (is_number (next) || is_letter (next));
}

/* Reads «2», «Б», «Б2» behind a part's marker. Returns: the token behind */
static guint
read_corpus (Reader *self, guint i, char *corpus, gsize size)
{
  const QonysToken *next;

  g_strlcpy (corpus, self->tokens[i].text, size);
  next = get_next (self, i + 1);
  if (next != NULL && next->before == 0 && (is_number (next) || is_letter (next))) {
    g_strlcat (corpus, next->text, size);
    i++;
  }
  return i + 1;
}

/* Reads a house from its number on: 53, 53/1, 53А, 53 «А», 53к2, 53/1а, 12-14. What hangs on by a
 * hyphen is a flat or the end of a range. Returns: the token behind */
static guint
read_house (Reader *self, guint i, QonysHouse *house)
{
  const QonysToken *next;

  memset (house, 0, sizeof *house);
  house->number = read_number (&self->tokens[i++]);
  for (; (next = get_next (self, i)) != NULL; i++) {
    guint by = next->before & ~QONYS_BEFORE_SPACE;
    const QonysToken *behind = get_next (self, i + 1);

    if (is_corpus (self, i)) {
      i = read_corpus (self, i + 1, house->corpus, sizeof house->corpus) - 1;
    } else if (is_number (next) && by == QONYS_BEFORE_SLASH && house->fraction == 0) {
      house->fraction = read_number (next);
    } else if (next->is_number && by == QONYS_BEFORE_HYPHEN) {
      continue;
    } else if (is_letter (next) && house->letter[0] == '\0' && (by & QONYS_BEFORE_DOT) == 0 &&
               get_use (self, i) != QONYS_WORD_SKIP &&
               (behind == NULL || (behind->before & QONYS_BEFORE_DOT) == 0) &&
               !(is_number (behind) && get_use (self, i) != QONYS_WORD_NAME)) {
      g_strlcpy (house->letter, next->text, sizeof house->letter);
    } else {
      break;
    }
  }
  return i;
}

/* ---- names ---- */

static Chunk *
open_chunk (Reader *self)
{
  if (self->n_chunks == MAX_CHUNKS)
    return self->chunk = NULL;
  self->chunk = &self->chunks[self->n_chunks++];
  memset (self->chunk, 0, sizeof *self->chunk);
  return self->chunk;
}

static gboolean
is_suffix_of_name (const char *word)
{
  return g_str_equal (word, "uli") || g_str_equal (word, "kizi") || g_str_equal (word, "ogli");
}

static void
append_word (const Reader *self, const QonysToken *token)
{
  Chunk *chunk = self->chunk;

  if (chunk == NULL)
    return;
  if (chunk->n_words > 0 && (!is_suffix_of_name (token->text) || chunk->begins_number))
    g_strlcat (chunk->key, " ", sizeof chunk->key); /* «Момыш-улы» is one word */
  g_strlcat (chunk->key, token->text, sizeof chunk->key);
  if (chunk->n_words == 0) {
    chunk->first = token - self->tokens;
    chunk->begins_number = token->is_number;
    chunk->is_latin = token->is_latin;
  } else if (chunk->begins_number && !token->is_number) {
    chunk->is_latin = token->is_latin;
  }
  chunk->n_words++;
  chunk->is_code = chunk->n_words == 1 && is_letter (token);
}

/* The more telling of two kinds: «25-ші көше көшесі», «улица 2-й микрорайон». */
static void
add_type (Chunk *chunk, QonysStreetType type)
{
  if (chunk != NULL && (chunk->type == QONYS_STREET_ANY || chunk->type == QONYS_STREET_STREET))
    chunk->type = type;
}

/* Passes over what makes the number before @i an ordinal. */
static guint
skip_ordinal (const Reader *self, guint i)
{
  const QonysToken *token = get_next (self, i);

  if (token != NULL && !token->is_number &&
      ((token->before & ~QONYS_BEFORE_SPACE) == QONYS_BEFORE_HYPHEN || token->before == 0) &&
      qonys_word_is_ordinal (token->text))
    return i + 1;
  return i;
}

/* Reads a number that belongs to a name: «12-34», «2-я», «28/5». Returns: the token behind */
static guint
read_name_number (Reader *self, guint i)
{
  const QonysToken *next;

  append_word (self, &self->tokens[i++]);
  while ((next = get_next (self, i)) != NULL && is_number (next) &&
         (next->before & (QONYS_BEFORE_HYPHEN | QONYS_BEFORE_SLASH)) != 0)
    append_word (self, &self->tokens[i++]);
  if (skip_ordinal (self, i) == i)
    return i;
  if (self->chunk != NULL)
    self->chunk->begins_number = FALSE; /* "2nd" is no house */
  return i + 1;
}

/* Does a name go on at @i? */
static gboolean
is_name_word (const Reader *self, guint i)
{
  const QonysToken *token = get_next (self, i), *behind = get_next (self, i + 1);
  QonysWordUse use;

  if (token == NULL)
    return FALSE;
  use = get_use (self, i);
  if (use == QONYS_WORD_NAME || use == QONYS_WORD_SKIP)
    return !token->is_number;
  if (use == QONYS_WORD_TYPE || is_number (behind))
    return FALSE;
  return is_letter (token) && behind != NULL; /* an initial: «Д. Қонаев» */
}

/* ---- the parts in turn; each returns the token behind what it took, or @i for nothing ---- */

static guint
take_code (Reader *self, guint i)
{
  const QonysToken *token = &self->tokens[i], *next = get_next (self, i + 1);

  if (token->is_number)
    return strlen (token->text) == POSTAL_DIGITS ? i + 1 : i;
  /* Z05H9K1 */
  if (g_str_equal (token->text, "z") && next != NULL && next->before == 0 && next->is_number &&
      strlen (next->text) == 2) {
    for (i++; (next = get_next (self, i)) != NULL && next->before == 0;)
      i++;
  }
  return i;
}

/* «кв. 7», «7 пәтер», «этаж 3», «3-қабат»: dropped. */
static guint
take_flat (Reader *self, guint i)
{
  const QonysToken *token = &self->tokens[i];
  guint n_used;
  const QonysWord *word;

  if (is_number (token)) {
    word = find_word (self, i + 1, &n_used);
    if (word != NULL && word->use == QONYS_WORD_FLAT && word->place == QONYS_WORD_BEHIND &&
        get_next (self, i + 1) != NULL && !is_number (get_next (self, i + 2)))
      return i + 1 + n_used;
    return i;
  }
  word = find_word (self, i, &n_used);
  if (word == NULL || word->use != QONYS_WORD_FLAT || !is_number (get_token (self, i + n_used)) ||
      (get_next (self, i + n_used) == NULL &&
       (self->tokens[i + n_used].before & QONYS_BEFORE_COMMA) != 0))
    return i;
  i += n_used + 1;
  if (is_letter (get_next (self, i)) && self->tokens[i].before == 0)
    i++;
  return i;
}

/* «д. 53», «53 үй», «үй 53». */
static guint
take_house (Reader *self, guint i)
{
  guint n_used;
  const QonysWord *word = find_word (self, i, &n_used);

  if (is_number (&self->tokens[i])) {
    QonysHouse house;
    guint end = read_house (self, i, &house);

    word = get_next (self, end) != NULL ? find_word (self, end, &n_used) : NULL;
    if (word == NULL || word->use != QONYS_WORD_HOUSE ||
        (word->place == QONYS_WORD_BEFORE && is_number (get_token (self, end + n_used))))
      return i;
    self->explicit_house = house;
    self->chunk = NULL;
    return end + n_used;
  }
  if (word == NULL || word->use != QONYS_WORD_HOUSE || !is_number (get_next (self, i + n_used)))
    return i;
  self->chunk = NULL;
  return read_house (self, i + n_used, &self->explicit_house);
}

/* «корп. 2», «блок Б», «2 корпус» behind the house. */
static guint
take_corpus (Reader *self, guint i)
{
  gboolean has_house = self->house.number != 0 || self->explicit_house.number != 0;

  if (is_number (&self->tokens[i]) && has_house && get_use (self, i + 1) == QONYS_WORD_CORPUS &&
      get_next (self, i + 1) != NULL && !is_corpus (self, i + 1)) {
    g_strlcpy (self->corpus, self->tokens[i].text, sizeof self->corpus);
    return i + 2;
  }
  if (!is_corpus (self, i) || (is_letter (&self->tokens[i]) && !has_house))
    return i;
  return read_corpus (self, i + 1, self->corpus, sizeof self->corpus);
}

/* «г. Астана», «Астана қаласы»; another city takes the address out of this one. */
static guint
take_city (Reader *self, guint i)
{
  guint first = i, n_used, n_words = 1;
  const QonysWord *word = find_word (self, i, &n_used);
  const QonysToken *name;
  char two[84] = "";

  if (self->tokens[i].is_number)
    return i;
  if (word != NULL && word->use == QONYS_WORD_CITY && word->place == QONYS_WORD_BEFORE)
    first = i + n_used;
  name = first == i ? get_token (self, i) : get_next (self, first);
  if (name == NULL)
    return i;
  if (get_next (self, first + 1) != NULL)
    g_snprintf (two, sizeof two, "%s %s", name->text, self->tokens[first + 1].text);
  n_words = qonys_word_is_here (two) ? 2 : 1;
  if (!qonys_word_is_here (n_words == 2 ? two : name->text) &&
      !qonys_word_is_elsewhere (name->text))
    return i;
  if (first == i) {
    const QonysToken *marker = get_next (self, i + n_words);

    word = marker != NULL ? find_word (self, i + n_words, &n_used) : NULL;
    if (marker != NULL && g_str_equal (marker->text, "k") &&
        !is_number (get_next (self, i + n_words + 1)))
      n_used = 1;
    else if (word == NULL || word->use != QONYS_WORD_CITY || word->place != QONYS_WORD_BEHIND)
      return i;
    first = i + n_used;
  }
  self->is_elsewhere |= n_words == 1 && qonys_word_is_elsewhere (name->text);
  self->chunk = NULL;
  return first + n_words;
}

/* «р-н Есиль», «Есіл ауданы», «Акмолинская область». */
static guint
take_district (Reader *self, guint i)
{
  guint n_used, n_name;
  const QonysWord *word = find_word (self, i, &n_used);
  gboolean is_district = word != NULL && word->use == QONYS_WORD_DISTRICT;
  const QonysToken *name = is_district ? get_next (self, i + n_used) : &self->tokens[i];
  g_autofree char *text = NULL;
  const char *kato;

  if (self->tokens[i].is_number || name == NULL || name->is_number)
    return i;
  if (!is_district) {
    word = get_next (self, i + 1) != NULL ? find_word (self, i + 1, &n_name) : NULL;
    if (word == NULL || (word->use != QONYS_WORD_DISTRICT && word->use != QONYS_WORD_REGION))
      return i;
    n_used += n_name;
    if (word->use == QONYS_WORD_REGION)
      return i + n_used;
  } else {
    n_used++;
  }
  text = g_strdup_printf ("район %s", name->text);
  kato = qonys_district_recognise (text);
  if (kato == NULL)
    return i;
  self->kato = kato;
  self->chunk = NULL;
  return i + n_used;
}

/* A kind: before a name it opens one, behind a name it closes it. */
static guint
take_type (Reader *self, guint i)
{
  guint n_used;
  const QonysWord *word = find_word (self, i, &n_used);
  const QonysToken *next;
  gboolean has_name = self->chunk != NULL && self->chunk->n_words > 0 && !self->chunk->is_closed;
  gboolean has_word_behind;

  if (word == NULL || word->use != QONYS_WORD_TYPE)
    return i;
  next = get_next (self, i + n_used);
  has_word_behind = is_name_word (self, i + n_used);
  /* «улица Набережная»: the only word there is is the name. */
  if (word->type >= QONYS_STREET_EMBANKMENT && word->type <= QONYS_STREET_BRIDGE && !has_name &&
      !has_word_behind)
    return i;
  /* «с. Талапкер», but «С 409» and initials: one letter is a kind only before a word. */
  if (n_used == 1 && is_letter (&self->tokens[i]) &&
      (!has_word_behind || has_name || self->chunk != NULL ||
       (next->before & QONYS_BEFORE_DOT) == 0))
    return i;
  if (has_name && (word->place != QONYS_WORD_BEFORE || !has_word_behind)) {
    add_type (self->chunk, word->type);
    self->chunk->hyphen_number = 0; /* «Алмалы-217 көшесі» */
    if (word->place != QONYS_WORD_BEFORE && has_word_behind)
      self->chunk = NULL;
    return i + n_used;
  }
  if (!has_word_behind && !is_number (next) && self->chunk == NULL && self->n_chunks > 0 &&
      self->chunks[self->n_chunks - 1].type == QONYS_STREET_ANY) {
    add_type (&self->chunks[self->n_chunks - 1], word->type); /* «Кабанбай батыра, пр., 53» */
    return i + n_used;
  }
  if (!has_word_behind && word->place == QONYS_WORD_BEHIND) /* «переулок Гульзар» */
    return i;
  if (self->chunk != NULL && self->chunk->n_words == 0) { /* «ш. тас жолы Алаш» */
    add_type (self->chunk, word->type);
    return i + n_used;
  }
  add_type (open_chunk (self), word->type);
  return i + n_used;
}

static gboolean
is_block (QonysStreetType type)
{
  return type >= QONYS_STREET_MICRODISTRICT;
}

/* Does the number at @i begin a name: «8 Марта», «1 улица», «3 мкр», «2-й Алматинский»? */
static gboolean
begins_name (const Reader *self, guint i)
{
  const QonysToken *next;
  const QonysWord *word;
  guint behind, n_used;
  gboolean has_slash = FALSE;

  for (i++; is_number (get_next (self, i)) && (self->tokens[i].before == QONYS_BEFORE_HYPHEN ||
                                               self->tokens[i].before == QONYS_BEFORE_SLASH);
       i++)
    has_slash |= self->tokens[i].before == QONYS_BEFORE_SLASH;
  behind = skip_ordinal (self, i);
  next = get_next (self, behind);
  if (self->is_name || behind != i)
    return TRUE;
  if (next == NULL || is_letter (next)) /* «53 А» */
    return FALSE;
  word = find_word (self, behind, &n_used);
  return (is_name_word (self, behind) && !has_slash) ||
         (word != NULL && word->use == QONYS_WORD_TYPE && !is_name_word (self, behind + n_used));
}

static guint
take_number (Reader *self, guint i)
{
  Chunk *chunk = self->chunk;
  const QonysToken *token = &self->tokens[i];
  guint by = token->before & ~QONYS_BEFORE_SPACE, behind;
  QonysHouse house;

  if (!is_number (token) && !self->is_name) {
    mark (self, i, i + 1, PART_FLAT);
    return i + 1;
  }
  if (chunk != NULL && !chunk->is_closed &&
      (self->is_name || chunk->n_words == 0 || (chunk->is_code && self->house.number == 0)))
    return read_name_number (self, i);
  if (chunk != NULL && !chunk->is_closed &&
      (by == QONYS_BEFORE_HYPHEN || token->before == 0)) { /* «Коктал-1» */
    chunk->hyphen_at = strlen (chunk->key);
    chunk->hyphen_number = i + 1;
    return read_name_number (self, i);
  }
  if (chunk == NULL && begins_name (self, i) && open_chunk (self) != NULL)
    return read_name_number (self, i);
  behind = read_house (self, i, &house);
  mark (self, i, behind, self->house.number == 0 ? PART_NUMBER : PART_FLAT);
  if (self->house.number == 0) {
    self->house = house;
    self->house_of = chunk != NULL        ? chunk
                     : self->n_chunks > 0 ? &self->chunks[self->n_chunks - 1]
                                          : NULL;
  }
  if (chunk != NULL)
    chunk->is_closed = TRUE;
  self->chunk = NULL;
  return behind;
}

static guint
take_word (Reader *self, guint i)
{
  const QonysToken *token = &self->tokens[i], *next = get_next (self, i + 1);
  gboolean is_initial =
      is_letter (token) && next != NULL && (next->before & QONYS_BEFORE_DOT) != 0; /* «И. Омаров» */

  if (get_use (self, i) == QONYS_WORD_SKIP && !is_initial &&
      (self->chunk != NULL || !is_letter (token)) && (token->before & QONYS_BEFORE_COMMA) == 0)
    return i + 1;
  if (self->chunk == NULL || self->chunk->is_closed)
    open_chunk (self);
  append_word (self, token);
  return i + 1;
}

static void
read_tokens (Reader *self, const char *text)
{
  static guint (*const takers[]) (Reader *, guint) = {take_code,   take_flat, take_house,
                                                      take_corpus, take_city, take_district};
  static const Part parts[] = {PART_FLAT, PART_FLAT, PART_HOUSE, PART_HOUSE, PART_CITY, PART_NAME};

  self->n_tokens = qonys_tokens_cut (text, self->tokens);
  for (guint i = 0; i < self->n_tokens;) {
    guint behind = i;

    if ((self->tokens[i].before & QONYS_BEFORE_COMMA) != 0)
      self->chunk = NULL;
    for (gsize j = 0; j < G_N_ELEMENTS (takers) && behind == i && !self->is_name; j++) {
      behind = takers[j](self, i);
      mark (self, i, behind, parts[j]);
    }
    if (behind == i)
      behind = take_type (self, i);
    if (behind == i)
      behind = self->tokens[i].is_number ? take_number (self, i) : take_word (self, i);
    i = behind;
  }
}

/* ---- the result ---- */

static Chunk *
find_chunk (Reader *self, gboolean block)
{
  Chunk *bare = NULL;

  for (guint i = 0; i < self->n_chunks; i++) {
    Chunk *chunk = &self->chunks[i];

    if (chunk->n_words == 0)
      continue;
    if (chunk->type != QONYS_STREET_ANY && is_block (chunk->type) == block)
      return chunk;
    if (chunk->type == QONYS_STREET_ANY && bare == NULL && !qonys_word_is_here (chunk->key))
      bare = chunk;
  }
  return block ? NULL : bare;
}

static gboolean
has_house (const Reader *self)
{
  return self->house.number != 0 || self->explicit_house.number != 0;
}

/* What only the whole text tells: whose the numbers are. */
static void
settle_numbers (Reader *self)
{
  Chunk *street = find_chunk (self, FALSE);

  if (self->explicit_house.number != 0) {
    Chunk *chunk = self->house_of;

    /* «Самал, 12 дом 5»: the first number is the name's. */
    if (self->house.number != 0 && chunk != NULL && chunk->type != QONYS_STREET_ANY &&
        self->house.number != self->explicit_house.number) {
      char number[16];

      g_snprintf (number, sizeof number, " %u", self->house.number);
      g_strlcat (chunk->key, number, sizeof chunk->key);
      for (guint i = 0; i < self->n_tokens; i++)
        if (self->parts[i] == PART_NUMBER)
          self->parts[i] = PART_NAME;
    }
    self->house = self->explicit_house;
  }
  if (has_house (self) || street == NULL || self->is_name)
    return;
  if (street->hyphen_number > 0 && street->type != QONYS_STREET_ANY) { /* «ул. Абая-5» */
    guint first = street->hyphen_number - 1;

    mark (self, first, read_house (self, first, &self->house), PART_NUMBER);
    street->key[street->hyphen_at] = '\0';
  } else if (street->begins_number && street->is_latin && strchr (street->key, ' ') != NULL) {
    char *space = strchr (street->key, ' '); /* "53 Kabanbay batyr ave" */

    mark (self, street->first, street->first + 1, PART_NUMBER);
    self->house.number = (guint)strtoul (street->key, NULL, 10);
    memmove (street->key, space + 1, strlen (space));
  }
}

/* «Торгай (Сарыарка)» without the brackets; NULL if there are none, or nothing before them. */
static char *
drop_brackets (const char *text)
{
  const char *open = strchr (text, '('), *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *before = open != NULL ? g_strndup (text, (gsize)(open - text)) : NULL;

  if (before == NULL || g_strstrip (before)[0] == '\0')
    return NULL;
  return g_strconcat (before, " ", close != NULL ? close + 1 : "", NULL);
}

static void
parse (const char *text, QonysAddress *address)
{
  g_autofree char *prepared = qonys_tokens_prepare (text != NULL ? text : "");
  Reader reader = {.n_tokens = 0};
  Chunk *street, *block;

  memset (address, 0, sizeof *address);
  read_tokens (&reader, prepared);
  address->is_elsewhere = reader.is_elsewhere;
  if (reader.is_elsewhere)
    return;
  settle_numbers (&reader);
  street = find_chunk (&reader, FALSE);
  block = find_chunk (&reader, TRUE);
  if (street != NULL) {
    address->type = street->type;
    address->street = g_strdup (street->key);
  }
  if (block != NULL) {
    address->block_type = block->type;
    address->block = g_strdup (block->key);
  }
  address->kato = reader.kato;
  address->house = reader.house;
  if (address->house.number != 0 && address->house.corpus[0] == '\0')
    g_strlcpy (address->house.corpus, reader.corpus, sizeof address->house.corpus);
}

void
qonys_address_parse (const char *text, QonysAddress *address)
{
  g_autofree char *bare = text != NULL ? drop_brackets (text) : NULL;

  if (bare != NULL) {
    parse (bare, address);
    if (address->street != NULL || address->block != NULL || address->is_elsewhere)
      return;
    qonys_address_clear (address);
  }
  parse (text, address);
}

/* The words of the street as they are written, one run behind the other. */
static char *
join_names (const Reader *self, const char *text)
{
  g_autoptr (GString) names = g_string_new (NULL);
  Part last = self->is_elsewhere ? PART_CITY : PART_NAME;

  for (guint i = 0, end; i < self->n_tokens; i = MAX (end, i + 1)) {
    gsize begin = self->tokens[i].begin, stop;

    for (end = i;
         end < self->n_tokens && (self->parts[end] == PART_NAME || self->parts[end] == last);)
      end++;
    if (end == i)
      continue;
    stop = self->tokens[end - 1].end;
    stop += strspn (text + stop, ".)\"");
    g_string_append_printf (names, "%s%.*s", names->len > 0 ? ", " : "", (int)(stop - begin),
                            text + begin);
  }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

void
qonys_address_split (const char *text, char **street, char **house)
{
  g_autofree char *prepared = qonys_tokens_prepare (text);
  Reader reader = {.n_tokens = 0};

  read_tokens (&reader, prepared);
  settle_numbers (&reader);
  if (reader.house.number != 0 && reader.house.corpus[0] == '\0')
    g_strlcpy (reader.house.corpus, reader.corpus, sizeof reader.house.corpus);
  *street = join_names (&reader, prepared);
  *house = reader.house.number != 0 ? qonys_house_format (&reader.house) : NULL;
}

void
qonys_address_clear (QonysAddress *address)
{
  g_clear_pointer (&address->street, g_free);
  g_clear_pointer (&address->block, g_free);
}

char *
qonys_address_make_key (const char *name, QonysStreetType *type)
{
  Reader reader = {.is_name = TRUE};
  const Chunk *chunk;
  g_autofree char *bare = drop_brackets (name);
  g_autofree char *prepared = qonys_tokens_prepare (bare != NULL ? bare : name);
  GString *key = g_string_new (NULL);

  read_tokens (&reader, prepared);
  if (type != NULL)
    *type = QONYS_STREET_ANY;
  for (guint i = 0; i < reader.n_chunks; i++) {
    chunk = &reader.chunks[i];
    if (type != NULL && *type == QONYS_STREET_ANY)
      *type = chunk->type;
    if (chunk->n_words > 0)
      g_string_append_printf (key, "%s%s", key->len > 0 ? " " : "", chunk->key);
  }
  return g_string_free (key, FALSE);
}

/* ---- houses by themselves ---- */

gboolean
qonys_house_parse (const char *text, QonysHouse *house)
{
  g_auto (QonysAddress) address;

  qonys_address_parse (text, &address);
  *house = address.house;
  return house->number != 0;
}

int
qonys_house_compare (const QonysHouse *a, const QonysHouse *b)
{
  int order = (a->number > b->number) - (a->number < b->number);

  if (order == 0)
    order = (a->fraction > b->fraction) - (a->fraction < b->fraction);
  if (order == 0)
    order = strcmp (a->letter, b->letter);
  return order != 0 ? order : strcmp (a->corpus, b->corpus);
}

char *
qonys_house_format (const QonysHouse *house)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%u", house->number);
  if (house->fraction != 0)
    g_string_append_printf (out, "/%u", house->fraction);
  g_string_append (out, house->letter);
  if (house->corpus[0] != '\0')
    g_string_append_printf (out, " k%s", house->corpus);
  return g_string_free (out, FALSE);
}
