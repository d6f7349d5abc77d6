//! `quanxue import`: a roster from a file, tried or taken in; says row by row what is wrong with it.

use std::path::PathBuf;

use bytes::Bytes;

use crate::{
    app::{
        AppError, Services,
        imports::{self, Brought, Mode, Roster, Scope, Taken},
        register::Receipt,
    },
    config::{Config, Purpose},
    domain::{
        actor::Actor,
        cells,
        event::{Event, EventKind},
        ids::{CountyId, ImportId},
        words::SourceKind,
    },
    sheets::report_json,
};

use super::{error::CliError, ground::Ground, say, service};

/// What `import` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 区县代码，六位
    #[arg(long, value_name = "代码")]
    county: i32,
    /// 名册的种类：户籍登记（household）、学籍花名册（school）、未到校学生名单（absent）
    #[arg(long, value_name = "种类", value_parser = ["household", "school", "absent"])]
    kind: String,
    /// 名册文件：xlsx、xls、csv
    #[arg(long, value_name = "文件")]
    file: PathBuf,
    /// 只检查，不写入
    #[arg(long)]
    dry_run: bool,
    /// 导入没有问题的行（good_rows），或者全部没有问题才导入（all_or_nothing）
    #[arg(long, value_name = "方式", default_value = "good_rows", value_parser = ["good_rows", "all_or_nothing"])]
    mode: String,
    /// 怎样说明结果：供人看（text）或供程序读（json，一行）
    #[arg(long, value_name = "格式", default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

/// Reads a roster and, unless it is only tried, takes it in.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let unread = |error| CliError::Usage(format!("读不出文件 {}：{error}。", args.file.display()));
    let bytes = Bytes::from(std::fs::read(&args.file).map_err(unread)?);
    let ground = Ground::beside(Config::from_environment(Purpose::Service)?)?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        import(&services, args, bytes).await
    })
}

async fn import(services: &Services, args: &Args, bytes: Bytes) -> Result<(), CliError> {
    let county = CountyId(args.county);
    let (Some(kind), Some(mode)) = (SourceKind::from_code(&args.kind), Mode::from_code(&args.mode)) else {
        return Err(CliError::Usage("名册的种类或导入方式无法识别。".to_owned()));
    };
    let roster = read(services, county, kind, &bytes).await?;
    if args.dry_run {
        return report(args, &roster, None);
    }
    let system = Actor::system(county, "command_line");
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let id = bring(services, &system, kind, bytes, &name).await?;
    imports::look(services, &system, id).await?;
    match imports::take(services, &system, id, mode, &[]).await? {
        Taken::In(receipt) => report(args, &roster, Some(receipt)),
        Taken::Refused(why) => {
            report(args, &roster, None)?;
            Err(CliError::Refused(why))
        }
    }
}

async fn read(services: &Services, county: CountyId, kind: SourceKind, bytes: &Bytes) -> Result<Roster, CliError> {
    let units = services.units(county).await?;
    if units.county().is_none() {
        return Err(CliError::Refused(format!("还没有建立 {county} 这个区县，请先执行 quanxue county add。")));
    }
    let book = services.sheets.read_bytes(bytes).await.map_err(|why| CliError::Refused(why.to_string()))?;
    let name = imports::county_name(services, county).await?;
    Ok(imports::read(&book, kind, &units, &name, Scope::County, services.db.clock().today()))
}

async fn bring(
    services: &Services,
    system: &Actor,
    kind: SourceKind,
    bytes: Bytes,
    name: &str,
) -> Result<ImportId, CliError> {
    let mut write = services.db.write(system).await?;
    match imports::bring(services, &mut write, kind, bytes, name).await? {
        Brought::Waiting(id) => {
            write.commit(Event::new(EventKind::ImportUploaded).with("import", id).with("kind", kind)).await?;
            Ok(id)
        }
        Brought::Refused(why) => Err(CliError::Refused(why)),
    }
}

fn report(args: &Args, roster: &Roster, receipt: Option<Receipt>) -> Result<(), CliError> {
    if args.format == "json" {
        let mut said = report_json(roster.rows, roster.good.len(), &roster.faults);
        if let Some(receipt) = receipt {
            let receipt = serde_json::to_value(receipt).map_err(|error| AppError::Fault(error.to_string()))?;
            said["receipt"] = receipt;
        }
        return say(&said.to_string());
    }
    let name = args.file.to_string_lossy();
    for fault in &roster.faults {
        say(&format!("{} 第 {} 行 {}：{}", cells::told(&fault.sheet, &name), fault.row, fault.column, fault.message))?;
    }
    let counts = format!("共 {} 行，{} 行没有问题，{} 处问题。", roster.rows, roster.good.len(), roster.faults.len());
    say(&match receipt {
        Some(Receipt { new, changed, unchanged, claims, asked }) => format!(
            "{counts}已导入：新增 {new} 人，更新 {changed} 人，没有变化 {unchanged} 人，号码与他人相同、等待核对 {claims} 人，与名册里的儿童同名、没有导入 {asked} 行。"
        ),
        None => format!("{counts}没有写入。"),
    })
}
