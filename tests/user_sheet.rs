//! New users from a sheet: template, preview with faults by row, all or nobody, the receipt with first passwords.

use common::{Client, HERE, Page, Role, World};
use quanxue::domain::cells::Workbook;
use quanxue::sheets;

async fn upload(keeper: &mut Client, name: &str, bytes: &[u8]) -> Page {
    keeper.post_multipart("/users/sheet", &[], &[("file", name, "application/octet-stream", bytes)]).await
}

fn cells(book: &Workbook, sheet: usize) -> Vec<Vec<String>> {
    book.sheets[sheet]
        .rows
        .iter()
        .map(|row| row.cells.iter().map(quanxue::domain::cells::Cell::shown).collect())
        .collect()
}

const SHEET: &str = "姓名,角色,单位,职务,账号\n\
    周成林,村（社区）干部,左岚乡齐心村,支部书记,\n\
    冉光明,乡镇经办,左岚乡,经办,ranguangming\n\
    周成林,班主任,左岚乡九年制学校七年级1班,,\n";

#[tokio::test]
async fn the_template_is_a_sheet_that_can_be_filled_and_brought_back() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let page = keeper.get("/users/sheet/template.xlsx").await;
    assert!(page.header("content-disposition").unwrap().contains(".xlsx"));
    let book = sheets::parse(&page.bytes).unwrap();
    assert!(cells(&book, 0).iter().any(|row| row.starts_with(&["姓名".into(), "角色".into(), "单位".into()])));
    let named = cells(&book, 1);
    assert!(named.iter().any(|row| row[0] == "左岚乡九年制学校七年级1班"), "{named:?}");
    // Brought back empty it asks to be filled.
    let back = upload(&mut keeper, "新增用户模板.xlsx", &page.bytes).await;
    assert_eq!(back.errors(), ["表头下面没有填人：请一人一行填好后再上传"]);
}

#[tokio::test]
async fn all_are_made_and_the_receipt_holds_their_first_passwords_once() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let preview = upload(&mut keeper, "用户.csv", SHEET.as_bytes()).await;
    assert_eq!((preview.status, preview.h1().as_str()), (200, "核对新增用户"));
    assert!(keeper.get("/users").await.all("tbody th").iter().all(|name| name != "冉光明"), "nothing is made yet");

    let form = preview.form("/users/sheet/make");
    let receipt = keeper.submit(&form, &[]).await;
    assert_eq!(receipt.h1(), "已新增 3 人");
    let (logins, passwords) = (receipt.all("tbody td:nth-child(2)"), receipt.all(".secret"));
    assert_eq!(logins, ["zhouchenglin", "ranguangming", "zhouchenglin2"]);
    let county = HERE.0.to_string();
    for (login, password) in logins.iter().zip(&passwords) {
        let fields = [("county", county.as_str()), ("login", login), ("password", password)];
        assert_eq!(world.client().post_form("/sign-in", &fields).await.status, 303, "{login}");
    }

    let file = keeper.submit(&receipt.form("/users/sheet/receipt.xlsx"), &[]).await;
    let book = sheets::parse(&file.bytes).unwrap();
    assert!(cells(&book, 0).iter().any(|row| row.starts_with(&[
        "冉光明".to_owned(),
        "ranguangming".to_owned(),
        passwords[1].clone()
    ])));

    let again = keeper.submit(&form, &[]).await;
    let page = keeper.follow(again).await;
    assert!(page.notice().contains("已经提交过") && page.all(".secret").is_empty(), "{}", page.text());
}

#[tokio::test]
async fn the_same_sheet_twice_makes_nobody_twice() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let preview = upload(&mut keeper, "用户.csv", SHEET.as_bytes()).await;
    keeper.submit(&preview.form("/users/sheet/make"), &[]).await;
    let second = upload(&mut keeper, "用户.csv", SHEET.as_bytes()).await;
    assert_eq!(second.all("td.room .bad").len(), 3);
    assert!(second.text().contains("此人已在这个岗位，账号 zhouchenglin"), "{}", second.text());
    assert!(second.forms().iter().all(|form| form.action != "/users/sheet/make"));
}

#[tokio::test]
async fn one_faulty_row_makes_nobody_and_says_what_is_wrong_where() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    let sheet = "姓名,角色,单位,账号\n冉光明,乡镇经办,左岚乡,\n冉明光,村长,左岚乡,\n冉明,乡镇经办,没有的乡,village\n";
    let page = upload(&mut keeper, "用户.csv", sheet.as_bytes()).await;
    assert!(page.title().starts_with("错误："));
    let told = page.all("td.room");
    assert_eq!(told[0], "无误");
    assert!(told[1].contains("没有“村长”这个角色") && told[2].contains("没有“没有的乡”"), "{told:?}");
    // Whoever sends the rows all the same is told again.
    let rows = r#"[[2,{"name":"冉光明","login":"village","phone":"","post":{"role":"乡镇经办","unit":"左岚乡","title":"","from":"","until":""}}]]"#;
    let page = keeper.post_form("/users/sheet/make", &[("rows", rows)]).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("账号“village”已有人使用"), "{}", page.text());
}

#[tokio::test]
async fn what_is_no_sheet_gets_a_sentence() {
    let world = World::new().await;
    let mut keeper = world.sign_in_as(Role::SystemKeeper).await;
    for (name, bytes, said) in [
        ("名单.xlsx", &b"<html>"[..], "网页"),
        ("名单.csv", "姓名,性别\n王,男\n".as_bytes(), "没有找到表头"),
        ("名单.xlsx", b"", "请选择填好的表格文件"),
    ] {
        let page = upload(&mut keeper, name, bytes).await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.errors()[0].contains(said), "{said}: {:?}", page.errors());
    }
    assert_eq!(keeper.post_form("/users/sheet/make", &[("rows", "[")]).await.status, 400);
}
