/*
 * A file over HTTP, once an import: written to disk in pieces of 64 KiB as it comes. Of what was
 * fetched a line a file is kept in the user's cache: hashes of address and target, the server's
 * tags.
 */
#include "net/download.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

#define PIECE (64 * 1024)
#define MAX_REDIRECTS 5
#define MAX_NAME 120 /* bytes */

typedef struct {
  QonysDownloadOptions options;
  QonysJob *job;
  GCancellable *cancellable;
  char *host; /* for sentences */
  SoupSession *session;
  SoupMessage *message;
  GInputStream *stream;
  char *etag, *changed; /* of what was fetched before */
} Talk;

static void
talk_clear (Talk *talk)
{
  g_clear_object (&talk->stream);
  g_clear_object (&talk->message);
  g_clear_object (&talk->session);
  g_free (talk->host);
  g_free (talk->etag);
  g_free (talk->changed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

void
qonys_download_free (QonysDownload *download)
{
  if (download->path != NULL) {
    g_autofree char *folder = g_path_get_dirname (download->path);

    g_unlink (download->path);
    g_rmdir (folder);
  }
  g_free (download->path);
  g_free (download->key);
  g_free (download->etag);
  g_free (download->changed);
  g_free (download);
}

gboolean
qonys_download_is_address (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ||
         g_ascii_strncasecmp (text, "https://", 8) == 0;
}

/* ---- what was fetched before ---- */

static char *
get_state_path (const QonysDownloadOptions *options)
{
  return options->state != NULL
             ? g_strdup (options->state)
             : g_build_filename (g_get_user_cache_dir (), "qonys", "fetched", NULL);
}

static char *
make_key (const char *address, const char *target)
{
  g_autofree char *both = g_strconcat (address, "\n", target, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

static void
look_up (Talk *talk, const char *key)
{
  g_autofree char *path = get_state_path (&talk->options);
  g_autoptr (GKeyFile) state = g_key_file_new ();

  if (!g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL))
    return;
  talk->etag = g_key_file_get_string (state, key, "etag", NULL);
  talk->changed = g_key_file_get_string (state, key, "changed", NULL);
}

void
qonys_download_keep (const QonysDownload *download, const QonysDownloadOptions *options)
{
  static const QonysDownloadOptions DEFAULTS;
  g_autofree char *path = get_state_path (options != NULL ? options : &DEFAULTS);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) state = g_key_file_new ();
  gsize length;

  g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL);
  g_key_file_remove_group (state, download->key, NULL);
  if (download->etag != NULL)
    g_key_file_set_string (state, download->key, "etag", download->etag);
  if (download->changed != NULL)
    g_key_file_set_string (state, download->key, "changed", download->changed);
  text = g_key_file_to_data (state, &length, NULL);
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents_full (path, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* ---- a name for the file ---- */

static const char *
get_ending (SoupMessageHeaders *headers)
{
  static const struct {
    const char *type, *ending;
  } TYPES[] = {{"text/csv", ".csv"},
               {"text/tab-separated-values", ".tsv"},
               {"text/plain", ".txt"},
               {"application/json", ".geojson"},
               {"application/geo+json", ".geojson"},
               {"application/vnd.geo+json", ".geojson"},
               {"application/geopackage+sqlite3", ".gpkg"},
               {"application/zip", ".zip"},
               {"application/x-zip-compressed", ".zip"},
               {"application/vnd.google-earth.kml+xml", ".kml"},
               {"application/vnd.google-earth.kmz", ".kmz"},
               {"application/vnd.ms-excel", ".xls"},
               {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
               {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"}};
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    if (g_strcmp0 (TYPES[i].type, type) == 0)
      return TYPES[i].ending;
  return "";
}

/* Whatever the server says, a name that stays in its folder. */
static char *
clean_name (const char *said)
{
  g_autofree char *valid = g_utf8_make_valid (said != NULL ? said : "", -1);
  const char *begin = valid;
  GString *name = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at++)
    if (*at == '/' || *at == '\\')
      begin = at + 1;
  while (*begin == '.' || *begin == ' ')
    begin++;
  for (; *begin != '\0' && name->len < MAX_NAME; begin = g_utf8_next_char (begin)) {
    gunichar c = g_utf8_get_char (begin);

    if (!g_unichar_iscntrl (c))
      g_string_append_unichar (name, c);
  }
  return g_string_free (name, FALSE);
}

static char *
make_name (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GHashTable) params = NULL;
  g_autofree char *disposition = NULL;
  g_autofree char *name = NULL;
  g_autofree char *segment =
      g_uri_unescape_string (g_uri_get_path (soup_message_get_uri (message)), NULL);

  if (soup_message_headers_get_content_disposition (headers, &disposition, &params))
    name = clean_name (g_hash_table_lookup (params, "filename"));
  if (name == NULL || *name == '\0') {
    g_free (name);
    name = clean_name (segment);
  }
  return strchr (name, '.') != NULL
             ? g_steal_pointer (&name)
             : g_strconcat (*name != '\0' ? name : "download", get_ending (headers), NULL);
}

/* ---- the talk ---- */

/* @own: (transfer full): what libsoup says */
static void
set_network_error (const Talk *talk, GError *own, GError **error)
{
  if (!qonys_job_is_cancelled (talk->job, error))
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                 _ ("The server %s cannot be reached or has stopped sending. Check the address and "
                    "the network, then try again. (%s)"),
                 talk->host, own->message);
  g_error_free (own);
}

static void
set_status_error (const Talk *talk, guint status, GError **error)
{
  if (status == SOUP_STATUS_NOT_MODIFIED)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                 _ ("What is at this address of %s has not changed since it was imported here. "
                    "Nothing was done."),
                 talk->host);
  else if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                 _ ("There is nothing at this address of %s. Check it in a browser."), talk->host);
  else if (status >= 400 && status < 500)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_PERMISSION,
                 _ ("The server %s refuses the file. Download it in a browser, where you can sign "
                    "in, and import it from disk. (%u %s)"),
                 talk->host, status, soup_status_get_phrase (status));
  else
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                 _ ("The server %s is out of order. Wait a little and try again. (%u %s)"),
                 talk->host, status, soup_status_get_phrase (status));
}

