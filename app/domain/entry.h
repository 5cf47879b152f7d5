#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/* What people write on the map, as against what registers say: problem items, measures and their
 * status changes, annotations, settings, named versions, scenes. One closed schema serves edits,
 * journal, project file and forms. */

typedef enum {
  QONYS_ENTRY_ITEM,          /* a problem of the catalogue at a place */
  QONYS_ENTRY_MEASURE,       /* of the resolution or one's own */
  QONYS_ENTRY_STATUS_CHANGE, /* of a measure: its history */
  QONYS_ENTRY_ANNOTATION,
  QONYS_ENTRY_SETTING, /* norm, styles, layers, filters: a text by its key */
  QONYS_ENTRY_VERSION, /* a state with a name */
  QONYS_ENTRY_SCENE,   /* of a story that is shown on a wall */
  QONYS_N_ENTRY_KINDS
} QonysEntryKind;

typedef enum {
  QONYS_VALUE_TEXT,    /* UTF-8 */
  QONYS_VALUE_INTEGER, /* "3" */
  QONYS_VALUE_DECIMAL, /* "35.7", shortest form that reads back */
  QONYS_VALUE_DAY,     /* "2024-01-25" */
  QONYS_VALUE_WORD,    /* one of the field's words */
  QONYS_VALUE_BOOL,    /* "1", "0" */
  QONYS_VALUE_IDS,     /* ids with a space between, in the order given */
  QONYS_VALUE_SHAPE,   /* WKT of POINT, LINESTRING or POLYGON, WGS84, longitude first */
} QonysValueType;

typedef struct {
  const char *name; /* the column's name in the project file */
  QonysValueType type;
  const char *const *words; /* of a WORD, NULL-terminated */
  double min, max;          /* of numbers; NaN none */
  const char *label;        /* English msgid; _() it */
} QonysEntryField;

typedef struct {
  QonysEntryKind kind;
  const char *name; /* the table's name in the project file */
  const QonysEntryField *fields;
  guint n_fields;
  int shape_field; /* −1 none */
} QonysEntrySchema;

const QonysEntrySchema *qonys_entry_schema_get (QonysEntryKind kind);

/** Returns: FALSE if there is no kind of this name */
gboolean qonys_entry_kind_parse (const char *name, QonysEntryKind *kind);

/** The number of a field by its name, −1 if there is none. */
int qonys_entry_schema_find (const QonysEntrySchema *schema, const char *name);

/* Field numbers, in the order of the schema. Texts in three languages are three fields, one
 * behind the other in the order of QonysLanguage. */
enum {
  QONYS_ITEM_PROBLEM, /* P01 … P19 */
  QONYS_ITEM_PLACE_KIND,
  QONYS_ITEM_PLACE_REF, /* KATO; the cell's number */
  QONYS_ITEM_SHAPE,
  QONYS_ITEM_TEXT_KK,
  QONYS_ITEM_TEXT_RU,
  QONYS_ITEM_TEXT_EN,
  QONYS_ITEM_SEVERITY, /* 1 … 5, somebody's judgement */
  QONYS_ITEM_SEVERITY_REASONS,
  QONYS_ITEM_INDICATOR, /* evidence: id, value, day */
  QONYS_ITEM_INDICATOR_VALUE,
  QONYS_ITEM_INDICATOR_DAY,
  QONYS_ITEM_DOCUMENT, /* a photo or document by reference */
  QONYS_ITEM_AUTHOR_ROLE,
  QONYS_ITEM_DAY,
  QONYS_ITEM_SOLVED_ON,
  QONYS_ITEM_N_FIELDS
};

enum {
  QONYS_MEASURE_TITLE_KK,
  QONYS_MEASURE_TITLE_RU,
  QONYS_MEASURE_TITLE_EN,
  QONYS_MEASURE_TEXT_KK,
  QONYS_MEASURE_TEXT_RU,
  QONYS_MEASURE_TEXT_EN,
  QONYS_MEASURE_BODY,
  QONYS_MEASURE_IS_RECOMMENDED, /* «ұсынылсын», not an order */
  QONYS_MEASURE_IS_OWN,         /* not of the resolution */
  QONYS_MEASURE_PROBLEMS,
  QONYS_MEASURE_ITEMS,
  QONYS_MEASURE_DEADLINE_RULE, /* ISO 8601 duration: "P1M" */
  QONYS_MEASURE_BASE_DAY,
  QONYS_MEASURE_IS_BASE_ASSUMED,
  QONYS_MEASURE_BASE_REASON, /* why the base day was changed */
  QONYS_MEASURE_DUE_DAY,
  QONYS_MEASURE_EFFECT_INDICATOR,
  QONYS_MEASURE_EFFECT_FROM,
  QONYS_MEASURE_EFFECT_TO,
  QONYS_MEASURE_EFFECT_BY,
  QONYS_MEASURE_EFFECT_SOURCE, /* who says so */
  QONYS_MEASURE_STATUS,
  QONYS_MEASURE_N_FIELDS
};

enum {
  QONYS_STATUS_CHANGE_MEASURE,
  QONYS_STATUS_CHANGE_DAY,
  QONYS_STATUS_CHANGE_FROM,
  QONYS_STATUS_CHANGE_TO,
  QONYS_STATUS_CHANGE_ROLE,
  QONYS_STATUS_CHANGE_EVIDENCE,
  QONYS_STATUS_CHANGE_COMMENT,
  QONYS_STATUS_CHANGE_N_FIELDS
};

