/*
 * Texts of a workbook that stand in no cell, shown to whoever looks for persons. Once a workbook,
 * one pass over its XML; nothing is kept but names of places.
 */
#include "store/number-style.h"
#include "store/sheet.h"
#include "store/workbook-bytes.h"
#include "store/workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FIELDS 10000

typedef struct {
  QonysHiddenTextFunc func;
  gpointer data;
  const QonysWorkbook *workbook;
  GHashTable *places; /* interned, so that a place has one pointer */

  /* of the part at hand */
  const char *place;
  gint64 row;
  guint depth, silent_depth; /* within an element that is not handed over; 0 none */
  gboolean is_sheet, is_comment, is_ods_content;
  GString *comment;   /* its runs joined */
  GPtrArray *authors; /* names, of comments */
  GPtrArray *fields;  /* (nullable): names of columns of a pivot table */
  guint field;
  gint64 next_row; /* of ODS */
  guint note_depth;
} Hidden;

static const char *
intern (Hidden *self, const char *place)
{
  char *known = g_hash_table_lookup (self->places, place);

  if (known == NULL) {
    known = g_strdup (place);
    g_hash_table_add (self->places, known);
  }
  return known;
}

static void
give (Hidden *self, const char *text, gssize length)
{
  if (length < 0)
    length = (gssize)strlen (text);
  while (length > 0 && g_ascii_isspace (*text)) {
    text++;
    length--;
  }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length > 1)
    self->func (self->place, self->row, text, (gsize)length, self->data);
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (text, words[i]))
      return TRUE;
  return FALSE;
}

/* ---- any part ---- */

/* Who wrote the file is no datum of it. */
static const char *const SILENT[] = {"creator",         "initial-creator", "lastModifiedBy",
                                     "printed-by",      "Manager",         "Company",
                                     "author-initials", "sender-initials", NULL};
static const char *const SPEAKING_ATTRIBUTES[] = {
    "name",    "descr",    "title",     "caption", "v",         "displayName", "display", "tooltip",
    "formula", "formula1", "condition", "href",    "textValue", "userName",    "string",  NULL};

static void
give_attributes (Hidden *self, const char *element, const char **names, const char **values)
{
  for (guint i = 0; names[i] != NULL; i++) {
    const char *colon = strchr (names[i], ':');
    const char *name = colon != NULL ? colon + 1 : names[i];

    if (is_one_of (name, SPEAKING_ATTRIBUTES))
      give (self, values[i], -1);
  }
  if (g_str_equal (element, "Relationship") &&
      g_strcmp0 (qonys_xml_get (names, values, "TargetMode"), "External") == 0)
    give (self,
          qonys_xml_get (names, values, "Target") != NULL ? qonys_xml_get (names, values, "Target")
                                                          : "",
          -1);
}

static void
start_any (const char *name, const char **names, const char **values, gpointer data)
{
  Hidden *self = data;

  self->depth++;
  if (self->silent_depth > 0)
    return;
  if (is_one_of (name, SILENT) ||
      /* The cells of a sheet are read as cells. */
      (self->is_sheet && (g_str_equal (name, "v") || g_str_equal (name, "is"))))
    self->silent_depth = self->depth;
  else
    give_attributes (self, name, names, values);
}

static void
end_any (const char *name, gpointer data)
{
  Hidden *self = data;

  if (self->silent_depth == self->depth)
    self->silent_depth = 0;
  self->depth--;
}

static void
text_any (const char *text, gsize length, gpointer data)
{
  Hidden *self = data;

  if (self->silent_depth == 0)
    give (self, text, (gssize)length);
}

/* ---- comments ---- */

static void
start_comment (const char *name, const char **names, const char **values, gpointer data)
{
  Hidden *self = data;

  if (g_str_equal (name, "comment") || g_str_equal (name, "threadedComment")) {
    const char *ref = qonys_xml_get (names, values, "ref");
    guint column;

    self->is_comment = TRUE;
    self->row = 0;
    if (ref != NULL)
      qonys_cell_parse (ref, &column, &self->row, NULL);
  }
  g_string_truncate (self->comment, self->is_comment ? self->comment->len : 0);
}

static void
end_comment (const char *name, gpointer data)
{
  Hidden *self = data;
  const char *text = self->comment->str;

  if (g_str_equal (name, "author") && self->authors->len < MAX_FIELDS) {
    g_ptr_array_add (self->authors, g_strdup (text));
  } else if (g_str_equal (name, "comment") || g_str_equal (name, "threadedComment")) {
    self->is_comment = FALSE;
    /* Excel puts the author's name before the text. */
    for (guint i = 0; i < self->authors->len; i++) {
      const char *author = g_ptr_array_index (self->authors, i);
      gsize length = strlen (author);

      if (length > 0 && g_str_has_prefix (text, author) && text[length] == ':') {
        text += length + 1;
        break;
      }
    }
    give (self, text, -1);
    g_string_truncate (self->comment, 0);
  }
}

static void
text_comment (const char *text, gsize length, gpointer data)
{
  Hidden *self = data;

  if (self->comment->len < QONYS_MAX_CELL)
    g_string_append_len (self->comment, text, (gssize)length);
}

