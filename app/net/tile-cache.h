#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QonysTileCache:
 *
 * Map tiles in a folder, FOLDER/z/x/y. Shared by threads; every function touches the disk and
 * is for a worker thread.
 */
typedef struct _QonysTileCache QonysTileCache;

/** A tile as it was received. */
typedef struct {
  GBytes *bytes;     /* the picture; %NULL: no tile */
  gint64 expires_s;  /* fresh until, Unix time */
  char *etag;        /* (nullable) */
  char *modified_at; /* (nullable): Last-Modified as received */
} QonysCachedTile;

void qonys_cached_tile_clear (QonysCachedTile *tile);

/**
 * qonys_tile_cache_new:
 * @folder: made at the first tile, readable by its user only
 * @max_bytes: of files in @folder; beyond it the oldest go until a tenth of it is free
 *
 * Costs nothing: no file is touched.
 */
QonysTileCache *qonys_tile_cache_new (const char *folder, guint64 max_bytes);
void qonys_tile_cache_free (QonysTileCache *cache);

/** Reads a tile. Returns: FALSE if there is none, or only a torn one. */
gboolean qonys_tile_cache_load (QonysTileCache *cache, int z, int x, int y, QonysCachedTile *tile);

/**
 * qonys_tile_cache_store:
 *
 * Writes a tile. A tile that cannot be written (a full disk) is left out and not reported: the
 * cache is a help. The first store of a run, and one that fills the cache, walk the folder.
 */
void qonys_tile_cache_store (QonysTileCache *cache, int z, int x, int y,
                             const QonysCachedTile *tile);

G_END_DECLS
