#pragma once

#include "domain/compare.h"
#include "draw/painter.h"

G_BEGIN_DECLS

/* Pages of text for paper: headings, paragraphs, tables, a map. Upright A4 and whatever a printer
 * has; the marks nobody may miss stand on every page. */

/** A sign of a comparison on a map. */
typedef struct {
  double x, y; /* unit square */
  QonysDifferenceKind kind;
  guint n; /* beside it if above 1 */
} QonysSignMark;

/** The sign of a kind of difference around a point, a shape and a colour of its own. */
void qonys_paint_sign (cairo_t *cr, QonysDifferenceKind kind, double x, double y, double size);

typedef struct _QonysDocument QonysDocument;

/** @content: whose audience, marks and sources the pages bear. @subtitle: (nullable). All words are
 * in the language set now, while it is made, whatever is set when it is painted. */
QonysDocument *qonys_document_new (QonysContent *content, const char *title, const char *subtitle);
void qonys_document_free (QonysDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysDocument, qonys_document_free)

void qonys_document_add_heading (QonysDocument *document, const char *text);
/** A paragraph; smaller and dim if it is a note. */
void qonys_document_add_text (QonysDocument *document, const char *text, gboolean is_note);
/** @box: what it shows at least. @signs: (nullable) (element-type QonysSignMark). @width_pt,
 * @height_pt: as it is drawn; on a page it grows or shrinks to the width there is */
void qonys_document_add_map (QonysDocument *document, const QonysStyle *style, const QonysBox *box,
                             const GArray *signs, double width_pt, double height_pt);

#define QONYS_DOCUMENT_MAX_COLUMNS 8

/** The columns of the rows that follow: shares of the width, and their heads, which stand again
 * on every page the table goes on. */
void qonys_document_add_table (QonysDocument *document, guint n_columns, const double *shares,
                               const char *const *heads);
/** A row; cells are wrapped. @sign: before the first cell; −1 none */
void qonys_document_add_row (QonysDocument *document, int sign, const char *const *cells);

/** Divides it into pages of a size. Returns: how many */
guint qonys_document_paginate (QonysDocument *document, double width_pt, double height_pt);
guint qonys_document_get_n_pages (const QonysDocument *document); /* of the last pagination */
/** Paints a page of the last pagination, at the origin, in points. */
void qonys_document_paint (QonysDocument *document, cairo_t *cr, guint page);

G_END_DECLS
