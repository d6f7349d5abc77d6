//! Papers through their pages: drafted, changed, issued, printed, served, verified; numbered, voided; sheets to take along.

use common::seeds::Post;
use common::{Client, Form, HERE, Page, Role};
use quanxue::domain::ids::CaseId;
use quanxue::domain::words::Outcome;
use quanxue::papers::RenderedPdf;

use crate::cases::bench::{Bench, done, visit};
use crate::papers::pdf::Pdf;

const NOTICE: &str = "papers/new?kind=deadline_notice";

fn pdf(page: &Page) -> Pdf {
    assert_eq!((page.status, page.header("content-type")), (200, Some("application/pdf")), "{}", page.text());
    Pdf::new(&RenderedPdf { bytes: page.bytes.clone(), pages: 0, pages_each: Vec::new(), missing: Vec::new() })
}

/// Sends a form that takes files, with one.
async fn send_with(client: &mut Client, form: &Form, typed: &[(&str, &str)], field: &str, file: &[u8]) -> Page {
    let pairs = form.filled(typed);
    let fields: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post_multipart(&form.action, &fields, &[(field, "扫描件.pdf", "application/pdf", file)]).await
}

/// A draft made on its page; its address.
async fn drafted(officer: &mut Client, case: CaseId) -> String {
    let action = format!("/cases/{case}/{NOTICE}");
    let form = officer.get(&action).await.form(&action);
    let sent = officer.submit(&form, &[]).await;
    let location = sent.location().unwrap_or_else(|| panic!("{:?}", sent.errors()));
    location.split('?').next().unwrap().to_owned()
}

/// Issues a draft on its page.
async fn issued(head: &mut Client, paper: &str, number: &str) -> Page {
    let action = format!("{paper}/issue");
    let form = head.get(&action).await.form(&action);
    let sent = head.submit(&form, &[("document_number", number)]).await;
    assert_eq!(sent.status, 303, "{:?}", sent.errors());
    head.follow(sent).await
}

