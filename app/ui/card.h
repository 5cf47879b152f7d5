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

/** Appends a row of a card to a vertical box: a short value stands beside its label, one with a
 * long unit below it. The first hidden one leads to the reason; @is_explained remembers it. */
void qonys_card_append_row (GtkWidget *box, const QonysCardRow *row, gboolean *is_explained);

G_END_DECLS
