#pragma once

#include "domain/catalogue.h"
#include "net/tile-client.h"
#include "release/deck.h"
#include "release/pages.h"
#include "store/examine.h"
#include "store/store.h"
#include <glib-object.h>

G_BEGIN_DECLS

#define QONYS_TYPE_SESSION (qonys_session_get_type ())

/** What changed; bits. */
typedef enum {
  QONYS_CHANGED_RELEASE = 1 << 0, /* project, audience, statistic, period: what may be painted */
  QONYS_CHANGED_STYLE = 1 << 1,
  QONYS_CHANGED_SELECTION = 1 << 2,
  QONYS_CHANGED_ERROR = 1 << 3,
  QONYS_CHANGED_JOB = 1 << 4,     /* a job began or ended */
  QONYS_CHANGED_PLAN = 1 << 5,    /* what people wrote, in plan and content; settings apart */
  QONYS_CHANGED_HISTORY = 1 << 6, /* what can be undone and redone, whether the disk has it */
} QonysChange;

/**
 * QonysSession:
 *
 * What one person has open: project, what of it may be seen, looks, selection, error, the job that
 * runs. Panels read it and ask it; they never know of each other. Slow work runs in a QonysJob; the
 * old state stays until the new one is whole. Main thread only.
 *
 * Signals: "changed" (guint of QonysChange bits). "show-box" (const QonysBox *): the map shall show
 * it. "open-item" (const char *id): a problem "P01", measure "3.2" or figure "F01" shall be read.
 * "show-page" (const char *): a sidebar page shall be shown. "finished" (sentence, path or NULL):
 * work done. "reported" (title, QonysImportReport *): rows and notes of something read.
 * "copy-wanted": an edit waits until the project, which can only be read, is saved elsewhere.
 * "crs-wanted" (const char *path): outlines could not be placed; besides the error.
 */
G_DECLARE_FINAL_TYPE (QonysSession, qonys_session, QONYS, SESSION, GObject)

QonysSession *qonys_session_new (void);

QonysProject *qonys_session_get_project (QonysSession *self); /* NULL: nothing open */
QonysRelease *qonys_session_get_release (QonysSession *self); /* NULL: nothing open */
QonysContent *qonys_session_get_content (QonysSession *self); /* NULL: nothing open */
/** What the public may see of the project, whatever the window shows; NULL: not made yet. */
QonysRelease *qonys_session_get_public_release (QonysSession *self);
QonysAudience qonys_session_get_audience (QonysSession *self);
const QonysStatistic *qonys_session_get_statistic (QonysSession *self); /* NULL: outlines only */

/** The project's name for titles: its file's, or what it is. Returns: (transfer full) */
char *qonys_session_dup_title (QonysSession *self);
/** The day of the newest data in use; missing without. */
QonysDay qonys_session_get_data_day (QonysSession *self);
/** Would closing lose rows or changes that are in no file? */
gboolean qonys_session_is_unsaved (QonysSession *self);

/* Looks are settings of the project: to set them is an edit. What of a style belongs to the screen
 * is not. */
const QonysStyle *qonys_session_get_style (QonysSession *self);
void qonys_session_set_style (QonysSession *self, const QonysStyle *style);
void qonys_session_set_statistic (QonysSession *self, const QonysStatistic *statistic);

/** Of the view, not of the project: no edit. As asked for; the audience may see whole quarters
 * only, which qonys_release_get_period() says. @period: (nullable): open or %NULL: all of time */
void qonys_session_set_period (QonysSession *self, const QonysPeriod *period);
QonysPeriod qonys_session_get_period (QonysSession *self);

/** Tiles below the data; made when first asked for. NULL while the base is schematic. */
QonysTileClient *qonys_session_get_tiles (QonysSession *self);
void qonys_session_set_has_tiles (QonysSession *self, gboolean has_tiles);

/** What is selected; its kind may be none. */
const QonysPick *qonys_session_get_selection (QonysSession *self);
void qonys_session_select (QonysSession *self, const QonysPick *pick);
void qonys_session_select_district (QonysSession *self, const char *kato);
/** An item or annotation by its id, though it is painted in a group; it stays selected while it is
 * edited. Nothing happens if there is none such. */
