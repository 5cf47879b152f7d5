/* What is the matter with a file that cannot be opened or written: asked once, after it failed or
 * when it is opened. */

#include "store/sqlite.h"
#include "store/store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* As the process is now, which is as whom files are opened. */
static gboolean
may (const char *path, int what)
{
  return faccessat (AT_FDCWD, path, what, AT_EACCESS) == 0;
}

gboolean
qonys_store_is_read_only (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* SQLite's journal lies beside the file. */
  return may (path, R_OK) && !(may (path, W_OK) && may (folder, W_OK));
}

/* Are all pages there that the header counts? */
static gboolean
is_cut_off (const char *path, const guint8 head[32])
{
  GStatBuf info;
  guint page = (guint)head[16] << 8 | head[17];
  guint64 n = (guint64)head[28] << 24 | (guint64)head[29] << 16 | (guint64)head[30] << 8 | head[31];

  return g_stat (path, &info) == 0 && (guint64)info.st_size < n * (page == 1 ? 65536 : page);
}

gboolean
qonys_store_is_damaged (const char *path)
{
  guint8 head[32] = {0};
  FILE *file = g_fopen (path, "rb");
  gboolean is_database = file != NULL && fread (head, 1, sizeof head, file) == sizeof head &&
                         memcmp (head, "SQLite format 3", 16) == 0;
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (sqlite3_stmt) check = NULL;
  int code = SQLITE_OK;

  if (file != NULL)
    fclose (file);
  if (!is_database)
    return FALSE;
  if (is_cut_off (path, head) || qonys_sqlite_open (path, FALSE, &database) != SQLITE_OK)
    return TRUE;
  check = qonys_sqlite_prepare (database, "PRAGMA quick_check(1)");
  if (check == NULL)
    return sqlite3_errcode (database) != SQLITE_BUSY;
  if (!qonys_sqlite_next (check, &code))
    return code != SQLITE_BUSY;
  return g_strcmp0 ((const char *)sqlite3_column_text (check, 0), "ok") != 0;
}
