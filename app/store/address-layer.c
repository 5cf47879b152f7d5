/*
 * The index of streets and houses of a source of the user's. It is read once, feature by feature,
 * and only its names, numbers and positions are kept: 3,000 lines in a tenth of a second, 300,000
 * buildings in some seconds, most of it GDAL's. The bundled avenues and massifs are always in it.
 */
#include "store/address-layer.h"

#include "base/format.h"
#include "geo/mercator.h"
#include "store/address-columns.h"
#include "store/crs.h"
#include "store/source.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_LOOKED_AT 2000 /* features whose texts tell the encoding */
#define JOB_STEP 1024

/* ---- what the program carries with it ---- */

static void
add_shape (QonysAddressIndex *index, const char *const *names, const QonysShape *shape)
{
  for (guint i = 0; i < shape->n_rings; i++) {
    guint first = shape->ring_starts[i], n = shape->ring_starts[i + 1] - first;
    g_autofree double *lon_deg = g_new (double, n);
    g_autofree double *lat_deg = g_new (double, n);

    for (guint j = 0; j < n; j++) {
      lon_deg[j] = qonys_mercator_lon_deg (shape->x[first + j]);
      lat_deg[j] = qonys_mercator_lat_deg (shape->y[first + j]);
    }
    qonys_address_index_add_line (index, names, n, lon_deg, lat_deg);
  }
}

static gboolean
add_bundled (QonysAddressIndex *index, GError **error)
{
  g_autoptr (GPtrArray) base = qonys_store_load_bundled_base (error);

  for (guint i = 0; base != NULL && i < base->len; i++) {
    const QonysBaseFeature *feature = g_ptr_array_index (base, i);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) others = NULL;
    g_auto (GStrv) names = NULL;

    if (feature->kind != QONYS_BASE_AVENUE && g_strcmp0 (feature->landmark_kind, "massif") != 0 &&
        g_strcmp0 (feature->landmark_kind, "village") != 0)
      continue;
    for (guint j = 0; j < QONYS_N_LANGUAGES; j++)
      if (feature->name.text[j] != NULL)
        g_strv_builder_add (builder, feature->name.text[j]);
    others = g_strsplit (feature->alternatives != NULL ? feature->alternatives : "", ";", -1);
    g_strv_builder_addv (builder, (const char **)others);
    names = g_strv_builder_end (builder);
    if (feature->shape != NULL) {
      add_shape (index, (const char *const *)names, feature->shape);
    } else {
      double lon_deg = qonys_mercator_lon_deg (feature->x);
      double lat_deg = qonys_mercator_lat_deg (feature->y);

      qonys_address_index_add_line (index, (const char *const *)names, 1, &lon_deg, &lat_deg);
    }
  }
  return base != NULL;
}

/* ---- one layer of the source ---- */

typedef struct {
  QonysAddressIndex *index;
  QonysAddressColumns columns;
  QonysDecoder decoder;
  QonysTransform *transform; /* (nullable): degrees already */
  gint64 n_unnamed, n_outside;
} Layer;

static void
look_at_texts (OGRLayerH layer, QonysDecoder *decoder)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  OGRFeatureH feature;

  OGR_L_ResetReading (layer);
  for (guint n = 0; n < N_LOOKED_AT && (feature = OGR_L_GetNextFeature (layer)) != NULL; n++) {
    for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++)
      if (OGR_Fld_GetType (OGR_FD_GetFieldDefn (definition, i)) == OFTString &&
          OGR_F_IsFieldSetAndNotNull (feature, i))
        qonys_decoder_look (decoder, OGR_F_GetFieldAsString (feature, i));
    OGR_F_Destroy (feature);
  }
  qonys_decoder_guess (decoder);
}

