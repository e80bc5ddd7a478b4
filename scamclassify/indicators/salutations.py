"""Names behind salutations and titles, in the thirteen languages."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

# Greetings; after the short ones a name in small letters counts too.
_SHORT_GREETINGS = (
    "dear hi hii hiii hello hey hai halo hallo chào chao kumusta ola olá oi bondia".split()
)
_GREETINGS = [
    *_SHORT_GREETINGS,
    *"""salam|assalamualaikum|good morning|good afternoon|good evening|good day|selamat pagi|selamat siang|selamat sore
    |selamat malam|selamat petang|xin chào|xin chao|kính gửi|kinh gui|thân gửi|kumusta ka|mahal na|mahal kong|magandang araw
    |magandang umaga|magandang hapon|magandang gabi|magandang araw po|caro|cara|prezado|prezada|estimado|estimada|exmo|exma
    |bom dia|boa tarde|boa noite|botardi|bonoiti|kepada|yth|untuk perhatian|attn|attention|vanakkam""".replace(
        "\n    ", ""
    ).split("|"),
]
_TITLES = """mr mrs ms miss mdm madam dr prof sir encik en puan pn cik tuan dato' dato datuk haji hajah dayang awang pengiran
    bapak bpk bp pak ibu bu sdr sdri saudara saudari kak mas mbak bang om tante kuya ate ginoong ginang binibining g gng bb
    sr sra senhor senhora dom dona maun mana señor señora anh chị chi cô chú bác ông ong bà khun kun u daw ko ma""".split()
# Titles that are ordinary words elsewhere: only after a greeting or in their language.
_ONLY_IN = {
    "chi": "vi", "ong": "vi", "g": "tl", "bb": "tl", "u": "my", "daw": "my", "ko": "my",
    "ma": "my", "mana": "tet pt", "dom": "pt", "en": "ms", "pn": "ms", "om": "id", "bu": "id",
    "kun": "th lo", "dona": "pt", "bp": "id", "mas": "id", "anh": "vi", "sir": "en", "miss": "en",
}  # fmt: skip
# Words for the holder of an account, without and with a colon.
_HOLDERS = ["a.n", "a/n", "atas nama", "chủ tk", "chủ tài khoản", "chu tk"]
_HOLDERS_COLON = """account name|acct name|account holder|nama|nama penerima|nama pemilik|nama akaun|nama akun|penerima|tên tk
    |tên tài khoản|ten tk|tên người nhận|ctk|nome|titular|naran|pangalan|name""".replace(
    "\n    ", ""
).split("|")
_NOT_NAMES = frozenset(
    """customer customers client sir madam valued winner all team parent parents friend friends user users member members
    everyone there guys dear mum mom mummy mama dad daddy papa baby babe honey love son daughter boss bro sis brother sister
    student students resident residents applicant candidate colleague colleagues shopper subscriber cardholder taxpayer
    beneficiary account bank your our we you this the a please pls from to for is are how just good morning thank thanks
    pelanggan nasabah bapak ibu bapa bpk bu pak sdr sdri saudara saudari semua warga peserta penerima pengguna wajib rakan anda
    kami pemilik calon mahasiswa siswa orang tua kak kakak adik teman teman-teman sahabat bos tuan puan encik cik dan atau yang terhormat
    yth di para tim rekan mas mbak gan sis ahli pemegang kawan saya ini ada apa
    quý quy khách khach hàng hang bạn ban anh chị chi em mẹ me bố bo ba má con cô chú bác ông bà thầy phụ huynh mọi moi người
    bé nhé các cac cả cưng yêu mình nha à ạ ơi vợ chồng cháu quí
    po ka kayo kliyente suki kaibigan ate kuya nanay tatay lahat mga magulang kababayan pinsan naman naming aming
    cliente clientes senhor senhora amigo amiga todos todas pai mãe filho filha utente utentes tudo bem família
    kliente maluk maun mana alin sira hotu ita kolega belun amá apá tiu tia señor señora
    moms dads klase ladies gentlemen mates team boss linda lindo meu minha maun mr mrs ms miss dr prof urgent notice reminder alert update new singpass dbs maybank gcash bca bri""".split()
)
_UPPER = r"[A-ZÀ-ÖØ-ÞĐĂƠƯẠ-Ỹ]"
_LOWER_NAME = r"[a-zà-öø-ɏḁ-ỿ][a-zà-öø-ɏḁ-ỿ'’-]+"
_NAME_WORD = rf"{_UPPER}[\w'’-]*"
_THAI, _LAO, _KHMER, _BURMESE = "[ก-๏]", "[ກ-ໝ]", "[ក-៓]", "[က-႟]"
_TAMIL = "[அ-௿]"

_THAI_YOU = (
    "ได้|มี|จะ|ถูก|ต้อง|สามารถ|คือ|เป็น|ใน|ที่|กำลัง|ไม่|ยัง|เคย|อยู่|กับ|และ|ให้|เพื่อ|โปรด|กรุณา|ทำ|ควร|อาจ|โชคดี|ชนะ"
    "|ลูกค้า|แม่|พ่อ|ผู้|หมอ|ครู|สมาชิก|ค่ะ|ครับ|คะ|นะ|รับ|เอง|แล้ว|ไป|มา|หรือ|ด้วย|จาก|โดย|ใช้|เข้า|กด|คลิก|ส่ง|โอน|ติด|หาก|ถ้า"
    "|สนใจ|ต้องการ|อยาก|ผ่าน|ค้าง|ชำระ|ลง|กู้|พร้อม|เท่านั้น|แค่|ก็|ซื้อ|ขอ|หมด|เห็น|รู้|คน|ภาพ|สมบัติ|ค่า|ทุก|วันนี้|ตอน|เพิ่ง|ล่ะ|นั้น|นี้|หยุด|ลืม|พูด|บอก|ป้า|ยาย|ตา|ลุง|น้า|พี่|น้อง|น่า|เคย|เลย|กัน|เพียง|ยืนยัน|สมัคร|กรอก|ตรวจ|แจ้ง|เพิ่ม|ลด|คิด|ชอบ|อยู่|ดู|จ่าย|เสีย|ปลอดภัย"
)
_KHMER_YOU = "ខ្ញុំ|យើង|នេះ|សួស្តី|ទាំងអស់|គ្នា|ក្រុមហ៊ុន|អ្នក|ត្រូវ|បាន|មាន|អាច|នឹង|សូម|អតិថិជន"
_LAO_YOU = "ໄດ້|ມີ|ຈະ|ຖືກ|ຕ້ອງ|ສາມາດ|ແມ່ນ|ເປັນ|ທີ່|ກຳລັງ|ບໍ່|ຍັງ|ຢູ່|ກັບ|ແລະ|ໃຫ້|ເພື່ອ|ກະລຸນາ|ລູກຄ້າ|ທຸກ|ຜູ້"
_SURNAMES = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙龍黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常温溫康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _latin() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Patterns of greeting, title and holder with the name behind, and their first words."""
    names = rf"(?P<name>{_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,4}})"
    titles = rf"(?:(?i:{_any(_TITLES)})\b\.?[ ]?(?:/[ ]?(?i:{_any(_TITLES)})\b\.?)?[ ]?)"
    greeted = re.compile(
        rf"(?:(?P<short>(?i:{_any(_SHORT_GREETINGS)}))|(?i:{_any(_GREETINGS)}))(?!\w)(?:(?<=th|mo|ma|tn)\.)?[,:]?[ ]*"
        rf"(?:(?:[Yy][Tt][Hh]|[Nn]a)\b\.?[ ]?)?{titles}{{0,3}}"
        rf"(?:{names}|(?(short)(?P<small>{_LOWER_NAME})(?=\s*(?:[,!:.\n-]|$))|(?!)))"
    )
    titled = re.compile(rf"(?P<title>(?i:{_any(_TITLES)}))\b\.?[ ]{names}")
    holder = re.compile(
        rf"(?:(?i:{_any(_HOLDERS)})(?!\w)\.?[ ]?:?|(?i:{_any(_HOLDERS_COLON)})[ ]?:)[ ]?{names}"
    )
    words = {*_GREETINGS, *_TITLES, *_HOLDERS, *_HOLDERS_COLON}
    firsts = frozenset(re.match(r"[^\W\d_]+", word).group() for word in words)  # type: ignore[union-attr]
    return greeted, titled, holder, firsts


