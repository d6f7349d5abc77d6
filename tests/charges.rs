//! 包保责任人: who answers at each unit, gaps marked, set and ended with dates, each role within its own units.

use common::seeds::{Place, Post as Seat};
use common::{HERE, Role, THERE, World};
use quanxue::db::charges;
use quanxue::domain::charge::Post;

fn at(place: Place, post: &str) -> String {
    format!("/charges/{}/{post}", HERE.unit(place))
}

#[tokio::test]
async fn a_township_sees_who_answers_and_where_nobody_does() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let page = officer.get("/charges").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("左岚包保人") && text.contains("左岚乡同心村"), "{text}");
    assert!(!text.contains("左岚远镇"), "another township's");
    // 村 of the sibling village, 乡镇, 乡镇领导, 学校 of school and centre school, 班级 of two classes.
    assert!(text.contains("还缺 7 个岗位的责任人"), "{text}");
    let gaps = officer.get(&format!("/charges?unit={}&gaps=only", HERE.unit(Place::Township))).await;
    assert_eq!(gaps.all("tbody tr").len(), 7);
}

#[tokio::test]
async fn a_person_is_named_and_the_one_before_ends_the_day_before() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let place = at(Place::Village, "village");
    let form = officer.get(&place).await.form(&place);
    let done = officer.submit(&form, &[("name", "周成林"), ("title", "支部书记"), ("from", "2026-10-15")]).await;
    let page = officer.follow(done).await;
    assert_eq!(page.notice(), "责任人已指定。");
    let rows = page.all("tbody tr");
    assert!(rows[0].contains("周成林 · 支部书记") && rows[0].contains("2026年10月15日 起"), "{rows:?}");
    assert!(rows[1].contains("2026年9月1日 至 2026年10月14日") && rows[1].contains("已结束"), "{rows:?}");

    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Seat::Own)).await.unwrap();
    let held = charges::for_units(&mut read, &[HERE.unit(Place::Village)]).await.unwrap();
    assert_eq!(held.iter().map(|c| (c.post, c.name.as_str())).collect::<Vec<_>>(), [(Post::Village, "周成林")]);
}

#[tokio::test]
async fn nobody_follows_before_the_one_who_answers_now_began() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let place = at(Place::Village, "village");
    let page = officer.post_form(&place, &[("name", "周成林"), ("from", "2026-08-31")]).await;
    assert_eq!(page.status, 422);
    assert!(page.errors()[0].contains("左岚包保人从 2026-09-01 起就是责任人"), "{:?}", page.errors());
    let page = officer.post_form(&place, &[("name", "3"), ("from", "昨天")]).await;
    assert_eq!(page.errors().len(), 2);
    assert_eq!(page.form(&place).value("name"), Some("3"));
}

#[tokio::test]
async fn a_name_that_was_wrong_is_put_right_on_the_same_day() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let place = at(Place::SiblingVillage, "village");
    for name in ["周成林", "周成木"] {
        assert_eq!(officer.post_form(&place, &[("name", name), ("from", "2026-10-15")]).await.status, 303);
        world.hand.advance(chrono::TimeDelta::minutes(1));
    }
    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Seat::Own)).await.unwrap();
    let held = charges::for_units(&mut read, &[HERE.unit(Place::SiblingVillage)]).await.unwrap();
    assert_eq!(held.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["周成木"]);
}

#[tokio::test]
async fn whose_charge_ended_answers_no_more() {
    let world = World::new().await;
    let mut head = world.sign_in_as(Role::TownshipHead).await;
    let place = at(Place::Village, "village");
    let form = head.get(&place).await.form(&format!("{place}/end"));
    let early = head.submit(&form, &[("until", "2026-08-01")]).await;
    assert_eq!(early.errors(), ["结束日期不能早于开始日期"]);
    assert_eq!(head.submit(&form, &[("until", "2026-10-14")]).await.status, 303);
    assert!(head.get("/charges").await.text().contains("还缺 8 个岗位"), "one more gap");
    let again = head.post_form(&format!("{place}/end"), &[("charge", form.value("charge").unwrap())]).await;
    assert_eq!(again.errors(), ["这一任已经结束，不能再改"]);
}

#[tokio::test]
async fn gaps_are_filled_with_whoever_alone_is_appointed_there() {
    let world = World::new().await;
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    let page = county.get("/charges").await;
    let form = page.form("/charges/fill");
    let done = county.submit(&form, &[]).await;
    assert!(county.follow(done).await.notice().contains("已按在任人员补齐"));
    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Seat::Own)).await.unwrap();
    let places =
        [Place::SiblingVillage, Place::Township, Place::Class, Place::School, Place::County].map(|p| HERE.unit(p));
    let held = charges::for_units(&mut read, &places).await.unwrap();
    let mut posts: Vec<Post> = held.iter().map(|charge| charge.post).collect();
    posts.sort();
    assert_eq!(posts, [Post::Village, Post::Township, Post::TownshipHead, Post::Class, Post::School, Post::County]);
    assert!(held.iter().all(|charge| charge.user.is_some()));
    // The village that had somebody keeps them, and a second time nothing is left to fill.
    let own = charges::for_units(&mut read, &[HERE.unit(Place::Village)]).await.unwrap();
    assert_eq!(own[0].name, "左岚包保人");
    let page = county.post_form("/charges/fill", &[("unit", HERE.unit(Place::County).to_string())]).await;
    assert!(county.follow(page).await.notice().contains("没有可以自动补齐的"));
}

#[tokio::test]
async fn each_role_sets_the_posts_of_its_line_within_its_own_units() {
    let world = World::new().await;
    let (yes, no) = (303, 404);
    for (role, place, post, status) in [
        (Role::Registrar, Place::Class, "class", yes),
        (Role::Registrar, Place::School, "school", yes),
        (Role::Registrar, Place::OtherClass, "class", no),
        (Role::Registrar, Place::Village, "village_contact", no),
        (Role::TownshipOfficer, Place::SiblingVillage, "village", yes),
        (Role::TownshipOfficer, Place::Township, "township_head", no),
        (Role::TownshipOfficer, Place::OtherVillage, "village", no),
        (Role::TownshipOfficer, Place::School, "school", no),
        (Role::TownshipHead, Place::Township, "township_head", yes),
        (Role::TownshipHead, Place::School, "school", yes),
        (Role::TownshipHead, Place::OtherSchool, "school", no),
        (Role::CountyOfficer, Place::OtherVillage, "village", yes),
        (Role::CountyOfficer, Place::County, "county_head", yes),
        (Role::CountyOfficer, Place::County, "village", no),
    ] {
        let mut client = world.sign_in_as(role).await;
        let page = client.post_form(&at(place, post), &[("name", "周成林"), ("from", "2026-10-15")]).await;
        assert_eq!(page.status, status, "{role:?} {place:?} {post}: {:?}", page.errors());
    }
}

#[tokio::test]
async fn who_may_not_assign_does_not_come_here_and_a_stranger_county_is_not_there() {
    let world = World::new().await;
    let roles = [Role::Village, Role::ClassTeacher, Role::Inspector, Role::SystemKeeper, Role::AuditKeeper];
    for role in roles {
        let mut client = world.sign_in_as(role).await;
        assert_eq!(client.get("/charges").await.status, 403, "{role:?}");
    }
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    for path in [
        format!("/charges/{}/village", THERE.unit(Place::Village)),
        format!("/charges?unit={}", THERE.unit(Place::Township)),
        format!("/charges/{}/nonsense", HERE.unit(Place::Village)),
    ] {
        assert_eq!(county.get(&path).await.status, 404, "{path}");
    }
}
