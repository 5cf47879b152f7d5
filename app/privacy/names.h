#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside the room: names of persons, told from streets and schools that bear them. */

typedef enum {
  QONYS_NAME_NONE,
  QONYS_NAME_LIKELY, /* two or three words, one with a surname's ending: only in a column "name" */
  QONYS_NAME_PERSON, /* three words with a patronymic, or a surname with initials */
} QonysNameShape;

/**
 * qonys_name_find:
 * @text: (array length=length): a cell, or a text somebody types; what is not UTF-8 has no names
 * @wants_likely: whether %QONYS_NAME_LIKELY is looked for too
 * @start, @end: (out): where the name stands, in bytes; set if there is one
 *
 * A text without such an ending at a word's end costs one pass over its bytes, one that has it
 * some microseconds.
 */
QonysNameShape qonys_name_find (const char *text, gsize length, gboolean wants_likely, gsize *start,
                                gsize *end);

G_END_DECLS
