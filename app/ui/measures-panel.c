/* The fifteen measures, by the body that answers for them; and the page of one, with what is known
 * of its fulfilment: mostly nothing, which is said, with the question to ask. */

#include "ui/measures-panel.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "ui/catalogue-view.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

struct _QonysMeasuresPanel {
  QonysPanel parent_instance;
};

G_DEFINE_FINAL_TYPE (QonysMeasuresPanel, qonys_measures_panel, QONYS_TYPE_PANEL)

/* Icon and words together: a status is never told by colour alone. */
static const char *
get_status_icon (const QonysMeasure *measure)
{
  const struct {
    const char *status, *icon;
  } icons[] = {
      {"accepted", "emblem-default-symbolic"},
      {"in_progress", "content-loading-symbolic"},
      {"partly_done", "content-loading-symbolic"},
      {"done_confirm", "emblem-ok-symbolic"},
      {"done", "emblem-ok-symbolic"},
      {"not_done", "window-close-symbolic"},
      {"withdrawn", "action-unavailable-symbolic"},
  };

  if (qonys_measure_is_overdue (measure, qonys_day_today ()))
    return "task-past-due-symbolic";
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i].status, measure->status) == 0)
      return icons[i].icon;
  return "dialog-question-symbolic";
}

static char *
format_status (const QonysMeasure *measure)
{
  const QonysTerm *status = qonys_catalogue_find_status (measure->status);
  const char *title = status == NULL ? measure->status : qonys_text3_get (&status->title);

  if (!qonys_measure_is_overdue (measure, qonys_day_today ()))
    return g_strdup (title);
  /* Translators: a status, then that the assumed due date is past */
  return g_strdup_printf (_ ("%s; overdue by our reckoning"), title);
}

static GtkWidget *
make_status_icon (const QonysMeasure *measure)
{
  g_autofree char *status = format_status (measure);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_status_icon (measure));

  gtk_widget_set_tooltip_text (icon, status);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, status, -1);
  return icon;
}

/* Measures of one responsible body stand together, under the first body named, in the order of
 * the resolution. */
static void
fill_list (QonysPanel *panel, GtkWidget *box)
{
  const GPtrArray *measures = qonys_catalogue_get ()->measures;
  const char *body_id = NULL;
  GtkWidget *list = NULL;

  gtk_widget_add_css_class (box, "qonys-compact");
  for (guint i = 0; i < measures->len; i++) {
    const QonysMeasure *measure = g_ptr_array_index (measures, i);
    const QonysTerm *body = qonys_catalogue_find_body (measure->bodies[0]);
    GtkWidget *row;

    if (body != NULL && g_strcmp0 (body_id, body->id) != 0) {
      body_id = body->id;
      list = qonys_list_new ();
      gtk_box_append (GTK_BOX (box), qonys_heading_new (qonys_text3_get (&body->title)));
      gtk_box_append (GTK_BOX (box), list);
      gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      qonys_text3_get (&body->title), -1);
      g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_row_activated_cb),
                                panel);
    }
    row = qonys_list_add (list, measure->id, measure->id, qonys_text3_get (&measure->title), NULL,
                          NULL, make_status_icon (measure));
    gtk_widget_set_tooltip_text (row, qonys_text3_get (&measure->text));
  }
}

static void
language_toggled_cb (GtkToggleButton *button, GtkLabel *text)
{
  const QonysMeasure *measure = g_object_get_data (G_OBJECT (text), "qonys-measure");
  GtkWidget *note = g_object_get_data (G_OBJECT (text), "qonys-note");
  QonysLanguage language = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "language"));

  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_label_set_text (text, measure->text.text[language]);
  gtk_label_set_text (GTK_LABEL (note), language == QONYS_KK
                                            ? _ ("The resolution’s own words")
                                            : _ ("Working translation, not official"));
}

/* The text in one of three languages, switched by three linked buttons. */
static void
append_text (const QonysMeasure *measure, GtkWidget *box)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *text = qonys_quote_new ("");
  GtkWidget *note = qonys_text_new ("", "qonys-subtitle");
  GtkToggleButton *first = NULL;

  g_object_set_data (G_OBJECT (text), "qonys-measure", (gpointer)measure);
  g_object_set_data (G_OBJECT (text), "qonys-note", note);
  gtk_widget_add_css_class (buttons, "linked");
  gtk_widget_set_halign (buttons, GTK_ALIGN_START);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (qonys_language_get_name (i));

    if (measure->text.text[i] == NULL)
      gtk_widget_set_sensitive (button, FALSE);
    g_object_set_data (G_OBJECT (button), "language", GUINT_TO_POINTER (i));
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
    if (first == NULL)
      first = GTK_TOGGLE_BUTTON (button);
    gtk_widget_add_css_class (button, "qonys-small");
    g_signal_connect (button, "toggled", G_CALLBACK (language_toggled_cb), text);
    gtk_box_append (GTK_BOX (buttons), button);
    if (i == qonys_language_get ())
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  }
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), note);
}

static void
append_deadline (const QonysMeasure *measure, GtkWidget *box)
{
  const char *note = qonys_text3_get (&measure->deadline_note);

  if (!measure->has_deadline) {
    gtk_box_append (GTK_BOX (box),
                    qonys_text_new (_ ("The resolution sets no deadline."), "qonys-subtitle"));
    return;
  }
  gtk_box_append (GTK_BOX (box), qonys_text_new (qonys_text3_get (&measure->deadline_text), NULL));
  if (measure->deadline_due != QONYS_DAY_MISSING) {
    g_autofree char *base = qonys_format_day (measure->deadline_base);
    g_autofree char *due = qonys_format_day (measure->deadline_due);
    g_autofree char *reading =
        g_strdup_printf (_ ("Assumed: start %s, due %s (a working day)"), base, due);

    gtk_box_append (GTK_BOX (box), qonys_text_new (reading, "qonys-assumed"));
  }
  if (note[0] != '\0')
    gtk_box_append (GTK_BOX (box), qonys_text_new (note, "qonys-subtitle"));
}

