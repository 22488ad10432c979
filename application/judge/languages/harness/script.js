// Runs a whole script in a call: what it prints goes to the console, what it complains about is returned. Around it is
// as much of Node as programs that read their input use.
async function main(script, given) {
  const NAME = "main.js", KEPT = 65536, ENDED = {};
  const print = console.log, later = setTimeout, cancel = clearTimeout, known = require;
  let complaints = "", pending = 0, failed = false, loose = "";

  const write = (text) => {
    const parts = (loose + text).split("\n");
    loose = parts.pop();
    for (const part of parts) print("%s", part);
    return true;
  };
  const complain = (text) => { if (complaints.length < KEPT) complaints += text + "\n"; };
  const explain = (error) => {
    if (error === null || typeof error !== "object" || typeof error.stack !== "string") return "Uncaught " + String(error);
    const lines = error.stack.split("\n"), first = lines.findIndex((line) => /^\s+at /.test(line));
    if (first < 0) return error.stack;
    return [...lines.slice(0, first), ...lines.slice(first).filter((line) => line.includes(NAME))].join("\n");
  };
  const shown = (item) => {
    if (item === null || typeof item !== "object") return String(item);
    return typeof item.stack === "string" ? explain(item) : JSON.stringify(item);
  };
  const guarded = (callback, ...items) => {
    if (failed) return;
    try {
      callback(...items);
    } catch (error) {
      failed = true;
      if (error !== ENDED) complain(explain(error));
    }
  };
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

  // --- time

  const timers = new Map();
  let count = 0;
  const once = (callback, delay, items, again) => {
    const id = ++count;
    const set = () => timers.set(id, later(() => {
      if (!again) { timers.delete(id); pending--; }
      guarded(callback, ...items);
      if (again && timers.has(id)) set();
    }, delay));
    pending++;
    set();
    return id;
  };
  const clear = (id) => {
    if (!timers.has(id)) return;
    cancel(timers.get(id));
    timers.delete(id);
    pending--;
  };
  define("setTimeout", (callback, delay, ...items) => once(callback, delay, items, false));
  define("setImmediate", (callback, ...items) => once(callback, 0, items, false));
  define("setInterval", (callback, delay, ...items) => once(callback, Math.max(1, +delay || 1), items, true));
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) define(name, clear);

  // --- what is read

  const listeners = () => {
    const heard = {};
    const on = function (name, callback) { (heard[name] ??= []).push(callback); start(); return this; };
    const tell = (name, ...items) => { for (const callback of heard[name] ?? []) guarded(callback, ...items); };
    let started = false, feed = () => {};
    const start = () => { if (!started) { started = true; once(() => feed(tell), 0, [], false); } };
    return { on, feeds: (feeding) => { feed = feeding; } };
  };
  const lines = given === "" ? [] : given.replace(/\n$/, "").split("\n").map((line) => line.replace(/\r$/, ""));
  let next = 0;
  const stdin = listeners();
  stdin.feeds((tell) => { if (given !== "") tell("data", given); tell("end"); tell("close"); });
  const input = {
    on: stdin.on, once: stdin.on, addListener: stdin.on, setEncoding() { return input; }, resume() { return input; },
    pause() { return input; }, fd: 0, isTTY: false, async *[Symbol.asyncIterator]() { if (given !== "") yield given; },
  };
  const createInterface = () => {
    const source = listeners();
    let closed = false;
    const reader = {
      on: source.on, once: source.on, addListener: source.on, setPrompt() {}, prompt() {}, pause() {}, resume() {},
      close() { closed = true; },
      question(text, ...rest) {
        const answer = rest[rest.length - 1];
        write(String(text));
        if (next < lines.length) once(answer, 0, [lines[next++]], false);
      },
      async *[Symbol.asyncIterator]() { while (next < lines.length && !closed) yield lines[next++]; },
    };
    source.feeds((tell) => {
      while (next < lines.length && !closed) tell("line", lines[next++]);
      tell("close");
    });
    return reader;
  };
  const readline = { createInterface };
  const fs = {
    readFileSync(file, how) {
      if (file !== 0 && file !== "/dev/stdin") throw new Error(`ENOENT: no such file or directory, open '${file}'`);
      return how ? given : { toString: () => given, trim: () => given.trim(), split: (by) => given.split(by) };
    },
  };
  const process = {
    argv: ["node", NAME], env: {}, platform: "linux", stdin: input, exitCode: 0,
    stdout: { write: (text) => write(String(text)), isTTY: false },
    stderr: { write: (text) => { complaints += String(text).slice(0, KEPT); return true; } },
    exit() { failed = true; throw ENDED; },
    on() { return process; },
    nextTick(callback, ...items) { Promise.resolve().then(() => guarded(callback, ...items)); },
  };
  const modules = { fs, readline, process, "readline/promises": {
    createInterface: () => {
      const reader = createInterface();
      return { ...reader, question: (text) => new Promise((answer) => reader.question(text, answer)) };
    },
  } };
  define("process", process);
  define("require", (name) => {
    return modules[String(name).replace(/^node:/, "")] ?? known(name);
  });

  // --- what is printed

  for (const name of ["log", "info", "debug"]) {
    console[name] = (...items) => {
      const before = loose;
      loose = "";
      if (before === "") print(...items);
      else print("%s" + items.map((item) => (typeof item === "string" ? "%s" : "%O")).join(" "), before, ...items);
    };
  }
  for (const name of ["warn", "error", "trace"]) {
    console[name] = (...items) => complain(items.map(shown).join(" "));
  }

  guarded(() => { (0, eval)(script + "\n//# sourceURL=" + NAME); });
  // Between two timers everything that was promised has been kept, if anything is going to keep it.
  do await new Promise((settled) => later(settled, pending ? 1 : 0)); while (pending && !failed);
  if (loose !== "") print("%s", loose);
  return complaints.slice(0, KEPT);
}
