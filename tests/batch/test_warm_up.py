"""What workers share is loaded before they part."""

import subprocess
import sys

import scamclassify

CODE = """
import functools, gc, sys
from scamclassify.batch.arrow_columns import text_array
from scamclassify.batch.arrow_source import encoded_texts
from scamclassify.batch.task import Task

def filled():
    found = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    return {f"{one.__module__}.{one.__qualname__}" for one in found
            if one.__module__.startswith("scamclassify.") and one.cache_info().currsize}

texts = sys.stdin.buffer.read().decode("utf-8").split(chr(0))
task = Task("default", ("label", "probabilities", "type", "language"), from_arrow=True)
task.warm_up()
assert "pandas" not in sys.modules
before = filled()
task._scorer.ask(encoded_texts(text_array(texts)))
late = filled() - before
assert not late, f"loaded by every worker for itself: {late}"
"""


def test_the_corpus_loads_nothing_that_the_sample_has_not():
    corpus = scamclassify.load_corpus()["text"].tolist()[::5]
    subprocess.run([sys.executable, "-c", CODE], input="\0".join(corpus).encode(), check=True)
