/* Entries: up to some ten thousand a project, each a few hundred bytes. Values are texts, so that
 * comparing, merging, journal and history need no case for each type; the few numbers among them
 * are read when asked for. */

#include "domain/entry-private.h"

#include "base/error.h"
#include "base/language.h"
#include "geo/wkt.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* ---- schema ---- */

static const char *const PLACE_KINDS[] = {"point", "area", "cell", "district", "city", NULL};
static const char *const STATUSES[] = {"no_information", "accepted",     "in_progress",
                                       "partly_done",    "done_confirm", "done",
                                       "not_done",       "withdrawn",    NULL};
static const char *const ANNOTATION_KINDS[] = {"pin",      "callout",      "arrow", "area",
                                               "freehand", "before_after", NULL};
static const char *const ROLES[] = {"secretary", "member", "analyst", "presenter", "body", NULL};

static const char *const SCENE_KINDS[] = {"title",        "map",     "figures",
                                          "before_after", "closing", NULL};

#define TEXT(name, label)                                                                          \
  {                                                                                                \
    name, QONYS_VALUE_TEXT, NULL, NAN, NAN, label                                                  \
  }
#define TEXT3(name, label)                                                                         \
  TEXT (name "_kk", label), TEXT (name "_ru", label), TEXT (name "_en", label)
#define DAY(name, label)                                                                           \
  {                                                                                                \
    name, QONYS_VALUE_DAY, NULL, NAN, NAN, label                                                   \
  }
#define IDS(name, label)                                                                           \
  {                                                                                                \
    name, QONYS_VALUE_IDS, NULL, NAN, NAN, label                                                   \
  }
#define WORD(name, words, label)                                                                   \
  {                                                                                                \
    name, QONYS_VALUE_WORD, words, NAN, NAN, label                                                 \
  }
#define NUMBER(name, label)                                                                        \
  {                                                                                                \
    name, QONYS_VALUE_DECIMAL, NULL, NAN, NAN, label                                               \
  }
#define FLAG(name, label)                                                                          \
  {                                                                                                \
    name, QONYS_VALUE_BOOL, NULL, NAN, NAN, label                                                  \
  }
#define SHAPE(name)                                                                                \
  {                                                                                                \
    name, QONYS_VALUE_SHAPE, NULL, NAN, NAN, N_ ("Place on the map")                               \
  }

static const QonysEntryField ITEM_FIELDS[] = {
    TEXT ("problem", N_ ("Problem")),
    WORD ("place_kind", PLACE_KINDS, N_ ("Kind of place")),
    TEXT ("place_ref", N_ ("Place")),
    SHAPE ("geom"),
    TEXT3 ("text", N_ ("Description")),
    {"severity", QONYS_VALUE_INTEGER, NULL, 1, 5, N_ ("Severity")},
    TEXT ("severity_reasons", N_ ("Reasons for the severity")),
    TEXT ("indicator", N_ ("Indicator")),
    NUMBER ("indicator_value", N_ ("Value of the indicator")),
    DAY ("indicator_day", N_ ("Day of the value")),
    TEXT ("document", N_ ("Photo or document")),
    WORD ("author_role", ROLES, N_ ("Entered by")),
    DAY ("day", N_ ("Entered on")),
    DAY ("solved_on", N_ ("Solved on")),
};

static const QonysEntryField MEASURE_FIELDS[] = {
    TEXT3 ("title", N_ ("Title")),
    TEXT3 ("text", N_ ("Text")),
    TEXT ("body", N_ ("Responsible body")),
    FLAG ("is_recommended", N_ ("Recommended, not ordered")),
    FLAG ("is_own", N_ ("Not of the resolution")),
    IDS ("problems", N_ ("Problems")),
    IDS ("items", N_ ("Marked places")),
    TEXT ("deadline_rule", N_ ("Rule of the deadline")),
    DAY ("base_day", N_ ("The deadline runs from")),
    FLAG ("is_base_assumed", N_ ("The first day is assumed")),
    TEXT ("base_reason", N_ ("Why the first day was changed")),
    DAY ("due_day", N_ ("Due")),
    TEXT ("effect_indicator", N_ ("Expected effect on")),
    NUMBER ("effect_from", N_ ("Value now")),
    NUMBER ("effect_to", N_ ("Value expected")),
    DAY ("effect_by", N_ ("Expected by")),
    TEXT ("effect_source", N_ ("Who says so")),
    WORD ("status", STATUSES, N_ ("Status")),
};

