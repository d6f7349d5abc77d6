-- One county's children, rolls and cases, the same ones whenever it is filled. Run by bin/bench over a county that was
-- founded, as a superuser, with the variables county, children, open, closed. Names are invented.
set session_replication_role = replica; -- keys hold by construction; each of them looked up would take minutes
begin;

create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable as
  $$ select md5(current_setting('bench.county') || kind || n)::uuid $$;
select set_config('bench.county', :'county', false);

create temp table village on commit drop as
  select row_number() over (order by code) - 1 as n, id, township_id as township, name from unit where county_id = :county and kind = 'village';
create temp table township on commit drop as
  select row_number() over (order by code) - 1 as n, id from unit where county_id = :county and kind = 'township';

-- A hundred and fifty schools over the townships, five classes of each grade between them.
insert into unit (county_id, id, kind, name, education_parent, township_id, stage)
select :county, pg_temp.id('school', i), 'school', '第' || i || '学校', (select id from unit where county_id = :county and kind = 'county'),
  t.id, 'nine_year'
from generate_series(0, 149) i join township t on t.n = i % (select count(*) from township);
create temp table school on commit drop as
  select i as n, pg_temp.id('school', i) as id, u.township_id as township from generate_series(0, 149) i
  join unit u on u.county_id = :county and u.id = pg_temp.id('school', i);

insert into source (county_id, id, kind, title, said_on, created_at)
values (:county, pg_temp.id('source', 1), 'household', '户籍登记', '2026-09-01', '2026-09-01T00:00:00Z');
insert into file (county_id, id, media, bytes, sha256, created_at)
values (:county, pg_temp.id('file', 1), 'image/jpeg', 1000, '\x00', '2026-09-01T00:00:00Z');

-- Children of six to fifteen, each on one roll.
create temp table c on commit drop as
select i as n, pg_temp.id('child', i) as id,
  substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏', 1 + (i * 7) % 30, 1)
    || substr('小大晓思雨文志建春秋', 1 + (i / 30) % 10, 1) || substr('明华芳强丽军英杰梅兰竹禾田雪林', 1 + (i / 300) % 15, 1) as name,
  ('2011-09-01'::date + (i * 37 % 3285)::int) as birth, v.id as village, v.township, v.name as place, s.id as school,
  s.township as school_ground
from generate_series(1, :children) i
join village v on v.n = i % (select count(*) from village)
join school s on s.n = i % 150;

insert into child (county_id, id, name, sex, birth, idno_masked, pinyin, registered, head_name, head_relation, domicile_township,
  domicile_village, domicile_text, residence_township, residence_village, residence_text, guardian_name, school_id, grade,
  roll_status, whereabouts, created_at)
select :county, id, name, case when n % 2 = 0 then 'male' else 'female' end, birth, '500***********000' || n % 10, 'bench' || n, true,
  name || '之父', '父亲', township, village, place, township, village, place, name || '之父', school,
  least(9, greatest(1, extract(year from age('2026-09-01', birth))::int - 5)), 'active', 'unknown', '2026-09-01T00:00:00Z'
from c;

insert into reach (county_id, unit_id, child_id, kind)
select :county, r.unit, c.id, r.kind from c, lateral (values (village, 'domicile'), (village, 'residence'), (township, 'domicile'),
  (township, 'residence'), (school_ground, 'school_ground'), (school, 'roll')) r (unit, kind);

insert into roll (county_id, id, child_id, school_id, grade, class_label, status, from_on, source_id)
select :county, pg_temp.id('roll', n), id, school, least(9, greatest(1, extract(year from age('2026-09-01', birth))::int - 5)), '',
  'active', '2026-09-01', pg_temp.id('source', 1) from c;

-- Cases: the first are open since this autumn, the others were closed in spring. An open one stands anywhere on the ladder:
-- none to four visits, then a notice, its service, its expiry.
create temp table k on commit drop as
select n, n <= :open as is_open, pg_temp.id('case', n) as id, c.id as child, township, village, school, n % 7 as stage,
  case when n <= :open then '2026-09-01'::date + (n % 12)::int else '2026-03-02'::date + (n % 30)::int end as opened,
  case when n <= :open then 2 else 6 end as pace
