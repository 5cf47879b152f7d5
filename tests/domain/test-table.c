/* Frozen columns against what was added, with random missing values. */

#include "domain/table.h"

#include <math.h>

static void
test_random_columns (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_DWELLING, 0);
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QonysTable) table = NULL;
  const int n = 3000;
  gint32 rooms[3000];
  double areas[3000];
  guint8 lets[3000];

  for (int i = 0; i < n; i++) {
    char *street =
        g_rand_boolean (rand) ? g_strdup_printf ("көше %d", g_rand_int_range (rand, 0, 40)) : NULL;
    char *key = g_strdup_printf ("D%d", i * 7);

    rooms[i] = g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 9) : QONYS_INT_MISSING;
    areas[i] = g_rand_boolean (rand) ? g_rand_double (rand) * 100 : NAN;
    lets[i] = g_rand_boolean (rand) ? 2 : QONYS_CODE_MISSING;
    g_ptr_array_add (streets, street);
    g_ptr_array_add (keys, key);
    qonys_table_builder_add_text (builder, QONYS_DWELLING_STREET_KK, street, -1);
    qonys_table_builder_add_text (builder, QONYS_DWELLING_KEY, key, -1);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_ROOMS, rooms[i]);
    qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_USEFUL_M2, areas[i]);
    qonys_table_builder_add_code (builder, QONYS_DWELLING_LET, lets[i]);
    qonys_table_builder_add_missing (builder, QONYS_DWELLING_REG_MINORS);
    qonys_table_builder_add_position (builder, i, -i);
  }
  table = qonys_table_builder_finish (builder);

  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, n);
  g_assert_cmpuint (qonys_table_get_n_text_values (table, QONYS_DWELLING_STREET_KK), <=, 40);
  for (int i = 0; i < n; i++) {
    double area = qonys_table_get_decimal (table, i, QONYS_DWELLING_AREA_USEFUL_M2);

    g_assert_cmpstr (qonys_table_get_text (table, i, QONYS_DWELLING_STREET_KK), ==,
                     g_ptr_array_index (streets, i));
    g_assert_cmpstr (qonys_table_get_text (table, i, QONYS_DWELLING_KEY), ==,
                     g_ptr_array_index (keys, i));
    g_assert_cmpint (qonys_table_get_int (table, i, QONYS_DWELLING_ROOMS), ==, rooms[i]);
    g_assert_true (isnan (areas[i]) ? isnan (area) : area == areas[i]);
    g_assert_cmpuint (qonys_table_get_code (table, i, QONYS_DWELLING_LET), ==, lets[i]);
    g_assert_cmpfloat (qonys_table_get_lon_deg (table)[i], ==, i);
    g_assert_cmpint (qonys_table_find_key (table, g_ptr_array_index (keys, i)), ==, i);
  }
  g_assert_cmpint (qonys_table_find_key (table, "nobody"), ==, -1);
  /* A column that is all missing takes no memory, and reads as missing. */
  g_assert_null (qonys_table_get_ints (table, QONYS_DWELLING_REG_MINORS));
  g_assert_cmpint (qonys_table_get_int (table, 5, QONYS_DWELLING_REG_MINORS), ==,
                   QONYS_INT_MISSING);
  g_assert_null (qonys_table_get_text (table, 0, QONYS_DWELLING_FLAT));
}

static void
test_missing_is_not_zero (void)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_OPERATION, 2);
  g_autoptr (QonysTable) table = NULL;
  g_autofree char *zero = NULL, *missing = NULL;

  qonys_table_builder_add_big (builder, QONYS_OPERATION_FINES_COLLECTED_KZT, 0);
  qonys_table_builder_add_missing (builder, QONYS_OPERATION_FINES_COLLECTED_KZT);
  table = qonys_table_builder_finish (builder);
  zero = qonys_table_format_value (table, 0, QONYS_OPERATION_FINES_COLLECTED_KZT);
  missing = qonys_table_format_value (table, 1, QONYS_OPERATION_FINES_COLLECTED_KZT);
  g_assert_cmpstr (zero, ==, "0");
  g_assert_cmpstr (missing, ==, "–");
}

