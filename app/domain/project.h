#pragma once

#include "domain/basemap.h"
#include "domain/district.h"
#include "domain/norm.h"
#include "domain/period.h"
#include "domain/table.h"

G_BEGIN_DECLS

/** Where a set of rows came from. */
typedef struct {
  gint32 id;
  QonysRecordType type;
  char *title;
  char *supplier;  /* (nullable) */
  char *file_name; /* base name only */
  char *sha256;    /* of the source file; (nullable) for what the program makes */
  QonysDay as_of, received_on;
  gint64 n_read, n_stored, n_rejected;
  gboolean is_synthetic;
  gboolean is_withdrawn; /* taken out of use, as the plan's settings say; its rows stay */
} QonysDataset;

QonysDataset *qonys_dataset_new (void);
void qonys_dataset_free (QonysDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysDataset, qonys_dataset_free)

/**
 * QonysProject:
 *
 * One state of a project: frozen tables, districts, norm. Immutable once made and shared by
 * threads; an import or an edit makes the next state.
 */
typedef struct _QonysProject QonysProject;

/** @tables: (transfer full) (array fixed-size=QONYS_N_RECORD_TYPES): NULL where there are none;
 * @datasets: (transfer full) (element-type QonysDataset); @base: (transfer full) (element-type
 * QonysBaseFeature); @path: (nullable) */
QonysProject *qonys_project_new (const char *path, QonysTable *tables[QONYS_N_RECORD_TYPES],
                                 GPtrArray *datasets, QonysDistricts *districts, GPtrArray *base,
                                 const QonysNorm *norm);
QonysProject *qonys_project_ref (QonysProject *project);
void qonys_project_unref (QonysProject *project);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysProject, qonys_project_unref)

const char *qonys_project_get_path (const QonysProject *project); /* nullable */
/** The table of a type: the rows of its active datasets; never NULL, may have no rows. */
QonysTable *qonys_project_get_table (const QonysProject *project, QonysRecordType type);
/** Have the rows gone that a dataset in use says were stored? Then the file lost their table: no
 * rows do not mean that there are none. */
gboolean qonys_project_has_lost (const QonysProject *project, QonysRecordType type);
const GPtrArray *qonys_project_get_datasets (const QonysProject *project);
QonysDistricts *qonys_project_get_districts (const QonysProject *project);
/** All outlines the project ever had, by number: 0 are those it was made with. (element-type
 * QonysDistricts) */
const GPtrArray *qonys_project_get_district_sets (const QonysProject *project);
/** The number of those in use. */
guint qonys_project_get_district_set (const QonysProject *project);
const GPtrArray *qonys_project_get_base (const QonysProject *project);
const QonysNorm *qonys_project_get_norm (const QonysProject *project);
/** The norm where the plan sets none. */
const QonysNorm *qonys_project_get_base_norm (const QonysProject *project);
/** Rows of the datasets that are not in use, of a project in no file; NULL: none are kept. */
QonysTable *qonys_project_get_unused_table (const QonysProject *project, QonysRecordType type);

/**
 * qonys_project_with_period:
 * @period: (nullable): replaces the one @project has; open or %NULL: all of time again
 *
 * What is visible of @project at that time: its dated rows (operations, flows, suspicions, counts,
 * indicators) that do not meet @period are out of use, as are those without a day, which
 * qonys_timeline_count_undated() counts. Dwellings are no events and stay. Never write
 * such a project: its tables lack rows. Cost: none now; a table when first asked for: a copy of
 * its rows in use. Tables nothing is left out of are shared.
 */
QonysProject *qonys_project_with_period (QonysProject *project, const QonysPeriod *period);
QonysPeriod qonys_project_get_period (const QonysProject *project);

/** The same data under another norm. */
QonysProject *qonys_project_with_norm (QonysProject *project, const QonysNorm *norm);

/** The next state: other rows; districts, base and norms stay. All as qonys_project_new();
 * @unused: (transfer full) (nullable) (array fixed-size=QONYS_N_RECORD_TYPES): rows of datasets
 * that are not in use, where no file keeps them */
QonysProject *qonys_project_with_rows (QonysProject *project,
                                       QonysTable *tables[QONYS_N_RECORD_TYPES],
                                       QonysTable **unused, GPtrArray *datasets);

/** The next state: the same data in other districts. @sets: (transfer full) (element-type
 * QonysDistricts); @set: the number of those in use, below their count */
QonysProject *qonys_project_with_district_sets (QonysProject *project, GPtrArray *sets, guint set);

/** Does any row in use come from a synthetic dataset? */
gboolean qonys_project_is_synthetic (const QonysProject *project);

/** The day the data of a type speak of: the latest as_of or row date in use; missing if none. In a
 * period the days of dated rows end with its last. */
QonysDay qonys_project_get_data_day (const QonysProject *project, QonysRecordType type);

/**
 * qonys_datasets_choose_active:
 * @datasets: (element-type QonysDataset)
 *
 * Which datasets of a type are in use, of those not withdrawn: real ones hide synthetic ones; of
 * dwellings and suspicions only the latest as_of, of the others all.
 *
 * Returns: (transfer full) (element-type gint32): ids
 */
GArray *qonys_datasets_choose_active (const GPtrArray *datasets, QonysRecordType type);

G_END_DECLS
