"""Texts in XML: what stands in them, and what cannot."""

import sys

from gazepress.xml_text import xml_chars, xml_text


def test_a_character_stands_in_xml_exactly_where_the_standard_allows_it():
    # XML 1.0, production 2
    allowed = {9, 10, 13, *range(0x20, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x110000)}
    assert {code for code in range(sys.maxunicode + 1) if xml_chars(chr(code))} == allowed


def test_only_what_is_forbidden_is_left_out_of_a_text():
    assert xml_chars("a\x00b\tc\nd\ud800") == "ab\tc\nd"


def test_markup_in_a_text_is_escaped():
    assert xml_text('<a b="1"> & \x01') == "&lt;a b=&quot;1&quot;&gt; &amp; "
