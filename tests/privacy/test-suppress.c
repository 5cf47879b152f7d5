/* Suppression, audited by trying every table the reader could still believe in. */
#include "privacy/suppress.h"

#include <locale.h>

#define MAX_SIDE 4
#define MISSING G_MININT64

typedef struct {
  gsize n_rows, n_columns;
  gint64 counts[MAX_SIDE * MAX_SIDE], row_totals[MAX_SIDE], column_totals[MAX_SIDE];
  gboolean has_rows, has_columns, has_grand, is_breakdown;
  gint64 k;
  QonysCellState states[MAX_SIDE * MAX_SIDE], row_states[MAX_SIDE], column_states[MAX_SIDE];
} Case;

static void
run (Case *c)
{
  (c->is_breakdown ? qonys_suppress_breakdown : qonys_suppress_table) (
      c->counts, c->n_rows, c->n_columns, c->has_rows ? c->row_totals : NULL,
      c->has_columns ? c->column_totals : NULL, c->has_grand, c->k, c->states, c->row_states,
      c->column_states);
}

static gboolean
is_hidden (QonysCellState state)
{
  return state == QONYS_CELL_SUPPRESSED || state == QONYS_CELL_SECONDARY;
}

static gint64
sum_all (const Case *c)
{
  gint64 sum = 0;

  for (gsize i = 0; i < c->n_rows * c->n_columns; i++)
    sum += c->counts[i];
  return sum;
}

static void
test_small (void)
{
  g_assert_true (qonys_count_is_unsafe (1, 5));
  g_assert_true (qonys_count_is_unsafe (4, 5));
  g_assert_true (qonys_count_is_unsafe (4, 1)); /* never below 5 */
  g_assert_true (qonys_count_is_unsafe (9, 10));
  g_assert_false (qonys_count_is_unsafe (0, 5));
  g_assert_false (qonys_count_is_unsafe (5, 5));
  g_assert_false (qonys_count_is_unsafe (-3, 5));
}

/* The case of the rules: (3, 40, 57 | 100) → (…, …, 57 | 100). */
static void
test_case (void)
{
  Case c = {1, 3, {3, 40, 57}, {100}, .has_rows = TRUE, .k = 5};

  run (&c);
  g_assert_cmpint (c.states[0], ==, QONYS_CELL_SUPPRESSED);
  g_assert_cmpint (c.states[1], ==, QONYS_CELL_SECONDARY);
  g_assert_cmpint (c.states[2], ==, QONYS_CELL_SHOWN);
  g_assert_cmpint (c.row_states[0], ==, QONYS_CELL_SHOWN);
  g_assert_cmpint (c.column_states[0], ==, QONYS_CELL_MISSING); /* not published */

  c = (Case){1, 3, {3, 40, 57}, {100}, .k = 5}; /* no total: nothing to subtract from */
  run (&c);
  g_assert_cmpint (c.states[0], ==, QONYS_CELL_SUPPRESSED);
  g_assert_cmpint (c.states[1], ==, QONYS_CELL_SHOWN);

  c = (Case){3, 1, {3, 40, 57}, .column_totals = {100}, .has_columns = TRUE, .k = 5};
  run (&c);
  g_assert_cmpint (c.states[1], ==, QONYS_CELL_SECONDARY);
  g_assert_cmpint (c.states[2], ==, QONYS_CELL_SHOWN);

  c = (Case){1, 4, {1, 2, 40, 0}, {43}, .has_rows = TRUE, .k = 5}; /* 1 + 2 < k */
  run (&c);
  g_assert_cmpint (c.states[2], ==, QONYS_CELL_SECONDARY);
  g_assert_cmpint (c.states[3], ==, QONYS_CELL_SHOWN);

  c = (Case){1, 2, {3, 0}, {3}, .has_rows = TRUE, .k = 5}; /* an unsafe total */
  run (&c);
  g_assert_cmpint (c.row_states[0], ==, QONYS_CELL_SUPPRESSED);

  c = (Case){2, 2, {1, 2, 40, 50}, .has_grand = TRUE, .k = 5}; /* only the sum of all */
  run (&c);
  g_assert_cmpint (c.states[2], ==, QONYS_CELL_SECONDARY);
  g_assert_cmpint (c.states[3], ==, QONYS_CELL_SHOWN);
}

