/* The presenter's search: a few hundred names folded when it is first opened; at most six rows. */

#include "ui/ask.h"

#include "domain/search.h"
#include "ui/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_HITS 6

typedef struct {
  QonysShow *show;
  QonysSearchIndex *index;
  QonysProject *project; /* of the index */
  GtkEditable *entry;
  GtkListBox *list;
  GtkWidget *box;
  GPtrArray *hits; /* element-type QonysHit; those with a place */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_pointer (&ask->index, qonys_search_index_free);
  g_clear_pointer (&ask->project, qonys_project_unref);
  g_clear_pointer (&ask->hits, g_ptr_array_unref);
  g_object_unref (ask->show);
  g_free (ask);
}

static void
find (Ask *ask)
{
  g_autoptr (GPtrArray) hits = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (ask->list, 0)) != NULL)
    gtk_list_box_remove (ask->list, GTK_WIDGET (row));
  g_ptr_array_set_size (ask->hits, 0);
  hits = qonys_search_index_find (ask->index, gtk_editable_get_text (ask->entry), 3 * MAX_HITS);
  g_ptr_array_set_free_func (hits, NULL);
  for (guint i = 0; i < hits->len; i++) {
    QonysHit *hit = hits->pdata[i];

    if (qonys_box_is_empty (&hit->box) && isnan (hit->x)) {
      qonys_hit_free (hit);
      continue;
    }
    if (ask->hits->len >= MAX_HITS) {
      qonys_hit_free (hit);
      continue;
    }
    g_ptr_array_add (ask->hits, hit);
    qonys_list_add (GTK_WIDGET (ask->list), hit->title, NULL, hit->title, hit->subtitle, NULL,
                    NULL);
  }
  gtk_list_box_select_row (ask->list, gtk_list_box_get_row_at_index (ask->list, 0));
  gtk_widget_set_visible (GTK_WIDGET (ask->list), ask->hits->len > 0);
}

static void
show_hit (Ask *ask, int index)
{
  const QonysHit *hit;
  QonysBox box;

  if (index < 0 || (guint)index >= ask->hits->len)
    return;
  hit = ask->hits->pdata[index];
  box = qonys_box_is_empty (&hit->box) ? (QonysBox){hit->x, hit->y, hit->x, hit->y} : hit->box;
  gtk_widget_set_visible (ask->box, FALSE);
  qonys_show_ask (ask->show, &box, hit->kind == QONYS_HIT_DISTRICT ? hit->id : NULL);
}

static void
activated_cb (Ask *ask, GtkListBoxRow *row)
{
  show_hit (ask, gtk_list_box_row_get_index (row));
}

static void
entered_cb (Ask *ask)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (ask->list);

  find (ask); /* the text as it is now, however fast it was typed */
  show_hit (ask, row != NULL ? gtk_list_box_row_get_index (row) : 0);
}

static gboolean
key_cb (Ask *ask, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (ask->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (keyval == GDK_KEY_Escape) {
    gtk_widget_set_visible (ask->box, FALSE);
    return TRUE;
  }
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up)
    return FALSE;
  row = gtk_list_box_get_row_at_index (ask->list, index + (keyval == GDK_KEY_Down ? 1 : -1));
  if (row != NULL)
    gtk_list_box_select_row (ask->list, row);
  return TRUE;
}

GtkWidget *
qonys_ask_new (QonysShow *show)
{
  Ask *ask = g_new0 (Ask, 1);
  GtkWidget *entry = gtk_search_entry_new (), *list = qonys_list_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  ask->show = g_object_ref (show);
  ask->hits = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_hit_free);
  ask->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  ask->entry = GTK_EDITABLE (entry);
  ask->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (ask->list, GTK_SELECTION_BROWSE);
  g_object_set (entry, "placeholder-text", _ ("District, place or street"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a place and show it on the wall"), -1);
  gtk_widget_add_css_class (ask->box, "qonys-ask");
  gtk_widget_set_halign (ask->box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (ask->box, GTK_ALIGN_START);
  gtk_widget_set_size_request (ask->box, 420, -1);
  gtk_widget_set_margin_top (ask->box, 12);
  gtk_box_append (GTK_BOX (ask->box), entry);
  gtk_box_append (GTK_BOX (ask->box), list);
  gtk_widget_set_visible (list, FALSE);
  gtk_widget_set_visible (ask->box, FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), ask);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (find), ask);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (entered_cb), ask);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (activated_cb), ask);
  g_object_set_data_full (G_OBJECT (ask->box), "ask", ask, ask_free);
  return ask->box;
}

void
qonys_ask_open (GtkWidget *widget)
{
  Ask *ask = g_object_get_data (G_OBJECT (widget), "ask");
  QonysProject *project =
      qonys_release_get_project (qonys_deck_get_release (qonys_show_get_deck (ask->show)));

  if (project != ask->project) {
    g_clear_pointer (&ask->index, qonys_search_index_free);
    g_clear_pointer (&ask->project, qonys_project_unref);
    ask->project = qonys_project_ref (project);
    ask->index = qonys_search_index_new (project);
  }
  gtk_editable_set_text (ask->entry, "");
  gtk_widget_set_visible (widget, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (ask->entry));
}
