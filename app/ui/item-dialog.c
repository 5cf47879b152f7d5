/* The form of a marked place, one at a time; some twenty rows. */

#include "domain/catalogue.h"
#include "ui/entry-dialogs.h"
#include "ui/entry-form.h"
#include "ui/entry-links.h"
#include "ui/measure-text.h"
#include <glib/gi18n-lib.h>

typedef struct {
  const char *kind;
  char *ref;
} Place;

typedef struct {
  QonysSession *session;
  QonysEntryForm *form;
  GArray *places; /* Place, as the row shows them */
  GtkWidget *place;
  QonysLinkRow *measures; /* whose items it is among */
} ItemForm;

static void
place_clear (gpointer place)
{
  g_free (((Place *)place)->ref);
}

static void
form_free (gpointer data)
{
  ItemForm *self = data;

  qonys_entry_form_free (self->form);
  g_array_unref (self->places);
  g_free (self);
}

/* ---- place ---- */

static void
add_place (ItemForm *self, GtkStringList *titles, const char *kind, const char *ref,
           const char *title)
{
  Place place = {kind, g_strdup (ref)};

  g_array_append_val (self->places, place);
  gtk_string_list_append (titles, title);
}

/* Where it was begun, then the districts of today, then the city. */
static void
add_place_row (ItemForm *self, GtkWidget *group)
{
  const QonysEntry *start = qonys_entry_form_get_start (self->form);
  const char *kind = qonys_entry_get (start, QONYS_ITEM_PLACE_KIND);
  const char *ref = qonys_entry_get (start, QONYS_ITEM_PLACE_REF);
  g_autoptr (GPtrArray) districts = qonys_districts_get_on_day (
      qonys_project_get_districts (qonys_session_get_project (self->session)), QONYS_DAY_MISSING);
  GtkStringList *titles = gtk_string_list_new (NULL);
  guint selected = 0;

  if (g_strcmp0 (kind, "point") == 0)
    add_place (self, titles, "point", NULL, _ ("Point on the map"));
  else if (g_strcmp0 (kind, "area") == 0)
    add_place (self, titles, "area", NULL, _ ("Area on the map"));
  else if (g_strcmp0 (kind, "cell") == 0)
    add_place (self, titles, "cell", ref, _ ("Square of 500 m"));
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = districts->pdata[i];

    if (g_strcmp0 (kind, "district") == 0 && g_strcmp0 (ref, district->kato) == 0)
      selected = self->places->len;
    add_place (self, titles, "district", district->kato, qonys_text3_get (&district->name));
  }
  if (g_strcmp0 (kind, "city") == 0)
    selected = self->places->len;
  add_place (self, titles, "city", QONYS_CITY_KATO, _ ("City of Astana"));
  self->place = qonys_form_add_choice (group, _ ("Place"), titles, selected);
}

static void
read_place (ItemForm *self, GPtrArray *values)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->place));
  const Place *place = &g_array_index (self->places, Place, selected);

  if (g_strcmp0 (values->pdata[QONYS_ITEM_PLACE_KIND], place->kind) == 0 &&
      g_strcmp0 (values->pdata[QONYS_ITEM_PLACE_REF], place->ref) == 0)
    return;
  qonys_entry_form_set (values, QONYS_ITEM_PLACE_KIND, g_strdup (place->kind));
  qonys_entry_form_set (values, QONYS_ITEM_PLACE_REF, g_strdup (place->ref));
  if (g_str_equal (place->kind, "point") || g_str_equal (place->kind, "area"))
    qonys_entry_form_set (
        values, QONYS_ITEM_SHAPE,
        g_strdup (qonys_entry_get (qonys_entry_form_get_start (self->form), QONYS_ITEM_SHAPE)));
  else
    qonys_entry_form_set (values, QONYS_ITEM_SHAPE, NULL);
}

/* ---- rows ---- */

