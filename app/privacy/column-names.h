#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside the room: what the name of a column says of its values. */

typedef enum {
  QONYS_COLUMN_REFUSED = 1 << 0,            /* of persons: refused at once */
  QONYS_COLUMN_REFUSED_AT_ADDRESS = 1 << 1, /* the same where a row is an address */
  QONYS_COLUMN_NAME = 1 << 2,               /* "name": of persons or of places, its values tell */
  QONYS_COLUMN_OWNER = 1 << 3,              /* "owner": refused if its values are free text */
  QONYS_COLUMN_DOCUMENT = 1 << 4,           /* "document": weak patterns are certain */
  QONYS_COLUMN_PLACE = 1 << 5,    /* streets, stops, districts: names of persons are theirs */
  QONYS_COLUMN_ADDRESS = 1 << 6,  /* part of what tells one address from another */
  QONYS_COLUMN_HOUSE = 1 << 12,   /* of these, what tells one house */
  QONYS_COLUMN_UNIT = 1 << 7,     /* of these, what tells one dwelling: flat, key */
  QONYS_COLUMN_MOMENT = 1 << 8,   /* as of: the same address may come again */
  QONYS_COLUMN_COUNT = 1 << 9,    /* counts something */
  QONYS_COLUMN_MEASURE = 1 << 10, /* area, rooms: a row is a dwelling */
  QONYS_COLUMN_AMOUNT = 1 << 11,  /* tenge: 12 digits are a sum */
} QonysColumnTraits;

/** Case, hyphens, spaces, underscores, camelCase and the script do not matter. Costs some hundred
 * microseconds: once a column. */
QonysColumnTraits qonys_column_name_read (const char *name);

G_END_DECLS
