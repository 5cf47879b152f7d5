#pragma once

#include "net/tile-client.h"
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define QONYS_TYPE_TILE_SOURCE (qonys_tile_source_get_type ())

/**
 * QonysTileSource:
 *
 * Tiles for Shumate, fetched by the project's own client (its own user agent, cache and limits).
 * Without a client it has no tiles and only gives the viewport its projection.
 */
G_DECLARE_FINAL_TYPE (QonysTileSource, qonys_tile_source, QONYS, TILE_SOURCE, ShumateMapSource)

/** @client: (nullable) */
QonysTileSource *qonys_tile_source_new (QonysTileClient *client);

G_END_DECLS
