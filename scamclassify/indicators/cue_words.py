"""Words that say what the number beside them is, in the thirteen languages.

Patterns are matched against the message in small letters. Latin words are whole words.
"""

# ruff: noqa: E501 (word lists are easier to read on one line)

from __future__ import annotations

#: kind -> (Latin words, words of scripts without spaces and Tamil)
WORDS: dict[str, tuple[str, str]] = {
    "account": (
        r"a/c(?: no)?|acc?(?:t|ount)?s?(?: (?:no|num|number))?|no\.? ?acc|rek(?:ening)?(?:nya)?"
        r"|no(?:mor)?\.? ?rek(?:ening)?|norek|akaun|no\.? ?akaun|stk|số tài khoản|so tai khoan"
        r"|tài khoản|tai khoan|tk|ctk|conta|n[ºo°]\.? ?(?:da|de) conta|konta|iban|nib"
        r"|kartu|kad|card (?:no|number|num)|card(?= ?[:0-9])|visa(?= ?[:0-9])|mastercard(?= ?[:0-9])|nomor kartu|số thẻ|so the|cartão"
        r"|account-number",
        r"บัญชี|เลขบัญชี|เลขที่บัญชี|เลขบช|บ/ช|เลขบัตร|账号|帐号|账户|帐户|賬號|賬戶|户口|戶口|卡号|卡號|银行卡"
        r"|စာရင်း|အကောင့်|ဘဏ်စာရင်း|គណនី|លេខគណនី|ບັນຊີ|ເລກບັນຊີ|ເລກທີບັນຊີ|கணக்கு(?: எண்)?|அக்கவுண்ட்",
    ),
    "phone": (
        r"call(?: (?:us|me|at|on))?|calling|tel(?:p|epon|pon|efon|efone|efonu|ephone)?s?|phone(?: (?:no|number))?"
        r"|hp|no\.? ?hp|no\.? ?tel|nomor (?:hp|baru|telepon)|mobile|hotline|helpline|hub(?:ungi)?(?:i)?"
        r"|kontak|contact(?:ar)?|contacto|talian|telefon(?:kan)?|sms|text|hp ko"
        r"|tumawag(?: sa)?|tawagan|tawag|i-?text|gọi|goi|sđt|sdt|đt|dt|điện thoại|dien thoai|số mới|so moi"
        r"|tổng đài|tong dai|liên hệ|lien he|lh|ligue|ligar|liga|telemóvel|telemovel|kontaktu|bolu"
        r"|dial|dail|ring|fax|customer service|cs|call center",
        r"โทร(?:ศัพท์|กลับ|หา)?\.?|เบอร์(?:ใหม่|โทร)?|สายด่วน|ติดต่อ|มือถือ|ဖုန်း(?:နံပါတ်)?|ဆက်သွယ်|ခေါ်ဆို"
        r"|ទូរស័ព្ទ|ទូរសព្ទ|លេខទូរស័ព្ទ|ទាក់ទង|ហៅទៅ|ໂທ(?:ລະສັບ)?|ເບີ(?:ໂທ)?|ຕິດຕໍ່|ສາຍດ່ວນ"
        r"|电话|電話|致电|拨打|撥打|热线|熱線|手机|手機|来电|联系|聯繫|新号码|号码|号碼|客服"
        r"|அழை(?:க்கவும்|யுங்கள்)?|தொலைபேசி|தொடர்பு|மொபைல்|கைபேசி|போன்",
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
        r"|အမှတ်စဉ်|အော်ဒါ|ပါဆယ်|ဘောက်ချာ|លេខកញ្ចប់|កូដប្រៃសណីយ៍|លេខបញ្ជាទិញ|វិក្កយបត្រ|លេខយោង|ເລກພັດສະດຸ|ພັດສະດຸ|ເລກອ້າງອີງ|ໃບບິນ|ເລກສັ່ງຊື້|ລະຫັດ(?:ໄປສະນີ|ສ່ວນຫຼຸດ)"
        r"|ஆர்டர்|பார்சல்|குறிப்பு எண்|டிராக்கிங்|அஞ்சல் குறியீடு|பில் எண்|ரசீது|டோக்கன்",
    ),
    "number": (
        r"(?:new |my )?number(?: ko)?|numero|número(?: novo)?|númeru(?: foun)?|numeru(?: foun)?|nomor(?: baru)?|nombor(?: baru)?|no|số|so",
        r"新号码|号码|號碼|நம்பர்|எண்|လိုင်း|နံပါတ်|လိုင်းဖုန်း|លេខថ្មី",
    ),
    "identity": (
        r"nik|nric|fin|ic(?: (?:no|number))?|no\.? ?(?:kp|ic|ktp)|ktp|mykad|passport(?: no)?|paspor|cccd|cmnd|cmt|tin(?: no)?|npwp|sss(?: no)?|philhealth|umid|nid|bilhete de identidade|bi|kad pengenalan|id card(?: no)?|id no|căn cước|can cuoc|bpjs",
        r"บัตรประชาชน|เลขบัตรประชาชน|เลขประจำตัว(?:ประชาชน|ผู้เสียภาษี)?|身份证(?:号)?|护照|မှတ်ပုံတင်|អត្តសញ្ញាណប័ណ្ណ|ບັດປະຈຳຕົວ|அடையாள அட்டை",
    ),
}  # fmt: skip

