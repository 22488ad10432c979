// Answers calls of a player's JavaScript function, one after another, each in a fresh context of this one process.
//
// Requests come on descriptor 0 and answers go to descriptor 3, both as frames: a line with the length in bytes, and JSON.
// An answer is {"value": ..., "memory_kib"} or {"verdict", "message"} in the words of judge.verdicts. Console output goes to descriptor 1. A program that breaks out of
// its context gains this process and spoils its own answers: what is expected is not known here, and the sandbox is
// around it.
"use strict";

const fs = require("fs");
const { SourceMap } = require("module");
const util = require("util");
const vm = require("vm");

const FILENAME = "solution.js";
const MAX_MESSAGE = 4000;
const MAX_RESULT = 1024 * 1024;
const { parse, stringify } = JSON;
const exit = process.exit.bind(process);
const usage = process.resourceUsage.bind(process);

// The number of the call that is being answered; a promise of an earlier one that settles late is not listened to.
let current = 0;
let pending = false;
// Where each place of a compiled program was in what the player wrote.
let original = null;

// What has been read of descriptor 0 and not been used yet.
let unread = Buffer.alloc(0);

function readMore() {
  const chunk = Buffer.allocUnsafe(65536);
  const read = fs.readSync(0, chunk, 0, chunk.length, null);
  if (read === 0) exit(0);
  unread = Buffer.concat([unread, chunk.subarray(0, read)]);
}

function readFrame() {
  let end;
  while ((end = unread.indexOf(10)) < 0) readMore();
  const stop = end + 1 + Number(unread.toString("latin1", 0, end));
  while (unread.length < stop) readMore();
  const text = unread.toString("utf8", end + 1, stop);
  unread = unread.subarray(stop);
  return text;
}

