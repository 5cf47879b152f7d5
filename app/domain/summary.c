/* Sums by district and by cell: a few tables of up to a few million rows, once after each import
 * or change of the norm. One pass a table; what is missing stays missing. */

#include "domain/summary.h"

#include "geo/grid.h"
#include "geo/mercator.h"

#include <math.h>
#include <string.h>

#define NOWHERE 255

void
qonys_summary_init (QonysSummary *summary)
{
  gint64 *numbers = (gint64 *)summary;

  G_STATIC_ASSERT (sizeof (QonysSummary) % sizeof (gint64) == 0);
  for (guint i = 0; i < sizeof (QonysSummary) / sizeof (gint64); i++)
    numbers[i] = QONYS_BIG_MISSING;
  summary->area_useful_m2 = NAN;
}

/* Adds a value that may be missing to a sum that may be. */
static inline void
add (gint64 *sum, gint64 value)
{
  *sum = (*sum == QONYS_BIG_MISSING ? 0 : *sum) + value;
}

static inline gint32
get (const gint32 *column, gsize row)
{
  return column == NULL ? QONYS_INT_MISSING : column[row];
}

static inline void
add_column (gint64 *sum, const gint32 *column, gsize row)
{
  if (column != NULL && column[row] != QONYS_INT_MISSING)
    add (sum, column[row]);
}

/* ---- which district ---- */

static gboolean
was_valid_on (const QonysDistrict *district, QonysDay day)
{
  return day == QONYS_DAY_MISSING ||
         ((district->valid_from == QONYS_DAY_MISSING || district->valid_from <= day) &&
          (district->valid_to == QONYS_DAY_MISSING || day < district->valid_to));
}

/* Is the unit the version that counts for a row of @day? The first version serves the days before
 * it, for which there is no outline. */
static gboolean
counts_for_day (const QonysDistricts *all, const QonysDistrict *unit, QonysDay day)
{
  return was_valid_on (unit, day) ||
         (unit->valid_from != QONYS_DAY_MISSING && day < unit->valid_from &&
          qonys_districts_is_first (all, unit));
}

static int
get_district_field (const QonysSchema *schema)
{
  switch (schema->type) {
  case QONYS_RECORD_DWELLING:
    return QONYS_DWELLING_DISTRICT;
  case QONYS_RECORD_REGISTRATION_COUNT:
    return QONYS_REGISTRATION_PLACE_REF;
  case QONYS_RECORD_SUSPICION:
    return QONYS_SUSPICION_DISTRICT;
  case QONYS_RECORD_OPERATION:
    return QONYS_OPERATION_DISTRICT;
  case QONYS_RECORD_FLOW:
    return QONYS_FLOW_DESTINATION;
  case QONYS_RECORD_INDICATOR:
    return QONYS_INDICATOR_PLACE_REF;
  default:
    return -1;
  }
}

guint8 *
qonys_assign_districts (const QonysTable *table, const QonysDistricts *all,
                        const GPtrArray *districts)
{
  const QonysSchema *schema = qonys_table_get_schema (table);
  gsize n = qonys_table_get_n_rows (table);
  int field = get_district_field (schema);
  guint n_values = qonys_table_get_n_text_values (table, field);
  const gint32 *days =
      schema->date_field < 0 ? NULL : qonys_table_get_ints (table, schema->date_field);
  guint8 *owners = g_new (guint8, MAX (n, 1));
  g_autofree guint8 *by_value = g_new (guint8, n_values + 1);

  g_return_val_if_fail (districts->len < NOWHERE, owners);

  /* By position first, where there is any row that needs it. */
  memset (owners, NOWHERE, n);
  if (qonys_table_get_lon_deg (table) != NULL && districts->len > 0) {
    g_autofree double *x = g_new (double, n);
    g_autofree double *y = g_new (double, n);
    g_autofree const QonysShape **shapes = g_new (const QonysShape *, districts->len);

    for (guint i = 0; i < districts->len; i++)
      shapes[i] = ((const QonysDistrict *)g_ptr_array_index (districts, i))->shape;
    qonys_mercator_project (qonys_table_get_lon_deg (table), qonys_table_get_lat_deg (table), n, x,
                            y);
    qonys_shapes_assign (shapes, districts->len, x, y, n, owners);
  }

  for (guint value = 0; value < n_values; value++) {
    const char *text = qonys_table_get_text_value (table, field, value);

    by_value[value] = NOWHERE;
    for (guint i = 0; i < districts->len; i++)
      if (g_str_equal (((const QonysDistrict *)g_ptr_array_index (districts, i))->kato, text))
        by_value[value] = i;
  }

  for (gsize row = 0; row < n; row++) {
    guint32 value = qonys_table_get_text_code (table, row, field);
    QonysDay day = get (days, row);

    if (value < n_values)
      owners[row] = by_value[value];
    if (owners[row] != NOWHERE &&
        !counts_for_day (all, g_ptr_array_index (districts, owners[row]), day))
      owners[row] = NOWHERE;
  }
  return owners;
}

