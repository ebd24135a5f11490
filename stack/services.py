"""The servers as data: what each is called, listens on, waits for, is told and how it is ended. Running them belongs to up."""

from dataclasses import dataclass, field

from elt_pipeline.settings import Settings
from stack.settings import StackSettings

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Service:
    """One server. ``script`` is in stack/start; ``ports`` by the setting that names each; ``probe`` is a name of stack.probes.

    ``knows`` are the settings that it is told, and no others; a name that ends in ``*`` stands for all that begin so.
    """

    name: str
    script: str
    probe: str
    ports: dict[str, int] = field(default_factory=dict)
    address: str = ""
    waits_for: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    told: dict[str, str] = field(default_factory=dict)
    stop_signal: str = "TERM"
    stop_seconds: int = 20
    start_seconds: int = 300


# Not SPARK_REMOTE: Spark itself would take it for where its server is.
SPARK_KNOWS = ("SPARK_WORKER*", "SPARK_MASTER_*", "SPARK_*_MEMORY", "SPARK_*_PORT")
# What runs of the pipeline are told: the URLs and what the drivers of the lake read by themselves.
PIPELINE_KNOWS = (
    "SOURCE_URL",
    "LAKE_URL",
    "AWS_*",
    "SPARK_REMOTE",
    "SPARK_UI_URL",
    "SPARK_HISTORY_URL",
    "WAREHOUSE_*",
    "DAGSTER_STORAGE_URL",
    "DAGSTER_CODE_*",
    "POSTGRES_PORT",
    "DAGIT_PORT",
    "ALERT_URL",
)


def services_of(stack: StackSettings, pipeline: Settings) -> list[Service]:
    """Return the servers in the order in which they start; they end in the opposite one."""
    return [*_stores(stack, pipeline), *_spark(stack), *_dagster(stack, pipeline), _app(pipeline)]


def _stores(stack: StackSettings, pipeline: Settings) -> list[Service]:
    return [
        Service(
            "mysql",
            "mysql.sh",
            "mysql",
            ports={"MYSQL_PORT": stack.mysql_port},
            address=f"mysql://{HOST}:{stack.mysql_port}/books",
            knows=("MYSQL_*",),
            stop_seconds=60,
        ),
        Service(
            "postgres",
            "postgres.sh",
            "postgres",
            ports={"POSTGRES_PORT": pipeline.postgres_port or 0},
            address=f"postgresql://{HOST}:{pipeline.postgres_port}/booklake",
            knows=("POSTGRES_*", "DAGSTER_PASSWORD", "WAREHOUSE_OWNER_PASSWORD"),
            # INT is the fast shutdown: it ends sessions, where TERM waits for them to end by themselves.
            stop_signal="INT",
            stop_seconds=60,
        ),
        Service(
            "minio",
            "minio.sh",
            "minio",
            ports={"MINIO_PORT": stack.minio_port, "MINIO_CONSOLE_PORT": stack.minio_console_port},
            address=f"http://{HOST}:{stack.minio_console_port}",
            knows=("MINIO_*",),
        ),
    ]


def _spark(stack: StackSettings) -> list[Service]:
    master = Service(
        "spark-master",
        "spark.sh",
        "spark-master",
        told={"SPARK_ROLE": "master"},
        ports={"SPARK_MASTER_PORT": stack.spark_master_port, "SPARK_MASTER_UI_PORT": stack.spark_master_ui_port},
        address=f"http://{HOST}:{stack.spark_master_ui_port}",
        knows=SPARK_KNOWS,
    )
    history = Service(
        "spark-history",
        "spark.sh",
        "spark-history",
        told={"SPARK_ROLE": "history"},
        ports={"SPARK_HISTORY_PORT": stack.spark_history_port},
        address=f"http://{HOST}:{stack.spark_history_port}",
        knows=SPARK_KNOWS,
    )
    connect = Service(
        "spark-connect",
        "spark.sh",
        "spark-connect",
        told={"SPARK_ROLE": "connect"},
        ports={"SPARK_CONNECT_PORT": stack.spark_connect_port, "SPARK_DRIVER_UI_PORT": stack.spark_driver_ui_port},
        address=f"http://{HOST}:{stack.spark_driver_ui_port}",
        waits_for=("spark-master", "spark-worker-1", "minio"),
        knows=(*SPARK_KNOWS, "MINIO_PORT"),
        stop_seconds=40,
    )
    return [master, *(_worker(stack, number) for number in range(1, stack.spark_workers + 1)), connect, history]


def _worker(stack: StackSettings, number: int) -> Service:
    port = stack.spark_worker_ui_port + number - 1
    return Service(
        f"spark-worker-{number}",
        "spark.sh",
        "spark-worker",
        ports={"SPARK_WORKER_UI_PORT": port},
        address=f"http://{HOST}:{port}",
        waits_for=("spark-master",),
        knows=SPARK_KNOWS,
        told={"SPARK_ROLE": "worker", "SPARK_WORKER_NUMBER": str(number)},
    )


def _dagster(stack: StackSettings, pipeline: Settings) -> list[Service]:
    told = {"DAGSTER_HOME": str(pipeline.var / "dagster"), "VAR_DIR": str(pipeline.var)}
    code = Service(
        "dagster-code",
        "dagster-code.sh",
        "dagster-code",
        ports={"DAGSTER_CODE_PORT": stack.dagster_code_port},
        address=f"grpc://{HOST}:{stack.dagster_code_port}",
        waits_for=("postgres",),
        knows=PIPELINE_KNOWS,
        told=told,
        # A run that it is told to end first records that it was ended.
        stop_seconds=60,
    )
    dagit = Service(
        "dagit",
        "dagit.sh",
        "dagit",
        ports={"DAGIT_PORT": pipeline.dagit_port},
        address=f"http://{HOST}:{pipeline.dagit_port}",
        waits_for=("dagster-code",),
        knows=PIPELINE_KNOWS,
        told=told,
    )
    daemon = Service(
        "dagster-daemon",
        "dagster-daemon.sh",
        "dagster-daemon",
        # It listens on nothing: Dagit tells of its heartbeats.
        address=f"http://{HOST}:{pipeline.dagit_port}/health",
        waits_for=("dagster-code",),
        knows=PIPELINE_KNOWS,
        told=told,
    )
    return [code, dagit, daemon]


def _app(pipeline: Settings) -> Service:
    return Service(
        "app",
        "app.sh",
        "app",
        ports={"APP_PORT": pipeline.app_port},
        address=f"http://{HOST}:{pipeline.app_port}",
        waits_for=("postgres",),
        knows=("APP_PORT",),
        told={"APP_SECRETS": str(pipeline.var / "app" / "secrets.toml")},
    )
