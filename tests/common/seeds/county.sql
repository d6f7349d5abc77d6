-- One county: its units on both lines, catchments, terms, holidays, charges.
insert into county (county_id, name, province, city, wrapped_key, created_at)
values ({county}, '{name}', '{province}', '{city}', '\x{wrapped}', '2026-09-01T00:00:00Z');

insert into unit (county_id, id, kind, name, code, government_parent, education_parent, township_id, stage, grade)
select {county}, pg_temp.id({county}, 'unit', n), kind, name, code, pg_temp.id({county}, 'unit', government),
  pg_temp.id({county}, 'unit', education), pg_temp.id({county}, 'unit', township), stage, grade
from (values
  (1, 'county', '{name}', '{county}', null, null, null, null, null),
  (10, 'township', '{mark}乡', '{county}205', 1, null, null, null, null),
  (11, 'village', '{mark}乡齐心村', '{county}205201', 10, null, 10, null, null),
  (12, 'village', '{mark}乡同心村', '{county}205202', 10, null, 10, null, null),
  (20, 'township', '{mark}远镇', '{county}107', 1, null, null, null, null),
  (21, 'village', '{mark}远镇高岭村', '{county}107200', 20, null, 20, null, null),
  (61, 'centre_school', '{mark}中心学校', null, null, 1, 10, null, null),
  (31, 'school', '{mark}乡九年制学校', null, null, 61, 10, 'nine_year', null),
  (32, 'school', '{mark}远镇中学', null, null, 1, 20, 'junior', null),
  (41, 'class', '七年级1班', null, null, 31, 10, null, 7),
  (42, 'class', '七年级2班', null, null, 31, 10, null, 7),
  (43, 'class', '七年级1班', null, null, 32, 20, null, 7)
) as u (n, kind, name, code, government, education, township, stage, grade);

insert into catchment (county_id, village_id, stage, school_id)
select {county}, pg_temp.id({county}, 'unit', village), stage, pg_temp.id({county}, 'unit', school)
from (values (11, 'primary', 31), (11, 'junior', 31), (12, 'primary', 31), (12, 'junior', 31), (21, 'junior', 32)) as c (village, stage, school);

insert into term (county_id, id, starts_on, ends_on) values
  ({county}, '2025-2026-2', '2026-02-23', '2026-07-10'),
  ({county}, '2026-2027-1', '2026-09-01', '2027-01-22'),
  ({county}, '2026-2027-2', '2027-02-22', '2027-07-09');

insert into calendar_day (county_id, day, kind, name)
select {county}, day::date, 'holiday', '国庆节' from generate_series('2026-10-01'::date, '2026-10-07', '1 day') day;
insert into calendar_day (county_id, day, kind, name) values ({county}, '2026-10-10', 'workday', '国庆节调休');

insert into charge (county_id, id, unit_id, post, name, title, from_on, created_at)
values ({county}, pg_temp.id({county}, 'charge', 1), pg_temp.id({county}, 'unit', 11), 'village', '{mark}包保人', '村支书', '2026-09-01', '2026-09-01T00:00:00Z');

insert into match_run (county_id, id, reference_on, registered_of_school_age, registered_not_enrolled, enrolled_not_registered, created_at)
values ({county}, pg_temp.id({county}, 'match_run', 1), '2026-09-10', 5, 5, 0, '2026-09-10T00:00:00Z');

-- What the registrar of the school brought: an import that was read, and its job.
insert into file (county_id, id, uploaded_by, unit_id, media, bytes, sha256, created_at)
values ({county}, pg_temp.id({county}, 'file', 90), pg_temp.id({county}, 'account', 3), pg_temp.id({county}, 'unit', 31), 'text/csv', 1000, '\x00', '2026-10-14T01:00:00Z');
insert into import (county_id, id, kind, file_id, file_name, said_on, created_by, unit_id, created_at, rows, good, faults, repairs)
values ({county}, pg_temp.id({county}, 'import', 1), 'school', pg_temp.id({county}, 'file', 90), '{mark}学籍.csv', '2026-10-14', pg_temp.id({county}, 'account', 3),
  pg_temp.id({county}, 'unit', 31), '2026-10-14T01:00:00Z', 0, 0, '[]', '[]');
insert into job (county_id, id, kind, payload, run_at, finished_at, created_by, unit_id, created_at)
values ({county}, pg_temp.id({county}, 'job', 1), 'import', '{}', '2026-10-14T01:00:00Z', '2026-10-14T01:00:05Z', pg_temp.id({county}, 'account', 3),
  pg_temp.id({county}, 'unit', 31), '2026-10-14T01:00:00Z');
