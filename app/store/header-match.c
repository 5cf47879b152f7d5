/*
 * Names of columns to fields: a thousand synonyms of one to six words, made ready once a process
 * (about 10 ms); then some 50 µs a header and record type.
 */
#include "store/header-match.h"

#include "base/diagnostic.h"
#include "base/fold.h"
#include "domain/bundle.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define MAX_DBF_NAME 10 /* bytes; a Shapefile cuts longer ones off */
#define MAX_TOKENS 12
#define FILLER_WEIGHT 0.15
#define SAME_WORDS 0.95  /* its words, in order */
#define SURE_ROLE 0.99   /* "lon", "longitude" */
#define LIKELY_ROLE 0.93 /* "x" */
#define MOST_WORDS 0.9   /* its words, in any order; times their share */
#define TAKEN 0.65
#define DOUBTFUL 0.5
#define AS_GOOD 0.02

/* A name as words. */
typedef struct {
  char *text; /* folded */
  char *tokens[MAX_TOKENS];
  double weights[MAX_TOKENS], total;
  guint n;
  double scale; /* of units among them, which are left out */
  gboolean is_hectares;
} Words;

typedef struct {
  QonysRole role;
  int field;
  Words words;
  double same_score; /* if a header is the same words */
} Synonym;

typedef struct {
  GPtrArray *abbreviations;              /* element-type char*[2] */
  GHashTable *fillers;                   /* folded words */
  GHashTable *units;                     /* folded word → double */
  GHashTable *values;                    /* enum word → GHashTable of folded texts */
  GArray *by_type[QONYS_N_RECORD_TYPES]; /* element-type Synonym */
} Dictionary;

/* ---- words ---- */

static void
words_clear (gpointer data)
{
  Words *words = data;

  g_free (words->text);
  for (guint i = 0; i < words->n; i++)
    g_free (words->tokens[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static char *
expand (const Dictionary *dictionary, const char *name)
{
  g_autofree char *folded = qonys_fold_text (name);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, " %s ", folded);
  for (guint i = 0; i < dictionary->abbreviations->len; i++) {
    char **pair = dictionary->abbreviations->pdata[i];

    g_string_replace (text, pair[0], pair[1], 0);
  }
  return g_strstrip (g_strdup (text->str));
}

static Words
read_words (const Dictionary *dictionary, const char *name)
{
  Words words = {.text = expand (dictionary, name), .scale = 1};
  g_auto (GStrv) parts = g_strsplit (words.text, " ", -1);

  for (guint i = 0; parts[i] != NULL && words.n < MAX_TOKENS; i++) {
    const double *scale = g_hash_table_lookup (dictionary->units, parts[i]);

    if (*parts[i] == '\0')
      continue;
    if (scale != NULL) {
      words.scale *= *scale;
      words.is_hectares |= *scale == 10000;
      continue;
    }
    words.weights[words.n] =
        g_hash_table_contains (dictionary->fillers, parts[i]) ? FILLER_WEIGHT : 1;
    words.total += words.weights[words.n];
    words.tokens[words.n++] = g_strdup (parts[i]);
  }
  return words;
}

/* One word in two of its forms: long beginnings alike, short endings. */
static gboolean
are_forms (const char *a, const char *b)
{
  gsize same = 0, length_a = strlen (a), length_b = strlen (b), ending;

  while (same < length_a && a[same] == b[same])
    same++;
  ending = MAX (length_a, length_b) - same;
  if (ending == 0)
    return TRUE;
  if (g_ascii_isdigit (*a))
    return FALSE;
  return same >= 7 ? ending <= 5 : same >= 4 && ending <= 3;
}

/* The weight of what two names have in common, of what both hold: 0 … 1. */
static double
get_share (const Words *a, const Words *b)
{
  gboolean is_used[MAX_TOKENS] = {FALSE};
  double common = 0;

  for (guint i = 0; i < a->n; i++)
    for (guint j = 0; j < b->n; j++)
      if (!is_used[j] && are_forms (a->tokens[i], b->tokens[j])) {
        is_used[j] = TRUE;
        common += a->weights[i] + b->weights[j];
        break;
      }
  return a->total + b->total > 0 ? common / (a->total + b->total) : 0;
}

/* ---- the dictionary ---- */

static void
fold_into (GHashTable *set, JsonArray *texts)
{
  for (guint i = 0; i < json_array_get_length (texts); i++)
    g_hash_table_add (set, qonys_fold_text (json_array_get_string_element (texts, i)));
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  return (int)strlen ((*(char **const *)b)[0]) - (int)strlen ((*(char **const *)a)[0]);
}

static void
read_abbreviations (Dictionary *dictionary, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next) {
    g_autofree char *from = qonys_fold_text (name->data);
    g_autofree char *to = qonys_fold_text (json_object_get_string_member (object, name->data));
    char **pair = g_new0 (char *, 3);

    pair[0] = g_strdup_printf (" %s ", from);
    pair[1] = g_strdup_printf (" %s ", to);
    g_ptr_array_add (dictionary->abbreviations, pair);
  }
  /* «кв. м» before «кв.» */
  g_ptr_array_sort (dictionary->abbreviations, compare_lengths);
}

static void
read_units (Dictionary *dictionary, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next) {
    double scale = json_object_get_double_member (object, name->data);

    g_hash_table_insert (dictionary->units, qonys_fold_text (name->data),
                         g_memdup2 (&scale, sizeof scale));
  }
}

