"""How amounts are written: currencies before and after a number, and words of size.

Patterns are matched against the message in small letters unless said otherwise.
"""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

#: Country of a currency, where it has one.
HOME = {
    "IDR": "ID", "MYR": "MY", "SGD": "SG", "BND": "BN", "THB": "TH", "PHP": "PH", "VND": "VN",
    "KHR": "KH", "LAK": "LA", "MMK": "MM", "CNY": "CN", "HKD": "HK", "TWD": "TW",
}  # fmt: skip

#: Currency of a country; Cambodia's and Timor's sign ``$`` is the US dollar.
OF_COUNTRY = {
    "ID": "IDR", "MY": "MYR", "SG": "SGD", "BN": "BND", "TH": "THB", "PH": "PHP", "VN": "VND",
    "LA": "LAK", "MM": "MMK", "KH": "USD", "TL": "USD", "CN": "CNY",
}  # fmt: skip

#: What a plain ``$`` or "dollar" is; elsewhere it is the US dollar.
DOLLAR = {"SG": "SGD", "BN": "BND"}

#: Before the number. ``$`` stands for `DOLLAR`, ``YUAN`` for the local or Chinese unit.
BEFORE: tuple[tuple[str, str], ...] = (
    ("IDR", r"rp\.?|idr"),
    ("MYR", r"rm|myr"),
    ("SGD", r"s\$|sgd\$?|新币|新元"),
    ("BND", r"b\$|bnd\$?"),
    ("USDT", r"usdt"),
    ("USD", r"us\$|usd\$?|\$ ?us|美金|美元|ဒေါ်လာ"),
    ("HKD", r"hk\$|hkd"),
    ("TWD", r"nt\$|twd"),
    ("AUD", r"a\$|aud"),
    ("THB", r"฿|thb"),
    ("PHP", r"₱|php\.?"),
    ("VND", r"₫|vnđ|vnd"),
    ("KHR", r"៛|khr|រៀល"),
    ("LAK", r"₭|lak"),
    ("MMK", r"mmk|ks|ကျပ်(?:ငွေ)?"),
    ("CNY", r"¥|￥|rmb|cny|人民币"),
    ("EUR", r"€|eur"),
    ("GBP", r"£|gbp"),
    ("INR", r"₹|inr"),
    ("P", r"p"),
    ("$", r"\$|d[oó]lar(?:es)?"),
)

#: After the number.
AFTER: tuple[tuple[str, str], ...] = (
    ("IDR", r"rupiah|idr|印尼盾"),
    ("MYR", r"ringgit(?: malaysia)?|rm|myr|马币|令吉|林吉特|ரிங்கிட்"),
    ("SGD", r"sgd|新币|新元|坡币|singapore dollars?|வெள்ளி"),
    ("BND", r"bnd|文币|dolar brunei|brunei dollars?"),
    ("USDT", r"usdt|u(?=[^a-z0-9]|$)"),
    (
        "USD",
        r"usd|us\$|us dollars?|美元|美金|刀|d[oó]lares americanos|ដុល្លារ(?:អាមេរិក)?|ໂດລາ|ဒေါ်လာ|អាមេរិកដុល្លារ|ដុល្លា|đô(?: la)?(?: mỹ)?|đô|ดอลลาร์(?:สหรัฐ)?|ดอลล่าร์|dolar amerika",
    ),
    ("THB", r"บาท|บ\.|baht|thb|฿|泰铢|泰銖|ບາດ|បាត|ဘတ်"),
    ("PHP", r"pesos?|piso|php|₱|比索"),
    ("VND", r"đồng|vnđ|vnd|₫|đ|dong|d|越南盾|越盾"),
    ("KHR", r"រៀល|៛|riels?|khr|瑞尔"),
    ("LAK", r"ກີບ|₭|kip|lak|基普"),
    ("MMK", r"ကျပ်|kyats?|ks|mmk|缅币|缅元"),
    ("CNY", r"元人民币|人民币|rmb|cny|yuan|ຢວນ|យ័ន|ယွမ်"),
    ("YUAN", r"元|块钱|块|圆|塊"),
    ("EUR", r"€|euros?|eur|欧元"),
    ("GBP", r"£|gbp|英镑|英鎊"),
    ("HKD", r"hkd|港币|港幣|港元"),
    ("INR", r"ரூபாய்|inr"),
    ("$", r"dollars?|d[oó]l[aá]r(?:es)?|டாலர்|\$"),
)

