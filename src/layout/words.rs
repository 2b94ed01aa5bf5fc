//! The few words that Rihla adds to a picture, in the map's language.

use super::Mark;
use crate::model::{AnnotationKind, Emotion, Language, LinkKind, Scale};

/// Words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub language: Language,
    /// How emotions are shown.
    pub scale: Scale,
}

impl Words {
    /// On the chip of a moment of truth.
    pub fn moment_of_truth(self) -> &'static str {
        match self.language {
            Language::English => "Moment of truth",
            Language::Lithuanian => "Tiesos akimirka",
            Language::Arabic => "لحظة الحقيقة",
            Language::Persian => "لحظهٔ حقیقت",
        }
    }

    /// At the best point of the curve.
    pub fn peak(self) -> &'static str {
        match self.language {
            Language::English => "Peak",
            Language::Lithuanian => "Viršūnė",
            Language::Arabic => "الذروة",
            Language::Persian => "اوج",
        }
    }

    /// At the worst point of the curve.
    pub fn low(self) -> &'static str {
        match self.language {
            Language::English => "Low",
            Language::Lithuanian => "Dugnas",
            Language::Arabic => "الأدنى",
            Language::Persian => "فرود",
        }
    }

    /// At the last point of the curve.
    pub fn end(self) -> &'static str {
        match self.language {
            Language::English => "End",
            Language::Lithuanian => "Pabaiga",
            Language::Arabic => "النهاية",
            Language::Persian => "پایان",
        }
    }

    /// Beside the main curve in the legend.
    pub fn everybody(self) -> &'static str {
        match self.language {
            Language::English => "Everybody",
            Language::Lithuanian => "Visi",
            Language::Arabic => "الجميع",
            Language::Persian => "همه",
        }
    }

    /// On the line below which the customer sees nothing.
    pub fn line_of_visibility(self) -> &'static str {
        match self.language {
            Language::English => "Line of visibility",
            Language::Lithuanian => "Matomumo riba",
            Language::Arabic => "خط الرؤية",
            Language::Persian => "خط دید",
        }
    }

    /// The name of a kind of link.
    pub fn link(self, kind: LinkKind) -> &'static str {
        use LinkKind::{Branch, Escalation, LoopBack, Next, Skip};
        match (self.language, kind) {
            (Language::English, _) => kind.name(),
            (Language::Lithuanian, Next) => "Toliau",
            (Language::Lithuanian, LoopBack) => "Grįžimas",
            (Language::Lithuanian, Skip) => "Praleidimas",
            (Language::Lithuanian, Branch) => "Šaka",
            (Language::Lithuanian, Escalation) => "Eskalavimas",
            (Language::Arabic, Next) => "التالي",
            (Language::Arabic, LoopBack) => "عودة",
            (Language::Arabic, Skip) => "تخطٍّ",
            (Language::Arabic, Branch) => "تفرّع",
            (Language::Arabic, Escalation) => "تصعيد",
            (Language::Persian, Next) => "بعدی",
            (Language::Persian, LoopBack) => "بازگشت",
            (Language::Persian, Skip) => "پرش",
            (Language::Persian, Branch) => "انشعاب",
            (Language::Persian, Escalation) => "ارجاع به بالاتر",
        }
    }

    /// The name of a kind of annotation.
    pub fn annotation(self, kind: AnnotationKind) -> &'static str {
        use AnnotationKind::{Delight, Opportunity, PainPoint, Question};
        match (self.language, kind) {
            (Language::English, _) => kind.name(),
            (Language::Lithuanian, PainPoint) => "Skaudulys",
            (Language::Lithuanian, Delight) => "Džiaugsmas",
            (Language::Lithuanian, Opportunity) => "Galimybė",
            (Language::Lithuanian, Question) => "Klausimas",
            (Language::Arabic, PainPoint) => "نقطة ألم",
            (Language::Arabic, Delight) => "بهجة",
            (Language::Arabic, Opportunity) => "فرصة",
            (Language::Arabic, Question) => "سؤال",
            (Language::Persian, PainPoint) => "نقطهٔ درد",
            (Language::Persian, Delight) => "خوشی",
            (Language::Persian, Opportunity) => "فرصت",
            (Language::Persian, Question) => "پرسش",
        }
    }

    /// What is said of a touchpoint by a mark.
    pub fn mark(self, mark: Mark) -> &'static str {
        let all = match mark {
            Mark::Joy => ["Moment of joy", "Džiaugsmo akimirka", "لحظة فرح", "لحظهٔ شادی"],
            Mark::Key => ["Key moment", "Esminė akimirka", "لحظة أساسية", "لحظهٔ کلیدی"],
            Mark::Entry => ["Entry point", "Įėjimo taškas", "نقطة دخول", "نقطهٔ ورود"],
            Mark::Repeats => ["Asks again", "Klausia iš naujo", "يسأل من جديد", "دوباره می‌پرسد"],
            Mark::Remembers => ["Remembers", "Prisimena", "يتذكر", "به یاد دارد"],
            Mark::Automated => ["Automated", "Automatizuota", "آلي", "خودکار"],
            Mark::SemiPersonal => ["Semi-personal", "Pusiau asmeniška", "شبه شخصي", "نیمه‌شخصی"],
            Mark::Human => ["Human", "Žmogus", "بشري", "انسانی"],
            Mark::Online => ["Online", "Internetu", "عبر الإنترنت", "برخط"],
            Mark::Physical => ["Physical", "Gyvai", "حضوري", "حضوری"],
            Mark::Assumption => ["Assumption", "Prielaida", "افتراض", "فرض"],
            Mark::PartlyBacked => ["Partly backed", "Iš dalies pagrįsta", "مدعوم جزئيًا", "تا حدی مستند"],
            Mark::Researched => ["Researched", "Ištirta", "مدروس", "بررسی‌شده"],
        };
        all[match self.language {
            Language::English => 0,
            Language::Lithuanian => 1,
            Language::Arabic => 2,
            Language::Persian => 3,
        }]
    }

    /// Which of several parts this is: `1 of 2`.
    pub fn part(self, number: usize, of: usize) -> String {
        let between = match self.language {
            Language::English => "of",
            Language::Lithuanian => "iš",
            Language::Arabic => "من",
            Language::Persian => "از",
        };
        self.number(&format!("{number} {between} {of}"))
    }

    /// A number with the digits of the language.
    pub fn number(self, text: &str) -> String {
        match self.language {
            Language::Persian => text.chars().map(persian_digit).collect(),
            _ => text.to_owned(),
        }
    }

    /// Before the figure that a metric is meant to come to.
    pub fn target(self) -> &'static str {
        match self.language {
            Language::English => "target",
            Language::Lithuanian => "tikslas",
            Language::Arabic => "الهدف",
            Language::Persian => "هدف",
        }
    }

    /// An emotion on the scale of the map, with the digits of the language: `+3`, `−۴`.
    ///
    /// It is meant for a left-to-right block, or between isolates: the sign stands on the left.
    pub fn emotion(self, emotion: Emotion) -> String {
        let text = self.scale.show(emotion);
        match self.language {
            Language::Persian => text.chars().map(persian_digit).collect(),
            _ => text,
        }
    }
}

fn persian_digit(c: char) -> char {
    match c.to_digit(10) {
        // U+06F0 to U+06F9 are digits, so the sum is a character.
        Some(digit) => char::from_u32(0x06F0 + digit).unwrap_or(c),
        None => c,
    }
}
