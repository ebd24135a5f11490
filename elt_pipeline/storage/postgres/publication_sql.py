"""The statements of a publication. When they are run belongs to publication."""

from psycopg import sql

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

# What is in the schemas, and the views in analytics that read it, directly or through each other. Depth orders them, not age:
# `create or replace` lets an older view read a younger one, and even a circle, hence the bound.
_INSIDE = sql.SQL("""
with recursive replaced as (
    select oid from pg_namespace where nspname = any (%(schemas)s)
), content (classid, oid) as (
    select 'pg_class'::regclass, oid from pg_class where relnamespace in (table replaced)
    union all
    select 'pg_proc'::regclass, oid from pg_proc where pronamespace in (table replaced)
    union all
    select 'pg_type'::regclass, oid from pg_type where typnamespace in (table replaced)
), reading (reader, classid, oid) as (
    select ev_class, refclassid, refobjid
    from pg_depend
    join pg_rewrite on pg_depend.classid = 'pg_rewrite'::regclass and pg_rewrite.oid = objid
    join pg_class as view on view.oid = ev_class
    where view.relnamespace = to_regnamespace('analytics') and view.relkind in ('v', 'm') and ev_class <> refobjid
), views (oid, depth) as (
    select reader, 1 from reading join content using (classid, oid)
    union
    select reader, depth + 1 from reading join views on classid = 'pg_class'::regclass and reading.oid = views.oid
    where depth < 100
)
""")

# The views in analytics that read something of the schemas, each after those that it reads.
VIEWS = _INSIDE + sql.SQL("""
select oid, relname, pg_get_userbyid(relowner), coalesce(reloptions, '{}'), relkind = 'm'
from pg_class join (select oid, max(depth) as depth from views group by oid) as found using (oid)
order by depth, oid
""")

# Views, functions and foreign keys elsewhere that need something of the schemas or of those views.
OUTSIDE_USERS = _INSIDE + sql.SQL("""
, inside as (
    table content
    union all
    select 'pg_class'::regclass, oid from views
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
""")

# A vanished work leads to where the smallest of its editions is that is still there.
REDIRECTS = (
    """
    insert into ops.work_redirects
    select distinct on (old.work_id) old.work_id, new.work_id, now()
    from gold.editions as old join gold_next.editions as new using (edition_id)
    where not exists (select from gold_next.editions as living where living.work_id = old.work_id)
    order by old.work_id, old.edition_id
    on conflict (work_id) do update set into_work_id = excluded.into_work_id, recorded_at = excluded.recorded_at
    """,
    # A work that vanished earlier: with the edition that gave it its id where that is there, else with the work that it led to.
    """
    update ops.work_redirects as redirect set into_work_id = found.work_id, recorded_at = now()
    from (
        select earlier.work_id as vanished_id, coalesce(home.work_id, onward.into_work_id) as work_id
        from ops.work_redirects as earlier
        left join gold_next.editions as home on home.edition_id = earlier.work_id
        left join ops.work_redirects as onward on onward.work_id = earlier.into_work_id
    ) as found
    where found.vanished_id = redirect.work_id and found.work_id <> redirect.into_work_id
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
