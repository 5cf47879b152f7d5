/* Some twenty rows a form, one form at a time; read anew at each key, some microseconds. */

#include "ui/entry-form.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

typedef enum { ROW_NONE, ROW_TEXT, ROW_DAY, ROW_SWITCH, ROW_CHOICE, ROW_LINKS } RowType;

typedef struct {
  RowType type;
  gpointer widget;
  char **values; /* of a choice; one that is "" is the missing one */
} Row;

struct _QonysEntryForm {
  QonysSession *session;
  QonysEntry *start;
  gboolean is_new;
  Row *rows; /* by field */
};

static const QonysEntrySchema *
get_schema (const QonysEntryForm *self)
{
  return qonys_entry_schema_get (qonys_entry_get_kind (self->start));
}

static QonysEntry *
find_before (const QonysEntryForm *self)
{
  return qonys_plan_find (qonys_session_get_plan (self->session),
                          qonys_entry_get_kind (self->start), qonys_entry_get_id (self->start));
}

static const char *
get_label (const QonysEntryForm *self, guint field)
{
  return _ (get_schema (self)->fields[field].label);
}

QonysEntryForm *
qonys_entry_form_new (QonysSession *session, QonysEntry *start)
{
  QonysEntryForm *self = g_new0 (QonysEntryForm, 1);

  self->session = session;
  self->start = start;
  self->is_new = find_before (self) == NULL;
  self->rows = g_new0 (Row, get_schema (self)->n_fields);
  return self;
}

void
qonys_entry_form_free (gpointer form)
{
  QonysEntryForm *self = form;

  for (guint i = 0; i < get_schema (self)->n_fields; i++)
    g_strfreev (self->rows[i].values);
  g_free (self->rows);
  qonys_entry_unref (self->start);
  g_free (self);
}

gboolean
qonys_entry_form_is_new (const QonysEntryForm *self)
{
  return self->is_new;
}

const QonysEntry *
qonys_entry_form_get_start (const QonysEntryForm *self)
{
  return self->start;
}

/* ---- rows ---- */

static GtkEditable *
add_line (QonysEntryForm *self, GtkWidget *group, guint field, const char *title)
{
  GtkEditable *entry = qonys_form_add_entry (group, title, qonys_entry_get (self->start, field));

  self->rows[field] = (Row){ROW_TEXT, entry, NULL};
  return entry;
}

GtkEditable *
qonys_entry_form_add_text (QonysEntryForm *self, GtkWidget *group, guint field)
{
  return add_line (self, group, field, get_label (self, field));
}

static void
list_missing (GtkEditable *changed, GtkLabel *label)
{
  GtkEditable **lines = g_object_get_data (G_OBJECT (label), "qonys-lines");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    g_autofree char *line = qonys_form_dup_text (lines[i]);

    if (line == NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              qonys_language_get_name (i));
  }
  /* Translators: languages in which a text is not written yet */
  text = g_strdup_printf (_ ("Missing: %s"), names->str);
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), names->len > 0);
}

GtkEditable *
qonys_entry_form_add_text3 (QonysEntryForm *self, GtkWidget *group, guint field)
{
  GtkEditable **lines = g_new (GtkEditable *, QONYS_N_LANGUAGES);
  GtkWidget *label = qonys_text_new ("", "qonys-row-note"), *row = adw_preferences_row_new ();

  g_object_set_data_full (G_OBJECT (label), "qonys-lines", lines, g_free);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    g_autofree char *title =
        g_strdup_printf ("%s (%s)", get_label (self, field), qonys_language_get_name (i));

    lines[i] = add_line (self, group, field + i, title);
  }
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    g_signal_connect_object (lines[i], "changed", G_CALLBACK (list_missing), label, 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_bind_property (label, "visible", row, "visible", G_BINDING_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  list_missing (NULL, GTK_LABEL (label));
  return lines[qonys_language_get ()];
}

GtkEditable *
qonys_entry_form_add_day (QonysEntryForm *self, GtkWidget *group, guint field)
{
  GtkEditable *entry =
      qonys_form_add_day (group, get_label (self, field), qonys_entry_get_day (self->start, field));

  self->rows[field] = (Row){ROW_DAY, entry, NULL};
  return entry;
}

GtkSwitch *
qonys_entry_form_add_switch (QonysEntryForm *self, GtkWidget *group, guint field)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();
  const char *title = get_label (self, field);

  gtk_switch_set_active (GTK_SWITCH (toggle), qonys_entry_get_bool (self->start, field));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->rows[field] = (Row){ROW_SWITCH, toggle, NULL};
  return GTK_SWITCH (toggle);
}

