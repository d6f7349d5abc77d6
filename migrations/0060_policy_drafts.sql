-- Drafts of a county's policy: a profile with the county's own values, frozen as it would be adopted, for a second
-- person to approve or send back (security.md C3). What it would change is counted before it is approved.
create table policy_draft (
  county_id int not null references county,
  id uuid not null,
  profile text not null,
  title text not null,
  -- The county's own values over the profile, as TOML.
  own text not null,
  from_on date not null,
  reason text not null,
  -- The resolved policy as canonical JSON, the number of its shape, and its SHA-256.
  body text not null,
  schema_version int not null,
  sha256 bytea not null,
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  -- What it would change on its first day: lists of cases; ids only.
  impact jsonb,
  weighed_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  granted boolean,
  note text not null default '',
  -- Under which version it was adopted.
  version int,
  -- Taken back by whoever drafted it.
  withdrawn_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, drafted_by) references account,
  foreign key (county_id, decided_by) references account,
  foreign key (county_id, version) references adopted_policy,
  check (decided_by is distinct from drafted_by),
  check ((decided_at is null) = (granted is null)),
  check (coalesce(granted, false) = (version is not null)),
  check (decided_at is null or withdrawn_at is null)
);
-- One draft at a time: what is approved is compared with what is in force.
create unique index policy_draft_open on policy_draft (county_id) where decided_at is null and withdrawn_at is null;
-- Whoever may draft, approve or look on; what was adopted is everybody's.
call raise_walls('policy_draft', $$version is not null or (select app_system())
  or (select app_role()) in ('county_officer', 'county_approver', 'inspector', 'system_keeper')$$);
grant select, insert, update (impact, weighed_at, decided_by, decided_at, granted, note, version, withdrawn_at)
  on policy_draft to quanxue_app;
