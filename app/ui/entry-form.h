#pragma once

#include "ui/edit-question.h"
#include "ui/link-row.h"

G_BEGIN_DECLS

/**
 * QonysEntryForm:
 *
 * What the forms of items, measures and annotations have in common: rows that stand for fields of
 * an entry, and the edit that their values make.
 */
typedef struct _QonysEntryForm QonysEntryForm;

/** @start: what the form begins with; new if the plan has none of its id. Taken. */
QonysEntryForm *qonys_entry_form_new (QonysSession *session, QonysEntry *start);
void qonys_entry_form_free (gpointer form);

gboolean qonys_entry_form_is_new (const QonysEntryForm *self);
const QonysEntry *qonys_entry_form_get_start (const QonysEntryForm *self);

/* Rows, each with the field's label. */
GtkEditable *qonys_entry_form_add_text (QonysEntryForm *self, GtkWidget *group, guint field);
/** Three lines, each with its language, and below them which of them are missing. Returns: the
 * line of the language now set */
GtkEditable *qonys_entry_form_add_text3 (QonysEntryForm *self, GtkWidget *group, guint field);
GtkEditable *qonys_entry_form_add_day (QonysEntryForm *self, GtkWidget *group, guint field);
GtkSwitch *qonys_entry_form_add_switch (QonysEntryForm *self, GtkWidget *group, guint field);
/** @values: (array): as many as @titles; NULL is the missing one; a value of the entry that is not
 * among them is added as it is. @titles: (transfer full) */
GtkWidget *qonys_entry_form_add_choice (QonysEntryForm *self, GtkWidget *group, guint field,
                                        GtkStringList *titles, const char *const *values);
/** @links: (transfer full) */
QonysLinkRow *qonys_entry_form_add_links (QonysEntryForm *self, GtkWidget *group, guint field,
                                          GListStore *links, gboolean is_single);

/** What stands in the rows; fields without a row are as they are in the plan, or as @start has
 * them. Returns: (transfer full) (element-type utf8) (nullable): by field; NULL with @error set if
 * a day is none, without if the entry was undone meanwhile */
GPtrArray *qonys_entry_form_read (QonysEntryForm *self, GError **error);
/** Takes @value. */
void qonys_entry_form_set (GPtrArray *values, guint field, char *value);

/** @add, @change: actions of qonys_edit_describe(); @dup_name: what the step is told of. Returns:
 * (transfer full) */
QonysEdit *qonys_entry_form_make_edit (QonysEntryForm *self, const GPtrArray *values,
                                       const char *add, const char *change,
                                       char *(*dup_name) (const QonysEntry *entry));

G_END_DECLS
