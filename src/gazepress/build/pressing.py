"""Which files are offered compressed beside themselves, and which of these must be made anew.

A compressed file follows from the bytes of its file alone, so it is no output of the plan: that it is there at all
is known only once its file is, since one that would not be smaller is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gazepress.build.looking import Look
from gazepress.build.run import Run
from gazepress.compression import ENDINGS, Encoding, compress, is_known, is_text, version
from gazepress.diagnostics import Checked, problem
from gazepress.digest import digest_bytes
from gazepress.published import CopiedFile, Kept, Staged
from gazepress.settings import SETTINGS_FILE
from gazepress.stages.publish import Stage, Wanted


class _Task(Struct, frozen=True):
    """A file that is to be compressed."""

    file: Wanted
    encoding: Encoding
    path: str


def press(
    run: Run, wanted: Sequence[Wanted], prints: Mapping[str, str], look: Look, stage: Stage
) -> tuple[tuple[Wanted, ...], dict[str, str]]:
    """Return the files that are wanted and those that are to lie beside them, and the fingerprints of them all.

    A compressed file that was made of the same bytes is kept, the others are made and put on the stage. Nothing is made
    where the build has failed already. Errors, ``wrong-value`` and ``output-failed``, are in the log.
    """
    encodings = run.settings.precompress if run.options.compress else ()
    missing = [one for one in encodings if not is_known(one)]
    if missing:
        message = f"'precompress' has {missing[0].value!r}, whose library is not installed"
        hint = f"pip install 'gazepress[{missing[0].value}]', or leave it out"
        run.log.add([problem("wrong-value", message, path=SETTINGS_FILE, hint=hint)])
    if run.log.failed() or not encodings:
        return tuple(wanted), dict(prints)
    tasks = [
        _Task(one, encoding, one.path + ENDINGS[encoding])
        for one in wanted
        if is_text(one.path)
        for encoding in dict.fromkeys(encodings)
    ]
    taken = {one.path for one in wanted}  # a file of the publication's own is what it is
    tasks = [task for task in tasks if task.path not in taken]
    versions = {encoding: version(encoding) for encoding in encodings}
    own = {task.path: digest_bytes(f"{versions[task.encoding]} {task.file.digest}".encode()) for task in tasks}
    kept: list[Wanted] = []
    rest: list[_Task] = []
    for task in tasks:
        before = look.before.get(task.path)
        if before and before.fingerprint == own[task.path] and task.path in look.whole:
            kept.append(Kept(task.path, before.digest))
        else:
            rest.append(task)
    with run.log.stage("compress"):
        made = run.log.map("compress", _make(run, stage), rest, [task.path for task in rest]) if rest else []
    for one in made:
        run.log.add(one.diagnostics)
    return (*wanted, *kept, *(one.value for one in made if one.value is not None)), {**prints, **own}


def _make(run: Run, stage: Stage) -> Callable[[_Task], Checked[Staged | None]]:
    """Return the function that compresses one file; it makes nothing where that is not smaller."""

    def make(task: _Task) -> Checked[Staged | None]:
        try:
            data = _read(run.output, stage, task.file)
            if digest_bytes(data) != task.file.digest:  # it has changed under our hands: the next build sees to both
                return Checked(None, ())
            small = compress(task.encoding, data)
            return Checked(stage.put(task.path, small) if len(small) < len(data) else None, ())
        except OSError as error:
            message = f"a compressed file could not be made: {error.strerror}"
            return Checked(None, (problem("output-failed", message, path=str(error.filename or stage.output)),))

    return make


def _read(output: Path, stage: Stage, file: Wanted) -> bytes:
    match file:
        case Staged():
            return stage.read(file)
        case CopiedFile(source=source):
            return Path(source).read_bytes()
        case Kept(path=path):
            return (output / path).read_bytes()
