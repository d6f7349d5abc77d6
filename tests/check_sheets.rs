//! Check sheets go out by village and come back as answers: row by row, by the same person, once, never guessing.
#![expect(clippy::unwrap_used, reason = "tests")]

use common::seeds::{Child, Place, Post};
use common::{Client, HERE, Page, Role, THERE, World};
use quanxue::domain::cells::{Cell, Workbook};
use quanxue::domain::check_sheet::HEADINGS;
use quanxue::domain::ids::CheckId;
use quanxue::sheets::{Column, Mark, Table, parse, tables};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Every child of the seeds waits for an answer.
async fn world() -> World {
    let world = World::ruled().await;
    let mut superuser = world.database.superuser().await;
    for sql in [
        "update whereabouts_check set closed_at = null, closing_answer = null",
        "delete from check_answer",
        "update whereabouts_check set clue = '{\"reason\": \"学籍里没有这个号码\"}'",
    ] {
        sqlx::query(sql).execute(&mut superuser).await.unwrap();
    }
    world
}

fn check(child: Child) -> CheckId {
    CheckId(HERE.row("whereabouts_check", child))
}

/// A row as it was handed out, and what is written into its last four cells.
type Filled<'a> = (&'a [String], [&'a str; 4]);

fn shown(book: &Workbook) -> Vec<Vec<String>> {
    let rows = book.sheets.iter().flat_map(|sheet| &sheet.rows);
    rows.map(|row| row.cells.iter().map(Cell::shown).collect()).collect()
}

/// The rows of children on a sheet that was handed out.
async fn handed_out(client: &mut Client, place: &str) -> Vec<Vec<String>> {
    let page = client.get("/checks/sheet").await;
    let file = client.submit(&page.form("/checks/sheet/out"), &[("place", place), ("out", "fill")]).await;
    assert_eq!((file.status, file.header("content-type")), (200, Some(XLSX)), "{}", file.text());
    let rows = shown(&parse(&file.bytes).unwrap());
    rows.into_iter().filter(|row| row.len() >= 8 && row[0].starts_with("500229-")).collect()
}

fn row(rows: &[Vec<String>], child: Child) -> &[String] {
    rows.iter().find(|row| row[1] == child.name(HERE)).unwrap()
}

fn filled(rows: &[Filled<'_>]) -> Vec<u8> {
    let cells = |(out, written): &Filled<'_>| {
        let out = (0..8).map(|at| out.get(at).cloned().unwrap_or_default());
        out.chain(written.iter().map(|text| (*text).to_owned())).map(Cell::Text).collect()
    };
    let table = Table {
        name: "同心村".into(),
        title: "待核查儿童核查表".into(),
        columns: HEADINGS.into_iter().map(Column::new).collect(),
        rows: rows.iter().map(cells).collect(),
        ..Table::default()
    };
    let mark = Mark { who: "甲".into(), when: "2026-10-15T08:00:00".parse().unwrap(), why: None };
    tables(&[table], &mark).unwrap()
}

async fn upload(client: &mut Client, name: &str, bytes: &[u8]) -> Page {
    client.post_multipart("/checks/sheet", &[], &[("file", name, XLSX, bytes)]).await
}

async fn brought(client: &mut Client, bytes: &[u8]) -> Page {
    let sent = upload(client, "核查表.xlsx", bytes).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    client.follow(sent).await
}

async fn answers(world: &World) -> Vec<(CheckId, String, String, String)> {
    let sql =
        "select check_id, finding, coalesce(elsewhere, note), via from check_answer order by answered_at, finding";
    let rows: Vec<(uuid::Uuid, String, String, String)> =
        sqlx::query_as(sql).fetch_all(&mut world.database.superuser().await).await.unwrap();
    rows.into_iter().map(|(id, finding, said, via)| (CheckId(id), finding, said, via)).collect()
}

#[tokio::test]
async fn a_sheet_goes_out_without_numbers_and_comes_back_as_answers_once() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let rows = handed_out(&mut village, "").await;
    let own = row(&rows, Child::Own).to_vec();
    assert_eq!(own[3..8], ["2013-03-14", "蒲春生之父", "蒲春生之父", "蒲春生家", "学籍里没有这个号码"]);
    assert!(!format!("{rows:?}").contains("***") && !format!("{rows:?}").contains(&Child::Own.number()));

    let bytes = filled(&[(&own, ["在外地就读", "2026-10-14", "浙江省杭州市余杭区某小学六年级", ""])]);
    let page = brought(&mut village, &bytes).await;
    assert!(page.text().contains("可以收下") && page.text().contains("要补证明"), "{}", page.text());
    assert!(answers(&world).await.is_empty(), "nothing is taken before it is confirmed");
    let form = page.form_with("收下这 1 行");
    let sent = village.submit(&form, &[]).await;
    let after = village.follow(sent.clone()).await;
    assert_eq!(after.notice(), "已收下 1 人的核查结果。");
    assert!(after.text().contains("要补证明"), "{}", after.text());
    assert_eq!(village.submit(&form, &[]).await.location(), sent.location(), "twice is once");
    let expected =
        (check(Child::Own), "elsewhere".to_owned(), "浙江省杭州市余杭区某小学六年级".to_owned(), "sheet".to_owned());
    assert_eq!(answers(&world).await, [expected]);
    // It waits for its proof like an answer given on the page.
    assert!(village.get(&format!("/checks/{}", check(Child::Own))).await.text().contains("缺证明"));

    // The same file once more, and the old sheet in another form.
    let again = brought(&mut village, &bytes).await;
    assert!(again.text().contains("没有可以收下的行") && again.text().contains("已回复过"), "{}", again.text());
    let take = format!("{}/take", again.path.split('?').next().unwrap());
    assert_eq!(village.post_form(&take, &[("", "")]).await.status, 422);
    assert_eq!(answers(&world).await.len(), 1);

    let kinds =
        "select kind from event where kind in ('list_exported', 'check_sheet_brought', 'check_answered') order by seq";
    let kinds: Vec<String> = sqlx::query_scalar(kinds).fetch_all(&mut world.database.superuser().await).await.unwrap();
    assert_eq!(kinds, ["list_exported", "check_sheet_brought", "check_answered", "check_sheet_brought"]);
}

