/* The nineteen problems, by the level at which they have a place; and the page of one. */

#include "ui/problems-panel.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "ui/catalogue-view.h"
#include "ui/measure-list.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include "ui/why-dialog.h"
#include <glib/gi18n-lib.h>

#define REFUGE_ID                                                                                  \
  "P16" /* has no place because its people need protection, not for want of data                   \
         */

struct _QonysProblemsPanel {
  QonysPanel parent_instance;
};

G_DEFINE_FINAL_TYPE (QonysProblemsPanel, qonys_problems_panel, QONYS_TYPE_PANEL)

static char *
format_places (QonysSession *session, const QonysProblem *problem)
{
  gint64 n = qonys_session_count_places (session, problem);
  g_autofree char *number = qonys_format_int (n);

  if (n < 0)
    return g_strdup (_ ("no place on the map"));
  if (n == 0)
    return g_strdup (_ ("no data loaded"));
  /* Translators: %s is a number with spaces between thousands; the plural goes by it */
  if (qonys_session_get_audience (session) == QONYS_AUDIENCE_OFFICIAL)
    return g_strdup_printf (ngettext ("%s place", "%s places", (gulong)n), number);
  return g_strdup_printf (ngettext ("%s area", "%s areas", (gulong)n), number);
}

static GtkWidget *
make_symbol (const QonysProblem *problem)
{
  GtkWidget *empty;
  QonysLayer layer;

  if (problem->layers != NULL && problem->layers[0] != NULL &&
      qonys_layer_parse (problem->layers[0], &layer) && layer != QONYS_LAYER_DISTRICTS)
    return qonys_symbol_new (layer, 18);
  empty = gtk_image_new_from_icon_name (problem->is_on_map ? "mark-location-symbolic" : NULL);
  gtk_image_set_pixel_size (GTK_IMAGE (empty), 16);
  gtk_widget_set_size_request (empty, 18, -1);
  gtk_widget_add_css_class (empty, "dim-label");
  return empty;
}

static void
fill_list (QonysPanel *panel, GtkWidget *box)
{
  const char *const levels[] = {"address", "site", "district", "service_point", "city"};
  const GPtrArray *problems = qonys_catalogue_get ()->problems;

  for (guint l = 0; l < G_N_ELEMENTS (levels); l++) {
    GtkWidget *list = qonys_list_new ();
    gboolean is_empty = TRUE;

    for (guint i = 0; i < problems->len; i++) {
      const QonysProblem *problem = g_ptr_array_index (problems, i);
      const QonysTerm *category = qonys_catalogue_find_category (problem->category);
      g_autofree char *places = NULL;
      g_autofree char *subtitle = NULL;

      if (g_strcmp0 (problem->map_level, levels[l]) != 0)
        continue;
      is_empty = FALSE;
      places = format_places (qonys_panel_get_session (panel), problem);
      subtitle = g_strdup_printf (
          "%s · %s", category == NULL ? "" : qonys_text3_get (&category->title), places);
      qonys_list_add (list, problem->id, NULL, qonys_text3_get (&problem->title), subtitle,
                      make_symbol (problem), NULL);
    }
    if (is_empty) {
      g_object_ref_sink (list);
      g_object_unref (list);
      continue;
    }
    gtk_box_append (GTK_BOX (box), qonys_heading_new (qonys_level_get_title (levels[l])));
    gtk_box_append (GTK_BOX (box), list);
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    qonys_level_get_title (levels[l]), -1);
    g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_row_activated_cb),
                              panel);
  }
}

static void
show_on_map_cb (QonysPanel *panel)
{
  const QonysProblem *problem = qonys_catalogue_find_problem (qonys_panel_get_item (panel));

  qonys_session_show_problem (qonys_panel_get_session (panel), problem);
}

