/*
 * District outlines of any source. Some hundred polygons at most are read at once; the layer that
 * shows the most districts is taken, its polygons are moved to WGS84, repaired and joined by
 * district. Naming them is in outline-names.c. Cost: that of reading, plus a few ms a polygon of
 * some thousand vertices.
 */
#include "store/outlines.h"

#include "base/format.h"
#include "geo/mercator.h"
#include "store/crs.h"
#include "store/districts.h"
#include "store/shape.h"
#include "store/source.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

void
qonys_outline_free (QonysOutline *outline)
{
  OGR_G_DestroyGeometry (outline->polygons);
  g_free (outline);
}

/* ---- reading ---- */

static void
look_at_texts (OGRLayerH layer, QonysDecoder *decoder)
{
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  OGRFeatureH feature;

  qonys_source_look_at_names (decoder, layer);
  OGR_L_ResetReading (layer);
  while ((feature = OGR_L_GetNextFeature (layer)) != NULL) {
    for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++)
      if (OGR_Fld_GetType (OGR_FD_GetFieldDefn (definition, i)) == OFTString &&
          OGR_F_IsFieldSetAndNotNull (feature, i))
        qonys_decoder_look (decoder, OGR_F_GetFieldAsString (feature, i));
    OGR_F_Destroy (feature);
  }
  qonys_decoder_guess (decoder);
}

/* All polygons of a layer with what their attributes say; NULL if cancelled. */
static GPtrArray *
read_layer (OGRLayerH layer, const QonysDecoder *decoder, QonysJob *job, GError **error)
{
  g_autoptr (GPtrArray) outlines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_outline_free);
  OGRFeatureH next;

  OGR_L_ResetReading (layer);
  while ((next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) feature = next;
    OGRGeometryH polygons = qonys_geometry_get_polygons (OGR_F_GetGeometryRef (feature));
    QonysOutline *outline;

    if (qonys_job_is_cancelled (job, error)) {
      OGR_G_DestroyGeometry (polygons);
      return NULL;
    }
    if (polygons == NULL)
      continue;
    outline = g_new0 (QonysOutline, 1);
    outline->polygons = polygons;
    qonys_outline_name (outline, feature, decoder);
    g_ptr_array_add (outlines, outline);
  }
  return g_steal_pointer (&outlines);
}

static guint
count_named (const GPtrArray *outlines)
{
  guint n = 0;

  for (guint i = 0; i < outlines->len; i++) {
    const QonysOutline *outline = g_ptr_array_index (outlines, i);

    n += outline->by_name != NULL || outline->by_code != NULL;
  }
  return n;
}

/* ---- where it is ---- */

static void
transform_geometry (OGRGeometryH geometry, QonysTransform *transform)
{
  int n_parts = OGR_G_GetGeometryCount (geometry);
  int n_points = OGR_G_GetPointCount (geometry);
  g_autofree double *x = NULL;
  g_autofree double *y = NULL;

  for (int i = 0; i < n_parts; i++)
    transform_geometry (OGR_G_GetGeometryRef (geometry, i), transform);
  if (n_points == 0 || n_parts > 0)
    return;
  x = g_new (double, n_points);
  y = g_new (double, n_points);
  OGR_G_GetPoints (geometry, x, sizeof *x, y, sizeof *y, NULL, 0);
  qonys_transform_apply (transform, n_points, x, y);
  OGR_G_SetPoints (geometry, n_points, x, sizeof *x, y, sizeof *y, NULL, 0);
}

static QonysBox
get_box (const GPtrArray *outlines)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = 0; i < outlines->len; i++) {
    const QonysOutline *outline = g_ptr_array_index (outlines, i);
    OGREnvelope envelope;

    OGR_G_GetEnvelope (outline->polygons, &envelope);
    qonys_box_add (&box, envelope.MinX, envelope.MinY);
    qonys_box_add (&box, envelope.MaxX, envelope.MaxY);
  }
  return box;
}

