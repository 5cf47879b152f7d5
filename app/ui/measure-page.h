#pragma once

#include "ui/panel.h"

G_BEGIN_DECLS

/** Fills @box with all that is known of a measure of the plan. Buttons activate the actions
 * "measure.status", "measure.base-day", "measure.edit" and "measure.delete" of @panel. */
void qonys_measure_page_fill (QonysPanel *panel, const char *id, GtkWidget *box);

G_END_DECLS
