"""Columns and values of dates, as dumps of member states write them."""

import pandas as pd
import pytest

from scamclassify.campaigns.dates import DayReader, find_date_column
from scamclassify.campaigns.files import campaigns_of_file
from scamclassify.campaigns.messages import read_frame
from scamclassify.errors import MissingColumnError, UnknownNameError


@pytest.mark.parametrize(
    "name",
    ["date", " Date ", "Tarikh Terima", "Date Received", "received_date_utc", "TANGGAL_KIRIM",
     "sentDate", "ngày nhận", "วันที่รับ", "接收日期", "Petsa ng pagtanggap"],
)  # fmt: skip
def test_columns_of_dates_are_found_by_their_names(name):
    assert find_date_column(None, ["id", "candidate", "mandate", name, "text"]) == 3


def test_a_usual_name_goes_before_one_that_holds_a_word():
    assert find_date_column(None, ["update date", "sent_at"]) == 1


def test_no_column_of_dates_is_said_with_the_way_out():
    with pytest.raises(MissingColumnError, match=r"--date-column.*Columns: id, text"):
        find_date_column(None, ["id", "text"])
    with pytest.raises(UnknownNameError, match="Did you mean 'sent'"):
        find_date_column("sentt", ["id", "sent"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-04-03T08:09:10Z", "2026-04-03T08:09:10"),
        ("03/04/2026", "2026-04-03T00:00:00"),  # the day first
        ("3/4/2569 21:05", "2026-04-03T21:05:00"),  # a Buddhist year
        ("2569-04-03", "2026-04-03T00:00:00"),
        ("03.04.2026 9:05:01 PM", "2026-04-03T21:05:01"),
        ("3 April 2026 09:05", "2026-04-03T09:05:00"),
        ("1775174400", "2026-04-03T00:00:00"),
        ("1775174400000", "2026-04-03T00:00:00"),
        ("20260403", "2026-04-03T00:00:00"),
    ],
)
def test_dates_are_read_day_first_and_in_buddhist_years(written, read):
    frame = pd.DataFrame({"text": ["a", "b", "c"], "date": [written, "soon", ""]})
    dates = read_frame(frame).dates
    assert str(dates[0]) == read
    assert str(dates[1]) == str(dates[2]) == "NaT"
    assert str(DayReader().moment(written) or read)[:10] == read[:10]


def test_campaigns_of_a_file_say_when_they_were_seen(tmp_path):
    path = tmp_path / "dump.csv"
    rows = [f"Your parcel {n} is held; pay at http://a{n}.top,0{n}/04/2569" for n in range(1, 6)]
    path.write_text("\n".join(["message,Diterima", *rows]) + "\n", encoding="utf-8")
    (blind,) = campaigns_of_file(path).campaigns.campaigns
    assert blind.first_seen is None
    (seen,) = campaigns_of_file(path, date_column="Diterima").campaigns.campaigns
    assert (seen.first_seen, seen.last_seen) == ("2026-04-01T00:00:00", "2026-04-05T00:00:00")
    assert sum(seen.daily.values()) == 5
    path.write_text("\n".join(["message,Tarikh Terima", *rows]) + "\n", encoding="utf-8")
    assert campaigns_of_file(path).campaigns.campaigns[0].last_seen == seen.last_seen
