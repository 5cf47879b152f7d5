/* Cards: what a click on a district, a cell or a mark shows. One at a time; some twenty rows made
 * from what the gate left. */

#include "release/cards-private.h"

#include "base/format.h"
#include "geo/cluster.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
row_free (gpointer data)
{
  QonysCardRow *row = data;

  g_free (row->label);
  g_free (row->value);
  g_free (row->remark);
  g_free (row);
}

QonysCard *
_qonys_card_new (const char *title, const char *subtitle)
{
  QonysCard *card = g_new0 (QonysCard, 1);

  card->title = g_strdup (title);
  card->subtitle = g_strdup (subtitle);
  card->rows = g_ptr_array_new_with_free_func (row_free);
  card->notes = g_ptr_array_new_with_free_func (g_free);
  card->problem_ids = g_ptr_array_new ();
  card->measure_ids = g_ptr_array_new_with_free_func (g_free);
  return card;
}

void
qonys_card_free (QonysCard *card)
{
  g_free (card->title);
  g_free (card->subtitle);
  g_ptr_array_unref (card->rows);
  g_ptr_array_unref (card->notes);
  g_ptr_array_unref (card->problem_ids);
  g_ptr_array_unref (card->measure_ids);
  g_free (card->entry_id);
  g_free (card);
}

QonysCardRow *
_qonys_card_add (QonysCard *card, const char *label, char *value, QonysValueState state)
{
  QonysCardRow *row = g_new0 (QonysCardRow, 1);

  row->label = g_strdup (label);
  row->value = value;
  row->state = state;
  g_ptr_array_add (card->rows, row);
  return row;
}

void
_qonys_card_add_note (QonysCard *card, const char *note)
{
  g_ptr_array_add (card->notes, g_strdup (note));
}

void
_qonys_card_add_problem (QonysCard *card, const char *id)
{
  const QonysProblem *problem = qonys_catalogue_find_problem (id);

  if (problem != NULL && !g_ptr_array_find (card->problem_ids, problem->id, NULL))
    g_ptr_array_add (card->problem_ids, problem->id);
}

char *
_qonys_card_format_hidden (const QonysRelease *release, gboolean is_small)
{
  return is_small ? g_strdup_printf ("< %d", (int)release->threshold) : g_strdup ("…");
}

void
_qonys_card_add_common_notes (QonysCard *card, const QonysRelease *release)
{
  gboolean has_hidden = FALSE;

  if (release->content->period_note != NULL)
    _qonys_card_add_note (card, release->content->period_note);

  for (guint i = 0; i < card->rows->len; i++) {
    const QonysCardRow *row = g_ptr_array_index (card->rows, i);

    has_hidden |= row->state == QONYS_VALUE_SUPPRESSED;
  }
  if (has_hidden) {
    g_autofree char *note = g_strdup_printf (
        _ ("Counts below %d, and those that would give them away, are not shown. Hidden does not "
           "mean none."),
        (int)release->threshold);

    _qonys_card_add_note (card, note);
  }
  if (!_qonys_release_is_official (release))
    _qonys_card_add_note (card, _ ("Addresses are not shown: an address with a count of "
                                   "registrants leads to the people who live there."));
  if (release->content->is_synthetic)
    _qonys_card_add_note (card, qonys_content_get_synthetic_mark (release->content));
}

/* ---- a district ---- */

static const QonysDistrict *
find_district (const QonysRelease *release, const char *kato)
{
  const GArray *marks = release->content->districts;

  for (guint i = 0; i < marks->len; i++) {
    const QonysDistrict *district = g_array_index (marks, QonysDistrictMark, i).district;

    if (g_str_equal (district->kato, kato))
      return district;
  }
  return NULL;
}

/* What the city's number is to a district's. */
static char *
compare_with_city (const QonysSafeStatistic *statistic, QonysSafeValue value)
{
  QonysSafeValue city = _qonys_safe_get_city_value (statistic);
  g_autofree char *formatted = NULL;

  if (city.state != QONYS_VALUE_SHOWN)
    return NULL;
  if (!statistic->statistic->is_rate && value.state == QONYS_VALUE_SHOWN && city.value > 0 &&
      value.value >= 0 && value.value <= city.value) {
    formatted = qonys_format_decimal (100 * value.value / city.value, 1);
    return g_strdup_printf (_ ("share of the city: %s %%"), formatted);
  }
  formatted = qonys_statistic_format (statistic->statistic, city.value);
  return g_strdup_printf (_ ("the city as a whole: %s"), formatted);
}

