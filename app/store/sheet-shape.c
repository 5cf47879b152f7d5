/*
 * The shape of a table: each of the first rows is tried as the beginning of the names, and the one
 * whose names cover the columns and are unlike what stands below wins. Once a sheet, about a
 * millisecond; the kind of a row costs a look at its first texts, some 300 ns.
 */
#include "store/sheet-shape.h"

#include "store/sheet-words.h"

#include <string.h>

#define MAX_CANDIDATES 60
#define MAX_HEADER_ROWS 3
#define N_BELOW 20       /* rows of values compared with the names */
#define LONG_NAME 120    /* letters: a sentence is no name */
#define REMARK_LENGTH 25 /* letters of a lone text that is more than an entry */

void
qonys_sheet_shape_free (QonysSheetShape *shape)
{
  g_strfreev (shape->names);
  g_strfreev (shape->units);
  g_free (shape->title);
  g_free (shape);
}

char *
qonys_column_get_letters (guint column)
{
  char letters[16];
  guint at = sizeof letters - 1;

  letters[at] = '\0';
  for (guint64 n = (guint64)column + 1; n > 0; n = (n - 1) / 26)
    letters[--at] = 'A' + (char)((n - 1) % 26);
  return g_strdup (letters + at);
}

/* ---- looking ---- */

typedef struct {
  const QonysShapeRow *rows;
  guint n_rows, n_columns;
  const QonysMerge *merges;
  guint n_merges;
} Table;

/* Names begin in row @first; what is below them begins in row @data. */
typedef struct {
  guint first, n, data;
  guint numbering, units; /* G_MAXUINT none */
  double score, coverage, contrast;
} Head;

static const char *
get_cell (const Table *table, guint row, guint column)
{
  const QonysShapeRow *cells = &table->rows[row];

  if (column >= cells->n_cells || qonys_cell_is_blank (cells->cells[column]))
    return NULL;
  return cells->cells[column];
}

static guint
count_filled (const Table *table, guint row)
{
  guint n = 0;

  for (guint i = 0; i < table->n_columns; i++)
    n += get_cell (table, row, i) != NULL;
  return n;
}

/* Texts and periods only, at least one a text, none a sentence. */
static gboolean
may_be_names (const Table *table, guint row)
{
  guint n_texts = 0;

  for (guint i = 0; i < table->n_columns; i++) {
    const char *text = get_cell (table, row, i);

    if (text == NULL)
      continue;
    if (qonys_cell_is_period (text))
      continue;
    if (qonys_cell_is_value (text) || g_utf8_strlen (text, -1) > LONG_NAME)
      return FALSE;
    n_texts++;
  }
  return n_texts > 0;
}

/* The area a cell is joined into. */
static const QonysMerge *
find_merge (const Table *table, gint64 row, guint column)
{
  for (guint i = 0; i < table->n_merges; i++) {
    const QonysMerge *merge = &table->merges[i];

    if (row >= merge->first_row && row <= merge->last_row && column >= merge->first_column &&
        column <= merge->last_column)
      return merge;
  }
  return NULL;
}

static gboolean
has_merges (const Table *table, guint first, guint last)
{
  for (guint i = 0; i < table->n_merges; i++)
    if (table->merges[i].last_row >= table->rows[first].number &&
        table->merges[i].first_row <= table->rows[last].number)
      return TRUE;
  return FALSE;
}

/* Whether names above go on in row @next: it fills gaps, and where it stands below a name that
 * name stands for several columns. */
static gboolean
is_continued (const Table *table, guint row, guint next)
{
  guint n_filling = 0;

  if (next >= table->n_rows || table->rows[next].number != table->rows[row].number + 1 ||
      !may_be_names (table, next))
    return FALSE;
  for (guint i = 0; i < table->n_columns; i++) {
    const char *above = get_cell (table, row, i), *below = get_cell (table, next, i);
    const QonysMerge *merge;
    gboolean is_group;

    if (below == NULL)
      continue;
    if (above == NULL) {
      n_filling++;
      continue;
    }
    if (g_strcmp0 (above, below) == 0) /* joined downwards */
      continue;
    merge = find_merge (table, table->rows[row].number, i);
    is_group = merge != NULL ? merge->last_column > i
                             : i + 1 < table->n_columns && get_cell (table, row, i + 1) == NULL &&
                                   get_cell (table, next, i + 1) != NULL;
    if (!is_group)
      return FALSE;
  }
  return n_filling > 0;
}

