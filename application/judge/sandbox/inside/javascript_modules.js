// What `require` and `import` give: Node's modules that are nothing but computing. The rest is refused by name.
(function (library) {
  "use strict";
  const { ask, load, part, guarded } = library;
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, queueMicrotask } =
    globalThis;
  const bytes = part("javascript_bytes");
  const WITHIN = " is not available here: ";

  const output = (fd) => ({
    fd,
    isTTY: false,
    columns: 80,
    write(text) {
      ask.print(`${text}`);
      return true;
    },
  });
  const process = {
    argv: ["node", "solution.js"],
    env: {},
    platform: "linux",
    arch: "x64",
    pid: 1,
    exitCode: undefined,
    title: "node",
    version: ask.version(),
    versions: { node: ask.version().slice(1) },
    stdout: output(1),
    stderr: output(2),
    cwd: () => "/",
    uptime: () => ask.now() / 1000,
    exit(code) {
      ask.exit(+code || 0);
    },
    hrtime: Object.assign(
      (since = [0, 0]) => {
        const now = ask.now(),
          seconds = Math.floor(now / 1000) - since[0];
        const rest = Math.floor((now % 1000) * 1e6) - since[1];
        return rest < 0 ? [seconds - 1, rest + 1e9] : [seconds, rest];
      },
      { bigint: () => BigInt(Math.round(ask.now() * 1e6)) },
    ),
    memoryUsage: () => ({ rss: ask.memory() }),
    nextTick(callback, ...items) {
      queueMicrotask(() => {
        guarded(callback, items);
      });
    },
    emitWarning() {},
  };
  for (const name of ["on", "once", "off", "kill", "chdir", "binding"]) {
    process[name] = () => {
      throw new Error(`process.${name}${WITHIN}a program is one function that is called.`);
    };
  }

  const tag = (value) => Object.prototype.toString.call(value);
  const is = (kind) => (value) => tag(value) === `[object ${kind}]`;
  const types = { isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView) };
  for (const kind of "Date RegExp Map Set WeakMap WeakSet Promise ArrayBuffer SharedArrayBuffer DataView Symbol".split(
    " ",
  ))
    types[`is${kind}`] = is(kind);
  for (const kind of "Int8 Uint8 Int16 Uint16 Int32 Uint32 Float32 Float64 BigInt64 BigUint64".split(" "))
    types[`is${kind}Array`] = is(`${kind}Array`);
  types.isNativeError = (value) => value instanceof Error;
  types.isGeneratorFunction = (value) =>
    ["[object GeneratorFunction]", "[object AsyncGeneratorFunction]"].includes(tag(value));
  types.isAsyncFunction = is("AsyncFunction");
  const promised = Symbol.for("nodejs.util.promisify.custom");
  const promisify = (call) =>
    call[promised] ??
    function (...items) {
      return new Promise((resolve, reject) => {
        call.call(this, ...items, (error, value) => (error ? reject(error) : resolve(value)));
      });
    };
  promisify.custom = promised;
  const sleep = (delay, value) =>
    new Promise((resolve) => {
      setTimeout(resolve, delay, value);
    });
  setTimeout[promised] = sleep;
  const util = () => ({
    inspect: library.inspect,
    format: library.format,
    promisify,
    types,
    formatWithOptions: load("node-inspect-extracted").formatWithOptions,
    stripVTControlCharacters: load("node-inspect-extracted").stripVTControlCharacters,
    isDeepStrictEqual: (one, other) => part("javascript_assert").equal(one, other, true),
    callbackify: (call) =>
      function (...items) {
        const last = items.pop();
        call.apply(this, items).then((value) => last(null, value), last);
      },
    inherits(child, parent) {
      child.super_ = parent;
      Object.setPrototypeOf(child.prototype, parent.prototype);
    },
    deprecate: (call) => call,
    isArray: Array.isArray,
    TextEncoder: bytes.TextEncoder,
    TextDecoder: bytes.TextDecoder,
  });
  const hashing = (algorithm, key) => {
    let whole = library.Buffer.alloc(0);
    return {
      update(data, encoding) {
        whole = library.Buffer.concat([
          whole,
          typeof data === "string" ? library.Buffer.from(data, encoding) : library.Buffer.from(bytes.bytesOf(data)),
        ]);
        return this;
      },
      digest(encoding) {
        let found;
        try {
          found = library.Buffer.from(ask.hash(algorithm, key, bytes.bytesOf(whole)), "latin1");
        } catch {
          throw new Error(`Digest method not supported: ${algorithm}`);
        }
        return encoding && encoding !== "buffer" ? found.toString(encoding) : found;
      },
    };
  };
  const random = (size) => {
    const made = new Uint8Array(size);
    ask.random(made);
    return library.Buffer.from(made.buffer);
  };
  const cryptography = () => ({
    ...bytes.crypto,
    webcrypto: bytes.crypto,
    randomBytes: random,
    createHash: (algorithm) => hashing(`${algorithm}`, null),
    createHmac: (algorithm, key) =>
      hashing(`${algorithm}`, typeof key === "string" ? new bytes.TextEncoder().encode(key) : bytes.bytesOf(key)),
    randomInt(low, high) {
      const [least, most] = high === undefined ? [0, low] : [low, high];
      return least + Math.floor((random(6).readUIntBE(0, 6) / 2 ** 48) * (most - least));
    },
  });
  const unescaping = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const querystring = () => {
    const stringify = (object, and = "&", is = "=") =>
      Object.entries(object ?? {})
        .flatMap(([name, value]) =>
          [value].flat().map((item) => encodeURIComponent(name) + is + encodeURIComponent(item ?? "")),
        )
        .join(and);
    const parse = (text, and = "&", is = "=") => {
      const found = { __proto__: null };
      for (const pair of text ? `${text}`.split(and) : []) {
        const at = pair.indexOf(is),
          [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + is.length)];
        const [key, item] = [name, value].map((part) => unescaping(part.replace(/\+/g, " ")));
        found[key] = key in found ? [found[key], item].flat() : item;
      }
      return found;
    };
    return { stringify, parse, encode: stringify, decode: parse, escape: encodeURIComponent, unescape: unescaping };
  };
  const emitting = () => Object.assign(load("events"), { EventEmitter: load("events") });
  const posix = () => {
    const path = load("path-browserify");
    return Object.assign(path, { posix: path });
  };

  const AVAILABLE = {
    assert: () => part("javascript_assert").asserting(),
    "assert/strict": () => require("assert").strict,
    buffer: () => ({ ...load("buffer"), atob: bytes.atob, btoa: bytes.btoa }),
    console: () => part("javascript_console").console,
    crypto: cryptography,
    events: emitting,
    path: posix,
    "path/posix": posix,
    perf_hooks: () => ({ performance: part("javascript_events").performance }),
    process: () => process,
    punycode: () => load("punycode"),
    querystring,
    string_decoder: () => load("string_decoder"),
    timers: () => ({ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate }),
    "timers/promises": () => ({
      setTimeout: sleep,
      setImmediate: (value) =>
        new Promise((resolve) => {
          setImmediate(resolve, value);
        }),
    }),
    url: () => ({ ...part("javascript_urls") }),
    util,
    "util/types": () => types,
  };
  const REASONS = {
    "a program has no files": "fs fs/promises",
    "the function is given its arguments, and nothing is on standard input": "readline readline/promises tty",
    "there is no network": "net http https http2 tls dns dns/promises dgram",
    "a program is one process with one thread": "child_process cluster worker_threads",
    "it is not only computing":
      "async_hooks diagnostics_channel domain inspector module os repl sqlite stream stream/promises " +
      "sys test trace_events v8 vm wasi zlib",
  };
  const loaded = new Map();
  function require(name) {
    const plain = `${name}`.replace(/^node:/, "");
    if (loaded.has(plain)) return loaded.get(plain);
    if (Object.hasOwn(AVAILABLE, plain)) {
      loaded.set(plain, AVAILABLE[plain]());
      return loaded.get(plain);
    }
    let reason = "there are no packages, only " + Object.keys(AVAILABLE).join(", ");
    if (/^[./]/.test(plain)) reason = "a program is one file";
    for (const [why, names] of Object.entries(REASONS)) if (names.split(" ").includes(plain)) reason = why;
    throw new Error(`The module "${plain}"${WITHIN}${reason}.`);
  }
  return { process, require };
});
