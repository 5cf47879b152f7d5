/* Places: some 2,000 of a city, made once of a project's dwellings and suspicions and shared by
 * all its norms. Every row is projected, looked up in the grid, given its district and added to
 * its place, once: about 0.1 µs a row and thread. Four bytes a dwelling stay, for the norm. */

#include "domain/place-private.h"

#include "base/job.h"
#include "domain/assign.h"
#include "geo/grid.h"
#include "geo/mercator.h"

#include <math.h>

#define N_TABLES 2
#define DWELLINGS 0
#define SUSPICIONS 1
/* So many and not as many as there are processors: sums of areas come out the same everywhere. */
#define N_CHUNKS 4

/* ---- one row to a sum ---- */

static inline void
add (gint64 *sum, gint64 value)
{
  *sum = (*sum == QONYS_BIG_MISSING ? 0 : *sum) + value;
}

static inline void
add_area (double *sum, double value)
{
  *sum = (isnan (*sum) ? 0 : *sum) + value;
}

static inline gint32
get (const gint32 *column, gsize row)
{
  return column == NULL ? QONYS_INT_MISSING : column[row];
}

void
_qonys_summary_add (QonysSummary *sum, const QonysSummary *more)
{
  static const guint AREA = G_STRUCT_OFFSET (QonysSummary, area_useful_m2) / sizeof (gint64);
  gint64 *numbers = (gint64 *)sum;
  const gint64 *others = (const gint64 *)more;

  for (guint i = 0; i < sizeof *sum / sizeof *numbers; i++)
    if (i != AREA && others[i] != QONYS_BIG_MISSING)
      add (&numbers[i], others[i]);
  if (!isnan (more->area_useful_m2))
    add_area (&sum->area_useful_m2, more->area_useful_m2);
}

void
_qonys_summary_start (QonysSummary *summary, gboolean has_dwellings, gboolean has_suspicions)
{
  if (has_dwellings)
    summary->n_dwellings = summary->n_norm_known = 0;
  if (has_suspicions)
    summary->n_suspected = summary->n_confirmed = summary->n_not_confirmed = 0;
}

typedef struct {
  const gint32 *permanent, *temporary, *regs, *deregs;
  const double *area;
  const guint8 *let;
} DwellingColumns;

