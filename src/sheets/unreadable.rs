//! Why a file was not read, each with the sentence for whoever sent it.

use serde::{Deserialize, Serialize};

/// A file that could not be read as a workbook; `Display` is the sentence for the screen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// No such file, or no right to read it.
    #[error("找不到这个文件，或没有权限读取：请核对文件的位置和名称")]
    NoFile,
    /// Nothing in it.
    #[error("文件是空的：请确认选对了文件")]
    Empty,
    /// More than 50 MB.
    #[error("文件有{0}MB，超过50MB的上限：请删去图片，或分成几个文件再上传")]
    TooLarge(u64),
    /// Another kind of file.
    #[error("{}", .0.sentence())]
    NotAWorkbook(Thing),
    /// A password is set.
    #[error("工作簿设了密码，打不开：请在Excel或WPS里取消密码，另存后再上传")]
    Encrypted,
    /// More than 500 MB inflated, or more than 200 times its size.
    #[error("文件解压后大得不正常，已停止读取：请在Excel或WPS里打开，把名单复制到新的工作簿后再上传")]
    Bomb,
    /// More than 200,000 rows, or four million cells.
    #[error("行数超过20万行（或单元格超过400万个）的上限：请删去表格以外的行和列，或分成几个文件再上传")]
    TooManyRows,
    /// The memory limit was reached.
    #[error("读取这个文件需要的内存超过上限：请在Excel或WPS里把名单复制到新的工作簿后再上传")]
    TooMuchMemory,
    /// The time limit was reached.
    #[error("这个文件读得太久，已停止：请在Excel或WPS里把名单复制到新的工作簿后再上传")]
    TooSlow,
    /// Truncated or malformed.
    #[error("文件已损坏或不完整，打不开：请在Excel或WPS里打开看看，另存为 .xlsx 后再上传")]
    Damaged,
    /// A text in no known encoding.
    #[error("认不出文字的编码：请用Excel或WPS打开，另存为 .xlsx 后再上传")]
    Encoding,
    /// The child did not start or did not answer: a fault of the installation, not of the file.
    #[error("读表程序没有运行起来：请稍后再试，仍不行请联系系统管理员")]
    NotStarted,
}

/// What a file is that is no workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A web page under the name of a workbook, as many systems export.
    Html,
    /// The XML spreadsheet of Excel 2003.
    Xml,
    /// A Word document.
    Word,
    /// A presentation.
    Slides,
    /// A binary or open-document workbook.
    OtherWorkbook,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// An archive of files.
    Archive,
    /// Anything else.
    Unknown,
}

impl Thing {
    fn sentence(self) -> &'static str {
        match self {
            Self::Html => "这个文件其实是网页，只是取了表格的名字：请用Excel或WPS打开，另存为 .xlsx 后再上传",
            Self::Xml => "这是XML格式的文件：请用Excel或WPS打开，另存为 .xlsx 后再上传",
            Self::Word => "这是Word文档，不是工作簿：请把名单复制到Excel或WPS表格里，存为 .xlsx 后再上传",
            Self::Slides => "这是演示文稿，不是工作簿：请上传 .xlsx、.xls 或 .csv 文件",
            Self::OtherWorkbook => "这种工作簿格式读不了：请用Excel或WPS打开，另存为 .xlsx 后再上传",
            Self::Pdf => "这是PDF文件，不是工作簿：请向提供的人要Excel原表（.xlsx、.xls 或 .csv）",
            Self::Picture => "这是图片，不是工作簿：请上传 .xlsx、.xls 或 .csv 文件",
            Self::Archive => "这是压缩包：请解压后，把里面的 .xlsx、.xls 或 .csv 文件分别上传",
            Self::Unknown => "这个文件不是工作簿：请上传 .xlsx、.xls 或 .csv 文件",
        }
    }
}
