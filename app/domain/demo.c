/* The demo's dwellings: neighbourhoods around massifs and along avenues, buildings in them, flats
 * in those; a few neighbourhoods are hot. Up to millions of rows at about a microsecond each, one
 * thread, so that a seed gives the same city on any machine. */

#include "domain/demo-private.h"

#include "geo/mercator.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct {
  double x, y;        /* mercator unit square */
  double sigma;       /* spread, unit square */
  gboolean is_houses; /* private sector */
  double hot;         /* share of overcrowded dwellings */
} Neighbourhood;

typedef struct {
  double lon_deg, lat_deg;
  const QonysDistrict *district;
  const QonysBaseFeature *street;
  int house;
  guint n_dwellings;
  gboolean is_house, is_dormitory;
  double hot;
} Building;

typedef struct {
  QonysDemo demo;
  GPtrArray *districts; /* as of the data's day */
  GArray *neighbourhoods;
  QonysTableBuilder *dwellings, *suspicions;
  gsize n_made, n_wanted;
  guint n_owner_groups;
  double hot_chances[16]; /* by district: how many of its neighbourhoods are hot */
  QonysDay as_of;
} Maker;

#define DWELLINGS_ID 1
#define SUSPICIONS_ID 2

double
qonys_demo_random_normal (GRand *rand)
{
  double u = 1.0 - g_rand_double (rand);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * g_rand_double (rand));
}

static gboolean
chance (Maker *self, double probability)
{
  return g_rand_double (self->demo.rand) < probability;
}

static int
between (Maker *self, int low, int high)
{
  return g_rand_int_range (self->demo.rand, low, high + 1);
}

static int
find_district_number (Maker *self, double x, double y)
{
  for (guint i = 0; i < self->districts->len; i++)
    if (qonys_shape_contains (
            ((const QonysDistrict *)g_ptr_array_index (self->districts, i))->shape, x, y))
      return i;
  return -1;
}

/* ---- neighbourhoods ---- */

static void
add_neighbourhood (Maker *self, double x, double y, double sigma_m, gboolean is_houses)
{
  Neighbourhood place = {x, y, sigma_m / qonys_mercator_m_per_unit (qonys_mercator_lat_deg (y)),
                         is_houses, 0.02};

  int district = find_district_number (self, x, y);

  if (district < 0)
    return;
  if (chance (self, self->hot_chances[(guint)district % G_N_ELEMENTS (self->hot_chances)]))
    place.hot = g_rand_double_range (self->demo.rand, 0.08, 0.2);
  g_array_append_val (self->neighbourhoods, place);
}

static void
add_neighbourhoods (Maker *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->hot_chances); i++)
    self->hot_chances[i] = pow (g_rand_double (self->demo.rand), 2) * 0.5;

  for (guint i = 0; i < self->demo.base->len; i++) {
    const QonysBaseFeature *feature = g_ptr_array_index (self->demo.base, i);

    if (feature->kind == QONYS_BASE_LANDMARK && g_strcmp0 (feature->landmark_kind, "massif") == 0) {
      for (int k = 0; k < 4; k++)
        add_neighbourhood (self, feature->x, feature->y, 500, k < 3);
    } else if (feature->kind == QONYS_BASE_AVENUE && feature->shape != NULL) {
      const QonysShape *shape = feature->shape;

      for (guint v = 1; v < shape->ring_starts[shape->n_rings]; v++)
        for (int k = 0; k < 3; k++) {
          double t = g_rand_double (self->demo.rand);
          double spread = 900 / qonys_mercator_m_per_unit (51.13);

          add_neighbourhood (self,
                             shape->x[v - 1] + t * (shape->x[v] - shape->x[v - 1]) +
                                 spread * qonys_demo_random_normal (self->demo.rand),
                             shape->y[v - 1] + t * (shape->y[v] - shape->y[v - 1]) +
                                 spread * qonys_demo_random_normal (self->demo.rand),
                             g_rand_double_range (self->demo.rand, 200, 450), chance (self, 0.15));
        }
    }
  }
  /* Without a base (a user's own districts) the middles of the districts must do. */
  for (guint i = 0; self->neighbourhoods->len == 0 && i < self->districts->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (self->districts, i);
    Neighbourhood place = {district->label_x, district->label_y,
                           800 / qonys_mercator_m_per_unit (51.13), FALSE, 0.05};

    g_array_append_val (self->neighbourhoods, place);
  }
}