#: rail -> (country, Latin, other)
RAILS: dict[str, tuple[str, str, str]] = {
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

#: app -> (Latin, other)
APPS: dict[str, tuple[str, str]] = {
    "WhatsApp": (r"whats ?app|whatsap+|wasap|ws ?app|watsap+|w\.?a\.?(?= ?[:+\d]| me| ke| di| no| us| saya| aku)", r"วอทส์แอป|วอตส์แอป|வாட்ஸ்|வாட்சப்|ဝပ်ဆပ်|វ៉តសាប់|ວັອດແອັບ"),
    "Telegram": (r"telegram|tele|tg(?= ?[:@])", r"เทเลแกรม|เทเล|电报|飞机|紙飛機|纸飞机|တယ်လီဂရမ်|តេឡេក្រាម|តេលេក្រាម|ເທເລແກຣມ|டெலிகிரா"),
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

#: How Vietnamese messages shorten banks' names; too short to be spellings of a brand.
SHORT_BANKS = {
    "mb": "mbbank", "vcb": "vietcombank", "tcb": "techcombank", "ctg": "vietinbank",
    "stb": "sacombank", "vpb": "vpbank", "tpb": "tpbank", "agr": "agribank",
}  # fmt: skip

#: What a name of an app or a word for a one-time password holds; the second, where no
#: letter stands beside it.
SOME_CUES = (
    "otp", "one-time", "one time", "code", "kod", "kód", "cód", "mã ", "ma xac", "verif",
    "whats", "wasap", "watsap", "ws app", "w.a", "tele", "line", "zalo", "za lo", "viber", "we chat",
    "wechat", "weixin", "signal", "kakao", "messenger", "skype", "insta",
    "รหัส", "โอทีพี", "ไลน์", "เทเล", "แชท", "วอตส์", "วอทส์", "คาเคา", "码", "碼", "密码", "信", "薇", "微",
    "扣扣", "企鹅", "电报", "飞机", "飛機", "紙飛機", "扎洛", "+v", "加v", "加我v", "카톡", "ကုဒ်", "တယ်လီ", "ဗိုင်", "ဘိုင်",
    "ဝပ်", "ဝမ်", "កូដ", "តេ", "វ៉ត", "លីន", "ລະຫັດ", "ໄລນ໌", "ເທເລ", "ວັອດ", "ஓடிபி", "ஒடிபி", "குறியீ", "டெலி",
    "வாட்ஸ்", "வாட்சப்",
)  # fmt: skip
SOME_SHORT_CUES = ("tac", "wa", "ws", "tg", "wx", "vx", "qq", "ig", "zl")
