/* The row of the import assistant about addresses: whether dwellings without coordinates are placed
 * by them, and by which layer. One a dialog; the layer is read by the check, not here. */

#include "ui/dialogs.h"
#include "ui/import-dialog-private.h"
#include <glib/gi18n-lib.h>

enum { LAYER_NONE, LAYER_BUNDLED, LAYER_FILE };

static gboolean
is_address (const QonysRecipeColumn *role)
{
  return role->role == QONYS_ROLE_ADDRESS ||
         (role->role == QONYS_ROLE_FIELD &&
          (role->field == QONYS_DWELLING_STREET_KK || role->field == QONYS_DWELLING_STREET_RU));
}

/* Dwellings with addresses, and at least some of them without a position. */
static gboolean
is_asked (const QonysExamination *examination)
{
  gboolean has_address = FALSE, has_positions = examination->has_geometry;

  if (examination->recipe->type != QONYS_RECORD_DWELLING)
    return FALSE;
  for (guint i = 0; i < examination->columns->len; i++) {
    const QonysExaminedColumn *column = examination->columns->pdata[i];
    const QonysRecipeColumn *role = examination->recipe->columns->pdata[i];

    has_address |= is_address (role);
    has_positions |=
        role->role >= QONYS_ROLE_LON && role->role <= QONYS_ROLE_WKT && column->n_empty == 0;
  }
  return has_address && !has_positions;
}

void
_qonys_import_places_update (QonysImportDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->addresses_row), is_asked (self->examination));
}

const char *
_qonys_import_places_get_layer (QonysImportDialog *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->addresses_row)))
    return NULL;
  switch (adw_combo_row_get_selected (self->addresses_row)) {
  case LAYER_BUNDLED:
    return "";
  case LAYER_FILE:
    return self->addresses_path;
  case LAYER_NONE:
  default:
    return NULL;
  }
}

static void
layer_chosen_cb (const char *path, gpointer data)
{
  QonysImportDialog *self = data;
  g_autofree char *name = g_filename_display_basename (path);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->address_layers));

  g_free (self->addresses_path);
  self->addresses_path = g_strdup (path);
  gtk_string_list_splice (self->address_layers, LAYER_FILE, n - LAYER_FILE,
                          (const char *const[]){name, NULL});
  adw_combo_row_set_selected (self->addresses_row, LAYER_FILE);
}

static void
choose_layer_cb (QonysImportDialog *self)
{
  const QonysFileKind kinds[] = {
      {_ ("Layers"),
       {"*.gpkg", "*.geojson", "*.json", "*.shp", "*.fgb", "*.kml", "*.osm", "*.pbf"}},
      {_ ("All files"), {"*"}},
      {NULL}};

  qonys_dialogs_open_file (GTK_WINDOW (self), _ ("Choose a layer of streets and buildings"), kinds,
                           layer_chosen_cb, self);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, QonysImportDialog, name)

void
_qonys_import_places_class_init (GtkWidgetClass *widget_class)
{
  BIND (addresses_row);
  BIND (address_layers);
  gtk_widget_class_bind_template_callback (widget_class, choose_layer_cb);
}