static void
set_size_error (const Talk *talk, GError **error)
{
  g_autofree char *limit = g_format_size (talk->options.max_bytes);

  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
               _ ("The file of %s is larger than %s. Download it in a browser and import it from "
                  "disk."),
               talk->host, limit);
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

static gboolean
set_redirect_error (const Talk *talk, GError **error)
{
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
               _ ("The server %s leads elsewhere: too often, nowhere, or to an unprotected "
                  "connection. Take the address the browser ends at."),
               talk->host);
  return FALSE;
}

/* The address a redirect leads to; NULL if it is not followed. */
static GUri *
follow (SoupMessage *message)
{
  GUri *from = soup_message_get_uri (message);
  const char *location =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) to =
      location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *scheme = to != NULL ? g_uri_get_scheme (to) : "";

  if (g_str_equal (scheme, "https") ||
      (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_scheme (from), "http")))
    return g_steal_pointer (&to);
  return NULL;
}

static gboolean
send_once (Talk *talk, GUri *uri, GError **error)
{
  SoupMessageHeaders *headers;
  GError *own = NULL;

  g_clear_object (&talk->stream);
  g_clear_object (&talk->message);
  g_free (talk->host);
  talk->host = g_strdup (g_uri_get_host (uri));
  talk->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (talk->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (talk->message);
  if (talk->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", talk->etag);
  if (talk->changed != NULL)
    soup_message_headers_replace (headers, "If-Modified-Since", talk->changed);
  talk->stream = soup_session_send (talk->session, talk->message, talk->cancellable, &own);
  if (own != NULL)
    set_network_error (talk, own, error);
  return talk->stream != NULL;
}

/* Asks until somebody answers with the file itself. */
static gboolean
ask (Talk *talk, GUri *uri, GError **error)
{
  g_autoptr (GUri) at = g_uri_ref (uri);

  for (guint i = 0; i <= MAX_REDIRECTS; i++) {
    guint status;

    if (!send_once (talk, at, error))
      return FALSE;
    status = soup_message_get_status (talk->message);
    if (status == SOUP_STATUS_OK)
      return TRUE;
    if (!is_redirect (status)) {
      set_status_error (talk, status, error);
      return FALSE;
    }
    g_uri_unref (at);
    at = follow (talk->message);
    if (at == NULL)
      break;
  }
  return set_redirect_error (talk, error);
}

/* A hall's network or a portal may answer with its sign-in page. */
static gboolean
check_type (const Talk *talk, GError **error)
{
  const char *type = soup_message_headers_get_content_type (
      soup_message_get_response_headers (talk->message), NULL);

  if (g_strcmp0 (type, "text/html") != 0 && g_strcmp0 (type, "application/xhtml+xml") != 0)
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
               _ ("At this address of %s there is a web page, not a file. Open it in a browser, "
                  "sign in if it asks to, and take the address of the file."),
               talk->host);
  return FALSE;
}

/* ---- the file ---- */

static int
open_file (const Talk *talk, QonysDownload *download, GError **error)
{
  g_autofree char *name = make_name (talk->message);
  g_autofree char *folder = g_dir_make_tmp ("qonys-XXXXXX", error); /* of mode 0700 */
  int file;

  if (folder == NULL)
    return -1;
  download->path = g_build_filename (folder, name, NULL);
  file = g_open (download->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    int code = errno;

    qonys_error_set_from_gio (
        error, download->path,
        g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
  }
  return file;
}

static gboolean
write_all (const QonysDownload *download, int file, const char *bytes, gsize n, GError **error)
{
  while (n > 0) {
    ssize_t n_written = write (file, bytes, n);

    if (n_written < 0 && errno == EINTR)
      continue;
    if (n_written <= 0) {
      int code = n_written < 0 ? errno : ENOSPC;

      qonys_error_set_from_gio (
          error, download->path,
          g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
      return FALSE;
    }
    bytes += n_written;
    n -= n_written;
  }
  return TRUE;
}

static gboolean
receive (const Talk *talk, QonysDownload *download, int file, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (talk->message);
  goffset expected = soup_message_headers_get_one (headers, "Content-Encoding") == NULL
                         ? soup_message_headers_get_content_length (headers)
                         : 0;
  g_autofree char *piece = g_malloc (PIECE);

  if (expected > 0 && (guint64)expected > talk->options.max_bytes) {
    set_size_error (talk, error);
    return FALSE;
  }
  for (;;) {
    GError *own = NULL;
    gssize n = g_input_stream_read (talk->stream, piece, PIECE, talk->cancellable, &own);

    if (n < 0) {
      set_network_error (talk, own, error);
      return FALSE;
    }
    if (n == 0)
      break;
    download->n_bytes += n;
    if ((guint64)download->n_bytes > talk->options.max_bytes) {
      set_size_error (talk, error);
      return FALSE;
    }
    if (!write_all (download, file, piece, n, error))
      return FALSE;
    if (expected > 0)
      qonys_job_set_progress (talk->job, (double)download->n_bytes / (double)expected);
  }
  if (expected > 0 && download->n_bytes < expected) {
    set_network_error (
        talk, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, g_strerror (EPIPE)),
        error);
    return FALSE;
  }
  return TRUE;
}

static gboolean
save (const Talk *talk, QonysDownload *download, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (talk->message);
  int file = open_file (talk, download, error);
  gboolean ok;

  if (file < 0)
    return FALSE;
  ok = receive (talk, download, file, error);
  close (file);
  download->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  download->changed = g_strdup (soup_message_headers_get_one (headers, "Last-Modified"));
  return ok;
}

QonysDownload *
qonys_download_run (const char *address, const char *target, const QonysDownloadOptions *options,
                    QonysJob *job, GError **error)
{
  g_autoptr (QonysDownload) download = g_new0 (QonysDownload, 1);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_auto (Talk) talk = {.job = job};
  g_autofree char *message = NULL;

  if (options != NULL)
    talk.options = *options;
  if (talk.options.max_bytes == 0)
    talk.options.max_bytes = G_GUINT64_CONSTANT (2) << 30;
  if (uri == NULL || !qonys_download_is_address (address) || *g_uri_get_host (uri) == '\0') {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                         _ ("This is no address of a file. It begins with https:// and names a "
                            "server and a file on it."));
    return NULL;
  }
  talk.cancellable = job != NULL ? qonys_job_get_cancellable (job) : NULL;
  talk.session = soup_session_new_with_options (
      "user-agent", "Qonys/" QONYS_VERSION " (" QONYS_APP_ID ")", "timeout",
      talk.options.timeout_s > 0 ? talk.options.timeout_s : 30, NULL);
  download->key = make_key (address, target != NULL ? target : "");
  if (target != NULL && g_file_test (target, G_FILE_TEST_EXISTS))
    look_up (&talk, download->key);
  message = g_strdup_printf (_ ("Downloading from %s"), g_uri_get_host (uri));
  qonys_job_set_message (job, message);
  if (!ask (&talk, uri, error) || !check_type (&talk, error) || !save (&talk, download, error))
    return NULL;
  qonys_job_set_progress (job, -1);
  return g_steal_pointer (&download);
}
