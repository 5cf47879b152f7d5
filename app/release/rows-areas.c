/* Export rows of what is counted by area: districts with their statistics, cells, operations by
 * district and quarter, the city, flows. A few to a few thousand rows. */

#include "release/rows-private.h"

#include "release/rings-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A column of the rows' own text, made of two words. */
static guint
add_joined_column (QonysExportRows *rows, const char *first, const char *second)
{
  g_autofree char *name = g_strconcat (first, second, NULL);

  return _qonys_export_rows_add_column (rows, g_string_chunk_insert (rows->strings, name));
}

/* Three columns, the first of which is returned. */
static guint
add_name_columns (QonysExportRows *rows)
{
  guint first = _qonys_export_rows_add_column (rows, "name_kk");

  _qonys_export_rows_add_column (rows, "name_ru");
  _qonys_export_rows_add_column (rows, "name_en");
  return first;
}

static void
add_names (QonysExportRows *rows, guint first, const QonysText3 *name)
{
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    _qonys_export_rows_add (rows, first + i,
                            _qonys_export_text (name != NULL ? name->text[i] : NULL));
}

/* ---- districts ---- */

/* Value, state and data day of each statistic; the first column is returned. */
static guint
add_statistic_columns (QonysExportRows *rows)
{
  guint first = rows->columns->len;

  for (guint i = 0; qonys_statistics_get (i) != NULL; i++) {
    const char *id = qonys_statistics_get (i)->id;

    _qonys_export_rows_add_column (rows, id);
    add_joined_column (rows, id, "_state");
    add_joined_column (rows, id, "_day");
  }
  return first;
}

static QonysExportValue
get_value (const QonysStatistic *statistic, QonysSafeValue value)
{
  if (value.state != QONYS_VALUE_SHOWN)
    return _qonys_export_null ();
  return statistic->is_rate ? _qonys_export_decimal (value.value)
                            : _qonys_export_int ((gint64)value.value);
}

static void
add_statistics (QonysExportRows *rows, guint column, const QonysSafe *safe,
                const QonysDistrict *district)
{
  for (guint i = 0; i < safe->statistics->len; i++) {
    const QonysSafeStatistic *self = &g_array_index (safe->statistics, QonysSafeStatistic, i);
    QonysSafeValue value = _qonys_safe_get_value (self, district);

    _qonys_export_rows_add (rows, column++, get_value (self->statistic, value));
    _qonys_export_rows_add (rows, column++, _qonys_export_state (value.state));
    _qonys_export_rows_add (rows, column++, _qonys_export_day (self->day));
  }
}

QonysExportRows *
_qonys_export_districts (const QonysRelease *release)
{
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  const GArray *districts = release->content->districts;
  guint kato = _qonys_export_rows_add_column (rows, "kato");
  guint name = add_name_columns (rows);
  guint area = _qonys_export_rows_add_column (rows, "area_km2");
  guint from = _qonys_export_rows_add_column (rows, "valid_from");
  guint to = _qonys_export_rows_add_column (rows, "valid_to");
  guint schematic = _qonys_export_rows_add_column (rows, "schematic");
  guint source = _qonys_export_rows_add_column (rows, "outline_source");
  guint statistics = add_statistic_columns (rows);
  QonysText text = {0};

  rows->is_synthetic = release->content->is_synthetic;
  _qonys_export_rows_add_constant (rows, "synthetic", _qonys_export_bool (rows->is_synthetic));
  rows->n_rows = districts->len;
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = g_array_index (districts, QonysDistrictMark, i).district;

    _qonys_export_rows_add (rows, kato, _qonys_export_text (district->kato));
    add_names (rows, name, &district->name);
    _qonys_export_rows_add (rows, area, _qonys_export_decimal (district->area_km2));
    _qonys_export_rows_add (rows, from, _qonys_export_day (district->valid_from));
    _qonys_export_rows_add (rows, to, _qonys_export_day (district->valid_to));
    _qonys_export_rows_add (rows, schematic, _qonys_export_bool (district->is_schematic));
    _qonys_export_rows_add (rows, source, _qonys_export_text (district->source));
    add_statistics (rows, statistics, release->safe, district);
    _qonys_export_rows_add_mercator_point (rows, district->label_x, district->label_y);
    _qonys_text_add_geojson_shape (&text, district->shape);
    _qonys_export_rows_add_geometry (rows, &text);
  }
  _qonys_text_clear (&text);
  return rows;
}

/* ---- cells ---- */

static gboolean
is_exported (const QonysSafeCell *cell, int only)
{
  return only < 0 || cell->states[only] == QONYS_VALUE_SUPPRESSED ||
         (cell->states[only] == QONYS_VALUE_SHOWN && cell->counts[only] > 0);
}

