/* The import assistant. What is on its page is the recipe that the examination proposed, changed in
 * place; what changes how the file is read (sheet, encoding, rows of names, record type, coordinate
 * system) has it looked through again, the newest answer wins. One a window. */

#include "ui/import-dialog.h"
#include "base/error.h"
#include "ui/dialogs.h"
#include "ui/import-gate.h"
#include "ui/import-mapping.h"
#include "ui/import-preview.h"
#include "ui/import-result.h"
#include "ui/job-row.h"
#include <glib/gi18n-lib.h>

struct _QonysImportDialog {
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwWindowTitle *heading;
  GtkWidget *back_button, *check_button, *store_button, *report_button;
  GtkWidget *error_box;
  GtkLabel *error_label, *known_label;
  GtkOverlay *overlay;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkScrolledWindow *result;
  QonysImportGate *gate;
  QonysImportPreview *preview;
  QonysImportMapping *mapping;
  AdwComboRow *sheet_row, *encoding_row, *type_row;
  GtkStringList *encodings, *types;
  GtkWidget *header_row, *n_headers_row, *outlines_row, *remember_row;
  GtkSpinButton *header_spin, *n_headers_spin;
  GtkEditable *day_row, *crs_row, *name_row;
  GtkSwitch *synthetic_switch, *remember_switch;

  /* Owned */
  QonysSession *session;
  char *path;
  QonysExamination *examination; /* NULL until the file was looked through */
  QonysImportReport *report;     /* of the dry run; NULL while it is being written */
  QonysJob *job;                 /* the one asked for last */

  gboolean is_filling; /* widgets change, not the user's mind */
  gboolean is_stale;   /* the page waits for another look */
  gboolean is_type_known, can_store;
};

G_DEFINE_FINAL_TYPE (QonysImportDialog, qonys_import_dialog, ADW_TYPE_WINDOW)

static const char *const ENCODINGS[] = {"UTF-8",  "UTF-16LE", "UTF-16BE", "KZ-1048",
                                        "CP1251", "PT154",    "CP866"};

/* ---- the state of the whole ---- */

static void
set_error (QonysImportDialog *self, const char *message)
{
  gtk_label_set_text (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (self->error_box, message != NULL);
}

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

static void
update_buttons (QonysImportDialog *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  gboolean is_columns = g_str_equal (page, "columns"), is_result = g_str_equal (page, "result");
  gboolean is_idle = self->job == NULL;
  gboolean is_name = is_name_fit (self), is_day = is_day_fit (self);

  gtk_widget_set_visible (self->check_button, is_columns);
  gtk_widget_set_visible (self->back_button, is_result);
  gtk_widget_set_visible (self->store_button, is_result);
  gtk_widget_set_visible (self->report_button, is_result);
  gtk_widget_set_sensitive (self->check_button,
                            is_columns && is_idle && !self->is_stale && self->is_type_known &&
                                is_name && is_day && qonys_import_gate_is_open (self->gate) &&
                                qonys_import_mapping_is_complete (self->mapping));
  gtk_widget_set_sensitive (self->back_button, is_idle);
  gtk_widget_set_sensitive (self->store_button, is_idle && self->can_store);
  gtk_widget_set_sensitive (self->report_button,
                            is_idle && self->report != NULL && self->report->rejected->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mapping), !self->is_stale);
}

static void
show_page (QonysImportDialog *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  update_buttons (self);
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
  set_error (self, text->len > 0 ? text->str : NULL);
}

