#pragma once

#include "draw/stroke.h"
#include "ui/wall-picture.h"

G_BEGIN_DECLS

/* ---- keys ---- */

typedef enum {
  QONYS_SHOW_NOTHING,
  QONYS_SHOW_NEXT,
  QONYS_SHOW_PREVIOUS,
  QONYS_SHOW_FIRST,
  QONYS_SHOW_LAST,
  QONYS_SHOW_BLACK,
  QONYS_SHOW_WHITE,
  QONYS_SHOW_RESUME, /* F5: the scene as it is: no blank wall, no question */
  QONYS_SHOW_LEAVE,  /* Esc: what was begun last, at last the show */
  QONYS_SHOW_LANGUAGE,
  QONYS_SHOW_SEARCH,
  QONYS_SHOW_RETURN, /* from a question */
  QONYS_SHOW_WHY,    /* why something is not shown: until any other command */
  QONYS_SHOW_DIGIT,
  QONYS_SHOW_JUMP, /* to the scene whose number was typed; the next if none was */
  QONYS_SHOW_PEN,
  QONYS_SHOW_ARROW,
  QONYS_SHOW_CIRCLE,
  QONYS_SHOW_LASER,
  QONYS_SHOW_UNDRAW,
  QONYS_SHOW_ERASE,
  QONYS_SHOW_KEEP,
  QONYS_SHOW_SPLIT_LEFT,
  QONYS_SHOW_SPLIT_RIGHT,
} QonysShowCommand;

/** What a key means while showing, as people and common clickers send it. @digit: (out): of a
 * digit. */
QonysShowCommand qonys_show_parse_key (guint keyval, GdkModifierType state, guint *digit);
/** The same of a key of any layout: where it is no Latin letter, by the key's place. There may be
 * no Latin layout beside a Kazakh or Russian one. */
QonysShowCommand qonys_show_parse_hardware_key (guint keyval, guint keycode, GdkModifierType state,
                                                guint *digit);

/* ---- the show ---- */

typedef enum { QONYS_BLANK_NONE, QONYS_BLANK_BLACK, QONYS_BLANK_WHITE } QonysBlank;

#define QONYS_TYPE_SHOW (qonys_show_get_type ())

/**
 * QonysShow:
 *
 * A story being shown: where it is, what the wall shows now and next, the clock, what was drawn.
 * The wall and the presenter's window look at one of these and give it their keys. Pictures are
 * painted by one thread, the scene now first, then the next, then the others. Main thread only.
 *
 * Signals: "changed": anything of it. "pictures-changed": one has come. "search-wanted": "/" was pressed. "language-wanted": the next language was asked for.
 * "keep-wanted": the strokes shall be annotations. "ended".
 */
G_DECLARE_FINAL_TYPE (QonysShow, qonys_show, QONYS, SHOW, GObject)

/** @first: the scene to begin with. */
QonysShow *qonys_show_new (QonysDeck *deck, guint first);

/** The same story made anew: another language, other data. Stays at its scene. */
void qonys_show_set_deck (QonysShow *self, QonysDeck *deck);
QonysDeck *qonys_show_get_deck (QonysShow *self);

/** Nothing is painted before the wall's size is known. */
void qonys_show_set_size (QonysShow *self, const QonysWallSize *size);
const QonysWallSize *qonys_show_get_size (QonysShow *self);

guint qonys_show_get_n_scenes (QonysShow *self);
guint qonys_show_get_index (QonysShow *self);
const QonysEntry *qonys_show_get_scene (QonysShow *self, guint index);
void qonys_show_go_to (QonysShow *self, guint index);
/** Does what a command asks; @digit of a digit. */
void qonys_show_do (QonysShow *self, QonysShowCommand command, guint digit);

/** What was painted of a scene; NULL: nothing yet. */
const QonysWallPicture *qonys_show_get_picture (QonysShow *self, guint index);
/** What the wall shows now: the question's picture, the scene's, or what was shown before while
 * that is being painted. NULL: nothing yet */
const QonysWallPicture *qonys_show_get_shown (QonysShow *self);
/** The whole city, for what lies between two views; NULL: none yet. */
const QonysWallPicture *qonys_show_get_overview (QonysShow *self);
/** Are all scenes painted? */
gboolean qonys_show_is_ready (QonysShow *self);

QonysBlank qonys_show_get_blank (QonysShow *self);
/** Does the wall say why something is not shown? */
gboolean qonys_show_is_explaining (QonysShow *self);
/** The digits typed so far, "" none. */
const char *qonys_show_get_digits (QonysShow *self);
double qonys_show_get_split (QonysShow *self);
void qonys_show_set_split (QonysShow *self, double split);

/* ---- questions ---- */

/** Shows a place of the map until one key returns: its name is the slide's title, its card the
 * slide's text. @name: (nullable): in the language now set; @kato: (nullable): the district asked
 * for. A point is marked. */
void qonys_show_ask (QonysShow *self, const QonysBox *box, const char *name, const char *kato);
gboolean qonys_show_is_away (QonysShow *self);
/** Returns: TRUE and the middle of what was asked for */
gboolean qonys_show_get_asked (QonysShow *self, double *x, double *y);
/** The card on the wall; NULL: none. */
const QonysCard *qonys_show_get_card (QonysShow *self);
/** A click on the wall at a point of it: the card of what lies there, in the same view; nothing
 * there: back to the scene. */
void qonys_show_click (QonysShow *self, double px, double py);

/* ---- drawing ---- */

QonysTool qonys_show_get_tool (QonysShow *self);
/** Is the light spot on the wall, and where? Px of the wall. */
gboolean qonys_show_get_laser (QonysShow *self, double *px, double *py);
void qonys_show_point_at (QonysShow *self, double px, double py);
/** (element-type QonysStroke) */
const GPtrArray *qonys_show_get_strokes (QonysShow *self);
/** Points in px of the wall: begins where @is_first. Nothing happens without a map. */
void qonys_show_draw (QonysShow *self, double px, double py, gboolean is_first);
/* ---- the clock ---- */

double qonys_show_get_elapsed_s (QonysShow *self);
/** What the story takes. */
double qonys_show_get_planned_s (QonysShow *self);

G_END_DECLS
