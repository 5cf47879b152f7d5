/* The page of one measure: text, deadline, expected effect, what came of it, and what can be done.
 * Mostly nothing is known of its fulfilment, which is said, with the question to ask. Some fifty
 * widgets, made anew when the measure changes. */

#include "ui/measure-page.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "ui/entry-links.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

static void
append (GtkWidget *box, const char *text, const char *css_class)
{
  gtk_box_append (GTK_BOX (box), qonys_text_new (text, css_class));
}

static void
append_heading (GtkWidget *box, const char *text)
{
  gtk_box_append (GTK_BOX (box), qonys_heading_new (text));
}

static GtkWidget *
append_button (GtkWidget *box, const char *label, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* ---- status ---- */

static GtkWidget *
make_pill (const QonysEntry *measure)
{
  g_autofree char *status = qonys_measure_dup_status (measure);
  GtkWidget *pill = qonys_pill_new (qonys_measure_get_icon (measure), status);

  if (qonys_workflow_is_overdue (measure, qonys_day_today ()))
    gtk_widget_add_css_class (pill, "qonys-overdue");
  return pill;
}

static void
append_status (const QonysEntry *measure, GtkWidget *box)
{
  const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);

  gtk_box_append (GTK_BOX (box), make_pill (measure));
  if (status == NULL || g_str_equal (status, "no_information")) {
    append (box, _ ("No information: the body has to be asked"), "qonys-subtitle");
    append (box,
            _ ("Nothing has been reported to this map. To ask the body: has it been done, when, "
               "and by which document?"),
            "qonys-note");
  }
  append_button (box, _ ("Change the status…"), "measure.status", _ ("Change the status (Ctrl+T)"));
}

/* Days, statuses and roles are public; what somebody wrote to them may be internal. */
static void
append_changes (QonysPanel *panel, const char *id, GtkWidget *box)
{
  QonysSession *session = qonys_panel_get_session (panel);
  g_autoptr (GPtrArray) changes = qonys_workflow_get_changes (qonys_session_get_plan (session), id);
  gboolean is_public = qonys_session_get_audience (session) == QONYS_AUDIENCE_PUBLIC;
  gboolean hides = FALSE;

  if (changes->len == 0)
    return;
  append_heading (box, _ ("History of the status"));
  for (guint i = 0; i < changes->len; i++) {
    const QonysEntry *change = changes->pdata[i];
    const char *evidence = qonys_entry_get (change, QONYS_STATUS_CHANGE_EVIDENCE);
    const char *comment = qonys_entry_get (change, QONYS_STATUS_CHANGE_COMMENT);
    g_autofree char *day = qonys_format_day (qonys_entry_get_day (change, QONYS_STATUS_CHANGE_DAY));
    g_autofree char *line = g_strdup_printf (
        "%s · %s → %s", day,
        qonys_status_get_title (qonys_entry_get (change, QONYS_STATUS_CHANGE_FROM)),
        qonys_status_get_title (qonys_entry_get (change, QONYS_STATUS_CHANGE_TO)));
    GtkWidget *aside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

    gtk_widget_add_css_class (aside, "qonys-aside");
    append (aside, line, NULL);
    append (aside, qonys_role_get_title (qonys_entry_get (change, QONYS_STATUS_CHANGE_ROLE)),
            "qonys-subtitle");
    if (is_public) {
      hides |= evidence != NULL || comment != NULL;
    } else {
      if (evidence != NULL) {
        g_autofree char *text = g_strdup_printf (_ ("Evidence: %s"), evidence);

        append (aside, text, NULL);
      }
      if (comment != NULL) {
        g_autofree char *text = g_strdup_printf (_ ("Comment: %s"), comment);

        append (aside, text, NULL);
      }
    }
    gtk_box_append (GTK_BOX (box), aside);
  }
  if (hides)
    append (box, _ ("Evidence and comments are shown in the commission’s and the official view."),
            "qonys-subtitle");
}

/* ---- text ---- */

