//! The keeper's pages of units: both trees, made, renamed, hung elsewhere, closed, and the catchments.

use common::seeds::{Child, Place, Post};
use common::{HERE, Role, THERE, World};
use quanxue::app::units;
use quanxue::domain::actor::Actor;

const NONE: &[(&str, &str)] = &[];

#[tokio::test]
async fn both_trees_are_shown_with_what_hangs_on_each_branch() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let page = keeper.get("/units").await;
    let text = page.text();
    for name in ["左岚乡", "左岚乡同心村", "左岚中心学校", "左岚乡九年制学校"] {
        assert!(text.contains(name), "{name}");
    }
    assert!(!text.contains("白鹭"), "another county's");
    assert_eq!(page.all("th.deep1"), ["左岚乡九年制学校"], "below its centre school");
}

#[tokio::test]
async fn a_school_its_classes_and_a_village_with_its_group_are_made() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let add = |place: Place| format!("/units/{}/below", HERE.unit(place));
    let township = HERE.unit(Place::Township).to_string();
    let school =
        [("kind", "school"), ("name", "左岚乡枇杷小学"), ("stage", "primary"), ("township", township.as_str())];
    let form = keeper.get(&format!("/units/{}", HERE.unit(Place::County))).await.form(&add(Place::County));
    let done = keeper.submit(&form, &school).await;
    assert_eq!(done.status, 303, "{:?}", done.errors());
    let again = keeper.submit(&form, &school).await;
    assert_eq!(again.status, 303, "sent twice, made once");
    let twice = keeper.post_form(&add(Place::County), &school).await;
    assert_eq!(twice.errors(), ["城口县下面已有“左岚乡枇杷小学”"]);

    let new = keeper.get("/units").await.link("左岚乡枇杷小学");
    let form = keeper.get(&new).await.form(&format!("{new}/below"));
    assert_eq!(keeper.submit(&form, &[("grade", "3"), ("classes", "2")]).await.status, 303);
    let page = keeper.get(&new).await;
    assert!(page.text().contains("三年级2班"), "{}", page.text());
    let form = page.form(&format!("{new}/below"));
    let junior = keeper.submit(&form, &[("grade", "8"), ("classes", "2")]).await;
    assert_eq!(junior.errors(), ["左岚乡枇杷小学没有八年级"]);

    let done = keeper.post_form(&add(Place::Township), &[("kind", "village"), ("name", "新坪村")]).await;
    assert_eq!(done.status, 303);
    let village = keeper.get("/units").await.link("新坪村");
    let done = keeper.post_form(&format!("{village}/below"), &[("kind", "group"), ("name", "1组")]).await;
    assert_eq!(done.status, 303);
    let page = keeper.get(&format!("/units/catchments?township={township}")).await;
    let select = format!("select[name=primary-{}] option[selected]", village.trim_start_matches("/units/"));
    assert_eq!(page.all(&select).len(), 1, "a new village has its default school at once");
}

#[tokio::test]
async fn a_new_name_is_seen_everywhere_at_once() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let id = HERE.unit(Place::OtherTownship);
    let form = keeper.get(&format!("/units/{id}")).await.form(&format!("/units/{id}/name"));
    assert_eq!(keeper.submit(&form, &[("rename", "左岚街道")]).await.status, 303);
    assert!(keeper.get("/units").await.text().contains("左岚街道"));
    let mut officer = world.sign_in(HERE, Role::TownshipOfficer, Post::Sibling).await;
    assert!(officer.get("/mine").await.text().contains("左岚街道"));
    let same = keeper.submit(&form, &[("rename", "左岚乡"), ("key", &uuid())]).await;
    assert_eq!(same.errors(), ["城口县下面已有“左岚乡”"]);
}

fn uuid() -> String {
    quanxue::domain::ids::FormKey::new().to_string()
}

#[tokio::test]
async fn a_school_hangs_elsewhere_but_never_below_itself() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let (school, centre) = (HERE.unit(Place::OtherSchool), HERE.unit(Place::CentreSchool).to_string());
    let done = keeper.post_form(&format!("/units/{school}/above"), &[("above", centre.as_str())]).await;
    assert_eq!(done.status, 303);
    assert_eq!(keeper.get("/units").await.all("th.deep1").len(), 2);
    let wrong = keeper.post_form(&format!("/units/{centre}/above"), &[("above", school.to_string())]).await;
    assert_eq!(wrong.errors(), ["请从列出的单位里选一个上级"]);
}

