"""Words that say what the number beside them is, in the thirteen languages.

Patterns are matched against the message in small letters. Latin words are whole words.
"""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from scamclassify.knowledge.brands import load_brands

_LETTER = "a-zà-öø-ɏḁ-ỿ0-9_"

# kind -> (Latin words, words of scripts without spaces and Tamil)
_WORDS: dict[str, tuple[str, str]] = {
    "account": (
        r"a/c(?: no)?|acc?(?:t|ount)?s?(?: (?:no|num|number))?|no\.? ?acc|rek(?:ening)?(?:nya)?"
        r"|no(?:mor)?\.? ?rek(?:ening)?|norek|akaun|no\.? ?akaun|stk|số tài khoản|so tai khoan"
        r"|tài khoản|tai khoan|tk|ctk|conta|n[ºo°]\.? ?(?:da|de) conta|konta|iban|nib"
        r"|kartu|kad|card(?: (?:no|number))?|visa|mastercard|nomor kartu|số thẻ|so the|cartão"
        r"|account-number",
        r"บัญชี|เลขบัญชี|เลขที่บัญชี|เลขบช|บ/ช|เลขบัตร|账号|帐号|账户|帐户|賬號|賬戶|户口|戶口|卡号|卡號|银行卡"
        r"|စာရင်း|အကောင့်|ဘဏ်စာရင်း|គណនី|លេខគណនី|ບັນຊີ|ເລກບັນຊີ|ເລກທີບັນຊີ|கணக்கு|வங்கி கணக்கு|அக்கவுண்ட்",
    ),
    "phone": (
        r"call(?: (?:us|me|at|on))?|calling|tel(?:p|epon|pon|efon|efone|efonu|ephone)?s?|phone(?: (?:no|number))?"
        r"|hp|no\.? ?hp|no\.? ?tel|nomor (?:hp|baru|telepon)|mobile|hotline|helpline|hub(?:ungi)?(?:i)?"
        r"|kontak|contact(?:ar)?|contacto|talian|telefon(?:kan)?|sms|text|hp ko|number(?: ko)?|numero|número"
        r"|tumawag(?: sa)?|tawagan|tawag|i-?text|gọi|goi|sđt|sdt|đt|dt|điện thoại|dien thoai|số mới|so moi"
        r"|tổng đài|tong dai|liên hệ|lien he|lh|ligue|ligar|liga|telemóvel|telemovel|kontaktu|númeru|numeru"
        r"|dial|fax|customer service|cs|call center|nomor|wa call|bayar ke nomor",
        r"โทร(?:ศัพท์|กลับ|หา)?\.?|เบอร์(?:ใหม่|โทร)?|สายด่วน|ติดต่อ|มือถือ|ဖုန်း(?:နံပါတ်)?|ဆက်သွယ်|ခေါ်ဆို"
        r"|ទូរស័ព្ទ|ទូរសព្ទ|លេខទូរស័ព្ទ|ទាក់ទង|ហៅទៅ|លេខថ្មី|ໂທ(?:ລະສັບ)?|ເບີ(?:ໂທ)?|ຕິດຕໍ່|ສາຍດ່ວນ"
        r"|电话|電話|致电|拨打|撥打|热线|熱線|手机|手機|来电|联系|聯繫|新号码|号码|号碼|客服"
        r"|அழை(?:க்கவும்|யுங்கள்)?|தொலைபேசி|எண்|தொடர்பு|மொபைல்|கைபேசி|போன்",
    ),
    "otp": (
        r"otp|one[- ]time (?:password|passcode|pin|code)|tac(?: (?:no|number|code))?|passcode"
        r"|(?:verification|security|verify|login|log-in|access|authentication|auth|confirmation|activation|reset) (?:code|pin)"
        r"|code|kode|kod|kodigo|código|codigo|kódigu|kodigu|mã(?: xác (?:thực|nhận|minh))?|ma (?:xac (?:thuc|nhan|minh)|otp)"
        r"|pin|2fa|pass ?code|kata sandi sekali pakai|sandi|katalaluan|senha|m-?pin|token",
        r"รหัส(?:ยืนยัน|ผ่าน|\s?otp)?|โอทีพี|验证码|驗證碼|校验码|动态码|动态密码|密码|认证码|确认码|安全码|代码|一次性密码"
        r"|ကုဒ်|ကုတ်|အတည်ပြုကုဒ်|လျှို့ဝှက်နံပါတ်|កូដ|លេខកូដ|លេខសម្ងាត់|ລະຫັດ|ລະຫັດຢືນຢັນ"
        r"|குறியீடு|கடவுச்சொல்|ஓடிபி|ஒடிபி|கோட்|கடவுக்குறியீடு",
    ),
    "ref": (
        r"ref(?:erence|\.|no)?(?: (?:no|number|code|id|id))?\.?|order(?: (?:no|number|id))?|orders?|invoice(?: no)?|inv|booking(?: (?:code|ref|no|id))?"
        r"|tracking(?: (?:no|number|id))?|parcel(?: (?:no|id))?|awb|resi|no\.? ?resi|nomor (?:resi|pesanan|antrian|polisi)|pesanan|no\.? ?pesanan"
        r"|ticket(?: no)?|case(?: (?:no|number|id))?|report no|transaction(?: (?:id|no))?|trx(?: ?id)?|txn(?: ?id)?|trans(?:aksi)? ?id|id transaksi"
        r"|promo(?:tion)? ?(?:code|kode)?|kode (?:promo|voucher|pos|booking|pesanan|unik|referral|bayar|toko|area|etik)|voucher(?: code)?|coupon(?: code)?"
        r"|referral(?: code)?|discount code|dress code|qr code|zip(?: code)?|postal(?: code)?|postcode|poskod|kod (?:promo|pos|rujukan|baucar|diskaun)|error code|country code|source code|color code"
        r"|mã (?:đơn(?: hàng)?|vận đơn|giảm giá|khách hàng|kh|giao dịch|gd|hồ sơ|đặt chỗ|số thuế|bưu điện|khuyến mãi|vé|sinh viên)|ma (?:don(?: hang)?|van don|giam gia|kh|gd|ho so|dat cho)|mvđ|mvd|mst|biển số|bien so"
        r"|plate|flight|model|serial(?: no)?|s/n|imei|meter(?: no)?|no\.? ?meter|bill no|bil|receipt(?: no)?|resit|policy(?: no)?|polis|nomor polis|permit|unit|blok|block|blk|lot|room|queue(?: no)?|antrian|giliran|no\.? rujukan|rujukan"
        r"|id pelanggan|idpel|customer (?:id|no|number)|member(?:ship)? (?:id|no|number)|student id|staff id|employee id|user ?id|uid|meeting id|zoom id|id meeting|room id"
        r"|nº (?:do pedido|da encomenda)|pedido|encomenda|fatura|referência|referensia|senha da fila|código postal|código promocional"
        r"|version|ver|v|ios|android|build|sku|isbn|lat|long|gps|coordinates?|koordinat",
        r"เลขพัสดุ|พัสดุ(?:หมายเลข|เลขที่)?|หมายเลขพัสดุ|คำสั่งซื้อ|เลขที่สั่งซื้อ|ออเดอร์|เลขอ้างอิง|อ้างอิง|รหัส(?:ไปรษณีย์|สินค้า|ส่วนลด|พัสดุ|ลูกค้า|นักศึกษา|พนักงาน|สาขา|อ้างอิง)|โค้ด(?:ส่วนลด)?|ทะเบียน|คิวที่|ล็อต|งวด|เลขมิเตอร์|ใบแจ้งหนี้"
        r"|单号|訂單|订单(?:号)?|快递单号|运单|取件码|取货码|提货码|优惠码|邀请码|邮编|编号|发票号|流水号|车牌|航班|版本|桌号|排号|案件编号|会员号|学号|尾号"
        r"|အမှတ်စဉ်|အော်ဒါ|ပါဆယ်|ဘောက်ချာ|លេខកញ្ចប់|លេខបញ្ជាទិញ|វិក្កយបត្រ|លេខយោង|ເລກພັດສະດຸ|ພັດສະດຸ|ເລກອ້າງອີງ|ໃບບິນ|ເລກສັ່ງຊື້|ລະຫັດ(?:ໄປສະນີ|ສ່ວນຫຼຸດ)"
        r"|ஆர்டர்|பார்சல்|குறிப்பு எண்|டிராக்கிங்|அஞ்சல் குறியீடு|பில் எண்|ரசீது|டோக்கன்",
    ),
    "identity": (
        r"nik|nric|fin|ic(?: (?:no|number))?|no\.? ?(?:kp|ic|ktp)|ktp|mykad|passport(?: no)?|paspor|cccd|cmnd|cmt|tin(?: no)?|npwp|sss(?: no)?|philhealth|umid|nid|bilhete de identidade|bi|kad pengenalan|id card(?: no)?|id no|căn cước|can cuoc|bpjs",
        r"บัตรประชาชน|เลขบัตรประชาชน|เลขประจำตัว(?:ประชาชน|ผู้เสียภาษี)?|身份证(?:号)?|护照|မှတ်ပုံတင်|អត្តសញ្ញាណប័ណ្ណ|ບັດປະຈຳຕົວ|அடையாள அட்டை",
    ),
}  # fmt: skip

