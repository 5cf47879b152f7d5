/* Names of columns as people write them, in three languages, and what they are taken for. */

#include "store-support.h"

#include "store/header-match.h"

static QonysHeaderMatch
match (const char *header, QonysRecordType type)
{
  const char *const headers[] = {header, NULL};
  QonysHeaderMatch one;

  qonys_headers_match (headers, type, &one);
  return one;
}

static void
test_fields (void)
{
  static const struct {
    QonysRecordType type;
    const char *header, *field;
  } HEADERS[] = {
      {QONYS_RECORD_DWELLING, "reg_permanent", "reg_permanent"},
      {QONYS_RECORD_DWELLING, " Dwelling_Key ", "dwelling_key"},
      {QONYS_RECORD_DWELLING, "Тіркелгендер (тұрақты)", "reg_permanent"},
      {QONYS_RECORD_DWELLING, "зарегистрировано постоянно", "reg_permanent"},
      {QONYS_RECORD_DWELLING, "Кол-во постоянно зарегистрированных, чел.", "reg_permanent"},
      {QONYS_RECORD_DWELLING, "Permanently registered", "reg_permanent"},
      {QONYS_RECORD_DWELLING, "Уақытша тіркелгендер саны", "reg_temporary"},
      {QONYS_RECORD_DWELLING, "Зарег. врем.", "reg_temporary"},
      {QONYS_RECORD_DWELLING, "Площадь общая, м²", "area_total_m2"},
      {QONYS_RECORD_DWELLING, "пл. общ.", "area_total_m2"},
      {QONYS_RECORD_DWELLING, "Жалпы алаңы (ш.м.)", "area_total_m2"},
      {QONYS_RECORD_DWELLING, "Пайдалы алаң, м2", "area_useful_m2"},
      {QONYS_RECORD_DWELLING, "ЖИЛАЯ ПЛОЩАДЬ", "area_living_m2"},
      {QONYS_RECORD_DWELLING, "Бөлме саны", "rooms"},
      {QONYS_RECORD_DWELLING, "Число комнат", "rooms"},
      {QONYS_RECORD_DWELLING, "Аудан", "district"},
      {QONYS_RECORD_DWELLING, "Код КАТО", "district"},
      {QONYS_RECORD_DWELLING, "Шетелдіктер", "reg_foreigners"},
      {QONYS_RECORD_DWELLING, "РКА", "rca"},
      {QONYS_RECORD_DWELLING, "Деректер күні", "as_of"},
      {QONYS_RECORD_REGISTRATION_COUNT, "Район", "place_ref"},
      {QONYS_RECORD_REGISTRATION_COUNT, "По состоянию на", "as_of"},
      {QONYS_RECORD_OPERATION, "517-бап", "viol_517"},
      {QONYS_RECORD_OPERATION, "ст. 518 КоАП", "viol_518"},
      {QONYS_RECORD_OPERATION, "Дата окончания", "date_end"},
      {QONYS_RECORD_OPERATION, "Выдворено по решению суда, чел.", "expelled_court"},
      {QONYS_RECORD_OPERATION, "Өндірілген айыппұл, теңге", "fines_collected_kzt"},
      {QONYS_RECORD_FLOW, "Келгендер", "arrivals"},
      {QONYS_RECORD_FLOW, "Выбыло", "departures"},
      {QONYS_RECORD_FLOW, "Месяц", "month"},
      {QONYS_RECORD_INDICATOR, "Көрсеткіш", "indicator"},
      {QONYS_RECORD_SUSPICION, "Код жилища", "place_ref"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (HEADERS); i++) {
    const QonysSchema *schema = qonys_schema_get (HEADERS[i].type);
    QonysHeaderMatch one = match (HEADERS[i].header, HEADERS[i].type);

    g_test_message ("%s: %s, %.2f", HEADERS[i].header,
                    one.field >= 0 ? schema->fields[one.field].name : "none", one.score);
    g_assert_cmpint (one.role, ==, QONYS_ROLE_FIELD);
    g_assert_cmpstr (schema->fields[one.field].name, ==, HEADERS[i].field);
    g_assert_cmpfloat (one.score, <=, 1);
  }
}

/* What is no field, and what may be several. */
static void
test_others (void)
{
  static const char *const NONE[] = {"Примечание",    "Количество",    "№ п/п", "",
                                     "building_type", "Год постройки", "url",   "x_3857"};

  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++) {
    g_test_message ("%s", NONE[i]);
    g_assert_cmpint (match (NONE[i], QONYS_RECORD_DWELLING).role, ==, QONYS_ROLE_IGNORE);
  }
  g_assert_true (match ("Площадь", QONYS_RECORD_DWELLING).is_tie);
  g_assert_cmpint (match ("Мекенжайы", QONYS_RECORD_DWELLING).role, ==, QONYS_ROLE_ADDRESS);
  g_assert_cmpint (match ("Координаты", QONYS_RECORD_DWELLING).role, ==, QONYS_ROLE_LAT_LON);
  g_assert_cmpint (match ("WKT", QONYS_RECORD_DWELLING).role, ==, QONYS_ROLE_WKT);
}

