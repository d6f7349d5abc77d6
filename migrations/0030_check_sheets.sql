-- Check sheets that came back filled in: the file as it came, and what was taken from it. The answers stand with the checks.

create table check_sheet (
  county_id int not null references county,
  id uuid not null,
  file_id uuid not null,
  file_name text not null,
  created_by uuid not null,
  unit_id uuid,
  created_at timestamptz not null,
  taken_at timestamptz,
  -- The checks answered from it, in the order of its rows.
  taken uuid[] not null default '{}',
  primary key (county_id, id),
  foreign key (county_id, file_id) references file
);
create index check_sheet_mine on check_sheet (county_id, created_by, created_at desc);
-- Whoever brought it looks at it and has it taken in; nobody else has anything to do with it.
call raise_walls('check_sheet', 'created_by = (select app_user())');
grant select, insert, update on check_sheet to quanxue_app;
