// htmx says what it does to each element that it makes ready or takes away. Nothing here listens to that, and to say it
// some hundred times made a tenth of the time from a key to what it shows.
import htmx from "htmx.org";

const unheard = new Set(
  ["init", "process", "on:init", "cleanup", "settle"].flatMap(what => [`htmx:before:${what}`, `htmx:after:${what}`]),
);

export function startQuiet(): void {
  const say = htmx.trigger.bind(htmx);
  htmx.trigger = (on: Element | string, name: string, detail?: unknown, bubbles?: boolean) =>
    unheard.has(name) || say(on, name, detail, bubbles);
}
