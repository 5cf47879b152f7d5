/* One in a window, filled when it is seen. Eight columns of list views: of ten thousand measures
 * only those on screen have widgets. */

#include "ui/board.h"
#include "domain/catalogue.h"
#include "ui/entry-links.h"
#include "ui/measure-dialogs.h"
#include "ui/measure-list.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

typedef struct {
  const char *status;
  GListStore *lines;
  GtkSingleSelection *selection;
  GtkWidget *box, *view;
  GtkLabel *heading;
} Column;

struct _QonysBoard {
  AdwBin parent_instance;

  QonysSession *session;
  GArray *columns; /* Column */
  GtkEditable *search;
  GtkWidget *scroller, *columns_box;
  char *item; /* the measure that is open, NULL none */
  gboolean is_stale, is_selecting;
};

G_DEFINE_FINAL_TYPE (QonysBoard, qonys_board, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

#define COLUMN(self, i) (&g_array_index ((self)->columns, Column, i))
#define COLUMN_WIDTH_PX 210
#define EMPTY_WIDTH_PX 84 /* two full columns and six empty ones stand on 1366 px */

/* ---- selection ---- */

/* Shows the open measure in its column, and nothing in the others. */
static void
select_item (QonysBoard *self)
{
  self->is_selecting = TRUE;
  for (guint i = 0; i < self->columns->len; i++) {
    const Column *column = COLUMN (self, i);
    guint position = qonys_measure_list_find_position (G_LIST_MODEL (column->lines), self->item);

    gtk_single_selection_set_selected (column->selection, position);
    if (position != GTK_INVALID_LIST_POSITION)
      gtk_widget_activate_action (column->view, "list.scroll-to-item", "u", position);
  }
  self->is_selecting = FALSE;
}

static void
selected_cb (QonysBoard *self, GParamSpec *pspec, GtkSingleSelection *selection)
{
  QonysMeasureLine *line = gtk_single_selection_get_selected_item (selection);
  GtkWidget *focus;

  if (self->is_selecting || line == NULL)
    return;
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (focus != NULL)
    g_object_ref (focus);
  qonys_session_open_item (self->session,
                           qonys_entry_get_id (qonys_measure_line_get_measure (line)));
  qonys_select_items_of_measure (self->session, qonys_measure_line_get_measure (line), FALSE);
  if (focus != NULL) { /* one goes on through the column */
    if (gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
      gtk_widget_grab_focus (focus);
    g_object_unref (focus);
  }
}

static void
open_item_cb (QonysBoard *self, const char *id)
{
  g_free (self->item);
  self->item = g_strdup (id);
  if (!self->is_stale)
    select_item (self);
}

/* What is selected on the map selects the measure it is linked to. */
static void
follow_map (QonysBoard *self)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);
  const char *id = qonys_style_get_selected_entry (qonys_session_get_style (self->session));
  g_autofree char *measures = plan == NULL || *id == '\0' ? NULL : qonys_entry_links_dup (plan, id);
  g_auto (GStrv) ids = g_strsplit (measures == NULL ? "" : measures, " ", -1);

  if (ids[0] != NULL &&
      (self->item == NULL || !g_strv_contains ((const char *const *)ids, self->item)))
    open_item_cb (self, ids[0]);
}

/* Enter goes into the measure's page. */
static void
activated_cb (GtkWidget *view)
{
  gtk_widget_activate_action (view, "win.show-page", "s", "measures");
}

/* ---- columns ---- */

static void
update (QonysBoard *self)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);

  self->is_stale = FALSE;
  self->is_selecting = TRUE;
  for (guint i = 0; i < self->columns->len; i++) {
    const Column *column = COLUMN (self, i);
    const QonysMeasureQuery query = {.group = QONYS_GROUP_NONE,
                                     .status = column->status,
                                     .text = gtk_editable_get_text (self->search)};
    guint n = 0;
    g_autofree char *heading = NULL;

    if (plan == NULL)
      g_list_store_remove_all (column->lines);
    else
      n = qonys_measure_list_update (column->lines, plan, &query);
    /* Translators: a status, and how many measures have it */
    heading = g_strdup_printf (_ ("%s: %u"), qonys_status_get_title (column->status), n);
    gtk_label_set_text (column->heading, heading);
    gtk_widget_set_size_request (column->box, n == 0 ? EMPTY_WIDTH_PX : COLUMN_WIDTH_PX, -1);
    gtk_widget_set_hexpand (column->box, n > 0);
  }
  self->is_selecting = FALSE;
  select_item (self);
}

