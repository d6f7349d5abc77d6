//! clap in Chinese: help, and what was wrong with what was typed.

use clap::{Arg, ArgAction, Command, Error, error::ContextKind, error::ContextValue, error::ErrorKind};

/// The command with its headings and its help flag in Chinese, its subcommands too.
pub(super) fn chinese(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这段说明");
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(help.help_heading("选项"))
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}")
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .next_help_heading("选项")
        .mut_subcommands(chinese)
        .mut_args(|arg| if arg.is_positional() { arg.help_heading("参数") } else { arg.help_heading("选项") })
}

/// The help text, with the words clap has of its own put into Chinese.
pub(super) fn help(help: &Error) -> String {
    let mut text = help.render().to_string();
    for (english, chinese) in [
        ("[OPTIONS]", "[选项]"),
        ("[default: ", "[默认："),
        ("[env: ", "[环境变量："),
        ("[possible values: ", "[可选："),
        ("[aliases: ", "[又名："),
        ("命令:\n", "命令：\n"),
        ("选项:\n", "选项：\n"),
        ("参数:\n", "参数：\n"),
    ] {
        text = text.replace(english, chinese);
    }
    text.trim_end().to_owned()
}

/// A sentence for a command line that cannot be understood.
pub(super) fn sentence(error: &Error) -> String {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (arg, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let sentence = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令。", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "请写明要执行的命令。".to_owned(),
        ErrorKind::UnknownArgument => format!("没有“{arg}”这个选项。"),
        ErrorKind::MissingRequiredArgument => format!("还缺少：{arg}。"),
        ErrorKind::ArgumentConflict => format!("{arg} 不能和 {} 一起用。", said(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面要写一个值。"),
        ErrorKind::InvalidValue => format!("{arg} 不能是“{value}”，可以是：{}。", said(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => format!("{arg} 的值“{value}”不对。"),
        ErrorKind::InvalidUtf8 => "命令中有不是 UTF-8 的字符。".to_owned(),
        _ => "命令写得不对。".to_owned(),
    };
    format!("{sentence}执行 quanxue --help 或 quanxue 命令 --help 查看用法。")
}
