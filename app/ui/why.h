#pragma once

#include "base/language.h"

G_BEGIN_DECLS

#define QONYS_WHY_N_SENTENCES 3

/** «Неге көрсетілмейді?» and what is answered, in any language; static strings. */
const char *qonys_why_get_question (QonysLanguage language);
const char *qonys_why_get_sentence (QonysLanguage language, guint i);

G_END_DECLS