static void
fill (QonysImportDialog *self)
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
  fill_known (self);
  fill_notes (self);
  gtk_widget_set_visible (self->header_row, examination->header_row > 0);
  gtk_widget_set_visible (self->n_headers_row, examination->header_row > 0);
  gtk_spin_button_set_value (self->header_spin, examination->header_row);
  gtk_spin_button_set_value (self->n_headers_spin, examination->n_header_rows);
  adw_combo_row_set_selected (self->type_row,
                              self->is_type_known ? recipe->type : GTK_INVALID_LIST_POSITION);
  gtk_widget_set_visible (self->outlines_row, !self->is_type_known && examination->has_geometry);
  gtk_switch_set_active (self->synthetic_switch, recipe->is_synthetic);
  gtk_editable_set_text (self->crs_row, recipe->crs != NULL ? recipe->crs : "");
  gtk_widget_set_visible (GTK_WIDGET (self->crs_row), is_crs_asked (examination));
  self->is_filling = FALSE;
}

/* ---- looking through the file ---- */

static void
ask (QonysImportDialog *self)
{
  g_set_object (&self->job, qonys_session_get_job (self->session));
  update_buttons (self);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, QONYS_ERROR, QONYS_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Closed meanwhile? Then the answer is of no use any more. */
static gboolean
take_answer (QonysImportDialog *self)
{
  g_clear_object (&self->job);
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

static void
examined_cb (QonysImportAnswer *answer, gpointer data)
{
  QonysImportDialog *self = data;

  if (!take_answer (self))
    return;
  if (answer->examination != NULL) {
    QonysExamination *old = self->examination;

    self->examination = g_steal_pointer (&answer->examination);
    self->is_stale = FALSE;
    fill (self);
    g_clear_pointer (&old, qonys_examination_free);
    show_page (self, "columns");
  } else if (self->examination == NULL && is_cancelled (answer->error)) {
    gtk_window_destroy (GTK_WINDOW (self));
  } else if (self->examination == NULL) {
    adw_status_page_set_description (self->failure, answer->error->message);
    show_page (self, "failed");
  } else {
    set_error (self, is_cancelled (answer->error)
                         ? _ ("Not looked through again. Choose anew how the file is read.")
                         : answer->error->message);
    update_buttons (self);
  }
}

static void
examine (QonysImportDialog *self, const QonysRecipe *recipe)
{
  self->is_stale = TRUE;
  set_error (self, NULL);
  qonys_session_examine (self->session, self->path, recipe, examined_cb, g_object_ref (self),
                         g_object_unref);
  ask (self);
}

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
  examine (self, recipe);
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
  examine (self, recipe);
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
  examine (self, recipe);
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
  examine (self, recipe);
}

static void
crs_cb (QonysImportDialog *self)
{
  g_autoptr (QonysRecipe) recipe = qonys_recipe_copy (self->examination->recipe);
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (self->crs_row)));
  g_autofree char *whole =
      g_ascii_isdigit (*code) ? g_strconcat ("EPSG:", code, NULL) : g_strdup (code);

  set_text (&recipe->crs, *whole != '\0' ? whole : NULL);
  examine (self, recipe);
}

/* ---- what does not touch the reading ---- */

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
    update_buttons (self);
}

static void
stripped_cb (QonysImportDialog *self)
{
  qonys_import_mapping_update (self->mapping);
  update_buttons (self);
}

static void
mapped_cb (QonysImportDialog *self)
{
  if (self->is_filling || self->examination == NULL)
    return;
  qonys_import_gate_update (self->gate);
  gtk_widget_set_visible (GTK_WIDGET (self->crs_row), is_crs_asked (self->examination));
  update_buttons (self);
}

static void
outlines_cb (QonysImportDialog *self)
{
  qonys_session_open_districts (self->session, self->path, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- judging and storing ---- */

/* What is on the page; its day is kept with the data only: next quarter's is another. */
static QonysRecipe *
make_recipe (QonysImportDialog *self)
{
  QonysRecipe *recipe = qonys_recipe_copy (self->examination->recipe);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  QonysDay day;

  set_text (&recipe->name, gtk_switch_get_active (self->remember_switch) ? name : NULL);
  if (qonys_day_parse (gtk_editable_get_text (self->day_row), &day))
    recipe->as_of = day;
  return recipe;
}

static void
show_result (QonysImportDialog *self, const GError *error)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), qonys_import_result_new (self->report, TRUE));
  gtk_scrolled_window_set_child (self->result, clamp);
  self->can_store = error == NULL;
  set_error (self, error != NULL ? error->message : NULL);
  show_page (self, "result");
  gtk_widget_grab_focus (self->can_store ? self->store_button : self->back_button);
}

