/* What may be painted, filled in for one audience: colours of districts and marks of the problem
 * layers. Made at each change of project, audience or statistic. Cost: clusters of the marks,
 * about 0.3 s for a million addresses, a few milliseconds for cells. */

#include "release/release-private.h"

#include "domain/address-index.h"
#include "geo/mercator.h"

#include <math.h>

#define CLUSTER_RADIUS_PX 40.0

/* ---- districts ---- */

/* The day whose districts are drawn where no statistic says it. */
static QonysDay
get_latest_day (const QonysProject *project)
{
  QonysDay latest = QONYS_DAY_MISSING;

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    latest = MAX (latest, qonys_project_get_data_day (project, type));
  return latest;
}

static void
add_districts (QonysContent *content, const QonysRelease *release)
{
  const QonysDistricts *all = qonys_project_get_districts (release->project);
  const QonysSafeStatistic *safe =
      content->statistic != NULL ? _qonys_safe_find_statistic (release->safe, content->statistic)
                                 : NULL;
  QonysDay end = release->safe->period.to;
  QonysDay day = safe != NULL ? safe->day : get_latest_day (release->project);
  g_autoptr (GPtrArray) districts = NULL;

  if (safe == NULL && end != QONYS_DAY_MISSING)
    day = MIN (day, end - 1);
  districts = qonys_districts_get_on_day (all, day);
  content->districts_day = day;
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (districts, i);
    QonysDistrictMark mark = {district, NAN, QONYS_VALUE_MISSING};

    if (safe != NULL) {
      mark.value = safe->values[i].value;
      mark.state = safe->values[i].state;
    }
    content->is_schematic |= district->is_schematic;
    g_array_append_val (content->districts, mark);
  }
  if (safe != NULL)
    content->n_classes = _qonys_release_find_classes (release, safe, content->class_limits);
}

/* ---- marks ---- */

/* Takes @x and @y of @n points of the rows given. */
static void
set_points (QonysMarkLayer *layer, double *x, double *y, const guint32 *rows, gsize n)
{
  if (n > 0) {
    layer->points = qonys_points_new (x, y, rows, n);
    layer->clusters = qonys_clusters_new (layer->points, layer->weights, CLUSTER_RADIUS_PX);
  }
  g_free (x);
  g_free (y);
}

static void
add_cells (QonysMarkLayer *layer, const GArray *cells, QonysCellCount which)
{
  double *x = g_new (double, cells->len), *y = g_new (double, cells->len);
  g_autofree guint32 *rows = g_new (guint32, cells->len);
  gsize n = 0;

  layer->cells = g_array_new (FALSE, FALSE, sizeof (QonysCellMark));
  layer->weights = g_new0 (double, cells->len);
  for (guint i = 0; i < cells->len; i++) {
    const QonysSafeCell *cell = &g_array_index (cells, QonysSafeCell, i);
    QonysCellMark mark = {.center_x = cell->center_x, .center_y = cell->center_y};

    mark.state = cell->states[which];
    /* Nothing was loaded that could speak of it. */
    if (mark.state == QONYS_VALUE_MISSING &&
        (which == QONYS_COUNT_SUSPECTED || cell->counts[QONYS_COUNT_DWELLINGS] <= 0))
      continue;
    if (mark.state == QONYS_VALUE_SHOWN) {
      /* A cell without any is no mark. */
      if (cell->counts[which] == 0)
        continue;
      mark.count = (guint32)cell->counts[which];
      x[n] = mark.center_x;
      y[n] = mark.center_y;
      rows[n] = layer->cells->len;
      layer->weights[rows[n++]] = mark.count;
    }
    memcpy (mark.corner_x, cell->corner_x, sizeof mark.corner_x);
    memcpy (mark.corner_y, cell->corner_y, sizeof mark.corner_y);
    g_array_append_val (layer->cells, mark);
  }
  layer->n_rows = layer->cells->len;
  set_points (layer, x, y, rows, n);
}

