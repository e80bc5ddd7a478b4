"""``scamclassify campaigns`` end to end."""

import json

import pandas as pd
import pytest

from scamclassify.campaigns.document import load_campaigns
from scamclassify.cli import main

TEXTS = [f"Your parcel {n} is held, pay RM{n}.50 at http://p{n}.top/x" for n in range(100, 108)]
MORE = [f"คุณได้รับสิทธิ์กู้เงิน {n} บาท แอดไลน์ @loan{n} ได้เลยวันนี้" for n in range(20, 26)]
HAM = ["lunch at noon today?", "the meeting has moved to Friday", "on my way, five minutes"]


def write(path, texts, day):
    frame = pd.DataFrame({"id": [f"m{k}" for k in range(len(texts))], "message": texts})
    frame["date"] = day
    frame["label"] = ["ham" if text in HAM else "scam" for text in texts]
    frame["scam_probability"] = [0.1 if text in HAM else 0.9 for text in texts]
    frame.to_csv(path, index=False)
    return str(path)


@pytest.fixture
def days(tmp_path):
    one = write(tmp_path / "one.csv", TEXTS + HAM, "2026-01-01")
    two = write(tmp_path / "two.csv", TEXTS[:4] + MORE + [""], "2026-01-02")
    return one, two, tmp_path


def test_two_days(days, capsys):
    one, two, folder = days
    first, second = str(folder / "one.json"), str(folder / "two.json.gz")
    assert main(["campaigns", one, "-o", first]) == 0
    out = capsys.readouterr().out
    assert "1 campaign of 8 messages among 11" in out
    assert "Your parcel" in out
    members = str(folder / "members.csv")
    command = ["campaigns", two, "-o", second, "--previous", first, "--compare", first]
    assert main([*command, "--drift", one, "--members", members]) == 0
    captured = capsys.readouterr()
    assert "since the earlier dump: 1 new, 1 steady" in captured.out
    assert "campaigns: 1 new (6 messages), 0 growing (0 messages), 1 steady" in captured.out
    assert "The languages changed a lot" in captured.out
    assert "1 rows without a usable text left out" in captured.err
    old, new = load_campaigns(first), load_campaigns(second)
    assert old.campaigns[0].id in {campaign.id for campaign in new.campaigns}
    assert new.inputs[0]["rows"] == 11
    assert new.n_messages == 10
    assert new.drift["warnings"]
    table = pd.read_csv(members)
    assert list(table) == ["campaign", "row", "id"]
    assert len(table) == 10
    assert set(table["campaign"]) == {campaign.id for campaign in new.campaigns}


def test_machine_readable(days, capsys):
    one, _, folder = days
    first = str(folder / "one.json")
    assert main(["campaigns", one, "-o", first, "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["campaigns", one, "--json", "--compare", first, "--text-column", "message"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["format"] == "scamclassify-campaigns"
    assert values["changes"]["counts"]["steady"] == 1


def test_errors_are_one_line(days, capsys):
    one, _, folder = days
    target = str(folder / "out.json")
    assert main(["campaigns", one, "-o", target, "--quiet"]) == 0
    for command, message in (
        (["campaigns", one, "-o", target], "is already there"),
        (["campaigns", one, "--previous", one], "is not a campaign document"),
        (["campaigns", one, "-o", "out.txt"], "unknown format of a campaign document '.txt'"),
        (["campaigns", one, "--date-column", "when"], "unknown date column 'when'"),
        (["campaigns", str(folder / "none.csv")], "there is no file"),
        (["campaigns", one, "-o", str(folder / "no" / "a.json")], "there is no folder"),
        (["campaigns", one, "--members", str(folder / "m.txt")], "written as CSV"),
        (["campaigns", one, "--threshold", "2"], "between 0 and 1"),
        (["campaigns", one, "-o", target, "--previous", target, "--overwrite"], "is read as well"),
    ):
        assert main(command) == 2
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1
    assert main(["campaigns", one, "-o", target, "--overwrite", "--quiet"]) == 0


def test_labels_choose_messages(days, capsys):
    one, two, folder = days
    document, members = folder / "scams.json", folder / "members.csv"
    command = ["campaigns", two, "-o", str(document), "--members", str(members)]
    assert main([*command, "--labels", "promo,scam", "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["n_messages"], outcome["left_out"], outcome["dropped"]) == (10, 0, 1)
    assert main(["campaigns", one, "-o", str(document), "--overwrite", "--labels", "scam"]) == 0
    assert "3 messages with other labels left out" in capsys.readouterr().err
    made = load_campaigns(document)
    assert made.n_messages == 8
    assert made.parameters["labels"] == ["scam"]
    assert main(["campaigns", one, "--labels", "spam"]) == 2
    assert "unknown label 'spam'" in capsys.readouterr().err
    plain = folder / "plain.csv"
    plain.write_text("text\nhello\n")
    assert main(["campaigns", str(plain), "--labels", "scam"]) == 2
    assert "plain.csv has no column of labels" in capsys.readouterr().err


def test_members_have_the_row_of_the_file(days):
    _, _, folder = days
    path, members = folder / "gaps.csv", folder / "members.csv"
    rows = ["", TEXTS[0], "", HAM[0], *TEXTS[1:3]]
    pd.DataFrame({"text": rows, "label": ["scam"] * 3 + ["ham", "scam", "scam"]}).to_csv(
        path, index=False
    )
    assert main(["campaigns", str(path), "--members", str(members), "--quiet"]) == 0
    assert pd.read_csv(members)["row"].tolist() == [2, 5, 6]
    command = ["campaigns", str(path), "--members", str(members), "--overwrite", "--quiet"]
    assert main([*command, "--labels", "scam"]) == 0
    assert pd.read_csv(members)["row"].tolist() == [2, 5, 6]
