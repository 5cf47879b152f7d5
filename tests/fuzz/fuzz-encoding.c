/* Encodings: whatever bytes come, one is told, and the text is UTF-8. */
#include "fuzz.h"

#include "store/encoding.h"
#include "store/text-rows.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const ENCODINGS[] = {"UTF-8",   "UTF-16LE", "UTF-16BE", "CP1251",
                                          "KZ-1048", "PT154",    "CP866"};
  const char *bytes = (const char *)data;
  g_autofree char *text = g_strndup (bytes, size);
  g_auto (QonysDecoder) decoder = {NULL};
  g_autofree char *decoded = NULL;
  const char *guess;

  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++) {
    gsize n_bad = 0;
    g_autofree char *out = qonys_text_decode (ENCODINGS[i], bytes, size, &n_bad);

    fuzz_assert (out != NULL && g_utf8_validate (out, -1, NULL));
    fuzz_assert (n_bad <= size);
  }
  if (size > 0) {
    g_autofree char *out = NULL;

    guess = qonys_encoding_guess (bytes, size);
    fuzz_assert (guess != NULL);
    out = qonys_encoding_convert (bytes, size, guess);
    fuzz_assert (g_utf8_validate (out, -1, NULL));
    fuzz_assert (memchr (bytes, 0, size) != NULL || g_utf8_strlen (out, -1) == (glong)size);
  }
  qonys_decoder_look (&decoder, text);
  guess = qonys_decoder_guess (&decoder);
  /* A few letters cut off do not make it another encoding. */
  fuzz_assert (guess == NULL || !g_utf8_validate (text, -1, NULL));
  decoded = qonys_decoder_decode (&decoder, text);
  fuzz_assert (g_utf8_validate (decoded, -1, NULL));
  return 0;
}
