/*
 * The scanner: every cell of every file before anything of it is stored, so tens of millions of
 * calls. A first pass over a cell's bytes by class decides whether patterns or names are looked
 * for at all; most cells end there, at about a nanosecond a byte. A column keeps counts, hashes
 * of at most eight values and one masked sample a pattern: about 3 KB, whatever the rows.
 */
#include "privacy/column.h"

#include "privacy/glance.h"
#include "privacy/names.h"

#include <string.h>

#define FIRST_BELIEVED_DAY (-70 * 366) /* about 1900 … 2100: others are fillers */
#define LAST_BELIEVED_DAY (130 * 366)
#define ADDRESS_BITS (1u << 23) /* 1 MB that counts how many addresses are distinct */

typedef struct {
  Column *column;
  gint64 row;
} Place;

static void
clear_tally (Tally *tally)
{
  g_free (tally->sample);
}

static void
free_column (gpointer data)
{
  Column *column = data;

  for (guint i = 0; i < QONYS_N_PATTERNS; i++)
    clear_tally (&column->tallies[i]);
  clear_tally (&column->likely_names);
  clear_tally (&column->owners);
  g_clear_pointer (&column->judged_names, g_byte_array_unref);
  g_free (column->name);
  g_free (column);
}

QonysScanner *
qonys_scanner_new (gboolean is_address_level)
{
  QonysScanner *scanner = g_new0 (QonysScanner, 1);

  scanner->is_address_level = is_address_level;
  scanner->columns = g_ptr_array_new_with_free_func (free_column);
  scanner->row = -1;
  return scanner;
}

void
qonys_scanner_free (QonysScanner *scanner)
{
  if (scanner == NULL)
    return;
  g_ptr_array_unref (scanner->columns);
  g_free (scanner->address_bits);
  g_clear_pointer (&scanner->part_addresses, g_array_unref);
  g_free (scanner);
}

/* ---- Counting. ---- */

#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define HASH_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 hash, guint64 value)
{
  hash = (hash ^ value) * HASH_FACTOR;
  return hash ^ hash >> 32;
}

static guint64
hash_bytes (const char *bytes, gsize n, guint64 hash)
{
  guint64 word;

  for (; n >= sizeof word; bytes += sizeof word, n -= sizeof word) {
    memcpy (&word, bytes, sizeof word);
    hash = mix (hash, word);
  }
  word = n;
  while (n > 0)
    word = word << 8 | (guchar)bytes[--n];
  return mix (hash, word);
}

static void
count (Tally *tally, gint64 row, QonysPattern pattern, const char *match, gsize length)
{
  guint64 hash = hash_bytes (match, length, HASH_START);
  guint i = 0;

  if (tally->n_rows == 0) {
    tally->first_row = row;
    tally->sample = qonys_pattern_mask (pattern, match, length);
  }
  if (tally->n_rows == 0 || tally->last_row != row)
    tally->n_rows++;
  tally->last_row = row;
  while (i < tally->n_distinct && tally->distinct[i] != hash)
    i++;
  if (i == tally->n_distinct && i < MAX_DISTINCT)
    tally->distinct[tally->n_distinct++] = hash;
}

static void
count_pattern (QonysPattern pattern, const char *match, gsize length, gpointer data)
{
  Place *place = data;
  Tally *tally = &place->column->tallies[pattern];

  if (pattern == QONYS_PATTERN_TWELVE || pattern == QONYS_PATTERN_SHORT) { /* only their number */
    tally->n_rows += tally->n_rows == 0 || tally->last_row != place->row;
    tally->last_row = place->row;
    return;
  }
  count (tally, place->row, pattern, match, length);
  if (pattern == QONYS_PATTERN_NINE && memcmp (match, "71", 2) != 0)
    place->column->n_other_nines++;
}

static void
count_day (Column *column, QonysDay day)
{
  if (day < FIRST_BELIEVED_DAY || day > LAST_BELIEVED_DAY)
    return;
  if (column->n_days == 0)
    column->first_day = column->last_day = day;
  column->first_day = MIN (column->first_day, day);
  column->last_day = MAX (column->last_day, day);
  column->n_days++;
}

/* ---- Rows: addresses that come again. ---- */

