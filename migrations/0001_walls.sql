-- What a transaction says of itself, and how a table gets its walls.

-- Settings are transaction-local. After one transaction a setting is '' and not null, hence nullif.
create function app_county() returns int language sql stable parallel safe
  as $$ select nullif(current_setting('app.county', true), '')::int $$;
create function app_user() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.user', true), '')::uuid $$;
create function app_unit() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.unit', true), '')::uuid $$;
create function app_role() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.role', true), '') $$;
create function app_today() returns date language sql stable parallel safe
  as $$ select nullif(current_setting('app.today', true), '')::date $$;
-- Sees every child of the county: county roles and an inspector ('on'), the system's own work ('system').
create function app_wide() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.wide', true), '') in ('on', 'system') $$;
-- Works as the system, whoever set it off: the projector, jobs. Sees restricted flags too.
create function app_system() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.wide', true), '') = 'system' $$;

-- Raises the walls of a table: forced row security, nobody outside the county, and inside it only what `seen` allows.
create procedure raise_walls(t regclass, seen text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy county on %s as restrictive to quanxue_app, quanxue_owner
    using (county_id = (select app_county())) with check (county_id = (select app_county()))', t);
  execute format('create policy seen on %s to quanxue_app using (%s) with check (%s)', t, seen, seen);
end
$$;
revoke execute on procedure raise_walls(regclass, text) from public;

-- Lets the gate (sessions and jobs) reach a table of every county. Never a table with a child in it.
create procedure open_gate(t regclass) language plpgsql as $$
begin
  execute format('create policy gate on %s to quanxue_gate using (true) with check (true)', t);
end
$$;
revoke execute on procedure open_gate(regclass) from public;
grant usage on schema public to quanxue_app, quanxue_gate;