from c where n <= :open + :closed;

insert into child_case (county_id, id, child_id, number, kind, origin, opened_on, opened_at, confirmed_on, acting_township, school_id, version)
select :county, id, child, '2026-' || lpad(n::text, 6, '0'), 'left_school', 'check', opened, opened + time '04:00', opened + 2, township,
  school, 0 from k;

create temp table g on commit drop as
select pg_temp.id('visit', k.n * 10 + nth) as id, k.id as case_id, k.child, k.township, k.village, k.school,
  k.opened + 2 + nth * k.pace as day, k.n, nth
from k, generate_series(1, 4) nth where not k.is_open or nth <= k.stage;

insert into visit (county_id, id, case_id, child_id, happened_at, received_at, mode, outcome, pupil_present, guardian_present, author, unit_id)
select :county, id, case_id, child, day + time '02:00', day + time '05:00', 'home', 'refused', true, true, pg_temp.id('account', 1), township
from g;
insert into participant (county_id, id, visit_id, child_id, name, unit_id, user_id, confirmed_at)
select :county, pg_temp.id('participant' || p.kind, g.n * 10 + g.nth), g.id, g.child, '同去人', p.unit, pg_temp.id('account', p.user_n),
  g.day + time '06:00'
from g, lateral (values ('t', g.township, 1), ('v', g.village, 2), ('s', g.school, 3)) p (kind, unit, user_n);
insert into evidence (county_id, id, child_id, case_id, kind, file_id, fact_on, visit_id, added_by, added_at)
select :county, pg_temp.id('evidence', n * 10 + nth), child, case_id, 'visit_photo', pg_temp.id('file', 1), day, id, pg_temp.id('account', 1),
  day + time '05:00' from g;

-- 5: a draft, 6: served, its days running or over.
insert into paper (county_id, id, case_id, child_id, kind, unit_id, year, number, facts_sealed, deadline_on, drafted_by, drafted_at, issued_by,
  issued_at, issued_on)
select :county, pg_temp.id('paper', n), id, child, 'deadline_notice', township, 2026, case when issued then n end, '\x00',
  case when issued then opened + 25 end, pg_temp.id('account', 1), opened + 12 + time '03:00',
  case when issued then pg_temp.id('account', 4) end, case when issued then opened + 13 + time '03:00' end,
  case when issued then opened + 13 end
from (select *, not is_open or stage = 6 as issued from k) k where not is_open or stage >= 5;
insert into service (county_id, id, paper_id, case_id, child_id, method, delivered_on, effective_on, recorded_by, recorded_at)
select :county, pg_temp.id('service', n), pg_temp.id('paper', n), id, child, 'direct', opened + 14, opened + 14, pg_temp.id('account', 1),
  opened + 14 + time '08:00' from k where not is_open or stage = 6;

insert into school_return (county_id, id, case_id, child_id, school_id, returned_on, confirmed_by, confirmed_at)
select :county, pg_temp.id('return', n), id, child, school, opened + 40, pg_temp.id('account', 3), opened + 40 + time '03:00' from k
where not is_open;
insert into strike_off (county_id, id, case_id, child_id, conclusion, struck_on, struck_by, struck_at)
select :county, pg_temp.id('strike', n), id, child, 'returned', opened + 42, pg_temp.id('account', 4), opened + 42 + time '03:00' from k
where not is_open;
insert into aftercare (county_id, id, case_id, child_id, after_days, contacted_on, at_school, recorded_by, recorded_at)
select :county, pg_temp.id('care' || d, n), id, child, d, opened + 40 + d, true, pg_temp.id('account', 3), opened + 40 + d + time '03:00'
from k, unnest(array[30, 60, 90]) d where not is_open;

insert into case_counter values (:county, 2026, :open + :closed) on conflict do nothing;
commit;
analyze;
