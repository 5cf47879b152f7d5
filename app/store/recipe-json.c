/*
 * Recipes as JSON: what people keep, send to one another and may correct by hand, so every mistake
 * in it has a sentence. Some kilobytes, once a file.
 */
#include "store/recipe.h"

#include "base/error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

static const char *const ROLES[QONYS_N_ROLES] = {
    [QONYS_ROLE_IGNORE] = "ignore",   [QONYS_ROLE_FIELD] = "field",     [QONYS_ROLE_LON] = "lon",
    [QONYS_ROLE_LAT] = "lat",         [QONYS_ROLE_LAT_LON] = "lat_lon", [QONYS_ROLE_WKT] = "wkt",
    [QONYS_ROLE_ADDRESS] = "address", [QONYS_ROLE_STRIP] = "strip",
};

/* ---- writing ---- */

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value == 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_switch (JsonBuilder *builder, const char *name, gboolean value)
{
  if (!value)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
add_values (JsonBuilder *builder, GHashTable *values)
{
  g_autoptr (GList) texts = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc)strcmp);

  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (GList *text = texts; text != NULL; text = text->next)
    add_text (builder, text->data, g_hash_table_lookup (values, text->data));
  json_builder_end_object (builder);
}

static void
add_column (JsonBuilder *builder, const QonysRecipeColumn *column, const QonysSchema *schema)
{
  json_builder_begin_object (builder);
  add_text (builder, "header", column->header);
  if (column->role == QONYS_ROLE_FIELD)
    add_text (builder, "field", schema->fields[column->field].name);
  else
    add_text (builder, "role", ROLES[column->role]);
  if (column->scale != 1) {
    json_builder_set_member_name (builder, "scale");
    json_builder_add_double_value (builder, column->scale);
  }
  add_text (builder, "constant", column->constant);
  if (column->values != NULL)
    add_values (builder, column->values);
  json_builder_end_object (builder);
}

char *
qonys_recipe_to_json (const QonysRecipe *recipe)
{
  const QonysSchema *schema = qonys_schema_get (recipe->type);
  const char decimal_mark[] = {recipe->decimal_mark, '\0'};
  g_autofree char *as_of =
      recipe->as_of != QONYS_DAY_MISSING ? qonys_day_to_iso (recipe->as_of) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "qonys_recipe", QONYS_RECIPE_VERSION);
  add_text (builder, "name", recipe->name);
  add_text (builder, "type", schema->name);
  add_text (builder, "sheet", recipe->sheet);
  add_int (builder, "header_row", recipe->header_row);
  add_int (builder, "n_header_rows", recipe->n_header_rows);
  add_text (builder, "encoding", recipe->encoding);
  add_text (builder, "crs", recipe->crs);
  add_text (builder, "decimal_mark", recipe->decimal_mark != 0 ? decimal_mark : NULL);
  add_switch (builder, "is_month_first", recipe->is_month_first);
  add_switch (builder, "is_synthetic", recipe->is_synthetic);
  add_text (builder, "as_of", as_of);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < recipe->columns->len; i++)
    add_column (builder, recipe->columns->pdata[i], schema);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/* ---- reading ---- */

static gboolean
set_format_error (GError **error, const char *why)
{
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
               _ ("This is no recipe for importing (%s). Choose a file that was saved as one, or "
                  "correct it."),
               why);
  return FALSE;
}

/* The member's scalar, NULL if it is not there; FALSE if it is of another type. */
static gboolean
get_scalar (JsonObject *object, const char *name, GType type, JsonNode **node, GError **error)
{
  *node = json_object_get_member (object, name);
  if (*node == NULL || JSON_NODE_HOLDS_NULL (*node)) {
    *node = NULL;
    return TRUE;
  }
  if (JSON_NODE_HOLDS_VALUE (*node) &&
      (json_node_get_value_type (*node) == type ||
       (type == G_TYPE_DOUBLE && json_node_get_value_type (*node) == G_TYPE_INT64)))
    return TRUE;
  return set_format_error (error, name);
}

