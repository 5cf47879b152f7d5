/* What a column of a file can be: some forty roles a record type, in one order for all columns. */

#include "ui/import-roles.h"
#include <glib/gi18n-lib.h>

static const char *
get_role_label (const QonysSchema *schema, const QonysImportRole *role)
{
  switch (role->role) {
  case QONYS_ROLE_FIELD:
    return _ (schema->fields[role->field].label);
  case QONYS_ROLE_LON:
    return _ ("Longitude or easting");
  case QONYS_ROLE_LAT:
    return _ ("Latitude or northing");
  case QONYS_ROLE_LAT_LON:
    return _ ("Latitude and longitude in one text");
  case QONYS_ROLE_WKT:
    return _ ("Geometry as text (WKT)");
  case QONYS_ROLE_ADDRESS:
    return _ ("Whole address as one text");
  case QONYS_ROLE_STRIP:
    return _ ("Drop: never read");
  default:
    return _ ("Ignore");
  }
}

static void
add_role (const QonysSchema *schema, GArray *roles, GtkStringList *names, QonysRole role, int field)
{
  QonysImportRole one = {role, field};
  const char *label = get_role_label (schema, &one);
  g_autofree char *required = role == QONYS_ROLE_FIELD && schema->fields[field].is_required
                                  /* Translators: the name of a field that must be there */
                                  ? g_strdup_printf (_ ("%s (required)"), label)
                                  : NULL;

  g_array_append_val (roles, one);
  gtk_string_list_append (names, required != NULL ? required : label);
}

GtkStringList *
qonys_import_roles_list (QonysRecordType type, GArray *roles)
{
  const QonysSchema *schema = qonys_schema_get (type);
  GtkStringList *names = gtk_string_list_new (NULL);

  g_array_set_size (roles, 0);
  add_role (schema, roles, names, QONYS_ROLE_IGNORE, -1);
  add_role (schema, roles, names, QONYS_ROLE_STRIP, -1);
  for (guint i = 0; i < schema->n_fields; i++)
    add_role (schema, roles, names, QONYS_ROLE_FIELD, i);
  if (schema->has_position)
    for (guint role = QONYS_ROLE_LON; role <= QONYS_ROLE_WKT; role++)
      add_role (schema, roles, names, role, -1);
  if (schema->type == QONYS_RECORD_DWELLING)
    add_role (schema, roles, names, QONYS_ROLE_ADDRESS, -1);
  return names;
}

guint
qonys_import_roles_find (const GArray *roles, const QonysRecipeColumn *column)
{
  for (guint i = 0; i < roles->len; i++) {
    const QonysImportRole *role = &g_array_index (roles, QonysImportRole, i);

    if (role->role == column->role &&
        (role->role != QONYS_ROLE_FIELD || role->field == column->field))
      return i;
  }
  return 0;
}
