//! Dispositions: what a policy asks before a case may end or pause in one, and what goes on afterwards.

mod checklist;
