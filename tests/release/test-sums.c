/* Complementary suppression over overlapping sums, against an attacker who tries every way the
 * hidden counts could be: what has but one way is given away. */

#include "release-support.h"

#include "release/release-private.h"

static void
add_sum (GArray *sums, gint64 total, const guint *members, guint n)
{
  g_array_append_vals (_qonys_sums_add (sums, total), members, n);
}

/* 3, 40, 57 of a published 100: two are hidden. */
static void
test_one_row (void)
{
  const gint64 counts[] = {3, 40, 57, 100};
  const guint members[] = {0, 1, 2};
  guint8 is_hidden[] = {TRUE, FALSE, FALSE, FALSE};
  g_autoptr (GArray) sums = _qonys_sums_new ();

  add_sum (sums, 3, members, 3);
  _qonys_hide_sums (counts, is_hidden, sums, 5);
  g_assert_cmpmem (is_hidden, 4, ((guint8[]){TRUE, TRUE, FALSE, FALSE}), 4);
}

/* 1 and 2 hidden together are known to be 3: another goes. */
static void
test_small_hidden_sum (void)
{
  const gint64 counts[] = {1, 2, 57, 60};
  const guint members[] = {0, 1, 2};
  guint8 is_hidden[] = {TRUE, TRUE, FALSE, FALSE};
  g_autoptr (GArray) sums = _qonys_sums_new ();

  add_sum (sums, 3, members, 3);
  _qonys_hide_sums (counts, is_hidden, sums, 5);
  g_assert_true (is_hidden[2]);
}

/* A hidden total is given away when all its parts are shown. */
static void
test_hidden_total (void)
{
  const gint64 counts[] = {10, 20, 0, 30};
  const guint members[] = {0, 1, 2};
  guint8 is_hidden[] = {FALSE, FALSE, FALSE, TRUE};
  g_autoptr (GArray) sums = _qonys_sums_new ();

  add_sum (sums, 3, members, 3);
  _qonys_hide_sums (counts, is_hidden, sums, 5);
  g_assert_cmpmem (is_hidden, 4, ((guint8[]){TRUE, FALSE, FALSE, TRUE}), 4);
}

/* Zeros and missing counts hide nothing. */
static void
test_no_partner (void)
{
  const gint64 counts[] = {3, 0, QONYS_BIG_MISSING, 3};
  const guint members[] = {0, 1, 2};
  guint8 is_hidden[] = {TRUE, FALSE, FALSE, FALSE};
  g_autoptr (GArray) sums = _qonys_sums_new ();

  add_sum (sums, 3, members, 3);
  _qonys_hide_sums (counts, is_hidden, sums, 5);
  g_assert_cmpmem (is_hidden, 4, ((guint8[]){TRUE, FALSE, FALSE, TRUE}), 4);
}

/* Each row and column has two hidden counts and yet the middle one, which alone joins the two
 * squares, can be told. */
static void
test_bridge (void)
{
  enum { N = 5 };
  static const char *const PATTERN[N] = {"xx...", "xxx..", "...xx", "..xxx", "....."};
  gint64 counts[N * N + 2 * N];
  guint8 is_hidden[N * N + 2 * N] = {0};
  g_autoptr (GArray) sums = _qonys_sums_new ();
  guint n_hidden = 0;

  memset (counts, 0, sizeof counts);
  for (guint i = 0; i < N; i++) {
    guint row[N], column[N];

    for (guint j = 0; j < N; j++) {
      row[j] = i * N + j;
      column[j] = j * N + i;
      counts[i * N + j] = PATTERN[i][j] == 'x' ? 3 : 20 + i + j;
      is_hidden[i * N + j] = PATTERN[i][j] == 'x';
    }
    add_sum (sums, N * N + i, row, N);
    add_sum (sums, N * N + N + i, column, N);
  }
  for (guint i = 0; i < N * N; i++) {
    counts[N * N + i / N] += counts[i];
    counts[N * N + N + i % N] += counts[i];
  }
  _qonys_hide_sums (counts, is_hidden, sums, 5);
  for (guint i = 0; i < N * N; i++)
    n_hidden += is_hidden[i];
  g_assert_cmpuint (n_hidden, >, 10);
}

/* ---- the attacker ---- */

/* Three by three, totals of rows, of columns, of all. */
typedef struct {
  gint64 counts[16], trial[16];
  guint8 is_hidden[16];
  guint8 is_open[16]; /* another value is possible */
} Attack;

static void
add_up (gint64 *counts)
{
  memset (counts + 9, 0, 7 * sizeof *counts);
  for (guint i = 0; i < 9; i++) {
    counts[9 + i / 3] += counts[i];
    counts[12 + i % 3] += counts[i];
    counts[15] += counts[i];
  }
}

/* Moves along every direction of −1, 0, 1 over the hidden cells that leaves what is shown as it
 * is: in a table a count that can vary at all varies along one of these. */
static void
vary (Attack *attack, guint cell)
{
  if (cell == 9) {
    add_up (attack->trial);
    for (guint i = 9; i < 16; i++)
      if (!attack->is_hidden[i] && attack->trial[i] != attack->counts[i])
        return;
    for (guint i = 0; i < 16; i++)
      attack->is_open[i] |= attack->trial[i] != attack->counts[i];
    return;
  }
  for (int step = -1; step <= 1; step++)
    if (step == 0 || attack->is_hidden[cell]) {
      attack->trial[cell] = attack->counts[cell] + step;
      vary (attack, cell + 1);
    }
}

/* Random tables. */
static void
test_attack (void)
{
  for (guint round = 0; round < 300; round++) {
    Attack attack = {.counts = {0}};
    gint64 *counts = attack.counts;
    g_autoptr (GArray) sums = _qonys_sums_new ();

    for (guint i = 0; i < 9; i++)
      counts[i] = g_test_rand_int_range (0, g_test_rand_bit () ? 7 : 60);
    add_up (counts);
    for (guint i = 0; i < 3; i++) {
      add_sum (sums, 9 + i, (guint[]){3 * i, 3 * i + 1, 3 * i + 2}, 3);
      add_sum (sums, 12 + i, (guint[]){i, 3 + i, 6 + i}, 3);
    }
    add_sum (sums, 15, (guint[]){9, 10, 11}, 3);
    add_sum (sums, 15, (guint[]){12, 13, 14}, 3);
    for (guint i = 0; i < 16; i++)
      attack.is_hidden[i] = counts[i] > 0 && counts[i] < 5;
    _qonys_hide_sums (counts, attack.is_hidden, sums, 5);
    vary (&attack, 0);
    for (guint i = 0; i < 16; i++)
      if (counts[i] > 0 && counts[i] < 5) {
        g_assert_true (attack.is_hidden[i]);
        g_assert_true (attack.is_open[i]);
      }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/sums/one-row", test_one_row);
  g_test_add_func ("/release/sums/small-hidden-sum", test_small_hidden_sum);
  g_test_add_func ("/release/sums/hidden-total", test_hidden_total);
  g_test_add_func ("/release/sums/no-partner", test_no_partner);
  g_test_add_func ("/release/sums/bridge", test_bridge);
  g_test_add_func ("/release/sums/attack", test_attack);
  return release_test_run ();
}