#: Words of size and what they multiply by.
SIZES: tuple[tuple[int, str], ...] = (
    (10**12, r"triliun|nghìn tỷ"),
    (
        10**9,
        r"miliar|milyar|billion|bn|b|mil milhões|mil milhoes|bilyon|bilion|tỷ|tỉ|ty(?! le)|ຕື້|พันล้าน|十亿",
    ),
    (10**8, r"亿|億"),
    (10**7, r"கோடி|ဆယ်သန်း|千万"),
    (
        10**6,
        r"juta|jt|million|mio|m|milyon|milhão|milhões|milhoes|millaun|miliaun|triệu|trieu|tr|củ"
        r"|ล้าน|លាន|ລ້ານ|သန်း|百万|மில்லியன்",
    ),
    (10**5, r"แสน|សែន|ແສນ|သိန်း|லட்சம்|lakhs?"),
    (10**4, r"หมื่น|ម៉ឺន|ໝື່ນ|ຫມື່ນ|သောင်း|万|萬|w"),
    (
        1000,
        r"ribu|rb|k|thousand|libo|mil|rihun|nghìn|nghin|ngàn|ngan|พัน|ពាន់|ພັນ|ထောင်|千|ஆயிரம்",
    ),
    (100, r"ratus|trăm|ร้อย|រយ|ຮ້ອຍ|百"),
)

#: A size that alone makes an amount of money, by the language it is written in, with its
#: currency, confidence, and the words after it that say that something else is counted.
BARE: dict[str, tuple[str, str, float, str]] = {
    "id": ("IDR", r"juta|jt|ribu|rb|miliar|milyar|k", 0.85, r"orang|pengguna|pelanggan|user|langkah|follower|subscriber|unit|tahun|km|view|penonton|poin|kata|toko|data|jiwa|warga|pcs|produk|kali|ekor|barel|ton|kwh|watt|liter"),
    "ms": ("MYR", r"ribu|juta|k", 0.8, r"orang|pengguna|pelanggan|user|langkah|follower|unit|tahun|km|view|mata|step"),
    "vi": ("VND", r"triệu|trieu|tr|củ|nghìn|nghin|ngàn|ngan|k|tỷ|tỉ", 0.88, r"người|nguoi|khách|lượt|follow|bước|km|từ|điểm|view|sản phẩm|năm"),
    "tl": ("PHP", r"k|libo|thousand", 0.8, r"katao|tao|followers?|steps?|views?|users?|km|years?|na tao"),
    "th": ("THB", r"พัน|หมื่น|แสน|ล้าน|k", 0.78, r"คน|ครั้ง|ปี|ก้าว|วิว|ไร่|ตัว|ชิ้น|ราย|กิโล|followers?|user|step|view|แต้ม|คะแนน"),
    "my": ("MMK", r"သိန်း|သောင်း|ထောင်|သန်း", 0.82, r"ယောက်|ဦး|ကြိမ်|နှစ်|မိုင်"),
    "lo": ("LAK", r"ພັນ|ໝື່ນ|ຫມື່ນ|ແສນ|ລ້ານ|ຕື້|k", 0.78, r"ຄົນ|ເທື່ອ|ປີ|ຄັ້ງ"),
    "km": ("KHR", r"ម៉ឺន|ពាន់|លាន", 0.75, r"នាក់|ដង|ឆ្នាំ|គ្រឿង"),
    "zh": ("YUAN", r"万|萬|w|千万|百万", 0.75, r"人|个|名|次|粉|步|字|米|公里|家|户|用户|播放|年|平|条|点|件|份|部|台|里"),
}  # fmt: skip
