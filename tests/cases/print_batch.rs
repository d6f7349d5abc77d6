//! Many papers printed by a job: shown how far it is, one PDF, what failed and why, nobody else's, gone some days later.

use std::sync::Arc;
use std::time::Duration;

use common::{Client, HERE, Page, Role};
use quanxue::app::cases::papers::{self, IssueForm, SeriesForm, set_series};
use quanxue::domain::ids::PaperId;
use quanxue::domain::words::PaperKind;
use quanxue::jobs::{Runner, house};
use quanxue::papers::RenderedPdf;
use tokio::sync::Notify;

use crate::cases::bench::{Bench, done, sending};
use crate::papers::pdf::Pdf;

/// One more than is printed while one waits.
const MANY: u32 = 11;

/// Issued notices of as many children.
async fn issued(bench: &Bench) -> Vec<PaperId> {
    let (services, officer, head) =
        (&bench.world.services, bench.actor(Role::TownshipOfficer), bench.actor(Role::TownshipHead));
    let mut cases = Vec::new();
    for n in 1..=MANY {
        cases.push(bench.found(n, "2026-09-08").await);
    }
    bench.visited_by_sql(&cases).await;
    bench.clock("2026-09-28", "09:00");
    let series = SeriesForm {
        kind: "deadline_notice".to_owned(),
        pattern: "左岚府复通〔{年}〕{号}号".to_owned(),
        next: "1".to_owned(),
    };
    done(set_series(services, &head, &sending(), &series.read(bench.now()).unwrap()).await);
    let issue = IssueForm::default().read(bench.now()).unwrap();
    let mut ids = Vec::new();
    for case in cases {
        let kind = PaperKind::DeadlineNotice;
        let text = papers::suggest(services, &officer, case, kind).await.unwrap();
        let location = done(papers::draft_paper(services, &officer, &bench.at(case).await, kind, &text).await);
        let id = location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap();
        done(papers::issue_paper(services, &head, &bench.at(case).await, id, &issue).await);
        ids.push(id);
    }
    ids
}

/// Works until told to stop.
fn work(bench: &Bench) -> Arc<Notify> {
    let stop = Arc::new(Notify::new());
    let hear = Arc::clone(&stop);
    let runner = Runner::new(bench.world.services.clone(), house()).looking_every(Duration::from_millis(10));
    tokio::spawn(runner.run(async move { hear.notified().await }));
    stop
}

