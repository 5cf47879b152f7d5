#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What kind of thing an address names. Streets, then what holds houses without a street. */
typedef enum {
  QONYS_STREET_ANY, /* not said */
  QONYS_STREET_STREET,
  QONYS_STREET_AVENUE,
  QONYS_STREET_LANE,
  QONYS_STREET_DEAD_END,
  QONYS_STREET_DRIVE,
  QONYS_STREET_HIGHWAY,
  QONYS_STREET_BOULEVARD,
  QONYS_STREET_SQUARE,
  QONYS_STREET_EMBANKMENT,
  QONYS_STREET_BRIDGE,
  QONYS_STREET_MICRODISTRICT, /* the first of the blocks */
  QONYS_STREET_MASSIF,
  QONYS_STREET_COMPLEX,
  QONYS_STREET_QUARTER,
  QONYS_STREET_GARDENS,
} QonysStreetType;

/** A building's number: 53, 53/1, 53А, 53 к. 2. Letters are ASCII of qonys_fold_text(). */
typedef struct {
  guint number;   /* 0: no house is named, … */
  guint fraction; /* … no fraction */
  char letter[4]; /* "a"; "" none */
  char corpus[8]; /* "2", "b"; "" none */
} QonysHouse;

/** An address in parts; keys are of qonys_address_make_key(). No part holds a flat. */
typedef struct {
  QonysStreetType type;
  char *street; /* (nullable): the key of the street's name: "kabanbai batir" */
  QonysStreetType block_type;
  char *block; /* (nullable): the key of the microdistrict, massif or complex: "samal 12" */
  QonysHouse house;
  const char *kato;      /* (nullable): the district, if one is named; static */
  gboolean is_elsewhere; /* another city is named: the rest is empty */
} QonysAddress;

/**
 * qonys_address_parse:
 * @text: (nullable): UTF-8, in Kazakh, Russian or Latin letters: «Қабанбай батыр даңғылы, 53»,
 *   «г. Астана, пр. Кабанбай батыра, д. 53, корп. 2, кв. 7», "Kabanbay batyr ave 53/1"
 * @address: (out caller-allocates): what was understood; clear it with qonys_address_clear()
 *
 * Country, city and postal code are passed over; flat, room, entrance and floor are recognised and
 * dropped. A text of any kind gives an address, an empty one if nothing is known.
 */
void qonys_address_parse (const char *text, QonysAddress *address);
void qonys_address_clear (QonysAddress *address);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QonysAddress, qonys_address_clear)

/**
 * qonys_address_split:
 * @text: UTF-8: a whole address
 * @street: (out) (transfer full) (nullable): what of it is neither house nor flat nor this city,
 *   as it is written: «пр. Кабанбай батыра»
 * @house: (out) (transfer full) (nullable): as qonys_house_format() writes it
 *
 * The two columns an address stands in; flat, room, entrance and floor are in neither.
 */
void qonys_address_split (const char *text, char **street, char **house);

/** Reads a column of building numbers: «53/1», «53 А», «д. 53, корп. 2, кв. 7». Returns: FALSE
 * if it is none; @house is empty then */
gboolean qonys_house_parse (const char *text, QonysHouse *house);

/** Less than, equal to or greater than 0: by number, fraction, letter, corpus. */
int qonys_house_compare (const QonysHouse *a, const QonysHouse *b);

/** "53/1a k2". Returns: (transfer full) */
char *qonys_house_format (const QonysHouse *house);

/**
 * qonys_address_make_key:
 * @name: a street's name as people write it: «ул. Ә. Молдағұлова», "Alii Moldagulovoi"
 * @type: (out) (optional): what kind its words say it is
 *
 * Returns: (transfer full): its words by qonys_fold_text() without those of the kind, in the
 *   order they stand in
 */
char *qonys_address_make_key (const char *name, QonysStreetType *type);

G_END_DECLS
