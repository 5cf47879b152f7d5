/* The page of the import assistant: what the examination found and proposed is shown. One a
 * dialog; filled whenever the file was looked through. */

#include "ui/import-dialog-private.h"
#include <glib/gi18n-lib.h>

static const char *const ENCODINGS[] = {"UTF-8",  "UTF-16LE", "UTF-16BE", "KZ-1048",
                                        "CP1251", "PT154",    "CP866"};

/* ---- what is typed ---- */

/* A name goes into the project's file: no person may be in it either. */
static gboolean
is_name_fit (QonysImportDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  gboolean is_fit = !gtk_switch_get_active (self->remember_switch) ||
                    (*name != '\0' && qonys_text_find_identifier (name) == QONYS_IDENTIFIER_NONE);

  if (is_fit)
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  return is_fit;
}

static gboolean
is_day_fit (QonysImportDialog *self)
{
  const char *text = gtk_editable_get_text (self->day_row);
  QonysDay day;
  gboolean is_fit = *text == '\0' || qonys_day_parse (text, &day);

  if (is_fit)
    gtk_widget_remove_css_class (GTK_WIDGET (self->day_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->day_row), "error");
  return is_fit;
}

gboolean
_qonys_import_page_is_fit (QonysImportDialog *self)
{
  gboolean is_name = is_name_fit (self), is_day = is_day_fit (self); /* both are marked */

  return self->examination != NULL && self->is_type_known && is_name && is_day &&
         qonys_import_gate_is_open (self->gate) && qonys_import_mapping_is_complete (self->mapping);
}

/* ---- filling the page ---- */

static void
fill_sheets (QonysImportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const GPtrArray *sheets = self->examination->sheets;

  for (guint i = 0; i < sheets->len; i++) {
    const QonysExaminedSheet *sheet = sheets->pdata[i];
    g_autofree char *name =
        sheet->is_hidden ? g_strdup_printf (_ ("%s (hidden)"), sheet->name) : NULL;

    gtk_string_list_append (names, name != NULL ? name : sheet->name);
  }
  adw_combo_row_set_model (self->sheet_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->sheet_row, self->examination->sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_row), sheets->len > 1);
}

static void
fill_encoding (QonysImportDialog *self)
{
  const QonysExamination *examination = self->examination;
  guint selected = GTK_INVALID_LIST_POSITION;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->encodings));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (self->encodings, i), examination->encoding))
      selected = i;
  if (selected == GTK_INVALID_LIST_POSITION) {
    gtk_string_list_append (self->encodings, examination->encoding);
    selected = n;
  }
  adw_combo_row_set_selected (self->encoding_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->encoding_row),
                          examination->is_encoding_guessed ||
                              examination->recipe->encoding != NULL ||
                              g_str_equal (examination->driver, "CSV") ||
                              g_str_equal (examination->driver, "ESRI Shapefile"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->encoding_row),
      examination->is_encoding_guessed
          ? _ ("Told from the letters: look whether the rows below can be read")
          : "");
}

/* Metres, or a file that does not say its system: what cannot be told must be said. */
static gboolean
is_crs_asked (const QonysExamination *examination)
{
  if (examination->recipe->crs != NULL || (examination->has_geometry && examination->crs == NULL))
    return TRUE;
  for (guint i = 0; i < examination->columns->len; i++) {
    const QonysExaminedColumn *column = examination->columns->pdata[i];
    const QonysRecipeColumn *role = examination->recipe->columns->pdata[i];

    if ((role->role == QONYS_ROLE_LON || role->role == QONYS_ROLE_LAT) &&
        column->samples[0] != NULL && g_ascii_strtod (column->samples[0], NULL) > 180)
      return TRUE;
  }
  return FALSE;
}

void
_qonys_import_page_update_crs (QonysImportDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->crs_row), is_crs_asked (self->examination));
}

int
_qonys_import_page_find_ambiguous (QonysImportDialog *self)
{
  const QonysExamination *examination = self->examination;

  for (guint i = 0; i < examination->columns->len; i++)
    if (((const QonysExaminedColumn *)examination->columns->pdata[i])->ambiguous != NULL)
      return i;
  return -1;
}

static void
fill_district (QonysImportDialog *self)
{
  int number = _qonys_import_page_find_ambiguous (self);
  g_autofree char *question = NULL;

  gtk_widget_set_visible (self->district_row, number >= 0);
  if (number < 0)
    return;
  question = g_strdup_printf (
      _ ("“%s” is the district “Almaty” of Astana"),
      ((const QonysExaminedColumn *)self->examination->columns->pdata[number])->ambiguous);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->district_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->district_row), question);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->district_switch),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
  gtk_switch_set_active (self->district_switch, TRUE);
}

