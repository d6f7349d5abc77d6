-- The register: what sources said, the children projected from it, and who may reach them.

-- Who may see a child, by unit: written by the projector, joined by equality.
create table reach (
  county_id int not null references county,
  unit_id uuid not null,
  child_id uuid not null,
  -- domicile, residence, roll, class, catchment, school_ground, handover
  kind text not null,
  -- The last day; infinity while the tie lasts.
  until date not null default 'infinity',
  primary key (county_id, unit_id, child_id, kind),
  foreign key (county_id, unit_id) references unit
);
create index reach_child on reach (county_id, child_id);
call raise_walls('reach', '(select app_wide()) or unit_id = (select app_unit())');
grant select, insert, update, delete on reach to quanxue_app;

create table source (
  county_id int not null references county,
  id uuid not null,
  kind text not null,
  title text not null,
  said_on date not null,
  import_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  primary key (county_id, id)
);
call raise_walls('source', 'true');
grant select, insert on source to quanxue_app;

create table household (
  county_id int not null references county,
  id uuid not null,
  head_name text not null,
  village_id uuid,
  address text not null,
  primary key (county_id, id),
  foreign key (county_id, village_id) references unit
);
create unique index household_natural on household (county_id, head_name, address);
grant select, insert on household to quanxue_app;

create table child (
  county_id int not null references county,
  id uuid not null,
  name text not null,
  sex text not null check (sex in ('male', 'female')),
  birth date not null,
  ethnicity text,
  -- The identity number: shown masked, stored sealed, found by keyed hashes of the whole and of the last digits.
  idno_masked text,
  idno_sealed bytea,
  idno_index bytea,
  tail4_index bytea,
  tail6_index bytea,
  pinyin text collate "C" not null default '',
  -- In the household register of this county.
  registered boolean not null default false,
  household_id uuid,
  head_name text,
  head_relation text,
  domicile_township uuid,
  domicile_village uuid,
  domicile_text text,
  residence_township uuid,
  residence_village uuid,
  residence_text text,
  guardian_name text,
  phone_masked text,
  -- The current roll, if any (projection of roll).
  school_id uuid,
  class_id uuid,
  grade smallint check (grade between 1 and 9),
  roll_status text,
  -- Whether any source that still stands names the child.
  listed boolean not null default true,
  whereabouts text not null default 'unknown',
  -- What the whereabouts rest on, in a few words.
  whereabouts_basis text not null default '',
  whereabouts_on date,
  merged_into uuid,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, household_id) references household,
  foreign key (county_id, domicile_township) references unit,
  foreign key (county_id, domicile_village) references unit,
  foreign key (county_id, residence_township) references unit,
  foreign key (county_id, residence_village) references unit,
  foreign key (county_id, school_id) references unit,
  foreign key (county_id, class_id) references unit,
  foreign key (county_id, merged_into) references child
);
create unique index child_idno on child (county_id, idno_index) where merged_into is null;
create index child_tail4 on child (county_id, tail4_index);
create index child_tail6 on child (county_id, tail6_index);
create index child_pinyin on child (county_id, pinyin);
create index child_domicile on child (county_id, domicile_township, domicile_village);
create index child_school on child (county_id, school_id);
create index child_whereabouts on child (county_id, whereabouts);
create index child_birth on child (county_id, birth);
create index child_household on child (county_id, household_id);
call raise_walls('child', $$(select app_wide()) or exists (
  select from reach r where r.county_id = child.county_id and r.unit_id = (select app_unit()) and r.child_id = child.id and r.until >= (select app_today()))$$);
grant select, insert, update on child to quanxue_app;

-- A household is seen with its children; the projector makes it before them.
call raise_walls('household', $$(select app_wide()) or exists (
  select from child c where c.county_id = household.county_id and c.household_id = household.id)$$);

alter table reach add foreign key (county_id, child_id) references child;

-- Raises the walls of a table whose rows belong to a child: whoever reaches the child sees the row.
create procedure raise_child_walls(t regclass) language plpgsql as $$
begin
  call raise_walls(t, format('(select app_wide()) or exists (
    select from reach r where r.county_id = %1$s.county_id and r.unit_id = (select app_unit()) and r.child_id = %1$s.child_id and r.until >= (select app_today()))', t));
end
$$;
revoke execute on procedure raise_child_walls(regclass) from public;

-- What one source said of one child on one day. Never changed; undone by a mark.
create table statement (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  source_id uuid not null,
  kind text not null,
  said_on date not null,
  sheet text,
  row_number int,
  -- Field to value, without numbers and phones …
  fields jsonb not null,
  -- … which are sealed (a JSON object of the same shape).
  sealed bytea,
  undone_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, source_id) references source
);
create index statement_child on statement (county_id, child_id, said_on desc);
create index statement_source on statement (county_id, source_id);
call raise_child_walls('statement');
grant select, insert, update (undone_at, child_id) on statement to quanxue_app;

