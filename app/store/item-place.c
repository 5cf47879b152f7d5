/*
 * Marked places that are a square, a district or the city, for other programs: a square's outline
 * is made when its row is written (a microsecond), a district's is looked up whenever somebody
 * reads the view.
 */
#include "store/item-place.h"

#include "domain/square.h"
#include "store/shape-blob.h"
#include "store/sqlite.h"

/* The outline of today, else the last there was. GDAL knows a view's rows by "OGC_FID". */
#define OUTLINE                                                                                    \
  "(SELECT d.geom FROM district d WHERE d.kato = i.place_ref "                                     \
  "ORDER BY d.valid_to IS NOT NULL, d.valid_to DESC LIMIT 1)"

static const char REGISTER[] =
    "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
    "VALUES ('" QONYS_ITEM_PLACE_VIEW "', 'features', '" QONYS_ITEM_PLACE_VIEW "', "
    "'2024-01-25T00:00:00.000Z', 4326);"
    "INSERT OR IGNORE INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, "
    "srs_id, z, m) VALUES ('" QONYS_ITEM_PLACE_VIEW "', 'geom', 'MULTIPOLYGON', 4326, 0, 0)";

/* NULL if the item is at none. */
static QonysPath *
parse_cell (const char *kind, const char *number)
{
  return g_strcmp0 (kind, "cell") == 0 ? qonys_square_parse (number) : NULL;
}

QonysPath *
qonys_item_place_make_shape (const QonysEntry *item)
{
  return parse_cell (qonys_entry_get (item, QONYS_ITEM_PLACE_KIND),
                     qonys_entry_get (item, QONYS_ITEM_PLACE_REF));
}

gboolean
qonys_item_place_settle (const char **values, const QonysPath *path)
{
  g_autoptr (QonysPath) cell =
      parse_cell (values[QONYS_ITEM_PLACE_KIND], values[QONYS_ITEM_PLACE_REF]);

  if (cell == NULL)
    return FALSE;
  if (qonys_square_is_outline (path)) { /* maybe of another: its number was changed, which counts */
    values[QONYS_ITEM_SHAPE] = NULL;
    return FALSE;
  }
  values[QONYS_ITEM_PLACE_KIND] = path->kind == QONYS_PATH_POINT ? "point" : "area";
  values[QONYS_ITEM_PLACE_REF] = NULL;
  return TRUE;
}

static int
make_view (sqlite3 *database)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (QONYS_ENTRY_ITEM);
  g_autoptr (GString) sql = g_string_new ("CREATE VIEW IF NOT EXISTS " QONYS_ITEM_PLACE_VIEW
                                          " AS SELECT i.fid AS OGC_FID, " OUTLINE " AS geom, i.id");

  for (guint i = 0; i < schema->n_fields; i++)
    if (schema->fields[i].type != QONYS_VALUE_SHAPE)
      g_string_append_printf (sql, ", i.\"%s\"", schema->fields[i].name);
  g_string_append (sql, " FROM problem_item i WHERE i.place_kind IN ('district', 'city')");
  return qonys_sqlite_run (database, sql->str);
}

/* An earlier version wrote no outlines. */
static int
add_outlines (sqlite3 *database)
{
  g_autoptr (sqlite3_stmt) rows =
      qonys_sqlite_prepare (database, "SELECT fid, place_ref FROM problem_item WHERE place_kind = "
                                      "'cell' AND geom IS NULL");
  g_autoptr (sqlite3_stmt) update =
      qonys_sqlite_prepare (database, "UPDATE problem_item SET geom = ? WHERE fid = ?");
  int code = SQLITE_OK;

  if (rows == NULL || update == NULL)
    return sqlite3_errcode (database);
  while (code == SQLITE_OK && qonys_sqlite_next (rows, &code)) {
    g_autoptr (QonysPath) cell = qonys_square_parse ((const char *)sqlite3_column_text (rows, 1));
    g_autoptr (GBytes) blob = cell != NULL ? qonys_shape_to_blob (cell) : NULL;

    if (blob == NULL)
      continue;
    sqlite3_bind_blob64 (update, 1, g_bytes_get_data (blob, NULL), g_bytes_get_size (blob),
                         SQLITE_TRANSIENT);
    sqlite3_bind_int64 (update, 2, sqlite3_column_int64 (rows, 0));
    code = qonys_sqlite_finish (update);
  }
  return code;
}

int
qonys_item_place_write (sqlite3 *database)
{
  int code = make_view (database);

  if (code == SQLITE_OK)
    code = qonys_sqlite_run (database, REGISTER);
  return code == SQLITE_OK ? add_outlines (database) : code;
}
