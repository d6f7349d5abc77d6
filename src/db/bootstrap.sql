-- The cluster's roles; run once by a superuser, harmless when run again.
-- quanxue_owner owns the tables and migrates; quanxue_app and quanxue_gate are what the three doors become for one transaction;
-- quanxue_login is what the program connects as: by itself it can touch nothing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'quanxue_owner') then
    create role quanxue_owner nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  if not exists (select from pg_roles where rolname = 'quanxue_app') then
    create role quanxue_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  if not exists (select from pg_roles where rolname = 'quanxue_gate') then
    create role quanxue_gate nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  if not exists (select from pg_roles where rolname = 'quanxue_login') then
    create role quanxue_login login noinherit nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
end
$$;
grant quanxue_app, quanxue_gate to quanxue_login;
