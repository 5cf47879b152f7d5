/* The columns of a file in the import assistant: up to some sixty rows with a choice of some forty
 * roles; the rows are made anew when the file was looked at again, their notes with every choice. A
 * row takes some 8 ms, so those out of sight come a few at a time while nothing else is to do. */

#include "ui/import-mapping.h"
#include "base/format.h"
#include "ui/import-roles.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

#define FIRST_ROWS 3
#define MORE_ROWS 2

/* A proposal below this is only a guess by a part of the name. */
#define SURE_SCORE 0.8

struct _QonysImportMapping {
  AdwBin parent_instance;

  QonysExamination *examination; /* borrowed */
  GtkWidget *group, *problem;    /* borrowed */
  GtkLabel *problem_label;       /* borrowed */
  GPtrArray *rows;               /* element-type Row: of the first columns; all in the end */
  GtkStringList *names;          /* of the roles */
  guint filling_id;              /* 0: all rows are there */
  GArray *roles;                 /* element-type QonysImportRole: what can be chosen, in order */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (QonysImportMapping, qonys_import_mapping, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* All borrowed. */
typedef struct {
  GtkWidget *row, *icon;
  GtkDropDown *choice;
  gboolean is_chosen; /* by the user */
} Row;

static const QonysExaminedColumn *
get_column (const QonysImportMapping *self, guint number)
{
  return self->examination->columns->pdata[number];
}

static QonysRecipeColumn *
get_role (const QonysImportMapping *self, guint number)
{
  return self->examination->recipe->columns->pdata[number];
}

static const QonysSchema *
get_schema (const QonysImportMapping *self)
{
  return qonys_schema_get (self->examination->recipe->type);
}

/* ---- what is said of a column ---- */

static char *
describe_kind (const QonysExaminedColumn *column)
{
  g_autofree char *numbers = qonys_format_int (column->n_numbers);
  g_autofree char *dates = qonys_format_int (column->n_dates);
  g_autofree char *texts = qonys_format_int (column->n_texts);

  switch (column->kind) {
  case QONYS_KIND_EMPTY:
    return g_strdup (_ ("Empty"));
  case QONYS_KIND_INTEGER:
    return g_strdup (_ ("Whole numbers"));
  case QONYS_KIND_DECIMAL:
    return g_strdup (_ ("Numbers"));
  case QONYS_KIND_DATE:
    return g_strdup (_ ("Dates"));
  case QONYS_KIND_CODE:
    return g_strdup (_ ("Codes"));
  case QONYS_KIND_TEXT:
    return g_strdup (_ ("Texts"));
  default: /* Translators: three counts */
    return g_strdup_printf (_ ("Mixed: numbers %1$s, dates %2$s, texts %3$s"), numbers, dates,
                            texts);
  }
}

/* Why the choice should be looked at; NULL: it need not. */
static char *
describe_doubt (const QonysImportMapping *self, guint number)
{
  const QonysExaminedColumn *column = get_column (self, number);
  const QonysRecipeColumn *role = get_role (self, number);
  const Row *row = self->rows->pdata[number];
  g_autofree char *n_misfits = qonys_format_int (column->n_misfits);

  if (row->is_chosen)
    return NULL;
  if (column->n_misfits > 0)
    return g_strdup_printf (
        _ ("Values that do not fit: %s; rows with them will be left out and listed"), n_misfits);
  if (self->examination->is_known_recipe)
    return NULL;
  if (column->is_tie)
    return g_strdup (_ ("Its name may mean several fields: choose one"));
  if (role->role != QONYS_ROLE_IGNORE && role->role != QONYS_ROLE_STRIP &&
      column->score < SURE_SCORE)
    return g_strdup (_ ("Guessed by its name: look whether it is so"));
  return NULL;
}

static void
update_row (QonysImportMapping *self, guint number)
{
  const QonysExaminedColumn *column = get_column (self, number);
  const Row *row = self->rows->pdata[number];
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *kind = describe_kind (column);
  g_autofree char *doubt = describe_doubt (self, number);

  g_string_append (text, kind);
  for (guint i = 0; i < 3 && column->samples[i] != NULL; i++)
    g_string_append_printf (
        text, " · %.*s",
        (int)(g_utf8_offset_to_pointer (column->samples[i],
                                        MIN (g_utf8_strlen (column->samples[i], -1), 30)) -
              column->samples[i]),
        column->samples[i]);
  if (doubt != NULL)
    g_string_append_printf (text, "\n%s", doubt);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), text->str);
  gtk_widget_set_visible (row->icon, doubt != NULL);
  gtk_drop_down_set_selected (row->choice,
                              qonys_import_roles_find (self->roles, get_role (self, number)));
}

/* ---- what is wrong with all of them ---- */

static char *
find_missing (const QonysImportMapping *self)
{
  const QonysSchema *schema = get_schema (self);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < schema->n_fields; i++)
    if (schema->fields[i].is_required &&
        qonys_recipe_find_field (self->examination->recipe, i) == NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              _ (schema->fields[i].label));
  if (names->len == 0)
    return NULL;
  return g_strdup_printf (_ ("No column yet for what every row must have: %s. Choose it below."),
                          names->str);
}

