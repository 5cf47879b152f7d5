/*
 * Starting GDAL, once a process; the empty project.
 */
#include "store/store.h"

#include "store/gdal-scope.h"

#include <cpl_conv.h>
#include <cpl_http.h>

#include <gio/gio.h>

/* What is to be fetched is fetched by others, before GDAL sees it. */
static CPLHTTPResult *
refuse_to_fetch (const char *address, CSLConstList options, GDALProgressFunc progress,
                 void *progress_data, CPLHTTPFetchWriteFunc write, void *write_data, void *data)
{
  CPLHTTPResult *result = CPLCalloc (1, sizeof *result); /* of NULL GDAL would fetch itself */

  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup ("addresses are not opened");
  return result;
}

void
qonys_store_init (void)
{
  static gsize is_initialised = 0;

  if (!g_once_init_enter (&is_initialised))
    return;
  /* Nothing is fetched from anywhere: formats that are addresses in disguise stay away. */
  CPLSetConfigOption ("GDAL_SKIP", "HTTP,WFS,OAPIF,CSW,OGR_VRT,GMLAS,Carto,Elasticsearch,NGW,"
                                   "PLSCENES,AmigoCloud,MVT,GPSBabel,EEDA,STACTA,OGCAPI");
  CPLHTTPSetFetchCallback (refuse_to_fetch, NULL);
  CPLSetConfigOption ("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}");
  /* Names in archives that are not in Unicode are what Windows writes here. */
  CPLSetConfigOption ("CPL_ZIP_ENCODING", "CP866");
  CPLSetErrorHandler (CPLQuietErrorHandler);
  CPLPushErrorHandler (CPLQuietErrorHandler);
  GDALAllRegister ();
  CPLPopErrorHandler ();
  OSRSetPROJEnableNetwork (FALSE);
  g_once_init_leave (&is_initialised, 1);
}

char *
qonys_store_get_versions (void)
{
  int major = 0, minor = 0, patch = 0;

  OSRGetPROJVersion (&major, &minor, &patch);
  return g_strdup_printf ("GDAL %s, PROJ %d.%d.%d", GDALVersionInfo ("RELEASE_NAME"), major, minor,
                          patch);
}

QonysProject *
qonys_store_new_project (GError **error)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (error);
  g_autoptr (GPtrArray) base = NULL;
  QonysNorm norm = qonys_norm_get_default ();

  if (districts == NULL)
    return NULL;
  base = qonys_store_load_bundled_base (error);
  if (base == NULL)
    return NULL;
  return qonys_project_new (NULL, tables,
                            g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free),
                            g_steal_pointer (&districts), g_steal_pointer (&base), &norm);
}
