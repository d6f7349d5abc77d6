-- Papers that a job prints into one PDF. It lies sealed in the file store and is gone some days later.
create table print_batch (
  county_id int not null references county,
  id uuid not null,
  kind text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  -- The last day on which it can be fetched.
  until_on date not null,
  -- How many papers were asked for.
  asked int not null,
  job_id uuid,
  -- The PDF in the file store; set with the printing of each paper in it.
  file_id uuid,
  made_at timestamptz,
  -- How many papers it holds.
  printed int not null default 0,
  -- The PDF was removed from the store.
  gone_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, created_by) references account,
  foreign key (county_id, job_id) references job
);
create index print_batch_mine on print_batch (county_id, created_by, created_at desc);
-- Whoever asked for it; and the system, which removes the PDF.
call raise_walls('print_batch', '(select app_system()) or created_by = (select app_user())');
grant select, insert, update on print_batch to quanxue_app;

-- The papers of a batch, each behind the walls of its child.
create table print_batch_paper (
  county_id int not null references county,
  batch_id uuid not null,
  -- The order in which they were asked for.
  place int not null,
  paper_id uuid not null,
  child_id uuid not null,
  -- Why it is not in the PDF, in a sentence.
  failure text,
  primary key (county_id, batch_id, place),
  foreign key (county_id, batch_id) references print_batch,
  foreign key (county_id, paper_id) references paper,
  foreign key (county_id, child_id) references child
);
call raise_child_walls('print_batch_paper');
grant select, insert, update on print_batch_paper to quanxue_app;