/* ---- buildings ---- */

static const QonysBaseFeature *
find_street (Maker *self, double x, double y)
{
  const QonysBaseFeature *best = NULL;
  double best_distance = INFINITY;

  for (guint i = 0; i < self->demo.base->len; i++) {
    const QonysBaseFeature *feature = g_ptr_array_index (self->demo.base, i);
    double distance;

    if (feature->kind != QONYS_BASE_AVENUE || feature->shape == NULL)
      continue;
    distance = qonys_shape_get_distance (feature->shape, x, y);
    if (distance < best_distance) {
      best = feature;
      best_distance = distance;
    }
  }
  return best;
}

static Building
make_building (Maker *self)
{
  Building building = {0};
  double x, y;
  int district;

  do {
    const Neighbourhood *place =
        &g_array_index (self->neighbourhoods, Neighbourhood,
                        g_rand_int_range (self->demo.rand, 0, self->neighbourhoods->len));

    x = place->x + place->sigma * qonys_demo_random_normal (self->demo.rand);
    y = place->y + place->sigma * qonys_demo_random_normal (self->demo.rand);
    building.is_house = place->is_houses && chance (self, 0.97);
    building.hot = place->hot;
    district = find_district_number (self, x, y);
  } while (district < 0);
  building.district = g_ptr_array_index (self->districts, district);

  /* Seven decimals: what a register would give, and what a file gives back. */
  building.lon_deg = round (qonys_mercator_lon_deg (x) * 1e7) / 1e7;
  building.lat_deg = round (qonys_mercator_lat_deg (y) * 1e7) / 1e7;
  building.street = find_street (self, x, y);
  building.house = between (self, 1, 120);
  building.is_dormitory = !building.is_house && chance (self, 0.03);
  building.n_dwellings = building.is_house ? 1 : (guint)between (self, 24, 180);
  building.n_dwellings = MIN (building.n_dwellings, MAX (2, self->n_wanted / 25));
  building.n_dwellings = MIN (building.n_dwellings, self->n_wanted - self->n_made);
  return building;
}

/* ---- dwellings ---- */

typedef struct {
  double total_m2, useful_m2, living_m2; /* NaN unknown */
  int registered, temporary, relatives, foreigners, regs, deregs;
  int living_found; /* QONYS_INT_MISSING not inspected */
  guint8 status;    /* of the suspicion; QONYS_CODE_MISSING none */
} Household;

static void
make_areas (Maker *self, const Building *building, Household *home)
{
  double total =
      building->is_dormitory
          ? g_rand_double_range (self->demo.rand, 14, 24)
          : CLAMP (58 * exp (0.42 * qonys_demo_random_normal (self->demo.rand)), 14, 320);

  if (building->is_house)
    total *= 1.6;
  home->total_m2 = round (total * 10) / 10;
  home->useful_m2 = round (total * 9.3) / 10;
  home->living_m2 = round (total * 6.1) / 10;
  if (chance (self, 0.08))
    home->useful_m2 = NAN;
  if (chance (self, 0.04))
    home->total_m2 = home->useful_m2 = home->living_m2 = NAN;
}

static void
make_people (Maker *self, const Building *building, Household *home)
{
  gboolean is_over = !building->is_dormitory && chance (self, building->hot);

  if (is_over) {
    home->registered =
        MIN (10 + (int)(9 * (pow (1 - g_rand_double (self->demo.rand), -0.7) - 1)), 420);
    home->relatives = between (self, 0, 4);
    home->foreigners = (int)(home->registered * g_rand_double_range (self->demo.rand, 0, 0.5));
    home->temporary = (int)(home->registered * g_rand_double_range (self->demo.rand, 0.3, 0.9));
  } else {
    home->registered = building->is_dormitory ? between (self, 1, 3) : between (self, 0, 3);
    while (!building->is_dormitory && home->registered < 9 && chance (self, 0.42))
      home->registered++;
    home->relatives = building->is_dormitory ? 0 : home->registered - (chance (self, 0.15) ? 1 : 0);
    home->relatives = CLAMP (home->relatives, 0, home->registered);
    home->temporary = chance (self, 0.2) ? between (self, 0, home->registered) : 0;
    home->foreigners = chance (self, 0.04) ? between (self, 0, home->registered) : 0;
  }
  home->regs = is_over ? (int)(home->registered * g_rand_double_range (self->demo.rand, 0.3, 1.6))
                       : between (self, 0, MAX (home->registered, 1));
  home->deregs = is_over ? (int)(home->registered * g_rand_double_range (self->demo.rand, 0.1, 1))
                         : between (self, 0, 1);
}

