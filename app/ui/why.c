/* The rule in three sentences, for the window and for the wall: in all three languages whatever the
 * program's, as those who asked may not speak it. */

#include "ui/why.h"
#include "privacy/suppress.h"

G_STATIC_ASSERT (QONYS_MIN_THRESHOLD == 5); /* the sentences say so */

static const struct {
  const char *question, *sentences[3];
} TEXTS[QONYS_N_LANGUAGES] = {
    [QONYS_KK] = {"Неге көрсетілмейді?",
                  {"Бұл карта адамдарды емес, орындар мен сандарды көрсетеді: пәтерде кімнің "
                   "тіркелгені, оның аты-жөні және қайдан келгені мұнда жоқ.",
                   "Шыққан елі, азаматтығы және пана сұрағандар тек бүкіл қала бойынша "
                   "көрсетіледі, ал бестен аз сан және оны ашып қоятын сандар жасырылады: аз "
                   "санның артында көршілері танып қоятын адам тұр.",
                   "Жасырылған мән нөл деген сөз емес; мекенжайларды тек лауазымды адамдар жазып "
                   "алынатын мақсатпен көреді, ал бұл ережені ешқандай баптау өшірмейді."}},
    [QONYS_RU] = {"Почему это не показано?",
                  {"Эта карта показывает места и числа, а не людей: сведений о том, кто "
                   "зарегистрирован в квартире, как его зовут и откуда он приехал, в ней нет.",
                   "Страна выезда, гражданство и обращения за убежищем показаны только по городу "
                   "в целом, а число меньше пяти скрыто вместе с числами, которые его выдали бы: "
                   "за малым числом стоит человек, которого узнают соседи.",
                   "Скрыто не значит ноль; адреса видят только должностные лица и только для "
                   "записанной цели, и никакая настройка этого правила не отменяет."}},
    [QONYS_EN] = {"Why is this not shown?",
                  {"This map shows places and counts, not people: who is registered in a flat, "
                   "what they are called and where they came from is not in it.",
                   "Country of origin, citizenship and requests for refuge are shown for the "
                   "whole city only, and a count below five is hidden together with the counts "
                   "that would give it away: behind a small count stands a person whom the "
                   "neighbours would recognise.",
                   "Hidden does not mean none; addresses are seen by officials only, for a "
                   "purpose that is written down, and no setting lifts this rule."}},
};

const char *
qonys_why_get_question (QonysLanguage language)
{
  return TEXTS[language].question;
}

const char *
qonys_why_get_sentence (QonysLanguage language, guint i)
{
  return TEXTS[language].sentences[i];
}
