#pragma once

/* Shared by map-view.c, map-sketch.c and map-walk.c only. */

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
  gboolean is_walk_picked; /* by Return already */
  double press_x, press_y;
  double pointer_x, pointer_y; /* NaN: not over the map */

  /* Drawing: what keys and pointer go to. */
  QonysSketch *sketch;  /* NULL: nothing is drawn */
  gboolean is_snapping; /* as toggled */
  gint64 click_time_us; /* of the last click */
};

void _qonys_map_view_pick (QonysMapView *self, const QonysPick *pick);

/* Keys of the walk, as class bindings. */
void _qonys_map_walk_class_init (GtkWidgetClass *widget_class);
/** Steps to the next (1) or previous (−1) mark in reading order. Returns: FALSE past the ends. */
gboolean _qonys_map_walk_step (QonysMapView *self, int by);
void _qonys_map_walk_stop (QonysMapView *self);

void _qonys_map_sketch_init (QonysMapView *self);
void _qonys_map_sketch_snapshot (QonysMapView *self, GtkSnapshot *snapshot);
/* Returns: FALSE if nothing is drawn */
gboolean _qonys_map_sketch_hover (QonysMapView *self, GtkEventController *controller, double x_px,
                                  double y_px);
gboolean _qonys_map_sketch_click (QonysMapView *self, double x_px, double y_px, int n_press);
/** Tells of a shape; @wkt: NULL: it was given up. */
void _qonys_map_view_sketched (QonysMapView *self, const char *wkt);
void _qonys_map_view_sketch_changed (QonysMapView *self);

G_END_DECLS
