/* Builders of parts of a source put together: by a copy (import, whose batches come without end),
 * or in place (a file of known extent: each thread fills a window of the same columns). Closing
 * the windows of a million dwellings takes about 10 ms. */

#include "domain/table-builder-private.h"

#include "base/job.h"

#include <math.h>
#include <string.h>

/* ---- by a copy ---- */

static gboolean
is_missing (const QonysBuilderColumn *column, gsize row)
{
  switch (column->type) {
  case QONYS_FIELD_BIG:
    return column->bigs[row] == QONYS_BIG_MISSING;
  case QONYS_FIELD_DECIMAL:
    return isnan (column->decimals[row]);
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL:
    return column->codes[row] == QONYS_CODE_MISSING;
  case QONYS_FIELD_TEXT:
    return column->texts[row] == QONYS_NO_CODE;
  case QONYS_FIELD_KEY:
    return column->texts[row] == 0;
  default:
    return column->ints[row] == QONYS_INT_MISSING;
  }
}

static gboolean
keeps_value (const QonysBuilderColumn *column, const guint8 *keep)
{
  if (column->room == 0 || keep == NULL)
    return column->room > 0;
  for (gsize row = 0; row < column->n; row++)
    if (keep[row] && !is_missing (column, row))
      return TRUE;
  return FALSE;
}

static void
join_values (QonysBuilderColumn *to, const QonysBuilderColumn *from, const guint8 *keep)
{
  gsize width = _qonys_builder_get_width (from->type);
  char *at = (char *)to->data + to->n * width;

  if (keep == NULL) {
    memcpy (at, from->data, from->n * width);
    return;
  }
  for (gsize row = 0; row < from->n; row++)
    if (keep[row]) {
      memcpy (at, (const char *)from->data + row * width, width);
      at += width;
    }
}

/* A distinct text is looked up once, when the first row that has it is joined. */
static void
join_texts (QonysBuilderColumn *to, const QonysBuilderColumn *from, const guint8 *keep)
{
  g_autofree guint32 *codes = g_new (guint32, from->value_offsets->len);
  guint32 *at = to->texts + to->n;

  memset (codes, 0xff, sizeof *codes * from->value_offsets->len); /* QONYS_NO_CODE */
  for (gsize row = 0; row < from->n; row++) {
    guint32 code = from->texts[row];

    if (keep != NULL && !keep[row])
      continue;
    if (code != QONYS_NO_CODE) {
      if (codes[code] == QONYS_NO_CODE) {
        gsize length;
        const char *text = _qonys_builder_get_value (from, code, &length);

        codes[code] = _qonys_builder_find_or_add (to, text, length);
      }
      code = codes[code];
    }
    *at++ = code;
  }
}

static void
join_keys (QonysBuilderColumn *to, const QonysBuilderColumn *from, const guint8 *keep)
{
  guint32 *at = to->texts + to->n;

  for (gsize row = 0; row < from->n; row++) {
    const char *text = (const char *)from->pool->data + from->texts[row];

    if (keep == NULL || keep[row])
      *at++ = from->texts[row] != 0 ? _qonys_builder_add_to_pool (to, text, strlen (text)) : 0;
  }
}

void
qonys_table_builder_join (QonysTableBuilder *builder, const QonysTableBuilder *more,
                          const guint8 *keep)
{
  g_assert (builder->schema == more->schema);
  for (guint i = 0; i < builder->n_columns; i++) {
    const QonysBuilderColumn *from = &more->columns[i];
    QonysBuilderColumn *to = &builder->columns[i];
    gboolean has_value = keeps_value (from, keep);
    gsize n = from->n;

    for (gsize row = 0; keep != NULL && row < from->n; row++)
      n -= keep[row] == 0;
    if (has_value || to->room > 0)
      _qonys_builder_reserve (builder, to, n);
    if (!has_value && to->room > 0)
      _qonys_builder_fill_missing (to, to->n, to->n + n);
    else if (has_value && to->type == QONYS_FIELD_TEXT)
      join_texts (to, from, keep);
    else if (has_value && to->type == QONYS_FIELD_KEY)
      join_keys (to, from, keep);
    else if (has_value)
      join_values (to, from, keep);
    to->n += n;
  }
}

