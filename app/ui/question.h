#pragma once

#include "ui/show.h"

G_BEGIN_DECLS

/** A search for questions from the floor: districts, places and streets; Enter shows the first on
 * the wall, Esc closes. Hidden until qonys_question_open(). */
GtkWidget *qonys_question_new (QonysShow *show);
void qonys_question_open (GtkWidget *ask);

G_END_DECLS
