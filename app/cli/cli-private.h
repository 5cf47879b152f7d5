#pragma once

#include "base/job.h"
#include "domain/project.h"
#include "release/release.h"

G_BEGIN_DECLS

/** A subcommand. Strings are msgids; _() them. */
typedef struct {
  const char *name;
  const char *arguments; /* "FILE PROJECT": as they stand in usage; not translated */
  const char *summary;   /* one line of the list of commands */
  const char *examples;  /* lines; not translated */
  /* argv[0] is the command's name. Results go to stdout. */
  gboolean (*run) (int argc, char **argv, GError **error);
} QonysCommand;

/* One a file. */
extern const QonysCommand _qonys_command_demo, _qonys_command_info, _qonys_command_districts,
    _qonys_command_import, _qonys_command_render, _qonys_command_animate, _qonys_command_story,
    _qonys_command_export, _qonys_command_compare, _qonys_command_report, _qonys_command_recover,
    _qonys_command_log;

/**
 * _qonys_cli_parse:
 * @entries: ended by G_OPTION_ENTRY_NULL
 * @n_arguments: how many words shall be left: what is not an option
 * @is_help: (out): --help was asked for and printed; the command is done
 *
 * Parses the options of a command. A wrong one, or too few or many words, is an error of use whose
 * sentence names the command's help.
 */
gboolean _qonys_cli_parse (const QonysCommand *command, const GOptionEntry *entries, int *argc,
                           char **argv, int n_arguments, gboolean *is_help, GError **error);

/** An error of use of a command. */
void _qonys_cli_set_usage_error (GError **error, const QonysCommand *command, const char *format,
                                 ...) G_GNUC_PRINTF (3, 4);

/** Opens a project; what was noticed goes to stderr. */
QonysProject *_qonys_cli_open_project (const char *path, QonysJob *job, GError **error);

/** Opens a project, or makes an empty one without a path where the file is not there. */
QonysProject *_qonys_cli_open_or_new_project (const char *path, QonysJob *job, GError **error);

/** Writes "note: …" and "warning: …" lines to stderr. (element-type QonysDiagnostic) */
void _qonys_cli_print_diagnostics (const GPtrArray *diagnostics);

/** --audience, --purpose, --threshold, --indicator of render and export, to a release. Any word
 * may be NULL. */
QonysRelease *_qonys_cli_make_release (const QonysCommand *command, QonysProject *project,
                                       const char *audience, const char *purpose, gint threshold,
                                       const char *indicator, QonysJob *job, GError **error);

/** Turns on the layers named, ',' between, if any are, and districts for an indicator. */
gboolean _qonys_cli_choose_layers (const QonysCommand *command, const char *layers,
                                   const char *indicator, QonysStyle *style, GError **error);
/** "71.2,51.0,71.6,51.3": west, south, east, north in degrees. */
gboolean _qonys_cli_parse_box (const QonysCommand *command, const char *text, QonysBox *box,
                               GError **error);
/** "1600x1000", in pixels. */
gboolean _qonys_cli_parse_size (const QonysCommand *command, const char *text, int *width_px,
                                int *height_px, GError **error);

/** Prints one line of a table: fields with tabs between, NULL at the end; NULL is never a field. */
void _qonys_cli_print_fields (const char *first, ...) G_GNUC_NULL_TERMINATED;

/**
 * QonysProgress:
 *
 * A job whose progress is shown on stderr while it is a terminal, and which Ctrl+C cancels.
 */
typedef struct _QonysProgress QonysProgress;
QonysProgress *_qonys_progress_new (const char *title);
void _qonys_progress_free (QonysProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysProgress, _qonys_progress_free)
QonysJob *_qonys_progress_get_job (QonysProgress *progress);

G_END_DECLS