/* ---- rows to sums ---- */

typedef struct {
  const QonysTable *table;
  const gint32 *permanent, *temporary, *regs, *deregs;
  const double *area;
  const guint8 *let;
  const gint32 *excess;
} DwellingColumns;

static DwellingColumns
get_dwelling_columns (const QonysTable *table, const gint32 *excess)
{
  return (DwellingColumns){
      .table = table,
      .permanent = qonys_table_get_ints (table, QONYS_DWELLING_REG_PERMANENT),
      .temporary = qonys_table_get_ints (table, QONYS_DWELLING_REG_TEMPORARY),
      .regs = qonys_table_get_ints (table, QONYS_DWELLING_REGS_12M),
      .deregs = qonys_table_get_ints (table, QONYS_DWELLING_DEREGS_12M),
      .area = qonys_table_get_decimals (table, QONYS_DWELLING_AREA_USEFUL_M2),
      .let = qonys_table_get_codes (table, QONYS_DWELLING_LET),
      .excess = excess,
  };
}

static void
start_dwellings (QonysSummary *summary)
{
  summary->n_dwellings = summary->n_norm_known = 0;
}

static void
add_dwelling (QonysSummary *summary, const DwellingColumns *columns, gsize row)
{
  gint32 permanent = get (columns->permanent, row), temporary = get (columns->temporary, row);
  gint64 registered = QONYS_BIG_MISSING;

  summary->n_dwellings++;
  if (permanent != QONYS_INT_MISSING || temporary != QONYS_INT_MISSING) {
    registered = (gint64)MAX (permanent, 0) + MAX (temporary, 0);
    add (&summary->n_registered, registered);
  }
  if (columns->excess[row] != QONYS_INT_MISSING) {
    summary->n_norm_known++;
    add (&summary->n_overcrowded, columns->excess[row] > 0);
    add (&summary->n_above_norm, columns->excess[row]);
  }
  if (columns->area != NULL && !isnan (columns->area[row]) && registered > 0) {
    summary->area_useful_m2 =
        (isnan (summary->area_useful_m2) ? 0 : summary->area_useful_m2) + columns->area[row];
    add (&summary->n_registered_area, registered);
  }
  if (columns->let != NULL && columns->let[row] == 0 /* yes */ && temporary != QONYS_INT_MISSING) {
    add (&summary->n_let, 1);
    add (&summary->n_let_unregistered, temporary == 0);
  }
  if (registered != QONYS_BIG_MISSING && get (columns->regs, row) != QONYS_INT_MISSING &&
      get (columns->deregs, row) != QONYS_INT_MISSING) {
    add (&summary->turnover, (gint64)columns->regs[row] + columns->deregs[row]);
    add (&summary->n_registered_turnover, registered);
  }
}

static void
start_suspicions (QonysSummary *summary)
{
  summary->n_suspected = summary->n_confirmed = summary->n_not_confirmed = 0;
}

