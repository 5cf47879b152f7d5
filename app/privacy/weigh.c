/*
 * The verdict on what a scanner counted: chance is told from persons by shares and by how many
 * values differ. Once a file, some microseconds a column.
 */
#include "privacy/column.h"

#define MIN_DISTINCT 3        /* values that make a weak pattern certain */
#define MAX_BIRTH_SPREAD 5479 /* days in 15 years */
#define MIN_DATES 5
#define MIN_REPEATED_ROWS 3

static void
free_finding (gpointer data)
{
  QonysFinding *finding = data;

  g_free (finding->column);
  g_free (finding->masked_sample);
  g_free (finding);
}

/* @tallies: (array length=n): the strongest first; the sample is the first's that has one */
static void
add_finding (GPtrArray *findings, const char *column, QonysVerdict verdict,
             QonysIdentifierKind kind, const Tally *const *tallies, guint n)
{
  QonysFinding *finding = g_new0 (QonysFinding, 1);

  finding->verdict = verdict;
  finding->kind = kind;
  finding->column = g_strdup (column);
  for (guint i = 0; i < n; i++) {
    if (tallies[i]->n_rows == 0)
      continue;
    if (finding->n_rows == 0 || tallies[i]->first_row < finding->first_row)
      finding->first_row = tallies[i]->first_row;
    finding->n_rows += tallies[i]->n_rows;
    if (finding->masked_sample == NULL && *tallies[i]->sample != '\0')
      finding->masked_sample = g_strdup (tallies[i]->sample);
  }
  g_ptr_array_add (findings, finding);
}

static void
add_pattern (GPtrArray *findings, const Column *column, QonysPattern pattern, QonysVerdict verdict,
             QonysIdentifierKind kind)
{
  const Tally *tally = &column->tallies[pattern];

  if (tally->n_rows > 0)
    add_finding (findings, column->name, verdict, kind, &tally, 1);
}

/* Whether @k of @n right check digits are more than the 30 % that are decisive. */
static gboolean
is_decisive (gint64 k, gint64 n)
{
  return (double)k > 0.3 * (double)n;
}

/* Whether they are more than chance gives: 9.9 %, by three standard deviations and by half. */
static gboolean
is_above_chance (gint64 k, gint64 n)
{
  double over = (double)k - 0.0991 * (double)n;

  return (double)k > 0.15 * (double)n && over * over > 9 * 0.0991 * 0.9009 * (double)n;
}

/* One number reading as a date is decisive, but for sums of tenge, where it is the share; of
 * numbers without a date and of padded ones it is the share too. */
static void
weigh_iin (GPtrArray *findings, const Column *column)
{
  const Tally *t = column->tallies;
  const Tally *full[] = {&t[QONYS_PATTERN_IIN], &t[QONYS_PATTERN_IIN_CHECKSUM]};
  const Tally *cut[] = {&t[QONYS_PATTERN_SHORT_IIN], &t[QONYS_PATTERN_SHORT_CHECKSUM]};
  const Tally *rounded[] = {&t[QONYS_PATTERN_ROUNDED_IIN]};
  gint64 n_full = full[0]->n_rows + full[1]->n_rows, n_cut = cut[0]->n_rows + cut[1]->n_rows;
  gint64 n_twelve = t[QONYS_PATTERN_TWELVE].n_rows, n_short = t[QONYS_PATTERN_SHORT].n_rows;
  gboolean is_amount = (column->traits & QONYS_COLUMN_AMOUNT) != 0;
  gboolean are_many = full[0]->n_rows > 0 || full[1]->n_distinct >= MIN_DISTINCT;
  gboolean are_many_cut = cut[0]->n_rows > 0 || cut[1]->n_distinct >= MIN_DISTINCT;

  if (full[0]->n_rows > 0 && !is_amount)
    add_finding (findings, column->name, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_IIN, full, 2);
  else if (are_many && is_decisive (n_full, n_twelve))
    add_finding (findings, column->name, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_IIN, full, 2);
  else if (are_many_cut && is_decisive (n_cut, n_short))
    add_finding (findings, column->name, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_IIN, cut, 2);
  else if (rounded[0]->n_rows > 0 && !is_amount &&
           is_decisive (rounded[0]->n_rows, n_twelve + n_short))
    add_finding (findings, column->name, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_IIN, rounded, 1);
  else if (n_full > 0 && !is_amount)
    add_finding (findings, column->name, QONYS_VERDICT_WARN, QONYS_IDENTIFIER_IIN, full, 2);
  else if (is_above_chance (n_cut, n_short))
    add_finding (findings, column->name, QONYS_VERDICT_WARN, QONYS_IDENTIFIER_IIN, cut, 2);
}

static QonysVerdict
weigh_weak (const Tally *tally)
{
  return tally->n_distinct >= MIN_DISTINCT ? QONYS_VERDICT_REFUSE : QONYS_VERDICT_WARN;
}

