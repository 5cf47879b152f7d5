/* Files read by ways of our own must come out as through GDAL: tables, accounts, findings. Types
 * beside a CSV file send it through GDAL. */

#include "store-support.h"

#include "privacy/identifier.h"
#include "store/csv.h"
#include "store/geojson.h"

#include <math.h>
#include <string.h>

/* ---- comparing ---- */

static void
assert_same_value (QonysTable *a, QonysTable *b, gsize row, guint field)
{
  double x, y;

  switch (qonys_table_get_schema (a)->fields[field].type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_DATE:
    g_assert_cmpint (qonys_table_get_int (a, row, field), ==, qonys_table_get_int (b, row, field));
    break;
  case QONYS_FIELD_BIG:
    g_assert_cmpint (qonys_table_get_big (a, row, field), ==, qonys_table_get_big (b, row, field));
    break;
  case QONYS_FIELD_DECIMAL:
    x = qonys_table_get_decimal (a, row, field);
    y = qonys_table_get_decimal (b, row, field);
    g_assert_true (memcmp (&x, &y, sizeof x) == 0 || (isnan (x) && isnan (y)));
    break;
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    g_assert_cmpint (qonys_table_get_code (a, row, field), ==,
                     qonys_table_get_code (b, row, field));
    break;
  default:
    g_assert_cmpstr (qonys_table_get_text (a, row, field), ==,
                     qonys_table_get_text (b, row, field));
  }
}

static void
assert_same_table (QonysTable *a, QonysTable *b)
{
  const QonysSchema *schema = qonys_table_get_schema (a);
  gsize n = qonys_table_get_n_rows (a);

  g_assert_cmpuint (n, ==, qonys_table_get_n_rows (b));
  for (guint i = 0; i < schema->n_fields; i++) {
    for (gsize row = 0; row < n; row++)
      assert_same_value (a, b, row, i);
    if (schema->fields[i].type == QONYS_FIELD_TEXT) {
      g_assert_cmpuint (qonys_table_get_n_text_values (a, i), ==,
                        qonys_table_get_n_text_values (b, i));
      for (guint j = 0; j < qonys_table_get_n_text_values (a, i); j++)
        g_assert_cmpstr (qonys_table_get_text_value (a, i, j), ==,
                         qonys_table_get_text_value (b, i, j));
    }
  }
  for (gsize row = 0; schema->has_position && row < n; row++) {
    double x = qonys_table_get_lon_deg (a)[row], y = qonys_table_get_lon_deg (b)[row];

    g_assert_true (x == y || (isnan (x) && isnan (y)));
    x = qonys_table_get_lat_deg (a)[row], y = qonys_table_get_lat_deg (b)[row];
    g_assert_true (x == y || (isnan (x) && isnan (y)));
  }
  g_assert_cmpmem (qonys_table_get_dataset_ids (a), n * sizeof (gint32),
                   qonys_table_get_dataset_ids (b), n * sizeof (gint32));
  g_assert_cmpuint (qonys_table_get_memory (a), ==, qonys_table_get_memory (b));
}

