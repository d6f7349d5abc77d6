//! Key populations marked by hand: with basis and day, the restricted ones by township and county only.

use common::Role;

use crate::cases::bench::Bench;

#[tokio::test]
async fn sec_c3_a_restricted_flag_is_set_and_seen_by_township_and_county_only() {
    let bench = Bench::new().await;
    let child = bench.child(1).await;
    let path = format!("/children/{child}/flags");
    let mut township = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let form = township.get(&path).await.form(&path);
    let empty = township.submit(&form, &[("flag", "religion")]).await;
    assert_eq!(empty.status, 422, "a flag has a basis: {}", empty.text());
    let done = township.submit(&form, &[("flag", "religion"), ("basis", "村里说的")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(township.get(&path).await.text().contains("村里说的"));
    let page = format!("/children/{child}");
    assert!(township.get(&page).await.text().contains("信教"));

    let mut registrar = bench.world.sign_in_as(Role::Registrar).await;
    let blank = registrar.get(&path).await;
    assert_eq!(blank.status, 200, "{}", blank.text());
    assert!(!blank.body().contains("信教") && blank.body().contains("留守儿童"), "{}", blank.text());
    let form = blank.form(&path);
    let refused = registrar.submit(&form, &[("flag", "early_marriage"), ("basis", "听说")]).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.errors().concat().contains("乡镇和县里"), "{:?}", refused.errors());
    let end = format!("{path}/end");
    let ended = registrar.post_form(&end, &[("flag", "religion"), ("on", "2026-09-08"), ("basis", "不是")]).await;
    assert_eq!(ended.status, 422, "nor ended: {}", ended.text());
    for role in [Role::Village, Role::ClassTeacher, Role::Registrar, Role::Principal] {
        let mut one = bench.world.sign_in_as(role).await;
        let text = one.get(&page).await.text();
        assert!(!text.contains("信教") && !text.contains("村里说的"), "{role:?}: {text}");
    }
    let mut village = bench.world.sign_in_as(Role::Village).await;
    assert_eq!(village.get(&path).await.status, 403);
}

#[tokio::test]
async fn a_flag_is_set_once_and_ended_with_its_day_and_reason() {
    let bench = Bench::new().await;
    let child = bench.child(1).await;
    let path = format!("/children/{child}/flags");
    let end = format!("{path}/end");
    let mut registrar = bench.world.sign_in_as(Role::Registrar).await;
    let form = registrar.get(&path).await.form(&path);
    let typed = [("flag", "left_behind"), ("on", "2026-09-01"), ("basis", "父母都在浙江务工")];
    let done = registrar.submit(&form, &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(registrar.submit(&form, &typed).await.location(), done.location(), "twice is once");
    let twice = registrar.post_form(&path, &typed).await;
    assert!(twice.errors().concat().contains("已经有这个标记"), "{:?}", twice.errors());
    let early =
        registrar.post_form(&end, &[("flag", "left_behind"), ("on", "2026-08-01"), ("basis", "母亲已回")]).await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert!(early.body().contains("母亲已回"), "nothing typed is lost");
    let ended =
        registrar.post_form(&end, &[("flag", "left_behind"), ("on", "2026-09-07"), ("basis", "母亲已回")]).await;
    assert_eq!(ended.status, 303, "{}", ended.text());
    assert!(!registrar.get(&format!("/children/{child}")).await.text().contains("留守儿童"));
}
