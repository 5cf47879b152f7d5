/* The form of a scene: some thirty rows, one at a time. Place, look and colours are not typed: they
 * are captured from the map. */

#include "ui/scene-dialog.h"

#include "base/error.h"
#include "domain/catalogue.h"
#include "domain/scene.h"
#include "ui/edit-question.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  QonysSession *session;
  char *id;
  GtkWidget *kind;
  GtkEditable *titles[QONYS_N_LANGUAGES], *duration;
  GtkTextBuffer *texts[QONYS_N_LANGUAGES], *notes[QONYS_N_LANGUAGES];
  GtkStackPage *pages[QONYS_N_LANGUAGES];
  GtkEditable *days[QONYS_SCENE_N_FIELDS], *norms[QONYS_SCENE_N_FIELDS]; /* by field */
  GtkWidget *versions[QONYS_SCENE_N_FIELDS];                             /* by field */
  GtkWidget *figures, *before;
  GPtrArray *checks; /* GtkCheckButton, as the catalogue's figures */
  GtkSwitch *annotations;
  GtkLabel *lacks;
  QonysEditQuestion *question;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_ptr_array_unref (form->checks);
  g_free (form->id);
  g_free (form);
}

static QonysEntry *
find_scene (Form *form)
{
  return qonys_plan_find (qonys_session_get_plan (form->session), QONYS_ENTRY_SCENE, form->id);
}

static const char *
get_label (guint field)
{
  return _ (qonys_entry_schema_get (QONYS_ENTRY_SCENE)->fields[field].label);
}

static const GPtrArray *
get_versions (Form *form)
{
  return qonys_plan_get_entries (qonys_session_get_plan (form->session), QONYS_ENTRY_VERSION);
}

/* ---- the edit ---- */

static void
set_value (GPtrArray *values, guint field, char *value)
{
  g_free (values->pdata[field]);
  values->pdata[field] = value;
}

static char *
dup_buffer (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* The figures chosen, those of before in their order. */
static char *
dup_figures (Form *form, const QonysEntry *before)
{
  const GPtrArray *figures = qonys_catalogue_get ()->figures;
  g_auto (GStrv) old = qonys_entry_dup_ids (before, QONYS_SCENE_FIGURES);
  GString *text = g_string_new (NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < (pass == 0 ? g_strv_length (old) : figures->len); i++)
      for (guint j = 0; j < figures->len; j++) {
        const QonysFigure *figure = figures->pdata[j];
        gboolean is_old = g_strv_contains ((const char *const *)old, figure->id);

        if ((pass == 0 ? g_str_equal (old[i], figure->id) : i == j && !is_old) &&
            gtk_check_button_get_active (form->checks->pdata[j]))
          g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", figure->id);
      }
  return g_string_free (text, FALSE);
}

/* Only the number is typed; the rest is as it was, else as the project's. */
static gboolean
set_norm (Form *form, GPtrArray *values, guint field, GError **error)
{
  g_autofree char *text = qonys_form_dup_text (form->norms[field]);
  const char *old = values->pdata[field];
  QonysNorm norm = *qonys_session_get_norm (form->session);
  gboolean has_old = old != NULL && qonys_norm_parse (old, &norm);
  double norm_m2;
  char *end;

  if (text == NULL) {
    set_value (values, field, NULL);
    return TRUE;
  }
  norm_m2 = g_ascii_strtod (g_strdelimit (text, ",", '.'), &end);
  if (*end != '\0' || !(norm_m2 >= 1 && norm_m2 <= 50)) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("A norm is a number of square metres between 1 and 50."));
    return FALSE;
  }
  if (has_old && norm_m2 == norm.norm_m2)
    return TRUE;
  norm.norm_m2 = norm_m2;
  set_value (values, field, qonys_norm_to_text (&norm));
  return TRUE;
}

