/* A project's state: six tables, a dozen datasets, districts, base. Made at opening and at each
 * import or edit; sharing a table between two states costs a reference. */

#include "domain/project.h"

struct _QonysProject {
  gatomicrefcount ref_count;
  char *path;
  QonysTable *tables[QONYS_N_RECORD_TYPES];
  GPtrArray *datasets;
  QonysDistricts *districts;
  GPtrArray *base;
  QonysNorm norm;
};

QonysDataset *
qonys_dataset_new (void)
{
  QonysDataset *dataset = g_new0 (QonysDataset, 1);

  dataset->as_of = dataset->received_on = QONYS_DAY_MISSING;
  return dataset;
}

void
qonys_dataset_free (QonysDataset *dataset)
{
  g_free (dataset->title);
  g_free (dataset->supplier);
  g_free (dataset->file_name);
  g_free (dataset->sha256);
  g_free (dataset);
}

QonysProject *
qonys_project_new (const char *path, QonysTable *tables[QONYS_N_RECORD_TYPES], GPtrArray *datasets,
                   QonysDistricts *districts, GPtrArray *base, const QonysNorm *norm)
{
  QonysProject *project = g_new0 (QonysProject, 1);

  g_atomic_ref_count_init (&project->ref_count);
  project->path = g_strdup (path);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    project->tables[i] =
        tables[i] != NULL ? tables[i] : qonys_table_builder_finish (qonys_table_builder_new (i, 0));
  project->datasets = datasets;
  project->districts = districts;
  project->base = base;
  project->norm = *norm;
  return project;
}

QonysProject *
qonys_project_ref (QonysProject *project)
{
  g_atomic_ref_count_inc (&project->ref_count);
  return project;
}

void
qonys_project_unref (QonysProject *project)
{
  if (!g_atomic_ref_count_dec (&project->ref_count))
    return;

  g_free (project->path);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    qonys_table_unref (project->tables[i]);
  g_ptr_array_unref (project->datasets);
  qonys_districts_unref (project->districts);
  g_ptr_array_unref (project->base);
  g_free (project);
}

const char *
qonys_project_get_path (const QonysProject *project)
{
  return project->path;
}

QonysTable *
qonys_project_get_table (const QonysProject *project, QonysRecordType type)
{
  g_return_val_if_fail (type < QONYS_N_RECORD_TYPES, NULL);
  return project->tables[type];
}

const GPtrArray *
qonys_project_get_datasets (const QonysProject *project)
{
  return project->datasets;
}

QonysDistricts *
qonys_project_get_districts (const QonysProject *project)
{
  return project->districts;
}

const GPtrArray *
qonys_project_get_base (const QonysProject *project)
{
  return project->base;
}

const QonysNorm *
qonys_project_get_norm (const QonysProject *project)
{
  return &project->norm;
}

QonysProject *
qonys_project_with_norm (QonysProject *project, const QonysNorm *norm)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES];

  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    tables[i] = qonys_table_ref (project->tables[i]);
  return qonys_project_new (project->path, tables, g_ptr_array_ref (project->datasets),
                            qonys_districts_ref (project->districts),
                            g_ptr_array_ref (project->base), norm);
}

static gboolean
is_active (const GArray *ids, gint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint32, i) == id)
      return TRUE;
  return FALSE;
}

gboolean
qonys_project_is_synthetic (const QonysProject *project)
{
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    g_autoptr (GArray) active = qonys_datasets_choose_active (project->datasets, type);

    for (guint i = 0; i < project->datasets->len; i++) {
      const QonysDataset *dataset = g_ptr_array_index (project->datasets, i);

      if (dataset->is_synthetic && is_active (active, dataset->id))
        return TRUE;
    }
  }
  return FALSE;
}

QonysDay
qonys_project_get_data_day (const QonysProject *project, QonysRecordType type)
{
  const QonysTable *table = project->tables[type];
  int field = qonys_table_get_schema (table)->date_field;
  const gint32 *days = field < 0 ? NULL : qonys_table_get_ints (table, field);
  QonysDay latest = QONYS_DAY_MISSING;

  if (days != NULL)
    for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
      latest = MAX (latest, days[row]);
  if (latest != QONYS_DAY_MISSING)
    return latest;

  for (guint i = 0; i < project->datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (project->datasets, i);
    g_autoptr (GArray) active = qonys_datasets_choose_active (project->datasets, type);

    if (is_active (active, dataset->id))
      latest = MAX (latest, dataset->as_of);
  }
  return latest;
}

GArray *
qonys_datasets_choose_active (const GPtrArray *datasets, QonysRecordType type)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  gboolean is_state = type == QONYS_RECORD_DWELLING || type == QONYS_RECORD_SUSPICION;
  gboolean has_real = FALSE;
  const QonysDataset *latest = NULL;

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);

    has_real |= dataset->type == type && !dataset->is_synthetic;
  }
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);

    if (dataset->type != type || (has_real && dataset->is_synthetic))
      continue;
    if (!is_state)
      g_array_append_val (ids, dataset->id);
    else if (latest == NULL || dataset->as_of >= latest->as_of)
      latest = dataset;
  }
  if (latest != NULL)
    g_array_append_val (ids, latest->id);
  return ids;
}
