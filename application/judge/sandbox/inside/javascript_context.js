// Runs inside each context before the player's code, and keeps what it needs of the language as it was then. `outer`
// has the functions of javascript_child.js; what is done with them is said there.
(function (outer) {
  "use strict";
  const { isArray } = Array,
    { keys, defineProperty } = Object,
    { stringify, parse } = JSON;
  const { isFinite } = Number,
    { apply } = Reflect;
  const { Error, String } = globalThis;
  const describe = Object.prototype.toString,
    describeError = Error.prototype.toString;
  const { includes, slice, split, startsWith } = String.prototype;

  // No error of the realm outside may come in: whatever it was, it is replaced by one of ours.
  const ask = { __proto__: null };
  for (const name of keys(outer)) {
    const call = outer[name];
    ask[name] = (a, b, c, d) => {
      try {
        return call(a, b, c, d);
      } catch {}
      throw new Error(name + " failed");
    };
  }
  const define = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  // A global that is made when it is first used.
  const defineLater = (name, make) =>
    defineProperty(globalThis, name, {
      get() {
        const value = make();
        define(name, value);
        return value;
      },
      set(value) {
        define(name, value);
      },
      configurable: true,
      enumerable: false,
    });

  // --- errors as the player sees them: without our frames

  defineProperty(Error, "prepareStackTrace", {
    writable: true,
    configurable: true,
    enumerable: false,
    value: (error, frames) => {
      let text;
      try {
        text = apply(describeError, error, []);
      } catch {
        text = "an error that cannot be shown";
      }
      for (let i = 0; i < frames.length; i++) {
        const frame = String(frames[i]);
        const ours = apply(includes, frame, ["/judge/"]) || apply(includes, frame, ["javascript_child.js"]);
        if (!ours && !apply(includes, frame, ["node:"])) text += "\n    at " + frame;
      }
      return text;
    },
  });

  function explain(error) {
    try {
      if (error === null || typeof error !== "object" || typeof error.stack !== "string") {
        return "Uncaught " + library.inspect(error, { depth: 1 });
      }
      const lines = apply(split, error.stack, ["\n"]);
      let text = "",
        frames = 0;
      for (let i = 0; i < lines.length; i++) {
        const line = lines[i],
          isFrame = apply(startsWith, line, ["    at "]);
        if (!isFrame && !frames) text += (i ? "\n" : "") + line;
        else if (isFrame && apply(includes, line, ["solution.js"]) && ++frames <= 8) text += "\n" + line;
      }
      return text;
    } catch {
      return "The program threw a value that cannot be shown.";
    }
  }

  const threw = (error) => {
    ask.threw(explain(error));
  };

  function guarded(callback, items) {
    try {
      apply(callback, undefined, items);
    } catch (error) {
      threw(error);
    }
  }

  // --- what is returned, as JSON

  let count,
    isCalled = false;
  function fail(path, reason) {
    return { failure: "value" + path + " " + reason };
  }
  function encode(value, path, depth) {
    if (++count > 1000000) return fail("", "holds more than 1000000 values");
    if (depth > 60) return fail("", "nests deeper than 60 levels, or contains itself");
    if (value === null) return "null";
    switch (typeof value) {
      case "undefined":
        return fail(path, "is undefined; is a return missing?");
      case "boolean":
        return value ? "true" : "false";
      case "number":
        if (!isFinite(value)) return fail(path, "is " + value + ", not a finite number");
        return value === 0 ? "0" : stringify(value);
      case "string":
        return stringify(value);
      case "bigint":
        return fail(path, "is a BigInt, which no answer has; return a number");
      case "object":
        break;
      default:
        return fail(path, "is a " + typeof value + ", which no answer has");
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
      return fail(path, "is " + apply(slice, kind, [8, -1]) + ", which no answer has" + hint);
    }
    const names = keys(value);
    for (let i = 0; i < names.length; i++) {
      const item = encode(value[names[i]], path.length < 60 ? path + "[" + stringify(names[i]) + "]" : path, depth + 1);
      if (typeof item === "object") return item;
      text += (i ? "," : "") + stringify(names[i]) + ":" + item;
    }
    return "{" + text + "}";
  }

  // --- what is loaded when it is first used

  const packages = { __proto__: null, "safe-buffer": () => library };
  const load = (name) => {
    if (packages[name] === undefined) {
      const module = { exports: {} };
      ask.load(name)(module.exports, module, (needed) => load(needed));
      packages[name] = () => module.exports;
    }
    return packages[name]();
  };
  const library = {
    __proto__: null,
    ask,
    define,
    guarded,
    load,
    get inspect() {
      return load("node-inspect-extracted").inspect;
    },
    get format() {
      return load("node-inspect-extracted").format;
    },
    get Buffer() {
      return load("buffer").Buffer;
    },
    part: (name) => (parts[name] ??= ask.load(name)(library)),
  };
  const parts = { __proto__: null };
  const timers = library.part("javascript_timers");
  const require = (name) => library.part("javascript_modules").require(name);

  const GLOBALS = {
    javascript_bytes: "TextEncoder TextDecoder atob btoa DOMException crypto",
    javascript_clone: "structuredClone",
    javascript_console: "console",
    javascript_events: "Event EventTarget CustomEvent AbortController AbortSignal performance",
    javascript_modules: "process",
    javascript_urls: "URL URLSearchParams",
  };
  for (const file of keys(GLOBALS)) {
    for (const name of GLOBALS[file].split(" ")) defineLater(name, () => library.part(file)[name]);
  }
  defineLater("Buffer", () => library.Buffer);
  define("global", globalThis);
  define("module", { exports: {} });
  define("exports", globalThis.module.exports);
  define("require", require);
  const REFUSED = {
    fetch: "there is no network",
    WebSocket: "there is no network",
    XMLHttpRequest: "there is no network",
    Worker: "a program is one thread",
    alert: "there is no page; use console.log",
    prompt: "there is no input; the function is given its arguments",
  };
  for (const name of keys(REFUSED)) {
    define(
      name,
      {
        [name]: function () {
          throw new Error(name + " is not available here: " + REFUSED[name] + ".");
        },
      }[name],
    );
  }
  const module = globalThis.module;

  return {
    // Calls the first of these that is a function, and tells what came of it.
    async call(text, ...found) {
      let target;
      for (let i = 0; i < found.length && !target; i++) if (typeof found[i] === "function") target = found[i];
      if (!target) return ask.missing();
      let encoded;
      isCalled = true;
      try {
        const value = await apply(target, undefined, parse(text));
        count = 0;
        encoded = encode(value, "", 0);
      } catch (error) {
        return threw(error);
      }
      if (typeof encoded === "string") ask.returned(encoded);
      else ask.unfit(encoded.failure);
    },
    called: () => isCalled,
    caught: threw,
    exports(name) {
      const made = module.exports;
      if (name === "default" && typeof made === "function") return made;
      return made === null || made === undefined ? undefined : made[name];
    },
    fire: timers.fire,
    offered: (name) => stringify(["default", ...keys(require(name)).filter((each) => each !== "default")]),
    exported: (name, each) => (each === "default" ? require(name) : require(name)[each]),
    async import(name) {
      const made = require(name);
      return { __proto__: null, ...made, default: made };
    },
  };
});