_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


@cache
def _others() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """First character of the script that a pattern needs, and the pattern."""
    return tuple(
        (cue, re.compile(pattern))
        for cue, pattern in (
            ("ค", rf"(?:เรียน|สวัสดี(?:ค่ะ|ครับ|คะ)?|ถึง)\s?คุณ\s?(?P<name>(?!{_THAI_YOU}){_THAI}{{2,18}}(?: {_THAI}{{2,16}})?)(?=$|[^ก-๏])"),
            ("ค", rf"(?:^|[\s\"“(,:])คุณ\s?(?P<name>(?!{_THAI_YOU}){_THAI}{{2,14}})(?=$|[^ก-๏])"),
            ("ค", r"(?<![A-Za-z])คุณ\s?(?P<name>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)"),
            ("น", rf"(?:(?<!ท)นาย(?!จ้าง|ก|หน้า|ทุน|แพทย์|ทะเบียน|ท้าย|อำเภอ)|นางสาว|น\.ส\.|ชื่อ(?:บัญชี)?[: ]|ด\.ช\.|ด\.ญ\.)\s?(?P<name>{_THAI}{{2,16}}(?: {_THAI}{{2,16}})?)(?=$|[^ก-๏])"),
            ("ທ", rf"(?:ທ້າວ|ທ່ານ ນາງ|ທ່ານ ທ້າວ)\s?(?P<name>{_LAO}{{2,18}}(?: {_LAO}{{2,16}})?)(?=$|[^ກ-ໝ])"),
            ("ທ", rf"(?:ຮຽນ|ສະບາຍດີ)\s?(?:ທ່ານ|ເຈົ້າ)?\s?(?P<name>(?!{_LAO_YOU}|ທ່ານ|ເຈົ້າ){_LAO}{{2,18}})(?=\s*(?:$|[,!.:]))"),
            ("ນ", rf"(?:^|[\s,:])(?:ນາງ|ທ່ານ|ອ້າຍ|ເອື້ອຍ)\s?(?P<name>(?!{_LAO_YOU}){_LAO}{{2,14}})(?=\s*(?:$|[,!.:]))"),
            ("ល", rf"(?:លោកស្រី|លោក|អ្នកស្រី|កញ្ញា|អ្នកនាង|សួស្តី(?:បង)?|សួស្ដី|ជូនចំពោះ)\s?(?P<name>(?!{_KHMER_YOU}|លោក|បង){_KHMER}{{2,18}}(?: {_KHMER}{{2,14}})?)(?=\s*(?:$|[,!.:៖។]))"),
            ("ប", rf"(?:^|\s)បង\s?(?P<name>(?!{_KHMER_YOU}){_KHMER}{{2,14}})(?=\s*[,!.:៖។])"),
            ("း", rf"(?:^|[\s၊။,:])(?:ဦး|ဒေါ်)\s?(?P<name>(?!လေး|စား|ရေ|လာ|ဆောင်|တည်|ခေါင်း|နှောက်|ထုပ်){_BURMESE}{{2,22}})(?=\s*(?:$|[^က-႟]|ခင်ဗျာ|ရှင့်))"),
            ("မ", rf"(?:မင်္ဂလာပါ|ချစ်ခင်ရပါသော|လေးစားရပါသော|သို့)\s?(?:ကို|မ|ဦး|ဒေါ်)\s?(?P<name>(?!ိတ်ဆွေ){_BURMESE}{{2,18}}?)(?=\s*(?:$|[၊။,!:]|ခင်ဗျာ|ရှင့်|ရေ))"),
            ("尊", r"尊敬的(?!客|用|会|會|顾|顧|各|业|家|贵|您|先生|女士|小姐|持|纳|公|旅|乘|市)(?P<name>[一-龥]{1,4}?)(?=先生|女士|小姐|太太|客户|[，,：:])"),
            ("亲", r"[亲親][爱愛]的(?!客|用|会|會|顾|顧|各|业|家|朋|您|宝|同|先|女|老|妈|爸|媽|亲|你|大)(?P<name>[一-龥]{2,4}|[A-Z][a-z]+)(?=[，,：:！!]|先生|女士|小姐)"),
            ("您", r"(?:您好|你好|嗨|哈喽)[，,！! ]?(?P<name>[" + _SURNAMES + r"][一-龥]{1,2}|[A-Z][a-z]+)(?=[，,：:！!。 ])"),
            ("生", r"(?<![一-龥])(?P<name>[" + _SURNAMES + r"][一-龥]{0,2}?)(?=先生|女士|小姐|太太|老师|經理|经理)"),
            ("户", r"(?:户名|戶名|收款人|开户名)[：: ]?(?P<name>[一-龥]{2,4})"),
            ("அ", rf"(?<![அ-௿])(?:அன்புள்ள|அன்பான|வணக்கம்|திருமதி\.?|திரு\.?|செல்வி\.?|ஐயா)\s?(?P<name>(?!வாடிக்கை|நண்ப|ஐயா|அம்மா|திரு|உங்கள்|நான்|இது|அப்பா|அண்ண|அக்கா|பெற்றோர்|பயனர்|மாணவ|சகோ|அனைவ|தம்பி|எல்லோ|உறுப்பினர்|குடியிருப்பாளர்|ஒரு|என்|இந்த|வரி)(?:{_TAMIL}{{2,20}}|[A-Z][a-z]+)(?: [A-Z][a-z]+)?)(?=\s*(?:$|[,!.:]))"),
        )
    )  # fmt: skip