static void
append_status (const QonysMeasure *measure, GtkWidget *box)
{
  g_autofree char *status = format_status (measure);
  GtkWidget *pill = qonys_pill_new (get_status_icon (measure), status);

  if (qonys_measure_is_overdue (measure, qonys_day_today ()))
    gtk_widget_add_css_class (pill, "qonys-overdue");
  gtk_box_append (GTK_BOX (box), pill);
  if (g_strcmp0 (measure->status, "no_information") == 0)
    gtk_box_append (
        GTK_BOX (box),
        qonys_text_new (_ ("Nothing has been reported to this map. To ask the body: has it been "
                           "done, when, and by which document?"),
                        "qonys-note"));
}

static void
show_on_map_cb (QonysPanel *panel)
{
  const QonysMeasure *measure = qonys_catalogue_find_measure (qonys_panel_get_item (panel));
  QonysSession *session = qonys_panel_get_session (panel);

  for (char **id = measure->problems; *id != NULL; id++) {
    const QonysProblem *problem = qonys_catalogue_find_problem (*id);

    if (problem != NULL && qonys_session_count_places (session, problem) >= 0) {
      qonys_session_show_problem (session, problem);
      return;
    }
  }
}

static void
append_problems (QonysPanel *panel, const QonysMeasure *measure, GtkWidget *box)
{
  QonysSession *session = qonys_panel_get_session (panel);
  GtkWidget *list = qonys_list_new ();
  gboolean has_place = FALSE;

  for (char **id = measure->problems; *id != NULL; id++) {
    const QonysProblem *problem = qonys_catalogue_find_problem (*id);

    if (problem == NULL)
      continue;
    has_place |= qonys_session_count_places (session, problem) >= 0;
    qonys_list_add (list, problem->id, NULL, qonys_text3_get (&problem->title), NULL, NULL,
                    gtk_image_new_from_icon_name ("go-next-symbolic"));
  }
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_open_elsewhere_cb),
                            panel);
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Problems it addresses")));
  gtk_box_append (GTK_BOX (box), list);
  if (has_place) {
    GtkWidget *button = gtk_button_new_with_label (_ ("Show on the map"));

    gtk_widget_set_halign (button, GTK_ALIGN_START);
    g_signal_connect_swapped (button, "clicked", G_CALLBACK (show_on_map_cb), panel);
    gtk_box_append (GTK_BOX (box), button);
  }
}

static void
fill_item (QonysPanel *panel, const char *id, GtkWidget *box)
{
  const QonysMeasure *measure = qonys_catalogue_find_measure (id);
  g_autofree char *title = g_strdup_printf ("%s. %s", id, qonys_text3_get (&measure->title));

  gtk_box_append (GTK_BOX (box), qonys_text_new (title, "title-3"));
  append_status (measure, box);
  append_text (measure, box);

  gtk_box_append (GTK_BOX (box),
                  qonys_heading_new (ngettext ("Responsible body", "Responsible bodies",
                                               g_strv_length (measure->bodies))));
  for (char **body_id = measure->bodies; *body_id != NULL; body_id++) {
    const QonysTerm *body = qonys_catalogue_find_body (*body_id);

    if (body != NULL)
      gtk_box_append (GTK_BOX (box), qonys_text_new (qonys_text3_get (&body->title), NULL));
  }
  gtk_box_append (GTK_BOX (box), measure->is_recommended
                                     ? qonys_pill_new (NULL, _ ("Recommendation, not an order"))
                                     : qonys_pill_new (NULL, _ ("Decision of the commission")));

  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Deadline")));
  append_deadline (measure, box);
  append_problems (panel, measure, box);

  if (measure->developments->len > 0) {
    gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Later developments")));
    gtk_box_append (GTK_BOX (box),
                    qonys_text_new (_ ("From the press, after the resolution and no part of it; "
                                       "for the commission to confirm."),
                                    "qonys-subtitle"));
  }
  for (guint i = 0; i < measure->developments->len; i++) {
    const QonysDevelopment *development = g_ptr_array_index (measure->developments, i);
    g_autofree char *source = g_strdup_printf ("%s · %s", development->date, development->source);
    GtkWidget *aside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

    gtk_widget_add_css_class (aside, "qonys-aside");
    gtk_box_append (GTK_BOX (aside), qonys_text_new (qonys_text3_get (&development->text), NULL));
    gtk_box_append (GTK_BOX (aside), qonys_text_new (source, "qonys-subtitle"));
    gtk_box_append (GTK_BOX (box), aside);
  }
}

static gboolean
has_item (const char *id)
{
  return qonys_catalogue_find_measure (id) != NULL;
}

static void
qonys_measures_panel_class_init (QonysMeasuresPanelClass *klass)
{
  QonysPanelClass *panel_class = QONYS_PANEL_CLASS (klass);

  panel_class->fill_list = fill_list;
  panel_class->fill_item = fill_item;
  panel_class->has_item = has_item;
}

static void
qonys_measures_panel_init (QonysMeasuresPanel *self)
{
}
