//! `quanxue user add`: a user with a first appointment; prints the first password once.

use crate::{
    app::{Services, sending::Sending, users},
    config::{Config, Purpose},
    domain::{
        actor::Actor,
        ids::CountyId,
        moment::full_day_time,
        user_form::{self, TypedPost, TypedUser},
    },
};

use super::{error::CliError, ground::Ground, say, service};

/// What `user` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 新增用户，并打印一次初始密码
    Add(Box<New>),
}

#[derive(Debug, clap::Args)]
struct New {
    /// 区县代码，六位
    #[arg(long, value_name = "代码")]
    county: i32,
    /// 姓名
    #[arg(long, value_name = "姓名")]
    name: String,
    /// 账号；不写就用姓名的拼音
    #[arg(long, value_name = "账号", default_value = "", hide_default_value = true)]
    login: String,
    /// 角色，例如 系统管理员、乡镇经办
    #[arg(long, value_name = "角色")]
    role: String,
    /// 单位，名称或代码；县级角色可以不写
    #[arg(long, value_name = "单位", default_value = "", hide_default_value = true)]
    unit: String,
    /// 职务
    #[arg(long, value_name = "职务", default_value = "", hide_default_value = true)]
    title: String,
    /// 起任日期，例如 2026-09-01；不写就是今天
    #[arg(long, value_name = "日期", default_value = "", hide_default_value = true)]
    from: String,
    /// 止任日期
    #[arg(long, value_name = "日期", default_value = "", hide_default_value = true)]
    until: String,
}

/// Makes a user.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let What::Add(new) = &args.what;
    let ground = Ground::beside(Config::from_environment(Purpose::Service)?)?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        add(&services, new).await
    })
}

async fn add(services: &Services, new: &New) -> Result<(), CliError> {
    let county = CountyId(new.county);
    let units = services.units(county).await?;
    if units.county().is_none() {
        return Err(CliError::Refused(format!("还没有建立 {county} 这个区县，请先执行 quanxue county add。")));
    }
    let typed = TypedUser {
        name: new.name.clone(),
        login: new.login.clone(),
        phone: String::new(),
        post: TypedPost {
            role: new.role.clone(),
            unit: new.unit.clone(),
            title: new.title.clone(),
            from: new.from.clone(),
            until: new.until.clone(),
        },
    };
    let draft = user_form::user(&typed, &units, services.db.clock().today())
        .map_err(|faults| CliError::Refused(format!("{}。", faults.sentence())))?;
    let system = Actor::system(county, "command_line");
    match users::add_user(services, &system, &Sending::default(), draft).await? {
        Ok(first) => say(&format!(
            "已新增{}，账号 {}，初始密码 {}，{} 前有效，首次登录须修改。密码只显示这一次。",
            first.name,
            first.login,
            first.password,
            full_day_time(first.until)
        )),
        Err(not) => Err(CliError::Refused(format!("{}。", not.sentence()))),
    }
}
