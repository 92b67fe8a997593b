"""Functions of SciPy and statsmodels, which are imported when one is called.

The first page of a reader needs none of them, and they take as long to import as all else on it.
"""

from threats.lazy_imports import lazy_function

csr_array = lazy_function("scipy.sparse", "csr_array")

chdtrc = lazy_function("scipy.special", "chdtrc")
digamma = lazy_function("scipy.special", "digamma")
expit = lazy_function("scipy.special", "expit")
gammaln = lazy_function("scipy.special", "gammaln")
ndtr = lazy_function("scipy.special", "ndtr")
ndtri = lazy_function("scipy.special", "ndtri")

false_discovery_control = lazy_function("scipy.stats", "false_discovery_control")
fisher_exact = lazy_function("scipy.stats", "fisher_exact")
kendalltau = lazy_function("scipy.stats", "kendalltau")

_proportion = "statsmodels.stats.proportion"
confint_proportions_2indep = lazy_function(_proportion, "confint_proportions_2indep")
stratified_table = lazy_function("statsmodels.stats.contingency_tables", "StratifiedTable")
