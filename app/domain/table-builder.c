/* Fills a table's columns, one builder a file read, and hands them over without copying more than
 * the shrinking of the arrays. Adding a value is a store and a compare; a text costs one hash. */

#include "domain/table-builder-private.h"

#include <math.h>
#include <string.h>

#define MAX_EXPECTED_ROWS (G_MAXUINT / 8)

static QonysBuilderColumn *
get_lon (QonysTableBuilder *builder)
{
  return &builder->columns[builder->schema->n_fields];
}

static QonysBuilderColumn *
get_lat (QonysTableBuilder *builder)
{
  return &builder->columns[builder->schema->n_fields + 1];
}

static QonysBuilderColumn *
get_dataset_ids (QonysTableBuilder *builder)
{
  return &builder->columns[builder->schema->n_fields + 2];
}

QonysTableBuilder *
qonys_table_builder_new (QonysRecordType type, gsize expected_rows)
{
  QonysTableBuilder *builder = g_new0 (QonysTableBuilder, 1);

  builder->schema = qonys_schema_get (type);
  builder->expected_rows = MIN (expected_rows, MAX_EXPECTED_ROWS);
  builder->n_columns = builder->schema->n_fields + 3;
  builder->columns = g_new0 (QonysBuilderColumn, builder->n_columns);
  for (guint i = 0; i < builder->schema->n_fields; i++)
    builder->columns[i].type = builder->schema->fields[i].type;
  get_lon (builder)->type = get_lat (builder)->type = QONYS_FIELD_DECIMAL;
  get_dataset_ids (builder)->type = QONYS_FIELD_INT;
  return builder;
}

void
qonys_table_builder_free (QonysTableBuilder *builder)
{
  for (guint i = 0; i < builder->n_columns; i++) {
    QonysBuilderColumn *column = &builder->columns[i];

    if (column->window == 0)
      g_free (column->data);
    g_clear_pointer (&column->pool, g_byte_array_unref);
    g_clear_pointer (&column->value_offsets, g_array_unref);
    g_free (column->slots);
  }
  g_free (builder->columns);
  g_free (builder);
}

/* ---- room ---- */

guint
_qonys_builder_get_width (QonysFieldType type)
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

void
_qonys_builder_fill_missing (QonysBuilderColumn *column, gsize begin, gsize end)
{
  switch (column->type) {
  case QONYS_FIELD_INT:
  case QONYS_FIELD_DATE:
    for (gsize row = begin; row < end; row++)
      column->ints[row] = QONYS_INT_MISSING;
    break;
  case QONYS_FIELD_BIG:
    for (gsize row = begin; row < end; row++)
      column->bigs[row] = QONYS_BIG_MISSING;
    break;
  case QONYS_FIELD_DECIMAL:
    for (gsize row = begin; row < end; row++)
      column->decimals[row] = NAN;
    break;
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    memset (column->codes + begin, QONYS_CODE_MISSING, end - begin);
    break;
  case QONYS_FIELD_TEXT:
  case QONYS_FIELD_KEY:
    for (gsize row = begin; row < end; row++)
      column->texts[row] = column->type == QONYS_FIELD_TEXT ? QONYS_NO_CODE : 0;
    break;
  }
}

void
_qonys_builder_reserve (QonysTableBuilder *builder, QonysBuilderColumn *column, gsize n)
{
  gboolean is_first = column->room == 0;

  if (!is_first && column->n + n <= column->room)
    return;
  if (column->window > 0) {
    g_assert (column->n + n <= column->window);
    column->room = column->window;
  } else {
    column->room = MAX (MAX (column->room * 2, builder->expected_rows), MAX (column->n + n, 16));
    column->data =
        g_realloc_n (column->data, column->room, _qonys_builder_get_width (column->type));
  }
  if (is_first)
    _qonys_builder_fill_missing (column, 0, column->n);
}

/* ---- texts ---- */

guint32
_qonys_builder_add_to_pool (QonysBuilderColumn *column, const char *text, gsize length)
{
  guint32 offset;

  if (column->pool == NULL) {
    column->pool = g_byte_array_new ();
    g_byte_array_append (column->pool, (const guint8 *)"", 1);
  }
  offset = column->pool->len;
  g_byte_array_set_size (column->pool, offset + (guint)length + 1);
  memcpy (column->pool->data + offset, text, length);
  column->pool->data[offset + length] = '\0';
  return offset;
}

