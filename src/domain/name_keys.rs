//! What a name is found by: two-character pieces, pinyin and initials, all compared by equality (design.md §4.11).

use pinyin::ToPinyin;

/// Readings that surnames take and that a general table does not put first; several where places differ.
const SURNAMES: &[(&str, &[&str])] = &[
    ("单于", &["chan yu"]),
    ("尉迟", &["yu chi"]),
    ("万俟", &["mo qi"]),
    ("长孙", &["zhang sun"]),
    ("澹台", &["tan tai"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("解", &["xie"]),
    ("区", &["ou"]),
    ("仇", &["qiu"]),
    ("查", &["zha"]),
    ("盖", &["ge", "gai"]),
    ("朴", &["piao"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("翟", &["zhai"]),
    ("缪", &["miao"]),
    ("员", &["yun"]),
    ("乐", &["yue", "le"]),
    ("召", &["shao"]),
    ("隗", &["wei", "kui"]),
    ("尹", &["yin"]),
    ("覃", &["qin", "tan"]),
    ("牟", &["mou", "mu"]),
    ("冼", &["xian"]),
    ("洗", &["xian"]),
    ("种", &["chong"]),
    ("黑", &["he"]),
    ("那", &["na"]),
    ("宓", &["mi", "fu"]),
    ("折", &["she"]),
    ("繁", &["po"]),
    ("薄", &["bo"]),
    ("秘", &["bi"]),
    ("祭", &["zhai"]),
    ("藏", &["zang"]),
    ("燕", &["yan"]),
    ("纪", &["ji"]),
    ("哈", &["ha"]),
    ("晟", &["cheng"]),
    ("撒", &["sa"]),
    ("洼", &["wa"]),
    ("柏", &["bai", "bo"]),
    ("谌", &["chen", "shen"]),
    ("葛", &["ge"]),
    ("车", &["che"]),
    ("贾", &["jia"]),
    ("沈", &["shen"]),
    ("石", &["shi"]),
];

/// The keys of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKeys {
    /// Two-character pieces, and the first character alone.
    pub pieces: Vec<String>,
    /// Pinyin run together in lower case, `ü` as `v`; the likeliest reading first.
    pub pinyin: Vec<String>,
    /// First letters of the syllables, in the same order.
    pub initials: Vec<String>,
}

/// The keys of a name in its one spelling (see `names::read`).
pub fn keys(name: &str) -> NameKeys {
    let readings = readings(name);
    let mut initials: Vec<String> =
        readings.iter().map(|r| r.iter().filter_map(|s| s.chars().next()).collect()).collect();
    initials.dedup();
    let pinyin = readings.into_iter().map(|syllables| syllables.concat()).collect();
    let letters = letters(name);
    let first = letters.iter().take(1).map(char::to_string);
    NameKeys { pieces: first.chain(pairs(&letters)).collect(), pinyin, initials }
}

/// The pieces that a query must all have: its pairs, or its only character.
pub fn query_pieces(query: &str) -> Vec<String> {
    match letters(query).as_slice() {
        [one] => vec![one.to_string()],
        letters => pairs(letters).collect(),
    }
}

/// The likeliest pinyin of a name, run together.
pub fn pinyin(name: &str) -> String {
    readings(name).into_iter().next().unwrap_or_default().concat()
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphabetic() || super::names::is_han(*c)).flat_map(char::to_lowercase).collect()
}

fn pairs(letters: &[char]) -> impl Iterator<Item = String> {
    letters.windows(2).map(|pair| pair.iter().collect())
}

/// Every reading as syllables: the surname's own, then the general table for the rest.
fn readings(name: &str) -> Vec<Vec<String>> {
    let surname = SURNAMES.iter().find(|(surname, _)| name.starts_with(surname));
    let (heads, rest): (&[&str], &str) = match surname {
        Some((surname, readings)) => (readings, &name[surname.len()..]),
        None => (&[""], name),
    };
    let tail: Vec<String> = letters(rest).into_iter().map(syllable).collect();
    heads.iter().map(|head| head.split_whitespace().map(str::to_owned).chain(tail.iter().cloned()).collect()).collect()
}

/// The reading of a character; a letter, or a character no table knows, stands for itself.
fn syllable(c: char) -> String {
    c.to_pinyin().map_or_else(|| c.to_string(), |p| p.plain().replace('ü', "v"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, full, initials) in [
            ("单雄信", "shanxiongxin", "sxx"),
            ("曾国", "zengguo", "zg"),
            ("解小红", "xiexiaohong", "xxh"),
            ("尉迟恭", "yuchigong", "ycg"),
            ("吕布", "lvbu", "lb"),
            ("阿依古丽·吐尔逊", "ayigulituerxun", "aygltex"),
        ] {
            let keys = keys(name);
            assert_eq!(keys.pinyin[0], full);
            assert_eq!(keys.initials[0], initials);
        }
        assert_eq!(keys("覃勇").pinyin, ["qinyong", "tanyong"]);
        assert_eq!(keys("覃勇").initials, ["qy", "ty"]);
    }

    #[test]
    fn a_query_is_found_by_its_pieces() {
        let name = keys("阿依古丽·吐尔逊");
        for query in ["古丽", "阿依古丽", "丽吐", "阿", "古丽·吐尔逊"] {
            assert!(query_pieces(query).iter().all(|p| name.pieces.contains(p)), "{query}");
        }
        assert!(!query_pieces("古尔").iter().all(|p| name.pieces.contains(p)));
        assert!(query_pieces("").is_empty());
    }

    #[test]
    fn a_character_without_a_reading_stands_for_itself() {
        assert_eq!(keys("王𠮷").pinyin, ["wang𠮷"]);
    }
}
