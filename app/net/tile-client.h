#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QONYS_TYPE_TILE_CLIENT (qonys_tile_client_get_type ())

/**
 * QonysTileClient:
 *
 * Fetches the raster tiles of one background map over HTTP: two connections at most, Qonys's
 * own User-Agent, a cache on disk that obeys Cache-Control, Expires and ETag and keeps tiles
 * (seven days fresh where the server does not say) for the days without a network. Nothing is
 * sent before the first qonys_tile_client_fetch_async(); what is sent is the tile's number.
 *
 * Use it on one thread with a main context; it never blocks. Properties, all read-only:
 * "attribution"; "offline" (the last answer was a failure; after it the network is left alone
 * for half a minute, and tiles come from the disk at once); "error" (the last failure as a
 * translated sentence with its cure, %NULL after a success).
 */
G_DECLARE_FINAL_TYPE (QonysTileClient, qonys_tile_client, QONYS, TILE_CLIENT, GObject)

/**
 * qonys_tile_client_new:
 * @url: http or https with {z}, {x} and {y} (rows from the north)
 * @attribution: (nullable): the licence line, to be shown with every picture
 *
 * Touches neither network nor disk.
 *
 * Returns: (nullable): %NULL with %QONYS_ERROR_USAGE if @url is no address of tiles
 */
QonysTileClient *qonys_tile_client_new (const char *url, const char *attribution, GError **error);

/** A background map and how to treat its server; 0 and %NULL are the defaults. */
typedef struct {
  const char *url, *attribution; /* as above */
  const char *folder;            /* of the cache: the user's cache, qonys/tiles/HOST */
  guint timeout_s;               /* 10: without a byte */
  guint backoff_ms;              /* 500: before the first retry, fourfold before the second */
  guint max_tile_bytes;          /* 2 MiB */
  guint64 max_cache_bytes;       /* 200 MiB */
} QonysTileServer;

/** The same for a server that is not like the others. @server: copied */
QonysTileClient *qonys_tile_client_new_full (const QonysTileServer *server, GError **error);

/**
 * qonys_tile_client_fetch_async:
 * @z: zoom, 0–24
 * @x: column from the antimeridian eastwards, 0 … 2^z − 1
 * @y: row from the north, 0 … 2^z − 1
 *
 * Gets a tile: a fresh one from the disk, else from the network (timeouts and errors of the
 * server are tried twice more), else an old one from the disk.
 */
void qonys_tile_client_fetch_async (QonysTileClient *client, int z, int x, int y,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * qonys_tile_client_fetch_finish:
 *
 * Returns: (transfer full): a PNG, JPEG, WebP or GIF file; or %NULL with @error:
 *   %QONYS_ERROR_NOT_FOUND (no such tile), %QONYS_ERROR_PERMISSION (the server refuses),
 *   %QONYS_ERROR_FORMAT (too large, no picture), %QONYS_ERROR_FAILED (network, server), or
 *   %G_IO_ERROR_CANCELLED
 */
GBytes *qonys_tile_client_fetch_finish (QonysTileClient *client, GAsyncResult *result,
                                        GError **error);

/** Lets the next fetch try the network even if it failed a moment ago: for a "Try again". */
void qonys_tile_client_try_again (QonysTileClient *client);

/** Returns: (nullable) */
const char *qonys_tile_client_get_attribution (QonysTileClient *client);
gboolean qonys_tile_client_get_offline (QonysTileClient *client);
/** Returns: (nullable): valid until the next main loop iteration */
const char *qonys_tile_client_get_error (QonysTileClient *client);

G_END_DECLS
