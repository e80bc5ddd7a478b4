"""Fixtures that several folders share."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run; explore with --hypothesis-profile=default.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

SCRIPTS = {
    "en": "Win a FREE gift, don't wait! Call 0800-123 now.",
    "id": "Selamat! Anda mendapat hadiah Rp 50.000.000",
    "ms": "Tahniah, akaun anda akan digantung esok",
    "th": "คุณได้รับสิทธิ์กู้เงิน ๕๐,๐๐๐ บาท กดลิงก์",
    "vi": "Chúc mừng bạn đã trúng thưởng, truy cập ngay",
    "tl": "Congrats! Nanalo ka ng ₱10,000, i-claim na",
    "my": "သင်၏ အကောင့်ကို ပိတ်ထားသည်",
    "km": "គណនីរបស់អ្នកត្រូវបានផ្អាក សូមចុចតំណ",
    "lo": "ບັນຊີຂອງທ່ານຖືກລະງັບ ກະລຸນາກົດລິ້ງ",
    "zh": "您的账户已被冻结,请点击链接验证",
    "ta": "உங்கள் கணக்கு முடக்கப்பட்டது, இணைப்பை அழுத்தவும்",
    "pt": "Parabéns! Você ganhou um prémio de 500 dólares",
    "tet": "Parabens! Ita manán prémiu dolar 500",
}


def pytest_configure():
    """Forget compiled kernels that are older than any kernel's source.

    Numba compiles a kernel anew when its own file changes, but not when one changes that it
    calls from another file: the tests would run what is no longer there.
    """
    package = Path(find_spec("scamclassify").origin).parent
    newest = max(path.stat().st_mtime for path in package.rglob("*_kernel.py"))
    for cache in package.rglob("*.nbi"):
        if cache.stat().st_mtime < newest:
            cache.unlink(missing_ok=True)


@pytest.fixture(params=sorted(SCRIPTS))
def sentence(request):
    """A sentence in each of the thirteen languages."""
    return SCRIPTS[request.param]


@pytest.fixture(scope="session")
def mirror():
    """Folder that mirrors the public data sets; the test is skipped where there is none."""
    folder = os.environ.get("SCAMCLASSIFY_MIRROR", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SCAMCLASSIFY_MIRROR names no folder with the public data sets")
    return Path(folder)


@pytest.fixture(scope="session")
def small_messages():
    """Texts and labels of some hundred carried messages."""
    from scamclassify import load_corpus

    frame = load_corpus(["en", "th", "id"])
    return frame.groupby("label").sample(80, random_state=0).reset_index(drop=True)


@pytest.fixture(scope="session")
def small_model(small_messages):
    """A ScamClassifier trained in a second."""
    from scamclassify import ScamClassifier

    model = ScamClassifier(n_features=2**12, calibration_folds=2, random_state=0)
    return model.fit(small_messages, small_messages["label"])