/* Rows of a table at their positions. */
typedef struct {
  double *lon_deg, *lat_deg;
  guint32 *rows;
  gsize n;
} Rows;

static void
rows_init (Rows *rows, gsize max)
{
  *rows = (Rows){g_new (double, MAX (max, 1)), g_new (double, MAX (max, 1)),
                 g_new (guint32, MAX (max, 1)), 0};
}

static void
rows_add (Rows *rows, gsize row, double lon_deg, double lat_deg)
{
  if (isnan (lon_deg) || isnan (lat_deg))
    return;
  rows->lon_deg[rows->n] = lon_deg;
  rows->lat_deg[rows->n] = lat_deg;
  rows->rows[rows->n++] = row;
}

static void
set_addresses (QonysMarkLayer *layer, Rows *rows)
{
  qonys_mercator_project (rows->lon_deg, rows->lat_deg, rows->n, rows->lon_deg, rows->lat_deg);
  set_points (layer, rows->lon_deg, rows->lat_deg, rows->rows, rows->n);
  g_free (rows->rows);
}

/* Which rows stand near their house only. Returns: (transfer full) (nullable): none does */
static guint8 *
find_approximate (const QonysTable *dwellings)
{
  gsize n = qonys_table_get_n_rows (dwellings);
  g_autofree guint8 *flags = g_new (guint8, n + 1);
  gboolean is_any = FALSE;

  for (gsize row = 0; row < n; row++) {
    guint8 accuracy = qonys_table_get_code (dwellings, row, QONYS_DWELLING_POSITION_ACCURACY);

    flags[row] = accuracy == QONYS_ACCURACY_STREET || accuracy == QONYS_ACCURACY_BLOCK ||
                 accuracy == QONYS_ACCURACY_DISTRICT;
    is_any |= flags[row];
  }
  return is_any ? g_steal_pointer (&flags) : NULL;
}

/* A suspicion stands where its dwelling does, and as near. */
static guint8 *
find_approximate_suspicions (const QonysProject *project)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);
  const QonysTable *dwellings = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  g_autofree guint8 *of_dwellings = find_approximate (dwellings);
  gsize n = qonys_table_get_n_rows (table);
  guint8 *flags = of_dwellings != NULL && n > 0 ? g_new0 (guint8, n) : NULL;
  g_autoptr (GHashTable) near = g_hash_table_new (g_str_hash, g_str_equal);

  if (flags == NULL)
    return NULL;
  /* The few near ones by their keys: all dwellings by theirs would take longer than the rest. */
  for (gsize row = 0; row < qonys_table_get_n_rows (dwellings); row++)
    if (of_dwellings[row]) {
      const char *key = qonys_table_get_text (dwellings, row, QONYS_DWELLING_KEY);

      if (key != NULL)
        g_hash_table_add (near, (gpointer)key);
    }
  for (gsize row = 0; row < n; row++) {
    const char *key = qonys_table_get_text (table, row, QONYS_SUSPICION_PLACE_REF);

    flags[row] = key != NULL && g_hash_table_contains (near, key);
  }
  return flags;
}

static void
add_suspicions (QonysMarkLayer *layer, const QonysProject *project)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);
  Rows rows;

  layer->is_addresses = TRUE;
  layer->n_rows = qonys_table_get_n_rows (table);
  layer->categories = g_new0 (guint8, layer->n_rows);
  layer->approximate = find_approximate_suspicions (project);
  rows_init (&rows, layer->n_rows);
  for (gsize row = 0; row < layer->n_rows; row++) {
    double lon_deg, lat_deg;

    if (!_qonys_suspicion_is_open (table, row))
      continue;
    layer->categories[row] =
        qonys_table_get_code (table, row, QONYS_SUSPICION_STATUS) == QONYS_STATUS_CHECKED_CONFIRMED;
    _qonys_suspicion_get_position (project, row, &lon_deg, &lat_deg);
    rows_add (&rows, row, lon_deg, lat_deg);
  }
  set_addresses (layer, &rows);
}

