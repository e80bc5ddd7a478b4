"""Figures hold what they should, and draw letters of every script."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text

from scamclassify.errors import UnknownNameError
from scamclassify.evaluation import evaluate_scores
from scamclassify.evaluation.fonts import (
    NATIVE_NAMES,
    can_draw,
    font_families,
    language_label,
    plain_label,
)
from scamclassify.labels import LANGUAGES


def _texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def _png(figure: Figure) -> np.ndarray:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    buffer.seek(0)
    return imread(buffer)


@pytest.mark.parametrize(
    ("draw", "panels"),
    [
        (lambda r: r.plot_precision_recall(), 13),
        (lambda r: r.plot_precision_recall(by="overall", origin="authored"), 1),
        (lambda r: r.plot_reliability(by="source"), 2),
        (lambda r: r.plot_confusion(), 2),
        (lambda r: r.plot_languages(), 2),
        (lambda r: r.plot_languages("false_positive_rate", by="source"), 2),
        (lambda r: r.plot_languages("mcc"), 2),
    ],
)
def test_every_plot_is_drawn_with_titles_and_labels(report, draw, panels):
    figure = draw(report)
    assert isinstance(figure, Figure)
    assert sum(ax.get_visible() for ax in figure.axes) == panels
    # A warning, such as one of a missing letter, is an error in these tests.
    assert _png(figure)[..., :3].min() < 0.2
    words = " ".join(_texts(figure))
    assert "messages" in words


def test_plots_do_not_touch_pyplot():
    code = (
        "import sys; from scamclassify.evaluation import evaluate_scores; import pandas as pd;"
        "assert 'matplotlib' not in sys.modules;"
        "f = pd.DataFrame({'label': ['scam', 'ham']});"
        "r = evaluate_scores(f, [.9, .1], ['scam', 'ham'], groups=[0, 1], n_boot=0);"
        "r.to_html(); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_bars_show_the_figures_of_the_table(report):
    figure = report.plot_languages("average_precision")
    collected, authored = figure.axes
    for ax, origin in ((collected, "collected"), (authored, "authored")):
        widths = [bar.get_width() for bar in ax.patches]
        expected = [
            report.value("average_precision", language=code, origin=origin) for code in LANGUAGES
        ]
        assert widths == pytest.approx(expected)
        assert [t.get_text() for t in ax.get_yticklabels()] == [
            language_label(code) for code in LANGUAGES
        ]


def test_confusion_counts_every_message(report, scored):
    counts = sum(
        int(text.split("\n")[0].replace(",", ""))
        for text in _texts(report.plot_confusion())
        if "%" in text
    )
    assert counts == len(scored[0])


def test_the_curve_covers_the_area_that_the_table_tells(report):
    figure = report.plot_precision_recall(by="overall")
    curve = figure.axes[0].lines[-1]
    recall, precision = curve.get_data()
    area = float((np.diff(recall) * precision[1:]).sum())
    assert area == pytest.approx(report.value("average_precision", origin="collected"), abs=1e-3)


def test_margins_have_no_reliability(scored):
    frame, scores, predicted = scored
    frame = frame.assign(language="th")
    report = evaluate_scores(frame, scores, predicted, n_boot=0, probabilistic=False)
    with pytest.raises(ValueError, match="decision margins"):
        report.plot_reliability()
    assert 'alt="reliability' not in report.to_html()
    with pytest.raises(UnknownNameError, match="origin"):
        report.plot_precision_recall(origin="colected")


def test_every_language_name_can_be_drawn_on_any_machine():
    """The package carries the letters, so this holds without fonts of the machine."""
    for code, native in NATIVE_NAMES.items():
        assert can_draw(native), code
    assert set(NATIVE_NAMES) == set(LANGUAGES)
    assert language_label("km") == "Khmer ខ្មែរ"
    assert font_families()[:2] == ("DejaVu Sans", "Scamclassify Names")


def test_names_are_shaped():
    """Khmer's subscript and Burmese's medial take their places only with shaping."""
    figure = Figure(figsize=(4, 1), dpi=100)
    texts = [
        figure.text(0.1, y, name, family=list(font_families()[:2]), fontsize=20)
        for y, name in ((0.6, "ខ្មែរ"), (0.1, "".join(sorted("ខ្មែរ"))))
    ]
    renderer = FigureCanvasAgg(figure).get_renderer()
    shaped, loose = (text.get_window_extent(renderer).width for text in texts)
    assert shaped < 0.8 * loose


def test_without_shaping_english_names_stand_in(monkeypatch):
    from matplotlib import ft2font

    monkeypatch.delattr(ft2font, "__libraqm_version__")
    assert language_label("my") == "Burmese"
    assert language_label("th") == "Thai ไทย"
    assert language_label("zh") == "Chinese 中文"


def test_letters_without_a_font_are_escaped():
    assert plain_label("set \U00012000") == "set \\U00012000"
