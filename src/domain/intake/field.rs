//! The columns that rosters have, under the many names that people give them.

use crate::domain::spelling;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Serial,
    Name,
    Sex,
    Ethnicity,
    Born,
    IdKind,
    IdNumber,
    RollNumber,
    Head,
    Relation,
    Domicile,
    Residence,
    Township,
    Village,
    Group,
    Phone,
    Remark,
    School,
    Grade,
    Class,
    GradeClass,
    LeftBehind,
    Migrant,
    Disability,
    Boarding,
    Guardian,
    GuardianPhone,
    Status,
    Poverty,
    /// The column that a returned sheet adds.
    Reason,
    /// Known, and of no use here; named so that nothing else is read from it.
    Ignored,
}

const HEADINGS: &[(Field, &[&str])] = &[
    (Field::Serial, &["序号", "编号", "序", "NO", "NO.", "户号", "户编号", "学籍辅号", "班内学号"]),
    (
        Field::Name,
        &[
            "姓名",
            "学生姓名",
            "儿童姓名",
            "适龄儿童姓名",
            "儿童少年姓名",
            "少年儿童姓名",
            "孩子姓名",
            "子女姓名",
            "名字",
            "学生",
            "家庭成员姓名",
            "成员姓名",
        ],
    ),
    (Field::Sex, &["性别", "学生性别", "儿童性别"]),
    (Field::Ethnicity, &["民族", "民族成份", "民族成分", "学生民族"]),
    (Field::Born, &["出生日期", "出生年月日", "出生年月", "生日", "出生时间", "出生日", "学生出生日期", "出生"]),
    (Field::IdKind, &["身份证件类型", "证件类型", "身份证类型", "证件种类"]),
    (
        Field::IdNumber,
        &[
            "公民身份号码",
            "公民身份证号码",
            "公民身份证号",
            "身份证号码",
            "身份证号",
            "身份证",
            "身份证件号",
            "身份证件号码",
            "证件号码",
            "证件号",
            "身份号码",
            "居民身份证号码",
            "居民身份证号",
            "居民身份证",
            "学生身份证号",
            "学生身份证号码",
            "学生身份证件号",
            "儿童身份证号码",
            "儿童身份证号",
            "学生证件号码",
        ],
    ),
    (Field::RollNumber, &["学籍号", "全国学籍号", "学生学籍号", "学籍号码", "个人标识码", "国网学籍号"]),
    (Field::Head, &["户主姓名", "户主"]),
    (Field::Relation, &["与户主关系", "与户主的关系", "户主关系", "家庭关系"]),
    (
        Field::Domicile,
        &[
            "户籍地址",
            "户籍所在地",
            "户口所在地",
            "户籍地",
            "户籍住址",
            "户口地址",
            "户籍地详址",
            "户籍详细地址",
            "户籍所在地地址",
        ],
    ),
    (
        Field::Residence,
        &[
            "现住址",
            "家庭住址",
            "现居住地",
            "现居住地址",
            "居住地址",
            "居住地",
            "家庭地址",
            "住址",
            "现住地址",
            "常住地址",
            "地址",
            "家庭详细地址",
            "实际居住地",
            "详细住址",
        ],
    ),
    (Field::Township, &["乡镇", "所属乡镇", "乡镇名称", "镇街", "镇街道", "乡镇街道", "所在乡镇", "乡镇/街道"]),
    (Field::Village, &["村", "村名", "行政村", "村社区", "村居", "村/社区", "所属村", "所在村", "社区", "村名称"]),
    (Field::Group, &["组", "村民小组", "社", "小组", "组别", "村组", "所在组"]),
    (
        Field::Phone,
        &["联系电话", "电话", "联系方式", "手机号码", "手机号", "电话号码", "手机", "家庭电话", "联系人电话"],
    ),
    (
        Field::GuardianPhone,
        &[
            "监护人电话",
            "监护人联系电话",
            "监护人联系方式",
            "监护人手机号",
            "家长联系电话",
            "家长电话",
            "家长联系方式",
            "成员1联系电话",
        ],
    ),
    (Field::Guardian, &["监护人姓名", "监护人", "家长姓名", "家长", "成员1姓名"]),
    (Field::Remark, &["备注", "说明", "备注说明"]),
    (Field::School, &["学校名称", "学校", "就读学校", "所在学校", "校名", "就读学校名称"]),
    (Field::Grade, &["年级", "就读年级", "所在年级", "年级名称"]),
    (Field::Class, &["班级", "就读班级", "所在班级", "班级名称", "班", "班号"]),
    (Field::GradeClass, &["就读年级班级", "年级班级", "年级班", "年级及班级", "就读年级及班级", "年级/班级"]),
    (Field::LeftBehind, &["是否留守儿童", "留守儿童", "是否留守"]),
    (Field::Migrant, &["是否随迁子女", "随迁子女", "是否进城务工人员随迁子女", "是否随迁"]),
    (Field::Disability, &["是否残疾", "残疾类型", "是否残疾儿童", "残疾", "残疾类别"]),
    (Field::Boarding, &["就读方式", "是否住校", "住宿情况", "是否寄宿"]),
    (Field::Status, &["学生状态", "学籍状态", "学生当前状态", "就读状态", "状态"]),
    (Field::Poverty, &["是否脱贫户/监测户", "是否脱贫户", "是否监测户", "户类型", "是否脱贫户监测户", "脱贫户/监测户"]),
    (Field::Reason, &["退回原因"]),
    (
        Field::Ignored,
        &[
            "监护人身份证号",
            "监护人身份证号码",
            "户主身份证号",
            "户主身份证号码",
            "家长身份证号",
            "家长身份证号码",
            "残疾人证号",
            "残疾证号",
        ],
    ),
];

/// The field of a heading.
pub(super) fn field(heading: &str) -> Option<Field> {
    let name = bare(heading);
    HEADINGS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
}

/// A heading that speaks of someone other than the child.
pub(super) fn of_another(heading: &str) -> bool {
    let name = bare(heading);
    ["监护", "户主", "家长", "父", "母", "成员", "联系人", "教师", "班主任"].iter().any(|other| name.contains(other))
}

/// Without blanks, brackets and what is in them, stars and colons.
fn bare(heading: &str) -> String {
    let mut depth = 0usize;
    let mut name = String::new();
    for c in spelling::tight(heading).chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            '*' | ':' | '★' | '※' => {}
            c if depth == 0 => name.extend(c.to_uppercase()),
            _ => {}
        }
    }
    name
}

/// The word for a field in a sentence.
pub(super) fn word(field: Field) -> &'static str {
    HEADINGS.iter().find(|(f, _)| *f == field).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_under_many_names() {
        for (heading, wanted) in [
            ("公民身份号码", Field::IdNumber),
            ("身份证\n号码（18位）", Field::IdNumber),
            ("*姓 名", Field::Name),
            ("是否脱贫户/监测户", Field::Poverty),
            ("村（社区）", Field::Village),
            ("监护人身份证号", Field::Ignored),
            ("No.", Field::Serial),
        ] {
            assert_eq!(field(heading), Some(wanted), "{heading}");
        }
        assert_eq!(field("填报单位:城口县公安局"), None);
        assert!(of_another("监护人证件"));
    }
}
