//! Which icon stands for what.

use crate::model::AnnotationKind;
use crate::text::icons;

/// The icon of an annotation; each has a shape of its own, so that it is known without its colour.
pub fn annotation_icon(kind: AnnotationKind) -> char {
    match kind {
        AnnotationKind::PainPoint => icons::WARNING,
        AnnotationKind::Delight => icons::HEART,
        AnnotationKind::Opportunity => icons::PLUS_CIRCLE,
        AnnotationKind::Question => icons::QUESTION,
    }
}

/// Words that name a channel, in the languages of the interface, with its icon.
const CHANNELS: [(char, &[&str]); 12] = [
    (icons::PHONE, &["phone", "call", "hotline", "telefon", "skambu", "هاتف", "اتصال", "تلفن", "تماس"]),
    (icons::ENVELOPE_SIMPLE, &["mail", "post", "paštas", "laišk", "بريد", "ایمیل", "ایميل", "نامه"]),
    (icons::DEVICE_MOBILE, &["app", "mobile", "programėl", "تطبيق", "اپ", "موبایل", "جوال", "گوشی"]),
    (
        icons::CHAT_CIRCLE_DOTS,
        &["chat", "messag", "whatsapp", "telegram", "sms", "pokalb", "žinut", "دردشة", "رسال", "گفت", "پیام", "چت"],
    ),
    (icons::SHARE_NETWORK, &["social", "instagram", "facebook", "sociali", "اجتماع"]),
    (icons::STOREFRONT, &["store", "shop", "branch", "parduotuv", "skyri", "متجر", "فرع", "فروشگاه", "شعبه"]),
    (icons::PERSON, &["person", "desk", "reception", "guide", "gyvai", "registrat", "حضور", "استقبال", "پذیرش"]),
    (icons::TRUCK, &["deliver", "courier", "parcel", "kurjer", "pristat", "توصيل", "پیک", "ارسال"]),
    (icons::USERS, &["friend", "family", "word of mouth", "draug", "šeim", "أصدقاء", "دوست", "خانواده"]),
    (icons::FILE_TEXT, &["paper", "letter", "form", "contract", "popier", "sutart", "ورق", "کاغذ", "فرم"]),
    (icons::MAGNIFYING_GLASS, &["search", "google", "paiešk", "بحث", "جستجو", "جست"]),
    (icons::GLOBE, &["web", "site", "online", "internet", "svetain", "موقع", "وب", "سایت"]),
];

/// The icon of a channel, by its name; a plain circle for one that is not known.
pub fn channel_icon(name: &str) -> char {
    let name = name.to_lowercase();
    CHANNELS
        .iter()
        .find(|(_, words)| words.iter().any(|word| name.contains(word)))
        .map_or(icons::CIRCLE, |(icon, _)| *icon)
}