/* @only: cells that have some of one count; −1 all. */
QonysExportRows *
_qonys_export_cells (const QonysRelease *release, int only)
{
  static const char *const names[QONYS_N_CELL_COUNTS] = {"dwellings", "overcrowded", "suspected"};
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  const GArray *cells = release->safe->cells;
  guint id = _qonys_export_rows_add_column (rows, "cell");
  guint counts[QONYS_N_CELL_COUNTS], states[QONYS_N_CELL_COUNTS];
  QonysText text = {0};

  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++) {
    counts[i] = _qonys_export_rows_add_column (rows, names[i]);
    states[i] = add_joined_column (rows, names[i], "_state");
  }
  _qonys_export_rows_add_source (rows, only == QONYS_COUNT_SUSPECTED ? QONYS_RECORD_SUSPICION
                                                                     : QONYS_RECORD_DWELLING);
  for (guint i = 0; i < cells->len; i++) {
    const QonysSafeCell *cell = &g_array_index (cells, QonysSafeCell, i);

    if (!is_exported (cell, only))
      continue;
    rows->n_rows++;
    _qonys_export_rows_add (rows, id, _qonys_export_text (cell->id));
    for (guint which = 0; which < QONYS_N_CELL_COUNTS; which++) {
      _qonys_export_rows_add (rows, counts[which],
                              cell->states[which] == QONYS_VALUE_SHOWN
                                  ? _qonys_export_int (cell->counts[which])
                                  : _qonys_export_null ());
      _qonys_export_rows_add (rows, states[which], _qonys_export_state (cell->states[which]));
    }
    _qonys_export_rows_add_mercator_point (rows, cell->center_x, cell->center_y);
    _qonys_text_add_geojson_ring (&text, cell->corner_x, cell->corner_y, 4);
    _qonys_export_rows_add_geometry (rows, &text);
  }
  _qonys_text_clear (&text);
  return rows;
}

/* ---- operations by district and quarter ---- */

/* The version of a district at the end of a year; of years before its first outline the first. */
static const QonysDistrict *
find_version (const QonysDistricts *districts, const char *kato, int year)
{
  g_autoptr (GPtrArray) units =
      qonys_districts_get_on_day (districts, qonys_day_from_ymd (year, 12, 31));

  for (guint i = 0; i < units->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (units, i);

    if (g_str_equal (district->kato, kato))
      return district;
  }
  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    const QonysDistrict *district = qonys_districts_get (districts, i);

    if (g_str_equal (district->kato, kato))
      return district;
  }
  return NULL;
}

/* A number of a table of raids, and what became of it. */
static void
add_raids (QonysExportRows *rows, guint column, guint state, const QonysSafeOperations *table,
           gssize found)
{
  QonysValueState what = table->counts[found] == QONYS_BIG_MISSING ? QONYS_VALUE_MISSING
                         : table->is_hidden[found]                 ? QONYS_VALUE_SUPPRESSED
                                                                   : QONYS_VALUE_SHOWN;

  _qonys_export_rows_add (rows, column,
                          what == QONYS_VALUE_SHOWN ? _qonys_export_int (table->counts[found])
                                                    : _qonys_export_null ());
  _qonys_export_rows_add (rows, state, _qonys_export_state (what));
}

QonysExportRows *
_qonys_export_raid_quarters (const QonysRelease *release)
{
  static const QonysText3 city_name = {{"Астана қаласы", "город Астана", "City of Astana"}};
  const QonysSafeOperations *operations = release->safe->operations;
  const QonysDistricts *districts = qonys_project_get_districts (release->project);
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  guint kato = _qonys_export_rows_add_column (rows, "kato");
  guint name = add_name_columns (rows);
  guint year = _qonys_export_rows_add_column (rows, "year");
  guint quarter = _qonys_export_rows_add_column (rows, "quarter");
  guint count = _qonys_export_rows_add_column (rows, "operations");
  guint state = _qonys_export_rows_add_column (rows, "operations_state");
  guint violations = _qonys_export_rows_add_column (rows, "violations");
  guint violations_state = _qonys_export_rows_add_column (rows, "violations_state");

  _qonys_export_rows_add_source (rows, QONYS_RECORD_OPERATION);
  for (guint place = 0; place < operations->katos->len; place++)
    for (guint i = 0; i < operations->n_years * QONYS_YEAR_TOTAL; i++) {
      const char *code = g_ptr_array_index (operations->katos, place);
      int number = operations->first_year + (int)(i / QONYS_YEAR_TOTAL);
      guint part = i % QONYS_YEAR_TOTAL;
      gssize found = _qonys_operations_find (operations, code, number, part);
      const QonysDistrict *district = find_version (districts, code, number);
      const QonysText3 *known = district != NULL ? &district->name : &city_name;

      if (operations->counts[found] == QONYS_BIG_MISSING)
        continue;
      rows->n_rows++;
      _qonys_export_rows_add (rows, kato, _qonys_export_text (code));
      add_names (rows, name, known);
      _qonys_export_rows_add (rows, year, _qonys_export_int (number));
      _qonys_export_rows_add (rows, quarter, _qonys_export_int (part + 1));
      add_raids (rows, count, state, operations, found);
      add_raids (rows, violations, violations_state, release->safe->violations, found);
      if (district != NULL)
        _qonys_export_rows_add_mercator_point (rows, district->label_x, district->label_y);
      else
        _qonys_export_rows_add_point (rows, NAN, NAN);
    }
  return rows;
}