/* Placeholders of the training data, without official value: 10 persons, 6 m² a person. */
static void
make_suspicion (Maker *self, Household *home)
{
  double m2_per_person = home->useful_m2 / MAX (home->registered, 1);

  home->status = QONYS_CODE_MISSING;
  home->living_found = QONYS_INT_MISSING;
  if (home->registered < 10 || isnan (m2_per_person) || m2_per_person > 6 || !chance (self, 0.6))
    return;

  switch (between (self, 0, 19)) {
  case 0:
    home->status = QONYS_STATUS_EXPIRED;
    break;
  case 1:
  case 2:
    home->status = QONYS_STATUS_CHECKED_NOT_CONFIRMED;
    home->living_found = home->registered - between (self, 0, 2);
    break;
  case 3:
  case 4:
  case 5:
  case 6:
    home->status = QONYS_STATUS_CHECKED_CONFIRMED;
    home->living_found = between (self, 0, 4);
    break;
  case 7:
  case 8:
  case 9:
    home->status = QONYS_STATUS_QUEUED;
    break;
  default:
    home->status = QONYS_STATUS_SUSPECTED;
    break;
  }
}

static void
add_suspicion (Maker *self, const Building *building, const Household *home, const char *key)
{
  QonysTableBuilder *builder = self->suspicions;
  QonysDay day = self->as_of - between (self, 1, 80);
  gboolean is_checked = home->living_found != QONYS_INT_MISSING;
  double mean = home->registered - (home->regs - home->deregs) / 2.0;

  qonys_table_builder_add_text (builder, QONYS_SUSPICION_PLACE_REF, key, -1);
  qonys_table_builder_add_text (builder, QONYS_SUSPICION_DISTRICT, building->district->kato, -1);
  qonys_table_builder_add_int (builder, QONYS_SUSPICION_IND_GAP,
                               is_checked ? home->registered - home->living_found
                                          : QONYS_INT_MISSING);
  qonys_table_builder_add_decimal (builder, QONYS_SUSPICION_IND_M2_PER_PERSON,
                                   round (home->useful_m2 / home->registered * 100) / 100);
  qonys_table_builder_add_decimal (builder, QONYS_SUSPICION_IND_TURNOVER,
                                   round ((home->regs + home->deregs) / MAX (mean, 1) * 100) / 100);
  qonys_table_builder_add_int (builder, QONYS_SUSPICION_IND_OWNER_TOTAL,
                               chance (self, 0.7) ? home->registered + between (self, 0, 40)
                                                  : QONYS_INT_MISSING);
  qonys_table_builder_add_code (builder, QONYS_SUSPICION_IND_UTILITY_MISMATCH,
                                (guint8)between (self, 0, 2));
  qonys_table_builder_add_code (builder, QONYS_SUSPICION_STATUS, home->status);
  qonys_table_builder_add_int (builder, QONYS_SUSPICION_STATUS_DATE, day);
  qonys_table_builder_add_int (builder, QONYS_SUSPICION_EXPIRES,
                               home->status == QONYS_STATUS_SUSPECTED ? day + 90
                                                                      : QONYS_DAY_MISSING);
  qonys_table_builder_add_text (
      builder, QONYS_SUSPICION_EXPLANATION,
      home->status == QONYS_STATUS_CHECKED_NOT_CONFIRMED ? "large_family" : NULL, -1);
  qonys_table_builder_add_code (builder, QONYS_SUSPICION_DECIDED_BY_ROLE,
                                is_checked ? 0 : QONYS_CODE_MISSING);
  qonys_table_builder_add_position (builder, building->lon_deg, building->lat_deg);
  qonys_table_builder_add_dataset_id (builder, SUSPICIONS_ID);
}

static void
add_owner (Maker *self, const Household *home)
{
  g_autofree char *group = NULL;

  if (chance (self, 0.15)) {
    self->n_owner_groups += home->registered < 10 || chance (self, 0.4);
    group = g_strdup_printf ("g%05u", self->n_owner_groups);
  }
  qonys_table_builder_add_text (self->dwellings, QONYS_DWELLING_OWNER_GROUP, group, -1);
}

