/* The presenter's search: a few hundred names folded when it is first opened; at most six rows. */

#include "ui/question.h"

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
  char *found;     /* what they were found by */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->index, qonys_search_index_free);
  g_clear_pointer (&question->project, qonys_project_unref);
  g_clear_pointer (&question->hits, g_ptr_array_unref);
  g_free (question->found);
  g_object_unref (question->show);
  g_free (question);
}

static void
find (Question *question)
{
  g_autoptr (GPtrArray) hits = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (question->list, 0)) != NULL)
    gtk_list_box_remove (question->list, GTK_WIDGET (row));
  g_ptr_array_set_size (question->hits, 0);
  g_free (question->found);
  question->found = g_strdup (gtk_editable_get_text (question->entry));
  hits = qonys_search_index_find (question->index, gtk_editable_get_text (question->entry),
                                  3 * MAX_HITS);
  g_ptr_array_set_free_func (hits, NULL);
  for (guint i = 0; i < hits->len; i++) {
    QonysHit *hit = hits->pdata[i];

    if (qonys_box_is_empty (&hit->box) && isnan (hit->x)) {
      qonys_hit_free (hit);
      continue;
    }
    if (question->hits->len >= MAX_HITS) {
      qonys_hit_free (hit);
      continue;
    }
    g_ptr_array_add (question->hits, hit);
    qonys_list_add (GTK_WIDGET (question->list), hit->title, NULL, hit->title, hit->subtitle, NULL,
                    NULL);
  }
  gtk_list_box_select_row (question->list, gtk_list_box_get_row_at_index (question->list, 0));
  gtk_widget_set_visible (GTK_WIDGET (question->list), question->hits->len > 0);
}

static void
show_hit (Question *question, int index)
{
  const QonysHit *hit;
  QonysBox box;

  if (index < 0 || (guint)index >= question->hits->len)
    return;
  hit = question->hits->pdata[index];
  box = qonys_box_is_empty (&hit->box) ? (QonysBox){hit->x, hit->y, hit->x, hit->y} : hit->box;
  gtk_widget_set_visible (question->box, FALSE);
  qonys_show_ask (question->show, &box, hit->title,
                  hit->kind == QONYS_HIT_DISTRICT ? hit->id : NULL);
}

static void
activated_cb (Question *question, GtkListBoxRow *row)
{
  show_hit (question, gtk_list_box_row_get_index (row));
}

static void
entered_cb (Question *question)
{
  int index = 0;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (question->list);

  if (g_strcmp0 (gtk_editable_get_text (question->entry), question->found) !=
      0) /* Enter came before the search that waits */
    find (question);
  else if (row != NULL)
    index = gtk_list_box_row_get_index (row);
  show_hit (question, index);
}

static gboolean
key_cb (Question *question, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (question->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (keyval == GDK_KEY_Escape) {
    gtk_widget_set_visible (question->box, FALSE);
    return TRUE;
  }
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up)
    return FALSE;
  row = gtk_list_box_get_row_at_index (question->list, index + (keyval == GDK_KEY_Down ? 1 : -1));
  if (row != NULL)
    gtk_list_box_select_row (question->list, row);
  return TRUE;
}

GtkWidget *
qonys_question_new (QonysShow *show)
{
  Question *question = g_new0 (Question, 1);
  GtkWidget *entry = gtk_search_entry_new (), *list = qonys_list_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  question->show = g_object_ref (show);
  question->hits = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_hit_free);
  question->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  question->entry = GTK_EDITABLE (entry);
  question->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (question->list, GTK_SELECTION_BROWSE);
  g_object_set (entry, "placeholder-text", _ ("District, place or street"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a place and show it on the wall"), -1);
  gtk_widget_add_css_class (question->box, "qonys-ask");
  gtk_widget_set_halign (question->box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (question->box, GTK_ALIGN_START);
  gtk_widget_set_size_request (question->box, 420, -1);
  gtk_widget_set_margin_top (question->box, 12);
  gtk_box_append (GTK_BOX (question->box), entry);
  gtk_box_append (GTK_BOX (question->box), list);
  gtk_widget_set_visible (list, FALSE);
  gtk_widget_set_visible (question->box, FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), question);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (find), question);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (entered_cb), question);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (activated_cb), question);
  g_object_set_data_full (G_OBJECT (question->box), "question", question, question_free);
  return question->box;
}

void
qonys_question_open (GtkWidget *widget)
{
  Question *question = g_object_get_data (G_OBJECT (widget), "question");
  QonysProject *project =
      qonys_release_get_project (qonys_deck_get_release (qonys_show_get_deck (question->show)));

  if (project != question->project) {
    g_clear_pointer (&question->index, qonys_search_index_free);
    g_clear_pointer (&question->project, qonys_project_unref);
    question->project = qonys_project_ref (project);
    question->index = qonys_search_index_new (project);
  }
  gtk_editable_set_text (question->entry, "");
  gtk_widget_set_visible (widget, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (question->entry));
}
