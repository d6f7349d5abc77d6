//! Facts as they should not be: markup, nothing at all, far too much, characters that no font has.

use quanxue::papers::data::{CitedProvision, Imprint, Person};
use quanxue::papers::{PaperTemplate, TypesetError, Typesetter};
use serde_json::{Value, json};

use crate::papers::pdf::Pdf;
use crate::papers::{all_samples, samples, set, set_facts, settings};

/// Replaces every text that is no day, no moment and no digits.
fn with_texts(facts: &Value, hostile: &str) -> Value {
    match facts {
        Value::String(text) if text.len() < 2 || text.is_ascii() => facts.clone(),
        Value::String(_) => hostile.into(),
        Value::Array(items) => items.iter().map(|item| with_texts(item, hostile)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (name.clone(), with_texts(field, hostile))).collect()
        }
        other => other.clone(),
    }
}

#[tokio::test]
async fn markup_in_a_value_is_printed_as_it_is() {
    const MARKUP: &str = "龙*_#$@[x]{y}<z>`\\n`//~=龙";
    for (template, facts) in all_samples() {
        let text = Pdf::new(&set_facts(template, &with_texts(&facts, MARKUP)).await).text();
        assert!(text.contains("*_#$@[x]"), "{template:?}: {text}");
    }
}

#[tokio::test]
async fn a_paper_with_nothing_known_is_a_form_to_fill_by_hand() {
    for template in PaperTemplate::ALL {
        let facts = json!({"imprint": {"printed_on": "2026-10-12"}, "pupil": {}, "addressees": []});
        let rendered = set_facts(template, &facts).await;
        let title = template.title();
        let text = Pdf::new(&rendered).text();
        assert!(text.contains(title), "{title}: {text}");
        assert!(rendered.pages <= 3, "{title}: {} pages", rendered.pages);
    }
}

#[tokio::test]
async fn long_names_two_guardians_and_ten_lines_of_facts_stay_on_one_sheet() {
    let long_name = "阿卜杜热合曼·阿卜杜克热木·买买提艾力江";
    let ten_lines = "该生因家庭变故多次往返于外省务工地与户籍地之间，经查实未在任何学校就读。".repeat(10);
    let mut notice = samples::deadline_notice();
    notice.addressees = vec![Person::named(long_name), Person::named(format!("古丽{long_name}"))];
    notice.pupil.name = Some(long_name.to_owned());
    notice.report_to = Some("重庆市城口县左岚乡中心小学校齐心村教学点（民族班）".to_owned());
    notice.facts = vec![ten_lines.clone()];
    notice.basis.push(CitedProvision {
        law: "某某自治州义务教育条例".to_owned(),
        article: "第十一条".to_owned(),
        text: Some("示例条文丙：".repeat(30)),
    });
    let rendered = set(&notice).await;
    assert_eq!(rendered.pages, 1);
    let text = Pdf::new(&rendered).text();
    assert!(text.contains(&ten_lines) && text.contains("签收人") && text.contains("一式3份"), "{text}");

    let mut visit = samples::visit_record();
    visit.guardian_said = Some(ten_lines.clone());
    visit.pupil_said = Some(ten_lines[..ten_lines.len() / 2].to_owned());
    visit.guardians = Some(format!("{long_name}（父亲）、{long_name}（母亲）"));
    assert_eq!(set(&visit).await.pages, 1);

    let mut receipt = samples::service_receipt();
    receipt.recipient = Some(long_name.to_owned());
    receipt.refusal = Some(ten_lines.clone());
    receipt.proxy_reason = Some(ten_lines);
    assert_eq!(set(&receipt).await.pages, 1);
}

#[tokio::test]
async fn what_cannot_fit_runs_on_and_loses_nothing() {
    let mut notice = samples::deadline_notice();
    notice.facts = (1..=80).map(|n| format!("第{n}段事实：{}", "经查实未在任何学校就读。".repeat(4))).collect();
    let rendered = set(&notice).await;
    let text = Pdf::new(&rendered).text();
    assert!(rendered.pages > 1);
    assert!(text.contains("第80段事实") && text.contains("一式3份"), "{text}");

    let mut visit = samples::visit_record();
    visit.guardian_said = Some("说了很多，".repeat(2000));
    let rendered = set(&visit).await;
    let text = Pdf::new(&rendered).text();
    assert!(rendered.pages > 1 && text.contains("LY-2026-0031"), "{text}");
}

#[tokio::test]
async fn rare_characters_are_printed_and_unknown_ones_leave_a_box() {
    let mut notice = samples::persuasion_notice();
    notice.pupil_name = Some("玥喆祎堃𬱖龑骉翀旻".to_owned());
    let rendered = set(&notice).await;
    assert!(Pdf::new(&rendered).text().contains("玥喆祎堃𬱖龑骉翀旻同学家长"));
    assert!(rendered.missing.is_empty());

    // A private code of some register's own, a character newer than the fonts, and an attempt to turn the line round.
    notice.pupil_name = Some("王\u{e863}\u{323af}\u{202e}明".to_owned());
    let rendered = set(&notice).await;
    assert!(Pdf::new(&rendered).text().contains("王□□明同学家长"));
    assert_eq!(rendered.missing, ['\u{e863}', '\u{323af}']);
}

#[tokio::test]
async fn facts_that_are_none_are_refused_with_a_reason() {
    let typesetter = Typesetter::new(settings());
    let undated = json!({"imprint": {}});
    let result = typesetter.render(PaperTemplate::Commitment, &undated).await;
    assert!(matches!(result, Err(TypesetError::Facts(reason)) if reason.contains("day")));
    let result = typesetter.render_many(PaperTemplate::Commitment, &[], |_| {}).await;
    assert!(matches!(result, Err(TypesetError::Facts(_))));

    // One paper that cannot be set refuses the batch by its number, and the typesetter goes on.
    let imprint = Imprint { printed_on: Some(samples::day(10, 12)), ..Imprint::default() };
    let good = json!({"imprint": imprint});
    let bad = json!({"imprint": imprint, "date": "yesterday", "return_on": "tomorrow"});
    let result = typesetter.render_many(PaperTemplate::Commitment, &[good.clone(), bad], |_| {}).await;
    assert!(matches!(&result, Err(TypesetError::Refused(reason)) if reason.contains("paper 2")), "{result:?}");
    assert!(typesetter.render_many(PaperTemplate::Commitment, &[good], |_| {}).await.is_ok());
}
