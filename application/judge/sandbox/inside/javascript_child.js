// Answers calls of a player's JavaScript function, one after another, each in a fresh context of this one process.
//
// Requests come on descriptor 0 and answers go to descriptor 3, both as frames: a line with the length in bytes, and
// JSON. An answer is {"value": ..., "memory_kib"} or {"verdict", "message"} in the words of judge.verdicts. Console
// output goes to descriptor 1. The arguments are the other files of ours: what is run in each context
// (javascript_context.js), and what programs there may load.
//
// Two rules keep a program in its context. Only primitives and byte arrays go from here into a context, beside the
// functions of `outer`, which no program ever holds: those in the context that call them keep them in closures, and let
// no error of theirs through. And nothing here looks into a value of a context: what a program made is given back to
// functions of its own context, which turn it into text. A program that breaks out all the same gains this process,
// which is used for no other submission, and spoils its own answers.
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const { SourceMap } = require("module");
const path = require("path");
const { performance } = require("perf_hooks");
const vm = require("vm");
// Of Node's own, there by --expose-internals.
const { internalBinding } = require("internal/test/binding");
const { decorateErrorStack } = require("internal/util");

const FILENAME = "solution.js";
const FOUND = "codemaze found";
const MAX_MESSAGE = 4000;
const MAX_RESULT = 1024 * 1024;
const OURS = new Map(process.argv.slice(2).map((file) => [path.basename(file, ".js"), file]));
const { parse, stringify } = JSON;
const exit = process.exit.bind(process);
const usage = process.resourceUsage.bind(process);
const { version } = process;
const resident = process.memoryUsage.rss;

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

// --- the player's program, read once for all its tests

