#pragma once

#include "draw/painter.h"
#include "net/tile-client.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QONYS_TYPE_MAP_VIEW (qonys_map_view_get_type ())

/**
 * QonysMapView:
 *
 * The map: a ShumateMap with an optional tile layer and one data layer that shows what the
 * painter painted. Pan by drag, arrow keys; zoom by wheel, pinch, + and −; Tab and Alt+arrows
 * walk the marks in view; Return picks. Rotation is locked.
 *
 * Signals: "picked" (QonysPick*): a click or Return; its kind may be none. "view-changed": the
 * camera moved. "painted": a new complete picture is on screen. "resized" (int width_px): while
 * widgets are given their sizes, so that none may be changed from it.
 */
G_DECLARE_FINAL_TYPE (QonysMapView, qonys_map_view, QONYS, MAP_VIEW, GtkWidget)

GtkWidget *qonys_map_view_new (void);

/** What to show; the old picture stays until the new one is painted. */
void qonys_map_view_set_content (QonysMapView *self, QonysContent *content);
void qonys_map_view_set_style (QonysMapView *self, const QonysStyle *style);
const QonysStyle *qonys_map_view_get_style (QonysMapView *self);

/** (nullable): tiles below, fetched by @client; NULL: the schematic base. */
void qonys_map_view_set_tiles (QonysMapView *self, QonysTileClient *client);

QonysCamera qonys_map_view_get_camera (QonysMapView *self);
/** Flies (at once where animations are off) to show @box, unit square. */
void qonys_map_view_show_box (QonysMapView *self, const QonysBox *box, gboolean is_animated);
/** What show_box() must be told to show again what is shown now. */
QonysBox qonys_map_view_get_box (QonysMapView *self);
/** What floats over the map's sides: show_box() keeps what it shows clear of it. */
void qonys_map_view_set_padding (QonysMapView *self, double left_px, double right_px);
void qonys_map_view_go_to (QonysMapView *self, double x, double y, double zoom,
                           gboolean is_animated);
void qonys_map_view_zoom (QonysMapView *self, double levels);
/** The largest zoom allowed (the public view is capped). */
void qonys_map_view_set_max_zoom (QonysMapView *self, double zoom);

/** Is the picture on screen of the newest content, style and camera? For tests. */
gboolean qonys_map_view_is_settled (QonysMapView *self);

G_END_DECLS