#[tokio::test]
async fn a_day_before_the_check_began_is_told_with_the_day_it_began() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let own = row(&handed_out(&mut village, "").await, Child::Own).to_vec();
    let page = brought(&mut village, &filled(&[(&own, ["查无此人", "2020-01-01", "", ""])])).await;
    assert!(page.text().contains("才列入待核查，核查日期不能更早"), "{}", page.text());
}

#[tokio::test]
async fn good_rows_are_taken_and_faulty_ones_come_back_marked_with_their_reason() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let rows = handed_out(&mut officer, "").await;
    let [own, sibling, catchment] = [Child::Own, Child::Sibling, Child::Catchment].map(|c| row(&rows, c).to_vec());
    let mut renamed = sibling.clone();
    renamed[1] = "向秋明".to_owned();
    let nobody = vec![String::new(), "表外人".to_owned()];
    let bytes = filled(&[
        (&own, ["12", "2026.10.14", "", ""]),
        (&renamed, ["查无此人", "2026-10-14", "", ""]),
        (&catchment, ["在家", "2026-10-14", "", ""]),
        (&catchment, ["在外地就读", "2026-10-16", "", ""]),
        (&own, ["死亡", "10月14日", "", ""]),
        (&nobody, ["死亡", "2026-10-14", "", ""]),
        (&sibling, ["", "", "", ""]),
    ]);
    let page = brought(&mut officer, &bytes).await;
    for said in [
        "在家未就读（辍学），10月14日",
        "姓名与行码对不上",
        "核查结果“在家”不在列表里",
        "与第",
        "没有行码",
        "要改正的 5 行",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let sent = officer.submit(&page.form_with("收下这 1 行"), &[]).await;
    let after = officer.follow(sent).await;
    assert_eq!(answers(&world).await.len(), 1);
    let link = after.link("下载要改正的");
    let returned = parse(&officer.get(&link).await.bytes).unwrap();
    let all = shown(&returned);
    let reasons: Vec<&String> = all.iter().filter(|row| row.len() == 13).map(|row| &row[12]).collect();
    assert_eq!(reasons[0], "退回原因");
    assert_eq!(reasons.len(), 1 + 5, "{all:?}");
    assert!(reasons.iter().any(|why| why.starts_with("原第5行：核查结果“在家”不在列表里")), "{reasons:?}");

    // Mended, it is taken: the reason's column is passed over.
    let mended = filled(&[(&catchment, ["在外地就读", "2026-10-14", "陕西省西安市长安区", ""])]);
    let page = brought(&mut officer, &mended).await;
    officer.submit(&page.form_with("收下这 1 行"), &[]).await;
    assert_eq!(answers(&world).await.len(), 2);
}

