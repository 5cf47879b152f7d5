/*
 * The names of an index by their words: some thousand stems in a hash table, each with the names
 * it is in. A mistyped word is looked for among the stems of about its length that have about its
 * letters (a mask of 32 bits tells), so that a search is some microseconds and never compares with
 * all names.
 */
#include "domain/address-names.h"

#include <stdlib.h>
#include <string.h>

#define COST_OF_UNSAID 0.01
#define COST_OF_STREET 0.12 /* «улица» for a проспект */
#define COST_OF_LANE 0.2
#define COST_OF_BLOCK 0.3
#define COST_OF_NEAR_KIND 0.05

typedef struct {
  const char *text; /* a stem, of one of the names */
  guint32 letters;
  GArray *names; /* guint */
} Stem;

struct _QonysNames {
  GPtrArray *entries;
  GHashTable *by_key; /* "type alias key" → number + 1 */
  GHashTable *stems;  /* → Stem */
  GPtrArray *by_length[QONYS_NAME_WORD_SIZE];
};

static void
free_entry (gpointer data)
{
  QonysNameEntry *entry = data;

  g_array_unref (entry->streets);
  g_free (entry);
}

static void
free_stem (gpointer data)
{
  Stem *stem = data;

  g_array_unref (stem->names);
  g_free (stem);
}

QonysNames *
qonys_names_new (void)
{
  QonysNames *self = g_new0 (QonysNames, 1);

  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stems = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_stem);
  for (gsize i = 0; i < QONYS_NAME_WORD_SIZE; i++)
    self->by_length[i] = g_ptr_array_new ();
  return self;
}

void
qonys_names_free (QonysNames *self)
{
  for (gsize i = 0; i < QONYS_NAME_WORD_SIZE; i++)
    g_ptr_array_unref (self->by_length[i]);
  g_hash_table_unref (self->stems);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

guint
qonys_names_add (QonysNames *self, const char *key, QonysStreetType type, int alias)
{
  char *full = g_strdup_printf ("%d %d %s", type, alias, key);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, full));
  QonysNameEntry *entry;

  if (number > 0) {
    g_free (full);
    return number - 1;
  }
  entry = g_new0 (QonysNameEntry, 1);
  qonys_street_name_init (&entry->name, key);
  entry->type = type;
  entry->alias = alias;
  entry->streets = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_key, full, GUINT_TO_POINTER (self->entries->len));
  return self->entries->len - 1;
}

guint
qonys_names_get_n (const QonysNames *self)
{
  return self->entries->len;
}

QonysNameEntry *
qonys_names_get (const QonysNames *self, guint i)
{
  return g_ptr_array_index (self->entries, i);
}

/* ---- words ---- */

static guint32
get_letters (const char *word)
{
  guint32 letters = 0;

  for (; *word != '\0'; word++)
    letters |= 1u << (*word & 31);
  return letters;
}

static void
add_stem (QonysNames *self, const char *text, guint name)
{
  Stem *stem;

  if (text[0] == '\0' || (text[1] == '\0' && !g_ascii_isdigit (text[0])))
    return;
  stem = g_hash_table_lookup (self->stems, text);
  if (stem == NULL) {
    stem = g_new0 (Stem, 1);
    stem->text = text;
    stem->letters = get_letters (text);
    stem->names = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (self->stems, (gpointer)text, stem);
    g_ptr_array_add (self->by_length[strlen (text)], stem);
  }
  if (stem->names->len == 0 || g_array_index (stem->names, guint, stem->names->len - 1) != name)
    g_array_append_val (stem->names, name);
}

void
qonys_names_sort_words (QonysNames *self)
{
  g_hash_table_remove_all (self->stems);
  for (gsize i = 0; i < QONYS_NAME_WORD_SIZE; i++)
    g_ptr_array_set_size (self->by_length[i], 0);
  for (guint i = 0; i < self->entries->len; i++) {
    const QonysStreetName *name = &qonys_names_get (self, i)->name;

    for (guint j = 0; j < name->n_words; j++)
      if (!name->words[j].is_title && !name->words[j].is_initial)
        add_stem (self, name->words[j].stem, i);
    add_stem (self, name->joined_stem, i);
  }
}

