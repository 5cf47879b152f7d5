/* A project's state: six tables, a dozen datasets, districts, base. Made at opening and at each
 * import or edit; the same data under another norm or in another period costs a reference. */

#include "domain/project-private.h"
#include "domain/row-days-private.h"

/* What does not depend on the norm, shared by states that differ by it alone. */
typedef struct {
  char *path;
  QonysTable *tables[QONYS_N_RECORD_TYPES];
  QonysTable *unused[QONYS_N_RECORD_TYPES]; /* NULL: none */
  GPtrArray *datasets;
  GPtrArray *district_sets;
  guint district_set;
  QonysDistricts *districts; /* of these, in use */
  GPtrArray *base;
  QonysNorm base_norm;
  QonysDay days[QONYS_N_RECORD_TYPES]; /* the day each type speaks of */
  GMutex lock;                         /* guards the making of places and norm counts */
  QonysPlaces *places;                 /* on first use */
} Data;

/* What a period leaves of the dated tables, guarded by the data's lock; shared by states that
 * differ by their norm alone. */
typedef struct {
  QonysPeriod period;
  QonysTable *tables[QONYS_N_RECORD_TYPES]; /* on first use */
  QonysSuspicionCounts *suspicions;         /* by place; on first use */
} View;

struct _QonysProject {
  gatomicrefcount ref_count;
  Data *data; /* an atomic box */
  View *view; /* an atomic box; NULL: all of time */
  QonysNorm norm;
  QonysNormCounts **norm_counts; /* by place; on first use */
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

static gboolean
is_active (const GArray *ids, gint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint32, i) == id)
      return TRUE;
  return FALSE;
}

/* The latest as_of or row date in use. */
static QonysDay
find_day (const Data *data, QonysRecordType type)
{
  const QonysTable *table = data->tables[type];
  int field = qonys_table_get_schema (table)->date_field;
  const gint32 *days = field < 0 ? NULL : qonys_table_get_ints (table, field);
  QonysDay latest = QONYS_DAY_MISSING;
  g_autoptr (GArray) active = NULL;

  if (days != NULL)
    for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
      latest = MAX (latest, days[row]);
  if (latest != QONYS_DAY_MISSING)
    return latest;

  active = qonys_datasets_choose_active (data->datasets, type);
  for (guint i = 0; i < data->datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (data->datasets, i);

    if (is_active (active, dataset->id))
      latest = MAX (latest, dataset->as_of);
  }
  return latest;
}

static void
data_clear (gpointer box)
{
  Data *data = box;

  g_free (data->path);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++) {
    qonys_table_unref (data->tables[i]);
    g_clear_pointer (&data->unused[i], qonys_table_unref);
  }
  g_ptr_array_unref (data->datasets);
  g_ptr_array_unref (data->district_sets);
  g_ptr_array_unref (data->base);
  g_clear_pointer (&data->places, _qonys_places_free);
  g_mutex_clear (&data->lock);
}

static void
view_clear (gpointer box)
{
  View *view = box;

  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    g_clear_pointer (&view->tables[i], qonys_table_unref);
  g_free (view->suspicions);
}

/* Takes @data and @view. */
static QonysProject *
project_new (Data *data, View *view, const QonysNorm *norm)
{
  QonysProject *project = g_new0 (QonysProject, 1);

  g_atomic_ref_count_init (&project->ref_count);
  project->data = data;
  project->view = view;
  project->norm = *norm;
  project->norm_counts = g_new0 (QonysNormCounts *, 1);
  return project;
}

QonysProject *
qonys_project_new (const char *path, QonysTable *tables[QONYS_N_RECORD_TYPES], GPtrArray *datasets,
                   QonysDistricts *districts, GPtrArray *base, const QonysNorm *norm)
{
  Data *data = g_atomic_rc_box_new0 (Data);

  data->path = g_strdup (path);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    data->tables[i] =
        tables[i] != NULL ? tables[i] : qonys_table_builder_finish (qonys_table_builder_new (i, 0));
  data->datasets = datasets;
  data->district_sets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_districts_unref);
  g_ptr_array_add (data->district_sets, districts);
  data->districts = districts;
  data->base = base;
  data->base_norm = *norm;
  g_mutex_init (&data->lock);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    data->days[i] = find_day (data, i);
  return project_new (data, NULL, norm);
}

