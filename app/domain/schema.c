/* The schema: six record types of 6 to 30 fields, looked up a few times a file, never a row. */

#include "domain/schema.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define ANY NAN, NAN
#define COUNT 0, NAN
#define ROWS(fields) fields, G_N_ELEMENTS (fields)

static const char *const ACCURACY[] = {"house", "street", "block", "district", "none", NULL};
static const char *const DWELLING_TYPE[] = {"flat",   "room",  "house", "part_house", "dormitory",
                                            "hostel", "dacha", "other", "unknown",    NULL};
static const char *const OWNERSHIP[] = {"private_person", "legal_entity", "state",
                                        "cooperative",    "unknown",      NULL};
static const char *const YES_NO_UNKNOWN[] = {"yes", "no", "unknown", NULL};
static const char *const SUSPICION_STATUS[] = {
    "suspected", "queued", "checked_confirmed", "checked_not_confirmed", "expired", NULL};
static const char *const ROLE[] = {"inspector", "head", "court", NULL};
static const char *const OPERATION_KIND[] = {"opm", "raid", "document_check", "joint", NULL};
static const char *const SITE_TYPE[] = {"market", "construction", "hostel",  "dormitory",
                                        "flats",  "industrial",   "station", "transport",
                                        "street", "other",        NULL};
static const char *const DIRECTION[] = {"inter-regional", "intra-city", "external", NULL};
static const char *const QUALIFIER[] = {"eq", "gt", "lt", "about", NULL};