#[tokio::test]
async fn nobody_met_may_be_answered_again_and_what_is_settled_is_an_old_sheet() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let rows = handed_out(&mut village, "").await;
    let own = row(&rows, Child::Own).to_vec();
    let not_met = filled(&[(&own, ["未见到人，去向不明", "2026-10-12", "", "问了邻居，说外出打工"])]);
    let page = brought(&mut village, &not_met).await;
    village.submit(&page.form_with("收下"), &[]).await;
    assert!(brought(&mut village, &not_met).await.text().contains("内容相同"));
    assert_eq!(handed_out(&mut village, "").await.iter().filter(|r| r[1] == own[1]).count(), 1, "it goes out again");
    let found = filled(&[(&own, ["在家未就读（辍学）", "2026-10-14", "", ""])]);
    let page = brought(&mut village, &found).await;
    village.submit(&page.form_with("收下"), &[]).await;
    assert_eq!(answers(&world).await.len(), 2);

    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let child = check(Child::Sibling);
    let rows = handed_out(&mut officer, "").await;
    let sibling = row(&rows, Child::Sibling).to_vec();
    officer
        .post_form(&format!("/checks/{child}/answers"), &[("finding", "no_such_person"), ("found_on", "2026-10-14")])
        .await;
    let close = "update whereabouts_check set closed_at = '2026-10-14T03:00:00Z' where county_id = 500229 and closed_at is null";
    sqlx::query(close).execute(&mut world.database.superuser().await).await.unwrap();
    let old = brought(&mut officer, &filled(&[(&sibling, ["死亡", "2026-10-14", "", ""])])).await;
    assert!(old.text().contains("已于10月14日认定去向，不用再回复"), "{}", old.text());
    assert!(officer.get("/checks/sheet").await.text().contains("现在没有等待核查的儿童"));
}

#[tokio::test]
async fn sheets_of_others_are_not_answered_and_nobody_elses_upload_is_seen() {
    let world = world().await;
    let mut other = world.sign_in(HERE, Role::TownshipOfficer, Post::Sibling).await;
    let theirs = row(&handed_out(&mut other, "").await, Child::Elsewhere).to_vec();
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let mut abroad = theirs.clone();
    abroad[0] = theirs[0].replace("500229-", "341522-");
    let answer = ["死亡", "2026-10-14", "", ""];
    let page = brought(&mut officer, &filled(&[(&theirs, answer), (&abroad, answer)])).await;
    assert!(page.text().contains("不是本单位的待核查儿童：请交给所属的乡镇、村上传"), "{}", page.text());
    assert!(page.text().contains("别的区县的核查表：请交给那个区县上传"), "{}", page.text());
    assert!(page.text().contains("没有可以收下的行"));

    let own = row(&handed_out(&mut officer, "").await, Child::Own).to_vec();
    let mine = brought(&mut officer, &filled(&[(&own, answer)])).await;
    let path = mine.path.clone();
    for client in [&mut other, &mut world.sign_in_as(Role::CountyOfficer).await] {
        assert_eq!(client.get(&path).await.status, 404);
        assert_eq!(client.post_form(&format!("{path}/take"), &[("", "")]).await.status, 404);
    }
    let mut stranger = world.sign_in(THERE, Role::TownshipOfficer, Post::Own).await;
    assert_eq!(stranger.get(&path).await.status, 404);
    let place = HERE.unit(Place::OtherVillage).to_string();
    let beyond = officer.post_form("/checks/sheet/out", &[("place", place.as_str()), ("out", "fill")]).await;
    assert!(beyond.text().contains("这个范围里没有等待核查的儿童"), "{}", beyond.text());
}

