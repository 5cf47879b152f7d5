#pragma once

#include "ui/panel.h"

G_BEGIN_DECLS

#define QONYS_TYPE_MEASURES_PANEL (qonys_measures_panel_get_type ())
G_DECLARE_FINAL_TYPE (QonysMeasuresPanel, qonys_measures_panel, QONYS, MEASURES_PANEL, QonysPanel)

G_END_DECLS
