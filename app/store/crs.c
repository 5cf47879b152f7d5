/*
 * Coordinate systems of sources: what is said, what must be meant, and the way to WGS84. Chosen
 * once a layer by a few points; then one PROJ call for any number of points (about 0.5 µs each;
 * none at all where the source is in WGS84 already).
 */
#include "store/crs.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const QonysBox QONYS_ASTANA_BOX_DEG = {70.9, 50.7, 72.1, 51.6};

/* Pulkovo 1942 to WGS 84 (16), for the onshore parts of the former Soviet Union. */
#define PULKOVO_OPERATION "urn:ogc:def:coordinateOperation:EPSG::15865"
#define PULKOVO_OPERATION_NAME "Pulkovo 1942 to WGS 84 (16), EPSG:15865"
#define PULKOVO_ACCURACY_M 4.5

struct _QonysTransform {
  OGRCoordinateTransformationH steps[2]; /* NULL: nothing to do */
  gboolean is_swapped;                   /* x and y change places first */
  gboolean is_pinned;
};

void
qonys_transform_free (QonysTransform *transform)
{
  for (guint i = 0; i < G_N_ELEMENTS (transform->steps); i++)
    OCTDestroyCoordinateTransformation (transform->steps[i]);
  g_free (transform);
}

gboolean
qonys_transform_is_plain (const QonysTransform *transform)
{
  return transform->steps[0] == NULL && transform->steps[1] == NULL;
}

void
qonys_transform_apply (QonysTransform *transform, gsize n, double *x, double *y)
{
  if (transform->is_swapped)
    for (gsize i = 0; i < n; i++) {
      double swap = x[i];

      x[i] = y[i];
      y[i] = swap;
    }
  for (guint step = 0; step < G_N_ELEMENTS (transform->steps); step++) {
    if (transform->steps[step] == NULL)
      continue;
    for (gsize done = 0; done < n; done += 65536) {
      int n_now = MIN (n - done, 65536);

      OCTTransform (transform->steps[step], n_now, x + done, y + done, NULL);
    }
  }
  for (gsize i = 0; i < n; i++)
    if (!isfinite (x[i]) || !isfinite (y[i]))
      x[i] = y[i] = NAN;
}

static OGRSpatialReferenceH
new_crs_from_epsg (int code)
{
  OGRSpatialReferenceH crs = OSRNewSpatialReference (NULL);

  OSRImportFromEPSG (crs, code);
  OSRSetAxisMappingStrategy (crs, OAMS_TRADITIONAL_GIS_ORDER);
  return crs;
}

/* The datum of 1942 itself, not its local kinds of 1958 and 1983. */
static gboolean
is_pulkovo_1942 (OGRSpatialReferenceH crs)
{
  const char *datum = OSRGetAttrValue (crs, "DATUM", 0);

  if (datum == NULL)
    return FALSE;
  if (g_str_has_prefix (datum, "D_"))
    datum += 2;
  return g_ascii_strcasecmp (datum, "Pulkovo_1942") == 0 ||
         g_ascii_strcasecmp (datum, "Pulkovo 1942") == 0;
}

static gboolean
is_wgs84 (OGRSpatialReferenceH crs, OGRSpatialReferenceH wgs84)
{
  static const char *const OPTIONS[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
                                        "CRITERION=EQUIVALENT", NULL};

  return OSRIsGeographic (crs) && OSRIsSameEx (crs, wgs84, OPTIONS);
}

static OGRCoordinateTransformationH
new_step (OGRSpatialReferenceH from, OGRSpatialReferenceH to, const char *operation)
{
  OGRCoordinateTransformationOptionsH options = OCTNewCoordinateTransformationOptions ();
  OGRCoordinateTransformationH step;

  if (operation != NULL)
    OCTCoordinateTransformationOptionsSetOperation (options, operation, FALSE);
  else
    OCTCoordinateTransformationOptionsSetAreaOfInterest (
        options, QONYS_ASTANA_BOX_DEG.min_x, QONYS_ASTANA_BOX_DEG.min_y, QONYS_ASTANA_BOX_DEG.max_x,
        QONYS_ASTANA_BOX_DEG.max_y);
  step = OCTNewCoordinateTransformationEx (from, to, options);
  OCTDestroyCoordinateTransformationOptions (options);
  return step;
}

/* NULL if PROJ knows no way. */
static QonysTransform *
transform_new (OGRSpatialReferenceH given, gboolean is_swapped)
{
  g_autoptr (QonysTransform) transform = g_new0 (QonysTransform, 1);
  g_auto (OGRSpatialReferenceH) wgs84 = new_crs_from_epsg (4326);
  g_auto (OGRSpatialReferenceH) crs = OSRClone (given);

  OSRDemoteTo2D (crs, NULL);
  OSRSetAxisMappingStrategy (crs, OAMS_TRADITIONAL_GIS_ORDER);
  transform->is_swapped = is_swapped;
  if (is_wgs84 (crs, wgs84))
    return g_steal_pointer (&transform);

  if (is_pulkovo_1942 (crs)) {
    g_auto (OGRSpatialReferenceH) pulkovo = new_crs_from_epsg (4284);

    transform->is_pinned = TRUE;
    if (!OSRIsGeographic (crs)) {
      g_auto (OGRSpatialReferenceH) degrees = OSRCloneGeogCS (crs);

      OSRSetAxisMappingStrategy (degrees, OAMS_TRADITIONAL_GIS_ORDER);
      transform->steps[0] = new_step (crs, degrees, NULL);
      if (transform->steps[0] == NULL)
        return NULL;
    }
    transform->steps[1] = new_step (pulkovo, wgs84, PULKOVO_OPERATION);
  } else {
    transform->steps[1] = new_step (crs, wgs84, NULL);
  }
  return transform->steps[1] != NULL ? g_steal_pointer (&transform) : NULL;
}

