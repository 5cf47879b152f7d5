#pragma once

#include <glib.h>

/** What shapes a layer has: none, areas (the districts), points, or any (what people drew). */
typedef enum { QONYS_LOOK_NONE, QONYS_LOOK_AREA, QONYS_LOOK_MARK, QONYS_LOOK_ANY } QonysLook;

/** How a layer looks. */
typedef struct {
  const char *layer; /* its table */
  QonysLook look;
  guint32 fill, edge; /* 0xRRGGBB */
  const char *shape;  /* of a mark: QGIS's and SLD's name */
  int size_px;
} QonysLayerLook;

/** Adds a word to a map of QML's options. */
void qonys_qml_add_option (GString *qml, const char *name, const char *value);

/** Adds QML's renderer and labels, as our own pictures have them; nothing for
 * %QONYS_LOOK_NONE. */
void qonys_layer_symbols_add (GString *qml, const QonysLayerLook *look);
