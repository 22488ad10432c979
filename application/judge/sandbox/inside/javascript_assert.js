// Equality as Node's `assert` and `util` mean it, and `assert`.
(function (library) {
  "use strict";
  const inspect = (value, options) => library.inspect(value, options);

  const same = (one, other, strict) =>
    strict ? Object.is(one, other) : one == other || (one !== one && other !== other);
  const tag = (value) => Object.prototype.toString.call(value);
  function equal(one, other, strict, seen = []) {
    if (one === null || other === null || typeof one !== "object" || typeof other !== "object")
      return same(one, other, strict);
    if (one === other) return true;
    if (tag(one) !== tag(other) || (strict && Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)))
      return false;
    if (seen.some(([left, right]) => left === one && right === other)) return true;
    const deeper = [...seen, [one, other]];
    const both = (left, right) => equal(left, right, strict, deeper);
    if (Array.isArray(one) && one.length !== other.length) return false;
    if (one instanceof Date || one instanceof Number || one instanceof String || one instanceof Boolean) {
      if (!same(one.valueOf(), other.valueOf(), true)) return false;
    }
    if (one instanceof RegExp && `${one}` !== `${other}`) return false;
    if (one instanceof Error && (one.message !== other.message || one.name !== other.name)) return false;
    if (one instanceof Map || one instanceof Set) {
      if (one.size !== other.size) return false;
      const left = [...other.entries()];
      for (const [key, value] of one.entries()) {
        const found = left.findIndex(([key2, value2]) => both(key, key2) && both(value, value2));
        if (found < 0) return false;
        left.splice(found, 1);
      }
    }
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => Object.hasOwn(other, name) && both(one[name], other[name]))
    );
  }

  class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
      super(message);
      Object.assign(this, { generatedMessage: false, code: "ERR_ASSERTION", actual, expected, operator });
    }
    get name() {
      return "AssertionError";
    }
  }
  const failing = (message, actual, expected, operator, told) => {
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message ?? told, actual, expected, operator });
  };
  const ok = (value, message) => {
    if (!value) failing(message, value, true, "==", `The expression evaluated to a falsy value: ${inspect(value)}`);
  };
  const compares = (operator, holds, words) => (actual, expected, message) => {
    if (!holds(actual, expected))
      failing(message, actual, expected, operator, `Expected ${inspect(actual)} ${words} ${inspect(expected)}`);
  };
  const fits = (error, expected) => {
    if (expected === undefined || typeof expected === "string") return true;
    if (expected instanceof RegExp) return expected.test(`${error}`);
    if (typeof expected === "function")
      return expected.prototype !== undefined && error instanceof expected
        ? true
        : !Error.isPrototypeOf(expected) && expected.call({}, error) === true;
    return Object.keys(expected).every((name) =>
      expected[name] instanceof RegExp ? expected[name].test(error[name]) : equal(error[name], expected[name], true),
    );
  };
  const caught = (error, expected) => {
    if (!fits(error, expected)) throw error;
  };
  const made = (strict) =>
    Object.assign((value, message) => ok(value, message), {
      AssertionError,
      ok,
      equal: compares(strict ? "strictEqual" : "==", (one, other) => same(one, other, strict), "to equal"),
      notEqual: compares(strict ? "notStrictEqual" : "!=", (one, other) => !same(one, other, strict), "not to equal"),
      strictEqual: compares("strictEqual", Object.is, "to be"),
      notStrictEqual: compares("notStrictEqual", (one, other) => !Object.is(one, other), "not to be"),
      deepEqual: compares("deepEqual", (one, other) => equal(one, other, strict), "to deeply equal"),
      notDeepEqual: compares("notDeepEqual", (one, other) => !equal(one, other, strict), "not to deeply equal"),
      deepStrictEqual: compares("deepStrictEqual", (one, other) => equal(one, other, true), "to deeply equal"),
      notDeepStrictEqual: compares(
        "notDeepStrictEqual",
        (one, other) => !equal(one, other, true),
        "not to deeply equal",
      ),
      match: compares("match", (text, pattern) => pattern.test(text), "to match"),
      doesNotMatch: compares("doesNotMatch", (text, pattern) => !pattern.test(text), "not to match"),
      fail(message = "Failed") {
        failing(message, undefined, undefined, "fail");
      },
      ifError(error) {
        if (error !== null && error !== undefined) throw error;
      },
      throws(callback, expected, message) {
        try {
          callback();
        } catch (error) {
          return caught(error, expected);
        }
        failing(
          typeof expected === "string" ? expected : message,
          undefined,
          expected,
          "throws",
          "Missing expected exception.",
        );
      },
      doesNotThrow(callback) {
        callback();
      },
      async rejects(promise, expected, message) {
        try {
          await (typeof promise === "function" ? promise() : promise);
        } catch (error) {
          return caught(error, expected);
        }
        failing(
          typeof expected === "string" ? expected : message,
          undefined,
          expected,
          "rejects",
          "Missing expected rejection.",
        );
      },
      async doesNotReject(promise) {
        await (typeof promise === "function" ? promise() : promise);
      },
    });
  const asserting = () => {
    const assert = made(false),
      strict = made(true);
    return Object.assign(assert, { strict: Object.assign(strict, { strict }) });
  };

  return { equal, asserting };
});
