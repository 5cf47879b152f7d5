#pragma once

/* Shared by the files session*.c only. */

#include "ui/session.h"

G_BEGIN_DECLS

/** What a file looked like when it was last written or read here. */
typedef struct {
  gint64 time_us, size;
} QonysStamp;

struct _QonysSession {
  GObject parent_instance;

  QonysProject *project;
  QonysRelease *release;
  QonysRelease *public_release; /* of the same project, to go back to at once */
  QonysAudience audience;
  char *purpose;
  const QonysStatistic *statistic;
  QonysPeriod period; /* as asked for */
  QonysStyle style;
  QonysTileClient *tiles;
  QonysPick selection;
  GError *error;
  QonysJob *job;
  gboolean can_overtake; /* the job only makes a release anew */
  gboolean is_settling;  /* the job makes it under this norm, without these datasets, with these
                            outlines */
  QonysNorm norm;
  guint district_set;
  GArray *withdrawn;        /* element-type gint32 */
  gboolean refreshes_after; /* asked for while busy */

  QonysPlan *plan; /* NULL: nothing open */
  QonysHistory *history;
  GQueue *pending;  /* edits on their way to the disk, the first is being written */
  gpointer writing; /* (nullable): the one a thread writes now */
  gboolean is_held; /* the file takes nothing: settings wait for an edit that must be written */
  gboolean has_told_held; /* once a project */
  char *save_path;        /* where to save when the edits on their way are written */
  char *trouble;          /* (nullable): why edits wait, in a sentence */
  guint retry_id, slow_id;
  char *watched; /* (nullable): the file of the project */
  GFileMonitor *monitor;
  guint settle_id;
  QonysStamp stamp;
  gboolean is_read_only;
  QonysEdit *held; /* (nullable): waits for a copy that can be written */
  char *damaged;   /* (nullable): the file that could not be opened */
};

void _qonys_session_changed (QonysSession *self, QonysChange changes);
/** Takes over a new state; @release is of @project. */
void _qonys_session_take (QonysSession *self, QonysProject *project, QonysRelease *release);
/** Takes over a plan and its history. @plan, @history: (transfer full) */
void _qonys_session_take_plan (QonysSession *self, QonysPlan *plan, QonysHistory *history);
/** Selects a district (@kato: (nullable)) and highlights items besides. */
void _qonys_session_restore_selection (QonysSession *self, const char *kato,
                                       const char *const *ids);
/** Makes the release one of the plan; what is selected stays so if it is still there. The
 * caller says that the plan changed. */
void _qonys_session_update_release (QonysSession *self);
void _qonys_session_clear_plan (QonysSession *self);
/** Sets looks as the plan says. Returns: what changed, of which nobody is told yet */
QonysChange _qonys_session_apply_looks (QonysSession *self);
/** Looks at once, norm and datasets by a job; nothing happens where all is as the plan says. */
void _qonys_session_apply_settings (QonysSession *self);
/** Makes the looks as they are now an edit, if the plan says others. (nullable): @subject,
 * @merge_key */
void _qonys_session_keep_looks (QonysSession *self, const char *action, const char *subject,
                                const char *merge_key);
/** The release coloured by the statistic now set; nobody is told. */
void _qonys_session_show_statistic (QonysSession *self);
/** What the plan says: the norm, which of the project's datasets are not in use, in their order,
 * and which of its outlines are. @withdrawn: (out) (transfer full) (element-type gint32) */
void _qonys_session_get_wanted_data (QonysSession *self, QonysNorm *norm, GArray **withdrawn,
                                     guint *district_set);
gboolean _qonys_project_has_withdrawn (const QonysProject *project, const GArray *ids);
/** Makes the project what the plan says of norm and datasets, on a thread. */
void _qonys_session_settle (QonysSession *self);
/** A dataset was imported: a step that can be undone. */
void _qonys_session_note_import (QonysSession *self, const QonysDataset *dataset);
/** Outlines were put into the project from a file of this name: likewise. */
void _qonys_session_note_districts (QonysSession *self, const char *file_name);
/** A story as a page for the browser, of the public view, by a process of its own: it sets the
 * language in turn, which nothing here may notice. On any thread. The project is read from its
 * file; one of which something is in no file is written into a private folder first. */
gboolean _qonys_session_run_story (QonysProject *project, const QonysPlan *plan,
                                   const GPtrArray *edits, gboolean is_written,
                                   const QonysDeckFormat *format, const char *path, QonysJob *job,
                                   GError **error);
gboolean _qonys_session_is_writing (QonysSession *self);
/** Writes edits that wait, after a draft is saved if the project is in no file. */
void _qonys_session_write_pending (QonysSession *self);
/** The edits that wait are in the file being saved. */
void _qonys_session_mark_saved (QonysSession *self);
/** They are in it, or (@is_saved: FALSE) they wait as before. */
void _qonys_session_drop_saved (QonysSession *self, gboolean is_saved);

/* ---- session-trouble.c ---- */

QonysStamp _qonys_stamp_get (const char *path);
/** Watches the file of the project, another than before. */
void _qonys_session_watch (QonysSession *self);
void _qonys_session_unwatch (QonysSession *self);
/** Why nothing can be written now, and what to do. @sentence: (transfer full) (nullable): all is
 * well again */
void _qonys_session_set_trouble (QonysSession *self, char *sentence);
/** Tries to write what waits every few seconds until all is well. */
void _qonys_session_try_again (QonysSession *self);
/** What to say of a file that is gone or locked. @error: (nullable): what writing said. Returns:
 * (transfer full): NULL if it can be read and need not wait */
char *_qonys_session_describe_trouble (const char *path, const GError *error);
/** Keeps an edit of a project that can only be read. Returns: FALSE if it can be written */
gboolean _qonys_session_hold (QonysSession *self, QonysEdit *edit, GError **error);
/** Does the edit that was kept, in the copy. */
void _qonys_session_do_held (QonysSession *self);

G_END_DECLS