static gboolean
read_text (JsonObject *object, const char *name, char **text, GError **error)
{
  JsonNode *node;

  if (!get_scalar (object, name, G_TYPE_STRING, &node, error))
    return FALSE;
  if (node != NULL)
    *text = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_count (JsonObject *object, const char *name, guint *value, GError **error)
{
  JsonNode *node;
  gint64 number;

  if (!get_scalar (object, name, G_TYPE_INT64, &node, error))
    return FALSE;
  number = node != NULL ? json_node_get_int (node) : 0;
  if (number < 0 || number > G_MAXINT32)
    return set_format_error (error, name);
  *value = number;
  return TRUE;
}

static gboolean
read_switch (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node;

  if (!get_scalar (object, name, G_TYPE_BOOLEAN, &node, error))
    return FALSE;
  *value = node != NULL && json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_role (JsonObject *object, const QonysSchema *schema, QonysRecipeColumn *column, GError **error)
{
  g_autofree char *role = NULL, *field = NULL;

  if (!read_text (object, "role", &role, error) || !read_text (object, "field", &field, error))
    return FALSE;
  if (field != NULL) {
    column->role = QONYS_ROLE_FIELD;
    column->field = qonys_schema_find_field (schema, field);
    if (column->field >= 0)
      return TRUE;
    g_set_error (
        error, QONYS_ERROR, QONYS_ERROR_FIELDS,
        _ ("The recipe speaks of a field “%s”, which records of “%s” have not. “qonys help "
           "import” lists the fields."),
        field, schema->name);
    return FALSE;
  }
  for (guint i = 0; role != NULL && i < QONYS_N_ROLES; i++)
    if (i != QONYS_ROLE_FIELD && g_str_equal (role, ROLES[i])) {
      column->role = i;
      return TRUE;
    }
  return role == NULL || set_format_error (error, "role");
}

static gboolean
read_values (JsonObject *object, QonysRecipeColumn *column, GError **error)
{
  JsonNode *node = json_object_get_member (object, "values");
  g_autoptr (GList) texts = NULL;
  JsonObject *values;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_format_error (error, "values");
  values = json_node_get_object (node);
  texts = json_object_get_members (values);
  for (GList *text = texts; text != NULL; text = text->next) {
    g_autofree char *meaning = NULL;

    if (!read_text (values, text->data, &meaning, error))
      return FALSE;
    if (meaning != NULL)
      qonys_recipe_column_set_value (column, text->data, meaning);
  }
  return TRUE;
}

static gboolean
read_column (JsonNode *node, QonysRecipe *recipe, GError **error)
{
  QonysRecipeColumn *column;
  JsonObject *object;
  JsonNode *scale;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_format_error (error, "columns");
  object = json_node_get_object (node);
  column = qonys_recipe_add_column (recipe, NULL);
  if (!read_text (object, "header", &column->header, error) ||
      !read_text (object, "constant", &column->constant, error) ||
      !read_role (object, qonys_schema_get (recipe->type), column, error) ||
      !read_values (object, column, error) ||
      !get_scalar (object, "scale", G_TYPE_DOUBLE, &scale, error))
    return FALSE;
  if (scale != NULL)
    column->scale = json_node_get_double (scale);
  if (!(column->scale > 0 && column->scale <= 1e9))
    return set_format_error (error, "scale");
  return (column->header != NULL) != (column->constant != NULL) ||
         set_format_error (error, "header, constant");
}

static gboolean
read_columns (JsonObject *object, QonysRecipe *recipe, GError **error)
{
  JsonNode *node = json_object_get_member (object, "columns");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return set_format_error (error, "columns");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_column (json_array_get_element (array, i), recipe, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_head (JsonObject *object, QonysRecipe *recipe, GError **error)
{
  g_autofree char *mark = NULL, *as_of = NULL;

  if (!read_text (object, "name", &recipe->name, error) ||
      !read_text (object, "sheet", &recipe->sheet, error) ||
      !read_text (object, "encoding", &recipe->encoding, error) ||
      !read_text (object, "crs", &recipe->crs, error) ||
      !read_text (object, "decimal_mark", &mark, error) ||
      !read_text (object, "as_of", &as_of, error) ||
      !read_count (object, "header_row", &recipe->header_row, error) ||
      !read_count (object, "n_header_rows", &recipe->n_header_rows, error) ||
      !read_switch (object, "is_month_first", &recipe->is_month_first, error) ||
      !read_switch (object, "is_synthetic", &recipe->is_synthetic, error))
    return FALSE;
  if (mark != NULL && !g_str_equal (mark, ".") && !g_str_equal (mark, ","))
    return set_format_error (error, "decimal_mark");
  recipe->decimal_mark = mark != NULL ? *mark : 0;
  return as_of == NULL || qonys_day_parse (as_of, &recipe->as_of) ||
         set_format_error (error, "as_of");
}

/* Is it a recipe of a version that is read here? */
static gboolean
check_version (JsonObject *object, GError **error)
{
  JsonNode *node;

  if (!get_scalar (object, "qonys_recipe", G_TYPE_INT64, &node, error))
    return FALSE;
  if (node == NULL || json_node_get_int (node) < 1)
    return set_format_error (error, "qonys_recipe");
  if (json_node_get_int (node) <= QONYS_RECIPE_VERSION)
    return TRUE;
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_NEWER,
                       _ ("The recipe was written by a newer version of the program. Update the "
                          "program to use it."));
  return FALSE;
}

QonysRecipe *
qonys_recipe_from_json (const char *json, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autofree char *type = NULL;
  JsonNode *root;
  JsonObject *object;

  if (!json_parser_load_from_data (parser, json, -1, &failure)) {
    set_format_error (error, failure->message);
    return NULL;
  }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    set_format_error (error, "{}");
    return NULL;
  }
  object = json_node_get_object (root);
  if (!check_version (object, error) || !read_text (object, "type", &type, error))
    return NULL;
  if (type == NULL || !qonys_record_type_parse (type, &recipe->type)) {
    set_format_error (error, "type");
    return NULL;
  }
  if (!read_head (object, recipe, error) || !read_columns (object, recipe, error) ||
      !qonys_recipe_check (recipe, error))
    return NULL;
  return g_steal_pointer (&recipe);
}

/* ---- files ---- */

QonysRecipe *
qonys_recipe_load (const char *path, GError **error)
{
  g_autofree char *json = NULL;
  GError *failure = NULL;

  if (!g_file_get_contents (path, &json, NULL, &failure)) {
    qonys_error_set_from_gio (error, path, failure);
    return NULL;
  }
  return qonys_recipe_from_json (json, error);
}

gboolean
qonys_recipe_save (const QonysRecipe *recipe, const char *path, GError **error)
{
  g_autofree char *json = qonys_recipe_to_json (recipe);
  GError *failure = NULL;

  if (g_file_set_contents (path, json, -1, &failure))
    return TRUE;
  qonys_error_set_from_gio (error, path, failure);
  return FALSE;
}
