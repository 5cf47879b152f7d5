#pragma once

#include "domain/address.h"
#include "domain/district.h"

G_BEGIN_DECLS

/** How near a position is, as position_accuracy has it. */
typedef enum {
  QONYS_ACCURACY_HOUSE,
  QONYS_ACCURACY_STREET,
  QONYS_ACCURACY_BLOCK,
  QONYS_ACCURACY_DISTRICT,
  QONYS_ACCURACY_NONE,
} QonysAccuracy;

typedef enum {
  QONYS_MATCH_NONE,     /* best score < 0.6 */
  QONYS_MATCH_DOUBTFUL, /* best score < 0.9, or several as good, or another district */
  QONYS_MATCH_ACCEPTED,
} QonysMatchVerdict;

#define QONYS_MATCH_MAX_CANDIDATES 5

/** One place an address may mean. Strings are the index's. */
typedef struct {
  const char *name; /* as the layer has it: «Қабанбай батыр даңғылы» */
  double score;     /* 0…1 */
  double lon_deg, lat_deg;
  QonysAccuracy accuracy;  /* house, street or block */
  QonysHouse house;        /* the house at the position; number 0: none */
  gboolean other_house;    /* @house has the number, but not the letter or corpus asked for */
  gboolean other_district; /* the street does not touch the district stated */
  const char *kato;        /* (nullable): the only district of the street, or the one stated */
  int alias;               /* which old name it was found by; −1: by its own */
} QonysMatchCandidate;

/** The candidates, best first. Nothing in it is to be freed. */
typedef struct {
  QonysMatchVerdict verdict;
  guint n_candidates;
  QonysMatchCandidate candidates[QONYS_MATCH_MAX_CANDIDATES];
} QonysAddressMatch;

/** Streets and houses by name. Filled by one thread, then frozen: any thread may match. */
typedef struct _QonysAddressIndex QonysAddressIndex;

/** @districts: (nullable): those now; without them no district narrows. */
QonysAddressIndex *qonys_address_index_new (const QonysDistricts *districts);
void qonys_address_index_free (QonysAddressIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysAddressIndex, qonys_address_index_free)

/**
 * qonys_address_index_add_line:
 * @names: %NULL-terminated: the names of one street, the first to be shown; those without
 *   a key are passed over; those that say no kind are of that of the first
 * @lon_deg, @lat_deg: (array length=n): a part of it, WGS84 degrees; one vertex is a place
 *
 * Parts of one name that lie within a kilometre of one another become one street.
 */
void qonys_address_index_add_line (QonysAddressIndex *index, const char *const *names, gsize n,
                                   const double *lon_deg, const double *lat_deg);

/** Adds a building of the street @name, or one written whole in @name if @house is %NULL.
 * Returns: FALSE if there is no street or no number in them */
gboolean qonys_address_index_add_house (QonysAddressIndex *index, const char *name,
                                        const char *house, double lon_deg, double lat_deg);

/** Joins old and new names by the bundled table, sorts, and closes the index for adding. */
void qonys_address_index_freeze (QonysAddressIndex *index);

guint qonys_address_index_get_n_streets (const QonysAddressIndex *index);
gsize qonys_address_index_get_n_houses (const QonysAddressIndex *index);

/**
 * qonys_address_index_match:
 * @index: frozen
 * @text: (nullable): the whole address, or the street alone
 * @other_text: (nullable): the same street in the other language
 * @house: (nullable): the building's number, if it stands in a column of its own
 * @kato: (nullable): the district stated
 * @match: (out caller-allocates)
 *
 * Looks an address up. Without the building the position is the middle of the street and the
 * accuracy that of a street; nothing is interpolated. About 10 µs.
 */
void qonys_address_index_match (const QonysAddressIndex *index, const char *text,
                                const char *other_text, const char *house, const char *kato,
                                QonysAddressMatch *match);

/** Translated, for the report: what to know of the candidate besides its name: another district,
 * another letter, the old name. Returns: (transfer full) (nullable): %NULL if there is nothing */
char *qonys_address_index_describe (const QonysAddressIndex *index,
                                    const QonysMatchCandidate *candidate);

/** "house", "street", "block", "district", "none". */
const char *qonys_accuracy_get_code (QonysAccuracy accuracy);

G_END_DECLS