/* Where a text is among the slots, or the free slot where it would be. */
static guint
find_slot (const QonysBuilderColumn *column, const char *text, gsize length)
{
  guint32 hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8)text[i]) * 16777619u;
  hash ^= hash >> 15;
  for (guint slot = hash;; slot++) {
    const char *other;
    gsize other_length;

    slot &= column->n_slots - 1;
    if (column->slots[slot] == 0)
      return slot;
    other = _qonys_builder_get_value (column, column->slots[slot] - 1, &other_length);
    if (other_length == length && memcmp (other, text, length) == 0)
      return slot;
  }
}

static void
grow_slots (QonysBuilderColumn *column)
{
  column->n_slots = MAX (column->n_slots * 2, 64);
  g_free (column->slots);
  column->slots = g_new0 (guint32, column->n_slots);
  for (guint32 code = 0; code < column->value_offsets->len; code++) {
    gsize length;
    const char *text = _qonys_builder_get_value (column, code, &length);

    column->slots[find_slot (column, text, length)] = code + 1;
  }
}

static guint32
find_or_add (QonysBuilderColumn *column, const char *text, gsize length)
{
  guint slot;

  if (column->value_offsets == NULL)
    column->value_offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (column->value_offsets->len * 2 >= column->n_slots)
    grow_slots (column);
  slot = find_slot (column, text, length);
  if (column->slots[slot] == 0) {
    guint32 offset;

    if (!g_utf8_validate_len (text, length, NULL)) {
      g_autofree char *mended = g_utf8_make_valid (text, (gssize)length);

      return find_or_add (column, mended, strlen (mended));
    }
    offset = _qonys_builder_add_to_pool (column, text, length);
    g_array_append_val (column->value_offsets, offset);
    column->slots[slot] = column->value_offsets->len;
  }
  return column->slots[slot] - 1;
}

guint32
_qonys_builder_find_or_add (QonysBuilderColumn *column, const char *text, gsize length)
{
  if (column->value_offsets != NULL) {
    gsize last_length;
    const char *last = _qonys_builder_get_value (column, column->last_code, &last_length);

    if (last_length == length && memcmp (last, text, length) == 0)
      return column->last_code;
  }
  return column->last_code = find_or_add (column, text, length);
}

static guint32
add_key (QonysBuilderColumn *column, const char *text, gsize length)
{
  g_autofree char *mended = NULL;

  if (g_utf8_validate_len (text, length, NULL))
    return _qonys_builder_add_to_pool (column, text, length);
  mended = g_utf8_make_valid (text, (gssize)length);
  return _qonys_builder_add_to_pool (column, mended, strlen (mended));
}

/* ---- adding ---- */

/* A column of the builder with room for one value more. */
static inline QonysBuilderColumn *
make_room (QonysTableBuilder *builder, guint number)
{
  QonysBuilderColumn *column = &builder->columns[number];

  if (G_UNLIKELY (column->n >= column->room))
    _qonys_builder_reserve (builder, column, 1);
  return column;
}

static void
add_missing (QonysTableBuilder *builder, QonysBuilderColumn *column)
{
  if (column->room > 0) {
    if (column->n == column->room)
      _qonys_builder_reserve (builder, column, 1);
    _qonys_builder_fill_missing (column, column->n, column->n + 1);
  }
  column->n++;
}

void
qonys_table_builder_add_missing (QonysTableBuilder *builder, guint field)
{
  g_assert (field < builder->schema->n_fields);
  add_missing (builder, &builder->columns[field]);
}

void
qonys_table_builder_add_int (QonysTableBuilder *builder, guint field, gint32 value)
{
  QonysFieldType type = builder->columns[field].type;

  g_assert (type == QONYS_FIELD_INT || type == QONYS_FIELD_DATE);
  if (value == QONYS_INT_MISSING) {
    qonys_table_builder_add_missing (builder, field);
  } else {
    QonysBuilderColumn *column = make_room (builder, field);

    column->ints[column->n++] = value;
  }
}

void
qonys_table_builder_add_big (QonysTableBuilder *builder, guint field, gint64 value)
{
  g_assert (builder->columns[field].type == QONYS_FIELD_BIG);
  if (value == QONYS_BIG_MISSING) {
    qonys_table_builder_add_missing (builder, field);
  } else {
    QonysBuilderColumn *column = make_room (builder, field);

    column->bigs[column->n++] = value;
  }
}

static void
add_decimal (QonysTableBuilder *builder, guint number, double value)
{
  if (isnan (value)) {
    add_missing (builder, &builder->columns[number]);
  } else {
    QonysBuilderColumn *column = make_room (builder, number);

    column->decimals[column->n++] = value;
  }
}

