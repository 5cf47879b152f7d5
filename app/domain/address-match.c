/*
 * Looking addresses up in a frozen index: parse, find the names that share a word, score them,
 * place the house. About 10 µs an address, no state but the index's, any number of threads.
 */
#include "domain/address-index.h"

#include "domain/address-index-private.h"
#include "domain/street-alias.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LEAST 0.5
#define DOUBTFUL 0.6
#define ACCEPTED 0.9
#define MARGIN 0.02          /* how much better than the next the best must be, … */
#define MARGIN_MISTYPED 0.05 /* … if not all its letters are right */
#define SAME_LETTERS 0.965
#define COST_OF_OTHER_HOUSE 0.03
#define COST_OF_NO_HOUSE 0.05
#define COST_OF_OLD_NAME 0.05 /* a street that has the name today is meant, if there is one */
#define COST_OF_DISTRICT 0.1
#define COST_OF_OUTSIDE 0.05
#define NO_DISTRICT 255

typedef struct {
  const QonysAddressIndex *index;
  QonysHouse house;
  const char *kato; /* (nullable) */
  QonysAddressMatch *match;
  guint32 streets[QONYS_MATCH_MAX_CANDIDATES]; /* of the candidates */
} Search;

const char *
qonys_accuracy_get_code (QonysAccuracy accuracy)
{
  static const char *const codes[] = {"house", "street", "block", "district", "none"};

  return codes[accuracy];
}

/* ---- one street ---- */

static const QonysDistrict *
get_district (const QonysAddressIndex *index, guint8 district)
{
  return district != NO_DISTRICT && index->districts != NULL
             ? g_ptr_array_index (index->districts, district)
             : NULL;
}

/* A row of the days before a split states the district its place was in then. */
static gboolean
is_stated (const QonysDistrict *district, const char *kato)
{
  return g_str_equal (district->kato, kato) || g_str_equal (district->split_from, kato);
}

/* Puts the candidate in the middle of the street, or of its part in the district stated. */
static void
place_in_street (const Search *search, const QonysIndexStreet *street,
                 QonysMatchCandidate *candidate)
{
  const QonysStreetMiddle *best = NULL;
  gboolean is_known = search->kato != NULL && search->index->districts != NULL;

  candidate->lon_deg = street->lon_deg;
  candidate->lat_deg = street->lat_deg;
  for (guint i = 0; i < street->n_middles; i++) {
    const QonysStreetMiddle *middle =
        &g_array_index (search->index->middles, QonysStreetMiddle, street->first_middle + i);
    const QonysDistrict *district = get_district (search->index, middle->district);

    if (street->n_middles == 1 && district != NULL)
      candidate->kato = district->kato;
    if (is_known && district != NULL && is_stated (district, search->kato) &&
        (best == NULL || middle->weight > best->weight)) {
      best = middle;
      candidate->kato = district->kato;
    }
  }
  if (best != NULL) {
    candidate->lon_deg = best->lon_deg;
    candidate->lat_deg = best->lat_deg;
  }
  candidate->other_district = street->is_outside || (is_known && best == NULL);
  if (candidate->other_district)
    candidate->score -= street->is_outside ? COST_OF_OUTSIDE : COST_OF_DISTRICT;
}

