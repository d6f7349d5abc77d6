//! Importing in the browser: what is no roster has its sentence, a roster is shown before it is taken, what is wrong comes
//! back, a number two children claim goes before a person, and all of it can be taken back.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::time::Duration;

use common::{Client, Page, Role, World};
use quanxue::jobs::{Runner, house};
use tokio::sync::Notify;

use crate::sheets::zip;

const HEADINGS: &str = "姓名,性别,出生日期,公民身份号码,户主姓名,户籍地址\n";

/// A county with its policy, workers at hand, and its officer at the page of imports.
struct Desk {
    world: World,
    officer: Client,
    stop: Arc<Notify>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop.notify_waiters();
    }
}

impl Desk {
    async fn new() -> Self {
        let world = World::ruled().await;
        let stop = Arc::new(Notify::new());
        let hear = Arc::clone(&stop);
        let runner = Runner::new(world.services.clone(), house()).looking_every(Duration::from_millis(10));
        tokio::spawn(runner.run(async move { hear.notified().await }));
        let officer = world.sign_in_as(Role::CountyOfficer).await;
        Self { world, officer, stop }
    }

    async fn bring(&mut self, kind: &str, name: &str, bytes: &[u8]) -> Page {
        let files = [("file", name, "application/octet-stream", bytes)];
        self.officer.post_multipart("/imports", &[("kind", kind)], &files).await
    }

    /// Brings a household register that is worth reading, and waits for its preview.
    async fn read(&mut self, name: &str, bytes: &[u8]) -> Page {
        self.read_as("household", name, bytes).await
    }

    async fn read_as(&mut self, kind: &str, name: &str, bytes: &[u8]) -> Page {
        let brought = self.bring(kind, name, bytes).await;
        assert_eq!(brought.status, 303, "{}", brought.text());
        let job = brought.location().unwrap();
        self.after(&job).await
    }

    /// Where a job's page leads once the work is done.
    async fn after(&mut self, job: &str) -> Page {
        for _ in 0..500 {
            let page = self.officer.get(job).await;
            if page.status == 303 {
                return self.officer.follow(page).await;
            }
            if let Some((_, on)) = page.links().into_iter().find(|(_, href)| href.starts_with("/imports/")) {
                let shown = self.officer.get(&on).await;
                if !shown.text().contains("正在处理") {
                    return shown;
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{job} never ended")
    }

    /// Takes what a preview offers.
    async fn take(&mut self, preview: &Page) -> Page {
        let taken = self.officer.submit(&preview.form_with("确认导入"), &[]).await;
        assert_eq!(taken.status, 303, "{}", taken.text());
        self.after(&taken.location().unwrap()).await
    }

    async fn children(&mut self) -> String {
        self.officer.get("/children").await.h1()
    }
}

#[tokio::test]
async fn what_is_no_roster_is_refused_with_a_sentence_and_the_kind_stays_chosen() {
    let mut desk = Desk::new().await;
    let before = desk.children().await;
    let bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; 300 << 20])]);
    let page = "<html><body>登录超时</body></html>".as_bytes();
    for (name, bytes, sentence) in [
        ("户籍.xlsx", b"".as_slice(), "请选择要导入的表格文件"),
        ("户籍.xlsx", page, "网页"),
        ("户籍.xlsx", &vec![0; 100 << 20], "超过"),
        ("户籍.xlsx", &bomb, "解压后大得不正常"),
        ("说明.csv", "标题,正文\n关于,内容\n".as_bytes(), "姓名"),
    ] {
        let mut answer = desk.bring("household", name, bytes).await;
        if answer.status == 303 {
            answer = desk.after(&answer.location().unwrap()).await;
        } else if answer.status == 422 {
            assert!(
                answer.body().contains("value=\"household\" id=\"kind\" checked"),
                "the kind that was chosen is gone"
            );
        }
        assert!(answer.text().contains(sentence), "{name} ({} bytes): {}", bytes.len(), answer.text());
        assert!(answer.forms().iter().all(|form| !form.action.ends_with("/accept")), "nothing of it can be taken");
    }
    assert_eq!(desk.children().await, before);
}

