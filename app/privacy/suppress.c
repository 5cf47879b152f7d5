/*
 * Suppression of small counts in a published table with totals. Tables of some districts by some
 * columns up to some thousand grid cells, once a dataset.
 *
 * With its totals a table of n × m is one of (n + 1) × (m + 1) whose rows and columns add up to
 * nothing: each line says that its cells make its total. Lines are the vertices of a bipartite
 * graph and cells its edges; an unknown cell can be solved from what is shown exactly if it is a
 * bridge of the graph of unknown cells, since on a cycle one may be more, the next less. A zero
 * can only be more, so the graph has directions.
 */
#include "privacy/suppress.h"

#include <string.h>

typedef struct {
  gsize n_rows, n_columns; /* with the totals */
  gint64 *values;          /* of all cells, totals too, whether published or not */
  guint8 *marks;
  gint64 k;
} Table;

enum {
  MARK_HIDDEN = 1 << 0,  /* not known to the reader */
  MARK_SECRET = 1 << 1,  /* and must stay so; a total that is merely not published is not */
  MARK_PRIMARY = 1 << 2, /* secret for its own sake */
  MARK_MISSING = 1 << 3, /* there is no number; hides nothing */
  MARK_BRIDGE = 1 << 4,
  MARK_LOST = 1 << 5, /* nothing is left that could hide it */
};

gboolean
qonys_count_is_unsafe (gint64 count, gint64 threshold)
{
  return count >= 1 && count < MAX (threshold, QONYS_MIN_THRESHOLD);
}

static void
hide (Table *table, gsize cell)
{
  table->marks[cell] |= MARK_HIDDEN | MARK_SECRET;
}

/* ---- A line: a row or a column, its total last. ---- */

typedef struct {
  gsize first, step, n; /* n cells without the total, which stands behind them */
} Line;

static Line
get_line (const Table *table, gsize number)
{
  if (number < table->n_rows)
    return (Line){number * table->n_columns, 1, table->n_columns - 1};
  return (Line){number - table->n_rows, table->n_columns, table->n_rows - 1};
}

/* The smallest shown cell above zero. Returns: FALSE if there is none */
static gboolean
find_smallest (const Table *table, Line line, gsize *smallest)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < line.n; i++) {
    gsize cell = line.first + i * line.step;

    if (table->marks[cell] & (MARK_HIDDEN | MARK_MISSING) || table->values[cell] <= 0)
      continue;
    if (!found || table->values[cell] < table->values[*smallest])
      *smallest = cell;
    found = TRUE;
  }
  return found;
}

/* Hides until the line has no secret, or two unknown cells that make k. */
static gboolean
protect_line (Table *table, Line line)
{
  gsize total = line.first + line.n * line.step;
  gboolean has_changed = FALSE;

  for (;;) {
    gsize n_hidden = 0, n_secret = 0, smallest;
    gint64 sum = 0;

    if (table->marks[total] & MARK_HIDDEN)
      return has_changed;
    for (gsize i = 0; i < line.n; i++) {
      gsize cell = line.first + i * line.step;

      n_hidden += (table->marks[cell] & MARK_HIDDEN) != 0;
      n_secret += (table->marks[cell] & MARK_SECRET) != 0;
      if (table->marks[cell] & MARK_HIDDEN)
        sum += table->values[cell];
    }
    if (n_secret == 0 || (n_hidden > 1 && sum >= table->k))
      return has_changed;
    if (find_smallest (table, line, &smallest))
      hide (table, smallest);
    else if (total + 1 < table->n_rows * table->n_columns)
      hide (table, total);
    else
      return has_changed; /* the grand total alone is left */
    has_changed = TRUE;
  }
}

/* All hidden cells together, where the grand total is the only one. */
static gboolean
protect_whole (Table *table)
{
  gsize last = table->n_rows * table->n_columns - 1, n_inner = table->n_columns - 1;
  gboolean has_changed = FALSE;

  if (table->marks[last] & MARK_HIDDEN)
    return FALSE;
  for (;;) {
    gint64 sum = 0;
    gsize n_hidden = 0, best = last, cell;

    for (gsize row = 0; row + 1 < table->n_rows; row++) {
      for (gsize column = 0; column < n_inner; column++) {
        cell = row * table->n_columns + column;
        if (table->marks[cell] & MARK_HIDDEN)
          n_hidden++, sum += table->values[cell];
      }
      if (find_smallest (table, get_line (table, row), &cell) &&
          (best == last || table->values[cell] < table->values[best]))
        best = cell;
    }
    if (n_hidden == 0 || sum >= table->k || best == last)
      return has_changed;
    hide (table, best);
    has_changed = TRUE;
  }
}

/* ---- The graph of unknown cells. Vertices: rows first, then columns. ---- */

