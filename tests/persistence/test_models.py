"""Model files: round trip, equal bytes, and refusal of everything that is not whole."""

import io
import json
import pickle
import zipfile

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import load_model, save_model
from scamclassify.errors import ModelFormatError
from scamclassify.persistence.container import PROTOCOL, read_container, write_container


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
