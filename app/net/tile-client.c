/*
 * Background tiles over HTTP. A window asks for some twenty at a time, a few hundred a minute
 * while panning. A fetch: a worker thread looks on the disk, the main context talks HTTP, a
 * worker writes what came.
 */
#include "net/tile-client.h"

#include "base/error.h"
#include "net/answer.h"
#include "net/tile-cache.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_ZOOM 24
#define MAX_RETRIES 2
#define CONNECTIONS 2 /* what OSM's tile policy allows */
#define TOO_MANY_REQUESTS 429
#define CHUNK_BYTES (64 * 1024)
#define OFFLINE_PAUSE_S 30
#define MAX_FAILURES 3 /* timeouts or broken tiles in a row; then the server counts as gone */

struct _QonysTileClient {
  GObject parent_instance;

  char *url, *host, *attribution;
  guint backoff_ms, max_tile_bytes;
  SoupSession *session;
  QonysTileCache *cache;

  gboolean offline;
  char *error;
  guint n_timeouts, n_out_of_order; /* in a row */
  gint64 retry_at_us;               /* while offline: no request before, and then one */
  gboolean probing;
  GPtrArray *on_network; /* Fetch, not owned */
};

G_DEFINE_FINAL_TYPE (QonysTileClient, qonys_tile_client, G_TYPE_OBJECT)

enum { PROP_ATTRIBUTION = 1, PROP_OFFLINE, PROP_ERROR, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* One tile on its way; lives as its task does. */
typedef struct {
  GTask *task;           /* not owned; every callback under way holds a reference */
  QonysTileCache *cache; /* the client's */
  int z, x, y;
  QonysCachedTile tile; /* from the disk, then what is stored there */

  GCancellable *stop; /* ends the talk: asked by the caller, or given up */
  GSource *caller_cancelled;
  gboolean is_probe;
  guint n_retries;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  qonys_cached_tile_clear (&fetch->tile);
  g_object_unref (fetch->stop);
  if (fetch->caller_cancelled != NULL) {
    g_source_destroy (fetch->caller_cancelled);
    g_source_unref (fetch->caller_cancelled);
  }
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->stream);
  g_clear_pointer (&fetch->body, g_byte_array_unref);
  g_free (fetch);
}

static void
qonys_tile_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QonysTileClient *self = QONYS_TILE_CLIENT (object);

  if (id == PROP_ATTRIBUTION)
    g_value_set_string (value, self->attribution);
  else if (id == PROP_OFFLINE)
    g_value_set_boolean (value, self->offline);
  else
    g_value_set_string (value, self->error);
}

static void
qonys_tile_client_finalize (GObject *object)
{
  QonysTileClient *self = QONYS_TILE_CLIENT (object);

  g_free (self->url);
  g_free (self->host);
  g_free (self->attribution);
  g_free (self->error);
  g_clear_object (&self->session);
  g_clear_pointer (&self->cache, qonys_tile_cache_free);
  g_ptr_array_unref (self->on_network);
  G_OBJECT_CLASS (qonys_tile_client_parent_class)->finalize (object);
}

static void
qonys_tile_client_class_init (QonysTileClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = qonys_tile_client_get_property;
  object_class->finalize = qonys_tile_client_finalize;
  properties[PROP_ATTRIBUTION] = g_param_spec_string ("attribution", NULL, NULL, NULL, flags);
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
qonys_tile_client_init (QonysTileClient *self)
{
  self->on_network = g_ptr_array_new ();
}

/* Two maps of one host must not share tiles, and the address may hold a key. */
static char *
get_cache_folder (const QonysTileServer *server, const char *host)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, server->url, -1);

  sum[12] = '\0';
  if (server->folder != NULL)
    return g_build_filename (server->folder, sum, NULL);
  return g_build_filename (g_get_user_cache_dir (), "qonys", "tiles", host, sum, NULL);
}

