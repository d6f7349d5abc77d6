-- Who found a child out of school and how, where a case was opened by hand rather than by a check.
alter table child_case add column found_by text not null default '';
alter table child_case add column found_how text not null default '';
