//! One filled paper of each kind, about an invented child with the names that fonts find hardest.

use chrono::{NaiveDate, NaiveDateTime};
use quanxue::papers::data::{
    Choice, CitedProvision, Commitment, CountyReferral, DeadlineNotice, Dossier, DossierItem, Imprint, Opinion, Person,
    PersuasionNotice, RecordedVisit, ReferredVisit, ReturnReceipt, ServedPaper, ServiceReceipt, VisitRecord, Visitor,
};

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn at(month: u32, on: u32, hour: u32, minute: u32) -> NaiveDateTime {
    day(month, on).and_hms_opt(hour, minute, 0).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "almost every field of a paper may be unknown")]
pub fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

pub fn imprint(reference: Option<&str>, inner: &str) -> Imprint {
    Imprint {
        reference: reference.map(str::to_owned),
        inner_number: some(inner),
        check_code: some("7F3K-92QD"),
        printed_on: Some(day(10, 12)),
        ..Imprint::default()
    }
}

fn pupil() -> Person {
    Person {
        name: some("杨玥喆"),
        sex: some("女"),
        born: NaiveDate::from_ymd_opt(2014, 6, 2),
        id_number: some("500229201406022417"),
        roll_number: some("G500229201406022417"),
    }
}

const GUARDIANS: &str = "杨昌堃（父亲）、阿依古丽·买买提（母亲）";
const ADDRESS: &str = "重庆市城口县左岚乡齐心村3组27号";
const CLASS: &str = "左岚乡中心小学六年级（2）班";

pub fn visit_record() -> VisitRecord {
    let visitor =
        |name, unit, post, phone| Visitor { name: some(name), unit: some(unit), post: some(post), phone: some(phone) };
    VisitRecord {
        imprint: imprint(None, "ZL-2026-000123"),
        ordinal: Some(2),
        pupil: pupil(),
        school: some("左岚乡中心小学"),
        class: some("六年级（2）班"),
        absent_since: Some(day(9, 1)),
        guardians: some(GUARDIANS),
        address: some(ADDRESS),
        started_at: Some(at(9, 20, 14, 30)),
        ended_at: Some(at(9, 20, 16, 5)),
        place: some("齐心村3组家中"),
        methods: Choice::one_of(["入户", "电话", "视频", "到务工地", "来校来访"], Some("入户")),
        pupil_present: Some(true),
        guardians_present: some("杨昌堃（父亲）"),
        visitors: vec![
            visitor("龙骉", "左岚乡人民政府", "社会事务岗干部", "13800000001"),
            visitor("李祎", "左岚乡中心小学", "班主任", "13800000002"),
            visitor("阿卜杜热合曼·阿卜杜克热木", "齐心村村民委员会", "网格员", "13800000003"),
        ],
        guardian_said: some("孩子说跟不上，不愿意读。\n家里同意送返，怕过几天又跑回来。"),
        pupil_said: some("数学听不懂，想去学美发。"),
        law_explained: some("《中华人民共和国义务教育法》第五条、第十一条；寄宿生生活补助政策。"),
        needs: some("希望住校，减免生活费。"),
        aid_promised: some("学校安排数学老师每周补课两次。"),
        outcomes: Choice::one_of(["同意返校", "犹豫", "拒绝", "未见到学生"], Some("同意返校")),
        return_on: Some(day(9, 28)),
        next_step: some("9月28日由班主任接学生返校；未返校则再次联合劝返。"),
        photos: Some(4),
        recordings: some("LY-2026-0031"),
        ..VisitRecord::default()
    }
}

pub fn persuasion_notice() -> PersuasionNotice {
    PersuasionNotice {
        imprint: imprint(Some("左岚劝返〔2026〕12号"), "ZL-2026-000124"),
        pupil_name: some("杨玥喆"),
        deadline: Some(day(9, 28)),
        school: some("左岚乡中心小学"),
        issuer: some("左岚乡人民政府"),
        date: Some(day(9, 21)),
        ..PersuasionNotice::default()
    }
}

pub fn deadline_notice() -> DeadlineNotice {
    let visit = |on, by: &[&str]| RecordedVisit {
        on,
        by: by.iter().map(|&unit| unit.to_owned()).collect(),
        note: some("学生在场"),
    };
    let provision = |article: &str, text: &str| CitedProvision {
        law: "中华人民共和国义务教育法".to_owned(),
        article: article.to_owned(),
        text: some(text),
    };
    DeadlineNotice {
        imprint: imprint(Some("左岚府复通〔2026〕5号"), "ZL-2026-000125"),
        addressees: vec![Person::named("杨昌堃"), Person::named("阿依古丽·买买提")],
        pupil: pupil(),
        enrolled_at: some(CLASS),
        absent_since: Some(day(9, 1)),
        visits: vec![
            visit(day(9, 10), &["左岚乡人民政府", "齐心村村民委员会"]),
            visit(day(9, 20), &["左岚乡人民政府", "左岚乡中心小学", "齐心村村民委员会"]),
            visit(day(10, 8), &["左岚乡人民政府", "左岚乡中心小学"]),
        ],
        basis: vec![
            provision("第五条第二款", "示例条文甲：适龄儿童、少年的父母应当依法保证其按时入学。"),
            provision("第五十八条", "示例条文乙：由当地乡镇人民政府给予批评教育，责令限期改正。"),
        ],
        command: some("责令限期改正"),
        within: some("7日"),
        until: Some(day(10, 31)),
        report_to: some("左岚乡中心小学"),
        consequences: texts(["逾期不送其返校的，将依法作进一步处理。"]),
        remedies: texts(["如不服本通知，可以在六十日内向城口县人民政府申请行政复议。"]),
        contact_name: some("龙骉"),
        contact_phone: some("023-00000000"),
        copies: texts(["送达监护人", "存档", "送左岚乡中心小学"]),
        issuer: some("左岚乡人民政府"),
        date: Some(day(10, 12)),
        signed_by: some("王翀"),
        handled_by: some("龙骉"),
        ..DeadlineNotice::default()
    }
}