static char *
expand_url (const char *template, int z, int x, int y)
{
  static const char *const names[] = {"{z}", "{x}", "{y}"};
  const int values[] = {z, x, y};
  GString *url = g_string_new (template);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    char digits[12];
    g_snprintf (digits, sizeof digits, "%d", values[i]);
    g_string_replace (url, names[i], digits, 0);
  }
  return g_string_free (url, FALSE);
}

QonysTileClient *
qonys_tile_client_new_full (const QonysTileServer *server, GError **error)
{
  const char *template = server->url != NULL ? server->url : "";
  g_autofree char *example = expand_url (template, 0, 0, 0), *folder = NULL;
  g_autoptr (GUri) uri = g_uri_parse (example, SOUP_HTTP_URI_FLAGS, NULL);
  QonysTileClient *self;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (strcmp (g_uri_get_scheme (uri), "http") != 0 &&
       strcmp (g_uri_get_scheme (uri), "https") != 0) ||
      strstr (template, "{z}") == NULL || strstr (template, "{x}") == NULL ||
      strstr (template, "{y}") == NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                 _ ("“%s” is no address of map tiles. It must begin with https:// and contain "
                    "{z}, {x} and {y}."),
                 template);
    return NULL;
  }

  self = g_object_new (QONYS_TYPE_TILE_CLIENT, NULL);
  self->url = g_strdup (template);
  self->host = g_strdup (g_uri_get_host (uri));
  self->attribution = g_strdup (server->attribution);
  self->backoff_ms = server->backoff_ms > 0 ? server->backoff_ms : 500;
  self->max_tile_bytes = server->max_tile_bytes > 0 ? server->max_tile_bytes : 2 * 1024 * 1024;
  folder = get_cache_folder (server, self->host);
  self->cache = qonys_tile_cache_new (folder, server->max_cache_bytes > 0 ? server->max_cache_bytes
                                                                          : 200 * 1024 * 1024);
  self->session = soup_session_new_with_options (
      "user-agent", "Qonys/" QONYS_VERSION " (" QONYS_APP_ID ")", "max-conns-per-host", CONNECTIONS,
      "timeout", server->timeout_s > 0 ? server->timeout_s : 10, "idle-timeout", 30, NULL);
  return self;
}

QonysTileClient *
qonys_tile_client_new (const char *url, const char *attribution, GError **error)
{
  return qonys_tile_client_new_full (&(QonysTileServer){.url = url, .attribution = attribution},
                                     error);
}

const char *
qonys_tile_client_get_attribution (QonysTileClient *self)
{
  return self->attribution;
}

gboolean
qonys_tile_client_get_offline (QonysTileClient *self)
{
  return self->offline;
}

const char *
qonys_tile_client_get_error (QonysTileClient *self)
{
  return self->error;
}

void
qonys_tile_client_try_again (QonysTileClient *self)
{
  self->retry_at_us = 0;
}

/* @error: (nullable) */
static void
set_state (QonysTileClient *self, gboolean offline, const char *error)
{
  if (offline)
    self->retry_at_us = g_get_monotonic_time () + OFFLINE_PAUSE_S * G_USEC_PER_SEC;
  g_object_freeze_notify (G_OBJECT (self));
  if (self->offline != offline) {
    self->offline = offline;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
  }
  if (g_strcmp0 (self->error, error) != 0) {
    g_free (self->error);
    self->error = g_strdup (error);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

/* The fetch leaves the network, if it was there. */
static void
leave_network (QonysTileClient *self, Fetch *fetch)
{
  g_ptr_array_remove_fast (self->on_network, fetch);
  g_clear_object (&fetch->stream); /* its connection is free for the next */
  if (fetch->is_probe)
    self->probing = FALSE;
  fetch->is_probe = FALSE;
}

/* @error: (transfer full): why the network gave nothing. An old tile is better than none. */
static void
return_old_or_error (Fetch *fetch, GError *error)
{
  if (fetch->tile.bytes != NULL) {
    g_error_free (error);
    g_task_return_pointer (fetch->task, g_bytes_ref (fetch->tile.bytes),
                           (GDestroyNotify)g_bytes_unref);
  } else {
    g_task_return_error (fetch->task, error);
  }
}

/* What became of a fetch on the network. @offline: whether the others need not try. */
static void
fail (Fetch *fetch, gboolean offline, GError *error)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);
  g_autoptr (GTask) keep = g_object_ref (fetch->task);

  leave_network (self, fetch);
  set_state (self, offline, error->message);
  return_old_or_error (fetch, error);
}

