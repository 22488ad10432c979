// What programs use beside the language, each with what it must give. The function returns what is not so.
const thrown = (call) => {
  try {
    return call();
  } catch (error) {
    return `${error.name} ${error.code}`;
  }
};
const USES = [
  [
    "a deep clone",
    "true",
    () =>
      structuredClone({ m: new Map([[1, new Set([2])]]), d: new Date(0) })
        .m.get(1)
        .has(2),
  ],
  ["a clone of a function", "DataCloneError 25", () => thrown(() => structuredClone(() => 1))],
  [
    "a clone of a circle",
    "true",
    () => {
      const circle = [];
      circle.push(circle);
      const copy = structuredClone(circle);
      return copy[0] === copy && copy !== circle;
    },
  ],
  [
    "clones of bytes",
    "2,3 1 Uint8Array",
    () => {
      const bytes = new Uint8Array([1, 2, 3]),
        copy = structuredClone({ part: bytes.subarray(1), whole: bytes });
      copy.part[0] = 2;
      return `${copy.part} ${copy.whole[0]} ${copy.whole.constructor.name}`;
    },
  ],
  [
    "URL",
    "http://me:pw@host/x?a=1&b=%C3%9F#h",
    () => {
      const url = new URL("../x?a=1#h", "http://me:pw@host:81/p/q");
      url.searchParams.append("b", "ß");
      url.port = "";
      return url.href;
    },
  ],
  ["no URL", "TypeError ERR_INVALID_URL", () => thrown(() => new URL("nonsense"))],
  ["URL.canParse", "false", () => URL.canParse("nonsense")],
  [
    "URLSearchParams",
    "a=1+2&b=%26 1 2",
    () => {
      const params = new URLSearchParams({ a: "1 2", b: "&" });
      return `${params} ${params.get("a")}`;
    },
  ],
  ["TextEncoder", "195,159,226,130,172", () => new TextEncoder().encode("ß€")],
  [
    "TextDecoder",
    "€",
    () => {
      const decoder = new TextDecoder();
      return decoder.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + decoder.decode(new Uint8Array([0xac]));
    },
  ],
  [
    "a fatal TextDecoder",
    "TypeError undefined",
    () => thrown(() => new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([255]))),
  ],
  [
    "Buffer",
    "68c3a9 26729",
    () => {
      const joined = Buffer.concat([Buffer.alloc(2), Buffer.from("aGk=", "base64")]);
      return `${Buffer.from("hé").toString("hex")} ${joined.readUInt16BE(2)}`;
    },
  ],
  ["base64", "aP8= true", () => `${btoa("h\xff")} ${atob(btoa("h\xff")) === "h\xff"}`],
  ["performance", "true", () => performance.now() > 0 && performance.timeOrigin > 1e12],
  ["crypto", "36 3", () => `${crypto.randomUUID().length} ${crypto.getRandomValues(new Uint32Array(3)).length}`],
  ["hashes", "ca978112", () => require("crypto").createHash("sha256").update("a").digest("hex").slice(0, 8)],
  [
    "AbortController",
    "ab AbortError",
    () => {
      let told = "";
      const controller = new AbortController();
      controller.signal.onabort = () => {
        told += "a";
      };
      controller.signal.addEventListener("abort", () => {
        told += "b";
      });
      controller.abort();
      controller.abort();
      return `${told} ${controller.signal.reason.name}`;
    },
  ],
  [
    "EventTarget",
    "3",
    () => {
      let heard = 0;
      const target = new EventTarget();
      target.addEventListener(
        "x",
        (event) => {
          heard += event.detail;
        },
        { once: true },
      );
      for (let i = 0; i < 2; i++) target.dispatchEvent(new CustomEvent("x", { detail: 3 }));
      return heard;
    },
  ],
  ["Intl", "1,234,567", () => new Intl.NumberFormat("en").format(1234567)],
  [
    "setImmediate",
    "now",
    () =>
      new Promise((resolve) => {
        setImmediate(resolve, "now");
      }),
  ],
  [
    "setInterval",
    "iii",
    () =>
      new Promise((resolve) => {
        let told = "";
        const timer = setInterval(() => {
          told += "i";
          if (told.length < 3) return;
          clearInterval(timer);
          resolve(told);
        }, 1);
      }),
  ],
  [
    "a cleared timer",
    "second",
    () =>
      new Promise((resolve) => {
        clearTimeout(+setTimeout(resolve, 1, "first"));
        setTimeout(resolve, 5, "second");
      }),
  ],
  [
    "queueMicrotask",
    "micro",
    () =>
      new Promise((resolve) => {
        queueMicrotask(() => {
          resolve("micro");
        });
      }),
  ],
  [
    "nextTick",
    "tick",
    () =>
      new Promise((resolve) => {
        process.nextTick(resolve, "tick");
      }),
  ],
  [
    "assert",
    "AssertionError ERR_ASSERTION",
    () => {
      const assert = require("assert");
      assert.deepStrictEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] });
      assert.throws(() => {
        throw new TypeError("x");
      }, TypeError);
      assert.throws(
        () => {
          throw new TypeError("x");
        },
        { name: "TypeError", message: /x/ },
      );
      return thrown(() => assert.deepEqual([1, { a: 2 }], [1, { a: 3 }]));
    },
  ],
  [
    "util",
    "a 1 [2] true",
    () => {
      const util = require("node:util");
      return `${util.format("%s %d %j", "a", 1, [2])} ${util.isDeepStrictEqual([NaN], [NaN])}`;
    },
  ],
  [
    "promisify",
    "p!",
    () =>
      require("util").promisify((x, done) => {
        done(null, `${x}!`);
      })("p"),
  ],
  [
    "events",
    "y",
    () => {
      let told = "";
      const emitter = new (require("events"))();
      emitter.once("x", (value) => {
        told += value;
      });
      emitter.emit("x", "y");
      emitter.emit("x", "y");
      return told;
    },
  ],
  ["path", "b/c.txt", () => require("path").join("a", "..", "b", "c.txt")],
  [
    "querystring",
    "a=1&a=2&b=x%20y 1,2",
    () => {
      const querystring = require("querystring");
      return `${querystring.stringify({ a: [1, 2], b: "x y" })} ${querystring.parse("q=1&q=2").q}`;
    },
  ],
  ["string_decoder", "ß", () => new (require("string_decoder").StringDecoder)("utf8").write(Buffer.from([0xc3, 0x9f]))],
  ["punycode", "xn--maana-pta.com", () => require("punycode").toASCII("mañana.com")],
  ["timers/promises", "slept", () => require("timers/promises").setTimeout(1, "slept")],
  ["url", "true", () => require("url").URL === URL],
  ["import()", "b.c", async () => (await import("node:path")).default.basename("/a/b.c")],
  ["eval", "4", () => eval("1 + 1") + Function("return 2")()],
  ["process", "2 linux bigint", () => `${process.argv.length} ${process.platform} ${typeof process.hrtime.bigint()}`],
  ["what is not there", "undefined undefined", () => `${typeof window} ${typeof document}`],
];

async function solve() {
  const wrong = [];
  for (const [name, expected, call] of USES) {
    const got = await Promise.resolve()
      .then(call)
      .catch((error) => error.stack);
    if (String(got) !== expected) wrong.push(`${name}: ${got}`);
  }
  return wrong;
}
