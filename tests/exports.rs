//! Lists taken out as workbooks: what stands in them, who may, what the audit keeps of it.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::{Child, Place};
use common::{HERE, Page, Role, World};
use quanxue::domain::cells::{Cell, Workbook};
use serde_json::Value;

fn book(page: &Page) -> Workbook {
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.header("content-type").unwrap().contains("spreadsheetml"));
    quanxue::sheets::parse(&page.bytes).unwrap()
}

/// Every row as a person reads it.
fn rows(book: &Workbook) -> Vec<Vec<String>> {
    book.sheets[0].rows.iter().map(|row| row.cells.iter().map(Cell::shown).collect()).collect()
}

async fn exported(world: &World) -> Vec<Value> {
    let sql = "select detail from event where kind = 'list_exported' order by seq";
    sqlx::query_scalar(sql).fetch_all(&mut world.database.superuser().await).await.unwrap()
}

#[tokio::test]
async fn a_list_leaves_with_its_reason_its_filters_and_masked_numbers_and_the_audit_keeps_it() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let village = HERE.unit(Place::SiblingVillage);
    let list = officer.get(&format!("/children?village={village}")).await;
    let page = officer.get(&list.link("导出")).await;
    assert!(page.text().contains("行数 2 行"), "{}", page.text());

    let none = officer.submit(&page.form_with("导出"), &[]).await;
    assert_eq!((none.status, none.errors().len()), (422, 1), "{}", none.text());
    assert!(exported(&world).await.is_empty());

    let file = officer.submit(&none.form_with("导出"), &[("reason", "报乡政府十月台账")]).await;
    let all = rows(&book(&file));
    let names: Vec<&str> = all.iter().filter_map(|row| row.get(1)).map(String::as_str).collect();
    assert_eq!(names, ["姓名", Child::Sibling.name(HERE), Child::Catchment.name(HERE)]);
    let text = format!("{all:?}");
    assert!(!text.contains(&Child::Sibling.number()) && text.contains("***********"), "{text}");
    assert!(all.last().unwrap()[0].ends_with("2026年10月15日 09:00　用途：报乡政府十月台账"), "{text}");

    let kept = exported(&world).await;
    assert_eq!((kept.len(), &kept[0]["list"], &kept[0]["rows"]), (1, &"children".into(), &2.into()));
    assert_eq!(kept[0]["filters"]["village"], village.to_string());
    assert_eq!(kept[0]["reason"], "报乡政府十月台账");
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    assert!(approver.get("/audit").await.text().contains("导出名单"));
}

#[tokio::test]
async fn cases_and_the_balance_table_leave_row_by_row() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let link = officer.get("/cases").await.link("导出");
    let form = officer.get(&link).await.form_with("导出");
    let cases = rows(&book(&officer.submit(&form, &[("reason", "报县教委")]).await));
    let named = Child::ALL.iter().filter(|child| format!("{cases:?}").contains(child.name(HERE))).count();
    assert_eq!(named, Child::ALL.len());

    let link = officer.get("/balance").await.link("导出表格");
    let form = officer.get(&link).await.form_with("导出");
    let table = rows(&book(&officer.submit(&form, &[("reason", "报县教委")]).await));
    let total = table.iter().find(|row| row[0] == "全县合计").unwrap();
    assert_eq!(total[10], "5", "{table:?}");
    let sum: i64 = total[1..10].iter().map(|n| n.parse::<i64>().unwrap()).sum();
    assert_eq!(sum.to_string(), total[10]);
}

