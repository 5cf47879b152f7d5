/* The export log: one JSON line an export, a few a day, kept for years. Each line bears the hash
 * of the line before and its own, so a changed, lost or swapped line is noticed; a small file
 * beside it keeps the last hash, so a log cut at its end is noticed too. It is a guard against
 * mishaps and quiet edits, not against someone who rewrites both files with this very program.
 * Appending reads the last line only; checking reads the log once. */

#include "release/log-private.h"

#include "base/error.h"
#include "base/format.h"
#include "release/release-private.h"
#include "release/text-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define HASH_LENGTH 64
#define HASH_KEY ",\"hash\":\""
#define MAX_LINE 65536

static const char FIRST_HASH[] = "0000000000000000000000000000000000000000000000000000000000000000";

char *
qonys_release_log_get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "qonys", "export-log.jsonl", NULL);
}

static char *
get_head_path (const char *path)
{
  return g_strconcat (path, ".head", NULL);
}

/* Splits a line into its number, the hash of the one before, and its own hash, and checks that
 * the own one is right. @line need not end with NUL. */
static gboolean
read_line (const char *line, gsize length, gint64 *number, char previous[HASH_LENGTH + 1],
           char hash[HASH_LENGTH + 1])
{
  const gsize tail = strlen (HASH_KEY) + HASH_LENGTH + strlen ("\"}");
  static const char start[] = "{\"n\":", middle[] = ",\"previous\":\"";
  g_autofree char *computed = NULL;
  const char *key, *after;

  if (length < tail + HASH_LENGTH || !g_str_has_prefix (line, start))
    return FALSE;
  key = line + length - tail;
  if (strncmp (key, HASH_KEY, strlen (HASH_KEY)) != 0 || memcmp (line + length - 2, "\"}", 2) != 0)
    return FALSE;
  memcpy (hash, key + strlen (HASH_KEY), HASH_LENGTH);
  hash[HASH_LENGTH] = '\0';
  computed = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)line, key - line);
  if (!g_str_equal (computed, hash))
    return FALSE;

  *number = g_ascii_strtoll (line + strlen (start), (char **)&after, 10);
  if (strncmp (after, middle, strlen (middle)) != 0)
    return FALSE;
  g_strlcpy (previous, after + strlen (middle), HASH_LENGTH + 1);
  return TRUE;
}

/* The number and hash of the last line of an open log; 0 and the first hash of an empty one. */
static gboolean
read_last (int fd, gint64 *number, char hash[HASH_LENGTH + 1])
{
  char previous[HASH_LENGTH + 1];
  off_t size = lseek (fd, 0, SEEK_END);
  gsize length = MIN (size, MAX_LINE);
  g_autofree char *tail = g_malloc (length + 1);
  char *line;

  *number = 0;
  g_strlcpy (hash, FIRST_HASH, HASH_LENGTH + 1);
  if (size <= 0)
    return size == 0;
  if (pread (fd, tail, length, size - length) != (gssize)length || tail[length - 1] != '\n')
    return FALSE;
  tail[length - 1] = '\0';
  line = strrchr (tail, '\n');
  line = line != NULL ? line + 1 : tail;
  return read_line (line, strlen (line), number, previous, hash);
}

static void
add_member (QonysText *text, const char *key, const char *value)
{
  _qonys_text_add_char (text, ',');
  _qonys_text_add_json_string (text, key);
  _qonys_text_add_char (text, ':');
  if (value != NULL)
    _qonys_text_add_json_string (text, value);
  else
    _qonys_text_add_literal (text, "null");
}

static void
compose_line (QonysText *text, const QonysLogEntry *entry, gint64 number, const char *previous)
{
  const QonysRelease *release = entry->release;
  const GPtrArray *datasets = qonys_project_get_datasets (release->project);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S+05:00");
  g_autofree char *hash = NULL, *interval = _qonys_release_format_interval (release);
  guint n = 0;

  _qonys_text_add_literal (text, "{\"n\":");
  _qonys_text_add_int (text, number);
  add_member (text, "previous", previous);
  add_member (text, "time", time);
  add_member (text, "user", g_get_user_name ());
  add_member (text, "audience", _qonys_audience_get_id (release->audience));
  add_member (text, "purpose", release->purpose);
  _qonys_text_add_literal (text, ",\"threshold\":");
  _qonys_text_add_int (text, release->threshold);
  add_member (text, "layer", entry->layer);
  add_member (text, "filter", entry->filter);
  if (interval != NULL)
    add_member (text, "period", interval);
  add_member (text, "format", entry->format);
  if (entry->recipient != NULL)
    add_member (text, "recipient", entry->recipient);
  add_member (text, "file", entry->file_name);
  add_member (text, "sha256", entry->sha256);
  _qonys_text_add_literal (text, ",\"bytes\":");
  _qonys_text_add_int (text, entry->size);
  _qonys_text_add_literal (text, ",\"datasets\":[");
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);

    if (dataset->is_withdrawn)
      continue;
    if (n++ > 0)
      _qonys_text_add_char (text, ',');
    _qonys_text_add_json_string (text, dataset->sha256 != NULL ? dataset->sha256 : dataset->title);
  }
  _qonys_text_add_char (text, ']');
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text->data, text->length);
  _qonys_text_add (text, HASH_KEY, strlen (HASH_KEY));
  _qonys_text_add (text, hash, HASH_LENGTH);
  _qonys_text_add_literal (text, "\"}\n");
}

