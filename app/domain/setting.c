/* Settings as entries of the plan: half a dozen a project, read when the plan changes. */

#include "domain/setting.h"

#include <string.h>

#define WITHDRAWN "withdrawn:"

static QonysEntry *
make (const char *key, const char *value)
{
  const char *values[QONYS_SETTING_N_FIELDS] = {value};

  return qonys_entry_new (QONYS_ENTRY_SETTING, key, values);
}

char *
qonys_setting_get_withdrawn_key (gint32 dataset_id)
{
  return g_strdup_printf (WITHDRAWN "%d", dataset_id);
}

gboolean
qonys_setting_parse_withdrawn_key (const char *key, gint32 *dataset_id)
{
  gint64 number;

  if (!g_str_has_prefix (key, WITHDRAWN) ||
      !g_ascii_string_to_signed (key + strlen (WITHDRAWN), 10, 0, G_MAXINT32, &number, NULL))
    return FALSE;
  *dataset_id = (gint32)number;
  return TRUE;
}

const char *
qonys_plan_get_setting (const QonysPlan *plan, const char *key)
{
  QonysEntry *entry = qonys_plan_find (plan, QONYS_ENTRY_SETTING, key);

  return entry == NULL ? NULL : qonys_entry_get (entry, QONYS_SETTING_VALUE);
}

gboolean
qonys_plan_is_withdrawn (const QonysPlan *plan, gint32 dataset_id)
{
  g_autofree char *key = qonys_setting_get_withdrawn_key (dataset_id);

  return qonys_plan_find (plan, QONYS_ENTRY_SETTING, key) != NULL;
}

guint
qonys_setting_parse_district_set (const char *value)
{
  guint64 number = 0;

  return value != NULL && g_ascii_string_to_unsigned (value, 10, 0, QONYS_MAX_DISTRICT_SETS - 1,
                                                      &number, NULL)
             ? (guint)number
             : 0;
}

guint
qonys_plan_get_district_set (const QonysPlan *plan)
{
  return qonys_setting_parse_district_set (qonys_plan_get_setting (plan, QONYS_SETTING_DISTRICTS));
}

void
qonys_edit_set (QonysEdit *edit, const QonysPlan *plan, const char *key, const char *value)
{
  g_autoptr (QonysEntry) after = value == NULL ? NULL : make (key, value);

  qonys_edit_add (edit, qonys_plan_find (plan, QONYS_ENTRY_SETTING, key), after);
}

/* Before the import the dataset was not in use: the edit takes back a withdrawal nobody made. */
void
qonys_edit_add_dataset (QonysEdit *edit, gint32 dataset_id)
{
  g_autofree char *key = qonys_setting_get_withdrawn_key (dataset_id);
  g_autoptr (QonysEntry) before = make (key, "1");

  qonys_edit_add (edit, before, NULL);
}

void
qonys_edit_set_districts (QonysEdit *edit, const QonysPlan *plan, guint set)
{
  g_autofree char *value = g_strdup_printf ("%u", set);

  qonys_edit_set (edit, plan, QONYS_SETTING_DISTRICTS, value);
}

gboolean
qonys_edit_is_of_settings (const QonysEdit *edit)
{
  const GPtrArray *changes = qonys_edit_get_changes (edit);

  for (guint i = 0; i < changes->len; i++)
    if (qonys_entry_change_get_kind (changes->pdata[i]) != QONYS_ENTRY_SETTING)
      return FALSE;
  return TRUE;
}
