/* Placing rows by their addresses, each while it is read: some 15 µs a row without a position. */
#include "store/import-address.h"

#include "base/format.h"

#include <math.h>
#include <string.h>

/* What of the candidate a row may keep. */
static QonysPlaced
take (QonysRow *row, const QonysMatchCandidate *candidate)
{
  QonysCell *district = &row->cells[QONYS_DWELLING_DISTRICT];

  row->lon_deg = candidate->lon_deg;
  row->lat_deg = candidate->lat_deg;
  row->cells[QONYS_DWELLING_POSITION_ACCURACY].number = candidate->accuracy;
  if (district->is_given && district->text == NULL)
    district->text = candidate->kato;
  switch (candidate->accuracy) {
  case QONYS_ACCURACY_HOUSE:
    return QONYS_PLACED_HOUSE;
  case QONYS_ACCURACY_BLOCK:
    return QONYS_PLACED_BLOCK;
  case QONYS_ACCURACY_STREET:
  case QONYS_ACCURACY_DISTRICT:
  case QONYS_ACCURACY_NONE:
  default:
    return QONYS_PLACED_STREET;
  }
}

QonysPlaced
qonys_row_place_by_address (QonysRow *row, const QonysAddressIndex *index)
{
  const char *street_kk = row->cells[QONYS_DWELLING_STREET_KK].text;
  const char *street_ru = row->cells[QONYS_DWELLING_STREET_RU].text;
  QonysAddressMatch match;

  if (!isnan (row->lon_deg) || (street_kk == NULL && street_ru == NULL))
    return QONYS_PLACED_NOT;
  qonys_address_index_match (index, street_kk, street_ru, row->cells[QONYS_DWELLING_HOUSE].text,
                             row->cells[QONYS_DWELLING_DISTRICT].text, &match);
  if (match.verdict == QONYS_MATCH_ACCEPTED)
    return take (row, &match.candidates[0]);
  row->cells[QONYS_DWELLING_POSITION_ACCURACY].number = QONYS_ACCURACY_NONE;
  return match.verdict == QONYS_MATCH_DOUBTFUL ? QONYS_PLACED_DOUBTFUL : QONYS_PLACED_UNKNOWN;
}

char *
qonys_address_match_describe (const QonysAddressIndex *index, const QonysAddressMatch *match)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < match->n_candidates; i++) {
    const QonysMatchCandidate *candidate = &match->candidates[i];
    g_autofree char *note = qonys_address_index_describe (index, candidate);
    g_autofree char *score = qonys_format_decimal (candidate->score, 2);

    if (note != NULL && g_str_has_suffix (note, "."))
      note[strlen (note) - 1] = '\0';
    g_string_append_printf (text, "%s%s (%s)%s%s", text->len > 0 ? "; " : "", candidate->name,
                            score, note != NULL ? ": " : "", note != NULL ? note : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
