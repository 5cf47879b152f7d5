#pragma once

#include "map/map-view.h"
#include "ui/session.h"
#include "ui/time-bar.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_MAP_PAGE (qonys_map_page_get_type ())

/**
 * QonysMapPage:
 *
 * The map with what every picture of it must bear: legend, scale bar, north, sources, the mark of
 * synthetic data; the zoom buttons and the card float above it. One input: the property "session".
 */
G_DECLARE_FINAL_TYPE (QonysMapPage, qonys_map_page, QONYS, MAP_PAGE, AdwBin)

QonysMapView *qonys_map_page_get_view (QonysMapPage *self);
/** Its state is whether the time bar is open. */
GtkToggleButton *qonys_map_page_get_time_button (QonysMapPage *self);
QonysTimeBar *qonys_map_page_get_time_bar (QonysMapPage *self);
/** Its state is whether the legend is open; kept apart for wide and narrow windows. */
GtkToggleButton *qonys_map_page_get_legend_button (QonysMapPage *self);

G_END_DECLS