static void
add_names (GArray *found, const Stem *stem)
{
  g_array_append_vals (found, stem->names->data, stem->names->len);
}

static void
find_like (const QonysNames *self, const char *word, GArray *found)
{
  gsize length = strlen (word);
  guint tolerance = qonys_stem_get_tolerance (length);
  guint32 letters = get_letters (word);

  for (gsize n = length - tolerance; tolerance > 0 && n <= length + tolerance; n++) {
    const GPtrArray *stems = n < QONYS_NAME_WORD_SIZE ? self->by_length[n] : NULL;

    for (guint i = 0; stems != NULL && i < stems->len; i++) {
      const Stem *stem = g_ptr_array_index (stems, i);

      /* A changed letter is one bit less and one more. */
      if (__builtin_popcount (letters ^ stem->letters) <= 2 * (int)tolerance &&
          qonys_stem_get_distance (word, stem->text, tolerance) <= tolerance)
        add_names (found, stem);
    }
  }
}

static void
find_word (const QonysNames *self, const char *stem, gboolean is_number, GArray *found)
{
  const Stem *same = stem[0] != '\0' ? g_hash_table_lookup (self->stems, stem) : NULL;

  if (same != NULL)
    add_names (found, same);
  else if (!is_number)
    find_like (self, stem, found);
}

/* ---- kinds ---- */

static gboolean
is_lane (QonysStreetType type)
{
  return type == QONYS_STREET_LANE || type == QONYS_STREET_DEAD_END || type == QONYS_STREET_DRIVE;
}

static double
get_cost_of_type (QonysStreetType a, QonysStreetType b)
{
  gboolean block_a = a >= QONYS_STREET_MICRODISTRICT, block_b = b >= QONYS_STREET_MICRODISTRICT;

  if (a == b)
    return 0;
  if (a == QONYS_STREET_ANY || b == QONYS_STREET_ANY)
    return COST_OF_UNSAID;
  if (block_a != block_b)
    return COST_OF_BLOCK;
  if (block_a)
    return COST_OF_NEAR_KIND;
  if (is_lane (a) != is_lane (b))
    return COST_OF_LANE;
  return is_lane (a) ? COST_OF_NEAR_KIND : COST_OF_STREET;
}

double
qonys_name_entry_score (const QonysNameEntry *entry, const QonysStreetName *name,
                        QonysStreetType type)
{
  double score = qonys_street_name_compare (&entry->name, name);

  return MAX (score - get_cost_of_type (entry->type, type), 0);
}

/* ---- searching ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return (x > y) - (x < y);
}

static guint
insert_hit (QonysNameHit *hits, guint n, QonysNameHit hit)
{
  guint at = n < QONYS_NAMES_MAX_HITS ? n : QONYS_NAMES_MAX_HITS - 1;

  if (n == QONYS_NAMES_MAX_HITS && hits[at].score >= hit.score)
    return n;
  for (; at > 0 && hits[at - 1].score < hit.score; at--)
    hits[at] = hits[at - 1];
  hits[at] = hit;
  return MIN (n + 1, QONYS_NAMES_MAX_HITS);
}

guint
qonys_names_find (const QonysNames *self, const QonysStreetName *name, QonysStreetType type,
                  double least, QonysNameHit *hits)
{
  g_autoptr (GArray) found = g_array_sized_new (FALSE, FALSE, sizeof (guint), 64);
  guint n_hits = 0;

  for (guint i = 0; i < name->n_words; i++)
    if (!name->words[i].is_title && !name->words[i].is_initial)
      find_word (self, name->words[i].stem, name->words[i].is_number, found);
  if (name->n_words > 1)
    find_word (self, name->joined_stem, TRUE, found);
  qsort (found->data, found->len, sizeof (guint), compare_numbers);
  for (guint i = 0; i < found->len; i++) {
    guint number = g_array_index (found, guint, i);
    double score;

    if (i > 0 && g_array_index (found, guint, i - 1) == number)
      continue;
    score = qonys_name_entry_score (qonys_names_get (self, number), name, type);
    if (score >= least)
      n_hits = insert_hit (hits, n_hits, (QonysNameHit){number, score});
  }
  return n_hits;
}
