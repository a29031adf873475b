"""The Jupyter server extension: registers the routes, and owns the promotions and splits under way."""

from __future__ import annotations

from typing import Any

from jupyter_server.extension.application import ExtensionApp

from mlnb.server.jobs import Jobs
from mlnb.server.routes import ROUTES


class MlnbExtension(ExtensionApp):
    """Serves `mlnb/…` under the server's base URL."""

    name = "mlnb"
    load_other_extensions = True

    def initialize_settings(self) -> None:
        self.settings["mlnb_promote_jobs"] = Jobs("promote", "promotion")
        self.settings["mlnb_split_jobs"] = Jobs("split", "split")

    def initialize_handlers(self) -> None:
        handlers: list[Any] = [(rf"/mlnb/{pattern}", handler) for pattern, handler in ROUTES]
        self.handlers.extend(handlers)

    async def stop_extension(self) -> None:
        for name in ("mlnb_promote_jobs", "mlnb_split_jobs"):
            if jobs := self.settings.get(name):
                jobs.stop()
