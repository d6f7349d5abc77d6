-- Flags of key populations set and ended by a person: a source neither ends the one nor sets the other anew.
alter table key_population add column set_by uuid;
alter table key_population add column ended_by uuid;
alter table key_population add column end_note text not null default '';
