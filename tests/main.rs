//! Tests of the whole: the program as a person starts it, and the library's parts together.
//!
//! One binary, so that the library is linked once; `cargo test --test main documents` runs one part.

#![allow(clippy::unwrap_used, reason = "what only tests call may panic as they do")]

mod suite {
    pub mod about;
    pub mod adding;
    pub mod board;
    pub mod check_command;
    pub mod compare;
    pub mod convert_command;
    pub mod counts;
    pub mod deck_command;
    pub mod desktop;
    pub mod documents;
    pub mod driver;
    pub mod edits;
    pub mod exchange;
    pub mod exchange_window;
    pub mod export_command;
    pub mod exporting;
    pub mod film;
    pub mod find;
    pub mod fire;
    pub mod hand_edited;
    pub mod house;
    pub mod inject;
    pub mod insights;
    pub mod inspecting;
    pub mod killed;
    pub mod layouts;
    pub mod links;
    pub mod measure;
    pub mod measure_command;
    pub mod measure_window;
    pub mod paste;
    pub mod pictures;
    pub mod power;
    pub mod program;
    pub mod recovery;
    pub mod safety;
    pub mod saving;
    pub mod screen;
    pub mod slides;
    pub mod storyboard;
    pub mod strategies;
    pub mod structure;
    pub mod templates;
    pub mod themes;
    pub mod vectors;
    pub mod views;
    pub mod wheel;
    pub mod window;
}
