#pragma once

#include "domain/plan.h"
#include "domain/words.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* A measure of the plan in words and icons, the same in panel, page and board. */

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

/** A menu of the bodies of the catalogue, all of them first: each is the target of @action.
 * Returns: (transfer full) */
GMenu *qonys_bodies_menu_new (const char *all, const char *action);

G_END_DECLS
