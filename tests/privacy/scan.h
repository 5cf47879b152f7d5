#pragma once

#include "privacy/identifier.h"

/* One column of texts, NULL-terminated, scanned from row 1 on. Returns: (transfer full) findings */
GPtrArray *scan_texts (const char *column, const char *const *cells);

/* The same with one cell. */
GPtrArray *scan_text (const char *column, const char *cell);

/* The verdict on findings, which are freed. */
QonysVerdict take_verdict (GPtrArray *findings);

/* The first finding of a kind, NULL if there is none. */
const QonysFinding *find_kind (GPtrArray *findings, QonysIdentifierKind kind);

#define assert_text(column, cell, verdict)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (take_verdict (scan_text (column, cell)) != verdict)                                        \
      g_error ("%s: “%s” in “%s” is not " #verdict, G_STRLOC, cell, column);                       \
  }                                                                                                \
  G_STMT_END
