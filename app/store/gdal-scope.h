#pragma once

#include "base/diagnostic.h"
#include "base/error.h"

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

G_BEGIN_DECLS

/**
 * QonysGdalScope:
 *
 * What GDAL says on this thread between open and close: the first failure is remembered, warnings
 * become diagnostics. Declare it with g_auto() before what GDAL opens, so that what closing says
 * is heard too. Scopes nest.
 */
typedef struct {
  GPtrArray *diagnostics; /* (nullable) (unowned) */
  char *failure;          /* GDAL's own words */
  guint n_warnings;
  gboolean is_open;
} QonysGdalScope;

#define QONYS_GDAL_SCOPE_INIT                                                                      \
  {                                                                                                \
    NULL                                                                                           \
  }

void qonys_gdal_scope_open (QonysGdalScope *scope, GPtrArray *diagnostics);
void qonys_gdal_scope_close (QonysGdalScope *scope);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QonysGdalScope, qonys_gdal_scope_close)

/** Forgets the failure, e.g. of a driver that was tried. */
void qonys_gdal_scope_forget (QonysGdalScope *scope);

/** Sets @error to the sentence with GDAL's own words, if there are any, behind it in brackets. */
void qonys_gdal_scope_set_error (QonysGdalScope *scope, GError **error, QonysError code,
                                 const char *format, ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (GDALDatasetH, GDALClose, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (OGRFeatureH, OGR_F_Destroy, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (OGRGeometryH, OGR_G_DestroyGeometry, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (OGRSpatialReferenceH, OSRRelease, NULL)

G_END_DECLS
