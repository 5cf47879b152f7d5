#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_INFO_BAR (qonys_info_bar_get_type ())

/**
 * QonysInfoBar:
 *
 * The only place where errors appear. One input: the property "session".
 */
G_DECLARE_FINAL_TYPE (QonysInfoBar, qonys_info_bar, QONYS, INFO_BAR, AdwBin)

G_END_DECLS
