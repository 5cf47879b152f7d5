#pragma once

#include "domain/address-index.h"
#include "store/row.h"

G_BEGIN_DECLS

/** How a row came by its place. */
typedef enum {
  QONYS_PLACED_NOT, /* it has a place of its own, or no address */
  QONYS_PLACED_HOUSE,
  QONYS_PLACED_STREET,
  QONYS_PLACED_BLOCK,
  QONYS_PLACED_DOUBTFUL, /* it has none: somebody must choose */
  QONYS_PLACED_UNKNOWN,  /* it has none: no such street */
  QONYS_N_PLACED,
} QonysPlaced;

/**
 * qonys_row_place_by_address:
 * @row: a valid one of a dwelling that has an accuracy of the position; the name of its district is
 *   a KATO already
 * @index: must live until the row is appended
 *
 * Gives a row without a position the one of its address and says how near it is; where the
 * district is not said and the street is in one only, that too. Only what is accepted is placed.
 * From any thread.
 */
QonysPlaced qonys_row_place_by_address (QonysRow *row, const QonysAddressIndex *index);

/** What an address may mean, for somebody to choose: “Садовая (0.95), Садовый (0.80)”.
 * Returns: (transfer full) */
char *qonys_address_match_describe (const QonysAddressIndex *index, const QonysAddressMatch *match);

G_END_DECLS
