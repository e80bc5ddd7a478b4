"""Links sought around places, against all links of a text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.text.links import LINK
from scamclassify.text.links_in import LinksIn

PARTS = ["bit.ly", "/a", " ", "\n", "http://", "w", ".", "a@b.co", "waaait", "ก", "，", "é"]


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.data())
@settings(max_examples=200, deadline=None)
def test_links_around_a_place_are_those_of_the_text(parts, data):
    text = "".join(parts)
    spans = [found.span() for found in LINK.finditer(text)]
    links = LinksIn(text)
    start = 0
    while start < len(text):
        start = data.draw(st.integers(start, len(text) - 1))
        # No repair that asks joins words over a line.
        end = data.draw(st.integers(start + 1, min(start + 4, len(text))))
        assert links.touch(start, end) == any(a < end and start < b for a, b in spans)
        start = end


def test_no_pattern_is_tried_where_nothing_can_be_a_link():
    links = LinksIn("hellooo there")
    assert not links.touch(3, 7)
    assert not links.touch(8, 9)
