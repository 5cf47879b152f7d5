/* Fetching a file from a server of our own on the loopback: what comes to disk, what stays there,
 * what people are told. */
#include "support.h"

#include "base/error.h"
#include "net/download.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT "dwelling_key;rooms\nd1;2\n"
#define ETAG "\"v1\""

typedef struct {
  SoupServer *server;
  char *base;  /* http://127.0.0.1:PORT */
  char *state; /* of what was fetched */
  char *agent;
  guint n_requests;
  gboolean was_conditional;
  SoupServerMessage *held;
  QonysJob *job; /* (nullable): cancelled once the answer has begun */

  /* of a fetch on its thread */
  const char *path, *target;
  QonysDownloadOptions options;
  QonysDownload *download;
  GError *error;
  gint is_done;
} World;

static void
answer_text (SoupServerMessage *message, const char *type, const char *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_packed (SoupServerMessage *message)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree char *zeros = g_malloc0 (100000);
  char packed[4096];
  gsize n_read, n_written;
  g_autoptr (GError) error = NULL;

  memcpy (zeros, TEXT, strlen (TEXT));
  g_converter_convert (packer, zeros, 100000, packed, sizeof packed, G_CONVERTER_INPUT_AT_END,
                       &n_read, &n_written, &error);
  g_assert_no_error (error);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Encoding", "gzip");
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/csv", SOUP_MEMORY_COPY, packed, n_written);
}

/* A beginning, and then nothing. */
static void
answer_half (World *w, SoupServerMessage *message)
{
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (out, SOUP_ENCODING_CONTENT_LENGTH);
  soup_message_headers_set_content_length (out, 1000000);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            TEXT, strlen (TEXT));
  g_clear_object (&w->held);
  w->held = g_object_ref (message);
}

static void
wrote_chunk (SoupServerMessage *message, World *w)
{
  if (message != w->held)
    return;
  soup_server_message_pause (message);
  if (w->job != NULL)
    qonys_job_cancel (w->job);
}

static void
serve (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
       gpointer data)
{
  World *w = data;
  SoupMessageHeaders *in = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);
  const char *match = soup_message_headers_get_one (in, "If-None-Match");

  w->n_requests++;
  g_free (w->agent);
  w->agent = g_strdup (soup_message_headers_get_one (in, "User-Agent"));
  w->was_conditional = match != NULL;
  if (g_str_equal (path, "/plain.csv")) {
    soup_message_headers_replace (out, "ETag", ETAG);
    if (g_strcmp0 (match, ETAG) == 0)
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
    else
      answer_text (message, "text/csv", TEXT);
  } else if (g_str_equal (path, "/packed")) {
    answer_packed (message);
  } else if (g_str_equal (path, "/named")) {
    soup_message_headers_replace (out, "Content-Disposition",
                                  "attachment; filename=\"../.evil/../.Үйлер.csv\"");
    answer_text (message, "application/octet-stream", TEXT);
  } else if (g_str_equal (path, "/page.csv")) {
    answer_text (message, "text/html; charset=utf-8", "<html>sign in</html>");
  } else if (g_str_equal (path, "/moved")) {
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/plain.csv");
  } else if (g_str_equal (path, "/round")) {
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/round");
  } else if (g_str_equal (path, "/to-file")) {
    soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
    soup_message_headers_replace (out, "Location", "file:///etc/hostname");
  } else if (g_str_equal (path, "/closed")) {
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
  } else if (g_str_equal (path, "/broken")) {
    soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
  } else if (g_str_equal (path, "/half")) {
    answer_half (w, message);
  } else {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  }
}

static void
request_started (SoupServer *server, SoupServerMessage *message, World *w)
{
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk), w);
}