class Program {
  constructor(request) {
    this.code = request.code;
    let text = this.code;
    if (request.file !== undefined) {
      text = fs.readFileSync(request.file, "utf8");
      const map = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(text);
      this.original = map && new SourceMap(parse(Buffer.from(map[1], "base64").toString("utf8")));
    }
    this.text = text;
    this.name = request.function;
    this.find = new vm.Script(`typeof ${this.name} === "function" ? ${this.name} : undefined`, {
      filename: "/judge/find",
    });
    try {
      this.script = new vm.Script(text, { filename: FILENAME });
    } catch (error) {
      this.complaint = told(error);
      const other = this.moduleComplaint(vm.createContext(), text);
      this.isModule = other === null;
      if (other !== null && /^\s*(import\b[^(]|export\b)/m.test(text)) this.complaint = other;
    }
  }

  // What is wrong with it as a module, null when it is one.
  moduleComplaint(context, text) {
    try {
      return new vm.SourceTextModule(text, { context, identifier: FILENAME }) && null;
    } catch (error) {
      return told(error);
    }
  }

  // The module with one line more, through which its function is found when it is not exported.
  module(context) {
    const found = `() => typeof ${this.name} === "function" ? ${this.name} : undefined`;
    const line = `\nconst codemaze$found = ${found}; export { codemaze$found as "${FOUND}" };`;
    return new vm.SourceTextModule(this.text + line, { context, identifier: FILENAME });
  }

  // A text with the places of what the player wrote in place of those of what it was compiled to.
  asWritten(text) {
    return this.original
      ? text.replace(/solution\.js:(\d+):(\d+)/g, (place, line, column) => {
          const entry = this.original.findEntry(line - 1, column - 1);
          if (entry.originalLine === undefined) return place;
          return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
        })
      : text;
  }
}

// A complaint about code that has not been run: where, and what.
function told(error) {
  decorateErrorStack(error);
  const lines = String(error.stack).split("\n");
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  const text = (first < 0 ? lines : lines.slice(0, first)).join("\n");
  return text.replace(/\n( *\^+)\n(?=\S)/, "\n$1\n\n").slice(0, MAX_MESSAGE);
}

// A sentence about what stands in the way of a function that is not there, from the text alone.
function hint(code, name) {
  const named = `(?<![\\w$.])${name.replace(/\$/g, "\\$")}(?![\\w$])`;
  const holder = new RegExp(`\\bclass\\s+([\\w$]+)[^]*?(?:^|[{};\\s])${named}\\s*(?:\\([^)]*\\)\\s*\\{|=)`, "m").exec(
    code,
  );
  if (holder) return ` Write it as a function of its own, outside of class ${holder[1]}.`;
  if (new RegExp(`\\bfunction\\b\\s*\\*?\\s*${named}|\\b(?:const|let|var)\\s+${named}`).test(code)) {
    if (new RegExp(`^(?:const|let|var)\\s+${named}`, "m").test(code))
      return ` What it calls ${name} is not a function.`;
    return " It is defined within something else; define it at the top level.";
  }
  const plain = (word) => word.replace(/[_$]/g, "").toLowerCase();
  const declared = /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b\s*\*?\s*([\w$]+)/gm;
  const assigned = /^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*=\s*(?:async\b\s*)?(?:function\b|\(|[\w$]+\s*=>)/gm;
  const others = [...code.matchAll(declared), ...code.matchAll(assigned)].map((match) => match[1]);
  const alike = others.find((other) => plain(other) === plain(name)) || (others.length === 1 && others[0]);
  return alike ? ` It defines ${alike}; name it ${name}.` : "";
}

// --- tests

// The number of the call that is being answered; nothing of an earlier one is listened to.
let current = 0;
let pending = false;
let starting = false;
let program = null;
// The functions of the context in use that are called from here.
let inner = null;
const timers = new Map();

function answer(outcome) {
  pending = false;
  for (const timer of timers.values()) (clearTimeout(timer), clearImmediate(timer));
  timers.clear();
  let text = typeof outcome === "string" ? outcome : stringify(outcome);
  if (text.length > MAX_RESULT)
    text = stringify({ verdict: "output_limit", message: "The returned value is too large." });
  const body = Buffer.from(text, "utf8");
  writeFully(3, Buffer.concat([Buffer.from(`${body.length}\n`), body]));
  if (!starting) serve();
}

function failed(text) {
  const message = program.asWritten(`${text}`.slice(0, MAX_MESSAGE));
  const memory = /^RangeError: (Array buffer allocation failed|WebAssembly.*could not allocate)/.test(message);
  answer({ verdict: memory ? "memory_limit" : "runtime_error", message });
}

const scripts = new Map();

// One of our files as a function of a context. It is compiled once.
function loaded(context, name) {
  let script = scripts.get(name);
  if (script === undefined) {
    const ours = name.startsWith("javascript_");
    const text = fs.readFileSync(OURS.get(name), "utf8");
    script = new vm.Script(ours ? text : `(function (exports, module, require) {${text}\n})`, {
      filename: `/judge/${name}.js`,
    });
    scripts.set(name, script);
  }
  return script.runInContext(context, { displayErrors: false });
}

// Everything that a context may ask of this process. Each takes and returns primitives and fresh byte arrays.
function outerOf(number, context) {
  const listened = () => pending && number === current;
  return {
    print(text) {
      if (number === current) writeFully(1, Buffer.from(program.asWritten(`${text}`), "utf8"));
    },
    returned(json) {
      if (listened()) answer(`{"value": ${json}, "memory_kib": ${usage().maxRSS | 0}}`);
    },
    unfit(message) {
      if (listened()) answer({ verdict: "wrong_answer", message: `${message}`.slice(0, MAX_MESSAGE) });
    },
    threw(text) {
      if (listened()) failed(text);
    },
    missing() {
      if (listened()) failed(`The program defines no function ${program.name}.${hint(program.text, program.name)}`);
    },
    load: (name) => loaded(context, `${name}`),
    later(id, delay, now) {
      if (!listened()) return;
      const fire = () => {
        timers.delete(id);
        if (number === current) inner.fire(id);
      };
      timers.set(id, now ? setImmediate(fire) : setTimeout(fire, +delay));
    },
    cancel(id) {
      clearTimeout(timers.get(id));
      clearImmediate(timers.get(id));
      timers.delete(id);
    },
    hold(id, held) {
      if (timers.has(id)) timers.get(id)[held ? "ref" : "unref"]();
    },
    exit(code) {
      exit(code | 0);
    },
    version: () => version,
    now: () => performance.now(),
    memory: () => resident(),
    random(bytes) {
      crypto.randomFillSync(bytes);
    },
    uuid: () => crypto.randomUUID(),
    hash(algorithm, key, bytes) {
      const made = key === null ? crypto.createHash(`${algorithm}`) : crypto.createHmac(`${algorithm}`, key);
      return made.update(bytes).digest("latin1");
    },
    encode: (text, bytes) => new TextEncoder().encodeInto(`${text}`, bytes).written,
    decode: (label, fatal, keep, bytes) => new TextDecoder(`${label}`, { fatal, ignoreBOM: keep }).decode(bytes),
    labelled: (label) => new TextDecoder(`${label}`).encoding,
    base64: (text) => Buffer.from(`${text}`, "latin1").toString("base64"),
    binary: (text) => Buffer.from(`${text}`, "base64").toString("latin1"),
    // A URL after one of its parts was set, as JSON; null when it is none.
    url(text, base, part, value) {
      try {
        const url = base === undefined ? new URL(`${text}`) : new URL(`${text}`, `${base}`);
        if (part !== undefined) url[part] = `${value}`;
        const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url;
        return stringify({ href, origin, protocol, username, password, host, hostname, port, pathname, search, hash });
      } catch {
        return null;
      }
    },
    query: (text) => stringify([...new URLSearchParams(`${text}`)]),
    queried: (pairs) => `${new URLSearchParams(parse(pairs))}`,
  };
}

async function evaluated(context) {
  const module = program.module(context);
  await module.link((name) => {
    const names = parse(inner.offered(name));
    return new vm.SyntheticModule(
      names,
      function () {
        for (const each of names) this.setExport(each, inner.exported(name, each));
      },
      { context, identifier: name },
    );
  });
  await module.evaluate();
  return module.namespace;
}

function start(request) {
  if (program === null) program = new Program(request);
  if (!program.script && !program.isModule)
    return answer({ verdict: "compile_error", message: program.asWritten(program.complaint) });
  const context = vm.createContext(vm.constants?.DONT_CONTEXTIFY ?? Object.create(null));
  const number = current,
    args = stringify(request.args);
  const own = (inner = loaded(context, "javascript_context")(outerOf(number, context)));
  if (program.isModule) {
    evaluated(context).then(
      (space) => own.call(args, space[FOUND](), space[program.name], space.default),
      (error) => own.caught(error),
    );
    return;
  }
  try {
    program.script.runInContext(context, { displayErrors: false });
  } catch (error) {
    return own.caught(error);
  }
  own.call(
    args,
    program.find.runInContext(context, { displayErrors: false }),
    own.exports(program.name),
    own.exports("default"),
  );
}

function serve() {
  for (;;) {
    const request = parse(readFrame());
    current++;
    pending = starting = true;
    try {
      start(request);
    } catch (error) {
      fs.writeSync(2, `${error?.stack}`);
      exit(70);
    }
    starting = false;
    if (pending) return;
  }
}

// Nothing is left that could settle what is waited for.
process.on("beforeExit", () => {
  const which = inner.called() ? "The returned promise" : "A promise that the program waits for";
  if (pending) answer({ verdict: "runtime_error", message: `${which} never settles.` });
});
process.setUncaughtExceptionCaptureCallback((error) => {
  if (pending) inner.caught(error);
  else serve();
});

// What import() gives is made by the context that asks: Node's own way makes a promise of the realm we are in.
internalBinding("module_wrap").setImportModuleDynamicallyCallback((_, name) => inner.import(name));

// A program that breaks out finds less.
for (const name of ["binding", "_linkedBinding", "dlopen", "getBuiltinModule", "mainModule"]) delete process[name];
for (const name of ["process", "global", "fetch"]) delete globalThis[name];

writeFully(3, Buffer.from("0\n"));
serve();
