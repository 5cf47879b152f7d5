#pragma once

#include "net/tile-client.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/** The user's settings; NULL where the schema is not installed, then defaults hold and nothing is
 * kept. Returns: (transfer none) */
GSettings *qonys_settings_get (void);

/** A string setting. Returns: (transfer full): "" without settings */
char *qonys_settings_dup_string (const char *key);
void qonys_settings_set_string (const char *key, const char *value);

/** The tile client the settings name. Returns: (transfer full) (nullable): NULL with @error if the
 * address is no template */
QonysTileClient *qonys_settings_make_tile_client (GError **error);

G_END_DECLS
