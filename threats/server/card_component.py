"""The component that shows the card of a chart, as Streamlit serves it."""

from pathlib import Path

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from threats import __version__

CARD_COMPONENT = "threats.card"
CARD_SCRIPT = "card.js"
CARD_SCRIPT_PATH = f"_stcore/bidi-components/{CARD_COMPONENT}/{CARD_SCRIPT}"
_PACKAGE = Path(__file__).parent.parent


def register_card_component(manager: BidiComponentManager) -> None:
    """Register the component with Streamlit, once for each manager.

    Streamlit finds such components in packages by their ``pyproject.toml``, which an installed
    package of ours does not have. A script in the page itself would need a weaker content policy.
    """
    if manager.get(CARD_COMPONENT) is None:
        package, name = CARD_COMPONENT.split(".")
        config = ComponentConfig(name, asset_dir="server/static")
        manager.register_from_manifest(ComponentManifest(package, __version__, [config]), _PACKAGE)
