// Timers. The realm outside keeps the time and calls `fire` with the number of one that is due.
(function (library) {
  "use strict";
  const { ask, define, guarded } = library;
  const { apply } = Reflect,
    { Map, TypeError } = globalThis;
  const { get, set, delete: remove } = Map.prototype;
  const { Promise } = globalThis,
    settled = Promise.resolve(),
    { then } = Promise.prototype;

  const callbacks = new Map();
  let made = 0;
  class Timeout {
    #id;
    #items;
    #delay;
    #repeats;
    constructor(callback, delay, items, repeats, now) {
      if (typeof callback !== "function") throw new TypeError("The callback of a timer must be a function");
      this.#id = ++made;
      this.#items = [callback, items];
      this.#delay = +delay >= 1 && +delay <= 0x7fffffff ? +delay : 1;
      this.#repeats = repeats;
      this.#set(now);
    }
    #set(now) {
      apply(set, callbacks, [
        this.#id,
        () => {
          if (!this.#repeats) apply(remove, callbacks, [this.#id]);
          guarded(this.#items[0], this.#items[1]);
          if (this.#repeats && apply(get, callbacks, [this.#id])) this.#set(false);
        },
      ]);
      ask.later(this.#id, this.#delay, now);
    }
    ref() {
      ask.hold(this.#id, true);
      return this;
    }
    unref() {
      ask.hold(this.#id, false);
      return this;
    }
    hasRef() {
      return apply(get, callbacks, [this.#id]) !== undefined;
    }
    refresh() {
      ask.cancel(this.#id);
      this.#set(false);
      return this;
    }
    close() {
      clear(this);
      return this;
    }
    [Symbol.toPrimitive]() {
      return this.#id;
    }
  }
  const clear = (timer) => {
    const id = timer !== null && typeof timer === "object" ? timer[Symbol.toPrimitive]?.() : +timer;
    if (typeof id !== "number" || !apply(remove, callbacks, [id])) return;
    ask.cancel(id);
  };
  define("setTimeout", function setTimeout(callback, delay, ...items) {
    return new Timeout(callback, delay, items, false, false);
  });
  define("setInterval", function setInterval(callback, delay, ...items) {
    return new Timeout(callback, delay, items, true, false);
  });
  define("setImmediate", function setImmediate(callback, ...items) {
    return new Timeout(callback, 0, items, false, true);
  });
  define("clearTimeout", function clearTimeout(timer) {
    clear(timer);
  });
  define("clearInterval", function clearInterval(timer) {
    clear(timer);
  });
  define("clearImmediate", function clearImmediate(timer) {
    clear(timer);
  });
  define("queueMicrotask", function queueMicrotask(callback) {
    apply(then, settled, [
      () => {
        callback();
      },
    ]);
  });

  return {
    fire(id) {
      apply(get, callbacks, [id])?.();
    },
  };
});
