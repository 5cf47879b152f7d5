#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A street that was renamed, or has a name in two spellings. Names are as people write them. */
typedef struct {
  GStrv now; /* the first is to be shown */
  GStrv was;
  char *renamed;    /* "2008-02", "2008"; "" unknown */
  gboolean is_same; /* two spellings of one name, no renaming */
} QonysStreetAlias;

/** The bundled table. Returns: (transfer full) (element-type QonysStreetAlias) */
GPtrArray *qonys_street_aliases_load (void);

G_END_DECLS
