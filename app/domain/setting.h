#pragma once

#include "domain/plan.h"

G_BEGIN_DECLS

/* What a project is set to, as entries of the plan: a text by its key. What belongs to the screen
 * (dark, size of texts, selection) is no setting. Missing: as by default. */

#define QONYS_SETTING_STYLE "style"         /* as qonys_style_to_text() */
#define QONYS_SETTING_STATISTIC "statistic" /* what the districts are coloured by, or "none" */
#define QONYS_SETTING_NORM "norm"           /* as qonys_norm_to_text() */

/** Which of the project's outlines are in use, by number; missing: 0. */
#define QONYS_SETTING_DISTRICTS "districts"
#define QONYS_MAX_DISTRICT_SETS 10000 /* greater numbers are none */

/** The key that takes a dataset out of use while it is there. One a dataset, so that each can be
 * undone by itself. Returns: (transfer full) */
char *qonys_setting_get_withdrawn_key (gint32 dataset_id);
/** Returns: FALSE if it is another key */
gboolean qonys_setting_parse_withdrawn_key (const char *key, gint32 *dataset_id);

/** NULL if there is none such. */
const char *qonys_plan_get_setting (const QonysPlan *plan, const char *key);
gboolean qonys_plan_is_withdrawn (const QonysPlan *plan, gint32 dataset_id);

guint qonys_plan_get_district_set (const QonysPlan *plan);
/** The same of the setting's value. @value: (nullable) */
guint qonys_setting_parse_district_set (const char *value);

/** Adds to an edit that a setting shall have a value; NULL: that it shall be missing. */
void qonys_edit_set (QonysEdit *edit, const QonysPlan *plan, const char *key, const char *value);

/** For an edit that has just imported a dataset: undoing it shall withdraw the dataset. */
void qonys_edit_add_dataset (QonysEdit *edit, gint32 dataset_id);

/** For an edit that puts the outlines of this number to use. */
void qonys_edit_set_districts (QonysEdit *edit, const QonysPlan *plan, guint set);

/** Does an edit touch settings alone? */
gboolean qonys_edit_is_of_settings (const QonysEdit *edit);

G_END_DECLS