static gboolean
is_numbering (const Table *table, guint row)
{
  int before = -100;
  guint n = 0;

  for (guint i = 0; i < table->n_columns; i++) {
    const char *text = get_cell (table, row, i);
    int number;

    if (text == NULL)
      continue;
    number = qonys_cell_get_column_number (text);
    if (number == -100 || (n == 0 && number > 1) ||
        (n > 0 && number != before + 1 && !(before < 0 && number == 1)))
      return FALSE;
    before = number;
    n++;
  }
  return n >= 3 || (n == 2 && table->n_columns == 2);
}

static gboolean
is_units (const Table *table, guint row)
{
  guint n = 0;

  for (guint i = 0; i < table->n_columns; i++) {
    const char *text = get_cell (table, row, i);

    if (text == NULL || qonys_cell_is_dash (text))
      continue;
    if (!qonys_cell_is_unit (text))
      return FALSE;
    n++;
  }
  return n > 0;
}

/* ---- names ---- */

/* White space and line breaks made single spaces. */
static char *
tidy (const char *text)
{
  GString *tidy = g_string_new (NULL);
  gboolean has_space = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (g_unichar_isspace (c) || c == 0xFEFF || c == 0x200B || c == 0xAD) {
      has_space |= c != 0xAD;
      continue;
    }
    if (has_space && tidy->len > 0)
      g_string_append_c (tidy, ' ');
    has_space = FALSE;
    g_string_append_unichar (tidy, c);
  }
  return g_string_free (tidy, FALSE);
}

/* What stands above column @column in a row of names: its own text, that of the cell it is joined
 * into, or, where nothing is joined, that of the nearest to the left above a gap. */
static const char *
get_name_part (const Table *table, const Head *head, guint row, guint column,
               gboolean trusts_merges)
{
  const char *text = get_cell (table, row, column);
  guint last = head->first + head->n - 1;

  if (text != NULL)
    return text;
  if (trusts_merges) {
    const QonysMerge *merge = find_merge (table, table->rows[row].number, column);

    /* Of an area joined downwards the first row has the text. */
    return merge != NULL && merge->first_row == table->rows[row].number
               ? get_cell (table, row, merge->first_column)
               : NULL;
  }
  if (row == last || get_cell (table, row + 1, column) == NULL)
    return NULL;
  for (guint i = column; i-- > 0;) {
    gboolean is_parted = get_cell (table, row + 1, i) == NULL;

    text = get_cell (table, row, i);
    if (text != NULL || is_parted)
      return is_parted ? NULL : text;
  }
  return NULL;
}

static char *
join_name (const Table *table, const Head *head, guint column, gboolean trusts_merges)
{
  GString *name = g_string_new (NULL);
  g_autofree char *before = NULL;

  for (guint row = head->first; row < head->first + head->n; row++) {
    const char *part = get_name_part (table, head, row, column, trusts_merges);
    g_autofree char *text = part != NULL ? tidy (part) : NULL;

    if (text == NULL || *text == '\0' || g_strcmp0 (text, before) == 0)
      continue;
    g_string_append_printf (name, "%s%s", name->len > 0 ? " – " : "", text);
    g_free (before);
    before = g_steal_pointer (&text);
  }
  return g_string_free (name, FALSE);
}

static GStrv
make_names (const Table *table, const Head *head)
{
  GStrv names = g_new0 (char *, table->n_columns + 1);
  gboolean trusts_merges =
      head->n > 0 && has_merges (table, head->first, head->first + head->n - 1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < table->n_columns; i++) {
    g_autofree char *name = head->n > 0 ? join_name (table, head, i, trusts_merges) : NULL;

    if (name == NULL || *name == '\0') {
      g_free (name);
      name = qonys_column_get_letters (i);
    }
    for (guint number = 2; g_hash_table_contains (known, names[i] != NULL ? names[i] : name);
         number++) {
      g_free (names[i]);
      names[i] = g_strdup_printf ("%s (%u)", name, number);
    }
    if (names[i] == NULL)
      names[i] = g_steal_pointer (&name);
    g_hash_table_add (known, names[i]);
  }
  return names;
}

/* ---- weighing ---- */

