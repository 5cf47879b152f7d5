/* The styles a project carries for other programs have the colours of our own pictures. */

#include "support.h" /* first: assertions stay in */

#include "draw/content.h"
#include "draw/private.h"
#include "store/store.h"

#include <sqlite3.h>
#include <string.h>

static char *
get_style (sqlite3 *database, const char *column, const char *layer)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM layer_styles WHERE f_table_name = '%s' AND useAsDefault "
                       "AND f_geometry_column = 'geom' AND f_table_schema = ''",
                       column, layer);
  sqlite3_stmt *statement;
  char *style;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  style = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE); /* one a layer */
  sqlite3_finalize (statement);
  return style;
}

static void
assert_has (sqlite3 *database, const char *layer, QonysColor color)
{
  g_autofree char *qml = get_style (database, "styleQML", layer);
  g_autofree char *sld = get_style (database, "styleSLD", layer);
  g_autofree char *in_qml =
      g_strdup_printf ("\"%u,%u,%u,255\"", color.red, color.green, color.blue);
  g_autofree char *in_sld = g_strdup_printf (">#%02x%02x%02x<", color.red, color.green, color.blue);

  if (strstr (qml, in_qml) == NULL || strstr (sld, in_sld) == NULL)
    g_error ("“%s” has no %s", layer, in_sld);
}

static gboolean
is_well_formed (const char *text)
{
  static const GMarkupParser PARSER = {0};
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&PARSER, 0, NULL, NULL);

  return g_markup_parse_context_parse (context, text, -1, NULL) &&
         g_markup_parse_context_end_parse (context, NULL);
}

static void
test_colors (void)
{
  static const char *const LAYERS[] = {"district",  "dwelling",     "suspicion",
                                       "operation", "problem_item", "problem_item_place",
                                       "annotation"};
  const QonysPalette *palette = qonys_palette_get (FALSE);
  g_autofree char *path = g_build_filename (support_temp_dir (), "city.gpkg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  sqlite3 *database;

  g_assert_true (qonys_store_write_project (project, path, NULL, &error));
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  assert_has (database, "district", palette->land);
  assert_has (database, "district", palette->border);
  assert_has (database, "dwelling", palette->mark[QONYS_LAYER_OVERCROWDED]);
  assert_has (database, "dwelling", palette->mark_edge[QONYS_LAYER_OVERCROWDED]);
  assert_has (database, "suspicion", palette->mark[QONYS_LAYER_FICTITIOUS]);
  assert_has (database, "suspicion", palette->mark_edge[QONYS_LAYER_FICTITIOUS]);
  assert_has (database, "operation", palette->mark[QONYS_LAYER_RAIDS]);
  assert_has (database, "operation", palette->mark_edge[QONYS_LAYER_RAIDS]);
  assert_has (database, "problem_item", palette->item);
  assert_has (database, "problem_item_place", palette->item);
  assert_has (database, "annotation", palette->note);
  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++) {
    g_autofree char *qml = get_style (database, "styleQML", LAYERS[i]);
    g_autofree char *sld = get_style (database, "styleSLD", LAYERS[i]);

    g_assert_true (is_well_formed (qml));
    g_assert_true (is_well_formed (sld));
  }
  sqlite3_close (database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/styles/colors", test_colors);
  return g_test_run ();
}