static GError *
make_unreachable (QonysTileClient *self, const char *reason)
{
  return g_error_new (
      QONYS_ERROR, QONYS_ERROR_FAILED,
      _ ("The map server %s cannot be reached. Check the network; tiles seen before "
         "stay usable. (%s)"),
      self->host, reason);
}

/* Without a network nobody waits in a queue for a timeout of his own. */
static void
give_up_all (QonysTileClient *self)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->on_network->len; i++)
    g_ptr_array_add (tasks, g_object_ref (((Fetch *)self->on_network->pdata[i])->task));
  for (guint i = 0; i < tasks->len; i++) /* which empties on_network, now or later */
    g_cancellable_cancel (((Fetch *)g_task_get_task_data (tasks->pdata[i]))->stop);
}

static void send_request (Fetch *fetch);

static gboolean
retry_now (gpointer data)
{
  send_request (g_task_get_task_data (data)); /* which ends at once if it was cancelled */
  return G_SOURCE_REMOVE;
}

/* Returns: FALSE if it was tried often enough. */
static gboolean
retry_later (Fetch *fetch)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);
  g_autoptr (GSource) timer = NULL, stop = NULL;

  if (fetch->n_retries == MAX_RETRIES || fetch->is_probe)
    return FALSE;
  g_clear_object (&fetch->stream);
  timer = g_timeout_source_new (self->backoff_ms << (2 * fetch->n_retries));
  stop = g_cancellable_source_new (fetch->stop);
  g_source_set_dummy_callback (stop);
  g_source_add_child_source (timer, stop);
  g_source_set_callback (timer, retry_now, g_object_ref (fetch->task), g_object_unref);
  g_source_attach (timer, g_task_get_context (fetch->task));
  fetch->n_retries++;
  return TRUE;
}

/* @error: (transfer full): what libsoup says. */
static void
transport_failed (Fetch *fetch, GError *error)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);
  g_autoptr (GTask) keep = g_object_ref (fetch->task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) &&
      ++self->n_timeouts < MAX_FAILURES && retry_later (fetch)) {
    g_error_free (error);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    leave_network (self, fetch);
    if (!g_task_return_error_if_cancelled (fetch->task)) /* given up */
      return_old_or_error (fetch,
                           self->error != NULL
                               ? g_error_new_literal (QONYS_ERROR, QONYS_ERROR_FAILED, self->error)
                               : make_unreachable (self, error->message));
  } else {
    fail (fetch, TRUE, make_unreachable (self, error->message));
    give_up_all (self);
  }
  g_error_free (error);
}

static void
status_failed (Fetch *fetch)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);
  guint status = soup_message_get_status (fetch->message);

  if (status >= 500 && retry_later (fetch))
    return;
  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE ||
      status == SOUP_STATUS_NO_CONTENT) {
    fail (fetch, FALSE,
          g_error_new (QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                       _ ("The map server %s has no tile %d/%d/%d. Zoom out or choose another "
                          "background map."),
                       self->host, fetch->z, fetch->x, fetch->y));
  } else if (status >= 400 && status < 500 && status != TOO_MANY_REQUESTS) {
    fail (fetch, FALSE,
          g_error_new (QONYS_ERROR, QONYS_ERROR_PERMISSION,
                       _ ("The map server %s refuses its tiles. Choose another background map or "
                          "ask its keeper for access. (%u %s)"),
                       self->host, status, soup_status_get_phrase (status)));
  } else {
    self->n_out_of_order++;
    fail (fetch, self->n_out_of_order >= MAX_FAILURES,
          g_error_new (QONYS_ERROR, QONYS_ERROR_FAILED,
                       _ ("The map server %s is out of order. Wait a little and try again. "
                          "(%u %s)"),
                       self->host, status, soup_status_get_phrase (status)));
  }
}

