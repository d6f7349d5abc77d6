//! Numbers without gaps, whoever else draws one at the same moment.

use std::path::Path;

use common::Role;
use quanxue::app::cases::NotDone;
use quanxue::app::cases::open::{Origin, ToOpen, open_case};
use quanxue::app::cases::papers::{self, IssueForm, SeriesForm, set_series};
use quanxue::domain::ids::PaperId;
use quanxue::domain::words::PaperKind;
use quanxue::papers::TypesetterSettings;

use crate::cases::bench::{Bench, day, done, sending};

const MANY: u32 = 20;

#[tokio::test]
async fn twenty_at_once_draw_twenty_numbers() {
    let bench = Bench::new().await;
    bench.clock("2026-09-28", "09:00");
    let (services, officer, head) =
        (&bench.world.services, bench.actor(Role::TownshipOfficer), bench.actor(Role::TownshipHead));
    let series = SeriesForm {
        kind: "deadline_notice".to_owned(),
        pattern: "左岚府复通〔{年}〕{号}号".to_owned(),
        next: "5".to_owned(),
    };
    done(set_series(services, &head, &sending(), &series.read(bench.now()).unwrap()).await);

    let mut children = Vec::new();
    for n in 0..MANY {
        children.push(bench.child(n).await);
    }
    let sent: Vec<_> = children.iter().map(|_| sending()).collect();
    let found = Origin::Found { on: day("2026-09-10") };
    let opens =
        children.iter().zip(&sent).map(|(child, sent)| open_case(services, &officer, sent, ToOpen::new(*child, found)));
    let opened = futures::future::join_all(opens).await;
    let cases: Vec<_> = opened
        .into_iter()
        .map(|one| done(one).trim_start_matches("/cases/").split('?').next().unwrap().parse().unwrap())
        .collect();
    let mut numbers = Vec::new();
    for case in &cases {
        numbers.push(bench.head(*case).await.number);
    }
    numbers.sort();
    assert_eq!(numbers, (6..6 + MANY).map(|n| format!("2026-{n:04}")).collect::<Vec<_>>());

    bench.visited_by_sql(&cases).await;
    let mut drafts: Vec<(_, PaperId)> = Vec::new();
    for case in &cases {
        let kind = PaperKind::DeadlineNotice;
        let text = papers::suggest(services, &officer, *case, kind).await.unwrap();
        let location = done(papers::draft_paper(services, &officer, &bench.at(*case).await, kind, &text).await);
        let id = location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap();
        drafts.push((bench.at(*case).await, id));
    }
    let issue = IssueForm::default().read(bench.now()).unwrap();
    // No typesetter is to be had: a paper is issued all the same, and its PDF waits.
    let without =
        TypesetterSettings { program: Some("/nowhere".into()), ..TypesetterSettings::in_data(Path::new(".")) };
    let bare = services.clone().with_typesetter(without);
    let issues = drafts.iter().map(|(at, id)| papers::issue_paper(&bare, &head, at, *id, &issue));
    for one in futures::future::join_all(issues).await {
        done(one);
    }
    let mut drawn = bench.paper_numbers().await;
    drawn.sort();
    let wanted: Vec<_> = (0..20).map(|n| (n + 1, format!("左岚府复通〔2026〕{}号", n + 5))).collect();
    let by_inner: Vec<i32> = drawn.iter().map(|(inner, _)| *inner).collect();
    assert_eq!(by_inner, wanted.iter().map(|(inner, _)| *inner).collect::<Vec<_>>());
    let mut documents: Vec<_> = drawn.into_iter().map(|(_, document)| document).collect();
    let mut wanted: Vec<_> = wanted.into_iter().map(|(_, document)| document).collect();
    documents.sort();
    wanted.sort();
    assert_eq!(documents, wanted);
    // Frozen and sealed: the number is in the paper's facts and nowhere in the clear.
    assert_eq!(bench.clear_numbers().await, 0);
    bench.holds().await;
    let printed = papers::print_paper(services, &officer, drafts[0].1).await.unwrap();
    assert!(printed.bytes.starts_with(b"%PDF"));
}

#[tokio::test]
async fn a_number_that_was_used_is_not_used_again_and_a_void_paper_keeps_its_own() {
    let bench = Bench::new().await;
    let (services, officer, head) =
        (&bench.world.services, bench.actor(Role::TownshipOfficer), bench.actor(Role::TownshipHead));
    let kind = PaperKind::DeadlineNotice;
    let mut cases = Vec::new();
    for n in 0..2 {
        cases.push(bench.found(n, "2026-09-10").await);
    }
    bench.clock("2026-09-28", "09:00");
    bench.visited_by_sql(&cases).await;
    let mut ids: Vec<PaperId> = Vec::new();
    for case in &cases {
        let text = papers::suggest(services, &officer, *case, kind).await.unwrap();
        let location = done(papers::draft_paper(services, &officer, &bench.at(*case).await, kind, &text).await);
        ids.push(location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap());
    }
    let typed = IssueForm { document_number: "左岚府复通〔2026〕1号".to_owned(), ..IssueForm::default() };
    let typed = typed.read(bench.now()).unwrap();
    done(papers::issue_paper(services, &head, &bench.at(cases[0]).await, ids[0], &typed).await);
    let taken = papers::issue_paper(services, &head, &bench.at(cases[1]).await, ids[1], &typed).await;
    assert!(matches!(&taken, Err(NotDone::Faulty(faults)) if faults.0[0].1.contains("已经用过")), "{taken:?}");
    done(papers::void_paper(services, &head, &bench.at(cases[0]).await, ids[0], "收件人姓名写错").await);
    // Voided, its 发文字号 is free for the paper that takes its place; its inner number is not.
    done(papers::issue_paper(services, &head, &bench.at(cases[1]).await, ids[1], &typed).await);
    let mut drawn = bench.paper_numbers().await;
    drawn.sort();
    assert_eq!(drawn.iter().map(|(inner, _)| *inner).collect::<Vec<_>>(), [1, 2]);
    // Printed again it is a copy, and says so in another file.
    let first = papers::print_paper(services, &officer, ids[1]).await.unwrap();
    let second = papers::print_paper(services, &officer, ids[1]).await.unwrap();
    assert_eq!((first.count, second.count), (1, 2));
    assert_ne!(first.bytes, second.bytes);
    let village = papers::print_paper(services, &bench.actor(Role::Village), ids[1]).await;
    assert!(matches!(village, Err(NotDone::NotAllowed(_))), "{village:?}");
}
