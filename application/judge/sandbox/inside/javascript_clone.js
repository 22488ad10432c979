// structuredClone.
(function (library) {
  "use strict";
  const { DOMException } = library.part("javascript_bytes");

  const cannot = (value) =>
    new DOMException(
      `${typeof value === "symbol" ? "a symbol" : library.inspect(value)} could not be cloned.`,
      "DataCloneError",
    );
  function structuredClone(value) {
    if (arguments.length === 0) throw new TypeError("The value to be cloned must be given");
    return cloned(value, new Map());
  }
  function cloned(value, seen) {
    if (typeof value === "function" || typeof value === "symbol") throw cannot(value);
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => (seen.set(value, copy), copy);
    if (Array.isArray(value)) return filled(value, keep(new Array(value.length)), seen);
    switch (Object.prototype.toString.call(value).slice(8, -1)) {
      case "Boolean":
      case "Number":
      case "String":
      case "BigInt":
        return keep(Object(value.valueOf()));
      case "Date":
        return keep(new Date(+value));
      case "RegExp":
        return keep(new RegExp(value.source, value.flags));
      case "ArrayBuffer":
        return keep(value.slice(0));
      case "SharedArrayBuffer":
        return keep(value);
      case "Map": {
        const copy = keep(new Map());
        for (const [key, item] of [...value]) copy.set(cloned(key, seen), cloned(item, seen));
        return copy;
      }
      case "Set": {
        const copy = keep(new Set());
        for (const item of [...value]) copy.add(cloned(item, seen));
        return copy;
      }
      case "Error": {
        const kinds = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
        const copy = keep(new (kinds[value.name] ?? Error)(value.message));
        for (const name of ["stack", "cause"]) {
          if (Object.hasOwn(value, name))
            Object.defineProperty(copy, name, { value: cloned(value[name], seen), writable: true, configurable: true });
        }
        return copy;
      }
      case "WeakMap":
      case "WeakSet":
      case "WeakRef":
      case "Promise":
      case "Generator":
      case "AsyncGenerator":
        throw cannot(value);
    }
    if (ArrayBuffer.isView(value)) {
      const buffer = cloned(value.buffer, seen);
      const kind =
        value instanceof DataView ? DataView : globalThis[Object.prototype.toString.call(value).slice(8, -1)];
      return keep(new kind(buffer, value.byteOffset, value.length ?? value.byteLength));
    }
    return filled(value, keep({}), seen);
  }
  function filled(value, copy, seen) {
    for (const name of Object.keys(value)) {
      Object.defineProperty(copy, name, {
        value: cloned(value[name], seen),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return copy;
  }

  return { structuredClone };
});