static void
set_up (World *w, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  w->server = soup_server_new (NULL, NULL);
  g_signal_connect (w->server, "request-started", G_CALLBACK (request_started), w);
  soup_server_add_handler (w->server, NULL, serve, w, NULL);
  soup_server_listen_local (w->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (w->server);
  w->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  w->state = g_build_filename (support_temp_dir (), "fetched", NULL);
  w->options.state = w->state;
}

static void
tear_down (World *w, gconstpointer unused)
{
  soup_server_disconnect (w->server);
  g_clear_object (&w->held);
  g_clear_object (&w->server);
  g_clear_object (&w->job);
  g_free (w->base);
  g_free (w->agent);
  g_unlink (w->state);
  g_free (w->state);
}

static gpointer
run (gpointer data)
{
  World *w = data;
  g_autofree char *address = g_strconcat (w->base, w->path, NULL);

  w->download = qonys_download_run (address, w->target, &w->options, w->job, &w->error);
  g_atomic_int_set (&w->is_done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* The server answers here, the fetch runs beside. */
static QonysDownload *
fetch (World *w, const char *path)
{
  GThread *thread;

  w->path = path;
  w->is_done = FALSE;
  w->download = NULL;
  thread = g_thread_new ("fetch", run, w);
  while (!g_atomic_int_get (&w->is_done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  return w->download;
}

/* Folders of downloads there are. */
static guint
count_left (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "qonys-");
  return n;
}

static void
expect_failure (World *w, const char *path, QonysError code, const char *words)
{
  guint n_before = count_left ();

  g_assert_null (fetch (w, path));
  g_assert_error (w->error, QONYS_ERROR, (int)code);
  g_test_message ("%s", w->error->message);
  if (strstr (w->error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", w->error->message, words);
  g_clear_error (&w->error);
  g_assert_cmpuint (count_left (), ==, n_before);
}

static void
check_text (const QonysDownload *download, const char *name)
{
  g_autofree char *text = NULL;
  g_autofree char *base = g_path_get_basename (download->path);

  g_assert_true (g_file_get_contents (download->path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, TEXT));
  g_assert_cmpstr (base, ==, name);
}

static void
test_plain (World *w, gconstpointer unused)
{
  g_autoptr (QonysDownload) download = fetch (w, "/plain.csv?token=secret");
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  GStatBuf info;

  g_assert_no_error (w->error);
  check_text (download, "plain.csv");
  g_assert_cmpint (download->n_bytes, ==, strlen (TEXT));
  g_assert_true (g_str_has_prefix (w->agent, "Qonys/"));
  g_assert_cmpint (g_stat (download->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  folder = g_path_get_dirname (download->path);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  path = g_strdup (download->path);
  g_clear_pointer (&download, qonys_download_free);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_names (World *w, gconstpointer unused)
{
  g_autoptr (QonysDownload) named = fetch (w, "/named");
  g_autoptr (QonysDownload) packed = NULL;

  g_assert_no_error (w->error);
  check_text (named, "Үйлер.csv");
  packed = fetch (w, "/packed");
  g_assert_no_error (w->error);
  check_text (packed, "packed.csv");
  g_assert_cmpint (packed->n_bytes, ==, 100000);
}

static void
test_redirects (World *w, gconstpointer unused)
{
  g_autoptr (QonysDownload) download = fetch (w, "/moved");

  g_assert_no_error (w->error);
  check_text (download, "plain.csv");
  expect_failure (w, "/round", QONYS_ERROR_FAILED, "leads elsewhere");
  g_assert_cmpuint (w->n_requests, ==, 2 + 6);
  expect_failure (w, "/to-file", QONYS_ERROR_FAILED, "leads elsewhere");
}

static void
test_refusals (World *w, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  expect_failure (w, "/nowhere.csv", QONYS_ERROR_NOT_FOUND, "in a browser");
  expect_failure (w, "/closed", QONYS_ERROR_PERMISSION, "sign in");
  expect_failure (w, "/broken", QONYS_ERROR_FAILED, "out of order");
  expect_failure (w, "/page.csv", QONYS_ERROR_FORMAT, "web page");
  w->options.max_bytes = 10;
  expect_failure (w, "/plain.csv", QONYS_ERROR_FORMAT, "larger than");
  w->options.max_bytes = 50000; /* what is unpacked counts */
  expect_failure (w, "/packed", QONYS_ERROR_FORMAT, "larger than");
  g_assert_null (qonys_download_run ("http:///x", NULL, NULL, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (qonys_download_run ("http://127.0.0.1:1/x", NULL, NULL, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FAILED);
}

static void
test_stalled (World *w, gconstpointer unused)
{
  w->options.timeout_s = 1;
  expect_failure (w, "/half", QONYS_ERROR_FAILED, "stopped sending");
}

static void
test_cancelled (World *w, gconstpointer unused)
{
  w->job = qonys_job_new ("fetch");
  expect_failure (w, "/half", QONYS_ERROR_CANCELLED, "");
}

static void
test_unchanged (World *w, gconstpointer unused)
{
  g_autofree char *target = g_build_filename (support_temp_dir (), "project", NULL);
  g_autofree char *other = g_build_filename (support_temp_dir (), "other", NULL);
  g_autofree char *state = NULL;
  g_autoptr (QonysDownload) first = NULL;
  g_autoptr (QonysDownload) second = NULL;
  g_autoptr (QonysDownload) third = NULL;

  g_assert_true (g_file_set_contents (target, "", 0, NULL));
  g_assert_true (g_file_set_contents (other, "", 0, NULL));
  w->target = target;
  first = fetch (w, "/plain.csv");
  g_assert_no_error (w->error);
  second = fetch (w, "/plain.csv"); /* nothing was kept of the first */
  g_assert_no_error (w->error);
  g_assert_false (w->was_conditional);
  qonys_download_keep (second, &w->options);
  expect_failure (w, "/plain.csv", QONYS_ERROR_FAILED, "has not changed");
  g_assert_true (w->was_conditional);
  g_assert_true (g_file_get_contents (w->state, &state, NULL, NULL));
  g_assert_null (strstr (state, "127.0.0.1"));
  w->target = other; /* never came there */
  third = fetch (w, "/plain.csv");
  g_assert_no_error (w->error);
  g_assert_false (w->was_conditional);
  w->target = target;
  g_assert_cmpint (g_unlink (target), ==, 0); /* begun anew */
  g_clear_pointer (&third, qonys_download_free);
  third = fetch (w, "/plain.csv");
  g_assert_no_error (w->error);
}

static void
test_is_address (void)
{
  g_assert_true (qonys_download_is_address ("https://example.org/a.csv"));
  g_assert_true (qonys_download_is_address ("HTTP://example.org/a.csv"));
  g_assert_false (qonys_download_is_address ("ftp://example.org/a.csv"));
  g_assert_false (qonys_download_is_address ("a.csv"));
}

#define ADD(name, func) g_test_add ("/net/download/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  /* Downloads lie in a place of our own, where what is left of them is seen. */
  g_autofree char *folder = g_strdup ("/tmp/qonys-net-XXXXXX");
  int result;

  g_assert_nonnull (g_mkdtemp (folder));
  g_setenv ("TMPDIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/download/is-address", test_is_address);
  ADD ("plain", test_plain);
  ADD ("names", test_names);
  ADD ("redirects", test_redirects);
  ADD ("refusals", test_refusals);
  ADD ("stalled", test_stalled);
  ADD ("cancelled", test_cancelled);
  ADD ("unchanged", test_unchanged);
  result = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing is left */
  return result;
}
