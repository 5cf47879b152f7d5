#pragma once

#include "domain/entry.h"

G_BEGIN_DECLS

/* Entries in words, in the language now set. */

/** The entry's text of the three that begin with @field, in the language now set; where that is
 * missing another one's, with the name of its language behind. Returns: (transfer full): "" if
 * there is none */
char *qonys_entry_dup_text (const QonysEntry *entry, guint field);

/** The title of a body of the catalogue; of another one its own words. */
const char *qonys_body_get_title (const char *body); /* NULL: nobody */
const char *qonys_status_get_title (const char *status);
const char *qonys_role_get_title (const char *role); /* NULL: nobody said */

/** A district's name by its KATO; of the city its own; "" a place outside of all of them. */
const char *qonys_kato_get_title (const char *kato);

G_END_DECLS
