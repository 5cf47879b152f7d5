#pragma once

#include "release/release-private.h"

G_BEGIN_DECLS

QonysCard *_qonys_card_new (const char *title, const char *subtitle);
/** Takes @value. */
QonysCardRow *_qonys_card_add (QonysCard *card, const char *label, char *value,
                               QonysValueState state);
void _qonys_card_add_note (QonysCard *card, const char *note);
void _qonys_card_add_problem (QonysCard *card, const char *id);
/** Synthetic mark, and in public why there are no addresses and what is hidden. */
void _qonys_card_add_common_notes (QonysCard *card, const QonysRelease *release);
/** "< 5" where the count is hidden for being small, else "…". */
char *_qonys_card_format_hidden (const QonysRelease *release, gboolean is_small);

/** The card of one row of the layer's table, or of several at one place. Official audience. */
QonysCard *_qonys_card_new_for_row (const QonysRelease *release, QonysLayer layer, gsize row);
/** The card of an item or annotation by its number in the content's notes. */
QonysCard *_qonys_card_new_for_note (const QonysRelease *release, guint index);
/** @indices: (element-type guint32): of a group of items */
QonysCard *_qonys_card_new_for_items (const QonysRelease *release, const GArray *indices);

G_END_DECLS
