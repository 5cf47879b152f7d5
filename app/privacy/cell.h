#pragma once

#include "privacy/patterns.h"
#include <string.h>

G_BEGIN_DECLS

/* Inside the room: one cell's text made flat, one byte a character, and small steps over it.
 * Digits of all scripts are ASCII, spaces ' ', dashes '-', Latin letters capitals, Cyrillic
 * capitals that look Latin are Latin, currencies '$'. Beyond the ends there is no digit and no
 * word. */

/* Bytes of the flat text that are no ASCII. Small Cyrillic а … я is 0x80 … 0x9f. */
#define FLAT_CYRILLIC 0x80
#define FLAT_LETTER 0xc0
#define FLAT_OTHER 0x01
#define FLAT_N ((char)(FLAT_CYRILLIC + 13)) /* н */

#define IIN_DIGITS 12

typedef struct {
  const char *flat;
  gsize n;
  const char *text; /* the cell as it came */
  gsize length;
  QonysPatternFlags flags;
  int has_document_word; /* −1 not looked yet */
  QonysPatternFunc found;
  gpointer data;
} QonysCell;

/** Writes at most @length bytes. Returns: how many */
gsize qonys_flatten (const char *text, gsize length, char *flat);

/** One character above ASCII; 0 for what is dropped (marks, zero width). */
char qonys_flatten_char (gunichar c);

/** Reports a run of 12 digits from @start on with at most one space or hyphen between two.
 * Returns: its end, @start if there is none */
gsize qonys_cell_match_twelve (const QonysCell *cell, gsize start);

/** The end of a number of more than 12 digits written in groups: 1 234 567 890 123 (a sum) or
 * 0201 3000 1234 5678 (an address code); @start if there is none. */
gsize qonys_cell_skip_long_number (const QonysCell *cell, gsize start);

/** Reports what a cell that is one number holds: 9.91231E+11, 5021750012, 991231100010.0.
 * Returns: FALSE if nothing more is to be looked for in it */
gboolean qonys_cell_read_number (const QonysCell *cell);

/** Reports 10 to 12 digits that are their whole cell. */
void qonys_cell_report_digits (const QonysCell *cell);

/** A run that stands in a number's decimals: 71.717255663112. A point is believed behind 0 or two
 * and three digits (a coordinate), a comma only in a cell that is one number. */
gboolean qonys_cell_is_fraction (const QonysCell *cell, gsize start);

static inline gboolean
is_digit (const QonysCell *cell, gsize i)
{
  return i < cell->n && g_ascii_isdigit (cell->flat[i]);
}

static inline gboolean
is_upper (const QonysCell *cell, gsize i)
{
  return i < cell->n && g_ascii_isupper (cell->flat[i]);
}

static inline gboolean
is_word (const QonysCell *cell, gsize i)
{
  return i < cell->n && (g_ascii_isalnum (cell->flat[i]) || cell->flat[i] == '_' ||
                         (guchar)cell->flat[i] >= FLAT_CYRILLIC);
}

static inline gboolean
is_one_of (const QonysCell *cell, gsize i, const char *set)
{
  return i < cell->n && cell->flat[i] != '\0' && strchr (set, cell->flat[i]) != NULL;
}

static inline gsize
count_digits (const QonysCell *cell, gsize i)
{
  gsize start = i;

  while (is_digit (cell, i))
    i++;
  return i - start;
}

static inline gsize
skip_set (const QonysCell *cell, gsize i, const char *set)
{
  while (is_one_of (cell, i, set))
    i++;
  return i;
}

static inline void
report (const QonysCell *cell, QonysPattern pattern, gsize start, gsize end)
{
  cell->found (pattern, cell->flat + start, end - start, cell->data);
}

G_END_DECLS