static QonysBox
get_city_box_deg (const QonysDistricts *bundled)
{
  QonysBox box = qonys_districts_get_box (bundled);

  return (QonysBox){qonys_mercator_lon_deg (box.min_x), qonys_mercator_lat_deg (box.max_y),
                    qonys_mercator_lon_deg (box.max_x), qonys_mercator_lat_deg (box.min_y)};
}

/* The middle in Astana and not much of it outside: the country or a neighbouring district is
 * not. */
static gboolean
is_in_astana (const QonysOutline *outline)
{
  const QonysBox *astana = &QONYS_ASTANA_BOX_DEG;
  OGREnvelope envelope;

  OGR_G_GetEnvelope (outline->polygons, &envelope);
  return qonys_box_contains (astana, (envelope.MinX + envelope.MaxX) / 2,
                             (envelope.MinY + envelope.MaxY) / 2) &&
         envelope.MinX > astana->min_x - 0.5 && envelope.MaxX < astana->max_x + 0.5 &&
         envelope.MinY > astana->min_y - 0.5 && envelope.MaxY < astana->max_y + 0.5;
}

static gboolean
move_to_wgs84 (GPtrArray *outlines, OGRSpatialReferenceH layer_crs, const char *crs,
               const QonysDistricts *bundled, GPtrArray *diagnostics, GError **error)
{
  QonysBox box = get_box (outlines);
  QonysBox city = get_city_box_deg (bundled);
  g_autoptr (QonysTransform) transform =
      qonys_transform_choose (layer_crs, crs, &box, &city, diagnostics, error);

  if (transform == NULL)
    return FALSE;
  for (guint i = 0; i < outlines->len; i++) {
    QonysOutline *outline = g_ptr_array_index (outlines, i);

    transform_geometry (outline->polygons, transform);
    outline->is_in_astana = is_in_astana (outline);
  }
  return TRUE;
}

static gboolean
check_place (const GPtrArray *outlines, GError **error)
{
  QonysBox box;
  guint n_here = 0, n_named = 0;
  gboolean has_city = FALSE;

  for (guint i = 0; i < outlines->len; i++) {
    const QonysOutline *outline = g_ptr_array_index (outlines, i);

    n_here += outline->is_in_astana;
    n_named += outline->is_in_astana && (outline->by_name != NULL || outline->by_code != NULL);
    has_city |= outline->is_in_astana && outline->is_city;
  }
  if (n_named > 0)
    return TRUE;

  box = get_box (outlines);
  if (n_here == 0) {
    g_autofree char *lon = qonys_format_decimal ((box.min_x + box.max_x) / 2, 2);
    g_autofree char *lat = qonys_format_decimal ((box.min_y + box.max_y) / 2, 2);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_WRONG_PLACE,
                 _ ("The file does not show Astana: its outlines lie around longitude %s, "
                    "latitude %s. Choose outlines of Astana, or give the code of their "
                    "coordinate system, such as EPSG:28412."),
                 lon, lat);
  } else if (has_city && n_here == 1)
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_WRONG_PLACE,
                         _ ("The file holds the outline of the city, not of its districts. "
                            "Choose a file with one outline a district."));
  else
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("No column of the file names a district of Astana. Add a column "
                            "“kato” with the codes or “name” with the names of the districts."));
  return FALSE;
}

/* ---- repairing and joining ---- */

static void
repair (OGRGeometryH *polygons, const char *name, GPtrArray *diagnostics)
{
  g_auto (QonysGdalScope) quiet =
      QONYS_GDAL_SCOPE_INIT; /* GEOS tells what is wrong: we repair it */
  g_auto (OGRGeometryH) valid = NULL;
  OGRGeometryH repaired;

  qonys_gdal_scope_open (&quiet, NULL);
  if (OGR_G_IsValid (*polygons))
    return;
  valid = OGR_G_MakeValid (*polygons);
  repaired = qonys_geometry_get_polygons (valid);
  if (repaired == NULL) {
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The outline crosses itself and could not be repaired: %s."), name);
    return;
  }
  OGR_G_DestroyGeometry (*polygons);
  *polygons = repaired;
  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         _ ("The outline crosses itself and was repaired: %s."), name);
}

