/* The tile client against a server of our own on the loopback: what is sent, what is kept, what
 * is tried again, what people are told. */
#include "support.h"

#include "base/error.h"
#include "net/tile-client.h"

#include <libsoup/soup.h>
#include <string.h>

#define PATIENCE_MS 30000
#define PNG "\x89PNG\r\n\x1a\n"

/* The server, how it answers, and what it saw. */
typedef struct {
  SoupServer *server;
  guint port;
  char *folder;
  QonysTileClient *client;

  guint status;
  const char *body, *type, *cache_control, *etag;
  gsize n_bytes; /* of the body; 0: its length as text */
  guint n_bad;   /* this many are answered 503 first */
  gboolean hold; /* no answer at all */

  guint n_requests, n_held, n_most_held;
  char *path, *agent, *if_none_match;
  GPtrArray *held; /* SoupServerMessage */

  guint n_offline_notifies, n_error_notifies;
} World;

static void
serve (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
       gpointer data)
{
  World *w = data;
  SoupMessageHeaders *in = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);
  gsize n_bytes = w->n_bytes > 0 ? w->n_bytes : strlen (w->body);

  w->n_requests++;
  g_free (w->path);
  g_free (w->agent);
  g_free (w->if_none_match);
  w->path = g_strdup (path);
  w->agent = g_strdup (soup_message_headers_get_one (in, "User-Agent"));
  w->if_none_match = g_strdup (soup_message_headers_get_one (in, "If-None-Match"));
  if (w->hold) {
    soup_server_message_pause (message);
    g_ptr_array_add (w->held, g_object_ref (message));
    w->n_most_held = MAX (w->n_most_held, w->held->len);
    return;
  }
  if (w->n_bad > 0) {
    w->n_bad--;
    soup_server_message_set_status (message, 503, NULL);
    return;
  }
  if (w->cache_control != NULL)
    soup_message_headers_replace (out, "Cache-Control", w->cache_control);
  if (w->etag != NULL)
    soup_message_headers_replace (out, "ETag", w->etag);
  if (w->etag != NULL && g_strcmp0 (w->if_none_match, w->etag) == 0) {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
    return;
  }
  soup_server_message_set_status (message, w->status, NULL);
  {
    g_autofree char *bytes = g_malloc0 (n_bytes + 1);
    g_strlcpy (bytes, w->body, n_bytes + 1);
    soup_server_message_set_response (message, w->type, SOUP_MEMORY_COPY, bytes, n_bytes);
  }
}

static void
start_server (World *w)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  w->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (w->server, NULL, serve, w, NULL);
  /* The same port again, so that the address stays. */
  soup_server_listen_local (w->server, w->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (w->server);
  w->port = (guint)g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
}

static void
stop_server (World *w)
{
  soup_server_disconnect (w->server);
  g_clear_object (&w->server);
}

static void
count_notify (GObject *client, GParamSpec *pspec, gpointer data)
{
  World *w = data;

  if (g_str_equal (pspec->name, "offline"))
    w->n_offline_notifies++;
  else if (g_str_equal (pspec->name, "error"))
    w->n_error_notifies++;
}

/* A client as a new run of the program would make it, with the cache of the last. */
static void
start_client (World *w, QonysTileServer server)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/map/{z}/{x}/{y}.png", w->port);
  g_autoptr (GError) error = NULL;

  g_clear_object (&w->client);
  if (server.url == NULL)
    server.url = url;
  server.folder = w->folder;
  if (server.backoff_ms == 0)
    server.backoff_ms = 1;
  if (server.timeout_s == 0)
    server.timeout_s = PATIENCE_MS / 1000;
  w->client = qonys_tile_client_new_full (&server, &error);
  g_assert_no_error (error);
  g_signal_connect (w->client, "notify", G_CALLBACK (count_notify), w);
  w->n_offline_notifies = w->n_error_notifies = 0;
}

static void
set_up (World *w, gconstpointer unused)
{
  w->folder = g_strdup (support_temp_dir ());
  w->status = SOUP_STATUS_OK;
  w->body = PNG "tile";
  w->type = "image/png";
  w->held = g_ptr_array_new_with_free_func (g_object_unref);
  start_server (w);
  start_client (w, (QonysTileServer){.attribution = "© Somebody"});
}

