/* Disks that fail: the n-th operation on a project's files, for every n; a disk that is full; a
 * limit of the file's size. The file opens, an edit is there whole or not at all, and what went
 * wrong is a sentence. */

#include "store-plan.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#ifdef __SANITIZE_ADDRESS__
#define VERSION_1_STEP 7 /* making tables takes some 300 operations */
#else
#define VERSION_1_STEP 1
#endif

/* ---- a file system between SQLite and the real one ---- */

typedef enum { WRITES = 1, READS = 2, LOCKS = 4 } Operations;

static struct {
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  Operations operations;
  guint n_left;       /* until the one that fails; 0: none fails */
  gboolean is_broken; /* one has failed */
  gboolean stays;     /* and all after it fail too */
  int code;
} disk;

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
} DiskFile;

static gboolean
fails (Operations operation)
{
  if ((disk.operations & operation) == 0)
    return FALSE;
  if (disk.is_broken)
    return disk.stays;
  if (disk.n_left == 0 || --disk.n_left > 0)
    return FALSE;
  disk.is_broken = TRUE;
  return TRUE;
}

#define REAL(file) (((DiskFile *)(file))->real)
#define CALL(file, method, ...) REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__)

static int
disk_close (sqlite3_file *file)
{
  int code = CALL (file, xClose);

  g_free (REAL (file));
  return code;
}

static int
disk_read (sqlite3_file *file, void *buffer, int n, sqlite3_int64 at)
{
  return fails (READS) ? SQLITE_IOERR_READ : CALL (file, xRead, buffer, n, at);
}

/* What fails is half written. */
static int
disk_write (sqlite3_file *file, const void *buffer, int n, sqlite3_int64 at)
{
  if (!fails (WRITES))
    return CALL (file, xWrite, buffer, n, at);
  CALL (file, xWrite, buffer, n / 2, at);
  return disk.code;
}

static int
disk_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return fails (WRITES) ? SQLITE_IOERR_TRUNCATE : CALL (file, xTruncate, size);
}

static int
disk_sync (sqlite3_file *file, int flags)
{
  return fails (WRITES) ? SQLITE_IOERR_FSYNC : CALL (file, xSync, flags);
}

static int
disk_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return CALL (file, xFileSize, size);
}

static int
disk_lock (sqlite3_file *file, int level)
{
  return fails (LOCKS) ? disk.code : CALL (file, xLock, level);
}

static int
disk_unlock (sqlite3_file *file, int level)
{
  return CALL (file, xUnlock, level);
}

static int
disk_check_lock (sqlite3_file *file, int *is_locked)
{
  return CALL (file, xCheckReservedLock, is_locked);
}

static int
disk_control (sqlite3_file *file, int operation, void *argument)
{
  return CALL (file, xFileControl, operation, argument);
}

static int
disk_sector (sqlite3_file *file)
{
  return CALL (file, xSectorSize);
}

static int
disk_traits (sqlite3_file *file)
{
  return CALL (file, xDeviceCharacteristics);
}

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  static const sqlite3_io_methods METHODS = {
      .iVersion = 1,
      .xClose = disk_close,
      .xRead = disk_read,
      .xWrite = disk_write,
      .xTruncate = disk_truncate,
      .xSync = disk_sync,
      .xFileSize = disk_size,
      .xLock = disk_lock,
      .xUnlock = disk_unlock,
      .xCheckReservedLock = disk_check_lock,
      .xFileControl = disk_control,
      .xSectorSize = disk_sector,
      .xDeviceCharacteristics = disk_traits,
  };
  DiskFile *own = (DiskFile *)file;
  int code;

  own->base.pMethods = NULL;
  own->real = g_malloc0 ((gsize)disk.real->szOsFile);
  code = disk.real->xOpen (disk.real, name, own->real, flags, out_flags);
  if (code == SQLITE_OK)
    own->base.pMethods = &METHODS;
  else
    g_free (own->real);
  return code;
}

static int
disk_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  return fails (WRITES) ? SQLITE_IOERR_DELETE : disk.real->xDelete (disk.real, name, sync);
}

static void
put_disk_between (void)
{
  disk.real = sqlite3_vfs_find (NULL);
  disk.vfs = *disk.real;
  disk.vfs.zName = "failing";
  disk.vfs.szOsFile = sizeof (DiskFile);
  disk.vfs.xOpen = disk_open;
  disk.vfs.xDelete = disk_delete;
  g_assert_cmpint (sqlite3_vfs_register (&disk.vfs, TRUE), ==, SQLITE_OK);
}

static void
break_disk (Operations operations, guint n, gboolean stays, int code)
{
  disk.operations = operations;
  disk.n_left = n;
  disk.is_broken = FALSE;
  disk.stays = stays;
  disk.code = code;
}

