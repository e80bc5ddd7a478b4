"""Model files: round trip, equal bytes, and refusal of everything that is not whole."""

import copy
import hashlib
import io
import json
import pickle
import zipfile

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import load_corpus, load_model, save_model
from scamclassify.errors import ModelFormatError
from scamclassify.persistence.container import PROTOCOL, read_container, write_container
from scamclassify.resources import resource_path


@pytest.fixture(scope="module")
def saved(small_model, tmp_path_factory):
    return save_model(
        small_model, tmp_path_factory.mktemp("models") / "m.scam", metadata={"note": "test"}
    )


def rewrite(path, target, change):
    """Copy a model file; ``change`` maps member name -> bytes."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        members = {name: old.read(name) for name in old.namelist()}
        for name, data in change(members).items():
            new.writestr(name, data)
    return target


def manifest_with(**fields):
    def change(members):
        manifest = json.loads(members["manifest.json"]) | fields
        return members | {"manifest.json": json.dumps(manifest).encode()}

    return change


def test_round_trip(saved, small_model, small_messages):
    again = load_model(saved)
    texts = small_messages["text"]
    assert np.array_equal(again.predict_proba(texts), small_model.predict_proba(texts))
    assert again.get_params() == small_model.get_params()
    assert again.metadata_ == {"note": "test"}


def test_equal_models_give_equal_bytes(saved, small_model, tmp_path):
    other = save_model(small_model, tmp_path / "again.scam", metadata={"note": "test"})
    assert other.read_bytes() == saved.read_bytes()


def test_no_training_text_in_the_file(saved, small_messages):
    with zipfile.ZipFile(saved) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for text in small_messages["text"]:
        if len(text) > 20:
            assert text.encode() not in content


def strings(value):
    """All strings of JSON values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_no_message_of_the_corpus_in_the_carried_model():
    path = resource_path("models", "default", "model.scam")
    manifest, arrays = read_container(path)
    words = "\n".join(strings(manifest))
    numbers = b"".join(array.tobytes() for array in arrays.values())
    for row, text in enumerate(load_corpus()["text"]):
        if len(text) > 20:
            assert text not in words
            if row % 40 == 0:  # arrays hold numbers; a sample shows that they hold no text
                assert text.encode() not in numbers
                assert text.encode("utf-32-le") not in numbers


class Evil:
    def __reduce__(self):
        return (pytest.fail, ("a pickle was executed",))


@pytest.mark.parametrize("foreign", ["text", "joblib", "pickle", "npz", "empty", "zip"])
def test_foreign_files(foreign, tmp_path):
    path = tmp_path / "foreign.scam"
    if foreign == "text":
        path.write_text("hello")
    elif foreign == "joblib":
        joblib.dump(Evil(), path)
    elif foreign == "pickle":
        path.write_bytes(pickle.dumps(Evil()))
    elif foreign == "npz":
        with path.open("wb") as stream:
            np.savez(stream, a=np.array([Evil()], dtype=object))
    elif foreign == "empty":
        path.touch()
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("other.txt", "x")
    with pytest.raises(ModelFormatError, match=r"foreign\.scam"):
        load_model(path)


def test_object_array_is_never_unpickled(saved, tmp_path):
    buffer = io.BytesIO()
    np.save(buffer, np.array([Evil()], dtype=object), allow_pickle=True)
    target = rewrite(
        saved, tmp_path / "evil.scam", lambda m: m | {"arrays/shift.npy": buffer.getvalue()}
    )
    with pytest.raises(ModelFormatError, match="shift was changed"):
        load_model(target)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (manifest_with(protocol=PROTOCOL + 1), "model protocol 3; this version reads 1 and 2"),
        (manifest_with(format="other"), "not a scamclassify model"),
        (manifest_with(kind="Pipeline"), "holds a 'Pipeline'"),
        (manifest_with(classes=["ham", "spam"]), "labels"),
        (manifest_with(parameters={"n_features": 12}), "n_features is 12"),
        (manifest_with(parameters={"evil": 1}), "unknown parameters"),
        (manifest_with(arrays={}), "other members"),
        (lambda m: m | {"arrays/extra.npy": b"x"}, "other members"),
        (lambda m: {k: v for k, v in m.items() if "shift" not in k}, "other members"),
        (lambda m: m | {"manifest.json": b"[]"}, "not a scamclassify model"),
        (lambda m: m | {"manifest.json": b"{"}, "not a whole"),
    ],
)
def test_tampered_files(saved, tmp_path, change, message):
    target = rewrite(saved, tmp_path / "bad.scam", change)
    with pytest.raises(ModelFormatError, match=message):
        load_model(target)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_truncation_or_flipped_byte_is_refused_or_harmless(saved, data, tmp_path_factory):
    raw = saved.read_bytes()
    path = tmp_path_factory.mktemp("cut") / "cut.scam"
    if data.draw(st.booleans()):
        path.write_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
        with pytest.raises(ModelFormatError):
            load_model(path)
        return
    place = data.draw(st.integers(0, len(raw) - 1))
    path.write_bytes(raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])
    try:  # a byte that no reader looks at (a time stamp, say) may differ
        manifest, arrays = read_container(path)
    except ModelFormatError:
        return
    expected_manifest, expected = read_container(saved)
    assert manifest == expected_manifest
    assert all(np.array_equal(arrays[name], expected[name]) for name in expected)


