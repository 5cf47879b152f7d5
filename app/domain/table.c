/* Frozen columns: a handful of tables a project, up to a few million rows each, written once by
 * the builder and read by every thread. Reading a value is an array access; texts are numbers
 * into a pool, so that a million rows of six districts cost four bytes a row. */

#include "domain/table-private.h"

#include "base/format.h"

#include <math.h>

QonysTable *
qonys_table_ref (QonysTable *table)
{
  g_atomic_ref_count_inc (&table->ref_count);
  return table;
}

void
qonys_table_unref (QonysTable *table)
{
  if (!g_atomic_ref_count_dec (&table->ref_count))
    return;

  for (guint i = 0; i < table->schema->n_fields; i++) {
    g_free (table->columns[i].data);
    if (table->texts_owner != NULL)
      continue;
    g_free (table->columns[i].value_offsets);
    g_free (table->columns[i].pool);
  }
  g_clear_pointer (&table->texts_owner, qonys_table_unref);
  g_clear_pointer (&table->row_days, _qonys_row_days_free);
  g_free (table->columns);
  g_free (table->lon_deg);
  g_free (table->lat_deg);
  g_free (table->dataset_ids);
  g_clear_pointer (&table->keys, g_hash_table_unref);
  g_mutex_clear (&table->lock);
  g_free (table);
}

const QonysSchema *
qonys_table_get_schema (const QonysTable *table)
{
  return table->schema;
}

gsize
qonys_table_get_n_rows (const QonysTable *table)
{
  return table->n_rows;
}

static const QonysColumn *
get_column (const QonysTable *table, guint field)
{
  g_assert (field < table->schema->n_fields);
  return &table->columns[field];
}

static QonysFieldType
get_type (const QonysTable *table, guint field)
{
  return table->schema->fields[field].type;
}

const gint32 *
qonys_table_get_ints (const QonysTable *table, guint field)
{
  g_return_val_if_fail (get_type (table, field) == QONYS_FIELD_INT ||
                            get_type (table, field) == QONYS_FIELD_DATE,
                        NULL);
  return get_column (table, field)->ints;
}

const gint64 *
qonys_table_get_bigs (const QonysTable *table, guint field)
{
  g_return_val_if_fail (get_type (table, field) == QONYS_FIELD_BIG, NULL);
  return get_column (table, field)->bigs;
}

const double *
qonys_table_get_decimals (const QonysTable *table, guint field)
{
  g_return_val_if_fail (get_type (table, field) == QONYS_FIELD_DECIMAL, NULL);
  return get_column (table, field)->decimals;
}

const guint8 *
qonys_table_get_codes (const QonysTable *table, guint field)
{
  g_return_val_if_fail (get_type (table, field) == QONYS_FIELD_ENUM ||
                            get_type (table, field) == QONYS_FIELD_BOOL,
                        NULL);
  return get_column (table, field)->codes;
}

const double *
qonys_table_get_lon_deg (const QonysTable *table)
{
  return table->lon_deg;
}

const double *
qonys_table_get_lat_deg (const QonysTable *table)
{
  return table->lat_deg;
}

const gint32 *
qonys_table_get_dataset_ids (const QonysTable *table)
{
  return table->dataset_ids;
}

gint32
qonys_table_get_int (const QonysTable *table, gsize row, guint field)
{
  const gint32 *ints = qonys_table_get_ints (table, field);

  return ints == NULL ? QONYS_INT_MISSING : ints[row];
}

gint64
qonys_table_get_big (const QonysTable *table, gsize row, guint field)
{
  const gint64 *bigs = qonys_table_get_bigs (table, field);

  return bigs == NULL ? QONYS_BIG_MISSING : bigs[row];
}

double
qonys_table_get_decimal (const QonysTable *table, gsize row, guint field)
{
  const double *decimals = qonys_table_get_decimals (table, field);

  return decimals == NULL ? NAN : decimals[row];
}