static void
add_overcrowded (QonysMarkLayer *layer, const QonysProject *project, const gint32 *excess)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  const double *lon_deg = qonys_table_get_lon_deg (table);
  const double *lat_deg = qonys_table_get_lat_deg (table);
  Rows rows;

  layer->is_addresses = TRUE;
  layer->n_rows = qonys_table_get_n_rows (table);
  layer->approximate = find_approximate (table);
  layer->amounts = g_memdup2 (excess, layer->n_rows * sizeof (gint32));
  layer->lon_deg = lon_deg;
  layer->lat_deg = lat_deg;
  rows_init (&rows, layer->n_rows);
  for (gsize row = 0; row < layer->n_rows && lon_deg != NULL; row++)
    if (excess[row] > 0)
      rows_add (&rows, row, lon_deg[row], lat_deg[row]);
  set_addresses (layer, &rows);
}

static void
add_raids (QonysMarkLayer *layer, const QonysProject *project)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_OPERATION);
  const double *lon_deg = qonys_table_get_lon_deg (table);
  const double *lat_deg = qonys_table_get_lat_deg (table);
  Rows rows;

  layer->is_addresses = TRUE;
  layer->n_rows = qonys_table_get_n_rows (table);
  rows_init (&rows, layer->n_rows);
  for (gsize row = 0; row < layer->n_rows && lon_deg != NULL; row++)
    rows_add (&rows, row, lon_deg[row], lat_deg[row]);
  set_addresses (layer, &rows);
}

/* The raids of the latest year, one mark a district; weight 0 is a hidden number. */
static void
add_raid_districts (QonysMarkLayer *layer, const QonysSafe *safe)
{
  guint n_districts = safe->raid_districts->len;
  double *x = g_new (double, n_districts), *y = g_new (double, n_districts);
  g_autofree guint32 *rows = g_new (guint32, n_districts);
  gsize n = 0;

  layer->n_rows = n_districts;
  layer->weights = g_new0 (double, n_districts);
  for (guint i = 0; i < n_districts; i++) {
    const QonysDistrict *district = g_ptr_array_index (safe->raid_districts, i);
    QonysSafeValue raids = _qonys_safe_get_raids (safe, district);

    if (raids.state == QONYS_VALUE_MISSING || raids.value == 0)
      continue;
    x[n] = district->label_x;
    y[n] = district->label_y;
    rows[n++] = i;
    layer->weights[i] = raids.state == QONYS_VALUE_SHOWN ? raids.value : 0;
  }
  set_points (layer, x, y, rows, n);
}

/* The marks of a period, besides those that are the same at any time. */
static void
renew_marks (QonysContent *content, const QonysRelease *release)
{
  QonysDay *days = content->data_days, end = release->safe->period.to;

  if (end != QONYS_DAY_MISSING)
    days[QONYS_LAYER_RAIDS] = MIN (days[QONYS_LAYER_RAIDS], end - 1);
  if (!_qonys_release_is_official (release)) {
    add_raid_districts (qonys_content_renew_layer (content, QONYS_LAYER_RAIDS), release->safe);
    return;
  }
  days[QONYS_LAYER_FICTITIOUS] =
      qonys_project_get_data_day (release->project, QONYS_RECORD_SUSPICION);
  add_suspicions (qonys_content_renew_layer (content, QONYS_LAYER_FICTITIOUS), release->project);
  add_raids (qonys_content_renew_layer (content, QONYS_LAYER_RAIDS), release->project);
}