/* Adds a remark to a row's; takes @remark, which may be NULL. */
static void
add_remark (QonysCardRow *row, char *remark)
{
  char *joined;

  if (remark == NULL)
    return;
  if (row->remark == NULL) {
    row->remark = remark;
    return;
  }
  joined = g_strdup_printf ("%s; %s", row->remark, remark);
  g_free (row->remark);
  g_free (remark);
  row->remark = joined;
}

/* Does the statistic rest on the norm? */
static gboolean
is_of_norm (const QonysStatistic *statistic)
{
  return g_strcmp0 (statistic->indicator_id, "I03") == 0;
}

/* A share of persons is no value of an indicator that counts them. */
static void
set_evidence (QonysCardRow *row, const QonysSafeStatistic *statistic, QonysSafeValue value)
{
  const char *id = statistic->statistic->indicator_id;
  const QonysIndicator *indicator = id == NULL ? NULL : qonys_catalogue_find_indicator (id);

  if (value.state != QONYS_VALUE_SHOWN || indicator == NULL ||
      indicator->is_rate != statistic->statistic->is_rate)
    return;
  row->indicator_id = indicator->id;
  row->number = value.value;
  row->day = statistic->day;
}

static void
add_statistic (QonysCard *card, const QonysRelease *release, const QonysSafeStatistic *statistic,
               QonysSafeValue value, gboolean is_city)
{
  g_autofree char *day = qonys_format_day (statistic->day);
  char *text =
      value.state == QONYS_VALUE_SUPPRESSED
          ? _qonys_card_format_hidden (release, value.is_small && !statistic->statistic->is_rate)
          : qonys_statistic_format (statistic->statistic, value.value);
  QonysCardRow *row = _qonys_card_add (card, _ (statistic->statistic->title), text, value.state);

  set_evidence (row, statistic, value);
  if (value.state == QONYS_VALUE_MISSING)
    row->remark = g_strdup (statistic->is_of_period ? _ ("no data of this period")
                                                    : _ ("no data of this level loaded"));
  else if (value.state == QONYS_VALUE_SUPPRESSED)
    row->remark = g_strdup (_ ("hidden value"));
  if (!is_city)
    add_remark (row, compare_with_city (statistic, value));
  if (value.state == QONYS_VALUE_SHOWN && is_of_norm (statistic->statistic) &&
      release->safe->is_upper_bound)
    add_remark (row, g_strdup (_ ("upper bound")));
  if (statistic->is_of_period)
    add_remark (row, qonys_period_format (&release->safe->period));
  else if (value.state != QONYS_VALUE_MISSING && statistic->day != QONYS_DAY_MISSING)
    add_remark (row, g_strdup_printf (_ ("as of %s"), day));
}

static void
add_operations (QonysCard *card, const QonysRelease *release, const char *kato)
{
  const QonysSafeOperations *operations = release->safe->operations;

  for (guint i = operations->n_years; i-- > 0;) {
    int year = operations->first_year + (int)i;
    gint64 count = qonys_release_get_n_operations (release, kato, year);
    gssize found = _qonys_operations_find (operations, kato, year, QONYS_YEAR_TOTAL);
    g_autofree char *label = g_strdup_printf (_ ("Raid operations, year %d"), year);

    if (count == QONYS_BIG_MISSING)
      continue;
    if (count >= 0)
      _qonys_card_add (card, label, qonys_format_int (count), QONYS_VALUE_SHOWN);
    else
      _qonys_card_add (
          card, label,
          _qonys_card_format_hidden (
              release, qonys_count_is_unsafe (operations->counts[found], release->threshold)),
          QONYS_VALUE_SUPPRESSED);
  }
}

/* Problems with a place whose indicators the card has a number of. */
static void
add_problems (QonysCard *card, const QonysSafe *safe, const QonysDistrict *district)
{
  const GPtrArray *problems = qonys_catalogue_get ()->problems;

  for (guint i = 0; i < problems->len; i++) {
    const QonysProblem *problem = g_ptr_array_index (problems, i);

    if (!problem->is_on_map)
      continue;
    for (guint j = 0; j < safe->statistics->len; j++) {
      const QonysSafeStatistic *self = &g_array_index (safe->statistics, QonysSafeStatistic, j);
      QonysSafeValue value = district != NULL ? _qonys_safe_get_value (self, district)
                                              : _qonys_safe_get_city_value (self);

      if (value.state != QONYS_VALUE_MISSING && self->statistic->indicator_id != NULL &&
          problem->indicators != NULL &&
          g_strv_contains ((const char *const *)problem->indicators, self->statistic->indicator_id))
        _qonys_card_add_problem (card, problem->id);
    }
  }
}

