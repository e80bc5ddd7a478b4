"""Evaluating models, and what a report can be turned into."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from scamclassify.errors import FrameError, InputFileError, UnknownNameError
from scamclassify.evaluation import Report, evaluate, evaluate_scores
from scamclassify.evaluation.evaluator import scam_scores
from scamclassify.evaluation.report_json import TABLE_COLUMNS

WORDS = {
    "scam": ["claim prize", "win money", "verify account"],
    "ham": ["see you", "lunch at noon", "call me"],
    "promo": ["big sale", "discount today", "shop now"],
}


def _frame(labels=("ham", "promo", "scam"), copies=8):
    rows = [
        {"text": f"{text} {'abcdefgh'[i] * 3}", "label": label, "language": language}
        for label in labels
        for text in WORDS[label]
        for i in range(copies)
        for language in ("en", "th")
    ]
    frame = pd.DataFrame(rows).assign(source="notes", origin="collected")
    return frame.assign(group=np.arange(len(frame)))


def _fitted(classifier, frame, labels=None):
    model = make_pipeline(CountVectorizer(), classifier)
    return model.fit(frame["text"], frame["label"] if labels is None else labels)


@pytest.mark.parametrize("classifier", [LogisticRegression(), LinearSVC()], ids=["proba", "margin"])
def test_models_with_probabilities_and_with_margins(classifier):
    frame = _frame()
    model = _fitted(classifier, frame)
    report = evaluate(model, frame, n_boot=5)
    probabilistic = hasattr(model, "predict_proba")
    assert report.value("f1", language="th") == 1.0
    assert np.isnan(report.value("calibration_error")) != probabilistic
    assert report.metadata["model"] == f"Pipeline(CountVectorizer, {type(classifier).__name__})"
    assert ("probability" in report.metadata["score"]) == probabilistic


@pytest.mark.parametrize("other", ["aaa", "zzz"])
def test_two_classes_rank_scam_first_wherever_it_stands(other):
    frame = _frame(("ham", "scam"))
    labels = frame["label"].replace("ham", other)
    for classifier in (LogisticRegression(), LinearSVC()):
        scores, _ = scam_scores(_fitted(classifier, frame, labels), frame["text"].tolist())
        assert average_precision_score(frame["label"] == "scam", scores) == 1.0


def test_a_model_without_scam_or_scores_is_refused():
    frame = _frame()
    with pytest.raises(UnknownNameError, match="unknown class 'scam'"):
        evaluate(_fitted(LogisticRegression(), frame, frame["label"].replace("scam", "bad")), frame)

    class Mute:
        classes_ = ("ham", "scam")

    with pytest.raises(TypeError, match="neither 'predict_proba' nor"):
        evaluate(Mute(), frame)
    with pytest.raises(TypeError, match="is it fitted"):
        evaluate(make_pipeline(CountVectorizer()), frame)


def test_wrong_input_is_named(scored):
    frame, scores, predicted = scored
    with pytest.raises(FrameError, match="lacks the column"):
        evaluate(None, frame[["text"]])
    with pytest.raises(FrameError, match="nothing to evaluate"):
        evaluate_scores(frame.iloc[:0], [], [])
    with pytest.raises(ValueError, match="row 2: nan is not a finite"):
        evaluate_scores(frame, np.where(np.arange(3000) == 2, np.nan, scores), predicted)
    with pytest.raises(ValueError, match=r"row 0: .* is not a probability"):
        evaluate_scores(frame, scores + 5, predicted)
    with pytest.raises(ValueError, match="prevalence must lie between 0 and 1"):
        evaluate_scores(frame, scores, predicted, prevalence=1)
    with pytest.raises(ValueError, match="groups has 2 entries"):
        evaluate_scores(frame, scores, predicted, groups=[1, 2])


def test_origins_are_never_mixed(report, scored):
    frame, scores, _ = scored
    assert tuple(report.table.columns) == TABLE_COLUMNS
    assert report.origins == ["collected", "authored"]
    counts = report.table.drop_duplicates(["slice_kind", "slice", "origin"])
    for kind in ("overall", "language", "source"):
        assert counts.loc[counts["slice_kind"] == kind, "n"].sum() == len(frame)
    for origin in report.origins:
        part = ((frame["language"] == "km") & (frame["origin"] == origin)).to_numpy()
        expected = average_precision_score(frame["label"][part] == "scam", scores[part])
        got = report.value("average_precision", language="km", origin=origin)
        assert got == pytest.approx(expected)
    with pytest.raises(ValueError, match="say which origin"):
        report.value("f1")


def test_columns_that_are_missing_have_stand_ins():
    frame = pd.DataFrame({"text": ["claim it", "hello"], "label": ["scam", "ham"]})
    report = evaluate_scores(frame, [0.9, 0.1], ["scam", "ham"], n_boot=3)
    slices = report.table[["slice_kind", "slice", "origin"]].drop_duplicates()
    assert slices.to_numpy().tolist() == [
        ["overall", "all", "unstated"],
        ["language", "und", "unstated"],
        ["source", "unnamed", "unstated"],
    ]


def test_the_seed_decides_and_a_slice_stands_alone(scored):
    frame, scores, predicted = scored
    part = (frame["language"] == "th").to_numpy()
    whole = evaluate_scores(frame, scores, predicted, n_boot=10).table
    again = evaluate_scores(frame, scores, predicted, n_boot=10).table
    pd.testing.assert_frame_equal(whole, again)
    alone = evaluate_scores(frame[part], scores[part], predicted[part], n_boot=10).table
    columns = ["metric", "origin", "value", "low", "high"]
    of_thai = [
        table.loc[table["slice"] == "th", columns].reset_index(drop=True)
        for table in (whole, alone)
    ]
    pd.testing.assert_frame_equal(*of_thai)
    other = evaluate_scores(frame, scores, predicted, n_boot=10, random_state=1).table
    assert (other["value"].fillna(0) == whole["value"].fillna(0)).all()
    assert not other["low"].equals(whole["low"])


def test_json_gives_the_same_report_back(report):
    text = report.to_json()
    back = Report.from_json(text)
    pd.testing.assert_frame_equal(back.table, report.table, check_dtype=False)
    assert back.metadata == report.metadata
    assert (back.predictions.astype(str) == report.predictions.astype(str)).all(axis=None)
    assert back.to_json() == text


def test_no_text_of_a_message_is_kept(scored, tmp_path):
    report = evaluate_scores(scored[0].assign(language="th"), *scored[1:], n_boot=0)
    for suffix in ("json", "md", "html", "csv"):
        assert "private text" not in report.save(tmp_path / f"r.{suffix}").read_text("utf-8")
    assert "text" not in report.predictions


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(format="other"), "not a report"),
        (lambda d: d.update(version=2), "has version 2"),
        (lambda d: d.pop("table"), "damaged"),
        (lambda d: d["predictions"].update(n=2999), "damaged"),
        (lambda d: d["predictions"].update(score="!!"), "damaged"),
        (lambda d: d["predictions"]["label"].update(categories=["ham"]), "damaged"),
    ],
)
def test_damaged_json_gets_one_clear_error(report, change, message):
    document = json.loads(report.to_json())
    change(document)
    with pytest.raises(InputFileError, match=message):
        Report.from_json(json.dumps(document))


def test_truncated_json_gets_one_clear_error(report):
    with pytest.raises(InputFileError, match="no valid JSON"):
        Report.from_json(report.to_json()[:-10])


def test_the_summary_reads_well(report):
    summary = report.summary()
    assert list(summary.index.names) == ["language", "origin"]
    assert len(summary) == 26
    row = summary.loc[("Thai", "collected")]
    assert row["recall at 0.1 % FP"] == "-"
    value, low, high = (float(part.strip("[],")) for part in row["AP"].split())
    assert low <= value <= high
    with pytest.raises(UnknownNameError, match="kind of slice"):
        report.summary("country")


def test_markdown_has_whole_tables(report):
    text = report.to_markdown()
    assert "## By language, authored" in text
    assert "- Data revision: test revision" in text
    widths = {line.count(" | ") for line in text.splitlines() if line.startswith("| ")}
    assert widths == {14}
    assert "needs 1000 honest messages" in text


class _Page(HTMLParser):
    """Collect tags, and addresses that a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.sources += [value for name, value in attrs if name in ("src", "href")]


