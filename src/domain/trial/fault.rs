//! What is wrong with a scenario file, said in Chinese at its key.

use crate::domain::policy::Problem;

/// A fault of reading, as serde tells it, for whoever wrote the file.
pub(super) fn problem(file: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    // Whoever writes `who` never heard of the participants that it stands for.
    let short = |text: String| text.replace("participants", "who");
    let (place, told) = (short(place(error.path())), error.inner().to_string());
    let a_time = place.rsplit('.').next() == Some("at") && told.contains("input");
    let told = if a_time { "时刻读不出来，应写成 \"08:00\"".to_owned() } else { short(sentence(&told)) };
    Problem::at(file, place, told)
}

/// `facts.visits.第2项.outcome`
fn place(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let name = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("第{}项", index + 1),
        Segment::Map { key } => key.clone(),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => "？".to_owned(),
    };
    path.iter().map(name).collect::<Vec<_>>().join(".")
}

fn sentence(message: &str) -> String {
    let quoted = |text: &str| text.split(['`', '"']).nth(1).unwrap_or_default().to_owned();
    let options = |text: &str| text.split('`').skip(3).step_by(2).collect::<Vec<_>>().join("、");
    if message.starts_with("missing field") {
        format!("缺“{}”这一项", quoted(message))
    } else if message.starts_with("unknown field") {
        format!("没有“{}”这一项，这里可以写：{}", quoted(message), options(message))
    } else if let Some((code, known)) = message.split_once(" is no value of ") {
        let known = known.split_once(": ").map_or("", |(_, codes)| codes).replace(", ", "、");
        format!("不认识“{}”，可以写：{known}", code.trim_matches('"'))
    } else if message.contains("date") || message.contains("input") {
        "日期读不出来，应写成 \"2026-09-01\"".to_owned()
    } else if message.contains("expected a boolean") {
        "只能是 true 或 false".to_owned()
    } else if message.contains("expected u") || message.contains("expected i") {
        "这里应是不小于零的整数".to_owned()
    } else if message.contains("expected a string") || message.contains("borrowed string") {
        "这里应是文字，写在引号里".to_owned()
    } else if message.contains("expected a sequence") {
        "这里应是一个列表，写成 [ … ] 或 [[…]]".to_owned()
    } else {
        "这里的写法读不懂，请对照说明检查".to_owned()
    }
}
