#pragma once

#include "base/date.h"
#include "privacy/column-names.h"
#include "privacy/identifier.h"
#include "privacy/patterns.h"

G_BEGIN_DECLS

/* Inside the room: what a scanner keeps of a file. Hashes, counts and masked samples only. */

#define MAX_DISTINCT 8
#define N_NO_NAMES 128
#define MAX_JUDGED_NAMES 20000

/* What a column held of one pattern. */
typedef struct {
  gint64 first_row, last_row, n_rows;
  char *sample;
  guint64 distinct[MAX_DISTINCT]; /* hashes */
  guint n_distinct;
} Tally;

typedef struct {
  guint number;
  char *name; /* masked if it identifies */
  QonysScanType type;
  QonysColumnTraits traits;
  Tally tallies[QONYS_N_PATTERNS];
  Tally likely_names, owners;
  guint64 no_names[N_NO_NAMES]; /* hashes of what looked like names and was streets: they repeat */
  gint64 n_cells, n_judged_names;
  GByteArray *judged_names; /* (nullable): of a part, whether each name judged was likely */
  gint64 n_days, n_other_nines;
  QonysDay first_day, last_day;
} Column;

struct _QonysScanner {
  gboolean is_address_level;
  GPtrArray *columns;
  /* Rows of persons: a bit for each hash of an address seen. */
  QonysColumnTraits traits; /* of all columns together */
  guint32 *address_bits;
  guint n_bits;
  double n_distinct_addresses;
  gint64 n_address_rows, row;
  guint64 row_hash;
  GArray *part_addresses; /* (nullable) (element-type guint32): of a part, the bits instead */
};

/** Ends the row whose cells were fed last. */
void qonys_scanner_end_row (QonysScanner *scanner);

/** Counts an address, told by the bit its hash falls on. */
void qonys_scanner_mark_address (QonysScanner *scanner, guint32 bit);

G_END_DECLS
