//! 发现: who is of school age, and how those who are not in school come to light.

use super::line::{Line, owner, within};
use crate::domain::policy::Policy;

pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let age = &policy.age;
    let (month, day) = (age.by.value.month, age.by.value.day);
    let check = &policy.check;
    vec![
        Line::new(
            "age.enters_at",
            "入学年龄",
            format!("当年{month}月{day}日前年满 {} 周岁的，当年秋季入学", age.enters_at.value),
        )
        .of(&age.enters_at),
        Line::new("age.years", "义务教育年限", format!("{} 年", age.years.value)).of(&age.years),
        Line::new("age.max", "最大年龄", format!("{} 周岁（含）", age.max.value)).of(&age.max).value(
            "ends",
            age.ends.as_ref(),
            |ends| format!("名册到{ends}为止"),
        ),
        Line::new("check", "去向核查", format!("去向不能证实的，由{}核查回复", owner(&check.by)))
            .resting_on(&check.basis)
            .value("within", Some(&check.within), |period| within("派发后", *period, "回复")),
    ]
}