QonysProject *
qonys_project_with_rows (QonysProject *project, QonysTable *tables[QONYS_N_RECORD_TYPES],
                         QonysTable **unused, GPtrArray *datasets)
{
  Data *data = project->data;
  QonysProject *next =
      qonys_project_new (data->path, tables, datasets, qonys_districts_ref (data->districts),
                         g_ptr_array_ref (data->base), &data->base_norm);

  g_ptr_array_unref (next->data->district_sets);
  next->data->district_sets = g_ptr_array_ref (data->district_sets);
  next->data->district_set = data->district_set;
  for (guint i = 0; unused != NULL && i < QONYS_N_RECORD_TYPES; i++)
    next->data->unused[i] = unused[i];
  next->norm = project->norm;
  return next;
}

QonysProject *
qonys_project_with_district_sets (QonysProject *project, GPtrArray *sets, guint set)
{
  const Data *before = project->data;
  Data *data = g_atomic_rc_box_new0 (Data);

  data->path = g_strdup (before->path);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++) {
    data->tables[i] = qonys_table_ref (before->tables[i]);
    data->unused[i] = before->unused[i] != NULL ? qonys_table_ref (before->unused[i]) : NULL;
    data->days[i] = before->days[i];
  }
  data->datasets = g_ptr_array_ref (before->datasets);
  data->district_sets = sets;
  data->district_set = set;
  data->districts = sets->pdata[set];
  data->base = g_ptr_array_ref (before->base);
  data->base_norm = before->base_norm;
  g_mutex_init (&data->lock);
  return project_new (data, NULL, &project->norm);
}

QonysProject *
qonys_project_with_norm (QonysProject *project, const QonysNorm *norm)
{
  return project_new (g_atomic_rc_box_acquire (project->data),
                      project->view != NULL ? g_atomic_rc_box_acquire (project->view) : NULL, norm);
}

QonysProject *
qonys_project_with_period (QonysProject *project, const QonysPeriod *period)
{
  View *view = NULL;

  if (!qonys_period_is_open (period)) {
    view = g_atomic_rc_box_new0 (View);
    view->period = *period;
  }
  return project_new (g_atomic_rc_box_acquire (project->data), view, &project->norm);
}

QonysPeriod
qonys_project_get_period (const QonysProject *project)
{
  return project->view != NULL ? project->view->period : QONYS_PERIOD_OPEN;
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

  g_free (*project->norm_counts);
  g_free (project->norm_counts);
  if (project->view != NULL)
    g_atomic_rc_box_release_full (project->view, view_clear);
  g_atomic_rc_box_release_full (project->data, data_clear);
  g_free (project);
}

const char *
qonys_project_get_path (const QonysProject *project)
{
  return project->data->path;
}

QonysTable *
_qonys_project_get_whole_table (const QonysProject *project, QonysRecordType type)
{
  return project->data->tables[type];
}

/* The rows of a dated table that are in use. */
static GArray *
find_rows (QonysTable *table, const QonysPeriod *period)
{
  return _qonys_row_days_find (_qonys_table_get_row_days (table), qonys_table_get_n_rows (table),
                               period);
}

QonysTable *
qonys_project_get_table (const QonysProject *project, QonysRecordType type)
{
  View *view = project->view;
  QonysTable *table, *whole;

  g_return_val_if_fail (type < QONYS_N_RECORD_TYPES, NULL);
  whole = project->data->tables[type];
  if (view == NULL || !_qonys_record_type_is_dated (type))
    return whole;
  g_mutex_lock (&project->data->lock);
  if (view->tables[type] == NULL) {
    g_autoptr (GArray) rows = find_rows (whole, &view->period);

    view->tables[type] = rows->len == qonys_table_get_n_rows (whole)
                             ? qonys_table_ref (whole)
                             : _qonys_table_take (whole, (const guint32 *)rows->data, rows->len);
  }
  table = view->tables[type];
  g_mutex_unlock (&project->data->lock);
  return table;
}

gboolean
qonys_project_has_lost (const QonysProject *project, QonysRecordType type)
{
  const Data *data = project->data;
  g_autoptr (GArray) active = qonys_datasets_choose_active (data->datasets, type);
  gint64 n_stored = 0;

  for (guint i = 0; i < data->datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (data->datasets, i);

    if (is_active (active, dataset->id))
      n_stored += dataset->n_stored;
  }
  return n_stored > 0 && qonys_table_get_n_rows (data->tables[type]) == 0;
}

