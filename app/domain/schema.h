#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The closed list of what a project can hold: record types and their fields (the data model,
 * section 3). One table serves import, project file, export and cards. There is no field for a
 * name, a number or a nationality of a person, and none can be added by a file. */

typedef enum {
  QONYS_RECORD_DWELLING,
  QONYS_RECORD_REGISTRATION_COUNT,
  QONYS_RECORD_SUSPICION,
  QONYS_RECORD_OPERATION,
  QONYS_RECORD_FLOW,
  QONYS_RECORD_INDICATOR,
  QONYS_N_RECORD_TYPES
} QonysRecordType;

typedef enum {
  QONYS_FIELD_INT,     /* gint32; G_MININT32 missing */
  QONYS_FIELD_BIG,     /* gint64 (tenge); G_MININT64 missing */
  QONYS_FIELD_DECIMAL, /* double; NaN missing */
  QONYS_FIELD_TEXT,    /* UTF-8, dictionary-coded; NULL missing */
  QONYS_FIELD_KEY,     /* UTF-8, mostly distinct, not dictionary-coded; NULL missing */
  QONYS_FIELD_DATE,    /* QonysDay */
  QONYS_FIELD_ENUM,    /* guint8 index into values; 255 missing */
  QONYS_FIELD_BOOL,    /* guint8 0, 1; 255 missing */
} QonysFieldType;

#define QONYS_INT_MISSING G_MININT32
#define QONYS_BIG_MISSING G_MININT64
#define QONYS_CODE_MISSING 255

/** Who may ever see a field: P0 public, P1 aggregates for official use, P2 address level. */
typedef enum { QONYS_P0, QONYS_P1, QONYS_P2 } QonysPrivacyClass;

typedef struct {
  const char *name; /* as in the data model; the column's name in files */
  QonysFieldType type;
  QonysPrivacyClass privacy;
  gboolean is_required;
  double min, max;           /* allowed range, NaN for none; numbers only */
  const char *const *values; /* enums: allowed words, NULL-terminated */
  const char *label;         /* English msgid; _() it */
} QonysField;

typedef struct {
  QonysRecordType type;
  const char *name;  /* "dwelling": layer in the project, word of --as */
  const char *title; /* English msgid, plural */
  const QonysField *fields;
  guint n_fields;
  gboolean has_position; /* points; else a plain table */
  gboolean is_address_level;
  int key_field;  /* −1 none */
  int date_field; /* the field that dates a row, −1 none */
} QonysSchema;

const QonysSchema *qonys_schema_get (QonysRecordType type);

/** By "dwelling", "suspicion"… Returns: FALSE if there is no such type. */
gboolean qonys_record_type_parse (const char *name, QonysRecordType *type);

/** The number of a field by its name (ASCII case ignored), −1 if there is none. */
int qonys_schema_find_field (const QonysSchema *schema, const char *name);

/** The number of an enum's word, %QONYS_CODE_MISSING if it has none such. */
guint8 qonys_field_find_value (const QonysField *field, const char *word);

/** An enum's or bool's value in the language now set, e.g. «жатақхана» for dormitory. */
const char *qonys_field_get_value_label (const QonysField *field, guint8 value);

/* Field numbers, in the order of the schema. */
enum {
  QONYS_DWELLING_KEY,
  QONYS_DWELLING_RCA,
  QONYS_DWELLING_DISTRICT,
  QONYS_DWELLING_STREET_KK,
  QONYS_DWELLING_STREET_RU,
  QONYS_DWELLING_HOUSE,
  QONYS_DWELLING_FLAT,
  QONYS_DWELLING_POSITION_ACCURACY,
  QONYS_DWELLING_TYPE,
  QONYS_DWELLING_OWNERSHIP,
  QONYS_DWELLING_OWNER_GROUP,
  QONYS_DWELLING_AREA_TOTAL_M2,
  QONYS_DWELLING_AREA_USEFUL_M2,
  QONYS_DWELLING_AREA_LIVING_M2,
  QONYS_DWELLING_ROOMS,
  QONYS_DWELLING_LET,
  QONYS_DWELLING_LEGAL_BASIS_CHECKED,
  QONYS_DWELLING_AS_OF,
  QONYS_DWELLING_REG_PERMANENT,
  QONYS_DWELLING_REG_TEMPORARY,
  QONYS_DWELLING_REG_CITIZENS,
  QONYS_DWELLING_REG_FOREIGNERS,
  QONYS_DWELLING_REG_MINORS,
  QONYS_DWELLING_REG_RELATIVES,
  QONYS_DWELLING_REG_AFTER_NORM,
  QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE,
  QONYS_DWELLING_REGS_12M,
  QONYS_DWELLING_DEREGS_12M,
  QONYS_DWELLING_LIVING_FOUND,
  QONYS_DWELLING_LIVING_FOUND_DATE,
  QONYS_DWELLING_N_FIELDS
};

