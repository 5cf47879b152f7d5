/* Names of persons, and of streets that bear persons' names. */
#include "scan.h"

#include <locale.h>

static void
test_persons (void)
{
  static const char *const cells[] = {
      "Иванов Иван Иванович",
      "ИВАНОВ ИВАН ИВАНОВИЧ",
      "иванов иван иванович",
      "Иван Иванович Иванов",
      "Ахметов Серік Болатұлы",
      "Ахметова Айгүл Серікқызы",
      "Ахметова Айгуль Сериковна",
      "Сериков Болат Кайратулы",
      "Байжан Ерлан Қайратұлы",
      "Akhmetov Serik Bolatuly",
      "Ivanov Ivan Ivanovich",
      "Иванов И.О.",
      "Иванов И. О.",
      "И.И. Иванов",
      "Қайратұлы Е.Б.",
      "Байжан А.Б.",
      "Иванов, Иван Иванович",
      "Проверил Иванов И.И. лично, дверь закрыта",
      "В квартире живёт Иванов Пётр Сергеевич с семьёй",
      "Иванов Иван Иванович, 45 лет, живёт на ул. Кенесары",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    assert_text ("note", cells[i], QONYS_VERDICT_REFUSE);
}

static void
test_places (void)
{
  static const char *const cells[] = {
      "Бауыржан Момышұлы даңғылы",
      "Ахмет Байтұрсынұлы",
      "Темирбека Жургенова",
      "ул. Ахмета Байтурсынова",
      "проспект Бауыржана Момышулы",
      "пр. Бауыржана Момышулы",
      "Шәкәрім Құдайбердіұлы даңғылы",
      "Ұлы Дала даңғылы",
      "Ұлы Дала Елі",
      "Улы Дала Авеню",
      "Ұлы Жібек Жолы",
      "Караменде Би Шакаулы көшесі",
      "А.А. Рудаки көшесі",
      "М.В. Ломоносов атындағы Мәскеу мемлекеттік университеті Қазақстан филиалы",
      "Л.Н.Гумилев атындағы Еуразия ұлттық университеті",
      "А. Құнанбайұлы ат. №87 мектеп-гимназия",
      "Академик Н.Ж. Батпенов атындағы Ұлттық орталығы",
      "Парк имени Момышулы",
      "Бауыржан Момышұлы тас жолы",
      "мкр. Бауыржана Момышулы",
      "Момышұлы ш/а Есіл",
      "пер. Бауыржана Момышулы",
      "Восток по Момышулы",
      "Шанырак на Дукенулы",
      "Вблизи Бауыржана Момышулы стоит рынок",
      "Washington D.C.",
      "58 м², Ахмет Байтурсынулы 14 — Жумабаева",
      "Кудайбердыулы — Кудайбердыулы Мустафина",
      "2-комнатная, Шаймерден Косшыгулулы 4 — Сейфуллина - Кумусбекова",
      "И.О. Министра",
      "летние каникулы школьников",
      "две формулы расчёта",
      "Нур-Султан",
      "Хан Шатыр",
      "Дом культуры",
      "3-комнатная квартира · 120 м²",
      "Адольф Янушкевич көшесі",
      "Улы",
      "ұлы қызы улы",
      "Иванов\xff Иван\xc0 Иванович",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    assert_text ("note", cells[i], QONYS_VERDICT_CLEAN);
}

/* In a column of addresses a name is a street's. */
static void
test_address_columns (void)
{
  static const char *const columns[] = {"street_kk", "Улица",   "көше",        "Мекенжай",
                                        "road_name", "address", "addr_street", "Адрес"};

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    assert_text (columns[i], "Сәкен Ахметов Сейфуллаұлы", QONYS_VERDICT_CLEAN);
}

static void
test_sample (void)
{
  g_autoptr (GPtrArray) findings = scan_text ("note", "там живёт Иванов Пётр Сергеевич, 5");
  const QonysFinding *finding = find_kind (findings, QONYS_IDENTIFIER_PERSON_NAME);

  g_assert_nonnull (finding);
  g_assert_cmpstr (finding->masked_sample, ==, "И••••• •••• •••••••••");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/names/persons", test_persons);
  g_test_add_func ("/privacy/names/places", test_places);
  g_test_add_func ("/privacy/names/address-columns", test_address_columns);
  g_test_add_func ("/privacy/names/sample", test_sample);
  return g_test_run ();
}
