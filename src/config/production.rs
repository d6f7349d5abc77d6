//! What a program that holds real children must be told, and must not.

use super::{Environment, Purpose};

pub(super) fn check(env: &Environment, purpose: Purpose, problems: &mut Vec<String>) {
    let mut refuse = |when: bool, sentence: &str| {
        if when {
            problems.push(sentence.to_owned());
        }
    };
    refuse(purpose == Purpose::Demo, "QUANXUE_ENV=production 时不能运行演示：演示的账号和口令是公开的。");
    refuse(
        env.get("QUANXUE_NOW").is_some(),
        "QUANXUE_ENV=production 时不能设置 QUANXUE_NOW：期限只能按真实的日期计算。请去掉它。",
    );
    for (name, meaning) in
        [("QUANXUE_DATA", "数据文件夹的完整路径"), ("QUANXUE_KEY_FILE", "密钥文件的完整路径，并与数据库、附件一起备份")]
    {
        refuse(env.get(name).is_none(), &format!("QUANXUE_ENV=production 时必须设置 {name}：{meaning}。"));
    }
    refuse(
        env.get("QUANXUE_ORIGIN").is_none_or(|origin| !origin.starts_with("https://")),
        "QUANXUE_ENV=production 时必须把 QUANXUE_ORIGIN 设为大家使用的 https:// 地址：口令和儿童信息不能在网络上明文传送。",
    );
    refuse(
        env.get("QUANXUE_PROXIES").is_none(),
        "QUANXUE_ENV=production 时必须设置 QUANXUE_PROXIES：本程序前面负责 HTTPS 的代理服务器的 IP 地址，例如 127.0.0.1。",
    );
    refuse(
        env.get("DATABASE_URL").is_some_and(has_password),
        "QUANXUE_ENV=production 时 DATABASE_URL 里不能写口令。请把口令存入只有本程序能读的文件，并把 QUANXUE_DATABASE_PASSWORD_FILE 设为它的路径。",
    );
}

fn has_password(url: &str) -> bool {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let user = authority.split(['/', '?']).next().and_then(|part| part.rsplit_once('@')).map(|(user, _)| user);
    user.is_some_and(|user| user.contains(':')) || url.contains("password=")
}