#[tokio::test]
async fn a_roster_is_shown_then_taken_then_undone_and_its_faulty_rows_come_back() {
    let mut desk = Desk::new().await;
    let before = desk.children().await;
    let roster = format!(
        "{HEADINGS}邬新一,男,2014-11-03,500229201411030013,邬老大,左岚乡齐心村\n\
         邬新二,女,2015-03-08,50022920150308002X,邬老大,左岚乡齐心村\n"
    );
    let preview = desk.read("户籍.csv", roster.as_bytes()).await;
    assert!(preview.text().contains("（CSV 文件）") && !preview.text().contains("Sheet1"), "{}", preview.text());
    assert!(preview.text().contains("确认后才会写入"), "{}", preview.text());
    // One of the two check digits is wrong; the row comes back with its reason.
    assert!(preview.text().contains("校验"), "{}", preview.text());
    assert_eq!(desk.children().await, before, "a preview writes nothing");
    let faults = desk.officer.get(&preview.link("下载退回的")).await;
    assert_eq!(faults.status, 200);
    assert!(faults.header("content-type").unwrap().contains("spreadsheetml"));
    let taken = desk.take(&preview).await;
    assert!(taken.text().contains("新增 1 人"), "{}", taken.text());
    assert_ne!(desk.children().await, before);
    let again = desk.read("户籍.csv", roster.as_bytes()).await;
    let again = if again.text().contains("确认后才会写入") { desk.take(&again).await } else { again };
    assert!(again.text().contains("新增 0 人") || again.text().contains("已导入"), "{}", again.text());
    let undone = desk.officer.submit(&taken.form_with("撤销这次导入"), &[]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
}

#[tokio::test]
async fn a_number_two_children_claim_is_told_before_it_is_taken_and_merges_nobody() {
    let mut desk = Desk::new().await;
    let row = |name: &str| format!("{HEADINGS}{name},男,2014-11-03,500229201411030013,邬老大,左岚乡齐心村\n");
    let first = desk.read("一.csv", row("邬新一").as_bytes()).await;
    desk.take(&first).await;
    let second = desk.read("二.csv", row("蒲另名").as_bytes()).await;
    assert!(second.text().contains("号码与他人相同") && second.text().contains("蒲另名"), "{}", second.text());
    let taken = desk.take(&second).await;
    assert!(taken.text().contains("1 行的号码与他人相同"), "{}", taken.text());
    for name in ["邬新一", "蒲另名"] {
        let found = desk.officer.post_form("/search", &[("q", name)]).await;
        let found = desk.officer.follow(found).await;
        assert!(found.text().contains(name), "{name}: {}", found.text());
    }
}

/// 002 附件2 goes out without numbers; the village writes them, and each finds its child, or nobody, or is refused.
#[tokio::test]
async fn the_list_of_absent_pupils_goes_out_and_its_numbers_come_in() {
    let mut desk = Desk::new().await;
    let known = format!("{HEADINGS}邬新一,男,2014-11-03,500229201411030013,邬老大,左岚乡齐心村\n");
    let preview = desk.read("户籍.csv", known.as_bytes()).await;
    desk.take(&preview).await;
    let mut township = desk.world.sign_in_as(Role::TownshipOfficer).await;
    let out = township.post_form("/checks/sheet/out", &[("list", "absent"), ("out", "fill")]).await;
    assert_eq!(out.status, 200, "{}", out.text());
    assert!(out.header("content-type").unwrap().contains("spreadsheetml"));
    let filled = "左岚乡动态摸排未到校学生名单\n\
        序号,村（居）委,姓名,性别,学校,年级班级,身份证号码,户主姓名,联系电话,是否贫困户,备注\n\
        1,齐心村,邬新一,男,左岚乡九年制学校,六年级,500229201411030013,邬老大,,,\n\
        2,齐心村,蒲无此,女,左岚乡九年制学校,六年级,500229201503080026,蒲老大,,,\n\
        3,齐心村,田没写,女,左岚乡九年制学校,六年级,,田老大,,,\n";
    let before = desk.children().await;
    let preview = desk.read_as("absent", "附件2.csv", filled.as_bytes()).await;
    let unknown = preview.all("#unknown td");
    assert!(unknown.contains(&"蒲无此".to_owned()) && !unknown.contains(&"邬新一".to_owned()), "{unknown:?}");
    assert!(preview.all("#faults td").iter().any(|cell| cell.contains("身份证")), "{}", preview.text());
    assert_eq!(desk.children().await, before, "a preview writes nothing");
    let taken = desk.take(&preview).await;
    assert!(taken.text().contains("新增 1 人"), "{}", taken.text());
}

/// The same township's list, but the number that the village writes is nobody's while the name and birth are somebody's.
#[tokio::test]
async fn a_row_like_a_child_who_is_here_is_asked_about_and_never_doubled_in_silence() {
    let mut desk = Desk::new().await;
    let known = format!("{HEADINGS}邬新一,男,2014-11-03,500229201411030013,邬老大,左岚乡齐心村\n");
    let preview = desk.read("户籍.csv", known.as_bytes()).await;
    desk.take(&preview).await;
    let absent = "左岚乡动态摸排未到校学生名单\n\
        序号,村（居）委,姓名,性别,学校,年级班级,身份证号码,户主姓名,联系电话,是否贫困户,备注\n\
        1,齐心村,邬新一,男,左岚乡九年制学校,六年级,500229201411030259,邬老大,,,\n";
    let before = desk.children().await;
    let preview = desk.read_as("absent", "附件2.csv", absent.as_bytes()).await;
    for words in ["居住地", "是同一人，并入档案", "不是同一人，作为新发现的儿童登记", "2014年11月3日"]
    {
        assert!(preview.text().contains(words), "{words}: {}", preview.text());
    }
    let form = preview.form_with("确认导入");
    let undecided = desk.officer.submit(&form, &[]).await;
    assert_eq!(undecided.status, 422, "{}", undecided.text());
    assert!(undecided.text().contains("还有 1 行"), "{}", undecided.text());
    assert_eq!(desk.children().await, before);
    let path = preview.links().into_iter().find(|(words, href)| words == "邬新一" && href.starts_with("/children/"));
    let child = path.unwrap().1.replace("/children/", "");
    let taken = desk.officer.submit(&form, &[("alike-0", &child)]).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let taken = desk.after(&taken.location().unwrap()).await;
    assert!(taken.text().contains("新增 0 人，有变化 1 人"), "{}", taken.text());
    assert_eq!(desk.children().await, before, "nobody is there twice");
}

/// What one row of a roster said of a number, decided for the row: both children are there, nothing is lost.
#[tokio::test]
async fn a_number_may_belong_to_the_new_row_and_an_import_taken_back_withdraws_its_claims() {
    let mut desk = Desk::new().await;
    let row = |name: &str| format!("{HEADINGS}{name},男,2014-11-03,500229201411030013,邬老大,左岚乡齐心村\n");
    let first = desk.read("一.csv", row("邬新一").as_bytes()).await;
    desk.take(&first).await;
    let second = desk.read("二.csv", row("蒲另名").as_bytes()).await;
    let taken = desk.take(&second).await;
    let list = desk.officer.get("/claims").await;
    assert!(list.h1().contains("（1）"), "{}", list.text());
    assert!(desk.officer.get("/").await.links().iter().any(|(_, href)| href == "/claims"), "today tells it");
    let undone = desk.officer.submit(&taken.form_with("撤销这次导入"), &[]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    assert!(desk.officer.get("/claims").await.h1().contains("（0）"), "with its import the claim is withdrawn");

    let third = desk.read("三.csv", row("蒲另名").as_bytes()).await;
    desk.take(&third).await;
    let list = desk.officer.get("/claims").await;
    let path = list.link("邬新一");
    let form = desk.officer.get(&path).await.form(&path);
    let done = desk.officer.submit(&form, &[("settled", "row_owns"), ("reason", "核对两本户口簿")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let list = desk.officer.follow(done).await;
    assert!(list.notice().contains("另建了档案") && list.h1().contains("（0）"), "{}", list.text());
    let loser = desk.officer.get(&path.replace("/claims", "")).await;
    assert!(loser.text().contains("（改为空）") && loser.text().contains("邬新一"), "{}", loser.text());
    assert!(loser.text().contains("500229********0013"), "what the register said of it is kept: {}", loser.text());
    let found = desk.officer.post_form("/search", &[("q", "500229201411030013")]).await;
    let found = desk.officer.follow(found).await;
    assert!(found.text().contains("找到 1 人") && !found.text().contains("邬新一"), "{}", found.text());
    let winner = desk.officer.get(&found.link("蒲另名")).await;
    assert_eq!(winner.h1(), "蒲另名", "the name leads to the child");
    assert!(winner.text().contains("500229********0013"), "{}", winner.text());
}