def test_unknown_name_and_missing_file(tmp_path):
    with pytest.raises(ValueError, match="unknown model 'nonsense'"):
        load_model("nonsense")
    with pytest.raises(ModelFormatError, match="there is no model file"):
        load_model(tmp_path / "none.scam")


def test_only_our_models_are_saved(tmp_path):
    with pytest.raises(TypeError, match="skops"):
        save_model(object(), tmp_path / "x.scam")


def test_a_failed_write_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        write_container(tmp_path / "x.scam", {"bad": object()}, {})
    assert list(tmp_path.iterdir()) == []


def test_all_state_comes_back_bit_for_bit(small_model, small_messages, saved, tmp_path):
    again = load_model(saved)
    texts = small_messages["text"]
    for name in ("ngram_coef_", "fact_coef_", "intercept_", "shift_", "priors_"):
        a, b = getattr(again, name), getattr(small_model, name)
        assert a.dtype == b.dtype
        assert np.array_equal(a, b), name
    assert again.scale_ == small_model.scale_
    assert again.operating_ == small_model.operating_
    assert again.unsure_bands_ == small_model.unsure_bands_
    for part in ("type_model_", "state_"):
        for name, value in vars(getattr(small_model, part)).items():
            assert np.array_equal(getattr(getattr(again, part), name), value), (part, name)
    assert np.array_equal(again.predict_type_proba(texts), small_model.predict_type_proba(texts))
    a, b = again.assess(texts, reasons=3), small_model.assess(texts, reasons=3)
    assert a.reasons == b.reasons
    assert a.types.tolist() == b.types.tolist()
    second = save_model(again, tmp_path / "second.scam")
    assert second.read_bytes() == saved.read_bytes()


def test_parameters_come_back(small_model, tmp_path):
    model = copy.deepcopy(small_model)
    model.set_params(prevalence={"scam": 0.02}, unsure_band=(0.2, 0.8), max_fpr=None)
    again = load_model(save_model(model, tmp_path / "m.scam"))
    assert again.get_params() == model.get_params()
    assert again.predict(["win a prize"]).tolist() == model.predict(["win a prize"]).tolist()


def test_without_state_the_file_is_smaller(small_model, saved, tmp_path):
    bare = save_model(small_model, tmp_path / "bare.scam", state=False)
    assert bare.stat().st_size < saved.stat().st_size
    assert load_model(bare).state_ is None


def older(members):
    """A file as protocol 1 wrote it."""
    manifest = json.loads(members["manifest.json"])
    points = manifest.pop("operating")["points"]
    manifest["operating_points"] = {str(p["rate"]): p["threshold"] for p in points}
    for name in ("priors", "unsure_bands", "types", "has_state"):
        del manifest[name]
    for name in ("prevalence", "unsure_band", "encoder"):
        del manifest["parameters"][name]
    manifest["protocol"] = 1
    gone = [name for name in manifest["arrays"] if name.startswith(("type_", "state_"))]
    for name in gone:
        del manifest["arrays"][name]
        members = {k: v for k, v in members.items() if k != f"arrays/{name}.npy"}
    return members | {"manifest.json": json.dumps(manifest).encode()}


def test_a_file_of_protocol_1_is_upgraded(saved, small_model, small_messages, tmp_path):
    model = load_model(rewrite(saved, tmp_path / "old.scam", older))
    texts = small_messages["text"]
    assert np.array_equal(model.predict_proba(texts), small_model.predict_proba(texts))
    assert model.operating_points_ == small_model.operating_points_
    rate = small_model.operating_.points[-1].rate
    assert model.threshold_for(rate) == small_model.threshold_for(rate)
    assert model.type_model_ is None
    assert model.state_ is None
    again = load_model(save_model(model, tmp_path / "new.scam"))
    assert np.array_equal(again.predict_proba(texts), model.predict_proba(texts))


def array_of(name, array):
    """Replace an array and its entry in the manifest, checksum included."""

    def change(members):
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, array, allow_pickle=False)
        data = buffer.getvalue()
        manifest = json.loads(members["manifest.json"])
        manifest["arrays"][name] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        return members | {
            f"arrays/{name}.npy": data,
            "manifest.json": json.dumps(manifest).encode(),
        }

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (array_of("intercept", np.zeros(4, "<f4")), "intercept has the shape"),
        (array_of("shift", np.full(3, np.nan, "<f4")), "shift holds no finite numbers"),
        (array_of("fact_columns", np.array([-1], "<i4")), "fact_columns points outside"),
        (array_of("type_intercept", np.zeros(2, "<f4")), "type_intercept has the shape"),
        (array_of("state_ngram_mass", np.zeros(7, "|u1")), "state_ngram_mass has the shape"),
        (array_of("state_spread", np.full(3, -1, "<f4")), "training state is not whole"),
        (manifest_with(types={"trained": ["spam"]}), "manifest is not complete"),
        (manifest_with(priors=[0.5, 0.5]), "priors are no shares"),
        (manifest_with(operating={"points": [{}]}), "manifest is not complete"),
    ],
)
def test_new_parts_are_checked(saved, tmp_path, change, message):
    target = rewrite(saved, tmp_path / "bad.scam", change)
    with pytest.raises(ModelFormatError, match=message):
        load_model(target)
