"""Rows of dirty CSV files."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.batch.csv_dialect import sniff_delimiter
from scamclassify.batch.csv_lines import MOST_CELL, Lines
from scamclassify.batch.csv_records import read_records
from scamclassify.batch.streams import split_lines


def records(content, delimiter=","):
    return list(read_records(split_lines([content]), delimiter))


def test_a_stray_quote_costs_its_own_row_only():
    rows = [b'1,"never closed\n'] + [b"%d,fine\n" % n for n in range(2, 50_000)]
    found = records(b"id,text\n" + b"".join(rows))
    assert [record.reason for record in found[:3]] == ["", "broken quotation", ""]
    assert len(found) == 50_000
    assert found[-1].cells == ["49999", "fine"]
    assert found[-1].line == 50_000


def test_a_stray_quote_does_not_join_two_rows():
    found = records(b'id,text\n1,"broken\n2,"fine"\n3,"a ""b"""\n')
    assert [record.reason for record in found] == ["", "broken quotation", "", ""]
    assert [record.cells for record in found[2:]] == [["2", "fine"], ["3", 'a "b"']]


def test_tabbed_rows_are_not_joined_by_quotes_that_belong_to_the_text():
    found = records(b'text\tlabel\n"hi there\tham\nbye "\tspam\n', "\t")
    assert [record.reason for record in found] == ["", "broken quotation", ""]
    assert found[2].cells == ['bye "', "spam"]


def test_cells_over_several_lines():
    found = records(b'id,text\r\n1,"a\r\nb"\r\n2,c\r\n')
    assert [record.cells for record in found[1:]] == [["1", "a\r\nb"], ["2", "c"]]
    assert found[2].line == 4


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        (b"1,2,3\n", "wrong number of fields", "3 instead of 2"),
        (b"1\n", "wrong number of fields", "1 instead of 2"),
        (b"1,\xff\xfe\n", "not UTF-8", "byte 0xff at 2"),
        (b'1,"a"b\n', "broken quotation", ""),
        (b"1," + b"x" * (MOST_CELL + 1) + b"\n", "cell too long", "65,536"),
        (b'1,"' + b"x" * 300_000 + b'"\n', "broken quotation", "field limit"),
    ],
)
def test_bad_rows_say_why(row, reason, detail):
    found = records(b"id,text\n" + row + b"2,fine\n")
    assert found[1].reason == reason
    assert detail in found[1].detail
    assert found[2].cells == ["2", "fine"]


def test_bad_bytes_take_the_whole_row_with_them():
    found = records(b'id,text\n1,"a\n\xff b"\n2,c\n')
    assert [record.reason for record in found] == ["", "not UTF-8", ""]
    assert found[1].raw == b'1,"a\n\xff b"\n'


def test_an_endless_line_is_cut_and_skipped():
    lines = split_lines(iter([b"id,text\n1,", *[b"x" * 1000] * 50, b"\n2,fine\n"]), limit=5000)
    found = list(read_records(lines, ","))
    assert [record.reason for record in found] == ["", "line too long", ""]
    assert len(found[1].raw) <= 5000


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=8), st.sampled_from(",;|"))
def test_what_the_csv_module_writes_is_read_back(rows, delimiter):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerows([["id", "text"], *rows])
    found = records(buffer.getvalue().encode(), delimiter)
    assert [record.cells for record in found] == [["id", "text"], *rows]


@given(st.binary(max_size=300), st.integers(1, 7))
def test_blocks_do_not_matter(content, size):
    blocks = [content[i : i + size] for i in range(0, len(content), size)]
    whole = list(split_lines([content]))
    assert list(split_lines(blocks)) == whole
    assert b"".join(line for line, _ in whole) == content


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("id,text\n1,a\n", ","),
        ("id;text;x\n1;a, b;2\n", ";"),
        ("id\ttext\n1\ta, b; c\n", "\t"),
        ("id|message\n1|a, b\n", "|"),
        ("a;b\n1,5;2,5\n", ";"),
    ],
)
def test_delimiters_are_recognised(sample, delimiter):
    assert sniff_delimiter(sample.encode()) == delimiter


def test_a_single_column_is_not_torn_at_commas():
    sample = b"text\nwell, well\nhello\nno, no, no\n"
    delimiter = sniff_delimiter(sample)
    assert [r.cells for r in records(sample, delimiter)[1:]] == [
        ["well, well"],
        ["hello"],
        ["no, no, no"],
    ]


def test_quotes_that_open_in_every_row_are_given_up_early(monkeypatch):
    looked = []
    take = Lines.take
    monkeypatch.setattr(Lines, "take", lambda self: looked.append(1) or take(self))
    found = records(b"id,text\n" + b'a","\n' * 3000)
    assert len(found) == 3001
    assert {record.reason for record in found[1:]} == {"broken quotation"}
    assert len(looked) < 3000 * 12
