#pragma once

/* Shared by map-view.c and map-walk.c only. */

#include "map/data-layer.h"
#include "map/map-view.h"

G_BEGIN_DECLS

struct _QonysMapView {
  GtkWidget parent_instance;

  /* Children */
  ShumateMap *map;
  QonysDataLayer *data_layer;
  ShumateMapLayer *tile_layer; /* nullable */

  /* Borrowed */
  ShumateViewport *viewport;

  /* Owned */
  QonysTileClient *tile_client; /* NULL: schematic base */

  double max_zoom;
  double left_px, right_px; /* padding */
  QonysBox pending_box;     /* shown at the first allocation */

  /* The walk by keyboard: what the ring is on. */
  QonysPick walked;
  double press_x, press_y;
};

void _qonys_map_view_pick (QonysMapView *self, const QonysPick *pick);

/* Keys of the walk, as class bindings. */
void _qonys_map_walk_class_init (GtkWidgetClass *widget_class);
/** Steps to the next (1) or previous (−1) mark in reading order. Returns: FALSE past the ends. */
gboolean _qonys_map_walk_step (QonysMapView *self, int by);
void _qonys_map_walk_stop (QonysMapView *self);

G_END_DECLS
