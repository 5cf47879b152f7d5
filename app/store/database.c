/*
 * A table of a PostgreSQL database, through GDAL's driver; 500 rows are fetched at a time. One
 * connection a call.
 */
#include "store/database.h"

#include "base/error.h"

#include <cpl_string.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFIX "PG:"
#define MAX_NAMED 20 /* tables in a sentence */

gboolean
qonys_database_is_one (const char *source)
{
  return g_ascii_strncasecmp (source, PREFIX, strlen (PREFIX)) == 0;
}

char *
qonys_source_get_name (const char *source, const char *table)
{
  if (!qonys_database_is_one (source))
    return g_filename_display_basename (source);
  return g_strdup (table != NULL ? table : "PostgreSQL");
}

static GDALDatasetH
connect_server (const char *source, const char *table)
{
  static const char *const DRIVERS[] = {"PostgreSQL", NULL};
  gboolean has_time = strstr (source, "connect_timeout") != NULL;
  g_autofree char *words =
      g_strconcat (PREFIX, source + strlen (PREFIX), has_time ? "" : " connect_timeout=10", NULL);
  g_autofree char *tables = g_strconcat ("TABLES=", table, NULL);
  const char *options[] = {table != NULL ? tables : "LIST_ALL_TABLES=YES", NULL};

  return GDALOpenEx (words, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, DRIVERS,
                     options, NULL);
}

static void
set_choice_error (GDALDatasetH dataset, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  int n = GDALDatasetGetLayerCount (dataset);

  for (int i = 0; i < MIN (n, MAX_NAMED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            OGR_L_GetName (GDALDatasetGetLayer (dataset, i)));
  if (n > MAX_NAMED)
    g_string_append (names, " …");
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
               _ ("Say which table of the database to read (--sheet SCHEMA.TABLE): %s."),
               names->str);
}

GDALDatasetH
qonys_database_open (const char *source, const char *table, QonysGdalScope *scope, GError **error)
{
  g_auto (GDALDatasetH) dataset = NULL;

  if (GDALGetDriverByName ("PostgreSQL") == NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                         _ ("This installation of GDAL reads no PostgreSQL. Save the table as a "
                            "file, GeoPackage or CSV, and import that."));
    return NULL;
  }
  dataset = connect_server (source, table);
  if (dataset == NULL) {
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_FAILED,
                                _ ("The database cannot be reached or does not let you in. Check "
                                   "host, port, dbname and user; the password is taken from "
                                   "~/.pgpass or PGPASSWORD."));
    return NULL;
  }
  if (table == NULL && GDALDatasetGetLayerCount (dataset) > 1) {
    set_choice_error (dataset, error);
    return NULL;
  }
  if (GDALDatasetGetLayerCount (dataset) == 0 ||
      OGR_FD_GetFieldCount (OGR_L_GetLayerDefn (GDALDatasetGetLayer (dataset, 0))) == 0) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
                 _ ("There is no table “%s” in the database, or none you may see. Write it as "
                    "SCHEMA.TABLE, or ask the keeper of the database for the right to read it."),
                 table != NULL ? table : "");
    return NULL;
  }
  qonys_gdal_scope_forget (scope);
  return g_steal_pointer (&dataset);
}
