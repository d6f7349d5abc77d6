-- One child with all that is kept of it: a check that was answered, and an open, confirmed case with one visit and a draft.
insert into source (county_id, id, kind, title, said_on, created_at)
values ({county}, pg_temp.id({county}, 'source', {n}), 'household', '户籍登记', '2026-09-01', '2026-09-01T00:00:00Z');

insert into household (county_id, id, head_name, village_id, address)
values ({county}, pg_temp.id({county}, 'household', {n}), '{name}之父', pg_temp.id({county}, 'unit', {village}), '{name}家');

insert into child (county_id, id, name, sex, birth, idno_masked, idno_sealed, idno_index, tail4_index, tail6_index, pinyin,
  registered, household_id, head_name, head_relation, domicile_township, domicile_village, domicile_text, residence_township, residence_village,
  residence_text, guardian_name, phone_masked, school_id, class_id, grade, roll_status, whereabouts, whereabouts_basis, whereabouts_on, created_at)
values ({county}, pg_temp.id({county}, 'child', {n}), '{name}', 'female', '2013-03-14', '{masked}', '\x{idno}', '\x{idno_index}', '\x{tail4}', '\x{tail6}',
  'xiaoming{n}', true, pg_temp.id({county}, 'household', {n}), '{name}之父', '女', pg_temp.id({county}, 'unit', {township}),
  pg_temp.id({county}, 'unit', {village}), '{name}家', pg_temp.id({county}, 'unit', {township}), pg_temp.id({county}, 'unit', {village}),
  '{name}家', '{name}之父', '138****0000',
  case when {on_roll} then pg_temp.id({county}, 'unit', {school}) end, case when {on_roll} then pg_temp.id({county}, 'unit', {class}) end,
  case when {on_roll} then 7 end, case when {on_roll} then 'active' end, 'dropped_out', '现场核查', '2026-09-14', '2026-09-01T00:00:00Z');

insert into reach (county_id, unit_id, child_id, kind)
select {county}, pg_temp.id({county}, 'unit', unit), pg_temp.id({county}, 'child', {n}), kind
from (values ({village}, 'domicile', true), ({village}, 'residence', true), ({township}, 'domicile', true), ({township}, 'residence', true),
  ({township}, 'school_ground', {on_roll}), ({school}, 'roll', {on_roll}), ({class}, 'class', {on_roll}),
  ({school}, 'catchment', not {on_roll})) as r (unit, kind, holds)
where holds;
insert into reach (county_id, unit_id, child_id, kind, until)
select {county}, pg_temp.id({county}, 'unit', 11), pg_temp.id({county}, 'child', {n}), 'handover', '2026-11-01' where {handed_over};

insert into statement (county_id, id, child_id, source_id, kind, said_on, sheet, row_number, fields)
values ({county}, pg_temp.id({county}, 'statement', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'source', {n}), 'household',
  '2026-09-01', '户籍', {n}, '{"name": "{name}", "birth": "2013-03-14", "sex": "female"}');

insert into guardian (county_id, id, child_id, name, relation, phone_masked, phone_sealed, source_id)
values ({county}, pg_temp.id({county}, 'guardian', {n}), pg_temp.id({county}, 'child', {n}), '{name}之父', '父亲', '138****0000', '\x{phone}',
  pg_temp.id({county}, 'source', {n}));

insert into key_population (county_id, id, child_id, flag, restricted, note, source_id, from_on)
values ({county}, pg_temp.id({county}, 'key_population', {n}), pg_temp.id({county}, 'child', {n}), 'left_behind', false, '{name}留守', pg_temp.id({county}, 'source', {n}), '2026-09-01'),
  ({county}, pg_temp.id({county}, 'key_population_restricted', {n}), pg_temp.id({county}, 'child', {n}), 'early_marriage', true, '{name}限看', pg_temp.id({county}, 'source', {n}), '2026-09-01');

insert into roll (county_id, id, child_id, school_id, class_id, grade, class_label, status, from_on, source_id)
select {county}, pg_temp.id({county}, 'roll', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'unit', {school}),
  pg_temp.id({county}, 'unit', {class}), 7, '七年级', 'active', '2026-09-01', pg_temp.id({county}, 'source', {n}) where {on_roll};

insert into attendance_at (county_id, id, child_id, school_id, proved, from_on, until_on, source_id)
values ({county}, pg_temp.id({county}, 'attendance_at', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'unit', {school}), true,
  '2026-09-01', '2026-09-08', pg_temp.id({county}, 'source', {n}));

