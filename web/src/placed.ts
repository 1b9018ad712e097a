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
  return { fragment, title: named?.text ?? "" };
}

/** Puts what was asked for at a time (performance.now) into an element, for an address. */
export async function place(doc: Document, part: Part, into: Element, address: string, asked: number): Promise<void> {
  const ctx = { target: into, asked };
  const { fragment, title } = part;
  const task: Task = { fragment, target: into, swapSpec: { style: "innerMorph" } };
  htmx.trigger(into, "htmx:before:swap", { ctx, tasks: [task] });
  await inside.insertContent(task);
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
function settle(): void {
  due();
  due = nothing;
}
