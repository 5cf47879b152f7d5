/*
 * Numbers of workbooks as texts: a day is a number with a format, an id is one with zeros before,
 * a sum of tenths has digits nobody typed. About 200 ns a number.
 */
#include "store/number-style.h"

#include "base/date.h"

#include <math.h>
#include <string.h>

/* ---- formats ---- */

static QonysNumberStyle
read_built_in (guint id)
{
  QonysNumberStyle style = {QONYS_SHOWN_PLAIN, 0};

  if (id == 9 || id == 10)
    style.as = QONYS_SHOWN_PERCENT;
  else if (id == 22)
    style.as = QONYS_SHOWN_DATE_TIME;
  else if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47))
    style.as = QONYS_SHOWN_TIME;
  else if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    style.as = QONYS_SHOWN_DATE;
  return style;
}

QonysNumberStyle
qonys_number_style_read (guint id, const char *code)
{
  gboolean has_day = FALSE, has_clock = FALSE, has_month = FALSE, has_percent = FALSE;
  gboolean is_zeros = TRUE;
  guint width = 0;

  if (code == NULL)
    return read_built_in (id);
  for (; *code != '\0' && *code != ';'; code++) {
    if (*code == '"') {
      code = strchr (code + 1, '"');
      if (code == NULL)
        break;
      is_zeros = FALSE;
      continue;
    }
    if (*code == '[') { /* a colour, a language or hours beyond a day */
      has_clock |= strchr ("hHmMsS", code[1]) != NULL && code[1] != '\0';
      code = strchr (code, ']');
      is_zeros = FALSE;
      if (code == NULL)
        break;
      continue;
    }
    if ((*code == '\\' || *code == '_' || *code == '*') && code[1] != '\0') {
      code++;
      is_zeros = FALSE;
      continue;
    }
    if (g_str_has_prefix (code, "General")) {
      code += strlen ("General") - 1;
      is_zeros = FALSE;
      continue;
    }
    has_day |= strchr ("dDyY", *code) != NULL;
    has_clock |= strchr ("hHsS", *code) != NULL;
    has_month |= *code == 'm' || *code == 'M';
    has_percent |= *code == '%';
    is_zeros &= *code == '0';
    width++;
  }
  if (has_day || (has_month && !has_clock))
    return (QonysNumberStyle){has_clock ? QONYS_SHOWN_DATE_TIME : QONYS_SHOWN_DATE, 0};
  if (has_clock)
    return (QonysNumberStyle){QONYS_SHOWN_TIME, 0};
  if (has_percent)
    return (QonysNumberStyle){QONYS_SHOWN_PERCENT, 0};
  if (is_zeros && width >= 2 && width <= 30)
    return (QonysNumberStyle){QONYS_SHOWN_ZEROS, width};
  return (QonysNumberStyle){QONYS_SHOWN_PLAIN, 0};
}

/* ---- numbers ---- */

#define DAY_1899_12_30 (-25569) /* serial 0 behind the 29 February 1900 that never was */
#define DAY_1904_01_01 (-24107)
#define MAX_SERIAL 2958466 /* 1 January 10000 */

static char *
format_clock (gint64 seconds)
{
  return g_strdup_printf ("%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                          (int)(seconds % 60));
}

/* Returns: (nullable): NULL if no day has the number */
static char *
format_date (QonysNumberStyle style, gboolean is_1904, double serial)
{
  gint64 total = (gint64)floor (serial * 86400 + 0.5), days = total / 86400;
  g_autofree char *iso = NULL, *clock = NULL;

  if (serial < 0 || serial >= MAX_SERIAL || (!is_1904 && days == 60))
    return NULL;
  if (style.as == QONYS_SHOWN_TIME)
    return format_clock (total);
  if (!is_1904 && days < 60)
    days++;
  iso = qonys_day_to_iso ((QonysDay)days + (is_1904 ? DAY_1904_01_01 : DAY_1899_12_30));
  if (total % 86400 == 0 && style.as == QONYS_SHOWN_DATE)
    return g_steal_pointer (&iso);
  clock = format_clock (total % 86400);
  return g_strconcat (iso, " ", clock, NULL);
}

/* Fifteen digits, as spreadsheets show, without a power of ten where that can be. */
static char *
format_plain (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (fabs (value) < 1e21 && (value == 0 || fabs (value) >= 1e-9)) {
    int decimals = value == 0 ? 0 : CLAMP (14 - (int)floor (log10 (fabs (value))), 0, 24);
    char *end;
    char format[8];

    g_snprintf (format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd (digits, sizeof digits, format, value);
    if (strchr (digits, '.') != NULL) {
      for (end = digits + strlen (digits); end[-1] == '0'; end--)
        ;
      if (end[-1] == '.')
        end--;
      *end = '\0';
    }
    return g_strdup (g_str_equal (digits, "-0") ? "0" : digits);
  }
  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.15g", value));
}

char *
qonys_number_style_apply (QonysNumberStyle style, gboolean is_1904, const char *number)
{
  char *end, *text = NULL;
  double value = g_ascii_strtod (number, &end);
  gsize n_digits = 0;

  if (end == number || *end != '\0' || !isfinite (value))
    return g_strdup (number);
  for (const char *at = number; *at != '\0'; at++)
    n_digits += g_ascii_isdigit (*at) != 0;
  switch (style.as) {
  case QONYS_SHOWN_DATE:
  case QONYS_SHOWN_DATE_TIME:
  case QONYS_SHOWN_TIME:
    text = format_date (style, is_1904, value);
    break;
  case QONYS_SHOWN_PERCENT: {
    g_autofree char *share = format_plain (value * 100);

    return g_strconcat (share, "%", NULL);
  }
  case QONYS_SHOWN_ZEROS:
    text = format_plain (value);
    if (value >= 0 && value == floor (value) && strlen (text) < style.width) {
      g_autofree char *bare = text;
      g_autofree char *zeros = g_strnfill (style.width - strlen (bare), '0');

      text = g_strconcat (zeros, bare, NULL);
    }
    break;
  case QONYS_SHOWN_PLAIN:
  default:
    break;
  }
  if (text != NULL)
    return text;
  /* What was typed is left as it is; an id of more digits than a number holds stays too. */
  if (strpbrk (number, "eExXnN+") == NULL && (n_digits <= 15 || strchr (number, '.') == NULL))
    return g_strdup (number);
  return format_plain (value);
}

char *
qonys_iso_date_tidy (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *clock = NULL;

  if (length < 11 || text[4] != '-' || text[7] != '-' || text[10] != 'T')
    return g_strdup (text);
  clock = g_strndup (text + 11, strcspn (text + 11, ".Z"));
  if (g_str_has_prefix ("00:00:00", clock))
    return g_strndup (text, 10);
  return g_strdup_printf ("%.10s %s", text, clock);
}

gboolean
qonys_cell_parse (const char *text, guint *column, gint64 *row, const char **end)
{
  guint letters = 0;
  gint64 number = 0;

  while (*text == '$')
    text++;
  for (; g_ascii_isalpha (*text) && letters <= 20000; text++)
    letters = letters * 26 + (g_ascii_toupper (*text) - 'A' + 1);
  while (*text == '$')
    text++;
  for (; g_ascii_isdigit (*text) && number <= 10000000; text++)
    number = number * 10 + (*text - '0');
  if (letters == 0 || letters > 16384 || number == 0 || number > 1048576)
    return FALSE;
  *column = letters - 1;
  *row = number;
  if (end != NULL)
    *end = text;
  return TRUE;
}