static void
add_column (QonysBoard *self, const char *status)
{
  Column column = {.status = status};
  GtkWidget *scroller = gtk_scrolled_window_new ();

  column.lines = g_list_store_new (QONYS_TYPE_MEASURE_LINE);
  column.selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (column.selection, FALSE);
  gtk_single_selection_set_can_unselect (column.selection, TRUE);
  gtk_single_selection_set_model (column.selection, G_LIST_MODEL (column.lines));
  g_signal_connect_swapped (column.selection, "notify::selected-item", G_CALLBACK (selected_cb),
                            self);
  column.view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (column.selection)),
                                   qonys_measure_list_new_factory ());
  gtk_widget_add_css_class (column.view, "qonys-measures");
  gtk_accessible_update_property (GTK_ACCESSIBLE (column.view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  qonys_status_get_title (status), -1);
  g_signal_connect (column.view, "activate", G_CALLBACK (activated_cb), NULL);
  column.heading = GTK_LABEL (qonys_heading_new (""));
  gtk_label_set_max_width_chars (column.heading, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  qonys_status_get_title (status), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column.view);
  gtk_widget_set_vexpand (scroller, TRUE);
  column.box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (column.box, "qonys-column");
  gtk_box_append (GTK_BOX (column.box), GTK_WIDGET (column.heading));
  gtk_box_append (GTK_BOX (column.box), scroller);
  gtk_box_append (GTK_BOX (self->columns_box), column.box);
  g_array_append_val (self->columns, column);
}

/* ---- keys ---- */

static int
find_focused (QonysBoard *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  for (guint i = 0; focus != NULL && i < self->columns->len; i++)
    if (gtk_widget_is_ancestor (focus, COLUMN (self, i)->view) || focus == COLUMN (self, i)->view)
      return (int)i;
  return -1;
}

/* To the next column that has something in it. */
static gboolean
move (GtkWidget *widget, GVariant *args, gpointer data)
{
  QonysBoard *self = QONYS_BOARD (widget);
  int step = g_variant_get_int32 (args), i = find_focused (self);

  if (i < 0)
    return FALSE;
  for (i += step; i >= 0 && i < (int)self->columns->len; i += step)
    if (g_list_model_get_n_items (G_LIST_MODEL (COLUMN (self, i)->lines)) > 0)
      return gtk_widget_child_focus (COLUMN (self, i)->view, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

static void
add_keys (QonysBoard *self)
{
  const struct {
    guint key;
    int step;
  } keys[] = {{GDK_KEY_Left, -1}, {GDK_KEY_Right, 1}};
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Before the list, which takes the keys to itself. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                              gtk_callback_action_new (move, NULL, NULL));

    gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].step));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static gboolean
leave (GtkWidget *widget, GVariant *args, gpointer data)
{
  return gtk_widget_activate_action (widget, "win.focus-map", NULL);
}

static gboolean
change_status (GtkWidget *widget, GVariant *args, gpointer data)
{
  QonysBoard *self = QONYS_BOARD (widget);

  QonysPlan *plan = qonys_session_get_plan (self->session);

  if (plan == NULL || self->item == NULL ||
      qonys_plan_find (plan, QONYS_ENTRY_MEASURE, self->item) == NULL)
    return FALSE;
  qonys_ask_status (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->item);
  return TRUE;
}

/* ---- life ---- */

static void
changed_cb (QonysBoard *self, guint changes)
{
  if (changes & QONYS_CHANGED_SELECTION)
    follow_map (self);
  if ((changes & (QONYS_CHANGED_PLAN | QONYS_CHANGED_RELEASE)) == 0)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
  else
    self->is_stale = TRUE;
}

/* Where the open measure is, else where there is one at all. GTK asks this of a widget that is
 * asked for its child's focus: asking itself would never end. */
