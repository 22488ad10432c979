// Event, EventTarget, AbortController and what belongs to them; and performance, by whose clock they are stamped.
(function (library) {
  "use strict";
  const { ask, guarded } = library;
  const { DOMException } = library.part("javascript_bytes");
  const { setTimeout } = globalThis;

  class Event {
    #type;
    #options;
    #prevented = false;
    target = null;
    currentTarget = null;
    timeStamp = ask.now();
    constructor(type, options = {}) {
      this.#type = `${type}`;
      this.#options = { ...options };
    }
    get type() {
      return this.#type;
    }
    get bubbles() {
      return !!this.#options.bubbles;
    }
    get cancelable() {
      return !!this.#options.cancelable;
    }
    get defaultPrevented() {
      return this.#prevented;
    }
    preventDefault() {
      this.#prevented = this.cancelable;
    }
    stopPropagation() {}
    stopImmediatePropagation() {
      this.stopped = true;
    }
  }
  class CustomEvent extends Event {
    constructor(type, options = {}) {
      super(type, options);
      this.detail = options.detail ?? null;
    }
  }
  class EventTarget {
    #listeners = [];
    addEventListener(type, listener, options = {}) {
      if (this.#listeners.some((each) => each.type === `${type}` && each.listener === listener)) return;
      const once = typeof options === "object" && !!options?.once;
      if (listener && !options?.signal?.aborted) this.#listeners.push({ type: `${type}`, listener, once });
      options?.signal?.addEventListener("abort", () => {
        this.removeEventListener(type, listener);
      });
    }
    removeEventListener(type, listener) {
      this.#listeners = this.#listeners.filter((each) => each.type !== `${type}` || each.listener !== listener);
    }
    dispatchEvent(event) {
      event.target = event.currentTarget = this;
      for (const { type, listener, once } of [...this.#listeners]) {
        if (type !== event.type || event.stopped) continue;
        if (once) this.removeEventListener(type, listener);
        guarded(typeof listener === "function" ? listener.bind(this) : listener.handleEvent.bind(listener), [event]);
      }
      return !event.defaultPrevented;
    }
  }
  const abort = Symbol("abort");
  let making = false;
  class AbortSignal extends EventTarget {
    aborted = false;
    reason = undefined;
    onabort = null;
    constructor() {
      if (!making) throw new TypeError("Illegal constructor");
      super();
    }
    static abort(reason) {
      const signal = signalled();
      signal[abort](reason);
      return signal;
    }
    static timeout(delay) {
      const signal = signalled();
      setTimeout(
        () => signal[abort](new DOMException("The operation was aborted due to timeout", "TimeoutError")),
        delay,
      ).unref();
      return signal;
    }
    static any(signals) {
      const all = [...signals],
        signal = signalled(),
        first = all.find((each) => each.aborted);
      if (first) signal[abort](first.reason);
      for (const each of first ? [] : all)
        each.addEventListener("abort", () => signal[abort](each.reason), { once: true });
      return signal;
    }
    throwIfAborted() {
      if (this.aborted) throw this.reason;
    }
    [abort](reason = new DOMException("This operation was aborted", "AbortError")) {
      if (this.aborted) return;
      this.aborted = true;
      this.reason = reason;
      const event = new Event("abort");
      this.onabort?.(event);
      this.dispatchEvent(event);
    }
  }
  function signalled() {
    making = true;
    try {
      return new AbortSignal();
    } finally {
      making = false;
    }
  }
  class AbortController {
    signal = signalled();
    abort(reason) {
      this.signal[abort](reason);
    }
  }

  const origin = Date.now() - ask.now();
  const performance = {
    timeOrigin: origin,
    now: () => ask.now(),
    mark: (name) => ({ name: `${name}`, entryType: "mark", startTime: ask.now(), duration: 0 }),
    toJSON: () => ({ timeOrigin: origin }),
  };
  return { AbortController, AbortSignal, CustomEvent, Event, EventTarget, performance };
});
