"""What people may type, for hypothesis: any Unicode at all, and what Chinese records hold."""

from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
"""Every code point there is, lone surrogates and controls among them."""

HAN_RANGES = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAD9),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2EE5D),
    (0x30000, 0x323AF),
)
"""The Han of GB 18030-2022 level 3, and those encoded since."""

HAN = st.one_of(*(st.integers(*bounds).map(chr) for bounds in HAN_RANGES))
NAMES = st.text(HAN, min_size=1, max_size=6)
CLAIMS = st.text(
    st.one_of(HAN, st.sampled_from("，。：！？“”（）—…1234567890abcXYZ \n")), max_size=80
)