/* The box in degrees, from its corners and middle; empty if nothing can be transformed. */
static QonysBox
transform_box (QonysTransform *transform, const QonysBox *box)
{
  double x[] = {box->min_x, box->max_x, box->max_x, box->min_x, (box->min_x + box->max_x) / 2};
  double y[] = {box->min_y, box->min_y, box->max_y, box->max_y, (box->min_y + box->max_y) / 2};
  QonysBox result = qonys_box_empty ();

  qonys_transform_apply (transform, G_N_ELEMENTS (x), x, y);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    qonys_box_add (&result, x[i], y[i]);
  return result;
}

/* Does the source lie in Astana: its middle in the city, or the whole city in it (a national
 * file)? */
static gboolean
is_in_astana (QonysTransform *transform, const QonysBox *box)
{
  QonysBox degrees;
  const QonysBox *astana = &QONYS_ASTANA_BOX_DEG;

  degrees = transform_box (transform, box);
  if (qonys_box_is_empty (&degrees))
    return FALSE;
  if (qonys_box_contains (astana, (degrees.min_x + degrees.max_x) / 2,
                          (degrees.min_y + degrees.max_y) / 2))
    return TRUE;
  return degrees.min_x >= 40 && degrees.max_x <= 95 && degrees.min_y >= 35 && degrees.max_y <= 60 &&
         degrees.min_x < astana->min_x && degrees.max_x > astana->max_x &&
         degrees.min_y < astana->min_y && degrees.max_y > astana->max_y;
}

static double
get_distance (const QonysBox *a, const QonysBox *b)
{
  return fabs (a->min_x - b->min_x) + fabs (a->max_x - b->max_x) + fabs (a->min_y - b->min_y) +
         fabs (a->max_y - b->max_y);
}

char *
qonys_crs_describe (OGRSpatialReferenceH crs)
{
  const char *authority, *code, *name;

  if (crs == NULL)
    return NULL;
  authority = OSRGetAuthorityName (crs, NULL);
  code = OSRGetAuthorityCode (crs, NULL);
  name = OSRGetName (crs);
  if (authority != NULL && code != NULL)
    return g_strdup_printf ("%s:%s %s", authority, code, name != NULL ? name : "");
  return g_strdup (name);
}

static void
note_pinned (const char *name, GPtrArray *diagnostics)
{
  g_autofree char *accuracy_m = qonys_format_decimal (PULKOVO_ACCURACY_M, 1);

  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         _ ("Transformed from %s by the operation “%s”, accurate to %s m."), name,
                         PULKOVO_OPERATION_NAME, accuracy_m);
}

static void
note_choice (QonysTransform *transform, OGRSpatialReferenceH crs, GPtrArray *diagnostics)
{
  g_autofree char *name = NULL;

  if (transform->steps[1] == NULL)
    return;
  name = qonys_crs_describe (crs);
  if (transform->is_pinned)
    note_pinned (name, diagnostics);
  else
    qonys_diagnostics_add (diagnostics, QONYS_NOTE, _ ("Transformed from %s."),
                           name != NULL ? name : "?");
}

/* ---- guessing ---- */

typedef struct {
  int epsg;
  double min_x, max_x, min_y, max_y; /* coordinates that may be meant, x east */
} Candidate;

static const Candidate CANDIDATES[] = {
    {4326, -180, 180, -90, 90},      {28412, 12.0e6, 13.0e6, 5.0e6, 6.3e6},
    {2502, 0, 1.0e6, 5.0e6, 6.3e6}, /* zone 12 without its number */
    {32642, 0, 1.0e6, 5.0e6, 6.3e6}, {3857, 7.0e6, 9.0e6, 6.0e6, 7.0e6},
};

/* The candidates the coordinates lie in Astana by; the nearest to the city's box, if that is
 * known, else they must be the only one. */