static void
add_address (Maker *self, const Building *building, guint number, const char *key)
{
  QonysTableBuilder *builder = self->dwellings;
  const QonysText3 *street = building->street == NULL ? NULL : &building->street->name;
  g_autofree char *house = g_strdup_printf ("%d", building->house);
  g_autofree char *flat = building->is_house ? NULL : g_strdup_printf ("%u", number + 1);
  gboolean is_exact = chance (self, 0.9);

  qonys_table_builder_add_text (builder, QONYS_DWELLING_KEY, key, -1);
  qonys_table_builder_add_text (builder, QONYS_DWELLING_DISTRICT, building->district->kato, -1);
  qonys_table_builder_add_text (builder, QONYS_DWELLING_STREET_KK,
                                street == NULL ? NULL : street->text[QONYS_KK], -1);
  qonys_table_builder_add_text (builder, QONYS_DWELLING_STREET_RU,
                                street == NULL ? NULL : street->text[QONYS_RU], -1);
  qonys_table_builder_add_text (builder, QONYS_DWELLING_HOUSE, house, -1);
  qonys_table_builder_add_text (builder, QONYS_DWELLING_FLAT, flat, -1);
  qonys_table_builder_add_code (builder, QONYS_DWELLING_POSITION_ACCURACY, is_exact ? 0 : 1);
  qonys_table_builder_add_position (builder, building->lon_deg, building->lat_deg);
}

static void
add_dwelling (Maker *self, const Building *building, guint number, const Household *home)
{
  QonysTableBuilder *builder = self->dwellings;
  g_autofree char *key = g_strdup_printf ("D%07" G_GSIZE_FORMAT, self->n_made + 1);
  int type = building->is_dormitory ? 4 : building->is_house ? 2 : 0;
  int after = MIN (home->regs / 2, home->registered);
  gboolean knows_relatives = chance (self, 0.93);

  add_address (self, building, number, key);
  qonys_table_builder_add_code (builder, QONYS_DWELLING_TYPE, (guint8)type);
  qonys_table_builder_add_code (builder, QONYS_DWELLING_OWNERSHIP,
                                building->is_dormitory ? (guint8)between (self, 1, 2)
                                                       : (chance (self, 0.05) ? 4 : 0));
  add_owner (self, home);
  qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_TOTAL_M2, home->total_m2);
  qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_USEFUL_M2, home->useful_m2);
  qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_LIVING_M2, home->living_m2);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_ROOMS,
                               isnan (home->total_m2) ? QONYS_INT_MISSING
                                                      : CLAMP ((int)(home->total_m2 / 24), 1, 9));
  qonys_table_builder_add_code (builder, QONYS_DWELLING_LET,
                                chance (self, 0.2) ? 0 : (chance (self, 0.75) ? 1 : 2));
  qonys_table_builder_add_code (builder, QONYS_DWELLING_LEGAL_BASIS_CHECKED, chance (self, 0.3));
  qonys_table_builder_add_int (builder, QONYS_DWELLING_AS_OF, self->as_of);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_PERMANENT,
                               home->registered - home->temporary);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_TEMPORARY, home->temporary);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_CITIZENS,
                               home->registered - home->foreigners);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_FOREIGNERS, home->foreigners);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_MINORS,
                               between (self, 0, home->relatives / 2));
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_RELATIVES,
                               knows_relatives ? home->relatives : QONYS_INT_MISSING);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_AFTER_NORM, after);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE,
                               MIN (after, home->registered - home->relatives));
  qonys_table_builder_add_int (builder, QONYS_DWELLING_REGS_12M, home->regs);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_DEREGS_12M, home->deregs);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_LIVING_FOUND, home->living_found);
  qonys_table_builder_add_int (builder, QONYS_DWELLING_LIVING_FOUND_DATE,
                               home->living_found == QONYS_INT_MISSING
                                   ? QONYS_DAY_MISSING
                                   : self->as_of - between (self, 5, 90));
  qonys_table_builder_add_dataset_id (builder, DWELLINGS_ID);
  if (home->status != QONYS_CODE_MISSING)
    add_suspicion (self, building, home, key);
  self->n_made++;
}

/* The flat of the press: 937 registered in one room of 35.7 m². */
static Household
make_the_937 (void)
{
  return (Household){
      38.4, 35.7, 21.2, 937, 610, 0, 402, 640, 210, QONYS_INT_MISSING, QONYS_STATUS_SUSPECTED};
}