static void
add_marks (QonysContent *content, const QonysRelease *release)
{
  const QonysProject *project = release->project;
  const QonysSafe *safe = release->safe;
  static const QonysRecordType sources[QONYS_N_LAYERS] = {
      [QONYS_LAYER_DISTRICTS] = QONYS_RECORD_DWELLING,
      [QONYS_LAYER_FICTITIOUS] = QONYS_RECORD_SUSPICION,
      [QONYS_LAYER_OVERCROWDED] = QONYS_RECORD_DWELLING,
      [QONYS_LAYER_RAIDS] = QONYS_RECORD_OPERATION,
  };

  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    content->data_days[i] = qonys_project_get_data_day (project, sources[i]);
  }
  if (_qonys_release_is_official (release)) {
    add_suspicions (&content->layers[QONYS_LAYER_FICTITIOUS], project);
    add_overcrowded (&content->layers[QONYS_LAYER_OVERCROWDED], project, safe->excess);
    add_raids (&content->layers[QONYS_LAYER_RAIDS], project);
  } else {
    add_cells (&content->layers[QONYS_LAYER_FICTITIOUS], safe->cells, QONYS_COUNT_SUSPECTED);
    add_cells (&content->layers[QONYS_LAYER_OVERCROWDED], safe->cells, QONYS_COUNT_OVERCROWDED);
    add_raid_districts (&content->layers[QONYS_LAYER_RAIDS], safe);
  }
}

QonysContent *
_qonys_content_make (const QonysRelease *release, const QonysStatistic *statistic,
                     const QonysRelease *before)
{
  QonysContent *lender = before != NULL ? before->content : NULL;
  QonysContent *content = lender != NULL ? qonys_content_new_sharing (lender, release->project)
                                         : qonys_content_new (release->project, release->audience);

  content->threshold = release->threshold;
  content->is_synthetic = qonys_project_is_synthetic (release->project);
  content->statistic = statistic;
  add_districts (content, release);
  content->period = release->safe->period;
  if (lender == NULL)
    add_marks (content, release);
  else if (!qonys_period_equal (&content->period, &lender->period))
    renew_marks (content, release);
  _qonys_content_add_entries (content, release, before);
  content->data_days[QONYS_LAYER_DISTRICTS] =
      statistic != NULL ? content->districts_day : QONYS_DAY_MISSING;
  _qonys_content_add_notes (content, release);
  return content;
}

/* ---- rows that may be shown ---- */

gboolean
_qonys_suspicion_is_open (const QonysTable *suspicions, gsize row)
{
  guint8 status = qonys_table_get_code (suspicions, row, QONYS_SUSPICION_STATUS);

  return status == QONYS_STATUS_SUSPECTED || status == QONYS_STATUS_QUEUED ||
         status == QONYS_STATUS_CHECKED_CONFIRMED;
}

void
_qonys_suspicion_get_position (const QonysProject *project, gsize row, double *lon_deg,
                               double *lat_deg)
{
  QonysTable *dwellings = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);
  const double *lon = qonys_table_get_lon_deg (table), *lat = qonys_table_get_lat_deg (table);
  const char *key;
  gssize dwelling;

  *lon_deg = *lat_deg = NAN;
  if (lon != NULL && !isnan (lon[row])) {
    *lon_deg = lon[row];
    *lat_deg = lat[row];
    return;
  }
  key = qonys_table_get_text (table, row, QONYS_SUSPICION_PLACE_REF);
  dwelling = key != NULL ? qonys_table_find_key (dwellings, key) : -1;
  if (dwelling >= 0 && qonys_table_get_lon_deg (dwellings) != NULL) {
    *lon_deg = qonys_table_get_lon_deg (dwellings)[dwelling];
    *lat_deg = qonys_table_get_lat_deg (dwellings)[dwelling];
  }
}

gboolean
_qonys_type_is_synthetic (const QonysProject *project, QonysRecordType type)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, type);

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);

    for (guint j = 0; j < active->len; j++)
      if (dataset->is_synthetic && dataset->id == g_array_index (active, gint32, j))
        return TRUE;
  }
  return FALSE;
}
