"""Messages that make a model load all that it will need.

Workers are forked from a process that has scored these: what it loaded they share, what each
loads later it pays for in time and memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Between them they give every repair something to do: signs for letters, words for numbers,
#: broken links, styled, spread, doubled, missing, foreign and hidden letters, pictures.
SAMPLE: tuple[str, ...] = (
    "See you at lunch tomorrow, I will bring the papers",
    "Y0u w0n a pr1ze! Cla1m y0ur fr€€ b0nus n0w at hxxp://prize[.]example/win",
    "Call zero eight one two three four five six seven eight",
    "F R E E  gift , m.o.n.e.y for you, l-o-a-n",
    "Confrm your paymnt, your acount is on hold",
    "Сlaim your 𝗙𝗥𝗘𝗘 𝓰𝓲𝓯𝓽, ｆｒｅｅ ｇｉｆｔ, 🅵🆁🅴🅴 🄶🄸🄵🅃",
    "fr💰ee mon💵ey winnnnner!!!!!!! frëė g\u200bi\u200bft",
    "Bank: your account is blocked, log in at http://bank-example.top/login within 24 hours",
    "คุณได้รับรางวัล 5,000 บาท กดลิงก์ bit.ly/abc เพื่อรับสิทธิ์",
    "Bạn đã trúng thưởng 10 triệu, truy cập http://qua-tang.example nhận ngay",
    "恭喜您获得奖金，请加微信 vx12345 领取",
    "低息贷🔥款，马上申🎁请，🇫🇷🇪🇪🇪",
    "Selamat! Anda menang hadiah Rp 50 juta, hubungi WA 0812 3456 7890",
)


def warm_up_texts(from_arrow: bool) -> Sequence[str]:
    """The sample in the form in which texts of a run will come.

    Parameters
    ----------
    from_arrow : bool
        Whether they come in Arrow columns.

    Examples
    --------
    >>> len(warm_up_texts(from_arrow=True)) == len(SAMPLE)
    True
    """
    if not from_arrow:
        return list(SAMPLE)
    from scamclassify.batch.arrow_columns import text_array
    from scamclassify.batch.arrow_source import encoded_texts

    texts = encoded_texts(text_array(np.array(SAMPLE, dtype=object)))
    assert texts is not None  # none is blank
    return texts
