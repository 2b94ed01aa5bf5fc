//! Whole maps in other formats: read, written, and what is lost on the way.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rihla::exchange::{
    Columns, Import, Loss, MapFormat, Part, Reading, holdings, listing, read_map, read_table, read_text,
};
use rihla::file;
use rihla::measure::{Delimiter, Encoding};
use rihla::model::{Emotion, JourneyMap, Touchpoint, generate};

use super::documents::{Slip, as_read, cases, slip};
use super::program::examples;
use super::strategies::{map, text};

fn read(format: MapFormat, text: &str) -> Import {
    let import = read_text(format, text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    assert_eq!(import.map.problems(), []);
    import
}

/// The touchpoints of each stage in the order of the journey.
fn told<T>(map: &JourneyMap, tell: impl Fn(&Touchpoint) -> T) -> Vec<(String, Vec<T>)> {
    let of = |stage: &rihla::model::Stage| {
        let cells = stage.steps.iter().flat_map(|step| map.lanes.iter().flat_map(|lane| lane.cell(&step.id)));
        cells.map(|t| tell(t)).collect()
    };
    map.stages.iter().map(|stage| (stage.name.clone(), of(stage))).collect()
}

/// How often each part is there.
fn counts(map: &JourneyMap) -> BTreeMap<Part, usize> {
    let mut counts = BTreeMap::new();
    holdings(map, &mut |part, _| *counts.entry(part).or_default() += 1);
    counts
}

/// Asserts that what is not told as lost is there again, and that a second time nothing more is lost.
fn assert_told(format: MapFormat, map: &JourneyMap) {
    let written = format.write(map);
    let again = read(format, &written.text).map;
    let (before, after) = (counts(map), counts(&again));
    let lost = |part: &Part, changed: bool| {
        written.losses.iter().filter(|loss: &&Loss| loss.part == *part && loss.changed.is_some() == changed).count()
    };
    for (part, count) in &before {
        // Lanes that only show come with what they show.
        if lost(part, true) > 0 || *part == Part::Views {
            continue;
        }
        let found = after.get(part).copied().unwrap_or(0);
        let expected = count.saturating_sub(lost(part, false));
        // A map has a lane in any case.
        if *part != Part::Lanes || expected > 0 {
            assert_eq!(found, expected, "{format:?}: {part:?}\n{}", written.text);
        }
    }
    // What had to be made up may stand elsewhere the first time.
    let twice = read(format, &format.write(&again).text).map;
    let text = format.write(&twice).text;
    assert_eq!(read(format, &text).map, twice, "{format:?}\n{text}");
    assert_eq!(again.touchpoints().count(), twice.touchpoints().count(), "{format:?}\n{text}");
}

/// Asserts what must hold for any text that somebody opens or pastes.
fn assert_reads(format: MapFormat, text: &str) {
    match read_text(format, text) {
        Ok(import) => {
            assert_eq!(import.map.problems(), [], "{format:?} {text:?}");
            assert!(listing(&import.losses, 3).lines().count() <= import.losses.len());
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(!problem.message.is_empty());
                assert!(problem.help.is_some() || format == MapFormat::Rihla, "{problem}");
                let Some((line, column)) = problem.place else { continue };
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                let count = text.split('\n').nth(line - 1).expect("the line is there").chars().count();
                assert!(column <= count + 2, "column {column} of {count}: {problem}");
            }
        }
    }
}

#[test]
fn the_example_of_mermaids_documentation_becomes_a_map() {
    let text = "journey\n    title My working day\n    section Go to work\n      Make tea: 5: Me\n      Go upstairs: 3: Me\n      \
                Do work: 1: Me, Cat\n    section Go home\n      Go downstairs: 5: Me\n      Sit down: 5: Me\n";
    let import = read(MapFormat::Mermaid, text);
    assert_eq!(import.losses, []);
    let map = import.map;
    assert_eq!(map.title, "My working day");
    let personas: Vec<&str> = map.personas.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(personas, ["Me", "Cat"]);
    let tell = |t: &Touchpoint| (t.title.clone(), t.emotion.unwrap().get(), t.importance.len());
    let expected = [
        ("Go to work", vec![("Make tea", 5, 1), ("Go upstairs", 0, 1), ("Do work", -5, 2)]),
        ("Go home", vec![("Go downstairs", 5, 1), ("Sit down", 5, 1)]),
    ];
    let expected = expected.map(|(stage, tasks)| {
        (stage.to_owned(), tasks.into_iter().map(|(t, e, n)| (t.to_owned(), e, n)).collect::<Vec<_>>())
    });
    assert_eq!(told(&map, tell), expected);
    assert_eq!(map.steps().count(), 5, "a step for each task");
    let written = MapFormat::Mermaid.write(&map);
    let plain = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(plain(&written.text), plain(text));
}

