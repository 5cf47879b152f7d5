/* Fills a table's columns, one builder a file read, and hands them over without copying more than
 * the shrinking of the arrays. Adding a value is a store and a compare; a text costs one hash. */

#include "domain/table-private.h"

#include <math.h>
#include <string.h>

typedef struct {
  GArray *values;     /* of the field's width */
  gboolean has_value; /* any that is not missing */
  GByteArray *pool;
  GArray *value_offsets;   /* TEXT */
  GHashTable *values_seen; /* TEXT: text → number + 1 */
  guint32 last_code;       /* TEXT: of the value added last; rows of one district come in runs */
} BuilderColumn;

struct _QonysTableBuilder {
  const QonysSchema *schema;
  gsize expected_rows;
  BuilderColumn *columns;
  GArray *lon_deg, *lat_deg, *dataset_ids;
  GString *scratch;
};

#define NO_CODE G_MAXUINT32

static guint
get_width (QonysFieldType type)
{
  switch (type) {
  case QONYS_FIELD_BIG:
  case QONYS_FIELD_DECIMAL:
    return 8;
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    return 1;
  default:
    return 4;
  }
}

QonysTableBuilder *
qonys_table_builder_new (QonysRecordType type, gsize expected_rows)
{
  QonysTableBuilder *builder = g_new0 (QonysTableBuilder, 1);

  builder->schema = qonys_schema_get (type);
  builder->expected_rows = MIN (expected_rows, G_MAXUINT / 8);
  builder->columns = g_new0 (BuilderColumn, builder->schema->n_fields);
  builder->lon_deg = g_array_new (FALSE, FALSE, sizeof (double));
  builder->lat_deg = g_array_new (FALSE, FALSE, sizeof (double));
  builder->dataset_ids = g_array_new (FALSE, TRUE, sizeof (gint32));
  builder->scratch = g_string_new (NULL);
  return builder;
}

void
qonys_table_builder_free (QonysTableBuilder *builder)
{
  for (guint i = 0; i < builder->schema->n_fields; i++) {
    g_clear_pointer (&builder->columns[i].values, g_array_unref);
    g_clear_pointer (&builder->columns[i].pool, g_byte_array_unref);
    g_clear_pointer (&builder->columns[i].value_offsets, g_array_unref);
    g_clear_pointer (&builder->columns[i].values_seen, g_hash_table_unref);
  }
  g_free (builder->columns);
  g_clear_pointer (&builder->lon_deg, g_array_unref);
  g_clear_pointer (&builder->lat_deg, g_array_unref);
  g_clear_pointer (&builder->dataset_ids, g_array_unref);
  g_string_free (builder->scratch, TRUE);
  g_free (builder);
}