static void
fill_known (QonysImportDialog *self)
{
  const QonysRecipe *recipe = self->examination->recipe;
  g_autofree char *text = NULL;

  if (self->examination->is_known_recipe)
    text = g_strdup_printf (_ ("These are the columns of the recipe “%s” of this project. “Check” "
                               "is all there is to do."),
                            recipe->name);
  gtk_label_set_text (self->known_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->known_label), text != NULL);
  if (text != NULL) {
    gtk_switch_set_active (self->remember_switch, TRUE);
    gtk_editable_set_text (self->name_row, recipe->name);
  }
}

/* What is noticed of a file belongs to its page, above the columns it speaks of. */
static void
fill_notes (QonysImportDialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->examination->diagnostics->len; i++) {
    const QonysDiagnostic *diagnostic = self->examination->diagnostics->pdata[i];

    if (diagnostic->severity == QONYS_WARNING)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", diagnostic->text);
  }
  if (!self->is_type_known)
    g_string_assign (text, _ ("The names of the columns do not say what the rows are. Choose it "
                              "below."));
  gtk_label_set_text (self->notes_label, text->str);
  gtk_widget_set_visible (self->notes_box, text->len > 0);
}

void
_qonys_import_page_fill (QonysImportDialog *self)
{
  const QonysExamination *examination = self->examination;
  const QonysRecipe *recipe = examination->recipe;

  self->is_filling = TRUE;
  self->is_type_known = examination->is_type_known;
  qonys_import_gate_fill (self->gate, self->examination);
  qonys_import_preview_fill (self->preview, examination);
  qonys_import_mapping_fill (self->mapping, self->examination);
  fill_sheets (self);
  fill_encoding (self);
  fill_district (self);
  fill_known (self);
  fill_notes (self);
  gtk_widget_set_visible (self->header_row, examination->header_row > 0);
  gtk_widget_set_visible (self->n_headers_row, examination->header_row > 0);
  gtk_spin_button_set_value (self->header_spin, examination->header_row);
  gtk_spin_button_set_value (self->n_headers_spin, examination->n_header_rows);
  adw_combo_row_set_selected (self->type_row,
                              self->is_type_known ? recipe->type : GTK_INVALID_LIST_POSITION);
  gtk_widget_set_visible (GTK_WIDGET (self->mapping), self->is_type_known);
  gtk_widget_set_visible (self->outlines_row, !self->is_type_known && examination->has_geometry);
  gtk_switch_set_active (self->synthetic_switch, recipe->is_synthetic);
  gtk_editable_set_text (self->crs_row, recipe->crs != NULL ? recipe->crs : "");
  _qonys_import_page_update_crs (self);
  _qonys_import_places_update (self);
  self->is_filling = FALSE;
}

/* ---- the page ---- */

static void
name_entry (GtkEditable *entry)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (entry)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entry)), -1);
}

/* The wheel scrolls the page: over a spin button it would change what is read. */
static void
leave_wheel (GtkSpinButton *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (spin));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}

void
_qonys_import_page_init (QonysImportDialog *self, const char *name, gboolean has_file)
{
  self->is_filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++)
    gtk_string_list_append (self->encodings, ENCODINGS[i]);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    gtk_string_list_append (self->types, _ (qonys_schema_get (i)->title));
  leave_wheel (self->header_spin);
  leave_wheel (self->n_headers_spin);
  name_entry (self->day_row);
  name_entry (self->crs_row);
  name_entry (self->name_row);
  gtk_editable_set_text (self->name_row, name);
  gtk_widget_set_sensitive (self->remember_row, has_file);
  if (!has_file)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->remember_row),
                                 _ ("Recipes are kept in the project's file: save it first"));
  self->is_filling = FALSE;
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, QonysImportDialog, name)

void
_qonys_import_page_class_init (GtkWidgetClass *widget_class)
{
  _qonys_import_choices_class_init (widget_class);
  _qonys_import_places_class_init (widget_class);
  g_type_ensure (QONYS_TYPE_IMPORT_GATE);
  g_type_ensure (QONYS_TYPE_IMPORT_PREVIEW);
  g_type_ensure (QONYS_TYPE_IMPORT_MAPPING);
  BIND (gate);
  BIND (preview);
  BIND (mapping);
  BIND (sheet_row);
  BIND (encoding_row);
  BIND (type_row);
  BIND (encodings);
  BIND (types);
  BIND (header_row);
  BIND (n_headers_row);
  BIND (outlines_row);
  BIND (district_row);
  BIND (district_switch);
  BIND (remember_row);
  BIND (header_spin);
  BIND (n_headers_spin);
  BIND (day_row);
  BIND (crs_row);
  BIND (name_row);
  BIND (synthetic_switch);
  BIND (remember_switch);
  BIND (known_label);
  BIND (notes_box);
  BIND (notes_label);
}