static void
read_values (Dictionary *dictionary, JsonObject *object)
{
  g_autoptr (GList) words = json_object_get_members (object);

  for (GList *word = words; word != NULL; word = word->next) {
    GHashTable *set = new_set ();

    fold_into (set, json_object_get_array_member (object, word->data));
    g_hash_table_insert (dictionary->values, g_strdup (word->data), set);
  }
}

static void
add_synonym (Dictionary *dictionary, QonysRecordType type, QonysRole role, int field,
             const char *name, double same_score)
{
  Synonym synonym = {role, field, read_words (dictionary, name), same_score};

  g_array_append_val (dictionary->by_type[type], synonym);
}

static void
add_synonyms (Dictionary *dictionary, QonysRecordType type, QonysRole role, int field,
              JsonArray *names)
{
  for (guint i = 0; i < json_array_get_length (names); i++)
    add_synonym (dictionary, type, role, field, json_array_get_string_element (names, i),
                 role == QONYS_ROLE_FIELD ? SAME_WORDS
                 : i < 2                  ? SURE_ROLE
                                          : LIKELY_ROLE);
}

static void
read_roles (Dictionary *dictionary, QonysRecordType type, JsonObject *roles)
{
  static const struct {
    const char *name;
    QonysRole role;
  } ROLES[] = {{"lon", QONYS_ROLE_LON},
               {"lat", QONYS_ROLE_LAT},
               {"lat_lon", QONYS_ROLE_LAT_LON},
               {"wkt", QONYS_ROLE_WKT},
               {"address", QONYS_ROLE_ADDRESS}};

  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (ROLES[i].role != QONYS_ROLE_ADDRESS || type == QONYS_RECORD_DWELLING)
      add_synonyms (dictionary, type, ROLES[i].role, -1,
                    json_object_get_array_member (roles, ROLES[i].name));
}

static void
read_type (Dictionary *dictionary, const QonysSchema *schema, JsonObject *fields, JsonObject *roles)
{
  dictionary->by_type[schema->type] = g_array_new (FALSE, FALSE, sizeof (Synonym));
  if (schema->has_position)
    read_roles (dictionary, schema->type, roles);
  for (guint i = 0; i < schema->n_fields; i++) {
    const QonysField *field = &schema->fields[i];
    g_autofree char *own = g_strconcat (schema->name, ".", field->name, NULL);
    const char *name = json_object_has_member (fields, own) ? own : field->name;

    add_synonym (dictionary, schema->type, QONYS_ROLE_FIELD, i, field->name, SAME_WORDS);
    add_synonym (dictionary, schema->type, QONYS_ROLE_FIELD, i, field->label, SAME_WORDS);
    if (json_object_has_member (fields, name))
      add_synonyms (dictionary, schema->type, QONYS_ROLE_FIELD, i,
                    json_object_get_array_member (fields, name));
  }
}