static void
set_version (Form *form, GPtrArray *values, guint field)
{
  const GPtrArray *versions = get_versions (form);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (form->versions[field]));

  if (selected <= versions->len) /* else a version that is gone, kept until another is chosen */
    set_value (values, field,
               selected == 0 ? NULL
                             : g_strdup (qonys_entry_get_id (versions->pdata[selected - 1])));
}

static gboolean
set_data (Form *form, GPtrArray *values, GError **error)
{
  for (guint i = 0; i < QONYS_SCENE_N_FIELDS; i++) {
    QonysDay day;

    if (form->days[i] != NULL) {
      if (!qonys_form_get_day (form->days[i], &day, error))
        return FALSE;
      set_value (values, i, day == QONYS_DAY_MISSING ? NULL : qonys_day_to_iso (day));
    }
    if (form->norms[i] != NULL && !set_norm (form, values, i, error))
      return FALSE;
    if (form->versions[i] != NULL)
      set_version (form, values, i);
  }
  return TRUE;
}

static QonysEntry *
make_scene (Form *form, const QonysEntry *before, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_full (QONYS_SCENE_N_FIELDS, g_free);

  for (guint i = 0; i < QONYS_SCENE_N_FIELDS; i++)
    g_ptr_array_add (values, g_strdup (qonys_entry_get (before, i)));
  set_value (values, QONYS_SCENE_KIND,
             g_strdup (qonys_scene_type_get_word (
                 adw_combo_row_get_selected (ADW_COMBO_ROW (form->kind)))));
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    set_value (values, QONYS_SCENE_TITLE_KK + i, qonys_form_dup_text (form->titles[i]));
    set_value (values, QONYS_SCENE_TEXT_KK + i, dup_buffer (form->texts[i]));
    set_value (values, QONYS_SCENE_NOTES_KK + i, dup_buffer (form->notes[i]));
  }
  set_value (values, QONYS_SCENE_DURATION_S, qonys_form_dup_text (form->duration));
  set_value (values, QONYS_SCENE_FIGURES, dup_figures (form, before));
  set_value (values, QONYS_SCENE_HAS_ANNOTATIONS,
             g_strdup (gtk_switch_get_active (form->annotations) ? "1" : NULL));
  if (!set_data (form, values, error))
    return NULL;
  return qonys_entry_new (QONYS_ENTRY_SCENE, form->id, (const char *const *)values->pdata);
}

static QonysEdit *
make_edit (gpointer data, GError **error)
{
  Form *form = data;
  QonysEntry *before = find_scene (form);
  g_autoptr (QonysEntry) after = before == NULL ? NULL : make_scene (form, before, error);

  return after == NULL
             ? NULL
             : qonys_story_change (qonys_session_get_plan (form->session), after, "scene.change");
}

/* What the kind does not show is not asked for; what is missing is listed, and is no hindrance. */
static void
check (Form *form)
{
  QonysEntry *before = find_scene (form);
  g_autoptr (QonysEntry) scene = before == NULL ? NULL : make_scene (form, before, NULL);
  g_autoptr (GPtrArray) lacks = NULL;
  g_autofree char *text = NULL;
  QonysSceneType type = adw_combo_row_get_selected (ADW_COMBO_ROW (form->kind));

  gtk_widget_set_visible (form->figures, type == QONYS_SCENE_IS_FIGURES);
  gtk_widget_set_visible (form->before, type == QONYS_SCENE_IS_BEFORE_AFTER);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    gtk_stack_page_set_needs_attention (form->pages[i],
                                        *gtk_editable_get_text (form->titles[i]) == '\0');
  if (scene != NULL) {
    lacks = qonys_scene_check (qonys_session_get_plan (form->session), scene);
    g_ptr_array_add (lacks, NULL);
    text = g_strjoinv ("\n", (char **)lacks->pdata);
    gtk_label_set_text (form->lacks, text);
    gtk_widget_set_visible (GTK_WIDGET (form->lacks), *text != '\0');
  }
  qonys_edit_question_check (form->question);
}

/* ---- the form ---- */