static const QonysEntryField STATUS_CHANGE_FIELDS[] = {
    TEXT ("measure", N_ ("Measure")),
    DAY ("day", N_ ("Day")),
    WORD ("from_status", STATUSES, N_ ("Status before")),
    WORD ("to_status", STATUSES, N_ ("Status after")),
    WORD ("role", ROLES, N_ ("Entered by")),
    TEXT ("evidence", N_ ("Evidence")),
    TEXT ("comment", N_ ("Comment")),
};

static const QonysEntryField ANNOTATION_FIELDS[] = {
    WORD ("kind", ANNOTATION_KINDS, N_ ("Kind")),
    SHAPE ("geom"),
    TEXT3 ("text", N_ ("Text")),
    IDS ("items", N_ ("Marked places")),
    IDS ("measures", N_ ("Measures")),
    TEXT ("before_picture", N_ ("Picture before")),
    TEXT ("after_picture", N_ ("Picture after")),
};

static const QonysEntryField SETTING_FIELDS[] = {TEXT ("value", N_ ("Value"))};

static const QonysEntryField VERSION_FIELDS[] = {
    TEXT ("title", N_ ("Name of the version")),
    {"number", QONYS_VALUE_INTEGER, NULL, 0, NAN, N_ ("Last step in it")},
    DAY ("day", N_ ("Named on")),
    TEXT ("note", N_ ("Note")),
};

static const QonysEntryField SCENE_FIELDS[] = {
    NUMBER ("position", N_ ("Position in the story")),
    WORD ("kind", SCENE_KINDS, N_ ("Kind of scene")),
    TEXT3 ("title", N_ ("Title")),
    TEXT3 ("text", N_ ("Text")),
    TEXT3 ("notes", N_ ("Speaker notes")),
    {"duration_s", QONYS_VALUE_INTEGER, NULL, 1, 3600, N_ ("Duration")},
    {"west_deg", QONYS_VALUE_DECIMAL, NULL, -180, 180, N_ ("West edge")},
    {"south_deg", QONYS_VALUE_DECIMAL, NULL, -85, 85, N_ ("South edge")},
    {"east_deg", QONYS_VALUE_DECIMAL, NULL, -180, 180, N_ ("East edge")},
    {"north_deg", QONYS_VALUE_DECIMAL, NULL, -85, 85, N_ ("North edge")},
    TEXT ("style", N_ ("Look of the map")),
    TEXT ("statistic", N_ ("Districts coloured by")),
    TEXT ("selected", N_ ("Selected district")),
    DAY ("from_day", N_ ("From")),
    DAY ("to_day", N_ ("To")),
    TEXT ("norm", N_ ("Norm")),
    TEXT ("as_of", N_ ("As of version")),
    DAY ("before_from_day", N_ ("Before: from")),
    DAY ("before_to_day", N_ ("Before: to")),
    TEXT ("before_norm", N_ ("Before: norm")),
    TEXT ("before_as_of", N_ ("Before: version")),
    IDS ("items", N_ ("Marked places")),
    IDS ("figures", N_ ("Figures")),
    FLAG ("has_annotations", N_ ("With annotations")),
};

static const QonysEntrySchema SCHEMAS[QONYS_N_ENTRY_KINDS] = {
    {QONYS_ENTRY_ITEM, "problem_item", ITEM_FIELDS, G_N_ELEMENTS (ITEM_FIELDS), QONYS_ITEM_SHAPE},
    {QONYS_ENTRY_MEASURE, "measure", MEASURE_FIELDS, G_N_ELEMENTS (MEASURE_FIELDS), -1},
    {QONYS_ENTRY_STATUS_CHANGE, "status_change", STATUS_CHANGE_FIELDS,
     G_N_ELEMENTS (STATUS_CHANGE_FIELDS), -1},
    {QONYS_ENTRY_ANNOTATION, "annotation", ANNOTATION_FIELDS, G_N_ELEMENTS (ANNOTATION_FIELDS),
     QONYS_ANNOTATION_SHAPE},
    {QONYS_ENTRY_SETTING, "plan_setting", SETTING_FIELDS, G_N_ELEMENTS (SETTING_FIELDS), -1},
    {QONYS_ENTRY_VERSION, "version", VERSION_FIELDS, G_N_ELEMENTS (VERSION_FIELDS), -1},
    {QONYS_ENTRY_SCENE, "scene", SCENE_FIELDS, G_N_ELEMENTS (SCENE_FIELDS), -1},
};

