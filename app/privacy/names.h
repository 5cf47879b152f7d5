#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside the room: names of persons, told from streets and schools that bear them. */

typedef enum {
  QONYS_NAME_NONE,
  QONYS_NAME_LIKELY, /* two or three words, one with a surname's ending: only in a column "name" */
  QONYS_NAME_PERSON, /* three words with a patronymic, or a surname with initials */
} QonysNameShape;

/** Whether a name may be in a text: one pass over its bytes, which need not be UTF-8. Nearly all
 * cells have no such ending at a word's end. */
gboolean qonys_name_is_possible (const char *text, gsize length, gboolean wants_likely);

/**
 * qonys_name_find:
 * @text: (array length=length): a cell, or a text somebody types; what is not UTF-8 has no names
 * @wants_likely: whether %QONYS_NAME_LIKELY is looked for too
 * @start, @end: (out): where the name stands, in bytes; set if there is one
 *
 * Costs some microseconds: only for what qonys_name_is_possible().
 */
QonysNameShape qonys_name_find (const char *text, gsize length, gboolean wants_likely, gsize *start,
                                gsize *end);

G_END_DECLS
