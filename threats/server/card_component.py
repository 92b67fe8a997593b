"""The components of our own scripts, as Streamlit serves them."""

from pathlib import Path

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from threats import __version__

CARD_COMPONENT = "threats.card"
CARD_SCRIPT = "card.js"
FINDINGS_COMPONENT = "threats.findings"
FINDINGS_SCRIPT = "findings.js"
KEPT_DRAFT_COMPONENT = "threats.kept_draft"
KEPT_DRAFT_SCRIPT = "kept_draft.js"
CARD_SCRIPT_PATH = f"_stcore/bidi-components/{CARD_COMPONENT}/{CARD_SCRIPT}"
_PACKAGE = Path(__file__).parent.parent


def register_card_component(manager: BidiComponentManager) -> None:
    """Register the components with Streamlit, once for each manager.

    Streamlit finds such components in packages by their ``pyproject.toml``, which an installed
    package of ours does not have. A script in the page itself would need a weaker content policy.
    """
    if manager.get(CARD_COMPONENT) is None:
        package = CARD_COMPONENT.split(".")[0]
        configs = [
            ComponentConfig(name.split(".")[1], asset_dir="server/static")
            for name in (CARD_COMPONENT, FINDINGS_COMPONENT, KEPT_DRAFT_COMPONENT)
        ]
        manager.register_from_manifest(ComponentManifest(package, __version__, configs), _PACKAGE)