static void
add_suspicion (QonysSummary *summary, const QonysTable *table, gsize row)
{
  switch (qonys_table_get_code (table, row, QONYS_SUSPICION_STATUS)) {
  case QONYS_STATUS_SUSPECTED:
  case QONYS_STATUS_QUEUED:
    summary->n_suspected++;
    break;
  case QONYS_STATUS_CHECKED_CONFIRMED:
    summary->n_confirmed++;
    break;
  case QONYS_STATUS_CHECKED_NOT_CONFIRMED:
    summary->n_not_confirmed++;
    break;
  default: /* expired: as if it had never been */
    break;
  }
}

static void
add_operation (QonysSummary *summary, const QonysTable *table, gsize row)
{
  const gint64 *fines = qonys_table_get_bigs (table, QONYS_OPERATION_FINES_COLLECTED_KZT);

  summary->n_operations++;
  add_column (&summary->n_addresses_checked,
              qonys_table_get_ints (table, QONYS_OPERATION_ADDRESSES_CHECKED), row);
  add_column (&summary->n_persons_checked,
              qonys_table_get_ints (table, QONYS_OPERATION_PERSONS_CHECKED), row);
  for (guint field = QONYS_OPERATION_VIOL_492; field <= QONYS_OPERATION_VIOL_OTHER; field++)
    add_column (&summary->n_violations, qonys_table_get_ints (table, field), row);
  add_column (&summary->n_liable, qonys_table_get_ints (table, QONYS_OPERATION_CITIZENS_LIABLE),
              row);
  add_column (&summary->n_liable, qonys_table_get_ints (table, QONYS_OPERATION_FOREIGNERS_LIABLE),
              row);
  if (fines != NULL && fines[row] != QONYS_BIG_MISSING)
    add (&summary->fines_collected_kzt, fines[row]);
  add_column (&summary->n_expelled, qonys_table_get_ints (table, QONYS_OPERATION_EXPELLED_COURT),
              row);
  add_column (&summary->n_stay_shortened,
              qonys_table_get_ints (table, QONYS_OPERATION_STAY_SHORTENED), row);
}

static void
add_flow (QonysSummary *summary, const QonysTable *table, gsize row)
{
  add_column (&summary->n_arrivals, qonys_table_get_ints (table, QONYS_FLOW_ARRIVALS), row);
  add_column (&summary->n_departures, qonys_table_get_ints (table, QONYS_FLOW_DEPARTURES), row);
}

/* ---- by district ---- */

QonysPeriod
qonys_project_get_latest_year (const QonysProject *project, QonysRecordType type)
{
  QonysDay day = qonys_project_get_data_day (project, type);
  int year;

  if (day == QONYS_DAY_MISSING)
    return (QonysPeriod){QONYS_DAY_MISSING, QONYS_DAY_MISSING};
  qonys_day_get_ymd (day, &year, NULL, NULL);
  return (QonysPeriod){qonys_day_from_ymd (year, 1, 1), qonys_day_from_ymd (year + 1, 1, 1)};
}

static gboolean
is_in_period (const QonysPeriod *period, QonysDay day)
{
  if (day == QONYS_DAY_MISSING)
    return period->from == QONYS_DAY_MISSING && period->to == QONYS_DAY_MISSING;
  return (period->from == QONYS_DAY_MISSING || day >= period->from) &&
         (period->to == QONYS_DAY_MISSING || day < period->to);
}

static void
summarise_dwellings (const QonysProject *project, const GPtrArray *districts,
                     QonysSummary *summaries)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  gsize n = qonys_table_get_n_rows (table);
  g_autofree gint32 *excess = g_new (gint32, MAX (n, 1));
  g_autofree guint8 *owners = NULL;
  DwellingColumns columns = get_dwelling_columns (table, excess);

  if (n == 0)
    return;
  qonys_norm_check_all (qonys_project_get_norm (project), table, excess);
  owners = qonys_assign_districts (table, qonys_project_get_districts (project), districts);
  for (guint i = 0; i <= districts->len; i++)
    start_dwellings (&summaries[i]);
  for (gsize row = 0; row < n; row++) {
    add_dwelling (&summaries[districts->len], &columns, row);
    if (owners[row] != NOWHERE)
      add_dwelling (&summaries[owners[row]], &columns, row);
  }
}

