/*
 * The account by number: sums of what was read, made row by row while it is read, and of what was
 * stored, made from the finished table. Some ten additions a row.
 */
#include "store/sums.h"

#include <math.h>
#include <string.h>

static QonysSums *
new_empty (const QonysSchema *schema, guint n_fields)
{
  QonysSums *sums = g_new0 (QonysSums, 1);

  sums->schema = schema;
  sums->n_fields = n_fields;
  sums->fields = g_new0 (guint8, n_fields + 1);
  sums->since = g_new0 (double, n_fields + 1);
  sums->katos = g_ptr_array_new ();
  sums->numbers = g_array_new (FALSE, TRUE, sizeof (double));
  sums->n_rows = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_ptr_array_add (sums->katos, NULL);
  g_array_set_size (sums->numbers, n_fields);
  g_array_set_size (sums->n_rows, 1);
  return sums;
}

static gboolean
is_count (const QonysField *field)
{
  return (field->type == QONYS_FIELD_INT || field->type == QONYS_FIELD_BIG) && field->min == 0;
}

QonysSums *
qonys_sums_new (const QonysSchema *schema, const int *columns)
{
  QonysSums *sums;
  guint n = 0;

  for (guint i = 0; i < schema->n_fields; i++)
    n += is_count (&schema->fields[i]) && columns[i] >= 0;
  sums = new_empty (schema, n);
  n = 0;
  for (guint i = 0; i < schema->n_fields; i++)
    if (is_count (&schema->fields[i]) && columns[i] >= 0)
      sums->fields[n++] = i;
  return sums;
}

QonysSums *
qonys_sums_new_like (const QonysSums *sums)
{
  QonysSums *copy = new_empty (sums->schema, sums->n_fields);

  memcpy (copy->fields, sums->fields, sums->n_fields);
  return copy;
}

void
qonys_sums_free (QonysSums *sums)
{
  g_free (sums->fields);
  g_free (sums->since);
  g_ptr_array_unref (sums->katos);
  g_array_unref (sums->numbers);
  g_array_unref (sums->n_rows);
  g_free (sums);
}

static guint
find_kato (QonysSums *sums, const char *kato)
{
  for (guint i = 0; i < sums->katos->len; i++)
    if (sums->katos->pdata[i] == kato)
      return i;
  for (guint i = 1; kato != NULL && i < sums->katos->len; i++)
    if (g_str_equal (sums->katos->pdata[i], kato))
      return i;
  g_ptr_array_add (sums->katos, (gpointer)kato);
  g_array_set_size (sums->numbers, sums->numbers->len + sums->n_fields);
  g_array_set_size (sums->n_rows, sums->katos->len);
  return sums->katos->len - 1;
}

static double *
get_numbers (const QonysSums *sums, guint at)
{
  return (double *)(gpointer)sums->numbers->data + (gsize)at * sums->n_fields;
}

void
qonys_sums_add_row (QonysSums *sums, QonysRow *row)
{
  guint at = find_kato (sums, qonys_row_get_kato (row));
  double *numbers = get_numbers (sums, at);

  g_array_index (sums->n_rows, gint64, at)++;
  for (guint i = 0; i < sums->n_fields; i++) {
    double number = row->cells[sums->fields[i]].number;

    if (!isnan (number))
      numbers[i] += number;
  }
}

static int
get_place_field (const QonysSchema *schema)
{
  static const int FIELDS[QONYS_N_RECORD_TYPES] = {
      [QONYS_RECORD_DWELLING] = QONYS_DWELLING_DISTRICT,
      [QONYS_RECORD_REGISTRATION_COUNT] = QONYS_REGISTRATION_PLACE_REF,
      [QONYS_RECORD_SUSPICION] = QONYS_SUSPICION_DISTRICT,
      [QONYS_RECORD_OPERATION] = QONYS_OPERATION_DISTRICT,
      [QONYS_RECORD_FLOW] = QONYS_FLOW_DESTINATION,
      [QONYS_RECORD_INDICATOR] = QONYS_INDICATOR_PLACE_REF,
  };

  return FIELDS[schema->type];
}

static double
get_number (const QonysTable *table, gsize row, guint field)
{
  if (qonys_table_get_schema (table)->fields[field].type == QONYS_FIELD_BIG) {
    gint64 big = qonys_table_get_big (table, row, field);

    return big != QONYS_BIG_MISSING ? (double)big : 0;
  } else {
    gint32 number = qonys_table_get_int (table, row, field);

    return number != QONYS_INT_MISSING ? number : 0;
  }
}

