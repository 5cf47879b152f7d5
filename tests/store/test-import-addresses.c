/* Dwellings without coordinates placed by their addresses: what is accepted, what is left to be
 * reviewed, and the file that lists it. */

#include "store-support.h"

#include "store/address-layer.h"

#include <math.h>
#include <string.h>

static const char LAYER[] = "street,house,lon,lat\n"
                            "Достық көшесі,5,71.42,51.13\n"
                            "Достық көшесі,7А,71.421,51.13\n"
                            "улица Садовая,1,71.35,51.20\n"
                            "улица Садовая,1,71.55,51.12\n";

static const char ROWS[] = "dwelling_key,street_kk,street_ru,house,area_total_m2,lon,lat\n"
                           "a,,ул. Достык,5,40,,\n"
                           "b,Достық көшесі,,\"7а, кв. 12\",40,,\n"
                           "c,,ул. Достык,9,40,,\n"
                           "d,,ул. Садовая,1,40,,\n"
                           "e,,ул. Неведомая,1,400000,,\n" /* rejected: too large */
                           "f,,ул. Неведомая,1,40,,\n"
                           "g,,ул. Достык,5,40,71.40,51.15\n"
                           "h,,,,40,,\n";

static QonysProject *
import (const QonysAddressIndex *addresses, QonysImportReport **report)
{
  g_autofree char *path = put_text ("rows.csv", ROWS);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  QonysProject *next =
      qonys_store_import_by (project, path, recipe, addresses, FALSE, NULL, report, &error);

  g_assert_no_error (error);
  return next;
}

static void
check_row (QonysTable *table, const char *key, const char *accuracy, double lon_deg)
{
  gssize row = qonys_table_find_key (table, key);
  guint8 code = qonys_table_get_code (table, row, QONYS_DWELLING_POSITION_ACCURACY);

  g_assert_cmpint (row, >=, 0);
  if (accuracy == NULL)
    g_assert_cmpuint (code, ==, QONYS_CODE_MISSING);
  else
    g_assert_cmpstr (qonys_schema_get (QONYS_RECORD_DWELLING)
                         ->fields[QONYS_DWELLING_POSITION_ACCURACY]
                         .values[code],
                     ==, accuracy);
  if (isnan (lon_deg))
    g_assert_true (isnan (qonys_table_get_lon_deg (table)[row]));
  else
    g_assert_cmpfloat_with_epsilon (qonys_table_get_lon_deg (table)[row], lon_deg, 1e-9);
}

static void
test_places (void)
{
  g_autofree char *layer = put_text ("layer.csv", LAYER);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysAddressIndex) addresses =
      qonys_store_load_addresses (layer, NULL, NULL, NULL, NULL, &error);
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) project = NULL;
  const QonysRejection *line;
  QonysTable *table;
  gssize row;

  g_assert_no_error (error);
  project = import (addresses, &report);
  table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  g_assert_cmpint (report->n_stored, ==, 7);
  check_row (table, "a", "house", 71.42);
  check_row (table, "b", "house", 71.421);
  row = qonys_table_find_key (table, "c"); /* somewhere on the street */
  check_row (table, "c", "street", qonys_table_get_lon_deg (table)[row]);
  g_assert_cmpfloat_with_epsilon (qonys_table_get_lon_deg (table)[row], 71.4205, 0.001);
  check_row (table, "d", "none", NAN);
  check_row (table, "f", "none", NAN);
  check_row (table, "g", NULL, 71.40);
  check_row (table, "h", NULL, NAN);
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "2 at the building, 1 on the street"));

  /* Numbered as the file is, with the rejected row between. */
  g_assert_cmpuint (report->places->len, ==, 2);
  line = report->places->pdata[0];
  g_assert_cmpint (line->row, ==, 5);
  g_assert_nonnull (strstr (line->reason, "Садовая"));
  line = report->places->pdata[1];
  g_assert_cmpint (line->row, ==, 7);
}

static void
test_without_layer (void)
{
  g_autoptr (QonysImportReport) report = NULL;
  g_autoptr (QonysProject) project = import (NULL, &report);
  QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);

  g_assert_cmpuint (report->places->len, ==, 0);
  g_assert_true (isnan (qonys_table_get_lon_deg (table)[qonys_table_find_key (table, "a")]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_store_init ();
  g_test_add_func ("/import-addresses/places", test_places);
  g_test_add_func ("/import-addresses/without-layer", test_without_layer);
  return g_test_run ();
}
