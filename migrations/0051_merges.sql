-- Two files of one child that were made one: what moved, so that it can be taken back.
create table child_merge (
  county_id int not null references county,
  id uuid not null,
  -- The child that stays, and the one that went into it.
  child_id uuid not null,
  merged_id uuid not null,
  reason text not null,
  -- What belonged to the one that went: statements, claims, flags set by hand, and the checks closed with it.
  statements uuid[] not null,
  claims uuid[] not null,
  flags uuid[] not null,
  checks uuid[] not null,
  -- The statement that says the number again, where a clerk's word had emptied it.
  restated uuid,
  merged_by uuid,
  merged_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, merged_id) references child
);
create index child_merge_child on child_merge (county_id, child_id);
call raise_child_walls('child_merge');
grant select, insert, update (undone_by, undone_at) on child_merge to quanxue_app;

-- A claim goes with its number: to the child into which its own was merged, or to the one that got the number.
grant update (child_id) on number_claim to quanxue_app;
alter table number_claim drop constraint number_claim_settled_check;
alter table number_claim add constraint number_claim_settled_check
  check (settled in ('same_person', 'other_person', 'row_owns'));