static GtkTextBuffer *
add_text (GtkWidget *box, const char *title, const char *text, int height_px)
{
  GtkWidget *view = gtk_text_view_new (), *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            text == NULL ? "" : text, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height_px);
  gtk_box_append (GTK_BOX (box), qonys_heading_new (title));
  gtk_box_append (GTK_BOX (box), scroller);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static GtkWidget *
make_texts (Form *form, const QonysEntry *scene)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *stack = gtk_stack_new (), *switcher = gtk_stack_switcher_new ();

  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
    GtkWidget *group = adw_preferences_group_new ();

    form->titles[i] = qonys_form_add_entry (group, get_label (QONYS_SCENE_TITLE_KK),
                                            qonys_entry_get (scene, QONYS_SCENE_TITLE_KK + i));
    gtk_box_append (GTK_BOX (page), group);
    form->texts[i] = add_text (page, get_label (QONYS_SCENE_TEXT_KK),
                               qonys_entry_get (scene, QONYS_SCENE_TEXT_KK + i), 56);
    form->notes[i] = add_text (page, get_label (QONYS_SCENE_NOTES_KK),
                               qonys_entry_get (scene, QONYS_SCENE_NOTES_KK + i), 72);
    form->pages[i] = gtk_stack_add_titled (GTK_STACK (stack), page, qonys_language_get_code (i),
                                           qonys_language_get_name (i));
  }
  gtk_stack_set_visible_child_name (GTK_STACK (stack),
                                    qonys_language_get_code (qonys_language_get ()));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  gtk_accessible_update_property (GTK_ACCESSIBLE (switcher), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Language of the texts"), -1);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), stack);
  return box;
}

static void
add_version (Form *form, GtkWidget *group, const QonysEntry *scene, guint field)
{
  const GPtrArray *versions = get_versions (form);
  const char *id = qonys_entry_get (scene, field);
  GtkStringList *titles = gtk_string_list_new (NULL);
  guint selected = id == NULL ? 0 : versions->len + 1;

  gtk_string_list_append (titles, field == QONYS_SCENE_AS_OF ? _ ("Live: the present state")
                                                             : _ ("As on the right"));
  for (guint i = 0; i < versions->len; i++) {
    gtk_string_list_append (titles, qonys_entry_get (versions->pdata[i], QONYS_VERSION_TITLE));
    if (g_strcmp0 (qonys_entry_get_id (versions->pdata[i]), id) == 0)
      selected = i + 1;
  }
  if (selected > versions->len)
    gtk_string_list_append (titles, _ ("A version that is gone"));
  form->versions[field] = qonys_form_add_choice (group, get_label (field), titles, selected);
}

static void
add_norm (Form *form, GtkWidget *group, const QonysEntry *scene, guint field, const char *title)
{
  const char *text = qonys_entry_get (scene, field);
  g_autofree char *number = NULL;
  QonysNorm norm;

  if (text != NULL && qonys_norm_parse (text, &norm))
    number = g_strdup_printf ("%g", norm.norm_m2);
  form->norms[field] = qonys_form_add_entry (group, title, number);
}

static void
add_days (Form *form, GtkWidget *group, const QonysEntry *scene, guint from)
{
  for (guint i = from; i < from + 2; i++)
    form->days[i] = qonys_form_add_day (group, get_label (i), qonys_entry_get_day (scene, i));
}

static GtkWidget *
make_data (Form *form, const QonysEntry *scene)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Data"));
  add_version (form, group, scene, QONYS_SCENE_AS_OF);
  add_days (form, group, scene, QONYS_SCENE_FROM);
  add_norm (form, group, scene, QONYS_SCENE_NORM, _ ("Norm, m² a person; empty: the project’s"));
  form->annotations = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (form->annotations,
                         qonys_entry_get_bool (scene, QONYS_SCENE_HAS_ANNOTATIONS));
  gtk_widget_set_valign (GTK_WIDGET (form->annotations), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (form->annotations), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_label (QONYS_SCENE_HAS_ANNOTATIONS), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 get_label (QONYS_SCENE_HAS_ANNOTATIONS));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (form->annotations));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (form->annotations));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static GtkWidget *
