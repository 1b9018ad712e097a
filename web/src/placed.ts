// What was fetched ahead is put in its place, and nothing else is done before it is seen.
//
// Contract: it comes parsed, and changes its target as an answer of htmx does (innerMorph), with the same events. The
// address and the title follow after the paint, or before the next key, press of the mouse or form: for these, and for
// what they ask for, the page has the address that it shows.
import htmx from "htmx.org";
import { afterNextPaint } from "./paint";

/** An answer as it is put into the page. */
export interface Part {
  fragment: DocumentFragment;
  title: string;
}

interface Task {
  type: "main";
  fragment: DocumentFragment;
  target: Element;
  swapSpec: { style: string };
  sourceElement: Element;
}

interface Inside {
  insertContent(task: Task): Promise<void>;
}

let inside: Inside;

export function startPlaced(doc: Document): void {
  const { registerExtension } = htmx as unknown as {
    registerExtension(name: string, extension: { init(api: Inside): void }): void;
  };
  registerExtension.call(htmx, "placed", { init: api => (inside = api) });
  for (const kind of ["keydown", "pointerdown", "click", "submit", "pagehide"]) addEventListener(kind, settle, true);
  doc.addEventListener("desk:busy", settle);
}

/** Parses an answer: nothing of it is run or loaded. */
export function parsed(text: string): Part {
  const inert = new DOMParser().parseFromString(`<template>${text}</template>`, "text/html");
  const { content: fragment } = inert.querySelector("template") ?? inert.createElement("template");
  const named = fragment.querySelector("title");
  named?.remove();
  return { fragment, title: named?.textContent ?? "" };
}

/** Puts what was asked for at a time (performance.now) into an element, for an address. */
export async function place(doc: Document, part: Part, into: Element, address: string, asked: number): Promise<void> {
  const ctx = { target: into, sourceElement: into, swap: "innerMorph", asked };
  const swapSpec = { style: "innerMorph" };
  const { fragment, title } = part;
  const task: Task = { type: "main", fragment, target: into, swapSpec, sourceElement: into };
  htmx.trigger(into, "htmx:before:swap", { ctx, tasks: [task] });
  await inside.insertContent(task);
  due = () => {
    if (!history.state?.htmx) history.replaceState({ htmx: true }, "", location.href); // as htmx marks its entries
    history.pushState({ htmx: true }, "", address);
    if (title !== "") doc.title = title;
  };
  htmx.trigger(into, "htmx:after:swap", { ctx });
  afterNextPaint(doc, settle);
}

let due: (() => void) | undefined;

/** Gives the page the address and the title of what it shows. */
function settle(): void {
  const now = due;
  due = undefined;
  now?.();
}
