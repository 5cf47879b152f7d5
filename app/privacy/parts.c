/*
 * A scan on several threads: parts of the rows, merged in order. A part a few thousand rows, so
 * some hundred merges a file, about 50 µs each.
 */
#include "privacy/column.h"

QonysScanner *
qonys_scanner_new_part (const QonysScanner *scanner)
{
  QonysScanner *part = qonys_scanner_new (scanner->is_address_level);

  part->part_addresses = g_array_new (FALSE, FALSE, sizeof (guint32));
  part->traits = scanner->traits;
  for (guint i = 0; i < scanner->columns->len; i++) {
    const Column *whole = g_ptr_array_index (scanner->columns, i);
    Column *column = g_new0 (Column, 1);

    column->number = i;
    column->name = g_strdup (whole->name);
    column->type = whole->type;
    column->traits = whole->traits;
    if (column->traits & QONYS_COLUMN_NAME)
      column->judged_names = g_byte_array_new ();
    g_ptr_array_add (part->columns, column);
  }
  return part;
}

static void
merge_tally (Tally *tally, Tally *part, gint64 n_rows_before)
{
  if (part->n_rows == 0)
    return;
  if (tally->n_rows == 0) {
    tally->first_row = part->first_row + n_rows_before;
    tally->sample = g_steal_pointer (&part->sample);
  }
  tally->n_rows += part->n_rows;
  tally->last_row = part->last_row + n_rows_before;
  for (guint i = 0; i < part->n_distinct; i++) {
    guint j = 0;

    while (j < tally->n_distinct && tally->distinct[j] != part->distinct[i])
      j++;
    if (j == tally->n_distinct && j < MAX_DISTINCT)
      tally->distinct[tally->n_distinct++] = part->distinct[i];
  }
}

/* Only so many names are judged in a file: of the part the first of them. */
static void
merge_likely_names (Column *column, Column *part, gint64 n_rows_before)
{
  gint64 n = MIN (part->n_judged_names, MAX_JUDGED_NAMES - column->n_judged_names), n_likely = 0;

  for (gint64 i = 0; i < n; i++)
    n_likely += part->judged_names->data[i];
  if (n > 0)
    column->n_judged_names += n;
  if (n_likely == 0)
    return;
  part->likely_names.n_rows = n_likely;
  merge_tally (&column->likely_names, &part->likely_names, n_rows_before);
}

static void
merge_column (Column *column, Column *part, gint64 n_rows_before)
{
  for (guint i = 0; i < QONYS_N_PATTERNS; i++)
    merge_tally (&column->tallies[i], &part->tallies[i], n_rows_before);
  merge_likely_names (column, part, n_rows_before);
  merge_tally (&column->owners, &part->owners, n_rows_before);
  column->n_cells += part->n_cells;
  column->n_other_nines += part->n_other_nines;
  if (part->n_days == 0)
    return;
  column->first_day =
      column->n_days == 0 ? part->first_day : MIN (column->first_day, part->first_day);
  column->last_day = column->n_days == 0 ? part->last_day : MAX (column->last_day, part->last_day);
  column->n_days += part->n_days;
}

void
qonys_scanner_merge (QonysScanner *scanner, QonysScanner *part, gint64 n_rows_before)
{
  g_return_if_fail (scanner->columns->len == part->columns->len);
  qonys_scanner_end_row (scanner);
  qonys_scanner_end_row (part);
  for (guint i = 0; i < scanner->columns->len; i++)
    merge_column (scanner->columns->pdata[i], part->columns->pdata[i], n_rows_before);
  scanner->n_address_rows += part->n_address_rows;
  for (guint i = 0; i < part->part_addresses->len; i++)
    qonys_scanner_mark_address (scanner, g_array_index (part->part_addresses, guint32, i));
  qonys_scanner_free (part);
}