/* ---- What came. ---- */

/* Runs @func on a worker thread with @fetch, then @callback with its task here. The inner task
 * holds nothing: its last reference may go on the worker, where no session may end. */
static void
run_on_disk (Fetch *fetch, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, g_object_ref (fetch->task));

  g_task_set_task_data (task, fetch, NULL);
  g_task_run_in_thread (task, func);
}

static void
store_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Fetch *fetch = task_data;

  qonys_tile_cache_store (fetch->cache, fetch->z, fetch->x, fetch->y, &fetch->tile);
  g_task_return_boolean (task, TRUE);
}

static void
stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetch *fetch = g_task_get_task_data (task);

  g_task_return_pointer (task, g_bytes_ref (fetch->tile.bytes), (GDestroyNotify)g_bytes_unref);
}

/* fetch->tile holds the picture; the answer says how long it is good. */
static void
succeed (Fetch *fetch)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (fetch->message);
  const char *etag = soup_message_headers_get_one (headers, "ETag");
  const char *modified_at = soup_message_headers_get_one (headers, "Last-Modified");
  gint64 fresh_s = qonys_answer_get_fresh_s (headers);

  if (etag != NULL) {
    g_free (fetch->tile.etag);
    fetch->tile.etag = g_strdup (etag);
  }
  if (modified_at != NULL) {
    g_free (fetch->tile.modified_at);
    fetch->tile.modified_at = g_strdup (modified_at);
  }
  fetch->tile.expires_s = g_get_real_time () / G_USEC_PER_SEC + fresh_s;

  self->n_out_of_order = 0;
  leave_network (self, fetch);
  set_state (self, FALSE, NULL);
  if (fresh_s < 0) {
    g_task_return_pointer (fetch->task, g_bytes_ref (fetch->tile.bytes),
                           (GDestroyNotify)g_bytes_unref);
  } else {
    run_on_disk (fetch, store_in_thread, stored);
  }
}

static void
body_complete (Fetch *fetch)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);

  if (!qonys_answer_is_picture (fetch->body->data, fetch->body->len)) {
    /* A hall's network may answer with its sign-in page, which must not become a tile. */
    const char *type = soup_message_headers_get_content_type (
        soup_message_get_response_headers (fetch->message), NULL);
    fail (fetch, g_strcmp0 (type, "text/html") == 0,
          g_error_new (QONYS_ERROR, QONYS_ERROR_FORMAT,
                       _ ("What came from the map server %s is no picture. The network may want "
                          "you to sign in first; open its page in a browser."),
                       self->host));
    return;
  }
  qonys_cached_tile_clear (&fetch->tile);
  fetch->tile.bytes = g_byte_array_free_to_bytes (g_steal_pointer (&fetch->body));
  succeed (fetch);
}

static void
chunk_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetch *fetch = g_task_get_task_data (task);
  QonysTileClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (fetch->stream, result, &error);

  if (chunk == NULL) {
    transport_failed (fetch, error);
  } else if (g_bytes_get_size (chunk) == 0) {
    body_complete (fetch);
  } else if (fetch->body->len + g_bytes_get_size (chunk) > self->max_tile_bytes) {
    g_autofree char *limit = g_format_size (self->max_tile_bytes);
    fail (fetch, FALSE,
          g_error_new (QONYS_ERROR, QONYS_ERROR_FORMAT,
                       _ ("A tile of the map server %s is larger than %s. Check the address of the "
                          "background map."),
                       self->host, limit));
  } else {
    g_byte_array_append (fetch->body, g_bytes_get_data (chunk, NULL),
                         (guint)g_bytes_get_size (chunk));
    g_input_stream_read_bytes_async (fetch->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, fetch->stop,
                                     chunk_read, g_steal_pointer (&task));
  }
}

