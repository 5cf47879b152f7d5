/*
 * What is in a zip archive. Its directory is read, once or twice a file; about a microsecond a
 * member.
 */
#include "store/archive.h"

#include "base/error.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFIX "/vsizip/{"
#define IS_ENCRYPTED 1 /* of a member's flags */

/* The most sure first: beside a table there may lie a readme. */
static const char *const ENDINGS[] = {".gpkg", ".shp",  ".gdb", ".geojson", ".geojsonl", ".fgb",
                                      ".kmz",  ".kml",  ".gml", ".sqlite",  ".tab",      ".mif",
                                      ".xlsx", ".xlsm", ".ods", ".xls",     ".csv",      ".tsv",
                                      ".json", ".dbf",  ".txt", NULL};

static gboolean
has_ending (const char *name, gsize length, const char *ending)
{
  gsize ending_length = strlen (ending);

  return length > ending_length &&
         g_ascii_strncasecmp (name + length - ending_length, ending, ending_length) == 0;
}

gboolean
qonys_archive_is_one (const char *path)
{
  return has_ending (path, strlen (path), ".zip");
}

char *
qonys_archive_get_path (const char *path, const char *member)
{
  return g_strconcat (PREFIX, path, "}/", member, NULL);
}

char *
qonys_archive_get_file (const char *path)
{
  const char *end = g_str_has_prefix (path, PREFIX) ? strrchr (path, '}') : NULL;

  return end != NULL ? g_strndup (path + strlen (PREFIX), end - path - strlen (PREFIX)) : NULL;
}

/* A table by itself, not a part of another nor what a system left there. Returns: its ending's
 * place, −1 none */
static int
rate (char **members, const char *name)
{
  gsize length = strlen (name);
  g_autofree char *base = g_path_get_basename (name);

  if (length > 0 && name[length - 1] == '/')
    length--; /* a folder */
  if (strstr (name, "__MACOSX") != NULL || *base == '.' || g_str_has_prefix (base, "~$"))
    return -1;
  for (int i = 0; ENDINGS[i] != NULL; i++) {
    g_autofree char *outline = NULL;

    if (!has_ending (name, length, ENDINGS[i]))
      continue;
    outline = g_strdup_printf ("%.*s.shp", (int)(length - strlen (ENDINGS[i])), name);
    return g_str_equal (ENDINGS[i], ".dbf") && CSLFindString (members, outline) >= 0 ? -1 : i;
  }
  return -1;
}

static int
compare_members (gconstpointer a, gconstpointer b, gpointer members)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  int difference = rate (members, x) - rate (members, y);

  return difference != 0 ? difference : strcmp (x, y);
}

/* Does the first member want a password? */
static gboolean
is_encrypted (const char *path)
{
  guint8 head[8] = {0};
  VSILFILE *file = VSIFOpenL (path, "rb");
  gsize n = file != NULL ? VSIFReadL (head, 1, sizeof head, file) : 0;

  if (file != NULL)
    VSIFCloseL (file);
  return n == sizeof head && memcmp (head, "PK\3\4", 4) == 0 && (head[6] & IS_ENCRYPTED) != 0;
}

GStrv
qonys_archive_list (const char *path, GError **error)
{
  g_autofree char *folder = g_strconcat (PREFIX, path, "}", NULL);
  g_autofree char *name = g_filename_display_basename (path);
  char **members = VSIReadDirRecursive (folder);
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    if (rate (members, members[i]) >= 0) {
      g_autofree char *valid = g_utf8_make_valid (members[i], -1);

      if (g_str_equal (valid, members[i]))
        g_ptr_array_add (tables, g_steal_pointer (&valid));
    }
  g_ptr_array_sort_with_data (tables, compare_members, members);
  if (is_encrypted (path)) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("The archive “%s” has a password. Unpack it and choose the file within."),
                 name);
    g_ptr_array_set_size (tables, 0);
  } else if (members == NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” cannot be read: it is damaged, cut off or of another format than its "
                    "name says. Ask the supplier to send it again."),
                 name);
  } else if (tables->len == 0) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("There is no table in the archive “%s”. Unpack it and choose the file within."),
                 name);
  }
  CSLDestroy (members);
  if (tables->len == 0) {
    g_ptr_array_free (tables, TRUE);
    return NULL;
  }
  g_ptr_array_add (tables, NULL);
  return (GStrv)g_ptr_array_free (tables, FALSE);
}
