#pragma once

#include "store/recipe.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A choice for a column. */
typedef struct {
  QonysRole role;
  int field; /* of the record type; −1 for the other roles */
} QonysImportRole;

/** The names of all choices for a record type. @roles: (element-type QonysImportRole): filled in
 * the same order. Returns: (transfer full) */
GtkStringList *qonys_import_roles_list (QonysRecordType type, GArray *roles);

/** The place of a column's role among the choices. */
guint qonys_import_roles_find (const GArray *roles, const QonysRecipeColumn *column);

G_END_DECLS
