/* Small files and shorthands for the store's tests. */

#include "store-support.h"

#include <gdal.h>
#include <ogr_api.h>
#include <stdarg.h>
#include <string.h>

char *
put_text (const char *name, const char *text)
{
  char *path = g_build_filename (support_temp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

char *
hash_file (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)contents, length);
}

gboolean
has_note (const GPtrArray *diagnostics, QonysSeverity severity, const char *text)
{
  for (guint i = 0; i < diagnostics->len; i++) {
    const QonysDiagnostic *diagnostic = diagnostics->pdata[i];

    if (diagnostic->severity == severity && strstr (diagnostic->text, text) != NULL)
      return TRUE;
  }
  for (guint i = 0; i < diagnostics->len; i++)
    g_test_message ("diagnostic: %s", ((const QonysDiagnostic *)diagnostics->pdata[i])->text);
  return FALSE;
}

char *
make_square (double x, double y, double half, const char *properties)
{
  return g_strdup_printf (
      "{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"Polygon\","
      "\"coordinates\":[[[%.9g,%.9g],[%.9g,%.9g],[%.9g,%.9g],[%.9g,%.9g],[%.9g,%.9g]]]}}",
      properties, x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half,
      x - half, y - half);
}

char *
put_features (const char *name, char *feature, ...)
{
  g_autoptr (GString) text = g_string_new ("{\"type\":\"FeatureCollection\",\"features\":[");
  va_list features;

  va_start (features, feature);
  for (guint i = 0; feature != NULL; feature = va_arg (features, char *), i++) {
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", feature);
    g_free (feature);
  }
  va_end (features);
  g_string_append (text, "]}");
  return put_text (name, text->str);
}

void
run_sql (const char *path, const char *sql)
{
  GDALDatasetH dataset;
  OGRLayerH result;

  qonys_store_init ();
  dataset = GDALOpenEx (path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
  g_assert_nonnull (dataset);
  result = GDALDatasetExecuteSQL (dataset, sql, NULL, NULL);
  GDALDatasetReleaseResultSet (dataset, result);
  GDALClose (dataset);
}

void
assert_code (GError **error, QonysError code)
{
  g_assert_error (*error, QONYS_ERROR, (int)code);
  g_test_message ("%s", (*error)->message);
  g_assert_cmpuint (strlen ((*error)->message), >, 20);
  g_clear_error (error);
}

QonysDay
day_of (const char *iso)
{
  QonysDay day = QONYS_DAY_MISSING;

  if (*iso != '\0')
    g_assert_true (qonys_day_parse (iso, &day));
  return day;
}