#[tokio::test]
async fn a_notice_is_drafted_changed_issued_printed_served_and_verified_on_its_pages() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-08").await;
    bench.visited_three_times(case).await;
    bench.clock("2026-09-28", "09:00");
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let paper = drafted(&mut officer, case).await;

    let edit = format!("{paper}/edit");
    let form = officer.get(&edit).await.form(&edit);
    let changed = officer.submit(&form, &[("contact_name", "后来的联系人")]).await;
    let page = officer.follow(changed).await;
    assert!(page.text().contains("草稿已修改") && page.text().contains("后来的联系人"), "{}", page.text());

    let mut head = bench.world.sign_in_as(Role::TownshipHead).await;
    let page = issued(&mut head, &paper, "左岚府复通〔2026〕7号").await;
    assert!(page.text().contains("签发时的内容") && page.text().contains("左岚府复通〔2026〕7号"), "{}", page.text());
    let typed = head.get("/papers/series").await.text();
    assert!(typed.contains("签发时手工填写") && typed.contains("左岚府复通〔2026〕7号"), "{typed}");
    assert_eq!(officer.get(&edit).await.status, 409, "an issued paper is not changed");
    assert_eq!(officer.submit(&form, &[("contact_name", "再改")]).await.status, 409);

    let id = paper.trim_start_matches("/papers/");
    let code = format!("{}－{}", &id[..4], &id[4..8]);
    let search = officer.post_form("/search", &[("q", &code)]).await;
    let found = officer.follow(search).await;
    assert!(found.links().iter().any(|(_, href)| *href == paper), "the code finds the paper: {}", found.text());
    let mut stranger = bench.world.sign_in(HERE, Role::Village, Post::Sibling).await;
    let search = stranger.post_form("/search", &[("q", &code)]).await;
    let none = stranger.follow(search).await;
    assert!(none.text().contains("权限内没有结果"), "who does not see it finds nothing: {}", none.text());

    let first = head.post_form::<&str, &str>(&format!("{paper}/print"), &[]).await;
    let words = pdf(&first).cells();
    for part in ["左岚府复通〔2026〕7号", "后来的联系人", "人民政府", "田小禾1", "收到"] {
        assert!(words.contains(part), "{part} is not printed: {words}");
    }
    assert!(!words.contains("副本"));
    let again = head.post_form::<&str, &str>(&format!("{paper}/print"), &[]).await;
    assert!(pdf(&again).cells().contains("副本"));

    let service = format!("{paper}/services/new");
    let today = officer.get("/").await;
    let today = officer.follow(today).await;
    assert!(today.links().iter().any(|(_, to)| *to == service), "today leads to the service: {:?}", today.links());
    let choose = officer.get(&service).await.text();
    assert!(choose.contains("直接送达") && choose.contains("没有送达成"), "{choose}");
    let page = officer.get(&format!("{service}?method=left")).await;
    assert!(page.text().contains("拒收的理由") && !page.text().contains("邮件号码"), "{}", page.text());
    let bare = officer.submit(&page.form(&service), &[("recipient", "田父")]).await;
    assert_eq!(bare.status, 422);
    assert!(bare.text().contains("拒收的理由") && bare.errors().iter().any(|e| e.contains("两名送达人")), "{bare:?}");
    let form = officer.get(&format!("{service}?failed=on")).await.form(&service);
    let failed = officer.submit(&form, &[("method", "direct"), ("note", "全家外出")]).await;
    let page = officer.follow(failed).await;
    assert!(page.text().contains("没有送达") && page.text().contains("全家外出"), "{}", page.text());
    assert!(!page.text().contains("期限怎样计算"), "a failed attempt starts no day");
    let form = officer.get(&format!("{service}?method=direct")).await.form(&service);
    let served =
        send_with(&mut officer, &form, &[("recipient", "田父"), ("relation", "父亲")], "proof", &first.bytes).await;
    let page = officer.follow(served).await;
    assert!(page.text().contains("期限怎样计算") && page.text().contains("10月8日"), "{}", page.text());
    assert!(!page.text().contains("送达回证还没有上传"));
    let proof = page.links().into_iter().find(|(_, href)| href.starts_with("/files/")).expect("the proof is linked").1;
    assert_eq!(officer.get(&proof).await.bytes, first.bytes);
    let looks = "select count(*) from look where county_id = $1 and kind = 'photo'";
    let mut conn = bench.world.database.superuser().await;
    assert_eq!(sqlx::query_scalar::<_, i64>(looks).bind(HERE.0).fetch_one(&mut conn).await.unwrap(), 1);
    let barred = officer.get(&service).await;
    assert!(barred.errors().iter().any(|line| line.contains("已经送达")), "{:?}", barred.errors());
    assert!(!barred.text().contains("用什么方式送达的"), "nothing is offered that the rules forbid");

    bench.clock("2026-10-09", "09:00");
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    assert!(officer.get(&paper).await.text().contains("登记核实"));
    let expiry = format!("{paper}/expiry");
    let form = officer.get(&expiry).await.form(&expiry);
    let found = officer.submit(&form, &[("returned", "no"), ("note", "仍在家")]).await;
    assert_eq!(found.status, 303, "{:?}", found.errors());
    let page = officer.get(&paper).await.text();
    assert!(page.contains("没有返校，仍在家"), "{page}");
}