guint8
qonys_table_get_code (const QonysTable *table, gsize row, guint field)
{
  const guint8 *codes = qonys_table_get_codes (table, field);

  return codes == NULL ? QONYS_CODE_MISSING : codes[row];
}

guint
qonys_table_get_n_text_values (const QonysTable *table, guint field)
{
  return get_column (table, field)->n_values;
}

const char *
qonys_table_get_text_value (const QonysTable *table, guint field, guint value)
{
  const QonysColumn *column = get_column (table, field);

  return value < column->n_values ? column->pool + column->value_offsets[value] : NULL;
}

guint32
qonys_table_get_text_code (const QonysTable *table, gsize row, guint field)
{
  const QonysColumn *column = get_column (table, field);

  return column->texts == NULL ? column->n_values : column->texts[row];
}

const char *
qonys_table_get_text (const QonysTable *table, gsize row, guint field)
{
  const QonysColumn *column = get_column (table, field);

  if (get_type (table, field) == QONYS_FIELD_TEXT)
    return qonys_table_get_text_value (table, field, qonys_table_get_text_code (table, row, field));

  g_return_val_if_fail (get_type (table, field) == QONYS_FIELD_KEY, NULL);
  return column->texts == NULL || column->texts[row] == 0 ? NULL
                                                          : column->pool + column->texts[row];
}

char *
qonys_table_format_value (const QonysTable *table, gsize row, guint field)
{
  const QonysField *description = &table->schema->fields[field];
  gint64 number;
  const char *text;

  switch (description->type) {
  case QONYS_FIELD_INT:
    number = qonys_table_get_int (table, row, field);
    return number == QONYS_INT_MISSING ? g_strdup ("–") : qonys_format_int (number);
  case QONYS_FIELD_BIG:
    number = qonys_table_get_big (table, row, field);
    return number == QONYS_BIG_MISSING ? g_strdup ("–") : qonys_format_int (number);
  case QONYS_FIELD_DECIMAL:
    return qonys_format_decimal (qonys_table_get_decimal (table, row, field), 2);
  case QONYS_FIELD_DATE:
    return qonys_format_day (qonys_table_get_int (table, row, field));
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    return g_strdup (
        qonys_field_get_value_label (description, qonys_table_get_code (table, row, field)));
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
    text = qonys_table_get_text (table, row, field);
    return g_strdup (text == NULL ? "–" : text);
  }
  g_assert_not_reached ();
}

gssize
qonys_table_find_key (QonysTable *table, const char *key)
{
  int field = table->schema->key_field;

  g_return_val_if_fail (field >= 0, -1);

  g_mutex_lock (&table->lock);
  if (table->keys == NULL) {
    table->keys = g_hash_table_new (g_str_hash, g_str_equal);
    for (gsize row = table->n_rows; row-- > 0;) {
      const char *own = qonys_table_get_text (table, row, field);

      if (own != NULL)
        g_hash_table_replace (table->keys, (gpointer)own, GSIZE_TO_POINTER (row + 1));
    }
  }
  g_mutex_unlock (&table->lock);

  return (gssize)GPOINTER_TO_SIZE (g_hash_table_lookup (table->keys, key)) - 1;
}

gsize
qonys_table_get_memory (const QonysTable *table)
{
  gsize bytes = table->n_rows * sizeof (gint32);

  if (table->lon_deg != NULL)
    bytes += table->n_rows * 2 * sizeof (double);
  for (guint i = 0; i < table->schema->n_fields; i++) {
    static const gsize WIDTH[] = {4, 8, 8, 4, 4, 4, 1, 1};
    const QonysColumn *column = &table->columns[i];

    if (column->data != NULL)
      bytes += table->n_rows * WIDTH[get_type (table, i)];
    bytes += column->pool_size + column->n_values * sizeof (guint32);
  }
  return bytes;
}
