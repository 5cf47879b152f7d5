/*
 * Recipes: a record type and some tens of columns. One or two a file, some tens a project; they are
 * looked at once a file, never a row.
 */
#include "store/recipe.h"

#include "base/error.h"
#include "base/fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
column_free (gpointer data)
{
  QonysRecipeColumn *column = data;

  g_free (column->header);
  g_free (column->constant);
  g_clear_pointer (&column->values, g_hash_table_unref);
  g_free (column);
}

QonysRecipe *
qonys_recipe_new (QonysRecordType type)
{
  QonysRecipe *recipe = g_new0 (QonysRecipe, 1);

  recipe->type = type;
  recipe->as_of = QONYS_DAY_MISSING;
  recipe->columns = g_ptr_array_new_with_free_func (column_free);
  return recipe;
}

void
qonys_recipe_free (QonysRecipe *recipe)
{
  g_free (recipe->name);
  g_free (recipe->sheet);
  g_free (recipe->encoding);
  g_free (recipe->crs);
  g_ptr_array_unref (recipe->columns);
  g_free (recipe);
}

QonysRecipe *
qonys_recipe_copy (const QonysRecipe *recipe)
{
  QonysRecipe *copy = qonys_recipe_new (recipe->type);
  GPtrArray *columns = copy->columns;

  *copy = *recipe;
  copy->name = g_strdup (recipe->name);
  copy->sheet = g_strdup (recipe->sheet);
  copy->encoding = g_strdup (recipe->encoding);
  copy->crs = g_strdup (recipe->crs);
  copy->columns = columns;
  for (guint i = 0; i < recipe->columns->len; i++) {
    const QonysRecipeColumn *from = recipe->columns->pdata[i];

    qonys_recipe_column_set (qonys_recipe_add_column (copy, from->header), from);
  }
  return copy;
}

QonysRecipeColumn *
qonys_recipe_add_column (QonysRecipe *recipe, const char *header)
{
  QonysRecipeColumn *column = g_new0 (QonysRecipeColumn, 1);

  column->header = g_strdup (header);
  column->field = -1;
  column->scale = 1;
  g_ptr_array_add (recipe->columns, column);
  return column;
}

void
qonys_recipe_column_set_value (QonysRecipeColumn *column, const char *text, const char *meaning)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (column->values == NULL)
    column->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (column->values, g_utf8_casefold (stripped, -1), g_strdup (meaning));
}

void
qonys_recipe_column_set (QonysRecipeColumn *column, const QonysRecipeColumn *other)
{
  GHashTableIter iter;
  gpointer text, meaning;

  column->role = other->role;
  column->field = other->field;
  column->scale = other->scale;
  g_free (column->constant);
  column->constant = g_strdup (other->constant);
  g_clear_pointer (&column->values, g_hash_table_unref);
  if (other->values == NULL)
    return;
  g_hash_table_iter_init (&iter, other->values);
  while (g_hash_table_iter_next (&iter, &text, &meaning))
    qonys_recipe_column_set_value (column, text, meaning);
}

/* ---- finding ---- */

QonysRecipeColumn *
qonys_recipe_find_column (const QonysRecipe *recipe, const char *header)
{
  g_autofree char *wanted = qonys_fold_text (header);
  QonysRecipeColumn *found = NULL;

  for (guint i = 0; i < recipe->columns->len; i++) {
    QonysRecipeColumn *column = recipe->columns->pdata[i];
    g_autofree char *folded = NULL;

    if (column->header == NULL)
      continue;
    if (g_str_equal (column->header, header)) /* folded alike, another of them may be meant */
      return column;
    folded = qonys_fold_text (column->header);
    if (found == NULL && *folded != '\0' && g_str_equal (folded, wanted))
      found = column;
  }
  return found;
}

QonysRecipeColumn *
qonys_recipe_find_field (const QonysRecipe *recipe, guint field)
{
  for (guint i = 0; i < recipe->columns->len; i++) {
    QonysRecipeColumn *column = recipe->columns->pdata[i];

    if (column->role == QONYS_ROLE_FIELD && column->field == (int)field)
      return column;
  }
  return NULL;
}

/* ---- checking ---- */

static gboolean
check_roles (const guint n_by_role[QONYS_N_ROLES], GError **error)
{
  guint n_ways =
      n_by_role[QONYS_ROLE_LON] + n_by_role[QONYS_ROLE_LAT_LON] + n_by_role[QONYS_ROLE_WKT];

  if (n_by_role[QONYS_ROLE_LON] != n_by_role[QONYS_ROLE_LAT]) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("There is a longitude without a latitude, or the other way round. "
                            "Choose both columns or none."));
    return FALSE;
  }
  if (n_ways > 1 || n_by_role[QONYS_ROLE_ADDRESS] > 1) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("The position or the address is taken from several columns. Choose "
                            "one way and ignore the other columns."));
    return FALSE;
  }
  return TRUE;
}

gboolean
qonys_recipe_check (const QonysRecipe *recipe, GError **error)
{
  const QonysSchema *schema = qonys_schema_get (recipe->type);
  g_autofree gboolean *is_taken = g_new0 (gboolean, schema->n_fields);
  guint n_by_role[QONYS_N_ROLES] = {0};

  for (guint i = 0; i < recipe->columns->len; i++) {
    const QonysRecipeColumn *column = recipe->columns->pdata[i];

    n_by_role[column->role]++;
    if (column->role != QONYS_ROLE_FIELD)
      continue;
    if (column->field < 0 || column->field >= (int)schema->n_fields) {
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                   _ ("The recipe gives the column “%s” a field that the records have not. Choose "
                      "another field."),
                   column->header != NULL ? column->header : "");
      return FALSE;
    }
    if (is_taken[column->field]) {
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                   _ ("“%s” is taken from two columns. Ignore one of them."),
                   _ (schema->fields[column->field].label));
      return FALSE;
    }
    is_taken[column->field] = TRUE;
  }
  return check_roles (n_by_role, error);
}

/* ---- keys ---- */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
qonys_headers_get_key (const char *const *headers)
{
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; headers[i] != NULL; i++)
    g_ptr_array_add (folded, qonys_fold_text (headers[i]));
  g_ptr_array_sort (folded, compare_texts);
  for (guint i = 0; i < folded->len; i++) {
    const char *text = folded->pdata[i];

    if (*text == '\0' || (i > 0 && g_str_equal (text, folded->pdata[i - 1])))
      continue;
    g_checksum_update (sum, (const guchar *)text, strlen (text) + 1);
  }
  return g_strndup (g_checksum_get_string (sum), 16);
}

char *
qonys_recipe_get_header_key (const QonysRecipe *recipe)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  for (guint i = 0; i < recipe->columns->len; i++) {
    const QonysRecipeColumn *column = recipe->columns->pdata[i];

    if (column->header != NULL)
      g_ptr_array_add (headers, column->header);
  }
  g_ptr_array_add (headers, NULL);
  return qonys_headers_get_key ((const char *const *)headers->pdata);
}