/* ---- the city ---- */

QonysExportRows *
_qonys_export_city (const QonysRelease *release)
{
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  const GArray *statistics = release->safe->statistics;
  guint id = _qonys_export_rows_add_column (rows, "statistic");
  guint indicator = _qonys_export_rows_add_column (rows, "indicator");
  guint title = _qonys_export_rows_add_column (rows, "title");
  guint value = _qonys_export_rows_add_column (rows, "value");
  guint state = _qonys_export_rows_add_column (rows, "value_state");
  guint unit = _qonys_export_rows_add_column (rows, "unit");
  guint day = _qonys_export_rows_add_column (rows, "data_day");
  guint synthetic = _qonys_export_rows_add_column (rows, "synthetic");

  rows->is_synthetic = release->content->is_synthetic;
  rows->n_rows = statistics->len;
  for (guint i = 0; i < statistics->len; i++) {
    const QonysSafeStatistic *self = &g_array_index (statistics, QonysSafeStatistic, i);
    QonysSafeValue city = _qonys_safe_get_city_value (self);

    _qonys_export_rows_add (rows, id, _qonys_export_text (self->statistic->id));
    _qonys_export_rows_add (rows, indicator, _qonys_export_text (self->statistic->indicator_id));
    _qonys_export_rows_add (rows, title, _qonys_export_text (_ (self->statistic->title)));
    _qonys_export_rows_add (rows, value, get_value (self->statistic, city));
    _qonys_export_rows_add (rows, state, _qonys_export_state (city.state));
    _qonys_export_rows_add (rows, unit, _qonys_export_text (_ (self->statistic->unit)));
    _qonys_export_rows_add (rows, day, _qonys_export_day (self->day));
    _qonys_export_rows_add (
        rows, synthetic,
        _qonys_export_bool (_qonys_type_is_synthetic (release->project, self->statistic->source)));
  }
  return rows;
}

/* ---- flows ---- */

/* Arrivals and departures of one destination, month, origin and direction. */
typedef struct {
  const char *destination, *origin;
  QonysDay month;
  guint8 direction;
  gint64 counts[2]; /* arrivals, departures */
  guint8 is_hidden[2];
} Flow;

static int
compare_flows (gconstpointer a, gconstpointer b)
{
  const Flow *x = a, *y = b;
  int order = g_strcmp0 (x->destination, y->destination);

  if (order == 0)
    order = (x->month > y->month) - (x->month < y->month);
  if (order == 0)
    order = g_strcmp0 (x->origin, y->origin);
  return order != 0 ? order : x->direction - y->direction;
}

static gint64
get_count (const QonysTable *table, gsize row, guint field)
{
  gint32 value = qonys_table_get_int (table, row, field);

  return value == QONYS_INT_MISSING ? QONYS_BIG_MISSING : value;
}

static GArray *
collect_flows (const QonysTable *table)
{
  GArray *flows = g_array_new (FALSE, FALSE, sizeof (Flow));
  guint n = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    Flow flow = {
        .destination = qonys_table_get_text (table, row, QONYS_FLOW_DESTINATION),
        .origin = qonys_table_get_text (table, row, QONYS_FLOW_ORIGIN),
        .month = qonys_table_get_int (table, row, QONYS_FLOW_MONTH),
        .direction = qonys_table_get_code (table, row, QONYS_FLOW_DIRECTION_DETAIL),
        .counts = {get_count (table, row, QONYS_FLOW_ARRIVALS),
                   get_count (table, row, QONYS_FLOW_DEPARTURES)},
    };

    g_array_append_val (flows, flow);
  }
  g_array_sort (flows, compare_flows);
  for (guint i = 0; i < flows->len; i++) {
    Flow *flow = &g_array_index (flows, Flow, i);
    Flow *last = n > 0 ? &g_array_index (flows, Flow, n - 1) : NULL;

    if (last == NULL || compare_flows (last, flow) != 0) {
      g_array_index (flows, Flow, n++) = *flow;
      continue;
    }
    for (guint side = 0; side < 2; side++)
      if (last->counts[side] == QONYS_BIG_MISSING)
        last->counts[side] = flow->counts[side];
      else if (flow->counts[side] != QONYS_BIG_MISSING)
        last->counts[side] += flow->counts[side];
  }
  g_array_set_size (flows, n);
  return flows;
}

