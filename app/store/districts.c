/*
 * Districts as a layer, in the bundle and in a project: seven features of 30–500 vertices each,
 * read at opening, written at saving.
 */
#include "store/districts.h"

#include "store/feature.h"
#include "store/shape.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define SCHEMATIC "schematic"

static const struct {
  const char *name;
  OGRFieldType type;
} FIELDS[] = {
    {"kato", OFTString},    {"name_kk", OFTString},    {"name_ru", OFTString},
    {"name_en", OFTString}, {"area_km2", OFTReal},     {"valid_from", OFTDate},
    {"valid_to", OFTDate},  {"split_from", OFTString}, {"accuracy", OFTString},
    {"source", OFTString},
};

static QonysDistrict *
read_district (OGRFeatureH feature)
{
  g_autoptr (QonysDistrict) district = qonys_district_new ();
  g_autofree char *kato = qonys_feature_get_text (feature, "kato");
  g_autofree char *split_from = qonys_feature_get_text (feature, "split_from");
  g_autofree char *accuracy = qonys_feature_get_text (feature, "accuracy");

  district->shape = qonys_shape_from_geometry (OGR_F_GetGeometryRef (feature));
  if (kato == NULL || district->shape == NULL)
    return NULL;
  g_strlcpy (district->kato, kato, sizeof district->kato);
  if (split_from != NULL)
    g_strlcpy (district->split_from, split_from, sizeof district->split_from);
  district->name.text[QONYS_KK] = qonys_feature_get_text (feature, "name_kk");
  district->name.text[QONYS_RU] = qonys_feature_get_text (feature, "name_ru");
  district->name.text[QONYS_EN] = qonys_feature_get_text (feature, "name_en");
  district->area_km2 = qonys_feature_get_decimal (feature, "area_km2");
  district->valid_from = qonys_feature_get_day (feature, "valid_from");
  district->valid_to = qonys_feature_get_day (feature, "valid_to");
  district->is_schematic = g_strcmp0 (accuracy, SCHEMATIC) == 0;
  district->source = qonys_feature_get_text (feature, "source");
  qonys_shape_get_label_point (district->shape, &district->label_x, &district->label_y);
  return g_steal_pointer (&district);
}

QonysDistricts *
qonys_districts_read_layer (OGRLayerH layer)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  OGRFeatureH next;

  OGR_L_ResetReading (layer);
  while ((next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) feature = next;
    QonysDistrict *district = read_district (feature);

    if (district != NULL)
      g_ptr_array_add (versions, district);
  }
  return qonys_districts_new (versions);
}

static gboolean
write_district (const QonysDistrict *district, OGRLayerH layer, int set)
{
  g_auto (OGRFeatureH) feature = OGR_F_Create (OGR_L_GetLayerDefn (layer));

  qonys_feature_set_text (feature, "kato", district->kato);
  qonys_feature_set_text (feature, "name_kk", district->name.text[QONYS_KK]);
  qonys_feature_set_text (feature, "name_ru", district->name.text[QONYS_RU]);
  qonys_feature_set_text (feature, "name_en", district->name.text[QONYS_EN]);
  if (!isnan (district->area_km2))
    OGR_F_SetFieldDouble (feature, OGR_F_GetFieldIndex (feature, "area_km2"), district->area_km2);
  qonys_feature_set_day (feature, OGR_F_GetFieldIndex (feature, "valid_from"),
                         district->valid_from);
  qonys_feature_set_day (feature, OGR_F_GetFieldIndex (feature, "valid_to"), district->valid_to);
  qonys_feature_set_text (feature, "split_from", district->split_from);
  qonys_feature_set_text (feature, "accuracy", district->is_schematic ? SCHEMATIC : NULL);
  qonys_feature_set_text (feature, "source", district->source);
  if (set >= 0)
    OGR_F_SetFieldInteger (feature, OGR_F_GetFieldIndex (feature, "set_id"), set);
  OGR_F_SetGeometryDirectly (feature, qonys_shape_to_geometry (district->shape));
  return OGR_L_CreateFeature (layer, feature) == OGRERR_NONE;
}

gboolean
qonys_districts_add_to_layer (const QonysDistricts *districts, OGRLayerH layer, int set)
{
  for (guint i = 0; i < qonys_districts_get_n (districts); i++)
    if (!write_district (qonys_districts_get (districts, i), layer, set))
      return FALSE;
  return TRUE;
}

OGRLayerH
qonys_districts_make_layer (GDALDatasetH dataset, const char *name)
{
  static const char *const OPTIONS[] = {"SPATIAL_INDEX=NO", "GEOMETRY_NAME=geom", NULL};
  g_auto (OGRSpatialReferenceH) wgs84 = OSRNewSpatialReference (NULL);
  OGRLayerH layer;

  OSRImportFromEPSG (wgs84, 4326);
  layer = GDALDatasetCreateLayer (dataset, name, wgs84, wkbMultiPolygon, (char **)OPTIONS);
  for (guint i = 0; layer != NULL && i < G_N_ELEMENTS (FIELDS); i++) {
    OGRFieldDefnH field = OGR_Fld_Create (FIELDS[i].name, FIELDS[i].type);

    OGR_L_CreateField (layer, field, TRUE);
    OGR_Fld_Destroy (field);
  }
  return layer;
}

/* ---- copies ---- */

QonysDistrict *
qonys_district_copy (const QonysDistrict *district)
{
  QonysDistrict *copy = qonys_district_new ();
  const QonysShape *shape = district->shape;

  *copy = *district;
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    copy->name.text[i] = g_strdup (district->name.text[i]);
  copy->source = g_strdup (district->source);
  copy->shape = qonys_shape_new (shape->n_rings, shape->ring_starts, shape->x, shape->y);
  return copy;
}

static gboolean
has_version (const QonysDistricts *districts, const QonysDistrict *version)
{
  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    const QonysDistrict *other = qonys_districts_get (districts, i);

    if (g_str_equal (other->kato, version->kato) && other->valid_from == version->valid_from)
      return TRUE;
  }
  return FALSE;
}

QonysDistricts *
qonys_districts_merge (const QonysDistricts *before, const QonysDistricts *next)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);

  for (guint i = 0; i < qonys_districts_get_n (next); i++)
    g_ptr_array_add (versions, qonys_district_copy (qonys_districts_get (next, i)));
  for (guint i = 0; i < qonys_districts_get_n (before); i++) {
    const QonysDistrict *version = qonys_districts_get (before, i);

    if (!has_version (next, version))
      g_ptr_array_add (versions, qonys_district_copy (version));
  }
  return qonys_districts_new (versions);
}

/* ---- the bundle ---- */

QonysDistricts *
qonys_store_load_bundled_districts (GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_autoptr (QonysBundledSource) source = NULL;
  g_autoptr (QonysDistricts) districts = NULL;

  qonys_store_init ();
  qonys_gdal_scope_open (&scope, NULL);
  source = qonys_bundled_source_open ("districts.geojson");
  if (source->dataset != NULL)
    districts = qonys_districts_read_layer (GDALDatasetGetLayer (source->dataset, 0));
  if (districts == NULL || qonys_districts_get_n (districts) == 0) {
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_FAILED,
                                _ ("The bundled districts cannot be read. Install the program "
                                   "again."));
    return NULL;
  }
  return g_steal_pointer (&districts);
}
