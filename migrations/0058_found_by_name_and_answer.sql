-- Children are sought by just their name before another of it is made, and proofs by the answer they came with.
create index child_name on child (county_id, name) where merged_into is null;
create index evidence_answer on evidence (county_id, check_answer_id) where check_answer_id is not null;