void qonys_session_select_entry (QonysSession *self, const char *id);
/** Highlights several, none of which has its card then; of one it is qonys_session_select_entry().
 * @ids: (array zero-terminated=1): those that are not on the map are passed over */
void qonys_session_select_entries (QonysSession *self, const char *const *ids);
/** One, made visible and brought into view. */
void qonys_session_show_entry (QonysSession *self, const char *id);
/** Marks a place found by its name, which has no card. */
void qonys_session_mark_place (QonysSession *self, double x, double y);
void qonys_session_clear_selection (QonysSession *self);

void qonys_session_show_box (QonysSession *self, const QonysBox *box);
/** The city, without the parts that lie far from it. */
void qonys_session_show_city (QonysSession *self);
void qonys_session_open_item (QonysSession *self, const char *id);
/** Turns on the layers that show a problem, turns the others off, colours the districts by its
 * first indicator that can be counted, and shows the city. */
void qonys_session_show_problem (QonysSession *self, const QonysProblem *problem);
/** Places a problem has on the map now, −1 if it has none by its nature. */
gint64 qonys_session_count_places (QonysSession *self, const QonysProblem *problem);

/** The error to be shown; NULL: none. */
const GError *qonys_session_get_error (QonysSession *self);
/** @error: (transfer full) (nullable) */
void qonys_session_set_error (QonysSession *self, GError *error);

QonysJob *qonys_session_get_job (QonysSession *self); /* NULL: idle */
/** Does a job run that must not be overtaken? No other work may be asked for until it ends. */
gboolean qonys_session_is_busy (QonysSession *self);

/* ---- what people write ---- */

/** NULL: nothing open. */
QonysPlan *qonys_session_get_plan (QonysSession *self);
const QonysHistory *qonys_session_get_history (QonysSession *self);

/** Are there edits on their way to the disk? Settings of a project that is in no file, or in one
 * that cannot be written, are not: they wait for an edit of another kind, or for a save. */
gboolean qonys_session_has_pending_edits (QonysSession *self);

/**
 * qonys_session_edit:
 *
 * Does an edit: it shows at once and is written on a thread; a project that is in no file is
 * saved as a draft first. While the file is gone or locked, edits wait, and the trouble is said; if
 * one cannot be written for another reason it is taken back and becomes the error. An edit of
 * settings alone makes no draft and no error, it waits.
 *
 * Returns: FALSE with @error set if a value does not fit or names a person
 */
gboolean qonys_session_edit (QonysSession *self, QonysEdit *edit, GError **error);

/* Nothing happens if there is nothing to undo or redo. */
void qonys_session_undo (QonysSession *self);
void qonys_session_redo (QonysSession *self);
/** Makes the state after the edit of that number (0: the first) the state again, as an edit. */
void qonys_session_revert (QonysSession *self, gint64 number);

/** Takes a dataset out of use, or brings it back: an edit. Its rows stay in the file. */
void qonys_session_withdraw (QonysSession *self, gint32 dataset_id, gboolean is_withdrawn);
/** Takes all synthetic datasets out of use. */
void qonys_session_remove_training_data (QonysSession *self);
/* ---- trouble ---- */
/** Can the project's file only be read? Edits wait then for a copy. */
gboolean qonys_session_is_read_only (QonysSession *self);
/** Why nothing can be written, for as long as that is so, and what to do: the file may only be
 * read, is gone (edits wait until it is back) or locked (until it is free). NULL: all is well */
const char *qonys_session_get_trouble (QonysSession *self);
/** Forgets the edit that waits for a copy. */
void qonys_session_drop_held (QonysSession *self);
/** The damaged project that was to be opened last; NULL: none. */
const char *qonys_session_get_damaged (QonysSession *self);

/* ---- work; each returns at once ---- */