create table guardian (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  name text not null,
  relation text not null default '',
  phone_masked text,
  phone_sealed bytea,
  phone_index bytea,
  source_id uuid not null,
  until_on date,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, source_id) references source
);
create index guardian_child on guardian (county_id, child_id);
create index guardian_phone on guardian (county_id, phone_index);
call raise_child_walls('guardian');
grant select, insert, update on guardian to quanxue_app;

-- Key-population flags with source and dates. 信教, 服刑, 早婚 are shown to township and county only.
create table key_population (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  flag text not null,
  restricted boolean not null,
  note text not null default '',
  source_id uuid not null,
  from_on date not null,
  until_on date,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, source_id) references source
);
create index key_population_child on key_population (county_id, child_id);
call raise_child_walls('key_population');
create policy restricted on key_population as restrictive to quanxue_app
  using (not restricted or (select app_system()) or (select app_role()) in ('township_officer', 'township_head', 'county_officer', 'county_approver'))
  with check (not restricted or (select app_system()) or (select app_role()) in ('township_officer', 'township_head', 'county_officer', 'county_approver'));
grant select, insert, update on key_population to quanxue_app;

-- 学籍: on whose roll, from when until when.
create table roll (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  school_id uuid not null,
  class_id uuid,
  grade smallint not null check (grade between 1 and 9),
  class_label text not null default '',
  -- 全国学籍号 holds an identity number: masked, sealed, indexed.
  roll_number_masked text,
  roll_number_sealed bytea,
  roll_number_index bytea,
  boarding text,
  status text not null,
  from_on date not null,
  until_on date,
  source_id uuid not null,
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, school_id) references unit,
  foreign key (county_id, class_id) references unit,
  foreign key (county_id, source_id) references source
);
create index roll_child on roll (county_id, child_id, from_on desc);
create index roll_school on roll (county_id, school_id) where until_on is null;
create index roll_number on roll (county_id, roll_number_index);
call raise_child_walls('roll');
grant select, insert, update on roll to quanxue_app;

-- 实际就读校: where the child really sits, which is often not the roll's school.
create table attendance_at (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  school_id uuid,
  -- A school outside the county, in words: province, city, county, school, grade.
  elsewhere text,
  proved boolean not null,
  from_on date not null,
  until_on date,
  source_id uuid not null,
  primary key (county_id, id),
  check (school_id is not null or elsewhere is not null),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, school_id) references unit,
  foreign key (county_id, source_id) references source
);
create index attendance_at_child on attendance_at (county_id, child_id, from_on desc);
call raise_child_walls('attendance_at');
grant select, insert, update on attendance_at to quanxue_app;

-- What a name is found by: its two-character pieces by equality (`like` cannot use an index behind row security),
-- its pinyin (p:) and initials (i:) as ranges, in every reading it may have.
create table name_key (
  county_id int not null references county,
  key text collate "C" not null,
  child_id uuid not null,
  primary key (county_id, key, child_id),
  foreign key (county_id, child_id) references child
);
create index name_key_child on name_key (county_id, child_id);
call raise_child_walls('name_key');
grant select, insert, delete on name_key to quanxue_app;

create policy seen_by_child on event to quanxue_app using (child_id is not null and exists (
  select from reach r where r.county_id = event.county_id and r.unit_id = (select app_unit()) and r.child_id = event.child_id and r.until >= (select app_today())));
create policy seen_by_child on look for select to quanxue_app using (child_id is not null and exists (
  select from reach r where r.county_id = look.county_id and r.unit_id = (select app_unit()) and r.child_id = look.child_id and r.until >= (select app_today())));

-- A row whose number belongs to a child of another name: a task for a person, not a failed import.
create table number_claim (
  county_id int not null references county,
  id uuid not null,
  child_id uuid not null,
  source_id uuid not null,
  kind text not null,
  said_on date not null,
  sheet text not null,
  row_number int not null,
  name text not null,
  fields jsonb not null,
  sealed bytea not null,
  made_at timestamptz not null,
  -- same_person or other_person; null while it waits.
  settled text check (settled in ('same_person', 'other_person')),
  settled_by uuid,
  settled_at timestamptz,
  note text not null default '',
  primary key (county_id, id),
  foreign key (county_id, child_id) references child,
  foreign key (county_id, source_id) references source
);
create index number_claim_child on number_claim (county_id, child_id);
call raise_child_walls('number_claim');
grant select, insert, update (settled, settled_by, settled_at, note) on number_claim to quanxue_app;
