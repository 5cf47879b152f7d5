/* What is chosen on the page of the import assistant. The recipe that the examination proposed is
 * changed in place; what changes how the file is read (sheet, encoding, rows of names, record type,
 * coordinate system) has it looked through again. */

#include "ui/import-dialog-private.h"

#define ALMATY_KATO "711110000"

/* ---- how the file is read ---- */

/* The file as it is now said to be, its columns to be told anew. */
static QonysRecipe *
copy_without_columns (QonysImportDialog *self)
{
  QonysRecipe *recipe = qonys_recipe_copy (self->examination->recipe);

  g_ptr_array_set_size (recipe->columns, 0);
  return recipe;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
sheet_cb (QonysImportDialog *self)
{
  guint number = adw_combo_row_get_selected (self->sheet_row);
  g_autoptr (QonysRecipe) recipe = NULL;

  if (self->is_filling || number == GTK_INVALID_LIST_POSITION)
    return;
  recipe = copy_without_columns (self);
  set_text (&recipe->sheet,
            ((const QonysExaminedSheet *)self->examination->sheets->pdata[number])->name);
  recipe->header_row = recipe->n_header_rows = 0;
  _qonys_import_dialog_examine (self, recipe);
}

static void
encoding_cb (QonysImportDialog *self)
{
  guint number = adw_combo_row_get_selected (self->encoding_row);
  g_autoptr (QonysRecipe) recipe = NULL;

  if (self->is_filling || self->examination == NULL || number == GTK_INVALID_LIST_POSITION)
    return;
  recipe = copy_without_columns (self);
  set_text (&recipe->encoding, gtk_string_list_get_string (self->encodings, number));
  _qonys_import_dialog_examine (self, recipe);
}

static void
look_from (QonysImportDialog *self, guint n_header_rows)
{
  g_autoptr (QonysRecipe) recipe = NULL;

  if (self->is_filling || self->examination == NULL)
    return;
  recipe = copy_without_columns (self);
  recipe->header_row = gtk_spin_button_get_value_as_int (self->header_spin);
  recipe->n_header_rows = n_header_rows;
  _qonys_import_dialog_examine (self, recipe);
}

static void
header_cb (QonysImportDialog *self)
{
  look_from (self, 0);
}

static void
n_headers_cb (QonysImportDialog *self)
{
  look_from (self, gtk_spin_button_get_value_as_int (self->n_headers_spin));
}

static void
type_cb (QonysImportDialog *self)
{
  guint type = adw_combo_row_get_selected (self->type_row);
  g_autoptr (QonysRecipe) recipe = NULL;

  if (self->is_filling || self->examination == NULL || type == GTK_INVALID_LIST_POSITION)
    return;
  recipe = copy_without_columns (self);
  recipe->type = type;
  _qonys_import_dialog_examine (self, recipe);
}

static void
crs_cb (QonysImportDialog *self)
{
  g_autoptr (QonysRecipe) recipe = qonys_recipe_copy (self->examination->recipe);
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (self->crs_row)));
  g_autofree char *whole =
      g_ascii_isdigit (*code) ? g_strconcat ("EPSG:", code, NULL) : g_strdup (code);

  set_text (&recipe->crs, *whole != '\0' ? whole : NULL);
  _qonys_import_dialog_examine (self, recipe);
}

/* ---- what does not touch the reading ---- */

static void
district_cb (QonysImportDialog *self)
{
  int number = self->examination == NULL ? -1 : _qonys_import_page_find_ambiguous (self);

  if (self->is_filling || number < 0)
    return;
  qonys_recipe_column_set_value (
      self->examination->recipe->columns->pdata[number],
      ((const QonysExaminedColumn *)self->examination->columns->pdata[number])->ambiguous,
      gtk_switch_get_active (self->district_switch) ? ALMATY_KATO : "");
}

static void
synthetic_cb (QonysImportDialog *self)
{
  if (!self->is_filling && self->examination != NULL)
    self->examination->recipe->is_synthetic = gtk_switch_get_active (self->synthetic_switch);
}

static void
day_cb (QonysImportDialog *self)
{
  if (!self->is_filling && self->examination != NULL)
    _qonys_import_dialog_update (self);
}

static void
stripped_cb (QonysImportDialog *self)
{
  qonys_import_mapping_update (self->mapping);
  _qonys_import_dialog_update (self);
}

static void
mapped_cb (QonysImportDialog *self)
{
  if (self->is_filling || self->examination == NULL)
    return;
  qonys_import_gate_update (self->gate);
  _qonys_import_page_update_crs (self);
  _qonys_import_places_update (self);
  _qonys_import_dialog_update (self);
}

static void
outlines_cb (QonysImportDialog *self)
{
  qonys_session_open_districts (self->session, self->path, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What is on the page; its day is kept with the data only: next quarter's is another. */
QonysRecipe *
_qonys_import_make_recipe (QonysImportDialog *self)
{
  QonysRecipe *recipe = qonys_recipe_copy (self->examination->recipe);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  QonysDay day;

  set_text (&recipe->name, gtk_switch_get_active (self->remember_switch) ? name : NULL);
  if (qonys_day_parse (gtk_editable_get_text (self->day_row), &day))
    recipe->as_of = day;
  return recipe;
}

#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

void
_qonys_import_choices_class_init (GtkWidgetClass *widget_class)
{
  CALL (sheet_cb);
  CALL (encoding_cb);
  CALL (header_cb);
  CALL (n_headers_cb);
  CALL (type_cb);
  CALL (crs_cb);
  CALL (day_cb);
  CALL (district_cb);
  CALL (synthetic_cb);
  CALL (stripped_cb);
  CALL (mapped_cb);
  CALL (outlines_cb);
}
