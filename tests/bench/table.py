#!/usr/bin/env python3
"""table.py RAW ROWS: medians of the lines `name seconds rss_kb` of RAW as a table of ratios."""
import statistics
import sys

runs, peak, failed = {}, {}, []
for line in open(sys.argv[1]):
    fields = line.split()
    try:
        runs.setdefault(fields[0], []).append(float(fields[1]))
        peak[fields[0]] = max(peak.get(fields[0], 0), int(fields[2]))
    except (IndexError, ValueError):
        failed.append(line.strip())  # FAIL, >300
median = {name: statistics.median(values) for name, values in runs.items()}


def get(name):
    if not name.startswith("sum:"):
        return median.get(name)
    parts = [median.get(part) for part in name[4:].split("+")]
    return None if None in parts else sum(parts)


def seconds(value):
    return "–" if value is None else "%.3g s" % value if value >= 1 else "%.3g ms" % (1000 * value)


def ratio(a, b):
    return "–" if a is None or b is None else "%.0f" % (a / b) if a >= 10 * b else "%.2g" % (a / b)


print("| job | ours | least | target | | best peer ÷ ours | ours ÷ floor | MB |")
print("|---|---|---|---|---|---|---|---|")
for line in open(sys.argv[2]):
    if line.startswith("#"):
        continue
    job, target, row, peers, floor = (field.strip() for field in line.split("|"))
    name = "qonys_" + row.replace(" ", "_")
    ours = median.get(name)
    if ours is None:
        continue
    best = min((p for p in peers.split() if get(p) is not None), key=get, default=None)
    least = min(runs[name])
    if target == "-":
        met = ""
    elif ours <= float(target):
        met = "met"
    else:
        met = "met by the least only" if least <= float(target) else "**not met**"
    times = ratio(best and get(best), ours)
    if best:
        times += " (%s)" % best.replace("sum:", "").split("_1m")[0].split("+")[0]
    print("| %s | %s | %s | %s | %s | %s | %s | %.0f |" % (
        job, seconds(ours), seconds(least), "–" if target == "-" else seconds(float(target)), met, times,
        ratio(ours, get(floor)), peak[name] / 1024))

growth = [(tag, n, median.get("qonys_first-map_g" + tag)) for tag, n in
          (("10k", 1e4), ("100k", 1e5), ("1m", 1e6), ("5m", 5e6))]
if all(value for _, _, value in growth):
    print("\nFirst map, µs a dwelling: " + ", ".join("%s %.2f" % (tag, 1e6 * value / n) for tag, n, value in growth))
    per = {tag: value / n for tag, n, value in growth}
    print("5m ÷ 100k: %.2f (target ≤ 1.5)" % (per["5m"] / per["100k"]))
if "calib" in median:
    print("calib %.3f s (%.3f … %.3f)" % (median["calib"], min(runs["calib"]), max(runs["calib"])))
for line in failed:
    print("failed: " + line)
