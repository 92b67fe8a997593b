"""Analyse a press release: from a press release to rows of the dataset, and their review."""

import streamlit as st

from threats.app.cards import page_heading
from threats.app.coder import coder_input, coder_result
from threats.app.review_desk import review_chosen, review_desk
from threats.app.state import current_page
from threats.text.coder_page import NO_FILTER_NOTE
from threats.text.translate import _

page = current_page()
page_heading(page)
if review_chosen(page):
    review_desk(page)
else:
    st.caption(_(NO_FILTER_NOTE))
    release = coder_input(page)
    if release.strip():
        coder_result(release, page)
