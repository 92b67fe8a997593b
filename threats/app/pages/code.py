"""Analyse a press release: from a press release to rows of the dataset, and their review."""

import streamlit as st

from threats.app.cards import page_heading
from threats.app.coder import coder_input, coder_result
from threats.app.kept_draft import keep_draft
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
    kept = st.container()
    release = coder_input(page)
    draft = coder_result(release, page) if release.strip() else None
    keep_draft(page, kept, release, draft)
