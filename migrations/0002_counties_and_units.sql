-- A county is a tenant; its units stand in two trees, government and education.

create table county (
  county_id int primary key check (county_id between 110000 and 659999),
  name text not null,
  province text not null,
  city text not null,
  -- The county's data key, wrapped by the key file's key: to destroy it is to destroy every number.
  wrapped_key bytea not null,
  created_at timestamptz not null
);
call raise_walls('county', 'true');
call open_gate('county');
-- A county is made from the command line, in one transaction with its units.
create policy made on county as restrictive for insert to quanxue_app with check ((select app_role()) = 'system');
grant select, insert on county to quanxue_app;
grant select on county to quanxue_gate;

create table unit (
  county_id int not null references county,
  id uuid not null,
  kind text not null,
  name text not null,
  -- National statistical code; schools, classes and groups have none.
  code text,
  government_parent uuid,
  education_parent uuid,
  -- The township on whose ground it stands; a village's own township.
  township_id uuid,
  stage text check (stage in ('primary', 'junior', 'nine_year')),
  -- For a class: the grade (1 to 9) of the school year in which it was made.
  grade smallint check (grade between 1 and 9),
  closed_on date,
  primary key (county_id, id),
  foreign key (county_id, government_parent) references unit,
  foreign key (county_id, education_parent) references unit,
  foreign key (county_id, township_id) references unit
);
create unique index unit_code on unit (county_id, code) where code is not null;
create index unit_education_parent on unit (county_id, education_parent);
create index unit_government_parent on unit (county_id, government_parent);
call raise_walls('unit', 'true');
call open_gate('unit');
grant select, insert, update on unit to quanxue_app;
grant select on unit to quanxue_gate;

-- Which school a village's children belong to (学区).
create table catchment (
  county_id int not null references county,
  village_id uuid not null,
  stage text not null check (stage in ('primary', 'junior')),
  school_id uuid not null,
  primary key (county_id, village_id, stage),
  foreign key (county_id, village_id) references unit,
  foreign key (county_id, school_id) references unit
);
create index catchment_school on catchment (county_id, school_id);
call raise_walls('catchment', 'true');
call open_gate('catchment');
grant select, insert, update, delete on catchment to quanxue_app;
grant select on catchment to quanxue_gate;
