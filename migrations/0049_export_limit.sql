-- What a person takes out as workbooks in a day of the county (security.md C4 row 4, C5), and the lists beyond it that
-- the county's approver releases once.
create table export_day (
  county_id int not null references county,
  user_id uuid not null,
  day date not null,
  -- Rows with a child in them.
  rows int not null,
  exports int not null,
  primary key (county_id, user_id, day),
  foreign key (county_id, user_id) references account
);
call raise_walls('export_day', 'user_id = (select app_user())');
grant select, insert, update on export_day to quanxue_app;

create table export_release (
  county_id int not null references county,
  id uuid not null,
  kind text not null,
  -- The filters of the list as its address has them, ids and codes; and in words.
  filters jsonb not null,
  told text not null,
  reason text not null,
  -- Rows of the list when it was asked for.
  rows int not null,
  asked_by uuid not null,
  asked_unit uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  granted boolean,
  note text not null default '',
  -- The last day on which it can be fetched.
  until_on date,
  -- Fetched; a release is good for once.
  taken_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, asked_by) references account,
  foreign key (county_id, decided_by) references account,
  foreign key (county_id, asked_unit) references unit,
  check (decided_by is distinct from asked_by),
  check ((decided_at is null) = (granted is null))
);
create index export_release_recent on export_release (county_id, asked_at desc);
call raise_walls('export_release', $$asked_by = (select app_user()) or (select app_role()) = 'county_approver'$$);
grant select, insert, update on export_release to quanxue_app;
