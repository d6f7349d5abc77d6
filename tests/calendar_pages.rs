//! The county's terms and special days, and the policy it adopted, in the browser.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::Post;
use common::{HERE, Role, World};
use quanxue::app::county_setup::adopt_policy;
use quanxue::db::calendar;

async fn is_school_day(world: &World, day: &str) -> bool {
    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    calendar::calendar(&mut read).await.unwrap().is_school_day(day.parse().unwrap())
}

#[tokio::test]
async fn a_holiday_with_its_make_up_day_is_set_and_taken_out() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let form = keeper.get("/calendar?year=2026").await.form("/calendar/days");
    let typed = [("kind", "holiday"), ("name", "秋假"), ("from", "2026-11-02"), ("until", "2026-11-06")];
    let done = keeper.submit(&form, &typed).await;
    let page = keeper.follow(done).await;
    assert!(page.notice().contains("重新计算"), "{}", page.text());
    assert!(page.all("tbody th").contains(&"11月2日—11月6日".to_owned()), "{}", page.text());
    assert!(!is_school_day(&world, "2026-11-03").await);

    let typed = [("kind", "workday"), ("name", "秋假调休"), ("from", "2026-11-07"), ("until", "")];
    assert_eq!(keeper.post_form("/calendar/days", &typed).await.status, 303);
    assert!(is_school_day(&world, "2026-11-07").await);
    let none: &[(&str, &str)] = &[];
    assert_eq!(keeper.post_form("/calendar/days/2026-11-07/2026-11-07/remove", none).await.status, 303);
    assert!(!is_school_day(&world, "2026-11-07").await);
    assert_eq!(keeper.post_form("/calendar/days/2026-11-07/2026-11-07/remove", none).await.status, 404);
}

#[tokio::test]
async fn a_day_that_makes_no_sense_is_refused_at_its_field() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    for (kind, from, until, field, said) in [
        ("workday", "2026-11-03", "", "from", "本来就上班"),
        ("holiday", "2026-11-03", "2026-11-02", "until", "不能早于第一天"),
        ("holiday", "2026-11-03", "2027-11-02", "until", "一次最多"),
        ("holiday", "", "", "from", "请填写第一天"),
        ("", "2026-11-03", "", "kind", "请选择"),
    ] {
        let typed = [("kind", kind), ("name", "某节"), ("from", from), ("until", until)];
        let page = keeper.post_form("/calendar/days", &typed).await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.errors()[0].contains(said), "{said}: {:?}", page.errors());
        assert_eq!(page.attributes(".errors a", "href"), [format!("#{field}")]);
        assert_eq!(page.form("/calendar/days").value("name"), Some("某节"));
    }
}

#[tokio::test]
async fn terms_are_set_without_overlap_and_only_those_to_come_are_taken_out() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let form = officer.get("/calendar").await.form("/calendar/terms");
    let set = async |officer: &mut common::Client, term: &str, opens: &str, closes: &str| {
        let typed = [("term", term), ("opens", opens), ("closes", closes), ("key", &*fresh())];
        officer.submit(&form, &typed).await
    };
    let late = set(&mut officer, "2026-2027-2", "2027-03-01", "2027-07-02").await;
    assert_eq!(late.status, 303, "{:?}", late.errors());
    assert!(officer.get("/calendar").await.text().contains("2027年3月1日"));
    for (term, opens, closes, said) in [
        ("2026-2027-2", "2027-01-10", "2027-07-02", "与2026年秋季学期"),
        ("2027-2028-1", "2026-09-01", "2027-01-22", "应在 2027 年开学"),
        ("2027-2028-1", "2027-09-01", "2027-08-01", "要晚于开学日期"),
        ("2027-2028-1", "2027-09-01", "2028-07-01", "不超过 200 天"),
        ("第一学期", "2027-09-01", "2028-01-20", "请选择学期"),
    ] {
        let page = set(&mut officer, term, opens, closes).await;
        assert!(page.errors()[0].contains(said), "{said}: {:?}", page.errors());
    }
    let none: &[(&str, &str)] = &[];
    assert_eq!(officer.post_form("/calendar/terms/2026-2027-2/remove", none).await.status, 303);
    let page = officer.post_form("/calendar/terms/2026-2027-1/remove", none).await;
    assert_eq!(page.errors(), ["2026年秋季学期已经开学，不能删除；日期有误请改日期"]);
}

fn fresh() -> String {
    quanxue::domain::ids::FormKey::new().to_string()
}

#[tokio::test]
async fn a_changed_calendar_asks_for_all_standings_anew() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let typed = [("kind", "holiday"), ("name", "秋假"), ("from", "2026-11-02"), ("until", "")];
    assert_eq!(keeper.post_form("/calendar/days", &typed).await.status, 303);
    let mut superuser = world.database.superuser().await;
    let waiting: i64 = sqlx::query_scalar("select count(*) from job where kind = 'project' and finished_at is null")
        .fetch_one(&mut superuser)
        .await
        .unwrap();
    assert_eq!(waiting, 1);
}

