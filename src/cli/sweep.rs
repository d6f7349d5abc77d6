//! `quanxue sweep`: lets the day take effect, and tells whether the lists still say what the facts say.

use crate::{
    app::{AppError, Services, projector},
    config::{Config, Purpose},
    db::counties,
    domain::ids::CountyId,
};

use super::{error::CliError, ground::Ground, say, service};

/// What `sweep` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 只清查这一个区县（六位区划代码）；不写就清查全部
    #[arg(long, value_name = "代码")]
    county: Option<i32>,
    /// 再把每一案重新推算一遍，核对待办和列表是否与事实一致
    #[arg(long)]
    check: bool,
}

/// Sweeps one county or all of them.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let ground = Ground::beside(Config::from_environment(Purpose::Service)?)?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        let mut gate = services.db.gate().await?;
        let served = counties::counties(&mut gate).await?;
        gate.commit().await?;
        let asked = args.county.map(CountyId);
        if asked.is_some_and(|asked| served.iter().all(|county| county.id != asked)) {
            return Err(CliError::Usage("没有这个区县，请写已建区县的六位区划代码。".to_owned()));
        }
        for county in served.iter().filter(|county| asked.is_none_or(|asked| county.id == asked)) {
            sweep(&services, county.id, &county.name, args.check).await?;
        }
        Ok(())
    })
}

async fn sweep(services: &Services, county: CountyId, name: &str, check: bool) -> Result<(), CliError> {
    let swept = match projector::sweep(services, county).await {
        Err(AppError::NoPolicy) => return say(&format!("{name}：还没有采用实施方案，没有清查。")),
        swept => swept?,
    };
    say(&format!("{name}：重新推算 {} 案；逾期未回复的核查 {} 件。", swept.cases, swept.checks_late))?;
    if !check {
        return Ok(());
    }
    let drifted = projector::mend(services, county).await?;
    say(&format!("{name}：核对完毕，与事实不一致的 {drifted} 案{}。", if drifted > 0 { "，已按事实改正" } else { "" }))
}
