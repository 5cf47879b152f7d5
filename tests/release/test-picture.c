/* Pictures and files as such: formats, what they must not bear, targets that cannot be written. */

#include "release-support.h"

#include "base/error.h"

#include <cairo.h>
#include <glib/gstdio.h>

static QonysRelease *
make_release (QonysAudience audience)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;

  world->is_synthetic = TRUE;
  world_add_dwellings (world, 71.45, 51.12, 50, 8);
  world_add_dwellings (world, 71.55, 51.15, 60, 9);
  project = world_finish (world);
  return release_for (project, audience, "overcrowded_share");
}

static gboolean
draw (QonysRelease *release, const char *path, double width, GError **error)
{
  QonysStyle style = qonys_style_get_default ();
  QonysBox box =
      qonys_districts_get_box (qonys_project_get_districts (qonys_release_get_project (release)));

  return qonys_release_write_picture (release, &style, &box, "Астана", width, 500, path, NULL,
                                      error);
}

static char *
draw_and_read (const char *name, gsize *length)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autofree char *path = g_build_filename (support_temp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_assert_true (draw (release, path, 800, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  g_assert_null (g_strstr_len (bytes, *length, path));
  return bytes;
}

/* Signature, IHDR, IDAT, IEND: nothing that speaks of who and where. */
static void
test_png (void)
{
  gsize length;
  g_autofree char *bytes = draw_and_read ("x.png", &length);

  g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  for (gsize i = 8; i < length;) {
    guint32 size;

    memcpy (&size, bytes + i, 4);
    size = GUINT32_FROM_BE (size);
    g_assert_true (
        memcmp (bytes + i + 4, "tEXt", 4) != 0 && memcmp (bytes + i + 4, "iTXt", 4) != 0 &&
        memcmp (bytes + i + 4, "zTXt", 4) != 0 && memcmp (bytes + i + 4, "tIME", 4) != 0 &&
        memcmp (bytes + i + 4, "eXIf", 4) != 0);
    i += 12 + size;
  }
}

/* The file with its deflated streams inflated, NULs made spaces. */
static char *
inflate_streams (const char *bytes, gsize length)
{
  GString *plain = g_string_new_len (bytes, length);
  const char *end = bytes + length;

  for (const char *p = g_strstr_len (bytes, length, "stream\n"); p != NULL;
       p = g_strstr_len (p, end - p, "stream\n")) {
    g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
    g_autofree char *buffer = g_malloc (1 << 20);
    gsize n_read, n_written;

    p += strlen ("stream\n");
    if (g_converter_convert (G_CONVERTER (zlib), p, end - p, buffer, 1 << 20, G_CONVERTER_NO_FLAGS,
                             &n_read, &n_written, NULL) != G_CONVERTER_ERROR)
      g_string_append_len (plain, buffer, n_written);
  }
  for (gsize i = 0; i < plain->len; i++)
    if (plain->str[i] == '\0')
      plain->str[i] = ' ';
  return g_string_free (plain, FALSE);
}

static void
test_pdf (void)
{
  gsize length;
  g_autofree char *bytes = draw_and_read ("x.pdf", &length);

  g_autofree char *plain = inflate_streams (bytes, length);

  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  g_assert_nonnull (strstr (plain, "/Title"));
  g_assert_null (strstr (plain, "/Author"));
}

static void
test_svg (void)
{
  gsize length;
  g_autofree char *bytes = draw_and_read ("x.svg", &length);

  g_assert_nonnull (strstr (bytes, "<svg"));
  g_assert_nonnull (strstr (bytes, "width=\"800px\""));
}

static void
test_unknown_format (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (GError) error = NULL;

  g_assert_false (draw (release, "/nowhere/x.bmp", 800, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_USAGE);
}

static void
test_wrong_size (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autofree char *path = g_build_filename (support_temp_dir (), "x.png", NULL);
  const double widths[] = {0, -5, 1e9, G_MAXDOUBLE};

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (draw (release, path, widths[i], &error));
    g_assert_error (error, QONYS_ERROR, QONYS_ERROR_USAGE);
  }
}

static void
test_no_such_folder (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (GError) error = NULL;

  g_assert_false (draw (release, "/nowhere/at/all/x.png", 800, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
}

static void
test_folder_as_target (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autofree char *path = g_build_filename (support_temp_dir (), "x.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_false (draw (release, path, 800, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
}

/* A full disk: an error, and nothing in place of what was there. */
static void
test_full_disk (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS)) {
    g_test_skip ("no /dev/full here");
    return;
  }
  g_assert_false (qonys_release_write_csv (release, "cells", "/dev/full", NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test ("/dev/full", G_FILE_TEST_EXISTS));
}

/* What was there stays until the new file is whole; no half-written neighbours stay behind. */
static void
test_replaced_whole (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  const char *folder = support_temp_dir ();
  g_autofree char *path = g_build_filename (folder, "x.csv", NULL), *text = NULL;
  g_autoptr (GDir) dir = NULL;
  guint n = 0;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (qonys_release_write_csv (release, "dwellings", path, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_true (qonys_release_write_csv (release, "cells", path, NULL, NULL));
  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 1);
}

static void
test_cancelled (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_PUBLIC);
  g_autofree char *path = g_build_filename (support_temp_dir (), "x.csv", NULL);
  g_autoptr (QonysJob) job = qonys_job_new ("test");
  g_autoptr (GError) error = NULL;

  qonys_job_cancel (job);
  g_assert_false (qonys_release_write_csv (release, "cells", path, job, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A restricted file is its owner's alone. */
static void
test_restricted_mode (void)
{
  g_autoptr (QonysRelease) release = make_release (QONYS_AUDIENCE_OFFICIAL);
  g_autofree char *path = g_build_filename (support_temp_dir (), "x.csv", NULL);
  GStatBuf status;

  g_assert_true (qonys_release_write_csv (release, "dwellings", path, NULL, NULL));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/picture/png", test_png);
  g_test_add_func ("/release/picture/pdf", test_pdf);
  g_test_add_func ("/release/picture/svg", test_svg);
  g_test_add_func ("/release/picture/unknown-format", test_unknown_format);
  g_test_add_func ("/release/picture/wrong-size", test_wrong_size);
  g_test_add_func ("/release/picture/no-such-folder", test_no_such_folder);
  g_test_add_func ("/release/picture/folder-as-target", test_folder_as_target);
  g_test_add_func ("/release/picture/full-disk", test_full_disk);
  g_test_add_func ("/release/picture/replaced-whole", test_replaced_whole);
  g_test_add_func ("/release/picture/cancelled", test_cancelled);
  g_test_add_func ("/release/picture/restricted-mode", test_restricted_mode);
  return release_test_run ();
}
