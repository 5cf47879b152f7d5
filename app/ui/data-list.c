/* One in a window; a row a dataset, six in a training project, some dozens after years. Made anew
 * when datasets come, go out of use or come back. */

#include "ui/data-list.h"
#include "base/format.h"
#include <glib/gi18n-lib.h>

#define ID_KEY "qonys-dataset"

struct _QonysDataList {
  AdwPreferencesGroup parent_instance;

  QonysSession *session;
  GPtrArray *rows;     /* borrowed */
  GPtrArray *datasets; /* those shown */
};

G_DEFINE_FINAL_TYPE (QonysDataList, qonys_data_list, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_in_use (const GPtrArray *datasets, const QonysDataset *dataset)
{
  g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, dataset->type);

  for (guint i = 0; i < active->len; i++)
    if (g_array_index (active, gint32, i) == dataset->id)
      return TRUE;
  return FALSE;
}

/* “Taken out of use · Dwellings · 20 000 rows · as of 01.11.2026 · training data” */
static char *
describe (const GPtrArray *datasets, const QonysDataset *dataset)
{
  GString *text = g_string_new (NULL);
  g_autofree char *number = qonys_format_int (dataset->n_stored);
  g_autofree char *day = qonys_format_day (dataset->as_of);

  if (dataset->is_withdrawn)
    g_string_append_printf (text, "%s · ", _ ("Taken out of use"));
  else if (!is_in_use (datasets, dataset))
    g_string_append_printf (text, "%s · ", _ ("Not in use: real or newer data are there"));
  g_string_append_printf (text, "%s · ", _ (qonys_schema_get (dataset->type)->title));
  g_string_append_printf (text, ngettext ("%s row", "%s rows", (gulong)dataset->n_stored), number);
  if (dataset->as_of != QONYS_DAY_MISSING) {
    g_string_append (text, " · ");
    g_string_append_printf (text, _ ("as of %s"), day);
  }
  if (dataset->is_synthetic)
    g_string_append_printf (text, " · %s", _ ("training data"));
  return g_string_free (text, FALSE);
}

static gboolean
delete_cb (GtkWidget *row, GVariant *args, gpointer data)
{
  gint32 id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), ID_KEY));

  return gtk_widget_activate_action (row, "win.toggle-dataset", "i", id);
}

static GtkWidget *
make_menu_button (const QonysDataset *dataset)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (
      dataset->is_withdrawn ? _ ("_Bring back into use") : _ ("_Take out of use"), NULL);
  /* Translators: the name of a file: what can be done with it */
  g_autofree char *name = g_strdup_printf (_ ("Menu of “%s”"), dataset->title);

  g_menu_item_set_action_and_target (item, "win.toggle-dataset", "i", dataset->id);
  g_menu_item_set_attribute (item, "accel", "s", "Delete");
  g_menu_append_item (menu, item);
  if (dataset->is_synthetic)
    g_menu_append (menu, _ ("_Remove the training data"), "win.remove-training-data");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_row (const GPtrArray *datasets, const QonysDataset *dataset)
{
  GtkWidget *row = adw_action_row_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *title = g_markup_escape_text (dataset->title, -1);
  g_autofree char *text = describe (datasets, dataset);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_menu_button (dataset));
  g_object_set_data (G_OBJECT (row), ID_KEY, GINT_TO_POINTER (dataset->id));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                        gtk_callback_action_new (delete_cb, NULL, NULL)));
  gtk_widget_add_controller (row, keys);
  return row;
}

/* The row which has the focus, −1 none. */
static int
find_focus (QonysDataList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    if (focus == self->rows->pdata[i] || gtk_widget_is_ancestor (focus, self->rows->pdata[i]))
      return (int)i;
  return -1;
}

static void
fill (QonysDataList *self, const GPtrArray *datasets)
{
  int focus = find_focus (self);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; datasets != NULL && i < datasets->len; i++) {
    GtkWidget *row = make_row (datasets, datasets->pdata[i]);

    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    g_ptr_array_add (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
  if (focus >= 0 && focus < (int)self->rows->len)
    gtk_widget_grab_focus (self->rows->pdata[focus]);
}

static void
changed_cb (QonysDataList *self, guint changes)
{
  QonysProject *project = qonys_session_get_project (self->session);
  const GPtrArray *datasets = project == NULL ? NULL : qonys_project_get_datasets (project);

  if ((changes & QONYS_CHANGED_RELEASE) == 0 || datasets == self->datasets)
    return;
  fill (self, datasets);
  g_clear_pointer (&self->datasets, g_ptr_array_unref);
  self->datasets = datasets == NULL ? NULL : g_ptr_array_ref ((GPtrArray *)datasets);
}

static void
qonys_data_list_dispose (GObject *object)
{
  QonysDataList *self = QONYS_DATA_LIST (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->datasets, g_ptr_array_unref);
  G_OBJECT_CLASS (qonys_data_list_parent_class)->dispose (object);
}

static void
qonys_data_list_class_init (QonysDataListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qonys_data_list_dispose;
}

static void
qonys_data_list_init (QonysDataList *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Data"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
qonys_data_list_new (QonysSession *session)
{
  QonysDataList *self = g_object_new (QONYS_TYPE_DATA_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self, QONYS_CHANGED_RELEASE);
  return GTK_WIDGET (self);
}
