/* The frame of a sidebar page: a stack of list and item. Three in a window. Filling a page makes at
 * most some hundred small widgets, 5 ms, and GTK takes 20 to measure their texts: a page is filled
 * when it is seen. */

#include "ui/panel.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

typedef struct {
  QonysSession *session;
  GtkStack *stack;
  GtkWidget *list_box, *item_box, *item_scroller, *back_button;
  char *item;
  gboolean is_stale; /* to be filled when seen */
} QonysPanelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (QonysPanel, qonys_panel, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

#define GET(self) ((QonysPanelPrivate *)qonys_panel_get_instance_private (self))

static void
fill (QonysPanel *self)
{
  QonysPanelPrivate *priv = GET (self);
  QonysPanelClass *klass = QONYS_PANEL_GET_CLASS (self);

  priv->is_stale = FALSE;
  if (klass->make_list == NULL)
    qonys_box_clear (priv->list_box);
  klass->fill_list (self, priv->list_box);
  if (priv->item != NULL && !klass->has_item (self, priv->item)) { /* was deleted */
    qonys_panel_open (self, NULL);
  } else if (priv->item != NULL) {
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
    GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);
    gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, priv->item_box);

    qonys_box_clear (priv->item_box);
    klass->fill_item (self, priv->item, priv->item_box);
    if (had_focus)
      gtk_widget_child_focus (priv->item_box, GTK_DIR_TAB_FORWARD);
  }
}

static void
qonys_panel_map (GtkWidget *widget)
{
  QonysPanel *self = QONYS_PANEL (widget);

  if (GET (self)->is_stale)
    fill (self);
  GTK_WIDGET_CLASS (qonys_panel_parent_class)->map (widget);
}

static void
changed_cb (QonysPanel *self, guint changes)
{
  if ((changes & QONYS_PANEL_GET_CLASS (self)->depends_on) == 0)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
  else
    GET (self)->is_stale = TRUE;
}

static void
open_item_cb (QonysPanel *self, const char *id)
{
  if (QONYS_PANEL_GET_CLASS (self)->has_item (self, id))
    qonys_panel_open (self, id);
}

void
qonys_panel_open (QonysPanel *self, const char *id)
{
  QonysPanelPrivate *priv = GET (self);

  if (id == NULL) {
    gtk_stack_set_visible_child_name (priv->stack, "list");
    g_clear_pointer (&priv->item, g_free);
    return;
  }
  if (id != priv->item) {
    g_free (priv->item);
    priv->item = g_strdup (id);
  }
  qonys_box_clear (priv->item_box);
  QONYS_PANEL_GET_CLASS (self)->fill_item (self, priv->item, priv->item_box);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (priv->item_scroller)), 0);
  gtk_stack_set_visible_child_name (priv->stack, "item");
  gtk_widget_grab_focus (priv->back_button);
}

const char *
qonys_panel_get_item (QonysPanel *self)
{
  return GET (self)->item;
}

QonysSession *
qonys_panel_get_session (QonysPanel *self)
{
  return GET (self)->session;
}

void
qonys_panel_row_activated_cb (QonysPanel *self, GtkListBoxRow *row)
{
  qonys_panel_open (self, qonys_row_get_id (row));
}

void
qonys_panel_open_elsewhere_cb (QonysPanel *self, GtkListBoxRow *row)
{
  qonys_session_open_item (GET (self)->session, qonys_row_get_id (row));
}

static void
back_cb (QonysPanel *self)
{
  qonys_panel_open (self, NULL);
  gtk_widget_child_focus (GET (self)->list_box, GTK_DIR_TAB_FORWARD);
}

static gboolean
back_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysPanel *self = QONYS_PANEL (widget);

  if (GET (self)->item == NULL)
    return FALSE;
  back_cb (self);
  return TRUE;
}

static GtkWidget *
scroller_new (GtkWidget *child, const char *name)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
qonys_panel_constructed (GObject *object)
{
  QonysPanel *self = QONYS_PANEL (object);
  QonysPanelPrivate *priv = GET (self);
  GtkWidget *item_page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = adw_button_content_new ();

  G_OBJECT_CLASS (qonys_panel_parent_class)->constructed (object);

  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (priv->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->stack));

  if (QONYS_PANEL_GET_CLASS (self)->make_list != NULL) {
    priv->list_box = QONYS_PANEL_GET_CLASS (self)->make_list (self);
    gtk_stack_add_named (priv->stack, priv->list_box, "list");
  } else {
    priv->list_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    gtk_widget_add_css_class (priv->list_box, "qonys-page");
    gtk_stack_add_named (priv->stack, scroller_new (priv->list_box, _ ("List")), "list");
  }

  priv->back_button = gtk_button_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "go-previous-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("Back to the list"));
  gtk_button_set_child (GTK_BUTTON (priv->back_button), content);
  gtk_widget_set_tooltip_text (priv->back_button, _ ("Back to the list (Esc)"));
  gtk_widget_set_halign (priv->back_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (priv->back_button, "flat");
  gtk_widget_add_css_class (priv->back_button, "qonys-back");
  g_signal_connect_swapped (priv->back_button, "clicked", G_CALLBACK (back_cb), self);
  gtk_box_append (GTK_BOX (item_page), priv->back_button);
  priv->item_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (priv->item_box, "qonys-page");
  priv->item_scroller = scroller_new (priv->item_box, _ ("Details"));
  gtk_box_append (GTK_BOX (item_page), priv->item_scroller);
  gtk_stack_add_named (priv->stack, item_page, "item");

  g_signal_connect_object (priv->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->session, "open-item", G_CALLBACK (open_item_cb), self,
                           G_CONNECT_SWAPPED);
  priv->is_stale = TRUE;
}

static void
qonys_panel_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  GET (QONYS_PANEL (object))->session = g_value_dup_object (value);
}

static void
qonys_panel_dispose (GObject *object)
{
  QonysPanelPrivate *priv = GET (QONYS_PANEL (object));

  g_clear_object (&priv->session);
  g_clear_pointer (&priv->item, g_free);
  G_OBJECT_CLASS (qonys_panel_parent_class)->dispose (object);
}

static void
qonys_panel_class_init (QonysPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = qonys_panel_constructed;
  object_class->set_property = qonys_panel_set_property;
  object_class->dispose = qonys_panel_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  GTK_WIDGET_CLASS (klass)->map = qonys_panel_map;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, back_key, NULL);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_BackSpace, 0, back_key, NULL);
}

static void
qonys_panel_init (QonysPanel *self)
{
}