static void
assert_same_report (const QonysImportReport *a, const QonysImportReport *b)
{
  GHashTableIter iter;
  gpointer reason, count;

  g_assert_cmpint (a->n_read, ==, b->n_read);
  g_assert_cmpint (a->n_stored, ==, b->n_stored);
  g_assert_cmpint (a->n_rejected, ==, b->n_rejected);
  g_assert_cmpuint (g_hash_table_size (a->n_by_reason), ==, g_hash_table_size (b->n_by_reason));
  g_hash_table_iter_init (&iter, a->n_by_reason);
  while (g_hash_table_iter_next (&iter, &reason, &count))
    g_assert_true (g_hash_table_lookup (b->n_by_reason, reason) == count);
  g_assert_cmpuint (a->rejections->len, ==, b->rejections->len);
  for (guint i = 0; i < a->rejections->len; i++) {
    const QonysRejection *x = a->rejections->pdata[i], *y = b->rejections->pdata[i];

    g_assert_cmpint (x->row, ==, y->row);
    g_assert_cmpstr (x->column, ==, y->column);
    g_assert_cmpstr (x->reason, ==, y->reason);
  }
  g_assert_cmpuint (a->diagnostics->len, ==, b->diagnostics->len);
  for (guint i = 0; i < a->diagnostics->len; i++)
    g_assert_cmpstr (((QonysDiagnostic *)a->diagnostics->pdata[i])->text, ==,
                     ((QonysDiagnostic *)b->diagnostics->pdata[i])->text);
  g_assert_cmpint (a->findings != NULL, ==, b->findings != NULL);
  if (a->findings == NULL)
    return;
  g_assert_cmpuint (a->findings->len, ==, b->findings->len);
  for (guint i = 0; i < a->findings->len; i++) {
    const QonysFinding *x = a->findings->pdata[i], *y = b->findings->pdata[i];

    g_assert_cmpint (x->verdict, ==, y->verdict);
    g_assert_cmpint (x->kind, ==, y->kind);
    g_assert_cmpstr (x->column, ==, y->column);
    g_assert_cmpint (x->first_row, ==, y->first_row);
    g_assert_cmpint (x->n_rows, ==, y->n_rows);
    g_assert_cmpstr (x->masked_sample, ==, y->masked_sample);
  }
}

/* Imports both into empty projects. */
static void
compare_ways (const char *path, const char *other, QonysRecordType type)
{
  g_autoptr (GError) error = NULL, other_error = NULL;
  g_autoptr (QonysProject) empty = qonys_store_new_project (&error);
  g_autoptr (QonysImportReport) report = NULL, other_report = NULL;
  g_autoptr (QonysProject) a = NULL, b = NULL;

  a = import_file (empty, path, type, FALSE, NULL, &report, &error);
  b = import_file (empty, other, type, FALSE, NULL, &other_report, &other_error);
  g_assert_cmpstr (error != NULL ? error->message : NULL, ==,
                   other_error != NULL ? other_error->message : NULL);
  assert_same_report (report, other_report);
  if (a == NULL)
    return;
  assert_same_table (qonys_project_get_table (a, type), qonys_project_get_table (b, type));
}

static void
compare_csv (const char *text, QonysRecordType type)
{
  g_autofree char *path = put_text ("rows.csv", text);
  g_autofree char *other = put_text ("rows.csv", text); /* in another folder */
  g_autofree char *types_path = g_strconcat (other, "t", NULL);
  g_autoptr (GString) types = g_string_new ("String");

  for (gsize i = 1; i < strcspn (text, "\n"); i++)
    if (strchr (",;\t", text[i]) != NULL)
      g_string_append (types, ",String");
  g_assert_true (g_file_set_contents (types_path, types->str, -1, NULL));
  compare_ways (path, other, type);
}

/* ---- files ---- */

static const char *
pick (GRand *rand, const char *const *texts, guint n)
{
  return texts[g_rand_int_range (rand, 0, n)];
}

#define PICK(...)                                                                                  \
  pick (rand, (const char *const[]){__VA_ARGS__},                                                  \
        G_N_ELEMENTS (((const char *const[]){__VA_ARGS__})))

