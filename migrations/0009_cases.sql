-- Cases (劝返对象) and their facts: append-only rows from which standing is computed.

-- The next case number of a year; a lock on its row keeps it without gaps.
create table case_counter (
  county_id int not null references county,
  year smallint not null,
  next_number int not null default 1,
  primary key (county_id, year)
);
call raise_walls('case_counter', 'true');
grant select, insert, update on case_counter to quanxue_app;

create table child_case (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  -- Counted within the county and year, for the spine of the file: 2026-0017.
  number text not null,
  kind text not null,
  origin text not null,
  opened_on date not null,
  opened_by uuid,
  opened_at timestamptz not null,
  -- The day on which it was found on the spot; null while suspected.
  confirmed_on date,
  confirmed_by uuid,
  check_id uuid,
  -- The township that acts, by the policy in force when it was opened.
  acting_township uuid not null,
  school_id uuid,
  -- Counts the facts; a page that acts says which count it saw.
  version int not null default 1,
  primary key (county_id, id),
  unique (county_id, number),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, check_id) references whereabouts_check,
  foreign key (county_id, acting_township) references unit,
  foreign key (county_id, school_id) references unit
);
create index child_case_child on child_case (county_id, child_id);
call raise_child_walls('child_case');
grant select, insert, update on child_case to quanxue_app;

create table plan (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  cause text not null,
  other_causes jsonb not null default '[]',
  guardian_says text not null default '',
  aid text not null default '',
  placement text not null default '',
  helper text not null default '',
  review_on date,
  written_by uuid,
  written_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
create index plan_case on plan (county_id, case_id, written_at desc);
call raise_child_walls('plan');
grant select, insert on plan to quanxue_app;

create table visit (
  county_id int not null references county,
  -- Made where it is written.
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  mode text not null,
  -- One of the three visits (三访) it also was, if any; it counts towards no gate by itself.
  kind text,
  outcome text not null,
  pupil_present boolean not null,
  guardian_present boolean not null,
  guardian_name text not null default '',
  said text not null default '',
  promised_on date,
  place text not null default '',
  author uuid not null,
  unit_id uuid not null,
  -- The earlier row this one corrects.
  supersedes uuid,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, unit_id) references unit,
  foreign key (county_id, supersedes) references visit
);
create index visit_case on visit (county_id, case_id, happened_at desc);
create unique index visit_superseded_once on visit (county_id, supersedes) where supersedes is not null;
call raise_child_walls('visit');
grant select, insert on visit to quanxue_app;

create table participant (
  county_id int not null references county,
  id uuid not null,
  visit_id uuid not null,
  child_id uuid not null,
  name text not null,
  title text not null default '',
  unit_id uuid not null,
  user_id uuid,
  -- Null until the person says 我参加了; the author is confirmed by writing.
  confirmed_at timestamptz,
  confirmed_by uuid,
  declined_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, visit_id) references visit,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, unit_id) references unit
);
create index participant_visit on participant (county_id, visit_id);
call raise_child_walls('participant');
grant select, insert, update (confirmed_at, confirmed_by, declined_at) on participant to quanxue_app;

create table paper (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  kind text not null,
  unit_id uuid not null,
  -- Inner number without gaps, by issuing unit, kind and year; given at issue.
  year smallint,
  number int,
  -- 发文字号, typed or drawn from the organ's own series.
  document_number text,
  -- The facts it rests on, frozen at issue; with full numbers, hence sealed.
  facts_sealed bytea not null,
  -- The last day, where the paper prints one; else the policy's period runs from receipt.
  deadline_on date,
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  issued_by uuid,
  issued_at timestamptz,
  issued_on date,
  -- SHA-256 of the issued PDF.
  sha256 bytea,
  file_id uuid,
  voided_at timestamptz,
  voided_by uuid,
  void_reason text,
  printed_count int not null default 0,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, unit_id) references unit,
  foreign key (county_id, file_id) references file
);
create unique index paper_number on paper (county_id, unit_id, kind, year, number) where number is not null;
create unique index paper_document_number on paper (county_id, unit_id, document_number)
  where document_number is not null and voided_at is null;
create index paper_case on paper (county_id, case_id);
create index paper_unit on paper (county_id, unit_id, drafted_at desc);
call raise_child_walls('paper');
grant select, insert, update on paper to quanxue_app;

-- The next inner number of a series; a lock on its row keeps it without gaps.
create table paper_series (
  county_id int not null references county,
  unit_id uuid not null,
  kind text not null,
  year smallint not null,
  next_number int not null default 1,
  -- 左岚府复通〔{年}〕{号}号; empty while the organ types its numbers by hand.
  document_pattern text not null default '',
  next_document int not null default 1,
  primary key (county_id, unit_id, kind, year),
  foreign key (county_id, unit_id) references unit
);
call raise_walls('paper_series', '(select app_wide()) or unit_id = (select app_unit())');
grant select, insert, update on paper_series to quanxue_app;

