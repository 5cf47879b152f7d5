/*
 * Recipes kept in a project's file: the table "recipe", made when the first is kept, so a project
 * of an older version only lacks it. Some tens of rows of some kilobytes.
 */
#include "store/feature.h"
#include "store/project-file.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *name;
  OGRFieldType type;
} COLUMNS[] = {
    {"name", OFTString}, {"version", OFTInteger}, {"header_key", OFTString}, {"json", OFTString}};

static OGRLayerH
ensure_layer (GDALDatasetH file)
{
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "recipe");

  if (layer != NULL)
    return layer;
  layer = GDALDatasetCreateLayer (file, "recipe", NULL, wkbNone, NULL);
  for (guint i = 0; layer != NULL && i < G_N_ELEMENTS (COLUMNS); i++) {
    OGRFieldDefnH column = OGR_Fld_Create (COLUMNS[i].name, COLUMNS[i].type);
    OGRErr result = OGR_L_CreateField (layer, column, TRUE);

    OGR_Fld_Destroy (column);
    if (result != OGRERR_NONE)
      return NULL;
  }
  return layer;
}

/* One recipe a set of headers: the newest. */
static gboolean
delete_recipe (OGRLayerH layer, const char *header_key)
{
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (GIntBig));
  OGRFeatureH next;

  OGR_L_ResetReading (layer);
  while ((next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) row = next;
    g_autofree char *key = qonys_feature_get_text (row, "header_key");
    GIntBig fid = OGR_F_GetFID (row);

    if (g_strcmp0 (key, header_key) == 0)
      g_array_append_val (fids, fid);
  }
  for (guint i = 0; i < fids->len; i++)
    if (OGR_L_DeleteFeature (layer, g_array_index (fids, GIntBig, i)) != OGRERR_NONE)
      return FALSE;
  return TRUE;
}

gboolean
qonys_project_file_add_recipe (GDALDatasetH file, const QonysRecipe *recipe)
{
  OGRLayerH layer = ensure_layer (file);
  g_autofree char *key = qonys_recipe_get_header_key (recipe);
  g_autofree char *json = qonys_recipe_to_json (recipe);
  g_auto (OGRFeatureH) row = NULL;

  if (layer == NULL || !delete_recipe (layer, key))
    return FALSE;
  row = OGR_F_Create (OGR_L_GetLayerDefn (layer));
  qonys_feature_set_text (row, "name", recipe->name);
  OGR_F_SetFieldInteger (row, OGR_F_GetFieldIndex (row, "version"), QONYS_RECIPE_VERSION);
  qonys_feature_set_text (row, "header_key", key);
  qonys_feature_set_text (row, "json", json);
  return OGR_L_CreateFeature (layer, row) == OGRERR_NONE;
}

GPtrArray *
qonys_project_file_read_recipes (GDALDatasetH file)
{
  GPtrArray *recipes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_recipe_free);
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "recipe");
  OGRFeatureH next;

  if (layer == NULL)
    return recipes;
  OGR_L_ResetReading (layer);
  while ((next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) row = next;
    g_autofree char *json = qonys_feature_get_text (row, "json");
    QonysRecipe *recipe = json != NULL ? qonys_recipe_from_json (json, NULL) : NULL;

    if (recipe != NULL) /* one of a newer version is left alone */
      g_ptr_array_insert (recipes, 0, recipe);
  }
  OGR_L_ResetReading (layer);
  return recipes;
}

GPtrArray *
qonys_store_list_recipes (QonysProject *project, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;

  qonys_store_init ();
  if (qonys_project_get_path (project) == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_recipe_free);
  qonys_gdal_scope_open (&scope, NULL);
  file = qonys_project_file_open (qonys_project_get_path (project), FALSE, &scope, error);
  return file != NULL ? qonys_project_file_read_recipes (file) : NULL;
}
