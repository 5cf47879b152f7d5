#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A file the program carries with it: "catalogue.json", "story.json", "districts.geojson",
 * "basemap.geojson", "header-synonyms.json". Returns: (transfer full): its bytes; NULL is a bug */
GBytes *qonys_bundle_load (const char *name);

G_END_DECLS
