/* SHA-256 against the standard's examples and GLib's, in every cutting. */

#include "release-support.h"

#include "release/sha256-private.h"

static char *
hash (const char *bytes, gsize length, gsize max_piece)
{
  QonysSha256 *sha = _qonys_sha256_new ();
  char *hex;

  for (gsize i = 0; i < length;) {
    gsize piece = (gsize)g_test_rand_int_range (1, (gint32)max_piece + 1);
    gsize n = MIN (length - i, piece);

    _qonys_sha256_update (sha, bytes + i, n);
    i += n;
  }
  g_assert_true (_qonys_sha256_get (sha) == _qonys_sha256_get (sha));
  hex = g_strdup (_qonys_sha256_get (sha));
  _qonys_sha256_free (sha);
  return hex;
}

static void
test_standard (void)
{
  g_autofree char *none = hash ("", 0, 1), *abc = hash ("abc", 3, 1);

  g_assert_cmpstr (none, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_like_glib (void)
{
  char bytes[1000];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (char)g_test_rand_int ();
  for (gsize length = 0; length < 300; length++) {
    g_autofree char *expected =
        g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_autofree char *found = hash (bytes, length, 150);

    g_assert_cmpstr (found, ==, expected);
  }
  for (guint round = 0; round < 200; round++) {
    gsize length = (gsize)g_test_rand_int_range (0, sizeof bytes);
    g_autofree char *expected =
        g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_autofree char *found = hash (bytes, length, 400);

    g_assert_cmpstr (found, ==, expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/sha256/standard", test_standard);
  g_test_add_func ("/release/sha256/like-glib", test_like_glib);
  return g_test_run ();
}
