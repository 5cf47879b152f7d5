/*
 * Days without a clock: one 32-bit integer a day, a million of them a table. GDate does the
 * calendar (years 1 to 65535); parsing a date costs some tens of nanoseconds and no memory.
 */
#include "base/date.h"

#define EPOCH_JULIAN 719163 /* GDate's number of 1970-01-01 */
#define ASTANA_OFFSET_S (5 * 60 * 60)
#define DAY_S (24 * 60 * 60)

QonysDay
qonys_day_from_ymd (int year, int month, int day)
{
  GDate date;

  if (year < 1 || year > G_MAXUINT16 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return QONYS_DAY_MISSING;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return (QonysDay)g_date_get_julian (&date) - EPOCH_JULIAN;
}

void
qonys_day_get_ymd (QonysDay day, int *year, int *month, int *month_day)
{
  GDate date;

  g_return_if_fail (day > -EPOCH_JULIAN);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(day + EPOCH_JULIAN));
  if (year != NULL)
    *year = g_date_get_year (&date);
  if (month != NULL)
    *month = (int)g_date_get_month (&date);
  if (month_day != NULL)
    *month_day = g_date_get_day (&date);
}

/* Reads 1 to @max_digits digits and moves behind them. Returns: how many were read. */
static int
read_digits (const char **text, int max_digits, int *number)
{
  int n = 0;

  for (*number = 0; n < max_digits && g_ascii_isdigit (**text); n++, (*text)++)
    *number = *number * 10 + (**text - '0');
  return n;
}

gboolean
qonys_day_parse (const char *text, QonysDay *day)
{
  int numbers[3], digits[3];
  char separator;
  QonysDay parsed;

  if (text == NULL)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;

  digits[0] = read_digits (&text, 4, &numbers[0]);
  separator = *text;
  if (!(digits[0] == 4 && (separator == '-' || separator == '/')) &&
      !(digits[0] >= 1 && digits[0] <= 2 && separator == '.'))
    return FALSE;
  text++;
  digits[1] = read_digits (&text, 2, &numbers[1]);
  if (digits[1] == 0 || *text++ != separator)
    return FALSE;
  digits[2] = read_digits (&text, separator == '.' ? 4 : 2, &numbers[2]);
  if (digits[2] == 0 || (separator == '.' && digits[2] != 4))
    return FALSE;

  if ((*text == ' ' || *text == 'T') && g_ascii_isdigit (text[1])) { /* a time: hh:mm… */
    int hour;
    text++;
    if (read_digits (&text, 2, &hour) == 0 || *text != ':' || !g_ascii_isdigit (text[1]))
      return FALSE;
  } else {
    while (g_ascii_isspace (*text))
      text++;
    if (*text != '\0')
      return FALSE;
  }

  if (separator == '.')
    parsed = qonys_day_from_ymd (numbers[2], numbers[1], numbers[0]);
  else
    parsed = qonys_day_from_ymd (numbers[0], numbers[1], numbers[2]);
  if (parsed == QONYS_DAY_MISSING)
    return FALSE;
  *day = parsed;
  return TRUE;
}

QonysDay
qonys_day_today (void)
{
  QonysDay day;

  if (qonys_day_parse (g_getenv ("QONYS_TODAY"), &day))
    return day;
  return (QonysDay)((g_get_real_time () / G_USEC_PER_SEC + ASTANA_OFFSET_S) / DAY_S);
}

char *
qonys_day_to_iso (QonysDay day)
{
  int year, month, month_day;

  if (day == QONYS_DAY_MISSING)
    return g_strdup ("");
  qonys_day_get_ymd (day, &year, &month, &month_day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, month_day);
}