#[test]
fn mermaid_is_read_as_people_write_it() {
    let text = "---\ntitle: \"From the head\"\nconfig:\n  journey: {}\n---\n%%{init: {'theme':\n 'dark'}}%%\nJOURNEY\n\
                %% a remark\nFirst without a section: ٤: زهرا، Me, Me,\nsection Online #40;web#41;:\n\
                Open http://x.com: 5: Me;\nCall at 10:30: 2\nNo colon at all\nBad: five: Me\nFar: 9\n# a remark\n\
                Half: 3,5: Me %% aside\nBreak<br/>here#59; now: : Me: more\naccDescr {\n two\n lines\n}\nNaïve section x: 1\n";
    let import = read(MapFormat::Mermaid, text);
    let map = &import.map;
    assert_eq!((map.title.as_str(), map.subtitle.as_str()), ("From the head", "two\nlines"));
    let tell = |t: &Touchpoint| (t.title.clone(), t.emotion.map(Emotion::get), t.importance.len());
    let stages = told(map, tell);
    assert_eq!(stages[0], (String::new(), vec![("First without a section".to_owned(), Some(3), 2)]));
    assert_eq!(stages[1].0, "Online (web):");
    let tasks: Vec<(&str, Option<i8>, usize)> = stages[1].1.iter().map(|(t, e, n)| (t.as_str(), *e, *n)).collect();
    assert_eq!(
        tasks,
        [
            ("Open http://x.com", Some(5), 1),
            ("Call at 10:30", Some(-3), 0),
            ("No colon at all", None, 0),
            ("Bad", None, 1),
            ("Far", Some(5), 0),
            ("Half", Some(1), 1),
            ("Break\nhere; now", None, 1),
            ("Naïve section x", Some(-5), 0),
        ]
    );
    let losses = listing(&import.losses, 9);
    for words in ["no number; line 15", "nearest; line 16", "remarks (1); line 18", "behind the actors (1); line 19"] {
        assert!(losses.contains(words), "{words:?} in:\n{losses}");
    }
    let fenced = format!("# Notes\n\nSome words.\n\n```mermaid\n{}```\n\n- more\n", "journey\nsection A\nT: 4\n");
    assert_eq!(read(MapFormat::Mermaid, &fenced).map.touchpoints().count(), 1);
}

#[test]
fn what_is_no_journey_is_told() {
    let told = |text: &str| read_text(MapFormat::Mermaid, text).unwrap_err()[0].to_string();
    let err = told("\n\nsequenceDiagram\n A->>B: hi\n");
    assert!(err.starts_with("this is a Mermaid sequenceDiagram, not a journey\n 3 | sequenceDiagram\n   | ^"), "{err}");
    assert!(told("Dear team").starts_with("this is not a Mermaid journey"));
    assert!(told("").starts_with("there is no journey here"));
}

