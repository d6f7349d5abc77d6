//! Cases through their pages where two people have a part: a visit that waits for the other's word, its correction, a
//! proposal that is sent back and one agreed to with its scan, a child who is back, struck off and gone again.

use common::{Client, HERE, Page, Role};
use quanxue::domain::case::{Phase, Verb};
use quanxue::domain::ids::{CaseId, VisitId};
use quanxue::domain::words::{EvidenceKind, Outcome};

use crate::cases::bench::{Bench, done, visit};

/// The one task of a verb on somebody's home page.
async fn home(client: &mut Client) -> Page {
    let page = client.get("/").await;
    client.follow(page).await
}

/// A visit of the village that names the township officer.
async fn logged(bench: &Bench, case: CaseId, when: &str) -> VisitId {
    let entry = visit(bench, Outcome::Refused, when, &[Role::TownshipOfficer]);
    let id = entry.id;
    done(quanxue::app::cases::visit::log_visit(&bench.world.services, &bench.actor(Role::Village), case, entry).await);
    id
}

async fn answers(client: &mut Client, visit: VisitId, went: &str) -> Page {
    let key = VisitId::new().to_string();
    client.post_form(&format!("/visits/{visit}/taken"), &[("key", key.as_str()), ("went", went)]).await
}

#[tokio::test]
async fn a_visit_waits_for_the_word_of_the_other_unit_and_only_theirs() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-08").await;
    bench.clock("2026-09-12", "16:00");
    let second = logged(&bench, case, "2026-09-12 10:00").await;
    let first = logged(&bench, case, "2026-09-11 10:00").await;
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let page = village.get(&format!("/visits/{first}")).await;
    assert!(page.text().contains("这一次等确认后计入") && !page.text().contains("不计入"), "{}", page.text());
    assert!(page.all(".tag--bad").is_empty(), "waiting is no fault: {}", page.text());
    let page = village.get(&format!("/cases/{case}")).await;
    assert!(page.text().contains("计入 0 次，2 次待确认"), "{}", page.text());
    assert!(page.all("#visits .tag--soon").iter().all(|tag| tag == "待确认"), "{}", page.text());
    assert!(page.text().contains("做第3次联合劝返") && page.all("#next .tag--bad").is_empty(), "{}", page.text());
    let form = village.get(&format!("/cases/{case}/visits/new")).await.text();
    assert!(form.contains("第 3 次") && form.contains("前面已计入 0 次，另有 2 次等同去的人确认后计入"), "{form}");
    // Who went is waited for, and is asked, the earlier visit first.
    let theirs = home(&mut village).await;
    assert!(theirs.all(".task--wait").iter().any(|task| task.contains("确认参加后计入")), "{}", theirs.text());
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let asks: Vec<String> =
        home(&mut officer).await.all(".task").into_iter().filter(|t| t.contains("写了您参加")).collect();
    assert_eq!(asks.len(), 2, "{asks:?}");
    assert!(asks[0].contains("9月11日") && asks[1].contains("9月12日"), "{asks:?}");

    for stranger in [Role::ClassTeacher, Role::Principal] {
        let mut stranger = bench.world.sign_in_as(stranger).await;
        assert!(!stranger.get(&format!("/visits/{first}")).await.text().contains("请您确认"));
        assert_eq!(answers(&mut stranger, first, "yes").await.status, 404);
    }
    assert_eq!(answers(&mut officer, first, "").await.status, 400, "neither yes nor no");
    assert_eq!(bench.standing(case).await.counted, 0);
    assert!(officer.get(&format!("/visits/{first}")).await.text().contains("请您确认"));
    let said = answers(&mut officer, first, "yes").await;
    let page = officer.follow(said).await;
    assert!(page.notice().contains("已确认您参加") && page.text().contains("计入第 1 次联合劝返"), "{}", page.text());
    let page = answers(&mut officer, second, "no").await;
    let page = officer.follow(page).await;
    assert!(page.text().contains("这一次不计入") && page.text().contains("没有参加"), "{}", page.text());
    assert!(bench.tasks(case).await.iter().all(|task| task.verb != Verb::ConfirmTaken));
    bench.holds().await;
}

#[tokio::test]
async fn ac_126_a_visit_is_corrected_on_its_page_and_the_old_one_stays() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-08").await;
    bench.clock("2026-09-11", "16:00");
    let old = logged(&bench, case, "2026-09-11 14:30").await;
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    assert!(!officer.get(&format!("/visits/{old}")).await.links().iter().any(|(_, to)| to.ends_with("/correct")));
    let mut village = bench.world.sign_in_as(Role::Village).await;
    let path = village.get(&format!("/visits/{old}")).await.link("更正");
    let page = village.get(&path).await;
    assert!(page.text().contains("更正原来的一条"), "{}", page.text());
    let form = page.form(&path);
    let sent = village.submit(&form, &[("outcome", "agreed"), ("said", "答应下周一返校")]).await;
    let page = village.follow(sent).await;
    assert!(page.notice().contains("已更正") && page.text().contains("答应下周一返校"), "{}", page.text());
    let before = village.get(&format!("/visits/{old}")).await;
    assert!(before.text().contains("这条记录已经更正"), "{}", before.text());
    let others = village.get(&path).await;
    let form = others.form(&path);
    let twice = village.submit(&form, &[("outcome", "refused")]).await;
    assert!(twice.text().contains("这条记录已经更正过"), "{}", twice.text());
    let last = village.get(&format!("/cases/{case}")).await;
    assert_eq!(last.all("#visits tbody tr").len(), 1, "{}", last.text());
}

