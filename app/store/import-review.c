/* Rows that were stored without a place although they have an address: at most a thousand, each
 * looked up once more to say what the address may mean. */
#include "store/import-review.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_LISTED 1000

static void
add_line (QonysImportReport *report, gint64 row, const char *column,
          const QonysAddressIndex *addresses, const QonysAddressMatch *match)
{
  QonysRejection *line = g_new0 (QonysRejection, 1);
  g_autofree char *meanings = qonys_address_match_describe (addresses, match);

  line->row = row;
  line->column = g_strdup (column);
  if (match->verdict == QONYS_MATCH_DOUBTFUL) {
    line->reason = g_strdup_printf (_ ("The address may mean: %s."), meanings);
    line->cure = g_strdup (_ ("Write the street and the district in full, or the coordinates."));
  } else {
    line->reason = g_strdup (_ ("The street is not in the layer of addresses."));
    line->cure = g_strdup (_ ("Correct the street, or give the coordinates."));
  }
  g_ptr_array_add (report->places, line);
}

void
qonys_import_review_places (QonysImportReport *report, QonysImportSource *source,
                            const QonysTable *table, const QonysAddressIndex *addresses)
{
  const double *lon_deg = qonys_table_get_lon_deg (table);
  int field = source->columns[QONYS_DWELLING_STREET_KK] >= 0 ? QONYS_DWELLING_STREET_KK
                                                             : QONYS_DWELLING_STREET_RU;
  const char *column = source->columns[field] >= 0 ? source->names[source->columns[field]] : NULL;
  gint64 ordinal = 0;
  guint rejected = 0;

  if (source->schema->type != QONYS_RECORD_DWELLING)
    return;
  for (gsize row = 0; row < qonys_table_get_n_rows (table) && report->places->len < MAX_LISTED;
       row++) {
    const char *street_kk = qonys_table_get_text (table, row, QONYS_DWELLING_STREET_KK);
    const char *street_ru = qonys_table_get_text (table, row, QONYS_DWELLING_STREET_RU);
    QonysAddressMatch match;

    ordinal++; /* stored rows are those between the rejected ones */
    for (; rejected < report->rejected->len &&
           g_array_index (report->rejected, QonysRejectedRow, rejected).ordinal == ordinal;
         rejected++)
      ordinal++;
    if (!isnan (lon_deg[row]) || (street_kk == NULL && street_ru == NULL))
      continue;
    qonys_address_index_match (addresses, street_kk, street_ru,
                               qonys_table_get_text (table, row, QONYS_DWELLING_HOUSE),
                               qonys_table_get_text (table, row, QONYS_DWELLING_DISTRICT), &match);
    add_line (report, qonys_import_source_get_row_number (source, ordinal), column, addresses,
              &match);
  }
}
