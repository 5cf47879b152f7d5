/*
 * Identifiers that have a form, matched by hand. A cell that holds digits enough or an '@' is
 * first flattened: one byte a character, digits of all scripts ASCII, all spaces ' ', all dashes
 * '-', Latin in capitals, Cyrillic capitals that look Latin made Latin. Then one walk over it.
 * Cells up to 400 bytes need no memory; about 100 ns for a short one.
 */
#include "privacy/patterns.h"

#include "privacy/identifier.h"

#include <string.h>

#define STACK_BYTES 400
#define TWELVE 12
#define IBAN_LENGTH 20
#define HASH_LENGTH 32 /* hex digits of the shortest hash, and of a UUID */

/* Bytes of the flat text that are no ASCII. Small Cyrillic а … я is 0x80 … 0x9f. */
#define FLAT_CYRILLIC 0x80
#define FLAT_LETTER 0xc0
#define FLAT_OTHER 0x01
#define FLAT_RU(index) ((char)(FLAT_CYRILLIC + (index)))
#define FLAT_N FLAT_RU (13)

typedef struct {
  const char *flat;
  gsize n;
  const char *text; /* the cell as it came */
  gsize length;
  QonysPatternFlags flags;
  int has_document_word; /* −1 not looked yet */
  QonysPatternFunc found;
  gpointer data;
} Cell;

/* ---- Flattening. ---- */

static char
flatten_char (gunichar c)
{
  static const char look_alikes[][2] = {/* А … Я that look Latin, by distance from А */
                                        {0, 'A'},  {2, 'B'},  {5, 'E'},  {10, 'K'},
                                        {12, 'M'}, {13, 'N'}, {14, 'O'}, {16, 'P'},
                                        {17, 'C'}, {18, 'T'}, {19, 'Y'}, {21, 'X'}};

  if (c >= 0xff01 && c <= 0xff5e) /* full width */
    return g_ascii_toupper ((char)(c - 0xfee0));
  if (c >= 0x410 && c <= 0x42f) {
    for (guint i = 0; i < G_N_ELEMENTS (look_alikes); i++)
      if (c - 0x410 == (gunichar)look_alikes[i][0])
        return look_alikes[i][1];
    return (char)(FLAT_CYRILLIC + (c - 0x410));
  }
  if (c >= 0x430 && c <= 0x44f)
    return (char)(FLAT_CYRILLIC + (c - 0x430));
  switch (g_unichar_type (c)) {
  case G_UNICODE_DECIMAL_NUMBER:
    return (char)('0' + g_unichar_digit_value (c));
  case G_UNICODE_SPACE_SEPARATOR:
    return ' ';
  case G_UNICODE_DASH_PUNCTUATION:
    return '-';
  case G_UNICODE_CURRENCY_SYMBOL:
    return '$';
  case G_UNICODE_FORMAT: /* soft hyphen, zero width, marks of direction */
  case G_UNICODE_NON_SPACING_MARK:
    return '\0';
  default:
    if (c == 0x2212) /* minus */
      return '-';
    return (char)(g_unichar_isalpha (c) ? FLAT_LETTER : FLAT_OTHER);
  }
}

/* Writes at most @length bytes. Returns: how many */
static gsize
flatten (const char *text, gsize length, char *flat)
{
  gsize n = 0;

  for (gsize i = 0; i < length;) {
    guchar byte = (guchar)text[i];
    gunichar c;
    char out;

    if (byte < 0x80) {
      flat[n++] = byte < ' ' ? ' ' : g_ascii_toupper (text[i]);
      i++;
      continue;
    }
    c = g_utf8_get_char_validated (text + i, (gssize)(length - i));
    if (c == (gunichar)-1 || c == (gunichar)-2) { /* some 8-bit code page, as in CP1251 */
      flat[n++] = (char)(byte == 0xa0                   ? ' '
                         : byte == 0x96 || byte == 0x97 ? '-'
                         : byte >= 0xc0                 ? FLAT_LETTER
                                                        : FLAT_OTHER);
      i++;
      continue;
    }
    out = flatten_char (c);
    if (out != '\0')
      flat[n++] = out;
    i += (gsize)(g_utf8_next_char (text + i) - (text + i));
  }
  return n;
}

