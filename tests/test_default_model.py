"""The model that the package carries."""

import json

import numpy as np
import pytest

from scamclassify import load_model
from scamclassify.labels import LANGUAGES
from scamclassify.resources import resource_path

SCAMS = {
    "en": "Your parcel is held at customs. Pay the $1.99 fee within 24 hours: http://post-fee.top/x",
    "id": "Selamat! Anda memenangkan undian Rp 50 juta, klik http://klaim-hadiah.xyz sekarang",
    "ms": "Akaun bank anda digantung. Sila sahkan maklumat di http://sah-akaun.top segera",
    "th": "บัญชีของคุณถูกระงับ กรุณายืนยันตัวตนที่ http://verify-bank.top ภายใน 24 ชม.",
    "vi": "Chúc mừng bạn đã trúng thưởng 100 triệu, truy cập http://nhanqua.top để nhận ngay",
    "tl": "Congrats! Nanalo ka ng 50,000 pesos, i-claim agad sa http://claim-now.xyz",
    "my": "သင့်ဘဏ်အကောင့် ပိတ်ထားပါသည်။ အတည်ပြုရန် http://kbz-verify.top ကို နှိပ်ပါ",
    "km": "គណនីធនាគាររបស់អ្នកត្រូវបានផ្អាក សូមចុច http://aba-verify.top ដើម្បីផ្ទៀងផ្ទាត់",
    "lo": "ບັນຊີທະນາຄານຂອງທ່ານຖືກລະງັບ ກະລຸນາກົດ http://bcel-verify.top ເພື່ອຢືນຢັນ",
    "zh": "您的银行账户已被冻结,请立即点击 http://bank-verify.top 验证身份",
    "ta": "உங்கள் வங்கி கணக்கு முடக்கப்பட்டது, http://bank-verify.top இல் உடனே சரிபார்க்கவும்",
    "pt": "A sua conta bancária foi suspensa. Confirme os dados em http://bnctl-verifica.top agora",
    "tet": "Ita-nia konta banku blokeadu. Konfirma dadus iha http://bnctl-konta.top agora kedas",
}
HONEST = {
    "en": "Running late, see you at the station in ten minutes",
    "id": "Nanti malam makan di rumah ya, ibu masak rendang",
    "ms": "Esok jumpa dekat kedai mamak pukul 8 ya",
    "th": "เย็นนี้กินข้าวกันไหม เจอกันหน้าห้าง",
    "vi": "Tối nay về ăn cơm nhé, mẹ nấu canh chua",
    "tl": "Pauwi na ako, bibili lang ako ng ulam sa kanto",
    "my": "ညနေ ထမင်းစားဖို့ အိမ်ပြန်လာမယ်နော်",
    "km": "ល្ងាចនេះមកញ៉ាំបាយនៅផ្ទះណា",
    "lo": "ແລງນີ້ກິນເຂົ້ານຳກັນບໍ່ ພົບກັນຢູ່ຕະຫຼາດ",
    "zh": "晚上一起吃饭吧,七点在地铁站见",
    "ta": "இன்று மாலை வீட்டுக்கு வா, சேர்ந்து சாப்பிடலாம்",
    "pt": "Chego a casa às sete, guarda-me o jantar",
    "tet": "Ohin kalan han hamutuk iha uma, ha'u lori ikan",
}


@pytest.fixture(scope="module")
def model():
    return load_model()


def test_size_card_and_recipe(model):
    folder = resource_path("models", "default")
    assert (folder / "model.scam").stat().st_size < 10 * 2**20
    recipe = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    assert model.metadata_["recipe"] == recipe
    card = (folder / "CARD.md").read_text(encoding="utf-8")
    assert model.metadata_["revision"] in card


def test_evaluation_only_sets_never_entered(model):
    assert "burmese_comments" not in model.metadata_["sources"]
    assert len(model.metadata_["sources"]) >= 15


def test_every_language_was_trained_with_all_labels(model):
    for language in LANGUAGES:
        counts = model.metadata_["messages"][language]
        assert min(counts[label] for label in ("ham", "promo", "scam")) >= 40


def test_plain_scams_rank_above_plain_honest_messages(model):
    scams = model.predict_proba([SCAMS[code] for code in LANGUAGES])[:, 2]
    honest = model.predict_proba([HONEST[code] for code in LANGUAGES])[:, 2]
    assert (scams > honest.max()).all(), dict(zip(LANGUAGES, scams.round(2), strict=True))
    assert (model.predict([HONEST[code] for code in LANGUAGES]) == "ham").all()


def test_operating_points_are_stored(model):
    points = model.operating_points_
    assert set(points) >= {0.001, 0.002, 0.005, 0.01}
    assert np.all(np.diff(list(points.values())) <= 0)
    assert model.threshold_for(0.002) == points[0.002]
