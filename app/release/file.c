/* One output file at a time, a few bytes to some hundred megabytes, written beside its name and
 * renamed. Cost: the hash and the system's copy, some 2 ms a megabyte. */

#include "release/file-private.h"

#include "base/error.h"
#include "base/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

struct _QonysFile {
  char *path;      /* with links followed */
  char *temporary; /* NULL where the target is written straight */
  int fd;
  QonysSha256 *sha;
  gint64 size;
};

static void
set_error (GError **error, const char *path, int code)
{
  qonys_error_set_from_gio (
      error, path,
      g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
}

QonysFile *
_qonys_file_new (const char *path, gboolean is_restricted, GError **error)
{
  g_autoptr (QonysFile) file = g_new0 (QonysFile, 1);
  char *real = realpath (path, NULL);
  GStatBuf status;

  file->fd = -1;
  file->sha = qonys_sha256_new ();
  file->path = g_strdup (real != NULL ? real : path);
  free (real);

  if (g_stat (file->path, &status) == 0 && !S_ISREG (status.st_mode)) {
    if (S_ISDIR (status.st_mode)) {
      set_error (error, path, EISDIR);
      return NULL;
    }
    file->fd = g_open (file->path, O_WRONLY | O_CLOEXEC, 0);
  } else {
    g_autofree char *folder = g_path_get_dirname (file->path);
    g_autofree char *name = g_path_get_basename (file->path);

    /* A file that may not be written is not to be replaced either. */
    if (g_access (file->path, F_OK) == 0 && g_access (file->path, W_OK) != 0) {
      set_error (error, path, errno);
      return NULL;
    }
    file->temporary = g_strdup_printf ("%s/.%s.XXXXXX", folder, name);
    file->fd = g_mkstemp_full (file->temporary, O_WRONLY | O_CLOEXEC, is_restricted ? 0600 : 0666);
    if (file->fd < 0) {
      int code = errno;

      g_clear_pointer (&file->temporary, g_free);
      set_error (error, path, code);
      return NULL;
    }
  }
  if (file->fd < 0) {
    set_error (error, path, errno);
    return NULL;
  }
  return g_steal_pointer (&file);
}

void
_qonys_file_free (QonysFile *file)
{
  if (file->fd >= 0)
    close (file->fd);
  if (file->temporary != NULL)
    g_unlink (file->temporary);
  qonys_sha256_free (file->sha);
  g_free (file->temporary);
  g_free (file->path);
  g_free (file);
}

gboolean
_qonys_file_write (QonysFile *file, const char *bytes, gsize length, GError **error)
{
  qonys_sha256_add (file->sha, bytes, length);
  file->size += length;
  while (length > 0) {
    gssize written = write (file->fd, bytes, length);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0) {
      set_error (error, file->path, errno);
      return FALSE;
    }
    bytes += written;
    length -= written;
  }
  return TRUE;
}

const char *
_qonys_file_get_sha256 (QonysFile *file)
{
  return qonys_sha256_get (file->sha);
}

gint64
_qonys_file_get_size (const QonysFile *file)
{
  return file->size;
}

gboolean
_qonys_file_finish (QonysFile *file, GError **error)
{
  int fd = file->fd;

  file->fd = -1;
  if (close (fd) != 0) {
    set_error (error, file->path, errno);
    return FALSE;
  }
  if (file->temporary == NULL)
    return TRUE;
  if (g_rename (file->temporary, file->path) != 0) {
    set_error (error, file->path, errno);
    return FALSE;
  }
  g_clear_pointer (&file->temporary, g_free);
  return TRUE;
}