static char *
get_text (const Layer *self, OGRFeatureH feature, int column)
{
  char *text;

  if (column < 0 || !OGR_F_IsFieldSetAndNotNull (feature, column))
    return NULL;
  text =
      g_strstrip (qonys_decoder_decode (&self->decoder, OGR_F_GetFieldAsString (feature, column)));
  if (text[0] == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static GStrv
get_names (const Layer *self, OGRFeatureH feature, const int *columns, guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = get_text (self, feature, columns[i]);

    if (name != NULL)
      g_strv_builder_add (builder, name);
  }
  return g_strv_builder_end (builder);
}

/* Moves to WGS84. Returns: whether it is in the city */
static gboolean
move (const Layer *self, gsize n, double *lon_deg, double *lat_deg)
{
  gboolean is_here = FALSE;

  if (self->transform != NULL)
    qonys_transform_apply (self->transform, n, lon_deg, lat_deg);
  for (gsize i = 0; i < n; i++)
    is_here |= qonys_box_contains (&QONYS_ASTANA_BOX_DEG, lon_deg[i], lat_deg[i]);
  return is_here;
}

/* Adds a line's parts one by one. Returns: whether any is in the city */
static gboolean
add_lines (Layer *self, const char *const *names, OGRGeometryH geometry)
{
  int n_parts = OGR_G_GetGeometryCount (geometry), n = OGR_G_GetPointCount (geometry);
  g_autofree double *x = NULL;
  g_autofree double *y = NULL;
  gboolean is_here = FALSE;

  for (int i = 0; i < n_parts; i++)
    is_here |= add_lines (self, names, OGR_G_GetGeometryRef (geometry, i));
  if (n_parts > 0 || n < 1)
    return is_here;
  x = g_new (double, n);
  y = g_new (double, n);
  OGR_G_GetPoints (geometry, x, sizeof *x, y, sizeof *y, NULL, 0);
  if (!move (self, n, x, y))
    return FALSE;
  qonys_address_index_add_line (self->index, names, n, x, y);
  return TRUE;
}

/* The point that stands for a feature. */
static gboolean
get_point (const Layer *self, OGRFeatureH feature, OGRGeometryH geometry, double *x, double *y)
{
  OGREnvelope box;

  if (geometry == NULL || OGR_G_IsEmpty (geometry)) {
    if (self->columns.lon < 0 || self->columns.lat < 0)
      return FALSE;
    *x = OGR_F_GetFieldAsDouble (feature, self->columns.lon);
    *y = OGR_F_GetFieldAsDouble (feature, self->columns.lat);
  } else if (wkbFlatten (OGR_G_GetGeometryType (geometry)) == wkbPoint) {
    *x = OGR_G_GetX (geometry, 0);
    *y = OGR_G_GetY (geometry, 0);
  } else {
    g_auto (OGRGeometryH) inside = OGR_G_PointOnSurface (geometry);

    OGR_G_GetEnvelope (geometry, &box);
    *x = inside != NULL ? OGR_G_GetX (inside, 0) : (box.MinX + box.MaxX) / 2;
    *y = inside != NULL ? OGR_G_GetY (inside, 0) : (box.MinY + box.MaxY) / 2;
  }
  return TRUE;
}

static gboolean
is_line (OGRGeometryH geometry)
{
  return geometry != NULL && OGR_G_GetDimension (geometry) == 1;
}

/* Is a place with only a name of its own one that addresses name? A shop is not. */
static gboolean
is_address_place (const char *name)
{
  QonysStreetType type;
  g_autofree char *key = qonys_address_make_key (name, &type);

  return type != QONYS_STREET_ANY;
}

/* Returns: FALSE if there is nothing in it for an address */
static gboolean
add_feature (Layer *self, OGRFeatureH feature)
{
  const QonysAddressColumns *columns = &self->columns;
  OGRGeometryH geometry = OGR_F_GetGeometryRef (feature);
  g_autofree char *house = get_text (self, feature, columns->house);
  g_autofree char *address = get_text (self, feature, columns->address);
  g_auto (GStrv) streets = get_names (self, feature, columns->streets, columns->n_streets);
  g_auto (GStrv) names = get_names (self, feature, columns->names, columns->n_names);
  const char *const *named = (const char *const *)(streets[0] != NULL ? streets : names);
  double x, y;

  if (is_line (geometry)) {
    if (named[0] == NULL)
      return FALSE;
    if (!add_lines (self, named, geometry))
      self->n_outside++;
    return TRUE;
  }
  if (!get_point (self, feature, geometry, &x, &y))
    return FALSE;
  if (!move (self, 1, &x, &y)) {
    self->n_outside++;
    return TRUE;
  }
  if (house != NULL && named[0] != NULL)
    return qonys_address_index_add_house (self->index, named[0], house, x, y);
  if (address != NULL && qonys_address_index_add_house (self->index, address, NULL, x, y))
    return TRUE;
  if (streets[0] == NULL && (names[0] == NULL || !is_address_place (names[0])))
    return FALSE;
  qonys_address_index_add_line (self->index, named, 1, &x, &y);
  return TRUE;
}

/* Chooses the way from the layer's coordinates to WGS84; columns of degrees need none. */
static gboolean
choose_transform (Layer *self, OGRLayerH layer, const char *crs, GPtrArray *diagnostics,
                  GError **error)
{
  OGREnvelope extent;
  QonysBox box;

  if (OGR_L_GetGeomType (layer) == wkbNone || OGR_L_GetExtent (layer, &extent, TRUE) != OGRERR_NONE)
    return TRUE;
  box = (QonysBox){extent.MinX, extent.MinY, extent.MaxX, extent.MaxY};
  self->transform =
      qonys_transform_choose (OGR_L_GetSpatialRef (layer), crs, &box, NULL, diagnostics, error);
  return self->transform != NULL;
}

static gboolean
read_layer (Layer *self, OGRLayerH layer, const char *crs, QonysJob *job, GPtrArray *diagnostics,
            GError **error)
{
  gint64 n_features = OGR_L_GetFeatureCount (layer, TRUE);
  OGRFeatureH next;

  if (!choose_transform (self, layer, crs, diagnostics, error))
    return FALSE;
  OGR_L_ResetReading (layer);
  for (gint64 n = 0; (next = OGR_L_GetNextFeature (layer)) != NULL; n++) {
    g_auto (OGRFeatureH) feature = next;

    if (n % JOB_STEP == 0) {
      if (qonys_job_is_cancelled (job, error))
        return FALSE;
      qonys_job_set_progress (job, n_features > 0 ? (double)n / (double)n_features : 0);
    }
    self->n_unnamed += !add_feature (self, feature);
  }
  return TRUE;
}

/* ---- the source ---- */

static void
note_content (const QonysAddressIndex *index, gint64 n_left_out, GPtrArray *diagnostics)
{
  g_autofree char *streets = qonys_format_int (qonys_address_index_get_n_streets (index));
  g_autofree char *houses = qonys_format_int (qonys_address_index_get_n_houses (index));
  g_autofree char *left_out = qonys_format_int (n_left_out);

  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         /* Translators: three numbers */
                         _ ("Addresses: streets %s, buildings %s, left out without a name "
                            "or outside Astana %s."),
                         streets, houses, left_out);
}