static void
find_data (const Table *table, Head *head)
{
  head->data = head->first + head->n;
  head->numbering = head->units = G_MAXUINT;
  for (; head->data < table->n_rows; head->data++) {
    if (head->numbering == G_MAXUINT && is_numbering (table, head->data))
      head->numbering = head->data;
    else if (head->units == G_MAXUINT && is_units (table, head->data))
      head->units = head->data;
    else
      return;
  }
}

/* The share of columns that are named, and of those whose name is no value where values stand
 * below. */
static void
weigh (const Table *table, Head *head)
{
  guint n_named = 0, n_unlike = 0, last = MIN (head->data + N_BELOW, table->n_rows);

  for (guint i = 0; i < table->n_columns; i++) {
    gboolean is_named = FALSE;
    guint n_values = 0, n_texts = 0;

    for (guint row = head->first; row < head->first + head->n; row++)
      is_named |= get_cell (table, row, i) != NULL;
    for (guint row = head->data; row < last; row++) {
      const char *text = get_cell (table, row, i);

      if (text != NULL && !qonys_cell_is_dash (text)) {
        n_values += qonys_cell_is_value (text);
        n_texts += !qonys_cell_is_value (text);
      }
    }
    n_named += is_named;
    n_unlike += is_named && n_values > 0 && n_values * 10 >= (n_values + n_texts) * 6;
  }
  head->coverage = (double)n_named / table->n_columns;
  head->contrast = (double)n_unlike / table->n_columns;
  head->score = 2 * head->coverage + head->contrast - 0.02 * head->first;
  if (head->data >= table->n_rows) /* nothing below: a title or an empty form */
    head->score -= 0.5;
}

/* Does a row look like values, so that the names must stand above? */
static gboolean
looks_like_data (const Table *table, guint row)
{
  guint n = 0, n_values = 0;

  if (is_numbering (table, row))
    return FALSE;
  for (guint i = 0; i < table->n_columns; i++) {
    const char *text = get_cell (table, row, i);

    n += text != NULL;
    n_values += text != NULL && qonys_cell_is_value (text) && !qonys_cell_is_period (text);
  }
  return n * 2 >= table->n_columns && n_values > 0;
}

static gboolean
find_head (const Table *table, Head *best)
{
  gboolean is_found = FALSE;

  for (guint first = 0; first < MIN (table->n_rows, MAX_CANDIDATES); first++) {
    Head head = {.first = first, .n = 1};

    if (looks_like_data (table, first))
      break;
    if (!may_be_names (table, first) || (table->n_columns > 1 && count_filled (table, first) < 2 &&
                                         !is_continued (table, first, first + 1)))
      continue;
    while (head.n < MAX_HEADER_ROWS && is_continued (table, first + head.n - 1, first + head.n))
      head.n++;
    find_data (table, &head);
    weigh (table, &head);
    if (head.coverage < 0.5 || (is_found && head.score <= best->score))
      continue;
    *best = head;
    is_found = TRUE;
  }
  return is_found;
}

/* The row somebody named. */
static void
take_head (const Table *table, gint64 header_row, guint n_header_rows, Head *head)
{
  guint last = 0;

  while (last + 1 < table->n_rows && table->rows[last].number < header_row)
    last++;
  *head = (Head){.first = last, .n = 1};
  if (n_header_rows > 1) {
    while (head->first > 0 && head->n < n_header_rows &&
           table->rows[head->first - 1].number > header_row - n_header_rows) {
      head->first--;
      head->n++;
    }
  } else if (n_header_rows == 0) {
    Head found;

    if (find_head (table, &found) && found.first + found.n - 1 == last)
      *head = found;
  }
  find_data (table, head);
  weigh (table, head);
}

/* ---- the whole ---- */

static guint
count_columns (const QonysShapeRow *rows, guint n_rows)
{
  guint n = 0;

  for (guint row = 0; row < n_rows; row++)
    for (guint i = rows[row].n_cells; i > n; i--)
      if (!qonys_cell_is_blank (rows[row].cells[i - 1])) {
        n = i;
        break;
      }
  return n;
}

static char *
join_titles (const Table *table, guint n)
{
  GString *title = g_string_new (NULL);

  for (guint row = 0; row < n; row++) {
    gsize before = title->len;

    for (guint i = 0; i < table->n_columns; i++) {
      const char *text = get_cell (table, row, i);
      g_autofree char *part = text != NULL ? tidy (text) : NULL;

      if (part != NULL && (i == 0 || g_strcmp0 (text, get_cell (table, row, i - 1)) != 0))
        g_string_append_printf (title, "%s%s",
                                title->len == before ? (before > 0 ? "\n" : "") : " ", part);
    }
  }
  return g_string_free (title, title->len == 0);
}

