#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QONYS_NAME_MAX_WORDS 6
#define QONYS_NAME_WORD_SIZE 24

typedef struct {
  char text[QONYS_NAME_WORD_SIZE]; /* folded */
  char stem[QONYS_NAME_WORD_SIZE]; /* without endings of case, adjective and surname */
  gboolean is_number, is_initial, is_title, is_surname;
  double weight;
} QonysNameWord;

/** A street's name made ready to be compared. */
typedef struct {
  guint n_words;
  QonysNameWord words[QONYS_NAME_MAX_WORDS];
  char joined[QONYS_NAME_WORD_SIZE];      /* the words without spaces, cut, … */
  char joined_stem[QONYS_NAME_WORD_SIZE]; /* … and its stem */
} QonysStreetName;

/** @key: of qonys_address_make_key(). */
void qonys_street_name_init (QonysStreetName *name, const char *key);

/** How sure two names are of one street, 0…1: words in any order, endings, initials, titles and
 * given names left out, a letter or two mistyped in long words. Symmetric. */
double qonys_street_name_compare (const QonysStreetName *a, const QonysStreetName *b);

/** How many letters may be wrong in a stem of this length. */
guint qonys_stem_get_tolerance (gsize length);

/** Letters inserted, lost, changed or swapped, up to @most; more is @most + 1. */
guint qonys_stem_get_distance (const char *a, const char *b, guint most);

G_END_DECLS