def test_html_needs_no_other_file_and_escapes(scored):
    frame, scores, predicted = scored
    frame = frame.assign(language="th")
    evil = '<script>alert("$x$")</script>|'
    frame = frame.assign(source=evil)
    frame.attrs["revision"] = evil
    report = evaluate_scores(frame, scores, predicted, n_boot=2, model_name=evil)
    text = report.to_html()
    page = _Page()
    page.feed(text)
    assert not {"script", "link", "iframe"} & set(page.tags)
    assert page.tags.count("img") == 8
    assert all(source.startswith("data:image/svg+xml;base64,") for source in page.sources)
    assert 'name="viewport"' in text
    assert "http" not in text.partition("</style>")[0]
    assert "ไทย" in text
    assert "<script" not in report.to_markdown()
    lines = report.to_markdown().splitlines()
    assert {line.count(" | ") for line in lines if line.startswith("| ")} == {14}


def test_saving_is_atomic(report, tmp_path, monkeypatch):
    target = tmp_path / "report.md"
    target.write_text("old", "utf-8")

    def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("scamclassify.evaluation.report.os.replace", fail)
        with pytest.raises(OSError, match="disk full"):
            report.save(target)
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
    report.save(target)
    assert target.read_text("utf-8") == report.to_markdown()
    with pytest.raises(UnknownNameError, match=r"Did you mean '\.html'"):
        report.save(tmp_path / "report.htm")


def test_coverage_and_risk_of_unsure_answers():
    frame = pd.DataFrame({"label": ["scam", "ham", "ham", "scam"]})
    predicted = ["scam", "unsure", "scam", "ham"]
    report = evaluate_scores(frame, [0.9, 0.5, 0.8, 0.2], predicted, groups=range(4), n_boot=0)
    assert report.metadata["unsure"] == {"coverage": 0.75, "risk": pytest.approx(2 / 3)}
    sure = evaluate_scores(frame, [0.9, 0.5, 0.8, 0.2], ["ham"] * 4, groups=range(4), n_boot=0)
    assert "unsure" not in sure.metadata


def test_a_report_shows_itself_in_a_notebook():
    frame = _frame()
    report = evaluate(_fitted(LogisticRegression(), frame), frame, n_boot=0, model_name="a<b")
    assert repr(report) == f"<Report on a<b: {len(frame)} messages, {len(frame) // 3} scam>"
    shown = report._repr_html_()
    assert "a&lt;b" in shown
    assert "a<b" not in shown
    assert "Thai" in shown
    assert "recall at 1 % FP" in shown
