"""The statements of a publication. When they are run belongs to publication."""

FINISHED = """
select name from unnest(%s::text[]) with ordinality as wanted (name, position)
where to_regnamespace(name || '_next') is not null
    and exists (select from ops.fingerprints where schema_name = name || '_next')
order by position
"""

TABLES = """
select nspname, relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where nspname = any (%s) and relkind in ('r', 'p')
order by nspname, relname
"""

# Views, functions and foreign keys elsewhere that need something of the schemas.
OUTSIDE_USERS = """
with replaced as (
    select oid from pg_namespace where nspname = any (%(schemas)s)
), inside as (
    select 'pg_class'::regclass as classid, oid from pg_class where relnamespace in (table replaced)
    union all
    select 'pg_proc'::regclass, oid from pg_proc where pronamespace in (table replaced)
    union all
    select 'pg_type'::regclass, oid from pg_type where typnamespace in (table replaced)
)
select distinct format('%%I.%%I', nspname, coalesce(view.relname, proname, conname)) as name
from pg_depend
join inside on inside.classid = refclassid and inside.oid = refobjid
left join pg_rewrite on pg_depend.classid = 'pg_rewrite'::regclass and pg_rewrite.oid = objid
left join pg_class as view on view.oid = ev_class
left join pg_proc on pg_depend.classid = 'pg_proc'::regclass and pg_proc.oid = objid
left join pg_constraint on pg_depend.classid = 'pg_constraint'::regclass and pg_constraint.oid = objid
join pg_namespace on pg_namespace.oid = coalesce(view.relnamespace, pronamespace, connamespace)
where nspname <> all (%(may_go)s)
order by name
"""

# A work has the smallest id of its editions: the edition that gave a vanished work its id leads to the work it is now in.
REDIRECTS = (
    """
    insert into ops.work_redirects
    select vanished.work_id, home.work_id, now()
    from (select work_id from gold.editions except select work_id from gold_next.editions) as vanished
    join gold_next.editions as home on home.edition_id = vanished.work_id
    on conflict (work_id) do update set into_work_id = excluded.into_work_id, recorded_at = excluded.recorded_at
    """,
    """
    update ops.work_redirects as redirect set into_work_id = home.work_id, recorded_at = now()
    from gold_next.editions as home
    where home.edition_id = coalesce(
        (select edition_id from gold_next.editions as own where own.edition_id = redirect.work_id), redirect.into_work_id
    ) and home.work_id <> redirect.into_work_id
    """,
    """
    delete from ops.work_redirects as redirect
    where exists (select from gold_next.editions where editions.work_id = redirect.work_id)
        or not exists (select from gold_next.editions where editions.work_id = redirect.into_work_id)
    """,
)

GRANTS = {
    "gold": (
        # Its builder still owns the tables, but reaches them no more.
        "revoke all on schema gold_next from booklake_loader",
        "grant usage on schema gold_next to booklake_reader, booklake_dbt",
        "grant select on all tables in schema gold_next to booklake_reader, booklake_dbt",
    ),
    "recommendations": (
        "revoke all on schema recommendations_next from booklake_dbt",
        "grant usage on schema recommendations_next to booklake_app, booklake_reader",
        "grant select on all tables in schema recommendations_next to booklake_app, booklake_reader",
        "revoke execute on all functions in schema recommendations_next from public",
        "grant execute on all functions in schema recommendations_next to booklake_app, booklake_reader",
    ),
}

# Each open transaction holds the lock of its own virtual id, which all roles may see. Autovacuum, without a user, is left out.
RUNNING_TRANSACTIONS = """
select virtualxid from pg_locks join pg_stat_activity using (pid)
where locktype = 'virtualxid' and pid <> pg_backend_pid() and datname = current_database() and usename is not null
"""

LONGEST_READER = """
select pid, application_name, xact_start at time zone 'UTC' from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
order by xact_start limit 1
"""
