/* Questions of two or three rows; the answers go to the session, which does the work. */

#include "ui/open-dialogs.h"
#include "ui/audience.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  GtkWindow *parent;
  QonysSession *session;
  AdwComboRow *what, *format;
  GtkSpinButton *number;
  QonysBox box;
  QonysAnimation animation;
} Question;

/* The chooser after a dialog outlives the dialog's question. */
typedef struct {
  QonysSession *session;
  char *layer;
  QonysBox box;
  QonysAnimation animation;
} Choice;

static Question *
question_new (GtkWindow *parent, QonysSession *session)
{
  Question *question = g_new0 (Question, 1);

  question->parent = parent;
  question->session = g_object_ref (session);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->session);
  g_free (question);
}

static void
add_row (GtkWidget *group, const char *title, GtkWidget *widget)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static AdwComboRow *
add_combo (GtkWidget *group, const char *title, GtkStringList *names)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_object_unref (names);
  return ADW_COMBO_ROW (row);
}

static void
open_chosen_cb (const char *path, gpointer session)
{
  qonys_session_open (session, path);
}

void
qonys_ask_open (GtkWindow *parent, QonysSession *session)
{
  const QonysFileKind kinds[] = {{_ ("Projects"), {"*.gpkg"}}, {_ ("All files"), {"*"}}, {NULL}};

  qonys_dialogs_open_file (parent, _ ("Open a project"), kinds, open_chosen_cb, session);
}

static void
districts_chosen_cb (const char *path, gpointer session)
{
  qonys_session_open_districts (session, path, NULL);
}

void
qonys_ask_open_districts (GtkWindow *parent, QonysSession *session)
{
  const QonysFileKind kinds[] = {
      {_ ("Outlines"), {"*.geojson", "*.json", "*.shp", "*.gpkg", "*.kml", "*.fgb", "*.tab"}},
      {_ ("All files"), {"*"}},
      {NULL}};

  qonys_dialogs_open_file (parent, _ ("Open district outlines"), kinds, districts_chosen_cb,
                           session);
}

/* ---- coordinate system ---- */

typedef struct {
  QonysSession *session;
  char *path;
  GtkWindow *dialog;
  GtkEditable *code;
} CrsQuestion;

static void
crs_question_free (gpointer data)
{
  CrsQuestion *question = data;

  g_object_unref (question->session);
  g_free (question->path);
  g_free (question);
}

/* "28412" is "EPSG:28412". */
static char *
dup_crs (CrsQuestion *question)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (question->code)));
  char *code;

  if (!g_ascii_isdigit (text[0]))
    return text;
  code = g_strconcat ("EPSG:", text, NULL);
  g_free (text);
  return code;
}

static void
crs_typed_cb (CrsQuestion *question)
{
  g_autofree char *code = dup_crs (question);

  qonys_dialogs_set_ready (question->dialog, code[0] != '\0');
}

static void
crs_accepted_cb (gpointer data)
{
  CrsQuestion *question = data;
  g_autofree char *code = dup_crs (question);

  qonys_session_open_districts (question->session, question->path, code);
}