#[test]
fn texts_that_mermaid_takes_for_something_else_come_back() {
    let nasty = [
        "a: b; c # d, e",
        "journey of Ann",
        "Title deed",
        "section 5",
        "accTitle",
        "%%{init}%%",
        "50%% off",
        "% at the start",
        "<br> is a tag",
        "two\nlines",
        "#35; as such",
        "```",
        "",
        "ends with;",
        "10:30 رحلة، ۵",
    ];
    let mut map = generate(1, 1, 1);
    let stage = Arc::make_mut(&mut map.stages[0]);
    stage.name = "A: section; #1".into();
    let step = stage.steps[0].id.clone();
    let lane = Arc::make_mut(&mut map.lanes[0]);
    let touchpoint = |(n, title): (usize, &&str)| Arc::new(Touchpoint::new(n.to_string(), step.clone(), *title));
    lane.touchpoints = nasty.iter().enumerate().map(touchpoint).collect();
    let written = MapFormat::Mermaid.write(&map);
    assert!(written.text.starts_with("journey\n"));
    for line in written.text.lines().filter(|line| line.starts_with("    ")) {
        let parts = line.matches(':').count();
        assert_eq!(parts, 1, "one colon, before the score: {line}");
    }
    let again = read(MapFormat::Mermaid, &written.text).map;
    assert_eq!(told(&again, |t| t.title.clone()), [("A: section; #1".to_owned(), nasty.map(str::to_owned).to_vec())]);
}

#[test]
fn tables_in_long_form_are_read_by_their_headings() {
    let text = "\u{FEFF}Etapas;Swimlane;Activity;Score;Channel;Mood;Pain\n\
                Research;Doing;Compares prices;−2;web, shop;grim;\"too many\nno filter\"\n\
                ;Doing;Asks a friend;+3;;;\nBuy;Backstage;Checks stock;;;;\nBuy;Pain points;Queue;;;;\n";
    let import = read(MapFormat::Long, text);
    let tell = |t: &Touchpoint| (t.title.clone(), t.emotion.map(Emotion::get), t.channels.clone(), t.annotations.len());
    let stages = told(&import.map, tell);
    let none = Vec::<String>::new;
    assert_eq!(
        stages,
        [
            (
                "Research".to_owned(),
                vec![
                    ("Compares prices".to_owned(), Some(-2), vec!["web".to_owned(), "shop".into()], 2),
                    ("Asks a friend".into(), Some(3), none(), 0),
                ]
            ),
            ("Buy".into(), vec![("Checks stock".into(), None, none(), 0)]),
        ]
    );
    assert_eq!(import.map.stages[1].steps[0].annotations[0].text, "Queue");
    let lanes: Vec<&str> = import.map.lanes.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(lanes, ["Doing", "Backstage", "Emotion", "Channels", "Pain points"]);
    assert_eq!(listing(&import.losses, 3), "  columns that a map does not know (1); column \"\u{2068}Mood\u{2069}\"\n");
    let map = read_table("Where,What\nBuy,Pays\n", &named(&["stage=Where", "title=#2"])).unwrap().1.map;
    assert_eq!(told(&map, |t| t.title.clone()), [("Buy".to_owned(), vec!["Pays".to_owned()])]);
}

fn named(columns: &[&str]) -> Reading {
    let pair = |text: &&str| text.split_once('=').map(|(field, heading)| (field.to_owned(), heading.to_owned()));
    Reading { columns: Columns::Named(columns.iter().filter_map(pair).collect()), ..Reading::default() }
}

#[test]
fn a_table_is_read_as_somebody_says() {
    let text = "Etappe;Was;Note;x\nKauf;Zahlt | wartet;2;7\n";
    let (form, import) = read_table(text, &Reading::default()).unwrap();
    assert_eq!((form, import.map.stages.len()), (MapFormat::Matrix, 3), "no heading is known");
    let (form, import) = read_table(text, &named(&["stage=etappe", "title=Was", "emotion from 1 to 5=#3"])).unwrap();
    assert_eq!(form, MapFormat::Long);
    let tell = |t: &Touchpoint| (t.title.clone(), t.emotion.map(Emotion::get));
    assert_eq!(told(&import.map, tell), [("Kauf".to_owned(), vec![("Zahlt | wartet".to_owned(), Some(-3))])]);
    assert_eq!(import.losses.len(), 1, "the column x");
    let bars = Reading { delimiter: Some(Delimiter::Bar), ..Reading::default() };
    assert_eq!(read_table(text, &bars).unwrap().1.map.stages.len(), 1);
    let err = read_table(text, &Reading { format: Some(MapFormat::Long), ..Reading::default() }).unwrap_err();
    assert!(err[0].to_string().contains("no column is read as stage"), "{}", err[0]);
    let (_, import) = read_table("stage,title,emotion\nBuy,Pays,grim\n", &named(&["ignore=emotion"])).unwrap();
    assert_eq!(import.losses.len(), 1);
}

