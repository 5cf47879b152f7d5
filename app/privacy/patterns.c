/*
 * Identifiers that have a form, matched by hand: one walk over a cell's flat text (cell.h). Cells
 * that hold digits enough or an '@'; about 100 ns for a short one. Up to 400 bytes no memory.
 */
#include "privacy/cell.h"

#define STACK_BYTES 400
#define IBAN_LENGTH 20

static gboolean
has_document_word (QonysCell *cell)
{
  static const char *const words[] = {"паспорт", "passport",  "төлқұжат", "толкужат", "куәлі",
                                      "куали",   "удостовер", "уд. ли",   "құжат",    "кужат"};

  if (cell->has_document_word < 0) {
    g_autofree char *valid = g_utf8_make_valid (cell->text, (gssize)cell->length);
    g_autofree char *lower = g_utf8_strdown (valid, -1);

    cell->has_document_word = (cell->flags & QONYS_PATTERNS_DOCUMENTS) != 0;
    for (guint i = 0; i < G_N_ELEMENTS (words) && !cell->has_document_word; i++)
      cell->has_document_word = strstr (lower, words[i]) != NULL;
  }
  return cell->has_document_word;
}

/* Runs of nine digits, and 2 + 2 + 6 as in inner Russian passports. */
static void
match_document_number (QonysCell *cell, gsize start)
{
  gsize first = count_digits (cell, start), i = start;

  if (qonys_cell_is_fraction (cell, start) || is_one_of (cell, start - 1, ":"))
    return;
  if (first == 9) {
    gboolean has_decimals = is_one_of (cell, start + 9, ".,") && is_digit (cell, start + 10);

    if (cell->flags & QONYS_PATTERNS_DOCUMENTS)
      report (cell, QONYS_PATTERN_NINE, start, start + 9);
    else if (has_document_word (cell))
      report (cell, QONYS_PATTERN_DOCUMENT, start, start + 9);
    /* Numbers below a million are of the first cards, long expired: these are padded counters. */
    if (cell->flat[start] == '0' && memcmp (cell->flat + start, "000", 3) != 0 && !has_decimals)
      report (cell, QONYS_PATTERN_IDENTITY_CARD, start, start + 9);
    return;
  }
  for (int part = 0; part < 2; part++) {
    if (!is_digit (cell, i) || !is_digit (cell, i + 1))
      return;
    i += 2 + (is_one_of (cell, i + 2, " ") ? 1 : 0);
  }
  if (count_digits (cell, i) == 6 && has_document_word (cell))
    report (cell, QONYS_PATTERN_DOCUMENT, start, i + 6);
}

/* N1234567, N12345678; with the words around them AA1234567, E12345678, EA1234567. */
static void
match_passport (QonysCell *cell, gsize start)
{
  gsize n_letters = 0, n_digits;

  while (n_letters < 3 &&
         (is_upper (cell, start + n_letters) || (n_letters == 0 && cell->flat[start] == FLAT_N)))
    n_letters++;
  n_digits = count_digits (cell, start + n_letters);
  if (n_letters > 2 || n_digits < 7 || n_digits > 8 || is_word (cell, start + n_letters + n_digits))
    return;
  if (n_letters == 1 && (cell->flat[start] == 'N' || cell->flat[start] == FLAT_N))
    report (cell, QONYS_PATTERN_PASSPORT, start, start + 1 + n_digits);
  else if (((n_letters == 2 && n_digits == 7) || strchr ("EG", cell->flat[start]) != NULL) &&
           has_document_word (cell))
    report (cell, QONYS_PATTERN_DOCUMENT, start, start + n_letters + n_digits);
}

/* Follows @groups numbers of digits from @i on, skipping what is in @between before each.
 * Returns: the end, 0 if it does not fit */
static gsize
match_groups (const QonysCell *cell, gsize i, const char *groups, const char *between)
{
  for (const char *group = groups; *group != '\0'; group++) {
    i = skip_set (cell, i, between);
    for (int n = *group - '0'; n > 0; n--)
      if (!is_digit (cell, i++))
        return 0;
  }
  return is_digit (cell, i) ? 0 : i;
}

static gboolean
is_mobile_code (const char *code)
{
  if (code[0] != '7')
    return FALSE;
  switch (code[1]) {
  case '0':
    return code[2] <= '8';
  case '4':
    return code[2] == '7';
  case '5':
    return TRUE;
  case '6':
    return code[2] <= '4';
  case '7':
    return strchr ("15678", code[2]) != NULL;
  default:
    return FALSE;
  }
}

