#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Of texts that are not UTF-8: a sample kept until enough is seen, and the encoding guessed from
 * it. Zero-initialise; not shared between threads. */
typedef struct {
  GString *sample;      /* (nullable): the texts, a line each */
  const char *encoding; /* (nullable): "CP1251", once guessed */
} QonysDecoder;

void qonys_decoder_clear (QonysDecoder *decoder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QonysDecoder, qonys_decoder_clear)

/** Adds a text to the sample if it is not UTF-8; @text may be %NULL. */
void qonys_decoder_look (QonysDecoder *decoder, const char *text);

/** The name people know of the encoding the sample is most likely in; NULL if all was UTF-8, a cut
 * letter here and there aside. */
const char *qonys_decoder_guess (QonysDecoder *decoder);

/** Takes @encoding, or guesses where it is %NULL. Returns: FALSE if there is no such encoding */
gboolean qonys_decoder_choose (QonysDecoder *decoder, const char *encoding, GError **error);

/** Returns: (transfer full): valid UTF-8, with U+FFFD for what has no meaning; %NULL stays %NULL.
 */
char *qonys_decoder_decode (const QonysDecoder *decoder, const char *text);

/**
 * qonys_encoding_guess:
 * @bytes: text of one unknown legacy encoding
 *
 * Decodes by CP1251, KZ-1048, PT154 and CP866 and takes the one whose result reads most like
 * Russian and Kazakh: common letters speak for it; signs, letters of other Cyrillic alphabets and
 * capitals inside words against it.
 *
 * Returns: "CP1251", "KZ-1048", "PT154" or "CP866"
 */
const char *qonys_encoding_guess (const char *bytes, gsize length);

/** Whether text that is not UTF-8 was so, and some letters of it are cut or lost: then these become
 * U+FFFD, and the rest is kept. */
gboolean qonys_encoding_is_broken_utf8 (const char *bytes, gsize length);

/** Returns: (transfer full): UTF-8; bytes the encoding lacks become U+FFFD. */
char *qonys_encoding_convert (const char *bytes, gsize length, const char *encoding);

G_END_DECLS
