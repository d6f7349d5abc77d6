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
    ac_01_after_48_hours_township_and_bureau_are_told,
    ac_03_hours_pass_over_the_weekend,
    ac_05_unknown_whereabouts_do_not_wait,
    ac_06_more_than_three_days_is_the_fourth,
    ac_08_the_fifth_day_is_told_and_the_sixth_is_marked,
    ac_10_suspected_for_over_a_month_becomes_dropped,
    ac_11_who_is_back_stays_back,
    ac_13_without_the_rule_a_mark_never_changes_by_itself,
    ac_15_three_days_of_leave_are_not_the_class_teachers,
    ac_16_five_days_of_leave_are_the_principals,
    ac_18_one_pen_grants_every_leave,
    ac_20_an_opening_sets_four_days,
    ac_21_layers_add_their_tasks,
    ac_25_six_by_the_last_of_august,
    ac_26_a_deferral_needs_the_signed_application,
    ac_26_a_first_entry_is_put_off_by_a_year_at_most,
    ac_28_sixteen_is_in_one_register_and_not_in_the_other,
    ac_30_before_the_exam_schools_are_watched,
    ac_31_a_week_after_the_opening_the_family_is_visited,
    ac_33_two_visits_do_not_open_the_notice,
    ac_35_three_visits_and_the_report_open_the_notice,
    ac_36_a_school_does_not_issue_the_townships_notice,
    ac_38_a_notice_without_its_last_day_is_only_a_draft,
    ac_40_no_penalty_without_the_report_of_the_school,
    ac_41_days_run_from_receipt_only,
    ac_43_no_penalty_without_the_report_of_the_centre_school,
    ac_45_a_referral_after_a_penalty_or_a_skip_by_two,
    ac_46_a_report_in_the_system_alone_is_none,
    ac_46_the_scan_of_the_paper_report_is_on_file,
    ac_48_first_the_order_then_the_notice,
    ac_50_the_county_prints_and_the_township_seals,
    ac_51_either_authority_orders,
    ac_51_no_penalty_after_the_order,
    ac_53_the_notice_comes_first_and_all_three_sign_it,
    ac_55_not_each_of_those_who_went_has_signed,
    ac_56_the_county_tells_the_township_and_the_government,
    ac_58_no_court_before_the_seventh_gate,
    ac_60_a_valid_leave_rests_the_ladder,
    ac_61_a_return_on_the_longer_ladder,
    ac_61_a_return_stops_the_ladder,
    ac_63_a_hand_over_in_writing_is_signed_for,
    ac_65_a_visit_without_the_pupil_does_not_count,
    ac_66_a_graduation_with_all_five_items,
    ac_68_a_certificate_before_the_last_visit,
    ac_70_leave_needs_a_county_hospital_and_two_approvals,
    ac_71_leave_that_ends_is_reminded_of_and_never_lengthened_silently,
    ac_73_forty_sessions_make_the_year,
    ac_73_thirty_nine_sessions_fall_short_of_the_year,
    ac_75_a_session_with_one_teacher,
    ac_76_a_month_without_the_signed_plan_is_not_ready,
    ac_78_an_exemption_without_the_seal_of_the_bureau,
    ac_78_guangde_has_no_exemption,
    ac_80_a_month_without_a_joint_visit_is_overdue,
    ac_81_no_county_decision_without_a_notice,
    ac_83_the_poverty_group_after_three_visits_or_a_ruling,
    ac_85_the_boy_himself_does_not_consent,
    ac_86_no_vocational_school_before_twelve,
    ac_88_no_conclusion_without_the_proof_of_acceptance,
    ac_90_compelled_return_stays_in_the_ledger,
    ac_91_remote_teaching_from_sixteen_and_after_a_visit,
    ac_93_a_corrected_age_that_is_still_of_school_age,
    ac_95_the_police_say_who_is_missing,
    ac_96_an_expert_opinion_without_the_seals,
    ac_98_a_roll_number_and_an_identity_number,
    ac_100_a_proof_of_school_elsewhere_needs_seal_and_three_recipients,
    ac_101_a_transfer_that_the_receiving_school_has_not_signed,
    ac_103_a_pupil_from_elsewhere_is_told_to_the_home_bureau,
    ac_105_whereabouts_unknown_is_no_conclusion,
    ac_106_no_strike_off_without_a_conclusion,
    ac_108_inclusion_needs_its_agreement_and_who_stays_away_is_looked_into,
    ac_110_the_districts_report_is_due_on_the_second,
    ac_111_silence_is_no_zero_report,
    ac_113_a_quarter_of_yubei,
    ac_128_a_gate_once_met_stays_met,
    ac_128_a_later_step_follows_the_later_policy,
    amb_25_a_leave_is_written_off_and_followed,
    case_of_the_design,
    det_23_liability_moves_with_the_hand_over,
    found_back_waits_for_the_school,
    from_suspicion_to_the_notice,
    g1_who_must_have_gone,
    g7_only_the_township_orders,
    law_1_8_a_county_that_demands_before_the_remedies_lapse,
    law_1_8_an_order_from_service_to_the_court,
    lad_a_persuasion_goes_on_until_both_have_signed,
    lad_e_zaozhuang_from_the_notice_to_the_court,
    penalty_from_filing_to_the_court,
    penalty_not_when_the_child_is_back,
    penalty_on_the_spot_and_deferred,
    penalty_remedies_taken,
    penalty_with_a_hearing,
    penalty_without_a_basis,
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
