/* Names of columns: those that are refused, those that must not be. */
#include "scan.h"

#include <locale.h>

static gboolean
is_refused (const char *name, gboolean is_address_level)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (is_address_level);
  g_autoptr (GPtrArray) findings = NULL;

  qonys_scanner_add_column (scanner, name, QONYS_SCAN_INTEGER);
  findings = qonys_scanner_finish (scanner);
  if (findings->len > 0)
    g_assert_cmpint (((QonysFinding *)g_ptr_array_index (findings, 0))->kind, ==,
                     QONYS_IDENTIFIER_COLUMN_NAME);
  return qonys_findings_get_verdict (findings) == QONYS_VERDICT_REFUSE;
}

static void
test_refused (void)
{
  static const char *const names[] = {
      "ЖСН",
      "ИИН",
      "IIN",
      "iin",
      "Иин",
      "ИИН/БИН",
      "И.И.Н.",
      "ИИН собственника",
      "owner_iin",
      "ownerIIN",
      "Т.А.Ә.",
      "ТАӘ",
      "аты-жөні",
      "Аты жөні",
      "АТЫ_ЖӨНІ",
      "атыжөні",
      "Тегі",
      "есімі",
      "ФИО",
      "Ф.И.О.",
      "Ф. И. О. жильца",
      "fio",
      "Фамилия",
      "ФАМИЛИЯ ",
      "фамилия, имя",
      "Имя",
      "имя",
      "Отчество",
      "full name",
      "first_name",
      "lastName",
      "FAMILIYA",
      "OTCHESTVO",
      "surname",
      "туған күні",
      "Туған-күні",
      "Дата рождения",
      "ДАТАРОЖДЕНИЯ",
      "date_of_birth",
      "birth",
      "Birth Date",
      "dob",
      "ұлты",
      "Улты",
      "этнос",
      "Национальность",
      "ethnicity",
      "nationality",
      "дін",
      "Діні",
      "вероисповедание",
      "religion",
      "Паспорт",
      "№ паспорта",
      "passport_no",
      "төлқұжат",
      "Толкужат",
      "жеке куәлік",
      "жеке куәліктің нөмірі",
      "Удостоверение личности",
      "құжат нөмірі",
      "Номер документа",
      "Телефон",
      "тел.",
      "phone",
      "PhoneNumber",
      "моб.",
      "моб. тел.",
      "email",
      "e-mail",
      "E_MAIL",
      "Эл. почта",
      "Диагноз",
      "сот үкімі",
      "судимость",
      "photo",
      "фото",
      "Сурет",
      "меншік иесі",
      "Собственник",
      "Собственник квартиры",
      "ﬁo",
      "ＩＩＮ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int level = 0; level < 2; level++)
      if (!is_refused (names[i], level))
        g_error ("“%s” is not refused", names[i]);
}

static void
test_refused_at_address (void)
{
  static const char *const names[] = {"азаматтығы",  "Азаматтыгы", "гражданство",
                                      "Citizenship", "жынысы",     "Пол",
                                      "пол (м/ж)",   "sex",        "gender"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!is_refused (names[i], TRUE))
      g_error ("“%s” is not refused at address level", names[i]);
    if (is_refused (names[i], FALSE))
      g_error ("“%s” is refused at city level", names[i]);
  }
}

