/* The measures, by the body that answers for them or by status, overdue first; and a control list
 * for each body. What one of them is, is told by its page. */

#include "ui/measures-panel.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "ui/measure-dialogs.h"
#include "ui/measure-list.h"
#include "ui/measure-page.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

struct _QonysMeasuresPanel {
  QonysPanel parent_instance;

  GListStore *lines;
  GtkEditable *search;
  GtkLabel *summary;
  GtkWidget *view;
  QonysMeasureGroup group;
  char *body; /* whose control list it is; "" all measures */
};

G_DEFINE_FINAL_TYPE (QonysMeasuresPanel, qonys_measures_panel, QONYS_TYPE_PANEL)

static QonysSession *
get_session (gpointer self)
{
  return qonys_panel_get_session (self);
}

static GtkWindow *
get_window (gpointer self)
{
  return GTK_WINDOW (gtk_widget_get_root (self));
}

static QonysMeasureQuery
get_query (QonysMeasuresPanel *self)
{
  return (QonysMeasureQuery){.group = *self->body == '\0' ? self->group : QONYS_GROUP_NONE,
                             .owed_by = *self->body == '\0' ? NULL : self->body,
                             .text = gtk_editable_get_text (self->search)};
}

/* How many there are is said when they are not all. */
static void
update_summary (QonysMeasuresPanel *self, guint n)
{
  gboolean is_filtered = *gtk_editable_get_text (self->search) != '\0';
  /* Translators: %u is a number of measures */
  g_autofree char *count = g_strdup_printf (ngettext ("%u measure", "%u measures", n), n);
  g_autofree char *text = NULL;

  if (*self->body != '\0')
    /* Translators: a body, then a number of measures */
    text = g_strdup_printf (_ ("%s: what is owed by the next session, %s"),
                            qonys_body_get_title (self->body), count);
  gtk_label_set_text (self->summary, text != NULL ? text : count);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), text != NULL || is_filtered);
}

static void
update (QonysMeasuresPanel *self)
{
  QonysPlan *plan = qonys_session_get_plan (get_session (self));
  const QonysMeasureQuery query = get_query (self);

  if (plan == NULL)
    g_list_store_remove_all (self->lines);
  else
    update_summary (self, qonys_measure_list_update (self->lines, plan, &query));
}

static void
activated_cb (QonysMeasuresPanel *self, guint position)
{
  g_autoptr (QonysMeasureLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
  const QonysEntry *measure = qonys_measure_line_get_measure (line);

  if (measure != NULL)
    qonys_session_open_item (get_session (self), qonys_entry_get_id (measure));
}

/* Of the body whose control list is shown, else of all. */
static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysMeasuresPanel *self = data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.print-duties", "s", self->body);
}

/* ---- menu ---- */

static void
group_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  QonysMeasuresPanel *self = data;

  g_simple_action_set_state (action, state);
  self->group = g_str_equal (g_variant_get_string (state, NULL), "body") ? QONYS_GROUP_BODY
                                                                         : QONYS_GROUP_STATUS;
  update (self);
}

static void
body_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  QonysMeasuresPanel *self = data;

  g_simple_action_set_state (action, state);
  g_free (self->body);
  self->body = g_variant_dup_string (state, NULL);
  update (self);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QonysMeasuresPanel *self = data;
  const QonysMeasureQuery query = get_query (self);
  g_autofree char *text =
      qonys_measure_list_to_text (qonys_session_get_plan (get_session (self)), &query);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit_by_name (get_session (self), "finished", _ ("The list is on the clipboard"), NULL);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) lists = qonys_bodies_menu_new (_ ("All measures"), "list.body");
  g_autoptr (GMenu) work = g_menu_new ();

  g_menu_append (order, _ ("By _body"), "list.group::body");
  g_menu_append (order, _ ("By _status"), "list.group::status");
  g_menu_append (work, _ ("_Copy the list"), "list.copy");
  g_menu_append (work, _ ("_Print what is owed…"), "list.print");
  g_menu_append (work, _ ("_Add a measure…"), "win.add-measure");
  g_menu_append (work, _ ("_Board of measures"), "win.board");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_submenu (menu, _ ("_What a body owes"), G_MENU_MODEL (lists));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (work));
  return G_MENU_MODEL (menu);
}

