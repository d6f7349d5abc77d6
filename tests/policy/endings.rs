//! Endings: no order of facts lets an act through whose condition is unmet, and a fact that counts never makes more unmet.

use proptest::prelude::*;
use quanxue::domain::case::{Act, Actor, Facts, may};
use quanxue::domain::ids::{UnitId, UserId};
use quanxue::domain::policy::{Organ, Policies};
use quanxue::domain::role::Role;
use quanxue::domain::trial::id;
use quanxue::domain::words::DispositionKind;

use crate::policy::ground::{calendar, day, library, scenario, zuolan_with};

/// The vocational pupil of AC-88, with all that the proposal asks for.
fn whole() -> (Facts, Policies) {
    let scenario = scenario("ac_88_no_conclusion_without_the_proof_of_acceptance");
    let policies = scenario.policies(&library()).unwrap();
    let mut facts = scenario.facts.unwrap();
    facts.dispositions.clear();
    (facts, policies)
}

/// What stands against proposing 中职 in October.
fn unmet(facts: &Facts, policies: &Policies) -> usize {
    let actor = Actor {
        user: UserId(id("principal")),
        role: Role::Principal,
        unit: UnitId(id("中心小学")),
        organ: Organ::School,
    };
    let act = Act::Propose { kind: DispositionKind::Vocational };
    may(act, &actor, facts, policies, &calendar(), day("2026-10-30")).err().map_or(0, |refusal| refusal.unmet.len())
}

/// Some of the facts, in an order that the seed gives.
fn some(all: &Facts, kept: u32, turned: usize) -> Facts {
    let mut facts = all.clone();
    let mut bit = 0;
    let mut keep = || {
        bit += 1;
        kept & (1 << (bit - 1)) != 0
    };
    facts.visits.retain(|_| keep());
    facts.consents.retain(|_| keep());
    facts.findings.retain(|_| keep());
    facts.evidence.retain(|_| keep());
    let turn = |len: usize| if len == 0 { 0 } else { turned % len };
    let by = turn(facts.visits.len());
    facts.visits.rotate_left(by);
    let by = turn(facts.consents.len());
    facts.consents.rotate_left(by);
    let by = turn(facts.evidence.len());
    facts.evidence.rotate_left(by);
    facts
}

/// Three visits, two consents, one finding, and the application, which is the first of three files.
const NEEDED: u32 = 0b111_1111;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Let through exactly where all is there, whatever the order in which it was written down.
    #[test]
    fn only_what_is_whole_is_let_through(kept in 0_u32..512, turned in 0_usize..6) {
        let (all, policies) = whole();
        let facts = some(&all, kept, turned);
        prop_assert_eq!(unmet(&facts, &policies) == 0, kept & NEEDED == NEEDED, "{:b}", kept);
        prop_assert_eq!(unmet(&facts, &policies), unmet(&some(&all, kept, 0), &policies), "the order does not count");
    }

    /// One fact more that counts is never one thing more unmet.
    #[test]
    fn a_fact_that_counts_never_makes_more_unmet(kept in 0_u32..512, more in 0_u32..9) {
        let (all, policies) = whole();
        let (less, more) = (some(&all, kept, 0), some(&all, kept | (1 << more), 0));
        prop_assert!(unmet(&more, &policies) <= unmet(&less, &policies));
    }
}

/// The sentences of what is wrong with a county's own dispositions.
fn refused(own: &str) -> String {
    let told = zuolan_with(own);
    assert!(told.is_err(), "taken for sound: {own}");
    told.unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A disposition that the county adds: whose it is, and the rest.
fn added(rest: &str) -> String {
    let hands = "by = { organ = \"school\", roles = [\"principal\"] }\napprove = [{ organ = \"education_bureau\", roles = [\"county_approver\"] }]";
    format!("[[disposition]]\nid = \"vocational\"\nbasis = {{ text = \"县定\" }}\n{hands}\n{rest}")
}

#[test]
fn a_disposition_that_contradicts_itself_is_refused_at_its_key() {
    for (own, said) in [
        (
            "[[disposition]]\nid = \"missing\"\nbasis = { text = \"县定\" }".to_owned(),
            "disposition.missing：要写明由谁提请（by）、由谁审批（approve）",
        ),
        (added("conditions = [{ is = \"tall\" }]"), "conditions.第1项：不认识“tall”，is 可以写：age_at_least"),
        (added("conditions = [{ is = \"consents\", of = [] }]"), "of 里至少写一项"),
        (
            added("conditions = [{ is = \"visits\", gate = \"vocational\" }]"),
            "没有写安排中职前要几次劝返，请先写 gate.vocational",
        ),
        (added("conditions = [{ any = [{ is = \"relapsed\" }] }]"), "any 里至少写两项"),
        (added("conditions = [{ is = \"grade\", grades = [10] }]"), "年级应是 1 到 9"),
        (
            added(
                "items = [{ id = \"a\", label = \"甲\", need = \"school_confirmed\", at = \"propose\", seals = [\"police\"] }]",
            ),
            "只能对材料（evidence）写",
        ),
        (
            added(
                "items = [{ id = \"a\", label = \"甲\", evidence = \"photo\", at = \"propose\", copies = 1, recipients = [\"bureau\", \"township\"] }]",
            ),
            "份数（copies）不能少于报送的单位",
        ),
        (
            added(
                "effect = \"stays\"\nitems = [{ id = \"a\", label = \"甲\", evidence = \"photo\", at = \"strike_off\" }]",
            ),
            "这一处置留在台账里",
        ),
        (
            added(
                "[disposition.follow_up]\nby = { organ = \"school\", roles = [\"principal\"] }\nbasis = { text = \"县定\" }",
            ),
            "写明跟踪什么",
        ),
        ("[home_teaching]\nlessons_year = 80\nteachers = 0".to_owned(), "teachers 不能为零"),
        ("[[disposition]]\nid = \"returned\"\nconditions = [{ is = \"relapsed\" }]".to_owned(), "复学由学校确认到校"),
    ] {
        let told = refused(&own);
        assert!(told.contains(said), "{own}\n{told}");
    }
}