enum {
  QONYS_REGISTRATION_PLACE_REF,
  QONYS_REGISTRATION_AS_OF,
  QONYS_REGISTRATION_PERMANENT,
  QONYS_REGISTRATION_TEMPORARY,
  QONYS_REGISTRATION_CITIZENS,
  QONYS_REGISTRATION_FOREIGNERS,
  QONYS_REGISTRATION_REGS_12M,
  QONYS_REGISTRATION_DEREGS_12M,
  QONYS_REGISTRATION_N_FIELDS
};

enum {
  QONYS_SUSPICION_PLACE_REF,
  QONYS_SUSPICION_DISTRICT,
  QONYS_SUSPICION_IND_GAP,
  QONYS_SUSPICION_IND_M2_PER_PERSON,
  QONYS_SUSPICION_IND_TURNOVER,
  QONYS_SUSPICION_IND_OWNER_TOTAL,
  QONYS_SUSPICION_IND_UTILITY_MISMATCH,
  QONYS_SUSPICION_STATUS,
  QONYS_SUSPICION_STATUS_DATE,
  QONYS_SUSPICION_EXPIRES,
  QONYS_SUSPICION_EXPLANATION,
  QONYS_SUSPICION_DECIDED_BY_ROLE,
  QONYS_SUSPICION_N_FIELDS
};

/* Values of QONYS_SUSPICION_STATUS. */
enum {
  QONYS_STATUS_SUSPECTED,
  QONYS_STATUS_QUEUED,
  QONYS_STATUS_CHECKED_CONFIRMED,
  QONYS_STATUS_CHECKED_NOT_CONFIRMED,
  QONYS_STATUS_EXPIRED
};

enum {
  QONYS_OPERATION_KEY,
  QONYS_OPERATION_KIND,
  QONYS_OPERATION_NAME,
  QONYS_OPERATION_DISTRICT,
  QONYS_OPERATION_DATE_START,
  QONYS_OPERATION_DATE_END,
  QONYS_OPERATION_SITE_TYPE,
  QONYS_OPERATION_ADDRESSES_CHECKED,
  QONYS_OPERATION_PERSONS_CHECKED,
  QONYS_OPERATION_VIOL_492,
  QONYS_OPERATION_VIOL_493,
  QONYS_OPERATION_VIOL_495,
  QONYS_OPERATION_VIOL_496,
  QONYS_OPERATION_VIOL_517,
  QONYS_OPERATION_VIOL_518,
  QONYS_OPERATION_VIOL_519,
  QONYS_OPERATION_VIOL_OTHER,
  QONYS_OPERATION_CITIZENS_LIABLE,
  QONYS_OPERATION_FOREIGNERS_LIABLE,
  QONYS_OPERATION_FINES_IMPOSED_KZT,
  QONYS_OPERATION_FINES_COLLECTED_KZT,
  QONYS_OPERATION_WARNINGS,
  QONYS_OPERATION_EXPELLED_COURT,
  QONYS_OPERATION_DEPORTED,
  QONYS_OPERATION_STAY_SHORTENED,
  QONYS_OPERATION_INFO_TALKS,
  QONYS_OPERATION_N_FIELDS
};

enum {
  QONYS_FLOW_ORIGIN,
  QONYS_FLOW_DESTINATION, /* KATO of a district or of the city */
  QONYS_FLOW_MONTH,       /* first day of the month */
  QONYS_FLOW_DIRECTION_DETAIL,
  QONYS_FLOW_ARRIVALS,
  QONYS_FLOW_DEPARTURES,
  QONYS_FLOW_N_FIELDS
};

/* Values of QONYS_FLOW_DIRECTION_DETAIL. */
enum { QONYS_FLOW_INTER_REGIONAL, QONYS_FLOW_INTRA_CITY, QONYS_FLOW_EXTERNAL };

enum {
  QONYS_INDICATOR_ID,        /* I01 … I28, or POP: residents */
  QONYS_INDICATOR_PLACE_REF, /* KATO of a district or of the city */
  QONYS_INDICATOR_PERIOD_START,
  QONYS_INDICATOR_PERIOD_END,
  QONYS_INDICATOR_VALUE,
  QONYS_INDICATOR_QUALIFIER, /* eq, gt, lt, about */
  QONYS_INDICATOR_NUMERATOR,
  QONYS_INDICATOR_DENOMINATOR,
  QONYS_INDICATOR_SOURCE,
  QONYS_INDICATOR_N_FIELDS
};

G_END_DECLS
