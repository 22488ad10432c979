// Reads the arguments of one call from standard input and writes what the player's function returned to descriptor 3.
// The format of the input is described in judge/languages/tokens.py.

use std::alloc::{GlobalAlloc, Layout, System};
use std::any::Any;
use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{stdin, stdout, Read as _, Write as _};
use std::mem::ManuallyDrop;
use std::os::unix::io::FromRawFd;
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};
use std::process::exit;

// --- arguments

pub struct Input {
    text: String,
    at: usize,
}

impl Input {
    fn line(&mut self) -> &str {
        let start = self.at;
        let size = self.text[start..].find('\n').expect("the input ends early");
        self.at = start + size + 1;
        &self.text[start..start + size]
    }

    fn count(&mut self) -> usize {
        i64::read(self) as usize
    }
}

pub trait Read {
    fn read(input: &mut Input) -> Self;
}

impl Read for i64 {
    fn read(input: &mut Input) -> Self {
        input.line().parse().expect("not an int")
    }
}

impl Read for f64 {
    fn read(input: &mut Input) -> Self {
        input.line().parse().expect("not a float")
    }
}

impl Read for bool {
    fn read(input: &mut Input) -> Self {
        input.line() == "1"
    }
}

impl Read for String {
    fn read(input: &mut Input) -> Self {
        let size = input.count();
        let start = input.at;
        input.at += size + 1;
        input.text[start..start + size].to_string()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(input: &mut Input) -> Self {
        (0..input.count()).map(|_| T::read(input)).collect()
    }
}

impl<T: Read> Read for HashMap<String, T> {
    fn read(input: &mut Input) -> Self {
        (0..input.count()).map(|_| (String::read(input), T::read(input))).collect()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(input: &mut Input) -> Self {
        if bool::read(input) { Some(T::read(input)) } else { None }
    }
}

// --- the answer, as JSON

/// Where in the value something is: `value[2]["key"]`, from the inside outwards.
pub enum Place<'a> {
    Whole,
    Item(&'a Place<'a>, usize),
    Entry(&'a Place<'a>, &'a str),
}

impl Place<'_> {
    fn text(&self) -> String {
        match self {
            Place::Whole => "value".to_string(),
            Place::Item(outer, index) => format!("{}[{}]", outer.text(), index),
            Place::Entry(outer, key) => format!("{}[\"{}\"]", outer.text(), key),
        }
    }
}

pub trait Write {
    fn write(&self, out: &mut String, place: &Place);
}

impl Write for i64 {
    fn write(&self, out: &mut String, _: &Place) {
        out.push_str(&self.to_string());
    }
}

impl Write for f64 {
    fn write(&self, out: &mut String, place: &Place) {
        if !self.is_finite() {
            let name = self.to_string().to_lowercase();
            refuse("wrong_answer", &format!("{} is {}, not a finite number", place.text(), name));
        }
        out.push_str(&format!("{:?}", self));
    }
}

impl Write for bool {
    fn write(&self, out: &mut String, _: &Place) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Write for str {
    fn write(&self, out: &mut String, _: &Place) {
        out.push('"');
        for c in self.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\0'..='\x1f' => out.push_str(&format!("\\u{:04x}", c as u32)),
                _ => out.push(c),
            }
        }
        out.push('"');
    }
}

impl Write for String {
    fn write(&self, out: &mut String, place: &Place) {
        self.as_str().write(out, place);
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut String, place: &Place) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item.write(out, &Place::Item(place, index));
        }
        out.push(']');
    }
}

impl<T: Write> Write for HashMap<String, T> {
    fn write(&self, out: &mut String, place: &Place) {
        out.push('{');
        for (index, (key, item)) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            key.write(out, place);
            out.push(':');
            item.write(out, &Place::Entry(place, key));
        }
        out.push('}');
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut String, place: &Place) {
        match self {
            Some(value) => value.write(out, place),
            None => out.push_str("null"),
        }
    }
}

// --- sending

fn send(answer: &[u8]) {
    // Descriptor 3 is not ours to close.
    let mut file = ManuallyDrop::new(unsafe { File::from_raw_fd(3) });
    let _ = file.write_all(answer);
}

fn refuse(verdict: &str, message: &str) -> ! {
    let short: String = message.chars().take(4000).collect();
    let mut answer = format!("{{\"verdict\":\"{}\",\"message\":", verdict);
    short.write(&mut answer, &Place::Whole);
    answer.push('}');
    let _ = stdout().flush();
    send(answer.as_bytes());
    exit(0)
}

/// The system's memory. Where there is none left the program ends with the verdict that says so; Rust itself would abort.
struct Memory;

fn given(memory: *mut u8) -> *mut u8 {
    if memory.is_null() {
        send(b"{\"verdict\":\"memory_limit\",\"message\":\"The program ran out of memory.\"}");
        exit(0);
    }
    memory
}

unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        given(System.alloc(layout))
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        given(System.alloc_zeroed(layout))
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        given(System.realloc(memory, layout, size))
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        System.dealloc(memory, layout)
    }
}

#[global_allocator]
static MEMORY: Memory = Memory;

// --- one call

thread_local! {
    static PANICKED_AT: Cell<Option<String>> = const { Cell::new(None) };
}

/// What was panicked with, as text.
fn told(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        text.to_string()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "The function panicked with something that is no text.".to_string()
    }
}

/// Calls `answer`, which returns the JSON of the result, and reports what came of it.
pub fn run(answer: fn(&mut Input) -> String) {
    let mut bytes = Vec::new();
    stdin().read_to_end(&mut bytes).expect("no input");
    let mut input = Input { text: String::from_utf8(bytes).expect("not UTF-8"), at: 0 };
    set_hook(Box::new(|info| {
        // The standard library's own files say nothing to the player.
        let place = info.location().filter(|place| place.file().ends_with("solution.rs"));
        let at = place.map(|place| format!("\nsolution.rs:{}:{}", place.line(), place.column()));
        PANICKED_AT.with(|last| last.set(at));
    }));
    match catch_unwind(AssertUnwindSafe(|| answer(&mut input))) {
        Ok(value) => {
            let _ = stdout().flush();
            send(format!("{{\"value\":{}}}", value).as_bytes());
            // Destructors of the player's statics and threads have nothing to add.
            exit(0)
        }
        Err(payload) => {
            let at = PANICKED_AT.with(|last| last.take()).unwrap_or_default();
            refuse("runtime_error", &(told(&*payload) + &at))
        }
    }
}
