/* Numbers, dates and strings as JSON and CSV write them, into a growing buffer: some 30 values a
 * feature, a million features, about 10 ns a value; no printf and no locale. */

#include "release/text-private.h"

#include <math.h>

void
_qonys_text_clear (QonysText *text)
{
  g_clear_pointer (&text->data, g_free);
  text->length = text->capacity = 0;
}

void
_qonys_text_grow (QonysText *text, gsize room)
{
  text->capacity = MAX (text->capacity * 2, text->length + room + 256);
  text->data = g_realloc (text->data, text->capacity);
}

/* Writes the digits of @value, at least @min_digits of them. */
static void
add_digits (QonysText *text, guint64 value, guint min_digits)
{
  char digits[20];
  guint n = 0;

  do {
    digits[sizeof digits - ++n] = '0' + value % 10;
    value /= 10;
  } while (value != 0 || n < min_digits);
  _qonys_text_add (text, digits + sizeof digits - n, n);
}

void
_qonys_text_add_int (QonysText *text, gint64 value)
{
  if (value < 0)
    _qonys_text_add_char (text, '-');
  add_digits (text, value < 0 ? -(guint64)value : (guint64)value, 1);
}

void
_qonys_text_add_scaled (QonysText *text, gint64 scaled, guint decimals)
{
  guint64 size = scaled < 0 ? -(guint64)scaled : (guint64)scaled;
  guint64 scale = 1;

  while (decimals > 0 && size % 10 == 0) {
    size /= 10;
    decimals--;
  }
  for (guint i = 0; i < decimals; i++)
    scale *= 10;
  if (scaled < 0)
    _qonys_text_add_char (text, '-');
  add_digits (text, size / scale, 1);
  if (decimals > 0) {
    _qonys_text_add_char (text, '.');
    add_digits (text, size % scale, decimals);
  }
}

void
_qonys_text_add_decimal (QonysText *text, double value)
{
  static const double scales[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};

  /* An integer below 2^53 divided by a power of ten is rounded once, as a reader of the decimal
   * rounds it: where the quotient is the value, the decimal reads back as the value. */
  if (fabs (value) < 1e9)
    for (guint decimals = 0; decimals < G_N_ELEMENTS (scales); decimals++) {
      double scaled = nearbyint (value * scales[decimals]);

      if (scaled / scales[decimals] == value) {
        _qonys_text_add_scaled (text, (gint64)scaled, decimals);
        return;
      }
    }

  for (guint precision = 15; precision <= 17; precision++) {
    char format[] = "%.00g", buffer[G_ASCII_DTOSTR_BUF_SIZE];

    format[2] = '0' + precision / 10;
    format[3] = '0' + precision % 10;
    g_ascii_formatd (buffer, sizeof buffer, format, value);
    if (precision == 17 || g_ascii_strtod (buffer, NULL) == value) {
      _qonys_text_add (text, buffer, strlen (buffer));
      return;
    }
  }
}

void
_qonys_text_add_degrees (QonysText *text, double value_deg)
{
  _qonys_text_add_scaled (text, (gint64)nearbyint (value_deg * 1e7), 7);
}

void
_qonys_text_add_day (QonysText *text, QonysDay day)
{
  int year, month, month_day;

  qonys_day_get_ymd (day, &year, &month, &month_day);
  add_digits (text, year, 4);
  _qonys_text_add_char (text, '-');
  add_digits (text, month, 2);
  _qonys_text_add_char (text, '-');
  add_digits (text, month_day, 2);
}

void
_qonys_text_add_json_string (QonysText *text, const char *string)
{
  g_autofree char *valid = NULL;
  const char *run = string, *p = string;
  gboolean is_ascii = TRUE;

  for (; *p != '\0'; p++)
    is_ascii &= (guchar)*p < 0x80;
  if (!is_ascii && !g_utf8_validate (string, p - string, NULL))
    run = string = valid = g_utf8_make_valid (string, p - string);

  _qonys_text_add_char (text, '"');
  for (p = string; *p != '\0'; p++) {
    guchar byte = *p;

    if (byte >= 0x20 && byte != '"' && byte != '\\')
      continue;
    _qonys_text_add (text, run, p - run);
    run = p + 1;
    if (byte == '"' || byte == '\\') {
      _qonys_text_add_char (text, '\\');
      _qonys_text_add_char (text, byte);
    } else if (byte == '\n') {
      _qonys_text_add_literal (text, "\\n");
    } else if (byte == '\t') {
      _qonys_text_add_literal (text, "\\t");
    } else {
      static const char hex[] = "0123456789abcdef";

      _qonys_text_add_literal (text, "\\u00");
      _qonys_text_add_char (text, hex[byte >> 4]);
      _qonys_text_add_char (text, hex[byte & 15]);
    }
  }
  _qonys_text_add (text, run, p - run);
  _qonys_text_add_char (text, '"');
}

void
_qonys_text_add_csv_string (QonysText *text, const char *string)
{
  gboolean is_formula =
      *string != '\0' && string[1] != '\0' && strchr ("=+-@\t\r", *string) != NULL;

  if (strpbrk (string, ";\"\r\n") == NULL && *string != ' ') {
    if (is_formula)
      _qonys_text_add_char (text, '\'');
    _qonys_text_add (text, string, strlen (string));
    return;
  }
  _qonys_text_add_char (text, '"');
  if (is_formula)
    _qonys_text_add_char (text, '\'');
  for (; *string != '\0'; string++) {
    if (*string == '"')
      _qonys_text_add_char (text, '"');
    _qonys_text_add_char (text, *string);
  }
  _qonys_text_add_char (text, '"');
}
