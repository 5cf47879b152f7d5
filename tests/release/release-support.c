/* Small worlds for the gate's tests. */

#include "release-support.h"

#include "base/language.h"
#include "geo/mercator.h"

#include <glib/gstdio.h>
#include <math.h>

/* Fontconfig keeps its caches to the end. */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

QonysDay
day_of (const char *iso)
{
  QonysDay day;

  g_assert_true (qonys_day_parse (iso, &day));
  return day;
}

static QonysDistrict *
make_district (const char *kato, const char *name, double west_deg, double south_deg,
               double east_deg, double north_deg, const char *from, const char *to)
{
  const guint starts[] = {0, 5};
  const double lon_deg[] = {west_deg, east_deg, east_deg, west_deg, west_deg};
  const double lat_deg[] = {south_deg, south_deg, north_deg, north_deg, south_deg};
  QonysDistrict *district = qonys_district_new ();
  double x[5], y[5];

  qonys_mercator_project (lon_deg, lat_deg, 5, x, y);
  g_strlcpy (district->kato, kato, sizeof district->kato);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    district->name.text[i] = g_strdup (name);
  district->area_km2 = 77.5;
  district->valid_from = from != NULL ? day_of (from) : QONYS_DAY_MISSING;
  district->valid_to = to != NULL ? day_of (to) : QONYS_DAY_MISSING;
  district->shape = qonys_shape_new (1, starts, x, y);
  qonys_shape_get_label_point (district->shape, &district->label_x, &district->label_y);
  return district;
}

static QonysDistricts *
make_districts (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);

  g_ptr_array_add (all, make_district ("711110000", "Almaty", 71.4, 51.1, 71.5, 51.2, "2008-07-01",
                                       "2024-03-01"));
  g_ptr_array_add (
      all, make_district ("711110000", "Almaty", 71.4, 51.1, 71.5, 51.15, "2024-03-01", NULL));
  g_ptr_array_add (
      all, make_district ("711610000", "Sarayshyk", 71.4, 51.15, 71.5, 51.2, "2024-03-01", NULL));
  g_ptr_array_add (
      all, make_district ("711310000", "Saryarka", 71.5, 51.1, 71.6, 51.2, "2008-07-01", NULL));
  return qonys_districts_new (all);
}

World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    world->builders[type] = qonys_table_builder_new (type, 0);
  return world;
}

void
world_add_dwellings (World *world, double lon_deg, double lat_deg, guint n, guint n_overcrowded)
{
  QonysTableBuilder *builder = world->builders[QONYS_RECORD_DWELLING];

  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strdup_printf ("d%u", world->n_dwellings++);

    qonys_table_builder_add_text (builder, QONYS_DWELLING_KEY, key, -1);
    qonys_table_builder_add_text (builder, QONYS_DWELLING_STREET_KK, "Сарыарқа \"даңғылы\"; 7", -1);
    qonys_table_builder_add_text (builder, QONYS_DWELLING_HOUSE, "=1+1", -1);
    qonys_table_builder_add_text (builder, QONYS_DWELLING_FLAT, "flat-secret", -1);
    qonys_table_builder_add_code (builder, QONYS_DWELLING_POSITION_ACCURACY,
                                  i < 5 ? i : QONYS_CODE_MISSING); /* house, street … none */
    qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_USEFUL_M2, 35.7);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_AS_OF, day_of ("2025-01-31"));
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_PERMANENT, i < n_overcrowded ? 10 : 1);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_TEMPORARY, 0);
    qonys_table_builder_add_position (builder, lon_deg, lat_deg);
    qonys_table_builder_add_dataset_id (builder, QONYS_RECORD_DWELLING + 1);
  }
}

void
world_add_suspicion (World *world, guint dwelling, guint8 status, double lon_deg, double lat_deg)
{
  QonysTableBuilder *builder = world->builders[QONYS_RECORD_SUSPICION];
  g_autofree char *key = g_strdup_printf ("d%u", dwelling);

  qonys_table_builder_add_text (builder, QONYS_SUSPICION_PLACE_REF, key, -1);
  qonys_table_builder_add_code (builder, QONYS_SUSPICION_STATUS, status);
  qonys_table_builder_add_int (builder, QONYS_SUSPICION_STATUS_DATE, day_of ("2025-01-31"));
  qonys_table_builder_add_position (builder, lon_deg, lat_deg);
  qonys_table_builder_add_dataset_id (builder, QONYS_RECORD_SUSPICION + 1);
}

void
world_add_violations (World *world, const char *kato, const char *day, gint32 n_violations)
{
  QonysTableBuilder *builder = world->builders[QONYS_RECORD_OPERATION];
  g_autofree char *key = g_strdup_printf ("op%u", world->n_operations++);

  qonys_table_builder_add_text (builder, QONYS_OPERATION_KEY, key, -1);
  qonys_table_builder_add_text (builder, QONYS_OPERATION_DISTRICT, kato, -1);
  qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_END, day_of (day));
  qonys_table_builder_add_int (builder, QONYS_OPERATION_VIOL_517, n_violations);
  qonys_table_builder_add_position (builder, NAN, NAN);
  qonys_table_builder_add_dataset_id (builder, QONYS_RECORD_OPERATION + 1);
}