#[test]
fn the_headings_tell_the_encoding_where_nothing_else_does() {
    // "المرحلة;العنوان" and "الشراء;يدفع", and "stage;pavadinimas" with "Pirkimas;Moka grynaisiais ąžuole".
    let arabic =
        b"\xC7\xE1\xE3\xD1\xCD\xE1\xC9;\xC7\xE1\xDA\xE4\xE6\xC7\xE4\n\xC7\xE1\xD4\xD1\xC7\xC1;\xED\xCF\xDD\xDA\n";
    let read = |bytes: &[u8], encoding| {
        let reading = Reading { encoding, ..Reading::default() };
        read_map(Path::new("a.csv"), bytes, &reading).unwrap().1
    };
    let import = read(arabic, None);
    assert_eq!(told(&import.map, |t| t.title.clone()), [("الشراء".to_owned(), vec!["يدفع".to_owned()])]);
    assert!(import.losses[0].changed.unwrap().contains("Windows-1256"));
    let baltic = b"stage;title\nPirkimas;Randa \xE0\xFEuol\xE0\n";
    let import = read(baltic, Some(Encoding::Windows1257));
    assert_eq!((told(&import.map, |t| t.title.clone())[0].1[0].as_str(), import.losses.len()), ("Randa ąžuolą", 0));
}

#[test]
fn cells_of_the_long_form_that_hold_something_else_are_all_told() {
    let text = "stage,title,emotion,waiting\nBuy,Pays,9,soon\nBuy,Waits,2,3 h\nBuy,\"Go, es\",x,\nBuy,a,1,,more\n";
    let problems = read_text(MapFormat::Long, text).unwrap_err();
    let places: Vec<_> = problems.iter().map(|p| p.place.unwrap()).collect();
    assert_eq!(places, [(2, 10), (2, 12), (4, 14), (5, 10)]);
    assert!(
        problems[0].to_string().contains("whole number from -5 to 5") && problems[3].message.contains("more cells")
    );
    let err = read_table(text, &named(&["stage=Where"])).unwrap_err()[0].to_string();
    assert!(err.contains("no column \"Where\"") && err.contains("stage, title, emotion, waiting"), "{err}");
}

#[test]
fn a_matrix_has_stages_across_and_lanes_down() {
    let text = "Stage\tResearch\t\tBuy\nStep\tSearch\tCompare\t\nDoing\tSearches\t\"Reads\nAsks\"\tPays\n\
                Emotion\t2\t-1\n\nPain points\t\t\tQueue\nChannels\tweb, app\t\t\nEmotions\t\t\t4\n";
    let import = read(MapFormat::Matrix, text);
    let map = &import.map;
    let steps: Vec<(usize, &str)> = map.steps().map(|(stage, step)| (stage, step.name.as_str())).collect();
    assert_eq!(steps, [(0, "Search"), (0, "Compare"), (1, "")]);
    let tell = |t: &Touchpoint| (t.title.clone(), t.emotion.map(Emotion::get), t.channels.len(), t.annotations.len());
    let stages = told(map, tell);
    assert_eq!(
        stages[0].1,
        [("Searches".to_owned(), Some(2), 2, 0), ("Reads".into(), Some(-1), 0, 0), ("Asks".into(), None, 0, 0)]
    );
    assert_eq!(stages[1].1, [("Pays".to_owned(), Some(4), 0, 1)]);
    assert_eq!(import.losses, []);
    let err = read_text(MapFormat::Matrix, "Research\nBuy\n").unwrap_err()[0].to_string();
    assert!(err.contains("one column only") && err.contains("stages in the first row"), "{err}");
}