static void
add_severity_rows (QonysEntryForm *form, GtkWidget *group)
{
  const char *const values[] = {NULL, "1", "2", "3", "4", "5"};
  GtkStringList *titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("Not judged"));
  gtk_string_list_append (titles, _ ("1, slight"));
  for (guint i = 2; i < 5; i++)
    gtk_string_list_append (titles, values[i]);
  gtk_string_list_append (titles, _ ("5, grave"));
  qonys_entry_form_add_choice (form, group, QONYS_ITEM_SEVERITY, titles, values);
  qonys_entry_form_add_text (form, group, QONYS_ITEM_SEVERITY_REASONS);
}

static void
add_role_row (QonysEntryForm *form, GtkWidget *group)
{
  const char *const *roles =
      qonys_entry_schema_get (QONYS_ENTRY_ITEM)->fields[QONYS_ITEM_AUTHOR_ROLE].words;
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (const char *const *role = roles; *role != NULL; role++)
    gtk_string_list_append (titles, qonys_role_get_title (*role));
  qonys_entry_form_add_choice (form, group, QONYS_ITEM_AUTHOR_ROLE, titles, roles);
}

static QonysEdit *
make_edit (gpointer data, GError **error)
{
  ItemForm *self = data;
  g_autoptr (GPtrArray) values = qonys_entry_form_read (self->form, error);
  g_autofree char *measures = NULL;
  QonysEdit *edit;

  if (values == NULL)
    return NULL;
  read_place (self, values);
  edit = qonys_entry_form_make_edit (self->form, values, "item.add", "item.change",
                                     qonys_item_dup_name);
  edit->role = g_strdup (values->pdata[QONYS_ITEM_AUTHOR_ROLE]);
  measures = qonys_link_row_dup_ids (self->measures);
  qonys_entry_links_set (edit, qonys_session_get_plan (self->session),
                         qonys_entry_get_id (qonys_entry_form_get_start (self->form)), measures);
  return edit;
}

static void
add_measures_row (ItemForm *self, GtkWidget *group)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);
  g_autofree char *ids = qonys_entry_links_dup_measures (
      plan, qonys_entry_get_id (qonys_entry_form_get_start (self->form)));
  GtkWidget *row = qonys_link_row_new (_ ("Measures"), qonys_links_new_measures (plan), ids, FALSE);

  self->measures = QONYS_LINK_ROW (row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

GtkWindow *
qonys_ask_item (GtkWindow *parent, QonysSession *session, QonysEntry *start)
{
  GtkWidget *group = adw_preferences_group_new ();
  ItemForm *self = g_new0 (ItemForm, 1);
  QonysEditQuestion *question;
  GtkEditable *text;
  gboolean is_new;

  self->session = session;
  self->form = qonys_entry_form_new (session, start);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
  is_new = qonys_entry_form_is_new (self->form);
  qonys_entry_form_add_links (self->form, group, QONYS_ITEM_PROBLEM, qonys_links_new_problems (),
                              TRUE);
  add_place_row (self, group);
  text = qonys_entry_form_add_text3 (self->form, group, QONYS_ITEM_TEXT_KK);
  qonys_entry_form_add_links (self->form, group, QONYS_ITEM_INDICATOR,
                              qonys_links_new_indicators (), TRUE);
  qonys_entry_form_add_text (self->form, group, QONYS_ITEM_INDICATOR_VALUE);
  qonys_entry_form_add_day (self->form, group, QONYS_ITEM_INDICATOR_DAY);
  add_severity_rows (self->form, group);
  add_measures_row (self, group);
  qonys_entry_form_add_text (self->form, group, QONYS_ITEM_DOCUMENT);
  add_role_row (self->form, group);
  qonys_entry_form_add_day (self->form, group, QONYS_ITEM_SOLVED_ON);
  question = qonys_edit_question_ask (
      parent, session, is_new ? _ ("Mark a problem") : _ ("Edit the marked place"), NULL, group,
      is_new ? _ ("Mark") : _ ("Change"), make_edit, self, form_free);
  qonys_form_watch (group, G_CALLBACK (qonys_edit_question_check), question);
  qonys_edit_question_check (question);
  gtk_widget_grab_focus (GTK_WIDGET (text));
  return qonys_edit_question_get_dialog (question);
}