static void
append_place (QonysPanel *panel, const QonysProblem *problem, GtkWidget *box)
{
  gint64 n = qonys_session_count_places (qonys_panel_get_session (panel), problem);
  g_autofree char *places = format_places (qonys_panel_get_session (panel), problem);
  const char *why = qonys_text3_get (&problem->why_no_place);
  GtkWidget *button;

  if (n < 0) {
    gtk_box_append (GTK_BOX (box),
                    qonys_text_new (why[0] != '\0' ? why
                                                   : _ ("The resolution gives no figure below the "
                                                        "city, so there is nothing to put on the "
                                                        "map. What is known is below."),
                                    "qonys-note"));
    if (g_str_equal (problem->id, REFUGE_ID))
      gtk_box_append (GTK_BOX (box), qonys_why_button_new ());
    return;
  }
  button = gtk_button_new_with_label (_ ("Show on the map"));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (show_on_map_cb), panel);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box),
                  qonys_text_new (n > 0 ? places
                                        : _ ("No data of this kind are loaded. Add them with "
                                             "“Add data…”; unknown is not zero."),
                                  "qonys-subtitle"));
}

static void
fill_item (QonysPanel *panel, const char *id, GtkWidget *box)
{
  const QonysProblem *problem = qonys_catalogue_find_problem (id);
  const QonysTerm *category = qonys_catalogue_find_category (problem->category);
  QonysPlan *plan = qonys_session_get_plan (qonys_panel_get_session (panel));
  const QonysMeasureQuery query = {.group = QONYS_GROUP_NONE, .problem = id};
  g_autoptr (GPtrArray) measures = qonys_measure_list_find (plan, &query);
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gboolean is_stated = g_strcmp0 (problem->basis, "stated") == 0;

  gtk_box_append (GTK_BOX (box), qonys_text_new (qonys_text3_get (&problem->title), "title-3"));
  gtk_box_append (
      GTK_BOX (pills),
      qonys_pill_new (NULL, category == NULL ? "" : qonys_text3_get (&category->title)));
  gtk_box_append (GTK_BOX (pills),
                  qonys_pill_new (NULL, qonys_level_get_title (problem->map_level)));
  gtk_box_append (GTK_BOX (pills),
                  qonys_pill_new (is_stated ? "emblem-ok-symbolic" : "dialog-question-symbolic",
                                  is_stated ? _ ("Stated by the resolution")
                                            : _ ("Implied: our reading of the resolution")));
  gtk_box_append (GTK_BOX (box), pills);
  gtk_box_append (GTK_BOX (box), qonys_text_new (qonys_text3_get (&problem->description), NULL));
  append_place (panel, problem, box);

  if (problem->figures[0] != NULL) {
    gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Figures of the resolution")));
    qonys_append_figures (box, problem->figures);
  }

  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Measures that address it")));
  if (measures->len == 0) {
    gtk_box_append (GTK_BOX (box),
                    qonys_text_new (_ ("The resolution names no measure for it."), "qonys-note"));
  } else {
    GtkWidget *list = qonys_list_new ();

    for (guint i = 0; i < measures->len; i++) {
      const QonysEntry *measure = measures->pdata[i];
      const char *number = qonys_entry_get_id (measure);
      g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
      g_autofree char *status = qonys_measure_dup_status (measure);

      qonys_list_add (list, number,
                      qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN) ? "＋" : number, title,
                      status, NULL, gtk_image_new_from_icon_name ("go-next-symbolic"));
    }
    g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_open_elsewhere_cb),
                              panel);
    gtk_box_append (GTK_BOX (box), list);
  }

  if (problem->paragraphs[0] != NULL) {
    gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Where the resolution says so")));
    qonys_append_paragraphs (box, problem->paragraphs);
  }
}

static gboolean
has_item (QonysPanel *panel, const char *id)
{
  return qonys_catalogue_find_problem (id) != NULL;
}

static void
qonys_problems_panel_class_init (QonysProblemsPanelClass *klass)
{
  QonysPanelClass *panel_class = QONYS_PANEL_CLASS (klass);

  panel_class->fill_list = fill_list;
  panel_class->fill_item = fill_item;
  panel_class->has_item = has_item;
  panel_class->depends_on = QONYS_CHANGED_RELEASE | QONYS_CHANGED_PLAN;
}

static void
qonys_problems_panel_init (QonysProblemsPanel *self)
{
}
