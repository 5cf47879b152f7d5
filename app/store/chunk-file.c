/*
 * Files in pieces of a megabyte: read, not mapped, since a file on a stick that is pulled out
 * must be an error and not a crash.
 */
#include "store/chunk-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
qonys_chunk_file_open (QonysChunkFile *self, const char *path)
{
  struct stat info;

  self->file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (self->file < 0 || fstat (self->file, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  self->size = info.st_size;
  return TRUE;
}

void
qonys_chunk_file_close (QonysChunkFile *self)
{
  if (self->file >= 0)
    close (self->file);
  self->file = -1;
}

gboolean
qonys_text_is_utf8 (const char *text, gsize length)
{
  guint64 seen = 0, word;
  gsize i = 0;

  for (; i + sizeof word <= length; i += sizeof word) {
    memcpy (&word, text + i, sizeof word);
    seen |= word;
  }
  for (; i < length; i++)
    seen |= (guchar)text[i];
  /* ASCII needs no other look; a NUL is for neither of them. */
  return ((seen & G_GUINT64_CONSTANT (0x8080808080808080)) == 0 &&
          memchr (text, '\0', length) == NULL) ||
         g_utf8_validate_len (text, length, NULL);
}

gssize
qonys_chunk_file_read (const QonysChunkFile *self, gint64 offset, char *buffer, gsize length)
{
  gsize n = 0;

  while (n < length) {
    gssize more = pread (self->file, buffer + n, length - n, offset + n);

    if (more < 0 && errno == EINTR)
      continue;
    if (more < 0)
      return -1;
    if (more == 0)
      break;
    n += more;
  }
  return n;
}