void
world_add_operations (World *world, const char *kato, const char *day, guint n)
{
  for (guint i = 0; i < n; i++)
    world_add_violations (world, kato, day, QONYS_INT_MISSING);
}

void
world_add_flow (World *world, const char *origin, const char *destination, const char *month,
                guint8 direction, gint32 arrivals, gint32 departures)
{
  QonysTableBuilder *builder = world->builders[QONYS_RECORD_FLOW];

  qonys_table_builder_add_text (builder, QONYS_FLOW_ORIGIN, origin, -1);
  qonys_table_builder_add_text (builder, QONYS_FLOW_DESTINATION, destination, -1);
  qonys_table_builder_add_int (builder, QONYS_FLOW_MONTH, day_of (month));
  qonys_table_builder_add_code (builder, QONYS_FLOW_DIRECTION_DETAIL, direction);
  qonys_table_builder_add_int (builder, QONYS_FLOW_ARRIVALS, arrivals);
  qonys_table_builder_add_int (builder, QONYS_FLOW_DEPARTURES, departures);
  qonys_table_builder_add_dataset_id (builder, QONYS_RECORD_FLOW + 1);
}

QonysProject *
world_finish (World *world)
{
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysTable *tables[QONYS_N_RECORD_TYPES];
  QonysNorm norm = qonys_norm_get_default ();
  QonysProject *project;

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    tables[type] = qonys_table_builder_finish (world->builders[type]);
    if (qonys_table_get_n_rows (tables[type]) > 0) {
      QonysDataset *dataset = qonys_dataset_new ();

      dataset->id = (gint32)type + 1;
      dataset->type = type;
      dataset->title = g_strdup (qonys_schema_get (type)->name);
      dataset->n_stored = (gint64)qonys_table_get_n_rows (tables[type]);
      dataset->is_synthetic = world->is_synthetic;
      g_ptr_array_add (datasets, dataset);
    }
  }
  project = qonys_project_new (
      world->path, tables, datasets, make_districts (),
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_base_feature_free), &norm);
  g_free (world);
  return project;
}

QonysRelease *
release_for (QonysProject *project, QonysAudience audience, const char *statistic)
{
  g_autoptr (GError) error = NULL;
  QonysRelease *release = qonys_release_new (
      project, audience, audience == QONYS_AUDIENCE_PUBLIC ? NULL : "test of the writers", 0,
      statistic != NULL ? qonys_statistic_find (statistic) : NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (release);
  return release;
}

char *
export_text (QonysRelease *release, const char *layer, const char *format)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.%s", support_temp_dir (), layer, format);
  g_autoptr (GError) error = NULL;
  char *text;
  gboolean is_ok = g_str_equal (format, "csv")
                       ? qonys_release_write_csv (release, layer, path, NULL, &error)
                       : qonys_release_write_geojson (release, layer, path, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (is_ok);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Splits one record of RFC 4180 and moves on to the next. */
static GPtrArray *
split_record (const char **text)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  const char *p = *text;

  for (gboolean is_more = TRUE; is_more;) {
    GString *field = g_string_new (NULL);

    if (*p == '"') {
      for (p++; *p != '"' || p[1] == '"'; p++) {
        g_assert_cmpint (*p, !=, '\0');
        if (*p == '"')
          p++;
        g_string_append_c (field, *p);
      }
      p++;
    } else {
      for (; *p != ';' && *p != '\r'; p++) {
        g_assert_true (*p != '\0' && *p != '"' && *p != '\n');
        g_string_append_c (field, *p);
      }
    }
    g_ptr_array_add (fields, g_string_free (field, FALSE));
    is_more = *p == ';';
    if (is_more)
      p++;
  }
  g_assert_true (g_str_has_prefix (p, "\r\n"));
  *text = p + 2;
  return fields;
}

GPtrArray *
csv_rows (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  g_autoptr (GPtrArray) names = NULL;

  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf"));
  text += 3;
  names = split_record (&text);
  while (*text != '\0') {
    g_autoptr (GPtrArray) fields = split_record (&text);
    GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

    g_assert_cmpuint (fields->len, ==, names->len);
    for (guint i = 0; i < fields->len; i++)
      g_hash_table_insert (row, g_strdup (g_ptr_array_index (names, i)),
                           g_strdup (g_ptr_array_index (fields, i)));
    g_ptr_array_add (rows, row);
  }
  return rows;
}

const char *
csv_get (GHashTable *row, const char *column)
{
  const char *value = g_hash_table_lookup (row, column);

  g_assert_nonnull (value);
  return value;
}

int
release_test_run (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qonys-release-XXXXXX", NULL);
  g_autofree char *log = NULL, *head = NULL, *parent = NULL;
  int result;

  g_assert_nonnull (folder);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  log = qonys_release_log_get_path ();
  head = g_strconcat (log, ".head", NULL);
  parent = g_path_get_dirname (log);
  g_assert_true (g_str_has_prefix (log, folder));
  result = g_test_run ();
  g_remove (log);
  g_remove (head);
  g_remove (parent);
  g_remove (folder);
  return result;
}
