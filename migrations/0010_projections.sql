-- What lists show, computed from facts by one function (the projector) and never by hand.

create table case_standing (
  county_id int not null references county,
  case_id uuid not null,
  child_id uuid not null,
  -- The phase: suspected, open, held (县级核处), excused, returned or struck_off.
  state text not null,
  -- The rung whose turn it is; null once struck off.
  rung text,
  rung_label text not null,
  next_action text not null default '',
  counted_visits int not null,
  last_visit_on date,
  due_on date,
  next_change_on date,
  policy_version int not null,
  computed_on date not null,
  primary key (county_id, case_id),
  foreign key (county_id, case_id) references child_case,
  foreign key (county_id, child_id) references child
);
create index case_standing_change on case_standing (county_id, next_change_on);
create index case_standing_child on case_standing (county_id, child_id);
call raise_child_walls('case_standing');
grant select, insert, update on case_standing to quanxue_app;

-- The work list: one row a unit and task, carrying what a list shows, so that its wall is an equality.
create table work_item (
  county_id int not null references county,
  unit_id uuid not null,
  -- What the task is about and which one: case:UUID:log_visit, check:UUID, paper:UUID:serve …
  item_key text not null,
  verb text not null,
  -- Role that is expected to act; null for anyone of the unit.
  role text,
  child_id uuid,
  case_id uuid,
  check_id uuid,
  paper_id uuid,
  visit_id uuid,
  -- What it is more exactly: which kind of evidence, which day after the return.
  target text not null default '',
  -- The one person who is asked, where it is one.
  user_id uuid,
  who text not null,
  place text not null,
  why text not null,
  due_on date not null,
  -- The unit waits for somebody else; not counted as its own.
  waiting boolean not null default false,
  waiting_since date,
  primary key (county_id, unit_id, item_key),
  foreign key (county_id, unit_id) references unit,
  foreign key (county_id, child_id) references child
);
create index work_item_due on work_item (county_id, unit_id, due_on);
create index work_item_case on work_item (county_id, case_id);
create index work_item_check on work_item (county_id, check_id);
call raise_walls('work_item', '(select app_wide()) or unit_id = (select app_unit())');
grant select, insert, update, delete on work_item to quanxue_app;