static void
summarise_suspicions (const QonysProject *project, const GPtrArray *districts,
                      QonysSummary *summaries)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);
  g_autofree guint8 *owners = NULL;

  if (qonys_table_get_n_rows (table) == 0)
    return;
  owners = qonys_assign_districts (table, qonys_project_get_districts (project), districts);
  for (guint i = 0; i <= districts->len; i++)
    start_suspicions (&summaries[i]);
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    add_suspicion (&summaries[districts->len], table, row);
    if (owners[row] != NOWHERE)
      add_suspicion (&summaries[owners[row]], table, row);
  }
}

static void
summarise_operations (const QonysProject *project, const GPtrArray *districts,
                      const QonysPeriod *period, QonysSummary *summaries)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_OPERATION);
  const QonysDistricts *all = qonys_project_get_districts (project);
  QonysPeriod year = qonys_project_get_latest_year (project, QONYS_RECORD_OPERATION);
  g_autofree guint8 *owners = NULL;

  if (qonys_table_get_n_rows (table) == 0)
    return;
  if (period == NULL)
    period = &year;
  owners = qonys_assign_districts (table, all, districts);
  summaries[districts->len].n_operations = 0;
  for (guint i = 0; i < districts->len; i++) {
    QonysDay last = period->to == QONYS_DAY_MISSING ? QONYS_DAY_MISSING : period->to - 1;

    if (counts_for_day (all, g_ptr_array_index (districts, i), last))
      summaries[i].n_operations = 0;
  }
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    if (!is_in_period (period, qonys_table_get_int (table, row, QONYS_OPERATION_DATE_END)))
      continue;
    add_operation (&summaries[districts->len], table, row);
    if (owners[row] != NOWHERE && summaries[owners[row]].n_operations != QONYS_BIG_MISSING)
      add_operation (&summaries[owners[row]], table, row);
  }
}

static void
summarise_flows (const QonysProject *project, const GPtrArray *districts, const QonysPeriod *period,
                 QonysSummary *summaries)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_FLOW);
  QonysPeriod year = qonys_project_get_latest_year (project, QONYS_RECORD_FLOW);
  g_autofree guint8 *owners = NULL;

  if (qonys_table_get_n_rows (table) == 0)
    return;
  if (period == NULL)
    period = &year;
  owners = qonys_assign_districts (table, qonys_project_get_districts (project), districts);
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    guint8 direction = qonys_table_get_code (table, row, QONYS_FLOW_DIRECTION_DETAIL);

    if (!is_in_period (period, qonys_table_get_int (table, row, QONYS_FLOW_MONTH)))
      continue;
    if (direction != QONYS_FLOW_INTRA_CITY)
      add_flow (&summaries[districts->len], table, row);
    if (owners[row] != NOWHERE)
      add_flow (&summaries[owners[row]], table, row);
  }
}

void
qonys_summarise_districts (const QonysProject *project, const GPtrArray *districts,
                           const QonysPeriod *period, QonysSummary *summaries)
{
  for (guint i = 0; i <= districts->len; i++)
    qonys_summary_init (&summaries[i]);
  summarise_dwellings (project, districts, summaries);
  summarise_suspicions (project, districts, summaries);
  summarise_operations (project, districts, period, summaries);
  summarise_flows (project, districts, period, summaries);
}

/* ---- by cell ---- */

