-- How often a person did what is limited counts the last minute or hour, wherever it begins: the moments themselves are
-- kept, as many as may be at most.
alter table pace drop column since, drop column count, add column times timestamptz[] not null default '{}';
