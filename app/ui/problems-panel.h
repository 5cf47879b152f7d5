#pragma once

#include "ui/panel.h"

G_BEGIN_DECLS

#define QONYS_TYPE_PROBLEMS_PANEL (qonys_problems_panel_get_type ())
G_DECLARE_FINAL_TYPE (QonysProblemsPanel, qonys_problems_panel, QONYS, PROBLEMS_PANEL, QonysPanel)

G_END_DECLS