/* From abroad no fewer than this many are shown of one origin. */
#define MIN_ABROAD 20

/* The sum over a destination's flows is published: moves within the city apart from the rest. */
static void
hide_flows (GArray *flows, guint side, gint64 threshold)
{
  g_autofree gint64 *counts = g_new (gint64, flows->len);
  g_autofree guint8 *is_hidden = g_new (guint8, flows->len);
  g_autoptr (GArray) sums = _qonys_sums_new ();
  GArray *members[2] = {NULL, NULL};
  const Flow *last = NULL;

  for (guint i = 0; i < flows->len; i++) {
    const Flow *flow = &g_array_index (flows, Flow, i);
    gint64 limit = flow->direction == QONYS_FLOW_EXTERNAL ? MAX (threshold, MIN_ABROAD) : threshold;

    counts[i] = flow->counts[side];
    is_hidden[i] = counts[i] != QONYS_BIG_MISSING && qonys_count_is_unsafe (counts[i], limit);
    if (last == NULL || g_strcmp0 (last->destination, flow->destination) != 0) {
      members[0] = _qonys_sums_add (sums, -1);
      members[1] = _qonys_sums_add (sums, -1);
    }
    g_array_append_val (members[flow->direction == QONYS_FLOW_INTRA_CITY], i);
    last = flow;
  }
  _qonys_hide_sums (counts, is_hidden, sums, threshold);
  for (guint i = 0; i < flows->len; i++)
    g_array_index (flows, Flow, i).is_hidden[side] = is_hidden[i];
}

QonysExportRows *
_qonys_export_flows (const QonysRelease *release)
{
  static const char *const names[2] = {"arrivals", "departures"};
  const QonysTable *table = qonys_project_get_table (release->project, QONYS_RECORD_FLOW);
  const QonysField *direction_field =
      &qonys_schema_get (QONYS_RECORD_FLOW)->fields[QONYS_FLOW_DIRECTION_DETAIL];
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  g_autoptr (GArray) flows = collect_flows (table);
  guint destination = _qonys_export_rows_add_column (rows, "destination");
  guint month = _qonys_export_rows_add_column (rows, "month");
  guint origin = _qonys_export_rows_add_column (rows, "origin");
  guint direction = _qonys_export_rows_add_column (rows, "direction_detail");
  guint counts[2], states[2];

  for (guint side = 0; side < 2; side++) {
    counts[side] = _qonys_export_rows_add_column (rows, names[side]);
    states[side] = add_joined_column (rows, names[side], "_state");
    if (!_qonys_release_is_official (release))
      hide_flows (flows, side, release->threshold);
  }
  _qonys_export_rows_add_source (rows, QONYS_RECORD_FLOW);
  rows->n_rows = flows->len;
  for (guint i = 0; i < flows->len; i++) {
    const Flow *flow = &g_array_index (flows, Flow, i);

    _qonys_export_rows_add (rows, destination, _qonys_export_text (flow->destination));
    _qonys_export_rows_add (rows, month, _qonys_export_day (flow->month));
    _qonys_export_rows_add (rows, origin, _qonys_export_text (flow->origin));
    _qonys_export_rows_add (rows, direction,
                            flow->direction == QONYS_CODE_MISSING
                                ? _qonys_export_null ()
                                : _qonys_export_text (direction_field->values[flow->direction]));
    for (guint side = 0; side < 2; side++) {
      QonysValueState state = flow->is_hidden[side]                     ? QONYS_VALUE_SUPPRESSED
                              : flow->counts[side] == QONYS_BIG_MISSING ? QONYS_VALUE_MISSING
                                                                        : QONYS_VALUE_SHOWN;

      _qonys_export_rows_add (rows, counts[side],
                              state == QONYS_VALUE_SHOWN ? _qonys_export_int (flow->counts[side])
                                                         : _qonys_export_null ());
      _qonys_export_rows_add (rows, states[side], _qonys_export_state (state));
    }
  }
  return rows;
}