static gboolean
mend_disk (void)
{
  gboolean was_broken = disk.is_broken;

  break_disk (0, 0, FALSE, SQLITE_OK);
  return was_broken;
}

/* ---- what is told ---- */

/* A sentence with a cure, about this file or the change. */
static void
assert_sentence (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == QONYS_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 40);
  g_assert_nonnull (strchr (error->message, '.'));
}

/* The state in the file is one of the two, and so is its journal. Returns: whether it is the
 * later one */
static gboolean
assert_whole (PlanFile *file, const QonysPlan *before, const QonysPlan *after,
              const char *first_hash)
{
  g_autofree char *old = qonys_plan_get_hash (before), *new = qonys_plan_get_hash (after);
  g_autofree char *hash = NULL;

  plan_file_reopen (file);
  hash = qonys_plan_get_hash (file->plan);
  if (!g_str_equal (hash, new))
    g_assert_cmpstr (hash, ==, old);
  assert_journal (file, first_hash);
  g_assert_cmpint (
      query_sql (file->path,
                 "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
      ==, 1);
  return g_str_equal (hash, new);
}

/* ---- tests ---- */

typedef struct {
  gboolean stays;
  int code;
  gboolean is_version_1;
} Case;

static void
test_writes (gconstpointer data)
{
  const Case *what = data;
  g_auto (PlanFile) file = {0};
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autofree char *first_hash = NULL;
  gboolean was_broken = TRUE;
  guint n = 0, n_errors = 0;
  g_autofree char *bytes = NULL;
  gsize length;

  plan_file_init (&file, "city.gpkg");
  if (what->is_version_1)
    make_version_1 (file.path);
  plan_file_reopen (&file);
  first_hash = qonys_plan_get_hash (file.plan);
  g_file_get_contents (file.path, &bytes, &length, NULL);
  while (was_broken) {
    g_autoptr (QonysEdit) edit = make_random_edit (rand, &file);
    g_autoptr (QonysPlan) before = qonys_plan_ref (file.plan);
    g_autoptr (QonysPlan) after = qonys_plan_apply (before, edit, NULL);
    g_autoptr (GError) error = NULL;
    gboolean ok, is_there;

    n += what->is_version_1 ? VERSION_1_STEP : 1;
    break_disk (WRITES, n, what->stays, what->code);
    ok = qonys_store_apply_edit (file.path, edit, qonys_history_get_last_number (file.history),
                                 &error);
    was_broken = mend_disk ();
    is_there = assert_whole (&file, before, after, first_hash);
    if (ok)
      g_assert_true (is_there);
    else
      assert_sentence (error);
    n_errors += !ok;
    if (what->is_version_1 && was_broken) { /* again from the beginning */
      g_assert_true (g_file_set_contents (file.path, bytes, (gssize)length, NULL));
      plan_file_reopen (&file);
    }
  }
  g_test_message ("up to operation %u, %u failures told", n, n_errors);
  g_assert_cmpuint (n_errors, >, 5);
}

/* A hole that is read is told, never taken for the end of what people wrote. */
static void
test_reads (void)
{
  g_auto (PlanFile) file = {0};
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autofree char *want = NULL;
  gboolean was_broken = TRUE;
  guint n = 0, n_errors = 0;
  gint64 last;

  plan_file_init (&file, "city.gpkg");
  for (guint i = 0; i < 60; i++) {
    g_autoptr (QonysEdit) edit = make_random_edit (rand, &file);

    g_assert_true (plan_file_apply (&file, edit, NULL));
  }
  want = qonys_plan_get_hash (file.plan);
  last = qonys_history_get_last_number (file.history);
  while (was_broken) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysHistory) history = NULL;
    g_autoptr (QonysPlan) plan = NULL;

    n++;
    break_disk (READS, n, n % 2 == 0, SQLITE_IOERR_READ);
    plan = qonys_store_read_plan (file.path, &history, NULL, &error);
    was_broken = mend_disk ();
    if (plan != NULL) {
      g_autofree char *hash = qonys_plan_get_hash (plan);

      g_assert_cmpstr (hash, ==, want);
      g_assert_cmpint (qonys_history_get_last_number (history), ==, last);
    } else {
      assert_sentence (error);
      n_errors++;
    }
    plan_file_reopen (&file);
    g_assert_cmpint (qonys_history_get_last_number (file.history), ==, last);
  }
  g_test_message ("%u reads failed, %u of them were told", n - 1, n_errors);
  g_assert_cmpuint (n_errors, >, 5);
}

/* A share whose locks fail, or are held for ever by a machine that is gone: each is told, and no
 * edit is half there. */