static QonysDistrict *
make_district (const GPtrArray *outlines, const char *kato, GPtrArray *diagnostics)
{
  g_autoptr (QonysDistrict) district = qonys_district_new ();
  const QonysText3 *known = qonys_district_get_known_name (kato);
  const char *name = qonys_text3_get (known);
  g_auto (OGRGeometryH) joined = NULL;
  guint n_parts = 0;

  for (guint i = 0; i < outlines->len; i++) {
    QonysOutline *outline = g_ptr_array_index (outlines, i);
    g_auto (OGRGeometryH) one = NULL;

    if (g_strcmp0 (outline->kato, kato) != 0)
      continue;
    repair (&outline->polygons, name, diagnostics);
    n_parts++;
    if (joined == NULL) {
      joined = OGR_G_Clone (outline->polygons);
      continue;
    }
    one = OGR_G_Union (joined, outline->polygons);
    OGR_G_DestroyGeometry (joined);
    joined = qonys_geometry_get_polygons (one);
  }
  district->shape = qonys_shape_from_geometry (joined);
  if (district->shape == NULL)
    return NULL;
  if (n_parts > 1)
    qonys_diagnostics_add (
        diagnostics, QONYS_NOTE,
        ngettext ("%u outline was joined to %s.", "%u outlines were joined to %s.", n_parts),
        n_parts, name);

  g_strlcpy (district->kato, kato, sizeof district->kato);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    district->name.text[i] = g_strdup (known->text[i]);
  qonys_shape_get_label_point (district->shape, &district->label_x, &district->label_y);
  return g_steal_pointer (&district);
}

/* ---- dates ---- */

static const QonysDistrict *
find_version (const GPtrArray *versions, const char *kato)
{
  for (guint i = 0; i < versions->len; i++) {
    const QonysDistrict *version = g_ptr_array_index (versions, i);

    if (g_str_equal (version->kato, kato))
      return version;
  }
  return NULL;
}

/* The last day before a change of districts on which exactly these stood; missing, that is now, if
 * there is none. */
static QonysDay
tell_day (const GPtrArray *districts, const QonysDistricts *bundled)
{
  QonysDay last = QONYS_DAY_MISSING;

  for (guint i = 0; i < qonys_districts_get_n (bundled); i++) {
    QonysDay change = qonys_districts_get (bundled, i)->valid_to;
    g_autoptr (GPtrArray) versions = NULL;
    guint n_found = 0;

    if (change == QONYS_DAY_MISSING)
      continue;
    versions = qonys_districts_get_on_day (bundled, change - 1);
    for (guint j = 0; j < versions->len; j++)
      n_found += find_version (districts, ((QonysDistrict *)versions->pdata[j])->kato) != NULL;
    if (n_found == versions->len && n_found == districts->len)
      last = MAX (last, change - 1);
  }
  return last;
}

/* Gives each district the dates of the version that stood on the day, and says what is missing. */
static void
date_districts (GPtrArray *districts, const QonysDistricts *bundled, QonysDay day,
                GPtrArray *diagnostics)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GString) missing = g_string_new (NULL);

  if (day == QONYS_DAY_MISSING)
    day = tell_day (districts, bundled);
  versions = qonys_districts_get_on_day (bundled, day);
  for (guint i = 0; i < versions->len; i++) {
    const QonysDistrict *version = versions->pdata[i];
    QonysDistrict *district = (QonysDistrict *)find_version (districts, version->kato);

    if (district == NULL) {
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "",
                              qonys_text3_get (&version->name));
      continue;
    }
    district->area_km2 = version->area_km2;
    district->valid_from = version->valid_from;
    district->valid_to = version->valid_to;
    g_strlcpy (district->split_from, version->split_from, sizeof district->split_from);
  }
  if (day != QONYS_DAY_MISSING) {
    g_autofree char *text = qonys_format_day (day);

    qonys_diagnostics_add (diagnostics, QONYS_NOTE, _ ("Taken as the districts of %s."), text);
  }
  if (missing->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("These districts are not in the file: %s."), missing->str);
}

