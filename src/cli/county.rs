//! `quanxue county add`: a county with its townships, villages, schools and calendar.

use std::path::{Path, PathBuf};

use crate::{
    app::{Services, county_setup, school_list},
    config::{Config, Purpose},
    domain::{actor::Actor, ids::CountyId, moment::full_day},
};

use super::{error::CliError, ground::Ground, say, service};

/// What `county` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 建立区县：乡镇、村、学期、节假日，以及学校
    Add {
        /// 区县的行政区划代码，六位，例如 500229
        #[arg(long, value_name = "代码")]
        code: i32,
        /// 学校名单，CSV（名称,学段,乡镇[,类别,上级]）或 JSON
        #[arg(long, value_name = "文件")]
        schools: Option<PathBuf>,
        /// 采用的实施方案，例如 zuolan-2024；以后可由县级审批人员另行采用
        #[arg(long, value_name = "方案")]
        policy: Option<String>,
        /// 方案从哪一天起施行；不写就从最早的学期起
        #[arg(long, value_name = "日期", requires = "policy")]
        policy_from: Option<chrono::NaiveDate>,
    },
}

/// Makes a county.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let What::Add { code, schools, policy, policy_from } = &args.what;
    let schools = schools.as_deref().map(read_schools).transpose()?;
    let ground = Ground::beside(Config::from_environment(Purpose::Service)?)?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        add(&services, CountyId(*code), schools.as_deref()).await?;
        if let Some(profile) = policy {
            adopt(&services, CountyId(*code), profile, *policy_from).await?;
        }
        say("下一步：执行 quanxue user add 建立第一位系统管理员。")
    })
}

async fn adopt(
    services: &Services,
    county: CountyId,
    profile: &str,
    from: Option<chrono::NaiveDate>,
) -> Result<(), CliError> {
    let adopted = county_setup::adopt_policy(services, county, profile, from).await?;
    let from = adopted.map_err(|refusal| CliError::Refused(refusal.to_string()))?;
    say(&format!("已采用实施方案 {profile}，从 {} 起施行。", full_day(from)))
}

fn read_schools(path: &Path) -> Result<Vec<school_list::NewSchool>, CliError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| CliError::Usage(format!("读不出文件 {}：{error}。", path.display())))?;
    school_list::read(&text).map_err(|bad| CliError::Usage(bad.to_string()))
}

async fn add(
    services: &Services,
    county: CountyId,
    schools: Option<&[school_list::NewSchool]>,
) -> Result<(), CliError> {
    let refused = |refusal: county_setup::SetupRefusal| CliError::Refused(refusal.to_string());
    let made = county_setup::add_county(services, county).await?.map_err(refused)?;
    say(&format!("已建立{}：{} 个乡镇（街道），{} 个村（社区）。", made.name, made.townships, made.villages))?;
    if let Some(schools) = schools {
        let system = Actor::system(county, county_setup::SETUP);
        let added = county_setup::add_schools(services, &system, schools).await?.map_err(refused)?;
        say(&format!("已登记 {added} 所学校和机构，并按乡镇划定了学区。"))?;
    }
    Ok(())
}
