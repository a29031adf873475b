// When a temporary notebook has grown so far that somebody may want to keep it.

const ENOUGH_CELLS = 10;
const DAY = 24 * 60 * 60 * 1000;

export class ScratchWatch {
  /** Whether to ask now if the notebook is to be kept; true once for each notebook. */
  isDue(notebook: { path: string; cells: number; since: Date | null }, now: Date = new Date()): boolean {
    const { path, cells, since } = notebook;
    const first = this._seen.get(path) ?? since ?? now;
    this._seen.set(path, first);
    if (this._asked.has(path) || (cells < ENOUGH_CELLS && now.getTime() - first.getTime() < DAY)) {
      return false;
    }
    this._asked.add(path);
    return true;
  }

  /** By path: since when it is known. A file says when it was written last, not when it was begun. */
  private readonly _seen = new Map<string, Date>();
  private readonly _asked = new Set<string>();
}
