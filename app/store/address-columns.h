#pragma once

#include "store/encoding.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

#define QONYS_ADDRESS_MAX_NAMES 10

/** Which columns of a layer say what; −1: none. */
typedef struct {
  int streets[QONYS_ADDRESS_MAX_NAMES]; /* names of the street a building is in, … */
  guint n_streets;
  int names[QONYS_ADDRESS_MAX_NAMES]; /* … of the thing itself */
  guint n_names;
  int house, address, lon, lat;
} QonysAddressColumns;

/** Finds them by their headers in three languages. Returns: FALSE if no column has names */
gboolean qonys_address_columns_find (OGRLayerH layer, const QonysDecoder *decoder,
                                     QonysAddressColumns *columns);

G_END_DECLS
