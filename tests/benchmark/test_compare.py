"""Significance, ranks, tables and plots."""

import dataclasses
import re

import numpy as np
import pytest
from scipy.stats import friedmanchisquare

from scamclassify.benchmark import (
    Result,
    Results,
    compare,
    load_results,
    rank_models,
    suite_tasks,
)
from scamclassify.benchmark.compare import holm, oriented_blocks
from scamclassify.benchmark.plots import (
    plot_critical_differences,
    plot_heat_map,
    plot_scores,
    save_plot,
)
from scamclassify.benchmark.tables import (
    comparison_table,
    result_tables,
    score_table,
    size_table,
)
from scamclassify.errors import InputFileError, UnknownNameError


@pytest.fixture
def results(folder):
    return load_results(folder)


def test_holm_by_hand():
    assert holm([0.01, np.nan, 0.02]).tolist()[::2] == [0.02, 0.02]
    assert holm([0.6, 0.7]).tolist() == [1.0, 1.0]


def test_a_model_far_ahead_is_found(results):
    found = compare(results, "prior")
    row = found.tasks.set_index(["task", "model"]).loc["tiny/in-domain", "complement_nb"]
    assert row["difference"] > 0.2
    assert 0 < row["low"] < row["difference"] < row["high"]
    assert row["p"] == pytest.approx(2 / 61)
    assert row["p_holm"] == pytest.approx(4 / 61)
    overall = found.overall.set_index("model").loc["complement_nb"]
    assert overall["wins"] == overall["blocks"] > 10
    assert overall["p_holm"] < 0.01


def test_a_model_beside_itself_is_not_told_apart(results):
    twin = [
        Result(one.content | {"model": "twin"}) for one in results if one.model == "complement_nb"
    ]
    found = compare(Results([*results, *twin]), "complement_nb")
    row = found.tasks.set_index(["task", "model"]).loc["tiny/in-domain", "twin"]
    assert row["difference"] == 0
    assert row["p_holm"] == 1.0


def test_less_is_better_turns_the_sign(results):
    flipped = Results([Result(one.content | {"metric": "calibration_error"}) for one in results])
    row = compare(flipped, "prior").tasks.iloc[0]
    assert row["difference"] < 0
    assert (oriented_blocks(flipped).dropna() <= 0).all(axis=None)


def test_results_on_other_data_are_not_compared(results):
    first, *rest = list(results)
    other = Result(first.content | {"data_revision": "other"})
    with pytest.raises(InputFileError, match="data_revision is"):
        compare(Results([other, *rest]), "prior")
    with pytest.raises(UnknownNameError, match="Did you mean 'prior'"):
        compare(results, "priors")


def test_ranks(results):
    ranks = rank_models(results)
    assert ranks.ranks.index[-1] == "prior"
    assert ranks.ranks.sum() == pytest.approx(6)
    blocks = oriented_blocks(results).dropna()
    assert ranks.p == pytest.approx(friedmanchisquare(*blocks.to_numpy().T).pvalue)
    # Demsar (2006), table 5: q = 2.343 for three models.
    expected = 2.343 * np.sqrt(3 * 4 / (6 * ranks.n_blocks))
    assert ranks.critical_difference == pytest.approx(expected, rel=1e-3)
    wide = dataclasses.replace(ranks, critical_difference=10.0)
    assert wide.cliques() == [list(ranks.ranks.index)]
    assert dataclasses.replace(ranks, critical_difference=1e-9).cliques() == []
    with pytest.raises(InputFileError, match="three models"):
        rank_models(Results([one for one in results if one.model == "prior"]))


@pytest.mark.parametrize("style", ["markdown", "latex", "html"])
@pytest.mark.parametrize("by", ["tasks", "slices", "languages"])
def test_tables_hold_every_figure(results, style, by):
    text = result_tables(results, style, by=by, intervals=True)
    for one in results:
        assert f"{one.score[0]:.3f}" in text
    assert ("hashed\\_logistic" if style == "latex" else "hashed_logistic") in text
    assert results.results[0].content["data_revision"] in text.replace("\\", "")
    if style == "latex":
        body = re.sub(r"\\[\\a-z_%&#$]+", "", text)
        assert "_" not in body
        assert text.count(r"\begin{tabular}") == text.count(r"\end{tabular}")


def test_sizes_and_other_samples_are_said_plainly(results):
    text = size_table(results)
    content = next(iter(results.select("across"))).content
    (row,) = [line for line in text.splitlines() if line.startswith("| across ")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    scams = [part["n_scam"] for part in content["slices"].values()]
    assert cells[1] == str(len(scams)) == "2"
    assert cells[4] == str(min(scams))
    assert "cannot be compared" not in score_table(results)
    task = suite_tasks()[0]
    for digest, expected in ((task.digest(), False), ("another", True)):
        of_suite = Result(content | {"task": task.id, "task_digest": digest})
        assert ("cannot be compared" in score_table(Results([of_suite]))) == expected


def test_the_best_is_bold_and_only_the_best(results):
    text = score_table(results)
    scores = results.scores()
    for line in text.splitlines()[2:5]:
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        for task, cell in zip(scores.columns, cells, strict=True):
            best = scores[task].round(3).max() == round(scores.loc[name, task], 3)
            assert cell.startswith("**") == best
    with pytest.raises(UnknownNameError, match="Did you mean 'latex'"):
        score_table(results, "latx")


def test_comparison_table_names_the_baseline(results):
    text = comparison_table(compare(results, "prior"))
    assert "better than prior" in text
    assert text.count("| in-domain |") == 2


def test_plots_are_files_that_repeat(results, tmp_path):
    for draw in (plot_critical_differences, plot_heat_map, plot_scores):
        one = save_plot(draw(results), tmp_path / "one.png").read_bytes()
        assert one == save_plot(draw(results), tmp_path / "two.png").read_bytes()
        assert one.startswith(b"\x89PNG")
    with pytest.raises(UnknownNameError, match="format of a plot"):
        save_plot(plot_heat_map(results), tmp_path / "plot.gif")


@pytest.mark.parametrize("draw", [plot_heat_map, plot_scores])
def test_plots_of_the_parts_of_a_task(results, draw):
    figure = draw(results.select("in-domain"), by="languages")
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    labels += [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert {"English", "Thai ไทย"} <= set(labels)
    with pytest.raises(InputFileError, match="of one task"):
        draw(results, by="slices")
    with pytest.raises(UnknownNameError, match="Did you mean 'languages'"):
        draw(results, by="language")


def test_select_takes_names_and_ids(results):
    some = results.select(["in-domain", "tiny/across"], "prior")
    assert {(one.task, one.model) for one in some} == {
        ("tiny/in-domain", "prior"),
        ("tiny/across", "prior"),
    }
    assert len(results.select()) == len(results)


def test_intervals_are_drawn_where_they_are(results):
    figure = plot_scores(results.select("across"), by="slices")
    ends = [
        path.vertices[:, 0] for lines in figure.axes[0].collections for path in lines.get_paths()
    ]
    one = next(iter(results.select("across", "prior")))
    low, high = one.content["slices"]["th"]["figures"]["average_precision"][1:]
    assert any(np.allclose(sorted(pair), [low, high]) for pair in ends)