static void
test_empty_text_is_unknown (void)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_SUSPICION, 2);
  g_autoptr (QonysTable) table = NULL;

  qonys_table_builder_add_text (builder, QONYS_SUSPICION_EXPLANATION, "", -1);
  qonys_table_builder_add_text (builder, QONYS_SUSPICION_EXPLANATION, "hotel and more", 5);
  table = qonys_table_builder_finish (builder);
  g_assert_null (qonys_table_get_text (table, 0, QONYS_SUSPICION_EXPLANATION));
  g_assert_cmpstr (qonys_table_get_text (table, 1, QONYS_SUSPICION_EXPLANATION), ==, "hotel");
}

static void
test_schema (void)
{
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    const QonysSchema *schema = qonys_schema_get (type);
    QonysRecordType parsed;

    g_assert_true (qonys_record_type_parse (schema->name, &parsed));
    g_assert_cmpint (parsed, ==, type);
    for (guint i = 0; i < schema->n_fields; i++) {
      const QonysField *field = &schema->fields[i];

      g_assert_cmpint (qonys_schema_find_field (schema, field->name), ==, i);
      g_assert_true ((field->type == QONYS_FIELD_ENUM) == (field->values != NULL));
      for (guint v = 0; field->values != NULL && field->values[v] != NULL; v++)
        g_assert_cmpint (qonys_field_find_value (field, field->values[v]), ==, v);
      /* The schema is closed to persons: none of these words is a field. */
      g_assert_null (strstr (field->name, "iin"));
      g_assert_null (strstr (field->name, "national"));
      g_assert_null (strstr (field->name, "citizenship"));
      g_assert_null (strstr (field->name, "ethnic"));
      g_assert_null (strstr (field->name, "score"));
    }
  }
}

/* Row @row of a table in which columns begin late, end early or are never there. */
static void
add_row (QonysTableBuilder *builder, const QonysSchema *schema, guint row)
{
  for (guint i = 0; i < schema->n_fields; i++) {
    guint n = row * 31 + i * 7;
    gboolean is_missing =
        n % 3 == 0 || i % 8 == 5 || (i % 8 == 6 && row < 400) || (i % 8 == 7 && row > 300);
    g_autofree char *text = g_strdup_printf ("мәтін %u", schema->fields[i].name[0] + n % 50);

    if (is_missing) {
      qonys_table_builder_add_missing (builder, i);
      continue;
    }
    switch (schema->fields[i].type) {
    case QONYS_FIELD_INT:
    case QONYS_FIELD_DATE:
      qonys_table_builder_add_int (builder, i, (gint32)n);
      break;
    case QONYS_FIELD_BIG:
      qonys_table_builder_add_big (builder, i, n);
      break;
    case QONYS_FIELD_DECIMAL:
      qonys_table_builder_add_decimal (builder, i, n / 7.0);
      break;
    case QONYS_FIELD_ENUM:
    case QONYS_FIELD_BOOL:
      qonys_table_builder_add_code (builder, i, n % 2);
      break;
    case QONYS_FIELD_TEXT:
    case QONYS_FIELD_KEY:
      qonys_table_builder_add_text (builder, i, text, -1);
      break;
    }
  }
  qonys_table_builder_add_position (builder, row % 5 == 0 ? NAN : row, row % 5 == 0 ? NAN : -1.0);
  qonys_table_builder_add_dataset_id (builder, (gint32)row);
}

static void
assert_same_row (const QonysTable *a, gsize row_a, const QonysTable *b, gsize row_b)
{
  const QonysSchema *schema = qonys_table_get_schema (a);

  for (guint i = 0; i < schema->n_fields; i++) {
    g_autofree char *text_a = qonys_table_format_value (a, row_a, i);
    g_autofree char *text_b = qonys_table_format_value (b, row_b, i);

    g_assert_cmpstr (text_a, ==, text_b);
  }
  g_assert_cmpint (qonys_table_get_dataset_ids (a)[row_a], ==,
                   qonys_table_get_dataset_ids (b)[row_b]);
  if (schema->has_position) {
    double lon_a = qonys_table_get_lon_deg (a)[row_a], lon_b = qonys_table_get_lon_deg (b)[row_b];

    g_assert_true (lon_a == lon_b || (isnan (lon_a) && isnan (lon_b)));
  }
}

