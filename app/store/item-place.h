#pragma once

#include "domain/entry.h"
#include "geo/wkt.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Where marked places without a shape of their own are for other programs. A square's row bears its
 * outline. Those of a district and of the city stand in a view, which nobody can edit by mistake:
 * with the district's outline as it is now, the city's without. */
#define QONYS_ITEM_PLACE_VIEW "problem_item_place"

/** The shape a row bears though its item has none. Returns: (transfer full) (nullable) */
QonysPath *qonys_item_place_make_shape (const QonysEntry *item);

/**
 * qonys_item_place_settle:
 * @values: a row's, by field; what they become stays until the next row
 * @path: its shape
 *
 * A square's outline is no shape of the item. Of another shape somebody moved or drew it in another
 * program: then the item is there, and at the square no more.
 *
 * Returns: TRUE if it was moved, so that the row's words are not true any more
 */
gboolean qonys_item_place_settle (const char **values, const QonysPath *path);

/** Makes the view, and gives squares that have none their outlines. Returns: SQLite's code */
int qonys_item_place_write (sqlite3 *database);

G_END_DECLS
