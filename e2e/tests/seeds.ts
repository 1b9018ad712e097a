// Databases that a run makes once: the demo as it begins, and the newsroom of world.ts. Every test has a copy of its
// own, which is there at once, where making it anew takes seconds.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const variable = "CLAIMBENCH_SEEDS"; // the run's folder, for its workers

/** Playwright's setup of a run: makes the folder of its databases, and gives what clears it away. */
export default function setUp(): () => void {
  const dir = mkdtempSync(join(tmpdir(), "claimbench-seeds-"));
  process.env[variable] = dir;
  return () => rmSync(dir, { recursive: true, force: true });
}

/**
 * The folder of a database called so, with all that lies beside it. make fills an empty one, and leaves nobody who
 * writes there.
 */
export async function seed(name: string, make: (dir: string) => Promise<void>): Promise<string> {
  const run = process.env[variable];
  if (run === undefined) throw new Error(`${variable} is not set: the configuration names no globalSetup`);
  const dir = join(run, name);
  if (existsSync(dir)) return dir;
  const fresh = mkdtempSync(join(run, "making-"));
  await make(fresh);
  try {
    renameSync(fresh, dir);
  } catch (error) {
    if (!existsSync(dir)) throw error; // another worker was faster
    rmSync(fresh, { recursive: true, force: true });
  }
  return dir;
}

/** Copies all files of a folder. */
export function copyAll(from: string, to: string): void {
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
}
