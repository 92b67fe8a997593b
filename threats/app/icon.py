"""The icon of the pages."""

import base64
from pathlib import Path

_FILE = Path(__file__).with_name("icon.png")
# An address that holds the image. Streamlit would fetch an icon given by name from another host,
# and would convert a file at every run.
ICON = f"data:image/png;base64,{base64.b64encode(_FILE.read_bytes()).decode()}"