#[tokio::test]
async fn nothing_is_closed_while_something_hangs_on_it() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let close = |place: Place| format!("/units/{}/close", HERE.unit(place));
    let page = keeper.post_form(&close(Place::Village), NONE).await;
    assert_eq!(page.status, 422);
    let why = &page.errors()[0];
    for part in ["名儿童在此", "人在任", "名包保责任人"] {
        assert!(why.contains(part), "{why}");
    }
    assert!(!page.text().contains(Child::Own.name(HERE)), "counts and no child");
    let page = keeper.post_form(&close(Place::Township), NONE).await;
    assert!(page.errors()[0].contains("个下级单位"), "{:?}", page.errors());
    let page = keeper.post_form(&close(Place::County), NONE).await;
    assert_eq!(page.errors(), ["区县本身不能撤销"]);

    keeper
        .post_form(&format!("/units/{}/below", HERE.unit(Place::Village)), &[("kind", "group"), ("name", "9组")])
        .await;
    let group = keeper.get(&format!("/units/{}", HERE.unit(Place::Village))).await.link("9组");
    let late = keeper.post_form(&format!("{group}/close"), &[("on", "2026-10-16")]).await;
    assert_eq!(late.errors(), ["撤销日期不能晚于今天"]);
    let done = keeper.post_form(&format!("{group}/close"), &[("on", "2026-10-15")]).await;
    assert!(keeper.follow(done).await.notice().contains("已撤销"));
    assert_eq!(keeper.get(&group).await.status, 404);
}

#[tokio::test]
async fn a_changed_catchment_gives_its_children_another_school() {
    let world = World::ruled().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let (township, village) = (HERE.unit(Place::Township), HERE.unit(Place::SiblingVillage));
    let child = format!("/children/{}", HERE.child(Child::Catchment));
    let mut theirs = world.sign_in(HERE, Role::Registrar, Post::Own).await;
    let mut others = world.sign_in(HERE, Role::Registrar, Post::Sibling).await;
    assert_eq!(theirs.get(&child).await.status, 200);
    assert_eq!(others.get(&child).await.status, 404);

    let form = keeper.get(&format!("/units/catchments?township={township}")).await.form_with("保存左岚乡");
    let school = HERE.unit(Place::OtherSchool).to_string();
    let done = keeper.submit(&form, &[(&format!("junior-{village}"), &school)]).await;
    assert!(keeper.follow(done).await.notice().contains("学区已保存"));
    // What the job of the page does.
    let changed =
        units::refresh_places(&world.services, &Actor::system(HERE.id(), "places"), &[village]).await.unwrap();
    assert!(changed > 0);
    assert_eq!(others.get(&child).await.status, 200, "the new school of the catchment");
}

#[tokio::test]
async fn a_primary_school_takes_no_junior_children() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let village = HERE.unit(Place::Village);
    let junior_school = HERE.unit(Place::OtherSchool).to_string();
    let field = format!("primary-{village}");
    keeper.post_form("/units/catchments", &[(field.as_str(), junior_school.as_str())]).await;
    let broken = [(field.as_str(), junior_school.as_str()), ("township", "a\r\nX: y")];
    let sent = keeper.post_form("/units/catchments", &broken).await;
    assert_eq!(sent.location().unwrap(), "/units/catchments?township=&done=set", "no address is made of what is no id");
    let page = keeper.get(&format!("/units/catchments?township={}", HERE.unit(Place::Township))).await;
    assert_eq!(page.all(&format!("select[name={field}] option[selected]")), ["左岚乡九年制学校"]);
}

#[tokio::test]
async fn only_the_keeper_of_units_comes_here_and_a_stranger_county_is_not_there() {
    let world = World::new().await;
    for &role in Role::ALL.iter().filter(|role| **role != Role::SystemKeeper) {
        let mut client = world.sign_in_as(role).await;
        assert_eq!(client.get("/units").await.status, 403, "{role:?}");
        assert_eq!(client.post_form("/units/catchments", NONE).await.status, 403, "{role:?}");
    }
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let stranger = THERE.unit(Place::Village);
    assert_eq!(keeper.get(&format!("/units/{stranger}")).await.status, 404);
    for act in ["name", "above", "close", "below"] {
        assert_eq!(keeper.post_form(&format!("/units/{stranger}/{act}"), NONE).await.status, 404, "{act}");
    }
}