void
qonys_table_builder_add_decimal (QonysTableBuilder *builder, guint field, double value)
{
  g_assert (builder->columns[field].type == QONYS_FIELD_DECIMAL);
  add_decimal (builder, field, value);
}

void
qonys_table_builder_add_code (QonysTableBuilder *builder, guint field, guint8 value)
{
  QonysFieldType type = builder->columns[field].type;

  g_assert (type == QONYS_FIELD_ENUM || type == QONYS_FIELD_BOOL);
  if (value == QONYS_CODE_MISSING) {
    qonys_table_builder_add_missing (builder, field);
  } else {
    QonysBuilderColumn *column = make_room (builder, field);

    column->codes[column->n++] = value;
  }
}

void
qonys_table_builder_add_text (QonysTableBuilder *builder, guint field, const char *text,
                              gssize length)
{
  QonysFieldType type = builder->columns[field].type;

  g_assert (type == QONYS_FIELD_TEXT || type == QONYS_FIELD_KEY);
  if (text != NULL && length < 0)
    length = (gssize)strlen (text);
  if (text == NULL || length == 0) { /* empty is unknown */
    qonys_table_builder_add_missing (builder, field);
  } else {
    QonysBuilderColumn *column = make_room (builder, field);

    column->texts[column->n++] = type == QONYS_FIELD_KEY
                                     ? add_key (column, text, length)
                                     : _qonys_builder_find_or_add (column, text, length);
  }
}

void
qonys_table_builder_add_position (QonysTableBuilder *builder, double lon_deg, double lat_deg)
{
  add_decimal (builder, builder->schema->n_fields, lon_deg);
  add_decimal (builder, builder->schema->n_fields + 1, lat_deg);
}

void
qonys_table_builder_add_dataset_id (QonysTableBuilder *builder, gint32 dataset_id)
{
  QonysBuilderColumn *column = make_room (builder, builder->schema->n_fields + 2);

  column->ints[column->n++] = dataset_id;
}

/* ---- freezing ---- */

/* The array of a column, shrunk; NULL if all is missing. */
static gpointer
steal_data (QonysBuilderColumn *column)
{
  g_assert (column->window == 0);
  if (column->room == 0)
    return NULL;
  return g_realloc_n (g_steal_pointer (&column->data), column->n,
                      _qonys_builder_get_width (column->type));
}

static void
finish_column (QonysBuilderColumn *from, QonysColumn *to)
{
  to->data = steal_data (from);
  if (to->data == NULL || from->pool == NULL)
    return;

  if (from->value_offsets != NULL) {
    to->n_values = from->value_offsets->len;
    for (gsize row = 0; row < from->n; row++)
      if (to->texts[row] == QONYS_NO_CODE)
        to->texts[row] = to->n_values;
    to->value_offsets =
        g_realloc_n (g_array_free (g_steal_pointer (&from->value_offsets), FALSE), to->n_values, 4);
  }
  to->pool_size = from->pool->len;
  to->pool = g_realloc (g_byte_array_free (g_steal_pointer (&from->pool), FALSE), to->pool_size);
}

/* Positions and dataset ids, which are there also when none was given. */
static gpointer
finish_always (QonysTableBuilder *builder, QonysBuilderColumn *column, gsize n_rows)
{
  g_assert (column->n == 0 || column->n == n_rows);
  if (n_rows == 0)
    return NULL;
  if (column->room == 0) {
    column->n = 0;
    _qonys_builder_reserve (builder, column, n_rows);
    column->n = n_rows;
    if (column->type == QONYS_FIELD_INT)
      memset (column->ints, 0, n_rows * sizeof *column->ints);
    else
      _qonys_builder_fill_missing (column, 0, n_rows);
  }
  return steal_data (column);
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

  for (guint i = 0; i < builder->n_columns; i++)
    table->n_rows = MAX (table->n_rows, builder->columns[i].n);
  for (guint i = 0; i < schema->n_fields; i++) {
    g_assert (builder->columns[i].n == 0 || builder->columns[i].n == table->n_rows);
    finish_column (&builder->columns[i], &table->columns[i]);
  }
  if (schema->has_position) {
    table->lon_deg = finish_always (builder, get_lon (builder), table->n_rows);
    table->lat_deg = finish_always (builder, get_lat (builder), table->n_rows);
  }
  table->dataset_ids = finish_always (builder, get_dataset_ids (builder), table->n_rows);

  qonys_table_builder_free (builder);
  return table;
}
