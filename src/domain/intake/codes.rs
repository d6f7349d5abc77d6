//! The kinds of faults and notes.

use crate::vocabulary;

vocabulary! {
    /// Why a row, or a sheet, was refused.
    pub enum FaultCode {
        IdMissing = "id_missing" => "没有身份证号码",
        IdLength = "id_length" => "身份证号码位数不对",
        IdAsNumber = "id_as_number" => "身份证号码成了数字",
        IdCharacters = "id_characters" => "身份证号码里有别的字符",
        IdBirthDate = "id_birth_date" => "身份证号码里的出生日期不存在",
        IdCheckDigit = "id_check_digit" => "身份证号码校验不通过",
        BirthMissing = "birth_missing" => "没有出生日期",
        BirthUnreadable = "birth_unreadable" => "出生日期看不懂",
        BirthInFuture = "birth_in_future" => "出生日期在今天之后",
        BirthDisagrees = "birth_disagrees_with_id" => "出生日期与身份证号码不符",
        SexMissing = "sex_missing" => "没有性别",
        SexUnreadable = "sex_unreadable" => "性别看不懂",
        SexDisagrees = "sex_disagrees_with_id" => "性别与身份证号码不符",
        NameMissing = "name_missing" => "没有姓名",
        NameUnreadable = "name_unreadable" => "姓名看不懂",
        SchoolMissing = "school_missing" => "没有学校",
        SchoolUnknown = "school_unknown" => "没有这所学校",
        GradeMissing = "grade_missing" => "没有年级",
        GradeUnknown = "grade_unknown" => "年级看不懂",
        StatusUnknown = "status_unknown" => "学籍状态看不懂",
        ColumnsMissing = "columns_missing" => "缺少列",
        AnswerWrong = "answer_wrong" => "核查结果填得不对",
        OutOfScope = "out_of_scope" => "不在本单位范围",
    }
}

vocabulary! {
    /// What was done to a value, a row or a sheet without refusing it.
    pub enum NoteCode {
        IdRepaired = "id_repaired" => "身份证号码的写法已改正",
        NameRepaired = "name_repaired" => "姓名的写法已改正",
        NameRare = "name_rare" => "姓名里有自造字",
        EthnicityCompleted = "ethnicity_completed" => "民族名称已补全",
        PhoneSeparators = "phone_separators" => "电话里的分隔符已去掉",
        PhoneSeveral = "phone_several" => "有两个电话",
        PhoneAsNumber = "phone_as_number" => "电话是数字格式",
        DayForm = "day_form" => "日期的写法已改正",
        BirthFromId = "birth_from_id" => "出生日期取自身份证号码",
        SexFromId = "sex_from_id" => "性别取自身份证号码",
        SexForm = "sex_form" => "性别的写法已改正",
        GradeFromClass = "grade_from_class" => "年级取自班级",
        LeftBlank = "left_blank" => "看不懂，按空白收下",
        GradeNotOfSchool = "grade_not_of_school" => "年级与学校不符",
        PlaceUnknown = "place_unknown" => "没有认出村（社区）",
        PlaceAmbiguous = "place_ambiguous" => "同名的村（社区）不止一个",
        PlaceElsewhere = "place_elsewhere" => "地址不在本县",
        SchoolUnknown = "school_elsewhere" => "学校不在本县名录里",
        IdRepeated = "id_repeated" => "同一个人重复出现",
        IdClaimedTwice = "id_claimed_twice" => "同一号码写在两个人名下",
        ColumnByContent = "column_by_content" => "按内容认出的列",
        RowSkipped = "row_skipped" => "不是名单的行",
        SheetSkipped = "sheet_skipped" => "不是名单的工作表",
    }
}