/* Metres of every row of a table; NaN where it has no position. */
static void
project_table (const QonysTable *table, double **east_m, double **north_m, QonysBox *box)
{
  gsize n = qonys_table_get_n_rows (table);

  *east_m = g_new (double, MAX (n, 1));
  *north_m = g_new (double, MAX (n, 1));
  if (n == 0)
    return;
  qonys_utm42_project (qonys_table_get_lon_deg (table), qonys_table_get_lat_deg (table), n, *east_m,
                       *north_m);
  for (gsize row = 0; row < n; row++)
    qonys_box_add (box, (*east_m)[row], (*north_m)[row]);
}

static void
place_cell (const QonysGrid *grid, guint number, QonysCell *cell)
{
  double east_m[4], north_m[4], lon_deg[4], lat_deg[4];

  cell->cell = number;
  qonys_grid_get_corners (grid, number, east_m, north_m);
  qonys_utm42_unproject (east_m, north_m, 4, lon_deg, lat_deg);
  qonys_mercator_project (lon_deg, lat_deg, 4, cell->corner_x, cell->corner_y);
  cell->center_x = (cell->corner_x[0] + cell->corner_x[2]) / 2;
  cell->center_y = (cell->corner_y[0] + cell->corner_y[2]) / 2;
  qonys_summary_init (&cell->summary);
}

/* Cells by number, made when first met. */
typedef struct {
  const QonysGrid *grid;
  gint32 *index_of; /* grid cell → number in cells, −1 */
  GArray *cells;
  gboolean has_dwellings, has_suspicions;
} CellTable;

static QonysSummary *
get_cell (CellTable *self, gint32 number)
{
  if (self->index_of[number] < 0) {
    QonysCell cell;

    place_cell (self->grid, number, &cell);
    if (self->has_dwellings)
      start_dwellings (&cell.summary);
    if (self->has_suspicions)
      start_suspicions (&cell.summary);
    self->index_of[number] = self->cells->len;
    g_array_append_val (self->cells, cell);
  }
  return &g_array_index (self->cells, QonysCell, self->index_of[number]).summary;
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  guint x = ((const QonysCell *)a)->cell, y = ((const QonysCell *)b)->cell;

  return (x > y) - (x < y);
}

GArray *
qonys_summarise_cells (const QonysProject *project, double cell_m)
{
  const QonysTable *dwellings = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  const QonysTable *suspicions = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);
  gsize n = qonys_table_get_n_rows (dwellings);
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (QonysCell));
  QonysBox box = qonys_box_empty ();
  g_autofree double *east_m = NULL, *north_m = NULL, *east2_m = NULL, *north2_m = NULL;
  g_autofree gint32 *excess = g_new (gint32, MAX (n, 1));
  g_autofree gint32 *index_of = NULL;
  DwellingColumns columns = get_dwelling_columns (dwellings, excess);
  QonysGrid grid;
  CellTable table;

  project_table (dwellings, &east_m, &north_m, &box);
  project_table (suspicions, &east2_m, &north2_m, &box);
  if (qonys_box_is_empty (&box))
    return cells;

  grid = qonys_grid_cover (&box, cell_m);
  index_of = g_new (gint32, (gsize)grid.n_columns * grid.n_rows);
  memset (index_of, 0xff, (gsize)grid.n_columns * grid.n_rows * sizeof (gint32));
  table = (CellTable){&grid, index_of, cells, n > 0, qonys_table_get_n_rows (suspicions) > 0};

  qonys_norm_check_all (qonys_project_get_norm (project), dwellings, excess);
  for (gsize row = 0; row < n; row++) {
    gint32 number = qonys_grid_get_cell (&grid, east_m[row], north_m[row]);

    if (number >= 0)
      add_dwelling (get_cell (&table, number), &columns, row);
  }
  for (gsize row = 0; row < qonys_table_get_n_rows (suspicions); row++) {
    gint32 number = qonys_grid_get_cell (&grid, east2_m[row], north2_m[row]);

    if (number >= 0)
      add_suspicion (get_cell (&table, number), suspicions, row);
  }
  g_array_sort (cells, compare_cells);
  return cells;
}
