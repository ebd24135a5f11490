"""The tables of schema ops: what happened, per run. Only their declaration; who fills them knows what to write."""

OPS_TABLES = (
    """create table if not exists ops.runs (
        run_id text primary key, command text not null, started_at timestamptz not null, finished_at timestamptz,
        outcome text)""",
    """create table if not exists ops.timings (
        run_id text not null, asset text not null, outcome text not null check (outcome in ('written', 'unchanged', 'failed')),
        row_count bigint, byte_count bigint, seconds double precision not null, peak_memory_bytes bigint, engine text,
        primary key (run_id, asset))""",
    """create table if not exists ops.row_ledger_history (
        run_id text not null, source_table text not null, outcome text not null, reason text not null, row_count bigint not null,
        primary key (run_id, source_table, outcome, reason))""",
    """create table if not exists ops.check_results (
        run_id text not null, asset text not null, check_name text not null, passed boolean not null, severity text not null,
        description text, primary key (run_id, asset, check_name))""",
    """create table if not exists ops.model_scores (
        run_id text not null, model text not null, metric text not null, score double precision not null,
        primary key (run_id, model, metric))""",
    """create table if not exists ops.measures (
        run_id text not null, dataset_id text not null, measure text not null, value double precision not null,
        primary key (run_id, measure))""",
    """create table if not exists ops.baselines (
        dataset_id text not null, measure text not null, value double precision not null, run_id text not null,
        recorded_at timestamptz not null, primary key (dataset_id, measure))""",
    """create table if not exists ops.accepted_changes (
        run_id text not null, dataset_id text not null, measure text not null, baseline double precision not null,
        value double precision not null, accepted_at timestamptz not null, primary key (run_id, measure))""",
    """create table if not exists ops.fingerprints (
        schema_name text primary key, fingerprint text not null, run_id text not null, recorded_at timestamptz not null)""",
    """create table if not exists ops.work_redirects (
        work_id bigint primary key, into_work_id bigint not null, recorded_at timestamptz not null)""",
)