/* A value as people write it, good ones mostly. */
static char *
make_value (GRand *rand, const char *name, guint row, gboolean is_messy)
{
  if (g_str_equal (name, "dwelling_key"))
    return g_rand_int_range (rand, 0, 50) == 0 ? g_strdup_printf ("d%u", row / 2)
                                               : g_strdup_printf ("d%u", row);
  if (is_messy && g_rand_int_range (rand, 0, 12) == 0)
    return g_strdup (PICK ("", "–", " ", "x", "1 234,5", "1,234.5", "-3", "1e3", "99999999999",
                           "31.02.2024", "“a”", "a \"b\" c", "12.5.", "+7", "\"", "1;2", "a,b"));
  if (g_str_equal (name, "lon"))
    return g_strdup_printf ("%.7f", g_rand_double_range (rand, 71.3, 71.6));
  if (g_str_equal (name, "lat"))
    return g_strdup_printf ("%.6f", g_rand_double_range (rand, 51.0, 51.3));
  if (g_str_equal (name, "district"))
    return g_strdup (
        PICK ("Есиль", "711210000", "Almaty", "Нура", "Астана", "Сарыаркинский район"));
  if (g_str_has_prefix (name, "area"))
    return g_strdup_printf ("%d,%d", g_rand_int_range (rand, 20, 90),
                            g_rand_int_range (rand, 0, 9));
  if (g_str_equal (name, "as_of"))
    return g_strdup_printf ("2024-0%d-1%d", g_rand_int_range (rand, 1, 9),
                            g_rand_int_range (rand, 0, 9));
  if (g_str_equal (name, "living_found_date"))
    return g_strdup (PICK ("25.01.2024", "2024-01-25 10:00", "2024/1/5", ""));
  if (g_str_equal (name, "dwelling_type"))
    return g_strdup (PICK ("flat", "Dormitory", "house", "unknown"));
  if (g_str_equal (name, "legal_basis_checked"))
    return g_strdup (PICK ("да", "нет", "TRUE", "0", ""));
  if (g_str_has_prefix (name, "street"))
    return g_strdup (PICK ("Қабанбай батыр", "Сығанақ", "проспект Республики", "ул. \"Сарайшық\""));
  if (g_str_equal (name, "name"))
    return g_strdup (PICK ("Дом быта", "Школа Абая Кунанбаева", "Иванов Пётр", "Магазин"));
  if (g_str_equal (name, "note"))
    return g_rand_int_range (rand, 0, 3000) == 0 ? g_strdup ("061140012345") : g_strdup ("–");
  return g_strdup_printf ("%d", g_rand_int_range (rand, 0, 6));
}

static void
append_cell (GString *text, GRand *rand, char delimiter, const char *value, gboolean is_strict)
{
  if (strchr (value, delimiter) != NULL || strchr (value, '"') != NULL || strchr (value, '\n') ||
      g_rand_int_range (rand, 0, 20) == 0) {
    g_auto (GStrv) parts = g_strsplit (value, "\"", -1);
    g_autofree char *doubled = g_strjoinv (is_strict ? "\"\"" : "\"", parts);

    g_string_append_printf (text, "\"%s\"", doubled);
  } else {
    g_string_append (text, value);
  }
}

static char *
make_csv (GRand *rand, guint n_rows, gboolean is_messy, gboolean is_strict)
{
  static const char *const NAMES[] = {"dwelling_key",
                                      "lon",
                                      "lat",
                                      "district",
                                      "area_useful_m2",
                                      "area_total_m2",
                                      "as_of",
                                      "dwelling_type",
                                      "living_found_date",
                                      "legal_basis_checked",
                                      "street_ru",
                                      "rooms",
                                      "reg_permanent",
                                      "reg_temporary",
                                      "reg_citizens",
                                      "name",
                                      "note",
                                      "house",
                                      "flat",
                                      "reg_minors"};
  char delimiter = *PICK (",", ";", "\t");
  const char *line_end = PICK ("\n", "\r\n");
  GString *text = g_string_new (g_rand_boolean (rand) ? "\xEF\xBB\xBF" : NULL);
  gboolean is_used[G_N_ELEMENTS (NAMES)];

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    is_used[i] = i < 3 || g_rand_int_range (rand, 0, 3) > 0;
    if (is_used[i])
      g_string_append_printf (text, "%.*s%s", i > 0, &delimiter, NAMES[i]);
  }
  g_string_append (text, line_end);
  for (guint row = 0; row < n_rows; row++) {
    guint n_given = g_rand_int_range (rand, 0, 40) == 0 ? g_rand_int_range (rand, 1, 20) : 20;

    for (guint i = 0; i < n_given; i++) {
      g_autofree char *value = NULL;

      if (!is_used[i])
        continue;
      value = make_value (rand, NAMES[i], row, is_messy);
      if (i > 0)
        g_string_append_c (text, delimiter);
      append_cell (text, rand, delimiter, value, is_strict || g_rand_int_range (rand, 0, 9) > 0);
    }
    if (g_rand_int_range (rand, 0, 60) == 0)
      g_string_append_printf (text, "%cmore%c", delimiter, delimiter);
    if (g_rand_int_range (rand, 0, 60) == 0)
      g_string_append (text, line_end);
    if (row + 1 < n_rows || g_rand_boolean (rand))
      g_string_append (text, line_end);
  }
  return g_string_free (text, FALSE);
}