/* A missing cell hides nothing, and the total may not tell it. */
static void
test_missing (void)
{
  Case c = {1, 3, {3, MISSING, 57}, {60}, .has_rows = TRUE, .k = 5};

  run (&c);
  g_assert_cmpint (c.states[1], ==, QONYS_CELL_MISSING);
  g_assert_cmpint (c.states[2], ==, QONYS_CELL_SECONDARY);

  c = (Case){1, 3, {40, MISSING, 57}, {100}, .has_rows = TRUE, .k = 5};
  run (&c);
  g_assert_cmpint (c.row_states[0], ==, QONYS_CELL_SECONDARY);

  c = (Case){1, 3, {40, MISSING, 57}, {MISSING}, .has_rows = TRUE, .k = 5};
  run (&c);
  g_assert_cmpint (c.row_states[0], ==, QONYS_CELL_MISSING);
}

/* Two in each line are not enough: rows 1 and 2 less columns 1 and 2 give the last cell away. */
static void
test_bridge (void)
{
  Case c = {4,
            4,
            {1, 1, 90, 90, 1, 1, 6, 91, 92, 90, 1, 1, 92, 93, 1, 1},
            .has_rows = TRUE,
            .has_columns = TRUE,
            .has_grand = TRUE,
            .k = 5};

  for (int i = 0; i < 16; i++) {
    c.row_totals[i / 4] += c.counts[i];
    c.column_totals[i % 4] += c.counts[i];
  }
  run (&c);
  g_assert_true (is_hidden (c.states[0]));
}

/* ---- The audit. ---- */

typedef struct {
  const Case *c;
  gint64 cells[MAX_SIDE * MAX_SIDE];
  gboolean differs[MAX_SIDE * MAX_SIDE], row_differs[MAX_SIDE], column_differs[MAX_SIDE];
} Audit;

static gboolean
fits_row (const Case *c, const gint64 *cells, gsize row)
{
  gint64 sum = 0;

  if (!c->has_rows || c->row_states[row] != QONYS_CELL_SHOWN)
    return TRUE;
  for (gsize i = 0; i < c->n_columns; i++)
    sum += cells[row * c->n_columns + i];
  return sum == c->row_totals[row];
}

static void
note_differences (Audit *audit)
{
  const Case *c = audit->c;
  gint64 sum = 0;

  for (gsize column = 0; column < c->n_columns; column++) {
    gint64 total = 0;

    for (gsize row = 0; row < c->n_rows; row++)
      total += audit->cells[row * c->n_columns + column];
    if (c->has_columns && c->column_states[column] == QONYS_CELL_SHOWN &&
        total != c->column_totals[column])
      return;
    sum += total;
  }
  if (c->has_grand && !qonys_count_is_unsafe (sum_all (c), c->k) && sum != sum_all (c))
    return;
  for (gsize row = 0; row < c->n_rows; row++) {
    gint64 total = 0;

    for (gsize column = 0; column < c->n_columns; column++) {
      gsize i = row * c->n_columns + column;

      total += audit->cells[i];
      audit->differs[i] |= audit->cells[i] != c->counts[i];
    }
    audit->row_differs[row] |= total != c->row_totals[row];
  }
  for (gsize column = 0; column < c->n_columns; column++) {
    gint64 total = 0;

    for (gsize row = 0; row < c->n_rows; row++)
      total += audit->cells[row * c->n_columns + column];
    audit->column_differs[column] |= total != c->column_totals[column];
  }
}

/* Every table that shows the same and has hidden counts one more, the same or one less. */
static void
try_cells (Audit *audit, gsize i)
{
  const Case *c = audit->c;

  if (i > 0 && i % c->n_columns == 0 && !fits_row (c, audit->cells, i / c->n_columns - 1))
    return;
  if (i == c->n_rows * c->n_columns) {
    note_differences (audit);
    return;
  }
  for (gint64 change = -1; change <= 1; change++) {
    audit->cells[i] = c->counts[i] + change;
    if (audit->cells[i] >= 0 && (change == 0 || is_hidden (c->states[i])))
      try_cells (audit, i + 1);
  }
}