pub fn service_receipt() -> ServiceReceipt {
    const METHODS: [&str; 6] = ["直接送达", "留置送达", "邮寄送达", "委托送达", "电子送达", "公告送达"];
    ServiceReceipt {
        imprint: imprint(None, "ZL-2026-000126"),
        issuer: some("左岚乡人民政府"),
        matter: some("未依法送适龄儿童入学接受义务教育"),
        papers: vec![ServedPaper {
            title: "限期复学通知书".to_owned(), number: some("左岚府复通〔2026〕5号")
        }],
        recipient: some("杨昌堃"),
        place: some(ADDRESS),
        methods: Choice::one_of(METHODS, Some("直接送达")),
        received_at: Some(at(10, 13, 9, 30)),
        servers: texts(["龙骉", "李祎"]),
        filled_by: some("龙骉"),
        date: Some(day(10, 12)),
        ..ServiceReceipt::default()
    }
}

pub fn commitment() -> Commitment {
    Commitment {
        imprint: imprint(None, "ZL-2026-000127"),
        to: some("左岚乡人民政府、左岚乡中心小学"),
        pupil: pupil(),
        absent_since: Some(day(9, 1)),
        return_on: Some(day(10, 20)),
        school: some("左岚乡中心小学"),
        ..Commitment::default()
    }
}

pub fn return_receipt() -> ReturnReceipt {
    ReturnReceipt {
        imprint: imprint(None, "ZL-2026-000128"),
        to: some("左岚乡人民政府"),
        pupil: pupil(),
        guardians: some(GUARDIANS),
        phone: some("13800000009"),
        before: some(CLASS),
        absent_since: Some(day(9, 1)),
        reported_on: Some(day(10, 19)),
        class: some("六年级（2）班"),
        boarding: Choice::one_of(["走读", "寄宿"], Some("寄宿")),
        class_teacher: some("李祎"),
        helper: some("王翀"),
        roll_note: some("学籍在册，恢复正常。"),
        catch_up: some("每周二、四下午补数学、英语。"),
        care: some("申请寄宿生生活补助。"),
        follow_up: vec![day(11, 18), day(12, 18)],
        school: some("左岚乡中心小学"),
        date: Some(day(10, 19)),
        ..ReturnReceipt::default()
    }
}

pub fn county_referral() -> CountyReferral {
    let visit = |on, outcome| ReferredVisit {
        on: Some(on),
        by: texts(["左岚乡人民政府", "左岚乡中心小学"]),
        pupil_present: Some(true),
        outcome: some(outcome),
    };
    let opinion = |title: &str| Opinion { title: title.to_owned(), ..Opinion::default() };
    let evidence = |label: &str, chosen| Choice { label: label.to_owned(), chosen };
    CountyReferral {
        imprint: imprint(Some("左岚核处〔2026〕1号"), "ZL-2026-000129"),
        date: Some(day(11, 5)),
        pupil: pupil(),
        class: some(CLASS),
        absent_since: Some(day(9, 1)),
        guardians: some("杨昌堃、阿依古丽·买买提"),
        phone: some("13800000009"),
        address: some(ADDRESS),
        facts: some("该生极度厌学，自2026年9月1日起未到校，三次联合劝返时均在场，仍拒不返校。提请县级核处。"),
        visits: vec![visit(day(9, 10), "拒绝"), visit(day(9, 20), "答应考虑，后反悔"), visit(day(10, 8), "拒绝")],
        evidence: vec![
            evidence("限期复学通知书及送达回证", true),
            evidence("联合劝返资料（学生本人在场）", true),
            evidence("县级核实同意的佐证资料", false),
            evidence("继续劝返的资料", false),
        ],
        opinions: vec![
            opinion("村（社区）\n意见"),
            opinion("学校意见"),
            opinion("乡镇人民\n政府意见"),
            opinion("县教育行政\n部门意见"),
            opinion("县级领导\n小组意见"),
        ],
        ..CountyReferral::default()
    }
}

pub fn dossier() -> Dossier {
    let item = |number: Option<&str>, title, on, pages| DossierItem {
        number: number.map(str::to_owned),
        title: some(title),
        on: Some(on),
        pages: some(pages),
        note: None,
    };
    Dossier {
        imprint: imprint(None, "ZL-AJ-2026-7"),
        organ: some("左岚乡人民政府"),
        case_number: some("左岚劝案〔2026〕7号"),
        pupil: pupil(),
        address: some(ADDRESS),
        school: some(CLASS),
        guardians: some("杨昌堃、阿依古丽·买买提"),
        opened_on: Some(day(9, 5)),
        retention: some("长期"),
        total_items: Some(3),
        items: vec![
            item(Some("ZL-2026-000123"), "入户劝返记录表（第2次）", day(9, 20), "1"),
            item(Some("左岚府复通〔2026〕5号"), "限期复学通知书", day(10, 12), "2—3"),
            item(None, "送达回证", day(10, 13), "4"),
        ],
        date: Some(day(11, 1)),
        ..Dossier::default()
    }
}