GtkWidget *
qonys_entry_form_add_choice (QonysEntryForm *self, GtkWidget *group, guint field,
                             GtkStringList *titles, const char *const *values)
{
  const char *now = qonys_entry_get (self->start, field);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (titles)), selected = n;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (all, g_strdup (values[i] == NULL ? "" : values[i]));
    if (selected == n && g_strcmp0 (values[i], now) == 0)
      selected = i;
  }
  if (selected == n && now != NULL) { /* another of a file stays as it is */
    gtk_string_list_append (titles, now);
    g_ptr_array_add (all, g_strdup (now));
  } else if (selected == n) {
    selected = 0;
  }
  g_ptr_array_add (all, NULL);
  self->rows[field] =
      (Row){ROW_CHOICE, qonys_form_add_choice (group, get_label (self, field), titles, selected),
            (char **)g_ptr_array_steal (all, NULL)};
  return self->rows[field].widget;
}

QonysLinkRow *
qonys_entry_form_add_links (QonysEntryForm *self, GtkWidget *group, guint field, GListStore *links,
                            gboolean is_single)
{
  GtkWidget *row = qonys_link_row_new (get_label (self, field), links,
                                       qonys_entry_get (self->start, field), is_single);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->rows[field] = (Row){ROW_LINKS, row, NULL};
  return QONYS_LINK_ROW (row);
}

/* ---- the edit ---- */

/* A decimal comma is people's way of writing, a point the file's. */
static char *
read_text (QonysEntryForm *self, guint field)
{
  char *text = qonys_form_dup_text (self->rows[field].widget);

  if (text != NULL && get_schema (self)->fields[field].type == QONYS_VALUE_DECIMAL)
    g_strdelimit (text, ",", '.');
  return text;
}

/* Returns: FALSE with @error set if a day is none */
static gboolean
read_row (QonysEntryForm *self, guint field, GPtrArray *values, GError **error)
{
  const Row *row = &self->rows[field];
  QonysDay day;

  switch (row->type) {
  case ROW_TEXT:
    qonys_entry_form_set (values, field, read_text (self, field));
    break;
  case ROW_DAY:
    if (!qonys_form_get_day (row->widget, &day, error))
      return FALSE;
    qonys_entry_form_set (values, field, day == QONYS_DAY_MISSING ? NULL : qonys_day_to_iso (day));
    break;
  case ROW_SWITCH:
    qonys_entry_form_set (values, field,
                          g_strdup (gtk_switch_get_active (row->widget) ? "1" : "0"));
    break;
  case ROW_CHOICE: {
    const char *value = row->values[adw_combo_row_get_selected (row->widget)];

    qonys_entry_form_set (values, field, *value == '\0' ? NULL : g_strdup (value));
    break;
  }
  case ROW_LINKS:
    qonys_entry_form_set (values, field, qonys_link_row_dup_ids (row->widget));
    break;
  case ROW_NONE:
  default:
    break;
  }
  return TRUE;
}

GPtrArray *
qonys_entry_form_read (QonysEntryForm *self, GError **error)
{
  const QonysEntry *before = find_before (self);
  g_autoptr (GPtrArray) values = NULL;

  if (before == NULL && !self->is_new)
    return NULL;
  values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < get_schema (self)->n_fields; i++) {
    g_ptr_array_add (values, g_strdup (qonys_entry_get (before == NULL ? self->start : before, i)));
    if (!read_row (self, i, values, error))
      return NULL;
  }
  return g_steal_pointer (&values);
}

void
qonys_entry_form_set (GPtrArray *values, guint field, char *value)
{
  g_free (values->pdata[field]);
  values->pdata[field] = value;
}

QonysEdit *
qonys_entry_form_make_edit (QonysEntryForm *self, const GPtrArray *values, const char *add,
                            const char *change, char *(*dup_name) (const QonysEntry *entry))
{
  QonysEntry *before = find_before (self);
  g_autoptr (QonysEntry) after =
      qonys_entry_new (qonys_entry_get_kind (self->start), qonys_entry_get_id (self->start),
                       (const char *const *)values->pdata);
  g_autofree char *name = dup_name (after);
  QonysEdit *edit = qonys_edit_new (before == NULL ? add : change, name, NULL, NULL);

  qonys_edit_add (edit, before, after);
  return edit;
}