/** A project, or else district outlines. */
void qonys_session_open (QonysSession *self, const char *path);
/** @crs: (nullable): "EPSG:28412" where the file does not say it */
void qonys_session_open_districts (QonysSession *self, const char *path, const char *crs);
/** Bundled outlines and base, no rows. */
void qonys_session_new_project (QonysSession *self);
void qonys_session_new_demo (QonysSession *self, gsize n_dwellings);
/** Writes the project to another file and goes on there. */
void qonys_session_save_as (QonysSession *self, const char *path);
/** Writes a copy, with what is not written yet, and stays. */
void qonys_session_save_copy (QonysSession *self, const char *path);
/** Saves what can be read of the damaged project into a copy and opens that; what is lost is
 * "reported". */
void qonys_session_recover (QonysSession *self, const char *copy_path);
/** @comparison is written as the audience may see it: .pdf, .csv or .json. */
void qonys_session_write_comparison (QonysSession *self, QonysComparison *comparison,
                                     const char *path);
/** Paper as a PDF. */
void qonys_session_write_pages (QonysSession *self, QonysPages *pages, const char *path);
/** What a question about a file was answered with; what is set to NULL is taken over. */
typedef struct {
  QonysExamination *examination; /* (nullable) */
  QonysImportReport *report;     /* (nullable) */
  const GError *error;           /* (nullable): besides a report: nothing could be stored */
} QonysImportAnswer;

typedef void (*QonysImportFunc) (QonysImportAnswer *answer, gpointer data);

/** Looks at a file before it is imported; a later look overtakes it. @recipe: (nullable): as
 * qonys_store_examine(). @func is not called of a look overtaken, @free_data is in any case; both
 * the same below. Errors go to @func alone. */
void qonys_session_examine (QonysSession *self, const char *path, const QonysRecipe *recipe,
                            QonysImportFunc func, gpointer data, GDestroyNotify free_data);
/** @addresses: (nullable): a layer of streets and buildings to place dwellings without coordinates
 * by;
 * "": the bundled streets; NULL: they are not placed. @is_dry_run: the answer has the report and
 * the project stays; else the report goes out as "reported". @func: (nullable): then errors are the
 * session's */
void qonys_session_import_by (QonysSession *self, const char *path, const QonysRecipe *recipe,
                              const char *addresses, gboolean is_dry_run, QonysImportFunc func,
                              gpointer data, GDestroyNotify free_data);
/** All rows left out, as a table; @report: (transfer full): comes back with the answer */
void qonys_session_write_import_report (QonysSession *self, const char *path,
                                        const QonysRecipe *recipe, QonysImportReport *report,
                                        const char *target, QonysImportFunc func, gpointer data,
                                        GDestroyNotify free_data);

/** @layer: (nullable): NULL: a picture of @box. The format is told by @path's ending. */
void qonys_session_export (QonysSession *self, const char *layer, const QonysBox *box,
                           const char *path);
/** @path: as qonys_release_write_animation() */
void qonys_session_export_animation (QonysSession *self, const QonysAnimation *animation,
                                     const QonysBox *box, const char *path);
typedef enum { QONYS_STORY_PDF, QONYS_STORY_PNG, QONYS_STORY_HTML } QonysStoryForm;

/** The scenes as slides: a file, of PNG a folder; for the audience now set, as a page for the
 * browser for the public in any case. The plan must have scenes. */
void qonys_session_write_story (QonysSession *self, QonysStoryForm form,
                                const QonysDeckFormat *format, const char *path);
/** @purpose: NULL for the public. */
void qonys_session_set_audience (QonysSession *self, QonysAudience audience, const char *purpose);
/** An edit; the numbers follow. */
void qonys_session_set_norm (QonysSession *self, const QonysNorm *norm);
/** The norm asked for last: the project's, or what it will be when the job that runs has ended.
 * NULL: nothing open. */
const QonysNorm *qonys_session_get_norm (QonysSession *self);
/** Makes the release anew, now or when the job that runs has ended: its texts are in the language
 * of its making. */
void qonys_session_refresh (QonysSession *self);

G_END_DECLS
