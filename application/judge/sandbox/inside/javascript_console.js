// The console.
(function (library) {
  "use strict";
  const { ask } = library;
  const inspect = (value, options) => library.inspect(value, options);

  let indent = "";
  const counts = new Map(),
    started = new Map();
  const write = (text) => {
    ask.print((indent ? indent + text.replaceAll("\n", "\n" + indent) : text) + "\n");
  };
  const shown = (items) => {
    if (items.length === 1 && typeof items[0] === "string") return items[0];
    try {
      return library.format(...items);
    } catch {
      return "[a value that cannot be shown]";
    }
  };
  const log = (...items) => {
    write(shown(items));
  };
  const took = (label) => {
    const ms = ask.now() - started.get(label);
    return `${label}: ${ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${ms.toFixed(3)}ms`}`;
  };
  const console = {
    log,
    info: log,
    debug: log,
    warn: log,
    error: log,
    dirxml: log,
    trace(...items) {
      write(new Error(shown(items)).stack.replace(/^Error/, "Trace"));
    },
    dir(item, options) {
      write(inspect(item, { customInspect: false, ...options }));
    },
    assert(holds, ...items) {
      if (!holds)
        log(
          ...(typeof items[0] === "string" ? [`Assertion failed: ${items.shift()}`] : ["Assertion failed"]),
          ...items,
        );
    },
    count(label = "default") {
      counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1);
      write(`${label}: ${counts.get(`${label}`)}`);
    },
    countReset(label = "default") {
      counts.delete(`${label}`);
    },
    group(...items) {
      if (items.length) log(...items);
      indent += "  ";
    },
    groupCollapsed(...items) {
      console.group(...items);
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    time(label = "default") {
      started.set(`${label}`, ask.now());
    },
    timeLog(label = "default", ...items) {
      if (started.has(`${label}`)) log(took(`${label}`), ...items);
    },
    timeEnd(label = "default") {
      if (started.has(`${label}`)) write(took(`${label}`));
      started.delete(`${label}`);
    },
    table(rows, columns) {
      if (rows === null || typeof rows !== "object") return log(rows);
      write(table(rows, columns));
    },
  };
  function table(rows, columns) {
    const short = (value) =>
      inspect(value, {
        depth: value !== null && typeof value === "object" ? 0 : 1,
        maxArrayLength: 3,
        breakLength: Infinity,
      });
    const index = rows instanceof Map || rows instanceof Set ? "(iteration index)" : "(index)";
    const entries =
      rows instanceof Map
        ? [...rows].map(([key, value], place) => [`${place}`, { Key: key, Values: value }])
        : rows instanceof Set
          ? [...rows].map((value, place) => [`${place}`, value])
          : Object.entries(rows);
    const heads = [],
      lines = [];
    let loose = false;
    for (const [name, row] of entries) {
      const line = new Map();
      if (row !== null && typeof row === "object") {
        for (const key of columns ?? Object.keys(row)) {
          if (!heads.includes(key)) heads.push(key);
          if (Object.hasOwn(row, key)) line.set(key, short(row[key]));
        }
      } else {
        loose = true;
        line.set(log, short(row));
      }
      lines.push([name, line]);
    }
    const head = [index, ...heads, ...(loose ? ["Values"] : [])];
    const body = lines.map(([name, line]) => [
      name,
      ...[...heads, ...(loose ? [log] : [])].map((key) => line.get(key) ?? ""),
    ]);
    const widths = head.map((text, place) => Math.max(...[head, ...body].map((line) => line[place].length)) + 2);
    const row = (line) => `│${line.map((text, place) => ` ${text}`.padEnd(widths[place])).join("│")}│`;
    const rule = (left, middle, right) => left + widths.map((width) => "─".repeat(width)).join(middle) + right;
    return [rule("┌", "┬", "┐"), row(head), rule("├", "┼", "┤"), ...body.map(row), rule("└", "┴", "┘")].join("\n");
  }

  return { console };
});
