-- What a case has only when it has run its course: one row in every table that the open case leaves empty.
insert into service (county_id, id, paper_id, case_id, child_id, method, delivered_on, effective_on, recipient, recorded_by, recorded_at)
values ({county}, pg_temp.id({county}, 'service', {n}), pg_temp.id({county}, 'paper', {n}), pg_temp.id({county}, 'child_case', {n}),
  pg_temp.id({county}, 'child', {n}), 'direct', '2026-10-11', '2026-10-11', '{name}之父', pg_temp.id({county}, 'account', {clerk}), '2026-10-11T02:00:00Z');

insert into expiry_check (county_id, id, paper_id, case_id, child_id, checked_on, returned, recorded_by, recorded_at)
values ({county}, pg_temp.id({county}, 'expiry_check', {n}), pg_temp.id({county}, 'paper', {n}), pg_temp.id({county}, 'child_case', {n}),
  pg_temp.id({county}, 'child', {n}), '2026-10-14', true, pg_temp.id({county}, 'account', {clerk}), '2026-10-14T02:00:00Z');

insert into school_return (county_id, id, case_id, child_id, school_id, returned_on, grade, confirmed_by, confirmed_at)
values ({county}, pg_temp.id({county}, 'school_return', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}),
  pg_temp.id({county}, 'unit', {school}), '2026-10-13', 7, pg_temp.id({county}, 'account', {clerk}), '2026-10-13T02:00:00Z');

insert into ladder_step (county_id, id, case_id, child_id, rung, taken_on, recorded_by, recorded_unit, recorded_at)
values ({county}, pg_temp.id({county}, 'ladder_step', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}),
  'written_report', '2026-10-14', pg_temp.id({county}, 'account', {clerk}), pg_temp.id({county}, 'unit', {township}), '2026-10-14T02:00:00Z');

insert into ladder_skip (county_id, id, case_id, child_id, rung, reason, proposed_by, proposed_unit, proposed_on, proposed_at)
values ({county}, pg_temp.id({county}, 'ladder_skip', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 'penalty',
  '{name}案无处罚依据', pg_temp.id({county}, 'account', {clerk}), pg_temp.id({county}, 'unit', {township}), '2026-10-14', '2026-10-14T03:00:00Z');

insert into ladder_skip_decision (county_id, skip_id, case_id, child_id, approved, decided_on, decided_by, decided_at)
values ({county}, pg_temp.id({county}, 'ladder_skip', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), true,
  '2026-10-14', pg_temp.id({county}, 'account', 8), '2026-10-14T04:00:00Z');

insert into paper_signature (county_id, paper_id, case_id, child_id, organ, unit_id, signed_on, signed_by, signed_at)
values ({county}, pg_temp.id({county}, 'paper', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 'township',
  pg_temp.id({county}, 'unit', {township}), '2026-10-14', pg_temp.id({county}, 'account', {clerk}), '2026-10-14T04:00:00Z');

insert into disposition (county_id, id, case_id, child_id, kind, facts, proposed_by, proposed_unit, proposed_on, proposed_at)
values ({county}, pg_temp.id({county}, 'disposition', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 'returned', '{}',
  pg_temp.id({county}, 'account', {clerk}), pg_temp.id({county}, 'unit', {township}), '2026-10-14', '2026-10-14T03:00:00Z');

insert into disposition_decision (county_id, disposition_id, case_id, child_id, approved, decided_on, decided_by, decided_at)
values ({county}, pg_temp.id({county}, 'disposition', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), true,
  '2026-10-14', pg_temp.id({county}, 'account', 8), '2026-10-14T04:00:00Z');

insert into strike_off (county_id, id, case_id, child_id, conclusion, disposition_id, struck_on, struck_by, struck_at)
values ({county}, pg_temp.id({county}, 'strike_off', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}),
  'returned', pg_temp.id({county}, 'disposition', {n}), '2026-10-14', pg_temp.id({county}, 'account', {clerk}), '2026-10-14T05:00:00Z');

insert into aftercare (county_id, id, case_id, child_id, after_days, contacted_on, at_school, recorded_by, recorded_at)
values ({county}, pg_temp.id({county}, 'aftercare', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), 30,
  '2026-10-15', true, pg_temp.id({county}, 'account', {cadre}), '2026-10-15T00:00:00Z');

insert into reopening (county_id, id, case_id, child_id, reopened_on, reason, reopened_by, reopened_at)
values ({county}, pg_temp.id({county}, 'reopening', {n}), pg_temp.id({county}, 'child_case', {n}), pg_temp.id({county}, 'child', {n}), '2026-10-15',
  '{name}又离校', pg_temp.id({county}, 'account', {clerk}), '2026-10-15T00:30:00Z');

insert into look (county_id, at, user_id, role, kind, child_id)
values ({county}, '2026-10-14T00:00:00Z', pg_temp.id({county}, 'account', 7), 'county_officer', 'child', pg_temp.id({county}, 'child', {n}));

insert into number_claim (county_id, id, child_id, source_id, kind, said_on, sheet, row_number, name, fields, sealed, made_at)
values ({county}, pg_temp.id({county}, 'number_claim', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'source', {n}), 'household',
  '2026-09-01', '户籍', 9, '{name}的同号', '{}', '\x00', '2026-09-01T00:00:00Z');

insert into child_merge (county_id, id, child_id, merged_id, reason, statements, claims, flags, checks, merged_at)
values ({county}, pg_temp.id({county}, 'child_merge', {n}), pg_temp.id({county}, 'child', {n}), pg_temp.id({county}, 'child', {n}),
  '同一人', '{}', '{}', '{}', '{}', '2026-09-01T00:00:00Z');

insert into print_batch (county_id, id, kind, created_by, created_at, until_on, asked)
values ({county}, pg_temp.id({county}, 'print_batch', {n}), 'deadline_notice', pg_temp.id({county}, 'account', {clerk}), '2026-10-14T01:00:00Z',
  '2026-10-21', 1);

insert into print_batch_paper (county_id, batch_id, place, paper_id, child_id)
values ({county}, pg_temp.id({county}, 'print_batch', {n}), 1, pg_temp.id({county}, 'paper', {n}), pg_temp.id({county}, 'child', {n}));