static QonysTransform *
guess (const QonysBox *box, const QonysBox *city, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysTransform) best = NULL;
  g_autofree char *best_name = NULL;
  g_autofree char *other_name = NULL;
  double best_distance = INFINITY;
  guint n_found = 0;
  gboolean is_best_swapped = FALSE, is_best_degrees = FALSE;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (CANDIDATES); i++) {
    const Candidate *candidate = &CANDIDATES[i / 2];
    gboolean is_swapped = i % 2;
    QonysBox turned = *box, degrees;
    g_auto (OGRSpatialReferenceH) crs = NULL;
    g_autoptr (QonysTransform) transform = NULL;
    double distance;

    if (is_swapped)
      turned = (QonysBox){box->min_y, box->min_x, box->max_y, box->max_x};
    if (turned.min_x < candidate->min_x || turned.max_x > candidate->max_x ||
        turned.min_y < candidate->min_y || turned.max_y > candidate->max_y)
      continue;
    crs = new_crs_from_epsg (candidate->epsg);
    transform = transform_new (crs, is_swapped);
    if (transform == NULL || !is_in_astana (transform, box))
      continue;

    n_found++;
    degrees = transform_box (transform, box);
    distance = city != NULL ? get_distance (&degrees, city) : 0;
    if (distance < best_distance) {
      g_clear_pointer (&best, qonys_transform_free);
      best = g_steal_pointer (&transform);
      best_distance = distance;
      g_free (other_name);
      other_name = g_steal_pointer (&best_name);
      best_name = qonys_crs_describe (crs);
      is_best_swapped = is_swapped;
      is_best_degrees = candidate->epsg == 4326;
    } else {
      g_free (other_name);
      other_name = qonys_crs_describe (crs);
    }
  }

  if (n_found == 0 && box->min_x >= -180 && box->max_x <= 180 && box->min_y >= -90 &&
      box->max_y <= 90) {
    g_auto (OGRSpatialReferenceH) degrees = new_crs_from_epsg (4326);

    best = transform_new (degrees, FALSE); /* of another place: the caller will see */
    is_best_degrees = TRUE;
  } else if (n_found == 0 || (n_found > 1 && city == NULL)) {
    if (n_found > 1)
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_CRS,
                   _ ("The file does not say its coordinate system, and both %s and %s would "
                      "fit. Ask the supplier and save the file with it, or give its code, "
                      "such as EPSG:28412."),
                   best_name, other_name);
    else
      g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_CRS,
                           _ ("The file does not say its coordinate system, and its coordinates "
                              "fit none that is used in Astana. Ask the supplier for it and save "
                              "the file with it, or give its code, such as EPSG:28412."));
    return NULL;
  }
  if (is_best_degrees)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("The file does not say its coordinate system; its numbers are "
                              "degrees, WGS 84 was assumed."));
  else
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The file does not say its coordinate system. Its coordinates lie "
                              "in Astana as %s, which was assumed. If the map looks shifted, give "
                              "the right one’s code, such as EPSG:28412."),
                           best_name);
  if (is_best_swapped)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("Longitude and latitude (x and y) are exchanged in the file; they "
                              "were turned round."));
  if (best->is_pinned)
    note_pinned (best_name, diagnostics);
  return g_steal_pointer (&best);
}

/* ---- choosing ---- */

static QonysTransform *
choose_asked (const char *asked, GPtrArray *diagnostics, GError **error)
{
  g_auto (OGRSpatialReferenceH) crs = OSRNewSpatialReference (NULL);
  QonysTransform *transform = NULL;

  /* Names of files and addresses would be opened. */
  if (strstr (asked, "://") == NULL && strchr (asked, '/') == NULL &&
      OSRSetFromUserInput (crs, asked) == OGRERR_NONE)
    transform = transform_new (crs, FALSE);
  if (transform == NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_CRS,
                 _ ("“%s” is no coordinate system. Give its code, such as EPSG:4326 or "
                    "EPSG:28412."),
                 asked);
    return NULL;
  }
  note_choice (transform, crs, diagnostics);
  return transform;
}

QonysTransform *
qonys_transform_choose (OGRSpatialReferenceH layer_crs, const char *asked, const QonysBox *box,
                        const QonysBox *city, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysTransform) transform = NULL;
  g_autoptr (QonysTransform) turned = NULL;

  if (asked != NULL)
    return choose_asked (asked, diagnostics, error);
  if (layer_crs == NULL || OSRIsLocal (layer_crs))
    return guess (box, city, diagnostics, error);

  /* Metres in a file that says degrees, or says nothing and so means degrees by its format. */
  if (OSRIsGeographic (layer_crs) && !qonys_box_is_empty (box) &&
      (box->min_x < -360 || box->max_x > 360 || box->min_y < -360 || box->max_y > 360))
    return guess (box, city, diagnostics, error);

  transform = transform_new (layer_crs, FALSE);
  if (transform == NULL) {
    g_autofree char *name = qonys_crs_describe (layer_crs);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_CRS,
                 _ ("There is no way from the file’s coordinate system “%s” to WGS 84. Give the "
                    "right one’s code, such as EPSG:28412."),
                 name != NULL ? name : "?");
    return NULL;
  }
  if (!qonys_box_is_empty (box) && !is_in_astana (transform, box)) {
    turned = transform_new (layer_crs, TRUE);
    if (turned != NULL && is_in_astana (turned, box)) {
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             _ ("Longitude and latitude (x and y) are exchanged in the file; "
                                "they were turned round."));
      note_choice (turned, layer_crs, diagnostics);
      return g_steal_pointer (&turned);
    }
  }
  note_choice (transform, layer_crs, diagnostics);
  return g_steal_pointer (&transform);
}
