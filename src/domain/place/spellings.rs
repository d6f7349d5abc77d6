//! The many tails of the names of townships and villages.

const COMMITTEES: [&str; 8] = ["村民委员会", "居民委员会", "民委员会", "村委会", "居委会", "委员会", "委会", "村委"];

/// `红军村` of `红军村村民委员会`, `茅坪社区` of `茅坪社区居民委员会`.
pub(super) fn village_base(name: &str) -> &str {
    ["村民委员会", "居民委员会", "村委会", "居委会"]
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
        .filter(|base| !base.is_empty())
        .unwrap_or(name)
}

/// `红军` of `红军村`, `茅坪` of `茅坪社区`.
pub(super) fn bare_stem(base: &str) -> &str {
    ["社区", "村", "居"]
        .iter()
        .find_map(|tail| base.strip_suffix(tail))
        .filter(|stem| stem.chars().count() > 1)
        .unwrap_or(base)
}

/// `左岚` of `左岚乡`.
pub(super) fn township_stem(name: &str) -> &str {
    let name = name.strip_suffix("办事处").unwrap_or(name);
    ["街道", "镇", "乡"]
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
        .filter(|stem| stem.chars().count() > 1)
        .unwrap_or(name)
}

/// What follows `红军村` in `红军村村民委员会1组` and `红军村委会1组`: `1组`.
pub(super) fn strip_committee(rest: &str) -> &str {
    COMMITTEES.iter().find_map(|tail| rest.strip_prefix(tail)).unwrap_or(rest)
}

/// `红军` of `红军村委会` where the village is given without its 村.
pub(super) fn without_committee(text: &str) -> &str {
    COMMITTEES.iter().find_map(|tail| text.strip_suffix(tail)).filter(|stem| !stem.is_empty()).unwrap_or(text)
}
