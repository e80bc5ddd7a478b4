"""What is done with every part: parse, score, encode. It runs where there is a core."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scamclassify.batch.encoders import ArrowEncoder, Encoder, pack
from scamclassify.batch.name_codes import count_names
from scamclassify.batch.parts import Part
from scamclassify.batch.quarantine import encode_bad_rows
from scamclassify.batch.rows import Redact
from scamclassify.batch.scorer import Scorer
from scamclassify.batch.warm_up import warm_up_texts
from scamclassify.classifiers.operation import AS_MADE, Operation


@dataclass
class PartResult:
    """What came of a part.

    Attributes
    ----------
    n_scored, n_bad : int
        Rows.
    data, quarantine : bytes
        To be added to the outputs; ``data`` may be an Arrow buffer, and one with the added
        columns alone where the rows are those of the part.
    labels, types, languages, reasons : collections.Counter
        Rows by label, scam type and language, bad rows by reason.
    """

    n_scored: int
    n_bad: int
    data: bytes
    quarantine: bytes
    labels: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass
class Task:
    """Scores parts; it can be sent to another process before it is first called.

    All of it is known before an input is opened.

    Attributes
    ----------
    model : str or fitted classifier
    fields : tuple of str
        What is added.
    n_reasons : int
    reason_language : str
    redact : bool
        Whether everything that is written out is redacted.
    quarantine_compression : {"", "gz"}
    operation : Operation
        Threshold, prevalence and unsure band.
    from_arrow, to_arrow : bool
        Whether texts come in Arrow columns, and whether rows leave in such: says what to load
        early.
    """

    model: Any
    fields: tuple[str, ...]
    n_reasons: int = 3
    reason_language: str = "en"
    redact: bool = False
    quarantine_compression: str = ""
    operation: Operation = AS_MADE
    from_arrow: bool = False
    to_arrow: bool = False

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.model, self.fields, self.n_reasons, self.reason_language, self.operation)

    @cached_property
    def _redact(self) -> Redact | None:
        if not self.redact:
            return None
        from scamclassify.indicators import redact_texts

        return redact_texts

    def warm_up(self) -> None:
        """Load the model and whatever the first messages would wait for."""
        texts = warm_up_texts(self.from_arrow)
        self._scorer.added(self._scorer.ask(texts), texts, "")
        if self.to_arrow and not self.from_arrow:
            import pyarrow as pa

            pa.array([])  # loads pandas

    def __call__(self, part: Part, file: str, encoder: Encoder) -> PartResult:
        """Score a part of the file of that name, and encode it."""
        batch = part.batch()
        quarantine = b""
        if batch.bad:
            lines = encode_bad_rows(batch.bad, file, self._redact)
            quarantine = pack(lines, self.quarantine_compression)
        result = PartResult(len(batch.texts), len(batch.bad), b"", quarantine)
        result.reasons.update(bad.reason for bad in batch.bad)
        if not batch.texts:
            return result
        opinion = self._scorer.ask(batch.texts)
        rows, texts = batch.rows, batch.texts
        if self._redact is not None:
            languages = opinion.languages.tolist()
            rows = rows.redact(self._redact, languages)
            if "indicators" in self.fields:
                texts = self._redact(texts, languages)
        added = self._scorer.added(opinion, texts, file)
        has_rows = batch.as_sent and self._redact is None and self.fields
        if has_rows and isinstance(encoder, ArrowEncoder):
            result.data = encoder.encode_added(added)
        else:
            result.data = encoder.encode(rows, added)
        result.labels = count_names(opinion.labels)
        result.languages = count_names(opinion.languages)
        if opinion.types is not None:
            result.types = Counter(name for name in opinion.types if name is not None)
        return result
