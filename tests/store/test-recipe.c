/* Recipes: as JSON there and back, what is wrong with one said, found again by headers, kept in a
 * project. */

#include "store-support.h"

#include <string.h>

static QonysRecipe *
make_recipe (void)
{
  QonysRecipe *recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  QonysRecipeColumn *column;

  recipe->name = g_strdup ("Тіркеу, тоқсан");
  recipe->sheet = g_strdup ("Парақ2");
  recipe->header_row = 4;
  recipe->n_header_rows = 2;
  recipe->encoding = g_strdup ("KZ-1048");
  recipe->crs = g_strdup ("EPSG:28412");
  recipe->decimal_mark = ',';
  recipe->is_month_first = recipe->is_synthetic = TRUE;
  recipe->as_of = day_of ("2026-09-30");
  column = qonys_recipe_add_column (recipe, "Код жилища");
  column->role = QONYS_ROLE_FIELD;
  column->field = QONYS_DWELLING_KEY;
  column = qonys_recipe_add_column (recipe, "Площадь, га");
  column->role = QONYS_ROLE_FIELD;
  column->field = QONYS_DWELLING_AREA_TOTAL_M2;
  column->scale = 10000;
  column = qonys_recipe_add_column (recipe, "Район");
  column->role = QONYS_ROLE_FIELD;
  column->field = QONYS_DWELLING_DISTRICT;
  qonys_recipe_column_set_value (column, " Алматинский ", "711110000");
  column = qonys_recipe_add_column (recipe, "ЖСН");
  column->role = QONYS_ROLE_STRIP;
  column = qonys_recipe_add_column (recipe, NULL);
  column->role = QONYS_ROLE_FIELD;
  column->field = QONYS_DWELLING_TYPE;
  column->constant = g_strdup ("flat");
  qonys_recipe_add_column (recipe, "Ескерту");
  return recipe;
}

static void
test_json (void)
{
  g_autoptr (QonysRecipe) recipe = make_recipe ();
  g_autofree char *json = qonys_recipe_to_json (recipe);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysRecipe) read = qonys_recipe_from_json (json, &error);
  g_autofree char *again = NULL;
  const QonysRecipeColumn *district;

  g_assert_no_error (error);
  again = qonys_recipe_to_json (read);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpint (read->as_of, ==, recipe->as_of);
  g_assert_cmpuint (read->columns->len, ==, 6);
  district = qonys_recipe_find_field (read, QONYS_DWELLING_DISTRICT);
  g_assert_cmpstr (g_hash_table_lookup (district->values, "алматинский"), ==, "711110000");
  g_assert_cmpstr (qonys_recipe_find_column (read, "ПЛОЩАДЬ (ГА)")->header, ==, "Площадь, га");
  g_assert_null (qonys_recipe_find_column (read, "Площадь"));
}