/// A case of which the county is asked to decide; the address of the decision.
async fn proposed(bench: &Bench, case: CaseId) -> String {
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let path = format!("/cases/{case}/propose");
    let form = officer.get(&path).await.form(&path);
    let sent = officer.submit(&form, &[("note", "多次劝返无效")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let id = bench.facts(case).await.dispositions.iter().find(|one| one.decided.is_none()).unwrap().id;
    format!("/cases/{case}/decide/{id}")
}

/// A case whose deadline has passed without the child.
async fn ready_to_propose(bench: &Bench) -> CaseId {
    let case = bench.found(1, "2026-09-08").await;
    bench.visited_three_times(case).await;
    bench.clock("2026-09-28", "09:00");
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let draft = format!("/cases/{case}/papers/new?kind=deadline_notice");
    let form = officer.get(&draft).await.form(&draft);
    assert_eq!(officer.submit(&form, &[]).await.status, 303);
    // The task of the head of the township is one click from the signature.
    let mut head = bench.world.sign_in_as(Role::TownshipHead).await;
    let sign = home(&mut head).await.link("签发");
    let form = head.get(&sign).await.form(&sign);
    assert_eq!(head.submit(&form, &[("document_number", "左岚府复通〔2026〕9号")]).await.status, 303);
    let paper = bench.facts(case).await.papers[0].id;
    bench.served(case, paper).await;
    bench.clock("2026-10-05", "09:00");
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let waits = officer.get(&format!("/cases/{case}")).await;
    assert!(waits.text().contains("限期到10月8日才满，现在只需等待"), "{}", waits.text());
    assert!(
        waits.all("#next .tag--bad").is_empty() && waits.all("#next .tag--line") == ["等到10月9日"],
        "{}",
        waits.text()
    );
    bench.clock("2026-10-09", "09:00");
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let path = format!("/papers/{paper}/expiry");
    let form = officer.get(&path).await.form(&path);
    assert_eq!(officer.submit(&form, &[("returned", "no"), ("note", "仍在家中")]).await.status, 303);
    case
}

#[tokio::test]
async fn a_proposal_is_sent_back_with_its_reason_then_agreed_to_with_its_scan() {
    let bench = Bench::new().await;
    let case = ready_to_propose(&bench).await;
    let decide = proposed(&bench, case).await;
    let mut approver = bench.world.sign_in_as(Role::CountyApprover).await;
    let task = home(&mut approver).await;
    assert!(task.text().contains("移交县级核处，等待审批") && !task.text().contains("还差"), "{}", task.text());
    let page = approver.get(&format!("/cases/{case}")).await;
    assert!(page.text().contains("县领导小组核实同意的资料随审批一并上传"), "{}", page.text());
    assert!(page.all("#next .lack").is_empty() && page.all("#evidence .tag--bad").is_empty(), "{}", page.text());

    let sheet = approver.get(&decide).await;
    assert!(sheet.text().contains("提请移交县级核处：“多次劝返无效”"), "{}", sheet.text());
    assert_eq!(sheet.link("证据材料"), format!("/cases/{case}/evidence"));
    let form = sheet.form(&decide);
    let mute = approver.submit(&form, &[("approve", "no")]).await;
    assert_eq!((mute.status, mute.errors().len()), (422, 1), "{}", mute.text());
    let form = approver.get(&decide).await.form(&decide);
    let back = approver.submit(&form, &[("approve", "no"), ("reason", "请补第三次劝返的现场照片")]).await;
    let page = approver.follow(back).await;
    assert!(page.notice().contains("已退回提请人"), "{}", page.text());
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let page = officer.get(&format!("/cases/{case}")).await;
    let next = page.all("#next").join("");
    assert!(
        next.contains("退回") && next.contains("请补第三次劝返的现场照片") && next.contains("提请移交县级核处"),
        "{next}"
    );
    let day = home(&mut officer).await.text();
    assert!(day.contains("退回了移交县级核处的提请，补正后再提请"), "{day}");

    let anew = officer.get(&format!("/cases/{case}/propose")).await;
    assert!(anew.text().contains("退回过移交县级核处的提请"), "{}", anew.text());

    let decide = proposed(&bench, case).await;
    let form = approver.get(&decide).await.form(&decide);
    let bare = approver.submit(&form, &[("approve", "yes")]).await;
    assert_eq!(bare.status, 422, "{}", bare.text());
    assert!(bare.text().contains("缺县领导小组核实同意的资料"), "{}", bare.text());
    assert_eq!(bare.link("选文件"), "#consent", "the scan comes with this form");
    let form = approver.get(&decide).await.form(&decide);
    let pairs = form.filled(&[("approve", "yes"), ("reason", "同意")]);
    let fields: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let scan: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let agreed = approver.post_multipart(&decide, &fields, &[("consent", "审批表.pdf", "application/pdf", scan)]).await;
    let page = approver.follow(agreed).await;
    assert!(page.notice().contains("已同意"), "{}", page.text());
    assert!(page.text().contains("计在“休学缓学”一栏"), "{}", page.text());
    assert!(page.text().contains("现在只需等待；11月1日起做11月的联合劝返"), "{}", page.text());
    assert_eq!(bench.standing(case).await.phase, Phase::Held);
    bench.holds().await;
}

#[tokio::test]
async fn a_child_is_back_struck_off_and_gone_again_in_the_same_case() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-08").await;
    let path = format!("/cases/{case}");
    bench.clock("2026-09-14", "09:00");
    let mut principal = bench.world.sign_in_as(Role::Principal).await;
    let form = principal.get(&format!("{path}/return")).await.form(&format!("{path}/return"));
    let back = principal.submit(&form, &[("class_label", "七年级1班")]).await;
    let page = principal.follow(back).await;
    assert!(page.text().contains("9月14日起到校上课（学校已确认）"), "{}", page.text());
    assert!(!page.links().iter().any(|(words, _)| words == "记劝返"), "no more visits are asked for: {}", page.text());
    bench.file(case, EvidenceKind::Commitment).await;
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let strike = format!("{path}/strike-off");
    let form = officer.get(&strike).await.form(&strike);
    let off = officer.submit(&form, &[("conclusion", "returned")]).await;
    let page = officer.follow(off).await;
    assert!(page.notice().contains("已销号") && page.text().contains("计在“在校”一栏"), "{}", page.text());
    for reader in [&mut officer, &mut principal, &mut bench.world.sign_in_as(Role::Village).await] {
        let page = reader.get(&path).await;
        assert!(
            !page.links().iter().any(|(words, _)| words.contains("劝返") && words.contains("记")),
            "{}",
            page.text()
        );
    }

    bench.clock("2026-10-14", "09:00");
    let mut principal = bench.world.sign_in_as(Role::Principal).await;
    let mut officer = bench.world.sign_in_as(Role::TownshipOfficer).await;
    let contact = format!("{path}/aftercare/30");
    let form = principal.get(&contact).await.form(&contact);
    let gone = principal.submit(&form, &[("at_school", "no"), ("note", "随父外出")]).await;
    let page = principal.follow(gone).await;
    assert!(page.text().contains("由乡镇重新列入"), "{}", page.text());
    let reopen = home(&mut officer).await.link("重新列入");
    assert_eq!(reopen, format!("{path}/reopen"));
    let form = officer.get(&reopen).await.form(&reopen);
    let again = officer.submit(&form, &[("reason", "复学后再次离校")]).await;
    assert_eq!(again.location().as_deref(), Some(format!("{path}?done=reopened").as_str()), "the same case");
    let page = officer.follow(again).await;
    assert!(page.text().contains("做第1次联合劝返"), "the ladder begins anew: {}", page.text());
    assert!(page.text().contains("计在“辍学”一栏") && page.links().iter().any(|(words, _)| words == "记劝返"));
    assert_eq!(bench.standing(case).await.phase, Phase::Open);
    bench.holds().await;
}

#[tokio::test]
async fn an_empty_post_says_who_names_somebody_and_links_only_for_them() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-08").await;
    bench.world.database.alter(format!("delete from charge where county_id = {}", HERE.0)).await;
    for (role, own, others) in [
        (Role::TownshipOfficer, "/village", "由本校学籍管理员、校长，或者县级经办指定"),
        (Role::Registrar, "/school", "由乡镇经办、乡镇分管领导，或者县级经办指定"),
    ] {
        let mut client = bench.world.sign_in_as(role).await;
        let page = client.get(&format!("/cases/{case}")).await;
        assert!(page.text().contains(others), "{}", page.text());
        let assign: Vec<String> =
            page.links().into_iter().filter(|(words, _)| words == "去指定").map(|(_, to)| to).collect();
        assert!(assign.iter().any(|to| to.ends_with(own)), "{assign:?}");
        for link in assign {
            assert_eq!(client.get(&link).await.status, 200, "{link}");
        }
    }
}

#[tokio::test]
async fn a_later_run_of_the_demo_goes_on_from_the_last_act() {
    let bench = Bench::new().await;
    bench.clock("2026-10-20", "15:00");
    bench.found(1, "2026-10-20").await;
    let last = bench.now();
    let services = &bench.world.services;
    assert!(quanxue::demo::goes_on_at(services).await.unwrap().is_none(), "its own day is not behind the last act");
    bench.clock("2026-10-15", "08:30");
    let from = quanxue::demo::goes_on_at(services).await.unwrap().unwrap();
    assert!(from >= last && from.date_naive().to_string() == "2026-10-20", "{from}");
    assert!(quanxue::clock::Clock::starting_at(from).now() >= from, "and ticks on");
}