/* One to one; of two as good neither; a lone longitude is none. */
static void
test_sets (void)
{
  static const char *const TWICE[] = {"Район", "Аудан", "Код жилища", NULL};
  static const char *const HALF[] = {"Долгота", "Район", NULL};
  static const char *const BOTH[] = {"lon", "lat", "x", "y", "Координаты", NULL};
  QonysHeaderMatch matches[5];

  qonys_headers_match (TWICE, QONYS_RECORD_DWELLING, matches);
  g_assert_true (matches[0].is_tie && matches[1].is_tie);
  g_assert_cmpint (matches[0].role, ==, QONYS_ROLE_IGNORE);
  g_assert_cmpint (matches[2].field, ==, QONYS_DWELLING_KEY);
  qonys_headers_match (HALF, QONYS_RECORD_DWELLING, matches);
  g_assert_cmpint (matches[0].role, ==, QONYS_ROLE_IGNORE);
  qonys_headers_match (BOTH, QONYS_RECORD_DWELLING, matches);
  g_assert_cmpint (matches[0].role, ==, QONYS_ROLE_LON);
  g_assert_cmpint (matches[1].role, ==, QONYS_ROLE_LAT);
  for (guint i = 2; i < 5; i++)
    g_assert_cmpint (matches[i].role, ==, QONYS_ROLE_IGNORE);
}

static void
test_units (void)
{
  g_assert_cmpfloat (match ("Прибыло, тыс. чел.", QONYS_RECORD_FLOW).scale, ==, 1000);
  g_assert_cmpfloat (match ("Наложено штрафов, млн тенге", QONYS_RECORD_OPERATION).scale, ==, 1e6);
  g_assert_cmpfloat (match ("Общая площадь, га", QONYS_RECORD_DWELLING).scale, ==, 10000);
  g_assert_cmpfloat (match ("Общая площадь, м²", QONYS_RECORD_DWELLING).scale, ==, 1);
}

/* Each type finds its own table, whatever the language. */
static void
test_types (void)
{
  static const char *const TABLES[QONYS_N_RECORD_TYPES][6] = {
      [QONYS_RECORD_DWELLING] = {"Тұрғынжай коды", "Аудан", "Бөлме саны", "Жалпы алаңы"},
      [QONYS_RECORD_REGISTRATION_COUNT] = {"Район", "На дату", "Зарегистрировано постоянно",
                                           "Зарегистрировано временно"},
      [QONYS_RECORD_SUSPICION] = {"Dwelling code", "Status", "Date of status", "Turnover"},
      [QONYS_RECORD_OPERATION] = {"Код операции", "Дата начала", "Дата окончания", "ст. 517"},
      [QONYS_RECORD_FLOW] = {"Қайдан", "Қайда", "Ай", "Келгендер", "Кеткендер"},
      [QONYS_RECORD_INDICATOR] = {"Показатель", "Район", "Конец периода", "Значение"},
  };

  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++) {
    QonysHeaderMatch matches[6];
    double own = qonys_headers_match (TABLES[i], i, matches);

    g_test_message ("%s: %.2f", qonys_schema_get (i)->name, own);
    g_assert_cmpfloat (own, >=, QONYS_HEADERS_FIT);
    for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
      if (type != i)
        g_assert_cmpfloat (qonys_headers_match (TABLES[i], type, matches), <, own);
  }
}

static void
test_values (void)
{
  const QonysSchema *dwelling = qonys_schema_get (QONYS_RECORD_DWELLING);
  const QonysField *type = &dwelling->fields[QONYS_DWELLING_TYPE];

  g_assert_cmpstr (type->values[qonys_value_match (type, "Жатақхана")], ==, "dormitory");
  g_assert_cmpstr (type->values[qonys_value_match (type, "общежитие")], ==, "dormitory");
  g_assert_cmpint (qonys_value_match (type, "дворец"), ==, QONYS_CODE_MISSING);
  g_assert_cmpint (qonys_value_match (type, "="), ==, QONYS_CODE_MISSING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/header-match/fields", test_fields);
  g_test_add_func ("/store/header-match/others", test_others);
  g_test_add_func ("/store/header-match/sets", test_sets);
  g_test_add_func ("/store/header-match/units", test_units);
  g_test_add_func ("/store/header-match/types", test_types);
  g_test_add_func ("/store/header-match/values", test_values);
  return g_test_run ();
}