#[tokio::test]
async fn who_may_not_export_sees_no_button_and_gets_nothing() {
    let world = World::ruled().await;
    for role in [Role::Village, Role::Inspector] {
        let mut client = world.sign_in_as(role).await;
        for list in ["/children", "/cases", "/checks", "/balance"] {
            assert!(!client.get(list).await.links().iter().any(|(words, _)| words.contains("导出")), "{list}");
        }
        assert_eq!(client.post_form("/exports/children", &[("reason", "自己看看")]).await.status, 403);
    }
    // A school may export its lists; the balance table is not its page.
    let mut registrar = world.sign_in_as(Role::Registrar).await;
    assert_eq!(registrar.get("/exports/balance").await.status, 403);
    assert!(exported(&world).await.is_empty());
}

/// As many children as one may take out in a day, beside the seeded ones, in no township.
async fn many(world: &World) {
    let many = "insert into child (county_id, id, name, sex, birth, pinyin, registered, whereabouts, whereabouts_basis, whereabouts_on, created_at)
        select 500229, gen_random_uuid(), '某某' || n, 'male', '2014-01-01', 'moumou', true, 'unknown', '', '2026-09-14', '2026-09-01T00:00:00Z'
        from generate_series(1, 2000) n";
    sqlx::query(many).execute(&mut world.database.superuser().await).await.unwrap();
}

#[tokio::test]
async fn sec_c4_4_more_than_two_thousand_rows_a_day_leave_only_when_another_person_releases_them_once() {
    let world = World::ruled().await;
    many(&world).await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let page = officer.get("/exports/children").await;
    assert!(page.text().contains("不能直接导出"), "{}", page.text());
    assert_eq!(officer.post_form("/exports/children", &[("reason", "报县教委")]).await.status, 422);
    assert!(exported(&world).await.is_empty());

    let ask = page.form_with("申请放行");
    assert_eq!(officer.submit(&ask, &[]).await.status, 422, "a reason is asked for");
    let asked = officer.submit(&ask, &[("reason", "报市教委全县名册")]).await;
    let request = asked.location().unwrap();
    assert_eq!(officer.submit(&ask, &[("reason", "报市教委全县名册")]).await.location(), Some(request.clone()), "once");
    let waits = officer.get(&request).await;
    assert!(waits.text().contains("待审批") && waits.text().contains("报市教委全县名册"), "{}", waits.text());
    let take = format!("{request}/take");
    assert_eq!(officer.post_form::<&str, &str>(&take, &[]).await.status, 409, "nobody has released it");
    assert_eq!(officer.post_form(&format!("{request}/decide"), &[("decision", "grant")]).await.status, 403);
    let mut township = world.sign_in_as(Role::TownshipOfficer).await;
    assert_eq!(township.get(&request).await.status, 404);

    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let day = approver.get("/").await;
    assert!(day.text().contains("有 1 份导出申请等您审批"), "{}", day.text());
    assert_eq!(day.link("去审批"), "/exports/requests");
    assert!(!officer.get("/").await.text().contains("等您审批"), "one's own request is another's to decide");
    assert!(approver.get("/exports/requests").await.links().iter().any(|(_, href)| *href == request));
    let form = approver.get(&request).await.form_with("不同意");
    assert_eq!(approver.submit(&form, &[("decision", "refuse")]).await.status, 422, "a refusal has its reason");
    assert_eq!(approver.submit(&form, &[("decision", "grant")]).await.status, 303);
    assert_eq!(approver.post_form::<&str, &str>(&take, &[]).await.status, 403, "only who asked for it fetches it");

    assert!(!approver.get("/").await.text().contains("等您审批"), "decided");
    assert!(officer.get("/").await.text().contains("您申请的 1 份导出已经同意，还没有下载"));
    let released = officer.get(&request).await;
    let unit = |unit: String| format!("update export_release set asked_unit = '{unit}'");
    world.database.alter(unit(HERE.unit(Place::Township).to_string())).await;
    let elsewhere = officer.submit(&released.form_with("下载名单"), &[]).await;
    assert!(elsewhere.status == 403 && elsewhere.text().contains("切换到那个任职"), "{}", elsewhere.text());
    world.database.alter(unit(HERE.unit(Place::County).to_string())).await;
    let file = officer.submit(&released.form_with("下载名单"), &[]).await;
    assert!(rows(&book(&file)).len() > 2000);
    assert_eq!(officer.submit(&released.form_with("下载名单"), &[]).await.status, 409, "once");
    assert!(!officer.get("/").await.text().contains("已经同意"), "fetched");
    let kept = exported(&world).await;
    assert_eq!((kept.len(), &kept[0]["reason"]), (1, &"报市教委全县名册".into()));
    assert!(kept[0]["request"].is_string());
    let narrowed = format!("/exports/children?township={}", HERE.unit(Place::Township));
    book(&officer.post_form(&narrowed, &[("reason", "报县教委")]).await); // the day is not used up by it
    let told = approver.get("/audit").await.text();
    assert!(told.contains("申请超量导出") && told.contains("审批超量导出"), "{told}");
}