static void
language_toggled_cb (GtkToggleButton *button, GtkLabel *text)
{
  const QonysEntry *measure = g_object_get_data (G_OBJECT (text), "qonys-measure");
  GtkWidget *note = g_object_get_data (G_OBJECT (text), "qonys-note");
  QonysLanguage language = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "language"));

  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_label_set_text (text, qonys_entry_get (measure, QONYS_MEASURE_TEXT_KK + language));
  if (!qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN))
    gtk_label_set_text (GTK_LABEL (note), language == QONYS_KK
                                              ? _ ("The resolution’s own words")
                                              : _ ("Working translation, not official"));
}

/* The text in one of three languages, switched by three linked buttons. */
static void
append_text (QonysEntry *measure, GtkWidget *box)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *text = qonys_quote_new ("");
  GtkWidget *note = qonys_text_new ("", "qonys-subtitle");
  GtkToggleButton *first = NULL, *shown = NULL;
  g_autoptr (GString) missing = g_string_new (NULL);

  g_object_set_data_full (G_OBJECT (text), "qonys-measure", qonys_entry_ref (measure),
                          (GDestroyNotify)qonys_entry_unref);
  g_object_set_data (G_OBJECT (text), "qonys-note", note);
  gtk_widget_add_css_class (buttons, "linked");
  gtk_widget_set_halign (buttons, GTK_ALIGN_START);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (qonys_language_get_name (i));

    if (qonys_entry_get (measure, QONYS_MEASURE_TEXT_KK + i) == NULL) {
      gtk_widget_set_sensitive (button, FALSE);
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "",
                              qonys_language_get_name (i));
    } else if (shown == NULL || i == qonys_language_get ()) {
      shown = GTK_TOGGLE_BUTTON (button);
    }
    g_object_set_data (G_OBJECT (button), "language", GUINT_TO_POINTER (i));
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
    if (first == NULL)
      first = GTK_TOGGLE_BUTTON (button);
    gtk_widget_add_css_class (button, "qonys-small");
    g_signal_connect (button, "toggled", G_CALLBACK (language_toggled_cb), text);
    gtk_box_append (GTK_BOX (buttons), button);
  }
  if (shown != NULL)
    gtk_toggle_button_set_active (shown, TRUE);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), note);
  gtk_widget_set_visible (text, shown != NULL);
  gtk_widget_set_visible (note, *gtk_label_get_text (GTK_LABEL (note)) != '\0');
  if (missing->len > 0) {
    g_autofree char *line = g_strdup_printf (_ ("No text yet in: %s"), missing->str);

    append (box, line, "qonys-subtitle");
  }
}

/* ---- deadline ---- */

static void
append_deadline (const QonysEntry *measure, const QonysMeasure *original, GtkWidget *box)
{
  QonysDay base = qonys_entry_get_day (measure, QONYS_MEASURE_BASE_DAY);
  QonysDay due = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);
  const char *reason = qonys_entry_get (measure, QONYS_MEASURE_BASE_REASON);

  append_heading (box, _ ("Deadline"));
  if (qonys_entry_get (measure, QONYS_MEASURE_DEADLINE_RULE) == NULL) {
    append (box, original == NULL ? _ ("No deadline") : _ ("The resolution sets no deadline."),
            "qonys-subtitle");
    return;
  }
  if (original != NULL)
    append (box, qonys_text3_get (&original->deadline_text), NULL);
  if (due != QONYS_DAY_MISSING) {
    gboolean is_assumed = qonys_entry_get_bool (measure, QONYS_MEASURE_IS_BASE_ASSUMED);
    g_autofree char *first = qonys_format_day (base);
    g_autofree char *last = qonys_format_day (due);
    g_autofree char *reading =
        g_strdup_printf (is_assumed ? _ ("Assumed: start %s, due %s (a working day)")
                                    : _ ("Start %s, due %s (a working day)"),
                         first, last);

    append (box, reading, is_assumed ? "qonys-assumed" : NULL);
    if (reason != NULL) {
      g_autofree char *why = g_strdup_printf (_ ("Why from this day: %s"), reason);

      append (box, why, "qonys-subtitle");
    } else if (original != NULL && *qonys_text3_get (&original->deadline_note) != '\0') {
      append (box, qonys_text3_get (&original->deadline_note), "qonys-subtitle");
    }
    append_button (box, _ ("Change the first day…"), "measure.base-day",
                   _ ("Change the first day (Ctrl+D)"));
  }
}

