/* The gate: makes a release of a project for one audience. One or two live at a time; a new one a
 * change of project or audience. What may be published is worked out once (safe.c) and shared by
 * the releases that differ by statistic or by what people wrote only. */

#include "release/release-private.h"

#include "base/error.h"
#include "privacy/identifier.h"

#include <glib/gi18n-lib.h>

#define MIN_PURPOSE_LENGTH 10

const char *
_qonys_audience_get_id (QonysAudience audience)
{
  static const char *const ids[] = {"public", "committee", "official"};

  return ids[audience];
}

static gboolean
check_purpose (QonysAudience audience, const char *purpose, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (purpose != NULL ? purpose : ""));

  if (audience != QONYS_AUDIENCE_PUBLIC && g_utf8_strlen (text, -1) < MIN_PURPOSE_LENGTH) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED,
                 ngettext ("This view is for official use and every use of it is logged. Say what "
                           "it is for in %d character or more, for example “commission’s session "
                           "of 25.01.2024”, or use the public view.",
                           "This view is for official use and every use of it is logged. Say what "
                           "it is for in %d characters or more, for example “commission’s session "
                           "of 25.01.2024”, or use the public view.",
                           MIN_PURPOSE_LENGTH),
                 MIN_PURPOSE_LENGTH);
    return FALSE;
  }
  if (qonys_text_find_identifier (text) != QONYS_IDENTIFIER_NONE) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_REFUSED,
                         _ ("The purpose holds what looks like a person’s number, name or phone. "
                            "Write it without: the purpose is kept in the log and printed on "
                            "what goes out."));
    return FALSE;
  }
  return TRUE;
}

/* Takes @safe. @whole: (nullable): of the same project in all of time */
static QonysRelease *
release_new (QonysProject *project, QonysAudience audience, const char *purpose, gint64 threshold,
             QonysRelease *whole, QonysSafe *safe, QonysPlan *plan, const QonysStatistic *statistic,
             const QonysRelease *before)
{
  QonysRelease *release = g_new0 (QonysRelease, 1);

  g_atomic_ref_count_init (&release->ref_count);
  release->whole = whole != NULL ? qonys_release_ref (whole) : NULL;
  release->project = qonys_project_ref (project);
  release->audience = audience;
  release->purpose = g_strdup (purpose);
  release->threshold = threshold;
  release->safe = safe;
  release->plan = qonys_plan_ref (plan);
  release->content = _qonys_content_make (release, statistic, before);
  return release;
}

QonysRelease *
qonys_release_new (QonysProject *project, QonysAudience audience, const char *purpose,
                   gint64 threshold, const QonysStatistic *statistic, QonysJob *job, GError **error)
{
  g_autofree char *stripped = purpose != NULL ? g_strstrip (g_strdup (purpose)) : NULL;
  QonysPeriod period = qonys_project_get_period (project);
  g_autoptr (QonysPlan) plan = NULL;
  QonysSafe *safe;

  if (!check_purpose (audience, purpose, error))
    return NULL;
  /* What is hidden is worked out once, for all of time. */
  if (!qonys_period_is_open (&period)) {
    g_autoptr (QonysProject) all = qonys_project_with_period (project, NULL);
    g_autoptr (QonysRelease) whole =
        qonys_release_new (all, audience, purpose, threshold, statistic, job, error);

    return whole != NULL ? qonys_release_with_period (whole, &period) : NULL;
  }
  threshold = MAX (threshold, QONYS_MIN_THRESHOLD);
  safe =
      _qonys_safe_new (project, NULL, audience == QONYS_AUDIENCE_OFFICIAL, threshold, job, error);
  if (safe == NULL)
    return NULL;
  plan = qonys_plan_new_default ();
  return release_new (project, audience, stripped != NULL && *stripped != '\0' ? stripped : NULL,
                      threshold, NULL, safe, plan, statistic, NULL);
}

QonysRelease *
qonys_release_with_statistic (QonysRelease *release, const QonysStatistic *statistic)
{
  return release_new (release->project, release->audience, release->purpose, release->threshold,
                      release->whole, _qonys_safe_ref (release->safe), release->plan, statistic,
                      release);
}

QonysRelease *
qonys_release_with_plan (QonysRelease *release, QonysPlan *plan)
{
  return release_new (release->project, release->audience, release->purpose, release->threshold,
                      release->whole, _qonys_safe_ref (release->safe), plan,
                      release->content->statistic, release);
}

QonysRelease *
qonys_release_with_period (QonysRelease *release, const QonysPeriod *period)
{
  QonysRelease *whole = release->whole != NULL ? release->whole : release;
  const QonysStatistic *statistic = release->content->statistic;
  g_autoptr (QonysProject) rows = NULL;
  QonysSafe *safe;

  if (qonys_period_is_open (period)) {
    if (whole->content->statistic == statistic && whole->plan == release->plan)
      return qonys_release_ref (whole);
    return release_new (whole->project, whole->audience, whole->purpose, whole->threshold, NULL,
                        _qonys_safe_ref (whole->safe), release->plan, statistic, whole);
  }
  if (!_qonys_release_is_official (whole)) {
    safe = _qonys_safe_new_quarters (whole->safe, whole->project, period, whole->threshold);
    return release_new (whole->project, whole->audience, whole->purpose, whole->threshold, whole,
                        safe, release->plan, statistic, whole);
  }
  rows = qonys_project_with_period (whole->project, period);
  safe = _qonys_safe_new (rows, whole->safe, TRUE, whole->threshold, NULL, NULL);
  return release_new (rows, whole->audience, whole->purpose, whole->threshold, whole, safe,
                      release->plan, statistic, whole);
}

QonysPeriod
qonys_release_get_period (const QonysRelease *release)
{
  return release->safe->period;
}

QonysRelease *
qonys_release_ref (QonysRelease *release)
{
  g_atomic_ref_count_inc (&release->ref_count);
  return release;
}

void
qonys_release_unref (QonysRelease *release)
{
  if (!g_atomic_ref_count_dec (&release->ref_count))
    return;
  qonys_content_unref (release->content);
  _qonys_safe_unref (release->safe);
  qonys_plan_unref (release->plan);
  g_clear_pointer (&release->whole, qonys_release_unref);
  qonys_project_unref (release->project);
  g_free (release->purpose);
  g_free (release);
}

QonysAudience
qonys_release_get_audience (const QonysRelease *release)
{
  return release->audience;
}

QonysPlan *
qonys_release_get_plan (const QonysRelease *release)
{
  return release->plan;
}

QonysProject *
qonys_release_get_project (const QonysRelease *release)
{
  return release->project;
}

QonysContent *
qonys_release_get_content (const QonysRelease *release)
{
  return release->content;
}

char *
_qonys_release_format_interval (const QonysRelease *release)
{
  const QonysPeriod *period = &release->safe->period;
  g_autofree char *from = NULL, *last = NULL;

  if (qonys_period_is_open (period))
    return NULL;
  from = period->from != QONYS_DAY_MISSING ? qonys_day_to_iso (period->from) : g_strdup ("..");
  last = period->to != QONYS_DAY_MISSING ? qonys_day_to_iso (period->to - 1) : g_strdup ("..");
  return g_strdup_printf ("%s/%s", from, last);
}
