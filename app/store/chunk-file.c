/*
 * Files in pieces of a megabyte: read, not mapped, since a file on a stick that is pulled out
 * must be an error and not a crash.
 */
#include "store/chunk-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
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