static gboolean
append_locked (int fd, const char *path, const QonysLogEntry *entry, GError **error)
{
  QonysText line = {0};
  char previous[HASH_LENGTH + 1];
  g_autofree char *head = NULL, *head_path = get_head_path (path);
  gint64 number;
  gboolean is_ok;
  off_t size;

  if (!read_last (fd, &number, previous)) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED,
                 _ ("The export log “%s” is damaged at its end, so nothing can be exported. Move "
                    "it to a safe place and tell whoever answers for it."),
                 path);
    return FALSE;
  }
  compose_line (&line, entry, number + 1, previous);
  head = g_strdup_printf ("%" G_GINT64_FORMAT " %.*s\n", number + 1, HASH_LENGTH,
                          line.data + line.length - strlen ("\"}\n") - HASH_LENGTH);
  size = lseek (fd, 0, SEEK_END);
  is_ok = write (fd, line.data, line.length) == (gssize)line.length;
  if (!is_ok) {
    int code = errno;

    /* Half a line would make the log unreadable for ever. */
    if (ftruncate (fd, size) != 0)
      code = errno;
    qonys_error_set_from_gio (
        error, path,
        g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
  } else {
    GError *failure = NULL;

    is_ok = g_file_set_contents_full (head_path, head, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                      &failure);
    if (!is_ok)
      qonys_error_set_from_gio (error, head_path, failure);
  }
  _qonys_text_clear (&line);
  return is_ok;
}

gboolean
_qonys_log_append (const QonysLogEntry *entry, GError **error)
{
  g_autofree char *path = qonys_release_log_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean is_ok;
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = g_open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || flock (fd, LOCK_EX) != 0) {
    qonys_error_set_from_gio (
        error, path,
        g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno)));
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  is_ok = append_locked (fd, path, entry, error);
  close (fd);
  return is_ok;
}

static gboolean
fail_at (GError **error, const char *path, gint64 number)
{
  g_autofree char *line = qonys_format_int (number);

  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
               _ ("The export log “%s” was changed: line %s does not follow from the "
                  "one before. Compare it with a backup."),
               path, line);
  return FALSE;
}

/* Does the head file say that the log ends where it ends? One entry fewer is what a crash between
 * the two writes leaves. */
static gboolean
is_head_right (const char *head, gint64 n, const char *last, const char *last_but_one)
{
  char *hash;
  gint64 number = g_ascii_strtoll (head, &hash, 10);

  g_strstrip (hash);
  return (number == n && g_str_equal (hash, last)) ||
         (number == n - 1 && g_str_equal (hash, last_but_one));
}

gboolean
qonys_release_log_verify (const char *path, gint64 *n_entries, GError **error)
{
  g_autofree char *log = NULL, *head = NULL, *head_path = get_head_path (path);
  char last[HASH_LENGTH + 1], last_but_one[HASH_LENGTH + 1] = "";
  GError *failure = NULL;
  gsize length;
  gint64 n = 0;

  if (n_entries != NULL)
    *n_entries = 0;
  if (!g_file_get_contents (path, &log, &length, &failure)) {
    qonys_error_set_from_gio (error, path, failure);
    return FALSE;
  }

  g_strlcpy (last, FIRST_HASH, sizeof last);
  for (const char *line = log, *end; line < log + length; line = end + 1) {
    char previous[HASH_LENGTH + 1], hash[HASH_LENGTH + 1];
    gint64 number;

    end = memchr (line, '\n', log + length - line);
    if (end == NULL || !read_line (line, end - line, &number, previous, hash) || number != n + 1 ||
        !g_str_equal (previous, last))
      return fail_at (error, path, n + 1);
    g_strlcpy (last_but_one, last, sizeof last_but_one);
    g_strlcpy (last, hash, sizeof last);
    n++;
  }
  if (n_entries != NULL)
    *n_entries = n;

  if (!g_file_get_contents (head_path, &head, NULL, NULL) ||
      !is_head_right (head, n, last, last_but_one)) {
    g_autofree char *line = qonys_format_int (n);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                 _ ("The export log “%s” was cut: entries after line %s are "
                    "missing. Compare it with a backup."),
                 path, line);
    return FALSE;
  }
  return TRUE;
}