#[tokio::test]
async fn an_organ_draws_its_numbers_prints_a_batch_as_one_pdf_and_keeps_the_number_of_a_voided_paper() {
    let bench = Bench::new().await;
    let mut cases = Vec::new();
    for n in 1..=2 {
        cases.push(bench.found(n, "2026-09-08").await);
    }
    bench.visited_by_sql(&cases).await;
    bench.clock("2026-09-28", "09:00");
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let mut head = bench.world.sign_in_as(Role::TownshipHead).await;
    let form = head.get("/papers/series").await.form("/papers/series");
    let typed = [("kind", "deadline_notice"), ("pattern", "左岚府复通〔{年}〕{号}号"), ("next", "5")];
    assert_eq!(head.submit(&form, &typed).await.status, 303);
    let mut papers = Vec::new();
    for (case, number) in cases.iter().zip(["〔2026〕5号", "〔2026〕6号"]) {
        let paper = drafted(&mut officer, *case).await;
        let page = issued(&mut head, &paper, "").await;
        assert!(page.text().contains(number), "{}", page.text());
        papers.push(paper);
    }
    let list = head.get("/papers?stage=to_serve").await;
    assert!(list.text().contains("待送达（2）"), "{}", list.text());
    let picked: Vec<_> = papers.iter().map(|paper| ("paper", paper.trim_start_matches("/papers/"))).collect();
    let batch = pdf(&head.post_form("/papers/print", &picked).await);
    let words = batch.cells();
    assert!(batch.info().contains("Pages:           2"), "{}", batch.info());
    assert!(words.contains("〔2026〕5号") && words.contains("〔2026〕6号"), "{words}");
    assert_eq!(head.post_form::<&str, &str>("/papers/print", &[]).await.status, 400, "nothing picked");

    let void = format!("{}/void", papers[0]);
    let form = head.get(&papers[0]).await.form(&void);
    assert_eq!(head.submit(&form, &[]).await.status, 422, "a reason is asked for");
    let sent = head.submit(&form, &[("reason", "报到学校写错")]).await;
    let page = head.follow(sent).await;
    assert!(page.text().contains("报到学校写错") && page.text().contains("〔2026〕5号"), "{}", page.text());
    assert!(head.get("/papers?stage=to_serve").await.text().contains("待送达（1）"));
    let reprint = pdf(&head.post_form::<&str, &str>(&format!("{}/print", papers[0]), &[]).await);
    assert!(reprint.cells().contains("作废"));
    let paper = drafted(&mut officer, cases[0]).await;
    let page = issued(&mut head, &paper, "").await;
    assert!(page.text().contains("〔2026〕7号"), "the voided number is not given again: {}", page.text());
}

#[tokio::test]
async fn a_sheet_is_taken_along_and_the_signed_one_completes_the_visit() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-08").await;
    bench.clock("2026-09-11", "16:00");
    let mut entry = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[Role::TownshipOfficer]);
    entry.photos.clear();
    let id = entry.id;
    let village = bench.actor(Role::Village);
    done(quanxue::app::cases::visit::log_visit(&bench.world.services, &village, case, entry).await);
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let print = format!("/cases/{case}/print");
    let blank = village.post_form(&print, &[("sheet", "visit_record")]).await;
    let words = pdf(&blank).cells();
    assert!(words.contains("田小禾1") && words.contains("核验码") && !words.contains("14时30分"), "{words}");
    let filled = village.post_form(&print, &[("sheet", "visit_record"), ("visit", &id.to_string())]).await;
    let code = id.to_string()[..8].to_uppercase();
    let words = pdf(&filled).cells();
    assert!(words.contains("14时30分") && words.contains(&format!("{}-{}", &code[..4], &code[4..])), "{words}");
    let sample = pdf(&village.post_form(&print, &[("sheet", "return_notice")]).await).cells();
    assert!(sample.contains("劝返复学通知书（存根）") && sample.contains("样张"), "{sample}");
    let printed = bench.events(case).await.iter().filter(|kind| *kind == "paper_printed").count();
    assert_eq!(printed, 3);

    let visit = format!("/visits/{id}");
    let page = village.get(&visit).await;
    assert!(
        page.text().contains("记录还不完整") && page.text().contains("没有照片，也没有签字的劝返记录"),
        "{}",
        page.text()
    );
    let form = page.form(&format!("{visit}/files"));
    let nothing = village.submit(&form, &[("kind", "signed_sheet")]).await;
    assert_eq!((nothing.status, nothing.errors().len()), (422, 1), "{}", nothing.text());
    let sent = send_with(&mut village, &form, &[("kind", "signed_sheet")], "files", &filled.bytes).await;
    let page = village.follow(sent).await;
    assert!(page.text().contains("签字的纸质记录已上传"), "{}", page.text());
    assert!(page.text().contains("记录已经完整") && page.text().contains("计入第 1 次联合劝返"), "{}", page.text());
    assert_eq!(bench.standing(case).await.counted, 1);
}
