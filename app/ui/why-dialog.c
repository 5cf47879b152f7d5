/* The rule in three sentences, to be read aloud when somebody asks for what the map does not show.
 * In all three languages at once, the window's first: those who asked may not speak it. */

#include "ui/why-dialog.h"
#include "base/language.h"
#include "privacy/suppress.h"
#include "ui/dialogs.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

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

static void
append_language (GtkWidget *box, QonysLanguage language)
{
  gtk_box_append (GTK_BOX (box), qonys_text_new (TEXTS[language].question, "title-2"));
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS[language].sentences); i++) {
    GtkWidget *text = qonys_text_new (TEXTS[language].sentences[i], "qonys-aloud");

    gtk_label_set_max_width_chars (GTK_LABEL (text), 70);
    gtk_box_append (GTK_BOX (box), text);
  }
}

GtkWindow *
qonys_why_dialog_show (GtkWindow *parent)
{
  const QonysLanguage first = qonys_language_get ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "qonys-report");
  append_language (box, first);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if (i != first)
      append_language (box, i);
  return qonys_dialogs_show_page (parent, TEXTS[first].question, box, 800, 640);
}

GtkWidget *
qonys_why_button_new (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Why is this not shown?"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.why");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "qonys-small");
  return button;
}