static void
match_phone (const QonysCell *cell, gsize start)
{
  gsize i = start, end;

  if (qonys_cell_is_fraction (cell, start))
    return;
  if (cell->flat[i] == '+')
    i++;
  if (is_digit (cell, i) && (cell->flat[i] == '7' || (cell->flat[i] == '8' && i == start))) {
    gsize code = skip_set (cell, i + 1, " -(");

    if (is_digit (cell, code) && is_digit (cell, code + 1) && is_digit (cell, code + 2) &&
        is_mobile_code (cell->flat + code)) {
      end = match_groups (cell, skip_set (cell, code + 3, ")"), "322", " -)");
      if (end > 0) {
        report (cell, QONYS_PATTERN_MOBILE_PHONE, start, end);
        return;
      }
    }
  }
  for (int has_prefix = 1; has_prefix >= 0; has_prefix--) {
    gsize code = has_prefix ? skip_set (cell, i + 1, " -(/") : start;

    if (code + 4 > cell->n || memcmp (cell->flat + code, "7172", 4) != 0)
      continue;
    end = match_groups (cell, code + 4, "222", " -)/");
    if (end > 0) {
      report (cell, QONYS_PATTERN_CITY_PHONE, start, end);
      return;
    }
  }
}

static void
match_email (const QonysCell *cell, gsize at)
{
  gsize start = at, dot, end;

  while (start > 0 && (is_word (cell, start - 1) || is_one_of (cell, start - 1, ".+-")))
    start--;
  for (dot = at + 1; is_word (cell, dot) || is_one_of (cell, dot, "-");)
    dot++;
  if (start == at || dot == at + 1 || !is_one_of (cell, dot, ".") ||
      !(is_word (cell, dot + 1) || is_one_of (cell, dot + 1, ".")))
    return;
  for (end = dot; is_word (cell, end) || is_one_of (cell, end, ".-");)
    end++;
  while (cell->flat[end - 1] == '.' || cell->flat[end - 1] == '-')
    end--;
  if (end - at >= 7 && memcmp (cell->flat + end - 6, "GOV.KZ", 6) == 0 &&
      (cell->flat[end - 7] == '.' || cell->flat[end - 7] == '@'))
    return;
  report (cell, QONYS_PATTERN_EMAIL, start, end);
}

