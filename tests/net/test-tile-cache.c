/* Tiles on disk: what is stored is loaded, what is torn is not, the oldest make room. */
#include "support.h"

#include "net/tile-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

static QonysCachedTile
make_tile (const char *text, gsize n_bytes)
{
  g_autofree char *bytes = g_malloc0 (n_bytes + 1);

  g_strlcpy (bytes, text, n_bytes + 1);
  return (QonysCachedTile){.bytes = g_bytes_new (bytes, n_bytes), .expires_s = 1234567890};
}

static void
store (QonysTileCache *cache, int x, const char *text, gsize n_bytes)
{
  QonysCachedTile tile = make_tile (text, n_bytes);

  qonys_tile_cache_store (cache, 5, x, 7, &tile);
  qonys_cached_tile_clear (&tile);
}

static gboolean
has (QonysTileCache *cache, int x)
{
  QonysCachedTile tile = {0};
  gboolean found = qonys_tile_cache_load (cache, 5, x, 7, &tile);

  qonys_cached_tile_clear (&tile);
  return found;
}

static void
test_store_and_load (void)
{
  g_autofree char *folder = g_build_filename (support_temp_dir (), "new", "cache", NULL);
  QonysTileCache *cache = qonys_tile_cache_new (folder, 1 << 20);
  QonysCachedTile tile = make_tile ("a\nb\0c", 100), loaded = {0};
  GStatBuf status;

  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (has (cache, 6));
  tile.etag = g_strdup ("W/\"abc def\"");
  qonys_tile_cache_store (cache, 5, 6, 7, &tile);
  g_assert_true (qonys_tile_cache_load (cache, 5, 6, 7, &loaded));
  g_assert_true (g_bytes_equal (tile.bytes, loaded.bytes));
  g_assert_cmpint (loaded.expires_s, ==, 1234567890);
  g_assert_cmpstr (loaded.etag, ==, "W/\"abc def\"");
  g_assert_null (loaded.modified_at);
  g_assert_false (has (cache, 7));
  qonys_cached_tile_clear (&loaded);

  /* Again: the shorter one replaces the whole. */
  qonys_cached_tile_clear (&tile);
  tile = make_tile ("x", 1);
  tile.modified_at = g_strdup ("Thu, 25 Jan 2024 12:00:00 GMT");
  qonys_tile_cache_store (cache, 5, 6, 7, &tile);
  g_assert_true (qonys_tile_cache_load (cache, 5, 6, 7, &loaded));
  g_assert_true (g_bytes_equal (tile.bytes, loaded.bytes));
  g_assert_null (loaded.etag);
  g_assert_cmpstr (loaded.modified_at, ==, tile.modified_at);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  qonys_cached_tile_clear (&loaded);
  qonys_cached_tile_clear (&tile);
  qonys_tile_cache_free (cache);
}

/* Every beginning of a file, and files of others, are no tiles. */
static void
test_torn (void)
{
  const char *folder = support_temp_dir ();
  QonysTileCache *cache = qonys_tile_cache_new (folder, 1 << 20);
  g_autofree char *path = g_build_filename (folder, "5", "6", "7", NULL), *whole = NULL;
  static const char *const others[] = {"",
                                       "\n\n\n",
                                       "qonys-tile-1 5 3\n\n\nab",
                                       "qonys-tile-1 5 3\n\n\nabcd",
                                       "qonys-tile-1 5 99999999999\n\n\nabc",
                                       "qonys-tile-1 5 3 \n\n\nabc",
                                       "qonys-tile-2 5 3\n\n\nabc",
                                       "qonys-tile-1 5 3\nabc",
                                       "\x89PNG\r\n\x1a\n"};
  gsize length;

  store (cache, 6, "picture", 7);
  g_assert_true (has (cache, 6));
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  for (gsize n = 0; n < length; n++) {
    g_assert_true (g_file_set_contents (path, whole, (gssize)n, NULL));
    g_assert_false (has (cache, 6));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_true (g_file_set_contents (path, others[i], -1, NULL));
    if (has (cache, 6))
      g_error ("taken for a tile: %s", others[i]);
  }
  g_assert_true (g_file_set_contents (path, "qonys-tile-1 5 3\n\n\nabc", -1, NULL));
  g_assert_true (has (cache, 6));
  qonys_tile_cache_free (cache);
}

static void
set_age (const char *folder, int x, int age_s)
{
  g_autofree char *path = g_strdup_printf ("%s/5/%d/7", folder, x);
  gint64 then = g_get_real_time () / G_USEC_PER_SEC - age_s;

  g_assert_cmpint (g_utime (path, &(struct utimbuf){.actime = then, .modtime = then}), ==, 0);
}

static void
test_oldest_go (void)
{
  const char *folder = support_temp_dir ();
  QonysTileCache *cache = qonys_tile_cache_new (folder, 10500);

  for (int x = 0; x < 10; x++) {
    store (cache, x, "t", 1000);                     /* and some 30 bytes of head */
    set_age (folder, x, 1000 + (x == 3 ? 5000 : x)); /* 3 is the oldest, then 9, 8 … */
  }
  for (int x = 0; x < 10; x++)
    g_assert_true (has (cache, x));
  store (cache, 20, "t", 1000); /* down to 9450: two must go */
  g_assert_true (has (cache, 20));
  for (int x = 0; x < 10; x++)
    g_assert_cmpint (has (cache, x), ==, x != 3 && x != 9);
  qonys_tile_cache_free (cache);

  /* A new run counts what the old one left. */
  cache = qonys_tile_cache_new (folder, 5250);
  store (cache, 21, "t", 1000);
  g_assert_true (has (cache, 20) && has (cache, 21));
  for (int x = 0; x < 10; x++)
    g_assert_cmpint (has (cache, x), ==, x <= 1);
  qonys_tile_cache_free (cache);
}

static void
test_cannot_write (void)
{
  g_autofree char *file = g_build_filename (support_temp_dir (), "file", NULL);
  g_autofree char *folder = g_build_filename (file, "cache", NULL);
  QonysTileCache *cache = qonys_tile_cache_new (folder, 1 << 20);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  store (cache, 6, "t", 10);
  g_assert_false (has (cache, 6));
  qonys_tile_cache_free (cache);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/tile-cache/store-and-load", test_store_and_load);
  g_test_add_func ("/net/tile-cache/torn", test_torn);
  g_test_add_func ("/net/tile-cache/oldest-go", test_oldest_go);
  g_test_add_func ("/net/tile-cache/cannot-write", test_cannot_write);
  return g_test_run ();
}
