"""A batch is prepared once, and in blocks the same as whole."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import prepare, prepare_blocks
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.language import identify_batch
from scamclassify.text.repair import repair_batch

TEXTS = ["Сlaim your 𝗙𝗥𝗘𝗘 prize, f r e e", "", "บัญชีของคุณถูกระงับ", "see you at lunch tomorrow"]


def test_it_holds_what_the_parts_say():
    batch = prepare(TEXTS)
    repaired = repair_batch(TEXTS)
    assert batch.texts == repaired.texts
    assert np.array_equal(batch.repairs, repaired.counts)
    codes, offsets = encode_texts(repaired.texts)
    assert np.array_equal(batch.codes, codes)
    assert np.array_equal(batch.offsets, offsets)
    facts = FactExtractor().extract(repaired.texts, repaired.counts)
    assert np.array_equal(batch.facts.indices, facts.indices)
    assert np.array_equal(batch.facts.matches, facts.matches)
    languages, probabilities = identify_batch(repaired.texts)
    assert batch.languages.tolist() == languages.tolist()
    assert np.array_equal(batch.language_probabilities, probabilities)


@settings(deadline=None)
@given(texts=st.lists(st.text(max_size=30), max_size=7), size=st.integers(1, 4))
def test_blocks_are_the_whole(texts, size):
    whole = prepare(texts)
    seen = 0
    for rows, block in prepare_blocks(texts, size):
        assert rows == slice(seen, seen + len(block))
        assert block.texts == whole.texts[rows]
        counts = np.diff(whole.facts.indptr)[rows]
        assert np.array_equal(np.diff(block.facts.indptr), counts)
        seen = rows.stop
    assert seen == len(texts) == len(whole)


def test_encoded_texts_are_prepared_without_becoming_strings():
    from scamclassify.text.codepoints import encode_texts
    from scamclassify.text.encoded import EncodedTexts

    plain, encoded = prepare(TEXTS), prepare(EncodedTexts(*encode_texts(TEXTS)))
    assert isinstance(encoded.texts, EncodedTexts)
    assert list(encoded.texts) == plain.texts
    assert (encoded.codes == plain.codes).all()
    assert (encoded.offsets == plain.offsets).all()
    assert (encoded.repairs == plain.repairs).all()
    assert (encoded.facts.indices == plain.facts.indices).all()
    assert (encoded.languages == plain.languages).all()
