//! Who is let in, who is not, and with which words.

use chrono::TimeDelta;
use common::{Role, World};

use crate::sign_in::{RIGHT, WRONG, is_in, set_account, set_appointment, try_in};

#[tokio::test]
async fn everybody_signs_in_with_the_county_chosen_on_the_form() {
    let world = World::new().await;
    for &role in Role::ALL {
        let mut client = world.sign_in_as(role).await;
        assert_eq!(client.get("/mine").await.h1(), "我的", "{role:?}");
    }
    let mut client = world.client();
    let page = client.get("/sign-in").await;
    let nowhere = client.submit(&page.form("/sign-in"), &[("login", "village"), ("password", RIGHT)]).await;
    assert_eq!((nowhere.status, nowhere.errors()), (422, vec!["请选择区县。".to_owned()]));
    assert_eq!(nowhere.form("/sign-in").value("login"), Some("village"), "what was typed is lost");
    assert_eq!(nowhere.form("/sign-in").value("password"), Some(""), "a password is never sent back");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_read_the_same() {
    let world = World::new().await;
    let wrong = try_in(&mut world.client(), "village", WRONG).await;
    let unknown = try_in(&mut world.client(), "nobody", WRONG).await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(wrong.errors(), ["区县、账号或密码不正确。"]);
    assert_eq!(wrong.body().replace("village", "nobody"), unknown.body());
}

#[tokio::test]
async fn the_tenth_wrong_password_locks_for_a_quarter_of_an_hour_whosever_it_is() {
    let world = World::new().await;
    let mut client = world.client();
    for login in ["village", "nobody"] {
        for n in 1..=10 {
            let page = try_in(&mut client, login, WRONG).await;
            assert_eq!(page.errors(), ["区县、账号或密码不正确。"], "{login}, attempt {n}");
            world.hand.advance(TimeDelta::seconds(20));
        }
        world.hand.advance(TimeDelta::seconds(-200));
    }
    world.hand.advance(TimeDelta::seconds(190)); // ten seconds after the tenth
    let locked = |minutes: i64| {
        vec![format!("登录失败次数太多，账号暂时锁定，请 {minutes} 分钟后再试，或联系本县安全管理员解锁。")]
    };
    for (advance, minutes) in [(0, 15), (7 * 60, 8), (7 * 60 + 49, 1)] {
        world.hand.advance(TimeDelta::seconds(advance));
        for (login, password) in [("village", RIGHT), ("village", WRONG), ("nobody", RIGHT)] {
            assert_eq!(try_in(&mut client, login, password).await.errors(), locked(minutes), "{login}");
        }
    }
    world.hand.advance(TimeDelta::seconds(1));
    assert_eq!(try_in(&mut client, "nobody", RIGHT).await.errors(), ["区县、账号或密码不正确。"]);
    assert_eq!(try_in(&mut client, "village", WRONG).await.errors(), ["区县、账号或密码不正确。"]);
    assert_eq!(try_in(&mut client, "village", RIGHT).await.status, 303);
}

#[tokio::test]
async fn the_right_password_sets_the_count_back() {
    let world = World::new().await;
    for round in 0..3 {
        for _ in 0..9 {
            assert_eq!(try_in(&mut world.client(), "village", WRONG).await.status, 422);
        }
        assert_eq!(try_in(&mut world.client(), "village", RIGHT).await.status, 303, "round {round}");
        world.hand.advance(TimeDelta::minutes(2));
    }
}

#[tokio::test]
async fn many_guesses_at_once_are_not_more_than_ten() {
    let world = World::new().await;
    let guesses = (0..30).map(|_| {
        let mut client = world.client();
        tokio::spawn(async move { try_in(&mut client, "village", WRONG).await.errors().concat() })
    });
    let mut tried = 0;
    for guess in guesses.collect::<Vec<_>>() {
        tried += usize::from(guess.await.unwrap().contains("不正确"));
    }
    assert_eq!(tried, 10);
}

#[tokio::test]
async fn an_address_waits_a_minute_after_sixty_failures_and_others_do_not() {
    let world = World::new().await;
    let mut here = world.client();
    for n in 0..60 {
        assert_eq!(try_in(&mut here, &format!("nobody{n}"), WRONG).await.errors(), ["区县、账号或密码不正确。"], "{n}");
    }
    let page = try_in(&mut here, "village", RIGHT).await;
    assert_eq!(page.errors(), ["这台电脑或网络登录失败次数太多，请一分钟后再试。"]);
    let mut elsewhere = world.client();
    elsewhere.address = "10.9.9.9".parse().unwrap();
    assert_eq!(try_in(&mut elsewhere, "village", RIGHT).await.status, 303);
    world.hand.advance(TimeDelta::seconds(60));
    assert_eq!(try_in(&mut here, "village", RIGHT).await.status, 303);
}

#[tokio::test]
async fn a_first_password_is_changed_before_anything_else_and_only_within_its_hours() {
    let world = World::new().await;
    set_account(&world, "must_change = true, password_until = '2026-10-18T01:00:00Z'").await;
    let mut client = world.sign_in_as(Role::Village).await;
    for path in ["/", "/mine", "/nowhere"] {
        assert_eq!(client.get(path).await.location().as_deref(), Some("/password"), "{path}");
    }
    let page = client.visit("/").await;
    assert_eq!(page.h1(), "请先设定您自己的密码");
    let form = page.form("/password");
    for (old, new, again, fault) in [
        (WRONG, "Xin-mima-2026x", "Xin-mima-2026x", "现在的密码不正确。"),
        (RIGHT, "Xin-mima-2026x", "Xin-mima-2026y", "两次输入的新密码不一致。"),
        (RIGHT, RIGHT, RIGHT, "新密码不能与现在的相同。"),
        (RIGHT, "duan", "duan", "至少 12 个字符"),
        (RIGHT, "Village-2026-x", "Village-2026-x", "不要含有账号"),
    ] {
        let refused = client.submit(&form, &[("old", old), ("new", new), ("again", again)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.errors().concat().contains(fault), "{fault}: {:?}", refused.errors());
    }
    let new = "Xin-mima-2026x";
    let done = client.submit(&form, &[("old", RIGHT), ("new", new), ("again", new)]).await;
    assert_eq!(client.follow(done).await.notice(), "密码已修改，其他设备上的登录已退出。");
    assert_eq!(try_in(&mut world.client(), "village", RIGHT).await.status, 422);
    assert_eq!(try_in(&mut world.client(), "village", new).await.status, 303);

    let world = World::new().await;
    set_account(&world, "must_change = true, password_until = '2026-10-18T01:00:00Z'").await;
    world.hand.set("2026-10-18T09:00:01+08:00".parse().unwrap());
    let page = try_in(&mut world.client(), "village", RIGHT).await;
    assert_eq!(page.errors(), ["初始密码已过期，请联系本县系统管理员重新发放。"]);
}

#[tokio::test]
async fn a_disabled_account_is_told_so_only_to_who_knows_the_password() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    set_account(&world, "disabled_at = '2026-10-15T01:00:00Z'").await;
    assert!(!is_in(&mut client).await, "the session went on");
    let page = try_in(&mut client, "village", RIGHT).await;
    assert_eq!(page.errors(), ["这个账号已停用。如仍在岗，请联系本县系统管理员。"]);
    let page = try_in(&mut client, "village", WRONG).await;
    assert_eq!(page.errors(), ["区县、账号或密码不正确。"]);
}

#[tokio::test]
async fn without_an_appointment_in_force_nobody_is_let_in() {
    for dates in ["from_on = '2026-09-01', until_on = '2026-10-14'", "from_on = '2026-10-16', until_on = null"] {
        let world = World::new().await;
        set_appointment(&world, dates).await;
        let page = try_in(&mut world.client(), "village", RIGHT).await;
        let words = "您目前没有在任的岗位，不能登录。如仍在岗，请联系本县系统管理员续任。";
        assert_eq!(page.errors(), [words], "{dates}");
    }
    let world = World::new().await;
    set_appointment(&world, "from_on = '2026-10-15', until_on = '2026-10-15'").await;
    assert_eq!(try_in(&mut world.client(), "village", RIGHT).await.status, 303, "the first and last day are in force");
}

#[tokio::test]
async fn every_attempt_is_in_the_audit_with_why_it_was_refused() {
    let world = World::new().await;
    try_in(&mut world.client(), "nobody", WRONG).await;
    try_in(&mut world.client(), "village", WRONG).await;
    set_account(&world, "disabled_at = '2026-10-15T01:00:00Z'").await;
    try_in(&mut world.client(), "village", RIGHT).await;
    set_account(&world, "disabled_at = null").await;
    try_in(&mut world.client(), "village", RIGHT).await;
    let said: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', kind, detail->>'why', detail->>'address', case when user_id is null then 'nobody' end) from event order by seq",
    )
    .fetch_all(&mut world.database.superuser().await)
    .await
    .unwrap();
    let expected = [
        "sign_in_refused wrong 10.5.2.29 nobody",
        "sign_in_refused wrong 10.5.2.29",
        "sign_in_refused disabled 10.5.2.29",
        "signed_in 10.5.2.29",
    ];
    assert_eq!(said, expected);
}