QonysCard *
qonys_release_get_district_card (const QonysRelease *release, const char *kato)
{
  const QonysSafe *safe = release->safe;
  gboolean is_city = g_str_equal (kato, QONYS_CITY_KATO);
  const QonysDistrict *district = is_city ? NULL : find_district (release, kato);
  g_autofree char *area = NULL, *subtitle = NULL, *norm = NULL;
  QonysCard *card;

  if (district == NULL && !is_city)
    return NULL;
  if (district != NULL && !isnan (district->area_km2)) {
    area = qonys_format_decimal (district->area_km2, 1);
    subtitle = g_strdup_printf (_ ("%s km²"), area);
  }
  card = _qonys_card_new (is_city ? _ ("City of Astana") : qonys_text3_get (&district->name),
                          subtitle);

  for (guint i = 0; i < safe->statistics->len; i++) {
    const QonysSafeStatistic *self = &g_array_index (safe->statistics, QonysSafeStatistic, i);

    add_statistic (card, release, self,
                   is_city ? _qonys_safe_get_city_value (self)
                           : _qonys_safe_get_value (self, district),
                   is_city);
  }
  add_operations (card, release, kato);
  if (safe->has_dwellings) {
    norm = _qonys_norm_describe (qonys_project_get_norm (release->project));
    _qonys_card_add_note (card, norm);
  }
  if (district != NULL && district->is_schematic)
    _qonys_card_add_note (card, _ ("The outline is schematic."));
  _qonys_card_add_common_notes (card, release);
  add_problems (card, safe, district);
  return card;
}

gint64
qonys_release_get_n_operations (const QonysRelease *release, const char *kato, int year)
{
  const QonysSafeOperations *operations = release->safe->operations;
  gssize found = _qonys_operations_find (operations, kato, year, QONYS_YEAR_TOTAL);

  if (found < 0)
    return QONYS_BIG_MISSING;
  return operations->is_hidden[found] ? -1 : operations->counts[found];
}

/* ---- cells and clusters ---- */

static void
add_layer_problems (QonysCard *card, QonysLayer layer)
{
  switch (layer) {
  case QONYS_LAYER_FICTITIOUS:
    _qonys_card_add_problem (card, "P01");
    break;
  case QONYS_LAYER_OVERCROWDED:
    _qonys_card_add_problem (card, "P02");
    break;
  case QONYS_LAYER_RAIDS:
    _qonys_card_add_problem (card, "P08");
    break;
  default:
    break;
  }
}

static const QonysSafeCell *
find_cell (const QonysSafe *safe, const QonysCellMark *mark)
{
  for (guint i = 0; i < safe->cells->len; i++) {
    const QonysSafeCell *cell = &g_array_index (safe->cells, QonysSafeCell, i);

    if (cell->center_x == mark->center_x && cell->center_y == mark->center_y)
      return cell;
  }
  return NULL;
}

static QonysCard *
make_cell_card (const QonysRelease *release, QonysLayer layer, guint index)
{
  const QonysCellMark *mark =
      &g_array_index (release->content->layers[layer].cells, QonysCellMark, index);
  const QonysSafeCell *cell = find_cell (release->safe, mark);
  const char *labels[QONYS_N_CELL_COUNTS] = {_ ("Dwellings"), _ ("Above the norm"),
                                             _ ("Suspected fictitious registration")};
  QonysCard *card = _qonys_card_new (_ ("Square of 500 m"), qonys_layer_get_title (layer));

  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++) {
    QonysValueState state = cell->states[i];
    gint64 count = cell->counts[i];

    _qonys_card_add (card, labels[i],
                     state == QONYS_VALUE_SHOWN ? qonys_format_int (count)
                     : state == QONYS_VALUE_MISSING
                         ? g_strdup ("–")
                         : _qonys_card_format_hidden (
                               release, qonys_count_is_unsafe (count, release->threshold)),
                     state);
  }
  if (release->content->layer_notes[layer] != NULL)
    _qonys_card_add_note (card, release->content->layer_notes[layer]);
  _qonys_card_add_common_notes (card, release);
  add_layer_problems (card, layer);
  return card;
}

/* What a group counts proves a problem as a district's count does; a single address does not: its
 * number would be told to all with the place that is marked there. */
static void
set_group_evidence (QonysCardRow *row, const QonysRelease *release, const QonysPick *pick,
                    const char *indicator_id, double number)
{
  gboolean is_addresses = release->content->layers[pick->layer].is_addresses;

  /* Evidence is told to the public: of fewer addresses than the threshold none is made. */
  if (is_addresses && (pick->mark.is_one_place || pick->mark.n_points < release->threshold ||
                       number < (double)release->threshold))
    return;
  row->indicator_id = indicator_id;
  row->number = number;
  row->day = release->content->data_days[pick->layer];
}