static void
checked_cb (QonysImportAnswer *answer, gpointer data)
{
  QonysImportDialog *self = data;

  if (!take_answer (self))
    return;
  if (answer->report == NULL) {
    set_error (self, is_cancelled (answer->error) ? NULL : answer->error->message);
    update_buttons (self);
    return;
  }
  g_clear_pointer (&self->report, qonys_import_report_free);
  self->report = g_steal_pointer (&answer->report);
  show_result (self, answer->error);
}

static void
check_cb (QonysImportDialog *self)
{
  g_autoptr (QonysRecipe) recipe = make_recipe (self);

  set_error (self, NULL);
  qonys_session_import_by (self->session, self->path, recipe, TRUE, checked_cb, g_object_ref (self),
                           g_object_unref);
  ask (self);
}

static void
stored_cb (QonysImportAnswer *answer, gpointer data)
{
  QonysImportDialog *self = data;

  if (!take_answer (self))
    return;
  if (answer->error == NULL) {
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  set_error (self,
             is_cancelled (answer->error) ? _ ("Nothing was stored.") : answer->error->message);
  update_buttons (self);
}

static void
store_cb (QonysImportDialog *self)
{
  g_autoptr (QonysRecipe) recipe = make_recipe (self);

  set_error (self, NULL);
  qonys_session_import_by (self->session, self->path, recipe, FALSE, stored_cb, g_object_ref (self),
                           g_object_unref);
  ask (self);
}

static void
written_cb (QonysImportAnswer *answer, gpointer data)
{
  QonysImportDialog *self = data;

  if (!take_answer (self))
    return;
  self->report = g_steal_pointer (&answer->report);
  set_error (self, answer->error != NULL && !is_cancelled (answer->error) ? answer->error->message
                                                                          : NULL);
  update_buttons (self);
}

static void
report_chosen_cb (const char *target, gpointer data)
{
  QonysImportDialog *self = data;
  g_autoptr (QonysRecipe) recipe = NULL;

  if (self->report == NULL || self->job != NULL)
    return;
  recipe = make_recipe (self);
  qonys_session_write_import_report (self->session, self->path, recipe,
                                     g_steal_pointer (&self->report), target, written_cb,
                                     g_object_ref (self), g_object_unref);
  ask (self);
}

static void
report_cb (QonysImportDialog *self)
{
  g_autofree char *base = g_path_get_basename (self->path);
  /* Translators: the end of a file's name */
  g_autofree char *name = g_strconcat (base, _ ("-left-out"), ".csv", NULL);

  qonys_dialogs_save_file (GTK_WINDOW (self), _ ("Save the report"), name, report_chosen_cb, self);
}

/* ---- the window ---- */

static void
back_cb (QonysImportDialog *self)
{
  set_error (self, NULL);
  show_page (self, "columns");
  gtk_widget_grab_focus (self->check_button);
}

static void
cancel_cb (QonysImportDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
choose_cb (QonysImportDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr (QonysSession) session = g_object_ref (self->session);

  gtk_window_destroy (GTK_WINDOW (self));
  qonys_import_dialog_choose (parent, session);
}

static void
qonys_import_dialog_unmap (GtkWidget *widget)
{
  QonysImportDialog *self = QONYS_IMPORT_DIALOG (widget);

  if (self->job != NULL)
    qonys_job_cancel (self->job);
  GTK_WIDGET_CLASS (qonys_import_dialog_parent_class)->unmap (widget);
}

static void
qonys_import_dialog_finalize (GObject *object)
{
  QonysImportDialog *self = QONYS_IMPORT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->job);
  g_free (self->path);
  g_clear_pointer (&self->examination, qonys_examination_free);
  g_clear_pointer (&self->report, qonys_import_report_free);
  G_OBJECT_CLASS (qonys_import_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, QonysImportDialog, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
qonys_import_dialog_class_init (QonysImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qonys_import_dialog_finalize;
  widget_class->unmap = qonys_import_dialog_unmap;
  g_type_ensure (QONYS_TYPE_IMPORT_GATE);
  g_type_ensure (QONYS_TYPE_IMPORT_PREVIEW);
  g_type_ensure (QONYS_TYPE_IMPORT_MAPPING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/import-dialog.ui");
  BIND (heading);
  BIND (back_button);
  BIND (check_button);
  BIND (store_button);
  BIND (report_button);
  BIND (error_box);
  BIND (error_label);
  BIND (known_label);
  BIND (overlay);
  BIND (stack);
  BIND (failure);
  BIND (result);
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
  BIND (remember_row);
  BIND (header_spin);
  BIND (n_headers_spin);
  BIND (day_row);
  BIND (crs_row);
  BIND (name_row);
  BIND (synthetic_switch);
  BIND (remember_switch);
  CALL (cancel_cb);
  CALL (back_cb);
  CALL (check_cb);
  CALL (store_cb);
  CALL (report_cb);
  CALL (choose_cb);
  CALL (sheet_cb);
  CALL (encoding_cb);
  CALL (header_cb);
  CALL (n_headers_cb);
  CALL (type_cb);
  CALL (crs_cb);
  CALL (day_cb);
  CALL (synthetic_cb);
  CALL (stripped_cb);
  CALL (mapped_cb);
  CALL (outlines_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qonys_import_dialog_init (QonysImportDialog *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++)
    gtk_string_list_append (self->encodings, ENCODINGS[i]);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    gtk_string_list_append (self->types, _ (qonys_schema_get (i)->title));
  self->is_filling = FALSE;
}

static void
name_entry (GtkEditable *entry)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (entry)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entry)), -1);
}

QonysImportDialog *
qonys_import_dialog_show (GtkWindow *parent, QonysSession *session, const char *path)
{
  QonysImportDialog *self = g_object_new (QONYS_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  g_autofree char *name = g_filename_display_basename (path);
  gboolean has_file = qonys_project_get_path (qonys_session_get_project (session)) != NULL;

  self->session = g_object_ref (session);
  self->path = g_strdup (path);
  adw_window_title_set_subtitle (self->heading, name);
  gtk_overlay_add_overlay (self->overlay,
                           g_object_new (QONYS_TYPE_JOB_ROW, "session", session, NULL));
  name_entry (self->day_row);
  name_entry (self->crs_row);
  name_entry (self->name_row);
  gtk_editable_set_text (self->name_row, name);
  gtk_widget_set_sensitive (self->remember_row, has_file);
  if (!has_file)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->remember_row),
                                 _ ("Recipes are kept in the project's file: save it first"));
  gtk_window_present (GTK_WINDOW (self));
  examine (self, NULL);
  return self;
}

/* ---- choosing a file ---- */

static void
chosen_cb (const char *path, gpointer data)
{
  GtkWindow *parent = data;

  qonys_import_dialog_show (parent, g_object_get_data (G_OBJECT (parent), "qonys-import-session"),
                            path);
}

void
qonys_import_dialog_choose (GtkWindow *parent, QonysSession *session)
{
  const QonysFileKind kinds[] = {
      {_ ("Tables and layers"),
       {"*.csv", "*.xlsx", "*.ods", "*.geojson", "*.gpkg", "*.shp", "*.fgb"}},
      {_ ("All files"), {"*"}},
      {NULL}};

  g_object_set_data_full (G_OBJECT (parent), "qonys-import-session", g_object_ref (session),
                          g_object_unref);
  qonys_dialogs_open_file (parent, _ ("Choose the file with the data"), kinds, chosen_cb, parent);
}
