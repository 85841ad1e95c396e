"""Runs a program and says what it took: wall and CPU time, peak memory; and what of five runs is said: least, median, most."""

import os
import pathlib
import statistics
import subprocess
import time


class Took:
    def __init__(self, wall, usage):
        self.wall, self.mib = wall, usage.ru_maxrss / 1024  # seconds; peak of resident memory
        self.cpu, self.kernel = usage.ru_utime + usage.ru_stime, usage.ru_stime  # seconds of the process; those of it in the kernel


class Failed(Exception):
    """A command that did not do its work; the rest can still be measured."""


def run(*command, codes=(0,), **environment):
    """What one run of a command took. This process must stay small: Linux counts what it held when it forked as the child's."""
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise Failed(f"exit code {process.returncode}: {' '.join(process.args)}")
    return Took(wall, usage)


def spread(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values)}


def ratios(works, floors):
    return spread([work / floor for work, floor in zip(works, floors)])


def line_through(points):
    """(intercept, slope, largest deviation as a share) of the straight line with the least squares of relative deviations."""
    weights = [1 / y ** 2 for _, y in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _) in zip(weights, points)) / total
    mean_y = sum(w * y for w, (_, y) in zip(weights, points)) / total
    slope = (sum(w * (x - mean_x) * (y - mean_y) for w, (x, y) in zip(weights, points))
             / sum(w * (x - mean_x) ** 2 for w, (x, _) in zip(weights, points)))
    intercept = mean_y - slope * mean_x
    return intercept, slope, max(abs(intercept + slope * x - y) / y for x, y in points)


def machine():
    info = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), "unknown processor")
    return {"processor": model, "cores": len(os.sched_getaffinity(0)), "date": time.strftime("%Y-%m-%d")}


def busy(seconds=3):
    """Share of the processors that others use while this process sleeps."""

    def ticks():
        fields = [int(field) for field in pathlib.Path("/proc/stat").read_text(encoding="utf-8").split("\n")[0].split()[1:9]]
        return fields[3] + fields[4], sum(fields)  # idle or waiting for a disk; all

    idle, total = ticks()
    time.sleep(seconds)
    idle_then, total_then = ticks()
    return 1 - (idle_then - idle) / (total_then - total)
