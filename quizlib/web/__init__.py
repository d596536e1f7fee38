"""The web: pages, forms and tables around the core."""

from quizlib.web.app import create_app

__all__ = ["create_app"]
