-- People, their dated appointments, their sessions.

create table account (
  county_id int not null references county,
  id uuid not null,
  login text not null,
  name text not null,
  phone_masked text,
  phone_sealed bytea,
  password_hash text not null,
  -- A first password is used once, within its hours.
  must_change boolean not null,
  password_until timestamptz,
  password_set_at timestamptz not null,
  failed_count smallint not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  large_print boolean not null default false,
  created_at timestamptz not null,
  primary key (county_id, id),
  unique (county_id, login)
);
call raise_walls('account', 'true');
call open_gate('account');
grant select, insert, update on account to quanxue_app;
grant select, update on account to quanxue_gate;

create table appointment (
  county_id int not null references county,
  id uuid not null,
  user_id uuid not null,
  role text not null,
  unit_id uuid not null,
  title text not null default '',
  from_on date not null,
  until_on date check (until_on >= from_on),
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, user_id) references account,
  foreign key (county_id, unit_id) references unit
);
create index appointment_user on appointment (county_id, user_id);
create index appointment_unit on appointment (county_id, unit_id);
call raise_walls('appointment', 'true');
call open_gate('appointment');
grant select, insert, update on appointment to quanxue_app;
grant select on appointment to quanxue_gate;

create table session (
  county_id int not null references county,
  -- SHA-256 of the cookie's token.
  token_hash bytea primary key,
  public_id uuid not null unique,
  user_id uuid not null,
  -- The appointment acted under; null until one is chosen.
  appointment_id uuid,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text not null default '',
  address text not null default '',
  foreign key (county_id, user_id) references account,
  foreign key (county_id, appointment_id) references appointment
);
create index session_of_user on session (county_id, user_id);
-- The keepers of users and of accounts end others' sessions.
call raise_walls('session', $$user_id = (select app_user()) or (select app_role()) in ('system_keeper', 'security_keeper')$$);
call open_gate('session');
grant select, insert, update, delete on session to quanxue_gate;
grant select, update on session to quanxue_app;

-- Every attempt to sign in; counted per account and per address.
create table sign_in_attempt (
  county_id int not null references county,
  id bigint generated always as identity,
  login text not null,
  address text not null,
  at timestamptz not null,
  succeeded boolean not null,
  primary key (county_id, id)
);
create index sign_in_attempt_login on sign_in_attempt (county_id, login, at);
create index sign_in_attempt_address on sign_in_attempt (address, at);
call raise_walls('sign_in_attempt', $$(select app_role()) = 'security_keeper'$$);
call open_gate('sign_in_attempt');
grant select, insert on sign_in_attempt to quanxue_gate;
grant select on sign_in_attempt to quanxue_app;

-- A form that was sent after sign-out, sealed, for the same person for a day.
create table kept_form (
  county_id int not null references county,
  id uuid not null,
  user_id uuid not null,
  path text not null,
  body_sealed bytea not null,
  kept_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, user_id) references account
);
call raise_walls('kept_form', 'user_id = (select app_user())');
call open_gate('kept_form');
grant select, insert, delete on kept_form to quanxue_gate;
grant select, delete on kept_form to quanxue_app;

-- The named person at each level who answers for a child (包保责任人).
create table charge (
  county_id int not null references county,
  id uuid not null,
  unit_id uuid not null,
  -- For which of the unit's posts, and so on which line: 村级, 乡镇, 乡镇分管领导, 班级, 学校, 县级 …
  post text not null,
  name text not null,
  title text not null default '',
  -- The account, where the person has one.
  user_id uuid,
  from_on date not null,
  until_on date check (until_on >= from_on),
  created_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, unit_id) references unit,
  foreign key (county_id, user_id) references account
);
create index charge_unit on charge (county_id, unit_id, post);
call raise_walls('charge', 'true');
grant select, insert, update on charge to quanxue_app;

-- A form carries a key; the same key with the same body does nothing twice.
create table idempotency (
  county_id int not null references county,
  user_id uuid not null,
  key uuid not null,
  body_hash bytea not null,
  location text not null,
  at timestamptz not null,
  primary key (county_id, user_id, key),
  foreign key (county_id, user_id) references account
);
call raise_walls('idempotency', 'user_id = (select app_user())');
grant select, insert on idempotency to quanxue_app;