static QonysCard *
make_cluster_card (const QonysRelease *release, const QonysPick *pick)
{
  const QonysMarkLayer *layer = &release->content->layers[pick->layer];
  QonysCard *card = _qonys_card_new (qonys_layer_get_title (pick->layer), NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  QonysCardRow *row;
  gint64 amount = 0;

  if (layer->cells != NULL) {
    _qonys_card_add (card, _ ("Squares of 500 m"), qonys_format_int (pick->mark.n_points),
                     QONYS_VALUE_SHOWN);
    _qonys_card_add (card, _ ("Addresses in them, hidden ones apart"),
                     qonys_format_int (llround (pick->mark.weight)), QONYS_VALUE_SHOWN);
  } else if (!layer->is_addresses) {
    gboolean has_violations = _qonys_safe_has_violations (release->safe);

    row = _qonys_card_add (card, has_violations ? _ ("Violations found") : _ ("Operations"),
                           qonys_format_int (llround (pick->mark.weight)), QONYS_VALUE_SHOWN);
    set_group_evidence (row, release, pick, has_violations ? "I10" : "I09", pick->mark.weight);
  } else {
    _qonys_card_add (card,
                     pick->mark.is_one_place ? _ ("Records at this place") : _ ("Records here"),
                     qonys_format_int (pick->mark.n_points), QONYS_VALUE_SHOWN);
  }
  if (layer->amounts != NULL) {
    qonys_clusters_get_rows (layer->clusters, pick->cluster_zoom, &pick->mark, rows);
    for (guint i = 0; i < rows->len; i++)
      amount += MAX (layer->amounts[g_array_index (rows, guint32, i)], 0);
    row = _qonys_card_add (card, _ ("Registrants above the norm"), qonys_format_int (amount),
                           QONYS_VALUE_SHOWN);
    set_group_evidence (row, release, pick, "I03", (double)amount);
  }
  if (release->content->layer_notes[pick->layer] != NULL)
    _qonys_card_add_note (card, release->content->layer_notes[pick->layer]);
  _qonys_card_add_common_notes (card, release);
  add_layer_problems (card, pick->layer);
  return card;
}

/* The record on top; how many more stand at the same place is said. */
static QonysCard *
make_point_card (const QonysRelease *release, const QonysPick *pick)
{
  QonysCard *card = _qonys_card_new_for_row (release, pick->layer, pick->mark.first_row);

  if (pick->mark.n_points > 1) {
    g_autofree char *n = qonys_format_int (pick->mark.n_points);
    g_autofree char *note =
        g_strdup_printf (_ ("Records at this place: %s. This is the one on top."), n);

    _qonys_card_add_note (card, note);
  }
  return card;
}

static QonysCard *
make_items_card (const QonysRelease *release, const QonysPick *pick)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint32));

  qonys_content_get_items (release->content, pick, indices);
  return _qonys_card_new_for_items (release, indices);
}

QonysCard *
qonys_release_get_card (const QonysRelease *release, const QonysPick *pick)
{
  const QonysContent *content = release->content;
  const QonysMarkLayer *layer = &content->layers[pick->layer]; /* of an item the first: not asked */
  guint32 row = pick->mark.first_row;

  switch (pick->kind) {
  case QONYS_PICK_DISTRICT:
    return qonys_release_get_district_card (
        release, g_array_index (content->districts, QonysDistrictMark, pick->index).district->kato);
  case QONYS_PICK_CELL:
    return make_cell_card (release, pick->layer, pick->index);
  case QONYS_PICK_MARK:
    if (pick->mark.n_points > 1)
      return make_cluster_card (release, pick);
    if (layer->is_addresses)
      return _qonys_card_new_for_row (release, pick->layer, row);
    if (layer->cells != NULL)
      return make_cell_card (release, pick->layer, row);
    return qonys_release_get_district_card (
        release,
        ((const QonysDistrict *)g_ptr_array_index (release->safe->raid_districts, row))->kato);
  case QONYS_PICK_POINT:
    return layer->is_addresses ? make_point_card (release, pick) : NULL;
  case QONYS_PICK_ITEM:
    return pick->mark.n_points > 1 ? make_items_card (release, pick)
                                   : _qonys_card_new_for_note (release, pick->index);
  case QONYS_PICK_ANNOTATION:
    return _qonys_card_new_for_note (release, pick->index);
  default:
    return NULL;
  }
}