static void
test_csv (void)
{
  GRand *rand = g_rand_new_with_seed (41);

  for (guint i = 0; i < 60; i++) {
    g_autofree char *text = make_csv (rand, g_rand_int_range (rand, 1, 300), i % 3 > 0, i % 6 > 0);

    compare_csv (text, QONYS_RECORD_DWELLING);
  }
  g_rand_free (rand);
}

/* Several pieces. */
static void
test_long_csv (void)
{
  GRand *rand = g_rand_new_with_seed (43);

  for (guint i = 0; i < 3; i++) {
    g_autofree char *text = make_csv (rand, 30000, TRUE, TRUE);

    g_assert_cmpuint (strlen (text), >, 2 << 20);
    compare_csv (text, QONYS_RECORD_DWELLING);
  }
  g_rand_free (rand);
}

static void
test_odd_csv (void)
{
  static const char *const TEXTS[] = {
      "dwelling_key,lon,lat\n",
      "dwelling_key,lon,lat\n\n\n",
      "dwelling_key,lon,lat\nd1,71.4,51.1",
      "dwelling_key,lon,lat\nd1,71.4,51.1\r",
      "dwelling_key,lon,lat\n\"d1\"x,71.4,51.1\nd2,71.4,51.1\n",
      "dwelling_key,lon,lat\n\"d\n1\",71.4,51.1\nd2,71.4,51.1\n",
      "dwelling_key,lon,lat\nd\"1\",71.4,51.1\nd2,71.4,51.1\n",
      "dwelling_key,lon,lat\nd1,71.4,51.1\rd2,71.4,51.1\nd3,71.4,51.1\n",
      "dwelling_key,lon,lat\nd1,71.4,51.1\n\"d2,71.4,51.1\n",
      "dwelling_key,house,house\nd1,1,2\n",
      "dwelling_key;house;\nd1;1;2\n",
      "dwelling_key, lon, lat\nd1,71.4,51.1\n",
      "dwelling_key,x,y\nd1,7940000,6650000\nd2,7950000,6640000\n",
      "dwelling_key,lon,lat\nd1,1,2\nd2,5,6\n",
      "dwelling_key,house,WKT\nd1,2,POINT (71.4 51.1)\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    compare_csv (TEXTS[i], QONYS_RECORD_DWELLING);
  compare_csv ("place_ref,as_of,reg_permanent\nЕсиль,2024-01-25,5\nЕсиль,25.01.2024,5\nx,,\n",
               QONYS_RECORD_REGISTRATION_COUNT);
  compare_csv ("place_ref,status,status_date\nd1,suspected,2024-01-25\n", QONYS_RECORD_SUSPICION);
}

/* A record longer than a piece, and persons beyond the names that are judged. */
static void
test_refused_csv (void)
{
  g_autoptr (GString) text = g_string_new ("dwelling_key,name,note\n");
  g_autoptr (GString) longest = g_string_new ("dwelling_key,house\nd1,");

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "d%u,%s,%s\n", i, i % 5 == 0 ? "Школа" : "Иванов Пётр",
                            i > 40000 && i % 9000 == 5 ? "+7 701 123 45 67" : "");
  compare_csv (text->str, QONYS_RECORD_DWELLING);
  for (guint i = 0; i < 3 << 20; i++)
    g_string_append_c (longest, 'x');
  g_string_append (longest, "\nd2,5\n");
  compare_csv (longest->str, QONYS_RECORD_DWELLING);
}

