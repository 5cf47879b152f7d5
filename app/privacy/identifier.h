#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is a personal identifier: sections 4–5 of the project's privacy rules. A scanner is fed
 * every cell of a file before a byte of it is stored, and gives a verdict. It keeps no cell:
 * only counts, row numbers and masked samples. */

typedef enum {
  QONYS_VERDICT_CLEAN,
  QONYS_VERDICT_WARN,   /* weak: BIN, an organisation's phone, a lone weak pattern */
  QONYS_VERDICT_REFUSE, /* a person can be told: the file does not come in */
} QonysVerdict;

typedef enum {
  QONYS_IDENTIFIER_NONE,
  QONYS_IDENTIFIER_IIN,
  QONYS_IDENTIFIER_BIN,
  QONYS_IDENTIFIER_IDENTITY_CARD,
  QONYS_IDENTIFIER_PASSPORT,
  QONYS_IDENTIFIER_MOBILE_PHONE,
  QONYS_IDENTIFIER_CITY_PHONE,
  QONYS_IDENTIFIER_EMAIL,
  QONYS_IDENTIFIER_IBAN,
  QONYS_IDENTIFIER_VEHICLE_PLATE,
  QONYS_IDENTIFIER_BIRTH_DATE,
  QONYS_IDENTIFIER_PERSON_NAME,
  QONYS_IDENTIFIER_COLUMN_NAME, /* the column's name alone refuses it */
  QONYS_IDENTIFIER_MICRO_ROWS,  /* address level, addresses repeat, nothing is counted: a row a
                                   person */
} QonysIdentifierKind;

/** One finding in one column. Nothing in it identifies anybody. */
typedef struct {
  QonysVerdict verdict;
  QonysIdentifierKind kind;
  char *column;        /* as the file names it, masked if the name itself identifies */
  gint64 first_row;    /* 1-based data row; 0 where the name of the column is the finding */
  gint64 n_rows;       /* rows with it */
  char *masked_sample; /* (nullable) "9912••••••10" */
} QonysFinding;

/** How sure a 12-digit text is an IIN: the reference code of the rules. */
typedef enum {
  QONYS_IIN_NO = 0,
  QONYS_IIN_CHECKSUM = 1,  /* check digit right */
  QONYS_IIN_PLAUSIBLE = 2, /* and it reads as a date and a century/sex digit */
  QONYS_IIN_BIN = 3,       /* reads as a business number */
} QonysIinTier;

/**
 * qonys_iin_get_tier:
 * @digits: ASCII digits, 12 of them; anything else is %QONYS_IIN_NO
 *
 * Weights 1…11, second pass 3…11, 1, 2; the digits of date and sex are not required to be true
 * (Government resolution № 853 of 26.08.2013).
 */
QonysIinTier qonys_iin_get_tier (const char *digits);

typedef struct _QonysScanner QonysScanner;

/** What kind of values a column holds by the source's own account. */
typedef enum {
  QONYS_SCAN_TEXT,
  QONYS_SCAN_INTEGER,
  QONYS_SCAN_REAL,
  QONYS_SCAN_DATE
} QonysScanType;

/**
 * qonys_scanner_new:
 * @is_address_level: whether a row is an address (columns such as citizenship or sex are then
 *   refused by name)
 */
QonysScanner *qonys_scanner_new (gboolean is_address_level);
void qonys_scanner_free (QonysScanner *scanner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysScanner, qonys_scanner_free)

/**
 * qonys_scanner_add_column:
 * @name: as the file names it, UTF-8
 *
 * Returns: the column's number from 0 on
 */
guint qonys_scanner_add_column (QonysScanner *scanner, const char *name, QonysScanType type);

/** Scans one text cell; @text need not be valid UTF-8 nor end with NUL; @row is 1-based and a
 * row's cells come before the next row's. A cell with no digit, '@' or letter pattern of interest
 * costs one pass over its bytes. */
void qonys_scanner_scan_text (QonysScanner *scanner, guint column, gint64 row, const char *text,
                              gsize length);

/** Scans one integer cell (padded to 12 digits before testing; phone patterns do not apply). */
void qonys_scanner_scan_integer (QonysScanner *scanner, guint column, gint64 row, gint64 value);

/** Scans one real cell: integers only, up to 12 digits ("9.91231E+11"); coordinates never match. */
void qonys_scanner_scan_real (QonysScanner *scanner, guint column, gint64 row, double value);

/** Scans one date cell (spread over 15 years of a name-less date column is a weak sign). */
void qonys_scanner_scan_day (QonysScanner *scanner, guint column, gint64 row, gint32 day);

/**
 * qonys_scanner_new_part:
 *
 * A scanner of the same columns for some of the rows, to be used on another thread; its rows are
 * counted from 1.
 *
 * Returns: (transfer full)
 */
QonysScanner *qonys_scanner_new_part (const QonysScanner *scanner);

/**
 * qonys_scanner_merge:
 * @part: made of @scanner; used up
 * @n_rows_before: rows of the file before the part's
 *
 * Adds what a part found. Parts are merged in the order of their rows; the verdict is the same as
 * if @scanner had been fed all the cells.
 */
void qonys_scanner_merge (QonysScanner *scanner, QonysScanner *part, gint64 n_rows_before);

/**
 * qonys_scanner_finish:
 *
 * Weighs what the columns held (share of 12-digit values with a right check digit, distinct
 * values of weak patterns, districts' KATO codes told from identity cards by their value set).
 *
 * Returns: (transfer full) (element-type QonysFinding): findings, the gravest first; empty if
 *   the file is clean
 */
GPtrArray *qonys_scanner_finish (QonysScanner *scanner);

/** The gravest verdict of a list of findings. */
QonysVerdict qonys_findings_get_verdict (GPtrArray *findings);

/** One of them in a translated sentence: which column, how many rows, the masked sample. Returns:
 * (transfer full) */
char *qonys_finding_describe (const QonysFinding *finding);

/**
 * qonys_findings_describe:
 *
 * Returns: (transfer full): translated sentences, one a line, for a refused file: which column,
 *   which row, the masked sample, and that the supplier must remove it
 */
char *qonys_findings_describe (GPtrArray *findings);

/**
 * qonys_text_find_identifier:
 * @text: free text a user types (annotations, comments, a purpose)
 *
 * Returns: the strongest identifier in it, %QONYS_IDENTIFIER_NONE if there is none
 */
QonysIdentifierKind qonys_text_find_identifier (const char *text);

G_END_DECLS