static void
add_dwelling (QonysSummary *summary, const DwellingColumns *columns, gsize row)
{
  gint32 permanent = get (columns->permanent, row), temporary = get (columns->temporary, row);
  gint64 registered = QONYS_BIG_MISSING;

  add (&summary->n_dwellings, 1);
  if (permanent != QONYS_INT_MISSING || temporary != QONYS_INT_MISSING) {
    registered = (gint64)MAX (permanent, 0) + MAX (temporary, 0);
    add (&summary->n_registered, registered);
  }
  if (columns->area != NULL && !isnan (columns->area[row]) && registered > 0) {
    add_area (&summary->area_useful_m2, columns->area[row]);
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
add_suspicion (QonysSummary *summary, guint8 status)
{
  switch (status) {
  case QONYS_STATUS_SUSPECTED:
  case QONYS_STATUS_QUEUED:
    add (&summary->n_suspected, 1);
    break;
  case QONYS_STATUS_CHECKED_CONFIRMED:
    add (&summary->n_confirmed, 1);
    break;
  case QONYS_STATUS_CHECKED_NOT_CONFIRMED:
    add (&summary->n_not_confirmed, 1);
    break;
  default: /* expired: as if it had never been */
    break;
  }
}

/* ---- where rows lie ---- */

/* What is known of the two tables' rows while places are made. */
typedef struct {
  QonysPlaces *places;
  const QonysTable *tables[N_TABLES];
  gsize n_rows[N_TABLES];
  gint32 *cells[N_TABLES];   /* a row's number in places->cells; −1 none */
  guint32 *claims[N_TABLES]; /* a row's claim, at last its place */
  guint n_claims;
} Maker;

/* The rows' cells of the grid. */
static QonysGrid
find_cells (Maker *maker)
{
  double *east_m[N_TABLES] = {NULL}, *north_m[N_TABLES] = {NULL};
  QonysBox box = qonys_box_empty ();
  QonysGrid grid;

  for (guint t = 0; t < N_TABLES; t++) {
    const QonysTable *table = maker->tables[t];
    gsize n = maker->n_rows[t];

    if (n == 0 || qonys_table_get_lon_deg (table) == NULL)
      continue;
    east_m[t] = g_new (double, n);
    north_m[t] = g_new (double, n);
    qonys_utm42_project (qonys_table_get_lon_deg (table), qonys_table_get_lat_deg (table), n,
                         east_m[t], north_m[t]);
    for (gsize row = 0; row < n; row++)
      qonys_box_add (&box, east_m[t][row], north_m[t][row]);
  }
  grid = qonys_grid_cover (&box, QONYS_CELL_SIZE_M);
  for (guint t = 0; t < N_TABLES; t++) {
    if (east_m[t] != NULL)
      qonys_grid_assign (&grid, east_m[t], north_m[t], maker->n_rows[t], maker->cells[t]);
    else
      for (gsize row = 0; row < maker->n_rows[t]; row++)
        maker->cells[t][row] = -1;
    g_free (east_m[t]);
    g_free (north_m[t]);
  }
  return grid;
}

static void
add_cell (GArray *cells, const QonysGrid *grid, guint number)
{
  double east_m[4], north_m[4], lon_deg[4], lat_deg[4];
  QonysCell cell;

  qonys_grid_get_corners (grid, number, east_m, north_m);
  cell.east = (gint32)lround (east_m[0] / grid->cell_m);
  cell.north = (gint32)lround (north_m[0] / grid->cell_m);
  qonys_utm42_unproject (east_m, north_m, 4, lon_deg, lat_deg);
  qonys_mercator_project (lon_deg, lat_deg, 4, cell.corner_x, cell.corner_y);
  cell.center_x = (cell.corner_x[0] + cell.corner_x[2]) / 2;
  cell.center_y = (cell.corner_y[0] + cell.corner_y[2]) / 2;
  qonys_summary_init (&cell.summary);
  g_array_append_val (cells, cell);
}

/* Numbers the cells that hold any row, in the order of the grid, and the rows by them. */
static void
number_cells (Maker *maker, const QonysGrid *grid)
{
  gsize n_cells = (gsize)grid->n_columns * grid->n_rows;
  g_autofree gint32 *numbers = g_new0 (gint32, n_cells);

  for (guint t = 0; t < N_TABLES; t++)
    for (gsize row = 0; row < maker->n_rows[t]; row++)
      if (maker->cells[t][row] >= 0)
        numbers[maker->cells[t][row]] = 1;
  for (gsize cell = 0; cell < n_cells; cell++)
    if (numbers[cell] != 0) {
      numbers[cell] = maker->places->cells->len;
      add_cell (maker->places->cells, grid, cell);
    }
  for (guint t = 0; t < N_TABLES; t++)
    for (gsize row = 0; row < maker->n_rows[t]; row++)
      if (maker->cells[t][row] >= 0)
        maker->cells[t][row] = numbers[maker->cells[t][row]];
}

/* Splits the claims by the owners of one more set: rows that had the same owners in all sets so
 * far and have the same in this one share a claim. */
static void
split_claims (Maker *maker, const QonysDistricts *all, guint set)
{
  QonysPlaces *places = maker->places;
  gsize n_sets = places->sets->len;
  g_autofree guint32 *next = g_new0 (guint32, (gsize)maker->n_claims * 256); /* + 1; 0 none */
  GByteArray *owners = g_byte_array_new ();
  guint n_claims = 0;

  for (guint t = 0; t < N_TABLES; t++) {
    g_autofree guint8 *row_owners =
        qonys_assign_districts (maker->tables[t], all, g_ptr_array_index (places->sets, set));

    for (gsize row = 0; row < maker->n_rows[t]; row++) {
      guint32 claim = maker->claims[t][row];
      guint32 *found = &next[(gsize)claim * 256 + row_owners[row]];

      if (*found == 0) {
        *found = ++n_claims;
        g_byte_array_append (owners, places->owners + claim * n_sets, n_sets);
        owners->data[(n_claims - 1) * n_sets + set] = row_owners[row];
      }
      maker->claims[t][row] = *found - 1;
    }
  }
  maker->n_claims = n_claims;
  g_free (places->owners);
  places->owners = g_byte_array_free (owners, FALSE);
}

/* Numbers the places, by cell and claim, and the rows by them: claims become places. */
static void
number_places (Maker *maker)
{
  QonysPlaces *places = maker->places;
  gsize n_claims = MAX (maker->n_claims, 1), n_cells = places->cells->len;
  g_autofree guint32 *numbers = g_new0 (guint32, (n_cells + 1) * n_claims);

#define FIND(t, row)                                                                               \
  (numbers + (maker->cells[t][row] < 0 ? n_cells : (gsize)maker->cells[t][row]) * n_claims +       \
   maker->claims[t][row])
  for (guint t = 0; t < N_TABLES; t++)
    for (gsize row = 0; row < maker->n_rows[t]; row++)
      *FIND (t, row) |= 1u << t;
  for (gsize i = 0; i < (n_cells + 1) * n_claims; i++)
    if (numbers[i] != 0) {
      QonysPlace place = {.cell = i / n_claims == n_cells ? -1 : (gint32)(i / n_claims),
                          .claim = i % n_claims,
                          .has = {(numbers[i] & 1) != 0, (numbers[i] & 2) != 0}};

      qonys_summary_init (&place.sums);
      numbers[i] = places->places->len;
      g_array_append_val (places->places, place);
    }
  for (guint t = 0; t < N_TABLES; t++)
    for (gsize row = 0; row < maker->n_rows[t]; row++)
      maker->claims[t][row] = *FIND (t, row);
#undef FIND
}

/* ---- rows to places ---- */

typedef struct {
  const Maker *maker;
  DwellingColumns columns;
  guint n_chunks;
  QonysSummary *sums; /* [chunk][place] */
} Addition;

static void
add_chunks (gsize begin, gsize end, guint part, gpointer data)
{
  const Addition *addition = data;
  const Maker *maker = addition->maker;
  DwellingColumns columns = addition->columns;
  guint n_places = maker->places->places->len;

  for (gsize chunk = begin; chunk < end; chunk++) {
    QonysSummary *sums = addition->sums + chunk * n_places;
    gsize first = maker->n_rows[DWELLINGS] * chunk / addition->n_chunks;
    gsize last = maker->n_rows[DWELLINGS] * (chunk + 1) / addition->n_chunks;

    for (guint place = 0; place < n_places; place++)
      qonys_summary_init (&sums[place]);
    for (gsize row = first; row < last; row++)
      add_dwelling (&sums[maker->claims[DWELLINGS][row]], &columns, row);
  }
}

static void
add_rows (const Maker *maker)
{
  GArray *places = maker->places->places;
  const QonysTable *dwellings = maker->tables[DWELLINGS], *suspicions = maker->tables[SUSPICIONS];
  guint n_chunks = places->len < maker->n_rows[DWELLINGS] / (4 * N_CHUNKS) ? N_CHUNKS : 1;
  g_autofree QonysSummary *sums = g_new (QonysSummary, (gsize)n_chunks * places->len);
  Addition addition = {maker,
                       {.permanent = qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_PERMANENT),
                        .temporary = qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_TEMPORARY),
                        .regs = qonys_table_get_ints (dwellings, QONYS_DWELLING_REGS_12M),
                        .deregs = qonys_table_get_ints (dwellings, QONYS_DWELLING_DEREGS_12M),
                        .area = qonys_table_get_decimals (dwellings, QONYS_DWELLING_AREA_USEFUL_M2),
                        .let = qonys_table_get_codes (dwellings, QONYS_DWELLING_LET)},
                       n_chunks,
                       sums};

  qonys_parallel_for (n_chunks, 1, add_chunks, &addition);
  for (guint i = 0; i < places->len; i++)
    for (guint chunk = 0; chunk < n_chunks; chunk++)
      _qonys_summary_add (&g_array_index (places, QonysPlace, i).sums,
                          &sums[(gsize)chunk * places->len + i]);
  for (gsize row = 0; row < maker->n_rows[SUSPICIONS]; row++)
    add_suspicion (&g_array_index (places, QonysPlace, maker->claims[SUSPICIONS][row]).sums,
                   qonys_table_get_code (suspicions, row, QONYS_SUSPICION_STATUS));
}

