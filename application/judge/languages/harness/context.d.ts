// What the contexts of programs have beside the language itself, for the compiler. docs/languages.md lists it for people.
type Bytes = ArrayBuffer | ArrayBufferView;
interface Timer {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
  refresh(): this;
  close(): this;
  [Symbol.toPrimitive](): number;
}
interface Console {
  log(...items: unknown[]): void;
  info(...items: unknown[]): void;
  debug(...items: unknown[]): void;
  warn(...items: unknown[]): void;
  error(...items: unknown[]): void;
  trace(...items: unknown[]): void;
  dir(item: unknown, options?: object): void;
  table(rows: unknown, columns?: string[]): void;
  assert(holds?: unknown, ...items: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...items: unknown[]): void;
  groupCollapsed(...items: unknown[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...items: unknown[]): void;
  timeEnd(label?: string): void;
}
declare const console: Console;
declare function setTimeout(callback: (...items: any[]) => void, delay?: number, ...items: any[]): Timer;
declare function setInterval(callback: (...items: any[]) => void, delay?: number, ...items: any[]): Timer;
declare function setImmediate(callback: (...items: any[]) => void, ...items: any[]): Timer;
declare function clearTimeout(timer?: Timer | number): void;
declare function clearInterval(timer?: Timer | number): void;
declare function clearImmediate(timer?: Timer | number): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare const performance: { readonly timeOrigin: number; now(): number; mark(name: string): any; toJSON(): any };
declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T; randomUUID(): string };
declare class TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(data?: Bytes, options?: { stream?: boolean }): string;
}
declare class URLSearchParams {
  constructor(init?: string | string[][] | Record<string, string> | URLSearchParams);
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: any): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}
declare class URL {
  constructor(text: string | URL, base?: string | URL);
  static canParse(text: string, base?: string): boolean;
  static parse(text: string, base?: string): URL | null;
  href: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  readonly origin: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
  toJSON(): string;
}
declare class DOMException extends Error {
  constructor(message?: string, name?: string);
  readonly code: number;
}
declare class Event {
  constructor(type: string, options?: { bubbles?: boolean; cancelable?: boolean });
  readonly type: string;
  readonly target: any;
  readonly currentTarget: any;
  readonly timeStamp: number;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly defaultPrevented: boolean;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}
declare class CustomEvent extends Event {
  constructor(type: string, options?: { detail?: any });
  readonly detail: any;
}
declare class EventTarget {
  addEventListener(
    type: string,
    listener: ((event: any) => void) | { handleEvent(event: any): void },
    options?: any,
  ): void;
  removeEventListener(type: string, listener: any): void;
  dispatchEvent(event: Event): boolean;
}
declare class AbortSignal extends EventTarget {
  static abort(reason?: any): AbortSignal;
  static timeout(delay: number): AbortSignal;
  static any(signals: AbortSignal[]): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((event: any) => void) | null;
  throwIfAborted(): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
interface Buffer extends Uint8Array {
  [name: string]: any;
  toString(encoding?: string, start?: number, end?: number): string;
}
declare const Buffer: {
  [name: string]: any;
  from(...items: any[]): Buffer;
  alloc(size: number, fill?: any): Buffer;
  concat(list: Uint8Array[]): Buffer;
};
declare const process: any;
declare const global: typeof globalThis;
declare const module: { exports: any };
declare const exports: any;
declare function require(name: string): any;
declare module "*";
