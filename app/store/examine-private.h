#pragma once

#include "store/examine.h"
#include "store/import-source.h"

G_BEGIN_DECLS

#define N_EXAMINED_ROWS 2000

/** What is known of a file after its head was looked at. */
typedef struct {
  QonysImportSource *source; /* opened, with columns */
  GPtrArray *columns;        /* element-type QonysExaminedColumn */
  GPtrArray *rows;           /* element-type QonysExaminedRow */
  gboolean is_type_known, is_known_recipe;
  GError *unreadable; /* (nullable): why rows cannot be read yet: a column is missing … */
} QonysProposal;

void qonys_proposal_clear (QonysProposal *proposal);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QonysProposal, qonys_proposal_clear)

/** Opens a file and proposes what its columns are. @recipe: (nullable). Returns: FALSE if there is
 * nothing to read */
gboolean qonys_propose (QonysProject *project, const char *path, const QonysRecipe *recipe,
                        QonysGdalScope *scope, GPtrArray *diagnostics, QonysProposal *proposal,
                        GError **error);

/** The values of a column that its field does not take; 0 if it has none. */
gint64 qonys_examined_column_count_misfits (const QonysExaminedColumn *column,
                                            const QonysRecipeColumn *role,
                                            const QonysSchema *schema);

G_END_DECLS
