/* The index folds a few hundred names once a project and language; a key press searches them all
 * in well under a millisecond and shows at most eight. */

#include "ui/search.h"
#include "domain/search.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_HITS 8
#define PLACE_ZOOM 13.5

struct _QonysSearch {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkSearchEntry *entry;
  GtkPopover *popover;
  GtkListBox *list;
  GtkWidget *nothing_label;

  /* Owned */
  QonysSession *session;
  QonysSearchIndex *index;
  GPtrArray *hits;
};

G_DEFINE_FINAL_TYPE (QonysSearch, qonys_search, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

static const char *
get_icon (QonysHitKind kind)
{
  switch (kind) {
  case QONYS_HIT_DISTRICT:
  case QONYS_HIT_PLACE:
    return "mark-location-symbolic";
  case QONYS_HIT_STREET:
    return "find-location-symbolic";
  case QONYS_HIT_PROBLEM:
    return "dialog-warning-symbolic";
  case QONYS_HIT_MEASURE:
    return "emblem-ok-symbolic";
  default:
    return "emblem-documents-symbolic";
  }
}

static void
clear_list (QonysSearch *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_clear_pointer (&self->hits, g_ptr_array_unref);
}

static void
find (QonysSearch *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean is_empty = strspn (text, " ") == strlen (text);

  clear_list (self);
  if (self->index == NULL || is_empty) {
    gtk_popover_popdown (self->popover);
    return;
  }
  self->hits = qonys_search_index_find (self->index, text, MAX_HITS);
  for (guint i = 0; i < self->hits->len; i++) {
    const QonysHit *hit = g_ptr_array_index (self->hits, i);

    qonys_list_add (GTK_WIDGET (self->list), hit->title, NULL, hit->title, hit->subtitle,
                    gtk_image_new_from_icon_name (get_icon (hit->kind)), NULL);
  }
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_widget_set_visible (self->nothing_label, self->hits->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->hits->len > 0);
  gtk_popover_popup (self->popover);
}

static void
leave (QonysSearch *self)
{
  gtk_popover_popdown (self->popover);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-map", NULL);
}

static void
open_hit (QonysSearch *self, const QonysHit *hit)
{
  switch (hit->kind) {
  case QONYS_HIT_DISTRICT:
    qonys_session_select_district (self->session, hit->id);
    qonys_session_show_box (self->session, &hit->box);
    break;
  case QONYS_HIT_PLACE:
  case QONYS_HIT_STREET:
    qonys_session_mark_place (self->session, hit->x, hit->y);
    if (qonys_box_is_empty (&hit->box) || hit->box.max_x - hit->box.min_x < 1e-9) {
      const double half = 512 / exp2 (PLACE_ZOOM + 8);
      const QonysBox box = {hit->x - half, hit->y - half, hit->x + half, hit->y + half};

      qonys_session_show_box (self->session, &box);
    } else {
      qonys_session_show_box (self->session, &hit->box);
    }
    break;
  default:
    qonys_session_open_item (self->session, hit->id);
  }
}

static void
row_activated_cb (QonysSearch *self, GtkListBoxRow *row)
{
  g_autoptr (GPtrArray) hits = self->hits == NULL ? NULL : g_ptr_array_ref (self->hits);
  guint i = (guint)gtk_list_box_row_get_index (row);

  if (hits == NULL || i >= hits->len)
    return;
  leave (self);
  open_hit (self, g_ptr_array_index (hits, i));
}

static void
activate_cb (QonysSearch *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self, row);
}

static gboolean
key_pressed_cb (QonysSearch *self, guint key, guint code, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int step = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1
             : key == GDK_KEY_Up || key == GDK_KEY_KP_Up   ? -1
                                                           : 0;

  if (step == 0 || row == NULL)
    return FALSE;
  row = gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + step);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return TRUE;
}

static void
changed_cb (QonysSearch *self, guint changes)
{
  QonysProject *project = qonys_session_get_project (self->session);

  if ((changes & QONYS_CHANGED_RELEASE) == 0)
    return;
  clear_list (self);
  g_clear_pointer (&self->index, qonys_search_index_free);
  if (project != NULL)
    self->index = qonys_search_index_new (project);
}

GtkEditable *
qonys_search_get_entry (QonysSearch *self)
{
  return GTK_EDITABLE (self->entry);
}

GPtrArray *
qonys_search_get_hits (QonysSearch *self)
{
  return self->hits;
}

static void
qonys_search_constructed (GObject *object)
{
  QonysSearch *self = QONYS_SEARCH (object);

  G_OBJECT_CLASS (qonys_search_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self, QONYS_CHANGED_RELEASE);
}

static void
qonys_search_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_SEARCH (object)->session = g_value_dup_object (value);
}

static void
qonys_search_dispose (GObject *object)
{
  QonysSearch *self = QONYS_SEARCH (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->index, qonys_search_index_free);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  if (self->popover != NULL) {
    gtk_widget_unparent (GTK_WIDGET (self->popover));
    self->popover = NULL;
  }
  G_OBJECT_CLASS (qonys_search_parent_class)->dispose (object);
}

static void
qonys_search_class_init (QonysSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_search_constructed;
  object_class->set_property = qonys_search_set_property;
  object_class->dispose = qonys_search_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/search.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, QonysSearch, popover);
  gtk_widget_class_bind_template_child (widget_class, QonysSearch, list);
  gtk_widget_class_bind_template_child (widget_class, QonysSearch, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, find);
  gtk_widget_class_bind_template_callback (widget_class, leave);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
qonys_search_init (QonysSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}
