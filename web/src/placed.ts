// What was fetched ahead is put in its place, and nothing else is done before it is seen.
//
// Contract: it comes parsed, and changes its target as an answer of htmx does (innerMorph), with the same events. The
// address and the title follow after the paint, or before the next key or press of the mouse: for these, and for what
// they ask for, the page has the address that it shows.
import htmx from "htmx.org";
import { afterNextPaint } from "./paint";

/** An answer as it is put into the page. */
export interface Part {
  fragment: DocumentFragment;
  title: string;
  /** What changes elsewhere on the page (<hx-partial>): what is put there, and the selector of the place. */
  beside: { fragment: DocumentFragment; at: string }[];
}

interface Task {
  fragment: DocumentFragment;
  target: Element;
  swapSpec: { style: string };
}

interface Inside {
  insertContent(task: Task): Promise<void>;
}

let inside: Inside;

export function startPlaced(): void {
  htmx.registerExtension("placed", { init: (api: Inside) => (inside = api) });
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, settle, true);
}

/** Parses an answer: nothing of it is run or loaded. */
export function parsed(text: string): Part {
  const inert = new DOMParser().parseFromString(`<template>${text}</template>`, "text/html");
  const { content: fragment } = inert.querySelector("template")!;
  const named = fragment.querySelector("title");
  named?.remove();
  const beside = [...fragment.querySelectorAll("hx-partial")].map(part => {
    part.remove();
    const own = new DocumentFragment();
    own.append(...part.childNodes);
    return { fragment: own, at: part.getAttribute("hx-target") ?? "" };
  });
  return { fragment, title: named?.text ?? "", beside };
}

/** Puts what was asked for at a time (performance.now) into an element, for an address. */
export async function place(doc: Document, part: Part, into: Element, address: string, asked: number): Promise<void> {
  const ctx = { target: into, asked };
  const { fragment, title, beside } = part;
  const task: Task = { fragment, target: into, swapSpec: { style: "innerMorph" } };
  htmx.trigger(into, "htmx:before:swap", { ctx, tasks: [task] });
  await inside.insertContent(task);
  for (const { fragment, at } of beside) {
    const target = doc.querySelector(at);
    if (target) await inside.insertContent({ fragment, target, swapSpec: { style: "innerHTML" } });
  }
  due = () => {
    if (!history.state?.htmx) history.replaceState({ htmx: true }, "", location.href); // as htmx marks its entries
    history.pushState({ htmx: true }, "", address);
    if (title) doc.title = title;
  };
  htmx.trigger(into, "htmx:after:swap", { ctx });
  afterNextPaint(doc, settle);
}

const nothing = () => {};
let due = nothing;

/** Gives the page the address and the title of what it shows. */
export function settle(): void {
  due();
  due = nothing;
}
