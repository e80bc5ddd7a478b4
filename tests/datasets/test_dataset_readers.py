"""Every reader on small files, written here, with the quirks of its source."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from dataset_helpers import tally

from scamclassify.datasets import (
    burmese_comments,
    fbs_zh,
    indonesian_sms,
    judol_id,
    khmer_news,
    malay_tweets,
    mishra_soni,
    nus_sms_en,
    nus_sms_zh,
    ph_sms,
    tamil_comments,
    thai_sms,
    uci_sms,
    vietnamese_sms,
    wisesight_th,
)
from scamclassify.datasets.assemble import CONFLICT, Dropped, assemble
from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.frame import validate_frame


def read(
    tmp_path: Path, module: ModuleType, files: dict[str, str | bytes], **options: object
) -> tuple[pd.DataFrame, Dropped]:
    """Write the files, read them and check the frame."""
    paths = {}
    for number, (name, content) in enumerate(files.items()):
        paths[name] = tmp_path / str(number)
        paths[name].write_bytes(content if isinstance(content, bytes) else content.encode())
    frame, dropped = module.read(paths, **options)
    validate_frame(frame)
    assert frame["id"].is_unique
    assert (frame["source"] == module.INFO.name).all()
    assert frame["group"].isna().all()
    return frame, dropped


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


UCI = 'ham\tGo &lt;#&gt; "now"\u2028ok\r\nspam\tWIN a prize\nham\ta\tb\nham\t \n'


def test_uci_leaves_spam_out(tmp_path: Path) -> None:
    frame, dropped = read(tmp_path, uci_sms, {"f": UCI})
    assert rows(frame, "id", "text", "label") == [
        ("uci_sms-1", 'Go 00 "now"\u2028ok', "ham"),
        ("uci_sms-3", "a\tb", "ham"),
    ]
    assert dropped == {uci_sms.INFO.left_out["spam"]: 1, "no text": 1}


@pytest.mark.parametrize("label", ["promo", "scam"])
def test_uci_keeps_spam_on_demand(tmp_path: Path, label: str) -> None:
    frame, dropped = read(tmp_path, uci_sms, {"f": UCI}, spam_as=label)
    assert rows(frame, "id", "label")[1] == ("uci_sms-2", label)
    assert dropped == {"no text": 1}


def test_uci_refuses_another_label(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"'prom'.*'promo'"):
        read(tmp_path, uci_sms, {"f": UCI}, spam_as="prom")


def test_mishra_soni(tmp_path: Path) -> None:
    table = (
        "\ufeffLABEL,TEXT,URL,EMAIL,PHONE\n"
        'ham,"one, ""two"" NA",No,No,No\n'
        "Smishing,\tClick,yes,No,No\n"
        "Spam,buy &amp; save,No,No,No\n"
        "spam,twice,No,No,No\n"
        "smishing,\ttwice,No,No,No\n"
        "ham,NA,No,No,No\n"
    )
    frame, dropped = read(tmp_path, mishra_soni, {"f": table})
    assert rows(frame, "text", "label") == [
        ('one, "two" NA', "ham"),
        ("Click", "scam"),
        ("buy & save", "promo"),
        ("NA", "ham"),
    ]
    assert dropped == {CONFLICT: 2}


def nus_zip(*messages: tuple[str, str]) -> bytes:
    xml = "".join(
        f'<message id="{number}"><text>{text}</text><source><userProfile/></source>'
        f'<messageProfile language="en" time="{time}" type="send"/></message>'
        for number, (text, time) in enumerate(messages)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "smsCorpus.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><smsCorpus date="x">{xml}</smsCorpus>',
        )
    return buffer.getvalue()


@pytest.mark.parametrize("module", [nus_sms_en, nus_sms_zh])
def test_nus(tmp_path: Path, module: ModuleType) -> None:
    archive = nus_zip(
        ("see you at &lt;TIME&gt;, pay &lt;#&gt;", "2011.03.05 10:11:12"),
        ("好", "1/19/2011 10:59:52 AM"),
        ("", "unknown"),
        ("later", "unknown"),
        ("wrong clock", "1970.01.08 00:00"),
        ("padded", "\u00a02010.12.3\u00a000:42:51\u00a0"),
    )
    frame, dropped = read(tmp_path, module, {"f": archive})
    assert frame["text"].tolist() == [
        "see you at 00:00, pay 00",
        "好",
        "later",
        "wrong clock",
        "padded",
    ]
    assert frame["date"].dt.strftime("%F").fillna("").tolist() == [
        "2011-03-05",
        "2011-01-19",
        "",
        "",
        "2010-12-03",
    ]
    assert dropped == {"no text": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0"]  # nothing was unpacked


def test_fbs(tmp_path: Path) -> None:
    files = {
        "FR:Phishing(Bank)": "尊敬 的 NAME 客户 请 登录 URLcn 领 DIGIT mb apple pay\n \n",
        "FR:Phishing(Other)": "您 的 账户\n您 的 账户\n您 的 账户\n",
        "IL:Gambling": "加 QQ CELLPHONE CELLPHONEWECHAT 退订\n",
        "IL:Political_propaganda": "甲\n",
        "Other": "乙\n",
        "AD:Loan": "PLACE 贷款\nPLACE 贷款\n",
        "FR:Other": "卡号 BANK\n",
    }
    frame, dropped = read(tmp_path, fbs_zh, files)
    assert rows(frame, "text", "label", "scam_type") == [
        (
            "尊敬的客户请登录 http://example.com/ cn领00mb apple pay",
            "scam",
            "phishing_account",
        ),
        ("您的账户", "scam", "phishing_account"),
        ("加0000000001300000000013000000000wx000000退订", "scam", "gambling"),
        ("贷款", "promo", None),
        ("贷款", "promo", None),
        ("卡号6200000000000000000", "scam", None),
    ]
    assert dropped == {
        "repeated text in FR:Phishing(Other)": 2,
        fbs_zh.INFO.left_out["IL:Political_propaganda"]: 1,
        fbs_zh.INFO.left_out["Other"]: 1,
        "no text": 1,
    }


def test_thai(tmp_path: Path) -> None:
    files = {
        "data/raw_data/2022.txt": "OTP|รหัส 1|2\nspam|ซ้ำ\n",
        "data/raw_data/20220301.txt": "scam|ด่วน\nscam|ซ้ำ \n",
        "data/raw_data/202212.txt": "OK|แจ้ง\n",
    }
    frame, dropped = read(tmp_path, thai_sms, files)
    assert rows(frame, "id", "text", "label") == [
        ("thai_sms-1", "รหัส 1|2", "ham"),
        ("thai_sms-3", "ด่วน", "scam"),
        ("thai_sms-5", "แจ้ง", "ham"),
    ]
    assert frame["date"].dt.strftime("%F").fillna("").tolist() == ["", "2022-03-01", "2022-12-01"]
    assert dropped == {CONFLICT: 2}


def test_wisesight(tmp_path: Path) -> None:
    files = {"neg.txt": "แย่\u2028มาก\r\nไม่ดี\r\n", "q.txt": "ไหม\n"}
    frame, dropped = read(tmp_path, wisesight_th, files)
    assert frame["text"].tolist() == ["แย่\u2028มาก", "ไม่ดี", "ไหม"]
    assert tally(frame["channel"]) == {"social": 3}
    assert dropped == {}


def test_indonesian(tmp_path: Path) -> None:
    table = 'Teks,label\r\n"Halo,\napa kabar",0\r\nMama minta pulsa,1\r\nPromo,2\r\n'
    frame, _ = read(tmp_path, indonesian_sms, {"f": table})
    assert rows(frame, "text", "label") == [
        ("Halo,\napa kabar", "ham"),
        ("Mama minta pulsa", "scam"),
        ("Promo", "promo"),
    ]


def test_judol_forgets_the_people(tmp_path: Path) -> None:
    table = "comment_id,author,comment_text,label\nX1,@someone,𝗔𝗕𝗖 gacor,1\nX2,@other,bagus,0\n"
    frame, _ = read(tmp_path, judol_id, {"f": table})
    assert rows(frame, "text", "label", "scam_type") == [
        ("𝗔𝗕𝗖 gacor", "scam", "gambling"),
        ("bagus", "ham", None),
    ]
    assert "someone" not in frame.to_csv()
    assert "X1" not in frame.to_csv()


def test_vietnamese(tmp_path: Path) -> None:
    head = "content,label,has_url,has_phone_number,sender_type\n"
    files = {
        "raw_data/GgSheetData.csv": head
        + '"Chào [NAME], gọi [PHONE_NUMBER]",1.0,0,1,x\nok,0.0,0,0,x\n',
        "data/dataset.csv": head + "(TB) Cuoc goi nho,0,0,0,x\n[QC] Giam gia,0,0,0,x\n"
        "Toi [TB] day,0,0,0,x\nlua dao,1,0,0,x\n",
    }
    frame, dropped = read(tmp_path, vietnamese_sms, files)
    assert rows(frame, "text", "label") == [
        ("Chào , gọi 0900000000", "scam"),
        ("(TB) Cuoc goi nho", "promo"),
        ("[QC] Giam gia", "promo"),
        ("Toi [TB] day", "ham"),
    ]
    assert sum(dropped.values()) == 2


def test_philippine(tmp_path: Path) -> None:
    table = (
        "date-received,date-read,sender,category,text\n"
        '2022-09-30 13:01:05,2022-09-30 14:00:00,X,ads,"Sale, now\n50%"\n'
        "2022-10-01 08:00:00,,X,OTP,<REDACTED>\n"
        "2022-10-02 08:00:00,,Y,ads,notifs,<REDACTED>\n"
        "2022-10-03 08:00:00,,Z,spam,Kumita araw-araw\n"
        "2022-10-04 08:00:00,,Z,gov,Babala\n"
    )
    frame, dropped = read(tmp_path, ph_sms, {"f": table})
    assert rows(frame, "id", "text", "label", "language") == [
        ("ph_sms-1", "Sale, now\n50%", "promo", "tl"),
        ("ph_sms-4", "Kumita araw-araw", "scam", "tl"),
        ("ph_sms-5", "Babala", "ham", "tl"),
    ]
    assert frame["date"].iloc[0] == pd.Timestamp(2022, 9, 30, 13, 1, 5)
    assert dropped == {"the row has a field too many": 1, "the author removed the text": 1}


def test_malay(tmp_path: Path) -> None:
    table = 'text\tid\tsentiment\n"kata ""dia"" &amp; saya"\t1\tNeutral\nok\t2\tPositive\n'
    frame, _ = read(tmp_path, malay_tweets, {"f": table})
    assert frame["text"].tolist() == ['kata "dia" & saya', "ok"]
    assert tally(frame["label"]) == {"ham": 2}


def test_tamil(tmp_path: Path) -> None:
    lines = "semma; mass;Positive;\nநல்ல;Mixed feelings;\nvery good;not-Tamil;\n"
    frame, _ = read(tmp_path, tamil_comments, {"f": lines})
    assert rows(frame, "text", "language") == [
        ("semma; mass", "ta"),
        ("நல்ல", "ta"),
        ("very good", "und"),
    ]


def test_khmer(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, khmer_news, {"f": "text,label\n▁ នេះ ប ើ ▁ឯក,positive\n"})
    assert frame["text"].tolist() == ["នេះបើ ឯក"]
    assert frame["channel"].isna().all()


def test_burmese(tmp_path: Path) -> None:
    lines = "နား ကို/ab|se baby / က\tno \nဆဲ/ab\tab\nမ သိ\t\n"
    frame, dropped = read(tmp_path, burmese_comments, {"f": lines})
    assert frame["text"].tolist() == ["နားကို baby / က"]
    assert dropped == {burmese_comments.INFO.left_out["hate"]: 2}


def test_a_label_that_the_metadata_does_not_know_is_an_error() -> None:
    with pytest.raises(FrameError, match=r"'uci_sms', row 2: unknown label 'eggs'.*ham, spam"):
        assemble(uci_sms.INFO, ["a", "b"], ["ham", "eggs"])


def test_a_row_counts_for_one_reason() -> None:
    first, both = pd.Series([True, False]), pd.Series([True, True])
    frame, dropped = assemble(
        uci_sms.INFO, ["", ""], ["spam", "ham"], drop=[("first", first), ("second", both)]
    )
    assert dropped == {"first": 1, "second": 1}
    assert frame.empty
    validate_frame(frame)