# rail -> (country, Latin, other)
_RAILS: dict[str, tuple[str, str, str]] = {
    "PromptPay": ("TH", r"prompt ?pay", r"พร้อมเพย์|พร้อมเพ"),
    "TrueMoney": ("TH", r"true ?money(?: wallet)?", r"ทรูมันนี่|ทรูวอเลท|ทรูวอลเล็ต|วอเลท"),
    "DuitNow": ("MY", r"duit ?now(?: id)?", ""),
    "Touch 'n Go": ("MY", r"tng(?: ?ewallet)?|touch ?[’']?n ?go(?: ?ewallet)?", ""),
    "PayNow": ("SG", r"pay ?now|paylah!?", ""),
    "QRIS": ("ID", r"qris|nmid", ""),
    "DANA": ("ID", r"dana(?= ?[:0-9(]| ke| no| a)|e-?wallet dana|akun dana", ""),
    "OVO": ("ID", r"ovo", ""),
    "GoPay": ("ID", r"go-?pay", ""),
    "ShopeePay": ("ID", r"shopee ?pay|spay", ""),
    "LinkAja": ("ID", r"link ?aja", ""),
    "virtual account": ("ID", r"virtual account|va(?= ?[:0-9]| (?:bca|bni|bri|mandiri|permata|bsi|no))|no\.? ?va", ""),
    "GCash": ("PH", r"g-?cash", ""),
    "Maya": ("PH", r"pay ?maya|maya", ""),
    "KBZPay": ("MM", r"kbz ?pay|k ?pay", r"ကေပေး|ကေပီပေး|ကေဘီဇက်ပေး"),
    "WavePay": ("MM", r"wave ?(?:pay|money)", r"ဝေ့ဖ်မန်းနီး|ဝေ့ဖ်ပေး|ဝေ့မန်းနီး"),
    "AYA Pay": ("MM", r"aya ?pay", ""),
    "CB Pay": ("MM", r"cb ?pay", ""),
    "Wing": ("KH", r"wing(?: (?:money|bank|account))?", r"វីង"),
    "Bakong": ("KH", r"bakong", r"បាគង"),
    "M-Money": ("LA", r"m-?money", ""),
    "U-Money": ("LA", r"u-?money", ""),
    "MoMo": ("VN", r"momo|ví momo", ""),
    "ZaloPay": ("VN", r"zalo ?pay", ""),
    "Viettel Money": ("VN", r"viettel ?(?:pay|money)", ""),
    "BIBD NEXGEN": ("BN", r"nexgen(?: wallet)?", ""),
    "Alipay": ("CN", r"alipay", r"支付宝|支付寶"),
}  # fmt: skip

