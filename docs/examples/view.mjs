// The view of a match, built from its events. Pure: a reducer for React's useReducer, Redux or anything else.

/** The view after one more event. Throws a Gap when events are missing before it. */
export function fold(view, event, body) {
  const known = view !== null && view.room === body.room;
  if (event === "audience" && known) return { ...view, watchers: body.watchers };
  if (body.version === undefined) return view; // what is said, and what is of no room, is not in the view
  if (known && body.version <= view.version) return view; // had it already
  if (event === "match_found") return known ? next(view, body.view) : body.view; // a match brings its first view
  if (!known) return view; // of another room
  if (body.version > view.version + 1) throw new Gap(view.version, body.version);
  return { ...view, version: body.version, ...changes(view, event, body) };
}

export class Gap extends Error {
  constructor(have, got) {
    super(`had event ${have}, got event ${got}`);
  }
}

/** Another match in the same room. Who only looks on is told it as all others who do. */
function next(view, fresh) {
  const you = { ...fresh.you, user_id: fresh.you.user_id ?? view.you.user_id };
  return { ...fresh, watchers: view.watchers, you };
}

function changes(view, event, body) {
  const everybody = (change) => ({ players: placed(view.players.map((player) => ({ ...player, ...change(player) }))) });
  const player = (change) => everybody((it) => (it.user_id === body.user_id ? change(it) : {}));
  const mine = (change) => (body.user_id === view.you.user_id ? { you: { ...view.you, ...change } } : {});
  const rematch = view.rematch.filter((id) => id !== body.user_id);
  const others = view.members.filter((it) => it.user_id !== body.user_id);
  const here = (connected) => view.members.map((it) => (it.user_id === body.user_id ? { ...it, connected } : it));
  switch (event) {
    case "player_seated": {
      const players = [...view.players, body.player].sort((a, b) => a.user_id - b.user_id);
      return { players: placed(players) };
    }
    case "match_started":
      return { phase: "playing" };
    case "round_started": {
      const { round: number, of, problem, started_at, ends_at } = body;
      const fresh = everybody(() => ({ submissions: 0, best_passed: 0, total: body.tests, done: false }));
      return { ...fresh, round: { number, of, problem, started_at, ends_at }, you: { ...view.you, pending: null } };
    }
    case "submission_received":
      return { ...player((it) => ({ submissions: it.submissions + 1 })), ...mine({ pending: body.submission_id }) };
    case "submission_judged": {
      const judged = player((it) => ({ best_passed: Math.max(it.best_passed, body.passed) }));
      return { ...judged, ...mine({ pending: null, last_judged: body }) };
    }
    case "player_done":
      return player(() => ({ done: true }));
    case "player_gone":
      return { ...player(() => ({ connected: false, claim_at: body.claim_at })), members: here(false) };
    case "player_back":
      return { ...player(() => ({ connected: true, claim_at: null })), members: here(true) };
    case "player_resigned":
      return player(() => ({ resigned: true }));
    case "round_finished": {
      const points = new Map(body.standings.map((it) => [it.user_id, it.points]));
      return everybody((it) => ({
        rounds_won: it.rounds_won + (it.user_id === body.winner_id ? 1 : 0),
        points: it.points + (points.get(it.user_id) ?? 0),
      }));
    }
    case "match_finished":
      return { phase: "finished", outcome: body.outcome };
    case "room_opened":
    case "room_changed":
      return { settings: body.settings, host_id: body.host_id };
    case "member_entered": {
      const { room, version, at, ...member } = body;
      const known = others.length < view.members.length;
      const members = known ? view.members.map((it) => (it.user_id === body.user_id ? member : it)) : [...others, member];
      const here = { connected: true, claim_at: null }; // also who was away when their match ended
      const players = view.players.map((it) => (it.user_id === body.user_id ? { ...it, ...here } : it));
      return { members, players, ...(known && { rematch }), ...mine({ as: body.as }) };
    }
    case "member_left": {
      const played = view.players.some((it) => it.user_id === body.user_id);
      const host_id = view.host_id === body.user_id ? null : view.host_id;
      return { members: others, rematch, host_id, ...mine({ as: played ? "player" : "watcher" }) };
    }
    case "host_changed":
      return { host_id: body.user_id };
    case "room_closed": {
      const played = view.players.some((it) => it.user_id === view.you.user_id);
      return { members: [], rematch: [], host_id: null, you: { ...view.you, as: played ? "player" : "watcher" } };
    }
    case "rematch_offered":
      return { rematch: [...view.rematch, body.user_id] };
    default:
      return {}; // an event of a later server: its number counts, its content is not ours to know
  }
}

/** The places by points; equals share one. */
function placed(players) {
  return players.map((it) => ({ ...it, place: 1 + players.filter((other) => other.points > it.points).length }));
}
