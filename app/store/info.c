/*
 * What is in a source: layers, fields, system, extent, as far as it is known without reading
 * rows. Asked once a file.
 */
#include "privacy/identifier.h"
#include "store/crs.h"
#include "store/source.h"
#include "store/store.h"

#define MASK "••••"

/* Of a table without names the first record is taken for them, and it may be a person's. */
static char *
mask_name (char *name)
{
  if (qonys_text_find_identifier (name) == QONYS_IDENTIFIER_NONE)
    return name;
  g_free (name);
  return g_strdup (MASK);
}

static void
layer_info_free (gpointer data)
{
  QonysLayerInfo *layer = data;

  g_free (layer->name);
  g_free (layer->geometry_type);
  g_free (layer->crs);
  g_strfreev (layer->field_names);
  g_strfreev (layer->field_types);
  g_free (layer);
}

void
qonys_source_info_free (QonysSourceInfo *info)
{
  g_free (info->driver);
  g_ptr_array_unref (info->layers);
  g_free (info);
}

static QonysLayerInfo *
describe_layer (OGRLayerH layer)
{
  g_auto (QonysDecoder) decoder = {NULL};
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  int n_fields = OGR_FD_GetFieldCount (definition);
  QonysLayerInfo *info = g_new0 (QonysLayerInfo, 1);
  OGREnvelope extent;

  qonys_source_look_at_names (&decoder, layer);
  qonys_decoder_look (&decoder, OGR_L_GetName (layer));
  qonys_decoder_guess (&decoder);

  info->name = mask_name (qonys_decoder_decode (&decoder, OGR_L_GetName (layer)));
  info->geometry_type = g_strdup (OGRGeometryTypeToName (OGR_L_GetGeomType (layer)));
  info->crs = qonys_crs_describe (OGR_L_GetSpatialRef (layer));
  info->n_features = OGR_L_GetFeatureCount (layer, FALSE);
  info->extent = qonys_box_empty ();
  if (OGR_L_GetExtent (layer, &extent, FALSE) == OGRERR_NONE)
    info->extent = (QonysBox){extent.MinX, extent.MinY, extent.MaxX, extent.MaxY};

  info->field_names = g_new0 (char *, n_fields + 1);
  info->field_types = g_new0 (char *, n_fields + 1);
  for (int i = 0; i < n_fields; i++) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn (definition, i);

    info->field_names[i] = mask_name (qonys_source_get_field_name (&decoder, field));
    info->field_types[i] = g_strdup (OGR_GetFieldTypeName (OGR_Fld_GetType (field)));
  }
  return info;
}

QonysSourceInfo *
qonys_store_get_info (const char *path, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) dataset = NULL;
  QonysSourceInfo *info;

  qonys_store_init ();
  qonys_gdal_scope_open (&scope, NULL);
  dataset = qonys_source_open (path, &scope, error);
  if (dataset == NULL)
    return NULL;

  info = g_new0 (QonysSourceInfo, 1);
  info->driver = g_strdup (GDALGetDriverShortName (GDALGetDatasetDriver (dataset)));
  info->layers = g_ptr_array_new_with_free_func (layer_info_free);
  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++)
    g_ptr_array_add (info->layers, describe_layer (GDALDatasetGetLayer (dataset, i)));
  return info;
}