GtkWindow *
qonys_ask_crs (GtkWindow *parent, QonysSession *session, const char *path)
{
  CrsQuestion *question = g_new0 (CrsQuestion, 1);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *entry = qonys_entry_row_new (_ ("Code, such as EPSG:28412"));

  question->session = g_object_ref (session);
  question->path = g_strdup (path);
  question->code = GTK_EDITABLE (entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  question->dialog = qonys_dialogs_ask (
      parent, _ ("Which coordinate system?"),
      qonys_session_get_error (session) == NULL ? NULL : qonys_session_get_error (session)->message,
      group, _ ("Read the outlines"), FALSE, crs_accepted_cb, question, crs_question_free);
  gtk_widget_set_size_request (GTK_WIDGET (question->dialog), 440, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (crs_typed_cb), question);
  crs_typed_cb (question);
  gtk_widget_grab_focus (entry);
  return question->dialog;
}

static char *
with_ending (const char *path)
{
  return g_str_has_suffix (path, ".gpkg") ? g_strdup (path) : g_strconcat (path, ".gpkg", NULL);
}

static void
save_chosen_cb (const char *path, gpointer session)
{
  g_autofree char *whole = with_ending (path);

  qonys_session_save_as (session, whole);
}

void
qonys_ask_save_as (GtkWindow *parent, QonysSession *session)
{
  g_autofree char *title = qonys_session_dup_title (session);
  g_autofree char *name = g_strconcat (title, ".gpkg", NULL);

  qonys_dialogs_save_file (parent, _ ("Save the project as"), name, save_chosen_cb, session);
}

static void
copy_chosen_cb (const char *path, gpointer session)
{
  g_autofree char *whole = with_ending (path);

  qonys_session_save_copy (session, whole);
}

void
qonys_ask_save_copy (GtkWindow *parent, QonysSession *session)
{
  g_autofree char *title = qonys_session_dup_title (session);
  /* Translators: a file's name: the project's, and that it is a copy */
  g_autofree char *name = g_strdup_printf (_ ("%s (copy).gpkg"), title);

  qonys_dialogs_save_file (parent, _ ("Save a copy of the project as"), name, copy_chosen_cb,
                           session);
}

static void
recovery_chosen_cb (const char *path, gpointer session)
{
  g_autofree char *whole = with_ending (path);

  qonys_session_recover (session, whole);
}

void
qonys_ask_recover (GtkWindow *parent, QonysSession *session)
{
  g_autofree char *title = g_path_get_basename (qonys_session_get_damaged (session));
  char *dot = strrchr (title, '.');
  g_autofree char *name = NULL;

  if (dot != NULL && dot != title)
    *dot = '\0';
  /* Translators: a file's name: the damaged project's, and that it is what could be read */
  name = g_strdup_printf (_ ("%s (recovered).gpkg"), title);
  qonys_dialogs_save_file (parent, _ ("Recover into a copy"), name, recovery_chosen_cb, session);
}

static void
writable_copy_cb (gpointer data)
{
  Question *question = data;

  qonys_ask_save_as (question->parent, question->session);
}

GtkWindow *
qonys_ask_writable_copy (GtkWindow *parent, QonysSession *session)
{
  GtkWindow *dialog = qonys_dialogs_ask (
      parent, _ ("Save a copy to go on?"),
      _ ("This project can only be read. The change is made in the copy, and you go on there."),
      NULL, _ ("Save a copy…"), FALSE, writable_copy_cb, question_new (parent, session),
      (GDestroyNotify)question_free);

  g_signal_connect_object (dialog, "response::cancel", G_CALLBACK (qonys_session_drop_held),
                           session, G_CONNECT_SWAPPED);
  return dialog;
}

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->session);
  g_free (choice->layer);
  g_free (choice);
}

/* Kept with the window: a native chooser that is never answered leaves nothing behind. */
static Choice *
choice_new (GtkWindow *parent, QonysSession *session)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->session = g_object_ref (session);
  g_object_set_data_full (G_OBJECT (parent), "qonys-choice", choice, choice_free);
  return choice;
}

/* ---- training project ---- */

static void
demo_accepted_cb (gpointer data)
{
  Question *question = data;

  qonys_session_new_demo (question->session, (gsize)gtk_spin_button_get_value (question->number));
}

void
qonys_ask_new_demo (GtkWindow *parent, QonysSession *session)
{
  Question *question = question_new (parent, session);
  GtkWidget *group = adw_preferences_group_new ();

  question->number = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1000, 1000000, 1000));
  gtk_spin_button_set_value (question->number, 20000);
  add_row (group, _ ("Dwellings"), GTK_WIDGET (question->number));
  qonys_dialogs_ask (parent, _ ("New training project"),
                     _ ("Invented dwellings and operations on the real outlines of the city, to "
                        "learn with. Every picture of them says so; nobody is in them."),
                     group, _ ("Make it"), FALSE, demo_accepted_cb, question,
                     (GDestroyNotify)question_free);
}

/* ---- export ---- */

static const char *
get_export_title (const char *layer)
{
  const struct {
    const char *id, *title;
  } titles[] = {
      {"districts", N_ ("Districts with their indicators")},
      {"cells", N_ ("Cells of 500 m")},
      {"fictitious", N_ ("Fictitious registration")},
      {"overcrowded", N_ ("Overcrowded addresses")},
      {"raids", N_ ("Operations")},
      {"dwellings", N_ ("Dwellings")},
      {"flows", N_ ("Arrivals and departures")},
      {"figures", N_ ("Figures of the resolution")},
      {"problems", N_ ("Problems")},
      {"measures", N_ ("Measures")},
      {"items", N_ ("Marked places")},
      {"annotations", N_ ("Annotations")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].id, layer))
      return _ (titles[i].title);
  return layer;
}

static const char *const PICTURE_FORMATS[] = {"PNG", "PDF", "SVG", NULL};
static const char *const DATA_FORMATS[] = {"GeoJSON", "CSV", NULL};
static const char *const PICTURE_ENDINGS[] = {".png", ".pdf", ".svg"};
static const char *const DATA_ENDINGS[] = {".geojson", ".csv"};

