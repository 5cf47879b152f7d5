/*
 * What tells one file from another: read once a file beside the import.
 */
#include "store/hashing.h"

#include "base/sha256.h"
#include "store/source.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>

#define BLOCK_SIZE (1 << 18)

struct _QonysHashing {
  GStrv files;
  GThread *thread;
  gint is_stopped; /* atomic */
  char *sha256;
  GError *error;
};

static gboolean
add_file (QonysHashing *hashing, QonysSha256 *sha, const char *path)
{
  g_autofree guint8 *buffer = g_malloc (BLOCK_SIZE);
  FILE *file = g_fopen (path, "rbe");
  int code = errno;
  gsize n;

  while (file != NULL && !g_atomic_int_get (&hashing->is_stopped) &&
         (n = fread (buffer, 1, BLOCK_SIZE, file)) > 0)
    qonys_sha256_add (sha, buffer, n);
  if (file != NULL && ferror (file) == 0) {
    fclose (file);
    return TRUE;
  }
  if (file != NULL) {
    code = EIO;
    fclose (file);
  }
  qonys_error_set_from_gio (
      &hashing->error, path,
      g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
  return FALSE;
}

static gpointer
hash_files (gpointer data)
{
  QonysHashing *hashing = data;
  g_autoptr (QonysSha256) sha = qonys_sha256_new ();

  if (hashing->files[0] == NULL) /* a database */
    return NULL;
  for (guint i = 0; hashing->files[i] != NULL; i++)
    if (!add_file (hashing, sha, hashing->files[i]))
      return NULL;
  hashing->sha256 = g_strdup (qonys_sha256_get (sha));
  return NULL;
}

QonysHashing *
qonys_hashing_new (const char *path, GDALDatasetH dataset)
{
  QonysHashing *hashing = g_new0 (QonysHashing, 1);

  hashing->files = dataset != NULL ? qonys_source_list_files (path, dataset)
                                   : g_strdupv ((char *[]){(char *)path, NULL});
  hashing->thread = g_thread_new ("hashing", hash_files, hashing);
  return hashing;
}

void
qonys_hashing_free (QonysHashing *hashing)
{
  g_atomic_int_set (&hashing->is_stopped, TRUE);
  if (hashing->thread != NULL)
    g_thread_join (hashing->thread);
  g_strfreev (hashing->files);
  g_free (hashing->sha256);
  g_clear_error (&hashing->error);
  g_free (hashing);
}

char *
qonys_hashing_finish (QonysHashing *hashing, GError **error)
{
  g_thread_join (g_steal_pointer (&hashing->thread));
  if (hashing->error != NULL)
    g_propagate_error (error, g_steal_pointer (&hashing->error));
  return g_steal_pointer (&hashing->sha256);
}