/* ---- Small steps over flat text; beyond its ends there is no digit and no word. ---- */

static gboolean
is_digit (const Cell *cell, gsize i)
{
  return i < cell->n && g_ascii_isdigit (cell->flat[i]);
}

static gboolean
is_upper (const Cell *cell, gsize i)
{
  return i < cell->n && g_ascii_isupper (cell->flat[i]);
}

static gboolean
is_word (const Cell *cell, gsize i)
{
  return i < cell->n && (g_ascii_isalnum (cell->flat[i]) || cell->flat[i] == '_' ||
                         (guchar)cell->flat[i] >= FLAT_CYRILLIC);
}

static gboolean
is_one_of (const Cell *cell, gsize i, const char *set)
{
  return i < cell->n && cell->flat[i] != '\0' && strchr (set, cell->flat[i]) != NULL;
}

/* Whether the text goes on with @word, in whichever case. */
static gboolean
has_prefix (const Cell *cell, gsize i, const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word), i++) {
    gunichar c = g_utf8_get_char (word);
    char upper = c < 0x80 ? (char)c : flatten_char (c);

    if (i >= cell->n || (cell->flat[i] != upper &&
                         (c < 0x80 || cell->flat[i] != flatten_char (g_unichar_tolower (c)))))
      return FALSE;
  }
  return TRUE;
}

static gsize
count_digits (const Cell *cell, gsize i)
{
  gsize start = i;

  while (is_digit (cell, i))
    i++;
  return i - start;
}

static gsize
skip_set (const Cell *cell, gsize i, const char *set)
{
  while (is_one_of (cell, i, set))
    i++;
  return i;
}

static void
report (const Cell *cell, QonysPattern pattern, gsize start, gsize end)
{
  cell->found (pattern, cell->flat + start, end - start, cell->data);
}

/* ---- 12 digits. ---- */

static void
report_twelve (const Cell *cell, const char *digits)
{
  if (strspn (digits, (const char[]){digits[0], '\0'}) == TWELVE)
    return;
  cell->found (QONYS_PATTERN_TWELVE, digits, TWELVE, cell->data);
  switch (qonys_iin_get_tier (digits)) {
  case QONYS_IIN_PLAUSIBLE:
    cell->found (QONYS_PATTERN_IIN, digits, TWELVE, cell->data);
    break;
  case QONYS_IIN_CHECKSUM:
    cell->found (QONYS_PATTERN_IIN_CHECKSUM, digits, TWELVE, cell->data);
    break;
  case QONYS_IIN_BIN:
    cell->found (QONYS_PATTERN_BIN, digits, TWELVE, cell->data);
    break;
  case QONYS_IIN_NO:
    break;
  }
}

/* @digits: 10 or 11, alone in their cell */
static void
report_short (const Cell *cell, const char *digits)
{
  char padded[TWELVE + 1];
  QonysIinTier tier;

  memset (padded, '0', TWELVE);
  strcpy (padded + TWELVE - strlen (digits), digits);
  tier = qonys_iin_get_tier (padded);
  cell->found (QONYS_PATTERN_SHORT, padded, TWELVE, cell->data);
  if (tier == QONYS_IIN_PLAUSIBLE)
    cell->found (QONYS_PATTERN_SHORT_IIN, padded, TWELVE, cell->data);
  else if (tier == QONYS_IIN_CHECKSUM)
    cell->found (QONYS_PATTERN_SHORT_CHECKSUM, padded, TWELVE, cell->data);
}

/* @digits: 12, of which a spreadsheet left the first significant ones only */
static void
report_rounded (const Cell *cell, const char *digits)
{
  int month = (digits[2] - '0') * 10 + digits[3] - '0';
  int day = (digits[4] - '0') * 10 + digits[5] - '0';

  if (month >= 1 && month <= 12 && day >= 1 && day <= 31)
    cell->found (QONYS_PATTERN_ROUNDED_IIN, digits, TWELVE, cell->data);
}

