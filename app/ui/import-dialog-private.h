#pragma once

/* Shared by import-dialog.c, import-page.c, import-places.c and import-choices.c
 * only. */

#include "ui/import-dialog.h"
#include "ui/import-gate.h"
#include "ui/import-mapping.h"
#include "ui/import-preview.h"

G_BEGIN_DECLS

struct _QonysImportDialog {
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwWindowTitle *heading;
  GtkWidget *back_button, *check_button, *store_button, *report_button;
  GtkWidget *error_box;
  GtkLabel *error_label, *known_label, *notes_label;
  GtkWidget *notes_box;
  GtkOverlay *overlay;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkScrolledWindow *result;
  QonysImportGate *gate;
  QonysImportPreview *preview;
  QonysImportMapping *mapping;
  AdwComboRow *sheet_row, *encoding_row, *type_row, *addresses_row;
  GtkStringList *encodings, *types, *address_layers;
  GtkWidget *header_row, *n_headers_row, *outlines_row, *district_row, *remember_row;
  GtkSpinButton *header_spin, *n_headers_spin;
  GtkEditable *day_row, *crs_row, *name_row;
  GtkSwitch *district_switch, *synthetic_switch, *remember_switch;

  /* Owned */
  QonysSession *session;
  char *path;
  QonysExamination *examination; /* NULL until the file was looked through */
  char *addresses_path;          /* of a layer of the user's; NULL: none chosen yet */
  QonysImportReport *report;     /* of the dry run; NULL while it is being written */
  QonysJob *job;                 /* the one asked for last */

  gboolean is_asking;  /* an answer is to come */
  gboolean is_filling; /* widgets change, not the user's mind */
  gboolean is_stale;   /* the page waits for another look */
  gboolean is_type_known, can_store;
};

/* ---- import-dialog.c ---- */

/** @message: (nullable) */
void _qonys_import_dialog_set_error (QonysImportDialog *self, const char *message);
/** Buttons and pages after anything changed. */
void _qonys_import_dialog_update (QonysImportDialog *self);
/** Has the file looked through again; the newest answer wins. @recipe: (nullable) */
void _qonys_import_dialog_examine (QonysImportDialog *self, const QonysRecipe *recipe);

/* ---- import-page.c ---- */

void _qonys_import_page_class_init (GtkWidgetClass *widget_class);
/** @name: of the file; @has_file: whether the project has one, to keep recipes in */
void _qonys_import_page_init (QonysImportDialog *self, const char *name, gboolean has_file);
/** Shows a new examination. */
void _qonys_import_page_fill (QonysImportDialog *self);
/** Can the rows be judged as all is now? */
gboolean _qonys_import_page_is_fit (QonysImportDialog *self);
/** The first column with a text of two meanings; −1 there is none. */
int _qonys_import_page_find_ambiguous (QonysImportDialog *self);
/** Asks for the coordinate system where it cannot be told. */
void _qonys_import_page_update_crs (QonysImportDialog *self);

/* ---- import-places.c ---- */

void _qonys_import_places_class_init (GtkWidgetClass *widget_class);
/** Asks for a layer where there are addresses without positions. */
void _qonys_import_places_update (QonysImportDialog *self);
/** What rows are placed by, as qonys_session_import_by() takes it. */
const char *_qonys_import_places_get_layer (QonysImportDialog *self);

/* ---- import-choices.c ---- */

void _qonys_import_choices_class_init (GtkWidgetClass *widget_class);
/** What is on the page. Returns: (transfer full) */
QonysRecipe *_qonys_import_make_recipe (QonysImportDialog *self);

G_END_DECLS
