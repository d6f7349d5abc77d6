//! The words of each paper, in the order a person reads them; its fonts and standard.

use quanxue::papers::data::{DeadlineNotice, Imprint, Person, PersuasionNotice};

use crate::papers::pdf::Pdf;
use crate::papers::rosters::{absence_roster, check_roster};
use crate::papers::{samples, set};

/// Each follows the one before it, whatever stands between.
fn assert_in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        let found = rest.find(word).unwrap_or_else(|| panic!("no {word} where it belongs: {text}"));
        rest = &rest[found + word.len()..];
    }
}

#[tokio::test]
async fn a_visit_is_read_from_top_to_bottom() {
    let text = Pdf::new(&set(&samples::visit_record()).await).text();
    assert_in_order(
        &text,
        &[
            "入户劝返记录表",
            "第2次劝返",
            "杨玥喆",
            "500229201406022417",
            "2026年9月20日14时30分至16时05分",
            "√入户",
            "阿卜杜热合曼·阿卜杜克热木",
            "跟不上",
            "√同意返校",
            "约定返校日期：2026年9月28日",
            "LY-2026-0031",
            "核验码：7F3K-92QD",
        ],
    );
}

#[tokio::test]
async fn the_persuasion_notice_is_worded_as_seed_000_prints_it() {
    let body = "你好！根据《中华人民共和国义务教育法》《未成年人保护法》等相关法律法规规定，\
                你的孩子尚未接受完九年义务教育，现下发该通知书，请你于2026年9月28日前，\
                带孩子到左岚乡中心小学接受义务教育。";
    let text = Pdf::new(&set(&samples::persuasion_notice()).await).text();
    let number = "左岚劝返〔2026〕12号";
    assert_in_order(
        &text,
        &[
            "劝返复学通知书（存根）",
            number,
            "杨玥喆同学家长：",
            body,
            "2026年9月21日",
            number,
            "劝返复学通知书",
            number,
            "杨玥喆同学家长：",
            body,
            "2026年9月21日",
        ],
    );
}

#[tokio::test]
async fn a_blank_persuasion_notice_keeps_the_words_around_the_blanks() {
    let imprint = Imprint { printed_on: Some(samples::day(10, 12)), ..Imprint::default() };
    let rendered = set(&PersuasionNotice { imprint, ..PersuasionNotice::default() }).await;
    let text = Pdf::new(&rendered).text();
    assert_in_order(&text, &["同学家长：", "请你于年月日前，带孩子到学校接受义务教育。", "年月日"]);
    assert_eq!(rendered.pages, 1);
}

#[tokio::test]
async fn a_deadline_notice_says_what_its_facts_say_and_in_order() {
    let text = Pdf::new(&set(&samples::deadline_notice()).await).text();
    assert_in_order(
        &text,
        &[
            "限期复学通知书（存根）",
            "左岚府复通〔2026〕5号",
            "内部编号：ZL-2026-000125",
            "500229201406022417",
            "（骑缝盖章）",
            "左岚乡人民政府限期复学通知书",
            "杨昌堃、阿依古丽·买买提：",
            "经查，你们的被监护人杨玥喆（女，2014年6月2日出生，公民身份号码：500229201406022417）",
            "自2026年9月1日起未到校接受义务教育。",
            "已劝返3次：2026年9月10日，左岚乡人民政府、齐心村村民委员会（学生在场）；",
            "根据《中华人民共和国义务教育法》第五条第二款、第五十八条的规定，现对你们责令限期改正：",
            "一、自收到本通知书之日起7日内（2026年10月31日前）送杨玥喆到左岚乡中心小学报到",
            "二、逾期不送其返校的",
            "三、如不服本通知",
            "联系人：龙骉电话：023-00000000",
            "《中华人民共和国义务教育法》第五条第二款：示例条文甲",
            "左岚乡人民政府2026年10月12日",
            "签收人",
            "一式3份：送达监护人一份，存档一份，送左岚乡中心小学一份。",
        ],
    );
}

#[tokio::test]
async fn a_notice_without_basis_or_remedies_invents_none() {
    let notice = DeadlineNotice {
        addressees: vec![Person::named("杨昌堃")],
        basis: Vec::new(),
        remedies: Vec::new(),
        consequences: Vec::new(),
        command: None,
        within: None,
        visits: Vec::new(),
        enrolled_at: None,
        absent_since: None,
        ..samples::deadline_notice()
    };
    let text = Pdf::new(&set(&notice).await).text();
    assert_in_order(
        &text,
        &["你的被监护人杨玥喆", "至今未入学接受义务教育。", "现通知如下：", "一、于2026年10月31日前送杨玥喆到"],
    );
    for word in ["《中华人民共和国义务教育法》", "二、", "劝返", "责令", "复议", "附有关规定"]
    {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[tokio::test]
async fn marks_say_what_a_sheet_is() {
    let mut notice = samples::deadline_notice();
    let plain = Pdf::new(&set(&notice).await).text();
    assert!(!plain.contains("副本") && !plain.contains("作废"));
    notice.imprint.duplicate = true;
    notice.imprint.void = true;
    let marked = Pdf::new(&set(&notice).await).text();
    assert!(marked.contains("副本") && marked.contains("作废"), "{marked}");
}

#[tokio::test]
async fn the_absence_roster_has_the_eleven_columns_of_seed_002() {
    let text = Pdf::new(&set(&absence_roster(1, 0)).await).cells();
    let columns = "序号村名学生姓名性别就读学校就读年级班级身份证号码户主姓名联系电话是否脱贫户/监测户备注";
    let row = "1齐心村杨玥喆女左岚乡中心小学六年级（2）班500229201406022400阿卜杜热合曼·阿卜杜克热木13800000001否";
    assert_in_order(
        &text,
        &["附件2", "左岚乡动态摸排未到校学生名单", columns, row, "填报单位（盖章）：齐心村村民委员会"],
    );
}

#[tokio::test]
async fn a_long_roster_repeats_its_head_and_counts_its_pages() {
    let rendered = set(&check_roster(60)).await;
    let text = Pdf::new(&rendered).cells();
    assert!(rendered.pages >= 4, "{}", rendered.pages);
    assert_eq!(text.matches("出生日期").count(), rendered.pages, "{text}");
    assert!(text.contains(&format!("第{0}页共{0}页", rendered.pages)), "{text}");
    assert_in_order(&text, &["共62人", "500229201406022459", "核查结果代码：1在本地就读；"]);
}
