#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_SEARCH (qonys_search_get_type ())

/**
 * QonysSearch:
 *
 * A search entry with its list below: districts, places, streets, problems, measures, figures, in
 * any of three languages and loose spelling; never addresses. The arrow keys choose, Enter flies
 * there or opens the item. One input: the property "session".
 */
G_DECLARE_FINAL_TYPE (QonysSearch, qonys_search, QONYS, SEARCH, AdwBin)

/** The entry, for focusing and for tests. */
GtkEditable *qonys_search_get_entry (QonysSearch *self);
/** What is found now. Returns: (transfer none) (nullable) (element-type QonysHit) */
GPtrArray *qonys_search_get_hits (QonysSearch *self);

G_END_DECLS
