#pragma once

#include "store-support.h"

#include "domain/history.h"

G_BEGIN_DECLS

/** A project file and what is known of it. */
typedef struct {
  char *path;
  QonysPlan *plan;
  QonysHistory *history;
  GPtrArray *outlines; /* element-type utf8: hashes of the districts, by number */
} PlanFile;

/** A new project in the test's folder. */
void plan_file_init (PlanFile *file, const char *name);
void plan_file_clear (PlanFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanFile, plan_file_clear)

/** Reads the file again; fails the test if that fails. */
void plan_file_reopen (PlanFile *file);

/** Writes an edit, and if that went well, keeps it. */
gboolean plan_file_apply (PlanFile *file, QonysEdit *edit, GError **error);

/** Puts some outlines in the file that nobody uses yet. */
void plan_file_add_districts (PlanFile *file);

/** The layer of districts holds, byte by byte, what the plan says. */
void assert_districts (const PlanFile *file);

/** Any edit people may make of a state: of items, measures, annotations, settings, outlines if some
 * were added; undo, redo, revert; some go on with the one before. Never without changes. Returns:
 * (transfer full) */
QonysEdit *make_random_edit (GRand *rand, const PlanFile *file);

/** The edit as the session would write it: with its number, merged if it goes on with the last.
 * Returns: (transfer full) */
QonysEdit *number_edit (const PlanFile *file, QonysEdit *edit);

/** The journal leads from the first state to the state now, and the hash of the first one is as
 * given. */
void assert_journal (const PlanFile *file, const char *first_hash);

/** Makes a file a project of version 1, before there was what people wrote. */
void make_version_1 (const char *path);
/** One of version 3, before outlines that were replaced were kept. */
void make_version_3 (const char *path);
/** One of version 2, before there were named versions and scenes. */
void make_version_2 (const char *path);
/** Of the version before places of items for other programs. */
void make_version_3 (const char *path);

/** The number a query gives. */
gint64 query_sql (const char *path, const char *sql);

G_END_DECLS
