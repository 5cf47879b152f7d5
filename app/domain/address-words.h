#pragma once

#include "domain/address.h"

G_BEGIN_DECLS

/** What a word of an address is there for. */
typedef enum {
  QONYS_WORD_NAME, /* all that is not in the list */
  QONYS_WORD_TYPE,
  QONYS_WORD_FLAT,     /* flat, room, entrance, floor: with its number */
  QONYS_WORD_HOUSE,    /* "house", with its number */
  QONYS_WORD_CORPUS,   /* part of a house, with its number or letter */
  QONYS_WORD_CITY,     /* "city" itself */
  QONYS_WORD_DISTRICT, /* "district" itself */
  QONYS_WORD_REGION,   /* "oblast" itself */
  QONYS_WORD_SKIP,     /* "and", "named after" */
} QonysWordUse;

/** Where it stands: before what it tells of, behind it, or either. */
typedef enum { QONYS_WORD_BEFORE, QONYS_WORD_BEHIND, QONYS_WORD_EITHER } QonysWordPlace;

typedef struct {
  const char *word; /* folded; two joined by '-': "b-r" for «б-р», "tas-joli" for «тас жолы» */
  QonysWordUse use;
  QonysWordPlace place;
  QonysStreetType type;
} QonysWord;

/** Returns: (nullable): what is known of a folded word. */
const QonysWord *qonys_word_find (const char *word);

/** Is it this city, under any of its names, or a country: to be passed over? */
gboolean qonys_word_is_here (const char *word);

/** Is it another city of the country? */
gboolean qonys_word_is_elsewhere (const char *word);

/** Is it what makes a number an ordinal: «-й», «-ші», "-th"? */
gboolean qonys_word_is_ordinal (const char *word);

G_END_DECLS
