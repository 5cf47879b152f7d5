#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_LAYERS_PANEL (qonys_layers_panel_get_type ())

/** What is on the map and how it looks. One input: the property "session". */
G_DECLARE_FINAL_TYPE (QonysLayersPanel, qonys_layers_panel, QONYS, LAYERS_PANEL, AdwBin)

G_END_DECLS
