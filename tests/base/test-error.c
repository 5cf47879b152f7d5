/* Exit codes, and the sentences made of what GIO says. */
#include "support.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_exit_codes (void)
{
  static const struct {
    QonysError code;
    int exit_code;
  } cases[] = {
      {QONYS_ERROR_FAILED, 1},      {QONYS_ERROR_USAGE, 2},       {QONYS_ERROR_NOT_FOUND, 3},
      {QONYS_ERROR_PERMISSION, 4},  {QONYS_ERROR_LOCKED, 4},      {QONYS_ERROR_FORMAT, 5},
      {QONYS_ERROR_NEWER, 5},       {QONYS_ERROR_NO_GEOMETRY, 6}, {QONYS_ERROR_CRS, 6},
      {QONYS_ERROR_WRONG_PLACE, 6}, {QONYS_ERROR_FIELDS, 7},      {QONYS_ERROR_PERSONAL_DATA, 8},
      {QONYS_ERROR_REFUSED, 9},     {QONYS_ERROR_CANCELLED, 130},
  };
  static const struct {
    GQuark (*domain) (void);
    int code, exit_code;
  } foreign[] = {
      {g_io_error_quark, G_IO_ERROR_NOT_FOUND, 3},
      {g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, 4},
      {g_io_error_quark, G_IO_ERROR_CANCELLED, 130},
      {g_io_error_quark, G_IO_ERROR_TIMED_OUT, 1},
      {g_file_error_quark, G_FILE_ERROR_NOENT, 3},
      {g_file_error_quark, G_FILE_ERROR_ACCES, 4},
      {g_file_error_quark, G_FILE_ERROR_ROFS, 4},
      {g_option_error_quark, G_OPTION_ERROR_BAD_VALUE, 2},
      {g_markup_error_quark, G_MARKUP_ERROR_EMPTY, 1},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (QONYS_ERROR, cases[i].code, "x");
    g_assert_cmpint (qonys_error_get_exit_code (error), ==, cases[i].exit_code);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++) {
    g_autoptr (GError) error = g_error_new_literal (foreign[i].domain (), foreign[i].code, "x");
    g_assert_cmpint (qonys_error_get_exit_code (error), ==, foreign[i].exit_code);
  }
}

/* What GIO and GLib really say about a file that is not there, is a folder, is taken. */
static void
test_from_files (void)
{
  g_autofree char *contents = NULL;
  g_autofree char *missing = g_build_filename (support_temp_dir (), "жоқ.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (missing);
  g_autoptr (GFile) folder = g_file_new_for_path (support_temp_dir ());
  g_autoptr (GError) error = NULL;
  GError *source = NULL;

  g_assert_false (g_file_get_contents (missing, &contents, NULL, &source));
  qonys_error_set_from_gio (&error, missing, source);
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "жоқ.csv”"));
  g_clear_error (&error);

  source = NULL;
  g_assert_null (g_file_read (file, NULL, &source));
  qonys_error_set_from_gio (&error, missing, source);
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  source = NULL;
  g_assert_false (g_file_get_contents (g_file_peek_path (folder), &contents, NULL, &source));
  qonys_error_set_from_gio (&error, g_file_peek_path (folder), source);
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT);
  g_clear_error (&error);

  source = NULL;
  g_assert_null (g_file_create (folder, G_FILE_CREATE_NONE, NULL, &source));
  qonys_error_set_from_gio (&error, g_file_peek_path (folder), source);
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "Choose another name"));
}

static void
test_from_codes (void)
{
  static const struct {
    int code;
    QonysError cause;
    const char *words;
  } cases[] = {
      {G_IO_ERROR_PERMISSION_DENIED, QONYS_ERROR_PERMISSION, "Ask its owner"},
      {G_IO_ERROR_READ_ONLY, QONYS_ERROR_PERMISSION, "another place"},
      {G_IO_ERROR_NO_SPACE, QONYS_ERROR_FAILED, "Free some space"},
      {G_IO_ERROR_CANCELLED, QONYS_ERROR_CANCELLED, "cancelled"},
      {G_IO_ERROR_BROKEN_PIPE, QONYS_ERROR_FAILED, "(own words)"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    qonys_error_set_from_gio (&error, "a.csv",
                              g_error_new_literal (G_IO_ERROR, cases[i].code, "own words"));
    g_assert_error (error, QONYS_ERROR, (int)cases[i].cause);
    g_assert_nonnull (strstr (error->message, cases[i].words));
  }
  /* Nobody asks: the source is freed all the same. */
  qonys_error_set_from_gio (NULL, "a.csv", g_error_new_literal (G_IO_ERROR, 0, "own words"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/exit-codes", test_exit_codes);
  g_test_add_func ("/base/error/from-files", test_from_files);
  g_test_add_func ("/base/error/from-codes", test_from_codes);
  return g_test_run ();
}
