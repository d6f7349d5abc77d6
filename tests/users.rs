//! The keeper's pages of users: made, appointed, disabled, given first passwords; and what is refused.

use chrono::TimeDelta;
use common::seeds::{PASSWORD, Place, Post};
use common::{Client, HERE, Page, Role, THERE, World};

/// Signs in by hand; the answer to the form.
async fn sign_in(client: &mut Client, login: &str, password: &str) -> Page {
    let county = HERE.0.to_string();
    client.post_form("/sign-in", &[("county", county.as_str()), ("login", login), ("password", password)]).await
}

/// Makes a user through the form; the login and the first password that the page shows.
async fn make(keeper: &mut Client, typed: &[(&str, &str)]) -> (String, String) {
    let form = keeper.get("/users/new").await.form("/users/new");
    let page = keeper.submit(&form, typed).await;
    assert_eq!(page.status, 200, "{:?}", page.errors());
    (page.all("dd")[1].clone(), page.all(".secret").concat())
}

const CADRE: [(&str, &str); 4] =
    [("name", "周成林"), ("role", "village"), ("unit", "左岚乡齐心村"), ("title", "支部书记")];

#[tokio::test]
async fn a_new_user_signs_in_once_with_the_first_password_and_then_with_their_own() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let (login, first) = make(&mut keeper, &CADRE).await;
    assert_eq!(login, "zhouchenglin");

    let mut cadre = world.client();
    assert_eq!(sign_in(&mut cadre, &login, &first).await.status, 303);
    assert_eq!(cadre.get("/").await.location().as_deref(), Some("/password"));
    let form = cadre.get("/password").await.form("/password");
    let own = "Qixin-2026-cun!";
    cadre.submit(&form, &[("old", &first), ("new", own), ("again", own)]).await;
    assert!(cadre.get("/mine").await.text().contains("支部书记"));

    let mut again = world.client();
    assert_eq!(sign_in(&mut again, &login, &first).await.status, 422, "the first password is spent");
}

#[tokio::test]
async fn a_first_password_that_nobody_used_ends_after_72_hours() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let (login, first) = make(&mut keeper, &CADRE).await;
    world.hand.advance(TimeDelta::hours(72) + TimeDelta::minutes(1));
    let page = sign_in(&mut world.client(), &login, &first).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("初始密码已过期"), "{}", page.text());
}

#[tokio::test]
async fn the_first_password_is_shown_once_however_often_the_form_is_sent() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let form = keeper.get("/users/new").await.form("/users/new");
    assert_eq!(keeper.submit(&form, &CADRE).await.status, 200);
    let again = keeper.submit(&form, &CADRE).await;
    assert_eq!(again.status, 303);
    let page = keeper.follow(again).await;
    assert_eq!((page.h1().as_str(), page.all(".secret").len()), ("周成林", 0));
    let other = keeper.submit(&form, &[("name", "周成木"), ("role", "village"), ("unit", "左岚乡齐心村")]).await;
    assert_eq!(other.status, 409);
    assert!(other.text().contains("周成木"), "what was typed is shown");
}

#[tokio::test]
async fn what_is_typed_wrongly_is_said_at_its_field_and_nothing_is_lost() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let form = keeper.get("/users/new").await.form("/users/new");
    let typed =
        [("name", "周3"), ("login", "village"), ("role", "village"), ("unit", "左岚乡"), ("until", "2026-10-01")];
    let page = keeper.submit(&form, &typed).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("错误："));
    let errors = page.errors();
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(errors[1].contains("没有“左岚乡”"), "{errors:?}");
    let shown = page.form("/users/new");
    for (field, value) in typed {
        assert_eq!(shown.value(field), Some(value));
    }
    let fixed =
        [("name", "周成林"), ("login", "village"), ("role", "village"), ("unit", "左岚乡齐心村"), ("until", "")];
    let page = keeper.submit(&shown, &fixed).await;
    assert_eq!(page.errors(), ["账号“village”已有人使用，请换一个"]);
}

