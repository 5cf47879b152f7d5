#pragma once

#include "net/tile-client.h"
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define QONYS_TYPE_TILE_MAP (qonys_tile_map_get_type ())

/**
 * QonysTileMap:
 *
 * Tiles for Shumate, fetched by the project's own client (its own user agent, cache and limits).
 * Without a client it has no tiles and only gives the viewport its projection.
 */
G_DECLARE_FINAL_TYPE (QonysTileMap, qonys_tile_map, QONYS, TILE_MAP, ShumateMapSource)

/** @client: (nullable) */
QonysTileMap *qonys_tile_map_new (QonysTileClient *client);

G_END_DECLS
