/*
 * Members of a JSON file that become no column. One pass, 64 KB at a time, whatever the size; the
 * names on the way down are all that is kept.
 */
#include "store/hidden-texts.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <string.h>

#define PIECE (64 * 1024)
#define MAX_DEPTH 64
#define MAX_TEXT (1 << 20) /* bytes; what is longer is given in parts */

typedef struct {
  gboolean is_object;
  GString *key; /* the member at hand */
} Level;

typedef struct {
  VSILFILE *file;
  char bytes[PIECE];
  gsize n, at;
  gint64 n_left, line;
  const char *const *dropped;
  QonysPlacedTextFunc func;
  gpointer data;
  Level levels[MAX_DEPTH];
  guint depth;
  GString *text;
} Walk;

static int
peek (Walk *walk)
{
  if (walk->at == walk->n) {
    walk->n = VSIFReadL (walk->bytes, 1, (gsize)MIN (PIECE, walk->n_left), walk->file);
    walk->n_left -= (gint64)walk->n;
    walk->at = 0;
    if (walk->n == 0)
      return -1;
  }
  return (guchar)walk->bytes[walk->at];
}

static int
take (Walk *walk)
{
  int c = peek (walk);

  walk->at += c >= 0;
  walk->line += c == '\n';
  return c;
}

static int
skip_blanks (Walk *walk)
{
  int c;

  while ((c = peek (walk)) == ' ' || c == '\t' || c == '\r' || c == '\n')
    take (walk);
  return c;
}

static const char *
get_key (const Walk *walk, guint depth)
{
  return depth > 0 && walk->levels[depth - 1].is_object ? walk->levels[depth - 1].key->str : "";
}

/* The member the value at hand belongs to: of a list that which the list belongs to. */
static const char *
get_place (const Walk *walk)
{
  guint depth = walk->depth;

  while (depth > 0 && !walk->levels[depth - 1].is_object)
    depth--;
  return get_key (walk, depth);
}

/* Where the values of "properties" stand: in the root, or in a list of features. */
static guint
get_column_depth (const Walk *walk)
{
  if (walk->depth > 1 && g_str_equal (get_key (walk, 1), "properties"))
    return 2;
  if (walk->depth > 3 && g_str_equal (get_key (walk, 1), "features") &&
      g_str_equal (get_key (walk, 3), "properties"))
    return 4;
  return 0;
}

static gboolean
is_silent (const Walk *walk, gboolean is_scalar)
{
  guint column = get_column_depth (walk);

  for (guint i = 1; i <= walk->depth; i++)
    if (g_str_equal (get_key (walk, i), "coordinates") || g_str_equal (get_key (walk, i), "bbox"))
      return TRUE;
  if (column == 0)
    return FALSE;
  return (is_scalar && walk->depth == column) ||
         (walk->dropped != NULL && g_strv_contains (walk->dropped, get_key (walk, column)));
}

static void
give (Walk *walk, gboolean is_number)
{
  if (!is_silent (walk, TRUE))
    walk->func (get_place (walk), walk->line, walk->text->str, walk->text->len, is_number,
                walk->data);
}

static gunichar
read_code (Walk *walk)
{
  gunichar code = 0;

  for (guint i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value ((char)MAX (peek (walk), 0));

    if (digit < 0)
      return 0xFFFD;
    code = code * 16 + (gunichar)digit;
    take (walk);
  }
  return code;
}

static void
read_escape (Walk *walk, GString *text)
{
  static const char ESCAPES[] = "bfnrt", MEANINGS[] = "\b\f\n\r\t";
  int c = take (walk);
  const char *escape = c > 0 ? strchr (ESCAPES, c) : NULL;

  if (c == 'u') {
    gunichar code = read_code (walk);

    if (code >= 0xD800 && code <= 0xDBFF && peek (walk) == '\\') {
      take (walk);
      if (take (walk) == 'u')
        code = 0x10000 + ((code & 0x3FF) << 10) + (read_code (walk) & 0x3FF);
    }
    g_string_append_unichar (text, g_unichar_validate (code) && code > 0 ? code : 0xFFFD);
  } else if (c >= 0) {
    g_string_append_c (text, escape != NULL ? MEANINGS[escape - ESCAPES] : (char)c);
  }
}