#[tokio::test]
async fn whose_appointment_ended_acts_no_more() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let mut village = world.sign_in_as(Role::Village).await;
    let user = HERE.user(Role::Village, Post::Own);
    let action = format!("/users/{user}/posts/{}", HERE.appointment(Role::Village, Post::Own));
    let form = keeper.get(&format!("/users/{user}")).await.form(&action);
    let done = keeper.submit(&form, &[("until", "2026-10-15")]).await;
    assert_eq!(done.status, 303, "{:?}", done.errors());
    assert_eq!(village.get("/mine").await.status, 200, "the last day is a day of work");

    world.hand.advance(TimeDelta::days(1));
    let mut village = world.client();
    let page = sign_in(&mut village, "village", PASSWORD).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("没有在任的岗位"), "{}", page.text());
}

#[tokio::test]
async fn an_ended_appointment_stays_as_it_was() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let user = HERE.user(Role::Village, Post::Own);
    let action = format!("/users/{user}/posts/{}", HERE.appointment(Role::Village, Post::Own));
    let form = keeper.get(&format!("/users/{user}")).await.form(&action);
    let early = keeper.submit(&form, &[("until", "2026-09-20")]).await;
    assert_eq!(early.errors(), ["止任日期不能早于昨天：已经办过的事要有当时的任职"]);
    assert_eq!(keeper.submit(&form, &[("until", "2026-10-14")]).await.status, 303);
    let late = keeper.post_form(&action, &[("until", "2027-01-01")]).await;
    assert_eq!(late.errors(), ["这段任职已经结束，不能再改；继续任职请新加一段"]);
}

#[tokio::test]
async fn a_person_with_two_posts_chooses_one_and_their_powers_do_not_add_up() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let user = HERE.user(Role::Village, Post::Own);
    let action = format!("/users/{user}/posts");
    let form = keeper.get(&format!("/users/{user}")).await.form(&action);
    let school = HERE.unit(Place::School).to_string();
    let done = keeper.submit(&form, &[("role", "registrar"), ("unit", &school)]).await;
    assert_eq!(done.status, 303, "{:?}", done.errors());

    let mut cadre = world.client();
    sign_in(&mut cadre, "village", PASSWORD).await;
    let page = cadre.visit("/").await;
    assert_eq!(page.h1(), "您以哪个身份办理？");
    let registrar = page.form_with("学籍管理员");
    cadre.submit(&registrar, &[]).await;
    assert!(cadre.get("/mine").await.text().contains("九年制学校"));
}

#[tokio::test]
async fn the_three_keepers_stand_apart() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    for (role, other) in [(Role::SecurityKeeper, "county_officer"), (Role::CountyOfficer, "audit_keeper")] {
        let user = HERE.user(role, Post::Own);
        let form = keeper.get(&format!("/users/{user}")).await.form(&format!("/users/{user}/posts"));
        let page = keeper.submit(&form, &[("role", other), ("unit", "")]).await;
        assert_eq!(page.status, 422);
        assert!(page.errors()[0].contains("三员要由不同的人担任"), "{:?}", page.errors());
    }
}

#[tokio::test]
async fn the_last_system_keeper_can_be_neither_disabled_nor_relieved() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let user = HERE.user(Role::SystemKeeper, Post::Own);
    let post = format!("/users/{user}/posts/{}", HERE.appointment(Role::SystemKeeper, Post::Own));
    let page = keeper.post_form(&post, &[("until", "2026-12-31")]).await;
    assert!(page.errors()[0].contains("最后一位系统管理员"), "{:?}", page.errors());
    let page = keeper.post_form(&format!("/users/{user}/disable"), &[] as &[(&str, &str)]).await;
    assert_eq!(page.errors(), ["不能停用自己的账号，请由另一位管理员办理"]);

    let (login, first) = make(&mut keeper, &[("name", "秦望舒"), ("role", "system_keeper")]).await;
    let mut other = world.client();
    sign_in(&mut other, &login, &first).await;
    let form = other.get("/password").await.form("/password");
    other.submit(&form, &[("old", &first), ("new", "Wangshu-88-yue"), ("again", "Wangshu-88-yue")]).await;
    let none: &[(&str, &str)] = &[];
    assert_eq!(other.post_form(&format!("/users/{user}/disable"), none).await.status, 303);
    assert_eq!(keeper.get("/users").await.location().as_deref(), Some("/sign-in?why=late"));
    // And now the other one is the last.
    let links = other.get("/users").await.links();
    let (_, own) = links.iter().find(|(name, to)| name == "秦望舒" && to.starts_with("/users/")).unwrap();
    let form = other.get(own).await.form_with("保存");
    let page = other.submit(&form, &[("until", "2026-12-31")]).await;
    assert!(page.errors()[0].contains("最后一位系统管理员"), "{:?}", page.errors());
}