make_before (Form *form, const QonysEntry *scene)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("The left side: before"));
  add_version (form, group, scene, QONYS_SCENE_BEFORE_AS_OF);
  add_days (form, group, scene, QONYS_SCENE_BEFORE_FROM);
  add_norm (form, group, scene, QONYS_SCENE_BEFORE_NORM,
            _ ("Norm, m² a person; 1: as if there were none"));
  return group;
}

static GtkWidget *
make_figures (Form *form, const QonysEntry *scene)
{
  const GPtrArray *figures = qonys_catalogue_get ()->figures;
  g_auto (GStrv) ids = qonys_entry_dup_ids (scene, QONYS_SCENE_FIGURES);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), get_label (QONYS_SCENE_FIGURES));
  for (guint i = 0; i < figures->len; i++) {
    const QonysFigure *figure = figures->pdata[i];
    GtkWidget *row = adw_action_row_new (), *button = gtk_check_button_new ();
    g_autofree char *value = qonys_figure_format (figure);
    g_autofree char *subtitle =
        g_strdup_printf ("%s · %s", value, qonys_text3_get (&figure->period));

    gtk_check_button_set_active (GTK_CHECK_BUTTON (button),
                                 g_strv_contains ((const char *const *)ids, figure->id));
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    qonys_text3_get (&figure->title), -1);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), qonys_text3_get (&figure->title));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    g_ptr_array_add (form->checks, button);
  }
  return group;
}

static GtkWidget *
make_kind (Form *form, const QonysEntry *scene)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkStringList *titles = gtk_string_list_new (NULL);
  const char *duration = qonys_entry_get (scene, QONYS_SCENE_DURATION_S);

  for (guint i = 0; i < QONYS_N_SCENE_KINDS; i++)
    gtk_string_list_append (titles, qonys_scene_type_get_title (i));
  form->kind = qonys_form_add_choice (group, get_label (QONYS_SCENE_KIND), titles,
                                      qonys_scene_get_type (scene));
  form->duration = qonys_form_add_entry (group, _ ("Duration, seconds"), duration);
  return group;
}

static void
watch (Form *form, GtkWidget *box)
{
  qonys_form_watch (box, G_CALLBACK (check), form);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    g_signal_connect_swapped (form->texts[i], "changed", G_CALLBACK (check), form);
    g_signal_connect_swapped (form->notes[i], "changed", G_CALLBACK (check), form);
  }
}

GtkWindow *
qonys_ask_scene (GtkWindow *parent, QonysSession *session, const char *id)
{
  QonysEntry *scene = qonys_plan_find (qonys_session_get_plan (session), QONYS_ENTRY_SCENE, id);
  GtkWidget *box;
  Form *form;

  if (scene == NULL)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  form = g_new0 (Form, 1);
  form->session = session;
  form->id = g_strdup (id);
  form->checks = g_ptr_array_new ();
  form->figures = make_figures (form, scene);
  form->before = make_before (form, scene);
  form->lacks = GTK_LABEL (qonys_text_new ("", "qonys-note"));
  gtk_box_append (GTK_BOX (box), make_texts (form, scene));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form->lacks));
  gtk_box_append (GTK_BOX (box), make_kind (form, scene));
  gtk_box_append (GTK_BOX (box), form->figures);
  gtk_box_append (GTK_BOX (box), make_data (form, scene));
  gtk_box_append (GTK_BOX (box), form->before);
  form->question = qonys_edit_question_ask (parent, session, _ ("Edit the scene"), NULL, box,
                                            _ ("Change"), make_edit, form, form_free);
  watch (form, box);
  check (form);
  gtk_widget_grab_focus (GTK_WIDGET (form->titles[qonys_language_get ()]));
  return qonys_edit_question_get_dialog (form->question);
}