static void
print_case (const Case *c)
{
  for (gsize row = 0; row < c->n_rows; row++) {
    g_autoptr (GString) line = g_string_new (NULL);

    for (gsize column = 0; column < c->n_columns; column++)
      g_string_append_printf (line, " %2d%s", (int)c->counts[row * c->n_columns + column],
                              is_hidden (c->states[row * c->n_columns + column]) ? "…" : " ");
    g_test_message ("%s | %d%s", line->str, (int)c->row_totals[row],
                    is_hidden (c->row_states[row]) ? "…" : "");
  }
  for (gsize column = 0; column < c->n_columns; column++)
    g_test_message ("total %d%s", (int)c->column_totals[column],
                    is_hidden (c->column_states[column]) ? "…" : "");
}

/* A secret the reader can still take for something else. @differs: the audit's word. */
static void
check_secret (const Case *c, QonysCellState state, gboolean differs)
{
  if (is_hidden (state) && !differs) {
    print_case (c);
    g_error ("a hidden count can be solved");
  }
}

static void
check_sum (const Case *c, gsize first, gsize step, gsize n, QonysCellState total_state)
{
  gint64 sum = 0;
  gsize n_hidden = 0;

  if (total_state != QONYS_CELL_SHOWN)
    return;
  for (gsize i = 0; i < n; i++)
    if (is_hidden (c->states[first + i * step])) {
      sum += c->counts[first + i * step];
      n_hidden++;
    }
  g_assert_true (n_hidden == 0 || n_hidden > 1);
  g_assert_true (n_hidden == 0 || sum >= c->k);
}

static void
audit_case (const Case *c)
{
  Audit audit = {.c = c};

  for (gsize i = 0; i < c->n_rows * c->n_columns; i++) {
    if (qonys_count_is_unsafe (c->counts[i], c->k))
      g_assert_cmpint (c->states[i], ==, QONYS_CELL_SUPPRESSED);
    if (c->counts[i] == 0 && !c->is_breakdown)
      g_assert_cmpint (c->states[i], ==, QONYS_CELL_SHOWN);
  }
  for (gsize row = 0; row < c->n_rows && c->has_rows; row++)
    if (qonys_count_is_unsafe (c->row_totals[row], c->k))
      g_assert_cmpint (c->row_states[row], ==, QONYS_CELL_SUPPRESSED);
  try_cells (&audit, 0);
  for (gsize i = 0; i < c->n_rows * c->n_columns; i++)
    check_secret (c, c->states[i], audit.differs[i]);
  for (gsize row = 0; row < c->n_rows; row++)
    check_secret (c, c->row_states[row], audit.row_differs[row]);
  for (gsize column = 0; column < c->n_columns; column++)
    check_secret (c, c->column_states[column], audit.column_differs[column]);
  if (c->is_breakdown)
    return;
  for (gsize row = 0; row < c->n_rows; row++)
    check_sum (c, row * c->n_columns, 1, c->n_columns, c->row_states[row]);
  for (gsize column = 0; column < c->n_columns; column++)
    check_sum (c, column, c->n_columns, c->n_rows, c->column_states[column]);
}

static Case
make_case (GRand *rand, gsize max_side)
{
  static const int tops[] = {3, 8, 20, 200};
  Case c = {.n_rows = (gsize)g_rand_int_range (rand, 1, (gint32)max_side + 1),
            .n_columns = (gsize)g_rand_int_range (rand, 1, (gint32)max_side + 1),
            .has_rows = g_rand_int_range (rand, 0, 4) > 0,
            .has_columns = g_rand_int_range (rand, 0, 4) > 0,
            .has_grand = g_rand_boolean (rand),
            .k = g_rand_int_range (rand, 0, 3) == 0 ? 10 : 5};

  for (gsize i = 0; i < c.n_rows * c.n_columns; i++) {
    c.counts[i] = g_rand_int_range (rand, 0, 1 + tops[g_rand_int_range (rand, 0, 4)]);
    if (g_rand_int_range (rand, 0, 6) == 0)
      c.counts[i] = 0;
    c.row_totals[i / c.n_columns] += c.counts[i];
    c.column_totals[i % c.n_columns] += c.counts[i];
  }
  return c;
}

