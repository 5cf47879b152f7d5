/*
 * Individual numbers in a cell: runs of 12 digits however they are written, and what spreadsheets
 * make of them. Told from sums, coordinates, address codes, hashes. Every cell with nine digits
 * and more; some tens of nanoseconds, no memory.
 */
#include "privacy/cell.h"

#include "privacy/identifier.h"

#define HASH_LENGTH 32 /* hex digits of the shortest hash, and of a UUID */

/* Whether the text goes on with @word, in whichever case. */
static gboolean
has_prefix (const QonysCell *cell, gsize i, const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word), i++) {
    gunichar c = g_utf8_get_char (word);
    char upper = c < 0x80 ? (char)c : qonys_flatten_char (c);

    if (i >= cell->n || (cell->flat[i] != upper &&
                         (c < 0x80 || cell->flat[i] != qonys_flatten_char (g_unichar_tolower (c)))))
      return FALSE;
  }
  return TRUE;
}

static void
report_twelve (const QonysCell *cell, const char *digits)
{
  if (strspn (digits, (const char[]){digits[0], '\0'}) == IIN_DIGITS)
    return;
  cell->found (QONYS_PATTERN_TWELVE, digits, IIN_DIGITS, cell->data);
  switch (qonys_iin_get_tier (digits)) {
  case QONYS_IIN_PLAUSIBLE:
    cell->found (QONYS_PATTERN_IIN, digits, IIN_DIGITS, cell->data);
    break;
  case QONYS_IIN_CHECKSUM:
    cell->found (QONYS_PATTERN_IIN_CHECKSUM, digits, IIN_DIGITS, cell->data);
    break;
  case QONYS_IIN_BIN:
    cell->found (QONYS_PATTERN_BIN, digits, IIN_DIGITS, cell->data);
    break;
  case QONYS_IIN_NO:
    break;
  }
}

/* @digits: 10 or 11, alone in their cell */
static void
report_short (const QonysCell *cell, const char *digits)
{
  char padded[IIN_DIGITS + 1];
  QonysIinTier tier;

  memset (padded, '0', IIN_DIGITS);
  strcpy (padded + IIN_DIGITS - strlen (digits), digits);
  tier = qonys_iin_get_tier (padded);
  cell->found (QONYS_PATTERN_SHORT, padded, IIN_DIGITS, cell->data);
  if (tier == QONYS_IIN_PLAUSIBLE)
    cell->found (QONYS_PATTERN_SHORT_IIN, padded, IIN_DIGITS, cell->data);
  else if (tier == QONYS_IIN_CHECKSUM)
    cell->found (QONYS_PATTERN_SHORT_CHECKSUM, padded, IIN_DIGITS, cell->data);
}

/* @digits: 12, of which a spreadsheet left the first significant ones only */
static void
report_rounded (const QonysCell *cell, const char *digits)
{
  int month = (digits[2] - '0') * 10 + digits[3] - '0';
  int day = (digits[4] - '0') * 10 + digits[5] - '0';

  if (month >= 1 && month <= 12 && day >= 1 && day <= 31)
    cell->found (QONYS_PATTERN_ROUNDED_IIN, digits, IIN_DIGITS, cell->data);
}

gboolean
qonys_cell_is_fraction (const QonysCell *cell, gsize start)
{
  gsize first;

  if (start < 2 || cell->flat[start - 1] != '.' || !is_digit (cell, start - 2))
    return FALSE;
  for (first = start - 2; first > 0 && is_digit (cell, first - 1);)
    first--;
  return start - 1 - first == 2 || start - 1 - first == 3 || cell->flat[first] == '0';
}

/* 123456789012.75, or 123 456 789 012 ₸: a sum. */
static gboolean
is_sum (const QonysCell *cell, gsize end)
{
  gsize i = end, n_decimals = 0;

  if (is_one_of (cell, i, ".,") && is_digit (cell, i + 1)) {
    gsize n_zeros = 0;

    n_decimals = count_digits (cell, i + 1);
    while (is_digit (cell, i + 1 + n_zeros) && cell->flat[i + 1 + n_zeros] == '0')
      n_zeros++;
    if (cell->flat[i] == '.' && n_zeros < n_decimals && n_decimals < IIN_DIGITS)
      return TRUE;
    i += 1 + n_decimals;
  }
  i = skip_set (cell, i, " ");
  if (i >= cell->n)
    return FALSE;
  return cell->flat[i] == '$' || has_prefix (cell, i, "KZT") || has_prefix (cell, i, "ТГ") ||
         has_prefix (cell, i, "ТЕНГЕ") || has_prefix (cell, i, "ТЕҢГЕ") ||
         has_prefix (cell, i, "РУБ");
}

/* Digits inside a hash or a UUID. */
static gboolean
is_in_hash (const QonysCell *cell, gsize start, gsize end)
{
  gboolean has_letter = FALSE;

  if (cell->n < HASH_LENGTH)
    return FALSE;
  while (start > 0 && (g_ascii_isxdigit (cell->flat[start - 1]) || cell->flat[start - 1] == '-'))
    start--;
  while (end < cell->n && (g_ascii_isxdigit (cell->flat[end]) || cell->flat[end] == '-'))
    end++;
  for (gsize i = start; i < end && !has_letter; i++)
    has_letter = g_ascii_isalpha (cell->flat[i]);
  return has_letter && end - start >= HASH_LENGTH;
}

