#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What stood before a token. */
typedef enum {
  QONYS_BEFORE_SPACE = 1 << 0,
  QONYS_BEFORE_COMMA = 1 << 1, /* or another mark that parts, or the beginning */
  QONYS_BEFORE_HYPHEN = 1 << 2,
  QONYS_BEFORE_SLASH = 1 << 3,
  QONYS_BEFORE_DOT = 1 << 4,
  QONYS_BEFORE_SIGN = 1 << 5, /* № */
} QonysTokenBefore;

typedef struct {
  char text[40]; /* a word folded, or digits; longer ones are cut */
  gboolean is_number, is_latin;
  guint before;       /* QonysTokenBefore; 0: it hangs on the token before */
  guint16 begin, end; /* its bytes in the text */
} QonysToken;

#define QONYS_MAX_TOKENS 48

/** The text as it is cut: composed, valid, of a thousand bytes at most. Returns: (transfer full) */
char *qonys_tokens_prepare (const char *text);

/** Cuts a prepared text into words and numbers; what is behind the last is dropped.
 * @tokens: (array length=QONYS_MAX_TOKENS). Returns: how many */
guint qonys_tokens_cut (const char *text, QonysToken *tokens);

G_END_DECLS