void
qonys_scanner_mark_address (QonysScanner *scanner, guint32 bit)
{
  if (scanner->address_bits == NULL)
    scanner->address_bits = g_new0 (guint32, ADDRESS_BITS / 32);
  if (scanner->address_bits[bit / 32] & 1u << bit % 32)
    return;
  scanner->address_bits[bit / 32] |= 1u << bit % 32;
  /* A free bit stands for all the distinct values that fell on taken ones. */
  scanner->n_distinct_addresses += (double)ADDRESS_BITS / (ADDRESS_BITS - scanner->n_bits);
  scanner->n_bits++;
}

void
qonys_scanner_end_row (QonysScanner *scanner)
{
  guint32 bit = (guint32)scanner->row_hash;

  if (scanner->row_hash == 0)
    return;
  bit = (bit * 2654435761u) % ADDRESS_BITS;
  scanner->row_hash = 0;
  scanner->n_address_rows++;
  if (scanner->part_addresses != NULL)
    g_array_append_val (scanner->part_addresses, bit);
  else
    qonys_scanner_mark_address (scanner, bit);
}

static Column *
begin_cell (QonysScanner *scanner, guint number, gint64 row)
{
  Column *column = g_ptr_array_index (scanner->columns, number);

  column->n_cells++;
  if (scanner->is_address_level && row != scanner->row) {
    qonys_scanner_end_row (scanner);
    scanner->row = row;
  }
  return column;
}

static void
add_to_row (QonysScanner *scanner, const Column *column, const void *bytes, gsize n)
{
  if (!scanner->is_address_level ||
      !(column->traits & (QONYS_COLUMN_ADDRESS | QONYS_COLUMN_MOMENT)))
    return;
  if (scanner->row_hash == 0)
    scanner->row_hash = HASH_START;
  scanner->row_hash = mix (scanner->row_hash, column->number);
  scanner->row_hash = hash_bytes (bytes, n, scanner->row_hash);
}

/* ---- Text cells. ---- */

static int
read_digits (const char *text, int n)
{
  int number = 0;

  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    number = number * 10 + text[i] - '0';
  }
  return number;
}

/* "2024-01-25", "25.01.2024", with a time or nothing behind.
 * Returns: whether the cell is a date and nothing else */
static gboolean
read_date_cell (Column *column, const char *text, gsize length)
{
  int year, month, day;

  if (length < 10 || length > 29)
    return FALSE;
  for (gsize i = 10; i < length; i++)
    if (i == 10 ? text[i] != ' ' && text[i] != 'T'
                : !g_ascii_isdigit (text[i]) && strchr (":.+-Z", text[i]) == NULL)
      return FALSE;
  if (length > 10 && (length < 16 || text[13] != ':'))
    return FALSE;
  if ((text[4] == '-' || text[4] == '/') && text[7] == text[4]) {
    year = read_digits (text, 4);
    month = read_digits (text + 5, 2);
    day = read_digits (text + 8, 2);
  } else if ((text[2] == '.' || text[2] == '/') && text[5] == text[2]) {
    year = read_digits (text + 6, 4);
    month = read_digits (text + 3, 2);
    day = read_digits (text, 2);
  } else {
    return FALSE;
  }
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  count_day (column, (year - 1970) * 1461 / 4 + month * 30 + day); /* near enough for a spread */
  return TRUE;
}

/* Forms of property are not owners. */
static gboolean
is_form_of_property (const char *text, gsize length)
{
  static const char *const forms[] = {
      "private", "legal", "state", "cooperat", "unknown", "munic", "частн",  "юр",    "физ",
      "гос",     "кооп",  "неизв", "мемлек",   "жеке",    "заңды", "белгіс", "комму", "жекем",
  };
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)length);
  g_autofree char *lower = g_utf8_strdown (g_strstrip (valid), -1);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_has_prefix (lower, forms[i]))
      return TRUE;
  return FALSE;
}

static void
judge_names (Column *column, gint64 row, const char *text, gsize length, const QonysGlance *glance)
{
  gboolean wants_likely =
      column->traits & QONYS_COLUMN_NAME && column->n_judged_names < MAX_JUDGED_NAMES;
  gsize start, end;
  guint64 hash;
  QonysNameShape shape;

  column->n_judged_names += wants_likely;
  if (wants_likely && column->judged_names != NULL)
    g_byte_array_append (column->judged_names, (const guint8 *)"", 1);
  if (!qonys_glance_may_hold_name (glance, wants_likely) ||
      !qonys_name_is_possible (text, length, wants_likely))
    return;
  hash = hash_bytes (text, length, HASH_START + wants_likely);
  if (column->no_names[hash % N_NO_NAMES] == hash)
    return;
  shape = qonys_name_find (text, length, wants_likely, &start, &end);
  if (shape == QONYS_NAME_PERSON)
    count (&column->tallies[QONYS_PATTERN_PERSON_NAME], row, QONYS_PATTERN_PERSON_NAME,
           text + start, end - start);
  if (shape != QONYS_NAME_NONE && wants_likely) {
    count (&column->likely_names, row, QONYS_PATTERN_PERSON_NAME, text + start, end - start);
    if (column->judged_names != NULL)
      column->judged_names->data[column->n_judged_names - 1] = TRUE;
  }
  if (shape == QONYS_NAME_NONE)
    column->no_names[hash % N_NO_NAMES] = hash;
}

