"""Scores files of messages: files in, files out, in bounded memory, nothing lost."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Literal

from scamclassify.batch.fields import choose_fields
from scamclassify.batch.formats import STREAM_FORMATS, WRITABLE, file_format, target_format
from scamclassify.batch.inputs import Input, find_inputs
from scamclassify.batch.journal import state_folder
from scamclassify.batch.manifest import manifest_path
from scamclassify.batch.options import Options
from scamclassify.batch.run import Run
from scamclassify.batch.run_lock import run_lock
from scamclassify.batch.scorer import Scorer
from scamclassify.batch.standard_streams import save_stream
from scamclassify.batch.summary import ScoreSummary
from scamclassify.batch.workers import count_jobs
from scamclassify.classifiers.operation import Operation
from scamclassify.classifiers.prevalence import Prevalence
from scamclassify.errors import InputFileError, ScamClassifyError, UnknownNameError
from scamclassify.labels import check_language

_STREAM = "-"


def score_file(
    source: str | Path | Sequence[str | Path],
    target: str | Path,
    *,
    model: Any = "default",
    text_column: str | None = None,
    columns: Sequence[str] | None = None,
    add: Iterable[str] | None = None,
    reasons: int = 3,
    reason_language: str = "en",
    max_fpr: float | None = None,
    prevalence: Prevalence | None = None,
    unsure_band: float | tuple[float, float] | None = None,
    redact: bool = False,
    encoding: str | None = None,
    delimiter: str | None = None,
    input_format: str | None = None,
    output_format: str | None = None,
    jobs: int | None = None,
    batch_size: int = 10_000,
    progress: bool | Literal["always"] = True,
    quarantine: str | Path | None = None,
    overwrite: bool = False,
    restart: bool = False,
    keep_going: bool = False,
    say: Callable[[str], object] | None = None,
) -> ScoreSummary:
    """Score every message of files.

    Parameters
    ----------
    source : path or sequence of paths
        CSV, JSON Lines or a JSON array (also with .gz or .zst, or in a .zip), Parquet, Arrow
        IPC or Feather, Excel, told by the suffix; folders and patterns; ``-`` for standard
        input.
    target : path
        CSV or JSON Lines (also with .gz or .zst), Parquet or Arrow, whatever the format of
        the source; ``-`` for standard output. It holds the columns of all sources and those
        that are added, with the prefix ``scamclassify_`` where a source has one of these.
    model : str, path or fitted classifier, default="default"
        As for :func:`scamclassify.load_model`; a classifier needs ``predict_proba`` and
        ``classes_`` at least.
    text_column : str, optional
        By default ``text``, ``message``, ``body``, ``content``, ``sms`` or another of
        :data:`~scamclassify.batch.columns.TEXT_COLUMNS`, else what reads most like messages.
    columns : sequence of str, optional
        Columns of the sources to keep, in this order; by default all.
    add : iterable of str, optional
        Keys of :data:`~scamclassify.batch.fields.FIELDS`, by default ``label``,
        ``probabilities``, ``type`` and ``language``; with several sources also ``file``. A
        value that the model cannot give is empty.
    reasons : int, default=3
        Most reasons a message, where they are added.
    reason_language : str, default="en"
        Language of the reasons in words.
    max_fpr, prevalence, unsure_band : optional
        Instead of the model's own: the false-positive rate whose threshold makes a scam, the
        share of scams in this traffic, where the label is ``unsure``; as the parameters of
        :class:`scamclassify.ScamClassifier`.
    redact : bool, default=False
        Take phone numbers, names in salutations, account numbers and codes out of every text
        that is written, quarantined rows included; long numbers in columns of numbers are
        left out.
    encoding, delimiter : str, optional
        Of CSV (and JSON); by default they are found.
    input_format, output_format : str, optional
        Of standard input and output; by default told from the content, and as the input.
    jobs : int, optional
        Processes that score; by default one for each core that may be used.
    batch_size : int, default=10_000
        Rows scored together: more need more memory.
    progress : bool or "always", default=True
        Show a bar on standard error if that is a terminal, or always.
    quarantine : path, optional
        JSON Lines file for the rows that cannot be scored; by default the target with
        ``.quarantine.jsonl`` added. It is made only if there are such rows.
    overwrite : bool, default=False
        Whether existing outputs are replaced; else they are an error.
    restart : bool, default=False
        Start anew even if a run for this target was interrupted.
    keep_going : bool, default=False
        Go on with the next file where one is damaged or cannot be used: the rest of it is
        one row of the quarantine. By default that is an error.
    say : callable, optional
        Told, as they come, what was guessed, found or passed over.

    Returns
    -------
    ScoreSummary
        Every row of the sources is scored or quarantined.

    Raises
    ------
    InputFileError
        If a source cannot be read, a target is there already, another run is writing it, or
        an interrupted run for it had other inputs or options.
    UnknownNameError
        If a format, a column, a field or the model is unknown.
    ModelFormatError
        If the model file cannot be used.
    ParameterError
        If the model cannot be used with ``max_fpr``, ``prevalence`` or ``unsure_band``.
    ValueError
        If ``batch_size``, ``jobs`` or ``reasons`` is less than 1.

    Notes
    -----
    The outputs appear when they are whole. A run that is killed leaves a hidden folder
    beside the target; the same call then goes on where it stopped, and the outputs are the
    same bytes as without the interruption. ``TARGET.manifest.json`` says what the run was.

    Examples
    --------
    >>> import tempfile
    >>> from scamclassify import ScamClassifier
    >>> model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
    >>> model = model.fit(["win a prize", "see you soon"], ["scam", "ham"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "dump.csv")
    ...     _ = path.write_text("id,message\\n1,win a prize\\n2,see you\\n3,\\n")
    ...     summary = score_file(path, Path(folder, "scored.jsonl"), model=model)
    >>> summary.rows_read, summary.counts["scam"], summary.reasons
    (3, 1, {'empty text': 1})
    """
    for name, value in (("batch_size", batch_size), ("reasons", reasons)):
        if value < 1:
            raise ValueError(f"{name} must be 1 or more, got {value!r}")
    check_language(reason_language)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise InputFileError(f"{delimiter!r} cannot be a delimiter; it is one character")
    fields = choose_fields(add)
    _check_formats(source, target, input_format, output_format)
    operation = Operation(max_fpr, prevalence, unsure_band)
    if operation.chosen():
        Scorer(model, fields, operation=operation)  # fails before any work
    with ExitStack() as stack:
        folder = None
        if _STREAM in (str(source), str(target)):
            temporary = tempfile.TemporaryDirectory(prefix="scamclassify-")
            folder = Path(stack.enter_context(temporary))
        given = [source] if isinstance(source, str | Path) else list(source)
        tee: IO[bytes] | None = None
        if str(target) == _STREAM:
            assert folder is not None
            tee = sys.stdout.buffer
            form = output_format or _like(given, input_format)
            final = folder / f"output.{form}"
            bad = Path("scamclassify.quarantine.jsonl") if quarantine is None else Path(quarantine)
        else:
            final = Path(target)
            if final.is_dir():
                raise InputFileError(f"{final} is a folder")
            bad = final.with_name(final.name + ".quarantine.jsonl")
            bad = bad if quarantine is None else Path(quarantine)
        notes: list[str] = []
        failures: list[ScamClassifyError] = []
        if str(source) == _STREAM:
            assert folder is not None
            inputs = [save_stream(sys.stdin.buffer, folder, input_format)]
        else:
            outputs = (final, bad, manifest_path(final))
            inputs, notes, failures = find_inputs(given, outputs)
        _check_paths(inputs, final, bad)
        if failures and not keep_going:
            raise failures[0]
        if len(inputs) > 1 and add is None:
            fields = (*fields, "file")
        options = Options(
            target=final,
            quarantine=bad,
            model=model,
            text_column=text_column,
            columns=None if columns is None else list(columns),
            fields=fields,
            reasons=reasons,
            reason_language=reason_language,
            operation=operation,
            redact=redact,
            encoding=encoding,
            delimiter=delimiter,
            batch_size=batch_size,
            keep_going=keep_going,
            jobs=count_jobs(jobs),
            progress=progress,
            tee=tee,
        )
        began = time.perf_counter()
        state = state_folder(final)
        stack.enter_context(run_lock(state, final.name))
        run = Run(options, inputs, failures, say or (lambda line: None))
        for note in notes:
            run.note(note)
        return run.complete(state, overwrite, restart, began)


def _like(given: Sequence[str | Path], named: str | None) -> str:
    """Format of standard output: that of the input where it can be written, else CSV."""
    kind = named
    if kind is None and str(given[0]) != _STREAM:
        try:
            kind = file_format(Path(given[0])).kind
        except ScamClassifyError:
            kind = None
    return kind if kind in WRITABLE or kind == "tsv" else "csv"


def _check_paths(inputs: Sequence[Input], target: Path, quarantine: Path) -> None:
    target_format(target)
    form = target_format(quarantine)
    if form.kind != "jsonl" or form.compression == "zst":
        raise InputFileError(
            f"the quarantine {quarantine.name} must be JSON Lines: name it .jsonl or .jsonl.gz"
        )
    outputs = (target, quarantine, manifest_path(target))
    sources = {entry.path.resolve() for entry in inputs}
    resolved = {path.resolve() for path in outputs}
    if len(resolved) < len(outputs) or resolved & sources:
        raise InputFileError("source, target and quarantine must be three different files")
    for path in (target, quarantine):
        if path.is_dir():
            raise InputFileError(f"{path} is a folder")
        if not path.parent.is_dir():
            raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")


def _check_formats(source: Any, target: Any, of_input: str | None, of_output: str | None) -> None:
    """Formats may be said of standard streams only: a file's name tells its own."""
    for form, path, option in (
        (of_input, source, "input_format"),
        (of_output, target, "output_format"),
    ):
        if form is not None and form not in STREAM_FORMATS:
            raise UnknownNameError("format", form, STREAM_FORMATS)
        if form is not None and str(path) != _STREAM:
            raise InputFileError(
                f"--{option.replace('_', '-')} ({option}=) is for standard input and output; "
                "the name of a file tells its format"
            )
