/*
 * Numbers and dates as people write them. Made for what is shown, some hundreds a picture; each
 * costs one or two small allocations.
 */
#include "base/format.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NBSP "\302\240"
#define MINUS "\342\210\222"
#define MISSING "\342\200\223"
#define MAX_DECIMALS 15

/* @digits: ASCII digits with a point or none, no sign. */
static char *
group (gboolean negative, const char *digits)
{
  gsize whole = strcspn (digits, ".");
  const char *mark = qonys_language_get () == QONYS_EN ? "." : ",";
  GString *out = g_string_new (negative ? MINUS : "");

  for (gsize i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0)
      g_string_append (out, NBSP);
    g_string_append_c (out, digits[i]);
  }
  if (digits[whole] == '.')
    g_string_append_printf (out, "%s%s", mark, digits + whole + 1);
  return g_string_free (out, FALSE);
}

char *
qonys_format_int (gint64 value)
{
  char digits[24];
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, magnitude);
  return group (value < 0, digits);
}

char *
qonys_format_decimal (double value, int decimals)
{
  char digits[400], format[8]; /* the largest double has 309 digits before the point */
  double magnitude = fabs (value), scale;

  if (!isfinite (value))
    return g_strdup (MISSING);
  decimals = CLAMP (decimals, 0, MAX_DECIMALS);
  scale = pow (10, decimals);
  if (magnitude * scale < 1e15) /* halves away from zero, as people round */
    magnitude = round (magnitude * scale) / scale;
  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (digits, sizeof digits, format, magnitude);
  if (decimals > 0) {
    gsize length = strlen (digits);
    while (digits[length - 1] == '0')
      length--;
    if (digits[length - 1] == '.')
      length--;
    digits[length] = '\0';
  }
  return group (value < 0 && magnitude > 0, digits);
}

char *
qonys_format_day (QonysDay day)
{
  int year, month, month_day;

  if (day == QONYS_DAY_MISSING)
    return g_strdup (MISSING);
  qonys_day_get_ymd (day, &year, &month, &month_day);
  return g_strdup_printf ("%02d.%02d.%04d", month_day, month, year);
}

char *
qonys_format_distance_m (double distance_m)
{
  g_autofree char *number = NULL;
  const char *unit;

  if (!isfinite (distance_m))
    return g_strdup (MISSING);
  if (fabs (distance_m) < 999.5) {
    number = qonys_format_decimal (distance_m, 0);
    unit = C_ ("unit of length", "m");
  } else {
    number = qonys_format_decimal (distance_m / 1000, fabs (distance_m) < 100e3 ? 1 : 0);
    unit = C_ ("unit of length", "km");
  }
  return g_strconcat (number, NBSP, unit, NULL);
}