gsize
qonys_cell_skip_long_number (const QonysCell *cell, gsize start)
{
  gsize first = count_digits (cell, start), group = first == 4 ? 4 : 3;
  gsize n_digits = first, i = start + first;

  if (first > 4)
    return start;
  while (is_one_of (cell, i, group == 4 ? " -" : " ") && count_digits (cell, i + 1) == group) {
    n_digits += group;
    i += 1 + group;
  }
  return n_digits > IIN_DIGITS && (group == 3 || n_digits == 16) ? i : start;
}

gsize
qonys_cell_match_twelve (const QonysCell *cell, gsize start)
{
  char digits[IIN_DIGITS + 1];
  gsize i = start, n = 0;

  while (n < IIN_DIGITS) {
    if (is_digit (cell, i))
      digits[n++] = cell->flat[i++];
    else if (n > 0 && is_one_of (cell, i, " -") && is_digit (cell, i + 1))
      i++;
    else
      return start;
  }
  digits[IIN_DIGITS] = '\0';
  if (is_digit (cell, i))
    return start;
  if (!qonys_cell_is_fraction (cell, start) && !is_sum (cell, i) && !is_in_hash (cell, start, i))
    report_twelve (cell, digits);
  return i;
}

/* ---- A cell that is one number. ---- */

/* 9.91231E+11 → its date; 9.9123110001E+11 → its digits, zeros put behind. */
static void
read_scientific (const QonysCell *cell, const char *digits, int exponent)
{
  char whole[IIN_DIGITS + 1];
  gsize n = strlen (digits), n_whole = (gsize)exponent + 1;

  if (exponent < 9 || exponent > 11 || n > n_whole || n < 5)
    return;
  memset (whole, '0', IIN_DIGITS);
  memcpy (whole + IIN_DIGITS - n_whole, digits, n);
  whole[IIN_DIGITS] = '\0';
  if (exponent == 11)
    report_twelve (cell, whole);
  else
    report_short (cell, whole + IIN_DIGITS - n_whole);
  if (n <= 6)
    report_rounded (cell, whole);
}

gboolean
qonys_cell_read_number (const QonysCell *cell)
{
  char digits[IIN_DIGITS + 2];
  gsize i = skip_set (cell, 0, " ='`\""), end = cell->n, n = 0, n_group = 0, n_decimals;
  gboolean has_groups = FALSE, is_whole = TRUE;
  int exponent = 0;

  while (end > i && strchr (" \"'", cell->flat[end - 1]) != NULL)
    end--;
  if (is_one_of (cell, i, "+-"))
    i++;
  for (; i < end; i++) {
    if (is_digit (cell, i)) {
      if (n <= IIN_DIGITS)
        digits[n] = cell->flat[i];
      n++;
      n_group++;
    } else if (cell->flat[i] == ' ' && n_group <= 3 && (!has_groups || n_group == 3)) {
      has_groups = TRUE;
      n_group = 0;
    } else {
      break;
    }
  }
  if (n == 0 || (has_groups && n_group != 3))
    return TRUE;
  digits[MIN (n, IIN_DIGITS + 1)] = '\0';
  n_decimals = i < end && is_one_of (cell, i, ".,") ? count_digits (cell, i + 1) : 0;
  if (n_decimals > 0) {
    for (gsize k = i + 1; k <= i + n_decimals; k++)
      is_whole = is_whole && cell->flat[k] == '0';
    if (n == 1 && n_decimals <= IIN_DIGITS - 1) { /* may be a mantissa */
      memcpy (digits + 1, cell->flat + i + 1, n_decimals);
      digits[1 + n_decimals] = '\0';
    }
    i += 1 + n_decimals;
    if (i < end && cell->flat[i] == 'E') {
      i += 1 + (is_one_of (cell, i + 1, "+") ? 1 : 0);
      for (; is_digit (cell, i) && exponent < 1000; i++)
        exponent = exponent * 10 + cell->flat[i] - '0';
      if (i == end && n == 1 && n_decimals <= IIN_DIGITS - 1)
        read_scientific (cell, digits, exponent);
      return i != end;
    }
  }
  if (i != end || (n == IIN_DIGITS && n_decimals >= 10)) /* or a list of two numbers */
    return TRUE;
  if (is_whole && (n == 10 || n == 11))
    report_short (cell, digits);
  return is_whole; /* a decimal number, as a coordinate: nothing else */
}

void
qonys_cell_report_digits (const QonysCell *cell)
{
  char digits[IIN_DIGITS + 1] = "";

  memcpy (digits, cell->flat, MIN (cell->n, IIN_DIGITS));
  if (cell->n == IIN_DIGITS) {
    report_twelve (cell, digits);
    if (strcmp (digits + 6, "000000") == 0)
      report_rounded (cell, digits);
  } else if (cell->n == IIN_DIGITS - 1 || cell->n == IIN_DIGITS - 2) {
    report_short (cell, digits);
  }
}
