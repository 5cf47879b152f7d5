#pragma once

#include "domain/plan.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_LINK_ROW (qonys_link_row_get_type ())

/** A row of a form that says what is chosen and opens a list with check marks and a search. Signal
 * "changed". */
G_DECLARE_FINAL_TYPE (QonysLinkRow, qonys_link_row, QONYS, LINK_ROW, AdwActionRow)

/** What can be chosen, in order: problems and indicators of the catalogue, marked places and
 * measures of the plan. Returns: (transfer full): to be given to a row */
GListStore *qonys_links_new_problems (void);
GListStore *qonys_links_new_indicators (void);
GListStore *qonys_links_new_items (const QonysPlan *plan);
GListStore *qonys_links_new_measures (const QonysPlan *plan);

/**
 * qonys_link_row_new:
 * @links: (transfer full)
 * @ids: (nullable): chosen now, with spaces between; those that are not among @links are kept
 * @is_single: one at most
 */
GtkWidget *qonys_link_row_new (const char *title, GListStore *links, const char *ids,
                               gboolean is_single);
/** Returns: (transfer full) (nullable): the ids chosen with spaces between; NULL: none */
char *qonys_link_row_dup_ids (QonysLinkRow *self);
/** Chooses, or takes the choice back. */
void qonys_link_row_choose (QonysLinkRow *self, const char *id, gboolean is_chosen);

G_END_DECLS