#[test]
fn outlines_are_read_as_people_write_them() {
    let text = "---\ntags: x\n---\n# Trip\n\nFor **everybody**\n\n## Plan\n\n1. Looks at maps\n   - emotion: +2\n   \
                - a remark\n2. Books\n\n   Takes long\n\n### At night\n- Pain point: dark\n- [ ] Walks\n- Sleeps\n  - Lane: \
                Backstage\n  - Key moment\n  - Emotion: good\n\n## Go\n";
    let import = read(MapFormat::Outline, text);
    let map = &import.map;
    assert_eq!((map.title.as_str(), map.subtitle.as_str()), ("Trip", "For everybody"));
    let tell = |t: &Touchpoint| (t.title.clone(), t.notes.clone(), t.emotion.map(Emotion::get), t.key_moment);
    let stages = told(map, tell);
    let plan = [
        ("Looks at maps", "a remark", Some(2), false),
        ("Books", "Takes long", None, false),
        ("Walks", "", None, false),
        ("Sleeps", "", None, true),
    ];
    assert_eq!(stages[0].1, plan.map(|(title, notes, e, key)| (title.to_owned(), notes.to_owned(), e, key)));
    assert_eq!((stages[1].0.as_str(), stages[1].1.len()), ("Go", 0));
    let steps: Vec<&str> = map.stages[0].steps.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(steps, ["", "", "At night"], "items below a stage have steps of their own");
    assert_eq!(map.stages[0].steps[2].annotations[0].text, "dark");
    assert!(listing(&import.losses, 9).contains("promises (1); line 23"), "{}", listing(&import.losses, 9));

    let titles = |text: &str| told(&read(MapFormat::Outline, text).map, |t| t.title.clone());
    let nested = [("A".to_owned(), vec!["one".to_owned(), "two".into()]), ("B".into(), vec!["three".into()])];
    assert_eq!(titles("- A\n\t- one\n\t- two\n- B\n\t* three\n"), nested);
    assert_eq!(titles("A\n  one\n  two\nB\n  three\n"), nested, "a plain list");
    assert_eq!(titles("one\ntwo\n"), [(String::new(), vec!["one".to_owned(), "two".into()])]);
    assert!(read_text(MapFormat::Outline, "\n \n").unwrap_err()[0].message.contains("nothing"));
}

#[test]
fn openjourney_is_read_in_both_shapes() {
    let spec = r#"{ "version": "1.0", "persona": "Ana", "pointOfView": "needs a room", "colour": "red",
  "stages": [{"id": "s1", "name": "Find"}, {"id": "s2", "name": "Stay", "overrideEmotion": 3}],
  "swimlanes": [{"id": "a", "name": "Actions"}, {"id": "p", "name": "Pain points"}],
  "nodes": [
    {"stageId": "s1", "swimlaneId": "a", "title": "Searches", "description": "at night", "severity": "low", "score": -2,
     "sentiment": "tired", "purpose": "sleep", "isMomentOfTruth": true, "tags": ["web"],
     "blueprint": {"backstage": [{"actor": "Clerk", "action": "updates"}]}},
    {"stageId": "s2", "swimlaneId": "p", "title": "Noise", "severity": "high", "icon": "ear"}
  ] }"#;
    let import = read(MapFormat::Ojf, spec);
    let map = &import.map;
    assert_eq!((map.personas[0].name.as_str(), map.subtitle.as_str()), ("Ana", "needs a room"));
    let t = map.touchpoints().next().unwrap().1;
    assert_eq!(t.notes, "at night\nPurpose: sleep\nBackstage: Clerk – updates");
    assert_eq!((t.emotion.unwrap().get(), t.feeling.as_str(), t.moment_of_truth), (-2, "tired", true));
    let noise = &map.stages[1].steps[0].annotations[0];
    assert_eq!((noise.text.as_str(), noise.severity.get()), ("Noise", 3));
    let losses = listing(&import.losses, 3);
    for words in ["\"colour\" of the journey (1); line 1", "whole stages (1); line 2", "icons (1); line 8"] {
        assert!(losses.contains(words), "{words} in\n{losses}");
    }
    let samples = r#"{"metadata": {"title": "Hotel", "pov": "x", "version": "1.1.0", "persona": {"name": "Ben"}},
        "stages": [{"id": 1, "name": "Find"}], "swimlanes": [], "nodes": [{"id": "n", "stage": "find", "title": "A"}]}"#;
    let map = read(MapFormat::Ojf, samples).map;
    assert_eq!((map.title.as_str(), map.personas[0].name.as_str()), ("Hotel", "Ben"));
    let wrong = spec.replace("\"stageId\": \"s2\"", "\"stageId\": \"s9\"");
    let err = read_text(MapFormat::Ojf, &wrong).unwrap_err();
    assert!(err[0].message.contains("\"s9\"") && err[0].place == Some((8, 5)), "{err:?}");
    let err = read_text(MapFormat::Ojf, &spec.replace("\"Ana\",", "\"Ana\"")).unwrap_err();
    assert!(err[0].place.unwrap().0 == 1 && err[0].message.contains("expected `,`"), "{err:?}");
    assert!(read_text(MapFormat::Ojf, "{\"a\": 1}").unwrap_err()[0].message.contains("no stages"));
}

