//! Rihla, an editor for customer-journey maps.
//!
//! ```text
//!             edit (history)                        app: window, panels, tools, commands
//!                  |                                     |
//!  file <-> model -+-> layout (+ text, theme) -> scene -> painter on the screen
//!                                                   \---> export: png
//! ```
//!
//! A map goes one way: [`mod@file`] reads it into the [`model`], [`edit`] changes it, [`layout`] says where
//! everything stands, [`scene`] says what is drawn there; the window and the exporters draw that. [`exchange`]
//! brings in what other programs put on the clipboard.
//! [`insight`] works out what nobody wrote down; [`mod@compare`] tells one map from another.

pub mod app;
pub mod cli;
pub mod compare;
pub mod deck;
pub mod edit;
pub mod exchange;
pub mod export;
pub mod file;
pub mod film;
pub mod find;
pub mod insight;
pub mod layout;
pub mod measure;
pub mod model;
pub mod picture;
pub mod scene;
pub mod template;
pub mod text;
pub mod theme;
