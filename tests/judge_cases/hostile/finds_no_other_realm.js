// expect: accepted within: 10000
// Walks over everything that can be reached from here, calls it with nonsense, at the end of the stack too, and looks at
// what it gets and what is thrown: no object of another realm is among it, and no `process` but our own.
const seen = new Set();
const foreign = [];

function comesFromElsewhere(value) {
  for (let up = value, steps = 0; steps < 50; steps++) {
    const next = Object.getPrototypeOf(up);
    if (next === null) return up !== Object.prototype && Object.hasOwn(up, "hasOwnProperty");
    up = next;
  }
  return false;
}

function walk(root, name) {
  const waiting = [[root, name]];
  while (waiting.length) {
    const [value, path] = waiting.pop();
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) continue;
    seen.add(value);
    if (comesFromElsewhere(value)) foreign.push(path);
    if (typeof value === "function" && !(value instanceof Function) && value !== Function.prototype) {
      const made = Object.getPrototypeOf(value);
      if (made !== null && !(made instanceof Object)) foreign.push(path + " (function)");
    }
    waiting.push([Object.getPrototypeOf(value), path + ".__proto__"]);
    for (const key of ArrayBuffer.isView(value) ? [] : Reflect.ownKeys(value)) {
      const at = path + "." + String(key);
      const found = Object.getOwnPropertyDescriptor(value, key);
      for (const part of [found.value, found.get, found.set]) waiting.push([part, at]);
      try {
        waiting.push([value[key], at]);
      } catch (error) {
        waiting.push([error, at + " threw"]);
      }
    }
  }
}

const nonsense = [
  [],
  [-1, "x", {}],
  [
    {
      get constructor() {
        throw 1;
      },
    },
    Symbol("s"),
  ],
  [new Proxy({}, {})],
  ["\ud800", 1e308],
  [() => {}],
];

function callAll() {
  // What the language itself and Buffer bring is of this realm, and with nonsense some of it never ends.
  for (const name of Reflect.ownKeys(Buffer.prototype))
    own.add(Object.getOwnPropertyDescriptor(Buffer.prototype, name).value);
  const native = (each) => /\{ \[native code\] \}$/.test(Function.prototype.toString.call(each));
  for (const each of [...seen]) {
    if (
      typeof each !== "function" ||
      native(each) ||
      own.has(each) ||
      ["exit", "nextTick", "Timeout"].includes(each.name)
    )
      continue;
    for (const items of nonsense) {
      for (const how of [() => each(...items), () => new each(...items)]) {
        try {
          walk(how(), each.name + "()");
        } catch (error) {
          walk(error, each.name + "() threw");
        }
      }
    }
  }
}
const own = new Set([comesFromElsewhere, walk, callAll, atTheEnd, solve]);

// A function that runs out of stack while it works for us must not throw an error of its own realm.
const asked = [
  () => console.log({ deep: [1] }),
  () => new URL("http://a/"),
  () => new TextEncoder().encode("x"),
  () => atob("eA=="),
  () => performance.now(),
  () => crypto.randomUUID(),
  () => setTimeout(() => {}, 1),
  () => require("fs"),
  () => import("fs"),
  () => require("util").inspect(new Error("x")),
  () => new URLSearchParams("a=b").toString(),
  () => structuredClone({ a: 1 }),
  () => require("crypto").createHash("md5").update("x").digest("hex"),
  () => process.hrtime(),
  () => process.memoryUsage(),
];
const got = [];
let left = 0;
function atTheEnd() {
  try {
    atTheEnd();
  } catch (error) {
    got.push(error);
    left = 200;
  }
  if (left-- <= 0) return;
  for (const each of asked) {
    try {
      got.push(each());
    } catch (error) {
      got.push(error);
    }
  }
}

async function solve(n) {
  const prepared = [];
  Error.prepareStackTrace = (error, frames) => {
    prepared.push([error, frames]);
    return "frames";
  };
  walk(new Error("x").stack, "stack");
  try {
    null.x;
  } catch (error) {
    walk(error.stack, "stack");
  }
  walk(globalThis, "globalThis");
  walk(module, "module");
  walk(
    (function () {
      return arguments.callee.caller;
    })(),
    "caller",
  );
  walk(
    (function self() {
      return self.caller;
    })(),
    "caller",
  );
  for (const way of [
    () => import("fs"),
    () => import("util"),
    () => eval("import('vm')"),
    () => Function("return import('fs')")(),
    () => (0, eval)("import('fs')"),
  ]) {
    const promise = way();
    walk(promise, "import()");
    walk(await promise.catch((error) => error), "import() gave");
  }
  for (const text of ["(", "import x from 'fs'", "new.target"]) {
    try {
      Function(text);
    } catch (error) {
      walk(error, "syntax");
    }
  }
  for (const name of [
    "assert",
    "buffer",
    "console",
    "crypto",
    "events",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "string_decoder",
    "timers",
    "timers/promises",
    "url",
    "util",
    "util/types",
  ])
    walk(require(name), name);
  walk(
    {
      [Symbol.for("nodejs.util.inspect.custom")](...items) {
        walk(items, "inspect");
        walk(this, "inspect");
        return "";
      },
    },
    "custom",
  );
  const curious = {
    [Symbol.for("nodejs.util.inspect.custom")](...items) {
      walk(items, "inspect");
      return items[2];
    },
  };
  console.log(curious, "%o %O", curious, curious);
  console.table([curious]);
  walk(WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])), "wasm");
  walk(await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])), "wasm");
  const log = console.log;
  console.log = () => {};
  atTheEnd();
  walk(got, "at the end of the stack");
  callAll();
  walk(prepared, "prepared");
  await new Promise((resolve) =>
    setTimeout(function (...items) {
      walk([this, items], "timer");
      resolve();
    }, 1),
  );
  walk(await new Promise((resolve) => new FinalizationRegistry(resolve) && resolve(1)), "registry");
  Error.prepareStackTrace = undefined;
  console.log = log;
  for (const name of ["process.mainModule", "process.getBuiltinModule", "process.binding.call", "process.dlopen"]) {
    try {
      if (eval(name) && name !== "process.binding.call") foreign.push(name);
    } catch {}
  }
  if (foreign.length) return foreign.slice(0, 10).join("; ");
  return seen.size > 1500 ? n + 1 : "only " + seen.size;
}