/* ---- the whole ---- */

/* The layer whose polygons bear the most districts' names. */
static GPtrArray *
read_best_layer (GDALDatasetH dataset, OGRLayerH *best_layer, QonysJob *job, GPtrArray *diagnostics,
                 GError **error)
{
  g_autoptr (GPtrArray) best = NULL;
  g_auto (QonysDecoder) best_decoder = {NULL};

  for (int i = 0; i < GDALDatasetGetLayerCount (dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer (dataset, i);
    g_auto (QonysDecoder) decoder = {NULL};
    g_autoptr (GPtrArray) outlines = NULL;

    qonys_job_set_progress (job, (double)i / GDALDatasetGetLayerCount (dataset));
    look_at_texts (layer, &decoder);
    outlines = read_layer (layer, &decoder, job, error);
    if (outlines == NULL)
      return NULL;
    if (outlines->len == 0 || (best != NULL && count_named (outlines) <= count_named (best)))
      continue;
    *best_layer = layer;
    g_clear_pointer (&best, g_ptr_array_unref);
    best = g_steal_pointer (&outlines);
    qonys_decoder_clear (&best_decoder);
    best_decoder = decoder;
    decoder = (QonysDecoder){NULL};
  }
  if (best != NULL)
    qonys_source_note_encoding (&best_decoder, *best_layer, diagnostics);
  return best != NULL ? g_steal_pointer (&best) : g_ptr_array_new ();
}

static GPtrArray *
make_districts (GPtrArray *outlines, const char *source, GPtrArray *diagnostics)
{
  GPtrArray *districts = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  guint n_others = 0;

  qonys_outlines_settle (outlines, diagnostics);
  for (guint i = 0; i < outlines->len; i++) {
    const QonysOutline *outline = g_ptr_array_index (outlines, i);
    QonysDistrict *district;

    n_others += outline->kato == NULL;
    if (outline->kato == NULL || find_version (districts, outline->kato) != NULL)
      continue;
    district = make_district (outlines, outline->kato, diagnostics);
    if (district != NULL) {
      district->source = g_strdup (source);
      g_ptr_array_add (districts, district);
    }
  }
  if (n_others > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           ngettext ("%u outline that is no district of Astana was left out.",
                                     "%u outlines that are no districts of Astana were left out.",
                                     n_others),
                           n_others);
  return districts;
}

QonysDistricts *
qonys_store_read_districts (const char *path, const char *crs, QonysDay day, QonysJob *job,
                            GPtrArray *diagnostics, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) dataset = NULL;
  g_autoptr (QonysDistricts) bundled = qonys_store_load_bundled_districts (error);
  g_autoptr (GPtrArray) outlines = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  OGRLayerH layer = NULL;
  GPtrArray *districts;

  if (bundled == NULL)
    return NULL;
  qonys_gdal_scope_open (&scope, diagnostics);
  dataset = qonys_source_open (path, &scope, error);
  if (dataset == NULL)
    return NULL;
  outlines = read_best_layer (dataset, &layer, job, diagnostics, error);
  if (outlines == NULL)
    return NULL;
  if (scope.failure != NULL) {
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_FORMAT,
                                _ ("“%s” is damaged or cut off. Ask the supplier to send it "
                                   "again."),
                                name);
    return NULL;
  }
  if (outlines->len == 0) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_NO_GEOMETRY,
                 _ ("“%s” has no outlines (polygons). Choose a file with the districts’ areas."),
                 name);
    return NULL;
  }
  if (!move_to_wgs84 (outlines, OGR_L_GetSpatialRef (layer), crs, bundled, diagnostics, error) ||
      !check_place (outlines, error))
    return NULL;

  districts = make_districts (outlines, name, diagnostics);
  date_districts (districts, bundled, day, diagnostics);
  if (districts->len == 0) {
    g_ptr_array_unref (districts);
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_NO_GEOMETRY,
                                _ ("The outlines in “%s” are broken. Ask the supplier to repair "
                                   "them."),
                                name);
    return NULL;
  }
  return qonys_districts_new (districts);
}
