"""``scamclassify train``: train a model and save it."""

from __future__ import annotations

import argparse

from scamclassify.cli.parser import positive

NAME = "train"
HELP = "train a model and save it"
EXAMPLES = """
scamclassify train -o model.scam
scamclassify train -o thai.scam --data thai_sms wisesight_th
scamclassify train -o mine.scam --input labelled.csv --text-column sms --label-column class
scamclassify train -o newer.scam --update mine.scam --input this_month.csv
scamclassify train -o shared.scam --merge agency_a.scam agency_b.scam agency_c.scam
scamclassify train -o agency_a2.scam --update agency_a.scam --merged shared.scam --input mine.csv
"""
_RATES = ("0.001", "0.002", "0.005", "0.01")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("-o", "--output", required=True, metavar="MODEL", help="file to write")
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--data",
        nargs="+",
        metavar="NAME",
        help="collected data sets (default: all whose licence lets a model be passed on)",
    )
    source.add_argument(
        "--input",
        metavar="FILE",
        help="train on a file of your own and nothing else: CSV, JSON Lines or Parquet",
    )
    source.add_argument(
        "--merge",
        nargs="+",
        metavar="MODEL",
        help="no messages at all: merge models that were trained apart",
    )
    parser.add_argument(
        "--update",
        metavar="MODEL",
        help="learn on from this model instead of beginning anew; needs --input",
    )
    parser.add_argument(
        "--merged",
        metavar="MODEL",
        help="with --update: another round, from what --merge made of this model and others, "
        "on the same messages as before; then merge again",
    )
    parser.add_argument("--text-column", metavar="NAME", help="column of texts in --input")
    parser.add_argument("--label-column", metavar="NAME", help="column of labels in --input")
    parser.add_argument(
        "--no-corpus", action="store_true", help="leave out the messages that the package carries"
    )
    parser.add_argument(
        "--max-per-source",
        type=positive,
        default=8000,
        metavar="N",
        help="sample larger data sets (default: %(default)s)",
    )
    parser.add_argument(
        "--max-fpr",
        choices=_RATES,
        default="0.005",
        help="call a message a scam only where fewer honest ones than this share are "
        "(default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=0, help="default: %(default)s")
    parser.add_argument(
        "--name",
        default="scamclassify",
        help="what the model file calls itself (default: %(default)s)",
    )
    parser.set_defaults(error=parser.error)


def run(arguments: argparse.Namespace) -> None:
    """Train and save."""
    from scamclassify.classifiers.scam import ScamClassifier
    from scamclassify.errors import InputFileError
    from scamclassify.persistence.models import save_model

    if arguments.update is not None and arguments.input is None:
        arguments.error("--update needs --input, the messages to learn on from")
    if arguments.merged is not None and arguments.update is None:
        arguments.error("--merged needs --update, the model that was merged")
    if arguments.merge is not None:
        _merge(arguments)
        return
    frame = _load(arguments)
    print(f"training on {len(frame):,} messages, revision {frame.attrs['revision']}")
    print(frame.groupby(["source", "label"]).size().unstack(fill_value=0).to_string())
    for name in _evaluation_only(arguments):
        print(f"left out, {name}: its licence allows evaluation only")
    for reason, count in frame.attrs["dropped"].items():
        print(f"left out, {reason}: {count:,}")
    if arguments.update is not None:
        _update(arguments, frame)
        return
    model = ScamClassifier(max_fpr=float(arguments.max_fpr), random_state=arguments.seed, n_jobs=-1)
    try:
        model.fit(frame, frame["label"])
    except ValueError as error:  # too few labels or messages
        raise InputFileError(f"these messages cannot train a model: {error}") from error
    try:
        model.threshold_for(float(arguments.max_fpr))
    except ValueError as error:
        print(f"without --max-fpr {arguments.max_fpr}, the most probable label counts: {error}")
        model.max_fpr = None
    metadata = {
        "name": arguments.name,
        "data_revision": frame.attrs["revision"],
        "sources": sorted(frame["source"].unique()),
        "dropped": frame.attrs["dropped"],
        "recipe": {
            "data": arguments.data,
            "corpus": not arguments.no_corpus and arguments.input is None,
            "max_per_source": None if arguments.input else arguments.max_per_source,
            "max_fpr": model.max_fpr,
            "seed": arguments.seed,
        },
    }
    path = save_model(model, arguments.output, metadata=metadata)
    print(f"written: {path} ({path.stat().st_size:,} bytes)")


def _merge(arguments: argparse.Namespace) -> None:
    """Merge models and save the result."""
    from scamclassify.classifiers.merging import merge_models
    from scamclassify.errors import InputFileError
    from scamclassify.persistence.models import load_model, save_model

    models = [load_model(name) for name in arguments.merge]
    try:
        merged = merge_models(models)
    except ValueError as error:
        raise InputFileError(f"these models cannot be merged: {error}") from error
    sources = {name for model in models for name in model.metadata_.get("sources", ())}
    metadata = {"name": arguments.name, "sources": sorted(sources), **merged.metadata_}
    path = save_model(merged, arguments.output, metadata=metadata)
    print(f"merged: {len(models)} models of {merged.n_messages_:,} messages")
    print(f"written: {path} ({path.stat().st_size:,} bytes)")


def _update(arguments: argparse.Namespace, frame) -> None:
    """Learn on from a saved model and save the result."""
    from scamclassify.errors import InputFileError
    from scamclassify.persistence.models import load_model, save_model

    model = load_model(arguments.update)
    try:
        if arguments.merged is None:
            model.partial_fit(frame, frame["label"])
        else:
            model = model.next_round(load_model(arguments.merged), frame, frame["label"])
    except ValueError as error:
        raise InputFileError(f"{arguments.update} cannot learn on: {error}") from error
    before = dict(model.metadata_)
    model.metadata_ |= {
        "name": arguments.name,
        "sources": sorted({*before.get("sources", ()), *frame["source"].unique()}),
        "updates": [
            *before.get("updates", ()),
            {"data_revision": frame.attrs["revision"], "messages": len(frame)},
        ],
    }
    path = save_model(model, arguments.output)
    print(f"written: {path} ({path.stat().st_size:,} bytes)")


def _evaluation_only(arguments: argparse.Namespace) -> list[str]:
    """Data sets that were asked for and that no model may be trained on."""
    if arguments.input is not None:
        return []
    from scamclassify.datasets.registry import dataset_info, dataset_names

    names = arguments.data or dataset_names()
    return [name for name in names if dataset_info(name).evaluation_only]


def _load(arguments: argparse.Namespace):
    if arguments.input is not None:
        from scamclassify.batch.labelled import load_labelled_file

        return load_labelled_file(
            arguments.input,
            text_column=arguments.text_column,
            label_column=arguments.label_column,
        )
    from scamclassify.datasets.training_frame import load_training_frame

    return load_training_frame(
        arguments.data,
        corpus=not arguments.no_corpus,
        max_per_source=arguments.max_per_source,
        random_state=arguments.seed,
    )
