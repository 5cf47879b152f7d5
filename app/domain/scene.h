#pragma once

#include "domain/plan.h"
#include "geo/box.h"

G_BEGIN_DECLS

/* The story: the scenes of a plan in the order of their positions. Each change of it is an edit,
 * made here and done by whoever keeps the plan; nothing here changes anything. */

/** In the order of the schema's words. */
typedef enum {
  QONYS_SCENE_IS_TITLE,
  QONYS_SCENE_IS_MAP,
  QONYS_SCENE_IS_FIGURES,
  QONYS_SCENE_IS_BEFORE_AFTER,
  QONYS_SCENE_IS_CLOSING,
  QONYS_N_SCENE_KINDS
} QonysSceneType;

/** How long a scene is shown that does not say it. */
#define QONYS_SCENE_DEFAULT_DURATION_S 60

/** A scene without a kind is a map. */
QonysSceneType qonys_scene_get_type (const QonysEntry *scene);
/** In the language now set: «Дейін / кейін». */
const char *qonys_scene_type_get_title (QonysSceneType type);
const char *qonys_scene_type_get_word (QonysSceneType type);

/** What the map shows at least, in the Mercator unit square. Returns: FALSE, with @box empty, if
 * an edge is missing or the box has no size */
gboolean qonys_scene_get_box (const QonysEntry *scene, QonysBox *box);
/** The scene with another box. Returns: (transfer full) */
QonysEntry *qonys_scene_with_box (const QonysEntry *scene, const QonysBox *box);

guint qonys_scene_get_duration_s (const QonysEntry *scene);

/** The scene's title in the language now set, else in another, else the name of its kind: for
 * lists and steps of the history, never for a wall. */
const char *qonys_scene_get_name (const QonysEntry *scene);

/** By position, those without one last, ties by id. Returns: (transfer container) (element-type
 * QonysEntry): borrowed from the plan */
GPtrArray *qonys_story_get (const QonysPlan *plan);
guint qonys_story_get_duration_s (const QonysPlan *plan);
/** The place of a scene in a list; −1 if it is not there. */
int qonys_story_find (const GPtrArray *story, const char *id);

/* ---- edits, each (transfer full): a scene gets a position between its neighbours', others get
 * another only if there is no room ---- */

/** Makes @scene, whose id is new, the @at-th of the story; at its end if @at is beyond it. It
 * stands first among the edit's changes. */
QonysEdit *qonys_story_add (const QonysPlan *plan, QonysEntry *scene, guint at, const char *action);
/** A copy of a scene as the @at-th of the story. NULL if there is no such scene. */
QonysEdit *qonys_story_copy (const QonysPlan *plan, const char *id, guint at);
/** Makes a scene the @to-th of the story; beyond its end, the last. Without changes if it is that
 * already; NULL if there is no such scene. */
QonysEdit *qonys_story_move (const QonysPlan *plan, const char *id, guint to);
/** NULL if there is no such scene. */
QonysEdit *qonys_story_delete (const QonysPlan *plan, const char *id);
/** @after: a scene of the plan, changed. */
QonysEdit *qonys_story_change (const QonysPlan *plan, QonysEntry *after, const char *action);

/**
 * qonys_scene_check:
 *
 * What a scene lacks to be shown: texts missing in a language, no difference between before and
 * after, no figures, no place, ids of versions, items or figures that do not exist.
 *
 * Returns: (transfer full) (element-type char*): sentences in the language now set; empty: ready
 */
GPtrArray *qonys_scene_check (const QonysPlan *plan, const QonysEntry *scene);

/** The resolution in eight scenes, with the ids "story-1" … "story-8" and texts in three languages.
 * Returns: (transfer full) (element-type QonysEntry) */
GPtrArray *qonys_story_make_default (void);

G_END_DECLS
