"""The app in a container: it is told the URL of its own role and no other. What it shows belongs to streamlit_app."""

import os

from elt_pipeline.settings import ROOT, exported_variables, read_settings
from elt_pipeline.storage.secrets import write_app_secrets
from stack.settings import AppSettings


def main() -> None:
    """Write Streamlit's secrets file, then become what starts the app on every machine."""
    secrets = write_app_secrets(read_settings().var, AppSettings().app_warehouse_url)
    told = {name: value for name, value in exported_variables().items() if name != "APP_WAREHOUSE_URL"}
    start = str(ROOT / "stack" / "start" / "app.sh")
    os.execve(start, [start], told | {"APP_SECRETS": str(secrets)})  # noqa: S606 -- this process becomes the app, under the same id


if __name__ == "__main__":
    main()
