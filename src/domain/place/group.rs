//! Village groups as they are written behind a village: `1组`, `6社`, `第三村民小组`, `大湾组`.

use crate::domain::spelling;

/// The group that a text begins with, in one spelling, and what follows it.
pub fn group_label(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix('第').unwrap_or(text);
    for (mark, label) in [("村民小组", "组"), ("小组", "组"), ("组", "组"), ("社", "社"), ("队", "队")] {
        let Some((name, rest)) = text.split_once(mark) else { continue };
        if mark == "社" && rest.starts_with('区') {
            continue;
        }
        if let Some(number) = number(name) {
            return Some((format!("{number}{label}"), rest));
        }
        if label == "组" && (1..=6).contains(&name.chars().count()) && name.chars().all(crate::domain::names::is_han) {
            return Some((format!("{name}{label}"), rest));
        }
    }
    None
}

fn number(name: &str) -> Option<u32> {
    let digits = name.trim_start_matches('0');
    spelling::small_number(digits).filter(|n| *n > 0)
}
