-- The county's calendar and the policies it adopted, frozen.

create table term (
  county_id int not null references county,
  -- 2026-2027-1: the autumn term of the school year that starts in 2026.
  id text not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  primary key (county_id, id)
);
call raise_walls('term', 'true');
call open_gate('term');
grant select, insert, update, delete on term to quanxue_app;
grant select on term to quanxue_gate;

-- Public holidays and make-up working days (调休).
create table calendar_day (
  county_id int not null references county,
  day date not null,
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null,
  primary key (county_id, day)
);
call raise_walls('calendar_day', 'true');
call open_gate('calendar_day');
grant select, insert, update, delete on calendar_day to quanxue_app;
grant select on calendar_day to quanxue_gate;

create table adopted_policy (
  county_id int not null references county,
  version int not null,
  profile text not null,
  title text not null,
  from_on date not null,
  schema_version int not null,
  -- The resolved policy as canonical JSON, and its SHA-256.
  body text not null,
  sha256 bytea not null,
  reason text not null default '',
  adopted_by uuid,
  adopted_at timestamptz not null,
  primary key (county_id, version)
);
call raise_walls('adopted_policy', 'true');
call open_gate('adopted_policy');
grant select, insert on adopted_policy to quanxue_app;
grant select on adopted_policy to quanxue_gate;
