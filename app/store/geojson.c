/*
 * Reading GeoJSON in pieces. An object that begins with "type": "Feature" begins so nowhere else
 * but where it stands, since in a text its quotes would be escaped: there a piece may begin. That
 * it is no feature within a feature shows when the piece before ends elsewhere. About 2 ns a byte.
 */
#include "store/geojson.h"

#include "store/chunk-file.h"

#include <math.h>
#include <string.h>

#define HEAD_SIZE (4 << 20)

struct _QonysGeojson {
  QonysChunkFile file;
  gint64 begin; /* of the first feature */
  const char *const *names;
  guint n_columns;
};

void
qonys_geojson_free (QonysGeojson *geojson)
{
  qonys_chunk_file_close (&geojson->file);
  g_free (geojson);
}

gsize
qonys_geojson_get_n_chunks (const QonysGeojson *geojson)
{
  return (geojson->file.size - geojson->begin + QONYS_CHUNK_SIZE - 1) / QONYS_CHUNK_SIZE;
}

/* ---- tokens; texts end with NUL, at which all of them stop ---- */

static char *
skip_blanks (char *at)
{
  while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
    at++;
  return at;
}

/* Behind @token and the blanks before it; NULL if it is not there. */
static char *
skip (char *at, const char *token)
{
  gsize length = strlen (token);

  at = skip_blanks (at);
  return strncmp (at, token, length) == 0 ? at + length : NULL;
}

static char *
skip_feature_head (char *at)
{
  if (*at != '{' || (at = skip (at + 1, "\"type\"")) == NULL || (at = skip (at, ":")) == NULL)
    return NULL;
  return skip (at, "\"Feature\"");
}

static char *
find_feature (char *at, const char *end)
{
  for (; at < end && (at = memchr (at, '{', end - at)) != NULL; at++)
    if (skip_feature_head (at) != NULL)
      return at;
  return NULL;
}

/* Four digits of an escape; −1 if there are none. */
static int
read_hex (const char *at)
{
  int code = 0;

  for (guint i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (at[i]);

    if (digit < 0)
      return -1;
    code = code * 16 + digit;
  }
  return code;
}

/* Behind "\u0415" or a pair of them, which is written to @to; NULL if it is no character. */
static char *
read_code (char *at, char **to)
{
  int code = read_hex (at), low;

  if (code <= 0 || (code >= 0xDC00 && code <= 0xDFFF))
    return NULL;
  at += 4;
  if (code >= 0xD800 && code <= 0xDBFF) {
    if (at[0] != '\\' || at[1] != 'u')
      return NULL;
    low = read_hex (at + 2);
    if (low < 0xDC00 || low > 0xDFFF)
      return NULL;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    at += 6;
  }
  *to += g_unichar_to_utf8 (code, *to); /* shorter than the escape */
  return at;
}

/* A text from its opening quote on, its escapes resolved in place. Returns: behind it, or NULL */
static char *
read_text (char *at, const char **text, gsize *length)
{
  static const char ESCAPES[] = "\"\\/bfnrt", MEANINGS[] = "\"\\/\b\f\n\r\t";
  char *to;

  if (*at != '"')
    return NULL;
  *text = to = ++at;
  while (*at != '"') {
    const char *escape;

    if ((guchar)*at < 0x20)
      return NULL;
    if (*at != '\\') {
      *to++ = *at++;
      continue;
    }
    at += 2;
    if (at[-1] == 'u') {
      at = read_code (at, &to);
      if (at == NULL)
        return NULL;
      continue;
    }
    escape = at[-1] != '\0' ? strchr (ESCAPES, at[-1]) : NULL;
    if (escape == NULL)
      return NULL;
    *to++ = MEANINGS[escape - ESCAPES];
  }
  *length = to - *text;
  return at + 1;
}