def find_names(text: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """Places of names behind salutations, titles and words for the holder of an account.

    Parameters
    ----------
    text : str
    language : str, optional
        Where it is known, titles that are words of another language are passed over.

    Examples
    --------
    >>> text = "Kepada Yth Bapak Budi Santoso, akun"
    >>> [text[a:b] for a, b in find_names(text)]
    ['Budi Santoso']
    >>> list(find_names("Dear Customer, hi there"))
    []
    """
    seen: set[tuple[int, int]] = set()
    for span in _find_names(text, language):
        if span not in seen:  # a greeting and a title before the same name
            seen.add(span)
            yield span


def _find_names(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    greeted, titled, holder, firsts = _latin()
    for word in _WORD.finditer(text):
        first = word.group().lower()
        if first not in firsts:
            continue
        start = word.start()
        if found := greeted.match(text, start):
            if found["small"]:
                if found["small"] not in _NOT_NAMES and len(found["small"]) >= 3:
                    yield found.span("small")
            else:
                yield from _kept(text, *found.span("name"))
        if (found := titled.match(text, start)) and _is_title(found["title"], text, language):
            yield from _kept(text, *found.span("name"))
        if found := holder.match(text, start):
            yield from _kept(text, *found.span("name"))
    if not text.isascii():
        for cue, pattern in _others():
            if cue in text:
                for found in pattern.finditer(text):
                    yield found.span("name")


def _is_title(title: str, text: str, language: str | None) -> bool:
    if len(title) < 3 and not title[0].isupper():
        return False
    home = _ONLY_IN.get(title.lower())
    if home is None:
        return True
    if language is None:
        return title.lower() == "anh" and bool(_VIETNAMESE.search(text))
    return language in home.split()


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a name up to the first that is none, from the first that is one."""
    words = list(re.finditer(r"\S+", text[start:end]))
    names: list[re.Match[str]] = []
    for word in words:
        plain = word.group().strip(".,'’-").lower()
        if plain in _NOT_NAMES or (len(plain) < 2 and not names):
            if names:
                break
            if plain in ("customer", "pelanggan", "nasabah", "quý", "valued", "your", "our"):
                break
            continue
        names.append(word)
    if names:
        last = start + names[-1].end()
        yield start + names[0].start(), last - (text[last - 1] in "-'’")