static void
test_passed (void)
{
  static const char *const names[] = {
      "жалпы саны",
      "азаматтар саны",
      "Азаматтар саны",
      "Количество паспортов",
      "Кол-во удостоверений",
      "Число собственников",
      "Паспорт объекта",
      "Технический паспорт",
      "теги",
      "Теги OSM",
      "этаж",
      "Материал пола",
      "полиция",
      "телебашня",
      "именование",
      "наименование",
      "Название",
      "атауы",
      "Дата",
      "күні",
      "аудан",
      "Мобильное приложение",
      "пошта индексі",
      "почтовый индекс",
      "Форма собственности",
      "меншік нысаны",
      "тіркелгендер",
      "шетелдіктер саны",
      "Граждане",
      "цель",
      "тип",
      "номер дома",
      "РКА",
      "Кадастровый номер",
      "КАТО",
      "БИН",
      "listing_id",
      "osm_id",
      "licence_category",
      "x_3857",
      "birth_rate",
      "births",
      "рождаемость",
      "number of citizens",
      "citizens_count",
      "Ұлттық статистика бюросы",
      "identity",
      "owner_group",
      "ownership",
      "owner_type",
      "use_in_metrics",
      "in",
      "",
      "№",
      "  ",
      "1",
      "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_refused (names[i], TRUE))
      g_error ("“%s” is refused", names[i]);
}

/* Every field of the data model's section 3. */
static void
test_own_fields (void)
{
  static const char fields[] =
      "dwelling_key rca district street_kk street_ru house flat position position_accuracy "
      "dwelling_type ownership owner_group area_total_m2 area_useful_m2 area_living_m2 rooms let "
      "legal_basis_checked place_ref as_of reg_permanent reg_temporary reg_citizens "
      "reg_foreigners reg_minors reg_relatives reg_after_norm reg_after_norm_nonrelative regs_12m "
      "deregs_12m living_found living_found_date ind_gap ind_m2_per_person ind_turnover "
      "ind_owner_total ind_utility_mismatch status status_date expires explanation "
      "decided_by_role op_key kind name date_start date_end area site_type addresses_checked "
      "persons_checked viol_492 viol_493 viol_495 viol_496 viol_517 viol_518 viol_519 viol_other "
      "article part count citizens_liable foreigners_liable fines_imposed_kzt "
      "fines_collected_kzt warnings expelled_court deported stay_shortened info_talks key "
      "name_kk name_ru address opening_hours counters posts_established posts_filled point "
      "channel service_code month wait_median_min complaints period sector category issued "
      "refused revoked persons year units used applications granted extended invitations "
      "citizenship_obtained decisions_granted basis decisions origin destination arrivals "
      "departures balance direction_detail catalogue_id place text_kk text_ru text_en severity "
      "evidence author_role date responsible_body deadline_rule history measure effect kato "
      "names geometry area_km2 valid_from valid_to split_from source licence title supplier "
      "received_on register class row_count sha256 transformation_log synthetic dataset_id "
      "article_code direct statecorp egov mobile_app not_stated";
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (is_refused (names[i], TRUE))
      g_error ("own field “%s” is refused", names[i]);
}

/* "name" and "owner" are judged by what they hold. */
static void
test_by_values (void)
{
  static const char *const persons[] = {"Ахметова Айгүл", "Серік Болатов", "Иванов Пётр", NULL};
  static const char *const latin[] = {"Akhmetova Aigul", "Ivanov Petr", NULL};
  static const char *const places[] = {"Хан Шатыр",
                                       "Керуен",
                                       "Школа № 5",
                                       "Азия Парк",
                                       "Сәкен Сейфуллин көшесі",
                                       "Парк имени Момышулы",
                                       "Назарбаев Университеті",
                                       "Ильяс Есенберлин",
                                       NULL};
  static const char *const operation[] = {"Мигрант", "«Мигрант»", NULL};
  static const char *const forms[] = {"private_person", "legal_entity", "state", "мемлекет", NULL};
  static const char *const codes[] = {"g-001", "g-002", "17", NULL};
  static const char *const owners[] = {"private_person", "Серік", NULL};

  g_assert_cmpint (take_verdict (scan_texts ("name", persons)), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (take_verdict (scan_texts ("Name", latin)), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (take_verdict (scan_texts ("аты", persons)), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (take_verdict (scan_texts ("note", persons)), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (take_verdict (scan_texts ("name", places)), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (take_verdict (scan_texts ("name", operation)), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (take_verdict (scan_texts ("owner", forms)), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (take_verdict (scan_texts ("owner", codes)), ==, QONYS_VERDICT_CLEAN);
  g_assert_cmpint (take_verdict (scan_texts ("owner", owners)), ==, QONYS_VERDICT_REFUSE);
  g_assert_cmpint (take_verdict (scan_texts ("owner_group", owners)), ==, QONYS_VERDICT_CLEAN);
}

/* A table without a head: its first row is read as names, and may not be shown. */
static void
test_identifying_name (void)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (FALSE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  qonys_scanner_add_column (scanner, "991231100010", QONYS_SCAN_TEXT);
  qonys_scanner_add_column (scanner, "Иванов Иван Иванович", QONYS_SCAN_TEXT);
  findings = qonys_scanner_finish (scanner);
  g_assert_cmpuint (findings->len, ==, 2);
  text = qonys_findings_describe (findings);
  g_assert_null (strstr (text, "991231100010"));
  g_assert_null (strstr (text, "Иванов"));
  g_assert_nonnull (strstr (text, "9912••••••10"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/columns/refused", test_refused);
  g_test_add_func ("/privacy/columns/refused-at-address", test_refused_at_address);
  g_test_add_func ("/privacy/columns/passed", test_passed);
  g_test_add_func ("/privacy/columns/own-fields", test_own_fields);
  g_test_add_func ("/privacy/columns/by-values", test_by_values);
  g_test_add_func ("/privacy/columns/identifying-name", test_identifying_name);
  return g_test_run ();
}