/* ---- list page ---- */

static GtkWidget *
make_bar (QonysMeasuresPanel *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *search = gtk_search_entry_new (), *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = make_menu ();

  gtk_widget_add_css_class (bar, "qonys-bar-row");
  gtk_widget_set_hexpand (search, TRUE);
  g_object_set (search, "placeholder-text", _ ("Find a measure"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a measure"), -1);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (update), self);
  self->search = GTK_EDITABLE (search);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _ ("Order, control lists, new measure"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Order, control lists, new measure"), -1);
  gtk_box_append (GTK_BOX (bar), search);
  gtk_box_append (GTK_BOX (bar), button);
  return bar;
}

static GtkWidget *
make_list (QonysPanel *panel)
{
  QonysMeasuresPanel *self = QONYS_MEASURES_PANEL (panel);
  const GActionEntry entries[] = {
      {.name = "group", .parameter_type = "s", .state = "'body'", .change_state = group_cb},
      {.name = "body", .parameter_type = "s", .state = "''", .change_state = body_cb},
      {.name = "copy", .activate = copy_cb},
      {.name = "print", .activate = print_cb},
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSelectionModel *model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines))));

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (actions));
  self->view = gtk_list_view_new (model, qonys_measure_list_new_factory ());
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "qonys-measures");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Measures"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  self->summary = GTK_LABEL (qonys_text_new ("", "qonys-row-note"));
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Measures"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (page), make_bar (self));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (page), scroller);
  return page;
}

static void
fill_list (QonysPanel *panel, GtkWidget *page)
{
  update (QONYS_MEASURES_PANEL (panel));
}

static gboolean
has_item (QonysPanel *panel, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (qonys_panel_get_session (panel));

  return plan != NULL && qonys_plan_find (plan, QONYS_ENTRY_MEASURE, id) != NULL;
}

/* ---- what can be done with the measure that is open ---- */

static void
status_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = qonys_panel_get_item (QONYS_PANEL (widget));

  if (id != NULL)
    qonys_ask_status (get_window (widget), get_session (widget), id);
}

static void
base_day_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = qonys_panel_get_item (QONYS_PANEL (widget));

  if (id != NULL)
    qonys_ask_base_day (get_window (widget), get_session (widget), id);
}

static void
edit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = qonys_panel_get_item (QONYS_PANEL (widget));

  if (id != NULL)
    qonys_ask_measure (get_window (widget), get_session (widget), id);
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *id = g_strdup (qonys_panel_get_item (QONYS_PANEL (widget)));

  if (id != NULL)
    qonys_delete_measure (get_session (widget), id);
}

static void
qonys_measures_panel_finalize (GObject *object)
{
  QonysMeasuresPanel *self = QONYS_MEASURES_PANEL (object);

  g_clear_object (&self->lines);
  g_free (self->body);
  G_OBJECT_CLASS (qonys_measures_panel_parent_class)->finalize (object);
}

static void
qonys_measures_panel_class_init (QonysMeasuresPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QonysPanelClass *panel_class = QONYS_PANEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qonys_measures_panel_finalize;
  panel_class->make_list = make_list;
  panel_class->fill_list = fill_list;
  panel_class->fill_item = qonys_measure_page_fill;
  panel_class->has_item = has_item;
  panel_class->depends_on = QONYS_CHANGED_PLAN | QONYS_CHANGED_RELEASE;
  gtk_widget_class_install_action (widget_class, "measure.status", NULL, status_cb);
  gtk_widget_class_install_action (widget_class, "measure.base-day", NULL, base_day_cb);
  gtk_widget_class_install_action (widget_class, "measure.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "measure.delete", NULL, delete_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "measure.status",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "measure.base-day", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "measure.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "measure.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "list.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "list.print", NULL);
}

static void
qonys_measures_panel_init (QonysMeasuresPanel *self)
{
  self->lines = g_list_store_new (QONYS_TYPE_MEASURE_LINE);
  self->body = g_strdup ("");
}