function writeFully(descriptor, buffer) {
  let written = 0;
  while (written < buffer.length) {
    try {
      written += fs.writeSync(descriptor, buffer, written);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function answer(outcome) {
  pending = false;
  let text = typeof outcome === "string" ? outcome : stringify(outcome);
  if (text.length > MAX_RESULT) text = stringify({ verdict: "output_limit", message: "The returned value is too large." });
  const body = Buffer.from(text, "utf8");
  writeFully(3, Buffer.concat([Buffer.from(`${body.length}\n`), body]));
}

// Runs inside each context before the player's code, and keeps what it needs of the language as it was then.
const PRELUDE = new vm.Script(`(function (print, later, cancel) {
  "use strict";
  const { isArray } = Array, { keys } = Object, { stringify, parse } = JSON;
  const { isFinite } = Number, { apply } = Reflect, describe = Object.prototype.toString;
  const console = {};
  for (const name of ["log", "info", "debug", "warn", "error"]) console[name] = (...items) => { print(items); };
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  define("console", console);
  define("setTimeout", (callback, delay, ...items) => later(() => { callback(...items); }, +delay || 0));
  define("clearTimeout", (id) => { cancel(id); });
  define("queueMicrotask", (callback) => { Promise.resolve().then(() => { callback(); }); });
  define("module", { exports: {} });
  define("exports", globalThis.module.exports);
  let count;
  function fail(path, reason) { return { failure: "value" + path + " " + reason }; }
  function encode(value, path, depth) {
    if (++count > 1000000) return fail("", "holds more than 1000000 values");
    if (depth > 60) return fail("", "nests deeper than 60 levels, or contains itself");
    if (value === null) return "null";
    switch (typeof value) {
      case "undefined": return fail(path, "is undefined; is a return missing?");
      case "boolean": return value ? "true" : "false";
      case "number":
        if (!isFinite(value)) return fail(path, "is " + value + ", not a finite number");
        return value === 0 ? "0" : stringify(value);
      case "string": return stringify(value);
      case "bigint": return fail(path, "is a BigInt, which no answer has; return a number");
      case "object": break;
      default: return fail(path, "is a " + typeof value + ", which no answer has");
    }
    let text = "";
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const item = encode(value[i], path.length < 60 ? path + "[" + i + "]" : path, depth + 1);
        if (typeof item === "object") return item;
        text += (i ? "," : "") + item;
      }
      return "[" + text + "]";
    }
    const kind = apply(describe, value, []);
    if (kind !== "[object Object]") {
      const hint = kind === "[object Map]" ? "; return Object.fromEntries(it)" : "; return an array";
      return fail(path, "is " + kind.slice(8, -1) + ", which no answer has" + hint);
    }
    const names = keys(value);
    for (let i = 0; i < names.length; i++) {
      const item = encode(value[names[i]], path.length < 60 ? path + "[" + stringify(names[i]) + "]" : path, depth + 1);
      if (typeof item === "object") return item;
      text += (i ? "," : "") + stringify(names[i]) + ":" + item;
    }
    return "{" + text + "}";
  }
  return {
    call(target, text) { return target(...parse(text)); },
    encode(value) { count = 0; return encode(value, "", 0); },
  };
})`, { filename: "prelude.js" });

function print(items) {
  let text;
  try {
    text = util.format(...items);
  } catch {
    text = "[a value that cannot be shown]";
  }
  writeFully(1, Buffer.from(text + "\n", "utf8"));
}

function programOf(request) {
  if (request.file === undefined) return request.code;
  const code = fs.readFileSync(request.file, "utf8");
  const map = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code);
  original = map && new SourceMap(parse(Buffer.from(map[1], "base64").toString("utf8")));
  return code;
}

function asWritten(place, line, column) {
  const entry = original.findEntry(line - 1, column - 1);
  return entry.originalLine === undefined ? place : `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

// The error as Node shows it, with the frames of the player's own code only.
function explain(error) {
  let text;
  try {
    if (error !== null && typeof error === "object" && typeof error.stack === "string") {
      const lines = error.stack.split("\n");
      const first = lines.findIndex((line) => /^\s+at /.test(line));
      const head = first < 0 ? lines : lines.slice(0, first);
      const frames = first < 0 ? [] : lines.slice(first).filter((line) => line.includes(FILENAME));
      text = [...head, ...frames.slice(0, 8)].join("\n");
      if (original) text = text.replace(/solution\.js:(\d+):(\d+)/g, asWritten);
    } else {
      text = "Uncaught " + util.inspect(error, { depth: 1 });
    }
  } catch {
    text = "The program threw a value that cannot be shown.";
  }
  return text.slice(0, MAX_MESSAGE);
}

function failed(error) {
  const message = explain(error);
  const memory = /^RangeError: (Array buffer allocation failed|WebAssembly.*could not allocate)/.test(message);
  return { verdict: memory ? "memory_limit" : "runtime_error", message };
}

async function run(request) {
  let script;
  try {
    script = new vm.Script(programOf(request), { filename: FILENAME });
  } catch (error) {
    return { verdict: "compile_error", message: explain(error) };
  }
  const timers = new Set();
  const later = (callback, delay) => {
    const timer = setTimeout(() => { timers.delete(timer); callback(); }, delay);
    timers.add(timer);
    return timer[Symbol.toPrimitive]();
  };
  try {
    const context = vm.createContext(Object.create(null), { name: FILENAME });
    const inner = PRELUDE.runInContext(context)(print, later, (id) => clearTimeout(id));
    script.runInContext(context);
    const target = new vm.Script(`typeof ${request.function} === "function" ? ${request.function} : null`).runInContext(context);
    if (typeof target !== "function") {
      return { verdict: "runtime_error", message: `The program defines no function ${request.function}.` };
    }
    const value = await inner.call(target, stringify(request.args));
    const encoded = inner.encode(value);
    if (typeof encoded !== "string") return { verdict: "wrong_answer", message: String(encoded.failure).slice(0, MAX_MESSAGE) };
    return `{"value": ${encoded}, "memory_kib": ${usage().maxRSS | 0}}`;
  } catch (error) {
    return failed(error);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

// Nothing is left that could settle the promise that the player's function returned.
process.on("beforeExit", () => {
  if (pending) answer({ verdict: "runtime_error", message: "The returned promise never settles." });
  serve();
});
// A rejection that nobody handles does not change what the function returned.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", (error) => {
  if (pending) answer(failed(error));
  serve();
});

async function serve() {
  for (;;) {
    const request = parse(readFrame());
    const number = ++current;
    pending = true;
    const outcome = await run(request);
    if (!pending || number !== current) return;
    answer(outcome);
  }
}

writeFully(3, Buffer.from("0\n"));
serve();
