#!/usr/bin/env python3
"""Fails with file and line on an include in src/ that points up; first makes sure on a made-up tree that it can fail."""

import os
import re
import sys
import tempfile

FLOORS = ["base", "mail", "xlsx", "forms", "mapping", "reconcile", "round", "merge", "report", "cli"]  # lowest first
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def complaints(root):
    """One line for each include that points up, to no floor, or to no file."""
    found = []
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            floor = os.path.relpath(path, root).split(os.sep)[0]
            if floor not in FLOORS:
                found.append(f"{path}:1: {floor} is no floor; expected one of {', '.join(FLOORS)}")
                continue
            if not name.endswith((".h", ".cc")):
                continue
            with open(path, encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    match = INCLUDE.match(line)
                    if not match:
                        continue
                    target = match.group(1).split("/")[0]
                    if target not in FLOORS or not os.path.isfile(os.path.join(root, match.group(1))):
                        found.append(f'{path}:{number}: "{match.group(1)}" is no file of src/; expected "floor/name.h"')
                    elif FLOORS.index(target) > FLOORS.index(floor):
                        found.append(f"{path}:{number}: {floor} includes {target}, which stands above it")
    return found


def check_itself():
    """A tree with one include of each bad kind must give exactly these complaints."""
    tree = {
        "base/low.h": '#pragma once\n#include <string>\n// #include "forms/high.h"\n#  include "forms/high.h"\n',
        "base/lost.cc": '#include "low.h"\n#include "base/gone.h"\n',
        "forms/high.h": '#include "base/low.h"\n#include "forms/high.h"\n',
        "attic/old.h": "",
    }
    expected = [
        "attic/old.h:1: attic is no floor; expected one of " + ", ".join(FLOORS),
        'base/lost.cc:1: "low.h" is no file of src/; expected "floor/name.h"',
        'base/lost.cc:2: "base/gone.h" is no file of src/; expected "floor/name.h"',
        "base/low.h:4: base includes forms, which stands above it",
    ]
    with tempfile.TemporaryDirectory() as root:
        for name, text in tree.items():
            path = os.path.join(root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
        found = [os.path.relpath(line, root) for line in complaints(root)]
    assert found == expected, "the check does not work any more:\n" + "\n".join(found)


def main():
    check_itself()
    root = sys.argv[1]
    read = sum(name.endswith((".h", ".cc")) for _, _, files in os.walk(root) for name in files)
    found = complaints(root)
    print("\n".join(found) or f"{read} files, every include points down")
    return 1 if found or read == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
