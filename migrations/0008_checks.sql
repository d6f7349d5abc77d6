-- Comparisons, and the children whose whereabouts they left unproved.

create table match_run (
  county_id int not null references county,
  id uuid not null,
  reference_on date not null,
  registered_of_school_age int not null,
  registered_not_enrolled int not null,
  enrolled_not_registered int not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (county_id, id)
);
call raise_walls('match_run', 'true');
grant select, insert on match_run to quanxue_app;

-- A check (待核查): open until an answer is accepted.
create table whereabouts_check (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  run_id uuid,
  cause text not null,
  -- The likely match in words, numbers masked: what is the same, what differs.
  clue jsonb not null default '{}',
  opened_on date not null,
  due_on date not null,
  -- The village it was sent to and when; null while the township has it.
  sent_at timestamptz,
  sent_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  -- What the closing rests on: an answer, or the match itself.
  closing_answer uuid,
  closing_note text not null default '',
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, run_id) references match_run
);
create unique index whereabouts_check_open on whereabouts_check (county_id, child_id) where closed_at is null;
call raise_child_walls('whereabouts_check');
grant select, insert, update on whereabouts_check to quanxue_app;

-- What was found, by whom, when, where. Never changed; a later answer stands beside it.
create table check_answer (
  county_id int not null references county,
  id uuid not null,
  check_id uuid not null,
  child_id uuid not null,
  finding text not null,
  found_on date not null,
  -- For 在外地就读: province, city, county, school, grade.
  elsewhere text,
  note text not null default '',
  answered_by uuid,
  unit_id uuid,
  -- By hand, from a sheet that came back, or with the list.
  via text not null check (via in ('page', 'sheet', 'bulk')),
  answered_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, check_id) references whereabouts_check,
  foreign key (county_id, child_id) references child
);
create index check_answer_check on check_answer (county_id, check_id);
call raise_child_walls('check_answer');
grant select, insert on check_answer to quanxue_app;
