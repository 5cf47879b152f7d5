#pragma once

#include "domain/address-index.h"
#include "domain/address-names.h"

G_BEGIN_DECLS

/** The middle of a street's part in one district. */
typedef struct {
  guint8 district; /* of index->districts; 255 outside all */
  double weight, lon_deg, lat_deg;
} QonysStreetMiddle;

typedef struct {
  const char *shown;
  guint first_house, n_houses;
  guint first_middle, n_middles;
  double lon_deg, lat_deg; /* the middle of all of it */
  gboolean is_outside;     /* of all districts */
} QonysIndexStreet;

typedef struct {
  guint32 street;
  QonysHouse house;
  double lon_deg, lat_deg;
} QonysIndexHouse;

typedef struct _QonysIndexDraft QonysIndexDraft;

struct _QonysAddressIndex {
  QonysIndexDraft *draft; /* until it is frozen */
  QonysDistricts *kept;   /* (nullable) */
  GPtrArray *districts;   /* (nullable) (element-type QonysDistrict): those now, of kept */
  GStringChunk *strings;
  QonysNames *names;
  GPtrArray *aliases; /* element-type QonysStreetAlias */
  GArray *streets;    /* QonysIndexStreet */
  GArray *middles;    /* QonysStreetMiddle, by street */
  GArray *houses;     /* QonysIndexHouse, by street and number */
};

G_END_DECLS