# app -> (Latin, other)
_APPS: dict[str, tuple[str, str]] = {
    "WhatsApp": (r"whats ?app|whatsap+|wasap|ws ?app|watsap+|w\.?a\.?(?= ?[:+\d]| me| ke| di| no| us| saya| aku)", r"วอทส์แอป|วอตส์แอป|வாட்ஸ்அப்|வாட்ஸ்ஆப்|ဝပ်ဆပ်|វ៉តសាប់|ວັອດແອັບ"),
    "Telegram": (r"telegram|tele(?= ?[:@])|tg(?= ?[:@])", r"เทเลแกรม|เทเล|电报|飞机|紙飛機|纸飞机|တယ်လီဂရမ်|តេឡេក្រាម|តេលេក្រាម|ເທເລແກຣມ|டெலிகிராம்"),
    "LINE": (r"line(?: ?(?:id|official|oa))?", r"ไลน์(?:ไอดี)?|แอดไลน์|ไอดีไลน์|ໄລນ໌|លីន"),
    "Zalo": (r"zalo|za lo|zl(?= ?[:0])", r"扎洛"),
    "Viber": (r"viber", r"ဗိုင်ဘာ|ဘိုင်ဘာ"),
    "WeChat": (r"we ?chat(?: ?id)?|weixin|wx(?= ?[:号])|vx(?= ?[:号a-z0-9])", r"微信(?:号)?|薇信|威信号|加[微薇][信]?|加[我]?v[x信]?|\+v|วีแชท"),
    "QQ": (r"qq(?:号)?", r"扣扣|企鹅号"),
    "Signal": (r"signal", ""),
    "KakaoTalk": (r"kakao ?(?:talk)?(?: ?id)?", r"카톡|คาเคา"),
    "Messenger": (r"messenger", ""),
    "Skype": (r"skype", ""),
    "Instagram": (r"instagram|ig(?= ?[:@])|insta", ""),
}  # fmt: skip