static void
test_wrong_json (void)
{
  static const struct {
    const char *json;
    QonysError code;
  } WRONG[] = {
      {"", QONYS_ERROR_FORMAT},
      {"[]", QONYS_ERROR_FORMAT},
      {"{\"type\":\"dwelling\"}", QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":\"1\",\"type\":\"dwelling\"}", QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":2,\"type\":\"something\"}", QONYS_ERROR_NEWER},
      {"{\"qonys_recipe\":1,\"type\":\"person\"}", QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":{}}", QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[1]}", QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[{\"role\":\"lon\"}]}",
       QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[{\"header\":\"a\",\"role\":\"b\"}]}",
       QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[{\"header\":\"a\",\"field\":\"iin\"}"
       "]}",
       QONYS_ERROR_FIELDS},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[{\"header\":\"a\",\"role\":\"lon\"}]"
       "}",
       QONYS_ERROR_FIELDS},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[{\"header\":\"a\",\"field\":"
       "\"rooms\"},"
       "{\"header\":\"b\",\"field\":\"rooms\"}]}",
       QONYS_ERROR_FIELDS},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"columns\":[{\"header\":\"a\",\"field\":"
       "\"rooms\","
       "\"scale\":0}]}",
       QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"as_of\":\"soon\"}", QONYS_ERROR_FORMAT},
      {"{\"qonys_recipe\":1,\"type\":\"dwelling\",\"header_row\":-1}", QONYS_ERROR_FORMAT},
  };

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", WRONG[i].json);
    g_assert_null (qonys_recipe_from_json (WRONG[i].json, &error));
    assert_code (&error, WRONG[i].code);
  }
}

/* Each byte of a recipe lost or changed: an error or a recipe, never a crash. */
static void
test_broken_json (void)
{
  g_autoptr (QonysRecipe) recipe = make_recipe ();
  g_autofree char *json = qonys_recipe_to_json (recipe);

  for (gsize i = 0; i < strlen (json); i++) {
    g_autofree char *broken = g_strdup (json);
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysRecipe) read = NULL;

    broken[i] = "\"{}[]:,0"[i % 8];
    read = qonys_recipe_from_json (broken, &error);
    g_assert_true ((read == NULL) == (error != NULL));
    broken[i] = '\0';
    g_clear_pointer (&read, qonys_recipe_free);
    g_clear_error (&error);
    read = qonys_recipe_from_json (broken, &error);
    g_assert_true ((read == NULL) == (error != NULL));
  }
}

static void
test_key (void)
{
  static const char *const HEADERS[] = {"Район",   "Код жилища",  "ЖСН",
                                        "Ескерту", "Площадь, га", NULL};
  static const char *const SAME[] = {"  ЕСКЕРТУ",    "жсн", "код  жилища", "район",
                                     "ПЛОЩАДЬ (ГА)", "",    "№",           NULL};
  static const char *const OTHER[] = {"Район", "Код жилища", NULL};
  g_autoptr (QonysRecipe) recipe = make_recipe ();
  g_autofree char *key = qonys_recipe_get_header_key (recipe);
  g_autofree char *of_headers = qonys_headers_get_key (HEADERS);
  g_autofree char *same = qonys_headers_get_key (SAME);
  g_autofree char *other = qonys_headers_get_key (OTHER);

  g_assert_cmpuint (strlen (key), ==, 16);
  g_assert_cmpstr (key, ==, of_headers);
  g_assert_cmpstr (key, ==, same);
  g_assert_cmpstr (key, !=, other);
}

static void
test_file (void)
{
  g_autoptr (QonysRecipe) recipe = make_recipe ();
  g_autofree char *path = g_build_filename (support_temp_dir (), "r.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysRecipe) read = NULL;

  g_assert_true (qonys_recipe_save (recipe, path, &error));
  read = qonys_recipe_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->name, ==, recipe->name);
  g_assert_null (qonys_recipe_load ("/nowhere/r.json", &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
  g_assert_false (qonys_recipe_save (recipe, "/nowhere/r.json", &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
}

static const char TABLE[] = "Код жилища;Площадь, га;Район;ЖСН;Ескерту\n"
                            "a1;0,0035;Алматинский;1;x\n";

/* Kept with the rows, found again by the headers, replaced by a newer one, not lost by a copy. */
static void
test_project (void)
{
  g_autoptr (QonysRecipe) recipe = make_recipe ();
  g_autofree char *path = NULL;
  g_autofree char *copy = g_build_filename (support_temp_dir (), "copy.gpkg", NULL);
  g_autofree char *first = put_text ("first.csv", TABLE);
  g_autofree char *second = put_text ("second.csv", "Код жилища;Площадь, га;Район;ЖСН;Ескерту\n"
                                                    "a2;0,0036;Алматинский;1;x\n");
  g_autoptr (QonysProject) project = new_file_project (&path);
  g_autoptr (QonysProject) next = NULL, third = NULL, opened = NULL;
  g_autoptr (QonysRecipe) found = NULL;
  g_autoptr (GPtrArray) recipes = NULL, copied = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&recipe->sheet, g_free);
  g_clear_pointer (&recipe->crs, g_free);
  g_clear_pointer (&recipe->encoding, g_free);
  recipe->header_row = recipe->n_header_rows = 0;
  next = qonys_store_import_by (project, first, recipe, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  recipes = qonys_store_list_recipes (next, &error);
  g_assert_cmpuint (recipes->len, ==, 1);
  found = qonys_store_propose_recipe (next, second, NULL, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->name, ==, recipe->name);
  g_free (found->name);
  found->name = g_strdup ("Жаңа");
  third = qonys_store_import_by (next, second, found, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&recipes, g_ptr_array_unref);
  recipes = qonys_store_list_recipes (third, &error);
  g_assert_cmpuint (recipes->len, ==, 1);
  g_assert_cmpstr (((QonysRecipe *)recipes->pdata[0])->name, ==, "Жаңа");

  write_project (third, copy);
  opened = open_project (copy, NULL);
  copied = qonys_store_list_recipes (opened, &error);
  g_assert_cmpuint (copied->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/recipe/json", test_json);
  g_test_add_func ("/store/recipe/wrong-json", test_wrong_json);
  g_test_add_func ("/store/recipe/broken-json", test_broken_json);
  g_test_add_func ("/store/recipe/key", test_key);
  g_test_add_func ("/store/recipe/file", test_file);
  g_test_add_func ("/store/recipe/project", test_project);
  return g_test_run ();
}