static void
weigh_names (GPtrArray *findings, const Column *column, gboolean is_address_level)
{
  const Tally *likely = &column->likely_names;
  gboolean is_refused = column->traits & QONYS_COLUMN_REFUSED ||
                        (is_address_level && column->traits & QONYS_COLUMN_REFUSED_AT_ADDRESS) ||
                        column->owners.n_rows > 0;

  if (is_refused) {
    QonysFinding *finding = g_new0 (QonysFinding, 1);

    finding->verdict = QONYS_VERDICT_REFUSE;
    finding->kind = QONYS_IDENTIFIER_COLUMN_NAME;
    finding->column = g_strdup (column->name);
    finding->n_rows = column->n_cells;
    g_ptr_array_add (findings, finding);
  }
  if (likely->n_rows * 2 > column->n_judged_names)
    add_finding (findings, column->name, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_PERSON_NAME,
                 &likely, 1);
  else
    add_pattern (findings, column, QONYS_PATTERN_PERSON_NAME, QONYS_VERDICT_REFUSE,
                 QONYS_IDENTIFIER_PERSON_NAME);
}

static void
weigh_column (GPtrArray *findings, const Column *column, gboolean is_address_level)
{
  const Tally *t = column->tallies;
  const Tally *nine = &t[QONYS_PATTERN_NINE];
  /* Districts' codes have nine digits too: a few values, all of 71. */
  gboolean are_districts = column->n_other_nines == 0 && nine->n_distinct < MAX_DISTINCT;

  weigh_names (findings, column, is_address_level);
  weigh_iin (findings, column);
  add_pattern (findings, column, QONYS_PATTERN_BIN, QONYS_VERDICT_WARN, QONYS_IDENTIFIER_BIN);
  if (nine->n_rows > 0 && !are_districts)
    add_finding (findings, column->name, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_IDENTITY_CARD,
                 &nine, 1);
  else
    add_pattern (findings, column, QONYS_PATTERN_IDENTITY_CARD,
                 weigh_weak (&t[QONYS_PATTERN_IDENTITY_CARD]), QONYS_IDENTIFIER_IDENTITY_CARD);
  add_pattern (findings, column, QONYS_PATTERN_DOCUMENT, QONYS_VERDICT_REFUSE,
               QONYS_IDENTIFIER_PASSPORT);
  add_pattern (findings, column, QONYS_PATTERN_PASSPORT, QONYS_VERDICT_REFUSE,
               QONYS_IDENTIFIER_PASSPORT);
  add_pattern (findings, column, QONYS_PATTERN_MOBILE_PHONE, QONYS_VERDICT_REFUSE,
               QONYS_IDENTIFIER_MOBILE_PHONE);
  add_pattern (findings, column, QONYS_PATTERN_CITY_PHONE, QONYS_VERDICT_WARN,
               QONYS_IDENTIFIER_CITY_PHONE);
  add_pattern (findings, column, QONYS_PATTERN_EMAIL, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_EMAIL);
  add_pattern (findings, column, QONYS_PATTERN_IBAN, QONYS_VERDICT_REFUSE, QONYS_IDENTIFIER_IBAN);
  add_pattern (findings, column, QONYS_PATTERN_VEHICLE_PLATE,
               weigh_weak (&t[QONYS_PATTERN_VEHICLE_PLATE]), QONYS_IDENTIFIER_VEHICLE_PLATE);
  if (column->n_days >= MIN_DATES && column->last_day - column->first_day > MAX_BIRTH_SPREAD)
    add_finding (findings, column->name, QONYS_VERDICT_WARN, QONYS_IDENTIFIER_BIRTH_DATE, NULL, 0);
}

/* An address-level table that counts nothing and in which one row of five repeats an address.
 * Without a flat or a key, rows with rooms and areas are flats of one house. */
static void
weigh_rows (GPtrArray *findings, QonysScanner *scanner)
{
  double n_repeated;

  qonys_scanner_end_row (scanner);
  n_repeated = (double)scanner->n_address_rows - scanner->n_distinct_addresses;
  if (!(scanner->traits & (QONYS_COLUMN_HOUSE | QONYS_COLUMN_UNIT)) || /* streets do repeat */
      scanner->traits & QONYS_COLUMN_COUNT ||
      (scanner->traits & QONYS_COLUMN_MEASURE && !(scanner->traits & QONYS_COLUMN_UNIT)) ||
      n_repeated < MIN_REPEATED_ROWS - 0.5 || n_repeated * 5 < (double)scanner->n_address_rows)
    return;
  for (guint i = 0; i < scanner->columns->len; i++) {
    const Column *column = g_ptr_array_index (scanner->columns, i);

    if (column->traits & QONYS_COLUMN_ADDRESS) {
      QonysFinding *finding = g_new0 (QonysFinding, 1);

      finding->verdict = QONYS_VERDICT_REFUSE;
      finding->kind = QONYS_IDENTIFIER_MICRO_ROWS;
      finding->column = g_strdup (column->name);
      finding->n_rows = (gint64)(n_repeated + 0.5);
      g_ptr_array_add (findings, finding);
      return;
    }
  }
}

static int
compare_gravity (gconstpointer a, gconstpointer b)
{
  const QonysFinding *const *one = a, *const *other = b;

  return (int)(*other)->verdict - (int)(*one)->verdict;
}

GPtrArray *
qonys_scanner_finish (QonysScanner *scanner)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (free_finding);

  for (guint i = 0; i < scanner->columns->len; i++)
    weigh_column (findings, g_ptr_array_index (scanner->columns, i), scanner->is_address_level);
  weigh_rows (findings, scanner);
  g_ptr_array_sort (findings, compare_gravity);
  return findings;
}
