#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* Links between what people write: ids that stand in a field of another entry. */

/** The entry with an id in a field of ids, or without it. Returns: (transfer full): the same one if
 * nothing changes */
QonysEntry *qonys_entry_with_link (QonysEntry *entry, guint field, const char *id,
                                   gboolean is_linked);

/** The measures a marked place is linked to. Returns: (transfer full) (nullable): ids with spaces
 * between */
char *qonys_entry_links_dup_measures (const QonysPlan *plan, const char *item_id);
/** Makes these, and no other measures, link to the marked place. @measures: (nullable) */
void qonys_entry_links_set (QonysEdit *edit, const QonysPlan *plan, const char *item_id,
                            const char *measures);

/** The measures an item or annotation is linked to. Returns: (transfer full) (nullable): ids with
 * spaces between */
char *qonys_entry_links_dup (const QonysPlan *plan, const char *id);

/** Selects the first marked place of a measure that is on the map, and brings all of them into view
 * if @is_shown. Returns: FALSE if there is none */
gboolean qonys_select_items_of_measure (QonysSession *session, const QonysEntry *measure,
                                        gboolean is_shown);

/** Deletes an item or annotation with all links to it. */
void qonys_delete_entry (QonysSession *session, QonysEntryKind kind, const char *id);

G_END_DECLS
