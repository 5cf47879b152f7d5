#pragma once

#include "store/row-reader.h"

G_BEGIN_DECLS

/* Text files as tables: encoding, delimiter, records. */

typedef struct {
  const char *encoding; /* static: "UTF-8", "UTF-16LE", "UTF-16BE", "CP1251" … */
  char delimiter;
} QonysTextDialect;

/**
 * qonys_text_dialect_find:
 * @encoding: (nullable): what somebody knows
 * @delimiter: 0 if nobody knows
 *
 * Tells encoding and delimiter from the first 256 KB. Errors: an encoding that is not known, a
 * file that is no text.
 */
gboolean qonys_text_dialect_find (const char *path, const char *encoding, char delimiter,
                                  QonysTextDialect *dialect, GError **error);

/** Decodes to UTF-8; what cannot be becomes U+FFFD, and a line of UTF-8 that is none is taken for
 * the likeliest legacy encoding. @n_bad: (out): signs or lines. Returns: (transfer full) */
char *qonys_text_decode (const char *encoding, const char *bytes, gsize length, gsize *n_bad);

/**
 * qonys_text_split:
 * @row: the cells of the record
 * @is_whole: there is no more text behind
 * @has_open_quote: (out): a quote without an end was taken for a sign
 *
 * Parts the first record of @text. A quote is one only at the beginning of a field.
 *
 * Returns: the bytes used; 0 if the record may go on behind @text
 */
gsize qonys_text_split (const char *text, gsize length, char delimiter, gboolean is_whole,
                        QonysRawRow *row, gboolean *has_open_quote);

QonysRowReader *qonys_text_rows_open (const char *path, const QonysTextDialect *dialect,
                                      GError **error);

G_END_DECLS
