#pragma once

#include "store/recipe.h"

G_BEGIN_DECLS

/** What a recipe says of the values of fields; most recipes say nothing. Immutable once made,
 * shared by threads. */
typedef struct {
  guint n_fields;
  double *scales;      /* n_fields; 1: as they are */
  char **constants;    /* n_fields; (nullable) */
  GHashTable **values; /* n_fields; (nullable): casefolded text → what is meant */
  char decimal_mark;   /* 0: told by each number */
  gboolean is_month_first;
} QonysRowRules;

/** Returns: (transfer full) (nullable): NULL if the recipe says nothing */
QonysRowRules *qonys_row_rules_new (const QonysRecipe *recipe);
void qonys_row_rules_free (QonysRowRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysRowRules, qonys_row_rules_free)

/** What is meant by the text of a cell. @text: not NUL-terminated. Returns: (nullable): NULL if it
 * is what it says */
const char *qonys_row_rules_find_value (const QonysRowRules *rules, guint field, const char *text,
                                        gsize length);

/** Brings a number or date to what is read without rules: "1.234,5", "01/25/2024". Returns:
 * (transfer full) */
char *qonys_row_rules_rewrite (const QonysRowRules *rules, QonysFieldType type, const char *text,
                               gsize length);

G_END_DECLS
