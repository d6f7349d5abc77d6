//! What the catalogue says of every table, key, function, view and role; each rule shown to bite on a wall taken down.

use common::Database;
use sqlx::Connection as _;

use crate::walls::{attempt, strings};

/// Forced row security, the county policy as `raise_walls` writes it, and nobody let in beside it.
const WALLS: &str = "
    select c.relname || ': ' || fault from pg_class c, lateral (values
      (not c.relrowsecurity, 'row security is off'),
      (not c.relforcerowsecurity, 'row security is not forced on its owner'),
      (c.relowner <> 'quanxue_owner'::regrole, 'is not owned by quanxue_owner'),
      (not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'county_id' and a.attnotnull), 'has no county'),
      (not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'county' and not p.polpermissive and p.polcmd = '*'
         and p.polroles @> array['quanxue_app'::regrole::oid, 'quanxue_owner'::regrole::oid]
         and pg_get_expr(p.polqual, c.oid) = '(county_id = ( SELECT app_county() AS app_county))'
         and pg_get_expr(p.polwithcheck, c.oid) = '(county_id = ( SELECT app_county() AS app_county))'), 'lacks the county policy'),
      (not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and 'quanxue_app'::regrole = any (p.polroles)),
         'lets the program see nothing'),
      (exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive
         and p.polroles && array[0, 'quanxue_login'::regrole::oid]), 'has a policy for everybody'),
      (exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and 'quanxue_app'::regrole = any (p.polroles)
         and pg_get_expr(p.polqual, c.oid) = 'true')
         and (c.relname = 'child' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'child_id' and not attisdropped)),
         'shows its children to the whole county'),
      (exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and 'quanxue_app'::regrole = any (p.polroles)
         and pg_get_expr(p.polqual, c.oid) = 'true') and c.relname not in
         ('county', 'unit', 'catchment', 'account', 'appointment', 'charge', 'audit_head', 'source', 'term', 'calendar_day',
          'adopted_policy', 'school_day', 'match_run', 'case_counter'), 'shows what is somebody''s own to the whole county')
    ) as f (holds, fault)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations' and holds";

/// The gate serves every county and touches no child.
const GATE: &str = "
    select c.relname::text from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      and (c.relname in ('child', 'household', 'import', 'refused_row', 'file', 'audit_head') or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname in ('child_id', 'case_id') and not attisdropped))
      and (has_any_column_privilege('quanxue_gate', c.oid, 'select, insert, update, references')
        or has_table_privilege('quanxue_gate', c.oid, 'delete, truncate, trigger'))";

/// What the program's role may do beyond reading and adding: a closed list.
const POWERS: &str = "
    select c.relname || ': ' || fault from pg_class c, lateral (values
      (has_table_privilege('quanxue_app', c.oid, 'truncate, references, trigger'), 'truncate, references or trigger'),
      (has_table_privilege('quanxue_app', c.oid, 'delete') and c.relname not in
        ('catchment', 'kept_form', 'reach', 'calendar_day', 'name_key', 'refused_row', 'school_day', 'term', 'work_item'), 'delete'),
      (has_any_column_privilege('quanxue_app', c.oid, 'update') and c.relname in
        ('event', 'look', 'audit_head', 'visit', 'plan', 'check_answer', 'service', 'expiry_check', 'disposition', 'disposition_decision',
         'school_return', 'strike_off', 'reopening', 'aftercare', 'source', 'adopted_policy', 'idempotency', 'sign_in_attempt'), 'update'),
      (has_any_column_privilege('quanxue_app', c.oid, 'insert') and c.relname in ('event', 'audit_head', 'session', 'sign_in_attempt'), 'insert'),
      (has_any_column_privilege('quanxue_login', c.oid, 'select, insert, update, references')
        or has_table_privilege('quanxue_login', c.oid, 'delete, truncate, trigger'), 'the login by itself'),
      (exists (select from aclexplode(c.relacl) g where g.grantee = 0), 'everybody')
    ) as f (holds, fault)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> '_sqlx_migrations' and holds";

/// Only the four roles there are, none with power over the walls; the login is none of them until a door is opened.
const ROLES: &str = "
    select rolname || ': superuser, bypassrls, createdb or createrole' from pg_roles
      where rolname like 'quanxue%' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)
    union all select 'quanxue_login inherits' from pg_roles where rolname = 'quanxue_login' and rolinherit
    union all select rolname || ' may log in' from pg_roles where rolname in ('quanxue_owner', 'quanxue_app', 'quanxue_gate') and rolcanlogin
    union all select member::regrole || ' is ' || roleid::regrole from pg_auth_members
      where member::regrole::text like 'quanxue%' and (member::regrole::text, roleid::regrole::text) not in
        (('quanxue_login', 'quanxue_app'), ('quanxue_login', 'quanxue_gate'))
    union all select r || ' may create' from unnest(array['quanxue_app', 'quanxue_gate', 'quanxue_login']) r
      where has_schema_privilege(r, 'public', 'create') or has_database_privilege(r, current_database(), 'create, temporary')";

