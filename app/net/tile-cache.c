/*
 * Map tiles on disk, one file a tile: a head of three lines (what it is, its validators), then
 * the picture. At most some ten thousand files of about 15 kB; a load or a store is one open
 * file, making room is a walk over all of them once in a tenth of the cache.
 */
#include "net/tile-cache.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define MAGIC "qonys-tile-1"

struct _QonysTileCache {
  char *folder;
  guint64 max_bytes;

  GMutex lock;        /* of what follows */
  gint64 total_bytes; /* −1: not counted yet */
};

/* A file met while making room. */
typedef struct {
  char *path;
  gint64 bytes, modified_us;
} Found;

void
qonys_cached_tile_clear (QonysCachedTile *tile)
{
  g_clear_pointer (&tile->bytes, g_bytes_unref);
  g_clear_pointer (&tile->etag, g_free);
  g_clear_pointer (&tile->modified_at, g_free);
}

QonysTileCache *
qonys_tile_cache_new (const char *folder, guint64 max_bytes)
{
  QonysTileCache *cache = g_new0 (QonysTileCache, 1);

  cache->folder = g_strdup (folder);
  cache->max_bytes = max_bytes;
  cache->total_bytes = -1;
  g_mutex_init (&cache->lock);
  return cache;
}

void
qonys_tile_cache_free (QonysTileCache *cache)
{
  g_free (cache->folder);
  g_mutex_clear (&cache->lock);
  g_free (cache);
}

static char *
get_path (QonysTileCache *cache, int z, int x, int y)
{
  return g_strdup_printf ("%s/%d/%d/%d", cache->folder, z, x, y);
}

/* Takes a line off @text. Returns: (nullable): a copy, %NULL if it is empty. */
static char *
take_line (const char **text)
{
  const char *end = strchr (*text, '\n');
  char *line = end > *text ? g_strndup (*text, (gsize)(end - *text)) : NULL;

  *text = end + 1;
  return line;
}

gboolean
qonys_tile_cache_load (QonysTileCache *cache, int z, int x, int y, QonysCachedTile *tile)
{
  g_autofree char *path = get_path (cache, z, x, y), *contents = NULL;
  const char *text;
  gint64 expires_s;
  gsize length, n_bytes;
  int n_lines = 0, head = 0;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return FALSE;
  if (sscanf (contents, MAGIC " %" G_GINT64_FORMAT " %" G_GSIZE_FORMAT "%n", &expires_s, &n_bytes,
              &head) != 2 ||
      contents[head] != '\n')
    return FALSE;
  for (text = contents; n_lines < 3 && (text = strchr (text, '\n')) != NULL; text++)
    n_lines++;
  if (n_lines < 3 || length - (gsize)(text - contents) != n_bytes)
    return FALSE; /* torn: the writer was interrupted */

  text = contents + head + 1;
  tile->expires_s = expires_s;
  tile->etag = take_line (&text);
  tile->modified_at = take_line (&text);
  tile->bytes = g_bytes_new (text, n_bytes);
  return TRUE;
}

static void
found_clear (gpointer data)
{
  g_free (((Found *)data)->path);
}

static void
find_files (const char *folder, GArray *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf status;

    if (g_lstat (path, &status) != 0)
      continue;
    if (S_ISDIR (status.st_mode)) {
      find_files (path, found);
    } else if (S_ISREG (status.st_mode)) {
      Found file = {g_steal_pointer (&path), status.st_size,
                    (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000};
      g_array_append_val (found, file);
    }
  }
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const Found *)a)->modified_us, two = ((const Found *)b)->modified_us;

  return (one > two) - (one < two);
}

/* Counts the files and, if they are too many, removes the oldest. With the lock held. */
static void
make_room (QonysTileCache *cache)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));

  g_array_set_clear_func (found, found_clear);
  find_files (cache->folder, found);
  cache->total_bytes = 0;
  for (guint i = 0; i < found->len; i++)
    cache->total_bytes += g_array_index (found, Found, i).bytes;
  if ((guint64)cache->total_bytes <= cache->max_bytes)
    return;

  g_array_sort (found, compare_age);
  for (guint i = 0;
       i < found->len && (guint64)cache->total_bytes > cache->max_bytes - cache->max_bytes / 10;
       i++) {
    const Found *file = &g_array_index (found, Found, i);
    if (g_remove (file->path) == 0)
      cache->total_bytes -= file->bytes;
  }
}

void
qonys_tile_cache_store (QonysTileCache *cache, int z, int x, int y, const QonysCachedTile *tile)
{
  g_autofree char *path = get_path (cache, z, x, y), *folder = g_path_get_dirname (path);
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  g_autofree char *head = NULL;
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (tile->bytes, &n_bytes);

  head = g_strdup_printf (MAGIC " %" G_GINT64_FORMAT " %" G_GSIZE_FORMAT "\n%s\n%s\n",
                          tile->expires_s, n_bytes, tile->etag != NULL ? tile->etag : "",
                          tile->modified_at != NULL ? tile->modified_at : "");
  g_byte_array_append (contents, (const guint8 *)head, (guint)strlen (head));
  g_byte_array_append (contents, bytes, (guint)n_bytes);

  g_mutex_lock (&cache->lock);
  /* No fsync for what can be fetched again; the length in the head tells a torn file. GLib 2.74
   * does not shorten a file it writes over, so the old one goes first. */
  g_unlink (path);
  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (path, (const char *)contents->data, contents->len,
                                G_FILE_SET_CONTENTS_NONE, 0600, NULL)) {
    if (cache->total_bytes >= 0)
      cache->total_bytes += contents->len;
    if (cache->total_bytes < 0 || (guint64)cache->total_bytes > cache->max_bytes)
      make_room (cache);
  }
  g_mutex_unlock (&cache->lock);
}
