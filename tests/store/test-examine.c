/* Examining files: what they are taken for, what is asked, and that what is shown of persons is
 * masked. */

#include "store-support.h"

#include "store/examine.h"

#include <string.h>

#define IIN "991231100010"

static QonysExamination *
examine (QonysProject *project, const char *path, const QonysRecipe *recipe)
{
  g_autoptr (GError) error = NULL;
  QonysExamination *examination = qonys_store_examine (project, path, recipe, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (examination->columns->len, <=, examination->recipe->columns->len);
  return examination;
}

static const QonysExaminedColumn *
get_column (const QonysExamination *examination, guint number)
{
  return examination->columns->pdata[number];
}

static const QonysRecipeColumn *
get_role (const QonysExamination *examination, guint number)
{
  return examination->recipe->columns->pdata[number];
}

static void
test_table (void)
{
  g_autofree char *path =
      put_text ("table.csv", "Тіркеу;;;;;\n\nКод жилища;Аудан;Бөлме саны;Площадь;Ескерту;Дата\n"
                             "001;Есіл;1;35,5;x;25.01.2024\n002;Алматинский;2;40;5;26.01.2024\n"
                             "003;Нура;көп;41;x;27.01.2024\n"
                             "Барлығы;;3;116,5;;\n");
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysExamination) examination = examine (project, path, NULL);
  const QonysExaminedRow *title = examination->rows->pdata[0];
  const QonysExaminedRow *row = examination->rows->pdata[1];
  const QonysExaminedRow *total = examination->rows->pdata[4];

  g_assert_cmpstr (examination->driver, ==, "CSV");
  g_assert_cmpstr (examination->encoding, ==, "UTF-8");
  g_assert_false (examination->is_encoding_guessed);
  g_assert_cmpuint (examination->header_row, ==, 3);
  g_assert_true (examination->is_type_known);
  g_assert_cmpint (examination->recipe->type, ==, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (examination->rows->len, ==, 5);
  g_assert_cmpint (title->kind, ==, QONYS_ROW_TITLE);
  g_assert_cmpint (title->number, ==, 1);
  g_assert_cmpstr (title->cells[0], ==, "Тіркеу");
  g_assert_cmpint (total->kind, ==, QONYS_ROW_TOTAL); /* shown, but no value of a column */
  g_assert_cmpint (total->number, ==, 7);
  g_assert_cmpint (get_column (examination, 0)->n_texts, ==, 0);
  g_assert_cmpint (row->kind, ==, QONYS_ROW_DATA);
  g_assert_cmpint (row->number, ==, 4);
  g_assert_cmpstr (row->cells[1], ==, "Есіл");
  g_assert_cmpint (get_column (examination, 0)->kind, ==, QONYS_KIND_CODE);
  g_assert_cmpint (get_column (examination, 1)->kind, ==, QONYS_KIND_TEXT);
  g_assert_cmpint (get_column (examination, 2)->kind, ==, QONYS_KIND_MIXED);
  g_assert_cmpint (get_column (examination, 2)->n_texts, ==, 1);
  g_assert_cmpint (get_column (examination, 3)->kind, ==, QONYS_KIND_DECIMAL);
  g_assert_cmpint (get_column (examination, 5)->kind, ==, QONYS_KIND_DATE);
  g_assert_cmpstr (get_column (examination, 1)->samples[2], ==, "Нура");
  g_assert_null (get_column (examination, 1)->samples[3]);
  g_assert_true (get_column (examination, 3)->is_tie);
  g_assert_cmpint (get_role (examination, 0)->field, ==, QONYS_DWELLING_KEY);
  g_assert_cmpint (get_role (examination, 3)->role, ==, QONYS_ROLE_IGNORE);
  g_assert_true (has_note (examination->diagnostics, QONYS_WARNING, "Бөлме саны"));
  g_assert_true (has_note (examination->diagnostics, QONYS_WARNING, "Алматинский"));
  g_assert_cmpint (examination->verdict, ==, QONYS_VERDICT_CLEAN);
}

/* A column that is numbers and texts is asked about, unless a recipe speaks of it. */
static void
test_asked (void)
{
  g_autofree char *path = put_text ("mixed.csv", "Код жилища;Аудан;Бөлме саны\n1;Есіл;көп\n"
                                                 "2;Нура;2\n3;Нура;3\n");
  g_autofree char *nothing = put_text ("nothing.csv", "a;b\n1;2\n");
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysExamination) examination = examine (project, path, NULL);
  g_autoptr (QonysRecipe) recipe = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_store_propose_recipe (project, path, NULL, FALSE, NULL, &error));
  assert_code (&error, QONYS_ERROR_FIELDS);
  recipe = qonys_store_propose_recipe (project, path, NULL, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&recipe, qonys_recipe_free);
  recipe = qonys_store_propose_recipe (project, path, examination->recipe, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (qonys_store_propose_recipe (project, nothing, NULL, FALSE, NULL, &error));
  assert_code (&error, QONYS_ERROR_FIELDS);
}