#[test]
fn cjml_is_read_whatever_the_tool_that_wrote_it() {
    let text = "<CJML version=\"2.0\">\n<actualJourney>\n<journeyID>AJ1</journeyID><plannedReference>PJ1</plannedReference>\n\
        <journeyPhases><journeyPhase phaseID=\"p1\"><phaseName>Order & pay</phaseName></journeyPhase></journeyPhases>\n\
        <actors><endUser actorID=\"Carl\"><actorName>Carl</actorName></endUser>\n\
        <serviceProvider actorID=\"Company A\"><companyName>Bookis</companyName></serviceProvider></actors>\n<touchpoints>\n\
        <actualCommunicationPoint>\n<touchpointID>TP1</touchpointID><receiver><refersTo actorIDref=\"Bookis\"/>\
        <receiverLabel>Gets order</receiverLabel></receiver><belongsTo phaseIDref = \"p1\"/><compliance>failing</compliance>\
        <initiator><refersTo actorIDref=\"Carl\"/><initiatorLabel>Orders a book</initiatorLabel></initiator>\
        <channel><channelName>Web</channelName></channel><timestamps><timeOriginated>10:00</timeOriginated></timestamps>\n\
        <touchpointExperience><experienceDescription>slow</experienceDescription><experienceRating>2</experienceRating>\
        </touchpointExperience></actualCommunicationPoint>\n\
        <actualAction><touchpointID>TP2</touchpointID><initiator><refersTo actorIDref=\"Company A\"/>\
        <initiatorLabel>Packs</initiatorLabel></initiator></actualAction>\n</touchpoints>\n</actualJourney>\n</CJML>\n";
    let import = read(MapFormat::Cjml, text);
    let map = &import.map;
    assert_eq!((map.title.as_str(), map.state), ("AJ1", Some(rihla::model::State::Current)));
    let tell = |t: &Touchpoint| {
        (t.id.to_string(), t.title.clone(), t.owner.clone(), t.tags.clone(), t.emotion.map(Emotion::get))
    };
    let stages = told(map, tell);
    let first =
        ("TP1".to_owned(), "Orders a book".to_owned(), "Bookis".to_owned(), vec!["failing".to_owned()], Some(-3));
    assert_eq!(stages[0], ("Order & pay".to_owned(), vec![first]));
    assert_eq!(stages[1].1[0].1, "Packs");
    let lanes: Vec<&str> = map.lanes.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(lanes, ["Touchpoints", "Backstage", "Emotion", "Channels"]);
    let losses = listing(&import.losses, 3);
    for words in ["planned journey (1); line 3", "other side (1); line 8", "times (1); line 9"] {
        assert!(losses.contains(words), "{words} in\n{losses}");
    }
    let told = |text: &str| read_text(MapFormat::Cjml, text).unwrap_err()[0].clone();
    let err = told("<CJML>\n <plannedJourney>\n </CJML>");
    assert!(err.place.unwrap().0 == 3 && err.message.contains("plannedJourney"), "{err}");
    assert!(told("<html/>").message.contains("no journey in <html>"));
    assert!(told("<!DOCTYPE x [<!ENTITY a 'b'>]><CJML/>").to_string().contains("DOCTYPE"));
}

