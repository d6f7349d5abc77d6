//! The device of a session in words that its owner knows, from how its browser names itself.

/// What a browser's name contains, and what people call it; the first that fits, since most pretend to be others too.
const SYSTEMS: &[(&str, &str)] = &[
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
];
const BROWSERS: &[(&str, &str)] = &[
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ 浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "谷歌内核浏览器"),
    ("Safari", "Safari 浏览器"),
];

/// 安卓手机 · 微信; 其他设备 where nothing of it is known.
pub(crate) fn device(user_agent: &str) -> String {
    let known =
        |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| user_agent.contains(sign)).map(|one| one.1);
    match (known(SYSTEMS), known(BROWSERS)) {
        (Some(system), Some(browser)) => format!("{system} · {browser}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "其他设备".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn devices_are_called_what_people_call_them() {
        let old = "Mozilla/5.0 (Linux; Android 9; V1901A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.99 Mobile Safari/537.36";
        assert_eq!(device(old), "安卓手机 · 谷歌内核浏览器");
        assert_eq!(device(&format!("{old} MicroMessenger/8.0.30")), "安卓手机 · 微信");
        assert_eq!(
            device("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120.0 Safari/537.36 Edg/120.0"),
            "Windows 电脑 · Edge 浏览器"
        );
        assert_eq!(device("curl/8.0"), "其他设备");
    }
}
