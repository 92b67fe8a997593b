"""A corpus coded: any number of texts by the coder of single texts, on one or many cores.

A text *mentions* a threat or response if ``threats code`` finds it in the text. Roles, links to the
pandemic, organizations, facts and the regions that a text names are found in single texts only; the
region of a text in a corpus is the one given beside it.
"""