static void
test_persons (void)
{
  g_autofree char *path = put_text ("persons.csv", "Код жилища;Аудан;Бөлме саны;ЖСН\nd1;Есіл;1;" IIN
                                                   "\nd2;Нура;2;" IIN "\n");
  g_autofree char *headless = put_text ("headless.csv", IIN ";Есіл;1\n" IIN ";Нура;2\n");
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysExamination) examination = examine (project, path, NULL);
  g_autoptr (QonysExamination) stripped = NULL, other = NULL;
  const QonysExaminedRow *row = examination->rows->pdata[0];

  g_assert_cmpint (examination->verdict, ==, QONYS_VERDICT_REFUSE);
  g_assert_true (examination->can_strip);
  g_assert_cmpint (get_column (examination, 3)->verdict, ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (get_column (examination, 2)->verdict, ==, QONYS_VERDICT_CLEAN);
  g_assert_null (strstr (row->cells[3], "9912"));
  g_assert_cmpstr (row->cells[0], ==, "d1");
  g_assert_null (strstr (get_column (examination, 3)->samples[0], "9912"));

  ((QonysRecipeColumn *)examination->recipe->columns->pdata[3])->role = QONYS_ROLE_STRIP;
  stripped = examine (project, path, examination->recipe);
  g_assert_cmpint (stripped->verdict, ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpstr (((const QonysExaminedRow *)stripped->rows->pdata[0])->cells[3], ==, "");

  other = examine (project, headless, NULL);
  g_assert_cmpint (other->verdict, ==, QONYS_VERDICT_REFUSE);
  for (guint i = 0; i < other->columns->len; i++)
    g_assert_null (strstr (get_column (other, i)->header, IIN));
}

static void
test_layers (void)
{
  g_autofree char *path = put_text (
      "layers.kml",
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Folder><name>a</name><Placemark>"
      "<name>x</name><Point><coordinates>71.4,51.1</coordinates></Point></Placemark></Folder>"
      "<Folder><name>b</name><Placemark><name>" IIN "</name><Point><coordinates>71.4,51.1"
      "</coordinates></Point></Placemark></Folder></Document></kml>");
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysExamination) examination = NULL;

  recipe->sheet = g_strdup ("a");
  examination = examine (project, path, recipe);
  g_assert_cmpuint (examination->sheets->len, ==, 2);
  g_assert_cmpuint (examination->sheet, ==, 0);
  g_assert_true (examination->has_geometry);
  g_assert_nonnull (strstr (examination->crs, "4326"));
  g_assert_cmpint (examination->verdict, ==, QONYS_VERDICT_REFUSE);
  g_assert_false (examination->can_strip); /* it is elsewhere */
}

static void
test_failures (void)
{
  g_autofree char *empty = put_text ("empty.csv", "");
  g_autofree char *path = put_text ("a.csv", "Код жилища;Аудан\n1;Есіл\n");
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysJob) job = qonys_job_new ("");
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_store_examine (project, empty, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_FORMAT);
  g_assert_null (qonys_store_examine (project, "/nowhere/x.csv", NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
  recipe->encoding = g_strdup ("EBCDIC");
  g_assert_null (qonys_store_examine (project, path, recipe, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  qonys_job_cancel (job);
  g_assert_null (qonys_store_examine (project, path, NULL, job, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/examine/table", test_table);
  g_test_add_func ("/store/examine/asked", test_asked);
  g_test_add_func ("/store/examine/persons", test_persons);
  g_test_add_func ("/store/examine/layers", test_layers);
  g_test_add_func ("/store/examine/failures", test_failures);
  return g_test_run ();
}