/* From the opening quote on. */
static gboolean
read_text (Walk *walk, GString *text, gboolean is_value)
{
  int c;

  g_string_truncate (text, 0);
  take (walk);
  while ((c = take (walk)) >= 0 && c != '"') {
    if (c == '\\')
      read_escape (walk, text);
    else
      g_string_append_c (text, (char)c);
    if (text->len >= MAX_TEXT && is_value) {
      give (walk, FALSE);
      g_string_erase (text, 0, MAX_TEXT - 64);
    }
    if (text->len >= 2 * MAX_TEXT)
      return FALSE;
  }
  return c == '"';
}

static gboolean
read_word (Walk *walk)
{
  int c;

  g_string_truncate (walk->text, 0);
  while ((c = peek (walk)) > ' ' && strchr (",]}:[{\"", c) == NULL && walk->text->len < 400) {
    g_string_append_c (walk->text, (char)c);
    take (walk);
  }
  if (walk->text->len == 0)
    return FALSE;
  if (g_ascii_isdigit (walk->text->str[0]) || walk->text->str[0] == '-')
    give (walk, TRUE);
  return TRUE;
}

static gboolean
begin (Walk *walk)
{
  Level *level = &walk->levels[walk->depth];

  if (walk->depth == MAX_DEPTH)
    return FALSE;
  walk->depth++;
  level->is_object = take (walk) == '{';
  if (level->key == NULL)
    level->key = g_string_new (NULL);
  g_string_truncate (level->key, 0);
  return TRUE;
}

/* A member's name alone may speak, but of those that are columns. */
static gboolean
read_key (Walk *walk)
{
  if (!read_text (walk, walk->levels[walk->depth - 1].key, FALSE) || skip_blanks (walk) != ':')
    return FALSE;
  take (walk);
  if (get_column_depth (walk) != walk->depth && !is_silent (walk, FALSE))
    walk->func (get_key (walk, walk->depth), walk->line, "", 0, FALSE, walk->data);
  return TRUE;
}

static gboolean
read_all (Walk *walk)
{
  do {
    int c = skip_blanks (walk);

    if (c < 0)
      return walk->depth == 0;
    if (c == ',') {
      take (walk);
    } else if (c == '}' || c == ']') {
      if (walk->depth == 0)
        return FALSE;
      take (walk);
      walk->depth--;
    } else if (c == '"' && walk->depth > 0 && walk->levels[walk->depth - 1].is_object) {
      if (!read_key (walk))
        return FALSE;
      c = skip_blanks (walk);
      if (c == '"' ? !read_text (walk, walk->text, TRUE)
                   : (c == '{' || c == '[' ? !begin (walk) : !read_word (walk)))
        return FALSE;
      if (c == '"')
        give (walk, FALSE);
    } else if (c == '"') {
      if (!read_text (walk, walk->text, TRUE))
        return FALSE;
      give (walk, FALSE);
    } else if (c == '{' || c == '[' ? !begin (walk) : !read_word (walk)) {
      return FALSE;
    }
  } while (TRUE);
}

gboolean
qonys_hidden_scan_json (const char *path, const char *const *dropped, gint64 max_bytes,
                        QonysPlacedTextFunc func, gpointer data)
{
  g_autofree Walk *walk = g_new0 (Walk, 1);
  gboolean is_json = FALSE;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  walk->file = VSIFOpenL (path, "rb");
  walk->n_left = max_bytes > 0 ? max_bytes : G_MAXINT64;
  walk->line = 1;
  walk->dropped = dropped;
  walk->func = func;
  walk->data = data;
  walk->text = g_string_new (NULL);
  if (walk->file != NULL) {
    if (peek (walk) == 0xEF) /* a byte order mark */
      walk->at = MIN (walk->n, 3);
    is_json = read_all (walk);
    VSIFCloseL (walk->file);
  }
  CPLPopErrorHandler ();
  for (guint i = 0; i < MAX_DEPTH; i++)
    if (walk->levels[i].key != NULL)
      g_string_free (walk->levels[i].key, TRUE);
  g_string_free (walk->text, TRUE);
  return is_json;
}
