#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** A file read piece by piece, from any thread. */
typedef struct {
  int file; /* −1 not open */
  gint64 size;
} QonysChunkFile;

#define QONYS_CHUNK_SIZE (1 << 20)
#define QONYS_CHUNK_MAX_RECORD (1 << 16)

/** Returns: FALSE if it is no file that can be read */
gboolean qonys_chunk_file_open (QonysChunkFile *self, const char *path);
void qonys_chunk_file_close (QonysChunkFile *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QonysChunkFile, qonys_chunk_file_close)

/** Returns: how many bytes were read, fewer only at the end; −1 if that failed */
gssize qonys_chunk_file_read (const QonysChunkFile *self, gint64 offset, char *buffer,
                              gsize length);

/** g_utf8_validate_len(), ten times as fast where all is ASCII. */
gboolean qonys_text_is_utf8 (const char *text, gsize length);

G_END_DECLS