static void
release_held (World *w)
{
  w->hold = FALSE;
  while (w->held->len > 0) {
    g_autoptr (SoupServerMessage) message = g_ptr_array_steal_index (w->held, 0);
    soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    soup_server_message_set_response (message, "image/png", SOUP_MEMORY_STATIC, w->body,
                                      strlen (w->body));
    soup_server_message_unpause (message);
  }
}

static void
tear_down (World *w, gconstpointer unused)
{
  g_clear_object (&w->client);
  g_ptr_array_unref (w->held);
  if (w->server != NULL)
    stop_server (w);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_free (w->folder);
  g_free (w->path);
  g_free (w->agent);
  g_free (w->if_none_match);
}

/* One fetch and its end. */
typedef struct {
  gboolean done;
  GBytes *bytes;
  GError *error;
} Answer;

static void
take (GObject *client, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->bytes =
      qonys_tile_client_fetch_finish (QONYS_TILE_CLIENT (client), result, &answer->error);
  g_assert_true ((answer->bytes == NULL) == (answer->error != NULL));
  answer->done = TRUE;
}

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_clear_error (&answer->error);
  answer->done = FALSE;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static Answer
fetch (World *w, int z, int x, int y)
{
  Answer answer = {0};

  qonys_tile_client_fetch_async (w->client, z, x, y, NULL, take, &answer);
  ITER_WHILE (!answer.done, PATIENCE_MS);
  return answer;
}

static void
assert_tile (const Answer *answer, const char *expected)
{
  g_assert_no_error (answer->error);
  g_assert_cmpmem (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes),
                   expected, strlen (expected));
}

static void
test_success (World *w, gconstpointer unused)
{
  g_auto (Answer) answer = {0};

  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (w->n_requests, ==, 0); /* nothing before it is asked for */
  answer = fetch (w, 12, 2851, 1358);
  assert_tile (&answer, PNG "tile");
  g_assert_cmpuint (w->n_requests, ==, 1);
  g_assert_cmpstr (w->path, ==, "/map/12/2851/1358.png");
  g_assert_cmpstr (w->agent, ==, "Qonys/" QONYS_VERSION " (org.qonys.Qonys)");
  g_assert_cmpstr (qonys_tile_client_get_attribution (w->client), ==, "© Somebody");
  g_assert_false (qonys_tile_client_get_offline (w->client));
  g_assert_null (qonys_tile_client_get_error (w->client));
  g_assert_cmpuint (w->n_offline_notifies + w->n_error_notifies, ==, 0);
}

static void
test_cache_hit (World *w, gconstpointer unused)
{
  g_auto (Answer) first = fetch (w, 1, 0, 1), again = {0}, later = {0}, other = {0};

  w->body = PNG "changed";
  again = fetch (w, 1, 0, 1);
  assert_tile (&again, PNG "tile");
  stop_server (w);
  start_client (w, (QonysTileServer){0});
  later = fetch (w, 1, 0, 1);
  assert_tile (&later, PNG "tile");
  g_assert_cmpuint (w->n_requests, ==, 1);
  g_assert_false (qonys_tile_client_get_offline (w->client)); /* it was not even tried */
  other = fetch (w, 1, 1, 1);
  g_assert_error (other.error, QONYS_ERROR, QONYS_ERROR_FAILED);
}

/* Another map of the same host has its own tiles. */
static void
test_cache_is_per_map (World *w, gconstpointer unused)
{
  g_auto (Answer) first = fetch (w, 1, 0, 1), other = {0};
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/air/{z}/{x}/{y}.png", w->port);

  w->body = PNG "from the air";
  start_client (w, (QonysTileServer){.url = url});
  other = fetch (w, 1, 0, 1);
  assert_tile (&other, PNG "from the air");
}

static void
test_no_store (World *w, gconstpointer unused)
{
  g_auto (Answer) first = {0}, again = {0}, later = {0};

  w->cache_control = "no-store";
  first = fetch (w, 1, 0, 1);
  assert_tile (&first, PNG "tile");
  again = fetch (w, 1, 0, 1);
  assert_tile (&again, PNG "tile");
  g_assert_cmpuint (w->n_requests, ==, 2);
  stop_server (w);
  later = fetch (w, 1, 0, 1); /* not even as an old one */
  g_assert_error (later.error, QONYS_ERROR, QONYS_ERROR_FAILED);
}

