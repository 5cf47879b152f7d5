#pragma once

#include "domain/address.h"
#include "domain/street-name.h"

G_BEGIN_DECLS

/** One name, of one street or of several. */
typedef struct {
  QonysStreetName name;
  QonysStreetType type;
  GArray *streets; /* guint32 */
  int alias;       /* −1: the streets' own */
} QonysNameEntry;

/** All names of an index, found by their words. */
typedef struct _QonysNames QonysNames;

QonysNames *qonys_names_new (void);
void qonys_names_free (QonysNames *names);

/** The number of the name with this key, kind and alias; a new one if there is none. */
guint qonys_names_add (QonysNames *names, const char *key, QonysStreetType type, int alias);
guint qonys_names_get_n (const QonysNames *names);
QonysNameEntry *qonys_names_get (const QonysNames *names, guint i);

/** Makes the names added so far findable. */
void qonys_names_sort_words (QonysNames *names);

typedef struct {
  guint name;
  double score;
} QonysNameHit;

#define QONYS_NAMES_MAX_HITS 32

/** How sure a name and its kind are the entry's, 0…1. */
double qonys_name_entry_score (const QonysNameEntry *entry, const QonysStreetName *name,
                               QonysStreetType type);

/**
 * qonys_names_find:
 * @hits: (array length=QONYS_NAMES_MAX_HITS): best first, of those with a score of at least
 *   @least
 *
 * Finds names that share a word with @name, one mistyped too. Returns: how many
 */
guint qonys_names_find (const QonysNames *names, const QonysStreetName *name, QonysStreetType type,
                        double least, QonysNameHit *hits);

G_END_DECLS
