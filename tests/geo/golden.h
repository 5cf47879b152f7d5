#pragma once

#include <gio/gio.h>

/* Answers of other programs to the same questions. They are not part of the project: the folder
 * $QONYS_SHARED or ../shared beside the sources is used where it exists. */

/** Returns: (transfer full) (nullable): the path of a file of reference, NULL where there is none
 */
static inline char *
golden_dup_path (const char *name)
{
  const char *shared = g_getenv ("QONYS_SHARED");
  g_autofree char *beside = g_build_filename (QONYS_SOURCE_ROOT, "..", "shared", NULL);
  g_autofree char *path =
      g_build_filename (shared != NULL ? shared : beside, "bench", "results", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/** A table without its header: (element-type char**). Skips the test where there is none. */
static inline GPtrArray *
golden_read (const char *name)
{
  g_autofree char *path = golden_dup_path (name), *text = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  if (path == NULL) {
    g_test_skip ("no reference results: set QONYS_SHARED to the folder that holds bench/results");
    g_ptr_array_unref (rows);
    return NULL;
  }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
  return rows;
}

static inline const char *
golden_get (GPtrArray *rows, gsize row, guint column)
{
  return ((char **)g_ptr_array_index (rows, row))[column];
}

static inline double
golden_get_number (GPtrArray *rows, gsize row, guint column)
{
  return g_ascii_strtod (golden_get (rows, row, column), NULL);
}

/** A column as numbers. Returns: (transfer full) */
static inline double *
golden_dup_column (GPtrArray *rows, guint column)
{
  double *values = g_new (double, rows->len);

  for (guint i = 0; i < rows->len; i++)
    values[i] = golden_get_number (rows, i, column);
  return values;
}
