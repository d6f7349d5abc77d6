//! The scenarios of `tests/scenarios`, each a file: facts, days with what stands on them, acts with their answer.

use crate::policy::ground::{calendar, library, scenario};

macro_rules! scenarios {
    ($($name:ident),+ $(,)?) => {
        $(#[test] fn $name() { play(stringify!($name)); })+

        #[test]
        fn every_file_is_played() {
            let folder = format!("{}/tests/scenarios", env!("CARGO_MANIFEST_DIR"));
            let mut files: Vec<String> = std::fs::read_dir(folder).unwrap()
                .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            files.sort();
            let mut played = vec![$(stringify!($name)),+];
            played.sort_unstable();
            assert_eq!(files, played);
        }
    };
}

scenarios!(
    ac_41_days_run_from_receipt_only,
    ac_60_a_valid_leave_rests_the_ladder,
    ac_61_a_return_stops_the_ladder,
    ac_65_a_visit_without_the_pupil_does_not_count,
    ac_66_68_graduation_is_named_but_not_offered,
    ac_80_a_month_without_a_joint_visit_is_overdue,
    ac_81_no_county_decision_without_a_notice,
    ac_106_no_strike_off_without_a_conclusion,
    ac_128_a_gate_once_met_stays_met,
    ac_128_a_later_step_follows_the_later_policy,
    case_of_the_design,
    found_back_waits_for_the_school,
    from_suspicion_to_the_notice,
    g1_who_must_have_gone,
    relapse_begins_a_new_round,
    rep_14_rosters_ten_days_after_the_opening,
    return_strike_off_and_after_care,
    the_edges_of_days,
    what_a_visit_needs_to_count,
);

fn play(name: &str) {
    let scenario = scenario(name);
    assert!(scenario.expects(), "{name} expects nothing");
    let played = scenario.play(&library(), &calendar()).unwrap();
    assert_eq!(played.differences, [], "{}", scenario.title);
}