/* ---- GeoJSON ---- */

/* A member behind the features sends a file through GDAL. */
static void
compare_geojson (const char *features)
{
  static const char HEAD[] = "{\"type\": \"FeatureCollection\",\n\"features\": [\n";
  g_autofree char *text = g_strconcat (HEAD, features, "\n]\n}\n", NULL);
  g_autofree char *more = g_strconcat (HEAD, features, "\n],\n\"more\": 1}\n", NULL);
  g_autofree char *path = put_text ("rows.geojson", text);
  g_autofree char *other = put_text ("rows.geojson", more);

  compare_ways (path, other, QONYS_RECORD_DWELLING);
}

static void
append_property (GString *text, GRand *rand, const char *name, guint row, gboolean is_messy)
{
  g_autofree char *value = make_value (rand, name, row, is_messy);
  g_autofree char *escaped = g_strescape (value, "абвгдежзийклмнопрстуфхцчшщъыьэюя");
  gboolean is_text = strstr (name, "key") != NULL || strstr (name, "street") != NULL ||
                     strstr (name, "type") != NULL || strstr (name, "note") != NULL ||
                     strstr (name, "name") != NULL || strstr (name, "as_of") != NULL ||
                     strstr (name, "district") != NULL || strstr (name, "area") != NULL;

  if (g_rand_int_range (rand, 0, 30) == 0)
    return;
  g_string_append_printf (text, "%s\"%s\": ", text->str[text->len - 1] == '{' ? "" : ", ", name);
  if (g_rand_int_range (rand, 0, 30) == 0)
    g_string_append (text, "null");
  else if (g_str_equal (name, "legal_basis_checked"))
    g_string_append (text, PICK ("true", "false"));
  else if (g_str_equal (name, "area_living_m2"))
    g_string_append (text, PICK ("12", "20.5", "1.25e1", "-3", "0.0", "33.333333333333333333"));
  else if (!is_text)
    g_string_append_printf (text, "%d", g_rand_int_range (rand, -1, 20));
  else if (strchr (value, '"') != NULL || !g_utf8_validate (escaped, -1, NULL))
    g_string_append (
        text, PICK ("\"\\u0415\\u0441\"", "\"a \\\"b\\\" \\/ \\\\ c\"", "\"\\ud83c\\udfe0 \\n\""));
  else
    g_string_append_printf (text, "\"%s\"", value);
}

static char *
make_features (GRand *rand, guint n_rows, gboolean is_messy)
{
  static const char *const NAMES[] = {"dwelling_key", "district",      "area_useful_m2",
                                      "as_of",        "street_ru",     "rooms",
                                      "note",         "name",          "legal_basis_checked",
                                      "living_found", "dwelling_type", "area_living_m2"};
  const char *separator = PICK (",\n", ",", " ,\r\n  ");
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < n_rows; row++) {
    g_string_append (text, row > 0 ? separator : "");
    g_string_append (text, "{ \"type\": \"Feature\", \"properties\": {");
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
      append_property (text, rand, NAMES[i], row, is_messy);
    g_string_append (text, "}, \"geometry\": ");
    if (g_rand_int_range (rand, 0, 20) == 0)
      g_string_append (text, "null }");
    else
      g_string_append_printf (text, "{\"type\":\"Point\",\"coordinates\":[%.7f,%.6f%s]} }",
                              g_rand_double_range (rand, 71.3, 71.6),
                              g_rand_double_range (rand, 51, 51.7), PICK ("", ",350.5"));
  }
  return g_string_free (text, FALSE);
}

