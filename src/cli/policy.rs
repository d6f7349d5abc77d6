//! `quanxue policy try`: what a scheme makes of a case that somebody wrote down. Needs no database.

use std::{fs, path::PathBuf};

use crate::domain::{
    calendar::Calendar,
    trial::{Answer, DayTold, Played, Scenario},
};

use super::{error::CliError, profiles, say};
use crate::app::county_setup::WORKDAYS;

/// What `policy` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 试算：读一个情景文件，说出各日的情况、缺什么、能不能办
    Try {
        /// 情景文件，写法见 docs/scenarios.md
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 另外的方案文件夹；不写就用随程序带的方案
        #[arg(long, value_name = "文件夹")]
        policies: Option<PathBuf>,
        /// 怎样说明结果：供人看（text）或供程序读（json，一行）
        #[arg(long, value_name = "格式", default_value = "text", value_parser = ["text", "json"])]
        format: String,
    },
}

/// Plays a scenario; one that expects otherwise is an error, so that a script can hold a scheme to its scenarios.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let What::Try { file, policies, format } = &args.what;
    let text = fs::read_to_string(file).map_err(|error| profiles::unread(file, &error))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let scenario = Scenario::parse(&name, &text).map_err(|problem| CliError::Usage(problem.to_string()))?;
    let library = profiles::library(policies.as_deref())?;
    let national = Calendar::parse_workdays(WORKDAYS).map_err(|fault| CliError::Refused(fault.to_string()))?;
    let played = scenario.play(&library, &national).map_err(|problems| CliError::Usage(profiles::told(&problems)))?;
    if format == "json" {
        let json = serde_json::to_string(&played).map_err(|error| CliError::Refused(error.to_string()))?;
        say(&json)?;
    } else {
        tell(&played)?;
    }
    match played.differences.len() {
        0 if format == "text" && scenario.expects() => say("\n与情景写的都一致。"),
        0 => Ok(()),
        count => Err(CliError::Refused(format!("有 {count} 处与情景写的不一致。"))),
    }
}

fn tell(played: &Played) -> Result<(), CliError> {
    say(&format!("{}（方案 {}）", played.title, played.profile))?;
    for day in &played.days {
        tell_day(day)?;
    }
    for answer in &played.asked {
        say(&format!("\n{}", answered(answer)))?;
    }
    for difference in &played.differences {
        say(&format!(
            "\n与情景不一致：{}\n  应为：{}\n  实际：{}",
            difference.at,
            indented(&difference.expected),
            indented(&difference.found)
        ))?;
    }
    Ok(())
}

fn tell_day(day: &DayTold) -> Result<(), CliError> {
    match &day.case {
        Some(case) => say(&format!("\n{}  {}（{}）", day.on, case.next, case.phase))?,
        None => say(&format!("\n{}", day.on))?,
    }
    let of_case = day.case.iter().flat_map(|case| {
        [
            ("还缺", &case.unmet),
            ("步骤", &case.ladder),
            ("走访", &case.visits),
            ("材料", &case.evidence),
            ("待办", &case.duties),
            ("回访", &case.after_care),
        ]
    });
    let found = [
        ("缺勤", &day.found.alerts),
        ("销假", &day.found.leaves),
        ("事项", &day.found.tasks),
        ("学龄", &day.found.children),
    ];
    if day.found.mark != "none" {
        say(&format!("  学籍  {}", day.found.mark))?;
    }
    for (heading, lines) in of_case.chain([("报送", &day.reports), ("法定期限", &day.enforcement)]).chain(found) {
        for line in lines {
            say(&format!("  {heading}  {line}"))?;
        }
    }
    Ok(())
}

fn answered(answer: &Answer) -> String {
    let Answer { on, by, act, refusal, .. } = answer;
    format!("{on}  {by} {act}：{}", refusal.as_deref().unwrap_or("可以办。"))
}

/// Lines below the first stand under it.
fn indented(text: &str) -> String {
    text.replace('\n', "\n        ")
}
