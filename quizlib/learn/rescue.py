"""What to do after a scam: the one text of five steps and numbers, for pages and for paper."""

from __future__ import annotations

import tomllib
from pathlib import Path

RESCUE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
