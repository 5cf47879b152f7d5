/* Shapes people draw, as text: a few thousand a project, parsed when they are painted or stored;
 * under a microsecond a vertex. */

#include "geo/wkt.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *word;
  const char *open, *close;
  guint min_vertices;
} FORMS[] = {
    {"POINT", "(", ")", 1},
    {"LINESTRING", "(", ")", 2},
    {"POLYGON", "((", "))", 4},
};

QonysPath *
qonys_path_new (QonysPathKind kind)
{
  QonysPath *path = g_new0 (QonysPath, 1);

  path->kind = kind;
  path->lon_deg = g_array_new (FALSE, FALSE, sizeof (double));
  path->lat_deg = g_array_new (FALSE, FALSE, sizeof (double));
  return path;
}

void
qonys_path_free (QonysPath *path)
{
  g_array_unref (path->lon_deg);
  g_array_unref (path->lat_deg);
  g_free (path);
}

void
qonys_path_add (QonysPath *path, double lon_deg, double lat_deg)
{
  g_array_append_val (path->lon_deg, lon_deg);
  g_array_append_val (path->lat_deg, lat_deg);
}

static const char *
skip_spaces (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

static gboolean
skip_signs (const char **at, const char *signs)
{
  for (; *signs != '\0'; signs++) {
    *at = skip_spaces (*at);
    if (**at != *signs)
      return FALSE;
    ++*at;
  }
  return TRUE;
}

static gboolean
read_number (const char **at, double limit, double *value)
{
  char *end;

  *value = g_ascii_strtod (*at, &end);
  if (end == *at || !isfinite (*value) || fabs (*value) > limit)
    return FALSE;
  *at = end;
  return TRUE;
}

static gboolean
read_vertices (QonysPath *path, const char **at)
{
  do {
    double lon_deg, lat_deg;

    if (!read_number (at, 180, &lon_deg) || !read_number (at, 90, &lat_deg))
      return FALSE;
    qonys_path_add (path, lon_deg, lat_deg);
  } while (skip_signs (at, ","));
  return TRUE;
}

static gboolean
is_closed (const QonysPath *path)
{
  guint last = path->lon_deg->len - 1;

  return g_array_index (path->lon_deg, double, 0) == g_array_index (path->lon_deg, double, last) &&
         g_array_index (path->lat_deg, double, 0) == g_array_index (path->lat_deg, double, last);
}

QonysPath *
qonys_path_parse_wkt (const char *text)
{
  const char *at = skip_spaces (text);

  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++) {
    gsize length = strlen (FORMS[i].word);
    g_autoptr (QonysPath) path = NULL;

    if (g_ascii_strncasecmp (at, FORMS[i].word, length) != 0)
      continue;
    at += length;
    path = qonys_path_new ((QonysPathKind)i);
    if (!skip_signs (&at, FORMS[i].open) || !read_vertices (path, &at) ||
        !skip_signs (&at, FORMS[i].close) || *skip_spaces (at) != '\0' ||
        path->lon_deg->len < FORMS[i].min_vertices ||
        (path->kind == QONYS_PATH_POINT && path->lon_deg->len != 1) ||
        (path->kind == QONYS_PATH_POLYGON && !is_closed (path)))
      return NULL;
    return g_steal_pointer (&path);
  }
  return NULL;
}

/* Degrees to seven places, without zeros at the end: as whole numbers, twenty times faster than
 * printf. */
static void
add_number (GString *text, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE], *at = number + sizeof number;
  gboolean is_negative;
  guint n_places = 7;
  gint64 rest;

  if (!(fabs (value) < 1e9)) { /* another program's, and no place on the Earth */
    g_string_append (text, g_ascii_dtostr (number, sizeof number, value));
    return;
  }
  rest = llrint (fabs (value) * 1e7);
  is_negative = value < 0 && rest > 0;
  for (; n_places > 0 && rest % 10 == 0; n_places--)
    rest /= 10;
  for (guint i = 0; i == 0 || rest > 0 || i <= n_places; i++) {
    if (i == n_places && i > 0)
      *--at = '.';
    *--at = (char)('0' + rest % 10);
    rest /= 10;
  }
  if (is_negative)
    *--at = '-';
  g_string_append_len (text, at, number + sizeof number - at);
}

char *
qonys_path_to_wkt (const QonysPath *path)
{
  GString *text = g_string_new (FORMS[path->kind].word);

  g_string_append_printf (text, " %s", FORMS[path->kind].open);
  for (guint i = 0; i < path->lon_deg->len; i++) {
    if (i > 0)
      g_string_append (text, ", ");
    add_number (text, g_array_index (path->lon_deg, double, i));
    g_string_append_c (text, ' ');
    add_number (text, g_array_index (path->lat_deg, double, i));
  }
  g_string_append (text, FORMS[path->kind].close);
  return g_string_free (text, FALSE);
}