QonysPlaces *
_qonys_places_new (const QonysTable *dwellings, const QonysTable *suspicions,
                   const QonysDistricts *districts)
{
  QonysPlaces *places = g_new0 (QonysPlaces, 1);
  Maker maker = {.places = places, .tables = {dwellings, suspicions}, .n_claims = 1};
  QonysGrid grid;

  places->has_dwellings = qonys_table_get_n_rows (dwellings) > 0;
  places->has_suspicions = qonys_table_get_n_rows (suspicions) > 0;
  places->sets = qonys_districts_get_sets (districts);
  places->owners = g_new0 (guint8, places->sets->len);
  places->cells = g_array_new (FALSE, FALSE, sizeof (QonysCell));
  places->places = g_array_new (FALSE, FALSE, sizeof (QonysPlace));
  for (guint t = 0; t < N_TABLES; t++) {
    maker.n_rows[t] = qonys_table_get_n_rows (maker.tables[t]);
    maker.cells[t] = g_new (gint32, maker.n_rows[t]);
    maker.claims[t] = g_new0 (guint32, maker.n_rows[t]);
  }

  grid = find_cells (&maker);
  number_cells (&maker, &grid);
  for (guint set = 0; set < places->sets->len; set++)
    split_claims (&maker, districts, set);
  number_places (&maker);
  add_rows (&maker);

  places->dwelling_places = maker.claims[DWELLINGS];
  places->suspicion_places = maker.claims[SUSPICIONS];
  for (guint t = 0; t < N_TABLES; t++)
    g_free (maker.cells[t]);
  return places;
}

