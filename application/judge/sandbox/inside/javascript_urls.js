// URL and URLSearchParams, whose texts the realm outside reads and writes.
(function (library) {
  "use strict";
  const { ask } = library;
  const custom = Symbol.for("nodejs.util.inspect.custom");

  const changed = Symbol("changed");
  class URLSearchParams {
    #pairs = [];
    constructor(init = "") {
      if (typeof init === "object" && init !== null) {
        const pairs = typeof init[Symbol.iterator] === "function" ? init : Object.entries(init);
        for (const [name, value] of pairs) this.#pairs.push([`${name}`, `${value}`]);
      } else {
        this.#pairs = JSON.parse(ask.query(`${init}`));
      }
    }
    #change() {
      this[changed]?.(this.toString());
    }
    get size() {
      return this.#pairs.length;
    }
    append(name, value) {
      this.#pairs.push([`${name}`, `${value}`]);
      this.#change();
    }
    delete(name, value) {
      this.#pairs = this.#pairs.filter(
        (pair) => pair[0] !== `${name}` || (value !== undefined && pair[1] !== `${value}`),
      );
      this.#change();
    }
    get(name) {
      return this.#pairs.find((pair) => pair[0] === `${name}`)?.[1] ?? null;
    }
    getAll(name) {
      return this.#pairs.filter((pair) => pair[0] === `${name}`).map((pair) => pair[1]);
    }
    has(name, value) {
      return this.#pairs.some((pair) => pair[0] === `${name}` && (value === undefined || pair[1] === `${value}`));
    }
    set(name, value) {
      const first = this.#pairs.find((pair) => pair[0] === `${name}`);
      if (!first) return this.append(name, value);
      first[1] = `${value}`;
      this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== `${name}`);
      this.#change();
    }
    sort() {
      this.#pairs.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
      this.#change();
    }
    forEach(callback, self) {
      for (const [name, value] of this) callback.call(self, value, name, this);
    }
    *entries() {
      for (const [name, value] of this.#pairs) yield [name, value];
    }
    *keys() {
      for (const [name] of this.#pairs) yield name;
    }
    *values() {
      for (const [, value] of this.#pairs) yield value;
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      return ask.queried(JSON.stringify(this.#pairs));
    }
    [custom](depth, options) {
      return `URLSearchParams ${library.inspect(Object.fromEntries(this.#pairs), options)}`;
    }
  }
  class URL {
    #parts;
    #params;
    constructor(text, base) {
      const parts = ask.url(`${text}`, base === undefined ? undefined : `${base}`);
      if (parts === null)
        throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: `${text}` });
      this.#parts = JSON.parse(parts);
    }
    static part(url, name) {
      return url.#parts[name];
    }
    static change(url, name, value) {
      const parts = ask.url(url.#parts.href, undefined, name, `${value}`);
      if (parts !== null) url.#parts = JSON.parse(parts);
    }
    static canParse(text, base) {
      return ask.url(`${text}`, base === undefined ? undefined : `${base}`) !== null;
    }
    static parse(text, base) {
      return URL.canParse(text, base) ? new URL(text, base) : null;
    }
    get searchParams() {
      if (!this.#params) {
        this.#params = new URLSearchParams(this.#parts.search);
        Object.defineProperty(this.#params, changed, {
          value: (query) => {
            change(this, "search", query);
          },
        });
      }
      return this.#params;
    }
    toString() {
      return this.#parts.href;
    }
    toJSON() {
      return this.#parts.href;
    }
    [custom](depth, options) {
      return `URL ${library.inspect({ ...this.#parts, searchParams: this.searchParams }, options)}`;
    }
  }
  const { part, change } = URL;
  delete URL.part;
  delete URL.change;
  for (const name of [
    "href",
    "protocol",
    "username",
    "password",
    "host",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
    "origin",
  ]) {
    Object.defineProperty(URL.prototype, name, {
      get() {
        return part(this, name);
      },
      set:
        name === "origin"
          ? undefined
          : function (value) {
              change(this, name, value);
            },
      configurable: true,
      enumerable: true,
    });
  }

  return { URL, URLSearchParams };
});
