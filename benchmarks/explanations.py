"""How long explanations of ten thousand messages take.

    python benchmarks/explanations.py

Messages of the written corpus, all languages, each once or twice; the default model. The best of
three runs, in processor seconds and by the clock, beside scoring the same messages. Writes
``results/explanations.json``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import scamclassify

RESULTS = Path(__file__).parent / "results" / "explanations.json"
N, REPEATS = 10_000, 3


def best(run: Callable[[], object]) -> dict[str, float]:
    """Least processor time and least time by the clock of some runs."""
    clocks, processors = [], []
    for _ in range(REPEATS):
        clock, processor = time.perf_counter(), time.process_time()
        run()
        clocks.append(time.perf_counter() - clock)
        processors.append(time.process_time() - processor)
    return {"processor_s": round(min(processors), 2), "clock_s": round(min(clocks), 2)}


def main() -> None:
    """Measure and write."""
    texts = scamclassify.load_corpus()["text"].tolist()
    texts = (texts * (N // len(texts) + 1))[:N]
    model = scamclassify.load_model()
    model.explain(texts[:10])
    model.assess(texts[:10], reasons=3)
    rows = {
        "explain": best(lambda: model.explain(texts, language="th")),
        "explain, as HTML": best(lambda: [e._repr_html_() for e in model.explain(texts)]),
        "assess with three reasons": best(lambda: model.assess(texts, reasons=3)),
        "predict_proba": best(lambda: model.predict_proba(texts)),
    }
    for name, row in rows.items():
        print(name, row)
    document = {
        "command": "python benchmarks/explanations.py",
        "version": scamclassify.__version__,
        "n": N,
        "characters": sum(map(len, texts)),
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
