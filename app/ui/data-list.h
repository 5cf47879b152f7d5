#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_DATA_LIST (qonys_data_list_get_type ())

/** What the project's rows come from, dataset by dataset, in use or not: a group of rows, each with
 * a menu; Delete takes the row's dataset out of use, or brings it back. Hidden if there are none.
 */
G_DECLARE_FINAL_TYPE (QonysDataList, qonys_data_list, QONYS, DATA_LIST, AdwPreferencesGroup)

GtkWidget *qonys_data_list_new (QonysSession *session);

G_END_DECLS
