-- What happened, chained; and who looked, sealed into the chain in batches.

create table audit_head (
  county_id int primary key references county,
  seq bigint not null,
  hash bytea not null
);
call raise_walls('audit_head', 'true');
create policy definer on audit_head to quanxue_owner using (true) with check (true);
grant select on audit_head to quanxue_app;

create table event (
  county_id int not null references county,
  seq bigint not null,
  at timestamptz not null,
  user_id uuid,
  appointment_id uuid,
  role text not null,
  unit_id uuid,
  kind text not null,
  child_id uuid,
  case_id uuid,
  detail jsonb not null,
  prev bytea not null,
  hash bytea not null,
  primary key (county_id, seq)
);
create index event_child on event (county_id, child_id) where child_id is not null;
create index event_case on event (county_id, case_id) where case_id is not null;
create index event_user on event (county_id, user_id, seq);
-- Seen: by the county, by who did it, by the keeper of the audit; children's and cases' lines also by those who see the child (0005).
call raise_walls('event', $$(select app_wide()) or user_id = (select app_user()) or (select app_role()) in ('audit_keeper', 'security_keeper')$$);
create policy definer on event to quanxue_owner using (true) with check (true);
grant select on event to quanxue_app;

-- The text whose SHA-256, after the previous hash, is an event's hash. Also what `quanxue audit verify` recomputes.
create function event_text(e event) returns text language sql stable as $$
  select jsonb_build_array(e.county_id, e.seq, extract(epoch from e.at), e.user_id, e.appointment_id, e.role, e.unit_id, e.kind, e.child_id, e.case_id, e.detail)::text
$$;

-- Appends one event. The head's row lock is the last lock a transaction takes.
create function append_event(p_at timestamptz, p_appointment uuid, p_kind text, p_child uuid, p_case uuid, p_detail jsonb)
  returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head audit_head;
  e event;
begin
  select * into head from audit_head where county_id = app_county() for update;
  if not found then
    insert into audit_head values (app_county(), 0, sha256(convert_to('quanxue|' || app_county(), 'UTF8'))) on conflict do nothing;
    select * into head from audit_head where county_id = app_county() for update;
  end if;
  e.county_id := app_county();
  e.seq := head.seq + 1;
  e.at := p_at;
  e.user_id := app_user();
  e.appointment_id := p_appointment;
  e.role := coalesce(app_role(), 'nobody');
  e.unit_id := app_unit();
  e.kind := p_kind;
  e.child_id := p_child;
  e.case_id := p_case;
  e.detail := p_detail;
  e.prev := head.hash;
  e.hash := sha256(head.hash || convert_to(event_text(e), 'UTF8'));
  insert into event values (e.*);
  update audit_head set seq = e.seq, hash = e.hash where county_id = e.county_id;
  return e.seq;
end
$$;
revoke execute on function append_event(timestamptz, uuid, text, uuid, uuid, jsonb) from public;
grant execute on function append_event(timestamptz, uuid, text, uuid, uuid, jsonb) to quanxue_app, quanxue_gate;

create table look (
  county_id int not null references county,
  id bigint generated always as identity,
  at timestamptz not null,
  user_id uuid not null,
  appointment_id uuid,
  role text not null,
  kind text not null,
  child_id uuid,
  case_id uuid,
  detail jsonb not null default '{}',
  -- The event that sealed it.
  sealed_by bigint,
  primary key (county_id, id)
);
create index look_child on look (county_id, child_id, at) where child_id is not null;
create index look_open on look (county_id, id) where sealed_by is null;
call raise_walls('look', $$(select app_wide()) or user_id = (select app_user()) or (select app_role()) in ('audit_keeper', 'security_keeper')$$);
create policy definer on look to quanxue_owner using (true) with check (true);
grant select, insert on look to quanxue_app;

create function look_text(l look) returns text language sql stable as $$
  select jsonb_build_array(l.id, extract(epoch from l.at), l.user_id, l.appointment_id, l.role, l.kind, l.child_id, l.case_id, l.detail)::text
$$;

-- Seals the open looks of the county into one event; returns how many. Whatever is not in the digest is not marked.
create function seal_looks(p_at timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  next_seq bigint;
  n bigint;
  digest text;
begin
  select seq + 1 into next_seq from audit_head where county_id = app_county() for update;
  if not found then return 0; end if;
  with sealed as (
    update look set sealed_by = next_seq where county_id = app_county() and sealed_by is null returning look.*
  )
  select count(*), encode(sha256(convert_to(coalesce(string_agg(look_text(sealed::look), E'\n' order by id), ''), 'UTF8')), 'hex')
    into n, digest from sealed;
  if n > 0 then
    perform append_event(p_at, null, 'looks_sealed', null, null, jsonb_build_object('count', n, 'sha256', digest));
  end if;
  return n;
end
$$;
revoke execute on function seal_looks(timestamptz) from public;
grant execute on function seal_looks(timestamptz) to quanxue_app, quanxue_gate;