/* A run that stands in a number's decimals: 71.717255663112. A point is believed behind 0 or
 * two and three digits (a coordinate), a comma only in a cell that is one number. */
static gboolean
is_fraction (const Cell *cell, gsize start)
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
is_sum (const Cell *cell, gsize end)
{
  gsize i = end, n_decimals = 0;

  if (is_one_of (cell, i, ".,") && is_digit (cell, i + 1)) {
    gsize n_zeros = 0;

    n_decimals = count_digits (cell, i + 1);
    while (is_digit (cell, i + 1 + n_zeros) && cell->flat[i + 1 + n_zeros] == '0')
      n_zeros++;
    if (cell->flat[i] == '.' && n_zeros < n_decimals && n_decimals < TWELVE)
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
is_in_hash (const Cell *cell, gsize start, gsize end)
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

/* The end of a number of more than 12 digits written in groups: 1 234 567 890 123 (a sum) or
 * 0201 3000 1234 5678 (an address code); @start if there is none. */
static gsize
skip_long_number (const Cell *cell, gsize start)
{
  gsize first = count_digits (cell, start), group = first == 4 ? 4 : 3;
  gsize n_digits = first, i = start + first;

  if (first > 4)
    return start;
  while (is_one_of (cell, i, group == 4 ? " -" : " ") && count_digits (cell, i + 1) == group) {
    n_digits += group;
    i += 1 + group;
  }
  return n_digits > TWELVE && (group == 3 || n_digits == 16) ? i : start;
}

/* A run of 12 digits with at most one space or hyphen between two.
 * Returns: its end, @start if there is none */
static gsize
match_twelve (const Cell *cell, gsize start)
{
  char digits[TWELVE + 1];
  gsize i = start, n = 0;

  while (n < TWELVE) {
    if (is_digit (cell, i))
      digits[n++] = cell->flat[i++];
    else if (n > 0 && is_one_of (cell, i, " -") && is_digit (cell, i + 1))
      i++;
    else
      return start;
  }
  digits[TWELVE] = '\0';
  if (is_digit (cell, i))
    return start;
  if (!is_fraction (cell, start) && !is_sum (cell, i) && !is_in_hash (cell, start, i))
    report_twelve (cell, digits);
  return i;
}

/* ---- A cell that is one number. ---- */

/* 9.91231E+11 → its date; 9.9123110001E+11 → its digits, zeros put behind. */
static void
read_scientific (const Cell *cell, const char *digits, int exponent)
{
  char whole[TWELVE + 1];
  gsize n = strlen (digits), n_whole = (gsize)exponent + 1;

  if (exponent < 9 || exponent > 11 || n > n_whole || n < 5)
    return;
  memset (whole, '0', TWELVE);
  memcpy (whole + TWELVE - n_whole, digits, n);
  whole[TWELVE] = '\0';
  if (exponent == 11)
    report_twelve (cell, whole);
  else
    report_short (cell, whole + TWELVE - n_whole);
  if (n <= 6)
    report_rounded (cell, whole);
}

/* Returns: FALSE if nothing more is to be looked for in the cell */
static gboolean
read_number_cell (const Cell *cell)
{
  char digits[TWELVE + 2];
  gsize i = skip_set (cell, 0, " ='`\""), end = cell->n, n = 0, n_group = 0, n_decimals;
  gboolean has_groups = FALSE, is_whole = TRUE;
  int exponent = 0;

  while (end > i && strchr (" \"'", cell->flat[end - 1]) != NULL)
    end--;
  if (is_one_of (cell, i, "+-"))
    i++;
  for (; i < end; i++) {
    if (is_digit (cell, i)) {
      if (n <= TWELVE)
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
  digits[MIN (n, TWELVE + 1)] = '\0';
  n_decimals = i < end && is_one_of (cell, i, ".,") ? count_digits (cell, i + 1) : 0;
  if (n_decimals > 0) {
    for (gsize k = i + 1; k <= i + n_decimals; k++)
      is_whole = is_whole && cell->flat[k] == '0';
    if (n == 1 && n_decimals <= TWELVE - 1) { /* may be a mantissa */
      memcpy (digits + 1, cell->flat + i + 1, n_decimals);
      digits[1 + n_decimals] = '\0';
    }
    i += 1 + n_decimals;
    if (i < end && cell->flat[i] == 'E') {
      i += 1 + (is_one_of (cell, i + 1, "+") ? 1 : 0);
      for (; is_digit (cell, i) && exponent < 1000; i++)
        exponent = exponent * 10 + cell->flat[i] - '0';
      if (i == end && n == 1 && n_decimals <= TWELVE - 1)
        read_scientific (cell, digits, exponent);
      return i != end;
    }
  }
  if (i != end || (n == TWELVE && n_decimals >= 10)) /* or a list of two numbers */
    return TRUE;
  if (is_whole && (n == 10 || n == 11))
    report_short (cell, digits);
  return is_whole; /* a decimal number, as a coordinate: nothing else */
}

/* ---- Documents, phones, the rest. ---- */

static gboolean
has_document_word (Cell *cell)
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
match_document_number (Cell *cell, gsize start)
{
  gsize first = count_digits (cell, start), i = start;

  if (is_fraction (cell, start) || is_one_of (cell, start - 1, ":"))
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
match_passport (Cell *cell, gsize start)
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
match_groups (const Cell *cell, gsize i, const char *groups, const char *between)
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
match_phone (const Cell *cell, gsize start)
{
  gsize i = start, end;

  if (is_fraction (cell, start))
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
match_email (const Cell *cell, gsize at)
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
match_iban (const Cell *cell, gsize start)
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
match_plate (const Cell *cell, gsize start)
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
walk (Cell *cell)
{
  gsize twelve_end = 0; /* runs of 12 do not overlap */

  for (gsize i = 0; i < cell->n; i++) {
    char c = cell->flat[i];
    gboolean is_word_start = i == 0 || !is_word (cell, i - 1);

    if (g_ascii_isdigit (c) && (i == 0 || !is_digit (cell, i - 1))) {
      gsize long_end = i >= twelve_end ? skip_long_number (cell, i) : i;

      if (long_end > i)
        twelve_end = long_end;
      else if (i >= twelve_end)
        twelve_end = MAX (twelve_end, match_twelve (cell, i));
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

/* A cell of @n digits and nothing else. */
static void
find_in_digits (Cell *cell)
{
  char digits[TWELVE + 1] = "";

  if (cell->n < 9 || cell->n > TWELVE)
    return;
  memcpy (digits, cell->flat, cell->n);
  switch (cell->n) {
  case TWELVE:
    report_twelve (cell, digits);
    return;
  case 11:
  case 10:
    report_short (cell, digits);
    if (cell->flags & QONYS_PATTERNS_PHONES && (digits[0] == '7' || digits[0] == '8'))
      match_phone (cell, 0);
    break;
  default:
    break;
  }
  if (cell->flags & QONYS_PATTERNS_DOCUMENTS || digits[0] == '0')
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
  Cell cell = {.flat = text,
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
  cell.n = flatten (text, length, flat);
  if (read_number_cell (&cell))
    walk (&cell);
}

void
qonys_patterns_find_in_integer (gint64 value, QonysPatternFlags flags, QonysPatternFunc found,
                                gpointer data)
{
  char digits[TWELVE];
  Cell cell = {.text = digits,
               .flags = flags & ~QONYS_PATTERNS_PHONES,
               .has_document_word = -1,
               .found = found,
               .data = data};
  gsize first = TWELVE;

  if (value < 100000000 || value > G_GINT64_CONSTANT (999999999999))
    return;
  for (gint64 rest = value; rest > 0; rest /= 10)
    digits[--first] = (char)('0' + rest % 10);
  cell.flat = digits + first;
  cell.n = cell.length = TWELVE - first;
  cell.text = cell.flat;
  find_in_digits (&cell);
  if (value % 1000000 == 0 && cell.n == TWELVE)
    report_rounded (&cell, digits);
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
