/* The account of an import: every row is stored or rejected for a reason, and the sums agree. The
 * first hundred rejected rows are listed, so that a wrong file of a million rows opens as fast. */

#include "ui/import-result.h"
#include "base/format.h"
#include "domain/district.h"
#include "privacy/identifier.h"
#include "store/reason.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

#define MAX_LISTED 100

/* ---- the equation ---- */

static GtkWidget *
count_new (const char *label, gint64 n)
{
  g_autofree char *number = qonys_format_int (n);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = qonys_text_new (label, "qonys-subtitle");
  GtkWidget *value = qonys_text_new (number, "qonys-value");

  gtk_label_set_max_width_chars (GTK_LABEL (text), 22);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static GtkWidget *
sign_new (const char *sign)
{
  GtkWidget *label = qonys_text_new (sign, "qonys-value");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  return label;
}

static void
append_equation (GtkWidget *box, const QonysImportReport *report, gboolean is_dry_run)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (line), count_new (_ ("Rows read"), report->n_read));
  gtk_box_append (GTK_BOX (line), sign_new ("="));
  gtk_box_append (GTK_BOX (line),
                  count_new (is_dry_run ? _ ("Will be stored") : _ ("Stored"), report->n_stored));
  gtk_box_append (GTK_BOX (line), sign_new ("+"));
  gtk_box_append (GTK_BOX (line),
                  count_new (_ ("Left out, each with its reason"), report->n_rejected));
  gtk_box_append (GTK_BOX (box), line);
}

/* ---- notes ---- */

static void
append_noted (GtkWidget *box, gboolean is_warning, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_warning ? "dialog-warning-symbolic"
                                                             : "dialog-information-symbolic");
  GtkWidget *label = qonys_text_new (text, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_warning ? _ ("Warning") : _ ("Note"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (box), line);
}

static void
append_notes (GtkWidget *box, const QonysImportReport *report)
{
  if (report->findings != NULL && report->findings->len > 0) {
    g_autofree char *warnings = qonys_findings_describe (report->findings);

    gtk_box_append (GTK_BOX (box), qonys_text_new (warnings, "qonys-note"));
  }
  if (report->diagnostics->len > 0)
    gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("What was noticed")));
  for (guint i = 0; i < report->diagnostics->len; i++) {
    const QonysDiagnostic *diagnostic = report->diagnostics->pdata[i];

    append_noted (box, diagnostic->severity == QONYS_WARNING, diagnostic->text);
  }
}

/* ---- rows ---- */

static void
append_reason (GtkWidget *box, QonysReason reason, gint64 n)
{
  g_autofree char *number = qonys_format_int (n);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *value = gtk_label_new (number);

  gtk_widget_add_css_class (value, "qonys-number");
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (texts), qonys_text_new (qonys_reason_describe (reason), NULL));
  gtk_box_append (GTK_BOX (texts),
                  qonys_text_new (qonys_reason_get_cure (reason), "qonys-subtitle"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (box), line);
}

static void
append_row (GtkWidget *box, const QonysRejection *rejection)
{
  /* The number is to be found in a spreadsheet: nothing between its digits. */
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, rejection->row);
  g_autofree char *line = rejection->column == NULL
                              ? g_strdup_printf (_ ("Row %s: %s"), row, rejection->reason)
                              : g_strdup_printf (_ ("Row %s, column %s: %s"), row,
                                                 rejection->column, rejection->reason);

  gtk_box_append (GTK_BOX (box), qonys_text_new (line, "qonys-subtitle"));
}

static void
append_rows (GtkWidget *box, const GPtrArray *rows, gint64 n)
{
  for (guint i = 0; i < MIN (rows->len, MAX_LISTED); i++)
    append_row (box, rows->pdata[i]);
  if (n > MAX_LISTED)
    gtk_box_append (GTK_BOX (box), qonys_text_new (_ ("Only the first hundred are listed here."),
                                                   "qonys-subtitle"));
}

/* Stored all the same; what can be done about them stands below, each sentence once. */
static void
append_places (GtkWidget *box, const GPtrArray *places)
{
  g_autoptr (GHashTable) cures = g_hash_table_new (g_str_hash, g_str_equal);

  gtk_box_append (GTK_BOX (box),
                  qonys_heading_new (_ ("Stored, but not placed by their addresses")));
  append_rows (box, places, places->len);
  for (guint i = 0; i < MIN (places->len, MAX_LISTED); i++) {
    const char *cure = ((const QonysRejection *)places->pdata[i])->cure;

    if (g_hash_table_add (cures, (gpointer)cure))
      gtk_box_append (GTK_BOX (box), qonys_text_new (cure, NULL));
  }
}