static char *
find_twice (const QonysImportMapping *self)
{
  for (guint i = 0; i < self->examination->columns->len; i++)
    for (guint j = 0; j < i; j++)
      if (get_role (self, i)->role == QONYS_ROLE_FIELD &&
          get_role (self, j)->role == QONYS_ROLE_FIELD &&
          get_role (self, i)->field == get_role (self, j)->field)
        /* Translators: a field, two columns */
        return g_strdup_printf (_ ("“%1$s” is taken from two columns: “%2$s” and “%3$s”. Ignore "
                                   "one of them."),
                                _ (get_schema (self)->fields[get_role (self, i)->field].label),
                                get_column (self, j)->header, get_column (self, i)->header);
  return NULL;
}

static char *
find_problem (const QonysImportMapping *self)
{
  g_autoptr (GError) error = NULL;
  char *problem = find_twice (self);

  if (problem == NULL && !qonys_recipe_check (self->examination->recipe, &error))
    problem = g_strdup (error->message);
  return problem != NULL ? problem : find_missing (self);
}

void
qonys_import_mapping_update (QonysImportMapping *self)
{
  g_autofree char *problem = find_problem (self);

  self->is_updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, i);
  self->is_updating = FALSE;
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
}

gboolean
qonys_import_mapping_is_complete (QonysImportMapping *self)
{
  return !gtk_widget_get_visible (self->problem);
}

/* ---- rows ---- */

static void
chosen_cb (GtkDropDown *choice, GParamSpec *pspec, QonysImportMapping *self)
{
  const QonysImportRole *role;

  if (self->is_updating)
    return;
  role = &g_array_index (self->roles, QonysImportRole, gtk_drop_down_get_selected (choice));
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    if (row->choice != choice)
      continue;
    row->is_chosen = TRUE;
    get_role (self, i)->role = role->role;
    get_role (self, i)->field = role->field;
  }
  qonys_import_mapping_update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
setup_choice_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_choice_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static GtkWidget *
choice_new (GtkStringList *names)
{
  GtkExpression *name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *choice = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), name);
  g_autoptr (GtkListItemFactory) list_factory = NULL;

  list_factory = g_object_ref (gtk_drop_down_get_factory (GTK_DROP_DOWN (choice)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_choice_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_choice_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), factory);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (choice), list_factory);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (choice), TRUE);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (choice, 290, -1);
  return choice;
}

static void
add_column (QonysImportMapping *self)
{
  guint number = self->rows->len;
  const char *header = get_column (self, number)->header;
  Row *row = g_new0 (Row, 1);
  GtkWidget *choice = choice_new (self->names);
  g_autofree char *nameless = g_strdup_printf (_ ("Column %u, without a name"), number + 1);
  const char *title = *header != '\0' ? header : nameless;

  row->row = adw_action_row_new ();
  row->icon = gtk_image_new_from_icon_name ("dialog-question-symbolic");
  row->choice = GTK_DROP_DOWN (choice);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row->row), choice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Doubtful"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row->row);
  update_row (self, number);
}

/* Returns: whether there are more */
static gboolean
add_columns (QonysImportMapping *self, guint n)
{
  guint end = MIN (self->rows->len + n, self->examination->columns->len);

  self->is_updating = TRUE;
  while (self->rows->len < end)
    add_column (self);
  self->is_updating = FALSE;
  return end < self->examination->columns->len;
}

static gboolean
add_more_cb (gpointer data)
{
  QonysImportMapping *self = data;

  if (add_columns (self, MORE_ROWS))
    return G_SOURCE_CONTINUE;
  self->filling_id = 0;
  return G_SOURCE_REMOVE;
}

void
qonys_import_mapping_fill (QonysImportMapping *self, QonysExamination *examination)
{
  g_clear_handle_id (&self->filling_id, g_source_remove);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group),
                                  ((Row *)self->rows->pdata[i])->row);
  g_ptr_array_set_size (self->rows, 0);
  self->examination = examination;
  g_clear_object (&self->names);
  self->names = qonys_import_roles_list (examination->recipe->type, self->roles);
  if (add_columns (self, FIRST_ROWS))
    self->filling_id = g_idle_add (add_more_cb, self);
  qonys_import_mapping_update (self);
}

static void
qonys_import_mapping_dispose (GObject *object)
{
  QonysImportMapping *self = QONYS_IMPORT_MAPPING (object);

  g_clear_handle_id (&self->filling_id, g_source_remove);
  G_OBJECT_CLASS (qonys_import_mapping_parent_class)->dispose (object);
}

static void
qonys_import_mapping_finalize (GObject *object)
{
  QonysImportMapping *self = QONYS_IMPORT_MAPPING (object);

  g_clear_object (&self->names);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->roles);
  G_OBJECT_CLASS (qonys_import_mapping_parent_class)->finalize (object);
}

static void
qonys_import_mapping_class_init (QonysImportMappingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qonys_import_mapping_dispose;
  G_OBJECT_CLASS (klass)->finalize = qonys_import_mapping_finalize;
  signals[CHANGED] = g_signal_new ("changed", QONYS_TYPE_IMPORT_MAPPING, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_import_mapping_init (QonysImportMapping *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = qonys_text_new ("", NULL);

  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->roles = g_array_new (FALSE, FALSE, sizeof (QonysImportRole));
  self->group = adw_preferences_group_new ();
  self->problem = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->problem_label = GTK_LABEL (label);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("The columns"));
  gtk_widget_add_css_class (self->problem, "qonys-gate");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Warning"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (self->problem), icon);
  gtk_box_append (GTK_BOX (self->problem), label);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->group);
  adw_bin_set_child (ADW_BIN (self), box);
}
