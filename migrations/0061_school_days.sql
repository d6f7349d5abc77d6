-- Days on which the county's schools teach though they are not worked (make-up school days), or do not teach though they
-- are worked; working days stay what they are.
create table school_day (
  county_id int not null references county,
  day date not null,
  taught boolean not null,
  name text not null,
  primary key (county_id, day)
);
call raise_walls('school_day', 'true');
call open_gate('school_day');
grant select, insert, update, delete on school_day to quanxue_app;
grant select on school_day to quanxue_gate;