insert into name_key (county_id, key, child_id)
select {county}, key, pg_temp.id({county}, 'child', {n}) from unnest(array[left('{name}', 2), right('{name}', 2), 'p:xiaoming{n}', 'i:xm{n}']) key;

insert into whereabouts_check (county_id, id, child_id, run_id, cause, clue, opened_on, due_on, sent_at, closed_at, closing_answer)
values ({county}, pg_temp.id({county}, 'whereabouts_check', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'match_run', 1), 'none', '{}',
  '2026-09-10', '2026-09-20', '2026-09-11T01:00:00Z', '2026-09-14T03:00:00Z', pg_temp.id({county}, 'check_answer', {n}));

insert into check_answer (county_id, id, check_id, child_id, finding, found_on, note, via, answered_at, unit_id)
values ({county}, pg_temp.id({county}, 'check_answer', {n}), pg_temp.id({county}, 'whereabouts_check', {n}), pg_temp.id({county}, 'child', {n}),
  'out_of_school', '2026-09-14', '{name}在家', 'page', '2026-09-14T02:00:00Z', pg_temp.id({county}, 'unit', {village}));

insert into child_case (county_id, id, child_id, number, kind, origin, opened_on, opened_at, confirmed_on, check_id, acting_township, school_id)
values ({county}, pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), '2026-000{n}', 'left_school', 'check', '2026-09-14',
  '2026-09-14T03:00:00Z', '2026-09-14', pg_temp.id({county}, 'whereabouts_check', {n}), pg_temp.id({county}, 'unit', {township}),
  case when {on_roll} then pg_temp.id({county}, 'unit', {school}) end);

insert into plan (county_id, id, case_id, child_id, cause, guardian_says, aid, helper, written_at)
values ({county}, pg_temp.id({county}, 'plan', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 'tired_of_school',
  '{name}之父说', '减免', '班主任', '2026-09-15T01:00:00Z');

insert into visit (county_id, id, case_id, child_id, happened_at, received_at, mode, kind, outcome, pupil_present, guardian_present, guardian_name,
  said, place, author, unit_id)
values ({county}, pg_temp.id({county}, 'visit', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}),
  '2026-09-20T02:00:00Z', '2026-09-20T04:00:00Z', 'home', 'home', 'hesitant', true, true, '{name}之父', '{name}说考虑', '{name}家',
  pg_temp.id({county}, 'account', {cadre}), pg_temp.id({county}, 'unit', {village}));

insert into participant (county_id, id, visit_id, child_id, name, title, unit_id, user_id, confirmed_at)
values ({county}, pg_temp.id({county}, 'participant', {n}), pg_temp.id({county}, 'visit', {n}), pg_temp.id({county}, 'child', {n}), '同去者', '村干部',
  pg_temp.id({county}, 'unit', {village}), pg_temp.id({county}, 'account', {cadre}), '2026-09-20T04:00:00Z');

insert into file (county_id, id, child_id, media, bytes, sha256, has_display, created_at)
values ({county}, pg_temp.id({county}, 'file', {n}), pg_temp.id({county}, 'child', {n}), 'image/jpeg', 1000, sha256('{name}'::bytea), true, '2026-09-20T04:00:00Z');

insert into evidence (county_id, id, child_id, case_id, kind, title, file_id, fact_on, visit_id, added_by, added_at)
values ({county}, pg_temp.id({county}, 'evidence', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'child_case', {n}), 'visit_photo',
  '{name}入户照片', pg_temp.id({county}, 'file', {n}), '2026-09-20', pg_temp.id({county}, 'visit', {n}), pg_temp.id({county}, 'account', {cadre}),
  '2026-09-20T04:00:00Z');

insert into paper (county_id, id, case_id, child_id, kind, unit_id, facts_sealed, drafted_by, drafted_at)
values ({county}, pg_temp.id({county}, 'paper', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 'deadline_notice',
  pg_temp.id({county}, 'unit', {township}), '\x{paper}', pg_temp.id({county}, 'account', {clerk}), '2026-10-10T01:00:00Z');

insert into case_standing (county_id, case_id, child_id, state, rung, rung_label, next_action, counted_visits, last_visit_on, due_on, policy_version, computed_on)
values ({county}, pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 'open', 'joint_visits', '联合劝返', '联合劝返', 1, '2026-09-20',
  '2026-10-20', 1, '2026-10-15');

insert into work_item (county_id, unit_id, item_key, verb, child_id, case_id, who, place, why, due_on)
values ({county}, pg_temp.id({county}, 'unit', {village}), 'case:' || pg_temp.id({county}, 'child_case', {n}) || ':log_visit', 'log_visit',
  pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'child_case', {n}), '{name}', '{name}家', '还差2次', '2026-10-20');