def _pattern(latin: str, other: str) -> str:
    parts = []
    if latin:  # digits may follow at once: "wa0812..."
        parts.append(rf"(?<![{_LETTER}])(?:{latin})(?![{_LETTER[:-4]}])")
    if other:
        parts.append(other)
    return "|".join(parts)


#: Country of each payment rail.
RAIL_COUNTRY = {rail: country for rail, (country, _, _) in _RAILS.items()}

_KINDS = ("identity", "ref", "account", "otp", "phone")
# Name of each group of the pattern -> kind and what it names.
_GROUPS: dict[str, tuple[str, str]] = {
    **{f"rail{k}": ("rail", rail) for k, rail in enumerate(_RAILS)},
    **{f"app{k}": ("app", app) for k, app in enumerate(_APPS)},
    **{kind: (kind, "") for kind in _KINDS},
}


class Cue(NamedTuple):
    """A word that says what a number beside it is.

    ``kind`` is ``rail``, ``app``, ``bank``, ``identity``, ``ref``, ``account``, ``otp`` or
    ``phone``; ``name`` the rail, the app or the bank's id; ``country`` the rail's or bank's.
    """

    kind: str
    start: int
    end: int
    name: str
    country: str | None


@cache
def _cue_pattern() -> re.Pattern[str]:
    """All cues as one pattern, a group each.

    The special kinds come first, so that "promo code" is no code and "LINE ID" no identity.
    """
    parts = [
        *(f"(?P<rail{k}>{_pattern(*words[1:])})" for k, words in enumerate(_RAILS.values())),
        *(f"(?P<app{k}>{_pattern(*words)})" for k, words in enumerate(_APPS.values())),
        *(f"(?P<{kind}>{_pattern(*_WORDS[kind])})" for kind in _KINDS),
    ]
    return re.compile("|".join(parts))


@cache
def _bank_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str | None]]]:
    """Names of banks, and for each name in small letters the bank's id and country."""
    names: dict[str, tuple[str, str | None]] = {}
    for brand in load_brands().brands:
        if brand.sector != "bank":
            continue
        country = brand.countries[0] if len(brand.countries) == 1 else None
        country = None if country == "*" else country
        for spelling in brand.spellings:
            names.setdefault(spelling.lower(), (brand.id, country))
    words = sorted(names, key=len, reverse=True)
    parts = [
        rf"(?<![{_LETTER}]){re.escape(word)}(?![{_LETTER[:-4]}])"
        if word[0] < "\u0e00"
        else re.escape(word)
        for word in words
    ]
    return re.compile("|".join(parts)), names


def find_cues(lower: str) -> list[Cue]:
    """Cues of a message in small letters, by place; bank names may lie over others.

    Examples
    --------
    >>> [(cue.kind, cue.name) for cue in find_cues("rek bca 123, promo code x, gcash")]
    [('account', ''), ('bank', 'bca'), ('ref', ''), ('rail', 'GCash')]
    """
    cues = []
    for found in _cue_pattern().finditer(lower):
        kind, name = _GROUPS[str(found.lastgroup)]
        cues.append(Cue(kind, *found.span(), name, RAIL_COUNTRY.get(name)))
    pattern, banks = _bank_pattern()
    cues.extend(Cue("bank", *f.span(), *banks[f.group()]) for f in pattern.finditer(lower))
    cues.sort(key=lambda cue: (cue.start, cue.end))
    return cues


@cache
def _some_cue() -> re.Pattern[str]:
    """Words for apps and one-time passwords, without regard to where words end."""
    return re.compile(
        r"otp|one[- ]time|tac\b|code|kod|mã |ma xac|passcode|código|línea"
        r"|whats|wasap|watsap|\bwa\b|tele|tg|line|zalo|viber|we ?chat|weixin|wx|vx|qq|signal|kakao|messenger"
        r"|skype|insta|\big\b|รหัส|โอทีพี|ไลน์|เทเล|แชท|แอป|[码碼信薇微扣电飞紙纸号]|\+v|加v|ကုဒ်|တယ်လီ|ဗိုင်|ဘိုင်|ဝပ်|ဝမ်"
        r"|កូដ|តេ|វ៉ត|លីន|ລະຫັດ|ໄລນ໌|ເທເລ|ວັອດ|ஓடிபி|ஒடிபி|குறியீ|டெலி|வாட்ஸ்",
        re.IGNORECASE,
    )


def may_hold_cue(text: str) -> bool:
    """Whether an app or a one-time password may be named; errs on the side of yes.

    Examples
    --------
    >>> may_hold_cue("add me on LINE"), may_hold_cue("see you at noon")
    (True, False)
    """
    return _some_cue().search(text) is not None
