-- Steps of a ladder that are neither visit nor paper, steps passed over, and papers that several organs sign together.

-- A report handed in, a case handed over, a referral, a suit; append-only but for the word of whoever received it.
create table ladder_step (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  rung text not null,
  taken_on date not null,
  note text not null default '',
  recorded_by uuid not null,
  recorded_unit uuid not null,
  recorded_at timestamptz not null,
  received_on date,
  received_by uuid,
  received_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, recorded_unit) references unit,
  check ((received_on is null) = (received_by is null) and (received_on is null) = (received_at is null))
);
create index ladder_step_case on ladder_step (county_id, case_id);
call raise_child_walls('ladder_step');
grant select, insert, update (received_on, received_by, received_at) on ladder_step to quanxue_app;

-- 无处罚依据，跳过: proposed by one person.
create table ladder_skip (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  rung text not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_unit uuid not null,
  proposed_on date not null,
  proposed_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, proposed_unit) references unit
);
create index ladder_skip_case on ladder_skip (county_id, case_id);
call raise_child_walls('ladder_skip');
grant select, insert on ladder_skip to quanxue_app;

-- Another person's word on it; once.
create table ladder_skip_decision (
  county_id int not null references county,
  skip_id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  approved boolean not null,
  decided_on date not null,
  reason text not null default '',
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (county_id, skip_id),
  foreign key (county_id, skip_id) references ladder_skip,
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
call raise_child_walls('ladder_skip_decision');
grant select, insert on ladder_skip_decision to quanxue_app;

-- One organ's signature under a paper that several issue together; each organ signs once.
create table paper_signature (
  county_id int not null references county,
  paper_id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  organ text not null,
  unit_id uuid not null,
  signed_on date not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  primary key (county_id, paper_id, organ),
  foreign key (county_id, paper_id) references paper,
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, unit_id) references unit
);
create index paper_signature_case on paper_signature (county_id, case_id);
call raise_child_walls('paper_signature');
grant select, insert on paper_signature to quanxue_app;

-- A step's own paper is evidence of it.
alter table evidence add column step_id uuid;
alter table evidence add foreign key (county_id, step_id) references ladder_step;
create index evidence_step on evidence (county_id, step_id) where step_id is not null;