/* The remainder by 97 of an account with its first four characters put last: 1 if it is right. */
static int
get_iban_remainder (const char *iban)
{
  int remainder = 0;

  for (int i = 4; i < IBAN_LENGTH + 4; i++) {
    char c = iban[i % IBAN_LENGTH];
    int value = g_ascii_isdigit (c) ? c - '0' : c - 'A' + 10;

    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}

/* KZ, 2 digits, 3 letters or digits of the bank, 13 digits; with letters among these only if the
 * sum is right. In fours too. */
static void
match_iban (const QonysCell *cell, gsize start)
{
  char iban[IBAN_LENGTH];
  gboolean has_letters = FALSE;
  gsize i = start;

  for (int n = 0; n < IBAN_LENGTH; n++, i++) {
    if (n > 0 && n % 4 == 0 && is_one_of (cell, i, " "))
      i++;
    if (!(is_digit (cell, i) || is_upper (cell, i)))
      return;
    iban[n] = cell->flat[i];
    has_letters = has_letters || (n >= 7 && is_upper (cell, i));
  }
  if (memcmp (iban, "KZ", 2) == 0 && g_ascii_isdigit (iban[2]) && g_ascii_isdigit (iban[3]) &&
      !is_word (cell, i) && (!has_letters || get_iban_remainder (iban) == 1))
    report (cell, QONYS_PATTERN_IBAN, start, i);
}

static void
match_plate (const QonysCell *cell, gsize start)
{
  gsize n_letters = 0;

  if (count_digits (cell, start) != 3)
    return;
  while (n_letters < 4 && is_upper (cell, start + 3 + n_letters))
    n_letters++;
  if ((n_letters == 2 || n_letters == 3) && count_digits (cell, start + 3 + n_letters) == 2 &&
      !is_word (cell, start + 5 + n_letters))
    report (cell, QONYS_PATTERN_VEHICLE_PLATE, start, start + 5 + n_letters);
}

static void
walk (QonysCell *cell)
{
  gsize twelve_end = 0; /* runs of 12 do not overlap */

  for (gsize i = 0; i < cell->n; i++) {
    char c = cell->flat[i];
    gboolean is_word_start = i == 0 || !is_word (cell, i - 1);

    if (g_ascii_isdigit (c) && (i == 0 || !is_digit (cell, i - 1))) {
      gsize long_end = i >= twelve_end ? qonys_cell_skip_long_number (cell, i) : i;

      if (long_end > i)
        twelve_end = long_end;
      else if (i >= twelve_end)
        twelve_end = MAX (twelve_end, qonys_cell_match_twelve (cell, i));
      match_document_number (cell, i);
      if (is_word_start)
        match_plate (cell, i);
      if ((c == '7' || c == '8') && cell->flags & QONYS_PATTERNS_PHONES &&
          !(i > 0 && cell->flat[i - 1] == '+'))
        match_phone (cell, i);
    } else if (c == '+' && cell->flags & QONYS_PATTERNS_PHONES &&
               (i == 0 || !is_digit (cell, i - 1))) {
      match_phone (cell, i);
    } else if (c == '@') {
      match_email (cell, i);
    } else if (is_word_start && (g_ascii_isupper (c) || c == FLAT_N)) {
      match_passport (cell, i);
      if (c == 'K')
        match_iban (cell, i);
    }
  }
}

/* A cell of digits and nothing else. */
static void
find_in_digits (QonysCell *cell)
{
  char first = cell->flat[0];

  if (cell->n < 9 || cell->n > IIN_DIGITS)
    return;
  qonys_cell_report_digits (cell);
  if (cell->n == IIN_DIGITS)
    return;
  if (cell->flags & QONYS_PATTERNS_PHONES && (first == '7' || first == '8'))
    match_phone (cell, 0);
  if (cell->flags & QONYS_PATTERNS_DOCUMENTS || first == '0')
    match_document_number (cell, 0);
}

/* 71.7172556631: digits with at most three before a point or comma. */
static gboolean
is_coordinate (const char *text, gsize length)
{
  gsize i = text[0] == '-', point;

  for (point = i; point < length && point <= i + 3 && g_ascii_isdigit (text[point]);)
    point++;
  if (point == i || point + 1 >= length || (text[point] != '.' && text[point] != ','))
    return FALSE;
  for (i = point + 1; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

void
qonys_patterns_find (const char *text, gsize length, QonysPatternFlags flags,
                     QonysPatternFunc found, gpointer data)
{
  char stack[STACK_BYTES];
  g_autofree char *heap = length > STACK_BYTES ? g_malloc (length) : NULL;
  char *flat = heap != NULL ? heap : stack;
  QonysCell cell = {.flat = text,
                    .n = length,
                    .text = text,
                    .length = length,
                    .flags = flags,
                    .has_document_word = -1,
                    .found = found,
                    .data = data};

  if (length == 0 || is_coordinate (text, length))
    return;
  if (count_digits (&cell, 0) == length) {
    find_in_digits (&cell);
    return;
  }
  cell.flat = flat;
  cell.n = qonys_flatten (text, length, flat);
  if (qonys_cell_read_number (&cell))
    walk (&cell);
}

void
qonys_patterns_find_in_integer (gint64 value, QonysPatternFlags flags, QonysPatternFunc found,
                                gpointer data)
{
  char digits[IIN_DIGITS];
  QonysCell cell = {.text = digits,
                    .flags = flags & ~QONYS_PATTERNS_PHONES,
                    .has_document_word = -1,
                    .found = found,
                    .data = data};
  gsize first = IIN_DIGITS;

  if (value < 100000000 || value > G_GINT64_CONSTANT (999999999999))
    return;
  for (gint64 rest = value; rest > 0; rest /= 10)
    digits[--first] = (char)('0' + rest % 10);
  cell.flat = digits + first;
  cell.n = cell.length = IIN_DIGITS - first;
  cell.text = cell.flat;
  find_in_digits (&cell);
}

/* ---- What may be shown. ---- */

char *
qonys_pattern_mask (QonysPattern pattern, const char *match, gsize length)
{
  gsize n_head = 1, n_tail = 0;
  GString *mask = g_string_sized_new (2 * length);
  gsize i = 0;

  if (pattern <= QONYS_PATTERN_ROUNDED_IIN)
    n_head = 4, n_tail = 2;
  else if (pattern != QONYS_PATTERN_PERSON_NAME && pattern != QONYS_PATTERN_EMAIL)
    n_head = 2, n_tail = 1;
  for (const char *c = match; c < match + length; i++) {
    gboolean is_utf8 = pattern == QONYS_PATTERN_PERSON_NAME;
    gsize n_bytes = is_utf8 ? (gsize)(g_utf8_next_char (c) - c) : 1;
    gboolean is_shown =
        (i < n_head || (gsize)(match + length - c) <= n_tail) && (is_utf8 || (guchar)*c < 0x80);

    if (is_shown || *c == ' ' || *c == '@')
      g_string_append_len (mask, c, (gssize)n_bytes);
    else
      g_string_append (mask, "•");
    c += n_bytes;
  }
  return g_string_free (mask, FALSE);
}
