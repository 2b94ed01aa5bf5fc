//! Code points of the bundled icons. Made by `scripts/icons.py`; the names are Phosphor's.

/// `airplane-tilt`.
pub const AIRPLANE_TILT: char = '\u{e5d6}';
/// `arrow-bend-up-left`.
pub const ARROW_BEND_UP_LEFT: char = '\u{e024}';
/// `arrow-clockwise`.
pub const ARROW_CLOCKWISE: char = '\u{e036}';
/// `arrow-counter-clockwise`.
pub const ARROW_COUNTER_CLOCKWISE: char = '\u{e038}';
/// `arrow-down`.
pub const ARROW_DOWN: char = '\u{e03e}';
/// `arrow-elbow-down-left`.
pub const ARROW_ELBOW_DOWN_LEFT: char = '\u{e044}';
/// `arrow-elbow-down-right`.
pub const ARROW_ELBOW_DOWN_RIGHT: char = '\u{e046}';
/// `arrow-left`.
pub const ARROW_LEFT: char = '\u{e058}';
/// `arrow-right`.
pub const ARROW_RIGHT: char = '\u{e06c}';
/// `arrow-up`.
pub const ARROW_UP: char = '\u{e08e}';
/// `arrows-clockwise`.
pub const ARROWS_CLOCKWISE: char = '\u{e094}';
/// `arrows-in`.
pub const ARROWS_IN: char = '\u{e09a}';
/// `arrows-in-simple`.
pub const ARROWS_IN_SIMPLE: char = '\u{e09e}';
/// `arrows-left-right`.
pub const ARROWS_LEFT_RIGHT: char = '\u{e0a0}';
/// `arrows-out`.
pub const ARROWS_OUT: char = '\u{e0a2}';
/// `arrows-out-simple`.
pub const ARROWS_OUT_SIMPLE: char = '\u{e0a6}';
/// `at`.
pub const AT: char = '\u{e0ac}';
/// `bank`.
pub const BANK: char = '\u{e0b4}';
/// `bell`.
pub const BELL: char = '\u{e0ce}';
/// `book-open`.
pub const BOOK_OPEN: char = '\u{e0e6}';
/// `bookmark-simple`.
pub const BOOKMARK_SIMPLE: char = '\u{e0ea}';
/// `brain`.
pub const BRAIN: char = '\u{e74e}';
/// `bug`.
pub const BUG: char = '\u{e5f4}';
/// `buildings`.
pub const BUILDINGS: char = '\u{e102}';
/// `calendar`.
pub const CALENDAR: char = '\u{e108}';
/// `calendar-blank`.
pub const CALENDAR_BLANK: char = '\u{e10a}';
/// `calendar-check`.
pub const CALENDAR_CHECK: char = '\u{e712}';
/// `camera`.
pub const CAMERA: char = '\u{e10e}';
/// `caret-down`.
pub const CARET_DOWN: char = '\u{e136}';
/// `caret-left`.
pub const CARET_LEFT: char = '\u{e138}';
/// `caret-right`.
pub const CARET_RIGHT: char = '\u{e13a}';
/// `caret-up`.
pub const CARET_UP: char = '\u{e13c}';
/// `chart-bar`.
pub const CHART_BAR: char = '\u{e150}';
/// `chart-line`.
pub const CHART_LINE: char = '\u{e154}';
/// `chart-line-up`.
pub const CHART_LINE_UP: char = '\u{e156}';
/// `chat`.
pub const CHAT: char = '\u{e15c}';
/// `chat-circle-dots`.
pub const CHAT_CIRCLE_DOTS: char = '\u{e16c}';
/// `chat-teardrop-text`.
pub const CHAT_TEARDROP_TEXT: char = '\u{e178}';
/// `chats`.
pub const CHATS: char = '\u{e17c}';
/// `check`.
pub const CHECK: char = '\u{e182}';
/// `check-circle`.
pub const CHECK_CIRCLE: char = '\u{e184}';
/// `circle`.
pub const CIRCLE: char = '\u{e18a}';
/// `clipboard-text`.
pub const CLIPBOARD_TEXT: char = '\u{e198}';
/// `clock`.
pub const CLOCK: char = '\u{e19a}';
/// `clock-counter-clockwise`.
pub const CLOCK_COUNTER_CLOCKWISE: char = '\u{e1a0}';
/// `columns`.
pub const COLUMNS: char = '\u{e546}';
/// `command`.
pub const COMMAND: char = '\u{e1c4}';
/// `copy`.
pub const COPY: char = '\u{e1ca}';
/// `credit-card`.
pub const CREDIT_CARD: char = '\u{e1d2}';
/// `cursor-click`.
pub const CURSOR_CLICK: char = '\u{e7c8}';
/// `desktop`.
pub const DESKTOP: char = '\u{e560}';
/// `device-mobile`.
pub const DEVICE_MOBILE: char = '\u{e1e0}';
/// `diamond`.
pub const DIAMOND: char = '\u{e1ec}';
/// `dots-six-vertical`.
pub const DOTS_SIX_VERTICAL: char = '\u{eae2}';
/// `dots-three`.
pub const DOTS_THREE: char = '\u{e1fe}';
/// `dots-three-vertical`.
pub const DOTS_THREE_VERTICAL: char = '\u{e208}';
/// `download-simple`.
pub const DOWNLOAD_SIMPLE: char = '\u{e20c}';
/// `envelope`.
pub const ENVELOPE: char = '\u{e214}';
/// `envelope-simple`.
pub const ENVELOPE_SIMPLE: char = '\u{e218}';
/// `export`.
pub const EXPORT: char = '\u{eaf0}';
/// `eye`.
pub const EYE: char = '\u{e220}';
/// `eye-slash`.
pub const EYE_SLASH: char = '\u{e224}';
/// `factory`.
pub const FACTORY: char = '\u{e760}';
/// `file`.
pub const FILE: char = '\u{e230}';
/// `file-pdf`.
pub const FILE_PDF: char = '\u{e702}';
/// `file-plus`.
pub const FILE_PLUS: char = '\u{e236}';
/// `file-png`.
pub const FILE_PNG: char = '\u{eb18}';
/// `file-svg`.
pub const FILE_SVG: char = '\u{ed08}';
/// `file-text`.
pub const FILE_TEXT: char = '\u{e23a}';
/// `flag`.
pub const FLAG: char = '\u{e244}';
/// `flag-pennant`.
pub const FLAG_PENNANT: char = '\u{ecf0}';
/// `floppy-disk`.
pub const FLOPPY_DISK: char = '\u{e248}';
/// `folder-open`.
pub const FOLDER_OPEN: char = '\u{e256}';
/// `frame-corners`.
pub const FRAME_CORNERS: char = '\u{e626}';
/// `funnel`.
pub const FUNNEL: char = '\u{e266}';
/// `gauge`.
pub const GAUGE: char = '\u{e628}';
/// `gear`.
pub const GEAR: char = '\u{e270}';
/// `globe`.
pub const GLOBE: char = '\u{e288}';
/// `graph`.
pub const GRAPH: char = '\u{eb58}';
/// `grid-four`.
pub const GRID_FOUR: char = '\u{e296}';
/// `hand`.
pub const HAND: char = '\u{e298}';
/// `hand-palm`.
pub const HAND_PALM: char = '\u{e57e}';
/// `hand-pointing`.
pub const HAND_POINTING: char = '\u{e29a}';
/// `handshake`.
pub const HANDSHAKE: char = '\u{e582}';
/// `hash`.
pub const HASH: char = '\u{e2a2}';
/// `headset`.
pub const HEADSET: char = '\u{e584}';
/// `heart`.
pub const HEART: char = '\u{e2a8}';
/// `house`.
pub const HOUSE: char = '\u{e2c2}';
/// `identification-badge`.
pub const IDENTIFICATION_BADGE: char = '\u{e6f6}';
/// `image`.
pub const IMAGE: char = '\u{e2ca}';
/// `images`.
pub const IMAGES: char = '\u{e836}';
/// `info`.
pub const INFO: char = '\u{e2ce}';
/// `instagram-logo`.
pub const INSTAGRAM_LOGO: char = '\u{e2d0}';
/// `keyboard`.
pub const KEYBOARD: char = '\u{e2d8}';
/// `laptop`.
pub const LAPTOP: char = '\u{e586}';
/// `lightbulb`.
pub const LIGHTBULB: char = '\u{e2dc}';
/// `lightning`.
pub const LIGHTNING: char = '\u{e2de}';
/// `link`.
pub const LINK: char = '\u{e2e2}';
/// `list`.
pub const LIST: char = '\u{e2f0}';
/// `list-bullets`.
pub const LIST_BULLETS: char = '\u{e2f2}';
/// `list-checks`.
pub const LIST_CHECKS: char = '\u{eadc}';
/// `lock`.
pub const LOCK: char = '\u{e2fa}';
/// `lock-open`.
pub const LOCK_OPEN: char = '\u{e306}';
/// `magnifying-glass`.
pub const MAGNIFYING_GLASS: char = '\u{e30c}';
/// `magnifying-glass-minus`.
pub const MAGNIFYING_GLASS_MINUS: char = '\u{e30e}';
/// `magnifying-glass-plus`.
pub const MAGNIFYING_GLASS_PLUS: char = '\u{e310}';
/// `map-pin`.
pub const MAP_PIN: char = '\u{e316}';
/// `map-trifold`.
pub const MAP_TRIFOLD: char = '\u{e31a}';
/// `megaphone`.
pub const MEGAPHONE: char = '\u{e324}';
/// `minus`.
pub const MINUS: char = '\u{e32a}';
/// `moon`.
pub const MOON: char = '\u{e330}';
/// `note`.
pub const NOTE: char = '\u{e348}';
/// `note-pencil`.
pub const NOTE_PENCIL: char = '\u{e34c}';
/// `package`.
pub const PACKAGE: char = '\u{e390}';
/// `palette`.
pub const PALETTE: char = '\u{e6c8}';
/// `paper-plane-tilt`.
pub const PAPER_PLANE_TILT: char = '\u{e398}';
/// `path`.
pub const PATH: char = '\u{e39c}';
/// `pencil-simple`.
pub const PENCIL_SIMPLE: char = '\u{e3b4}';
/// `person`.
pub const PERSON: char = '\u{e3a8}';
/// `phone`.
pub const PHONE: char = '\u{e3b8}';
/// `plus`.
pub const PLUS: char = '\u{e3d4}';
/// `plus-circle`.
pub const PLUS_CIRCLE: char = '\u{e3d6}';
/// `presentation`.
pub const PRESENTATION: char = '\u{e654}';
/// `presentation-chart`.
pub const PRESENTATION_CHART: char = '\u{e656}';
/// `push-pin`.
pub const PUSH_PIN: char = '\u{e3e2}';
/// `question`.
pub const QUESTION: char = '\u{e3e8}';
/// `quotes`.
pub const QUOTES: char = '\u{e660}';
/// `receipt`.
pub const RECEIPT: char = '\u{e3ec}';
/// `robot`.
pub const ROBOT: char = '\u{e762}';
/// `rows`.
pub const ROWS: char = '\u{e5a2}';
/// `scissors`.
pub const SCISSORS: char = '\u{eae0}';
/// `seal-check`.
pub const SEAL_CHECK: char = '\u{e606}';
/// `seal-warning`.
pub const SEAL_WARNING: char = '\u{e60c}';
/// `selection`.
pub const SELECTION: char = '\u{e69a}';
/// `selection-all`.
pub const SELECTION_ALL: char = '\u{e746}';
/// `share-network`.
pub const SHARE_NETWORK: char = '\u{e408}';
/// `shopping-bag`.
pub const SHOPPING_BAG: char = '\u{e416}';
/// `shopping-cart`.
pub const SHOPPING_CART: char = '\u{e41e}';
/// `shuffle`.
pub const SHUFFLE: char = '\u{e422}';
/// `sidebar-simple`.
pub const SIDEBAR_SIMPLE: char = '\u{ec24}';
/// `skip-forward`.
pub const SKIP_FORWARD: char = '\u{e5a6}';
/// `smiley`.
pub const SMILEY: char = '\u{e436}';
/// `smiley-meh`.
pub const SMILEY_MEH: char = '\u{e43a}';
/// `smiley-sad`.
pub const SMILEY_SAD: char = '\u{e43e}';
/// `sparkle`.
pub const SPARKLE: char = '\u{e6a2}';
/// `speaker-high`.
pub const SPEAKER_HIGH: char = '\u{e44a}';
/// `spinner`.
pub const SPINNER: char = '\u{e66a}';
/// `stack`.
pub const STACK: char = '\u{e466}';
/// `star`.
pub const STAR: char = '\u{e46a}';
/// `star-four`.
pub const STAR_FOUR: char = '\u{e6a4}';
/// `steps`.
pub const STEPS: char = '\u{ecbe}';
/// `storefront`.
pub const STOREFRONT: char = '\u{e470}';
/// `sun`.
pub const SUN: char = '\u{e472}';
/// `table`.
pub const TABLE: char = '\u{e476}';
/// `tag`.
pub const TAG: char = '\u{e478}';
/// `target`.
pub const TARGET: char = '\u{e47c}';
/// `text-aa`.
pub const TEXT_AA: char = '\u{e6ee}';
/// `text-align-left`.
pub const TEXT_ALIGN_LEFT: char = '\u{e484}';
/// `text-align-right`.
pub const TEXT_ALIGN_RIGHT: char = '\u{e486}';
/// `text-t`.
pub const TEXT_T: char = '\u{e48a}';
/// `thumbs-up`.
pub const THUMBS_UP: char = '\u{e48e}';
/// `timer`.
pub const TIMER: char = '\u{e492}';
/// `trash`.
pub const TRASH: char = '\u{e4a6}';
/// `tray`.
pub const TRAY: char = '\u{e4aa}';
/// `tree-structure`.
pub const TREE_STRUCTURE: char = '\u{e67c}';
/// `truck`.
pub const TRUCK: char = '\u{e4b4}';
/// `user`.
pub const USER: char = '\u{e4c2}';
/// `user-circle`.
pub const USER_CIRCLE: char = '\u{e4c4}';
/// `users`.
pub const USERS: char = '\u{e4d6}';
/// `users-three`.
pub const USERS_THREE: char = '\u{e68e}';
/// `warning`.
pub const WARNING: char = '\u{e4e0}';
/// `warning-circle`.
pub const WARNING_CIRCLE: char = '\u{e4e2}';
/// `warning-octagon`.
pub const WARNING_OCTAGON: char = '\u{e4e4}';
/// `wheelchair`.
pub const WHEELCHAIR: char = '\u{e4e8}';
/// `wrench`.
pub const WRENCH: char = '\u{e5d4}';
/// `x`.
pub const X: char = '\u{e4f6}';
/// `x-circle`.
pub const X_CIRCLE: char = '\u{e4f8}';