async fn ended(client: &mut Client, page: &str) -> Page {
    for _ in 0..1500 {
        let shown = client.get(page).await;
        if !shown.text().contains("刷新进度") {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{page} never ended")
}

async fn counts(bench: &Bench) -> Vec<i32> {
    let mut conn = bench.world.database.superuser().await;
    let sql = "select printed_count from paper where county_id = $1 and issued_at is not null order by number";
    sqlx::query_scalar(sql).bind(HERE.0).fetch_all(&mut conn).await.unwrap()
}

#[tokio::test]
async fn many_papers_are_printed_by_a_job_into_one_pdf_that_is_kept_for_some_days() {
    let bench = Bench::new().await;
    let ids = issued(&bench).await;
    let broken = format!("update paper set facts_sealed = '\\x00' where id = '{}'", ids[3]);
    bench.world.database.alter(broken).await;
    let mut head = bench.world.sign_in_as(Role::TownshipHead).await;
    let key = head.get("/papers").await.form("/papers/print").value("key").unwrap().to_owned();
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut picked = vec![("key", key.as_str())];
    picked.extend(texts.iter().map(|id| ("paper", id.as_str())));
    let asked = head.post_form("/papers/print", &picked).await;
    let page = asked.location().unwrap_or_else(|| panic!("{}", asked.text()));
    let twice = head.post_form("/papers/print", &picked).await;
    assert_eq!(twice.location().as_deref(), Some(page.as_str()), "sent twice it is one batch");
    assert_eq!(counts(&bench).await, vec![0; ids.len()], "nothing is printed yet");
    let waits = head.get(&page).await;
    assert!(waits.text().contains("正在排队") && waits.text().contains("刷新进度"), "{}", waits.text());
    assert!(waits.body().contains("http-equiv=\"refresh\""), "without script it renews itself");
    assert_eq!(head.get(&format!("{page}/pdf")).await.status, 404, "there is nothing yet");

    let stop = work(&bench);
    let shown = ended(&mut head, &page).await;
    stop.notify_waiters();
    assert!(shown.text().contains("10 份已排成一个 PDF"), "{}", shown.text());
    assert!(shown.text().contains("田小禾4") && shown.text().contains("读不出来"), "{}", shown.text());
    let sent = head.get(&format!("{page}/pdf")).await;
    let name = sent.header("content-disposition").unwrap().to_owned();
    // 限期复学通知书-10份-2026年…
    let wanted = "%E9%99%90%E6%9C%9F%E5%A4%8D%E5%AD%A6%E9%80%9A%E7%9F%A5%E4%B9%A6-10%E4%BB%BD-2026";
    assert!(name.contains(wanted), "{name}");
    let pdf = Pdf::new(&RenderedPdf { bytes: sent.bytes, pages: 0, pages_each: Vec::new(), missing: Vec::new() });
    assert!(pdf.cells().contains("田小禾11") && !pdf.cells().contains("田小禾4"), "{}", pdf.cells());
    assert!(!pdf.cells().contains("副本"), "each is printed for the first time");
    let wanted: Vec<i32> = (0..ids.len()).map(|n| i32::from(n != 3)).collect();
    assert_eq!(counts(&bench).await, wanted, "each paper in it is counted once");
    let printed = "select count(*) from event where county_id = $1 and kind = 'paper_printed'";
    let mut conn = bench.world.database.superuser().await;
    assert_eq!(sqlx::query_scalar::<_, i64>(printed).bind(HERE.0).fetch_one(&mut conn).await.unwrap(), 10);
    let id = page.trim_start_matches("/papers/batches/").parse().unwrap();
    papers::make_batch(&bench.world.services, &bench.actor(Role::TownshipHead), id, |_| {}).await.unwrap();
    assert_eq!(counts(&bench).await, wanted, "a job that is done once more counts nothing");
    assert!(head.get("/papers").await.links().iter().any(|(_, href)| *href == page), "the list leads back to it");

    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    assert_eq!(officer.get(&page).await.status, 404);
    assert_eq!(officer.get(&format!("{page}/pdf")).await.status, 404);
    let away = format!(
        "update reach set until = '2026-09-01' where county_id = {} and child_id = (select child_id from paper where id = '{}')",
        HERE.0, ids[0]
    );
    bench.world.database.alter(away).await;
    assert_eq!(head.get(&format!("{page}/pdf")).await.status, 404, "a child in it is no longer theirs");
    assert!(head.get(&page).await.text().contains("不在您的范围内"));
    let back = format!("update reach set until = '9999-12-31' where county_id = {} and until = '2026-09-01'", HERE.0);
    bench.world.database.alter(back).await;
    assert_eq!(head.get(&format!("{page}/pdf")).await.status, 200);

    let void = |at: &str| format!("update paper set voided_at = {at} where id = '{}'", ids[0]);
    bench.world.database.alter(void("'2026-09-28 10:00+08'")).await;
    assert_eq!(head.get(&format!("{page}/pdf")).await.status, 404, "nothing in it says that the paper is void");
    assert!(head.get(&page).await.text().contains("1 份文书作废了"));
    bench.world.database.alter(void("null")).await;
    assert_eq!(head.get(&format!("{page}/pdf")).await.status, 200);

    bench.clock("2026-10-06", "08:00");
    let mut head = bench.world.sign_in_as(Role::TownshipHead).await;
    assert_eq!(head.get(&format!("{page}/pdf")).await.status, 404, "its days are over");
    assert_eq!(papers::remove_stale(&bench.world.services, HERE.id()).await.unwrap(), 1);
    assert_eq!(papers::remove_stale(&bench.world.services, HERE.id()).await.unwrap(), 0);
    assert!(head.get(&page).await.text().contains("已清除"));
}

#[tokio::test]
async fn a_batch_of_two_kinds_is_refused_and_counts_nothing() {
    let bench = Bench::new().await;
    let ids = issued(&bench).await;
    let other = format!("update paper set kind = 'return_notice', number = 999 where id = '{}'", ids[1]);
    bench.world.database.alter(other).await;
    let mut head = bench.world.sign_in_as(Role::TownshipHead).await;
    for many in [2, ids.len()] {
        let texts: Vec<String> = ids[..many].iter().map(ToString::to_string).collect();
        let picked: Vec<_> = texts.iter().map(|id| ("paper", id.as_str())).collect();
        let refused = head.post_form("/papers/print", &picked).await;
        assert!(refused.text().contains("同一种文书"), "{}", refused.text());
    }
    assert!(counts(&bench).await.iter().all(|count| *count == 0));
}