static void
test_revalidate (World *w, gconstpointer unused)
{
  g_auto (Answer) first = {0}, second = {0}, third = {0}, fourth = {0};

  w->cache_control = "max-age=0";
  w->etag = "\"v1\"";
  first = fetch (w, 3, 1, 2);
  g_assert_null (w->if_none_match);
  second = fetch (w, 3, 1, 2); /* 304 */
  assert_tile (&second, PNG "tile");
  g_assert_cmpstr (w->if_none_match, ==, "\"v1\"");
  g_assert_cmpuint (w->n_requests, ==, 2);

  w->cache_control = "max-age=3600";
  third = fetch (w, 3, 1, 2); /* 304, and now good for an hour */
  assert_tile (&third, PNG "tile");
  answer_clear (&third);
  third = fetch (w, 3, 1, 2);
  assert_tile (&third, PNG "tile");
  g_assert_cmpuint (w->n_requests, ==, 3);
  g_assert_null (qonys_tile_client_get_error (w->client));

  /* A changed tile replaces the old one. */
  w->cache_control = "max-age=0";
  w->etag = "\"v1\"";
  answer_clear (&first);
  first = fetch (w, 3, 5, 5);
  w->etag = "\"v2\"";
  w->body = PNG "new";
  fourth = fetch (w, 3, 5, 5);
  assert_tile (&fourth, PNG "new");
  g_assert_cmpstr (w->if_none_match, ==, "\"v1\"");
}

