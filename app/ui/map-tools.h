#pragma once

#include "map/map-view.h"
#include "ui/session.h"

G_BEGIN_DECLS

/**
 * qonys_map_tools_install:
 * @window: gets the actions: it is a GActionMap, too, and the tools live with it
 *
 * What hands do on the map: "mark-problem" at what is selected, else at a point to be set; "draw"
 * (s: a kind of annotation, "item-point", "item-area"); and of the item or annotation that is
 * selected "edit-entry", "edit-shape", "copy-entry", "paste-entry", "duplicate-entry",
 * "delete-entry".
 */
void qonys_map_tools_install (GtkWindow *window, QonysSession *session, QonysMapView *view);

/** The menu of what can be drawn. Returns: (transfer full) */
GMenuModel *qonys_map_tools_make_menu (void);

G_END_DECLS