static void
test_geojson (void)
{
  GRand *rand = g_rand_new_with_seed (47);

  for (guint i = 0; i < 40; i++) {
    guint n_rows = i % 20 == 19 ? 9000 : g_rand_int_range (rand, 1, 200);
    g_autofree char *text = make_features (rand, n_rows, i % 2 == 0);

    compare_geojson (text);
  }
  g_rand_free (rand);
}

/* Files of which GDAL is given the beginning: what is unlike it comes after. */
static void
test_long_geojson (void)
{
  enum { N_ROWS = 20000, LATE = 18000 };
  static const char *const KINDS[] = {"none",     "real",     "property", "date",
                                      "geometry", "required", "cut off"};
  g_autofree char *filler = g_strnfill (400, 'x');

  for (guint kind = 0; kind < G_N_ELEMENTS (KINDS); kind++) {
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint row = 0; row < N_ROWS; row++) {
      gboolean is_late = row >= LATE;

      g_string_append_printf (text, "%s{\"type\":\"Feature\",\"properties\":{",
                              row > 0 ? ",\n" : "");
      if (kind != 5 || is_late)
        g_string_append_printf (text, "\"dwelling_key\":\"d%u\",", row);
      g_string_append_printf (text, "\"rooms\":%s,", kind == 1 && is_late ? "1.5" : "2");
      if (kind == 2 && is_late)
        g_string_append (text, "\"area_useful_m2\":40.5,");
      g_string_append_printf (text, "\"as_of\":%s,\"note\":\"%s\"},\"geometry\":",
                              kind == 3 && !is_late ? "null" : "\"2024-01-25\"", filler);
      if (kind == 4 && is_late)
        g_string_append (text, "{\"type\":\"MultiPoint\",\"coordinates\":[[71.4,51.1]]}}");
      else
        g_string_append_printf (text, "{\"type\":\"Point\",\"coordinates\":[71.4%u,51.1%u]}}", row,
                                row % 7);
      if (kind == 6 && row == N_ROWS - 1)
        g_string_truncate (text, text->len - 20);
    }
    g_test_message ("%s", KINDS[kind]);
    compare_geojson (text->str);
  }
}