const GPtrArray *
qonys_project_get_datasets (const QonysProject *project)
{
  return project->data->datasets;
}

QonysDistricts *
qonys_project_get_districts (const QonysProject *project)
{
  return project->data->districts;
}

const GPtrArray *
qonys_project_get_district_sets (const QonysProject *project)
{
  return project->data->district_sets;
}

guint
qonys_project_get_district_set (const QonysProject *project)
{
  return project->data->district_set;
}

const GPtrArray *
qonys_project_get_base (const QonysProject *project)
{
  return project->data->base;
}

const QonysNorm *
qonys_project_get_norm (const QonysProject *project)
{
  return &project->norm;
}

const QonysNorm *
qonys_project_get_base_norm (const QonysProject *project)
{
  return &project->data->base_norm;
}

QonysTable *
qonys_project_get_unused_table (const QonysProject *project, QonysRecordType type)
{
  return project->data->unused[type];
}

/* ---- sums on first use ---- */

/* With the lock held. */
static QonysPlaces *
get_places (Data *data)
{
  if (data->places == NULL)
    data->places = _qonys_places_new (data->tables[QONYS_RECORD_DWELLING],
                                      data->tables[QONYS_RECORD_SUSPICION], data->districts);
  return data->places;
}

const QonysPlaces *
_qonys_project_get_places (const QonysProject *project)
{
  Data *data = project->data;
  const QonysPlaces *places;

  g_mutex_lock (&data->lock);
  places = get_places (data);
  g_mutex_unlock (&data->lock);
  return places;
}

const QonysSuspicionCounts *
_qonys_project_get_suspicion_counts (const QonysProject *project)
{
  Data *data = project->data;
  View *view = project->view;
  QonysTable *table = data->tables[QONYS_RECORD_SUSPICION];
  const QonysSuspicionCounts *counts;

  if (view == NULL)
    return NULL;
  g_mutex_lock (&data->lock);
  if (view->suspicions == NULL) {
    g_autoptr (GArray) rows = find_rows (table, &view->period);

    view->suspicions = _qonys_places_count_suspicions (get_places (data), table,
                                                       (const guint32 *)rows->data, rows->len);
  }
  counts = view->suspicions;
  g_mutex_unlock (&data->lock);
  return counts;
}

const QonysNormCounts *
_qonys_project_get_norm_counts (const QonysProject *project)
{
  Data *data = project->data;
  const QonysNormCounts *counts;

  g_mutex_lock (&data->lock);
  if (*project->norm_counts == NULL) {
    QonysPlaces *places = get_places (data);

    if (places->index == NULL || !_qonys_norm_index_serves (places->index, &project->norm)) {
      g_clear_pointer (&places->index, _qonys_norm_index_free);
      places->index = _qonys_norm_index_new (&project->norm, data->tables[QONYS_RECORD_DWELLING],
                                             places->dwelling_places, places->places->len);
    }
    *project->norm_counts = g_new (QonysNormCounts, MAX (places->places->len, 1));
    _qonys_norm_index_count (places->index, project->norm.norm_m2, *project->norm_counts);
  }
  counts = *project->norm_counts;
  g_mutex_unlock (&data->lock);
  return counts;
}

gboolean
qonys_project_is_synthetic (const QonysProject *project)
{
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    g_autoptr (GArray) active = qonys_datasets_choose_active (project->data->datasets, type);

    for (guint i = 0; i < project->data->datasets->len; i++) {
      const QonysDataset *dataset = g_ptr_array_index (project->data->datasets, i);

      if (dataset->is_synthetic && is_active (active, dataset->id))
        return TRUE;
    }
  }
  return FALSE;
}

QonysDay
qonys_project_get_data_day (const QonysProject *project, QonysRecordType type)
{
  QonysDay day = project->data->days[type];

  if (project->view != NULL && project->view->period.to != QONYS_DAY_MISSING &&
      _qonys_record_type_is_dated (type))
    day = MIN (day, project->view->period.to - 1);
  return day;
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

    has_real |= dataset->type == type && !dataset->is_synthetic && !dataset->is_withdrawn;
  }
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);

    if (dataset->type != type || dataset->is_withdrawn || (has_real && dataset->is_synthetic))
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
