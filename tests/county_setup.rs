//! A county is made from nothing: its units, schools, catchments, terms and holidays.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::{HERE, World};
use quanxue::app::county_setup::{SetupRefusal, add_county, add_schools};
use quanxue::app::school_list::{self, NewSchool};
use quanxue::db::{audit, calendar};
use quanxue::domain::actor::Actor;
use quanxue::domain::grade::Stage;
use quanxue::domain::ids::CountyId;
use quanxue::domain::role::UnitKind;
use quanxue::domain::units::Units;

fn chengkou_schools() -> Vec<NewSchool> {
    school_list::read(include_str!("rosters/chengkou/truth.json")).unwrap()
}

async fn made() -> (World, std::sync::Arc<Units>) {
    let world = World::bare().await;
    add_county(&world.services, HERE.id()).await.unwrap().unwrap();
    let system = Actor::system(HERE.id(), "test");
    assert_eq!(add_schools(&world.services, &system, &chengkou_schools()).await.unwrap(), Ok(34));
    let units = world.services.units(HERE.id()).await.unwrap();
    (world, units)
}

#[tokio::test]
async fn a_county_has_all_its_townships_villages_and_schools_in_two_trees() {
    let (_world, units) = made().await;
    let count = |kind| units.of_kind(kind).count();
    assert_eq!([count(UnitKind::County), count(UnitKind::Township), count(UnitKind::Village)], [1, 25, 204]);
    assert_eq!(count(UnitKind::School), 34);
    let county = units.county().unwrap();
    for village in units.of_kind(UnitKind::Village) {
        let township = units.get(village.township.unwrap()).unwrap();
        assert_eq!(village.government_parent, Some(township.id));
        assert!(village.code.as_ref().unwrap().starts_with(township.code.as_ref().unwrap()));
        assert!(units.within(village.id, county.id));
    }
    for school in units.of_kind(UnitKind::School) {
        assert_eq!((school.government_parent, school.education_parent), (None, Some(county.id)));
        assert!(school.name.starts_with(units.name(school.township)));
    }
}

#[tokio::test]
async fn every_village_has_a_school_of_each_stage() {
    let (_world, units) = made().await;
    for village in units.of_kind(UnitKind::Village) {
        let primary = units.get(units.catchment_school(village.id, Stage::Primary).unwrap()).unwrap();
        assert_eq!(primary.township, village.township);
        assert!(units.catchment_school(village.id, Stage::Junior).is_some());
    }
    let village = units.of_kind(UnitKind::Village).find(|v| units.name(v.township) == "坪坝镇").unwrap();
    let junior = units.catchment_school(village.id, Stage::Junior);
    assert_eq!(units.name(junior), "坪坝镇初级中学");
}

#[tokio::test]
async fn a_county_begins_with_terms_and_the_national_holidays() {
    let (world, _units) = made().await;
    let mut read = world.db().read(&Actor::system(HERE.id(), "test")).await.unwrap();
    let calendar = calendar::calendar(&mut read).await.unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(calendar.terms().len(), 4);
    assert!(calendar.is_school_day(day("2026-09-01")));
    assert!(!calendar.is_school_day(day("2026-10-01")));
    assert!(calendar.is_school_day(day("2026-10-10")), "国庆节调休");
    assert!(!calendar.is_school_day(day("2026-08-31")));
}

#[tokio::test]
async fn making_a_county_is_an_event_and_making_it_twice_is_refused() {
    let (world, _units) = made().await;
    assert_eq!(
        add_county(&world.services, HERE.id()).await.unwrap(),
        Err(SetupRefusal::AlreadyThere("城口县".to_owned()))
    );
    let unknown = CountyId(110_101);
    assert_eq!(add_county(&world.services, unknown).await.unwrap(), Err(SetupRefusal::UnknownCode(unknown)));
    let mut read = world.db().read(&Actor::system(HERE.id(), "test")).await.unwrap();
    let chain = audit::verify_chain(&mut read).await.unwrap();
    assert_eq!((chain.events, chain.broken), (3, None));
}

#[tokio::test]
async fn a_school_that_stands_nowhere_or_twice_adds_nothing() {
    let world = World::bare().await;
    add_county(&world.services, HERE.id()).await.unwrap().unwrap();
    let system = Actor::system(HERE.id(), "test");
    for list in [
        "名称,学段,乡镇\n左岚乡小学,小学,左岚乡\n某校,小学,没有的乡\n",
        "名称,学段,乡镇\n左岚乡小学,小学,左岚乡\n左岚乡小学,小学,左岚乡\n",
        "名称,学段,乡镇,类别,上级\n左岚乡小学,小学,左岚乡,,没有的中心学校\n",
    ] {
        let schools = school_list::read(list).unwrap();
        assert!(add_schools(&world.services, &system, &schools).await.unwrap().is_err(), "{list}");
    }
    let units = world.services.units(HERE.id()).await.unwrap();
    assert_eq!(units.of_kind(UnitKind::School).count(), 0);
}

#[tokio::test]
async fn offices_stand_above_centre_schools_and_these_above_schools() {
    let world = World::bare().await;
    add_county(&world.services, HERE.id()).await.unwrap().unwrap();
    let list = "名称,学段,乡镇,类别,上级\n\
        东片教管中心,,,教管中心,\n\
        修齐镇中心学校,九年一贯制,修齐镇,中心学校,东片教管中心\n\
        修齐镇枇杷小学,小学,500229106,,修齐镇中心学校\n\
        城口工业园区管委会,,,开发区管委会,\n";
    let system = Actor::system(HERE.id(), "test");
    add_schools(&world.services, &system, &school_list::read(list).unwrap()).await.unwrap().unwrap();
    let units = world.services.units(HERE.id()).await.unwrap();
    let named = |name: &str| units.all().find(|u| u.name == name).unwrap();
    assert!(units.within(named("修齐镇枇杷小学").id, named("东片教管中心").id));
    let zone = named("城口工业园区管委会");
    assert_eq!((zone.government_parent, zone.education_parent), (Some(units.county().unwrap().id), None));
}