static void
test_odd_geojson (void)
{
#define FEATURE(properties, geometry)                                                              \
  "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[71.4,51.1]}"
  static const char *const TEXTS[] = {
      FEATURE ("{\"dwelling_key\":\"d1\"}", POINT),
      FEATURE ("{\"dwelling_key\":\"d1\",\"dwelling_key\":\"d2\"}", POINT),
      FEATURE ("{\"dwelling_key\":1,\"house\":5}",
               POINT) "," FEATURE ("{\"dwelling_key\":2,\"house\":\"5a\"}", POINT),
      FEATURE ("{\"dwelling_key\":1.5}", POINT),
      FEATURE ("{\"dwelling_key\":123456789012345678}", POINT),
      FEATURE ("{\"dwelling_key\":\"d1\",\"house\":{\"type\":\"Feature\",\"a\":[1]}}", POINT),
      FEATURE ("{\"dwelling_key\":\"d1\",\"as_of\":\"2023-02-31\"}", POINT),
      FEATURE ("{\"dwelling_key\":\"d1\",\"as_of\":\"2024-01-25T10:00:00\"}", POINT),
      FEATURE ("{\"dwelling_key\":\"d1\",\"rooms\":true}",
               POINT) "," FEATURE ("{\"dwelling_key\":\"d2\",\"rooms\":3}", "null"),
      FEATURE ("{\"dwelling_key\":\"d1\"}", "{\"type\":\"Polygon\",\"coordinates\":[[[71.4,51.1],"
                                            "[71.5,51.1],[71.5,51.2],[71.4,51.1]]]}"),
      FEATURE ("{\"dwelling_key\":\"d1\"}", "{\"type\":\"Point\",\"coordinates\":[]}"),
      FEATURE ("null", POINT),
      "{\"type\":\"Feature\",\"id\":7,\"properties\":{\"dwelling_key\":\"d\"},\"geometry\":" POINT
      "}",
      "{\"properties\":{\"dwelling_key\":\"d\"},\"geometry\":" POINT ",\"type\":\"Feature\"}",
      "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    compare_geojson (TEXTS[i]);
}

static void
test_geojson_is_ours (void)
{
  static const char *const NAMES[] = {"a", "b"};
  g_autofree char *path =
      put_text ("ours.geojson",
                "{\"type\":\"FeatureCollection\", \"features\": [ " FEATURE (
                    "{\"b\":\"\\u0415\\\"\",\"a\":-1.5}", POINT) ",\n" FEATURE ("{}", "null") "]}");
  g_autoptr (QonysGeojson) geojson = qonys_geojson_open (path, NAMES, 2);
  QonysJsonValue values[2];
  g_autofree char *text = NULL;
  const char *end;
  double x, y;
  char *at;

  g_assert_nonnull (geojson);
  g_assert_cmpuint (qonys_geojson_get_n_chunks (geojson), ==, 1);
  text = qonys_geojson_load (geojson, 0, &at, &end);
  g_assert_cmpint (qonys_geojson_next (geojson, &at, end, values, &x, &y), ==, 1);
  g_assert_cmpfloat (values[0].real, ==, -1.5);
  g_assert_cmpmem (values[1].text, values[1].length, "Е\"", 3);
  g_assert_cmpfloat (x, ==, 71.4);
  g_assert_cmpint (qonys_geojson_next (geojson, &at, end, values, &x, &y), ==, 1);
  g_assert_cmpint (values[0].kind, ==, QONYS_JSON_MISSING);
  g_assert_true (isnan (x));
  g_assert_cmpint (qonys_geojson_next (geojson, &at, end, values, &x, &y), ==, 0);
}

/* What is ours to read at all: or else nothing above is proved. */
static void
test_is_ours (void)
{
  static const char *const NAMES[] = {"a", "b c"};
  g_autofree char *path =
      put_text ("ours.csv", "\xEF\xBB\xBF\"a\";b c\r\n1;\"x \"\"y\"\"\"\r\n\r\n2;");
  g_autofree char *text = NULL;
  g_autoptr (QonysCsv) csv = qonys_csv_open (path, NAMES, 2);
  QonysCsvField fields[2];
  char *at, *end;
  guint n;

  g_assert_nonnull (csv);
  g_assert_cmpuint (qonys_csv_get_n_chunks (csv), ==, 1);
  text = qonys_csv_load (csv, 0, &at, &end);
  g_assert_cmpint (qonys_csv_next (csv, &at, end, fields, &n), ==, 1);
  g_assert_cmpmem (fields[1].text, fields[1].length, "x \"y\"", 5);
  g_assert_cmpint (qonys_csv_next (csv, &at, end, fields, &n), ==, 1);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (fields[1].length, ==, 0);
  g_assert_cmpint (qonys_csv_next (csv, &at, end, fields, &n), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/import-ways/csv", test_csv);
  g_test_add_func ("/store/import-ways/long-csv", test_long_csv);
  g_test_add_func ("/store/import-ways/odd-csv", test_odd_csv);
  g_test_add_func ("/store/import-ways/refused-csv", test_refused_csv);
  g_test_add_func ("/store/import-ways/is-ours", test_is_ours);
  g_test_add_func ("/store/import-ways/geojson", test_geojson);
  g_test_add_func ("/store/import-ways/long-geojson", test_long_geojson);
  g_test_add_func ("/store/import-ways/odd-geojson", test_odd_geojson);
  g_test_add_func ("/store/import-ways/geojson-is-ours", test_geojson_is_ours);
  return g_test_run ();
}
