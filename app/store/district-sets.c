/*
 * Outlines that were replaced, in the project file: some a project, seven features of 30–500
 * vertices each. Reading them takes a millisecond or two at opening; putting others to use is five
 * statements in the transaction of the edit.
 */
#include "store/district-sets.h"

#include "store/districts.h"

#define COLUMNS                                                                                    \
  "geom, kato, name_kk, name_ru, name_en, area_km2, valid_from, valid_to, split_from, accuracy, "  \
  "source"

OGRLayerH
qonys_district_sets_make_layer (GDALDatasetH file)
{
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "district_kept");
  OGRFieldDefnH field;

  if (layer != NULL)
    return layer;
  layer = qonys_districts_make_layer (file, "district_kept");
  if (layer == NULL)
    return NULL;
  field = OGR_Fld_Create ("set_id", OFTInteger);
  if (OGR_L_CreateField (layer, field, TRUE) != OGRERR_NONE)
    layer = NULL;
  OGR_Fld_Destroy (field);
  return layer;
}

GPtrArray *
qonys_district_sets_read (GDALDatasetH file, QonysDistricts *now, guint set)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_districts_unref);
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "district_kept");

  for (guint i = 0;; i++) {
    g_autofree char *filter = g_strdup_printf ("set_id = %u", i);
    QonysDistricts *kept = NULL;

    if (i != set && layer != NULL && OGR_L_SetAttributeFilter (layer, filter) == OGRERR_NONE)
      kept = qonys_districts_read_layer (layer);
    if (kept != NULL && qonys_districts_get_n (kept) == 0)
      g_clear_pointer (&kept, qonys_districts_unref);
    if (kept == NULL && i > set)
      break;
    g_ptr_array_add (sets, kept != NULL ? kept : qonys_districts_ref (now));
  }
  if (layer != NULL)
    OGR_L_SetAttributeFilter (layer, NULL);
  qonys_districts_unref (now);
  return sets;
}

/* @sql: with the number of a set as its only parameter */
static int
run (sqlite3 *database, const char *sql, guint set)
{
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (database, sql);

  if (statement == NULL)
    return sqlite3_errcode (database);
  sqlite3_bind_int64 (statement, 1, set);
  return qonys_sqlite_finish (statement);
}

int
qonys_district_sets_swap (sqlite3 *database, guint from, guint to)
{
  static const struct {
    const char *sql;
    gboolean is_of_new;
  } STEPS[] = {
      {"DELETE FROM district_kept WHERE set_id = ?", FALSE},
      {"INSERT INTO district_kept (set_id, " COLUMNS ") "
       "SELECT ?, " COLUMNS " FROM district ORDER BY fid",
       FALSE},
      /* A set that is lost leaves what there is. */
      {"DELETE FROM district WHERE EXISTS (SELECT * FROM district_kept WHERE set_id = ?)", TRUE},
      {"INSERT INTO district (fid, " COLUMNS ") SELECT ROW_NUMBER () OVER (ORDER BY fid), " COLUMNS
       " FROM district_kept WHERE set_id = ?1",
       TRUE},
  };
  int code = SQLITE_OK;

  if (from == to)
    return SQLITE_OK;
  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (STEPS); i++)
    code = run (database, STEPS[i].sql, STEPS[i].is_of_new ? to : from);
  if (code == SQLITE_OK)
    code = qonys_sqlite_run (
        database, "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y, last_change) = "
                  "(SELECT MIN(ST_MinX(geom)), MIN(ST_MinY(geom)), MAX(ST_MaxX(geom)), "
                  "MAX(ST_MaxY(geom)), strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM district) "
                  "WHERE table_name = 'district'");
  return code;
}
