/* The gate for persons in the import assistant: a dozen findings at most, made anew when the file
 * was looked at again. */

#include "ui/import-gate.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

struct _QonysImportGate {
  AdwBin parent_instance;

  QonysExamination *examination; /* borrowed */
  GPtrArray *switches;           /* (nullable) elements, one a column of the file; borrowed */
  GHashTable *dropped;           /* owned: headers */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (QonysImportGate, qonys_import_gate, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_refused (const QonysExamination *examination, guint column)
{
  return ((const QonysExaminedColumn *)examination->columns->pdata[column])->verdict ==
         QONYS_VERDICT_REFUSE;
}

static void
drop_column (QonysExamination *examination, guint column, gboolean is_dropped)
{
  QonysRecipeColumn *role = examination->recipe->columns->pdata[column];

  role->role = is_dropped ? QONYS_ROLE_STRIP : QONYS_ROLE_IGNORE;
  role->field = -1;
}

static void
switched_cb (GtkSwitch *button, GParamSpec *pspec, QonysImportGate *self)
{
  gboolean is_dropped = gtk_switch_get_active (button);
  const QonysExaminedColumn *column;
  guint number;

  if (self->is_updating || !g_ptr_array_find (self->switches, button, &number))
    return;
  column = self->examination->columns->pdata[number];
  drop_column (self->examination, number, is_dropped);
  if (is_dropped)
    g_hash_table_add (self->dropped, g_strdup (column->header));
  else
    g_hash_table_remove (self->dropped, column->header);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* All that was found in a column, a sentence a line; of no column: what stands elsewhere. */
static char *
describe_column (const QonysExamination *examination, const QonysExaminedColumn *column)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < examination->findings->len; i++) {
    const QonysFinding *finding = examination->findings->pdata[i];
    g_autofree char *sentence = NULL;

    if (finding->verdict != QONYS_VERDICT_REFUSE ||
        (column != NULL && !g_str_equal (finding->column, column->header)))
      continue;
    sentence = qonys_finding_describe (finding);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
title_new (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = qonys_text_new (text, "heading");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Warning"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
append_switch (QonysImportGate *self, GtkWidget *box, guint number)
{
  const QonysExaminedColumn *column = self->examination->columns->pdata[number];
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Drop this column"));
  GtkWidget *button = gtk_switch_new ();
  g_autofree char *found = describe_column (self->examination, column);
  g_autofree char *name = g_strdup_printf (_ ("Drop the column “%s”"), column->header);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, found, -1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), qonys_text_new (found, NULL));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (box), line);
  self->switches->pdata[number] = button;
  g_signal_connect (button, "notify::active", G_CALLBACK (switched_cb), self);
}

/* Rows that are persons cannot be mended by dropping a column. */
static const char *
get_way_on (const QonysExamination *examination)
{
  if (examination->can_strip)
    return _ ("Nothing was stored. Drop what holds data of persons and go on, or cancel and ask "
              "the supplier to remove it.");
  for (guint i = 0; i < examination->findings->len; i++)
    if (((const QonysFinding *)examination->findings->pdata[i])->kind ==
        QONYS_IDENTIFIER_MICRO_ROWS)
      return _ ("Nothing was stored. What may come in is one row for each address with the number "
                "of persons: in the spreadsheet make a pivot table with the address in its rows "
                "and the count of rows as its value, save it as a table of its own and import "
                "that.");
  return _ ("Nothing was stored. It stands where no column can be dropped. Ask the supplier to "
            "remove it and to send the file again.");
}

static GtkWidget *
refusal_new (QonysImportGate *self)
{
  QonysExamination *examination = self->examination;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "qonys-gate");
  gtk_box_append (GTK_BOX (box), title_new (_ ("There are data of persons in the file")));
  if (examination->can_strip) {
    for (guint i = 0; i < examination->columns->len; i++)
      if (is_refused (examination, i))
        append_switch (self, box, i);
  } else {
    g_autofree char *found = describe_column (examination, NULL);

    gtk_box_append (GTK_BOX (box), qonys_text_new (found, NULL));
  }
  gtk_box_append (GTK_BOX (box), qonys_text_new (get_way_on (examination), NULL));
  return box;
}

void
qonys_import_gate_fill (QonysImportGate *self, QonysExamination *examination)
{
  GtkWidget *content = NULL;

  self->examination = examination;
  g_clear_pointer (&self->switches, g_ptr_array_unref);
  self->switches = g_ptr_array_new ();
  g_ptr_array_set_size (self->switches, examination->columns->len);
  for (guint i = 0; i < examination->columns->len; i++)
    if (is_refused (examination, i) &&
        g_hash_table_contains (
            self->dropped, ((const QonysExaminedColumn *)examination->columns->pdata[i])->header))
      drop_column (examination, i, TRUE);
  if (examination->verdict == QONYS_VERDICT_REFUSE) {
    content = refusal_new (self);
  } else if (examination->findings->len > 0) {
    g_autofree char *warnings = qonys_findings_describe (examination->findings);

    content = qonys_text_new (warnings, "qonys-note");
  }
  adw_bin_set_child (ADW_BIN (self), content);
  gtk_widget_set_visible (GTK_WIDGET (self), content != NULL);
  qonys_import_gate_update (self);
}

void
qonys_import_gate_update (QonysImportGate *self)
{
  self->is_updating = TRUE;
  for (guint i = 0; i < self->switches->len; i++) {
    const QonysRecipeColumn *role = self->examination->recipe->columns->pdata[i];

    if (self->switches->pdata[i] != NULL)
      gtk_switch_set_active (self->switches->pdata[i], role->role == QONYS_ROLE_STRIP);
  }
  self->is_updating = FALSE;
}

gboolean
qonys_import_gate_is_open (QonysImportGate *self)
{
  const QonysExamination *examination = self->examination;

  if (examination->verdict != QONYS_VERDICT_REFUSE)
    return TRUE;
  for (guint i = 0; i < examination->columns->len; i++)
    if (is_refused (examination, i) &&
        ((const QonysRecipeColumn *)examination->recipe->columns->pdata[i])->role !=
            QONYS_ROLE_STRIP)
      return FALSE;
  return examination->can_strip;
}

static void
qonys_import_gate_finalize (GObject *object)
{
  QonysImportGate *self = QONYS_IMPORT_GATE (object);

  g_clear_pointer (&self->switches, g_ptr_array_unref);
  g_hash_table_unref (self->dropped);
  G_OBJECT_CLASS (qonys_import_gate_parent_class)->finalize (object);
}

static void
qonys_import_gate_class_init (QonysImportGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qonys_import_gate_finalize;
  signals[CHANGED] = g_signal_new ("changed", QONYS_TYPE_IMPORT_GATE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_import_gate_init (QonysImportGate *self)
{
  self->dropped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
