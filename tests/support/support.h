#pragma once

/* Assertions stay in, whatever the build type. Include this first. */
#undef G_DISABLE_ASSERT
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * support_temp_dir:
 *
 * Makes an empty folder that goes, with all in it, when the running test case ends.
 *
 * Returns: (transfer none): its absolute path, valid as long
 */
const char *support_temp_dir (void);

/** Returns: the folder of the project's sources. */
const char *support_source_root (void);

/**
 * support_shared_dir:
 *
 * Returns: (nullable): the folder of real files that are no part of the project: the environment
 *   variable QONYS_SHARED or `../shared` beside the sources; %NULL where there is none, then skip
 *   the test with SUPPORT_NO_SHARED.
 */
const char *support_shared_dir (void);
#define SUPPORT_NO_SHARED "no folder of shared files (QONYS_SHARED)"

/** What a command left behind. */
typedef struct {
  int exit_code; /* minus the number of the signal that ended it */
  char *output, *errors;
} SupportRun;

/**
 * support_run:
 * @argv: %NULL-terminated; looked for in PATH
 * @envp: (nullable): a whole environment, or %NULL for ours
 *
 * Runs a command to its end; a command that cannot be started fails the test.
 */
SupportRun support_run (const char *const *argv, const char *const *envp);
void support_run_clear (SupportRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SupportRun, support_run_clear)

/** A Python that can import @module: the system's own, where QGIS lives, may not be the first.
 * Returns: (transfer none) (nullable): none can */
const char *support_find_python (const char *module);
/** Python and Qt leak; their leaks are not ours. */
SupportRun support_run_python (const char *const *argv);

/** Iterates the default main context as long as @condition holds; fails after @timeout_ms. */
#define ITER_WHILE(condition, timeout_ms)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 iter_end = g_get_monotonic_time () + (gint64)(timeout_ms)*1000;                         \
    while (condition) {                                                                            \
      if (g_get_monotonic_time () > iter_end)                                                      \
        g_error ("%s: still after %d ms: %s", G_STRLOC, (int)(timeout_ms), #condition);            \
      if (!g_main_context_iteration (NULL, FALSE))                                                 \
        g_usleep (500);                                                                            \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
