// A stop of the walk through all pages: who opens which page, which form of it they send, and how it is opened.
import { type Page, expect } from "@playwright/test";
import { type Person } from "./people.ts";
import { type World } from "./world.ts";

export interface Stop {
  name: string;
  who: Person | "nobody";
  path: (w: World) => string;
  status?: number; // 200 unless said
  act?: (page: Page, w: World) => Promise<number>; // sends a form of the page; gives the status of what came back
}

type Fields = Record<string, string>;

/** Fills a form, whatever its fields' own checks would say, sends it, and gives the status of the page that comes. */
export async function send(page: Page, form: string, fields: Fields): Promise<number> {
  // A panel that comes late may change the address of the page that is there; only a document's answer counts.
  const answered = page.waitForResponse(
    r => r.request().isNavigationRequest() && (r.status() < 300 || r.status() > 399),
  );
  const loaded = page.waitForEvent("load");
  await fillAndSend(page, form, fields);
  const status = (await answered).status();
  await loaded;
  await focused(page);
  return status;
}

/** Waits until the focus is where the work goes on, which is never the page as a whole. */
async function focused(page: Page): Promise<void> {
  const at = () => page.evaluate(() => document.activeElement?.localName);
  await expect.poll(at, `the focus after a form was sent, at ${page.url()}`).not.toBe("body");
}

/** Sends a form whose answer comes in its place: gives the status when what is wrong stands at its field. */
export async function sendInPlace(page: Page, form: string, fields: Fields): Promise<number> {
  // What was typed is kept as a draft meanwhile, and that is a form's answer, too.
  const to = await page.locator(form).first().evaluate(element => (element as HTMLFormElement).action);
  const answered = page.waitForResponse(r => r.request().method() === "POST" && r.url() === to);
  await fillAndSend(page, form, fields);
  const status = (await answered).status();
  await expect(page.locator(`${form} [aria-invalid]`).first()).toBeVisible();
  await focused(page);
  return status;
}

async function fillAndSend(page: Page, form: string, fields: Fields): Promise<void> {
  await page
    .locator(form)
    .first()
    .evaluate((element, typed) => {
      const form = element as HTMLFormElement;
      form.noValidate = true;
      for (const [name, value] of Object.entries(typed)) {
        for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
          `[name="${name}"]`,
        )) {
          if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox"))
            field.checked = field.value === value;
          else field.value = value;
        }
      }
      form.requestSubmit();
    }, fields);
}

/**
 * Opens a stop's page, sends its form if it has one, holds it to the status it should have, and unfolds what is folded.
 */
export async function visit(page: Page, w: World, stop: Stop): Promise<void> {
  const answer = await page.goto(stop.path(w));
  const status = stop.act ? await stop.act(page, w) : (answer?.status() ?? 0);
  expect(status, `${stop.name} as ${stop.who}`).toBe(stop.status ?? 200);
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    return document.fonts.ready.then(() => undefined);
  });
}