#[tokio::test]
async fn a_disabled_user_is_out_at_once_and_comes_back_with_the_same_password() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let user = HERE.user(Role::TownshipOfficer, Post::Own);
    let form = keeper.get(&format!("/users/{user}")).await.form_with("停用账号");
    let done = keeper.submit(&form, &[]).await;
    assert!(keeper.follow(done).await.notice().contains("已停用"));
    assert_eq!(officer.get("/").await.status, 303);
    let page = sign_in(&mut world.client(), "township_officer", PASSWORD).await;
    assert!(page.text().contains("已停用"), "{}", page.text());

    let form = keeper.get(&format!("/users/{user}")).await.form_with("恢复使用");
    keeper.submit(&form, &[]).await;
    assert_eq!(sign_in(&mut world.client(), "township_officer", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_reset_password_ends_the_old_one_and_its_sessions() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let mut teacher = world.sign_in_as(Role::ClassTeacher).await;
    let user = HERE.user(Role::ClassTeacher, Post::Own);
    let form = keeper.get(&format!("/users/{user}")).await.form_with("重置密码");
    let first = keeper.submit(&form, &[]).await.all(".secret").concat();
    assert_eq!(teacher.get("/").await.status, 303);
    assert_eq!(sign_in(&mut world.client(), "class_teacher", PASSWORD).await.status, 422);
    assert_eq!(sign_in(&mut world.client(), "class_teacher", &first).await.status, 303);
}

#[tokio::test]
async fn the_list_is_narrowed_and_somebody_is_found_by_name_without_a_name_in_the_address() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let township = HERE.unit(Place::Township);
    let page = keeper.get(&format!("/users?unit={township}&role=village")).await;
    assert_eq!(page.all("tbody th").len(), 2, "the villages of the township");
    let page = keeper.get("/users?role=township_head&state=active").await;
    assert_eq!(page.all("tbody th").len(), 2);
    assert!(keeper.get("/users?state=out").await.text().contains("没有符合条件的用户"));

    let name = common::seeds::account_name(HERE, Role::Principal, Post::Own);
    let page = keeper.post_form("/users/find", &[("text", name.as_str())]).await;
    assert_eq!((page.status, page.all("tbody th")), (200, vec![name]));
}

#[tokio::test]
async fn only_the_keeper_of_users_comes_here_and_a_stranger_county_is_not_there() {
    let world = World::new().await;
    for &role in Role::ALL.iter().filter(|role| **role != Role::SystemKeeper) {
        let mut client = world.sign_in_as(role).await;
        assert_eq!(client.get("/users").await.status, 403, "{role:?}");
        assert_eq!(client.post_form("/users/new", &CADRE).await.status, 403, "{role:?}");
    }
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let stranger = THERE.user(Role::Village, Post::Own);
    assert_eq!(keeper.get(&format!("/users/{stranger}")).await.status, 404);
    let none: &[(&str, &str)] = &[];
    for act in ["password", "disable", "enable"] {
        assert_eq!(keeper.post_form(&format!("/users/{stranger}/{act}"), none).await.status, 404, "{act}");
    }
    assert_eq!(keeper.get("/users/nonsense").await.status, 404);
}