/* ---- stored pivot tables: columns have names there, and these say what the values are ---- */

static void
choose_field (Hidden *self)
{
  self->place = self->field < self->fields->len ? g_ptr_array_index (self->fields, self->field)
                                                : intern (self, _ ("stored pivot table"));
}

static void
start_pivot (const char *name, const char **names, const char **values, gpointer data)
{
  Hidden *self = data;
  const char *value = qonys_xml_get (names, values, "v");

  self->depth++;
  if (g_str_equal (name, "cacheField")) {
    const char *title = qonys_xml_get (names, values, "name");
    /* Translators: a column of a pivot table, as the name of a column */
    g_autofree char *place = g_strdup_printf (_ ("%s (stored pivot table)"), title);

    if (title != NULL && self->fields->len < MAX_FIELDS)
      g_ptr_array_add (self->fields, (gpointer)intern (self, place));
    self->field = self->fields->len - 1;
    choose_field (self);
    /* Its name alone may speak. */
    self->func (self->place, 0, "", 0, self->data);
  } else if (g_str_equal (name, "r")) {
    self->field = 0;
    self->row++;
  } else if (value != NULL) {
    choose_field (self);
    if (!g_str_equal (name, "x"))
      give (self, value, -1);
    self->field += self->row > 0;
  } else if (self->row > 0 && (g_str_equal (name, "m") || g_str_equal (name, "x"))) {
    self->field++;
  }
}

/* ---- ODS ---- */

static void
start_ods (const char *name, const char **names, const char **values, gpointer data)
{
  Hidden *self = data;

  if (g_str_equal (name, "table")) {
    self->next_row = 1;
    self->row = 0;
  } else if (g_str_equal (name, "table-row")) {
    self->row = self->next_row;
    self->next_row +=
        MAX (qonys_xml_get_int (names, values, "number-rows-repeated", QONYS_MAX_ROWS, 1), 1);
  } else if (g_str_equal (name, "annotation") || g_str_equal (name, "frame") ||
             g_str_equal (name, "custom-shape")) {
    self->note_depth++;
  }
  self->place = intern (self, self->note_depth > 0 ? _ ("comments") : _ ("other texts"));
  start_any (name, names, values, data);
  /* Texts of cells are read as cells. */
  if (self->note_depth == 0 && self->silent_depth == 0 &&
      (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell")))
    self->field = self->depth;
}

static void
end_ods (const char *name, gpointer data)
{
  Hidden *self = data;

  if (self->field == self->depth)
    self->field = 0;
  if (g_str_equal (name, "annotation") || g_str_equal (name, "frame") ||
      g_str_equal (name, "custom-shape"))
    self->note_depth -= self->note_depth > 0;
  end_any (name, data);
}

static void
text_ods (const char *text, gsize length, gpointer data)
{
  Hidden *self = data;

  if (self->field == 0 || self->note_depth > 0) {
    self->place = intern (self, self->note_depth > 0 ? _ ("comments") : _ ("other texts"));
    text_any (text, length, data);
  }
}

/* ---- the whole ---- */

static gboolean
is_in (const char *name, const char *folder)
{
  return strstr (name, folder) != NULL;
}

static void
give_bytes (const char *text, gsize length, gpointer data)
{
  give (data, text, (gssize)length);
}

static gboolean
scan_raw (Hidden *self, const QonysPart *part, GError **error)
{
  g_autofree char *path = g_strconcat (self->workbook->package->folder, part->name, NULL);

  return qonys_bytes_find_texts (path, NULL, give_bytes, self);
}

static gboolean
scan_part (Hidden *self, const QonysPart *part, GPtrArray *diagnostics, GError **error)
{
  static const QonysXmlHandler ANY = {start_any, end_any, text_any};
  static const QonysXmlHandler COMMENT = {start_comment, end_comment, text_comment};
  static const QonysXmlHandler PIVOT = {start_pivot, NULL, NULL};
  static const QonysXmlHandler ODS = {start_ods, end_ods, text_ods};
  const QonysPackage *package = self->workbook->package;
  const QonysXmlHandler *handler = &ANY;
  g_autofree char *name = g_ascii_strdown (part->name, -1);

  self->row = 0;
  self->depth = self->silent_depth = self->note_depth = self->field = 0;
  self->is_comment = self->is_sheet = FALSE;
  if (is_in (name, "/media/") || is_in (name, "pictures/") || is_in (name, "/embeddings/")) {
    g_autofree char *file = g_path_get_basename (part->name);

    self->place = intern (self, _ ("names of attachments"));
    give (self, file, -1);
    if (is_in (name, "/embeddings/"))
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             _ ("The workbook holds a document within, “%s”, which is not looked "
                                "into. Remove it if it could hold data of persons."),
                             file);
    return TRUE;
  }
  if (g_str_has_suffix (name, "vbaproject.bin")) {
    self->place = intern (self, _ ("macros"));
    return scan_raw (self, part, error);
  }
  if (!g_str_has_suffix (name, ".xml") && !g_str_has_suffix (name, ".rels") &&
      !g_str_has_suffix (name, ".vml"))
    return TRUE;
  if (is_in (name, "xl/theme/") || is_in (name, "xl/persons/") || is_in (name, "xl/styles") ||
      is_in (name, "sharedstrings") || is_in (name, "calcchain") ||
      is_in (name, "[content_types]") || is_in (name, "manifest.xml") ||
      g_str_equal (name, "settings.xml") || g_str_equal (name, "manifest.rdf"))
    return TRUE;
  if (is_in (name, "xl/worksheets/sheet") || is_in (name, "xl/worksheets/")) {
    self->is_sheet = TRUE;
    self->place = intern (self, _ ("other texts"));
  } else if (is_in (name, "comment")) {
    handler = &COMMENT;
    self->place = intern (self, _ ("comments"));
    g_string_truncate (self->comment, 0);
    g_ptr_array_set_size (self->authors, 0);
  } else if (is_in (name, "pivotcache/") && !g_str_has_suffix (name, ".rels")) {
    handler = &PIVOT;
    if (is_in (name, "definition"))
      g_ptr_array_set_size (self->fields, 0);
    choose_field (self);
  } else if (self->workbook->kind == QONYS_WORKBOOK_ODS && g_str_equal (name, "content.xml")) {
    handler = &ODS;
  } else if (is_in (name, "docprops/") || g_str_equal (name, "meta.xml")) {
    self->place = intern (self, _ ("properties"));
  } else if (is_in (name, "drawing") || is_in (name, "charts/")) {
    self->place = intern (self, _ ("drawings"));
  } else {
    self->place = intern (self, _ ("other texts"));
  }
  if (g_str_has_suffix (name, ".vml")) /* HTML of a kind that XML is not */
    return qonys_xml_read (package, part, handler, self, NULL) || scan_raw (self, part, error);
  return qonys_xml_read (package, part, handler, self, error);
}

/* The fields of a pivot table's records are named in its definition: definitions first. */
static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const QonysPart *x = *(const QonysPart *const *)a, *y = *(const QonysPart *const *)b;
  guint a_number = 0, b_number = 0;
  gboolean a_is_pivot = strstr (x->name, "pivotCache/pivotCache") != NULL;
  gboolean b_is_pivot = strstr (y->name, "pivotCache/pivotCache") != NULL;

  if (!a_is_pivot || !b_is_pivot)
    return a_is_pivot - b_is_pivot;
  a_number = (guint)atoi (x->name + strcspn (x->name, "0123456789"));
  b_number = (guint)atoi (y->name + strcspn (y->name, "0123456789"));
  if (a_number != b_number)
    return a_number < b_number ? -1 : 1;
  return strstr (x->name, "Records") != NULL ? 1 : -1;
}