#[tokio::test]
async fn sec_c4_4_the_rows_of_a_day_add_up_and_the_next_day_begins_anew() {
    let world = World::ruled().await;
    many(&world).await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    let narrowed = format!("/exports/children?township={}", HERE.unit(Place::Township));
    book(&officer.post_form(&narrowed, &[("reason", "报县教委")]).await);
    let taken = "update export_day set rows = 1999";
    assert_eq!(sqlx::query(taken).execute(&mut world.database.superuser().await).await.unwrap().rows_affected(), 1);
    let page = officer.get(&narrowed).await;
    assert!(page.text().contains("1999 行，1 次") && page.text().contains("不能直接导出"), "{}", page.text());
    assert_eq!(officer.post_form(&narrowed, &[("reason", "报县教委")]).await.status, 422);
    book(&officer.post_form("/exports/balance", &[("reason", "报县教委")]).await);
    let mut other = world.sign_in_as(Role::CountyApprover).await;
    book(&other.post_form(&narrowed, &[("reason", "报县教委")]).await);
    // Half past midnight in the county is still the day before in Greenwich.
    world.hand.set("2026-10-16T00:30:00+08:00".parse().unwrap());
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    book(&officer.post_form(&narrowed, &[("reason", "报县教委")]).await);
}

#[tokio::test]
async fn sec_c5_the_twenty_first_list_of_a_day_does_not_leave() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::CountyOfficer).await;
    for _ in 0..20 {
        book(&officer.post_form("/exports/balance", &[("reason", "报县教委")]).await);
    }
    assert_eq!(officer.post_form("/exports/balance", &[("reason", "报县教委")]).await.status, 422);
    assert_eq!(exported(&world).await.len(), 20);
}

#[tokio::test]
async fn sec_c4_4_nobody_releases_what_they_asked_for_themselves() {
    let world = World::ruled().await;
    many(&world).await;
    let mut approver = world.sign_in_as(Role::CountyApprover).await;
    let form = approver.get("/exports/children").await.form_with("申请放行");
    let request = approver.submit(&form, &[("reason", "报市教委全县名册")]).await.location().unwrap();
    assert!(!approver.get(&request).await.text().contains("同意放行"));
    let own = approver.post_form(&format!("{request}/decide"), &[("decision", "grant")]).await;
    assert!(own.status == 403 && own.text().contains("另一位"), "{}", own.text());
}

#[tokio::test]
async fn a_township_takes_out_its_own_children_and_no_filter_reaches_beyond() {
    let world = World::ruled().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let beyond = format!("/exports/children?township={}", HERE.unit(Place::OtherTownship));
    let page = officer.get(&beyond).await;
    assert!(page.text().contains("这个范围里没有人"), "{}", page.text());
    assert_eq!(officer.post_form(&beyond, &[("reason", "报县教委")]).await.status, 422);
    let all = rows(&book(&officer.post_form("/exports/children", &[("reason", "报县教委")]).await));
    assert!(!format!("{all:?}").contains(Child::Elsewhere.name(HERE)), "{all:?}");
}
