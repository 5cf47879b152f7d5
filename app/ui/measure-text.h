#pragma once

#include "domain/plan.h"

G_BEGIN_DECLS

/* A measure of the plan in words and icons, the same in panel, page and board. */

/** The entry's text of the three that begin with @field, in the language now set; where that is
 * missing another one's, with the name of its language behind. Returns: (transfer full): "" if
 * there is none */
char *qonys_entry_dup_text (const QonysEntry *entry, guint field);

/** The name of a marked place: its problem and what is written of it. Returns: (transfer full) */
char *qonys_item_dup_name (const QonysEntry *item);
/** The name of an annotation: what is written in it, else its kind. Returns: (transfer full) */
char *qonys_annotation_dup_name (const QonysEntry *annotation);
const char *qonys_annotation_kind_get_title (const char *kind); /* "pin" … */

/** The name of a measure for steps and messages: its number in the resolution, or its title.
 * Returns: (transfer full) */
char *qonys_measure_dup_name (const QonysEntry *measure);

/** "In progress; overdue by our reckoning". Returns: (transfer full) */
char *qonys_measure_dup_status (const QonysEntry *measure);
/** Status and whether it is overdue, told apart by shape. */
const char *qonys_measure_get_icon (const QonysEntry *measure);

/** Who answers for it; the resolution names several for some. */
gboolean qonys_measure_is_of_body (const QonysEntry *measure, const char *body);
/** The title of a body of the catalogue; of another one its own words. */
const char *qonys_body_get_title (const char *body);
const char *qonys_status_get_title (const char *status);
const char *qonys_role_get_title (const char *role); /* NULL: nobody said */

G_END_DECLS
