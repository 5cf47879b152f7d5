/*
 * Positions as people write them into one cell. A number costs some ten nanoseconds, degrees with
 * minutes and seconds some hundred, WKT goes through OGR.
 */
#include "store/position-text.h"

#include "store/gdal-scope.h"
#include "store/row.h"

#include <math.h>
#include <string.h>

/* ---- degrees, minutes, seconds ---- */

static gboolean
is_degree_sign (gunichar c)
{
  return c == 0xB0 || c == 0xBA || c == 0x2DA;
}

static gboolean
is_minute_sign (gunichar c)
{
  return c == '\'' || c == '"' || c == 0x2032 || c == 0x2033 || c == 0x2019 || c == 0x201D ||
         c == 0xB4 || c == 0x2018 || c == 0x201C;
}

/* Moves to the next number and reads it. @text ends with NUL. */
static gboolean
read_part (const char **text, double *value)
{
  const char *at = *text;
  char digits[24];
  gsize n = 0;

  while (*at != '\0' && !g_ascii_isdigit (*at))
    at++;
  for (; (g_ascii_isdigit (*at) || *at == '.' || *at == ',') && n < sizeof digits - 1; at++) {
    if (*at == ',' && !g_ascii_isdigit (at[1]))
      break;
    digits[n++] = *at == ',' ? '.' : *at;
  }
  digits[n] = '\0';
  *text = at;
  if (n > 0)
    *value = g_ascii_strtod (digits, NULL);
  return n > 0;
}

/* Reads 51°07′48.5″ and moves behind it. Minutes and seconds may be missing. */
static gboolean
read_angle (const char **text, double *value)
{
  const char *at = *text;
  double part;

  if (!read_part (&at, value) || !is_degree_sign (g_utf8_get_char (at)))
    return FALSE;
  at = g_utf8_next_char (at);
  for (double unit = 60; unit <= 3600; unit *= 60) {
    const char *next = at;

    if (!read_part (&next, &part) || part >= 60 || !is_minute_sign (g_utf8_get_char (next)))
      break;
    *value += part / unit;
    for (at = next; is_minute_sign (g_utf8_get_char (at));)
      at = g_utf8_next_char (at);
  }
  *text = at;
  return TRUE;
}

/* ---- one ---- */

gboolean
qonys_coordinate_parse (const char *text, gsize length, double *value)
{
  g_autofree char *copy = NULL;
  const char *at;

  *value = NAN;
  if (qonys_text_is_missing (text, length) || qonys_number_parse (text, length, value))
    return TRUE;
  *value = NAN;
  at = copy = g_strndup (text, length);
  return read_angle (&at, value);
}

/* ---- two ---- */

/* Where the first of two plain numbers ends: a semicolon, a bar, blanks, else the only comma. */
static const char *
find_parting (const char *text)
{
  const char *parting = strpbrk (text, ";|/");

  if (parting == NULL)
    parting = strpbrk (text, " \t\n");
  if (parting == NULL && strchr (text, ',') == strrchr (text, ','))
    parting = strchr (text, ',');
  return parting;
}

static gboolean
parse_plain (const char *text, double *x, double *y)
{
  const char *parting = find_parting (text), *second;
  gsize length;

  if (parting == NULL)
    return FALSE;
  length = parting - text;
  if (length > 1 && text[length - 1] == ',')
    length--;
  second = parting + 1;
  while (g_ascii_isspace (*second) || *second == ',')
    second++;
  return strpbrk (second, " \t\n;|/") == NULL && qonys_number_parse (text, length, y) &&
         qonys_number_parse (second, strlen (second), x);
}

gboolean
qonys_position_parse (const char *text, gsize length, double *x, double *y)
{
  g_autofree char *copy = NULL;
  const char *at;

  *x = *y = NAN;
  if (qonys_text_is_missing (text, length))
    return TRUE;
  copy = g_strndup (text, length);
  g_strdelimit (copy, "()[]", ' ');
  g_strstrip (copy);
  at = copy;
  if (read_angle (&at, y) && read_angle (&at, x))
    return TRUE;
  if (parse_plain (copy, x, y))
    return TRUE;
  *x = *y = NAN;
  return FALSE;
}

gboolean
qonys_wkt_parse (const char *text, gsize length, double *x, double *y)
{
  g_autofree char *copy = NULL;
  g_auto (OGRGeometryH) geometry = NULL;
  g_auto (OGRGeometryH) middle = NULL;
  char *at;

  *x = *y = NAN;
  if (qonys_text_is_missing (text, length))
    return TRUE;
  copy = g_strndup (text, length);
  at = strchr (copy, ';') != NULL ? strchr (copy, ';') + 1 : copy; /* SRID=4326;POINT (…) */
  if (OGR_G_CreateFromWkt (&at, NULL, &geometry) != OGRERR_NONE || geometry == NULL)
    return FALSE;
  middle = OGR_G_CreateGeometry (wkbPoint);
  if (OGR_G_IsEmpty (geometry))
    return TRUE;
  if (OGR_G_Centroid (geometry, middle) != OGRERR_NONE || OGR_G_IsEmpty (middle))
    return FALSE;
  *x = OGR_G_GetX (middle, 0);
  *y = OGR_G_GetY (middle, 0);
  return TRUE;
}