QonysSuspicionCounts *
_qonys_places_count_suspicions (const QonysPlaces *places, const QonysTable *suspicions,
                                const guint32 *rows, gsize n)
{
  QonysSuspicionCounts *counts = g_new0 (QonysSuspicionCounts, MAX (places->places->len, 1));

  for (gsize i = 0; i < n; i++) {
    QonysSuspicionCounts *own = &counts[places->suspicion_places[rows[i]]];

    switch (qonys_table_get_code (suspicions, rows[i], QONYS_SUSPICION_STATUS)) {
    case QONYS_STATUS_SUSPECTED:
    case QONYS_STATUS_QUEUED:
      own->n_suspected++;
      break;
    case QONYS_STATUS_CHECKED_CONFIRMED:
      own->n_confirmed++;
      break;
    case QONYS_STATUS_CHECKED_NOT_CONFIRMED:
      own->n_not_confirmed++;
      break;
    default: /* expired: as if it had never been */
      break;
    }
  }
  return counts;
}

void
_qonys_places_free (QonysPlaces *places)
{
  g_clear_pointer (&places->index, _qonys_norm_index_free);
  g_ptr_array_unref (places->sets);
  g_array_unref (places->cells);
  g_array_unref (places->places);
  g_free (places->owners);
  g_free (places->dwelling_places);
  g_free (places->suspicion_places);
  g_free (places);
}

int
_qonys_places_find_set (const QonysPlaces *places, const GPtrArray *districts)
{
  for (guint i = 0; i < places->sets->len; i++) {
    const GPtrArray *set = g_ptr_array_index (places->sets, i);

    if (set->len == districts->len &&
        (set->len == 0 || memcmp (set->pdata, districts->pdata, set->len * sizeof (gpointer)) == 0))
      return (int)i;
  }
  return -1;
}