static gboolean
make_dwellings (Maker *self, QonysJob *job, GError **error)
{
  add_neighbourhoods (self);
  while (self->n_made < self->n_wanted) {
    Building building = make_building (self);

    if (qonys_job_is_cancelled (job, error))
      return FALSE;
    qonys_job_set_progress (job, (double)self->n_made / self->n_wanted);
    for (guint i = 0; i < building.n_dwellings; i++) {
      Household home = {0};

      make_areas (self, &building, &home);
      make_people (self, &building, &home);
      make_suspicion (self, &home);
      if (self->n_made == 0)
        home = make_the_937 ();
      add_dwelling (self, &building, i, &home);
    }
  }
  return TRUE;
}

static void
add_dataset (GPtrArray *datasets, gint32 id, QonysRecordType type, const char *title,
             QonysDay as_of, const QonysTable *table)
{
  QonysDataset *dataset = qonys_dataset_new ();

  dataset->id = id;
  dataset->type = type;
  dataset->title = g_strdup (title);
  dataset->file_name = g_strdup ("qonys demo");
  dataset->as_of = dataset->received_on = as_of;
  dataset->n_read = dataset->n_stored = qonys_table_get_n_rows (table);
  dataset->is_synthetic = TRUE;
  g_ptr_array_add (datasets, dataset);
}

QonysProject *
qonys_demo_make (QonysDistricts *districts, GPtrArray *base, gsize n_dwellings, guint32 seed,
                 QonysJob *job, GError **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  QonysDay as_of = qonys_day_from_ymd (2026, 10, 1);
  g_autoptr (GPtrArray) on_day = qonys_districts_get_on_day (districts, as_of);
  g_autoptr (GArray) neighbourhoods = g_array_new (FALSE, FALSE, sizeof (Neighbourhood));
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  QonysNorm norm = qonys_norm_get_default ();
  Maker self = {
      .demo = {rand, districts, base},
      .districts = on_day,
      .neighbourhoods = neighbourhoods,
      .dwellings = qonys_table_builder_new (QONYS_RECORD_DWELLING, n_dwellings),
      .suspicions = qonys_table_builder_new (QONYS_RECORD_SUSPICION, n_dwellings / 64),
      .n_wanted = n_dwellings,
      .as_of = as_of,
  };

  qonys_job_set_message (job, _ ("Making synthetic dwellings…"));
  if (!make_dwellings (&self, job, error)) {
    qonys_table_builder_free (self.dwellings);
    qonys_table_builder_free (self.suspicions);
    g_ptr_array_unref (datasets);
    return NULL;
  }

  tables[QONYS_RECORD_DWELLING] = qonys_table_builder_finish (self.dwellings);
  tables[QONYS_RECORD_SUSPICION] = qonys_table_builder_finish (self.suspicions);
  tables[QONYS_RECORD_OPERATION] = qonys_demo_make_operations (&self.demo, 3);
  tables[QONYS_RECORD_FLOW] = qonys_demo_make_flows (&self.demo, 4);
  tables[QONYS_RECORD_REGISTRATION_COUNT] =
      qonys_demo_make_registrations (&self.demo, tables[QONYS_RECORD_DWELLING], 5);

  add_dataset (datasets, DWELLINGS_ID, QONYS_RECORD_DWELLING, "Оқу деректері: тұрғынжайлар", as_of,
               tables[QONYS_RECORD_DWELLING]);
  add_dataset (datasets, SUSPICIONS_ID, QONYS_RECORD_SUSPICION, "Оқу деректері: жалған тіркеу",
               as_of, tables[QONYS_RECORD_SUSPICION]);
  add_dataset (datasets, 3, QONYS_RECORD_OPERATION, "Оқу деректері: рейдтер",
               qonys_day_from_ymd (2023, 12, 31), tables[QONYS_RECORD_OPERATION]);
  add_dataset (datasets, 4, QONYS_RECORD_FLOW, "Оқу деректері: көші-қон ағындары",
               qonys_day_from_ymd (2023, 9, 30), tables[QONYS_RECORD_FLOW]);
  add_dataset (datasets, 5, QONYS_RECORD_REGISTRATION_COUNT, "Оқу деректері: тіркелгендер саны",
               as_of, tables[QONYS_RECORD_REGISTRATION_COUNT]);
  return qonys_project_new (NULL, tables, datasets, qonys_districts_ref (districts),
                            g_ptr_array_ref (base), &norm);
}
