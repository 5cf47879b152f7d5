#pragma once

#include "ui/panel.h"

G_BEGIN_DECLS

#define QONYS_TYPE_CITY_PANEL (qonys_city_panel_get_type ())
G_DECLARE_FINAL_TYPE (QonysCityPanel, qonys_city_panel, QONYS, CITY_PANEL, QonysPanel)

G_END_DECLS
