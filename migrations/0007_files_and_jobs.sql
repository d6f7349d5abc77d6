-- Stored files (sealed, behind the object store) and the job queue.

create table file (
  county_id int not null references county,
  id uuid not null,
  -- The child it shows or names; null for workbooks and other files of no one child.
  child_id uuid,
  uploaded_by uuid,
  unit_id uuid,
  name_sealed bytea,
  media text not null,
  bytes bigint not null,
  sha256 bytea not null,
  -- EXIF time, camera and the like of the original; sealed.
  meta_sealed bytea,
  has_display boolean not null default false,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child
);
create index file_child on file (county_id, child_id) where child_id is not null;
create index file_sha256 on file (county_id, sha256);
call raise_walls('file', $$(select app_wide()) or (child_id is null and (uploaded_by = (select app_user()) or unit_id = (select app_unit()))) or exists (
  select from reach r where r.county_id = file.county_id and r.unit_id = (select app_unit()) and r.child_id = file.child_id and r.until >= (select app_today()))$$);
grant select, insert on file to quanxue_app;

create table job (
  county_id int not null references county,
  id uuid not null,
  kind text not null,
  payload jsonb not null,
  -- One waiting job a key: enqueuing again what waits already does nothing. What has begun may have read what has
  -- changed since, so it does not count.
  dedupe_key text,
  run_at timestamptz not null,
  attempts int not null default 0,
  max_attempts int not null default 5,
  locked_until timestamptz,
  progress_done int not null default 0,
  progress_total int not null default 0,
  progress_note text not null default '',
  -- The page that shows what came of it; empty where there is none.
  location text not null default '',
  finished_at timestamptz,
  -- Null when it went well; else a sentence for the person who waits.
  failure text,
  created_by uuid,
  unit_id uuid,
  created_at timestamptz not null,
  primary key (county_id, id)
);
create unique index job_dedupe on job (county_id, kind, dedupe_key) where attempts = 0 and finished_at is null and dedupe_key is not null;
create index job_key on job (county_id, kind, dedupe_key) where dedupe_key is not null;
create index job_waiting on job (run_at) where finished_at is null;
call raise_walls('job', '(select app_wide()) or created_by = (select app_user()) or unit_id = (select app_unit())');
call open_gate('job');
grant select, insert on job to quanxue_app;
grant select, insert, update on job to quanxue_gate;

-- An import: its file, what was found in it, what came of it. The rows' values stay in the sealed file.
create table import (
  county_id int not null references county,
  id uuid not null,
  kind text not null,
  file_id uuid not null,
  file_name text not null,
  said_on date not null,
  created_by uuid,
  unit_id uuid,
  created_at timestamptz not null,
  job_id uuid,
  -- Set when read: rows, good rows, faults (sheet, row, column, code, message), repairs, and the preview's counts.
  rows int,
  good int,
  faults jsonb,
  repairs jsonb,
  preview jsonb,
  -- Set when it could not be read at all.
  unreadable text,
  -- Set when accepted: which way, and the receipt's counts.
  accepted_at timestamptz,
  accepted_by uuid,
  mode text check (mode in ('good_rows', 'all_or_nothing')),
  source_id uuid,
  receipt jsonb,
  undone_at timestamptz,
  undone_by uuid,
  primary key (county_id, id),
  foreign key (county_id, file_id) references file,
  foreign key (county_id, source_id) references source
);
create index import_recent on import (county_id, created_at desc);
call raise_walls('import', '(select app_wide()) or created_by = (select app_user()) or unit_id = (select app_unit())');
grant select, insert, update on import to quanxue_app;

-- Rows an import refused, kept so that a missing child may be found among them; values sealed.
create table refused_row (
  county_id int not null references county,
  import_id uuid not null,
  sheet text not null,
  row_number int not null,
  name text not null,
  birth date,
  township_id uuid,
  code text not null,
  sealed bytea not null,
  primary key (county_id, import_id, sheet, row_number),
  foreign key (county_id, import_id) references import
);
create index refused_row_name on refused_row (county_id, name);
call raise_walls('refused_row', '(select app_wide()) or township_id = (select app_unit())');
grant select, insert, delete on refused_row to quanxue_app;