static void
export_what_cb (Question *question)
{
  gboolean is_picture = adw_combo_row_get_selected (question->what) == 0;
  g_autoptr (GtkStringList) formats =
      gtk_string_list_new (is_picture ? PICTURE_FORMATS : DATA_FORMATS);

  adw_combo_row_set_model (question->format, G_LIST_MODEL (formats));
}

static void
export_chosen_cb (const char *path, gpointer data)
{
  Choice *choice = data;

  qonys_session_export (choice->session, choice->layer, &choice->box, path);
}

static void
export_accepted_cb (gpointer data)
{
  Question *question = data;
  Choice *choice = choice_new (question->parent, question->session);
  guint what = adw_combo_row_get_selected (question->what);
  guint format = adw_combo_row_get_selected (question->format);
  g_autofree char *name = NULL;

  choice->box = question->box;
  if (what > 0)
    choice->layer = g_strdup (qonys_release_get_export_layers ()[what - 1]);
  name = g_strconcat ("qonys-", what == 0 ? "map" : choice->layer,
                      what == 0 ? PICTURE_ENDINGS[format] : DATA_ENDINGS[format], NULL);
  qonys_dialogs_save_file (question->parent, _ ("Export to"), name, export_chosen_cb, choice);
}

void
qonys_ask_export (GtkWindow *parent, QonysSession *session, const QonysBox *box)
{
  Question *question = question_new (parent, session);
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *body = g_strdup_printf (
      _ ("What leaves is what the %s shows, with its marks and its hidden values, and it is "
         "written into the export log."),
      qonys_audience_get_title (qonys_session_get_audience (session)));
  GtkWindow *dialog;

  question->box = *box;
  gtk_string_list_append (names, _ ("Picture of the map as it is now"));
  for (const char *const *layer = qonys_release_get_export_layers (); *layer != NULL; layer++)
    gtk_string_list_append (names, get_export_title (*layer));
  question->what = add_combo (group, _ ("What to export"), names);
  question->format = add_combo (group, _ ("Format"), gtk_string_list_new (PICTURE_FORMATS));
  dialog = qonys_dialogs_ask (parent, _ ("Export"), body, group, _ ("Choose where to…"), FALSE,
                              export_accepted_cb, question, (GDestroyNotify)question_free);
  g_signal_connect_swapped (question->what, "notify::selected", G_CALLBACK (export_what_cb),
                            question);
  gtk_widget_set_size_request (GTK_WIDGET (dialog), 440, -1);
}

/* ---- animation ---- */

static void
animation_chosen_cb (const char *path, gpointer data)
{
  Choice *choice = data;

  qonys_session_export_animation (choice->session, &choice->animation, &choice->box, path);
}

static void
animation_accepted_cb (gpointer data)
{
  Question *question = data;
  Choice *choice = choice_new (question->parent, question->session);
  gboolean is_file = adw_combo_row_get_selected (question->what) == 0;

  choice->box = question->box;
  choice->animation = question->animation;
  qonys_dialogs_save_file (question->parent, _ ("Export to"),
                           is_file ? "qonys-animation.png" : "qonys-animation", animation_chosen_cb,
                           choice);
}

void
qonys_ask_export_animation (GtkWindow *parent, QonysSession *session, const QonysBox *box,
                            const QonysAnimation *animation)
{
  Question *question = question_new (parent, session);
  GtkStringList *forms = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWindow *dialog;

  question->box = *box;
  question->animation = *animation;
  gtk_string_list_append (forms, _ ("One animated picture (APNG)"));
  gtk_string_list_append (forms, _ ("A folder of numbered pictures (PNG)"));
  question->what = add_combo (group, _ ("Form"), forms);
  dialog = qonys_dialogs_ask (
      parent, _ ("Export the animation"),
      _ ("A picture for each step of the time bar, with its window and its rate, and with the "
         "marks and hidden values of this view. Browsers play the animated picture; other programs "
         "may show its first one only."),
      group, _ ("Choose where to…"), FALSE, animation_accepted_cb, question,
      (GDestroyNotify)question_free);
  gtk_widget_set_size_request (GTK_WIDGET (dialog), 440, -1);
}

void
qonys_ask_discard (GtkWindow *parent, QonysAcceptFunc func, gpointer data)
{
  qonys_dialogs_ask (parent, _ ("Close without saving?"),
                     _ ("What was added or changed last is in no file yet. “Save as…” keeps it."),
                     NULL, _ ("Close without saving"), TRUE, func, data, NULL);
}