static gpointer
load_dictionary (gpointer unused)
{
  Dictionary *dictionary = g_new0 (Dictionary, 1);
  g_autoptr (GBytes) bytes = qonys_bundle_load ("header-synonyms.json");
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonObject *root;

  if (!json_parser_load_from_data (parser, text, size, NULL))
    g_error ("header-synonyms.json is damaged");
  root = json_node_get_object (json_parser_get_root (parser));
  dictionary->abbreviations = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  dictionary->fillers = new_set ();
  dictionary->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  dictionary->values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  read_abbreviations (dictionary, json_object_get_object_member (root, "abbreviations"));
  fold_into (dictionary->fillers, json_object_get_array_member (root, "filler"));
  read_units (dictionary, json_object_get_object_member (root, "units"));
  read_values (dictionary, json_object_get_object_member (root, "values"));
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    read_type (dictionary, qonys_schema_get (type), json_object_get_object_member (root, "fields"),
               json_object_get_object_member (root, "roles"));
  return dictionary;
}

static const Dictionary *
get_dictionary (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_dictionary, NULL);
}

/* ---- matching ---- */

/* How well a header fits a role or field. */
typedef struct {
  guint header;
  QonysRole role;
  int field;
  double score;
} Pair;

static gboolean
is_same_role (const Pair *a, const Pair *b)
{
  return a->role == b->role && a->field == b->field;
}

static double
score (const char *header, const Words *words, const QonysSchema *schema, const Synonym *synonym)
{
  const char *name = synonym->role == QONYS_ROLE_FIELD ? schema->fields[synonym->field].name : NULL;

  if (name != NULL &&
      (g_ascii_strcasecmp (name, header) == 0 ||
       (strlen (header) == MAX_DBF_NAME && g_ascii_strncasecmp (name, header, MAX_DBF_NAME) == 0)))
    return 1;
  if (words->n > 0 && g_str_equal (words->text, synonym->words.text))
    return synonym->same_score;
  return MOST_WORDS * get_share (words, &synonym->words);
}

/* The pairs worth a thought; synonyms of one role stand together. */
static void
add_pairs (GArray *pairs, guint number, const char *header, const Words *words,
           const QonysSchema *schema)
{
  const GArray *synonyms = get_dictionary ()->by_type[schema->type];
  Pair best = {.score = 0};

  for (guint i = 0; i <= synonyms->len; i++) {
    const Synonym *synonym = i < synonyms->len ? &g_array_index (synonyms, Synonym, i) : NULL;
    Pair pair = {number, QONYS_ROLE_IGNORE, -1, 0};

    if (synonym != NULL)
      pair = (Pair){number, synonym->role, synonym->field, score (header, words, schema, synonym)};
    if (is_same_role (&pair, &best)) {
      best.score = MAX (best.score, pair.score);
      continue;
    }
    if (best.score >= DOUBTFUL)
      g_array_append_val (pairs, best);
    best = pair;
  }
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->header != y->header ? (x->header < y->header ? -1 : 1) : x->field - y->field;
}

static gboolean
is_role_taken (const QonysHeaderMatch *matches, guint n, const Pair *pair)
{
  for (guint i = 0; i < n; i++)
    if (matches[i].role == pair->role && matches[i].field == pair->field &&
        pair->role != QONYS_ROLE_IGNORE)
      return TRUE;
  return FALSE;
}