/* Returns: behind a number, or NULL */
static char *
read_number (char *at, QonysJsonValue *value)
{
  static const double POWERS[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  char *begin = at, *point = NULL, *end;
  gint64 digits = 0;
  guint n = 0;

  if (*at == '-')
    at++;
  if (!g_ascii_isdigit (*at) || (*at == '0' && g_ascii_isdigit (at[1])))
    return NULL;
  for (; g_ascii_isdigit (*at) || (*at == '.' && point == NULL); at++) {
    if (*at == '.')
      point = at;
    else if (++n <= 15)
      digits = digits * 10 + (*at - '0');
  }
  if (point != NULL && point + 1 == at)
    return NULL;
  value->kind = point != NULL ? QONYS_JSON_REAL : QONYS_JSON_INTEGER;
  if (n <= 15 && *at != 'e' && *at != 'E') { /* an exact quotient, as strtod gives it */
    value->real = (double)digits / POWERS[point != NULL ? at - point - 1 : 0];
    value->integer = *begin == '-' ? -digits : digits;
    if (*begin == '-')
      value->real = -value->real;
    return at;
  }
  if (point == NULL)
    return NULL; /* of great whole numbers GDAL has opinions */
  value->real = g_ascii_strtod (begin, &end);
  return end >= at && isfinite (value->real) ? end : NULL;
}

static char *
read_value (char *at, QonysJsonValue *value)
{
  char *end;

  if (*at == '"') {
    value->kind = QONYS_JSON_TEXT;
    return read_text (at, &value->text, &value->length);
  }
  if ((end = skip (at, "null")) != NULL) {
    value->kind = QONYS_JSON_MISSING;
    return end;
  }
  if ((end = skip (at, "true")) != NULL || (end = skip (at, "false")) != NULL) {
    value->kind = QONYS_JSON_INTEGER;
    value->integer = *at == 't';
    value->real = value->integer;
    return end;
  }
  return read_number (at, value);
}

/* ---- features ---- */

/* Properties mostly come in the order of the columns. @guess: (inout) */
static int
find_column (const QonysGeojson *geojson, const char *name, gsize length, guint *guess)
{
  for (guint i = 0; i < geojson->n_columns; i++) {
    guint column = (*guess + i) % geojson->n_columns;

    if (strncmp (geojson->names[column], name, length) == 0 &&
        geojson->names[column][length] == '\0') {
      *guess = column + 1;
      return column;
    }
  }
  return -1;
}

static char *
read_properties (const QonysGeojson *geojson, char *at, QonysJsonValue *values)
{
  guint guess = 0;
  char *end;

  for (guint i = 0; i < geojson->n_columns; i++) {
    values[i].kind = QONYS_JSON_MISSING;
    values[i].text = NULL; /* set where a name has been */
  }
  at = skip (at, "{");
  if (at != NULL && (end = skip (at, "}")) != NULL)
    return end;
  while (at != NULL) {
    const char *name;
    gsize length;
    int column;

    at = read_text (skip_blanks (at), &name, &length);
    column = at != NULL ? find_column (geojson, name, length, &guess) : -1;
    if (column < 0 || values[column].text != NULL || (at = skip (at, ":")) == NULL)
      return NULL;
    values[column].text = "";
    at = read_value (skip_blanks (at), &values[column]);
    if (at != NULL && (end = skip (at, "}")) != NULL)
      return end;
    at = at != NULL ? skip (at, ",") : NULL;
  }
  return NULL;
}

static char *
read_coordinates (char *at, double *x, double *y)
{
  double *numbers[] = {x, y, NULL};
  char *end;

  at = skip (at, "[");
  for (guint i = 0; i < G_N_ELEMENTS (numbers) && at != NULL; i++) {
    QonysJsonValue value;

    at = read_number (skip_blanks (at), &value);
    if (at == NULL)
      return NULL;
    if (numbers[i] != NULL)
      *numbers[i] = value.real;
    if (i > 0 && (end = skip (at, "]")) != NULL)
      return end;
    at = skip (at, ",");
  }
  return NULL;
}

/* A point with its "type" first, or null. */
static char *
read_geometry (char *at, double *x, double *y)
{
  char *end = skip (at, "null");

  *x = *y = NAN;
  if (end != NULL)
    return end;
  if ((at = skip (at, "{")) == NULL || (at = skip (at, "\"type\"")) == NULL ||
      (at = skip (at, ":")) == NULL || (at = skip (at, "\"Point\"")) == NULL ||
      (at = skip (at, ",")) == NULL || (at = skip (at, "\"coordinates\"")) == NULL ||
      (at = skip (at, ":")) == NULL || (at = read_coordinates (at, x, y)) == NULL)
    return NULL;
  return skip (at, "}");
}

static char *
read_feature (const QonysGeojson *geojson, char *at, QonysJsonValue *values, double *x, double *y)
{
  gboolean has_properties = FALSE, has_geometry = FALSE;

  at = skip_feature_head (at);
  while (at != NULL && (at = skip (at, ",")) != NULL) {
    char *member;

    if ((member = skip (at, "\"properties\"")) != NULL && !has_properties) {
      member = skip (member, ":");
      at = member != NULL ? read_properties (geojson, member, values) : NULL;
      has_properties = TRUE;
    } else if ((member = skip (at, "\"geometry\"")) != NULL && !has_geometry) {
      member = skip (member, ":");
      at = member != NULL ? read_geometry (member, x, y) : NULL;
      has_geometry = TRUE;
    } else {
      return NULL;
    }
    if (has_properties && has_geometry)
      return at != NULL ? skip (at, "}") : NULL;
  }
  return NULL;
}

int
qonys_geojson_next (const QonysGeojson *geojson, char **at_, const char *end,
                    QonysJsonValue *values, double *x, double *y)
{
  char *at = *at_, *last;

  if (at >= end)
    return at == end ? 0 : -1;
  at = read_feature (geojson, at, values, x, y);
  if (at == NULL)
    return -1;
  if ((last = skip (at, "]")) != NULL) { /* nothing but the end may follow */
    last = skip (last, "}");
    at = last != NULL ? skip_blanks (last) : NULL;
    if (at != end || *end != '\0')
      return -1;
  } else {
    at = skip (at, ",");
    if (at == NULL)
      return -1;
    at = skip_blanks (at);
    if (*at == '\0') /* a comma and no feature */
      return -1;
  }
  *at_ = at;
  return 1;
}

/* ---- pieces ---- */

char *
qonys_geojson_load (const QonysGeojson *geojson, gsize chunk, char **at, const char **end)
{
  gint64 from = geojson->begin + (gint64)chunk * QONYS_CHUNK_SIZE;
  gint64 to = MIN (from + QONYS_CHUNK_SIZE, geojson->file.size);
  gsize length = to - from;
  g_autofree char *buffer = g_malloc (length + QONYS_CHUNK_MAX_RECORD + 1);
  gssize n = qonys_chunk_file_read (&geojson->file, from, buffer, length + QONYS_CHUNK_MAX_RECORD);
  char *first, *next;

  if (n < (gssize)length)
    return NULL;
  buffer[n] = '\0';
  first = find_feature (buffer, buffer + length);
  if (first == NULL) { /* the one before goes to the end */
    *at = buffer;
    *end = buffer;
    return g_steal_pointer (&buffer);
  }
  next = find_feature (buffer + length, buffer + n);
  if (next == NULL && from + n < geojson->file.size)
    return NULL;
  *at = first;
  *end = next != NULL ? next : buffer + n;
  return qonys_text_is_utf8 (first, *end - first) ? g_steal_pointer (&buffer) : NULL;
}

/* Is what is before the first feature the beginning of an object and of its list of features? */
static gboolean
is_head (const char *head, const char *end)
{
  guint depth = 0;
  const char *at = end;

  for (const char *i = head; i < end; i++) {
    if (*i == '"') {
      for (i++; i < end && *i != '"'; i++)
        i += *i == '\\';
    } else if (*i == '{' || *i == '[') {
      depth++;
    } else if (*i == '}' || *i == ']') {
      depth--;
    }
  }
  while (at > head && strchr (" \t\r\n[:", at[-1]) != NULL)
    at--;
  return depth == 2 && *head == '{' && at - head > 10 && strncmp (at - 10, "\"features\"", 10) == 0;
}

char *
qonys_geojson_dup_head (const char *path, gsize *length)
{
  g_auto (QonysChunkFile) file = {-1, 0};
  g_autofree char *head = NULL;
  char *first, *last = NULL;

  if (!qonys_chunk_file_open (&file, path) || file.size < 2 * HEAD_SIZE)
    return NULL;
  head = g_malloc (HEAD_SIZE + 1);
  if (qonys_chunk_file_read (&file, 0, head, HEAD_SIZE) < HEAD_SIZE)
    return NULL;
  head[HEAD_SIZE] = '\0';
  first = find_feature (head, head + HEAD_SIZE);
  if (first == NULL || !is_head (head, first))
    return NULL;
  for (char *next = head + HEAD_SIZE - QONYS_CHUNK_MAX_RECORD;
       (next = find_feature (next, head + HEAD_SIZE)) != NULL; next++)
    last = next;
  while (last > first && strchr (" \t\r\n", last[-1]) != NULL)
    last--;
  if (last <= first || last[-1] != ',') /* none begins there */
    return NULL;
  memcpy (last - 1, "]}", 2);
  *length = last + 1 - head;
  return g_steal_pointer (&head);
}

QonysGeojson *
qonys_geojson_open (const char *path, const char *const *names, guint n_columns)
{
  g_autoptr (QonysGeojson) geojson = g_new0 (QonysGeojson, 1);
  g_autofree char *head = g_malloc (QONYS_CHUNK_MAX_RECORD + 1);
  char *first;
  gssize n;

  geojson->names = names;
  geojson->n_columns = n_columns;
  if (!qonys_chunk_file_open (&geojson->file, path) || n_columns == 0)
    return NULL;
  n = qonys_chunk_file_read (&geojson->file, 0, head, QONYS_CHUNK_MAX_RECORD);
  if (n < 0)
    return NULL;
  head[n] = '\0';
  first = find_feature (head, head + n);
  if (first == NULL || !is_head (head, first))
    return NULL;
  geojson->begin = first - head;
  return g_steal_pointer (&geojson);
}
