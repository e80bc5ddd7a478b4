"""What ``data show`` prints: the card of a data set, or a summary of a carried resource."""

from __future__ import annotations

from scamclassify.errors import UnknownNameError


def describe(name: str) -> str:
    """Describe a data set or one of corpus, lexicon, brands.

    Raises
    ------
    UnknownNameError
        With the nearest match.

    Examples
    --------
    >>> print(describe("lexicon").splitlines()[0])
    Concept lexicon, revision ...
    """
    from scamclassify.datasets.cards import card
    from scamclassify.datasets.registry import dataset_info, dataset_names

    summaries = {"corpus": _corpus, "lexicon": _lexicon, "brands": _brands}
    if name in summaries:
        return summaries[name]()
    names = dataset_names()
    if name not in names:
        raise UnknownNameError("data set", name, [*names, *summaries])
    return card(dataset_info(name)).rstrip()


def _corpus() -> str:
    import pandas as pd

    from scamclassify.datasets.corpus import load_corpus

    frame = load_corpus()
    counts = pd.crosstab(frame["language"], frame["label"], margins=True, margins_name="all")
    types = frame["scam_type"].value_counts()
    listed = ", ".join(f"{kind} {count:,}" for kind, count in types.items())
    return (
        f"Messages written for this package, revision {frame.attrs['revision']}\n\n"
        f"{counts.to_string()}\n\nscam types: {listed}"
    )


def _lexicon() -> str:
    from scamclassify.knowledge.lexicon import load_lexicon

    lexicon = load_lexicon()
    forms = lexicon.to_frame().groupby("language", sort=False)
    table = forms.agg(concepts=("concept", "nunique"), forms=("form", "size"))
    groups = dict.fromkeys(concept.group for concept in lexicon.concepts)
    return (
        f"Concept lexicon, revision {lexicon.revision}\n"
        f"{len(lexicon.concepts)} concepts in the groups {', '.join(groups)}; "
        f"{len(lexicon.forms):,} forms\n\n{table.to_string()}"
    )


def _brands() -> str:
    from scamclassify.knowledge.brands import load_brands

    return load_brands().summary()