/* Is there another pair as good for the same header or the same role? */
static gboolean
has_rival (const GArray *pairs, const Pair *pair, const QonysHeaderMatch *matches, guint n)
{
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *other = &g_array_index (pairs, Pair, i);

    if (other == pair || fabs (other->score - pair->score) > AS_GOOD)
      continue;
    if (other->header == pair->header && !is_role_taken (matches, n, other))
      return TRUE;
    if (other->header != pair->header && is_same_role (other, pair) &&
        matches[other->header].role == QONYS_ROLE_IGNORE)
      return TRUE;
  }
  return FALSE;
}

static void
take (QonysHeaderMatch *match, const Pair *pair, const Words *words, const QonysSchema *schema)
{
  *match = (QonysHeaderMatch){pair->role, pair->field, pair->score, 1, FALSE};
  if (pair->role == QONYS_ROLE_FIELD && words->scale != 1) {
    const QonysField *field = &schema->fields[pair->field];
    gboolean is_area = g_str_has_prefix (field->name, "area");

    if ((field->type == QONYS_FIELD_INT || field->type == QONYS_FIELD_BIG ||
         field->type == QONYS_FIELD_DECIMAL) &&
        is_area == words->is_hectares)
      match->scale = words->scale;
  }
}

static double
weigh (const QonysHeaderMatch *matches, guint n, const QonysSchema *schema)
{
  double sum = 0;

  for (guint i = 0; i < n; i++) /* all types have positions or none */
    if (matches[i].role == QONYS_ROLE_FIELD)
      sum += matches[i].score;
  for (guint field = 0; field < schema->n_fields; field++) {
    gboolean is_there = !schema->fields[field].is_required;

    for (guint i = 0; i < n && !is_there; i++)
      is_there = matches[i].role == QONYS_ROLE_FIELD && matches[i].field == (int)field;
    sum -= !is_there;
  }
  return sum;
}

/* A longitude without a latitude is none. */
static void
drop_half_positions (QonysHeaderMatch *matches, guint n)
{
  int at[QONYS_N_ROLES];

  for (guint role = 0; role < QONYS_N_ROLES; role++)
    at[role] = -1;
  for (guint i = 0; i < n; i++)
    at[matches[i].role] = i;
  if ((at[QONYS_ROLE_LON] < 0) != (at[QONYS_ROLE_LAT] < 0))
    matches[MAX (at[QONYS_ROLE_LON], at[QONYS_ROLE_LAT])].role = QONYS_ROLE_IGNORE;
  else if (at[QONYS_ROLE_LON] >= 0)
    for (guint i = 0; i < n; i++) /* two columns are plainer than one text */
      if (matches[i].role == QONYS_ROLE_LAT_LON || matches[i].role == QONYS_ROLE_WKT)
        matches[i].role = QONYS_ROLE_IGNORE;
  if (at[QONYS_ROLE_LAT_LON] >= 0 && at[QONYS_ROLE_WKT] >= 0)
    matches[at[QONYS_ROLE_LAT_LON]].role = QONYS_ROLE_IGNORE;
}

double
qonys_headers_match (const char *const *headers, QonysRecordType type, QonysHeaderMatch *matches)
{
  const QonysSchema *schema = qonys_schema_get (type);
  guint n = g_strv_length ((char **)headers);
  g_autofree Words *words = g_new0 (Words, n + 1);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < n; i++) {
    g_autofree char *header = g_strstrip (g_strdup (headers[i]));

    words[i] = read_words (get_dictionary (), header);
    matches[i] = (QonysHeaderMatch){QONYS_ROLE_IGNORE, -1, 0, 1, FALSE};
    add_pairs (pairs, i, header, &words[i], schema);
  }
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);
    QonysHeaderMatch *match = &matches[pair->header];

    if (match->role != QONYS_ROLE_IGNORE || match->is_tie || is_role_taken (matches, n, pair))
      continue;
    match->score = MAX (match->score, pair->score);
    if (pair->score >= TAKEN && (pair->score == 1 || !has_rival (pairs, pair, matches, n)))
      take (match, pair, &words[pair->header], schema);
    else
      match->is_tie = TRUE;
  }
  drop_half_positions (matches, n);
  for (guint i = 0; i < n; i++)
    words_clear (&words[i]);
  return weigh (matches, n, schema);
}

