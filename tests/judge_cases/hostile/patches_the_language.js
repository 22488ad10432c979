// expect: accepted
// Everything that a program can reach of the language is changed, and what calls it goes on.
const patched = () => {
  throw new Error("patched");
};
const { getOwnPropertyNames } = Object;
const kinds = [Array, Map, Set, String, Number, Promise, RegExp, Date, Error, Function, Object, Uint8Array];
const places = [JSON, Math, Reflect, Object, Array, Number, console, process, module];
for (let i = 0; i < kinds.length; i++) places[places.length] = kinds[i].prototype;
for (let i = 0; i < places.length; i++) {
  const names = getOwnPropertyNames(places[i]);
  for (let j = 0; j < names.length; j++) {
    if (names[j] !== "constructor" && names[j] !== "length")
      try {
        places[i][names[j]] = patched;
      } catch {}
  }
}
Array.prototype[Symbol.iterator] = patched;
Object.prototype.get = patched;
Object.prototype.value = 7;
Object.prototype.failure = "forged";
Object.prototype.javascript_modules = patched;
globalThis.Promise = globalThis.Error = globalThis.Symbol = undefined;
globalThis.require = globalThis.console = undefined;
function solve(n) {
  return n + 1;
}
