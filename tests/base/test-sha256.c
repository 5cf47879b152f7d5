/* SHA-256 against GLib's, in pieces of random length. */

#include "base/sha256.h"

static void
test_against_glib (void)
{
  for (guint round = 0; round < 50; round++) {
    g_autoptr (QonysSha256) sha = qonys_sha256_new ();
    g_autoptr (GChecksum) expected = g_checksum_new (G_CHECKSUM_SHA256);
    guint8 bytes[300];

    for (guint piece = 0; piece < round; piece++) {
      gsize n = g_test_rand_int_range (0, sizeof bytes);

      for (gsize i = 0; i < n; i++)
        bytes[i] = (guint8)g_test_rand_int ();
      qonys_sha256_add (sha, bytes, n);
      g_checksum_update (expected, bytes, n);
    }
    g_assert_cmpstr (qonys_sha256_get (sha), ==, g_checksum_get_string (expected));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sha256/against-glib", test_against_glib);
  return g_test_run ();
}
