// A duel between two real clients: node duel.mjs [http://localhost:4000]
// Set SHOW=1 to see every event whole. The right solution is read from the bank of this checkout.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { MatchClient } from "./match.mjs";

const url = process.argv[2] ?? "http://localhost:4000";

async function http(path, body, token) {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(url + path, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.message), told);
  return told;
}

async function player(name) {
  const account = { username: `${name}-${Date.now().toString(36)}`, password: "correct horse" };
  await http("/auth/register", account);
  const { access_token: token } = await http("/auth/login", account);
  const waiting = [];
  const events = [];
  const changed = (view, event, body) => {
    if (event) events.push(event);
    if (event) console.log(name.padEnd(4), String(body.version).padStart(2), event);
    if (event && process.env.SHOW) console.log(JSON.stringify(body, null, 2));
    for (const wish of waiting.splice(0)) wish.until(view, event) ? wish.resolve(view) : waiting.push(wish);
  };
  const one = { token, events, client: new MatchClient(url, token, changed) };
  one.until = (until) => new Promise((resolve) => {
    if (one.client.view && until(one.client.view)) return resolve(one.client.view);
    waiting.push({ until, resolve });
  });
  one.refresh = () => {
    one.client.socket.disconnect();
    one.client = new MatchClient(url, token, changed);
    return one.client.open();
  };
  await one.client.open();
  return one;
}

const [ada, bob] = [await player("ada"), await player("bob")];
console.log("ada ", await ada.client.ask("find_match"));
console.log("bob ", await bob.client.ask("find_match"));
const playing = (view) => view.round !== null;
const [{ round: { problem } }] = [await ada.until(playing), await bob.until(playing)];
console.log("both", problem.title);

await bob.client.submit("javascript", problem.starter_code.javascript);
await bob.until((view) => view.players.some((it) => it.user_id === view.you.user_id && it.submissions === 1));

await ada.refresh(); // the page is loaded anew: no view, no events, only the token
assert.equal(ada.client.view.round.problem.id, problem.id);

const bank = new URL(`../../application/problems/bank/${problem.slug}.json`, import.meta.url);
const { reference } = JSON.parse(await readFile(bank, "utf8"));
const solution = { language: "python", code: reference };
const tried = await ada.client.ask("run_code", { room: ada.client.view.room, ...solution });
console.log("ada ", tried.results.map((result) => result.verdict).join(", "));
await ada.client.submit(solution.language, solution.code);

for (const one of [ada, bob]) {
  const { room } = await one.until((view) => view.phase === "finished");
  const { view } = await one.client.ask("resume", { room });
  const { now } = view; // the time at which it was made
  assert.deepEqual({ ...one.client.view, now }, view, "the folded view is the server's own");
}
assert.deepEqual(ada.client.view.outcome, bob.client.view.outcome);
console.log("both", ada.client.view.outcome);
ada.client.socket.disconnect();
bob.client.socket.disconnect();