static gsize
get_cell (const Table *table, gsize vertex, gsize other)
{
  return vertex < table->n_rows ? vertex * table->n_columns + other - table->n_rows
                                : other * table->n_columns + vertex - table->n_rows;
}

/* The vertices opposite to one: from @first to before @end. */
static void
get_others (const Table *table, gsize vertex, gsize *first, gsize *end)
{
  *first = vertex < table->n_rows ? table->n_rows : 0;
  *end = vertex < table->n_rows ? table->n_rows + table->n_columns : table->n_rows;
}

static gboolean
is_unknown (const Table *table, gsize cell)
{
  return (table->marks[cell] & (MARK_HIDDEN | MARK_MISSING)) == MARK_HIDDEN;
}

/* Whether the count between can change along @from → @to: counts flow from rows to columns, the
 * totals back; with the flow a count gets more, against it less, if it is not zero. */
static gboolean
can_flow (const Table *table, gsize from, gsize to)
{
  gsize cell = get_cell (table, from, to);
  gboolean is_row_total = cell % table->n_columns == table->n_columns - 1;
  gboolean is_column_total = cell / table->n_columns == table->n_rows - 1;

  return table->values[cell] > 0 || (from < table->n_rows) == (is_row_total == is_column_total);
}

/* Marks in @reached what can be come to from @start, or from where @start can be come to, over
 * unknown cells and vertices of no part yet. */
static void
reach (const Table *table, gsize start, gboolean is_forward, const gsize *parts, gboolean *reached,
       gsize *stack)
{
  gsize n = table->n_rows + table->n_columns, n_stack = 0;

  memset (reached, 0, n * sizeof *reached);
  reached[start] = TRUE;
  stack[n_stack++] = start;
  while (n_stack > 0) {
    gsize vertex = stack[--n_stack], other, end;

    for (get_others (table, vertex, &other, &end); other < end; other++)
      if (!reached[other] && parts[other] == n &&
          is_unknown (table, get_cell (table, vertex, other)) &&
          (is_forward ? can_flow (table, vertex, other) : can_flow (table, other, vertex))) {
        reached[other] = TRUE;
        stack[n_stack++] = other;
      }
  }
}

/* The strongly connected parts: a cell between two of them cannot change. */
static void
find_parts (const Table *table, gsize *parts, gsize *stack)
{
  gsize n = table->n_rows + table->n_columns;
  g_autofree gboolean *ahead = g_new (gboolean, n), *behind = g_new (gboolean, n);

  for (gsize i = 0; i < n; i++)
    parts[i] = n;
  for (gsize start = 0; start < n; start++) {
    if (parts[start] != n)
      continue;
    reach (table, start, TRUE, parts, ahead, stack);
    reach (table, start, FALSE, parts, behind, stack);
    for (gsize i = 0; i < n; i++)
      if (ahead[i] && behind[i])
        parts[i] = start;
  }
}

/* Marks what can be solved: cells between parts, and within one the bridges (Tarjan's walk
 * without recursion). In a part no other cell can: one way round its cycle can flow. */
static void
find_bridges (Table *table)
{
  gsize n = table->n_rows + table->n_columns, n_cells = table->n_rows * table->n_columns;
  g_autofree gsize *parts = g_new (gsize, n), *stack = g_new (gsize, n), *next = g_new (gsize, n);
  g_autofree gsize *order = g_new0 (gsize, n), *low = g_new (gsize, n);
  gsize clock = 0;

  find_parts (table, parts, stack);
  for (gsize cell = 0; cell < n_cells; cell++) {
    gsize row = cell / table->n_columns, column = table->n_rows + cell % table->n_columns;

    table->marks[cell] &= (guint8)~MARK_BRIDGE;
    if (table->marks[cell] & MARK_SECRET && parts[row] != parts[column])
      table->marks[cell] |= MARK_BRIDGE;
  }
  for (gsize start = 0; start < n; start++) {
    gsize n_stack = 0, end;

    if (order[start] != 0)
      continue;
    stack[n_stack++] = start;
    order[start] = low[start] = ++clock;
    get_others (table, start, &next[start], &end);
    while (n_stack > 0) {
      gsize vertex = stack[n_stack - 1], parent = n_stack > 1 ? stack[n_stack - 2] : n;
      gsize other, first;

      get_others (table, vertex, &first, &end);
      if (next[vertex] == end) {
        if (--n_stack == 0)
          break;
        low[parent] = MIN (low[parent], low[vertex]);
        if (low[vertex] > order[parent])
          table->marks[get_cell (table, parent, vertex)] |= MARK_BRIDGE;
        continue;
      }
      other = next[vertex]++;
      if (other == parent || parts[other] != parts[vertex] ||
          !is_unknown (table, get_cell (table, vertex, other)))
        continue;
      if (order[other] == 0) {
        stack[n_stack++] = other;
        order[other] = low[other] = ++clock;
        get_others (table, other, &next[other], &first);
      } else {
        low[vertex] = MIN (low[vertex], order[other]);
      }
    }
  }
}