#[tokio::test]
async fn what_is_no_check_sheet_is_refused_in_a_sentence() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let mut zeroes = vec![0_u8; 4096];
    zeroes[..4].copy_from_slice(b"PK\x03\x04");
    let others = "姓名,身份证号码\n蒲春生,1\n";
    let empty = filled(&[]);
    for (name, bytes, said) in [
        ("照片.xlsx", &b"<html>no</html>"[..], "网页"),
        ("坏的.xlsx", &zeroes, ""),
        ("户籍.csv", others.as_bytes(), "这不是核查表"),
        ("空的.xlsx", &empty, "表头下面是空的"),
    ] {
        let page = upload(&mut village, name, bytes).await;
        assert_eq!((page.status, page.errors().len()), (422, 1), "{name}: {}", page.text());
        assert!(page.errors()[0].contains(said) && page.errors()[0].ends_with('。'), "{name}: {:?}", page.errors());
    }
    let none = village.post_multipart("/checks/sheet", &[], &[]).await;
    assert_eq!(none.errors(), ["请选择填好的核查表（.xlsx、.xls 或 .csv）。"]);
}

#[tokio::test]
async fn the_printed_sheet_is_a_pdf_of_each_village_and_is_told_to_the_audit() {
    let world = world().await;
    let mut officer = world.sign_in_as(Role::TownshipOfficer).await;
    let page = officer.get("/checks/sheet").await;
    assert!(page.text().contains("全部（3 人）"), "{}", page.text());
    let pdf = officer.submit(&page.form("/checks/sheet/out"), &[("out", "print")]).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")), "{}", pdf.text());
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let sql = "select detail ->> 'rows' from event where kind = 'list_printed'";
    let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut world.database.superuser().await).await.unwrap();
    assert_eq!(rows, ["3"]);
}

#[tokio::test]
async fn a_village_has_its_progress_and_goes_from_one_name_to_the_next() {
    let world = world().await;
    let mut village = world.sign_in_as(Role::Village).await;
    let list = village.get("/checks").await;
    assert_eq!(list.all(".checked b"), ["0"], "{}", list.text());
    let page = village.get(&list.link("蒲春生")).await;
    assert!(page.text().contains("第 2 人，共 2 人"), "{}", page.text());
    let groups = page.all(".findings__head");
    assert_eq!(groups[..2], ["在读", "不在读"], "{groups:?}");
    let path = format!("/checks/{}", check(Child::Own));
    let form = page.form(&format!("{path}/answers"));
    let done =
        village.submit(&form, &[("finding", "out_of_school"), ("found_on", "2026-10-14"), ("note", "在家")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(village.get("/checks").await.all(".checked b"), ["1"]);
    let mut county = world.sign_in_as(Role::CountyOfficer).await;
    let bench = county.get(&format!("{path}?state=answered")).await;
    assert_eq!(bench.all(".bench__list .pick a"), [Child::Own.name(HERE)], "{}", bench.text());
    assert!(bench.links().iter().any(|(_, href)| href == "/checks?state=answered"), "back to the same list");
}