enum {
  QONYS_ANNOTATION_KIND, /* pin, callout, arrow, area, freehand, before_after */
  QONYS_ANNOTATION_SHAPE,
  QONYS_ANNOTATION_TEXT_KK,
  QONYS_ANNOTATION_TEXT_RU,
  QONYS_ANNOTATION_TEXT_EN,
  QONYS_ANNOTATION_ITEMS,
  QONYS_ANNOTATION_MEASURES,
  QONYS_ANNOTATION_BEFORE, /* references of pictures */
  QONYS_ANNOTATION_AFTER,
  QONYS_ANNOTATION_N_FIELDS
};

enum { QONYS_SETTING_VALUE, QONYS_SETTING_N_FIELDS };

enum {
  QONYS_VERSION_TITLE,
  QONYS_VERSION_NUMBER, /* of the last edit of the journal that is in it; 0: before the first */
  QONYS_VERSION_DAY,    /* when it was named */
  QONYS_VERSION_NOTE,
  QONYS_VERSION_N_FIELDS
};

enum {
  QONYS_SCENE_POSITION, /* in the story, ascending; any numbers */
  QONYS_SCENE_KIND,     /* title, map, figures, before_after, closing */
  QONYS_SCENE_TITLE_KK,
  QONYS_SCENE_TITLE_RU,
  QONYS_SCENE_TITLE_EN,
  QONYS_SCENE_TEXT_KK,
  QONYS_SCENE_TEXT_RU,
  QONYS_SCENE_TEXT_EN,
  QONYS_SCENE_NOTES_KK, /* for the speaker alone */
  QONYS_SCENE_NOTES_RU,
  QONYS_SCENE_NOTES_EN,
  QONYS_SCENE_DURATION_S,
  QONYS_SCENE_WEST_DEG, /* what the map shows at least, WGS84 */
  QONYS_SCENE_SOUTH_DEG,
  QONYS_SCENE_EAST_DEG,
  QONYS_SCENE_NORTH_DEG,
  QONYS_SCENE_STYLE,     /* as qonys_style_to_text(); missing: the project's */
  QONYS_SCENE_STATISTIC, /* what the districts are coloured by; missing: outlines only */
  QONYS_SCENE_SELECTED,  /* KATO of a district */
  QONYS_SCENE_FROM,      /* the first and the last day shown; missing: open */
  QONYS_SCENE_TO,
  QONYS_SCENE_NORM,        /* as qonys_norm_to_text(); missing: the project's */
  QONYS_SCENE_AS_OF,       /* a version's id; missing: the state now */
  QONYS_SCENE_BEFORE_FROM, /* the left of a before_after: time, norm and version of its own */
  QONYS_SCENE_BEFORE_TO,
  QONYS_SCENE_BEFORE_NORM,
  QONYS_SCENE_BEFORE_AS_OF,
  QONYS_SCENE_ITEMS,   /* emphasised */
  QONYS_SCENE_FIGURES, /* the catalogue's: F01 … */
  QONYS_SCENE_HAS_ANNOTATIONS,
  QONYS_SCENE_N_FIELDS
};

/**
 * QonysEntry:
 *
 * One thing people wrote: a kind, an id of its own and the values of its fields as texts; a value
 * that is missing is %NULL. Immutable, shared by states of the plan and by edits; atomic
 * reference count.
 */
typedef struct _QonysEntry QonysEntry;

/** @values: (array) (nullable): as many as the kind has fields, copied; empty texts are missing;
 * numbers, days and shapes are written in one way */
QonysEntry *qonys_entry_new (QonysEntryKind kind, const char *id, const char *const *values);
QonysEntry *qonys_entry_ref (QonysEntry *entry);
void qonys_entry_unref (QonysEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysEntry, qonys_entry_unref)

/** An id no entry has yet: random. Returns: (transfer full) */
char *qonys_entry_make_id (void);

QonysEntryKind qonys_entry_get_kind (const QonysEntry *entry);
const char *qonys_entry_get_id (const QonysEntry *entry);
const char *qonys_entry_get (const QonysEntry *entry, guint field); /* nullable */
QonysDay qonys_entry_get_day (const QonysEntry *entry, guint field);
double qonys_entry_get_number (const QonysEntry *entry, guint field); /* NaN missing */
gboolean qonys_entry_get_bool (const QonysEntry *entry, guint field); /* missing is FALSE */
/** Returns: (transfer full): ids, NULL-terminated; none if missing */
char **qonys_entry_dup_ids (const QonysEntry *entry, guint field);

/** The text in the language now set, of the three fields that begin with @field; NULL if that
 * language is missing: it is never borrowed silently. */
const char *qonys_entry_get_text3 (const QonysEntry *entry, guint field);

/** The same entry with another value in one field. Returns: (transfer full) */
QonysEntry *qonys_entry_with (const QonysEntry *entry, guint field, const char *value);

gboolean qonys_entry_equal (const QonysEntry *a, const QonysEntry *b); /* either may be NULL */

/** Does every value suit its field (a number in its range, a day, one of the words, a shape) and
 * has its company: a severity its reasons, an effect who says so? The error names the cure. */
gboolean qonys_entry_check (const QonysEntry *entry, GError **error);

/** The values that are there as one text, equal for equal entries. Returns: (transfer full) */
char *qonys_entry_pack (const QonysEntry *entry);
/** Would packing it give this text? */
gboolean qonys_entry_is_packed (const QonysEntry *entry, const char *packed);
/** Returns: (transfer full): fields the schema has not are left out */
QonysEntry *qonys_entry_unpack (QonysEntryKind kind, const char *id, const char *packed);

G_END_DECLS
