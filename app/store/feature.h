#pragma once

#include "base/date.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** Attributes by name, for layers of our own making: a column that is not there or not set is
 * unknown. Strings: (transfer full) (nullable). */
char *qonys_feature_get_text (OGRFeatureH feature, const char *name);
double qonys_feature_get_decimal (OGRFeatureH feature, const char *name);
gint64 qonys_feature_get_big (OGRFeatureH feature, const char *name, gint64 missing);
QonysDay qonys_feature_get_day (OGRFeatureH feature, const char *name);

/** Unknown values are left unset. */
void qonys_feature_set_text (OGRFeatureH feature, const char *name, const char *text);
void qonys_feature_set_day (OGRFeatureH feature, int field, QonysDay day);

/** Opens one of the bundled files, whose bytes stay in memory until the dataset is closed. */
typedef struct {
  GBytes *bytes;
  char *memory_name;
  GDALDatasetH dataset; /* NULL: GDAL could not read it */
} QonysBundledSource;

QonysBundledSource *qonys_bundled_source_open (const char *name);
void qonys_bundled_source_free (QonysBundledSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysBundledSource, qonys_bundled_source_free)

G_END_DECLS
