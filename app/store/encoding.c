/*
 * Texts of legacy code pages whose name was lost. A sample of 64 KiB is scored in four encodings
 * once a file (about a millisecond); then each text that is not UTF-8 is converted by iconv.
 */
#include "store/encoding.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE_SIZE (64 * 1024)

/* In order of likelihood: of equals the first is taken. glibc knows KZ-1048 as RK1048. */
static const struct {
  const char *name, *iconv;
} ENCODINGS[] = {
    {"CP1251", "CP1251"}, {"KZ-1048", "RK1048"}, {"PT154", "PT154"}, {"CP866", "CP866"}};

static const char *
get_iconv_name (const char *encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++)
    if (g_str_equal (ENCODINGS[i].name, encoding))
      return ENCODINGS[i].iconv;
  g_return_val_if_reached ("CP1251");
}

char *
qonys_encoding_convert (const char *bytes, gsize length, const char *encoding)
{
  const char *iconv = get_iconv_name (encoding);
  GString *text = g_string_sized_new (length * 2);

  while (length > 0) {
    gsize n_read = 0, n_written = 0;
    g_autofree char *part = g_convert (bytes, length, "UTF-8", iconv, &n_read, &n_written, NULL);

    if (part != NULL) {
      g_string_append_len (text, part, n_written);
      break;
    }
    /* A byte without a meaning: what is before it, a mark for it, and on. */
    if (n_read > 0) {
      g_autofree char *before = g_convert (bytes, n_read, "UTF-8", iconv, NULL, &n_written, NULL);

      if (before != NULL)
        g_string_append_len (text, before, n_written);
    }
    g_string_append (text, "\xEF\xBF\xBD");
    bytes += n_read + 1;
    length -= MIN (n_read + 1, length);
  }
  return g_string_free (text, FALSE);
}

static int
score_letter (gunichar c)
{
  static const gunichar KAZAKH[] = {0x4D9, 0x493, 0x49B, 0x4A3, 0x4E9, 0x4B1, 0x4AF, 0x4BB, 0x456};

  if ((c >= 0x410 && c <= 0x44F) || c == 0x451 || c == 0x401)
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (KAZAKH); i++)
    if (g_unichar_tolower (c) == KAZAKH[i])
      return 3;
  /* № « » – — “ ” „ … and the hard space are at home in such texts. */
  if (c == 0x2116 || c == 0xAB || c == 0xBB || (c >= 0x2013 && c <= 0x201E) || c == 0x2026 ||
      c == 0xA0)
    return 0;
  return -6;
}

static gboolean
is_vowel (gunichar c)
{
  static const gunichar VOWELS[] = {0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B, 0x44D, 0x44E,
                                    0x44F, 0x451, 0x456, 0x4D9, 0x4E9, 0x4B1, 0x4AF};

  c = g_unichar_tolower (c);
  for (guint i = 0; i < G_N_ELEMENTS (VOWELS); i++)
    if (c == VOWELS[i])
      return TRUE;
  return FALSE;
}

static gboolean
is_glide (gunichar c)
{
  c = g_unichar_tolower (c);
  return c == 0x438 || c == 0x443; /* и, у: after a vowel they are none */
}

/* One byte is ғ in KZ-1048 and ә in PT154; what stands beside tells a consonant from a vowel. */
static gboolean
is_misplaced (gunichar before, gunichar c, gunichar after)
{
  c = g_unichar_tolower (c);
  if (c == 0x493)
    return !is_vowel (before) && !is_vowel (after);
  return c == 0x4D9 && (is_vowel (before) || (is_vowel (after) && !is_glide (after)));
}

static int
score_text (const char *text)
{
  int score = 0;
  gunichar before = ' ';

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c >= 0x80) {
      score += score_letter (c);
      if (is_misplaced (before, c, g_utf8_get_char (g_utf8_next_char (at))))
        score -= 4;
      if (g_unichar_isupper (c) && g_unichar_islower (before))
        score -= 6;
      /* A Cyrillic letter beside a Latin one is rare. */
      if (g_unichar_isalpha (c) && before < 0x80 && g_ascii_isalpha (before))
        score -= 2;
    }
    before = c;
  }
  return score;
}

const char *
qonys_encoding_guess (const char *bytes, gsize length)
{
  const char *best = ENCODINGS[0].name;
  int best_score = G_MININT;

  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++) {
    g_autofree char *text = qonys_encoding_convert (bytes, length, ENCODINGS[i].name);
    int score = score_text (text);

    if (score > best_score) {
      best = ENCODINGS[i].name;
      best_score = score;
    }
  }
  return best;
}

gboolean
qonys_encoding_is_broken_utf8 (const char *bytes, gsize length)
{
  const char *end = bytes + length;
  gsize n_good = 0, n_bad = 0;

  while (bytes < end) {
    gunichar c = (guchar)*bytes < 0x80 ? 0 : g_utf8_get_char_validated (bytes, end - bytes);
    gboolean is_good = c < (gunichar)-2;

    n_good += is_good && c > 0;
    n_bad += !is_good;
    bytes += is_good && c > 0 ? g_utf8_skip[(guchar)*bytes] : 1;
  }
  return n_bad > 0 && n_good > n_bad;
}

void
qonys_decoder_clear (QonysDecoder *decoder)
{
  if (decoder->sample != NULL)
    g_string_free (decoder->sample, TRUE);
  *decoder = (QonysDecoder){NULL};
}

void
qonys_decoder_look (QonysDecoder *decoder, const char *text)
{
  if (text == NULL || (decoder->sample != NULL && decoder->sample->len >= SAMPLE_SIZE) ||
      g_utf8_validate (text, -1, NULL) || qonys_encoding_is_broken_utf8 (text, strlen (text)))
    return;
  if (decoder->sample == NULL)
    decoder->sample = g_string_new (NULL);
  g_string_append_len (decoder->sample, text, MIN (strlen (text), SAMPLE_SIZE));
  g_string_append_c (decoder->sample, '\n');
}

const char *
qonys_decoder_guess (QonysDecoder *decoder)
{
  if (decoder->sample != NULL)
    decoder->encoding = qonys_encoding_guess (decoder->sample->str, decoder->sample->len);
  return decoder->encoding;
}

gboolean
qonys_decoder_choose (QonysDecoder *decoder, const char *encoding, GError **error)
{
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "UTF-8") == 0) {
    qonys_decoder_guess (decoder);
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++)
    if (g_ascii_strcasecmp (ENCODINGS[i].name, encoding) == 0) {
      decoder->encoding = ENCODINGS[i].name;
      return TRUE;
    }
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
               _ ("There is no encoding “%s”. Choose one of: %s."), encoding,
               "UTF-8, CP1251, KZ-1048, PT154, CP866");
  return FALSE;
}

char *
qonys_decoder_decode (const QonysDecoder *decoder, const char *text)
{
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  if (qonys_encoding_is_broken_utf8 (text, strlen (text)))
    return g_utf8_make_valid (text, -1);
  return qonys_encoding_convert (text, strlen (text),
                                 decoder->encoding != NULL ? decoder->encoding : ENCODINGS[0].name);
}