create table service (
  county_id int not null references county,
  id uuid not null,
  paper_id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  method text not null,
  delivered_on date not null,
  -- The day from which periods run; null for a failed attempt.
  effective_on date,
  recipient text not null default '',
  relation text not null default '',
  place text not null default '',
  servers text not null default '',
  witness text not null default '',
  -- What the method asks for beside these: receipt number, refusal, system, where it was published …
  detail jsonb not null default '{}',
  note text not null default '',
  failed boolean not null default false,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, paper_id) references paper,
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
create index service_paper on service (county_id, paper_id);
call raise_child_walls('service');
grant select, insert on service to quanxue_app;

-- 期满核实: whether the child was back when the notice ran out.
create table expiry_check (
  county_id int not null references county,
  id uuid not null,
  paper_id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  checked_on date not null,
  returned boolean not null,
  note text not null default '',
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, paper_id) references paper,
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
create index expiry_check_case on expiry_check (county_id, case_id);
call raise_child_walls('expiry_check');
grant select, insert on expiry_check to quanxue_app;

create table disposition (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  kind text not null,
  facts jsonb not null,
  note text not null default '',
  proposed_by uuid not null,
  proposed_unit uuid not null,
  proposed_on date not null,
  proposed_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, proposed_unit) references unit
);
create index disposition_case on disposition (county_id, case_id);
call raise_child_walls('disposition');
grant select, insert on disposition to quanxue_app;

-- Another person's word on a proposal; once.
create table disposition_decision (
  county_id int not null references county,
  disposition_id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  approved boolean not null,
  decided_on date not null,
  reason text not null default '',
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (county_id, disposition_id),
  foreign key (county_id, disposition_id) references disposition,
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
call raise_child_walls('disposition_decision');
grant select, insert on disposition_decision to quanxue_app;

-- 一验: the school's word that the child is back in class.
create table school_return (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  school_id uuid not null,
  returned_on date not null,
  grade smallint check (grade between 1 and 9),
  class_label text not null default '',
  helper text not null default '',
  note text not null default '',
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, school_id) references unit
);
create index school_return_case on school_return (county_id, case_id);
call raise_child_walls('school_return');
grant select, insert on school_return to quanxue_app;

-- 销号: a case leaves the ledger.
create table strike_off (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  -- The typed conclusion: 复学 needs the school's word, the others a disposition that was agreed to.
  conclusion text not null,
  disposition_id uuid,
  struck_on date not null,
  struck_by uuid not null,
  struck_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child,
  foreign key (county_id, disposition_id) references disposition
);
create index strike_off_case on strike_off (county_id, case_id);
call raise_child_walls('strike_off');
grant select, insert on strike_off to quanxue_app;

-- A relapse or a mistake reopens the same case.
create table reopening (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  reopened_on date not null,
  reason text not null,
  reopened_by uuid not null,
  reopened_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
create index reopening_case on reopening (county_id, case_id);
call raise_child_walls('reopening');
grant select, insert on reopening to quanxue_app;

-- 巩固回访 after a return.
create table aftercare (
  county_id int not null references county,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  -- Which of the policy's days it answers, counted from the return: 30, 60, 90.
  after_days smallint not null,
  contacted_on date not null,
  at_school boolean not null,
  note text not null default '',
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
create index aftercare_case on aftercare (county_id, case_id);
call raise_child_walls('aftercare');
grant select, insert on aftercare to quanxue_app;

-- Evidence: a file that proves a fact, tied to what it proves. Withdrawn with a reason, never deleted.
create table evidence (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  case_id uuid,
  kind text not null,
  title text not null default '',
  file_id uuid not null,
  -- The day of the fact, which is not the day of the upload.
  fact_on date not null,
  visit_id uuid,
  check_answer_id uuid,
  service_id uuid,
  paper_id uuid,
  added_by uuid not null,
  added_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdraw_reason text,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, file_id) references file,
  foreign key (county_id, visit_id) references visit,
  foreign key (county_id, check_answer_id) references check_answer,
  foreign key (county_id, service_id) references service,
  foreign key (county_id, paper_id) references paper
);
create index evidence_case on evidence (county_id, case_id);
create index evidence_visit on evidence (county_id, visit_id) where visit_id is not null;
call raise_child_walls('evidence');
grant select, insert, update (withdrawn_at, withdrawn_by, withdraw_reason) on evidence to quanxue_app;