#[test]
fn who_makes_a_touchpoint_goes_through_cjml_where_there_are_several() {
    let end_user = |name: &str| format!("<endUser actorID=\"{name}\"><actorName>{name}</actorName></endUser>");
    let action = |who: &str, what: &str| {
        format!(
            "<plannedAction><initiator><refersTo actorIDref=\"{who}\"/><initiatorLabel>{what}</initiatorLabel>\
             </initiator></plannedAction>"
        )
    };
    let journey = |actors: &[&str]| {
        let actors: String = actors.iter().map(|name| end_user(name)).collect();
        let tasks = action("Carl", "Orders") + &action("Anna", "Opens");
        let text = format!("<actors>{actors}</actors><touchpoints>{tasks}</touchpoints>");
        format!("<CJML version=\"2.0\"><plannedJourney><journeyID>P</journeyID>{text}</plannedJourney></CJML>")
    };
    let who = |map: &JourneyMap| {
        let name = |id| map.persona(id).unwrap().name.clone();
        map.touchpoints()
            .map(|(_, t)| (t.title.clone(), t.importance.keys().map(name).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    let map = read(MapFormat::Cjml, &journey(&["Carl", "Anna"])).map;
    let wanted = [("Orders", "Carl"), ("Opens", "Anna")].map(|(what, name)| (what.to_owned(), vec![name.to_owned()]));
    assert_eq!(who(&map), wanted);
    let written = MapFormat::Cjml.write(&map);
    assert!(!listing(&written.losses, 3).contains("importance"), "{}", listing(&written.losses, 3));
    assert_eq!(who(&read(MapFormat::Cjml, &written.text).map), wanted);
    // One alone is on every touchpoint anyway.
    assert!(read(MapFormat::Cjml, &journey(&["Carl"])).map.touchpoints().all(|(_, t)| t.importance.is_empty()));
}

#[test]
fn what_is_lost_of_the_examples_is_told() {
    for path in examples() {
        let map = file::load(&path).unwrap();
        for format in MapFormat::ALL {
            assert_told(format, &map);
        }
        let losses = MapFormat::Long.write(&map).losses;
        let told = listing(&losses, 3);
        assert!(!told.contains("notes"), "{told}");
        assert_eq!(MapFormat::Rihla.write(&map).losses, []);
    }
}

#[test]
fn a_title_that_xml_cannot_say_is_told_as_lost() {
    let mut map = generate(1, 1, 1);
    let id = map.touchpoints().next().unwrap().1.id.clone();
    rihla::edit::update_touchpoint(&mut map, &id, |t| {
        t.title = "\0".into();
        t.notes = "a".into();
    })
    .unwrap();
    assert_told(MapFormat::Cjml, &map);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_is_not_told_as_lost_comes_back(map in map()) {
        let map = as_read(&map);
        for format in MapFormat::ALL {
            assert_told(format, &map);
        }
    }
}

/// Pieces of all formats.
const PIECES: [&str; 40] = [
    "journey",
    "\n",
    "title ",
    "section ",
    ": 5: Me",
    ":",
    ",",
    ";",
    "#35;",
    "#",
    "%%",
    "%%{",
    "}%%",
    "---\n",
    "```",
    "<br>",
    "stage",
    "title",
    "lane",
    "emotion",
    "\"",
    "\t",
    "|",
    "- ",
    "# ",
    "## ",
    "  ",
    "{",
    "}",
    "[",
    "]",
    "\"nodes\":",
    "\"stages\":",
    "<CJML version=\"2.0\">",
    "<plannedJourney>",
    "</",
    ">",
    "&",
    "accDescr {",
    "۵",
];

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn readers_never_panic_on_any_text(pieces in vec(select(&PIECES[..]), 0..40), text in text(), more in vec(any::<char>(), 0..40)) {
        for format in MapFormat::ALL {
            assert_reads(format, &pieces.concat());
            assert_reads(format, &text);
            assert_reads(format, &String::from_iter(&more));
        }
    }

    #[test]
    fn readers_never_panic_on_files_with_slips(map in map(), slips in vec(slip(), 1..4)) {
        for format in MapFormat::ALL {
            let text = format.write(&map).text;
            assert_reads(format, &slips.iter().fold(text, |text, slip: &Slip| slip.apply(&text)));
        }
    }
}

/// `text` as Mermaid shows it: on one line but for `<br>`, without what nobody sees.
fn shown_by_mermaid(text: &str) -> String {
    let is_space = |c: char| matches!(c, '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let seen = text.trim().chars().map(|c| if is_space(c) { ' ' } else { c });
    let seen: String = seen.filter(|c| *c == '\n' || (!c.is_control() && *c != '\u{FEFF}')).collect();
    seen.trim().to_owned()
}

/// What Mermaid must find in the journey of `map`.
fn expected_of_mermaid(map: &JourneyMap) -> serde_json::Value {
    let actors = |t: &Touchpoint| {
        let all = map.personas.iter().enumerate().filter(|(_, p)| t.names(&p.id));
        let name = |(at, p): (usize, &Arc<rihla::model::Persona>)| match shown_by_mermaid(&p.name) {
            name if name.is_empty() => format!("Persona {}", at + 1),
            name => name,
        };
        all.map(name).collect::<Vec<_>>()
    };
    let score = |t: &Touchpoint| {
        let of = |p: &Arc<rihla::model::Persona>| t.emotion_of(Some(&p.id));
        let emotion = t.emotion.or_else(|| map.personas.iter().filter(|p| t.names(&p.id)).find_map(of));
        emotion.map_or(3, |e| (3.0 + f64::from(e.get()) * 0.4).round() as i64)
    };
    let tasks: Vec<serde_json::Value> = told(map, |t| (shown_by_mermaid(&t.title), score(t), actors(t)))
        .into_iter()
        .flat_map(|(stage, tasks)| {
            tasks.into_iter().map(move |(task, score, people)| (shown_by_mermaid(&stage), task, score, people))
        })
        .map(|(section, task, score, people)| serde_json::json!([section, task, score, people]))
        .collect();
    let sections: Vec<String> = map.stages.iter().map(|stage| shown_by_mermaid(&stage.name)).collect();
    serde_json::json!({ "sections": sections, "tasks": tasks })
}

/// Writes journeys with what must be found in them under `target/mermaid/`, for `scripts/mermaid.sh`.
#[test]
#[ignore = "writes files for Mermaid's own parser; scripts/mermaid.sh runs both"]
fn journeys_for_mermaids_own_parser() {
    use proptest::strategy::ValueTree as _;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/mermaid");
    std::fs::create_dir_all(&folder).unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let random = (0..1000).map(|_| as_read(&map().new_tree(&mut runner).unwrap().current()));
    let maps = examples().into_iter().map(|path| file::load(&path).unwrap()).chain(random);
    for (n, map) in maps.enumerate() {
        std::fs::write(folder.join(format!("{n:04}.mmd")), MapFormat::Mermaid.write(&map).text).unwrap();
        std::fs::write(folder.join(format!("{n:04}.json")), expected_of_mermaid(&map).to_string()).unwrap();
    }
}

#[test]
fn lanes_told_apart_by_what_nobody_sees_are_told_as_one() {
    let mut map =
        file::parse("(format: 1, stages: [(id: \"a\")], lanes: [(id: \"b\", name: \"Doing\"), (id: \"c\")])").unwrap();
    Arc::make_mut(&mut map.lanes[1]).name = "\u{0}Doing".into();
    for format in [MapFormat::Outline, MapFormat::Long, MapFormat::Matrix] {
        assert_told(format, &map);
    }
}

#[test]
fn an_emotion_of_one_persona_alone_is_told_as_changed() {
    let text = "(format: 1, personas: [(id: \"p\", name: \"P\")], stages: [(id: \"a\")], lanes: [(id: \"l\")], touchpoints: [\
                (step: \"a\", lane: \"l\", title: \"x\", emotions: {\"p\": -3}), (step: \"a\", lane: \"l\", emotion: 5)])";
    let map = file::parse(text).unwrap();
    assert_told(MapFormat::Mermaid, &map);
    assert!(listing(&MapFormat::Mermaid.write(&map).losses, 3).contains("that of one persona is written for all"));
}