/// No reference and no uniqueness reaches across counties. A session's token is looked up before its county is known;
/// it and its public id are random, so that nothing can be learned from their being taken.
const KEYS: &str = "
    select 'reference ' || conname from pg_constraint k
      where connamespace = 'public'::regnamespace and contype = 'f' and not exists (
        select from unnest(k.conkey, k.confkey) as pair (near, far)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = near
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = far
        where a.attname = 'county_id' and b.attname = 'county_id')
    union all select 'unique ' || indexrelid::regclass from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace and c.relname <> '_sqlx_migrations' and i.indisunique
        and indexrelid::regclass::text not in ('session_pkey', 'session_public_id_key') and not exists (
          select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'county_id' and a.attnum = any (i.indkey[:i.indnkeyatts - 1]))";

/// What runs with its owner's power is fixed in what it calls and closed to everybody; views show what the reader sees.
const CODE: &str = "
    select 'function ' || proname || ' has no fixed search path' from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef
        and not coalesce(proconfig @> array['search_path=public, pg_temp'], false)
    union all select 'everybody may call ' || proname from pg_proc p
      where pronamespace = 'public'::regnamespace and (prosecdef or prokind = 'p') and (proacl is null or exists (
        select from aclexplode(proacl) g where g.grantee in (0, 'quanxue_login'::regrole)))
    union all select 'the program may call ' || proname from pg_proc
      where pronamespace = 'public'::regnamespace and prokind = 'p' and has_function_privilege('quanxue_app', oid, 'execute')
    union all select 'view ' || relname || ' shows what its owner sees' from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false)
    union all select 'view ' || relname || ' keeps what its owner saw' from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'm'";

/// Nothing breaks the rule, and each alteration does.
async fn holds_and_bites(rule: &'static str, alterations: &[&str]) {
    let database = Database::empty().await;
    let mut conn = database.superuser().await;
    assert_eq!(strings(&mut conn, rule).await, Vec::<String>::new());
    for alteration in alterations {
        let mut tx = conn.begin().await.unwrap();
        assert!(attempt(&mut tx, (*alteration).to_owned()).await.is_ok(), "{alteration}");
        assert_ne!(strings(&mut tx, rule).await, Vec::<String>::new(), "nobody noticed: {alteration}");
        tx.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn every_table_has_its_walls() {
    holds_and_bites(
        WALLS,
        &[
            "alter table visit disable row level security",
            "alter table visit no force row level security",
            "drop policy county on visit",
            "alter policy county on visit using (true)",
            "alter policy county on visit with check (true)",
            "alter policy county on visit to quanxue_app",
            "drop policy county on visit; create policy county on visit to quanxue_app, quanxue_owner using (county_id = (select app_county()))",
            "drop policy seen on visit",
            "alter policy seen on visit using (true)",
            "alter policy seen on pace using (true)",
            "alter policy county on pace using (true)",
            "alter policy seen on check_sheet using (true)",
            "drop policy county on check_sheet",
            "alter policy seen on child_merge using (true)",
            "alter table child_merge no force row level security",
            "create policy open on child using (true)",
            "create policy open on child to quanxue_login using (true)",
            "alter table child owner to postgres",
            "create table loose (county_id int not null)",
            "create table loose (id int); alter table loose owner to quanxue_owner",
        ],
    )
    .await;
}

#[tokio::test]
async fn the_gate_touches_no_child() {
    holds_and_bites(
        GATE,
        &[
            "grant select (name) on child to quanxue_gate",
            "grant delete on visit to quanxue_gate",
            "grant select on reach to quanxue_gate",
            "grant select on event to quanxue_gate",
            "grant select on household to quanxue_gate",
        ],
    )
    .await;
}

#[tokio::test]
async fn the_program_deletes_and_changes_only_what_is_meant_to() {
    holds_and_bites(
        POWERS,
        &[
            "grant truncate on visit to quanxue_app",
            "grant delete on visit to quanxue_app",
            "grant update (said) on visit to quanxue_app",
            "grant insert on event to quanxue_app",
            "grant update on audit_head to quanxue_app",
            "grant delete on look to quanxue_app",
            "grant select on child to quanxue_login",
            "grant select on child to public",
        ],
    )
    .await;
}

#[tokio::test]
async fn no_role_has_power_over_the_walls() {
    holds_and_bites(
        ROLES,
        &[
            "alter role quanxue_app bypassrls",
            "alter role quanxue_gate superuser",
            "alter role quanxue_login inherit",
            "alter role quanxue_owner login",
            "grant quanxue_owner to quanxue_login",
            "grant quanxue_gate to quanxue_app",
            "grant create on schema public to quanxue_app",
            "do $$ begin execute format('grant temporary on database %I to quanxue_gate', current_database()); end $$",
        ],
    )
    .await;
}

#[tokio::test]
async fn no_key_reaches_across_counties() {
    holds_and_bites(
        KEYS,
        &[
            "create unique index loose on child (idno_index)",
            "create unique index loose on child (idno_index) include (county_id)",
            "create unique index loose on child (id); alter table visit add constraint loose foreign key (child_id) references child (id)",
            "alter table whereabouts_check add constraint loose unique (run_id)",
        ],
    )
    .await;
}

#[tokio::test]
async fn nothing_runs_with_its_owners_power_unless_fixed_and_closed() {
    holds_and_bites(
        CODE,
        &[
            "alter function append_event reset search_path",
            "alter function seal_looks set search_path = public",
            "create function loose() returns bigint language sql security definer as 'select count(*) from child'",
            "grant execute on function append_event to public",
            "grant execute on procedure raise_walls to quanxue_app",
            "create view children as select * from child",
            "create materialized view children as select * from child",
        ],
    )
    .await;
}