#[tokio::test]
async fn who_may_not_set_the_calendar_does_not_come_here() {
    let world = World::new().await;
    for role in [Role::Village, Role::Principal, Role::TownshipHead, Role::CountyApprover, Role::AuditKeeper] {
        let mut client = world.sign_in_as(role).await;
        assert_eq!(client.get("/calendar").await.status, 403, "{role:?}");
    }
}

#[tokio::test]
async fn the_policy_is_read_in_plain_words_with_the_line_it_comes_from() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    assert!(officer.get("/policy").await.text().contains("还没有采用实施方案"));
    let from = adopt_policy(&world.services, HERE.id(), "zuolan-2024", None).await.unwrap().unwrap();
    assert_eq!(from.to_string(), "2026-02-23", "from the first term on");
    let text = officer.get("/policy").await.text();
    for said in [
        "当年8月31日前年满 6 周岁的，当年秋季入学",
        "至少 2 个单位同去",
        "“劝返时学生必须在场”",
        "002:L48",
        "限收到之日起7日内复学，遇节假日顺延",
        "乡镇人民政府（乡镇分管领导）",
        "县委农村工作暨实施乡村振兴战略领导小组同意",
        "本版本尚未提供",
        "县定参数",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("AMB"), "no inner numbers");
}

#[tokio::test]
async fn a_policy_that_is_not_there_is_not_adopted() {
    let world = World::new().await;
    let refused = adopt_policy(&world.services, HERE.id(), "nowhere-1999", None).await.unwrap().unwrap_err();
    assert!(refused.to_string().contains("nowhere-1999"), "{refused}");
}

#[tokio::test]
async fn everybody_of_the_county_may_read_what_it_decided() {
    let world = World::new().await;
    for role in [Role::Village, Role::TownshipOfficer, Role::SystemKeeper] {
        let mut client = world.sign_in_as(role).await;
        let page = client.get("/policy").await;
        assert_eq!(page.status, 200, "{role:?}");
        assert_eq!(client.get("/policy?version=99").await.status, 404);
    }
}

#[tokio::test]
async fn schools_teach_on_a_weekend_without_making_it_a_working_day() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let form = officer.get("/calendar?year=2026").await.form("/calendar/school-days");
    let typed =
        [("own_kind", "taught"), ("own_name", "补防汛停课"), ("own_from", "2026-11-07"), ("own_until", "2026-11-08")];
    let done = officer.submit(&form, &typed).await;
    let page = officer.follow(done).await;
    assert!(page.all("#school-days tbody th").contains(&"11月7日—11月8日".to_owned()), "{}", page.text());
    assert!(is_school_day(&world, "2026-11-07").await);
    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    let known = calendar::calendar(&mut read).await.unwrap();
    assert!(!known.is_workday("2026-11-07".parse().unwrap()), "periods of working days pass it over");

    let typed = [("own_kind", "off"), ("own_name", "防汛停课"), ("own_from", "2026-11-09"), ("own_until", "")];
    assert_eq!(officer.post_form("/calendar/school-days", &typed).await.status, 303);
    assert!(!is_school_day(&world, "2026-11-09").await);
    let none: &[(&str, &str)] = &[];
    assert_eq!(officer.post_form("/calendar/school-days/2026-11-07/2026-11-08/remove", none).await.status, 303);
    assert!(!is_school_day(&world, "2026-11-07").await);
    assert_eq!(officer.post_form("/calendar/school-days/2026-11-07/2026-11-08/remove", none).await.status, 404);
}

#[tokio::test]
async fn a_school_day_that_makes_no_sense_is_refused_at_its_field() {
    let world = World::new().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    for (kind, from, until, field, said) in [
        ("taught", "2026-11-03", "", "own_from", "本来就上课"),
        ("off", "2026-11-07", "", "own_from", "本来就不上课"),
        ("taught", "2026-08-08", "", "own_from", "不在学期内"),
        ("taught", "2026-11-08", "2026-11-07", "own_until", "不能早于第一天"),
        ("", "2026-11-07", "", "own_kind", "请选择"),
        ("taught", "", "", "own_from", "请填写第一天"),
    ] {
        let typed = [("own_kind", kind), ("own_name", "某事"), ("own_from", from), ("own_until", until)];
        let page = officer.post_form("/calendar/school-days", &typed).await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.errors()[0].contains(said), "{said}: {:?}", page.errors());
        assert_eq!(page.attributes(".errors a", "href"), [format!("#{field}")]);
        assert_eq!(page.form("/calendar/school-days").value("own_name"), Some("某事"));
    }
}