/* ---- recipes ---- */

static void
note_doubts (const char *const *headers, const QonysHeaderMatch *matches, GPtrArray *diagnostics)
{
  g_autoptr (GString) doubtful = g_string_new (NULL);

  for (guint i = 0; headers[i] != NULL; i++)
    if (matches[i].is_tie)
      g_string_append_printf (doubtful, "%s%s", doubtful->len > 0 ? ", " : "", headers[i]);
  if (doubtful->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("These columns may be meant for a field, but their names do not say "
                              "for which: %s. Choose the field of each that shall be read."),
                           doubtful->str);
}

static void
add_matched (QonysRecipe *recipe, const char *const *headers, GPtrArray *diagnostics)
{
  g_autofree QonysHeaderMatch *matches =
      g_new (QonysHeaderMatch, g_strv_length ((char **)headers) + 1);

  qonys_headers_match (headers, recipe->type, matches);
  for (guint i = 0; headers[i] != NULL; i++) {
    QonysRecipeColumn *column = qonys_recipe_add_column (recipe, headers[i]);

    column->role = matches[i].role;
    column->field = matches[i].field;
    column->scale = matches[i].scale;
  }
  note_doubts (headers, matches, diagnostics);
}

static void
note_missing (const QonysRecipe *recipe, const char *const *headers, GPtrArray *diagnostics)
{
  g_autoptr (QonysRecipe) table = qonys_recipe_new (recipe->type);
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; headers[i] != NULL; i++)
    qonys_recipe_add_column (table, headers[i]);
  for (guint i = 0; i < recipe->columns->len; i++) {
    const QonysRecipeColumn *column = recipe->columns->pdata[i];

    if (column->header != NULL && column->role != QONYS_ROLE_IGNORE &&
        qonys_recipe_find_column (table, column->header) == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", column->header);
  }
  if (missing->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The recipe speaks of columns that the file has not: %s."),
                           missing->str);
}

QonysRecipe *
qonys_recipe_complete (const QonysRecipe *recipe, const char *const *headers,
                       GPtrArray *diagnostics)
{
  QonysRecipe *complete = qonys_recipe_copy (recipe);
  const GPtrArray *given = recipe->columns;
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  g_ptr_array_set_size (complete->columns, 0);
  if (given->len == 0) {
    add_matched (complete, headers, diagnostics);
    return complete;
  }
  for (guint i = 0; headers[i] != NULL; i++) {
    const QonysRecipeColumn *found = qonys_recipe_find_column (recipe, headers[i]);
    QonysRecipeColumn *column = qonys_recipe_add_column (complete, headers[i]);

    if (found != NULL && g_hash_table_add (taken, (gpointer)found)) /* two headers fold alike */
      qonys_recipe_column_set (column, found);
  }
  for (guint i = 0; i < given->len; i++) {
    const QonysRecipeColumn *column = given->pdata[i];

    if (column->header == NULL)
      qonys_recipe_column_set (qonys_recipe_add_column (complete, NULL), column);
  }
  note_missing (recipe, headers, diagnostics);
  return complete;
}

/* ---- words in cells ---- */

guint8
qonys_value_match (const QonysField *field, const char *text)
{
  g_autofree char *folded = NULL;

  if (field->values == NULL)
    return QONYS_CODE_MISSING;
  folded = qonys_fold_text (text);
  for (guint i = 0; field->values[i] != NULL; i++) {
    GHashTable *set = g_hash_table_lookup (get_dictionary ()->values, field->values[i]);

    if (set != NULL && g_hash_table_contains (set, folded))
      return i;
  }
  return QONYS_CODE_MISSING;
}
