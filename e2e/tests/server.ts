// A workbench of a test's own: a fresh SQLite database in a folder of its own, on a port that the kernel gives.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyAll, seed } from "./seeds.ts";

export const bin = join(import.meta.dirname, "..", "..", "bin", "workbench");

export interface Bench {
  url: string;
  dir: string;
  database: string;
  file: string;
  /** Ends the server and leaves its folder, in which nobody writes any more. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts `workbench serve --demo` and waits until it is ready: with the articles and their candidates only, or with the
 * work that a demo begins with. fill makes the database before the demo's people come into it; they find it as it is.
 */
export async function startBench(work = false, fill?: (file: string) => void): Promise<Bench> {
  const dir = mkdtempSync(join(tmpdir(), "claimbench-e2e-"));
  if (fill) fill(join(dir, database));
  else copyAll(await seed(work ? "work" : "bare", async fresh => (await serve(fresh, work)).end()), dir);
  return benchIn(dir, work);
}

/** The name of a bench's database in its folder; its keys lie beside it. */
const database = "demo.db";

/** Starts a workbench on the database of a folder of a test's own, which goes when it is stopped. */
export async function benchIn(dir: string, work = false): Promise<Bench> {
  const { url, end } = await serve(dir, work);
  const file = join(dir, database);
  const stop = async () => {
    await end();
    rmSync(dir, { recursive: true, force: true });
  };
  return { url, dir, database: `sqlite:${file}`, file, end, stop };
}

/** A bench whose server dies as by a power cut, and is started again at the same address. */
export interface Mortal extends Bench {
  kill(): Promise<void>;
  again(): Promise<void>;
}

/** Starts a workbench that can be killed, on a database as startBench gives it. */
export async function startMortal(): Promise<Mortal> {
  const dir = mkdtempSync(join(tmpdir(), "claimbench-e2e-"));
  copyAll(await seed("bare", async fresh => (await serve(fresh, false)).end()), dir);
  let now = await serve(dir, false);
  const file = join(dir, database);
  const port = Number(new URL(now.url).port);
  return {
    url: now.url,
    dir,
    database: `sqlite:${file}`,
    file,
    end: () => now.end(),
    kill: () => now.kill(),
    again: async () => {
      now = await serve(dir, false, port);
    },
    stop: async () => {
      await now.end();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

interface Served {
  url: string;
  end: () => Promise<void>;
  kill: () => Promise<void>;
}

/** Serves the database of a folder until end is called; then nothing of it is left beside the file. */
async function serve(dir: string, work: boolean, at?: number): Promise<Served> {
  const port = at ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const demo = work ? ["--demo"] : ["--demo", "--demo-bare"];
  const to = `sqlite:${join(dir, database)}`;
  const child = spawn(bin, ["serve", ...demo, "--addr", `127.0.0.1:${port}`, "--database", to], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  await ready(url, child, () => said);
  const by = (signal: "SIGTERM" | "SIGKILL") => async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise(done => child.once("exit", done));
    child.kill(signal);
    await gone;
  };
  return { url, end: by("SIGTERM"), kill: by("SIGKILL") };
}

async function ready(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`workbench ended with ${child.exitCode}:\n${said()}`);
    try {
      const answer = await fetch(`${url}/readyz`);
      if (answer.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise(done => setTimeout(done, 50));
  }
  throw new Error(`workbench did not become ready:\n${said()}`);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

/** Runs the workbench program; gives its exit code and what it printed. */
export function workbench(...args: string[]): { code: number; out: string } {
  try {
    return { code: 0, out: execFileSync(bin, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }) };
  } catch (err) {
    const failed = err as { status: number | null; stdout: string; stderr: string };
    return { code: failed.status ?? -1, out: failed.stdout + failed.stderr };
  }
}

/** What a query of the database gives, read beside a server that writes. */
export function rowsOf<T>(file: string, query: string): T[] {
  const out = execFileSync("sqlite3", ["-json", "-cmd", ".timeout 5000", file, query], { encoding: "utf8" });
  return out.trim() === "" ? [] : (JSON.parse(out) as T[]);
}

/** Changes the database behind the program's back. */
export function sqlite(file: string, statement: string): void {
  execFileSync("sqlite3", [file, statement], { encoding: "utf8" });
}
