#pragma once

#include "base/job.h"
#include "domain/address-index.h"
#include "domain/district.h"

G_BEGIN_DECLS

/**
 * qonys_store_load_addresses:
 * @path: (nullable): any vector source of the user's: lines, polygons or points with columns of
 *   names (name, name:kk, street_ru, addr:street and addr:housenumber, улица, үй …) in any
 *   coordinate system; %NULL: the bundled avenues and residential areas alone
 * @crs: (nullable): "EPSG:28412" where the source does not say, or says wrongly
 * @districts: (nullable): those the streets are placed in
 * @diagnostics: (nullable): says how many there are, and how many features were left out
 *
 * Makes the index of streets and houses: those bundled and those of the source. Errors: as
 * qonys_store_read_districts(); no column of names, nothing in Astana.
 *
 * Returns: (transfer full): frozen
 */
QonysAddressIndex *qonys_store_load_addresses (const char *path, const char *crs,
                                               const QonysDistricts *districts, QonysJob *job,
                                               GPtrArray *diagnostics, GError **error);

G_END_DECLS
