#pragma once

#include "ui/window.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_APPLICATION (qonys_application_get_type ())

/** The program while its window is open: one session, one window, actions of the whole. */
G_DECLARE_FINAL_TYPE (QonysApplication, qonys_application, QONYS, APPLICATION, AdwApplication)

QonysApplication *qonys_application_new (void);

/** The window, NULL before there is one. */
QonysWindow *qonys_application_get_window (QonysApplication *self);

/** 1 if opening failed under --exit-after-startup, else 0. */
int qonys_application_get_status (QonysApplication *self);

G_END_DECLS
