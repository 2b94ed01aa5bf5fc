//! The lanes that most maps have, ready to be added.

use super::{LaneKind, Language};

/// A lane with its usual name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyLane {
    /// Cards of any kind.
    Touchpoints,
    /// What the customer does.
    Doing,
    /// What the customer thinks.
    Thinking,
    /// What the customer feels, in words.
    Feeling,
    /// The emotion curve.
    Emotion,
    /// Where each step happens.
    Channels,
    /// Pain points of each step.
    PainPoints,
    /// Delights of each step.
    Delights,
    /// Opportunities of each step.
    Opportunities,
    /// Open questions of each step.
    Questions,
    /// What staff does where the customer does not see it.
    Backstage,
    /// What systems and partners do there.
    Systems,
    /// A storyboard.
    Pictures,
    /// What was measured.
    Metrics,
}

impl ReadyLane {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Touchpoints,
        Self::Doing,
        Self::Thinking,
        Self::Feeling,
        Self::Emotion,
        Self::Channels,
        Self::PainPoints,
        Self::Delights,
        Self::Opportunities,
        Self::Questions,
        Self::Backstage,
        Self::Systems,
        Self::Pictures,
        Self::Metrics,
    ];

    /// What it shows.
    pub fn kind(self) -> LaneKind {
        match self {
            Self::Touchpoints | Self::Doing | Self::Thinking | Self::Feeling | Self::Backstage | Self::Systems => {
                LaneKind::Touchpoints
            }
            Self::Emotion => LaneKind::Emotion,
            Self::Channels => LaneKind::Channels,
            Self::PainPoints => LaneKind::PainPoints,
            Self::Delights => LaneKind::Delights,
            Self::Opportunities => LaneKind::Opportunities,
            Self::Questions => LaneKind::Questions,
            Self::Pictures => LaneKind::Pictures,
            Self::Metrics => LaneKind::Metrics,
        }
    }

    /// Whether the customer sees nothing of it.
    pub fn is_backstage(self) -> bool {
        matches!(self, Self::Backstage | Self::Systems)
    }

    /// Its name in the language of a map.
    pub fn name(self, language: Language) -> &'static str {
        let [english, lithuanian, arabic, persian] = match self {
            Self::Touchpoints => ["Touchpoints", "Sąlyčio taškai", "نقاط التماس", "نقاط تماس"],
            Self::Doing => ["Doing", "Veiksmai", "الأفعال", "کارها"],
            Self::Thinking => ["Thinking", "Mintys", "الأفكار", "افکار"],
            Self::Feeling => ["Feeling", "Jausmai", "الأحاسيس", "حس‌ها"],
            Self::Emotion => ["Emotion", "Emocijos", "المشاعر", "احساس"],
            Self::Channels => ["Channels", "Kanalai", "القنوات", "کانال‌ها"],
            Self::PainPoints => ["Pain points", "Skauduliai", "نقاط الألم", "نقاط درد"],
            Self::Delights => ["Delights", "Džiaugsmai", "لحظات البهجة", "خوشی‌ها"],
            Self::Opportunities => ["Opportunities", "Galimybės", "الفرص", "فرصت‌ها"],
            Self::Questions => ["Questions", "Klausimai", "الأسئلة", "پرسش‌ها"],
            Self::Backstage => ["Backstage", "Užkulisiai", "خلف الكواليس", "پشت صحنه"],
            Self::Systems => ["Systems", "Sistemos", "الأنظمة", "سامانه‌ها"],
            Self::Pictures => ["Storyboard", "Paveikslai", "القصة المصوّرة", "استوری‌بورد"],
            Self::Metrics => ["Metrics", "Rodikliai", "المؤشرات", "سنجه‌ها"],
        };
        match language {
            Language::English => english,
            Language::Lithuanian => lithuanian,
            Language::Arabic => arabic,
            Language::Persian => persian,
        }
    }
}
