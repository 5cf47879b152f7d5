#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Why a row is not stored. */
typedef enum {
  QONYS_REASON_NONE,
  QONYS_REASON_REQUIRED,
  QONYS_REASON_NOT_A_NUMBER,
  QONYS_REASON_NOT_WHOLE,
  QONYS_REASON_OUT_OF_RANGE,
  QONYS_REASON_NOT_A_DATE,
  QONYS_REASON_IN_FUTURE,
  QONYS_REASON_UNKNOWN_WORD,
  QONYS_REASON_NOT_YES_OR_NO,
  QONYS_REASON_UNKNOWN_DISTRICT,
  QONYS_REASON_AREAS,
  QONYS_REASON_SUMS,
  QONYS_REASON_PARTS,
  QONYS_REASON_NOT_ENDED,
  QONYS_REASON_PERIOD,
  QONYS_REASON_OUTSIDE,
  QONYS_REASON_REPEATED,
  QONYS_REASON_KNOWN,
  QONYS_REASON_TOTAL, /* no record, but the sum of some: left out */
  QONYS_REASON_BLANK, /* no record at all */
} QonysReason;

/** The translated sentence, without a full stop or the value. */
const char *qonys_reason_describe (QonysReason reason);

/** What to do with such a row: a translated sentence. */
const char *qonys_reason_get_cure (QonysReason reason);

/** A row that was not stored, or is none. */
typedef struct {
  gint64 ordinal;  /* 1-based, of all rows of the source that are behind the names */
  gint64 row;      /* as a spreadsheet shows it */
  guint8 reason;   /* QonysReason */
  gint8 field;     /* −1 none */
  guint32 earlier; /* the row it repeats, as a spreadsheet shows it; 0 none. Until rows are
                      numbered: its place among those stored, from 1 on */
} QonysRejectedRow;

/** The sentence why a numbered row was rejected, with the row that it repeats. Returns: (transfer
 * full) */
char *qonys_rejected_row_add_earlier (const QonysRejectedRow *rejected, const char *reason);

G_END_DECLS