static void
test_locks (gconstpointer data)
{
  const Case *what = data;
  g_auto (PlanFile) file = {0};
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *first_hash = NULL;
  gboolean was_broken = TRUE;
  guint n_errors = 0;

  plan_file_init (&file, "city.gpkg");
  first_hash = qonys_plan_get_hash (file.plan);
  /* Each lock that stays taken is waited for two seconds. */
  for (guint n = 1; was_broken && (what->code != SQLITE_BUSY || n <= 3); n++) {
    g_autoptr (QonysEdit) edit = make_random_edit (rand, &file);
    g_autoptr (QonysPlan) before = qonys_plan_ref (file.plan);
    g_autoptr (QonysPlan) after = qonys_plan_apply (before, edit, NULL);
    g_autoptr (GError) error = NULL;
    gboolean ok, is_there;

    break_disk (LOCKS, n, what->stays, what->code);
    ok = qonys_store_apply_edit (file.path, edit, qonys_history_get_last_number (file.history),
                                 &error);
    was_broken = mend_disk ();
    is_there = assert_whole (&file, before, after, first_hash);
    g_assert_true (is_there == ok);
    if (!ok) {
      assert_sentence (error);
      g_assert_true (what->code != SQLITE_BUSY ||
                     g_error_matches (error, QONYS_ERROR, QONYS_ERROR_LOCKED));
    }
    n_errors += !ok;
  }
  g_assert_cmpuint (n_errors, >=, 3);
}

/* The system's own limit, in steps up to what an edit needs. */
static void
test_size_limit (void)
{
  g_auto (PlanFile) file = {0};
  g_autoptr (QonysEdit) edit = NULL;
  g_autoptr (QonysEntry) item = NULL;
  g_autofree char *text = g_strnfill (40000, 'a');
  g_autofree char *first_hash = NULL;
  const char *values[QONYS_ITEM_N_FIELDS] = {
      [QONYS_ITEM_PROBLEM] = "P01", [QONYS_ITEM_PLACE_KIND] = "city", [QONYS_ITEM_TEXT_EN] = text};
  struct rlimit limit, all;
  gboolean ok = FALSE;
  guint n_errors = 0;
  GStatBuf facts;

  plan_file_init (&file, "city.gpkg");
  first_hash = qonys_plan_get_hash (file.plan);
  item = qonys_entry_new (QONYS_ENTRY_ITEM, "long", values);
  edit = qonys_edit_new ("item.add", NULL, NULL, NULL);
  qonys_edit_add (edit, NULL, item);
  g_assert_cmpint (g_stat (file.path, &facts), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &all), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  for (rlim_t size = 0; !ok;
       size += size < (rlim_t)facts.st_size ? (rlim_t)facts.st_size / 4 : 4096) {
    g_autoptr (QonysPlan) before = qonys_plan_ref (file.plan);
    g_autoptr (QonysPlan) after = qonys_plan_apply (before, edit, NULL);
    g_autoptr (GError) error = NULL;

    limit = (struct rlimit){.rlim_cur = size, .rlim_max = all.rlim_max};
    setrlimit (RLIMIT_FSIZE, &limit);
    ok = qonys_store_apply_edit (file.path, edit, 0, &error);
    setrlimit (RLIMIT_FSIZE, &all);
    if (!ok)
      assert_sentence (error);
    n_errors += !ok;
    g_assert_true (assert_whole (&file, before, after, first_hash) == ok);
  }
  signal (SIGXFSZ, SIG_DFL);
  g_assert_cmpuint (n_errors, >, 5);
}

int
main (int argc, char **argv)
{
  static const Case CASES[] = {
      {FALSE, SQLITE_IOERR_WRITE, FALSE}, {TRUE, SQLITE_IOERR_WRITE, FALSE},
      {FALSE, SQLITE_FULL, FALSE},        {TRUE, SQLITE_FULL, FALSE},
      {FALSE, SQLITE_FULL, TRUE},         {TRUE, SQLITE_IOERR_WRITE, TRUE},
  };
  static const Case LOCK_CASES[] = {
      {FALSE, SQLITE_IOERR_LOCK, FALSE},
      {TRUE, SQLITE_IOERR_LOCK, FALSE},
      {TRUE, SQLITE_BUSY, FALSE},
  };

  g_test_init (&argc, &argv, NULL);
  put_disk_between ();
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *name = g_strdup_printf (
        "/store/io/writes/%s-%s-version-%d", CASES[i].code == SQLITE_FULL ? "full" : "error",
        CASES[i].stays ? "for-ever" : "once", CASES[i].is_version_1 ? 1 : 2);

    g_test_add_data_func (name, &CASES[i], test_writes);
  }
  g_test_add_data_func ("/store/io/locks/error-once", &LOCK_CASES[0], test_locks);
  g_test_add_data_func ("/store/io/locks/error-for-ever", &LOCK_CASES[1], test_locks);
  g_test_add_data_func ("/store/io/locks/held-for-ever", &LOCK_CASES[2], test_locks);
  g_test_add_func ("/store/io/reads", test_reads);
  g_test_add_func ("/store/io/size-limit", test_size_limit);
  return g_test_run ();
}
