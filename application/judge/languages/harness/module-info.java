// A module of its own, which opens nothing: what the player's code is told of these classes, it cannot use.
module codemaze.judge {
  requires java.se;
}
