"""The first minute with scamclassify: train, evaluate, score a dump. Run by ``make demo``."""

from __future__ import annotations

import time
from pathlib import Path

FOLDER = Path("demo")


def main(folder: Path = FOLDER, max_per_source: int = 1500) -> int:
    """Train on four fifths of the messages, judge on the rest, score an example dump.

    Parameters
    ----------
    folder : pathlib.Path
        Where model, dump, scored dump and report are written.
    max_per_source : int
        Messages taken of each data set.

    Returns
    -------
    int
        Exit code, 0.
    """
    start = time.perf_counter()
    import scamclassify
    from scamclassify.datasets.training_frame import load_demo_frame
    from scamclassify.evaluation.splits import GroupedStratifiedKFold

    print("1. Loading messages ...")
    frame, collected = load_demo_frame(max_per_source=max_per_source)
    if collected:
        print(f"   {len(frame):,} messages: public data sets and the carried corpus.")
    else:
        print(
            "   No network and no mirror: the public data sets cannot be fetched.\n"
            f"   Going on with the {len(frame):,} messages that the package carries, which we\n"
            "   wrote ourselves: the figures below say little about real messages. To use real\n"
            "   ones, set SCAMCLASSIFY_MIRROR to a folder or address that mirrors\n"
            "   https://raw.githubusercontent.com/."
        )

    print("2. Training on four fifths of them (no near-duplicate crosses the split) ...")
    folds = GroupedStratifiedKFold(5).split(frame, frame["label"], frame["group"])
    train, test = next(iter(folds))
    model = scamclassify.ScamClassifier(random_state=0, calibration_folds=2, n_jobs=2)
    model.fit(frame.iloc[train], frame["label"].iloc[train])
    folder.mkdir(exist_ok=True)
    model_path = scamclassify.save_model(model, folder / "model.scam")

    print("3. Judging on the other fifth ...\n")
    held_out = frame.iloc[test].reset_index(drop=True)
    held_out.attrs = {"revision": frame.attrs["revision"]}
    report = scamclassify.evaluate(
        model, held_out, n_boot=100, model_name="ScamClassifier", split="grouped fifth, seed 0"
    )
    columns = ["messages", "scam", "AP", "recall at 1 % FP", "FP rate", "F1"]
    print(report.summary()[columns].to_string())
    print("   AP: average precision; FP: honest messages called scams; [95 % intervals]")
    report_path = folder / "report.html"
    report.save(report_path)

    print("\n4. Scoring an example dump ...")
    dump = folder / "messages.csv"
    example = scamclassify.load_corpus().sample(1000, random_state=0)
    example[["id", "text", "country", "channel"]].to_csv(dump, index=False)
    summary = scamclassify.score_file(
        dump, folder / "scored.csv", model=model_path, progress=False, overwrite=True
    )
    print(summary)

    print(
        f"\nDone in {time.perf_counter() - start:.0f} s.\n"
        f"   scored dump   {folder / 'scored.csv'}\n"
        f"   report        {report_path}   (open it in a browser)\n"
        f"   model         {model_path}\n\n"
        "What to do next:\n"
        "   scamclassify score YOUR.csv -o scored.csv        score your own messages\n"
        "   scamclassify explain 'Your parcel is held ...'   see why a message is flagged\n"
        "   scamclassify data list                           the data sets\n"
        "   (the command is at .venv/bin/scamclassify)"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