/* ---- effect ---- */

static void
append_effect (const QonysEntry *measure, GtkWidget *box)
{
  const char *id = qonys_entry_get (measure, QONYS_MEASURE_EFFECT_INDICATOR);
  const QonysIndicator *indicator = id == NULL ? NULL : qonys_catalogue_find_indicator (id);
  const char *source = qonys_entry_get (measure, QONYS_MEASURE_EFFECT_SOURCE);
  double to = qonys_entry_get_number (measure, QONYS_MEASURE_EFFECT_TO);

  append_heading (box, _ ("Expected effect"));
  if (indicator != NULL)
    append (box, qonys_text3_get (&indicator->title), NULL);
  if (to == to) { /* not NaN */
    g_autofree char *before =
        qonys_format_decimal (qonys_entry_get_number (measure, QONYS_MEASURE_EFFECT_FROM), 2);
    g_autofree char *after = qonys_format_decimal (to, 2);
    g_autofree char *day =
        qonys_format_day (qonys_entry_get_day (measure, QONYS_MEASURE_EFFECT_BY));
    /* Translators: a value now, the value expected, and the day by which it is */
    g_autofree char *line = g_strdup_printf (_ ("From %s to %s by %s"), before, after, day);
    g_autofree char *says = g_strdup_printf (_ ("Says: %s"), source == NULL ? "–" : source);

    append (box, line, "qonys-number");
    append (box, says, "qonys-subtitle");
  } else {
    append (box, _ ("Nobody has said how much is expected."), "qonys-subtitle");
  }
}

/* ---- what belongs to it ---- */

static void
show_on_map_cb (QonysPanel *panel)
{
  QonysSession *session = qonys_panel_get_session (panel);
  QonysEntry *measure = qonys_plan_find (qonys_session_get_plan (session), QONYS_ENTRY_MEASURE,
                                         qonys_panel_get_item (panel));
  g_auto (GStrv) ids = qonys_entry_dup_ids (measure, QONYS_MEASURE_PROBLEMS);

  if (qonys_select_items_of_measure (session, measure, TRUE))
    return;
  for (char **id = ids; *id != NULL; id++) {
    const QonysProblem *problem = qonys_catalogue_find_problem (*id);

    if (problem != NULL && qonys_session_count_places (session, problem) >= 0) {
      qonys_session_show_problem (session, problem);
      return;
    }
  }
}

static void
append_problems (QonysPanel *panel, const QonysEntry *measure, GtkWidget *box)
{
  QonysSession *session = qonys_panel_get_session (panel);
  g_auto (GStrv) ids = qonys_entry_dup_ids (measure, QONYS_MEASURE_PROBLEMS);
  GtkWidget *list = qonys_list_new ();
  gboolean has_place = qonys_entry_get (measure, QONYS_MEASURE_ITEMS) != NULL;

  for (char **id = ids; *id != NULL; id++) {
    const QonysProblem *problem = qonys_catalogue_find_problem (*id);

    if (problem == NULL)
      continue;
    has_place |= qonys_session_count_places (session, problem) >= 0;
    qonys_list_add (list, problem->id, NULL, qonys_text3_get (&problem->title), NULL, NULL,
                    gtk_image_new_from_icon_name ("go-next-symbolic"));
  }
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_open_elsewhere_cb),
                            panel);
  append_heading (box, _ ("Problems it addresses"));
  if (ids[0] == NULL)
    append (box, _ ("None named"), "qonys-subtitle");
  gtk_box_append (GTK_BOX (box), list);
  if (has_place) {
    GtkWidget *button = gtk_button_new_with_label (_ ("Show on the map"));

    gtk_widget_set_halign (button, GTK_ALIGN_START);
    g_signal_connect_swapped (button, "clicked", G_CALLBACK (show_on_map_cb), panel);
    gtk_box_append (GTK_BOX (box), button);
  }
}