G_STATIC_ASSERT (G_N_ELEMENTS (ITEM_FIELDS) == QONYS_ITEM_N_FIELDS);
G_STATIC_ASSERT (G_N_ELEMENTS (MEASURE_FIELDS) == QONYS_MEASURE_N_FIELDS);
G_STATIC_ASSERT (G_N_ELEMENTS (STATUS_CHANGE_FIELDS) == QONYS_STATUS_CHANGE_N_FIELDS);
G_STATIC_ASSERT (G_N_ELEMENTS (ANNOTATION_FIELDS) == QONYS_ANNOTATION_N_FIELDS);
G_STATIC_ASSERT (G_N_ELEMENTS (SETTING_FIELDS) == QONYS_SETTING_N_FIELDS);
G_STATIC_ASSERT (G_N_ELEMENTS (VERSION_FIELDS) == QONYS_VERSION_N_FIELDS);
G_STATIC_ASSERT (G_N_ELEMENTS (SCENE_FIELDS) == QONYS_SCENE_N_FIELDS);

const QonysEntrySchema *
qonys_entry_schema_get (QonysEntryKind kind)
{
  g_assert (kind < QONYS_N_ENTRY_KINDS);
  return &SCHEMAS[kind];
}

gboolean
qonys_entry_kind_parse (const char *name, QonysEntryKind *kind)
{
  for (guint i = 0; i < QONYS_N_ENTRY_KINDS; i++)
    if (g_strcmp0 (SCHEMAS[i].name, name) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

int
qonys_entry_schema_find (const QonysEntrySchema *schema, const char *name)
{
  for (guint i = 0; i < schema->n_fields; i++)
    if (g_str_equal (schema->fields[i].name, name))
      return (int)i;
  return -1;
}

/* ---- entries ---- */

struct _QonysEntry {
  gatomicrefcount ref_count;
  QonysEntryKind kind;
  char *id;
  char *values[]; /* as many as the schema has fields */
};

/* One way to write each value, so that what comes back from a file is equal: numbers as SQLite
 * gives them, days, shapes to the centimetre. What cannot be read stays, for the check to name. */
static char *
make_value (const char *text, const QonysEntryField *field)
{
  g_autoptr (QonysPath) path = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE], *end;
  QonysDay day;
  double value;

  if (text == NULL || *text == '\0')
    return NULL;
  switch (field->type) {
  case QONYS_VALUE_INTEGER:
  case QONYS_VALUE_DECIMAL:
    value = g_ascii_strtod (text, &end);
    if (*end == '\0' && isfinite (value))
      return g_strdup (g_ascii_formatd (number, sizeof number, "%.15g", value));
    break;
  case QONYS_VALUE_DAY:
    if (qonys_day_parse (text, &day))
      return qonys_day_to_iso (day);
    break;
  case QONYS_VALUE_SHAPE:
    path = qonys_path_parse_wkt (text);
    if (path != NULL)
      return qonys_path_to_wkt (path);
    break;
  case QONYS_VALUE_TEXT:
  case QONYS_VALUE_WORD:
  case QONYS_VALUE_BOOL:
  case QONYS_VALUE_IDS:
  default:
    break;
  }
  return g_utf8_make_valid (text, -1);
}

QonysEntry *
qonys_entry_new (QonysEntryKind kind, const char *id, const char *const *values)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (kind);
  QonysEntry *entry = g_malloc0 (sizeof (QonysEntry) + schema->n_fields * sizeof (char *));

  g_atomic_ref_count_init (&entry->ref_count);
  entry->kind = kind;
  entry->id = g_utf8_make_valid (id, -1);
  for (guint i = 0; values != NULL && i < schema->n_fields; i++)
    entry->values[i] = make_value (values[i], &schema->fields[i]);
  return entry;
}

QonysEntry *
qonys_entry_ref (QonysEntry *entry)
{
  g_atomic_ref_count_inc (&entry->ref_count);
  return entry;
}

void
qonys_entry_unref (QonysEntry *entry)
{
  if (!g_atomic_ref_count_dec (&entry->ref_count))
    return;
  for (guint i = 0; i < SCHEMAS[entry->kind].n_fields; i++)
    g_free (entry->values[i]);
  g_free (entry->id);
  g_free (entry);
}