static void
test_not_found (World *w, gconstpointer unused)
{
  g_auto (Answer) answer = {0}, gone = {0}, empty = {0};

  w->status = 404;
  answer = fetch (w, 3, 1, 2);
  g_assert_error (answer.error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_assert_cmpuint (w->n_requests, ==, 1); /* no retry */
  g_assert_false (qonys_tile_client_get_offline (w->client));
  g_assert_cmpstr (qonys_tile_client_get_error (w->client), ==, answer.error->message);
  g_assert_cmpuint (w->n_error_notifies, ==, 1);
  w->status = 410;
  gone = fetch (w, 3, 1, 2);
  g_assert_error (gone.error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  w->status = 204;
  w->body = "";
  empty = fetch (w, 3, 1, 2);
  g_assert_error (empty.error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
}

static void
test_refused (World *w, gconstpointer unused)
{
  g_auto (Answer) answer = {0}, again = {0}, old = {0};

  w->cache_control = "max-age=0";
  old = fetch (w, 3, 2, 2);
  w->status = 403;
  answer = fetch (w, 3, 1, 2);
  g_assert_error (answer.error, QONYS_ERROR, QONYS_ERROR_PERMISSION);
  g_assert_nonnull (strstr (answer.error->message, "403"));
  g_assert_cmpuint (w->n_requests, ==, 2);
  answer_clear (&old);
  old = fetch (w, 3, 2, 2); /* better old than none */
  assert_tile (&old, PNG "tile");
  g_assert_nonnull (qonys_tile_client_get_error (w->client));
  w->status = 429;
  again = fetch (w, 3, 1, 2);
  g_assert_error (again.error, QONYS_ERROR, QONYS_ERROR_FAILED);
  g_assert_cmpuint (w->n_requests, ==, 4);
}

static void
test_retry (World *w, gconstpointer unused)
{
  g_auto (Answer) answer = {0};

  w->n_bad = 2;
  answer = fetch (w, 3, 1, 2);
  assert_tile (&answer, PNG "tile");
  g_assert_cmpuint (w->n_requests, ==, 3);
  g_assert_null (qonys_tile_client_get_error (w->client));
}

static void
test_out_of_order (World *w, gconstpointer unused)
{
  w->n_bad = G_MAXUINT;
  for (guint i = 1; i <= 3; i++) {
    g_auto (Answer) answer = fetch (w, 3, 1, 2);
    g_assert_error (answer.error, QONYS_ERROR, QONYS_ERROR_FAILED);
    g_assert_nonnull (strstr (answer.error->message, "503"));
    g_assert_cmpuint (w->n_requests, ==, 3 * i);
    g_assert_cmpint (qonys_tile_client_get_offline (w->client), ==, i == 3);
  }
}

static void
test_timeout (World *w, gconstpointer unused)
{
  g_auto (Answer) answer = {0};

  w->hold = TRUE;
  start_client (w, (QonysTileServer){.timeout_s = 1});
  answer = fetch (w, 3, 1, 2);
  g_assert_error (answer.error, QONYS_ERROR, QONYS_ERROR_FAILED);
  g_assert_cmpuint (w->n_requests, ==, 3);
  g_assert_true (qonys_tile_client_get_offline (w->client));
}

static void
test_oversize (World *w, gconstpointer unused)
{
  g_auto (Answer) fits = {0}, large = {0}, huge = {0};

  start_client (w, (QonysTileServer){.max_tile_bytes = 100000});
  w->n_bytes = 100000;
  fits = fetch (w, 3, 1, 2);
  g_assert_no_error (fits.error);
  g_assert_cmpuint (g_bytes_get_size (fits.bytes), ==, 100000);
  w->n_bytes = 100001;
  large = fetch (w, 3, 2, 2);
  g_assert_error (large.error, QONYS_ERROR, QONYS_ERROR_FORMAT);
  w->n_bytes = 50 * 1000 * 1000;
  huge = fetch (w, 3, 3, 2);
  g_assert_error (huge.error, QONYS_ERROR, QONYS_ERROR_FORMAT);
  g_assert_false (qonys_tile_client_get_offline (w->client));
  g_assert_cmpuint (w->n_requests, ==, 3);
}

/* The sign-in page of a hall's network is neither shown nor kept. */
static void
test_sign_in_page (World *w, gconstpointer unused)
{
  g_auto (Answer) old = {0}, page = {0}, again = {0};

  w->cache_control = "max-age=0";
  old = fetch (w, 3, 2, 2);
  w->body = "<html>Welcome! Please sign in.</html>";
  w->type = "text/html";
  page = fetch (w, 3, 1, 2);
  g_assert_error (page.error, QONYS_ERROR, QONYS_ERROR_FORMAT);
  g_assert_true (qonys_tile_client_get_offline (w->client));
  qonys_tile_client_try_again (w->client);
  answer_clear (&old);
  old = fetch (w, 3, 2, 2);
  assert_tile (&old, PNG "tile");

  w->body = PNG "tile";
  w->type = "image/png";
  qonys_tile_client_try_again (w->client);
  again = fetch (w, 3, 1, 2);
  assert_tile (&again, PNG "tile");
  g_assert_false (qonys_tile_client_get_offline (w->client));
}

static void
test_offline (World *w, gconstpointer unused)
{
  g_auto (Answer) old = {0}, lost = {0}, soon = {0}, back = {0};
  guint n_requests;

  w->cache_control = "max-age=0";
  old = fetch (w, 3, 1, 2);
  stop_server (w);
  lost = fetch (w, 3, 2, 2);
  g_assert_error (lost.error, QONYS_ERROR, QONYS_ERROR_FAILED);
  g_assert_true (qonys_tile_client_get_offline (w->client));
  g_assert_cmpstr (qonys_tile_client_get_error (w->client), ==, lost.error->message);
  g_assert_cmpuint (w->n_offline_notifies, ==, 1);
  g_assert_cmpuint (w->n_error_notifies, ==, 1);
  answer_clear (&old);
  old = fetch (w, 3, 1, 2); /* expired, but there */
  assert_tile (&old, PNG "tile");

  /* Back, but for a while the network is left alone. */
  start_server (w);
  n_requests = w->n_requests;
  soon = fetch (w, 3, 2, 2);
  g_assert_error (soon.error, QONYS_ERROR, QONYS_ERROR_FAILED);
  g_assert_cmpuint (w->n_requests, ==, n_requests);
  qonys_tile_client_try_again (w->client);
  back = fetch (w, 3, 2, 2);
  assert_tile (&back, PNG "tile");
  g_assert_false (qonys_tile_client_get_offline (w->client));
  g_assert_null (qonys_tile_client_get_error (w->client));
  g_assert_cmpuint (w->n_offline_notifies, ==, 2);
  g_assert_cmpuint (w->n_error_notifies, ==, 2);
}

static void
test_offline_start (World *w, gconstpointer unused)
{
  g_auto (Answer) old = {0}, still = {0};

  w->cache_control = "max-age=0";
  old = fetch (w, 3, 1, 2);
  stop_server (w);
  start_client (w, (QonysTileServer){0});
  still = fetch (w, 3, 1, 2);
  assert_tile (&still, PNG "tile");
  g_assert_true (qonys_tile_client_get_offline (w->client));
}

/* Two at a time; when the network dies nobody waits for his own timeout; then one tries for all. */
static void
test_many (World *w, gconstpointer unused)
{
  Answer answers[20] = {0};
  gsize n_done = 0;

  w->hold = TRUE;
  for (int i = 0; i < 20; i++)
    qonys_tile_client_fetch_async (w->client, 5, i, 2, NULL, take, &answers[i]);
  ITER_WHILE (w->held->len < 2, PATIENCE_MS);
  for (int i = 0; i < 200; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (100);
  }
  release_held (w);
  for (int i = 0; i < 20; i++) {
    ITER_WHILE (!answers[i].done, PATIENCE_MS);
    assert_tile (&answers[i], PNG "tile");
    answer_clear (&answers[i]);
  }
  g_assert_cmpuint (w->n_most_held, ==, 2);
  g_assert_cmpuint (w->n_requests, ==, 20);

  w->hold = TRUE;
  start_client (w, (QonysTileServer){.timeout_s = 1});
  for (int i = 0; i < 20; i++)
    qonys_tile_client_fetch_async (w->client, 6, i, 2, NULL, take, &answers[i]);
  for (int i = 0; i < 20; i++) {
    ITER_WHILE (!answers[i].done, PATIENCE_MS);
    g_assert_error (answers[i].error, QONYS_ERROR, QONYS_ERROR_FAILED);
    answer_clear (&answers[i]);
  }
  g_assert_cmpuint (w->n_requests, <=, 20 + 4);

  w->n_requests = 0;
  qonys_tile_client_try_again (w->client);
  for (int i = 0; i < 20; i++)
    qonys_tile_client_fetch_async (w->client, 7, i, 2, NULL, take, &answers[i]);
  ITER_WHILE (w->n_requests == 0, PATIENCE_MS);
  g_ptr_array_set_size (w->held, 0);
  for (int i = 0; i < 20; i++) {
    ITER_WHILE (!answers[i].done, PATIENCE_MS);
    n_done += answers[i].error != NULL;
    answer_clear (&answers[i]);
  }
  g_assert_cmpuint (n_done, ==, 20);
  g_assert_cmpuint (w->n_requests, ==, 1);
}

static void
test_cancel (World *w, gconstpointer unused)
{
  g_autoptr (GCancellable) before = g_cancellable_new (), during = g_cancellable_new ();
  g_auto (Answer) early = {0}, late = {0}, next = {0};

  g_cancellable_cancel (before);
  qonys_tile_client_fetch_async (w->client, 3, 1, 2, before, take, &early);
  ITER_WHILE (!early.done, PATIENCE_MS);
  g_assert_error (early.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (w->n_requests, ==, 0);

  w->hold = TRUE;
  qonys_tile_client_fetch_async (w->client, 3, 1, 2, during, take, &late);
  ITER_WHILE (w->held->len == 0, PATIENCE_MS);
  g_cancellable_cancel (during);
  ITER_WHILE (!late.done, PATIENCE_MS);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (qonys_tile_client_get_offline (w->client));
  g_assert_null (qonys_tile_client_get_error (w->client));
  w->hold = FALSE;
  next = fetch (w, 3, 1, 2);
  assert_tile (&next, PNG "tile");
}

/* While it waits to try again, and while it is the one that tries for all. */
static void
test_cancel_in_between (World *w, gconstpointer unused)
{
  g_autoptr (GCancellable) waiting = g_cancellable_new (), probing = g_cancellable_new ();
  g_auto (Answer) answer = {0}, lost = {0}, probe = {0}, next = {0};

  start_client (w, (QonysTileServer){.backoff_ms = 10 * PATIENCE_MS});
  w->n_bad = 1;
  qonys_tile_client_fetch_async (w->client, 3, 1, 2, waiting, take, &answer);
  ITER_WHILE (w->n_bad > 0, PATIENCE_MS);
  for (int i = 0; i < 200; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (100);
  }
  g_cancellable_cancel (waiting);
  ITER_WHILE (!answer.done, PATIENCE_MS);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (w->n_requests, ==, 1);

  stop_server (w);
  lost = fetch (w, 3, 1, 2);
  start_server (w);
  w->hold = TRUE;
  qonys_tile_client_try_again (w->client);
  qonys_tile_client_fetch_async (w->client, 3, 1, 2, probing, take, &probe);
  ITER_WHILE (w->held->len == 0, PATIENCE_MS);
  g_cancellable_cancel (probing);
  ITER_WHILE (!probe.done, PATIENCE_MS);
  w->hold = FALSE;
  next = fetch (w, 3, 1, 2);
  assert_tile (&next, PNG "tile");
}

static void
test_outside (World *w, gconstpointer unused)
{
  static const int outside[][3] = {{-1, 0, 0}, {25, 0, 0}, {3, 8, 0}, {3, 0, 8},
                                   {3, -1, 0}, {0, 1, 0},  {3, 0, -1}};

  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++) {
    g_auto (Answer) answer = fetch (w, outside[i][0], outside[i][1], outside[i][2]);
    g_assert_error (answer.error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  }
  g_assert_cmpuint (w->n_requests, ==, 0);
}

/* The client may go as soon as the last answer is on its way. */
static void
test_drop (World *w, gconstpointer unused)
{
  Answer answer = {0};

  qonys_tile_client_fetch_async (w->client, 3, 1, 2, NULL, take, &answer);
  g_clear_object (&w->client);
  ITER_WHILE (!answer.done, PATIENCE_MS);
  assert_tile (&answer, PNG "tile");
  answer_clear (&answer);
}

static void
test_addresses (void)
{
  static const char *const wrong[] = {NULL,
                                      "",
                                      "tiles",
                                      "file:///{z}/{x}/{y}.png",
                                      "https:///{z}/{x}/{y}.png",
                                      "https://example.org/{z}/{x}.png",
                                      "https://example.org/{z}/{y}.png",
                                      "https://example.org/{x}/{y}.png",
                                      "http://[::1/{z}/{x}/{y}"};
  g_autoptr (QonysTileClient) client =
      qonys_tile_client_new ("https://example.org/{z}/{x}/{y}.png?key=a%20b", NULL, NULL);

  g_assert_nonnull (client);
  g_assert_null (qonys_tile_client_get_attribution (client));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (qonys_tile_client_new (wrong[i], NULL, &error));
    g_assert_error (error, QONYS_ERROR, QONYS_ERROR_USAGE);
  }
}

#define ADD(name, func) g_test_add ("/net/tile-client/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_unsetenv ("http_proxy"); /* the loopback is reached without one */
  g_unsetenv ("all_proxy");
  g_test_init (&argc, &argv, NULL);
  ADD ("success", test_success);
  ADD ("cache-hit", test_cache_hit);
  ADD ("cache-is-per-map", test_cache_is_per_map);
  ADD ("no-store", test_no_store);
  ADD ("revalidate", test_revalidate);
  ADD ("not-found", test_not_found);
  ADD ("refused", test_refused);
  ADD ("retry", test_retry);
  ADD ("out-of-order", test_out_of_order);
  ADD ("timeout", test_timeout);
  ADD ("oversize", test_oversize);
  ADD ("sign-in-page", test_sign_in_page);
  ADD ("offline", test_offline);
  ADD ("offline-start", test_offline_start);
  ADD ("many", test_many);
  ADD ("cancel", test_cancel);
  ADD ("cancel-in-between", test_cancel_in_between);
  ADD ("outside", test_outside);
  ADD ("drop", test_drop);
  g_test_add_func ("/net/tile-client/addresses", test_addresses);
  return g_test_run ();
}