static void
answer_began (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;

  fetch->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->stream == NULL) {
    transport_failed (fetch, error);
    return;
  }
  QONYS_TILE_CLIENT (g_task_get_source_object (task))->n_timeouts = 0;
  status = soup_message_get_status (fetch->message);
  if (status == SOUP_STATUS_NOT_MODIFIED && fetch->tile.bytes != NULL) {
    succeed (fetch);
  } else if (status == SOUP_STATUS_OK) {
    fetch->body = g_byte_array_new ();
    g_input_stream_read_bytes_async (fetch->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, fetch->stop,
                                     chunk_read, g_steal_pointer (&task));
  } else {
    status_failed (fetch);
  }
}

static void
send_request (Fetch *fetch)
{
  QonysTileClient *self = g_task_get_source_object (fetch->task);
  g_autofree char *url = expand_url (self->url, fetch->z, fetch->x, fetch->y);
  SoupMessageHeaders *headers;

  g_clear_object (&fetch->stream);
  g_clear_object (&fetch->message);
  g_clear_pointer (&fetch->body, g_byte_array_unref);
  fetch->message = soup_message_new (SOUP_METHOD_GET, url);
  headers = soup_message_get_request_headers (fetch->message);
  if (fetch->tile.bytes != NULL && fetch->tile.etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", fetch->tile.etag);
  if (fetch->tile.bytes != NULL && fetch->tile.modified_at != NULL)
    soup_message_headers_replace (headers, "If-Modified-Since", fetch->tile.modified_at);
  soup_session_send_async (self->session, fetch->message, G_PRIORITY_DEFAULT, fetch->stop,
                           answer_began, g_object_ref (fetch->task));
}

/* ---- A fetch begins. ---- */

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Fetch *fetch = task_data;

  qonys_tile_cache_load (fetch->cache, fetch->z, fetch->x, fetch->y, &fetch->tile);
  g_task_return_boolean (task, TRUE);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QonysTileClient *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (fetch->tile.bytes != NULL && fetch->tile.expires_s > g_get_real_time () / G_USEC_PER_SEC) {
    g_task_return_pointer (task, g_bytes_ref (fetch->tile.bytes), (GDestroyNotify)g_bytes_unref);
    return;
  }
  if (self->offline) {
    if (self->probing || g_get_monotonic_time () < self->retry_at_us) {
      return_old_or_error (fetch,
                           g_error_new_literal (QONYS_ERROR, QONYS_ERROR_FAILED, self->error));
      return;
    }
    self->probing = fetch->is_probe = TRUE;
  }
  g_ptr_array_add (self->on_network, fetch);
  send_request (fetch);
}

/* As an event of the main loop: cancelling from within the caller's cancel could come back to
 * the cancellable while it is locked. */
static gboolean
caller_cancelled (GCancellable *cancellable, gpointer stop)
{
  g_cancellable_cancel (stop);
  return G_SOURCE_REMOVE;
}

void
qonys_tile_client_fetch_async (QonysTileClient *self, int z, int x, int y,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Fetch *fetch;

  g_return_if_fail (QONYS_IS_TILE_CLIENT (self));
  g_task_set_source_tag (task, qonys_tile_client_fetch_async);
  if (z < 0 || z > MAX_ZOOM || x < 0 || y < 0 || x >= 1 << z || y >= 1 << z) {
    g_task_return_new_error (task, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                             _ ("There is no map tile %d/%d/%d. Zoom out."), z, x, y);
    return;
  }

  fetch = g_new0 (Fetch, 1);
  fetch->task = task;
  fetch->cache = self->cache;
  fetch->z = z;
  fetch->x = x;
  fetch->y = y;
  fetch->stop = g_cancellable_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  if (cancellable != NULL) {
    fetch->caller_cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (fetch->caller_cancelled, G_SOURCE_FUNC (caller_cancelled), fetch->stop,
                           NULL);
    g_source_attach (fetch->caller_cancelled, g_task_get_context (task));
  }

  run_on_disk (fetch, load_in_thread, loaded);
}

GBytes *
qonys_tile_client_fetch_finish (QonysTileClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