static void
append_rejections (GtkWidget *box, const QonysImportReport *report)
{
  gint64 n_by_reason[QONYS_REASON_TOTAL] = {0};

  for (guint i = 0; i < report->rejected->len; i++) {
    guint reason = g_array_index (report->rejected, QonysRejectedRow, i).reason;

    if (reason < G_N_ELEMENTS (n_by_reason))
      n_by_reason[reason]++;
  }
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Why rows were left out")));
  for (guint reason = 0; reason < G_N_ELEMENTS (n_by_reason); reason++)
    if (n_by_reason[reason] > 0)
      append_reason (box, reason, n_by_reason[reason]);
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Rows")));
  append_rows (box, report->rejections, report->n_rejected);
}

/* ---- sums ---- */

static const char *
get_field_label (const char *name)
{
  if (name == NULL)
    return _ ("Rows");
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    int field = qonys_schema_find_field (qonys_schema_get (type), name);

    if (field >= 0)
      return _ (qonys_schema_get (type)->fields[field].label);
  }
  return name;
}

static void
attach (GtkWidget *grid, int column, int row, const char *text, gboolean is_bold)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_widget_add_css_class (label, is_bold ? "qonys-number" : "qonys-figures");
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static void
attach_line (GtkWidget *grid, int row, const QonysReconciliation *line, const char *place)
{
  const double values[] = {line->read, line->stored, line->rejected};

  attach (grid, 0, row, place, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *text = qonys_format_decimal (values[i], 2);

    attach (grid, i + 1, row, text, i == 2 && values[i] != 0);
  }
}

static const char *
get_place_label (const char *kato)
{
  const QonysText3 *name;

  if (kato == NULL)
    return _ ("No district named");
  if (*kato == '\0')
    return _ ("All rows");
  name = qonys_district_get_known_name (kato);
  return name != NULL ? qonys_text3_get (name) : kato;
}

/* One table a field: all rows first, then the places. */
static GtkWidget *
sums_new (const GArray *lines, const char *field)
{
  const char *const titles[] = {_ ("District"), _ ("Read"), _ ("Stored"), _ ("Left out")};
  GtkWidget *grid = gtk_grid_new ();
  int n = 1;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    attach (grid, i, 0, titles[i], TRUE);
  for (guint i = 0; i < lines->len; i++) {
    const QonysReconciliation *line = &g_array_index (lines, QonysReconciliation, i);

    if (g_strcmp0 (line->field, field) != 0)
      continue;
    attach_line (grid, n++, line, get_place_label (line->kato));
  }
  return grid;
}

static void
shown_cb (GtkDropDown *choice, GParamSpec *pspec, GtkStack *stack)
{
  g_autofree char *name = g_strdup_printf ("%u", gtk_drop_down_get_selected (choice));

  gtk_stack_set_visible_child_name (stack, name);
}

static void
append_sums (GtkWidget *box, const GArray *lines)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (names), NULL);

  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  for (guint i = 0; i < lines->len; i++) {
    const QonysReconciliation *line = &g_array_index (lines, QonysReconciliation, i);
    g_autofree char *name = g_strdup_printf ("%u", g_list_model_get_n_items (G_LIST_MODEL (names)));

    if (line->kato == NULL || *line->kato != '\0')
      continue; /* each field has one line of all rows */
    gtk_string_list_append (names, get_field_label (line->field));
    gtk_stack_add_named (GTK_STACK (stack), sums_new (lines, line->field), name);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is summed"), -1);
  gtk_widget_set_halign (choice, GTK_ALIGN_START);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (shown_cb), stack);
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Before and after, by district")));
  gtk_box_append (GTK_BOX (box), choice);
  gtk_box_append (GTK_BOX (box), stack);
}

GtkWidget *
qonys_import_result_new (const QonysImportReport *report, gboolean is_dry_run)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "qonys-report");
  if (report->n_read >= 0)
    append_equation (box, report, is_dry_run);
  append_notes (box, report);
  if (report->n_rejected > 0)
    append_rejections (box, report);
  if (report->reconciliations->len > 0)
    append_sums (box, report->reconciliations);
  if (report->n_districts > 0) {
    gtk_box_append (GTK_BOX (box),
                    qonys_heading_new (_ ("Stored, but in another district than they name")));
    append_rows (box, report->districts, report->n_districts);
  }
  if (report->places->len > 0)
    append_places (box, report->places);
  return box;
}
