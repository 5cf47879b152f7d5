/* The first fifty rows of a file below those above its names; what is no record is dimmed and said.
 * Cells are made only for the rows in sight, for all columns: the first of them at once, the others
 * a few at a time while nothing else is to do. */

#include "ui/import-preview.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

#define HEIGHT_PX 210
#define FIRST_COLUMNS 5
#define MORE_COLUMNS 3
#define MAX_WIDTH_CHARS 26

struct _QonysImportPreview {
  AdwBin parent_instance;

  GtkColumnView *view; /* borrowed */
  GtkLabel *caption;   /* borrowed */

  const QonysExamination *examination; /* borrowed */
  guint n_columns;                     /* that are there */
  guint filling_id;                    /* 0: all are */
};

G_DEFINE_FINAL_TYPE (QonysImportPreview, qonys_import_preview, ADW_TYPE_BIN)

/* A column of the view; number −1: the rows' numbers. */
typedef struct {
  GPtrArray *rows;
  int number;
  gboolean is_number;
  int width_chars;
} Column;

static void
column_free (gpointer data, GClosure *closure)
{
  Column *column = data;

  g_ptr_array_unref (column->rows);
  g_free (column);
}

/* What a row is that is no record. */
static const char *
get_kind_label (const QonysExaminedRow *row)
{
  switch (row->kind) {
  case QONYS_ROW_TITLE:
    return _ ("title");
  case QONYS_ROW_TOTAL:
    return _ ("sum");
  case QONYS_ROW_REMARK:
    return _ ("remark");
  default:
    return NULL;
  }
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, const Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), column->width_chars);
  gtk_label_set_xalign (GTK_LABEL (label), column->is_number ? 1 : 0);
  if (column->number < 0)
    gtk_widget_add_css_class (label, "qonys-row-number");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, const Column *column)
{
  const QonysExaminedRow *row = column->rows->pdata[gtk_list_item_get_position (item)];
  g_autofree char *number = NULL;
  const char *text, *kind = get_kind_label (row);
  GtkWidget *label = gtk_list_item_get_child (item);

  if (column->number < 0)
    text = number = g_strdup_printf ("%s%s%" G_GINT64_FORMAT, kind != NULL ? kind : "",
                                     kind != NULL ? " " : "", row->number);
  else
    text = row->cells[column->number];
  gtk_label_set_text (GTK_LABEL (label), text);
  if (kind != NULL)
    gtk_widget_add_css_class (label, "qonys-no-record");
  else
    gtk_widget_remove_css_class (label, "qonys-no-record");
}

/* The longest of the rows: those out of sight are not asked by the view. A title stands across
 * columns. */
static int
get_width_chars (const GPtrArray *rows, int number)
{
  glong width = 4;

  for (guint i = 0; i < rows->len; i++) {
    const QonysExaminedRow *row = rows->pdata[i];
    const char *kind = get_kind_label (row);

    if (number >= 0 && row->kind != QONYS_ROW_TITLE)
      width = MAX (width, g_utf8_strlen (row->cells[number], -1));
    else if (number < 0 && kind != NULL)
      width = MAX (width, g_utf8_strlen (kind, -1) + 5);
  }
  return MIN (width, MAX_WIDTH_CHARS);
}

static void
append_column (QonysImportPreview *self, GPtrArray *rows, int number, const char *title,
               gboolean is_number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);

  for (guint i = 0; i < 2; i++) {
    Column *column = g_new (Column, 1);

    *column = (Column){g_ptr_array_ref (rows), number, is_number, get_width_chars (rows, number)};
    g_signal_connect_data (factory, i == 0 ? "setup" : "bind",
                           i == 0 ? G_CALLBACK (setup_cb) : G_CALLBACK (bind_cb), column,
                           column_free, 0);
  }
  gtk_column_view_column_set_resizable (view_column, number >= 0);
  gtk_column_view_append_column (self->view, view_column);
}

static void
set_caption (QonysImportPreview *self, const QonysExamination *examination)
{
  g_autofree char *text = NULL;

  if (examination->header_row > 0 && examination->n_header_rows > 1)
    /* Translators: two row numbers */
    text = g_strdup_printf (_ ("Names of the columns: rows %1$u to %2$u; the first rows below "
                               "them:"),
                            examination->header_row - examination->n_header_rows + 1,
                            examination->header_row);
  else if (examination->header_row > 0)
    text = g_strdup_printf (_ ("Names of the columns: row %u; the first rows below it:"),
                            examination->header_row);
  gtk_label_set_text (self->caption, text != NULL ? text : _ ("The first rows:"));
}

/* Returns: whether there are more */
static gboolean
append_columns (QonysImportPreview *self, guint n)
{
  const QonysExamination *examination = self->examination;
  guint end = MIN (self->n_columns + n, examination->columns->len);

  for (; self->n_columns < end; self->n_columns++) {
    const QonysExaminedColumn *column = examination->columns->pdata[self->n_columns];

    append_column (self, examination->rows, (int)self->n_columns,
                   *column->header != '\0' ? column->header : "–",
                   column->kind == QONYS_KIND_INTEGER || column->kind == QONYS_KIND_DECIMAL);
  }
  return end < examination->columns->len;
}

static gboolean
append_more_cb (gpointer data)
{
  QonysImportPreview *self = data;

  if (append_columns (self, MORE_COLUMNS))
    return G_SOURCE_CONTINUE;
  self->filling_id = 0;
  return G_SOURCE_REMOVE;
}

void
qonys_import_preview_fill (QonysImportPreview *self, const QonysExamination *examination)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkNoSelection *model;

  g_clear_handle_id (&self->filling_id, g_source_remove);
  gtk_column_view_set_model (self->view, NULL);
  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (self->view, column);
  }
  append_column (self, examination->rows, -1, _ ("Row"), TRUE);
  self->examination = examination;
  self->n_columns = 0;
  if (append_columns (self, FIRST_COLUMNS))
    self->filling_id = g_idle_add (append_more_cb, self);
  for (guint i = 0; i < examination->rows->len; i++)
    gtk_string_list_append (list, "");
  model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&list)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  g_object_unref (model);
  set_caption (self, examination);
  gtk_widget_set_visible (GTK_WIDGET (self), examination->rows->len > 0);
}

static void
qonys_import_preview_dispose (GObject *object)
{
  QonysImportPreview *self = QONYS_IMPORT_PREVIEW (object);

  g_clear_handle_id (&self->filling_id, g_source_remove);
  G_OBJECT_CLASS (qonys_import_preview_parent_class)->dispose (object);
}

static void
qonys_import_preview_class_init (QonysImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qonys_import_preview_dispose;
}

static void
qonys_import_preview_init (QonysImportPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);

  self->view = GTK_COLUMN_VIEW (view);
  self->caption = GTK_LABEL (qonys_text_new ("", "qonys-heading"));
  gtk_column_view_set_show_column_separators (self->view, TRUE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_widget_add_css_class (view, "qonys-preview");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The first rows of the file"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The first rows of the file"), -1);
  gtk_widget_add_css_class (scroller, "frame");
  gtk_widget_set_size_request (scroller, -1, HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->caption));
  gtk_box_append (GTK_BOX (box), scroller);
  adw_bin_set_child (ADW_BIN (self), box);
}
