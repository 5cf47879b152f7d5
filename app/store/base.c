/*
 * The bundled schematic base: about a hundred rivers, avenues and landmarks, read once at start.
 */
#include "store/feature.h"
#include "store/shape.h"
#include "store/store.h"

#include "geo/mercator.h"

#include <glib/gi18n-lib.h>

static gboolean
parse_kind (const char *word, QonysBaseKind *kind)
{
  static const char *const WORDS[] = {"river", "creek", "lake", "railway", "avenue", "landmark"};

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strcmp0 (word, WORDS[i]) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

static QonysBaseFeature *
read_feature (OGRFeatureH row)
{
  g_autoptr (QonysBaseFeature) feature = qonys_base_feature_new ();
  g_autofree char *layer = qonys_feature_get_text (row, "layer");
  OGRGeometryH geometry = OGR_F_GetGeometryRef (row);

  if (geometry == NULL || !parse_kind (layer, &feature->kind))
    return NULL;
  feature->name.text[QONYS_KK] = qonys_feature_get_text (row, "name_kk");
  feature->name.text[QONYS_RU] = qonys_feature_get_text (row, "name_ru");
  feature->name.text[QONYS_EN] = qonys_feature_get_text (row, "name_en");
  feature->alternatives = qonys_feature_get_text (row, "alt");
  feature->landmark_kind = qonys_feature_get_text (row, "kind");
  feature->rank = qonys_feature_get_big (row, "rank", 3);

  if (wkbFlatten (OGR_G_GetGeometryType (geometry)) == wkbPoint) {
    feature->x = qonys_mercator_x (OGR_G_GetX (geometry, 0));
    feature->y = qonys_mercator_y (OGR_G_GetY (geometry, 0));
  } else {
    feature->shape = qonys_shape_from_geometry (geometry);
    if (feature->shape == NULL)
      return NULL;
    qonys_shape_get_label_point (feature->shape, &feature->x, &feature->y);
  }
  return g_steal_pointer (&feature);
}

GPtrArray *
qonys_store_load_bundled_base (GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_autoptr (QonysBundledSource) source = NULL;
  g_autoptr (GPtrArray) base = NULL;
  OGRFeatureH next;

  qonys_store_init ();
  qonys_gdal_scope_open (&scope, NULL);
  base = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_base_feature_free);
  source = qonys_bundled_source_open ("basemap.geojson");
  while (source->dataset != NULL &&
         (next = OGR_L_GetNextFeature (GDALDatasetGetLayer (source->dataset, 0))) != NULL) {
    g_auto (OGRFeatureH) row = next;
    QonysBaseFeature *feature = read_feature (row);

    if (feature != NULL)
      g_ptr_array_add (base, feature);
  }
  if (base->len == 0) {
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_FAILED,
                                _ ("The bundled base map cannot be read. Install the program "
                                   "again."));
    return NULL;
  }
  return g_steal_pointer (&base);
}
