#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_BOARD (qonys_board_get_type ())

/** All measures, a column a status, overdue first. What is selected in it is opened in the
 * sidebar, and what is opened is selected in it. Its input is the property "session". */
G_DECLARE_FINAL_TYPE (QonysBoard, qonys_board, QONYS, BOARD, AdwBin)

G_END_DECLS
