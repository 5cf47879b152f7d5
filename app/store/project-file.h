#pragma once

#include "base/job.h"
#include "domain/project.h"
#include "store/gdal-scope.h"
#include "store/recipe.h"

G_BEGIN_DECLS

/* The parts of a project file, for opening, writing and importing. The file is a GeoPackage with
 * a layer a record type under the type's name, each row with its dataset_id; the layers
 * "district" and "district_kept"; the tables "dataset", "setting" (key, value) and, once one is
 * kept, "recipe". Enums stand as their words. */

/* 1: records and districts; 2: what people wrote; 3: versions and scenes; 4: places of items for
 * other programs, outlines that were replaced. Earlier ones are read as they are; the first edit
 * makes them the last. */
#define QONYS_PROJECT_VERSION 4

/** Sets @error and returns FALSE if the version is a newer one. */
gboolean qonys_project_file_check_version (const char *path, gint64 version, GError **error);

/** Opens a project file; one that is none, or of a newer version, is an error.
 * Returns: (transfer full) */
GDALDatasetH qonys_project_file_open (const char *path, gboolean for_writing, QonysGdalScope *scope,
                                      GError **error);

/** Returns: (transfer full) (element-type QonysDataset) */
GPtrArray *qonys_project_file_read_datasets (GDALDatasetH file);

/**
 * qonys_project_file_read_table:
 * @dataset_ids: (element-type gint32): whose rows are read
 * @n_parts: read side by side, at most 4; 0 is as many as suit
 * @diagnostics: (nullable)
 *
 * Rows in the order of their ids, whatever @n_parts is. A table or a column that is not there is a
 * diagnostic.
 *
 * Returns: (transfer full): NULL if cancelled, if the file is damaged or locked
 */
QonysTable *qonys_project_file_read_table (const char *path, QonysRecordType type,
                                           const GArray *dataset_ids, guint n_parts, QonysJob *job,
                                           GPtrArray *diagnostics, GError **error);

/** All outlines (district-sets.h). @set: (out): the number of those in use; @diagnostics:
 * (nullable). Returns: (transfer full) (element-type QonysDistricts) */
GPtrArray *qonys_project_file_read_district_sets (GDALDatasetH file, guint *set,
                                                  GPtrArray *diagnostics, GError **error);

/** The value of a setting. Returns: (transfer full) (nullable) */
char *qonys_project_file_get_setting (GDALDatasetH file, const char *key);

/** Makes all layers and tables that are not there yet, and their columns. */
gboolean qonys_project_file_make_layers (GDALDatasetH file);

/** Adds the rows of a table to the layer of its type. @n_done and @n_all count rows for the
 * progress. Returns: FALSE if GDAL failed or the job was cancelled */
gboolean qonys_project_file_add_rows (GDALDatasetH file, const QonysTable *table, QonysJob *job,
                                      gsize *n_done, gsize n_all, GError **error);

gboolean qonys_project_file_add_dataset (GDALDatasetH file, const QonysDataset *dataset);
gboolean qonys_project_file_add_setting (GDALDatasetH file, const char *key, const char *value);

/** Keeps a recipe; one with the same headers is replaced. */
gboolean qonys_project_file_add_recipe (GDALDatasetH file, const QonysRecipe *recipe);

/** The newest first. Returns: (transfer full) (element-type QonysRecipe) */
GPtrArray *qonys_project_file_read_recipes (GDALDatasetH file);

/**
 * qonys_project_file_append:
 * @recipe: (nullable): kept with them
 *
 * Adds a dataset and its rows to a project file in one transaction: whole or not at all. An id
 * that is taken meanwhile is an error.
 */
gboolean qonys_project_file_append (const char *path, const QonysDataset *dataset,
                                    const QonysTable *rows, const QonysRecipe *recipe,
                                    QonysJob *job, GError **error);

/** One more than the greatest id. */
gint32 qonys_datasets_get_next_id (const GPtrArray *datasets);

/** Returns: (transfer full) */
QonysDataset *qonys_dataset_copy (const QonysDataset *dataset);

G_END_DECLS