char *
qonys_entry_make_id (void)
{
  return g_uuid_string_random ();
}

QonysEntryKind
qonys_entry_get_kind (const QonysEntry *entry)
{
  return entry->kind;
}

const char *
qonys_entry_get_id (const QonysEntry *entry)
{
  return entry->id;
}

const char *
qonys_entry_get (const QonysEntry *entry, guint field)
{
  g_assert (field < SCHEMAS[entry->kind].n_fields);
  return entry->values[field];
}

QonysDay
qonys_entry_get_day (const QonysEntry *entry, guint field)
{
  const char *text = qonys_entry_get (entry, field);
  QonysDay day;

  return text != NULL && qonys_day_parse (text, &day) ? day : QONYS_DAY_MISSING;
}

double
qonys_entry_get_number (const QonysEntry *entry, guint field)
{
  const char *text = qonys_entry_get (entry, field);
  char *end;
  double value;

  if (text == NULL)
    return NAN;
  value = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (value) ? value : NAN;
}

gboolean
qonys_entry_get_bool (const QonysEntry *entry, guint field)
{
  return g_strcmp0 (qonys_entry_get (entry, field), "1") == 0;
}

char **
qonys_entry_dup_ids (const QonysEntry *entry, guint field)
{
  const char *text = qonys_entry_get (entry, field);

  return g_strsplit (text != NULL ? text : "", " ", -1);
}

const char *
qonys_entry_get_text3 (const QonysEntry *entry, guint field)
{
  return qonys_entry_get (entry, field + qonys_language_get ());
}

QonysEntry *
qonys_entry_with (const QonysEntry *entry, guint field, const char *value)
{
  QonysEntry *next = qonys_entry_new (entry->kind, entry->id, (const char *const *)entry->values);

  g_assert (field < SCHEMAS[entry->kind].n_fields);
  g_free (next->values[field]);
  next->values[field] = make_value (value, &SCHEMAS[entry->kind].fields[field]);
  return next;
}

gboolean
qonys_entry_equal (const QonysEntry *a, const QonysEntry *b)
{
  if (a == b || a == NULL || b == NULL)
    return a == b;
  if (a->kind != b->kind || !g_str_equal (a->id, b->id))
    return FALSE;
  for (guint i = 0; i < SCHEMAS[a->kind].n_fields; i++)
    if (g_strcmp0 (a->values[i], b->values[i]) != 0)
      return FALSE;
  return TRUE;
}

/* ---- checking ---- */

static gboolean
is_number (const char *text, const QonysEntryField *field)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  return *end == '\0' && isfinite (value) && !(value < field->min) && !(value > field->max) &&
         (field->type != QONYS_VALUE_INTEGER || value == floor (value));
}

static gboolean
suits (const char *text, const QonysEntryField *field)
{
  QonysDay day;

  switch (field->type) {
  case QONYS_VALUE_INTEGER:
  case QONYS_VALUE_DECIMAL:
    return is_number (text, field);
  case QONYS_VALUE_DAY:
    return qonys_day_parse (text, &day);
  case QONYS_VALUE_WORD:
    return g_strv_contains (field->words, text);
  case QONYS_VALUE_BOOL:
    return g_str_equal (text, "0") || g_str_equal (text, "1");
  case QONYS_VALUE_SHAPE: {
    g_autoptr (QonysPath) path = qonys_path_parse_wkt (text);

    return path != NULL;
  }
  case QONYS_VALUE_TEXT:
  case QONYS_VALUE_IDS:
  default:
    return g_utf8_validate (text, -1, NULL);
  }
}