/* The same rows added one by one, joined from parts, and through windows with room to spare. */
static void
check_parts (QonysRecordType type, const guint *ends, guint n_parts, guint spare)
{
  const QonysSchema *schema = qonys_schema_get (type);
  guint n = ends[n_parts - 1];
  QonysTableBuilder *one = qonys_table_builder_new (type, 0);
  QonysTableBuilder *joined = qonys_table_builder_new (type, 0);
  QonysTableBuilder *kept = qonys_table_builder_new (type, 0);
  QonysTableBuilder *whole = qonys_table_builder_new (type, n + spare * n_parts);
  QonysTableBuilder *windows[8];
  g_autofree guint8 *keep = g_new0 (guint8, n + 1);
  g_autoptr (QonysTable) a = NULL, b = NULL, c = NULL, d = NULL;
  gsize n_kept = 0;

  for (guint row = 0; row < n; row++)
    add_row (one, schema, row);
  for (guint part = 0, begin = 0; part < n_parts; begin = ends[part++]) {
    QonysTableBuilder *more = qonys_table_builder_new (type, 0);

    windows[part] =
        qonys_table_builder_new_window (whole, begin + part * spare, ends[part] - begin + spare);
    for (guint row = begin; row < ends[part]; row++) {
      add_row (more, schema, row);
      add_row (windows[part], schema, row);
      keep[row - begin] = row % 3 != 1;
    }
    qonys_table_builder_join (joined, more, NULL);
    qonys_table_builder_join (kept, more, keep);
    qonys_table_builder_free (more);
  }
  qonys_table_builder_close_windows (whole, windows, n_parts);
  a = qonys_table_builder_finish (one);
  b = qonys_table_builder_finish (joined);
  c = qonys_table_builder_finish (whole);
  d = qonys_table_builder_finish (kept);

  g_assert_cmpuint (qonys_table_get_n_rows (b), ==, n);
  g_assert_cmpuint (qonys_table_get_n_rows (c), ==, n);
  for (guint row = 0; row < n; row++) {
    assert_same_row (a, row, b, row);
    assert_same_row (a, row, c, row);
    if (row % 3 != 1)
      assert_same_row (a, row, d, n_kept++);
  }
  g_assert_cmpuint (qonys_table_get_n_rows (d), ==, n_kept);
  g_assert_cmpuint (qonys_table_get_memory (a), ==, qonys_table_get_memory (c));
  for (guint i = 0; i < schema->n_fields; i++)
    g_assert_cmpuint (qonys_table_get_n_text_values (a, i), ==,
                      qonys_table_get_n_text_values (c, i));
}

static void
test_parts (void)
{
  static const guint EVEN[] = {150, 300, 450, 600}, UNEVEN[] = {0, 1, 1, 350, 350, 601, 601};

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    check_parts (type, EVEN, G_N_ELEMENTS (EVEN), 0);
    check_parts (type, UNEVEN, G_N_ELEMENTS (UNEVEN), 100);
    check_parts (type, UNEVEN, 1, 5);
  }
}

static void
test_no_utf8 (void)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_DWELLING, 0);
  g_autoptr (QonysTable) table = NULL;

  for (guint i = 0; i < 2; i++) {
    qonys_table_builder_add_text (builder, QONYS_DWELLING_HOUSE, "7\xff", -1);
    qonys_table_builder_add_text (builder, QONYS_DWELLING_KEY, "D\0E", 3);
  }
  table = qonys_table_builder_finish (builder);
  g_assert_cmpuint (qonys_table_get_n_text_values (table, QONYS_DWELLING_HOUSE), ==, 1);
  g_assert_cmpstr (qonys_table_get_text (table, 1, QONYS_DWELLING_HOUSE), ==, "7\ufffd");
  g_assert_cmpstr (qonys_table_get_text (table, 1, QONYS_DWELLING_KEY), ==, "D\ufffdE");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/table/random-columns", test_random_columns);
  g_test_add_func ("/domain/table/missing-is-not-zero", test_missing_is_not_zero);
  g_test_add_func ("/domain/table/empty-text-is-unknown", test_empty_text_is_unknown);
  g_test_add_func ("/domain/table/parts", test_parts);
  g_test_add_func ("/domain/table/no-utf8", test_no_utf8);
  g_test_add_func ("/domain/schema/closed", test_schema);
  return g_test_run ();
}
