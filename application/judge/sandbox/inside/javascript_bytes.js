// Text as bytes, bytes as text, and bytes by chance. What only the realm outside can do is asked of it with primitives
// and byte arrays.
(function (library) {
  "use strict";
  const { ask } = library;

  class DOMException extends Error {
    #name;
    #code;
    constructor(message = "", name = "Error") {
      super(message);
      this.#name = `${name}`;
      this.#code =
        { DataCloneError: 25, AbortError: 20, TimeoutError: 23, InvalidCharacterError: 5, QuotaExceededError: 22 }[
          this.#name
        ] ?? 0;
    }
    get name() {
      return this.#name;
    }
    get code() {
      return this.#code;
    }
  }

  const bytesOf = (data) => {
    if (data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) return new Uint8Array(data).slice();
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    throw new TypeError("bytes must be an ArrayBuffer or a view of one");
  };
  class TextEncoder {
    get encoding() {
      return "utf-8";
    }
    encode(text = "") {
      const bytes = new Uint8Array(3 * `${text}`.length);
      return bytes.slice(0, ask.encode(`${text}`, bytes));
    }
    encodeInto(text, target) {
      let read = 0,
        written = 0;
      for (const character of `${text}`) {
        const bytes = this.encode(character);
        if (written + bytes.length > target.length) break;
        target.set(bytes, written);
        read += character.length;
        written += bytes.length;
      }
      return { read, written };
    }
  }
  class TextDecoder {
    #fatal;
    #keep;
    #label;
    #left = new Uint8Array(0);
    constructor(label = "utf-8", { fatal = false, ignoreBOM = false } = {}) {
      this.#fatal = !!fatal;
      this.#keep = !!ignoreBOM;
      try {
        this.#label = ask.labelled(`${label}`);
      } catch {
        throw new RangeError(`The "${label}" encoding is not supported`);
      }
    }
    get encoding() {
      return this.#label;
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#keep;
    }
    decode(data = new Uint8Array(0), { stream = false } = {}) {
      const fresh = bytesOf(data),
        bytes = new Uint8Array(this.#left.length + fresh.length);
      bytes.set(this.#left);
      bytes.set(fresh, this.#left.length);
      const whole = stream ? bytes.length - unfinished(bytes, this.#label) : bytes.length;
      this.#left = bytes.slice(whole);
      try {
        return ask.decode(this.#label, this.#fatal, this.#keep, bytes.slice(0, whole));
      } catch {
        throw new TypeError(`The encoded data was not valid for encoding ${this.#label}`);
      }
    }
  }
  // How many bytes at the end begin a character that more bytes may end.
  function unfinished(bytes, label) {
    if (label.startsWith("utf-16")) return bytes.length % 2;
    if (label !== "utf-8") return 0;
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back];
      if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
      if (byte < 0x80) return 0;
    }
    return 0;
  }
  const latin1 = (text) => {
    for (const character of text)
      if (character > "\xff") throw new DOMException("Invalid character", "InvalidCharacterError");
    return text;
  };
  function btoa(text) {
    return ask.base64(latin1(`${text}`));
  }
  function atob(text) {
    const plain = `${text}`.replace(/[\t\n\f\r ]/g, "");
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.replace(/=+$/, "").length % 4 === 1) {
      throw new DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
    }
    return ask.binary(plain);
  }

  const crypto = {
    getRandomValues(array) {
      if (
        !ArrayBuffer.isView(array) ||
        array instanceof Float32Array ||
        array instanceof Float64Array ||
        array instanceof DataView
      ) {
        throw new DOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError");
      }
      if (array.byteLength > 65536)
        throw new DOMException("The requested length exceeds 65,536 bytes", "QuotaExceededError");
      const bytes = new Uint8Array(array.byteLength);
      ask.random(bytes);
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(bytes);
      return array;
    },
    randomUUID: () => ask.uuid(),
  };

  return { DOMException, TextDecoder, TextEncoder, atob, btoa, bytesOf, crypto };
});