/* ---- in place ---- */

QonysTableBuilder *
qonys_table_builder_new_window (QonysTableBuilder *builder, gsize first, gsize room)
{
  QonysTableBuilder *window = qonys_table_builder_new (builder->schema->type, 0);

  g_assert (room <= builder->expected_rows && first <= builder->expected_rows - room);
  for (guint i = 0; i < builder->n_columns; i++) {
    QonysBuilderColumn *from = &builder->columns[i], *to = &window->columns[i];
    gsize width = _qonys_builder_get_width (from->type);

    g_assert (from->n == 0);
    if (from->data == NULL)
      from->data = g_malloc_n (builder->expected_rows, width);
    to->data = (char *)from->data + first * width;
    to->window = room;
  }
  return window;
}

/* Texts of a window become texts of the whole. */
static void
take_texts (QonysBuilderColumn *to, QonysBuilderColumn *from)
{
  if (to->pool == NULL) {
    to->pool = g_steal_pointer (&from->pool);
    to->value_offsets = g_steal_pointer (&from->value_offsets);
    to->slots = g_steal_pointer (&from->slots);
    to->n_slots = from->n_slots;
  } else if (from->type == QONYS_FIELD_KEY) {
    guint32 begin = to->pool->len - 1; /* both pools begin with the empty text */

    g_byte_array_append (to->pool, from->pool->data + 1, from->pool->len - 1);
    for (gsize row = 0; row < from->n; row++)
      if (from->texts[row] != 0)
        from->texts[row] += begin;
  } else {
    g_autofree guint32 *codes = g_new (guint32, from->value_offsets->len);

    for (guint32 code = 0; code < from->value_offsets->len; code++) {
      gsize length;
      const char *text = _qonys_builder_get_value (from, code, &length);

      codes[code] = _qonys_builder_find_or_add (to, text, length);
    }
    for (gsize row = 0; row < from->n; row++)
      if (from->texts[row] != QONYS_NO_CODE)
        from->texts[row] = codes[from->texts[row]];
  }
}

typedef struct {
  QonysTableBuilder *builder;
  QonysTableBuilder **windows;
  guint n_windows;
} Closing;

static void
close_column (const Closing *closing, guint number)
{
  QonysBuilderColumn *to = &closing->builder->columns[number];
  gsize width = _qonys_builder_get_width (to->type);
  gboolean has_value = FALSE;

  for (guint i = 0; i < closing->n_windows; i++)
    has_value |= closing->windows[i]->columns[number].room > 0;
  for (guint i = 0; i < closing->n_windows; i++) {
    QonysBuilderColumn *from = &closing->windows[i]->columns[number];

    if (has_value && from->room == 0)
      _qonys_builder_fill_missing (from, 0, from->n);
    if (from->pool != NULL)
      take_texts (to, from);
    if (has_value)
      memmove ((char *)to->data + to->n * width, from->data, from->n * width);
    to->n += from->n;
  }
  if (has_value)
    to->room = closing->builder->expected_rows;
  else
    g_clear_pointer (&to->data, g_free);
}

static void
close_columns (gsize begin, gsize end, guint part, gpointer data)
{
  for (gsize i = begin; i < end; i++)
    close_column (data, (guint)i);
}

void
qonys_table_builder_close_windows (QonysTableBuilder *builder, QonysTableBuilder **windows,
                                   guint n_windows)
{
  Closing closing = {builder, windows, n_windows};

  qonys_parallel_for (builder->n_columns, 1, close_columns, &closing);
  for (guint i = 0; i < n_windows; i++)
    qonys_table_builder_free (windows[i]);
}
