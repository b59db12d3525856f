"""Runs notebooks, each in a fresh kernel, and writes them with what they print. For the notebooks' own environment.

    run_notebooks.py FOLDER TARGET [NAME ...]
"""

import sys
from pathlib import Path

import nbclient
import nbformat


def main():
    folder, target, *names = sys.argv[1:]
    failed = False
    for path in sorted(Path(folder).glob("*.ipynb")):
        if names and path.stem not in names:
            continue
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}})
        try:
            client.execute()
        except nbclient.exceptions.CellExecutionError as error:
            failed = True
            print(f"{path.name}: {error}", file=sys.stderr)
        nbformat.write(notebook, Path(target) / path.name)
    sys.exit(failed)


main()
