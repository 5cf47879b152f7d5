/*
 * Flat text: what a matcher of digits and Latin capitals needs of a cell. Every cell that passes
 * the scanner's first look, a few nanoseconds a character, no memory.
 */
#include "privacy/cell.h"

char
qonys_flatten_char (gunichar c)
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

gsize
qonys_flatten (const char *text, gsize length, char *flat)
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
    out = qonys_flatten_char (c);
    if (out != '\0')
      flat[n++] = out;
    i += (gsize)(g_utf8_next_char (text + i) - (text + i));
  }
  return n;
}
