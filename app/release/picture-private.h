#pragma once

#include "release/file-private.h"
#include <cairo.h>

G_BEGIN_DECLS

#define QONYS_POINTS_PER_PX 0.75 /* 1/72 of an inch against 1/96 */

/** A file cairo writes to. Starts with no error. */
typedef struct {
  QonysFile *file;
  GError *error;
} QonysFileStream;

cairo_status_t _qonys_file_stream_write (void *closure, const unsigned char *data,
                                         unsigned int length);
/** Did all go well? The error is the file's, else a sentence about @status. */
gboolean _qonys_file_stream_end (QonysFileStream *stream, cairo_status_t status, GError **error);

/** Can a picture be of this size? */
gboolean _qonys_picture_check_size (double width_px, double height_px, GError **error);

G_END_DECLS