static GStrv
copy_units (const Table *table, guint row)
{
  GStrv units = g_new0 (char *, table->n_columns + 1);

  for (guint i = 0; i < table->n_columns; i++) {
    const char *text = get_cell (table, row, i);

    units[i] = text != NULL && !qonys_cell_is_dash (text) ? tidy (text) : g_strdup ("");
  }
  return units;
}

static double
get_sureness (const Table *table, const Head *head)
{
  double sureness = 0.4 * head->coverage + (head->contrast > 0 ? 0.4 : 0) +
                    (head->first == 0 ? 0.2 : 0.1) + (head->numbering != G_MAXUINT ? 0.2 : 0);

  return MIN (sureness, 1);
}

QonysSheetShape *
qonys_sheet_shape_find (const QonysShapeRow *rows, guint n_rows, const QonysMerge *merges,
                        guint n_merges, gint64 header_row, guint n_header_rows)
{
  QonysSheetShape *shape = g_new0 (QonysSheetShape, 1);
  Table table = {rows, n_rows, count_columns (rows, n_rows), merges, n_merges};
  Head head = {.numbering = G_MAXUINT, .units = G_MAXUINT};

  shape->n_columns = table.n_columns;
  if (n_rows > 0 && header_row > 0) {
    take_head (&table, header_row, n_header_rows, &head);
    shape->sureness = 1;
  } else if (n_rows > 0 && header_row == 0 && find_head (&table, &head)) {
    shape->sureness = get_sureness (&table, &head);
  } else {
    shape->sureness = header_row < 0 ? 1 : 0.3;
  }
  shape->names = make_names (&table, &head);
  shape->first_data_row = n_rows > 0 ? rows[0].number : 1;
  if (head.n == 0)
    return shape;
  shape->header_row = rows[head.first + head.n - 1].number;
  shape->n_header_rows = head.n;
  shape->first_data_row = head.data < n_rows ? rows[head.data].number : rows[n_rows - 1].number + 1;
  if (head.numbering != G_MAXUINT)
    shape->numbering_row = rows[head.numbering].number;
  if (head.units != G_MAXUINT) {
    shape->units_row = rows[head.units].number;
    shape->units = copy_units (&table, head.units);
  }
  shape->title = join_titles (&table, head.first);
  return shape;
}

/* ---- rows ---- */

gboolean
qonys_row_is_total (const char *const *cells, guint n)
{
  for (guint i = 0, n_seen = 0; i < n && n_seen < 3; i++) {
    if (qonys_cell_is_blank (cells[i]))
      continue;
    if (qonys_cell_is_total (cells[i]))
      return TRUE;
    n_seen++;
  }
  return FALSE;
}

static gboolean
is_remark (const QonysSheetShape *shape, const QonysShapeRow *row)
{
  const char *lone = NULL;

  for (guint i = 0; i < row->n_cells; i++) {
    if (qonys_cell_is_blank (row->cells[i]))
      continue;
    if (lone != NULL && g_strcmp0 (lone, row->cells[i]) != 0)
      return FALSE;
    lone = row->cells[i];
  }
  if (lone == NULL || shape->n_columns < 2 || qonys_cell_is_value (lone))
    return FALSE;
  return qonys_cell_is_note (lone) || qonys_cell_is_of_which (lone) ||
         (shape->n_columns > 2 && g_utf8_strlen (lone, -1) >= REMARK_LENGTH);
}

QonysRowKind
qonys_sheet_shape_get_kind (const QonysSheetShape *shape, const QonysShapeRow *row)
{
  if (row->number < shape->first_data_row) {
    if (row->number == shape->numbering_row)
      return QONYS_ROW_NUMBERING;
    if (row->number == shape->units_row)
      return QONYS_ROW_UNITS;
    return shape->n_header_rows > 0 &&
                   row->number > shape->header_row - (gint64)shape->n_header_rows
               ? QONYS_ROW_HEADER
               : QONYS_ROW_TITLE;
  }
  if (is_remark (shape, row))
    return QONYS_ROW_REMARK;
  return qonys_row_is_total (row->cells, row->n_cells) ? QONYS_ROW_TOTAL : QONYS_ROW_DATA;
}
