#pragma once

#include "draw/painter.h"
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define QONYS_TYPE_DATA_LAYER (qonys_data_layer_get_type ())

/**
 * QonysDataLayer:
 *
 * A Shumate layer that shows what the painter painted. Signal "painted": the newest content, style
 * and camera are in the picture.
 */
G_DECLARE_FINAL_TYPE (QonysDataLayer, qonys_data_layer, QONYS, DATA_LAYER, ShumateLayer)

QonysDataLayer *qonys_data_layer_new (ShumateViewport *viewport);

/** @content: (nullable): until it is painted the picture before it stays, but not if that was for
 * fewer people to see */
void qonys_data_layer_set_content (QonysDataLayer *self, QonysContent *content);
QonysContent *qonys_data_layer_get_content (QonysDataLayer *self);

void qonys_data_layer_set_style (QonysDataLayer *self, const QonysStyle *style);
const QonysStyle *qonys_data_layer_get_style (QonysDataLayer *self);

/** The viewport as the painter understands it; 0 px wide before the first allocation. */
QonysCamera qonys_data_layer_get_camera (QonysDataLayer *self);

/** Draws a ring and a name around a place; @label %NULL takes them away. @x, @y: unit square. */
void qonys_data_layer_set_ring (QonysDataLayer *self, double x, double y, const char *label);

gboolean qonys_data_layer_is_settled (QonysDataLayer *self);

G_END_DECLS
