#pragma once

#include "release/release.h"

G_BEGIN_DECLS

/** What one export was. Strings are the caller's. */
typedef struct {
  const QonysRelease *release;
  const char *layer;     /* "dwellings"; pictures: the visible layers, ',' between */
  const char *format;    /* "geojson", "csv", "png", … */
  const char *filter;    /* (nullable): what was chosen: "indicator=overcrowded_share" */
  const char *recipient; /* (nullable): to whom it goes */
  const char *file_name;
  const char *sha256;
  gint64 size;
} QonysLogEntry;

/** Appends an entry under a lock, with the hash of the one before. */
gboolean _qonys_log_append (const QonysLogEntry *entry, GError **error);

G_END_DECLS
