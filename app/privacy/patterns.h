#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside the room: identifiers that have a form, found in one cell. */

typedef enum {
  QONYS_PATTERN_IIN,            /* 12 digits, check digit right, reads as date and sex */
  QONYS_PATTERN_IIN_CHECKSUM,   /* 12 digits, check digit right */
  QONYS_PATTERN_BIN,            /* 12 digits, reads as a business number */
  QONYS_PATTERN_TWELVE,         /* any 12 digits: what shares are taken of */
  QONYS_PATTERN_SHORT_IIN,      /* 10 or 11 digits that are an IIN with its zeros back */
  QONYS_PATTERN_SHORT_CHECKSUM, /* the same, check digit right only */
  QONYS_PATTERN_SHORT,          /* any 10 or 11 digits alone in a cell */
  QONYS_PATTERN_ROUNDED_IIN,    /* 9.91231E+11: the date is left, the rest was rounded off */
  QONYS_PATTERN_IDENTITY_CARD,  /* nine digits, the first a zero: weak */
  QONYS_PATTERN_NINE,           /* nine digits in a column of documents */
  QONYS_PATTERN_DOCUMENT,       /* a weak number made certain by the words around it */
  QONYS_PATTERN_PASSPORT,
  QONYS_PATTERN_MOBILE_PHONE,
  QONYS_PATTERN_CITY_PHONE,
  QONYS_PATTERN_EMAIL,
  QONYS_PATTERN_IBAN,
  QONYS_PATTERN_VEHICLE_PLATE,
  QONYS_PATTERN_PERSON_NAME, /* found by names.h */
  QONYS_N_PATTERNS
} QonysPattern;

typedef enum {
  QONYS_PATTERNS_PHONES = 1 << 0,    /* a text cell: a coordinate is never a phone */
  QONYS_PATTERNS_DOCUMENTS = 1 << 1, /* the column's name speaks of documents */
} QonysPatternFlags;

/** @match is ASCII where it matters: digits, Latin capitals, ' ' and '-'. It is not kept. */
typedef void (*QonysPatternFunc) (QonysPattern pattern, const char *match, gsize length,
                                  gpointer data);

/** Calls @found for each identifier in a cell; a cell may give several patterns at once. Costs
 * some nanoseconds a byte: only for cells that pass the scanner's first pass. */
void qonys_patterns_find (const char *text, gsize length, QonysPatternFlags flags,
                          QonysPatternFunc found, gpointer data);

/** The same for a whole number: below 10⁹ none. */
void qonys_patterns_find_in_integer (gint64 value, QonysPatternFlags flags, QonysPatternFunc found,
                                     gpointer data);

/** Returns: (transfer full): what may be shown of a match: "9912••••••10" */
char *qonys_pattern_mask (QonysPattern pattern, const char *match, gsize length);

G_END_DECLS
