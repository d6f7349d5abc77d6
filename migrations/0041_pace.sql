-- How often a person did what is limited (search 30 a minute, reveals 60 an hour): one row a person and kind of act.
create table pace (
  county_id int not null references county,
  user_id uuid not null,
  what text not null check (what in ('search', 'reveal')),
  -- The beginning of the minute or hour that is counted.
  since timestamptz not null,
  count int not null,
  primary key (county_id, user_id, what),
  foreign key (county_id, user_id) references account
);
call raise_walls('pace', 'user_id = (select app_user())');
grant select, insert, update on pace to quanxue_app;
