//! The gazetteer against the true townships and villages of 城口县.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn unit(code: &str) -> UnitId {
    UnitId(Uuid::from_u128(code.parse().unwrap()))
}

fn chengkou() -> Gazetteer {
    let county = CountyName { province: "重庆市".into(), city: "县".into(), county: "城口县".into() };
    let mut entries = Vec::new();
    for line in include_str!("../../../data/divisions.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let kind = match cells[1] {
            "township" => PlaceKind::Township,
            "village" => PlaceKind::Village,
            _ => continue,
        };
        if cells[0].starts_with("500229") {
            entries.push(PlaceEntry { id: unit(cells[0]), kind, name: cells[2].into(), parent: Some(unit(cells[3])) });
        }
    }
    entries.push(PlaceEntry {
        id: unit("1"),
        kind: PlaceKind::Group,
        name: "第一村民小组".into(),
        parent: Some(red_army()),
    });
    Gazetteer::new(&county, entries)
}

fn red_army() -> UnitId {
    village("高燕镇", "红军村村民委员会")
}

fn village(township: &str, name: &str) -> UnitId {
    let lines: Vec<Vec<&str>> =
        include_str!("../../../data/divisions.csv").lines().map(|l| l.split(',').collect()).collect();
    let town = lines.iter().find(|c| c[1] == "township" && c[2] == township && c[0].starts_with("500229")).unwrap()[0];
    unit(lines.iter().find(|c| c[2] == name && c[3] == town).unwrap()[0])
}

#[test]
fn the_addresses_of_the_rosters() {
    let places = chengkou();
    for (text, township, name, group) in [
        ("重庆市城口县灯梁村", "鸡鸣乡", "灯梁村村民委员会", None),
        ("重庆市城口县复兴街道茅坪社区居民委员会", "复兴街道", "茅坪社区居民委员会", None),
        ("茅坪社区", "复兴街道", "茅坪社区居民委员会", None),
        ("重庆市城口县高燕镇红军村1组", "高燕镇", "红军村村民委员会", Some("1组")),
        ("高燕镇红军村村委会第一村民小组", "高燕镇", "红军村村民委员会", Some("1组")),
        ("高燕红军村１组12号", "高燕镇", "红军村村民委员会", Some("1组")),
        ("鲜花村 6社", "东安镇", "鲜花村村民委员会", Some("6社")),
        ("城口县沿河乡红岩村8组", "沿河乡", "红岩村村民委员会", Some("8组")),
        ("重庆城口庙坝镇红岩村大湾组", "庙坝镇", "红岩村村民委员会", Some("大湾组")),
        ("红军", "高燕镇", "红军村村民委员会", None),
    ] {
        let place = places.resolve(text, None);
        assert_eq!(place.village, Some(village(township, name)), "{text}: {place:?}");
        assert_eq!(place.township, places.township(township), "{text}");
        assert_eq!(place.group.as_deref(), group, "{text}");
        assert_eq!(place.doubt, None, "{text}");
    }
    assert_eq!(places.resolve("红军村一组", None).group_unit, Some(unit("1")));
}

#[test]
fn what_could_be_two_places_is_none() {
    let places = chengkou();
    let doubt = |text: &str| places.resolve(text, None).doubt.unwrap();
    assert!(matches!(doubt("城口县红岩村3组"), Doubt::Ambiguous(townships) if townships.len() == 2));
    assert_eq!(doubt(""), Doubt::Empty);
    assert_eq!(doubt("重庆市城口县"), Doubt::Coarse);
    assert_eq!(doubt("城口县左岚乡"), Doubt::Coarse);
    assert_eq!(doubt("四川省遂宁市"), Doubt::Elsewhere);
    assert_eq!(doubt("四川省遂宁市红军村"), Doubt::Elsewhere);
    assert_eq!(doubt("重庆市渝北区红军村"), Doubt::Elsewhere);
    assert_eq!(doubt("高燕镇灯梁村"), Doubt::Unknown);
    assert_eq!(doubt("城口县没有的村"), Doubt::Unknown);
    assert_eq!(places.resolve("高燕镇灯梁村", None).township, places.township("高燕镇"));
}

#[test]
fn a_rosters_title_settles_what_the_village_alone_leaves_open() {
    let places = chengkou();
    let township = places.township("双河乡").unwrap();
    let miaoba = places.township("庙坝镇").unwrap();
    assert_eq!(places.resolve("红岩村", Some(miaoba)).village, Some(village("庙坝镇", "红岩村村民委员会")));
    assert_eq!(places.resolve("红岩村", Some(township)).village, None);
}

#[test]
fn every_village_is_found_by_its_full_address_and_by_its_short_name_in_its_township() {
    let places = chengkou();
    for v in &places.villages {
        let township = places.township_name(v.township.unwrap()).unwrap();
        for text in [format!("重庆市城口县{township}{}", v.base), format!("{township}{}村民委员会3组", v.base)]
        {
            assert_eq!(places.resolve(&text, None).village, Some(v.id), "{text}");
        }
        assert_eq!(places.resolve(&v.base, v.township).village, Some(v.id));
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in ".{0,40}", tail in "[0-9组社村第]{0,6}") {
        let places = chengkou();
        let _ = places.resolve(&text, None);
        let _ = places.resolve(&format!("高燕镇红军村{tail}"), None);
    }
}
