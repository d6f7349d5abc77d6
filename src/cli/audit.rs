//! `quanxue audit verify`: recomputes the chains of events and the seals of looks.

use crate::{
    app::{Services, audit},
    config::{Config, Purpose},
    domain::ids::CountyId,
};

use super::{error::CliError, ground::Ground, say, service};

/// What `audit` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 逐条验算审计记录，检查有没有被改动、删除或调换
    Verify {
        /// 只验算一个区县；不写就验算全部
        #[arg(long, value_name = "代码")]
        county: Option<i32>,
    },
}

/// Verifies the chains; a broken one is an error.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let What::Verify { county } = args.what;
    let ground = Ground::beside(Config::from_environment(Purpose::Service)?)?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        verify(&services, county.map(CountyId)).await
    })
}

async fn verify(services: &Services, only: Option<CountyId>) -> Result<(), CliError> {
    let counties = audit::counties(services).await?;
    let wanted: Vec<_> = counties.into_iter().filter(|county| only.is_none_or(|id| county.id == id)).collect();
    if wanted.is_empty() {
        return Err(CliError::Refused("没有要验算的区县。".to_owned()));
    }
    let mut broken = Vec::new();
    for county in wanted {
        let report = audit::verify(services, county.id).await?;
        match &report.broken {
            None => say(&format!("{}：{}", county.name, report.sentence()))?,
            Some(what) => broken.push(format!("{}：{what}。", county.name)),
        }
    }
    if broken.is_empty() { Ok(()) } else { Err(CliError::Refused(broken.join("\n"))) }
}
