//! What stands before the township in an address: province, city and county, in full or short.

use super::CountyName;

/// Every way to write the county's own prefix, longest first; the flag says whether it names the county itself.
#[derive(Debug)]
pub(in crate::domain) struct CountyPrefix(Vec<(String, bool)>);

impl CountyPrefix {
    pub(in crate::domain) fn new(name: &CountyName) -> Self {
        let provinces = forms(&name.province, &["市", "省", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区"]);
        let city = if matches!(name.city.as_str(), "市辖区" | "县" | "省直辖县级行政区划") {
            ""
        } else {
            name.city.as_str()
        };
        let cities = forms(city, &["市", "地区", "自治州"]);
        let counties = forms(&name.county, &["自治县", "县", "市", "区"]);
        let mut all = Vec::new();
        for province in &provinces {
            for city in &cities {
                let above = format!("{province}{city}");
                for county in &counties {
                    // The short county alone (城口) may be a village's name: it counts only behind a province or city.
                    if !county.is_empty() && (*county == name.county || !above.is_empty()) {
                        all.push((format!("{above}{county}"), true));
                    }
                }
                if !above.is_empty() {
                    all.push((above, false));
                }
            }
        }
        all.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        Self(all)
    }

    /// What follows the prefix, and whether the county itself was named.
    pub(in crate::domain) fn strip<'a>(&self, text: &'a str) -> (&'a str, bool) {
        let found = self.0.iter().find_map(|(form, county)| Some((text.strip_prefix(form.as_str())?, *county)));
        found.unwrap_or((text, false))
    }
}

/// The name in full, without its tail, and not at all.
fn forms<'a>(name: &'a str, tails: &[&str]) -> Vec<&'a str> {
    let short = tails.iter().find_map(|tail| name.strip_suffix(tail)).filter(|short| short.chars().count() > 1);
    let mut forms = vec![name];
    forms.extend(short);
    if !name.is_empty() {
        forms.push("");
    }
    forms
}

/// The text speaks of a province, city, county or district that is not ours.
pub(super) fn names_another(text: &str) -> bool {
    text.replace("社区", "").contains(['省', '市', '县', '区', '州', '旗'])
}
