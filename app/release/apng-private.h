#pragma once

#include "release/file-private.h"

G_BEGIN_DECLS

/**
 * QonysApng:
 *
 * An animated PNG being put together from whole PNG pictures, whose image data stay as they are:
 * frame by frame the same pixels. Programs that know no animation show the first.
 */
typedef struct {
  QonysFile *file; /* borrowed */
  guint n_frames;
  double rate; /* a second */
  guint n_written;
  guint32 sequence;
  guint8 header[13]; /* IHDR of the first: the others must have the same */
} QonysApng;

/** The next of @n_frames pictures, all of the same size. */
gboolean _qonys_apng_add (QonysApng *apng, const GByteArray *png, GError **error);
/** The end, when all frames are written. */
gboolean _qonys_apng_finish (QonysApng *apng, GError **error);

G_END_DECLS