static gboolean
scan_package (Hidden *self, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_copy (self->workbook->package->parts, NULL, NULL);
  gboolean is_read = TRUE;

  g_ptr_array_set_free_func (parts, NULL);
  g_ptr_array_sort (parts, compare_parts);
  for (guint i = 0; i < parts->len && is_read; i++)
    is_read = scan_part (self, g_ptr_array_index (parts, i), diagnostics, error);
  return is_read;
}

/* Of an old workbook the texts that are in no cell: those of cells are known and left out. */
static gboolean
scan_old (Hidden *self, GError **error)
{
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->workbook->sheets->len; i++) {
    QonysRowReader *reader = qonys_xls_rows_open (self->workbook, i, error);
    QonysRawRow *row;

    if (reader == NULL)
      return FALSE;
    while ((row = reader->next (reader, NULL)) != NULL) {
      for (guint j = 0; j < row->offsets->len; j++) {
        guint32 offset = g_array_index (row->offsets, guint32, j);

        if (offset != G_MAXUINT32)
          g_hash_table_add (cells, g_strdup (row->text->str + offset));
      }
      qonys_raw_row_free (row);
    }
    reader->free (reader);
  }
  self->place = intern (self, _ ("comments and other texts"));
  return qonys_bytes_find_texts (self->workbook->path, cells, give_bytes, self);
}

gboolean
qonys_sheet_scan_hidden (const char *path, QonysHiddenTextFunc func, gpointer data,
                         GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysWorkbook) workbook = qonys_workbook_open (path, error);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Hidden self = {func, data, workbook, places};
  gboolean is_read = TRUE;

  if (workbook == NULL)
    return FALSE;
  if (workbook->kind == QONYS_WORKBOOK_NONE)
    return TRUE;
  self.comment = g_string_new (NULL);
  self.authors = g_ptr_array_new_with_free_func (g_free);
  self.fields = g_ptr_array_new ();
  self.place = intern (&self, _ ("sheets"));
  for (guint i = 0; i < workbook->sheets->len; i++)
    give (&self, ((QonysWorkbookSheet *)g_ptr_array_index (workbook->sheets, i))->name, -1);
  is_read = workbook->package != NULL ? scan_package (&self, diagnostics, error)
                                      : scan_old (&self, error);
  g_string_free (self.comment, TRUE);
  g_ptr_array_unref (self.authors);
  g_ptr_array_unref (self.fields);
  return is_read;
}