/* What it costs to go over a cell: nothing if it is unknown, else its count, which gets lost;
 * negative if it cannot be hidden. */
static gint64
get_cost (const Table *table, gsize from, gsize to)
{
  gsize cell = get_cell (table, from, to);

  if (table->marks[cell] & MARK_MISSING || !can_flow (table, from, to))
    return -1;
  if (table->marks[cell] & MARK_HIDDEN)
    return 0;
  return cell + 1 == table->n_rows * table->n_columns || table->values[cell] <= 0
             ? -1
             : table->values[cell];
}

/* Hides the cells of least count that lead from one end of @bridge to the other another way.
 * Returns: FALSE if none can */
static gboolean
close_cycle (Table *table, gsize bridge, gsize from, gsize to)
{
  gsize n = table->n_rows + table->n_columns;
  g_autofree gint64 *costs = g_new (gint64, n);
  g_autofree gsize *before = g_new (gsize, n);
  g_autofree gboolean *is_done = g_new0 (gboolean, n);

  for (gsize i = 0; i < n; i++)
    costs[i] = G_MAXINT64;
  costs[from] = 0;
  for (;;) { /* Dijkstra */
    gsize vertex = n, other, end;

    for (gsize i = 0; i < n; i++)
      if (!is_done[i] && costs[i] < G_MAXINT64 && (vertex == n || costs[i] < costs[vertex]))
        vertex = i;
    if (vertex == n)
      return FALSE;
    if (vertex == to)
      break;
    is_done[vertex] = TRUE;
    for (get_others (table, vertex, &other, &end); other < end; other++) {
      gint64 cost = get_cost (table, vertex, other);

      if (get_cell (table, vertex, other) == bridge || cost < 0 || is_done[other] ||
          costs[vertex] + cost >= costs[other])
        continue;
      costs[other] = costs[vertex] + cost;
      before[other] = vertex;
    }
  }
  for (gsize vertex = to; vertex != from; vertex = before[vertex])
    if (!(table->marks[get_cell (table, vertex, before[vertex])] & MARK_HIDDEN))
      hide (table, get_cell (table, vertex, before[vertex]));
  return TRUE;
}

/* A count may get more, or else less. */
static gboolean
protect_bridge (Table *table, gsize bridge)
{
  gsize row = bridge / table->n_columns, column = table->n_rows + bridge % table->n_columns;

  return (can_flow (table, row, column) && close_cycle (table, bridge, column, row)) ||
         (can_flow (table, column, row) && close_cycle (table, bridge, row, column));
}

/* Returns: whether anything was hidden */
static gboolean
protect_bridges (Table *table)
{
  gsize n_cells = table->n_rows * table->n_columns;
  gboolean has_changed = FALSE;

  find_bridges (table);
  for (gsize cell = 0; cell < n_cells;) {
    guint8 marks = table->marks[cell];

    if (!(marks & MARK_SECRET) || !(marks & MARK_BRIDGE) || marks & MARK_LOST) {
      cell++;
      continue;
    }
    if (protect_bridge (table, cell)) {
      has_changed = TRUE;
      find_bridges (table);
    } else {
      table->marks[cell] |= MARK_LOST;
    }
  }
  return has_changed;
}

/* ---- The table. ---- */

/* What cells 0 … n − 1 of a line make, a missing one nothing. */
static gint64
sum_line (const Table *table, Line line)
{
  gint64 sum = 0;

  for (gsize i = 0; i < line.n; i++)
    if (!(table->marks[line.first + i * line.step] & MARK_MISSING))
      sum += table->values[line.first + i * line.step];
  return sum;
}

/* @published: the total, G_MININT64 if it is not published; @whole: of a breakdown by columns all
 * that the totals make, else 0 */
static void
set_total (Table *table, gsize line_number, gint64 published, gint64 whole)
{
  Line line = get_line (table, line_number);
  gsize total = line.first + line.n * line.step;
  gint64 sum = sum_line (table, line);

  if (published == G_MININT64) {
    table->values[total] = sum;
    table->marks[total] = MARK_HIDDEN;
    return;
  }
  table->values[total] = published;
  if (qonys_count_is_unsafe (published, table->k) ||
      (whole > 0 && (published == 0 || published == whole)))
    table->marks[total] = MARK_HIDDEN | MARK_SECRET | MARK_PRIMARY;
  else if (qonys_count_is_unsafe (published - sum, table->k))
    hide (table, total);
}