void
qonys_sums_add_table (QonysSums *sums, const QonysTable *table)
{
  guint place = get_place_field (sums->schema);
  guint n_places = qonys_table_get_n_text_values (table, place);
  g_autofree guint *at_of = g_new0 (guint, n_places + 1); /* the number + 1; 0 not found yet */

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    guint *at = &at_of[MIN (qonys_table_get_text_code (table, row, place), n_places)];
    double *numbers;

    if (*at == 0) {
      const char *kato = qonys_table_get_text (table, row, place);

      *at = find_kato (sums, kato != NULL ? g_intern_string (kato) : NULL) + 1;
    }
    numbers = get_numbers (sums, *at - 1);
    g_array_index (sums->n_rows, gint64, *at - 1)++;
    for (guint i = 0; i < sums->n_fields; i++)
      numbers[i] += get_number (table, row, sums->fields[i]);
  }
}

void
qonys_sums_merge (QonysSums *sums, const QonysSums *more)
{
  for (guint at = 0; at < more->katos->len; at++) {
    guint to = find_kato (sums, more->katos->pdata[at]);

    g_array_index (sums->n_rows, gint64, to) += g_array_index (more->n_rows, gint64, at);
    for (guint i = 0; i < sums->n_fields; i++)
      get_numbers (sums, to)[i] += get_numbers (more, at)[i];
  }
}

double *
qonys_sums_get_all (const QonysSums *sums)
{
  double *all = g_new0 (double, sums->n_fields + 1);

  for (guint at = 0; at < sums->katos->len; at++)
    for (guint i = 0; i < sums->n_fields; i++)
      all[i] += get_numbers (sums, at)[i];
  return all;
}

/* ---- side by side ---- */

/* Number 0 is that of the rows themselves. */
static void
add_line (GArray *lines, const QonysSums *sums, guint number, const char *kato, double read,
          double stored)
{
  QonysReconciliation line = {NULL, kato, read, stored, read - stored};

  if (number > 0)
    line.field = sums->schema->fields[sums->fields[number - 1]].name;
  g_array_append_val (lines, line);
}

static void
add_lines (GArray *lines, const QonysSums *read, const QonysSums *stored, guint read_at,
           int stored_at)
{
  const char *kato = read->katos->pdata[read_at];

  add_line (lines, read, 0, kato, g_array_index (read->n_rows, gint64, read_at),
            stored_at >= 0 ? g_array_index (stored->n_rows, gint64, stored_at) : 0);
  for (guint i = 0; i < read->n_fields; i++)
    add_line (lines, read, i + 1, kato, get_numbers (read, read_at)[i],
              stored_at >= 0 ? get_numbers (stored, stored_at)[i] : 0);
}

static int
compare_katos (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

GArray *
qonys_sums_reconcile (const QonysSums *read, const QonysSums *stored)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (QonysReconciliation));
  g_autoptr (QonysSums) all = qonys_sums_new_like (read);
  g_autoptr (QonysSums) kept = qonys_sums_new_like (read);
  g_autoptr (GPtrArray) katos = g_ptr_array_new ();
  g_autofree double *read_all = qonys_sums_get_all (read);
  g_autofree double *stored_all = qonys_sums_get_all (stored);
  gint64 n_read = 0, n_stored = 0;

  qonys_sums_merge (all, read);
  qonys_sums_merge (kept, stored);
  for (guint i = 0; i < kept->katos->len; i++)
    find_kato (all, kept->katos->pdata[i]);
  for (guint i = 0; i < all->n_rows->len; i++)
    n_read += g_array_index (all->n_rows, gint64, i);
  for (guint i = 0; i < kept->n_rows->len; i++)
    n_stored += g_array_index (kept->n_rows, gint64, i);
  add_line (lines, all, 0, "", n_read, n_stored);
  for (guint i = 0; i < all->n_fields; i++)
    add_line (lines, all, i + 1, "", read_all[i], stored_all[i]);
  for (guint i = 0; i < all->katos->len; i++)
    g_ptr_array_add (katos, all->katos->pdata[i]);
  g_ptr_array_sort (katos, compare_katos);
  for (guint i = 0; i < katos->len; i++) {
    guint at = find_kato (all, katos->pdata[i]);

    if (g_array_index (all->n_rows, gint64, at) > 0)
      add_lines (lines, all, kept, at, find_kato (kept, katos->pdata[i]));
  }
  return lines;
}