static gboolean
qonys_board_grab_focus (GtkWidget *widget)
{
  QonysBoard *self = QONYS_BOARD (widget);
  GtkWidget *view = NULL;

  for (guint i = self->columns->len; i-- > 0;) {
    const Column *column = COLUMN (self, i);

    if (gtk_single_selection_get_selected_item (column->selection) != NULL)
      return gtk_widget_grab_focus (column->view);
    if (g_list_model_get_n_items (G_LIST_MODEL (column->lines)) > 0)
      view = column->view;
  }
  return view != NULL
             ? gtk_widget_grab_focus (view)
             : gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (self)), GTK_DIR_TAB_FORWARD);
}

static void
qonys_board_map (GtkWidget *widget)
{
  if (QONYS_BOARD (widget)->is_stale)
    update (QONYS_BOARD (widget));
  GTK_WIDGET_CLASS (qonys_board_parent_class)->map (widget);
}

static void
qonys_board_constructed (GObject *object)
{
  QonysBoard *self = QONYS_BOARD (object);
  const GPtrArray *statuses = qonys_catalogue_get ()->statuses;
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a measure…"));
  g_autoptr (GMenu) bodies = qonys_bodies_menu_new (_ ("All bodies"), "win.print-duties");
  GtkWidget *print = adw_split_button_new ();
  GtkWidget *back = gtk_button_new_with_label (_ ("Back to the map"));

  G_OBJECT_CLASS (qonys_board_parent_class)->constructed (object);
  gtk_widget_add_css_class (bar, "qonys-bar-row");
  gtk_widget_set_hexpand (search, TRUE);
  g_object_set (search, "placeholder-text", _ ("Find a measure"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a measure"), -1);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (update), self);
  self->search = GTK_EDITABLE (search);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.add-measure");
  gtk_widget_set_tooltip_text (add, _ ("Add a measure (Ctrl+Shift+M)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "win.focus-map");
  gtk_widget_set_tooltip_text (back, _ ("Back to the map (F7)"));
  gtk_box_append (GTK_BOX (bar), back);
  gtk_box_append (GTK_BOX (bar), search);
  adw_split_button_set_label (ADW_SPLIT_BUTTON (print), _ ("Print what is owed…"));
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (print), G_MENU_MODEL (bodies));
  adw_split_button_set_dropdown_tooltip (ADW_SPLIT_BUTTON (print), _ ("Print what one body owes"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "win.print-duties");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (print), "s", "");
  gtk_widget_set_tooltip_text (print, _ ("What each body owes by the next session (Ctrl+P)"));
  gtk_box_append (GTK_BOX (bar), print);
  gtk_box_append (GTK_BOX (bar), add);

  self->columns_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->columns_box, "qonys-board");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Board of measures"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->columns_box);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  for (guint i = 0; i < statuses->len; i++)
    add_column (self, ((const QonysTerm *)statuses->pdata[i])->id);
  gtk_box_append (GTK_BOX (page), bar);
  gtk_box_append (GTK_BOX (page), self->scroller);
  adw_bin_set_child (ADW_BIN (self), page);
  add_keys (self);

  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "open-item", G_CALLBACK (open_item_cb), self,
                           G_CONNECT_SWAPPED);
  self->is_stale = TRUE;
}

static void
qonys_board_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_BOARD (object)->session = g_value_dup_object (value);
}

static void
qonys_board_dispose (GObject *object)
{
  QonysBoard *self = QONYS_BOARD (object);

  for (guint i = 0; self->columns != NULL && i < self->columns->len; i++) {
    g_signal_handlers_disconnect_by_data (COLUMN (self, i)->selection, self);
    g_object_unref (COLUMN (self, i)->selection);
    g_object_unref (COLUMN (self, i)->lines);
  }
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->item, g_free);
  G_OBJECT_CLASS (qonys_board_parent_class)->dispose (object);
}

static void
qonys_board_class_init (QonysBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_board_constructed;
  object_class->set_property = qonys_board_set_property;
  object_class->dispose = qonys_board_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->map = qonys_board_map;
  widget_class->grab_focus = qonys_board_grab_focus;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, change_status, NULL);
}

static void
qonys_board_init (QonysBoard *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
}
