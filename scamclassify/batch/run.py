"""One run of scoring: from opened inputs to outputs in place."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

from scamclassify import __version__
from scamclassify.batch.arrow_memory import lean_arrow
from scamclassify.batch.encoders import make_encoder
from scamclassify.batch.formats import file_format
from scamclassify.batch.identity import describe_inputs, describe_model
from scamclassify.batch.inputs import Input
from scamclassify.batch.journal import Journal, remove_state
from scamclassify.batch.layout import Layout
from scamclassify.batch.manifest import manifest_path, write_manifest
from scamclassify.batch.options import Options
from scamclassify.batch.output import Output, put_in_place
from scamclassify.batch.parts import Part
from scamclassify.batch.progress import Progress
from scamclassify.batch.sources import Sources
from scamclassify.batch.summary import ScoreSummary
from scamclassify.batch.task import PartResult, Task
from scamclassify.batch.workers import WorkerLostError, Workers
from scamclassify.errors import InputFileError, ScamClassifyError
from scamclassify.labels import LABELS

# Inputs of so many bytes are worth processes of their own before it is known what is in them.
_WORTH_WORKERS = 4 << 20


class Run:
    """A run over inputs.

    Parameters
    ----------
    options : Options
    inputs : list of Input
    failures : list of ScamClassifyError
        Archives that could not be opened.
    say : callable
        Told notes as they come.
    """

    def __init__(
        self,
        options: Options,
        inputs: list[Input],
        failures: list[ScamClassifyError],
        say: Callable[[str], object],
    ) -> None:
        self._options = options
        self._inputs = inputs
        self._say = say
        self._notes: list[str] = []
        self._sources = Sources(options, inputs, failures, self.note)

    def note(self, line: str) -> None:
        """Say something and keep it for the manifest."""
        self._notes.append(line)
        self._say(line)

    def complete(self, state: Path, overwrite: bool, restart: bool, began: float) -> ScoreSummary:
        """Score everything, or what an interrupted run left to do.

        Parameters
        ----------
        state : pathlib.Path
            The folder of the journal, held locked.
        overwrite, restart : bool
        began : float
            ``time.perf_counter()`` when the call began.
        """
        task = self._task()
        with ExitStack() as stack:
            if task.from_arrow or task.to_arrow:
                stack.enter_context(lean_arrow())
            workers = stack.enter_context(Workers(task, self._options.jobs, self.note))
            return self._complete(workers, state, overwrite, restart, began)

    def _task(self) -> Task:
        options = self._options
        return Task(
            options.model,
            options.fields,
            options.reasons,
            options.reason_language,
            options.redact,
            file_format(options.quarantine).compression,
            options.operation,
            from_arrow=any(entry.form.is_arrow for entry in self._inputs),
            to_arrow=file_format(options.target).is_arrow,
        )

    def _complete(
        self, workers: Workers, state: Path, overwrite: bool, restart: bool, began: float
    ) -> ScoreSummary:
        options, clock = self._options, datetime.now(UTC)
        progress = None
        journal = None
        try:
            if not (state / "journal.jsonl").exists():
                self._check_outputs(overwrite)
            if sum(entry.size for entry in self._inputs) >= _WORTH_WORKERS:
                workers.start()
            described = describe_inputs(self._inputs)
            model = describe_model(options.model)
            identity = {
                "scamclassify": __version__,
                "inputs": described,
                "order": [entry.name for entry in self._inputs],
                "model": model,
                "options": options.content(),
            }
            journal = Journal(state, identity, restart)
            if not journal.finishing:
                self._check_outputs(overwrite)
            name = self._inputs[0].name if len(self._inputs) == 1 else f"{len(self._inputs)} files"
            progress = Progress(name, options.progress)
            layout = self._sources.open(progress)
            resumed = sum(part.scored + part.bad for part in journal.parts)
            target_hash = self._score(workers, journal, layout, progress)
            progress.close()
            summary = self._finish(journal, resumed, began)
            inputs = {entry.name: self._sources.about(entry, described) for entry in self._inputs}
            if summary.manifest is not None:
                runs = journal.n_runs
                write_manifest(
                    summary.manifest, identity, model, inputs, summary, clock, runs, target_hash
                )
            journal.remove()
            return summary
        except BaseException as error:
            if progress is not None:
                progress.close()
            self._leave(state, journal, error)
            raise

    def _leave(self, state: Path, journal: Journal | None, error: BaseException) -> None:
        """Keep what can be gone on with; after an error in an input there is nothing."""
        if journal is None:
            # Perhaps that of an unfinished run that this one does not fit.
            if not (state / "journal.jsonl").exists():
                remove_state(state)
            return
        journal.close()
        # The first part is the header.
        of_input = isinstance(error, ScamClassifyError) and not isinstance(error, WorkerLostError)
        if len(journal.parts) < 2 or of_input:
            if not journal.finishing:
                remove_state(state)
        elif isinstance(error, KeyboardInterrupt):
            self._say("interrupted; the same command goes on where it stopped")

    def _check_outputs(self, overwrite: bool) -> None:
        for path in (self._options.target, self._options.quarantine):
            if path.exists() and not overwrite:
                raise InputFileError(
                    f"{path} is already there; --overwrite (overwrite=True) replaces it"
                )

    # -- scoring ------------------------------------------------------------------------

    def _score(
        self, workers: Workers, journal: Journal, layout: Layout, progress: Progress
    ) -> str | None:
        """Score what is left to do; the hash of the output, where it is made by this run."""
        options = self._options
        form = file_format(options.target)
        first = self._sources.opened[0][1] if self._sources.opened else None
        delimiter, mark = getattr(first, "delimiter", ""), getattr(first, "mark", b"")
        encoder = make_encoder(layout, form, delimiter, mark)
        if journal.finishing:
            return None
        output = Output(journal, form, layout, options.tee)
        try:
            if not journal.parts:
                journal.add(PartResult(0, 0, encoder.prologue(), b""))
            waiting: deque[Part] = deque()
            items = self._left_to_do(journal, output, waiting)
            calls = ((part, name, encoder) for part, name in items)
            for result in workers.run_in_order(calls):
                part = waiting.popleft()
                _check_counts(result, part.n_rows)
                journal.add(result)
                output.add(result.data, part)
                progress.done(result.n_scored + result.n_bad)
            return output.finish()
        except BaseException:
            output.abandon()
            raise

    def _left_to_do(
        self, journal: Journal, output: Output, waiting: deque[Part]
    ) -> Iterator[tuple[Part, str]]:
        """Pass on what is done and give what is not, which is put among the waiting."""
        done = journal.parts[1:]
        pieces = journal.pieces() if output.wants_parts else repeat(b"")
        output.add(next(pieces), None)
        for number, (part, name) in enumerate(self._sources.parts()):
            if number >= len(done):
                waiting.append(part)
                yield part, name
            elif part.n_rows != done[number].scored + done[number].bad:
                raise InputFileError(
                    f"{name} does not give the rows that the interrupted run read; "
                    "start anew with --restart (restart=True)"
                )
            else:
                output.add(next(pieces), part)

    # -- finishing ----------------------------------------------------------------------

    def _finish(self, journal: Journal, resumed: int, began: float) -> ScoreSummary:
        options = self._options
        journal.begin_finish()
        totals = journal.totals
        scored = sum(part.scored for part in journal.parts)
        bad = sum(part.bad for part in journal.parts)
        if totals["labels"].total() != scored or totals["reasons"].total() != bad:
            raise AssertionError("the counts of labels and reasons do not add up to the rows")
        if bad:
            journal.move("quarantine", options.quarantine)
        else:
            # One of an earlier run must not look like it belongs to this one.
            options.quarantine.unlink(missing_ok=True)
        put_in_place(journal, options.target, options.tee)
        names = dict.fromkeys(source.text_column for _, source in self._sources.opened)
        return ScoreSummary(
            sources=tuple(entry.name for entry in self._inputs),
            target=options.target if options.tee is None else Path("-"),
            quarantine=options.quarantine if bad else None,
            rows_read=scored + bad,
            rows_scored=scored,
            rows_quarantined=bad,
            counts={**dict.fromkeys(LABELS, 0), **totals["labels"]},
            reasons=dict(totals["reasons"].most_common()),
            text_column=", ".join(names) or (options.text_column or "text"),
            seconds=time.perf_counter() - began,
            types=dict(totals["types"].most_common()),
            languages=dict(totals["languages"].most_common()),
            manifest=manifest_path(options.target) if options.tee is None else None,
            rows_resumed=resumed,
            notes=tuple(self._notes),
        )


def _check_counts(result: PartResult, n_rows: int) -> None:
    if result.n_scored + result.n_bad != n_rows:
        raise AssertionError(
            f"{n_rows} rows went in, {result.n_scored} + {result.n_bad} came out: "
            "this is a defect of the program"
        )
