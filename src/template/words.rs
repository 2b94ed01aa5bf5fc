//! What the templates are called and what they are for, in each language.

/// Name and purpose: English, Lithuanian, Arabic, Persian.
pub(super) type Words = [(&'static str, &'static str); 4];

pub(super) const EMPTY: Words = [
    ("Empty map", "Three stages and the four lanes that most maps have"),
    ("Tuščias žemėlapis", "Trys etapai ir keturios juostos, kurias turi dauguma žemėlapių"),
    ("خريطة فارغة", "ثلاث مراحل وأربعة مسارات لا تخلو منها معظم الخرائط"),
    ("نقشهٔ خالی", "سه مرحله و چهار ردیفی که بیشتر نقشه‌ها دارند"),
];

pub(super) const RESEARCH_BUY_USE: Words = [
    ("Research, compare, buy, use", "A purchase from the first thought to daily use"),
    ("Ieško, lygina, perka, naudoja", "Pirkimas nuo pirmos minties iki kasdienio naudojimo"),
    ("البحث والمقارنة والشراء والاستخدام", "عملية شراء من أول فكرة إلى الاستخدام اليومي"),
    ("جست‌وجو، مقایسه، خرید، استفاده", "یک خرید، از اولین فکر تا استفادهٔ هر روز"),
];

pub(super) const BEFORE_DURING_AFTER: Words = [
    ("Before, during, after", "Any service, told around the moment it happens"),
    ("Prieš, metu, po", "Bet kuri paslauga, papasakota aplink svarbiausią akimirką"),
    ("قبل وأثناء وبعد", "أي خدمة، مرويّة حول لحظة حدوثها"),
    ("پیش، هنگام، پس", "هر خدمتی، پیرامون لحظه‌ای که رخ می‌دهد"),
];

pub(super) const DECISION_JOURNEY: Words = [
    ("Decision journey", "Consider, evaluate, buy, enjoy, advocate, bond"),
    ("Sprendimo kelionė", "Svarstymas, vertinimas, pirkimas, mėgavimasis, rekomendavimas, ryšys"),
    ("رحلة اتخاذ القرار", "تفكير، تقييم، شراء، استمتاع، توصية، ارتباط"),
    ("سفر تصمیم‌گیری", "بررسی، ارزیابی، خرید، لذت، حمایت، دلبستگی"),
];

pub(super) const SERVICE_BLUEPRINT: Words = [
    ("Service blueprint", "What the customer sees, and what has to happen behind it"),
    ("Paslaugos schema", "Ką mato klientas ir kas turi vykti už to"),
    ("مخطط الخدمة", "ما يراه العميل وما يجب أن يحدث خلفه"),
    ("نقشهٔ خدمت", "آنچه مشتری می‌بیند و آنچه باید پشت آن رخ دهد"),
];

pub(super) const BANKING: Words = [
    ("Opening an account", "A bank account, with its first touchpoints"),
    ("Sąskaitos atidarymas", "Banko sąskaita su pirmais sąlyčio taškais"),
    ("فتح حساب مصرفي", "حساب لدى المصرف، مع أولى نقاط التماس"),
    ("باز کردن حساب بانکی", "حسابی در بانک، با نخستین نقاط تماس"),
];

pub(super) const HOTEL: Words = [
    ("A night at a hotel", "A stay, with its first touchpoints"),
    ("Naktis viešbutyje", "Viešnagė su pirmais sąlyčio taškais"),
    ("ليلة في الفندق", "إقامة فندقية، مع أولى نقاط التماس"),
    ("یک شب در هتل", "یک اقامت، با نخستین نقاط تماس"),
];

pub(super) const B2B_STEEL: Words = [
    ("Buying steel plate", "An industrial purchase with many people on both sides"),
    ("Plieno lakštų pirkimas", "Pramoninis pirkimas, kuriame daug žmonių iš abiejų pusių"),
    ("شراء ألواح الفولاذ", "شراء صناعي بأطراف كثيرة من الجانبين"),
    ("خرید ورق فولادی", "خریدی صنعتی با آدم‌های بسیار در دو سو"),
];