/* The house asked for, else one with its number; NULL if there is none. Houses are sorted. */
static const QonysIndexHouse *
find_house (const Search *search, const QonysIndexStreet *street, gboolean *is_same)
{
  const QonysIndexHouse *houses =
      &g_array_index (search->index->houses, QonysIndexHouse, street->first_house);
  guint low = 0, high = street->n_houses, first;
  QonysHouse number = {.number = search->house.number};

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (qonys_house_compare (&houses[middle].house, &number) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (first = low; low < street->n_houses && houses[low].house.number == number.number; low++)
    if (qonys_house_compare (&houses[low].house, &search->house) == 0) {
      *is_same = TRUE;
      return &houses[low];
    }
  *is_same = FALSE;
  return low > first ? &houses[first] : NULL;
}

static void
place_at_house (const Search *search, const QonysIndexStreet *street,
                QonysMatchCandidate *candidate)
{
  gboolean is_same;
  const QonysIndexHouse *house;

  if (search->house.number == 0 || street->n_houses == 0)
    return;
  house = find_house (search, street, &is_same);
  if (house == NULL) {
    candidate->score -= COST_OF_NO_HOUSE;
    return;
  }
  candidate->lon_deg = house->lon_deg;
  candidate->lat_deg = house->lat_deg;
  candidate->house = house->house;
  candidate->other_house = !is_same;
  if (is_same)
    candidate->accuracy = QONYS_ACCURACY_HOUSE;
  else
    candidate->score -= COST_OF_OTHER_HOUSE;
}

/* ---- all of them ---- */

static void
add_candidate (Search *search, const QonysMatchCandidate *candidate, guint32 street)
{
  QonysAddressMatch *match = search->match;
  guint at;

  for (at = 0; at < match->n_candidates && search->streets[at] != street; at++)
    ;
  if (at < match->n_candidates) { /* by another of its names */
    if (match->candidates[at].score >= candidate->score)
      return;
  } else if (match->n_candidates < QONYS_MATCH_MAX_CANDIDATES) {
    match->n_candidates++;
  } else if (match->candidates[--at].score >= candidate->score) {
    return;
  }
  for (; at > 0 && match->candidates[at - 1].score < candidate->score; at--) {
    match->candidates[at] = match->candidates[at - 1];
    search->streets[at] = search->streets[at - 1];
  }
  match->candidates[at] = *candidate;
  search->streets[at] = street;
}

static const QonysStreetAlias *
get_alias (const QonysAddressIndex *index, int number)
{
  return number >= 0 ? g_ptr_array_index (index->aliases, number / 2) : NULL;
}

static gboolean
is_renamed (const QonysAddressIndex *index, int number)
{
  const QonysStreetAlias *alias = get_alias (index, number);

  return alias != NULL && !alias->is_same;
}

static void
add_streets (Search *search, const QonysNameEntry *entry, double score)
{
  for (guint i = 0; i < entry->streets->len; i++) {
    guint32 number = g_array_index (entry->streets, guint32, i);
    const QonysIndexStreet *street =
        &g_array_index (search->index->streets, QonysIndexStreet, number);
    QonysMatchCandidate candidate = {
        .name = street->shown,
        .score = score - (is_renamed (search->index, entry->alias) ? COST_OF_OLD_NAME : 0),
        .accuracy = entry->type >= QONYS_STREET_MICRODISTRICT ? QONYS_ACCURACY_BLOCK
                                                              : QONYS_ACCURACY_STREET,
        .alias = entry->alias,
    };

    place_in_street (search, street, &candidate);
    place_at_house (search, street, &candidate);
    add_candidate (search, &candidate, number);
  }
}

static void
search_name (Search *search, const char *key, QonysStreetType type)
{
  QonysNameHit hits[QONYS_NAMES_MAX_HITS];
  QonysStreetName name;
  guint n;

  qonys_street_name_init (&name, key);
  n = qonys_names_find (search->index->names, &name, type, LEAST, hits);
  for (guint i = 0; i < n; i++)
    add_streets (search, qonys_names_get (search->index->names, hits[i].name), hits[i].score);
}

/* If the house has a column of its own, all numbers in the text may be the street's. */
static void
search_whole (Search *search, const char *text, const QonysAddress *address)
{
  QonysStreetType type;
  g_autofree char *key = qonys_address_make_key (text, &type);

  if (key[0] != '\0' && g_strcmp0 (key, address->street) != 0 &&
      g_strcmp0 (key, address->block) != 0)
    search_name (search, key, type);
}

static void
search_text (Search *search, const char *text, const char *house)
{
  g_auto (QonysAddress) address = {0};
  gboolean has_house = house != NULL && qonys_house_parse (house, &search->house);

  qonys_address_parse (text, &address);
  if (address.is_elsewhere)
    return;
  if (!has_house)
    search->house = address.house;
  if (search->kato == NULL)
    search->kato = address.kato;
  if (address.street != NULL)
    search_name (search, address.street, address.type);
  if (has_house && address.house.number != search->house.number &&
      (address.house.number != 0 || address.street == NULL))
    search_whole (search, text, &address);
  if (address.block != NULL &&
      (search->match->n_candidates == 0 || search->match->candidates[0].score < DOUBTFUL))
    search_name (search, address.block, address.block_type);
}

static QonysMatchVerdict
judge (const QonysAddressMatch *match)
{
  const QonysMatchCandidate *best = match->candidates, *next = best + 1;
  double margin;

  if (match->n_candidates == 0 || best->score < DOUBTFUL)
    return QONYS_MATCH_NONE;
  margin = best->score < SAME_LETTERS ? MARGIN_MISTYPED : MARGIN;
  if (best->score < ACCEPTED || best->other_district ||
      (match->n_candidates > 1 && next->score > best->score - margin))
    return QONYS_MATCH_DOUBTFUL;
  return QONYS_MATCH_ACCEPTED;
}

void
qonys_address_index_match (const QonysAddressIndex *index, const char *text, const char *other_text,
                           const char *house, const char *kato, QonysAddressMatch *match)
{
  Search search = {.index = index, .kato = kato, .match = match};

  memset (match, 0, sizeof *match);
  if (kato != NULL && (kato[0] == '\0' || g_str_equal (kato, QONYS_CITY_KATO)))
    search.kato = NULL;
  if (text != NULL)
    search_text (&search, text, house);
  if (other_text != NULL)
    search_text (&search, other_text, house);
  match->verdict = judge (match);
}

/* ---- words for the report ---- */

static char *
describe_alias (const QonysAddressIndex *index, int number)
{
  const QonysStreetAlias *alias = get_alias (index, number);
  g_autofree char *year = g_strndup (alias->renamed, 4);

  if (number % 2 == 0)
    return year[0] != '\0'
               ? g_strdup_printf (_ ("The address has the old name; it was renamed in %s."), year)
               : g_strdup (_ ("The address has the old name."));
  return year[0] != '\0'
             ? g_strdup_printf (_ ("The layer has the old name; it was renamed in %s."), year)
             : g_strdup (_ ("The layer has the old name."));
}

char *
qonys_address_index_describe (const QonysAddressIndex *index, const QonysMatchCandidate *candidate)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (candidate->other_district)
    g_string_append (text, _ ("The street is not in the district stated."));
  if (candidate->other_house) {
    g_autofree char *house = qonys_house_format (&candidate->house);

    g_string_append (text, text->len > 0 ? " " : "");
    g_string_append_printf (text, _ ("Of this number the layer has only building %s."), house);
  }
  if (is_renamed (index, candidate->alias)) {
    g_autofree char *alias = describe_alias (index, candidate->alias);

    g_string_append (text, text->len > 0 ? " " : "");
    g_string_append (text, alias);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
