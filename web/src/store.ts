// What this browser keeps. What it does not keep (storage switched off or full), the page remembers for as long as it
// stands, so that keys, drafts and what waits go on; whoever leaves meanwhile is asked by the browser (askToStay).

export interface Store {
  getItem(name: string): string | null;
  /** false: it is gone with this page. */
  setItem(name: string, value: string): boolean;
  removeItem(name: string): void;
  names(): string[];
}

class Kept implements Store {
  readonly remembered = new Map<string, string>();
  readonly #browsers: Storage | undefined;

  constructor(browsers: () => Storage | null) {
    try {
      this.#browsers = browsers() ?? undefined;
      this.#browsers?.getItem(""); // some refuse only now
    } catch {
      this.#browsers = undefined;
    }
  }

  getItem(name: string): string | null {
    return this.remembered.get(name) ?? this.#browsers?.getItem(name) ?? null;
  }

  setItem(name: string, value: string): boolean {
    try {
      if (!this.#browsers) throw new Error("this browser keeps nothing");
      this.#browsers.setItem(name, value);
      this.remembered.delete(name);
      return true;
    } catch {
      this.remembered.set(name, value);
      return false;
    }
  }

  removeItem(name: string): void {
    this.remembered.delete(name);
    this.#browsers?.removeItem(name);
  }

  names(): string[] {
    return [...new Set([...this.remembered.keys(), ...Object.keys(this.#browsers ?? {})])];
  }
}

const ofBrowser = new Kept(() => localStorage);
export const local: Store = ofBrowser;
export const session: Store = new Kept(() => sessionStorage);

/** Has the browser ask whoever leaves a page with words that nothing but the page remembers. */
export function askToStay(unsent: RegExp): void {
  addEventListener("beforeunload", event => {
    if ([...ofBrowser.remembered.keys()].some(name => unsent.test(name))) event.preventDefault();
  });
}