static void
test_audit (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240125);
  int n_hidden = 0, n_shown = 0;

  for (int round = 0; round < 4000; round++) {
    Case c = make_case (rand, 3);

    run (&c);
    audit_case (&c);
    for (gsize i = 0; i < c.n_rows * c.n_columns; i++)
      *(is_hidden (c.states[i]) ? &n_hidden : &n_shown) += 1;
  }
  g_assert_cmpint (n_shown, >, n_hidden / 4); /* it does not just hide all */
}

/* Zeros and whole rows of an attribute. What cannot be hidden at all is a column nobody is in or
 * everybody: such cases are left out. */
static void
test_breakdown (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  Case known = {2, 2, {12, 0, 30, 40}, {12, 70}, .has_rows = TRUE, .is_breakdown = TRUE, .k = 5};

  run (&known);
  g_assert_cmpint (known.states[0], ==, QONYS_CELL_SUPPRESSED);
  g_assert_cmpint (known.states[1], ==, QONYS_CELL_SUPPRESSED);
  g_assert_cmpint (known.states[2], ==, QONYS_CELL_SHOWN);

  for (int round = 0; round < 4000; round++) {
    Case c = make_case (rand, 3);
    gboolean is_fair = sum_all (&c) >= 2 * c.k;

    c.is_breakdown = TRUE;
    for (gsize i = 0; i < c.n_rows * c.n_columns; i++)
      is_fair = is_fair && c.column_totals[i % c.n_columns] > 0 &&
                c.row_totals[i / c.n_columns] > 0 && c.n_rows > 1 && c.n_columns > 1;
    run (&c);
    for (gsize i = 0; i < c.n_rows * c.n_columns; i++) {
      gint64 whole = c.row_totals[i / c.n_columns];

      if (whole > 0 && (c.counts[i] == 0 || c.counts[i] == whole))
        g_assert_cmpint (c.states[i], ==, QONYS_CELL_SUPPRESSED);
    }
    if (is_fair)
      audit_case (&c);
  }
}

/* A table of the size of a grid: it ends, and marginals hold. */
static void
test_large (void)
{
  enum { N_ROWS = 600, N_COLUMNS = 5 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autofree gint64 *counts = g_new (gint64, N_ROWS * N_COLUMNS);
  g_autofree gint64 *row_totals = g_new0 (gint64, N_ROWS);
  g_autofree QonysCellState *states = g_new (QonysCellState, N_ROWS * N_COLUMNS);
  g_autofree QonysCellState *row_states = g_new (QonysCellState, N_ROWS);
  gint64 column_totals[N_COLUMNS] = {0};
  QonysCellState column_states[N_COLUMNS];

  for (int i = 0; i < N_ROWS * N_COLUMNS; i++) {
    counts[i] = g_rand_int_range (rand, 0, 2) ? 0 : g_rand_int_range (rand, 0, 60);
    row_totals[i / N_COLUMNS] += counts[i];
    column_totals[i % N_COLUMNS] += counts[i];
  }
  qonys_suppress_table (counts, N_ROWS, N_COLUMNS, row_totals, column_totals, TRUE, 5, states,
                        row_states, column_states);
  for (int row = 0; row < N_ROWS; row++) {
    int n_hidden = 0;

    for (int column = 0; column < N_COLUMNS; column++)
      n_hidden += is_hidden (states[row * N_COLUMNS + column]);
    g_assert_true (n_hidden != 1 || is_hidden (row_states[row]));
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/suppress/small", test_small);
  g_test_add_func ("/privacy/suppress/case", test_case);
  g_test_add_func ("/privacy/suppress/missing", test_missing);
  g_test_add_func ("/privacy/suppress/bridge", test_bridge);
  g_test_add_func ("/privacy/suppress/audit", test_audit);
  g_test_add_func ("/privacy/suppress/breakdown", test_breakdown);
  g_test_add_func ("/privacy/suppress/large", test_large);
  return g_test_run ();
}