static void
show_item_cb (QonysPanel *panel, GtkListBoxRow *row)
{
  qonys_session_show_entry (qonys_panel_get_session (panel), qonys_row_get_id (row));
}

/* Places marked on the map that this measure shall solve. */
static void
append_items (QonysPanel *panel, const QonysEntry *measure, GtkWidget *box)
{
  QonysPlan *plan = qonys_session_get_plan (qonys_panel_get_session (panel));
  g_auto (GStrv) ids = qonys_entry_dup_ids (measure, QONYS_MEASURE_ITEMS);
  GtkWidget *list;

  if (ids[0] == NULL)
    return;
  append_heading (box, _ ("Marked places"));
  list = qonys_list_new ();
  for (char **id = ids; *id != NULL; id++) {
    const QonysEntry *item = qonys_plan_find (plan, QONYS_ENTRY_ITEM, *id);
    g_autofree char *name = item == NULL ? NULL : qonys_item_dup_name (item);

    if (item != NULL)
      qonys_list_add (list, *id, NULL, name, NULL, NULL,
                      gtk_image_new_from_icon_name ("find-location-symbolic"));
  }
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (show_item_cb), panel);
  gtk_box_append (GTK_BOX (box), list);
}

static void
append_bodies (const QonysEntry *measure, const QonysMeasure *original, GtkWidget *box)
{
  const char *body = qonys_entry_get (measure, QONYS_MEASURE_BODY);
  gboolean is_same = original != NULL && g_strcmp0 (original->bodies[0], body) == 0;

  append_heading (box, ngettext ("Responsible body", "Responsible bodies",
                                 is_same ? g_strv_length (original->bodies) : 1));
  append (box, qonys_body_get_title (body), NULL);
  for (char **other = is_same ? original->bodies + 1 : NULL; other != NULL && *other != NULL;
       other++)
    append (box, qonys_body_get_title (*other), NULL);
  gtk_box_append (GTK_BOX (box),
                  qonys_pill_new (NULL, qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED)
                                            ? _ ("Recommendation, not an order")
                                        : original == NULL ? _ ("An order")
                                                           : _ ("Decision of the commission")));
}

static void
append_developments (const QonysMeasure *measure, GtkWidget *box)
{
  if (measure->developments->len > 0) {
    append_heading (box, _ ("Later developments"));
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

void
qonys_measure_page_fill (QonysPanel *panel, const char *id, GtkWidget *box)
{
  QonysPlan *plan = qonys_session_get_plan (qonys_panel_get_session (panel));
  QonysEntry *measure = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, id);
  const QonysMeasure *original = qonys_catalogue_find_measure (id);
  gboolean is_own = qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN);
  g_autofree char *name = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
  g_autofree char *title = is_own ? g_strdup (name) : g_strdup_printf ("%s. %s", id, name);

  append (box, title, "title-3");
  if (is_own)
    gtk_box_append (GTK_BOX (box), qonys_pill_new (NULL, _ ("Not of the resolution")));
  append_status (measure, box);
  append_text (measure, box);
  append_changes (panel, id, box);
  append_bodies (measure, original, box);
  append_deadline (measure, original, box);
  append_effect (measure, box);
  append_button (box, is_own ? _ ("Edit…") : _ ("Places and effect…"), "measure.edit",
                 _ ("Edit (F2)"));
  append_problems (panel, measure, box);
  append_items (panel, measure, box);
  if (original != NULL)
    append_developments (original, box);
  if (is_own)
    gtk_widget_add_css_class (
        append_button (box, _ ("Delete"), "measure.delete", _ ("Delete the measure (Delete)")),
        "destructive-action");
}
