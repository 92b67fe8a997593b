"""A corpus coded: texts of any number by the keyword rules, on pandas, DuckDB or PySpark.

A text *mentions* a threat or response where ``threats code`` finds it in the text: at least one of
its keywords, as whole words, outside what is excluded and outside standing text. That is told of
each text, year and region. Roles, links to the pandemic, organizations, facts, and the regions that
a text names hang on sentences and their order, and are told of single texts only; the region of a
text in a corpus is the one given beside it.
"""