static const QonysField DWELLING[] = {
    {"dwelling_key", QONYS_FIELD_KEY, QONYS_P2, TRUE, ANY, NULL, N_ ("Dwelling code")},
    {"rca", QONYS_FIELD_KEY, QONYS_P2, FALSE, ANY, NULL, N_ ("Address code (RCA)")},
    {"district", QONYS_FIELD_TEXT, QONYS_P0, FALSE, ANY, NULL, N_ ("District")},
    {"street_kk", QONYS_FIELD_TEXT, QONYS_P2, FALSE, ANY, NULL, N_ ("Street (Kazakh)")},
    {"street_ru", QONYS_FIELD_TEXT, QONYS_P2, FALSE, ANY, NULL, N_ ("Street (Russian)")},
    {"house", QONYS_FIELD_TEXT, QONYS_P2, FALSE, ANY, NULL, N_ ("Building No.")},
    {"flat", QONYS_FIELD_TEXT, QONYS_P2, FALSE, ANY, NULL, N_ ("Flat")},
    {"position_accuracy", QONYS_FIELD_ENUM, QONYS_P0, FALSE, ANY, ACCURACY,
     N_ ("Accuracy of the position")},
    {"dwelling_type", QONYS_FIELD_ENUM, QONYS_P2, FALSE, ANY, DWELLING_TYPE, N_ ("Dwelling type")},
    {"ownership", QONYS_FIELD_ENUM, QONYS_P2, FALSE, ANY, OWNERSHIP, N_ ("Form of ownership")},
    {"owner_group", QONYS_FIELD_TEXT, QONYS_P2, FALSE, ANY, NULL, N_ ("Owner group")},
    {"area_total_m2", QONYS_FIELD_DECIMAL, QONYS_P2, FALSE, 5, 2000, NULL,
     N_ ("Total floor area, m²")},
    {"area_useful_m2", QONYS_FIELD_DECIMAL, QONYS_P2, FALSE, 5, 2000, NULL,
     N_ ("Useful floor area, m²")},
    {"area_living_m2", QONYS_FIELD_DECIMAL, QONYS_P2, FALSE, 5, 2000, NULL,
     N_ ("Living floor area, m²")},
    {"rooms", QONYS_FIELD_INT, QONYS_P2, FALSE, 0, 20, NULL, N_ ("Rooms")},
    {"let", QONYS_FIELD_ENUM, QONYS_P2, FALSE, ANY, YES_NO_UNKNOWN, N_ ("Let to tenants")},
    {"legal_basis_checked", QONYS_FIELD_BOOL, QONYS_P2, FALSE, ANY, NULL,
     N_ ("Legal basis checked")},
    {"as_of", QONYS_FIELD_DATE, QONYS_P0, FALSE, ANY, NULL, N_ ("Data date")},
    {"reg_permanent", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL, N_ ("Permanent registration")},
    {"reg_temporary", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL, N_ ("Temporary registration")},
    {"reg_citizens", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL, N_ ("Citizens registered")},
    {"reg_foreigners", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL, N_ ("Foreigners registered")},
    {"reg_minors", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL, N_ ("Minors registered")},
    {"reg_relatives", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Close relatives registered")},
    {"reg_after_norm", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Registered since the norm")},
    {"reg_after_norm_nonrelative", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Registered since the norm, not relatives")},
    {"regs_12m", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL, N_ ("Registrations in 12 months")},
    {"deregs_12m", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Deregistrations in 12 months")},
    {"living_found", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Found living at inspection")},
    {"living_found_date", QONYS_FIELD_DATE, QONYS_P2, FALSE, ANY, NULL, N_ ("Date of inspection")},
};
G_STATIC_ASSERT (G_N_ELEMENTS (DWELLING) == QONYS_DWELLING_N_FIELDS);

static const QonysField REGISTRATION[] = {
    {"place_ref", QONYS_FIELD_TEXT, QONYS_P0, TRUE, ANY, NULL, N_ ("Place")},
    {"as_of", QONYS_FIELD_DATE, QONYS_P0, TRUE, ANY, NULL, N_ ("Data date")},
    {"reg_permanent", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Permanent registration")},
    {"reg_temporary", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Temporary registration")},
    {"reg_citizens", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Citizens registered")},
    {"reg_foreigners", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Foreigners registered")},
    {"regs_12m", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Registrations in 12 months")},
    {"deregs_12m", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL,
     N_ ("Deregistrations in 12 months")},
};
G_STATIC_ASSERT (G_N_ELEMENTS (REGISTRATION) == QONYS_REGISTRATION_N_FIELDS);

static const QonysField SUSPICION[] = {
    {"place_ref", QONYS_FIELD_KEY, QONYS_P2, TRUE, ANY, NULL, N_ ("Dwelling code")},
    {"district", QONYS_FIELD_TEXT, QONYS_P0, FALSE, ANY, NULL, N_ ("District")},
    {"ind_gap", QONYS_FIELD_INT, QONYS_P2, FALSE, ANY, NULL,
     N_ ("Registered minus actually living")},
    {"ind_m2_per_person", QONYS_FIELD_DECIMAL, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Useful floor area per registered person, m²")},
    {"ind_turnover", QONYS_FIELD_DECIMAL, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Registration turnover, per year")},
    {"ind_owner_total", QONYS_FIELD_INT, QONYS_P2, FALSE, COUNT, NULL,
     N_ ("Registrants across one owner’s dwellings")},
    {"ind_utility_mismatch", QONYS_FIELD_ENUM, QONYS_P2, FALSE, ANY, YES_NO_UNKNOWN,
     N_ ("Utilities too low for the number registered")},
    {"status", QONYS_FIELD_ENUM, QONYS_P2, TRUE, ANY, SUSPICION_STATUS, N_ ("Status")},
    {"status_date", QONYS_FIELD_DATE, QONYS_P2, FALSE, ANY, NULL, N_ ("Date of status")},
    {"expires", QONYS_FIELD_DATE, QONYS_P2, FALSE, ANY, NULL, N_ ("Valid until")},
    {"explanation", QONYS_FIELD_TEXT, QONYS_P2, FALSE, ANY, NULL, N_ ("Possible explanation")},
    {"decided_by_role", QONYS_FIELD_ENUM, QONYS_P2, FALSE, ANY, ROLE, N_ ("Decided by (role)")},
};
G_STATIC_ASSERT (G_N_ELEMENTS (SUSPICION) == QONYS_SUSPICION_N_FIELDS);

static const QonysField OPERATION[] = {
    {"op_key", QONYS_FIELD_KEY, QONYS_P1, TRUE, ANY, NULL, N_ ("Operation code")},
    {"kind", QONYS_FIELD_ENUM, QONYS_P1, FALSE, ANY, OPERATION_KIND, N_ ("Kind of operation")},
    {"name", QONYS_FIELD_TEXT, QONYS_P1, FALSE, ANY, NULL, N_ ("Name of the operation")},
    {"district", QONYS_FIELD_TEXT, QONYS_P0, FALSE, ANY, NULL, N_ ("District")},
    {"date_start", QONYS_FIELD_DATE, QONYS_P1, FALSE, ANY, NULL, N_ ("Start date")},
    {"date_end", QONYS_FIELD_DATE, QONYS_P1, TRUE, ANY, NULL, N_ ("End date")},
    {"site_type", QONYS_FIELD_ENUM, QONYS_P1, FALSE, ANY, SITE_TYPE, N_ ("Site type")},
    {"addresses_checked", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Addresses checked")},
    {"persons_checked", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Persons checked")},
    {"viol_492", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 492")},
    {"viol_493", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 493")},
    {"viol_495", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 495")},
    {"viol_496", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 496")},
    {"viol_517", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 517")},
    {"viol_518", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 518")},
    {"viol_519", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Cases under art. 519")},
    {"viol_other", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL,
     N_ ("Cases under other articles")},
    {"citizens_liable", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Citizens held liable")},
    {"foreigners_liable", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL,
     N_ ("Foreigners held liable")},
    {"fines_imposed_kzt", QONYS_FIELD_BIG, QONYS_P1, FALSE, COUNT, NULL,
     N_ ("Fines imposed, tenge")},
    {"fines_collected_kzt", QONYS_FIELD_BIG, QONYS_P1, FALSE, COUNT, NULL,
     N_ ("Fines collected, tenge")},
    {"warnings", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Warnings issued")},
    {"expelled_court", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL,
     N_ ("Removed by court decision")},
    {"deported", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Deported")},
    {"stay_shortened", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL,
     N_ ("Period of stay shortened")},
    {"info_talks", QONYS_FIELD_INT, QONYS_P1, FALSE, COUNT, NULL, N_ ("Explanatory talks")},
};
G_STATIC_ASSERT (G_N_ELEMENTS (OPERATION) == QONYS_OPERATION_N_FIELDS);

static const QonysField FLOW[] = {
    {"origin", QONYS_FIELD_TEXT, QONYS_P0, TRUE, ANY, NULL, N_ ("Origin")},
    {"destination", QONYS_FIELD_TEXT, QONYS_P0, TRUE, ANY, NULL, N_ ("Destination")},
    {"month", QONYS_FIELD_DATE, QONYS_P0, TRUE, ANY, NULL, N_ ("Month")},
    {"direction_detail", QONYS_FIELD_ENUM, QONYS_P0, FALSE, ANY, DIRECTION, N_ ("Direction")},
    {"arrivals", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Arrivals")},
    {"departures", QONYS_FIELD_INT, QONYS_P0, FALSE, COUNT, NULL, N_ ("Departures")},
};
G_STATIC_ASSERT (G_N_ELEMENTS (FLOW) == QONYS_FLOW_N_FIELDS);

static const QonysField INDICATOR[] = {
    {"indicator", QONYS_FIELD_TEXT, QONYS_P0, TRUE, ANY, NULL, N_ ("Indicator")},
    {"place_ref", QONYS_FIELD_TEXT, QONYS_P0, TRUE, ANY, NULL, N_ ("Place")},
    {"period_start", QONYS_FIELD_DATE, QONYS_P0, FALSE, ANY, NULL, N_ ("Period, from")},
    {"period_end", QONYS_FIELD_DATE, QONYS_P0, TRUE, ANY, NULL, N_ ("Period, to")},
    {"value", QONYS_FIELD_DECIMAL, QONYS_P0, FALSE, ANY, NULL, N_ ("Value")},
    {"qualifier", QONYS_FIELD_ENUM, QONYS_P0, FALSE, ANY, QUALIFIER, N_ ("Qualifier")},
    {"numerator", QONYS_FIELD_DECIMAL, QONYS_P0, FALSE, ANY, NULL, N_ ("Numerator")},
    {"denominator", QONYS_FIELD_DECIMAL, QONYS_P0, FALSE, ANY, NULL, N_ ("Denominator")},
    {"source", QONYS_FIELD_TEXT, QONYS_P0, FALSE, ANY, NULL, N_ ("Source")},
};
G_STATIC_ASSERT (G_N_ELEMENTS (INDICATOR) == QONYS_INDICATOR_N_FIELDS);

static const QonysSchema SCHEMAS[QONYS_N_RECORD_TYPES] = {
    {QONYS_RECORD_DWELLING, "dwelling", N_ ("Dwellings"), ROWS (DWELLING), TRUE, TRUE,
     QONYS_DWELLING_KEY, QONYS_DWELLING_AS_OF},
    {QONYS_RECORD_REGISTRATION_COUNT, "registration_count", N_ ("Registration counts"),
     ROWS (REGISTRATION), FALSE, FALSE, -1, QONYS_REGISTRATION_AS_OF},
    {QONYS_RECORD_SUSPICION, "suspicion", N_ ("Suspected fictitious registrations"),
     ROWS (SUSPICION), TRUE, TRUE, QONYS_SUSPICION_PLACE_REF, QONYS_SUSPICION_STATUS_DATE},
    {QONYS_RECORD_OPERATION, "operation", N_ ("Raid operations"), ROWS (OPERATION), TRUE, FALSE,
     QONYS_OPERATION_KEY, QONYS_OPERATION_DATE_END},
    {QONYS_RECORD_FLOW, "flow", N_ ("Migration flows"), ROWS (FLOW), FALSE, FALSE, -1,
     QONYS_FLOW_MONTH},
    {QONYS_RECORD_INDICATOR, "indicator", N_ ("Indicators"), ROWS (INDICATOR), FALSE, FALSE, -1,
     QONYS_INDICATOR_PERIOD_END},
};

/* The words of enums as people read them; words that mean the same share a row. */
static const struct {
  const char *word, *label;
} WORDS[] = {
    {"house", N_ ("House")},
    {"street", N_ ("Street")},
    {"block", N_ ("Block")},
    {"district", N_ ("District")},
    {"none", N_ ("Unknown")},
    {"flat", N_ ("Flat")},
    {"room", N_ ("Room")},
    {"part_house", N_ ("Part of a house")},
    {"dormitory", N_ ("Dormitory")},
    {"hostel", N_ ("Hostel")},
    {"dacha", N_ ("Dacha")},
    {"other", N_ ("Other")},
    {"unknown", N_ ("Unknown")},
    {"private_person", N_ ("Private person")},
    {"legal_entity", N_ ("Legal entity")},
    {"state", N_ ("State-owned")},
    {"cooperative", N_ ("Cooperative")},
    {"yes", N_ ("Yes")},
    {"no", N_ ("No")},
    {"suspected", N_ ("Suspected")},
    {"queued", N_ ("Queued for a check")},
    {"checked_confirmed", N_ ("Checked: confirmed")},
    {"checked_not_confirmed", N_ ("Checked: not confirmed")},
    {"expired", N_ ("Expired")},
    {"inspector", N_ ("Inspector")},
    {"head", N_ ("Head of unit")},
    {"court", N_ ("Court")},
    {"opm", N_ ("Operational-preventive operation (OPM)")},
    {"raid", N_ ("Raid")},
    {"document_check", N_ ("Document check")},
    {"joint", N_ ("Joint operation")},
    {"market", N_ ("Market")},
    {"construction", N_ ("Construction site")},
    {"flats", N_ ("Flats")},
    {"industrial", N_ ("Industrial zone")},
    {"station", N_ ("Station")},
    {"transport", N_ ("Transport")},
    {"inter-regional", N_ ("Between regions")},
    {"intra-city", N_ ("Within the city")},
    {"external", N_ ("External")},
    {"eq", N_ ("Exactly")},
    {"gt", N_ ("Lower bound")},
    {"lt", N_ ("Upper bound")},
    {"about", N_ ("About")},
};

const QonysSchema *
qonys_schema_get (QonysRecordType type)
{
  g_return_val_if_fail (type < QONYS_N_RECORD_TYPES, NULL);

  return &SCHEMAS[type];
}

gboolean
qonys_record_type_parse (const char *name, QonysRecordType *type)
{
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    if (g_ascii_strcasecmp (SCHEMAS[i].name, name) == 0) {
      *type = i;
      return TRUE;
    }
  return FALSE;
}

int
qonys_schema_find_field (const QonysSchema *schema, const char *name)
{
  for (guint i = 0; i < schema->n_fields; i++)
    if (g_ascii_strcasecmp (schema->fields[i].name, name) == 0)
      return i;
  return -1;
}

guint8
qonys_field_find_value (const QonysField *field, const char *word)
{
  for (guint i = 0; field->values != NULL && field->values[i] != NULL; i++)
    if (g_ascii_strcasecmp (field->values[i], word) == 0)
      return i;
  return QONYS_CODE_MISSING;
}

const char *
qonys_field_get_value_label (const QonysField *field, guint8 value)
{
  if (value == QONYS_CODE_MISSING)
    return "–";
  if (field->type == QONYS_FIELD_BOOL)
    return value ? _ ("Yes") : _ ("No");

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_equal (WORDS[i].word, field->values[value]))
      return _ (WORDS[i].label);
  return field->values[value];
}
