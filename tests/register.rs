//! The two rosters of 城口县 go in, the comparison counts as the truth counts, and the same file twice changes nothing.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use bytes::Bytes;
use common::{HERE, World};
use quanxue::app::county_setup::{add_county, add_schools};
use quanxue::app::imports::{self, Brought, Mode, Taken, Undone};
use quanxue::app::{compare, policy, school_list};
use quanxue::db::children::{self, ChildFilter, ChildOrder};
use quanxue::db::imports as stored;
use quanxue::domain::actor::Actor;
use quanxue::domain::balance::balance;
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::ImportId;
use quanxue::domain::role::UnitKind;
use quanxue::domain::school_age::births;
use quanxue::domain::words::{SourceKind, Whereabouts};

const TRUTH: &str = include_str!("rosters/chengkou/truth.json");

struct County {
    world: World,
    system: Actor,
}

impl County {
    async fn made() -> Self {
        let world = World::bare().await;
        let system = Actor::system(HERE.id(), "test");
        add_county(&world.services, HERE.id()).await.unwrap().unwrap();
        add_schools(&world.services, &system, &school_list::read(TRUTH).unwrap()).await.unwrap().unwrap();
        let from = "2026-09-01".parse().unwrap();
        policy::adopt(&world.services, &system, "zuolan-2024", from, "").await.unwrap().unwrap();
        Self { world, system }
    }

    async fn bring(&self, kind: SourceKind, name: &str) -> ImportId {
        let bytes = std::fs::read(format!("tests/rosters/chengkou/{name}")).unwrap();
        let mut write = self.world.db().write(&self.system).await.unwrap();
        let brought = imports::bring(&self.world.services, &mut write, kind, Bytes::from(bytes), name).await.unwrap();
        let Brought::Waiting(id) = brought else { panic!("{brought:?}") };
        write.commit(Event::new(EventKind::ImportUploaded)).await.unwrap();
        imports::look(&self.world.services, &self.system, id).await.unwrap();
        id
    }

    async fn take(&self, id: ImportId, mode: Mode) -> Taken {
        imports::take(&self.world.services, &self.system, id, mode, &[]).await.unwrap()
    }

    async fn both(&self) {
        for (kind, name) in [(SourceKind::Household, "household.xlsx"), (SourceKind::School, "school.xlsx")] {
            let id = self.bring(kind, name).await;
            assert!(matches!(self.take(id, Mode::GoodRows).await, Taken::In(_)));
        }
    }

    async fn names(&self, filter: &ChildFilter) -> (BTreeSet<String>, i64) {
        let mut read = self.world.db().read(&self.system).await.unwrap();
        let page = children::list(&mut read, filter, ChildOrder::Name, 2000, 0).await.unwrap();
        (page.lines.iter().filter_map(|l| l.idno_masked.clone()).collect(), page.total)
    }
}

fn truth() -> serde_json::Value {
    serde_json::from_str(TRUTH).unwrap()
}

#[tokio::test]
async fn the_comparison_counts_as_the_truth_counts() {
    let made = County::made().await;
    made.both().await;
    let counts = compare::run(&made.world.services, &made.system).await.unwrap();
    let truth = &truth()["match"];
    let listed = |key: &str| truth[key].as_array().unwrap().len();
    assert_eq!(counts.registered_of_school_age as u64, truth["registered_of_school_age"].as_u64().unwrap());
    assert_eq!(counts.registered_not_enrolled, listed("registered_not_enrolled"));
    assert_eq!(counts.enrolled_not_registered, listed("enrolled_not_registered"));
    assert_eq!(counts.opened, listed("registered_not_enrolled"));

    let again = compare::run(&made.world.services, &made.system).await.unwrap();
    assert_eq!((again.opened, again.settled), (0, 0), "a second comparison opens nothing new");
}

#[tokio::test]
async fn the_balance_sums_to_the_register_and_every_figure_has_its_names() {
    let county = County::made().await;
    county.both().await;
    compare::run(&county.world.services, &county.system).await.unwrap();
    let services = &county.world.services;
    let mut read = services.db.read(&county.system).await.unwrap();
    let rules = policy::rules(services, &mut read).await.unwrap();
    let today = services.db.clock().today();
    let births = births(&rules.on(today).age, today);
    let mut counted = children::count_by_township(&mut read, births).await.unwrap();
    counted.extend(children::count_from_elsewhere(&mut read).await.unwrap());
    let units = services.units(HERE.id()).await.unwrap();
    let table = balance(units.of_kind(UnitKind::Township).map(|u| u.id), &counted);
    drop(read);
    assert_eq!(table.total.registered(), 889);
    assert_eq!(table.total.of(Whereabouts::Unknown), 28);
    assert_eq!(table.total.from_elsewhere, 38);
    for row in &table.rows {
        for &class in Whereabouts::ALL {
            let filter = ChildFilter {
                township: row.unit,
                no_township: row.unit.is_none(),
                whereabouts: Some(class),
                registered: Some(true),
                births: Some(births),
                ..ChildFilter::default()
            };
            assert_eq!(county.names(&filter).await.1, row.of(class), "{:?} {class}", row.unit);
        }
    }
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_an_import_can_be_taken_back() {
    let county = County::made().await;
    let first = county.bring(SourceKind::Household, "household.xlsx").await;
    let Taken::In(receipt) = county.take(first, Mode::GoodRows).await else { panic!("refused") };
    assert_eq!((receipt.new, receipt.changed, receipt.unchanged), (1160, 0, 0));

    let second = county.bring(SourceKind::Household, "household.xlsx").await;
    let Taken::In(receipt) = county.take(second, Mode::GoodRows).await else { panic!("refused") };
    assert_eq!((receipt.new, receipt.changed, receipt.unchanged), (0, 0, 1160));

    let undone = imports::undo(&county.world.services, &county.system, first).await.unwrap();
    assert_eq!(undone, Undone::Done(1160));
    assert_eq!(county.names(&ChildFilter::default()).await.1, 0);
}

#[tokio::test]
async fn all_or_nothing_takes_nothing_when_a_row_is_wrong() {
    let county = County::made().await;
    let id = county.bring(SourceKind::Household, "household.xlsx").await;
    let Taken::Refused(why) = county.take(id, Mode::AllOrNothing).await else { panic!("taken") };
    assert!(why.contains("处问题"), "{why}");
    assert_eq!(county.names(&ChildFilter::default()).await.1, 0);
    let mut read = county.world.db().read(&county.system).await.unwrap();
    let import = stored::by_id(&mut read, id).await.unwrap();
    assert_eq!((import.rows, import.good, import.accepted_at), (Some(1200), Some(1160), None));
}
