/*
 * What a recipe says of values: units, constants, what a word means, how numbers and dates are
 * written. Made once a file; asked for each value of a file whose recipe says any of it, some
 * hundred nanoseconds.
 */
#include "store/row-rules.h"

#include <stdio.h>
#include <string.h>

/* The field that the day of the data fills where no column does. */
static int
get_as_of_field (const QonysRecipe *recipe)
{
  switch (recipe->type) {
  case QONYS_RECORD_DWELLING:
    return QONYS_DWELLING_AS_OF;
  case QONYS_RECORD_REGISTRATION_COUNT:
    return QONYS_REGISTRATION_AS_OF;
  case QONYS_RECORD_INDICATOR:
    return QONYS_INDICATOR_PERIOD_END;
  default:
    return -1;
  }
}

static gboolean
add_column (QonysRowRules *rules, const QonysRecipeColumn *column)
{
  guint field = column->field;

  rules->scales[field] = column->scale;
  rules->constants[field] = g_strdup (column->constant);
  if (column->values != NULL)
    rules->values[field] = g_hash_table_ref (column->values);
  return column->scale != 1 || column->constant != NULL || column->values != NULL;
}

QonysRowRules *
qonys_row_rules_new (const QonysRecipe *recipe)
{
  g_autoptr (QonysRowRules) rules = g_new0 (QonysRowRules, 1);
  int as_of_field = get_as_of_field (recipe);
  gboolean says_any = recipe->decimal_mark != 0 || recipe->is_month_first;

  rules->n_fields = qonys_schema_get (recipe->type)->n_fields;
  rules->scales = g_new (double, rules->n_fields);
  rules->constants = g_new0 (char *, rules->n_fields);
  rules->values = g_new0 (GHashTable *, rules->n_fields);
  rules->decimal_mark = recipe->decimal_mark;
  rules->is_month_first = recipe->is_month_first;
  for (guint i = 0; i < rules->n_fields; i++)
    rules->scales[i] = 1;
  for (guint i = 0; i < recipe->columns->len; i++) {
    const QonysRecipeColumn *column = recipe->columns->pdata[i];

    if (column->role == QONYS_ROLE_FIELD)
      says_any |= add_column (rules, column);
  }
  if (recipe->as_of != QONYS_DAY_MISSING && as_of_field >= 0 &&
      qonys_recipe_find_field (recipe, as_of_field) == NULL) {
    rules->constants[as_of_field] = qonys_day_to_iso (recipe->as_of);
    says_any = TRUE;
  }
  return says_any ? g_steal_pointer (&rules) : NULL;
}

void
qonys_row_rules_free (QonysRowRules *rules)
{
  for (guint i = 0; i < rules->n_fields; i++) {
    g_free (rules->constants[i]);
    g_clear_pointer (&rules->values[i], g_hash_table_unref);
  }
  g_free (rules->scales);
  g_free (rules->constants);
  g_free (rules->values);
  g_free (rules);
}

const char *
qonys_row_rules_find_value (const QonysRowRules *rules, guint field, const char *text, gsize length)
{
  g_autofree char *folded = NULL;

  if (rules->values[field] == NULL)
    return NULL;
  folded = g_utf8_casefold (text, length);
  return g_hash_table_lookup (rules->values[field], folded);
}

/* "1.234,5" with a decimal comma is "1234.5". */
static char *
rewrite_number (char mark, const char *text, gsize length)
{
  GString *number = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (text[i] == mark)
      g_string_append_c (number, '.');
    else if (text[i] != ',' && text[i] != '.')
      g_string_append_c (number, text[i]);
  return g_string_free (number, FALSE);
}

/* "01/25/2024" is "2024-01-25". */
static char *
rewrite_date (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  int month, day, year, n = 0;

  if (sscanf (copy, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &month, &day, &year, &n) == 3 && n > 0)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return g_steal_pointer (&copy);
}

char *
qonys_row_rules_rewrite (const QonysRowRules *rules, QonysFieldType type, const char *text,
                         gsize length)
{
  if (type == QONYS_FIELD_DATE && rules->is_month_first)
    return rewrite_date (text, length);
  if ((type == QONYS_FIELD_INT || type == QONYS_FIELD_BIG || type == QONYS_FIELD_DECIMAL) &&
      rules->decimal_mark != 0)
    return rewrite_number (rules->decimal_mark, text, length);
  return g_strndup (text, length);
}