/* What one value asks of another. */
static gboolean
check_together (const QonysEntry *entry, GError **error)
{
  const char *reason = NULL;

  if (entry->kind == QONYS_ENTRY_ITEM) {
    if (entry->values[QONYS_ITEM_PROBLEM] == NULL || entry->values[QONYS_ITEM_PLACE_KIND] == NULL)
      reason = _ ("A marked place needs a problem of the catalogue and a place. Choose both.");
    else if (entry->values[QONYS_ITEM_SEVERITY] != NULL &&
             entry->values[QONYS_ITEM_SEVERITY_REASONS] == NULL)
      reason = _ ("A severity is a judgement. Write the reasons for it.");
    else if (entry->values[QONYS_ITEM_INDICATOR_VALUE] != NULL &&
             (entry->values[QONYS_ITEM_INDICATOR] == NULL ||
              entry->values[QONYS_ITEM_INDICATOR_DAY] == NULL))
      reason = _ ("A value proves something only with its indicator and its day. Name both.");
  } else if (entry->kind == QONYS_ENTRY_MEASURE) {
    if (entry->values[QONYS_MEASURE_EFFECT_TO] != NULL &&
        (entry->values[QONYS_MEASURE_EFFECT_SOURCE] == NULL ||
         entry->values[QONYS_MEASURE_EFFECT_BY] == NULL))
      reason = _ ("An expected effect needs the day and who says so. Name both.");
    else if (entry->values[QONYS_MEASURE_BASE_DAY] != NULL &&
             !qonys_entry_get_bool (entry, QONYS_MEASURE_IS_BASE_ASSUMED) &&
             !qonys_entry_get_bool (entry, QONYS_MEASURE_IS_OWN) &&
             entry->values[QONYS_MEASURE_BASE_REASON] == NULL)
      reason = _ ("The resolution does not say when the time begins. Write the reason for the "
                  "day you chose.");
  }
  if (reason != NULL)
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS, reason);
  return reason == NULL;
}

gboolean
qonys_entry_check (const QonysEntry *entry, GError **error)
{
  const QonysEntrySchema *schema = &SCHEMAS[entry->kind];

  for (guint i = 0; i < schema->n_fields; i++)
    if (entry->values[i] != NULL && !suits (entry->values[i], &schema->fields[i])) {
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                   _ ("“%s” does not fit the field “%s”. Correct it."), entry->values[i],
                   _ (schema->fields[i].label));
      return FALSE;
    }
  return check_together (entry, error);
}

/* ---- as one text ---- */

#define END_OF_NAME "\x1f"
#define END_OF_VALUE "\x1e"

char *
qonys_entry_pack (const QonysEntry *entry)
{
  const QonysEntrySchema *schema = &SCHEMAS[entry->kind];
  GString *packed = g_string_new (NULL);

  for (guint i = 0; i < schema->n_fields; i++) {
    if (entry->values[i] == NULL)
      continue;
    g_string_append (packed, schema->fields[i].name);
    g_string_append (packed, END_OF_NAME);
    g_string_append (packed, entry->values[i]);
    g_string_append (packed, END_OF_VALUE);
  }
  return g_string_free (packed, FALSE);
}

static gboolean
skip_text (const char **at, const char *text)
{
  gsize length = strlen (text);

  if (strncmp (*at, text, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

gboolean
qonys_entry_is_packed (const QonysEntry *entry, const char *packed)
{
  const QonysEntrySchema *schema = &SCHEMAS[entry->kind];

  for (guint i = 0; i < schema->n_fields; i++)
    if (entry->values[i] != NULL &&
        (!skip_text (&packed, schema->fields[i].name) || !skip_text (&packed, END_OF_NAME) ||
         !skip_text (&packed, entry->values[i]) || !skip_text (&packed, END_OF_VALUE)))
      return FALSE;
  return *packed == '\0';
}

QonysEntry *
qonys_entry_unpack (QonysEntryKind kind, const char *id, const char *packed)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (kind);
  g_autofree const char **values = g_new0 (const char *, schema->n_fields);
  g_auto (GStrv) pairs = g_strsplit (packed, END_OF_VALUE, -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    char *value = strstr (pairs[i], END_OF_NAME);
    int field;

    if (value == NULL)
      continue;
    *value = '\0';
    field = qonys_entry_schema_find (schema, pairs[i]);
    if (field >= 0)
      values[field] = value + strlen (END_OF_NAME);
  }
  return qonys_entry_new (kind, id, values);
}

/* ---- JSON ---- */

JsonObject *
qonys_entry_to_json (const QonysEntry *entry)
{
  const QonysEntrySchema *schema = &SCHEMAS[entry->kind];
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < schema->n_fields; i++)
    if (entry->values[i] != NULL)
      json_object_set_string_member (object, schema->fields[i].name, entry->values[i]);
  return object;
}

QonysEntry *
qonys_entry_from_json (QonysEntryKind kind, const char *id, JsonObject *object)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (kind);
  g_autofree const char **values = g_new (const char *, schema->n_fields);

  for (guint i = 0; i < schema->n_fields; i++)
    values[i] = json_object_get_string_member_with_default (object, schema->fields[i].name, NULL);
  return qonys_entry_new (kind, id, values);
}
