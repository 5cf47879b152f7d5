/* The import assistant: its work and its buttons; what is asked stands in import-page.c. A dialog
 * is closed by unmapping it, which cancels its work; an answer that comes later is dropped. */

#include "base/error.h"
#include "ui/dialogs.h"
#include "ui/import-dialog-private.h"
#include "ui/import-result.h"
#include "ui/job-row.h"
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (QonysImportDialog, qonys_import_dialog, ADW_TYPE_WINDOW)

/* ---- the state of the whole ---- */

void
_qonys_import_dialog_set_error (QonysImportDialog *self, const char *message)
{
  gtk_label_set_text (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (self->error_box, message != NULL);
}

void
_qonys_import_dialog_update (QonysImportDialog *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  gboolean is_columns = g_str_equal (page, "columns"), is_result = g_str_equal (page, "result");
  gboolean is_idle = self->job == NULL;
  gboolean is_fit = _qonys_import_page_is_fit (self);

  gtk_widget_set_visible (self->check_button, is_columns);
  gtk_widget_set_visible (self->back_button, is_result);
  gtk_widget_set_visible (self->store_button, is_result);
  gtk_widget_set_visible (self->report_button, is_result);
  gtk_widget_set_sensitive (self->check_button, is_columns && is_idle && !self->is_stale && is_fit);
  gtk_widget_set_sensitive (self->back_button, is_idle);
  gtk_widget_set_sensitive (self->store_button, is_idle && self->can_store);
  gtk_widget_set_sensitive (self->report_button, is_idle && self->report != NULL &&
                                                     self->report->rejected->len +
                                                             self->report->places->len +
                                                             self->report->districts->len >
                                                         0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mapping), !self->is_stale);
}

static void
show_page (QonysImportDialog *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  _qonys_import_dialog_update (self);
}

/* ---- looking through the file ---- */

static void
ask (QonysImportDialog *self)
{
  if (self->is_asking) /* not refused at once, because of other work */
    g_set_object (&self->job, qonys_session_get_job (self->session));
  _qonys_import_dialog_update (self);
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
  self->is_asking = FALSE;
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
    _qonys_import_page_fill (self);
    show_page (self, "columns");
    if (old == NULL && !gtk_widget_grab_focus (self->check_button)) /* something is to be said */
      gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
    g_clear_pointer (&old, qonys_examination_free);
  } else if (self->examination == NULL && is_cancelled (answer->error)) {
    gtk_window_destroy (GTK_WINDOW (self));
  } else if (self->examination == NULL) {
    g_autofree char *message = g_markup_escape_text (answer->error->message, -1);

    adw_status_page_set_description (self->failure, message);
    show_page (self, "failed");
  } else {
    _qonys_import_dialog_set_error (
        self, is_cancelled (answer->error)
                  ? _ ("Not looked through again. Choose anew how the file is read.")
                  : answer->error->message);
    _qonys_import_dialog_update (self);
  }
}

void
_qonys_import_dialog_examine (QonysImportDialog *self, const QonysRecipe *recipe)
{
  self->is_stale = TRUE;
  _qonys_import_dialog_set_error (self, NULL);
  self->is_asking = TRUE;
  qonys_session_examine (self->session, self->path, recipe, examined_cb, g_object_ref (self),
                         g_object_unref);
  ask (self);
}

/* ---- judging and storing ---- */

static void
show_result (QonysImportDialog *self, const GError *error)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), qonys_import_result_new (self->report, TRUE));
  gtk_scrolled_window_set_child (self->result, clamp);
  self->can_store = error == NULL;
  _qonys_import_dialog_set_error (self, error != NULL ? error->message : NULL);
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
    _qonys_import_dialog_set_error (self,
                                    is_cancelled (answer->error) ? NULL : answer->error->message);
    _qonys_import_dialog_update (self);
    return;
  }
  g_clear_pointer (&self->report, qonys_import_report_free);
  self->report = g_steal_pointer (&answer->report);
  show_result (self, answer->error);
}

static void
check_cb (QonysImportDialog *self)
{
  g_autoptr (QonysRecipe) recipe = _qonys_import_make_recipe (self);

  _qonys_import_dialog_set_error (self, NULL);
  self->is_asking = TRUE;
  qonys_session_import_by (self->session, self->path, recipe, _qonys_import_places_get_layer (self),
                           TRUE, checked_cb, g_object_ref (self), g_object_unref);
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
  _qonys_import_dialog_set_error (self, is_cancelled (answer->error) ? _ ("Nothing was stored.")
                                                                     : answer->error->message);
  _qonys_import_dialog_update (self);
}

static void
store_cb (QonysImportDialog *self)
{
  g_autoptr (QonysRecipe) recipe = _qonys_import_make_recipe (self);

  _qonys_import_dialog_set_error (self, NULL);
  self->is_asking = TRUE;
  qonys_session_import_by (self->session, self->path, recipe, _qonys_import_places_get_layer (self),
                           FALSE, stored_cb, g_object_ref (self), g_object_unref);
  ask (self);
}

static void
written_cb (QonysImportAnswer *answer, gpointer data)
{
  QonysImportDialog *self = data;

  if (!take_answer (self))
    return;
  self->report = g_steal_pointer (&answer->report);
  _qonys_import_dialog_set_error (
      self, answer->error != NULL && !is_cancelled (answer->error) ? answer->error->message : NULL);
  _qonys_import_dialog_update (self);
}

static void
report_chosen_cb (const char *target, gpointer data)
{
  QonysImportDialog *self = data;
  g_autoptr (QonysRecipe) recipe = NULL;

  if (self->report == NULL || self->job != NULL)
    return;
  recipe = _qonys_import_make_recipe (self);
  self->is_asking = TRUE;
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
  _qonys_import_dialog_set_error (self, NULL);
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
  g_free (self->addresses_path);
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
  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/import-dialog.ui");
  BIND (heading);
  BIND (back_button);
  BIND (check_button);
  BIND (store_button);
  BIND (report_button);
  BIND (error_box);
  BIND (error_label);
  BIND (overlay);
  BIND (stack);
  BIND (failure);
  BIND (result);
  CALL (cancel_cb);
  CALL (back_cb);
  CALL (check_cb);
  CALL (store_cb);
  CALL (report_cb);
  CALL (choose_cb);
  _qonys_import_page_class_init (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qonys_import_dialog_init (QonysImportDialog *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_filling = FALSE;
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
  _qonys_import_page_init (self, name, has_file);
  gtk_window_present (GTK_WINDOW (self));
  _qonys_import_dialog_examine (self, NULL);
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
  const QonysFileKind kinds[] = {{_ ("Tables and layers"),
                                  {"*.csv", "*.tsv", "*.txt", "*.xlsx", "*.xlsm", "*.xls", "*.ods",
                                   "*.geojson", "*.json", "*.gpkg", "*.shp", "*.fgb", "*.kml"}},
                                 {_ ("All files"), {"*"}},
                                 {NULL}};

  g_object_set_data_full (G_OBJECT (parent), "qonys-import-session", g_object_ref (session),
                          g_object_unref);
  qonys_dialogs_open_file (parent, _ ("Choose the file with the data"), kinds, chosen_cb, parent);
}
