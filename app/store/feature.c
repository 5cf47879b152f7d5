/*
 * Small layers of our own making, read attribute by attribute: the bundled files, districts,
 * datasets and settings of a project. About a hundred rows each.
 */
#include "store/feature.h"

#include "domain/bundle.h"

#include <cpl_vsi.h>
#include <math.h>

static int
find_value (OGRFeatureH feature, const char *name)
{
  int field = OGR_F_GetFieldIndex (feature, name);

  return field >= 0 && OGR_F_IsFieldSetAndNotNull (feature, field) ? field : -1;
}

char *
qonys_feature_get_text (OGRFeatureH feature, const char *name)
{
  int field = find_value (feature, name);

  return field < 0 ? NULL : g_utf8_make_valid (OGR_F_GetFieldAsString (feature, field), -1);
}

double
qonys_feature_get_decimal (OGRFeatureH feature, const char *name)
{
  int field = find_value (feature, name);

  return field < 0 ? NAN : OGR_F_GetFieldAsDouble (feature, field);
}

gint64
qonys_feature_get_big (OGRFeatureH feature, const char *name, gint64 missing)
{
  int field = find_value (feature, name);

  return field < 0 ? missing : OGR_F_GetFieldAsInteger64 (feature, field);
}

QonysDay
qonys_feature_get_day (OGRFeatureH feature, const char *name)
{
  g_autofree char *text = qonys_feature_get_text (feature, name);
  QonysDay day = QONYS_DAY_MISSING;

  return text != NULL && qonys_day_parse (text, &day) ? day : QONYS_DAY_MISSING;
}

void
qonys_feature_set_text (OGRFeatureH feature, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    OGR_F_SetFieldString (feature, OGR_F_GetFieldIndex (feature, name), text);
}

void
qonys_feature_set_day (OGRFeatureH feature, int field, QonysDay day)
{
  int year, month, month_day;

  if (day == QONYS_DAY_MISSING)
    return;
  qonys_day_get_ymd (day, &year, &month, &month_day);
  OGR_F_SetFieldDateTime (feature, field, year, month, month_day, 0, 0, 0, 0);
}

QonysBundledSource *
qonys_bundled_source_open (const char *name)
{
  static int n_opened = 0;
  QonysBundledSource *source = g_new0 (QonysBundledSource, 1);
  gsize size;
  gconstpointer data;

  source->bytes = qonys_bundle_load (name);
  g_return_val_if_fail (source->bytes != NULL, source);
  data = g_bytes_get_data (source->bytes, &size);
  source->memory_name =
      g_strdup_printf ("/vsimem/qonys-%d-%s", g_atomic_int_add (&n_opened, 1), name);
  VSIFCloseL (VSIFileFromMemBuffer (source->memory_name, (GByte *)data, size, FALSE));
  source->dataset =
      GDALOpenEx (source->memory_name, GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
  return source;
}

void
qonys_bundled_source_free (QonysBundledSource *source)
{
  g_clear_pointer (&source->dataset, GDALClose);
  if (source->memory_name != NULL)
    VSIUnlink (source->memory_name);
  g_free (source->memory_name);
  g_clear_pointer (&source->bytes, g_bytes_unref);
  g_free (source);
}