static gboolean
add_source (QonysAddressIndex *index, const char *path, const char *crs, gint64 *n_left_out,
            QonysJob *job, GPtrArray *diagnostics, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) dataset = NULL;
  gboolean has_columns = FALSE, is_ok = TRUE;
  gint64 n_read = 0;

  qonys_gdal_scope_open (&scope, diagnostics);
  dataset = qonys_source_open (path, &scope, error);
  if (dataset == NULL)
    return FALSE;
  for (int i = 0; is_ok && i < GDALDatasetGetLayerCount (dataset); i++) {
    OGRLayerH ogr_layer = GDALDatasetGetLayer (dataset, i);
    Layer layer = {.index = index};

    qonys_source_look_at_names (&layer.decoder, ogr_layer);
    look_at_texts (ogr_layer, &layer.decoder);
    if (qonys_address_columns_find (ogr_layer, &layer.decoder, &layer.columns)) {
      has_columns = TRUE;
      is_ok = read_layer (&layer, ogr_layer, crs, job, diagnostics, error);
      n_read += OGR_L_GetFeatureCount (ogr_layer, TRUE);
      *n_left_out += layer.n_outside + layer.n_unnamed;
      qonys_source_note_encoding (&layer.decoder, ogr_layer, diagnostics);
    }
    g_clear_pointer (&layer.transform, qonys_transform_free);
    qonys_decoder_clear (&layer.decoder);
  }
  if (!is_ok)
    return FALSE;
  if (scope.failure != NULL) {
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_FORMAT,
                                _ ("The layer of addresses could not be read to its end. Ask the "
                                   "supplier to send it again."));
    return FALSE;
  }
  if (!has_columns) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("No column of the layer of addresses holds names of streets. Name it "
                            "“name”, “street” or “addr:street”, and that of the building numbers "
                            "“house” or “addr:housenumber”."));
    return FALSE;
  }
  if (n_read > 0 && *n_left_out >= n_read) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_WRONG_PLACE,
                         _ ("The layer of addresses has no named street or building in Astana. "
                            "Choose a layer of Astana, or give the code of its coordinate "
                            "system, such as EPSG:28412."));
    return FALSE;
  }
  return TRUE;
}

QonysAddressIndex *
qonys_store_load_addresses (const char *path, const char *crs, const QonysDistricts *districts,
                            QonysJob *job, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysAddressIndex) index = qonys_address_index_new (districts);
  gint64 n_left_out = 0;

  if (!add_bundled (index, error) ||
      (path != NULL && !add_source (index, path, crs, &n_left_out, job, diagnostics, error)))
    return NULL;
  qonys_address_index_freeze (index);
  note_content (index, n_left_out, diagnostics);
  return g_steal_pointer (&index);
}
