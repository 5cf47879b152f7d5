#pragma once

#include "store/recipe.h"

G_BEGIN_DECLS

/* What the name of a column says of it, in Kazakh, Russian and English: words of
 * data/header-synonyms.json, folded, abbreviations («кол-во», «пл. общ.») spelled out. */

typedef struct {
  QonysRole role;
  int field;       /* −1 for the other roles */
  double score;    /* 0 nothing known … 1 its very name */
  double scale;    /* of the unit in the name: «тыс. чел.» 1,000; 1 */
  gboolean is_tie; /* another role is as likely: ask */
} QonysHeaderMatch;

/** The best role for one header. */
QonysHeaderMatch qonys_header_match (const char *header, QonysRecordType type);

/**
 * qonys_headers_match:
 * @headers: NULL-terminated; NULL-free, "" is a column without a name
 * @matches: (out caller-allocates) (array): one a header
 *
 * Each field to one header at most, the best pairs first; of two that are as good neither is taken
 * and both are marked. About 50 µs a header.
 *
 * Returns: how well the headers fit the type: the sum of the scores, minus one for each required
 *   field without a header
 */
double qonys_headers_match (const char *const *headers, QonysRecordType type,
                            QonysHeaderMatch *matches);

/** The record type the headers fit best. Returns: FALSE if they fit none */
gboolean qonys_headers_find_type (const char *const *headers, QonysRecordType *type);

/** The number of an enum's word by its name in any of the languages: «жатақхана», «общежитие».
 * %QONYS_CODE_MISSING if there is none such. */
guint8 qonys_value_match (const QonysField *field, const char *text);

G_END_DECLS
