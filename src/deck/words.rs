//! The words of a scorecard, in the map's language.

use crate::model::Language;

/// The words of a language.
pub(super) struct Words {
    pub peak_end: &'static str,
    pub mean: &'static str,
    pub moments: &'static str,
    pub pains: &'static str,
    pub hand_offs: &'static str,
    pub touchpoints: &'static str,
    pub steps: &'static str,
    pub worst: &'static str,
    pub best: &'static str,
    pub moments_top: &'static str,
    pub goals: &'static str,
    /// Of a goal that nothing measures.
    pub no_metric: &'static str,
    /// Strengths, weaknesses, opportunities, threats.
    pub swot: [&'static str; 4],
}

/// Those of `language`.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &Words {
            peak_end: "Peak\u{2013}end",
            mean: "Mean emotion",
            moments: "Moments of truth",
            pains: "Pain points",
            hand_offs: "Hand-offs",
            touchpoints: "Touchpoints",
            steps: "Steps",
            worst: "Heaviest pain points",
            best: "Largest opportunities",
            moments_top: "Moments of truth",
            goals: "Goals",
            no_metric: "no metric",
            swot: ["Strengths", "Weaknesses", "Opportunities", "Threats"],
        },
        Language::Lithuanian => &Words {
            peak_end: "Viršūnė ir pabaiga",
            mean: "Emocijų vidurkis",
            moments: "Tiesos akimirkos",
            pains: "Skauduliai",
            hand_offs: "Perdavimai",
            touchpoints: "Sąlyčio taškai",
            steps: "Žingsniai",
            worst: "Sunkiausi skauduliai",
            best: "Didžiausios galimybės",
            moments_top: "Tiesos akimirkos",
            goals: "Tikslai",
            no_metric: "nėra rodiklio",
            swot: ["Stiprybės", "Silpnybės", "Galimybės", "Grėsmės"],
        },
        Language::Arabic => &Words {
            peak_end: "الذروة والنهاية",
            mean: "متوسط المشاعر",
            moments: "لحظات الحقيقة",
            pains: "نقاط الألم",
            hand_offs: "عمليات التسليم",
            touchpoints: "نقاط التماس",
            steps: "الخطوات",
            worst: "أشد نقاط الألم",
            best: "أكبر الفرص",
            moments_top: "لحظات الحقيقة",
            goals: "الأهداف",
            no_metric: "بلا مقياس",
            swot: ["نقاط القوة", "نقاط الضعف", "الفرص", "التهديدات"],
        },
        Language::Persian => &Words {
            peak_end: "اوج و پایان",
            mean: "میانگین احساس",
            moments: "لحظه‌های حقیقت",
            pains: "نقطه‌های درد",
            hand_offs: "تحویل‌ها",
            touchpoints: "نقطه‌های تماس",
            steps: "گام‌ها",
            worst: "سنگین‌ترین نقطه‌های درد",
            best: "بزرگ‌ترین فرصت‌ها",
            moments_top: "لحظه‌های حقیقت",
            goals: "هدف‌ها",
            no_metric: "بدون سنجه",
            swot: ["قوت‌ها", "ضعف‌ها", "فرصت‌ها", "تهدیدها"],
        },
    }
}

/// The name of an emotion lane.
pub(super) fn emotion(language: Language) -> &'static str {
    match language {
        Language::English => "Emotion",
        Language::Lithuanian => "Emocija",
        Language::Arabic => "المشاعر",
        Language::Persian => "احساس",
    }
}
