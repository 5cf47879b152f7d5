#pragma once

#include "base/job.h"

G_BEGIN_DECLS

/* A file from an address, fetched into a private folder before anything looks at it. */

/** How to treat a server; 0 are the defaults. */
typedef struct {
  guint64 max_bytes; /* 2 GiB; counted as they are written, unpacked */
  guint timeout_s;   /* 30: to connect, and without a byte */
  const char *state; /* (nullable): file of what was fetched: the user's cache, qonys/fetched */
} QonysDownloadOptions;

/** A file that was fetched. */
typedef struct {
  char *path; /* readable by its user only, in a folder of its own; bears the server's name */
  gint64 n_bytes;
  char *key;     /* what stands for the address, which may hold a password */
  char *etag;    /* (nullable) */
  char *changed; /* (nullable): Last-Modified as received */
} QonysDownload;

/** Deletes the file. */
void qonys_download_free (QonysDownload *download);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysDownload, qonys_download_free)

/** Whether it is an address of HTTP or HTTPS rather than a file's name. */
gboolean qonys_download_is_address (const char *text);

/**
 * qonys_download_run:
 * @address: http or https
 * @target: (nullable): what it is fetched for, a project's path: what was fetched for it before and
 *   is unchanged is not fetched again
 * @options: (nullable)
 * @job: (nullable): its progress, where the server says how much there is; ends the talk at once
 *
 * Fetches a file, on any thread but the one that shows a window. Five redirects at most, none from
 * HTTPS to HTTP. Sentences name the server, not the whole address.
 *
 * Returns: (transfer full): NULL with %QONYS_ERROR_NOT_FOUND (404), %QONYS_ERROR_PERMISSION (the
 *   server wants a name or refuses), %QONYS_ERROR_FORMAT (too large, a web page),
 *   %QONYS_ERROR_CANCELLED or %QONYS_ERROR_FAILED (unchanged; network, server, disk)
 */
QonysDownload *qonys_download_run (const char *address, const char *target,
                                   const QonysDownloadOptions *options, QonysJob *job,
                                   GError **error);

/** Notes that the file has come where it was fetched for: only then the next qonys_download_run()
 * may find it unchanged. A note that cannot be written is left out: it is a help. */
void qonys_download_keep (const QonysDownload *download, const QonysDownloadOptions *options);

G_END_DECLS
