#pragma once

#include "base/date.h"
#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/** A growing run of bytes to be written to a file. Not NUL-terminated. */
typedef struct {
  char *data;
  gsize length, capacity;
} QonysText;

void _qonys_text_clear (QonysText *text);
void _qonys_text_grow (QonysText *text, gsize room);

/** Makes room for @room more bytes and returns where they go. */
static inline char *
_qonys_text_reserve (QonysText *text, gsize room)
{
  if (G_UNLIKELY (text->capacity - text->length <= room))
    _qonys_text_grow (text, room);
  return text->data + text->length;
}

static inline void
_qonys_text_add (QonysText *text, const char *bytes, gsize length)
{
  memcpy (_qonys_text_reserve (text, length), bytes, length);
  text->length += length;
}

static inline void
_qonys_text_add_char (QonysText *text, char byte)
{
  *_qonys_text_reserve (text, 1) = byte;
  text->length++;
}

#define _qonys_text_add_literal(text, literal) _qonys_text_add (text, literal, sizeof literal - 1)

void _qonys_text_add_int (QonysText *text, gint64 value);

/** The shortest decimal that reads back as the same double; the value must be finite. */
void _qonys_text_add_decimal (QonysText *text, double value);

/** @scaled / 10^@decimals without trailing zeros. */
void _qonys_text_add_scaled (QonysText *text, gint64 scaled, guint decimals);

/** Degrees rounded to 7 decimals (1 cm), trailing zeros dropped. */
void _qonys_text_add_degrees (QonysText *text, double value_deg);

/** "2024-01-25", without quotes. */
void _qonys_text_add_day (QonysText *text, QonysDay day);

/** A JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void _qonys_text_add_json_string (QonysText *text, const char *string);

/** A CSV field of RFC 4180 with ';' between fields: quoted where it must be. A text that a
 * spreadsheet would run as a formula gets an apostrophe before it. */
void _qonys_text_add_csv_string (QonysText *text, const char *string);

G_END_DECLS
