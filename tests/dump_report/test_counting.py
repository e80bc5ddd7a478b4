"""Counting scored files: every format, every row, bounded memory."""

import json
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.campaigns.dates import DayReader
from scamclassify.dump_report.counting import count_scored
from scamclassify.dump_report.periods import over_time
from scamclassify.dump_report.top_values import TopValues
from scamclassify.errors import InputFileError, UnknownNameError


def test_counts(scored):
    counts = count_scored(scored)
    assert counts.rows == 40
    assert counts.by("label") == {"ham": 10, "promo": 10, "scam": 20}
    assert counts.by("type", label="scam") == {"delivery": 10, "gambling": 10}
    assert counts.by("language", "label")["th", "scam"] == 10
    assert counts.by("day")[date(2026, 3, 4)] == 4
    assert {label: int(h.sum()) for label, h in counts.histogram.items()} == {
        "ham": 10,
        "promo": 10,
        "scam": 20,
    }
    assert counts.histogram["scam"][19] == 10
    # Only those of scams; what is the reader's is not even kept.
    assert counts.indicators["domain"].most_common(1) == [("evil.top", 20)]
    assert "otp" not in counts.indicators


def test_formats_agree(rows, scored, tmp_path):
    lines = tmp_path / "scored.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    parquet = tmp_path / "scored.parquet"
    table = pa.Table.from_pylist(rows)
    table = table.set_column(
        table.schema.get_field_index("scam_probability"),
        "scam_probability",
        pa.array([float(row["scam_probability"]) for row in rows]),
    )
    pq.write_table(table, parquet)
    first = count_scored(scored)
    for path in (lines, parquet):
        other = count_scored(path)
        assert other.cells == first.cells
        assert other.rows == first.rows
        for label, histogram in first.histogram.items():
            np.testing.assert_array_equal(other.histogram[label], histogram)


def test_columns_with_the_prefix_win(tmp_path):
    path = tmp_path / "scored.csv"
    path.write_text(
        "text,label,language,scamclassify_label,scamclassify_language,"
        "scamclassify_scam_probability\nhi,spam,xx,ham,en,0.1\n"
    )
    counts = count_scored(path)
    assert counts.by("label") == {"ham": 1}
    assert counts.by("language") == {"en": 1}
    assert counts.columns["label"] == "scamclassify_label"


def test_unsure_is_a_label(tmp_path):
    path = tmp_path / "scored.csv"
    path.write_text("text,label,scam_probability\nhi,unsure,0.4\nhi,ham,0.1\n")
    counts = count_scored(path)
    assert counts.by("label") == {"unsure": 1, "ham": 1}
    assert counts.histogram["unsure"].sum() == 1


def test_rows_that_cannot_be_read_are_counted(tmp_path):
    path = tmp_path / "scored.csv"
    path.write_text(
        "text,label,scam_probability,date\nhi,ham,0.1,\na,b\nhi,spam,0.1,x\nhi,,0.1,\n"
        "hi,scam,much,soon\n"
    )
    counts = count_scored(path)
    assert counts.rows == 2
    assert sum(counts.unreadable.values()) == 3
    assert counts.by("day") == {None: 2}


def test_files_that_were_not_scored(tmp_path):
    path = tmp_path / "dump.csv"
    path.write_text("text,date\nhi,2026-01-01\n")
    with pytest.raises(InputFileError, match="has no column 'label' of scamclassify score"):
        count_scored(path)
    path.write_text("text,label\nhi,spam\n")
    with pytest.raises(InputFileError, match="no row of column 'label' holds one of ham"):
        count_scored(path)
    with pytest.raises(InputFileError, match="there is no file"):
        count_scored(tmp_path / "no.csv")


def test_date_column(scored):
    assert count_scored(scored, "date").columns["day"] == "date"
    with pytest.raises(UnknownNameError, match="Did you mean 'date'"):
        count_scored(scored, "dat")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        ("2026-03-04T23:59:59+07:00", date(2026, 3, 4)),
        ("2026/3/4 10:00", date(2026, 3, 4)),
        ("4/3/2026 10:00", date(2026, 3, 4)),
        ("04.03.2026", date(2026, 3, 4)),
        ("3/14/2026", date(2026, 3, 14)),
        ("4/3/2569", date(2026, 3, 4)),
        ("20260304", date(2026, 3, 4)),
        ("1772582400", date(2026, 3, 4)),
        ("1772582400000", date(2026, 3, 4)),
        ("2026-13-04", None),
        ("31/02/2026", None),
        ("0812345678", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_days(text, day):
    assert DayReader().day(text) == day


def test_ambiguous_days_are_told(tmp_path):
    path = tmp_path / "scored.csv"
    path.write_text("text,label,date\nhi,ham,03/04/2026\n")
    assert count_scored(path).notes == ["Dates such as 03/04/2026 were read with the day first."]


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_days(text):
    found = DayReader().day(text)
    assert found is None or 1990 <= found.year <= 2100


@given(st.lists(st.integers(0, 300).map(str), max_size=600))
def test_top_values_err_by_no_more_than_they_say(values):
    top = TopValues(capacity=20)
    for value in values:
        top.add((value,))
    assert len(top) <= 20
    kept = dict(top.most_common(20))
    for value in set(values):
        true = values.count(value)
        assert true - top.error <= kept.get(value, 0) <= true


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ab"), st.dates(date(1995, 1, 1), date(2095, 1, 1)) | st.none()),
        st.integers(1, 9),
        max_size=30,
    )
)
def test_nothing_is_lost_over_time(counts):
    _, starts, series = over_time(counts)
    dated = sum(count for (_, day), count in counts.items() if day)
    assert sum(map(sum, series.values())) == dated
    assert starts == sorted(set(starts))
    assert all(len(values) == len(starts) for values in series.values())
    assert len(starts) <= 110
