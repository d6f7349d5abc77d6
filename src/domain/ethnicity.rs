//! The names of the nationalities (GB/T 3304), from the short and old forms people write.

/// The list in the order of its codes, 01 to 56.
const NAMES: [&str; 56] = [
    "汉族",
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
];

/// Others that registers carry: not among the 56, and yet no mistake.
const OTHERS: [&str; 5] = ["穿青人", "革家人", "其他", "未识别民族", "外国血统中国籍人士"];

/// Old names and common miswritings that can mean one thing only.
const OLD: [(&str, &str); 6] = [
    ("毛难", "毛南族"),
    ("崩龙", "德昂族"),
    ("仡老", "仡佬族"),
    ("傈傈", "傈僳族"),
    ("佬仫", "仫佬族"),
    ("维族", "维吾尔族"),
];

/// The full name of what is written: `汉` and `01` are `汉族`; what is in no list is none.
pub fn read(tight: &str) -> Option<&'static str> {
    if let Ok(code) = tight.parse::<usize>() {
        return code.checked_sub(1).and_then(|at| NAMES.get(at)).copied();
    }
    let old = OLD.iter().find(|(old, _)| *old == tight || tight.strip_suffix('族') == Some(old)).map(|(_, name)| *name);
    let known = NAMES.iter().find(|name| **name == tight || name.strip_suffix('族') == Some(tight));
    let other = OTHERS.iter().find(|name| **name == tight);
    old.or_else(|| known.or(other).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_old_and_coded_names_are_full_names() {
        for (text, name) in [
            ("汉", "汉族"),
            ("汉族", "汉族"),
            ("01", "汉族"),
            ("维吾尔", "维吾尔族"),
            ("维族", "维吾尔族"),
            ("15", "土家族"),
            ("毛难族", "毛南族"),
            ("穿青人", "穿青人"),
        ] {
            assert_eq!(read(text), Some(name));
        }
        for text in ["", "族", "汗族", "57", "0", "中国"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