static BuilderColumn *
get_column (QonysTableBuilder *builder, guint field)
{
  BuilderColumn *column = &builder->columns[field];

  g_assert (field < builder->schema->n_fields);
  if (column->values == NULL) {
    QonysFieldType type = builder->schema->fields[field].type;

    column->values =
        g_array_sized_new (FALSE, FALSE, get_width (type), (guint)builder->expected_rows);
    if (type == QONYS_FIELD_TEXT || type == QONYS_FIELD_KEY) {
      column->pool = g_byte_array_new ();
      g_byte_array_append (column->pool, (const guint8 *)"", 1);
      column->last_code = NO_CODE;
    }
    if (type == QONYS_FIELD_TEXT) {
      column->value_offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
      column->values_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  }
  return column;
}

void
qonys_table_builder_add_int (QonysTableBuilder *builder, guint field, gint32 value)
{
  BuilderColumn *column = get_column (builder, field);

  g_assert (g_array_get_element_size (column->values) == 4 && column->pool == NULL);
  column->has_value |= value != QONYS_INT_MISSING;
  g_array_append_val (column->values, value);
}

void
qonys_table_builder_add_big (QonysTableBuilder *builder, guint field, gint64 value)
{
  BuilderColumn *column = get_column (builder, field);

  g_assert (builder->schema->fields[field].type == QONYS_FIELD_BIG);
  column->has_value |= value != QONYS_BIG_MISSING;
  g_array_append_val (column->values, value);
}

void
qonys_table_builder_add_decimal (QonysTableBuilder *builder, guint field, double value)
{
  BuilderColumn *column = get_column (builder, field);

  g_assert (builder->schema->fields[field].type == QONYS_FIELD_DECIMAL);
  column->has_value |= !isnan (value);
  g_array_append_val (column->values, value);
}

void
qonys_table_builder_add_code (QonysTableBuilder *builder, guint field, guint8 value)
{
  BuilderColumn *column = get_column (builder, field);

  g_assert (g_array_get_element_size (column->values) == 1);
  column->has_value |= value != QONYS_CODE_MISSING;
  g_array_append_val (column->values, value);
}

static guint32
add_to_pool (BuilderColumn *column, const char *text, gsize length)
{
  guint32 offset = column->pool->len;

  g_byte_array_append (column->pool, (const guint8 *)text, length);
  g_byte_array_append (column->pool, (const guint8 *)"", 1);
  return offset;
}

static guint32
find_or_add_value (QonysTableBuilder *builder, BuilderColumn *column, const char *text,
                   gsize length)
{
  guint32 code;

  if (column->last_code != NO_CODE) {
    guint32 offset = g_array_index (column->value_offsets, guint32, column->last_code);
    const char *last = (const char *)column->pool->data + offset;

    if (strncmp (last, text, length) == 0 && last[length] == '\0')
      return column->last_code;
  }

  g_string_truncate (builder->scratch, 0);
  g_string_append_len (builder->scratch, text, length);
  code = GPOINTER_TO_UINT (g_hash_table_lookup (column->values_seen, builder->scratch->str));
  if (code == 0) {
    guint32 offset = add_to_pool (column, text, length);

    g_array_append_val (column->value_offsets, offset);
    code = column->value_offsets->len;
    g_hash_table_insert (column->values_seen, g_strdup (builder->scratch->str),
                         GUINT_TO_POINTER (code));
  }
  column->last_code = code - 1;
  return code - 1;
}

void
qonys_table_builder_add_text (QonysTableBuilder *builder, guint field, const char *text,
                              gssize length)
{
  BuilderColumn *column = get_column (builder, field);
  gboolean is_key = builder->schema->fields[field].type == QONYS_FIELD_KEY;
  guint32 code = is_key ? 0 : NO_CODE;

  g_assert (column->pool != NULL);
  if (text != NULL && length < 0)
    length = strlen (text);
  if (text != NULL && length > 0) { /* empty is unknown */
    column->has_value = TRUE;
    code = is_key ? add_to_pool (column, text, length)
                  : find_or_add_value (builder, column, text, length);
  }
  g_array_append_val (column->values, code);
}

void
qonys_table_builder_add_position (QonysTableBuilder *builder, double lon_deg, double lat_deg)
{
  g_array_append_val (builder->lon_deg, lon_deg);
  g_array_append_val (builder->lat_deg, lat_deg);
}

void
qonys_table_builder_add_dataset_id (QonysTableBuilder *builder, gint32 dataset_id)
{
  g_array_append_val (builder->dataset_ids, dataset_id);
}

void
qonys_table_builder_add_missing (QonysTableBuilder *builder, guint field)
{
  switch (builder->schema->fields[field].type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_DATE:
    qonys_table_builder_add_int (builder, field, QONYS_INT_MISSING);
    break;
  case QONYS_FIELD_BIG:
    qonys_table_builder_add_big (builder, field, QONYS_BIG_MISSING);
    break;
  case QONYS_FIELD_DECIMAL:
    qonys_table_builder_add_decimal (builder, field, NAN);
    break;
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    qonys_table_builder_add_code (builder, field, QONYS_CODE_MISSING);
    break;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
    qonys_table_builder_add_text (builder, field, NULL, 0);
    break;
  }
}

gsize
qonys_table_builder_get_n (const QonysTableBuilder *builder, guint field)
{
  return builder->columns[field].values == NULL ? 0 : builder->columns[field].values->len;
}

/* ---- joining ---- */

static void
join_values (GArray *to, const GArray *from, const guint8 *keep)
{
  guint width = g_array_get_element_size ((GArray *)from);

  if (keep == NULL) {
    g_array_append_vals (to, from->data, from->len);
    return;
  }
  for (guint row = 0; row < from->len; row++)
    if (keep[row])
      g_array_append_vals (to, from->data + (gsize)row * width, 1);
}

/* A distinct text is looked up once, when the first row that has it is joined. */
static void
join_texts (QonysTableBuilder *builder, BuilderColumn *to, const BuilderColumn *from,
            const guint8 *keep)
{
  g_autofree guint32 *codes = g_new (guint32, from->value_offsets->len + 1);

  memset (codes, 0xff, sizeof *codes * (from->value_offsets->len + 1)); /* NO_CODE */
  for (guint row = 0; row < from->values->len; row++) {
    guint32 code = g_array_index (from->values, guint32, row);

    if (keep != NULL && !keep[row])
      continue;
    if (code != NO_CODE) {
      if (codes[code] == NO_CODE) {
        const char *text =
            (const char *)from->pool->data + g_array_index (from->value_offsets, guint32, code);

        codes[code] = find_or_add_value (builder, to, text, strlen (text));
      }
      code = codes[code];
      to->has_value = TRUE;
    }
    g_array_append_val (to->values, code);
  }
}

static void
join_keys (BuilderColumn *to, const BuilderColumn *from, const guint8 *keep)
{
  guint32 begin = to->pool->len - 1; /* both pools begin with the empty text */

  if (keep == NULL) {
    g_byte_array_append (to->pool, from->pool->data + 1, from->pool->len - 1);
    to->has_value |= from->has_value;
  }
  for (guint row = 0; row < from->values->len; row++) {
    guint32 offset = g_array_index (from->values, guint32, row);

    if (keep != NULL && !keep[row])
      continue;
    if (offset != 0 && keep == NULL) {
      offset += begin;
    } else if (offset != 0) {
      const char *text = (const char *)from->pool->data + offset;

      offset = add_to_pool (to, text, strlen (text));
      to->has_value = TRUE;
    }
    g_array_append_val (to->values, offset);
  }
}

static gboolean
is_missing_value (QonysFieldType type, const BuilderColumn *column, guint row)
{
  switch (type) {
  case QONYS_FIELD_BIG:
    return g_array_index (column->values, gint64, row) == QONYS_BIG_MISSING;
  case QONYS_FIELD_DECIMAL:
    return isnan (g_array_index (column->values, double, row));
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    return g_array_index (column->values, guint8, row) == QONYS_CODE_MISSING;
  default:
    return g_array_index (column->values, gint32, row) == QONYS_INT_MISSING;
  }
}

static gboolean
keeps_value (QonysFieldType type, const BuilderColumn *column, const guint8 *keep)
{
  if (keep == NULL || !column->has_value)
    return column->has_value;
  for (guint row = 0; row < column->values->len; row++)
    if (keep[row] && !is_missing_value (type, column, row))
      return TRUE;
  return FALSE;
}

void
qonys_table_builder_join (QonysTableBuilder *builder, const QonysTableBuilder *more,
                          const guint8 *keep)
{
  g_assert (builder->schema == more->schema);
  for (guint i = 0; i < builder->schema->n_fields; i++) {
    const BuilderColumn *from = &more->columns[i];
    QonysFieldType type = builder->schema->fields[i].type;
    BuilderColumn *to;

    if (from->values == NULL)
      continue;
    to = get_column (builder, i);
    if (type == QONYS_FIELD_TEXT) {
      join_texts (builder, to, from, keep);
    } else if (type == QONYS_FIELD_KEY) {
      join_keys (to, from, keep);
    } else {
      join_values (to->values, from->values, keep);
      to->has_value |= keeps_value (type, from, keep);
    }
  }
  join_values (builder->lon_deg, more->lon_deg, keep);
  join_values (builder->lat_deg, more->lat_deg, keep);
  join_values (builder->dataset_ids, more->dataset_ids, keep);
}

/* The array of a filled column, shrunk; NULL if all is missing. */
static gpointer
steal_values (GArray **values, gboolean has_value)
{
  gpointer data = NULL;

  if (*values != NULL && has_value) {
    gsize bytes = (gsize)(*values)->len * g_array_get_element_size (*values);

    data = g_realloc (g_array_free (g_steal_pointer (values), FALSE), bytes);
  }
  return data;
}

static void
finish_column (BuilderColumn *from, QonysColumn *to)
{
  gsize n = from->values == NULL ? 0 : from->values->len;

  to->data = steal_values (&from->values, from->has_value);
  if (to->data == NULL || from->pool == NULL)
    return;

  if (from->value_offsets != NULL) {
    to->n_values = from->value_offsets->len;
    for (gsize row = 0; row < n; row++)
      if (to->texts[row] == NO_CODE)
        to->texts[row] = to->n_values;
    to->value_offsets = (guint32 *)steal_values (&from->value_offsets, TRUE);
  }
  to->pool_size = from->pool->len;
  to->pool =
      g_realloc (g_byte_array_free (g_steal_pointer (&from->pool), FALSE), MAX (to->pool_size, 1));
}

QonysTable *
qonys_table_builder_finish (QonysTableBuilder *builder)
{
  const QonysSchema *schema = builder->schema;
  QonysTable *table = g_new0 (QonysTable, 1);

  g_atomic_ref_count_init (&table->ref_count);
  g_mutex_init (&table->lock);
  table->schema = schema;
  table->columns = g_new0 (QonysColumn, schema->n_fields);

  table->n_rows = MAX (builder->lon_deg->len, builder->dataset_ids->len);
  for (guint i = 0; i < schema->n_fields; i++)
    table->n_rows = MAX (table->n_rows, qonys_table_builder_get_n (builder, i));
  for (guint i = 0; i < schema->n_fields; i++) {
    g_assert (builder->columns[i].values == NULL ||
              builder->columns[i].values->len == table->n_rows);
    finish_column (&builder->columns[i], &table->columns[i]);
  }

  if (schema->has_position) {
    g_assert (builder->lon_deg->len == 0 || builder->lon_deg->len == table->n_rows);
    while (builder->lon_deg->len < table->n_rows)
      qonys_table_builder_add_position (builder, NAN, NAN);
    table->lon_deg = steal_values (&builder->lon_deg, TRUE);
    table->lat_deg = steal_values (&builder->lat_deg, TRUE);
  }
  g_assert (builder->dataset_ids->len == 0 || builder->dataset_ids->len == table->n_rows);
  g_array_set_size (builder->dataset_ids, table->n_rows);
  table->dataset_ids = steal_values (&builder->dataset_ids, TRUE);

  qonys_table_builder_free (builder);
  return table;
}
