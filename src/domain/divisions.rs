//! The national list of divisions: a county with its townships and villages, as the statistics office names them.

use std::collections::HashMap;

use super::ids::CountyId;

/// A county of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// 500229
    pub id: CountyId,
    /// 城口县
    pub name: String,
    /// 重庆市
    pub province: String,
    /// 六安市; `县` or `市辖区` under a municipality.
    pub city: String,
    /// In code order.
    pub townships: Vec<Township>,
}

/// A township of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Township {
    /// 500229205
    pub code: String,
    /// 左岚乡
    pub name: String,
    /// In code order.
    pub villages: Vec<Village>,
}

/// A village or community of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    /// 500229205200
    pub code: String,
    /// As it is said: 齐心村, 茅坪社区.
    pub name: String,
}

/// Finds a county in the list (`code,level,name,parent_code,province,city` under a heading); none if it is not there.
pub fn county(csv: &str, id: CountyId) -> Option<County> {
    let rows: Vec<Row> = csv.lines().skip(1).filter_map(Row::of).collect();
    let code = id.to_string();
    let head = rows.iter().find(|row| row.level == "county" && row.code == code)?;
    let below = |parent: &str, level: &str| {
        let mut found: Vec<&Row> = rows.iter().filter(|r| r.level == level && r.parent == parent).collect();
        found.sort_by_key(|row| row.code);
        found
    };
    let townships = below(&code, "township")
        .into_iter()
        .map(|town| Township {
            code: town.code.to_owned(),
            name: town.name.to_owned(),
            villages: villages(&below(town.code, "village")),
        })
        .collect();
    Some(County {
        id,
        name: head.name.to_owned(),
        province: head.province.to_owned(),
        city: head.city.to_owned(),
        townships,
    })
}

/// The villages of one township; those whose short names would be the same keep their full ones.
fn villages(rows: &[&Row]) -> Vec<Village> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for row in rows {
        *times.entry(short_name(row.name)).or_default() += 1;
    }
    let name = |full: &str| match short_name(full) {
        short if times.get(&short) == Some(&1) => short,
        _ => full.to_owned(),
    };
    rows.iter().map(|row| Village { code: row.code.to_owned(), name: name(row.name) }).collect()
}

/// `齐心村` of `齐心村村民委员会` and of `齐心村委会`, `茅坪社区` of `茅坪社区居民委员会`; others as they are.
pub fn short_name(full: &str) -> String {
    let village = ["民委员会", "委会"].iter().find_map(|tail| full.strip_suffix(tail)).filter(|b| b.ends_with('村'));
    let community =
        ["居民委员会", "居委会"].iter().find_map(|tail| full.strip_suffix(tail)).filter(|b| b.ends_with("社区"));
    let twice = village.and_then(|b| b.strip_suffix('村')).filter(|b| b.ends_with('村'));
    twice.or(village).or(community).unwrap_or(full).to_owned()
}

struct Row<'a> {
    code: &'a str,
    level: &'a str,
    name: &'a str,
    parent: &'a str,
    province: &'a str,
    city: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let cells: Vec<&str> = line.trim_end().split(',').collect();
        let [code, level, name, parent, province, city] = cells.as_slice() else { return None };
        Some(Self { code, level, name, parent, province, city })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = include_str!("../../data/divisions.csv");

    #[test]
    fn chengkou_has_its_25_townships_and_204_villages() {
        let county = county(LIST, CountyId(500_229)).unwrap();
        assert_eq!((county.name.as_str(), county.province.as_str()), ("城口县", "重庆市"));
        assert_eq!(county.townships.len(), 25);
        assert_eq!(county.townships.iter().map(|t| t.villages.len()).sum::<usize>(), 204);
        let zuolan = county.townships.iter().find(|t| t.name == "左岚乡").unwrap();
        assert!(zuolan.villages.iter().any(|v| v.name == "齐心村"), "{zuolan:?}");
    }

    #[test]
    fn no_two_villages_of_a_township_have_one_name() {
        for code in [210_503, 341_522, 341_882, 370_481, 500_112, 500_229, 532_301] {
            for town in county(LIST, CountyId(code)).unwrap().townships {
                let names: std::collections::HashSet<_> = town.villages.iter().map(|v| &v.name).collect();
                assert_eq!(names.len(), town.villages.len(), "{}", town.name);
            }
        }
    }

    #[test]
    fn villages_are_called_as_people_call_them() {
        for (full, short) in [
            ("齐心村村民委员会", "齐心村"),
            ("茅坪社区居民委员会", "茅坪社区"),
            ("双桥村委会", "双桥村"),
            ("双桥村村委会", "双桥村"),
            ("北门居委会", "北门居委会"),
            ("永安社区", "永安社区"),
        ] {
            assert_eq!(short_name(full), short);
        }
    }

    #[test]
    fn a_county_that_is_not_in_the_list_is_none() {
        assert_eq!(county(LIST, CountyId(110_101)), None);
        assert_eq!(county("", CountyId(500_229)), None);
    }
}
