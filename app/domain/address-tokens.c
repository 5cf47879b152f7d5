/*
 * An address cut into words and numbers, each folded by itself, with what parted them. One array
 * on the stack of the caller; about a microsecond a word, which is the folding.
 */
#include "domain/address-tokens.h"

#include "base/fold.h"

#include <string.h>

#define MAX_BYTES 1024 /* of a text: a page in the wrong column is not read to its end */
#define SOFT_HYPHEN 0xad
#define NUMBER_SIGN 0x2116

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2bc || c == 0x2b9;
}

static gboolean
is_cyrillic (gunichar c)
{
  return c >= 0x400 && c <= 0x4ff;
}

/* Latin letters in Cyrillic words, typed on the wrong keyboard: those that fold otherwise. */
static gunichar
get_look_alike (gunichar c)
{
  static const char latin[] = "cCpPxXyYHB";
  static const gunichar cyrillic[] = {0x441, 0x441, 0x440, 0x440, 0x445,
                                      0x445, 0x443, 0x443, 0x43d, 0x432};
  const char *at = c < 0x80 && c != 0 ? strchr (latin, (char)c) : NULL;

  return at != NULL ? cyrillic[at - latin] : c;
}

static guint
get_separator (gunichar c)
{
  switch (c) {
  case ',':
  case ';':
  case ':':
  case '(':
  case ')':
  case '[':
  case ']':
  case '|':
  case '\n':
  case '\t':
    return QONYS_BEFORE_COMMA;
  case '-':
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2212:
    return QONYS_BEFORE_HYPHEN;
  case '/':
  case '\\':
    return QONYS_BEFORE_SLASH;
  case '.':
    return QONYS_BEFORE_DOT;
  case '#':
  case NUMBER_SIGN:
    return QONYS_BEFORE_SIGN;
  default:
    return QONYS_BEFORE_SPACE;
  }
}

static void
set_word (QonysToken *token, const char *word)
{
  g_autofree char *folded = NULL;
  g_autoptr (GString) right = g_string_sized_new (64);
  guint n_cyrillic = 0, n_latin = 0;

  for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c)) {
    n_cyrillic += is_cyrillic (g_utf8_get_char (c));
    n_latin += g_ascii_isalpha (*c);
  }
  token->is_latin = n_cyrillic == 0;
  if (n_cyrillic > 0 && n_latin > 0) {
    for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c))
      g_string_append_unichar (right, get_look_alike (g_utf8_get_char (c)));
    word = right->str;
  }
  folded = qonys_fold_text (word);
  g_strlcpy (token->text, folded, sizeof token->text);
  token->text[strcspn (token->text, " ")] = '\0';
}

char *
qonys_tokens_prepare (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)strnlen (text, MAX_BYTES));

  return g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

guint
qonys_tokens_cut (const char *text, QonysToken *tokens)
{
  guint n = 0, before = QONYS_BEFORE_COMMA;

  for (const char *c = text; *c != '\0' && n < QONYS_MAX_TOKENS;) {
    gunichar letter = g_utf8_get_char (c);
    const char *end = c;
    QonysToken *token = &tokens[n];

    if (!g_unichar_isdigit (letter) && !g_unichar_isalpha (letter)) {
      if (letter != SOFT_HYPHEN && !g_unichar_ismark (letter) && !is_apostrophe (letter))
        before |= get_separator (letter);
      c = g_utf8_next_char (c);
      continue;
    }
    token->is_number = g_ascii_isdigit (*c);
    if (token->is_number) {
      while (g_ascii_isdigit (*end))
        end++;
      g_strlcpy (token->text, c, MIN (sizeof token->text, (gsize)(end - c) + 1));
      token->is_latin = FALSE;
    } else {
      g_autofree char *word = NULL;

      do {
        end = g_utf8_next_char (end);
        letter = g_utf8_get_char (end);
      } while (*end != '\0' && !g_ascii_isdigit (*end) &&
               (g_unichar_isalnum (letter) || g_unichar_ismark (letter) || is_apostrophe (letter) ||
                letter == SOFT_HYPHEN));
      word = g_strndup (c, (gsize)(end - c));
      set_word (token, word);
    }
    token->begin = c - text;
    token->end = end - text;
    c = end;
    if (token->text[0] == '\0') /* ь alone */
      continue;
    token->before = before;
    before = 0;
    n++;
  }
  return n;
}