static void
mark_cells (Table *table, gboolean is_breakdown)
{
  for (gsize row = 0; row + 1 < table->n_rows; row++) {
    gint64 sum = sum_line (table, get_line (table, row));

    for (gsize column = 0; column + 1 < table->n_columns; column++) {
      gsize cell = row * table->n_columns + column;
      gint64 value = table->values[cell];

      if (!(table->marks[cell] & MARK_MISSING) &&
          (qonys_count_is_unsafe (value, table->k) ||
           (is_breakdown && sum > 0 && (value == 0 || value == sum))))
        table->marks[cell] |= MARK_HIDDEN | MARK_SECRET | MARK_PRIMARY;
    }
  }
}

static QonysCellState
get_state (const Table *table, gsize cell)
{
  if (table->marks[cell] & MARK_MISSING)
    return QONYS_CELL_MISSING;
  if (table->marks[cell] & MARK_PRIMARY)
    return QONYS_CELL_SUPPRESSED;
  if (table->marks[cell] & MARK_SECRET)
    return QONYS_CELL_SECONDARY;
  return table->marks[cell] & MARK_HIDDEN ? QONYS_CELL_MISSING : QONYS_CELL_SHOWN;
}

static void
suppress (const gint64 *counts, gsize n_rows, gsize n_columns, const gint64 *row_totals,
          const gint64 *column_totals, gboolean has_grand_total, gint64 threshold,
          gboolean is_breakdown, QonysCellState *states, QonysCellState *row_total_states,
          QonysCellState *column_total_states)
{
  gsize n_cells = (n_rows + 1) * (n_columns + 1);
  g_autofree gint64 *values = g_new0 (gint64, n_cells);
  g_autofree guint8 *marks = g_new0 (guint8, n_cells);
  Table table = {n_rows + 1, n_columns + 1, values, marks, MAX (threshold, QONYS_MIN_THRESHOLD)};
  gint64 grand_total = 0;
  gboolean has_changed;

  for (gsize row = 0; row < n_rows; row++)
    for (gsize column = 0; column < n_columns; column++) {
      gsize cell = row * table.n_columns + column;
      gint64 count = counts[row * n_columns + column];

      values[cell] = count == G_MININT64 ? 0 : count;
      marks[cell] = count == G_MININT64 ? MARK_MISSING : 0;
      grand_total += values[cell];
    }
  mark_cells (&table, is_breakdown);
  for (gsize row = 0; row < n_rows; row++)
    set_total (&table, row, row_totals != NULL ? row_totals[row] : G_MININT64, 0);
  for (gsize column = 0; column < n_columns; column++)
    set_total (&table, table.n_rows + column,
               column_totals != NULL ? column_totals[column] : G_MININT64,
               is_breakdown ? grand_total : 0);
  values[n_cells - 1] = grand_total;
  marks[n_cells - 1] =
      has_grand_total && !qonys_count_is_unsafe (grand_total, table.k) ? 0 : MARK_HIDDEN;

  do {
    has_changed = FALSE;
    for (gsize line = 0; line < table.n_rows + table.n_columns; line++)
      has_changed |= protect_line (&table, get_line (&table, line));
    has_changed |= protect_whole (&table);
    has_changed |= protect_bridges (&table);
  } while (has_changed);

  for (gsize row = 0; row < n_rows; row++)
    for (gsize column = 0; column < n_columns; column++)
      states[row * n_columns + column] = get_state (&table, row * table.n_columns + column);
  for (gsize row = 0; row < n_rows && row_total_states != NULL; row++)
    row_total_states[row] = get_state (&table, row * table.n_columns + n_columns);
  for (gsize column = 0; column < n_columns && column_total_states != NULL; column++)
    column_total_states[column] = get_state (&table, n_rows * table.n_columns + column);
}

void
qonys_suppress_table (const gint64 *counts, gsize n_rows, gsize n_columns, const gint64 *row_totals,
                      const gint64 *column_totals, gboolean has_grand_total, gint64 threshold,
                      QonysCellState *states, QonysCellState *row_total_states,
                      QonysCellState *column_total_states)
{
  suppress (counts, n_rows, n_columns, row_totals, column_totals, has_grand_total, threshold, FALSE,
            states, row_total_states, column_total_states);
}

void
qonys_suppress_breakdown (const gint64 *counts, gsize n_rows, gsize n_columns,
                          const gint64 *row_totals, const gint64 *column_totals,
                          gboolean has_grand_total, gint64 threshold, QonysCellState *states,
                          QonysCellState *row_total_states, QonysCellState *column_total_states)
{
  suppress (counts, n_rows, n_columns, row_totals, column_totals, has_grand_total, threshold, TRUE,
            states, row_total_states, column_total_states);
}