static void
scan_cell (Column *column, gint64 row, const char *text, gsize length)
{
  QonysGlance glance = qonys_glance_at (text, length);
  Place place = {column, row};

  if (glance.n_digits >= 8 && read_date_cell (column, text, length))
    return;
  if (qonys_glance_may_hold_pattern (&glance, text, length))
    qonys_patterns_find (
        text, length,
        (column->type == QONYS_SCAN_TEXT ? QONYS_PATTERNS_PHONES : 0) |
            (column->traits & QONYS_COLUMN_DOCUMENT ? QONYS_PATTERNS_DOCUMENTS : 0),
        count_pattern, &place);
  if (glance.n_letters > 0 && !(column->traits & QONYS_COLUMN_PLACE))
    judge_names (column, row, text, length, &glance);
  if (column->traits & QONYS_COLUMN_OWNER && glance.n_letters > 0 && glance.n_digits == 0 &&
      !is_form_of_property (text, length))
    count (&column->owners, row, QONYS_PATTERN_PERSON_NAME, "", 0);
}

/* Identifiers in the name itself: a table without a head. */
static char *
mask_name (Column *column, const char *name)
{
  for (guint i = 0; i < QONYS_N_PATTERNS; i++)
    if (i != QONYS_PATTERN_TWELVE && i != QONYS_PATTERN_SHORT && i != QONYS_PATTERN_BIN &&
        column->tallies[i].n_rows > 0)
      return g_strdup (column->tallies[i].sample);
  return g_utf8_make_valid (name, -1);
}

guint
qonys_scanner_add_column (QonysScanner *scanner, const char *name, QonysScanType type)
{
  Column *column = g_new0 (Column, 1);

  g_return_val_if_fail (name != NULL, 0);
  column->number = scanner->columns->len;
  column->type = QONYS_SCAN_TEXT;
  scan_cell (column, 0, name, strlen (name));
  column->n_days = 0;
  column->name = mask_name (column, name);
  column->type = type;
  column->traits = qonys_column_name_read (name);
  scanner->traits |= column->traits;
  g_ptr_array_add (scanner->columns, column);
  return column->number;
}

void
qonys_scanner_scan_text (QonysScanner *scanner, guint number, gint64 row, const char *text,
                         gsize length)
{
  Column *column;

  g_return_if_fail (number < scanner->columns->len);
  if (length == 0)
    return;
  column = begin_cell (scanner, number, row);
  add_to_row (scanner, column, text, length);
  scan_cell (column, row, text, length);
}

void
qonys_scanner_scan_integer (QonysScanner *scanner, guint number, gint64 row, gint64 value)
{
  Column *column;
  Place place;

  g_return_if_fail (number < scanner->columns->len);
  column = begin_cell (scanner, number, row);
  add_to_row (scanner, column, &value, sizeof value);
  place = (Place){column, row};
  qonys_patterns_find_in_integer (
      value, column->traits & QONYS_COLUMN_DOCUMENT ? QONYS_PATTERNS_DOCUMENTS : 0, count_pattern,
      &place);
}

void
qonys_scanner_scan_real (QonysScanner *scanner, guint number, gint64 row, double value)
{
  g_return_if_fail (number < scanner->columns->len);
  if (value >= 0 && value < 1e12 && value == (double)(gint64)value) {
    qonys_scanner_scan_integer (scanner, number, row, (gint64)value);
  } else {
    Column *column = begin_cell (scanner, number, row);

    add_to_row (scanner, column, &value, sizeof value);
  }
}

void
qonys_scanner_scan_day (QonysScanner *scanner, guint number, gint64 row, gint32 day)
{
  Column *column;

  g_return_if_fail (number < scanner->columns->len);
  if (day == QONYS_DAY_MISSING)
    return;
  column = begin_cell (scanner, number, row);
  add_to_row (scanner, column, &day, sizeof day);
  count_day (column, day);
}
