#pragma once

#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** The SHA-256 of a source, reckoned on a thread of its own while the source is read. */
typedef struct _QonysHashing QonysHashing;

/** Of the file, or of all files the dataset consists of, in order of name. @dataset: (nullable) */
QonysHashing *qonys_hashing_new (const char *path, GDALDatasetH dataset);

/** Waits. */
void qonys_hashing_free (QonysHashing *hashing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysHashing, qonys_hashing_free)

/** Waits. Returns: (transfer full) (nullable): 64 hexadecimal digits; NULL without an error of a
 * database */
char *qonys_hashing_finish (QonysHashing *hashing, GError **error);

G_END_DECLS
