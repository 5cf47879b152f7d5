#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_CARD_VIEW (qonys_card_view_get_type ())

/**
 * QonysCardView:
 *
 * The floating card of what is selected on the map: a QonysCard of the release gate, row by row,
 * with ways to the problems it speaks of. Hidden while nothing is selected. One input: the
 * property "session".
 */
G_DECLARE_FINAL_TYPE (QonysCardView, qonys_card_view, QONYS, CARD_VIEW, AdwBin)

G_END_DECLS
